//! What became of a file, in one word with its reason and remedy.

use duban_record::{Record, WarningCode};
use duban_store::{FileStatus, Verdict};
use duban_worker::Death;

use crate::{Cause, ProcessError};

/// So many deaths of workers put bytes in quarantine: they are not read again before they or the parser
/// change, or somebody asks for it.
pub(crate) const QUARANTINE: u32 = 2;

/// What is said of a notice whose record holds no task.
pub const NO_TASKS: &str = "no numbered tasks were found";

/// Warnings that mean that something of the file may be missing or wrong.
const DEGRADING: [WarningCode; 5] = [
    WarningCode::Repaired,
    WarningCode::Truncated,
    WarningCode::NoText,
    WarningCode::UnknownCharacters,
    WarningCode::EncodingErrors,
];

/// A file that is not read.
pub(crate) fn skipped(reason: &str) -> Verdict {
    Verdict { status: FileStatus::Skipped, reason: Some(reason.to_owned()), remedy: None, attempts: 0 }
}

/// A file that cannot be read.
pub(crate) fn failed(cause: &Cause, attempts: u32) -> Verdict {
    Verdict {
        status: FileStatus::Failed,
        reason: Some(cause.to_string()),
        remedy: cause.hint().map(str::to_owned),
        attempts,
    }
}

/// A file that killed its workers.
pub(crate) fn killed(death: Death, deaths: u32, attempts: u32) -> Verdict {
    let verdict = failed(&Cause::Died(death), attempts);
    let reason = verdict.reason.unwrap_or_default();
    let in_quarantine = if deaths >= QUARANTINE { "in quarantine: " } else { "" };
    Verdict { reason: Some(format!("{in_quarantine}{reason}")), ..verdict }
}

/// A file with these notices in it: itself, or those in an archive or a mail.
pub(crate) fn of(notices: &[Result<Record, ProcessError>], attempts: u32) -> Verdict {
    let failures: Vec<&ProcessError> = notices.iter().filter_map(|notice| notice.as_ref().err()).collect();
    let records: Vec<&Record> = notices.iter().filter_map(|notice| notice.as_ref().ok()).collect();
    let verdict = |status, reason: Option<String>, remedy: Option<&str>| Verdict {
        status,
        reason,
        remedy: remedy.map(str::to_owned),
        attempts,
    };
    match (failures.first(), notices) {
        (None, []) => Verdict { attempts, ..skipped("no notice in it") },
        (Some(error), [_]) => failed(&error.source, attempts),
        (Some(error), _) => {
            let status = if records.is_empty() { FileStatus::Failed } else { FileStatus::Degraded };
            let reason = format!("{} of {} notices in it failed: {error}", failures.len(), notices.len());
            verdict(status, Some(reason), error.hint())
        }
        (None, _) => match records.iter().find_map(|record| defect(record)) {
            Some((reason, remedy)) => verdict(FileStatus::Degraded, Some(reason), Some(remedy)),
            None => verdict(FileStatus::Ok, without_tasks(&records), None),
        },
    }
}

/// What a person may wonder about where records hold no task, though nothing is wrong with them.
fn without_tasks(records: &[&Record]) -> Option<String> {
    match (records.iter().filter(|record| record.tasks.is_empty()).count(), records.len()) {
        (0, _) => None,
        (_, 1) => Some(NO_TASKS.to_owned()),
        (number, all) => Some(format!("{NO_TASKS} in {number} of {all} notices in it")),
    }
}

/// What may be missing or wrong in a record, and what to do about it.
fn defect(record: &Record) -> Option<(String, &'static str)> {
    let warning = record.warnings.iter().find(|warning| DEGRADING.contains(&warning.code))?;
    let remedy = match warning.code {
        // Its bytes are known, so that a plain run would pass it over.
        WarningCode::NoText => "read it with `duban ingest --ocr --again`",
        _ => "compare the record with the file, or get the file anew",
    };
    Some((format!("{}: {}", warning.code.name(), warning.message), remedy))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, process_bytes};

    fn read(name: &str, bytes: &[u8]) -> Result<Record, ProcessError> {
        process_bytes(name, bytes, &Options::default())
    }

    #[test]
    fn a_file_is_as_good_as_what_is_in_it() {
        let good = || read("plan.txt", "一、公开专栏。".as_bytes());
        let doubtful = || read("plan.txt", b"\xff\xfe\x00\xd8\x00\x4e");
        let bad = || read("plan.txt", b"");
        let status = |notices: &[Result<Record, ProcessError>]| of(notices, 1).status;
        assert_eq!(status(&[good()]), FileStatus::Ok);
        assert_eq!(status(&[doubtful()]), FileStatus::Degraded);
        assert_eq!(status(&[bad()]), FileStatus::Failed);
        assert_eq!(status(&[]), FileStatus::Skipped);
        assert_eq!(status(&[good(), bad()]), FileStatus::Degraded);
        assert_eq!(status(&[bad(), bad()]), FileStatus::Failed);
        assert_eq!(status(&[good(), doubtful()]), FileStatus::Degraded);
        let bare = || read("plan.txt", "公开专栏".as_bytes());
        let reason = |notices: &[Result<Record, ProcessError>]| of(notices, 1).reason;
        assert_eq!((status(&[bare()]), reason(&[bare()]).as_deref()), (FileStatus::Ok, Some(NO_TASKS)));
        assert_eq!(
            reason(&[good(), bare()]).as_deref(),
            Some("no numbered tasks were found in 1 of 2 notices in it")
        );
        assert_eq!(reason(&[good(), good()]), None);
        let verdict = of(&[bad()], 3);
        assert_eq!(verdict.attempts, 3);
        assert!(verdict.reason.is_some() && verdict.remedy.is_some());
    }

    #[test]
    fn the_second_death_is_quarantine() {
        let reason = |deaths| killed(Death::Memory, deaths, deaths).reason.unwrap_or_default();
        assert!(!reason(1).contains("quarantine"));
        assert!(reason(2).starts_with("in quarantine: reading it was ended"));
    }
}
