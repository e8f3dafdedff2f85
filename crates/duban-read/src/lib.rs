//! Bytes of a notice to a [`Document`](duban_document::Document).

use duban_document::{Document, Format, Warned};

/// What went wrong while reading.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// No byte to read.
    #[error("the file is empty")]
    Empty,
}

/// The format of `bytes`, by content; `name` is only consulted where the content leaves a choice
/// (Markdown or text).
pub fn detect_format(_name: &str, _bytes: &[u8]) -> Option<Format> {
    None
}

/// Reads `bytes` as `format`.
pub fn read(_bytes: &[u8], _format: Format) -> Result<Warned<Document>, ReadError> {
    Err(ReadError::Empty)
}
