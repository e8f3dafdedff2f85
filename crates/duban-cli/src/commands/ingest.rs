//! `duban ingest`: a folder of notices into a store.

use std::fmt::Write;
use std::path::Path;

use duban::{BatchError, BatchOptions, BatchSummary, Store};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use crate::args::Ingest;
use crate::commands::extract::report_no_notices;
use crate::failure::{Status, Stop, tell};
use crate::input::store_path;
use crate::output::{Output, printable};

/// Reads the folder.
pub(crate) fn run(arguments: &Ingest) -> Result<Status, Stop> {
    // Before a store is made: a wrong path shall not leave an empty one behind.
    if !arguments.folder.exists() {
        return Err(BatchError::NoFolder { path: arguments.folder.clone() }.into());
    }
    let store = Store::open_or_create(&store_path(&arguments.store)?)?;
    let options = BatchOptions {
        notice: arguments.reading.options()?,
        threads: arguments.threads,
        again: arguments.again,
    };
    let bar = progress_bar();
    let summary = duban::ingest(&arguments.folder, &store, &options, |progress| {
        bar.set_length(progress.total);
        bar.set_position(progress.done);
        if progress.failed > 0 {
            bar.set_message(format!("{} failed", progress.failed));
        }
    })?;
    bar.finish_and_clear();
    if arguments.json {
        print_json(&summary, &store)?;
    } else {
        tell(&describe(&summary, store.root()));
    }
    if summary.read + summary.skipped + summary.failed == 0 {
        report_no_notices(&arguments.folder);
        return Ok(Status::Incomplete);
    }
    Ok(if summary.failed == 0 { Status::Done } else { Status::Incomplete })
}

/// A bar on standard error; it hides itself where that is no terminal.
fn progress_bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    let template = "{bar:40} {pos}/{len} notices, {per_sec}, {eta} left {msg}";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}

fn print_json(summary: &BatchSummary, store: &Store) -> Result<(), Stop> {
    let mut value = summary.to_json();
    if let Some(object) = value.as_object_mut() {
        object.insert("store".to_owned(), json!(store.root().to_string_lossy()));
    }
    let mut output = Output::open();
    output.json(&value, false)?;
    Ok(output.flush()?)
}

fn describe(summary: &BatchSummary, store: &Path) -> String {
    let mut text = String::new();
    for failure in &summary.failures {
        let _ = writeln!(text, "error: `{}`: {}", printable(&failure.path), printable(&failure.reason));
        if let Some(hint) = failure.hint {
            let _ = writeln!(text, "hint: {hint}");
        }
    }
    let _ = write!(text, "{}, {}", count(summary.read, "notice"), count(summary.tasks, "task"));
    let others = [
        (summary.warned, "with warnings"),
        (summary.failed, "failed"),
        (summary.skipped, "already in the store"),
        (summary.ignored, "ignored"),
    ];
    for (number, what) in others.into_iter().filter(|&(number, _)| number > 0) {
        let _ = write!(text, ", {number} {what}");
    }
    let _ = writeln!(text, "\nstore: {}", printable(&store.to_string_lossy()));
    text
}

fn count(number: u64, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
