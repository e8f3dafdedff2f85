//! Columns that number the rows under a head that does not say so.

use duban_document::Cell;

use super::grid::Grid;
use super::heads::Column;
use super::is_blank;
use super::labels::{RowLabel, number_label};

/// Bytes of a number in a column of numbers: （十二）, 123.
const LONGEST: usize = 15;

/// Where no column is headed as that of the numbers, the first one whose cells count 1, 2, 3 is it, if it stands in
/// front of the tasks. Its head may be empty, NO., 条目, or one over the numbers and the words beside them.
///
/// Gives the column if its head alone told nothing.
pub(super) fn settle(
    grid: &Grid<'_>,
    head: usize,
    columns: &mut [Column],
    heads: &[String],
) -> Option<usize> {
    if columns.contains(&Column::Number) {
        return None;
    }
    let words = columns.iter().position(|column| holds_words(*column));
    let found = (0..columns.len()).find(|column| {
        // 株数 | 任务 over a single 1 tells an amount.
        let may_be_alone = heads[*column].is_empty() || columns[*column] != Column::Other;
        stands_in_front(grid, head, *column, columns, heads, words)
            && counts(grid, head, *column, may_be_alone)
    })?;
    let held = columns[found];
    // A head over two columns may have lost its span: 工作任务 and an empty cell over 1 | 清淤.
    if held != Column::Other && heads[found + 1].is_empty() {
        columns[found + 1] = held;
    }
    columns[found] = Column::Number;
    (held == Column::Other).then_some(found)
}

fn holds_words(column: Column) -> bool {
    matches!(column, Column::Task | Column::Requirement)
}

/// Whether words that it could number stand behind `column`; the first column headed as theirs is `words`.
fn stands_in_front(
    grid: &Grid<'_>,
    head: usize,
    column: usize,
    columns: &[Column],
    heads: &[String],
    words: Option<usize>,
) -> bool {
    let Some(next) = columns.get(column + 1).copied() else { return false };
    let is_one_head = || match (grid.at(head, column), grid.at(head, column + 1)) {
        (Some((_, one)), Some((_, other))) => std::ptr::eq(one, other),
        _ => false,
    };
    match columns[column] {
        Column::Other if heads[column].is_empty() => holds_words(next) || next == Column::Other,
        Column::Other => words.is_some_and(|words| column < words),
        held => holds_words(held) && (is_one_head() || heads[column + 1].is_empty()),
    }
}

/// Whether the cells of `column` below `head` are numbers and nothing else, which count on from 1 and may begin
/// again. One alone counts where no head says that it is an amount.
fn counts(grid: &Grid<'_>, head: usize, column: usize, may_be_alone: bool) -> bool {
    let mut last: Option<RowLabel> = None;
    let (mut highest, mut cells) = (0, 0);
    for row in head + 1..grid.height {
        let Some((first, cell)) = grid.at(row, column) else { continue };
        if first != row || is_blank(cell) || grid.whole_width(row).is_some() {
            continue;
        }
        let follows = |number: &RowLabel| match &last {
            None => number.label.value == 1,
            Some(last) => {
                last.label.style == number.label.style
                    && (number.label.value == last.label.value + 1 || number.label.value == 1)
            }
        };
        match number(cell).filter(follows) {
            Some(number) => {
                highest = highest.max(number.label.value);
                cells += 1;
                last = Some(number);
            }
            None if grid.repeats(row, head) => {}
            None => return false,
        }
    }
    // A column of ones counts nothing.
    highest > 1 || (cells == 1 && may_be_alone)
}

/// The number that is all that a cell says.
fn number(cell: &Cell) -> Option<RowLabel> {
    let printed = cell.text.as_str().trim();
    let number =
        Some(printed).filter(|printed| printed.len() <= LONGEST).and_then(|_| number_label(&cell.text))?;
    printed.get(number.label.len..).is_some_and(|rest| rest.trim().is_empty()).then_some(number)
}
