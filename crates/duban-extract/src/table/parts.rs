//! What stands beside the rows of a table and holds for several: cells that head them, rules in the head.

use duban_document::label::LabelStyle;
use duban_document::{Cell, JoinedText};

use super::{Column, Grid, TableRow, number_label, text_label};
use crate::model::SlotRole;
use crate::outline::without_breaks;
use crate::units;

/// The column whose labelled cells (一、…) head the numbered rows beside them.
///
/// One of them at least heads several rows; else they number the same as the rows' own numbers do. In
/// a table of indicators a category heads nothing.
pub(super) fn column(grid: &Grid<'_>, columns: &[Column], head_row: usize) -> Option<usize> {
    let number = columns.iter().position(|column| *column == Column::Number)?;
    let task = columns.iter().position(|column| *column == Column::Task)?;
    let measures =
        |column| grid.at(head_row, column).is_some_and(|(_, head)| head.text.as_str().contains("指标"));
    if (0..grid.width).any(measures) {
        return None;
    }
    let is_numbered = |row: usize| {
        grid.whole_width(row).is_none()
            && grid.at(row, number).is_some_and(|(first, cell)| first == row && has_number(cell))
    };
    let rows: Vec<usize> = (head_row + 1..grid.height).filter(|row| is_numbered(*row)).collect();
    let has_text = columns.contains(&Column::Requirement);
    (0..=task)
        .filter(|column| if *column == task { has_text } else { columns[*column] == Column::Other })
        .find(|column| heads_rows(grid, &rows, *column))
}

/// Whether all cells of `column` that begin in `rows`, which have Arabic numbers, have labels of another
/// kind, and one of them stands beside several rows.
fn heads_rows(grid: &Grid<'_>, rows: &[usize], column: usize) -> bool {
    let (mut labelled, mut shared) = (false, false);
    for row in rows {
        match grid.at(*row, column) {
            Some((_, cell)) if cell.column != column => return false,
            Some((first, cell)) if first == *row && !cell.text.as_str().trim().is_empty() => {
                if !is_part(cell) {
                    return false;
                }
                labelled = true;
            }
            _ => shared = true,
        }
    }
    labelled && shared
}

fn has_number(cell: &Cell) -> bool {
    number_label(&cell.text).is_some_and(|number| number.label.style == LabelStyle::Arabic)
}

fn is_part(cell: &Cell) -> bool {
    text_label(&cell.text)
        .is_some_and(|part| matches!(part.label.style, LabelStyle::Han | LabelStyle::HanBracketed))
}

/// Heads that say how the cells below are to be read, 责任单位（牵头单位排首位）: texts of their own before
/// the rows.
pub(super) fn rules(grid: &Grid<'_>, columns: &[Column], head_row: usize) -> Vec<TableRow> {
    let heads = columns.iter().enumerate().filter(|(_, role)| **role == Column::Slot(SlotRole::Responsible));
    let rules = heads
        .filter_map(|(column, _)| grid.at(head_row, column))
        .filter(|(_, head)| units::first_leads(head.text.as_str()));
    rules
        .map(|(_, head)| TableRow {
            label: None,
            title: without_breaks(&head.text),
            text: JoinedText::default(),
            columns: Vec::new(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use duban_document::{Row, Table};

    use super::super::read_table;
    use super::*;

    #[test]
    fn a_head_that_says_how_to_read_its_column_comes_before_the_rows() {
        let cell = |(column, text): (usize, &&str)| {
            let mut cell = JoinedText::builder();
            cell.push_glue(text);
            Cell { column, column_span: 1, row_span: 1, text: cell.finish() }
        };
        let row = |cells: &[&str]| Row { cells: cells.iter().enumerate().map(cell).collect() };
        let rows = [["序号", "任务", "责任单位（牵头单位排首位）"], ["1", "建塘坝", "县水务局、柳滩镇"]];
        let read = read_table(&Table { rows: rows.iter().map(|cells| row(cells)).collect() });
        let shown = read.unwrap_or_default().into_iter().map(|row| (row.label.is_some(), row.title));
        let shown: Vec<_> = shown.map(|(numbered, title)| (numbered, title.as_str().to_owned())).collect();
        assert_eq!(shown, [(false, rows[0][2].to_owned()), (true, "建塘坝".to_owned())]);
    }
}
