//! Bytes of a notice to a [`Document`].
//!
//! [`detect_format`] says what the bytes are, [`read`] turns them into text with places, paragraphs
//! and tables. All formats end in one layout: printed lines in, page furniture marked, hard wraps
//! joined, tables on a grid. The text of a document is the source as read, so nothing is removed
//! from it; what nobody should read (page numbers, zero-width characters) is left out of the blocks.

mod clean;
mod container;
mod decode;
mod error;
mod format;
mod html;
mod layout;
mod markdown;
mod marked;
mod ofd;
mod office;
mod pages;
mod pdf;
mod text;

pub use container::{Container, Enclosed, container_of, enclosed, is_container_name};
pub use error::ReadError;
pub use format::{detect_format, promised_by};

use duban_document::{Document, Format, RecognisedPage, Warned, Warning, WarningCode};

/// What a caller may decide about reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadOptions {
    /// Read as this format, whatever the content looks like; `None` finds it out.
    pub format: Option<Format>,
    /// Longest text that is read, in bytes of UTF-8.
    pub max_text_bytes: usize,
    /// Most lines of text that are read: each takes memory, however short it is.
    pub max_lines: usize,
    /// Password of an encrypted PDF; the empty one is always tried.
    pub password: Option<String>,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { format: None, max_text_bytes: 64 << 20, max_lines: 1_000_000, password: None }
    }
}

/// Reads `bytes`, which came under `name` (a path or a file name; only its extension is looked at).
///
/// ```
/// use duban_document::Block;
/// use duban_read::{ReadOptions, read};
///
/// let source = "二、重点任务\n\n（一）完善清单。各镇要于10\n\n月底前完成。\n";
/// let document = read("plan.txt", source.as_bytes(), &ReadOptions::default())?.value;
/// assert_eq!(document.lines.len(), 5);
/// assert!(matches!(&document.blocks[0], Block::Paragraph(heading) if heading.text.as_str() == "二、重点任务"));
/// # Ok::<(), duban_read::ReadError>(())
/// ```
pub fn read(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<Warned<Document>, ReadError> {
    read_recognised(name, bytes, options, &[])
}

/// As [`read`], with what text recognition (OCR) says of pages that are pictures: those that
/// [`Document::unread`] names.
pub fn read_recognised(
    name: &str,
    bytes: &[u8],
    options: &ReadOptions,
    recognised: &[RecognisedPage],
) -> Result<Warned<Document>, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    let format = match options.format {
        Some(format) => format,
        None => detect_format(name, bytes).ok_or_else(|| unreadable(name, bytes))?,
    };
    let mut read = match format {
        Format::Pdf => pdf::read(bytes, options, recognised)?,
        Format::Markdown => markdown::read(bytes, options)?,
        Format::Text => text::read(bytes, options)?,
        Format::Html => html::read(bytes, options)?,
        Format::Docx => office::read_docx(bytes, options)?,
        Format::Ofd => ofd::read(bytes, options)?,
        Format::Xlsx => office::read_xlsx(bytes, options)?,
        other => return Err(ReadError::Unsupported(other)),
    };
    tell_mismatch(name, &mut read);
    Ok(read)
}

/// Why bytes of no known format are not read.
fn unreadable(name: &str, bytes: &[u8]) -> ReadError {
    match container_of(name, bytes) {
        Some(_) => ReadError::Container,
        None if format::is_encrypted_office(bytes) => ReadError::Encrypted,
        None => ReadError::UnknownFormat,
    }
}

/// As [`read`], for a file of `format` that another program turned into DOCX.
pub fn read_converted(
    name: &str,
    format: Format,
    docx: &[u8],
    options: &ReadOptions,
) -> Result<Warned<Document>, ReadError> {
    let mut read = office::read_docx(docx, options)?;
    read.value.format = format;
    tell_mismatch(name, &mut read);
    Ok(read)
}

/// Warns where the name says another format than was read.
fn tell_mismatch(name: &str, read: &mut Warned<Document>) {
    let format = read.value.format;
    if let Some(promised) = promised_by(name).filter(|&promised| promised != format) {
        read.warnings.insert(0, mismatch(promised, format));
    }
}

fn mismatch(promised: Format, found: Format) -> Warning {
    let message = format!(
        "the name says {}, but the content is {}; it was read as the latter",
        format::name_of(promised),
        format::name_of(found)
    );
    Warning::new(WarningCode::FormatMismatch, message)
}
