//! PDF to a document: pages of placed lines through the same layout as plain text, with real indents
//! and margins instead of counted columns.
//!
//! The text is the lines of all pages, in reading order; where the page shows a gap, a blank line
//! stands. A table's cells are lines of their own.

mod cells;
mod recognised;
mod sheet;

use duban_document::{Document, Format, RecognisedPage, Warned, Warning, WarningCode};
use duban_pdf::{Limits, Options, Page, Pdf};

use crate::text::check_size;
use crate::{ReadError, ReadOptions, clean, layout};
use sheet::Sheet;

/// A page on which more than one in so many characters is unknown has no text to speak of.
const UNKNOWN_SHARE: u32 = 2;

/// Reads a PDF; `recognised` tells what stands on pages that are pictures.
pub(crate) fn read(
    bytes: &[u8],
    options: &ReadOptions,
    recognised: &[RecognisedPage],
) -> Result<Warned<Document>, ReadError> {
    let limits = Limits::default();
    let mut pdf = duban_pdf::read(bytes, &Options { password: options.password.clone(), limits })?;
    recognised::apply(&mut pdf, recognised, is_scan);
    let sheet = Sheet::of(&pdf);
    check_size(&sheet.text, options)?;
    Ok(Warned { value: document(sheet, &pdf, recognised), warnings: warnings(&pdf) })
}

fn document(sheet: Sheet, pdf: &Pdf, recognised: &[RecognisedPage]) -> Document {
    let Sheet { text, paper, prints, pages: page_of_line, placed, tables } = sheet;
    let clean = clean::clean(&text);
    let tables = tables.into_iter().map(|table| table.finish(&text)).collect();
    let mut layout =
        layout::of_print(&text, &clean, layout::Paper { columns: paper, prints: &prints }, tables);
    for (line, page) in layout.lines.iter_mut().zip(page_of_line) {
        line.page = Some(page);
    }
    Document {
        format: Format::Pdf,
        pages: u32::try_from(pdf.pages.len()).ok(),
        text,
        lines: layout.lines,
        blocks: layout.blocks,
        placed,
        metadata: Vec::new(),
        unread: pdf
            .pages
            .iter()
            .filter(|page| is_scan(page) || page.unknown > 0)
            .map(|page| page.number)
            .collect(),
        recognition: recognised::recognition(pdf, recognised),
    }
}

fn warnings(pdf: &Pdf) -> Vec<Warning> {
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
    let without_text: Vec<u32> =
        pdf.pages.iter().filter(|page| is_scan(page)).map(|page| page.number).collect();
    if pdf.glyphs() == 0 && without_text.is_empty() {
        warn(WarningCode::NoText, "there is no text on any page".to_owned());
    }
    if !without_text.is_empty() {
        warn(
            WarningCode::NoText,
            format!("no text on {}; it takes recognition (OCR)", pages_named(&without_text)),
        );
    }
    if pdf.unknown() > 0 {
        let message = format!("{} of {} characters could not be known", pdf.unknown(), pdf.glyphs());
        warn(WarningCode::UnknownCharacters, message);
    }
    warnings
}

/// Whether a page shows text only as a picture, or in characters that nobody can tell.
pub(crate) fn is_scan(page: &Page) -> bool {
    page.images > 0 && page.glyphs == 0 || page.unknown.saturating_mul(UNKNOWN_SHARE) > page.glyphs
}

fn pages_named(pages: &[u32]) -> String {
    let named: Vec<String> = pages.iter().take(5).map(u32::to_string).collect();
    let noun = if pages.len() == 1 { "page" } else { "pages" };
    let more = if pages.len() > named.len() {
        format!(" and {} more", pages.len() - named.len())
    } else {
        String::new()
    };
    format!("{noun} {}{more}", named.join(", "))
}
