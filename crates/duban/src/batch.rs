//! Many notices in parallel, results in the order of their paths.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use duban_record::Record;
use rayon::prelude::*;
use serde_json::{Value, json};

use crate::folder::find_notices;
use crate::{BatchError, BatchOptions, ProcessError, for_each_notice_at, process_bytes};

/// Notices per thread that are worked on before their results are handed on: enough that threads
/// seldom wait for each other, few enough that the records fit in memory.
const NOTICES_PER_THREAD: usize = 32;

/// What became of a batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BatchSummary {
    /// Notices that have a record now.
    pub read: u64,
    /// Those of them whose record holds warnings.
    pub warned: u64,
    /// Files that have none.
    pub failed: u64,
    /// Notices that the store held already.
    pub skipped: u64,
    /// Files that are no notices.
    pub ignored: u64,
    /// Tasks in the records.
    pub tasks: u64,
    /// Each failure: folders that cannot be listed first, then files in the order of their paths.
    pub failures: Vec<Failure>,
}

/// A file that has no record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Its path.
    pub path: String,
    /// Why.
    pub reason: String,
    /// What to do about it.
    pub hint: Option<&'static str>,
}

impl From<&ProcessError> for Failure {
    fn from(error: &ProcessError) -> Self {
        Self { path: error.path.clone(), reason: error.source.to_string(), hint: error.hint() }
    }
}

impl BatchSummary {
    /// Counts one result.
    pub(crate) fn count(&mut self, result: Result<&Record, &ProcessError>) {
        match result {
            Ok(record) => {
                self.read += 1;
                self.warned += u64::from(!record.warnings.is_empty());
                self.tasks += record.tasks.len() as u64;
            }
            Err(error) => {
                self.failed += 1;
                self.failures.push(error.into());
            }
        }
    }

    /// The summary as one JSON object.
    pub fn to_json(&self) -> Value {
        let failures: Vec<Value> = self
            .failures
            .iter()
            .map(|failure| json!({ "path": failure.path, "reason": failure.reason, "hint": failure.hint }))
            .collect();
        json!({
            "read": self.read,
            "warned": self.warned,
            "failed": self.failed,
            "skipped": self.skipped,
            "ignored": self.ignored,
            "tasks": self.tasks,
            "failures": failures,
        })
    }
}

/// Processes every notice of `folder`. `on_done` gets each result in the order of the paths, while
/// later ones are still to come; it may end the batch.
pub fn process_folder(
    folder: &Path,
    options: &BatchOptions,
    mut on_done: impl FnMut(Result<Record, ProcessError>) -> ControlFlow<()>,
) -> Result<BatchSummary, BatchError> {
    let found = find_notices(folder)?;
    let mut summary = BatchSummary { ignored: found.ignored, ..BatchSummary::default() };
    for error in found.failures {
        summary.count(Err(&error));
        if on_done(Err(error)).is_break() {
            return Ok(summary);
        }
    }
    process_all(&found.notices, options, &mut summary, on_done)?;
    Ok(summary)
}

/// As [`process_folder`], for the files at `paths` in the order given; archives and mails among them
/// give a result for each notice inside.
pub fn process_files(
    paths: &[PathBuf],
    options: &BatchOptions,
    on_done: impl FnMut(Result<Record, ProcessError>) -> ControlFlow<()>,
) -> Result<BatchSummary, BatchError> {
    let mut summary = BatchSummary::default();
    process_all(paths, options, &mut summary, on_done)?;
    Ok(summary)
}

fn process_all(
    paths: &[PathBuf],
    options: &BatchOptions,
    summary: &mut BatchSummary,
    mut on_done: impl FnMut(Result<Record, ProcessError>) -> ControlFlow<()>,
) -> Result<(), BatchError> {
    let notice = &options.notice;
    let work =
        |path: &Path| for_each_notice_at(path, notice, &mut |name, bytes| process_bytes(name, bytes, notice));
    in_order(paths, options, work, |results| {
        for result in results.into_iter().flatten() {
            summary.count(result.as_ref());
            if on_done(result).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    })
}

/// Runs `work` on `paths` in parallel and gives the results to `take`, group by group, in order.
pub(crate) fn in_order<T: Send>(
    paths: &[PathBuf],
    options: &BatchOptions,
    work: impl Fn(&Path) -> T + Sync,
    mut take: impl FnMut(Vec<T>) -> Result<ControlFlow<()>, BatchError>,
) -> Result<(), BatchError> {
    match paths {
        [] => return Ok(()),
        [path] => return take(vec![work(path)]).map(|_| ()),
        _ => {}
    }
    let threads = options.threads.map_or(0, usize::from);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    for group in paths.chunks(pool.current_num_threads() * NOTICES_PER_THREAD) {
        let results = pool.install(|| group.par_iter().with_max_len(1).map(|path| work(path)).collect());
        if take(results)?.is_break() {
            break;
        }
    }
    Ok(())
}
