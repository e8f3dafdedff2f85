//! Arguments to bytes and stores.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use duban::record::Record;
use duban::{Cause, Options, ProcessError};

use crate::args::StorePath;
use crate::failure::Stop;

/// The name of standard input.
pub(crate) const STDIN: &str = "-";

/// Whether `path` stands for standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == STDIN
}

/// The bytes of the one notice that `path` stands for, and the name that the record gives them.
pub(crate) fn load(path: &Path, options: &Options) -> Result<(String, Vec<u8>), ProcessError> {
    if is_stdin(path) {
        let bytes = read_stdin(options.max_file_bytes)
            .map_err(|source| ProcessError { path: STDIN.to_owned(), source })?;
        Ok((STDIN.to_owned(), bytes))
    } else {
        duban::load_notice(path, options)
    }
}

/// The record of each notice that `path` stands for: several in an archive or a mail.
pub(crate) fn records(path: &Path, options: &Options) -> Vec<Result<Record, ProcessError>> {
    let mut work = |name: &str, bytes: &[u8]| duban::process_bytes(name, bytes, options);
    if !is_stdin(path) {
        return duban::for_each_notice_at(path, options, &mut work);
    }
    match load(path, options) {
        Ok((name, bytes)) => duban::for_each_notice(&name, &bytes, options, &mut work),
        Err(error) => vec![Err(error)],
    }
}

fn read_stdin(limit: u64) -> Result<Vec<u8>, Cause> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit { Err(Cause::TooLarge { limit }) } else { Ok(bytes) }
}

/// The folder of the store: as given, or in the platform's data folder.
pub(crate) fn store_path(argument: &StorePath) -> Result<PathBuf, Stop> {
    if let Some(path) = &argument.store {
        return Ok(path.clone());
    }
    directories::ProjectDirs::from("", "", "duban").map(|folders| folders.data_dir().to_owned()).ok_or_else(
        || {
            Stop::usage(
                "there is no home folder for the default store",
                "name a store with --store PATH or the variable DUBAN_STORE",
            )
        },
    )
}
