//! A file to the notices in it: itself, or those in an archive or a mail.

use std::path::Path;

use duban_read::{ReadError, container_of, detect_format, enclosed};

use crate::process::{load_file, name_of};
use crate::{Options, ProcessError};

/// What parts the name of a container from that of a file in it.
const INSIDE: char = '!';
/// Containers in containers that are still opened.
const DEEPEST: usize = 4;

/// Runs `work` on each notice in `bytes`, which came under `name`: once where it is a notice itself, and
/// where it is an archive or a mail, for each notice inside, as `outer.zip!inner.docx`. Files inside that
/// are no notices are passed over. One that cannot be unpacked is an error; the others go on.
pub fn for_each_notice<T>(
    name: &str,
    bytes: &[u8],
    options: &Options,
    work: &mut impl FnMut(&str, &[u8]) -> Result<T, ProcessError>,
) -> Vec<Result<T, ProcessError>> {
    let mut results = Vec::new();
    let mut budget = options.max_file_bytes;
    visit(name, bytes, DEEPEST, &mut budget, &mut |name, bytes| {
        results.push(match bytes {
            Ok(bytes) => work(name, bytes),
            Err(error) => Err(ProcessError { path: name.to_owned(), source: error.into() }),
        });
    });
    results
}

fn visit(
    name: &str,
    bytes: &[u8],
    depth: usize,
    budget: &mut u64,
    visited: &mut impl FnMut(&str, Result<&[u8], ReadError>),
) {
    let Some(container) = container_of(name, bytes) else { return visited(name, Ok(bytes)) };
    if depth == 0 {
        return visited(name, Err(ReadError::Container));
    }
    let files = match enclosed(container, bytes, budget) {
        Ok(files) => files,
        Err(error) => return visited(name, Err(error)),
    };
    for file in files {
        let inside = format!("{name}{INSIDE}{}", file.name);
        match file.bytes {
            Ok(bytes) if container_of(&file.name, &bytes).is_some() => {
                visit(&inside, &bytes, depth - 1, budget, visited);
            }
            Ok(bytes) if detect_format(&file.name, &bytes).is_some() => visited(&inside, Ok(&bytes)),
            // A picture, a program: no notice.
            Ok(_) => {}
            Err(error) => visited(&inside, Err(error)),
        }
    }
}

/// As [`for_each_notice`], for the file at `path`, or the one notice that it names in it.
pub fn for_each_notice_at<T>(
    path: &Path,
    options: &Options,
    work: &mut impl FnMut(&str, &[u8]) -> Result<T, ProcessError>,
) -> Vec<Result<T, ProcessError>> {
    let loaded = if is_inside(path) {
        load_notice(path, options)
    } else {
        load_file(path, options).map(|bytes| (name_of(path), bytes))
    };
    match loaded {
        Ok((name, bytes)) => for_each_notice(&name, &bytes, options, work),
        Err(error) => vec![Err(error)],
    }
}

/// Whether a path names a notice in a container.
pub(crate) fn is_inside(path: &Path) -> bool {
    name_of(path).contains(INSIDE) && !path.exists()
}

/// The one notice at `path` and its name: the file, the notice inside it that the path names behind `!`,
/// or the only one in it.
pub fn load_notice(path: &Path, options: &Options) -> Result<(String, Vec<u8>), ProcessError> {
    let name = name_of(path);
    if let Some((outer, _)) = name.split_once(INSIDE).filter(|_| is_inside(path)) {
        let bytes = load_file(Path::new(outer), options)?;
        return select(outer, &bytes, options, |inside| inside == name)
            .ok_or(ProcessError { path: name, source: ReadError::NotEnclosed.into() });
    }
    let bytes = load_file(path, options)?;
    if container_of(&name, &bytes).is_none() {
        return Ok((name, bytes));
    }
    select(&name, &bytes, options, |_| true)
        .ok_or(ProcessError { path: name, source: ReadError::Container.into() })
}

/// The notice in `bytes` whose name is `wanted`; `None` where there is none or more than one.
fn select(
    name: &str,
    bytes: &[u8],
    options: &Options,
    wanted: impl Fn(&str) -> bool,
) -> Option<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut keep = |name: &str, bytes: &[u8]| {
        if wanted(name) {
            found.push((name.to_owned(), bytes.to_vec()));
        }
        Ok(())
    };
    for_each_notice(name, bytes, options, &mut keep);
    found.pop().filter(|_| found.is_empty())
}
