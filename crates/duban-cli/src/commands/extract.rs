//! `duban extract`: records as JSON Lines, one line for each input, failures included.

use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use duban::record::Record;
use duban::{BatchOptions, BatchSummary, NO_TASKS, ProcessError};
use serde_json::json;

use crate::args::Extract;
use crate::failure::{Status, Stop, report, report_input, warn};
use crate::input::{is_stdin, records};
use crate::output::Output;

/// Prints the records.
pub(crate) fn run(arguments: &Extract) -> Result<Status, Stop> {
    if arguments.pretty && (arguments.inputs.len() != 1 || arguments.inputs.iter().any(|path| path.is_dir()))
    {
        return Err(Stop::usage("--pretty takes one notice", "leave it out to get a line for each"));
    }
    let mut printer = Printer { output: Output::open(), pretty: arguments.pretty, failure: None };
    let options = arguments.batch.options()?;
    let mut status = Status::Done;
    // Files in a row are worked on together; folders and standard input keep their place among them.
    for inputs in arguments.inputs.chunk_by(|left, right| is_plain(left) && is_plain(right)) {
        if extract(inputs, &options, &mut printer)? == Status::Incomplete {
            status = Status::Incomplete;
        }
        if let Some(error) = printer.failure.take() {
            return Err(error.into());
        }
    }
    printer.output.flush()?;
    Ok(status)
}

fn is_plain(path: &Path) -> bool {
    !is_stdin(path) && !path.is_dir()
}

fn extract(inputs: &[PathBuf], options: &BatchOptions, printer: &mut Printer) -> Result<Status, Stop> {
    let summary = match inputs {
        [input] if is_stdin(input) => {
            let records = records(input, &options.notice);
            let failed = records.iter().filter(|record| record.is_err()).count() as u64;
            let read = records.len() as u64 - failed;
            let _ = records.into_iter().try_for_each(|record| printer.print(record));
            BatchSummary { read, failed, ..BatchSummary::default() }
        }
        [folder] if folder.is_dir() => {
            let summary = duban::process_folder(folder, options, |result| printer.print(result))?;
            if summary.read + summary.failed == 0 {
                report_no_notices(folder);
                return Ok(Status::Incomplete);
            }
            summary
        }
        files => duban::process_files(files, options, |result| printer.print(result))?,
    };
    Ok(if summary.failed == 0 { Status::Done } else { Status::Incomplete })
}

/// Tells that a folder holds nothing to read.
pub(crate) fn report_no_notices(folder: &Path) {
    report(
        &format!("no notices in `{}`", folder.display()),
        Some("notices are files such as .pdf, .docx and .txt; others in a folder are left alone"),
    );
}

/// Prints results and remembers when that fails.
struct Printer {
    output: Output,
    pretty: bool,
    failure: Option<io::Error>,
}

impl Printer {
    fn print(&mut self, result: Result<Record, ProcessError>) -> ControlFlow<()> {
        match self.try_print(result) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                self.failure = Some(error);
                ControlFlow::Break(())
            }
        }
    }

    fn try_print(&mut self, result: Result<Record, ProcessError>) -> io::Result<()> {
        match result {
            Ok(record) => {
                self.output.record(&record, self.pretty)?;
                if record.tasks.is_empty() {
                    let hint = "tasks are told by their numbers, such as 一、 （一） 1.";
                    warn(&format!("`{}`: {NO_TASKS}", record.source.path), Some(hint));
                }
            }
            Err(error) => {
                let line = json!({ "source": error.path, "error": error.source.to_string() });
                self.output.json(&line, self.pretty)?;
                report_input(&error);
            }
        }
        // A reader that has closed the pipe ends the work now, not at the end of the folder.
        self.output.flush()
    }
}
