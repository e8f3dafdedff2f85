//! OFD to a document.

use duban_document::{Document, Format, Warned, Warning, WarningCode};
use duban_package::Limits;

use crate::{ReadError, ReadOptions, pages};

/// Reads an OFD file.
pub(crate) fn read(bytes: &[u8], options: &ReadOptions) -> Result<Warned<Document>, ReadError> {
    let ofd = duban_ofd::read(bytes, Limits::default())?;
    let mut read = pages::document(Format::Ofd, ofd.pages, options, &[])?;
    if ofd.truncated {
        let message = "a part of the file is missing, damaged or too large";
        read.warnings.insert(0, Warning::new(WarningCode::Truncated, message));
    }
    Ok(read)
}
