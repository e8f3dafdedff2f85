//! Bytes of a plain text to a document.

use duban_document::{Document, Format, Warned};

use crate::decode::{self, Decoded};
use crate::{ReadError, ReadOptions, layout};

/// Reads a plain text in any encoding.
pub(crate) fn read(bytes: &[u8], options: &ReadOptions) -> Result<Warned<Document>, ReadError> {
    let Decoded { text, mut warnings } = decode_within(bytes, options)?;
    let layout = layout::of_text(&text);
    warnings.extend(layout.warnings);
    let document =
        Document { lines: layout.lines, blocks: layout.blocks, ..Document::of_text(Format::Text, text) };
    Ok(Warned { value: document, warnings })
}

/// Decodes `bytes` and refuses more text than the options allow.
pub(crate) fn decode_within(bytes: &[u8], options: &ReadOptions) -> Result<Decoded, ReadError> {
    let limit = options.max_text_bytes.min(u32::MAX as usize);
    // No encoding needs more than twice the bytes of UTF-8, so the file alone may say enough.
    if bytes.len() / 2 > limit {
        return Err(ReadError::TooLarge { bytes: bytes.len(), limit });
    }
    let decoded = decode::decode(bytes);
    check_size(&decoded.text, options)?;
    Ok(decoded)
}

/// Refuses more text than the options allow.
pub(crate) fn check_size(text: &str, options: &ReadOptions) -> Result<(), ReadError> {
    let limit = options.max_text_bytes.min(u32::MAX as usize);
    if text.len() > limit {
        return Err(ReadError::TooLarge { bytes: text.len(), limit });
    }
    let lines = text.bytes().filter(|byte| *byte == b'\n').count();
    if lines > options.max_lines {
        return Err(ReadError::TooManyLines { lines, limit: options.max_lines });
    }
    Ok(())
}
