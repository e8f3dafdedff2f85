//! ARCHITECTURE.md against what is there: which crate may depend on which, and that what it names exists.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};

/// Outside crates that stay in one place, and the crates of ours that may use them.
const CONFINED: [(&str, &[&str]); 30] = [
    ("anyhow", &["xtask", "duban-cli"]),
    ("calamine", &["duban-office"]),
    ("chardetng", &["duban-read"]),
    ("clap", &["duban-cli", "xtask"]),
    ("directories", &["duban-cli"]),
    ("indicatif", &["duban-cli"]),
    ("ego-tree", &["duban-read"]),
    ("jieba-rs", &["duban-segment"]),
    ("scraper", &["duban-read"]),
    ("fontdb", &["duban-cli"]),
    ("hayro", &["duban-render"]),
    ("image", &["duban-render", "duban-ocr"]),
    ("landlock", &["duban-worker"]),
    ("lopdf", &["duban-pdf"]),
    ("mail-parser", &["duban-read"]),
    ("notify", &["duban"]),
    ("pulldown-cmark", &["duban-read"]),
    ("quick-xml", &["duban-package"]),
    ("rayon", &["duban"]),
    ("rusqlite", &["duban-store"]),
    ("schemars", &["duban-record"]),
    // Only the record is output; `xtask` reads gold.
    ("serde", &["duban-record", "xtask"]),
    ("seccompiler", &["duban-worker"]),
    ("signal-hook", &["duban-cli"]),
    ("skrifa", &["duban-pdf"]),
    ("tantivy", &["duban-index"]),
    ("time", &["duban-time", "duban-extract"]),
    ("tracing", &["duban-cli"]),
    ("zip", &["duban-package"]),
    ("walkdir", &["duban"]),
];

/// The longest source file, in lines.
const MAX_LINES: usize = 500;

fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).expect("crates/duban lies two folders deep").to_path_buf()
}

fn architecture() -> String {
    fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md stands at the top")
}

fn metadata() -> Metadata {
    MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .no_deps()
        .other_options(["--offline".to_owned()])
        .exec()
        .expect("cargo knows the workspace")
}

/// The code spans of `text`.
fn code_spans(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The table under `## Crates`: each crate and what it may depend on; `None` for any.
fn allowed() -> BTreeMap<String, Option<BTreeSet<String>>> {
    let page = architecture();
    let (_, section) = page.split_once("## Crates").expect("ARCHITECTURE.md has a heading Crates");
    let section = section.split("\n## ").next().unwrap_or(section);
    section
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').collect();
            let [name, _purpose, allowed] = cells.as_slice() else { panic!("three columns: {line}") };
            let name = code_spans(name).next().expect("the first column names a crate");
            let any = allowed.trim() == "any";
            (name.to_owned(), (!any).then(|| code_spans(allowed).map(str::to_owned).collect()))
        })
        .collect()
}

fn dependencies(package: &Package, kinds: &[DependencyKind]) -> BTreeSet<String> {
    let wanted = package.dependencies.iter().filter(|dependency| kinds.contains(&dependency.kind));
    wanted.map(|dependency| dependency.name.clone()).collect()
}

#[test]
fn crates_depend_only_on_what_the_table_allows() {
    let (metadata, allowed) = (metadata(), allowed());
    let packages = metadata.workspace_packages();
    let ours: BTreeSet<String> = packages.iter().map(|package| package.name.to_string()).collect();
    let listed: BTreeSet<String> = allowed.keys().cloned().collect();
    assert_eq!(ours, listed, "the table lists every crate of the workspace and no other");
    for package in packages {
        let Some(allowed) = &allowed[package.name.as_str()] else { continue };
        let used = dependencies(package, &[DependencyKind::Normal, DependencyKind::Build]);
        let wrong: Vec<_> = used.intersection(&ours).filter(|name| !allowed.contains(*name)).collect();
        assert!(wrong.is_empty(), "{} depends on {wrong:?}", package.name);
        let tested = dependencies(package, &[DependencyKind::Development]);
        let wrong: Vec<_> = tested
            .intersection(&ours)
            .filter(|name| !allowed.contains(*name) && *name != "duban-fixtures")
            .collect();
        assert!(wrong.is_empty(), "the tests of {} depend on {wrong:?}", package.name);
    }
}

#[test]
fn arrows_point_up_the_table_only() {
    let page = architecture();
    let position = |name: &str| page.find(&format!("\n| `{name}` |")).expect("every crate has a row");
    for (name, allowed) in allowed() {
        for dependency in allowed.iter().flatten() {
            assert!(position(dependency) < position(&name), "`{dependency}` stands above `{name}`");
        }
    }
}

#[test]
fn outside_crates_stay_in_their_place() {
    let metadata = metadata();
    for package in metadata.workspace_packages() {
        let used = dependencies(package, &[DependencyKind::Normal, DependencyKind::Build]);
        for (outside, places) in CONFINED {
            let fits = !used.contains(outside)
                || places.contains(&package.name.as_str())
                || package.name.as_str() == "duban-benches";
            assert!(fits, "{} uses {outside}, which belongs to {places:?}", package.name);
        }
    }
}

#[test]
fn what_the_page_names_exists() {
    let metadata = metadata();
    let ours: BTreeSet<&str> =
        metadata.workspace_packages().iter().map(|package| package.name.as_str()).collect();
    let page = architecture();
    for span in code_spans(&page) {
        let path_like =
            ["crates/", "fixtures/", "corpus/", "benches/"].iter().any(|top| span.starts_with(top));
        if path_like && !span.contains('*') {
            assert!(root().join(span).exists(), "ARCHITECTURE.md names `{span}`, which is not there");
        }
        let crate_like = span.starts_with("duban-") && !span.contains([' ', '/', '.']);
        assert!(!crate_like || ours.contains(span), "ARCHITECTURE.md names the crate `{span}`");
    }
}

#[test]
fn source_files_say_what_they_are_and_stay_short() {
    let mut checked = 0;
    for top in ["crates", "benches"] {
        for entry in walkdir::WalkDir::new(root().join(top)) {
            let path = entry.expect("the sources can be listed").into_path();
            if path.extension().is_none_or(|extension| extension != "rs") {
                continue;
            }
            let text = fs::read_to_string(&path).expect("sources are UTF-8");
            let shown = path.display();
            assert!(text.starts_with("//!"), "{shown} does not open with `//!`");
            let lines = text.lines().count();
            assert!(lines <= MAX_LINES, "{shown} has {lines} lines, over {MAX_LINES}");
            checked += 1;
        }
    }
    assert!(checked > 30, "only {checked} source files were found");
}
