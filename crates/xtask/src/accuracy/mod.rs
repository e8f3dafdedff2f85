//! `cargo xtask accuracy`: how well records agree with gold made by hand.
//!
//! The corpus is scored form by form; the figures must not fall below those of the committed table
//! `corpus/accuracy.tsv`. Where real notices with gold lie beside the repository, they are scored and
//! printed too, but nothing is compared. The forms of one notice must agree with each other, and tasks
//! must be followed from plan to plan as the pairs in `corpus/lineage` say.

mod forms;
mod gold;
mod lineage;
mod score;
mod table;

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use duban_record::Record;

use crate::root;
use gold::Gold;
use score::Tallies;

/// Options of `cargo xtask accuracy`.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct Options {
    /// Write the table instead of comparing with it.
    #[arg(long)]
    update: bool,
    /// List everything that was missed or wrong.
    #[arg(long)]
    misses: bool,
}

/// Scores the corpus, and what lies beside the repository.
pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let corpus = root().join("corpus");
    let (rows, total) = score_folder(&corpus, &corpus.join("gold"), options)?;
    if rows.is_empty() {
        bail!("no notice with gold in {}", corpus.display());
    }
    let table = table::Table::new(rows, &total);
    println!("{}", table.render());
    let shared = root().join("../shared");
    for (notices, gold) in [("seeds", "gold"), ("real", "gold_real")] {
        if shared.join(gold).is_dir() {
            let (rows, total) = score_folder(&shared.join(notices), &shared.join(gold), options)?;
            println!("{notices}, beside the repository:\n{}", table::Table::new(rows, &total).render());
        } else {
            println!("{notices}: skipped, no such notices beside the repository");
        }
    }
    lineage::compare(&corpus.join("lineage"), options.misses)?;
    forms::compare(&root().join("fixtures/forms"), &corpus)?;
    let path = corpus.join("accuracy.tsv");
    if options.update {
        return std::fs::write(&path, table.to_tsv())
            .with_context(|| format!("cannot write {}", path.display()));
    }
    let committed = std::fs::read_to_string(&path).with_context(|| {
        format!("cannot read {}; `cargo xtask accuracy --update` writes it", path.display())
    })?;
    table.compare(&committed)
}

/// The figures of each notice in `folder` that has gold, by file name, and of all together.
fn score_folder(
    folder: &Path,
    gold: &Path,
    options: &Options,
) -> anyhow::Result<(Vec<(String, Tallies)>, Tallies)> {
    let mut rows = Vec::new();
    let mut total = Tallies::default();
    for path in notices(folder)? {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let gold_path = gold.join(format!("{stem}.json"));
        if !gold_path.is_file() {
            continue;
        }
        let gold: Gold = serde_json::from_str(&std::fs::read_to_string(&gold_path)?)
            .with_context(|| format!("cannot read {}", gold_path.display()))?;
        let name = path.strip_prefix(folder).unwrap_or(&path).display().to_string();
        let record: Option<Record> = match duban::process_file(&path, &duban::Options::default()) {
            Ok(record) => Some(record),
            Err(error) => {
                println!("{name}: {error}");
                None
            }
        };
        let tallies = score::score(&gold, record.as_ref());
        if options.misses {
            tallies.misses.iter().for_each(|miss| println!("{name} {miss}"));
        }
        total.add(&tallies);
        rows.push((name, tallies));
    }
    Ok((rows, total))
}

/// The files of `folder` and its subfolders but for `gold`, sorted.
fn notices(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_file() {
            found.push(path);
        } else if !matches!(name, "gold" | "lineage") {
            found.extend(notices(&path)?);
        }
    }
    found.sort();
    Ok(found)
}
