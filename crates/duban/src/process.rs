//! One notice: bytes to record.

use std::any::Any;
use std::fs::File;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use duban_document::{Document, RecognisedPage, Warned, Warning, WarningCode};
use duban_ocr::Recogniser;
use duban_record::Record;
use duban_render::{POINTS_PER_INCH, Pages};
use duban_store::FilePath;
use sha2::{Digest, Sha256};

use crate::{Cause, Options, ProcessError, load_notice};

/// A record together with the text that it was made from.
#[derive(Clone, Debug)]
pub struct Examined {
    /// The notice as read.
    pub document: Document,
    /// What it says.
    pub record: Record,
}

/// The record of the notice at `path`, as [`load_notice`] finds it.
pub fn process_file(path: &Path, options: &Options) -> Result<Record, ProcessError> {
    let (name, bytes) = load_notice(path, options)?;
    process_bytes(&name, &bytes, options)
}

/// The record of the notice in `bytes`, which came under `name`.
///
/// ```
/// let notice = "青禾县公开工作要点\n\n一、更新专栏。各镇要于10月底前完成。\n";
/// let record = duban::process_bytes("plan.txt", notice.as_bytes(), &duban::Options::default())?;
/// assert_eq!(record.source.bytes, notice.len() as u64);
/// # Ok::<(), duban::ProcessError>(())
/// ```
pub fn process_bytes(name: &str, bytes: &[u8], options: &Options) -> Result<Record, ProcessError> {
    contained(name, || {
        let document = read(name, bytes, options)?;
        Ok(duban_extract::extract(document, &source(name, bytes)))
    })
}

/// The notice in `bytes` as read, before anything is extracted.
pub fn read_bytes(name: &str, bytes: &[u8], options: &Options) -> Result<Warned<Document>, ProcessError> {
    contained(name, || read(name, bytes, options))
}

/// Reads a notice, its pictures too where recognition was asked for.
fn read(name: &str, bytes: &[u8], options: &Options) -> Result<Warned<Document>, Cause> {
    let format = options.read.format.or_else(|| duban_read::detect_format(name, bytes));
    if let Some(format) = format.filter(|format| duban_convert::converts(*format)) {
        let docx = options.converter.to_docx(bytes, format)?;
        return Ok(duban_read::read_converted(name, format, &docx, &options.read)?);
    }
    let read = duban_read::read(name, bytes, &options.read)?;
    let Some(recogniser) = options.ocr.as_ref().filter(|_| !read.value.unread.is_empty()) else {
        return Ok(read);
    };
    let (recognised, failed) = recognise(recogniser, bytes, &read.value.unread, options);
    let mut read = duban_read::read_recognised(name, bytes, &options.read, &recognised)?;
    read.warnings.extend(failed);
    Ok(read)
}

/// What stands on `pages` of a PDF, and for each that could not be recognised why.
fn recognise(
    recogniser: &Recogniser,
    bytes: &[u8],
    pages: &[u32],
    options: &Options,
) -> (Vec<RecognisedPage>, Vec<Warning>) {
    let scale = duban_ocr::RESOLUTION / POINTS_PER_INCH;
    let password = options.read.password.as_deref().unwrap_or_default();
    let warning = |message: String| Warning::new(WarningCode::NoText, message);
    let file = match Pages::open(bytes.to_vec(), password, None) {
        Ok(file) => file,
        Err(error) => return (Vec::new(), vec![warning(error.to_string())]),
    };
    let (mut recognised, mut failed) = (Vec::new(), Vec::new());
    for &page in pages {
        let picture = file.picture(page, scale).map_err(|error| error.to_string());
        let read = picture.and_then(|picture| {
            recogniser.recognise(&picture, page, scale).map_err(|error| error.to_string())
        });
        match read {
            Ok(page) => recognised.push(page),
            Err(error) => failed.push(warning(format!("page {page} could not be recognised: {error}"))),
        }
    }
    (recognised, failed)
}

/// The notice in `bytes` as read, and its record.
pub fn examine_bytes(name: &str, bytes: &[u8], options: &Options) -> Result<Examined, ProcessError> {
    contained(name, || {
        let read = read(name, bytes, options)?;
        let document = read.value.clone();
        Ok(Examined { document, record: duban_extract::extract(read, &source(name, bytes)) })
    })
}

/// The bytes of the file at `path`, unless there are too many.
pub fn load_file(path: &Path, options: &Options) -> Result<Vec<u8>, ProcessError> {
    let limit = options.max_file_bytes;
    let load = || -> Result<Vec<u8>, Cause> {
        let mut bytes = Vec::new();
        File::open(path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit { Err(Cause::TooLarge { limit }) } else { Ok(bytes) }
    };
    load().map_err(|source| ProcessError { path: name_of(path), source })
}

/// A path as the record gives it: bytes that are no UTF-8 stand as `\xFF`.
pub(crate) fn name_of(path: &Path) -> String {
    FilePath::from(path.to_owned()).to_string()
}

/// SHA-256 in lower-case hex.
pub(crate) fn id_of(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes in lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    bytes.iter().flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]).collect()
}

fn source(name: &str, bytes: &[u8]) -> duban_extract::Source {
    duban_extract::Source { path: name.to_owned(), bytes: bytes.len() as u64, id: id_of(bytes) }
}

/// Runs `work` on one notice. A fault of ours ends this notice and no other.
fn contained<T>(name: &str, work: impl FnOnce() -> Result<T, Cause>) -> Result<T, ProcessError> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|panic| Err(Cause::Panicked(message_of(panic.as_ref()))))
        .map_err(|source| ProcessError { path: name.to_owned(), source })
}

fn message_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_the_digest_in_lower_case_hex() {
        assert_eq!(id_of(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn a_fault_ends_one_notice() {
        let error = contained::<()>("plan.txt", || panic!("out of words")).expect_err("it panicked");
        assert_eq!(error.to_string(), "`plan.txt`: the program failed on this file: out of words");
    }

    #[test]
    fn a_file_over_the_limit_is_not_read() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("plan.txt");
        std::fs::write(&path, "一、公开").expect("write");
        let options = Options { max_file_bytes: 11, ..Options::default() };
        let error = load_file(&path, &options).expect_err("it has twelve bytes");
        assert!(matches!(error.source, Cause::TooLarge { limit: 11 }));
        assert!(load_file(&path, &Options { max_file_bytes: 12, ..options }).is_ok());
    }
}
