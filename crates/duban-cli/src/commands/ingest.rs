//! `duban ingest`: a folder of notices into a store.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use duban::{BatchError, BatchOptions, FileRow, FileStatus, IngestSummary, Progress, Store};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use crate::args::{Ingest, Retry};
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
    let options = BatchOptions { again: arguments.again, ..arguments.batch.options()? };
    let summary = watched(|on_progress| duban::ingest(&arguments.folder, &store, &options, on_progress))?;
    show(&summary, &store, arguments.json)?;
    if summary.files == summary.ignored {
        report_no_notices(&arguments.folder);
        return Ok(Status::Incomplete);
    }
    Ok(status(&summary))
}

/// Reads again what failed.
pub(crate) fn retry(arguments: &Retry) -> Result<Status, Stop> {
    let store = Store::open(&store_path(&arguments.store)?)?;
    let options = BatchOptions { again: true, ..arguments.batch.options()? };
    let failed = |file: &FileRow| file.verdict.status == FileStatus::Failed && !file.gone;
    let paths = store.files()?.iter().filter(|file| failed(file)).map(path_of).collect();
    let summary = watched(|on_progress| duban::ingest_files(paths, &store, &options, on_progress))?;
    show(&summary, &store, arguments.json)?;
    Ok(status(&summary))
}

/// The path of a file, as it was given where that still leads to it.
fn path_of(file: &FileRow) -> PathBuf {
    let name = PathBuf::from(&file.name);
    let path = file.path.as_path();
    if std::path::absolute(&name).is_ok_and(|absolute| absolute == path) { name } else { path.to_owned() }
}

fn status(summary: &IngestSummary) -> Status {
    if summary.failed == 0 && !summary.stopped { Status::Done } else { Status::Incomplete }
}

/// Runs a batch with a bar that shows how far it is.
fn watched<E>(
    run: impl FnOnce(&mut dyn FnMut(Progress)) -> Result<IngestSummary, E>,
) -> Result<IngestSummary, E> {
    let bar = progress_bar();
    let summary = run(&mut |progress| {
        bar.set_length(progress.total);
        bar.set_position(progress.done);
        if progress.failed > 0 {
            bar.set_message(format!("{} failed", progress.failed));
        }
    });
    bar.finish_and_clear();
    summary
}

fn show(summary: &IngestSummary, store: &Store, json: bool) -> Result<(), Stop> {
    if json {
        print_json(summary, store)
    } else {
        tell(&describe(summary, store.root()));
        Ok(())
    }
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

fn print_json(summary: &IngestSummary, store: &Store) -> Result<(), Stop> {
    let mut value = summary.to_json();
    if let Some(object) = value.as_object_mut() {
        object.insert("store".to_owned(), json!(store.root().to_string_lossy()));
    }
    let mut output = Output::open();
    output.json(&value, false)?;
    Ok(output.flush()?)
}

fn describe(summary: &IngestSummary, store: &Path) -> String {
    let mut text = String::new();
    for failure in &summary.failures {
        let _ = writeln!(text, "error: `{}`: {}", printable(&failure.path), printable(&failure.reason));
        if let Some(hint) = &failure.hint {
            let _ = writeln!(text, "hint: {hint}");
        }
    }
    if let Some(reason) = &summary.rebuilt {
        let _ = writeln!(text, "the index was made anew: {}", printable(reason));
    }
    let _ = write!(text, "{}, {}", count(summary.read, "notice"), count(summary.tasks, "task"));
    let others = [
        (summary.degraded, "degraded"),
        (summary.failed, "failed"),
        (summary.held, "already in the store"),
        (
            summary.skipped.saturating_sub(summary.held + summary.ignored),
            "with the same bytes as another file",
        ),
        (summary.ignored, "ignored"),
        (summary.gone, "gone since"),
    ];
    for (number, what) in others.into_iter().filter(|&(number, _)| number > 0) {
        let _ = write!(text, ", {number} {what}");
    }
    if summary.stopped {
        text.push_str(", ended before all were read");
    }
    let _ = writeln!(text, "\nstore: {}", printable(&store.to_string_lossy()));
    text
}

fn count(number: u64, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
