//! Lines with tabs between their cells to tables, one row a line, as spreadsheets are pasted.
//!
//! A table is a run of at least two lines with the same number of tabs. Blank lines inside it are
//! passed over; a short line without tabs between two rows heads a section. A label and the text
//! behind it, which Word exports with a tab between (`1.→完善清单`), are no cells.

use std::ops::Range;

use duban_document::{JoinedText, label};

use super::FoundTable;
use super::grid::{self, DraftRow};
use super::lines::{Lines, Role};

/// Columns that the heading of a section takes at most.
const LONGEST_HEADING: u32 = 80;
/// Two columns make a table only from this many rows on: a label and its value are usual in text.
const LEAST_PAIRS: usize = 3;

/// Finds tables and marks their lines.
pub(crate) fn find(lines: &mut Lines<'_>) -> Vec<FoundTable> {
    let mut tables = Vec::new();
    let mut index = 0;
    while index < lines.all.len() {
        let tabs = tabs(lines, index);
        if tabs == 0 {
            index += 1;
            continue;
        }
        let (rows, end) = rows(lines, index, tabs);
        if is_table(lines, &rows, tabs) {
            let drafts = rows.iter().map(|&row| draft(lines, row)).collect();
            tables.push(FoundTable { first: index, table: grid::table(lines, drafts, tabs + 1) });
        }
        index = end;
    }
    tables
}

/// Number of tabs in line `index` if any stands between two cells, else none.
fn tabs(lines: &Lines<'_>, index: usize) -> usize {
    let Some(line) = lines.all.get(index).filter(|line| line.role == Role::Text) else { return 0 };
    if lines.content(line).contains('\t') { lines.whole(line).matches('\t').count() } else { 0 }
}

/// The rows of a run that begins with line `start`, and the index of the first line behind it.
fn rows(lines: &Lines<'_>, start: usize, tabs_in_row: usize) -> (Vec<usize>, usize) {
    let (mut rows, mut headings) = (Vec::new(), Vec::new());
    let mut end = start;
    for (index, line) in lines.all.iter().enumerate().skip(start) {
        if tabs(lines, index) == tabs_in_row || is_row_with_empty_cells(lines, index, tabs_in_row) {
            rows.append(&mut headings);
            rows.push(index);
            end = index + 1;
        } else if line.role == Role::Text {
            let is_heading = tabs(lines, index) == 0 && line.right - line.left <= LONGEST_HEADING;
            // Of two lines in a row at most the first levels of headings; a text is no heading.
            if !is_heading || headings.len() > 1 {
                break;
            }
            headings.push(index);
        }
    }
    (rows, end)
}

/// Whether all but one cell of the row are empty, so that no tab stands between two.
fn is_row_with_empty_cells(lines: &Lines<'_>, index: usize, tabs_in_row: usize) -> bool {
    let line = lines.all.get(index).filter(|line| line.role == Role::Text);
    tabs_in_row > 1 && line.is_some_and(|line| lines.whole(line).matches('\t').count() == tabs_in_row)
}

fn is_table(lines: &Lines<'_>, rows: &[usize], tabs_in_row: usize) -> bool {
    let full = rows.iter().filter(|&&row| tabs(lines, row) > 0);
    let labels = full.clone().filter(|&&row| begins_with_bare_label(lines, row)).count();
    let full = full.count();
    if tabs_in_row == 1 { full >= LEAST_PAIRS && labels * 2 < full } else { full >= 2 }
}

/// Whether the first cell is a label and nothing more.
fn begins_with_bare_label(lines: &Lines<'_>, index: usize) -> bool {
    let text = lines.all.get(index).map_or("", |line| lines.content(line));
    let first = text.split('\t').next().unwrap_or_default().trim();
    label::at(first).is_some_and(|label| label.len == first.len())
}

fn draft(lines: &Lines<'_>, index: usize) -> DraftRow {
    let whole = lines.all.get(index).map(|line| line.whole.clone()).unwrap_or_default();
    DraftRow { lines: vec![index], cells: cells(lines, whole, |c| c == '\t') }
}

/// The texts between the separators in `range` of the clean text.
pub(crate) fn cells(lines: &Lines<'_>, range: Range<usize>, is_mark: fn(char) -> bool) -> Vec<JoinedText> {
    let text = lines.clean.as_str().get(range.clone()).unwrap_or_default();
    let mut start = range.start;
    let cell = |part: &str| {
        let mut cell = JoinedText::builder();
        let end = start + part.len();
        grid::push_line(&mut cell, lines, start..end);
        let mark = lines.clean.as_str().get(end..range.end).and_then(|rest| rest.chars().next());
        start = end + mark.map_or(0, char::len_utf8);
        cell.finish()
    };
    text.split(is_mark).map(cell).collect()
}
