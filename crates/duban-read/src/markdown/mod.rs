//! Markdown to a document: the page itself is the text, its markup is left out of the blocks.
//!
//! `CommonMark` says what is a heading, a list and a table. What it calls one paragraph may still be
//! several of a notice, because it takes a line break for a space: such a paragraph is cut where a
//! line opens with a label, and cut at every line where the page plainly uses line breaks as
//! paragraph marks.

mod bold;
mod inline;
mod rows;
mod walk;

use std::ops::Range;

use duban_document::{Document, Format, Layer, Line, Warned};

use crate::text::decode_within;
use crate::{ReadError, ReadOptions, layout, marked};

/// Blocks inside blocks that are still told apart.
const DEEPEST: usize = 64;

/// Reads a Markdown page in any encoding.
pub(crate) fn read(bytes: &[u8], options: &ReadOptions) -> Result<Warned<Document>, ReadError> {
    let decoded = decode_within(bytes, options)?;
    let lines = layout::source_lines(&decoded.text);
    let blocks = marked::blocks(walk::walk(&parsed(&decoded.text, &lines)));
    let document = Document { lines, blocks, ..Document::of_text(Format::Markdown, decoded.text) };
    Ok(Warned { value: document, warnings: decoded.warnings })
}

/// The page as it is parsed: its furniture is blanked out, so that no page number is taken for markup
/// (`- 2 -` would be an item of a list), and so are markers of blocks nested deeper than anybody reads,
/// which would make parsing slow. Bold goes too (see [`bold`]), and so do empty lines between the rows of a table.
/// Places stay as they are.
fn parsed(source: &str, lines: &[Line]) -> String {
    let mut page = String::with_capacity(source.len());
    let mut rows = rows::Rows::default();
    for (index, line) in lines.iter().enumerate() {
        let text = line.range.slice(source);
        let next = || lines.get(index + 1).map_or("", |next| next.range.slice(source));
        if line.layer == Layer::Body && rows.goes_on(text, next) {
            rows.join(&mut page, line.range.start());
        }
        page.extend(std::iter::repeat_n('\n', line.range.start() - page.len()));
        let blanked = match line.layer {
            Layer::Body => surplus_markers(text),
            Layer::Furniture => 0..text.len(),
        };
        if blanked.is_empty() {
            bold::push_without(&mut page, text);
        } else {
            page.push_str(text.get(..blanked.start).unwrap_or_default());
            page.extend(std::iter::repeat_n(' ', blanked.len()));
            page.push_str(text.get(blanked.end..).unwrap_or_default());
        }
        if line.layer == Layer::Body {
            rows.pass(text, page.len());
        }
    }
    page
}

/// The markers of quotations and lists at the beginning of `line`, but for the first [`DEEPEST`].
fn surplus_markers(line: &str) -> Range<usize> {
    let is_marker = |c: char| matches!(c, '>' | '-' | '*' | '+');
    let markers = line.len() - line.trim_start_matches(|c: char| is_marker(c) || c == ' ' || c == '\t').len();
    let first = line.match_indices(is_marker).nth(DEEPEST).map_or(markers, |(at, _)| at.min(markers));
    first..markers
}
