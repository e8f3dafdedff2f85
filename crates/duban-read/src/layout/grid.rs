//! Rows of cells, whatever drew them, to tables.

use std::ops::Range;

use duban_document::{Cell, JoinedText, JoinedTextBuilder, Row, Table};

use super::lines::{Lines, Role};

/// A row in the making.
pub(crate) struct DraftRow {
    /// Indices of the lines that it was made of.
    pub(crate) lines: Vec<usize>,
    /// Its cells' texts from the left.
    pub(crate) cells: Vec<JoinedText>,
}

/// Puts `drafts` on a grid of `columns`, marks their lines, and leaves out what repeats the head.
///
/// A row of one cell, or one that says something only in its first, heads a section and spans all
/// columns. Other rows fill the columns from the left; cells beyond the last column keep their text.
pub(crate) fn table(lines: &mut Lines<'_>, drafts: Vec<DraftRow>, columns: usize) -> Table {
    let mut head: Option<String> = None;
    let mut rows = Vec::new();
    for draft in drafts {
        let printed = squeezed(&draft.cells);
        let is_section = draft.cells.len() == 1;
        let repeats = !is_section && head.as_ref() == Some(&printed);
        let role = if repeats { Role::Furniture } else { Role::Table };
        for index in draft.lines {
            lines.mark(index, role);
        }
        if repeats {
            continue;
        }
        if !is_section {
            head.get_or_insert(printed);
        }
        rows.push(row(draft.cells, columns));
    }
    Table { rows }
}

fn row(cells: Vec<JoinedText>, columns: usize) -> Row {
    let column_span = if cells.len() == 1 { columns } else { 1 };
    let cell = |(column, text)| Cell { column, column_span, row_span: 1, text };
    let mut row = Row { cells: cells.into_iter().enumerate().map(cell).collect() };
    spread_section(&mut row);
    row
}

/// Lets the only cell of a row that says something span the row, where it is the first and no bare
/// number: notations without spans print the heading of a section so.
pub(crate) fn spread_section(row: &mut Row) {
    let Some((first, others)) = row.cells.split_first_mut() else { return };
    let is_number = first.text.as_str().chars().all(|c| c.is_ascii_digit());
    if !others.is_empty() && !is_number && others.iter().all(|cell| cell.text.is_empty()) {
        first.column_span += others.iter().map(|cell| cell.column_span).sum::<usize>();
        row.cells.truncate(1);
    }
}

/// Appends `range` of the clean text to a cell, on a line of its own; white space at both ends goes.
/// `<br>`, which Markdown takes for a line break in a cell, is one here, too.
pub(crate) fn push_line(cell: &mut JoinedTextBuilder, lines: &Lines<'_>, range: Range<usize>) {
    let mut start = range.start;
    while start < range.end {
        let text = lines.clean.as_str().get(start..range.end).unwrap_or_default();
        let (end, next) = ["<br>", "<br/>", "<br />"]
            .iter()
            .filter_map(|mark| text.find(mark).map(|at| (start + at, start + at + mark.len())))
            .min()
            .unwrap_or((range.end, range.end));
        push_part(cell, lines, start..end);
        start = next;
    }
}

fn push_part(cell: &mut JoinedTextBuilder, lines: &Lines<'_>, range: Range<usize>) {
    let text = lines.clean.as_str().get(range.clone()).unwrap_or_default();
    let start = range.start + text.len() - text.trim_start().len();
    let body = text.trim();
    if body.is_empty() {
        return;
    }
    if !cell.as_str().is_empty() {
        cell.push_glue("\n");
    }
    cell.push_part(lines.clean, start..start + body.len());
}

/// The row's text without white space, to compare heads.
fn squeezed(cells: &[JoinedText]) -> String {
    let cells = cells.iter().map(|cell| cell.as_str().split_whitespace().collect::<String>());
    cells.collect::<Vec<_>>().join("\t")
}
