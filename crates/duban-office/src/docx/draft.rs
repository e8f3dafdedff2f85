//! Paragraphs and tables in the making.

use std::collections::HashMap;

use super::styles::Properties;
use crate::{Cell, Item, Paragraph, Table};

/// Most columns of a table.
const MOST_COLUMNS: usize = 200;

/// A paragraph whose end was not yet read.
#[derive(Debug, Default)]
pub(super) struct DraftParagraph {
    pub(super) properties: Properties,
    pub(super) lines: Vec<String>,
    /// The page of its first text.
    pub(super) page: Option<u32>,
    /// What boxes anchored in it hold: before its text and behind it.
    pub(super) before: Vec<Item>,
    pub(super) after: Vec<Item>,
    /// Whether it began inside a table of contents.
    pub(super) in_contents: bool,
    /// Whether its end was deleted while changes were tracked: it runs on into the next.
    pub(super) runs_on: bool,
}

impl DraftParagraph {
    /// Appends to the line being read.
    pub(super) fn push(&mut self, text: &str, page: u32) {
        self.page.get_or_insert(page);
        match self.lines.last_mut() {
            Some(line) => line.push_str(text),
            None => self.lines.push(text.to_owned()),
        }
    }

    /// Ends the line being read.
    pub(super) fn break_line(&mut self) {
        if self.lines.is_empty() {
            self.lines.push(String::new());
        }
        self.lines.push(String::new());
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lines.iter().all(String::is_empty)
    }
}

/// A table whose end was not yet read.
#[derive(Debug, Default)]
pub(super) struct DraftTable {
    table: Table,
    /// The column at which the next cell begins.
    column: usize,
    /// The cell that may go on below, by column: its row and place in the row.
    open: HashMap<usize, (usize, usize)>,
    span: usize,
    merge: Merge,
    deleted: bool,
}

/// How a cell goes with the one above.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Merge {
    #[default]
    None,
    /// It may go on below.
    Opens,
    /// It is part of the one above.
    GoesOn,
}

impl DraftTable {
    pub(super) fn begin_row(&mut self) {
        self.table.rows.push(Vec::new());
        self.column = 0;
        self.deleted = false;
    }

    /// The row was deleted while changes were tracked.
    pub(super) fn delete_row(&mut self) {
        self.deleted = true;
    }

    /// Leaves columns free before the first cell.
    pub(super) fn skip(&mut self, columns: usize) {
        self.column = (self.column + columns).min(MOST_COLUMNS);
    }

    pub(super) fn begin_cell(&mut self) {
        self.span = 1;
        self.merge = Merge::None;
    }

    pub(super) fn set_span(&mut self, columns: usize) {
        self.span = columns.clamp(1, MOST_COLUMNS);
    }

    pub(super) fn set_merge(&mut self, merge: Merge) {
        self.merge = merge;
    }

    pub(super) fn end_cell(&mut self, items: Vec<Item>) {
        let (column, column_span) = (self.column, self.span.max(1));
        self.column = (column + column_span).min(MOST_COLUMNS);
        let row = self.table.rows.len().saturating_sub(1);
        if self.merge == Merge::GoesOn
            && let Some(&(above, place)) = self.open.get(&column)
            && let Some(cell) = self.table.rows.get_mut(above).and_then(|row| row.get_mut(place))
        {
            cell.row_span = row - above + 1;
            cell.items.extend(items);
            return;
        }
        let Some(cells) = self.table.rows.last_mut() else { return };
        if self.merge == Merge::None {
            self.open.remove(&column);
        } else {
            self.open.insert(column, (row, cells.len()));
        }
        cells.push(Cell { column, column_span, row_span: 1, items });
    }

    pub(super) fn end_row(&mut self) {
        if self.deleted {
            self.table.rows.pop();
        }
    }

    /// The table, or what stands in it where it only lays out a page.
    pub(super) fn finish(self) -> Vec<Item> {
        let Self { mut table, .. } = self;
        let has_text = |item: &Item| !matches!(item, Item::Paragraph(paragraph) if paragraph.is_empty());
        table.rows.iter_mut().flatten().for_each(|cell| cell.items.retain(has_text));
        if table.is_frame() {
            return table.rows.into_iter().flatten().flat_map(|cell| cell.items).collect();
        }
        vec![Item::Table(table)]
    }
}

/// All paragraphs of `items`, those in tables too.
pub(super) fn paragraphs(items: impl Iterator<Item = Item>) -> impl Iterator<Item = Paragraph> {
    items.flat_map(|item| match item {
        Item::Paragraph(paragraph) => vec![paragraph],
        Item::Table(table) => {
            let items = table.rows.into_iter().flatten().flat_map(|cell| cell.items);
            paragraphs(items.collect::<Vec<_>>().into_iter()).collect()
        }
    })
}
