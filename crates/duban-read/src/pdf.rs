//! PDF to a document.

use duban_document::{Document, Format, RecognisedPage, Warned, Warning, WarningCode};
use duban_pdf::{Limits, Options};

use crate::{ReadError, ReadOptions, pages};

/// Reads a PDF; `recognised` tells what stands on pages that are pictures.
pub(crate) fn read(
    bytes: &[u8],
    options: &ReadOptions,
    recognised: &[RecognisedPage],
) -> Result<Warned<Document>, ReadError> {
    let limits = Limits::default();
    let pdf = duban_pdf::read(bytes, &Options { password: options.password.clone(), limits })?;
    let mut warnings = Vec::new();
    let mut warn = |code, message: String| warnings.push(Warning::new(code, message));
    if pdf.repaired {
        warn(WarningCode::Repaired, "the file was damaged; its objects were searched for".to_owned());
    }
    if pdf.truncated {
        warn(WarningCode::Truncated, "a part of the file is missing or could not be unpacked".to_owned());
    }
    if let Some(limit) = pdf.limit {
        warn(WarningCode::Truncated, format!("the reading stopped at a limit ({limit:?})"));
    }
    let read = pages::document(Format::Pdf, pdf.pages, options, recognised)?;
    warnings.extend(read.warnings);
    Ok(Warned { value: read.value, warnings })
}
