//! `duban ingest`: a folder of notices into a store.

use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use duban::{BatchError, BatchOptions, FileRow, FileStatus, IngestSummary, NO_TASKS, Progress, Store};
use serde_json::json;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use crate::args::{Ingest, Retry};
use crate::commands::extract::report_no_notices;
use crate::failure::{Status, Stop, note, report};
use crate::input::store_path;
use crate::output::Output;
use crate::progress::Meter;

/// Reads the folder.
pub(crate) fn run(arguments: &Ingest) -> Result<Status, Stop> {
    // Before a store is made: a wrong path shall not leave an empty one behind.
    if !arguments.folder.exists() {
        return Err(BatchError::NoFolder { path: arguments.folder.clone() }.into());
    }
    let store = Store::open_or_create(&store_path(&arguments.store)?)?;
    let stop = Some(stop_on_signals()?);
    let options = BatchOptions { again: arguments.again, stop, ..arguments.batch.options()? };
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
    let stop = Some(stop_on_signals()?);
    let options = BatchOptions { again: true, stop, ..arguments.batch.options()? };
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

/// Runs a batch, shows how far it is, and ends it in order when the system asks for it.
fn watched<E>(
    run: impl FnOnce(&mut dyn FnMut(Progress)) -> Result<IngestSummary, E>,
) -> Result<IngestSummary, E> {
    let mut meter = Meter::begin();
    let summary = run(&mut |progress| meter.show(progress));
    meter.end();
    summary
}

/// A flag that SIGINT and SIGTERM set; the second one ends the program at once.
pub(crate) fn stop_on_signals() -> Result<Arc<AtomicBool>, Stop> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        flag::register_conditional_shutdown(signal, 1, Arc::clone(&stop))
            .and_then(|_| flag::register(signal, Arc::clone(&stop)))
            .map_err(|error| Stop::Failure {
                message: format!("cannot listen to signals: {error}"),
                hint: None,
            })?;
    }
    Ok(stop)
}

/// Tells which files failed.
pub(crate) fn describe_failures(summary: &IngestSummary) {
    if let Some(reason) = &summary.rebuilt {
        note(&format!("the index was made anew: {reason}"));
    }
    for failure in &summary.failures {
        report(&format!("`{}`: {}", failure.path, failure.reason), failure.hint.as_deref());
    }
}

fn show(summary: &IngestSummary, store: &Store, json: bool) -> Result<(), Stop> {
    if json {
        return print_json(summary, store);
    }
    describe_failures(summary);
    note(&format!("{}\nstore: {}", describe(summary), store.root().display()));
    Ok(())
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

/// What became of the files, in the words of `duban status`, and what the store has of them now.
pub(crate) fn describe(summary: &IngestSummary) -> String {
    let IngestSummary { ok, degraded, failed, skipped, held, ignored, gone, moved, without_tasks, .. } =
        summary;
    let mut text = format!(
        "{}: {ok} ok, {degraded} degraded, {failed} failed, {skipped} skipped",
        count(summary.files, "file")
    );
    let why = listed([(*held, "held"), (summary.duplicates(), "with the same bytes"), (*ignored, "ignored")]);
    if !why.is_empty() {
        let _ = write!(text, " ({why})");
    }
    let others = listed([(*gone, "gone"), (*moved, "moved")]);
    if !others.is_empty() {
        let _ = write!(text, "; {others}");
    }
    let _ = write!(text, "\n{}, {}", count(summary.read, "new record"), count(summary.tasks, "task"));
    if *without_tasks > 0 {
        let _ = write!(text, "; {NO_TASKS} in {}", count(*without_tasks, "notice"));
    }
    if summary.stopped {
        text.push_str("; ended before all files were read");
    }
    text
}

/// The numbers that are not 0 with what they count.
fn listed<const N: usize>(counts: [(u64, &str); N]) -> String {
    let counts = counts.into_iter().filter(|(number, _)| *number > 0);
    counts.map(|(number, what)| format!("{number} {what}")).collect::<Vec<_>>().join(", ")
}

fn count(number: u64, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
