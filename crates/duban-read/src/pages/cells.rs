//! Lines in the cells of a ruled table to the texts of cells, over page breaks too.
//!
//! The rules tell how wide a cell is, so it can be told why one of its lines ended: a line that had no
//! room for the next word (and one character more, as lines are not broken as tightly as they could)
//! was wrapped and is joined; one that had was ended on purpose, and `\n` stands there.

use duban_document::{Cell, JoinedText, JoinedTextBuilder, Row, Table, TextRange, label};
use duban_page::Direction;

use crate::clean;
use crate::layout::{self, End, needs_space};

/// White space between a cell's rule and its text on both sides together, in points: Word's usual
/// 0.19 cm twice, and a little for rounding.
const PADDING: f32 = 12.0;

/// How far measures of one length may lie apart, in points.
const ROUNDING: f32 = 0.5;

/// A line of a cell.
pub(super) struct CellLine {
    /// Its place in the text.
    pub(super) range: TextRange,
    /// Length along the line, in points.
    pub(super) length: f32,
    /// Size of its type, in points.
    pub(super) size: f32,
}

/// A table in the making.
pub(super) struct DraftTable {
    /// Index of its first line.
    first: usize,
    rows: Vec<Vec<DraftCell>>,
}

struct DraftCell {
    column: usize,
    column_span: usize,
    row_span: usize,
    /// Room for a line, in points.
    room: f32,
    lines: Vec<CellLine>,
}

impl DraftTable {
    pub(super) fn new(first: usize) -> Self {
        Self { first, rows: Vec::new() }
    }

    pub(super) fn push_row(&mut self, cells: Vec<(&duban_page::Cell, Vec<CellLine>)>) {
        let cells = cells.into_iter().map(|(cell, lines)| {
            let widest = lines.iter().map(|line| line.length).fold(0.0, f32::max);
            DraftCell {
                column: cell.column,
                column_span: cell.column_span,
                row_span: cell.row_span,
                room: widest.max(breadth(cell) - PADDING),
                lines,
            }
        });
        self.rows.push(cells.collect());
    }

    /// Whether it has no row that anybody reads.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Goes on with `rest` from the next page; `splits_row` where its first row is the rest of the
    /// last one here.
    pub(super) fn append(&mut self, rest: Self, splits_row: bool) {
        let mut rows = rest.rows.into_iter();
        if splits_row {
            for cell in rows.next().into_iter().flatten() {
                // The cell that goes on may span rows and stand in an earlier one.
                let above = self.rows.iter_mut().rev().flatten().find(|above| above.column == cell.column);
                match above {
                    Some(above) => above.lines.extend(cell.lines),
                    None => self.rows.push(vec![cell]),
                }
            }
        }
        self.rows.extend(rows);
    }

    /// The index of its first line and the table.
    pub(super) fn finish(self, source: &str) -> (usize, Table) {
        let rows = self.rows.into_iter().map(|cells| {
            let mut row = Row { cells: cells.into_iter().map(|cell| cell.finish(source)).collect() };
            layout::spread_section(&mut row);
            row
        });
        (self.first, Table { rows: rows.collect() })
    }
}

/// How far a cell reaches along its lines, which on a page turned to its side is its height.
fn breadth(cell: &duban_page::Cell) -> f32 {
    let bounds = cell.bounds;
    match cell.lines.first().map(|line| line.direction) {
        Some(Direction::Down | Direction::Up) => bounds.y1 - bounds.y0,
        _ => bounds.x1 - bounds.x0,
    }
}

impl DraftCell {
    fn finish(self, source: &str) -> Cell {
        let mut text = JoinedText::builder();
        let is_prose = self.lines.iter().any(|line| line.range.slice(source).contains(['。', '，', '；']));
        for (index, line) in self.lines.iter().enumerate() {
            let last = index.checked_sub(1).and_then(|last| self.lines.get(last));
            self.push(&mut text, last, line, source, is_prose);
        }
        Cell {
            column: self.column,
            column_span: self.column_span,
            row_span: self.row_span,
            text: text.finish(),
        }
    }

    fn push(
        &self,
        text: &mut JoinedTextBuilder,
        last: Option<&CellLine>,
        line: &CellLine,
        source: &str,
        is_prose: bool,
    ) {
        let whole = line.range.slice(source);
        let body = whole.trim();
        let start = line.range.start() + whole.len() - whole.trim_start().len();
        if body.is_empty() {
            return;
        }
        // In a list of names a bracket closes a name, and the next may follow on a line of its own.
        let closes_name = !is_prose && layout::end_of(text.as_str()) == End::Closed;
        let ended = |last| self.ended_on_purpose(last, text.as_str(), line, body, is_prose);
        if closes_name || last.is_some_and(ended) {
            text.push_glue("\n");
        } else if needs_space(text.as_str(), body) {
            text.push_glue(" ");
        }
        clean::push(text, source, start, start + body.len());
    }

    fn widest(&self) -> f32 {
        self.lines.iter().map(|line| line.length).fold(0.0, f32::max)
    }

    fn ended_on_purpose(
        &self,
        last: &CellLine,
        before: &str,
        line: &CellLine,
        body: &str,
        is_prose: bool,
    ) -> bool {
        if before.is_empty() {
            return false;
        }
        let end = layout::end_of(before);
        let word = layout::of_first_word(body);
        #[expect(clippy::cast_precision_loss, reason = "a word has few columns")]
        let needed = word as f32 * line.size / 2.0;
        // Names are set without the marks that a line may not begin or end with, so that a line as long as
        // another one of the cell was possible; prose is seldom broken that tightly.
        let spare = if is_prose { line.size } else { 0.0 };
        let shortest = last.length + needed + spare;
        let fits = shortest < self.room || !is_prose && shortest < self.widest() + ROUNDING;
        let had_room = fits && !matches!(end, End::Comma | End::Open);
        had_room || end == End::Sentence && label::at(body).is_some()
    }
}
