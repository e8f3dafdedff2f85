//! A folder of notices into a store; what the store holds already is left alone.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::UNIX_EPOCH;

use duban_record::Record;

use crate::batch::in_order;
use crate::folder::find_notices;
use crate::process::{id_of, process_known};
use crate::{BatchError, BatchOptions, BatchSummary, ProcessError, Store, for_each_notice_at};

/// How far a batch is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Notices in the batch.
    pub total: u64,
    /// Those that are done, whatever came of them.
    pub done: u64,
    /// Those that failed.
    pub failed: u64,
}

/// What became of one notice.
enum Outcome {
    /// Its bytes are known to the store.
    Held,
    /// It was read; when its file was changed last, in seconds since 1970.
    Read(Box<Record>, Option<i64>),
    /// It could not be read.
    Failed(ProcessError),
}

/// Reads every notice of `folder` into `store`. A notice whose bytes the store holds, read by this
/// version of the parser, is skipped, and so is the second of two files with the same bytes.
/// `on_progress` is told how far the work is.
///
/// When this returns, every record that the summary counts is on disk and can be searched.
pub fn ingest(
    folder: &Path,
    store: &Store,
    options: &BatchOptions,
    mut on_progress: impl FnMut(Progress),
) -> Result<BatchSummary, BatchError> {
    let found = find_notices(folder)?;
    let mut summary = BatchSummary { ignored: found.ignored, ..BatchSummary::default() };
    found.failures.iter().for_each(|error| summary.count(Err(error)));
    let mut progress = Progress { total: found.notices.len() as u64, done: 0, failed: summary.failed };
    let mut writer = store.writer()?;
    let mut put = HashSet::new();
    let held = store.held()?;
    let work = |path: &Path| read_unless_held(path, &held, options);
    in_order(&found.notices, options, work, |outcomes| {
        for outcomes in outcomes {
            for outcome in outcomes {
                match outcome {
                    Outcome::Read(record, modified) if put.insert(record.id.clone()) => {
                        summary.count(Ok(&record));
                        writer.put(*record, modified)?;
                    }
                    Outcome::Held | Outcome::Read(..) => summary.skipped += 1,
                    Outcome::Failed(error) => summary.count(Err(&error)),
                }
            }
            progress.done += 1;
            progress.failed = summary.failed;
            on_progress(progress);
        }
        Ok(ControlFlow::Continue(()))
    })?;
    writer.commit()?;
    Ok(summary)
}

/// What becomes of each notice in the file at `path`.
fn read_unless_held(path: &Path, held: &HashSet<String>, options: &BatchOptions) -> Vec<Outcome> {
    let modified = modified(path);
    let mut read = |name: &str, bytes: &[u8]| {
        let id = id_of(bytes);
        if !options.again && held.contains(&id) {
            return Ok(Outcome::Held);
        }
        let record = process_known(name, bytes, id, &options.notice)?;
        Ok(Outcome::Read(Box::new(record), modified))
    };
    let outcomes = for_each_notice_at(path, &options.notice, &mut read);
    outcomes.into_iter().map(|outcome| outcome.unwrap_or_else(Outcome::Failed)).collect()
}

/// When a file was changed last, in seconds since 1970.
fn modified(path: &Path) -> Option<i64> {
    let changed = std::fs::metadata(path).ok()?.modified().ok()?;
    i64::try_from(changed.duration_since(UNIX_EPOCH).ok()?.as_secs()).ok()
}
