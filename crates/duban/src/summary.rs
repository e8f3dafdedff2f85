//! What came of a run, and how far it is.

use duban_record::Record;
use duban_store::{FileRow, FileStatus};
use serde_json::{Value, json};

/// How far a batch is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Files in the batch.
    pub total: u64,
    /// Their bytes.
    pub total_bytes: u64,
    /// Files that are done, whatever came of them.
    pub done: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Files that failed.
    pub failed: u64,
}

/// What came of reading files into a store: `files` is the sum of `ok`, `degraded`, `failed` and `skipped`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IngestSummary {
    /// Files that were found.
    pub files: u64,
    /// Those that were read.
    pub ok: u64,
    /// Those that were read, but may lack something.
    pub degraded: u64,
    /// Those that have no record.
    pub failed: u64,
    /// Those that the store held already, those whose bytes another file has, and those that are no notices.
    pub skipped: u64,
    /// Of those skipped: bytes that the store held already.
    pub held: u64,
    /// Of those skipped: no notices, or none in them.
    pub ignored: u64,
    /// Files that the store knew and that are not there any more, nor their bytes under another name.
    pub gone: u64,
    /// Files whose bytes lie under another name now.
    pub moved: u64,
    /// Notices that have a record now.
    pub read: u64,
    /// Those of them whose record holds warnings.
    pub warned: u64,
    /// Tasks in those records.
    pub tasks: u64,
    /// Records without any task.
    pub without_tasks: u64,
    /// Whether the batch was ended before all files were read.
    pub stopped: bool,
    /// Why the index was made anew before the batch; `None` where it was not.
    pub rebuilt: Option<String>,
    /// Each failure, in the order of the paths; folders that cannot be listed first.
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
    pub hint: Option<String>,
}

impl IngestSummary {
    /// Counts a file; `is_again` where nothing was read of it.
    pub(crate) fn count(&mut self, file: &FileRow, records: &[Record], is_again: bool) {
        self.files += 1;
        self.read += records.len() as u64;
        self.warned += records.iter().filter(|record| !record.warnings.is_empty()).count() as u64;
        self.without_tasks += records.iter().filter(|record| record.tasks.is_empty()).count() as u64;
        self.tasks += records.iter().map(|record| record.tasks.len() as u64).sum::<u64>();
        match file.verdict.status {
            FileStatus::Failed => {
                self.failed += 1;
                self.failures.push(Failure {
                    path: file.name.clone(),
                    reason: file.verdict.reason.clone().unwrap_or_default(),
                    hint: file.verdict.remedy.clone(),
                });
            }
            FileStatus::Skipped => {
                self.skipped += 1;
                self.ignored += u64::from(file.content.is_none());
            }
            _ if is_again => self.skipped += 1,
            FileStatus::Ok => self.ok += 1,
            FileStatus::Degraded => self.degraded += 1,
        }
    }

    /// Of those skipped: the same bytes as another file.
    pub fn duplicates(&self) -> u64 {
        self.skipped.saturating_sub(self.held + self.ignored)
    }

    /// The summary as one JSON object.
    pub fn to_json(&self) -> Value {
        let failures: Vec<Value> = self
            .failures
            .iter()
            .map(|failure| json!({ "path": failure.path, "reason": failure.reason, "hint": failure.hint }))
            .collect();
        json!({
            "files": self.files,
            "ok": self.ok,
            "degraded": self.degraded,
            "failed": self.failed,
            "skipped": self.skipped,
            "held": self.held,
            "duplicates": self.duplicates(),
            "ignored": self.ignored,
            "gone": self.gone,
            "moved": self.moved,
            "read": self.read,
            "warned": self.warned,
            "tasks": self.tasks,
            "without_tasks": self.without_tasks,
            "stopped": self.stopped,
            "rebuilt": self.rebuilt,
            "failures": failures,
        })
    }
}
