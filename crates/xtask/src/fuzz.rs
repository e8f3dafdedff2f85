//! `cargo xtask fuzz`: each fuzz target for a while, from seeds of the corpus and the fixtures.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};
use clap::Args;

use crate::root;

/// What is fuzzed, and for how long.
#[derive(Args)]
pub(crate) struct Options {
    /// Seconds for each target.
    #[arg(long, default_value_t = 60)]
    seconds: u32,
    /// Only these targets.
    targets: Vec<String>,
}

/// Each target with the extensions of its seeds.
const TARGETS: [(&str, &[&str]); 10] = [
    ("read_pdf", &["pdf"]),
    ("read_docx", &["docx"]),
    ("read_ofd", &["ofd"]),
    ("read_xlsx", &["xlsx"]),
    ("read_html", &["html"]),
    ("read_markdown", &["md"]),
    ("read_text", &["txt"]),
    ("outline", &["txt"]),
    ("time", &["tsv", "md"]),
    ("query", &["tsv"]),
];

/// Memory of a target in MB, and seconds of one input, from which on it counts as found.
const MEMORY: &str = "-rss_limit_mb=2048";
const SLOWEST: &str = "-timeout=20";
/// Largest seed in bytes: small ones are changed more often.
const LARGEST_SEED: u64 = 200_000;

/// Runs the targets; a finding ends it with an error that names the file.
pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    if !Command::new("cargo-fuzz").arg("--version").output().is_ok_and(|output| output.status.success()) {
        let installed = Command::new("cargo").args(["install", "cargo-fuzz", "--locked"]).status()?;
        if !installed.success() {
            bail!("cargo-fuzz cannot be installed; see what cargo says above");
        }
    }
    if let Some(unknown) = options.targets.iter().find(|name| TARGETS.iter().all(|(known, _)| known != name))
    {
        let known: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
        bail!("no target is called `{unknown}`: there are {}", known.join(", "));
    }
    let wanted =
        |name: &str| options.targets.is_empty() || options.targets.iter().any(|target| target == name);
    for (target, extensions) in TARGETS.into_iter().filter(|(name, _)| wanted(name)) {
        let seeds = seeds(target, extensions)?;
        eprintln!("== {target}, {} s", options.seconds);
        let status = Command::new("cargo")
            .args(["fuzz", "run", "--dev", "--fuzz-dir", "crates/duban-fuzz"])
            // Coverage is the compiler's own; sanitizers find faults of unsafe code, of which there is none,
            // and watching every comparison makes great crates take too long to build.
            .args(["--sanitizer", "none", "--no-trace-compares", target])
            .arg(&seeds)
            .args(["--", MEMORY, SLOWEST, "-verbosity=0", "-print_final_stats=1"])
            .arg(format!("-max_total_time={}", options.seconds))
            // cargo-fuzz asks for options that a stable compiler has, too, when it is told so.
            .env("RUSTC_BOOTSTRAP", "1")
            .current_dir(root())
            .status()
            .with_context(|| format!("cannot start cargo fuzz for `{target}`"))?;
        if !status.success() {
            bail!("`{target}` found something: the input lies in crates/duban-fuzz/artifacts/{target}");
        }
    }
    Ok(())
}

/// Copies the seeds of a target to the folder that it adds its own to.
fn seeds(target: &str, extensions: &[&str]) -> anyhow::Result<PathBuf> {
    let folder = root().join("crates/duban-fuzz/corpus").join(target);
    fs::create_dir_all(&folder)?;
    let mut count = 0;
    for source in ["corpus", "fixtures"] {
        copy_seeds(&root().join(source), extensions, &folder, &mut count)?;
    }
    Ok(folder)
}

fn copy_seeds(from: &Path, extensions: &[&str], to: &Path, count: &mut u32) -> anyhow::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (path, metadata) = (entry.path(), entry.metadata()?);
        if metadata.is_dir() {
            copy_seeds(&path, extensions, to, count)?;
        } else if metadata.len() <= LARGEST_SEED
            && path.extension().is_some_and(|found| extensions.iter().any(|extension| found == *extension))
        {
            fs::copy(&path, to.join(format!("seed-{count}")))?;
            *count += 1;
        }
    }
    Ok(())
}
