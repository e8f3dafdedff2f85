//! A `<table>` to rows of cells on a grid, or the finding that it only lays out a page.

use duban_document::{Cell, JoinedText, Row, Table};
use ego_tree::NodeRef;
use scraper::Node;
use scraper::node::Element;

use super::elements;
use super::line::{Count, PageLine};

/// Most columns of a table.
const MOST_COLUMNS: usize = 200;
/// Paragraphs of a cell that holds a whole text rather than a datum.
const MANY_PARAGRAPHS: usize = 6;
/// Most rows of a table around such a cell.
const FRAME_ROWS: usize = 3;

/// A table of the page.
#[derive(Debug, Default)]
pub(super) struct PageTable {
    pub(super) rows: Vec<Vec<PageCell>>,
    pub(super) count: Count,
    /// For each column, how many of the coming rows a cell from above still covers.
    covered: Vec<usize>,
}

/// A cell: its place on the grid and its lines.
#[derive(Debug)]
pub(super) struct PageCell {
    column: usize,
    column_span: usize,
    row_span: usize,
    pub(super) lines: Vec<String>,
}

impl PageCell {
    /// The text, lines joined.
    pub(super) fn text(&self) -> String {
        self.lines.concat()
    }
}

impl PageTable {
    pub(super) fn begin_row(&mut self) {
        if !self.rows.is_empty() {
            self.covered.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        }
        self.rows.push(Vec::new());
    }

    /// Puts a cell into the first column of the row that is free.
    pub(super) fn begin_cell(&mut self, element: &Element) {
        let Some(row) = self.rows.last_mut() else { return };
        let span = |name| element.attr(name).and_then(|value| value.trim().parse::<usize>().ok());
        let from = row.last().map_or(0, |cell| cell.column + cell.column_span);
        let free = self.covered.iter().skip(from).take_while(|rows| **rows > 0).count();
        let column = from + free;
        let column_span = span("colspan").unwrap_or(1).clamp(1, MOST_COLUMNS);
        // A span of 0 reaches down to the last row.
        let row_span = span("rowspan").map_or(1, |rows| if rows == 0 { usize::MAX } else { rows });
        let end = (column + column_span).min(MOST_COLUMNS);
        if self.covered.len() < end {
            self.covered.resize(end, 0);
        }
        self.covered.iter_mut().take(end).skip(column).for_each(|rows| *rows = row_span);
        row.push(PageCell { column, column_span, row_span, lines: Vec::new() });
    }

    /// Adds a line to the last cell; gives it back where there is none.
    pub(super) fn push(&mut self, line: PageLine) -> Option<PageLine> {
        let Some(cell) = self.rows.last_mut().and_then(|row| row.last_mut()) else { return Some(line) };
        self.count.add(line.count);
        cell.lines.push(line.text);
        None
    }

    /// The table, each line of its cells written by `write`.
    pub(super) fn finish(self, mut write: impl FnMut(&str) -> JoinedText) -> Table {
        let rows = self.rows.len();
        let mut finish_cell = |index: usize, cell: PageCell| {
            let mut text = JoinedText::builder();
            for line in &cell.lines {
                if !text.as_str().is_empty() {
                    text.push_glue("\n");
                }
                text.push_joined(&write(line));
            }
            let row_span = cell.row_span.min(rows - index);
            Cell { column: cell.column, column_span: cell.column_span, row_span, text: text.finish() }
        };
        let finish_row = |(index, cells): (usize, Vec<PageCell>)| Row {
            cells: cells.into_iter().map(|cell| finish_cell(index, cell)).collect(),
        };
        Table { rows: self.rows.into_iter().enumerate().map(finish_row).collect() }
    }
}

/// Whether the table holds data. One with tables or headings inside, with a single column, or around
/// one long text only lays out the page.
pub(super) fn holds_data(table: NodeRef<'_, Node>) -> bool {
    let (mut rows, mut cells, mut widest) = (0, 0, 0);
    let (mut paragraphs, mut most_paragraphs) = (0, 0);
    for node in table.descendants().skip(1) {
        let Some(element) = node.value().as_element() else { continue };
        match element.name() {
            "table" | "h1" | "h2" | "form" | "article" | "section" => return false,
            "tr" => {
                rows += 1;
                cells = 0;
            }
            "td" | "th" => {
                cells += 1;
                widest = widest.max(cells);
                paragraphs = 0;
            }
            name if name == "br" || elements::is_block(name) => {
                paragraphs += 1;
                most_paragraphs = most_paragraphs.max(paragraphs);
            }
            _ => {}
        }
    }
    let frames_a_text = rows <= FRAME_ROWS && most_paragraphs >= MANY_PARAGRAPHS;
    widest >= 2 && !frames_a_text
}
