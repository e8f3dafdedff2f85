//! Rows of cells, whatever drew them, to rows on a grid.

use duban_document::Row;

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
