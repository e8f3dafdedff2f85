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

#[cfg(test)]
mod tests {
    use duban_document::{Block, Bounds, JoinedText};
    use duban_page::{Cell, Character, Direction, Item, Line, Row, Table};

    use super::*;

    /// A line that begins at (x, y) in type of 16 points.
    fn line(text: &str, x: f32, y: f32, direction: Direction) -> Line {
        let mut at = if direction == Direction::Down { y } else { x };
        let characters = text.chars().map(|character| {
            at += 16.0;
            let bounds = match direction {
                Direction::Down => Bounds { x0: x, y0: at - 16.0, x1: x + 16.0, y1: at },
                _ => Bounds { x0: at - 16.0, y0: y, x1: at, y1: y + 16.0 },
            };
            Character { character, bounds }
        });
        let characters: Vec<Character> = characters.collect();
        let bounds =
            characters.iter().map(|it| it.bounds).reduce(Bounds::cover).expect("a line has characters");
        Line { characters, bounds, size: 16.0, direction }
    }

    fn blocks(pages: Vec<Vec<Item>>) -> Vec<Block> {
        let pages = (1..).zip(pages).map(|(number, items)| Page {
            number,
            width: 600.0,
            height: 800.0,
            items,
            glyphs: 100,
            ..Page::default()
        });
        let document = document(Format::Pdf, pages.collect(), &ReadOptions::default(), &[]);
        document.expect("the pages hold little text").value.blocks
    }

    #[test]
    fn a_paragraph_goes_on_under_a_watermark() {
        let right = |text: &str, y: f32| Item::Line(line(text, 72.0, y, Direction::Right));
        let watermark = || Item::Line(line("内部资料", 250.0, 350.0, Direction::Oblique));
        let first = vec![
            right("各镇各部门要完善协调推进的工作机制，每季度", 60.0),
            right("调度重点任务，及时研究解决新情况新问题，确", 90.0),
            right("保各项工作任务按时完成，并将完成情况于年底", 120.0),
            watermark(),
        ];
        let second = vec![right("前报送县人民政府办公室。", 60.0), watermark()];
        let blocks = blocks(vec![first, second]);
        let texts: Vec<&str> = blocks.iter().flat_map(Block::texts).map(JoinedText::as_str).collect();
        assert!(texts.iter().any(|text| text.contains("于年底前报送")), "{texts:?}");
    }

    #[test]
    fn cells_of_a_page_turned_to_its_side_are_as_wide_as_their_lines_can_be() {
        let cell = |column: usize, lines: Vec<Line>| {
            let y0 = if column == 0 { 50.0 } else { 150.0 };
            let bounds =
                Bounds { x0: 300.0, y0, x1: 400.0, y1: y0 + if column == 0 { 100.0 } else { 600.0 } };
            Cell { column, column_span: 1, row_span: 1, bounds, lines }
        };
        let down = |text: &str, x: f32, y: f32| line(text, x, y, Direction::Down);
        let cells = vec![
            cell(0, vec![down("完善制度", 380.0, 55.0)]),
            cell(1, vec![down("县司法局", 380.0, 155.0), down("县审计局", 350.0, 155.0)]),
        ];
        let bounds = Bounds { x0: 300.0, y0: 50.0, x1: 400.0, y1: 750.0 };
        let columns = vec![50.0, 150.0, 750.0];
        let rows = vec![Row { cells }];
        let table = Table { bounds, columns, ruled: true, rows, open_below: false, continued: None };
        let blocks = blocks(vec![vec![Item::Table(table)]]);
        let texts: Vec<&str> = blocks.iter().flat_map(Block::texts).map(JoinedText::as_str).collect();
        assert_eq!(texts, ["完善制度", "县司法局\n县审计局"]);
    }
}
