//! How a command ends, and how it says so on standard error.

use std::io::{self, Write};

use duban::ocr::OcrError;
use duban::{BatchError, ProcessError, StoreError};

use crate::log;
use crate::output::printable;

/// A command that ran to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// All of it worked.
    Done,
    /// Some inputs failed, or nothing was found; this was reported.
    Incomplete,
}

/// A command that did not run to its end.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Nobody reads the output any more.
    ClosedPipe,
    /// It could not run.
    Failure {
        /// What is wrong.
        message: String,
        /// What to do about it.
        hint: Option<String>,
    },
}

impl Stop {
    /// A use of the command that makes no sense.
    pub(crate) fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Failure { message: message.into(), hint: Some(hint.into()) }
    }
}

/// Errors of writing to standard output, the only plain I/O of the commands.
impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::ClosedPipe
        } else {
            Self::Failure { message: format!("cannot write to standard output: {error}"), hint: None }
        }
    }
}

/// JSON is only written, so its errors are those of the output.
impl From<serde_json::Error> for Stop {
    fn from(error: serde_json::Error) -> Self {
        io::Error::from(error).into()
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Failure { message: error.to_string(), hint: error.hint() }
    }
}

impl From<BatchError> for Stop {
    fn from(error: BatchError) -> Self {
        Self::Failure { message: error.to_string(), hint: error.hint() }
    }
}

impl From<OcrError> for Stop {
    fn from(error: OcrError) -> Self {
        Self::Failure { message: error.to_string(), hint: Some(error.hint().to_owned()) }
    }
}

/// Tells an error on standard error.
pub(crate) fn report(message: &str, hint: Option<&str>) {
    if log::is_json() {
        tracing::error!(hint, "{message}");
        return;
    }
    tell(&format!("error: {}\n{}", printable(message), hint_line(hint)));
}

fn hint_line(hint: Option<&str>) -> String {
    hint.map(|hint| format!("hint: {}\n", printable(hint))).unwrap_or_default()
}

/// Tells of something that may not be what was meant.
pub(crate) fn warn(message: &str, hint: Option<&str>) {
    if log::is_json() {
        tracing::warn!(hint, "{message}");
        return;
    }
    tell(&format!("warning: {}\n{}", printable(message), hint_line(hint)));
}

/// Tells something that is no error.
pub(crate) fn note(message: &str) {
    if log::is_json() {
        tracing::info!("{message}");
    } else {
        tell(&format!("{}\n", printable(message)));
    }
}

/// Tells why one input failed.
pub(crate) fn report_input(error: &ProcessError) {
    report(&error.to_string(), error.hint());
}

/// Writes `text` to standard error; when that is closed there is nobody left to tell.
pub(crate) fn tell(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
