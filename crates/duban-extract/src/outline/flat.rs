//! Tables that arrived as running text, their cells parted by blanks or lines that do not come out even.
//!
//! Such a text does not say which words make a cell, so the table is not read; a person is told.

use duban_document::{JoinedText, Warning, WarningCode};

use super::pieces::{Piece, Region};
use crate::table;

/// What opens the head of nearly every table of tasks.
const FIRST_HEAD: &str = "序号";
/// Heads of columns behind it at least.
const LEAST_HEADS: usize = 2;
/// Bytes of a line that may be the head of a table.
const LONGEST_HEAD: usize = 200;

/// Warns of each head of a table of tasks that stands in the running text of `region`, and of each table of tasks
/// without numbers.
pub(super) fn warn(region: &Region<'_>, warnings: &mut Vec<Warning>) {
    for place in &region.unnumbered {
        let message = "no row of a table of tasks has a number; they were read as text".to_owned();
        warnings.push(Warning::new(WarningCode::UnnumberedTable, message).at(*place));
    }
    for (index, piece) in region.pieces.iter().enumerate() {
        let Some(rest) = text(piece).and_then(|text| text.as_str().trim_start().strip_prefix(FIRST_HEAD))
        else {
            continue;
        };
        let behind = region.pieces.get(index + 1..).unwrap_or_default();
        let is_head = if rest.trim().is_empty() {
            heads(behind.iter().map_while(text).map(JoinedText::as_str)) >= LEAST_HEADS
        } else {
            rest.len() <= LONGEST_HEAD
                && rest.starts_with(is_gap)
                && heads(rest.split(is_gap).filter(|cell| !cell.is_empty())) >= LEAST_HEADS
        };
        if is_head {
            let message =
                format!("`{FIRST_HEAD}` heads a table whose cells nothing parts; it was read as text");
            let place = text(piece).and_then(|text| text.source_cover(0..text.as_str().len()));
            let warning = Warning::new(WarningCode::FlatTable, message);
            warnings.push(place.map_or(warning.clone(), |place| warning.at(place)));
        }
    }
}

fn text<'p>(piece: &'p Piece<'_>) -> Option<&'p JoinedText> {
    match piece {
        Piece::Paragraph(text) => Some(text),
        Piece::Row(_) => None,
    }
}

/// How many of `cells`, from the first on, are heads of columns; no more are counted than tell a head.
fn heads<'c>(cells: impl Iterator<Item = &'c str>) -> usize {
    cells.take(LEAST_HEADS).take_while(|cell| table::is_head(cell)).count()
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '|' | '｜')
}
