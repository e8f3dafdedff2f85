//! Laid-out pages (PDF, OFD) to a document, through the same layout as plain text, with real indents
//! and margins instead of counted columns.
//!
//! The text is the lines of all pages, in reading order; where the page shows a gap, a blank line
//! stands. A table's cells are lines of their own.

mod cells;
mod recognised;
mod sheet;

use duban_document::{Document, Format, RecognisedPage, Warned, Warning, WarningCode};
use duban_page::Page;

use crate::text::check_size;
use crate::{ReadError, ReadOptions, clean, layout};
use sheet::Sheet;

/// A page on which more than one in so many characters is unknown has no text to speak of.
const UNKNOWN_SHARE: u32 = 2;

/// The document of `pages`; `recognised` tells what stands on pages that are pictures.
pub(crate) fn document(
    format: Format,
    mut pages: Vec<Page>,
    options: &ReadOptions,
    recognised: &[RecognisedPage],
) -> Result<Warned<Document>, ReadError> {
    recognised::apply(&mut pages, recognised, is_scan);
    let sheet = Sheet::of(&pages);
    check_size(&sheet.text, options)?;
    let Sheet { text, paper, prints, pages: page_of_line, placed, tables } = sheet;
    let clean = clean::clean(&text);
    let tables = tables.into_iter().map(|table| table.finish(&text)).collect();
    let mut layout =
        layout::of_print(&text, &clean, layout::Paper { columns: paper, prints: &prints }, tables);
    for (line, page) in layout.lines.iter_mut().zip(page_of_line) {
        line.page = Some(page);
    }
    let unread = pages.iter().filter(|page| is_scan(page) || page.unknown > 0).map(|page| page.number);
    let document = Document {
        pages: u32::try_from(pages.len()).ok(),
        lines: layout.lines,
        blocks: layout.blocks,
        placed,
        unread: unread.collect(),
        recognition: recognised::recognition(&pages, recognised),
        ..Document::of_text(format, text)
    };
    Ok(Warned { value: document, warnings: warnings(&pages) })
}

/// What the pages do not tell.
fn warnings(pages: &[Page]) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let mut warn = |code, message: String| warnings.push(Warning::new(code, message));
    let without_text: Vec<u32> = pages.iter().filter(|page| is_scan(page)).map(|page| page.number).collect();
    let glyphs: u64 = pages.iter().map(|page| u64::from(page.glyphs)).sum();
    let unknown: u64 = pages.iter().map(|page| u64::from(page.unknown)).sum();
    if glyphs == 0 && without_text.is_empty() {
        warn(WarningCode::NoText, "there is no text on any page".to_owned());
    }
    if !without_text.is_empty() {
        warn(
            WarningCode::NoText,
            format!("no text on {}; it takes recognition (OCR)", pages_named(&without_text)),
        );
    }
    if unknown > 0 {
        warn(WarningCode::UnknownCharacters, format!("{unknown} of {glyphs} characters could not be known"));
    }
    warnings
}

/// Whether a page shows text only as a picture, or in characters that nobody can tell.
fn is_scan(page: &Page) -> bool {
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
