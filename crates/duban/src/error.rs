//! What can go wrong, each error with the file that it is about and what to do.

use std::io;
use std::path::PathBuf;

use duban_convert::ConvertError;
use duban_read::ReadError;
use duban_worker::{Death, RunError};

use crate::StoreError;

/// Why one notice has no record.
#[derive(Debug, thiserror::Error)]
#[error("`{path}`: {source}")]
pub struct ProcessError {
    /// Path of the notice as given; `-` for standard input.
    pub path: String,
    /// The cause.
    pub source: Cause,
}

/// The cause of a [`ProcessError`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Cause {
    /// The file cannot be opened or read.
    #[error("{}", describe(.0))]
    Io(#[from] io::Error),
    /// The file is larger than [`Options::max_file_bytes`](crate::Options::max_file_bytes).
    #[error("the file is larger than the limit of {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: u64,
    },
    /// The bytes are no notice that can be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A file that another program has to convert first was not converted.
    #[error(transparent)]
    Convert(#[from] ConvertError),
    /// What a worker process said of it.
    #[error("{message}")]
    Reported {
        /// What is wrong.
        message: String,
        /// What to do about it.
        hint: Option<String>,
    },
    /// It killed its worker process.
    #[error("reading it was ended: {0}")]
    Died(#[from] Death),
    /// It changed whenever it was read.
    #[error("the file changes while it is read")]
    Changing,
    /// A fault of the program, which ended the work on this file alone.
    #[error("the program failed on this file: {0}")]
    Panicked(String),
}

impl ProcessError {
    /// What to do about it, one line.
    pub fn hint(&self) -> Option<&str> {
        self.source.hint()
    }
}

impl Cause {
    /// What to do about it, one line.
    pub fn hint(&self) -> Option<&str> {
        match self {
            Self::Io(error) => match error.kind() {
                io::ErrorKind::NotFound => Some("check the path"),
                io::ErrorKind::PermissionDenied => {
                    Some("make it readable for you, then run the command again")
                }
                io::ErrorKind::IsADirectory => {
                    Some("name the files in it, or use `duban extract` or `duban ledger`")
                }
                io::ErrorKind::InvalidFilename => {
                    Some("move it to a folder that is less deep, or shorten its name")
                }
                _ => Some("see that the disk is sound, then run the command again"),
            },
            Self::TooLarge { .. } => Some("split it into single notices"),
            Self::Read(error) => Some(error.hint()),
            Self::Convert(error) => Some(error.hint()),
            Self::Reported { hint, .. } => hint.as_deref(),
            Self::Died(_) => Some("open it in its own program and save it anew, or leave it out"),
            Self::Changing => Some("run the command again when the file is complete"),
            Self::Panicked(_) => Some("please report it together with the file"),
        }
    }
}

/// Why a whole batch could not be worked on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BatchError {
    /// There is no such folder.
    #[error("no folder at `{}`", .path.display())]
    NoFolder {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The threads could not be started.
    #[error("cannot start the threads: {0}")]
    Threads(#[from] rayon::ThreadPoolBuildError),
    /// No worker process can be started.
    #[error(transparent)]
    Worker(RunError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl BatchError {
    /// What to do about it, one line.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::NoFolder { .. } => Some("give the folder that holds the notices".to_owned()),
            Self::Threads(_) => Some("use fewer threads".to_owned()),
            Self::Worker(_) => Some("read in this process: --isolation none".to_owned()),
            Self::Store(error) => error.hint(),
        }
    }
}

/// A system error without its number, in the words of the other messages.
pub(crate) fn describe(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder, not a file".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => error.to_string(),
    }
}
