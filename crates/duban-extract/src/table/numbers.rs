//! Columns that number the rows under a head that does not say so.

use duban_document::Cell;
use duban_document::label::Label;

use super::grid::Grid;
use super::heads::Column;
use super::is_blank;
use super::labels::{bare, number_label};

/// Bytes of a number in a column of numbers: （十二）, 123.
const LONGEST: usize = 15;

/// How heads end over numbers that count no rows.
const AMOUNTS: [&str; 6] = ["数", "数量", "月份", "季度", "年份", "年度"];

/// Where no column is headed as that of the numbers, the first one whose cells count is it, if it stands in front of
/// the tasks. Its head may be empty, NO., 条目, or one over the numbers and the words beside them.
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
        // 株数 | 任务 over 1, 3 tells amounts.
        let is_headed = columns[*column] == Column::Other && !heads[*column].is_empty();
        !AMOUNTS.iter().any(|amount| heads[*column].ends_with(amount))
            && stands_in_front(grid, head, *column, columns, heads, words)
            && counts(grid, head, *column, is_headed)
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

/// Whether the cells of `column` below `head` are numbers and nothing else that rise and may begin again. The
/// numbers of headings among them (一 over 1 and 2) are a series of their own. Where the column `is_headed`, they count from 1 without a gap.
fn counts(grid: &Grid<'_>, head: usize, column: usize, is_headed: bool) -> bool {
    let mut last: Vec<Label> = Vec::new();
    let (mut highest, mut cells) = (0, 0);
    for row in head + 1..grid.height {
        let Some((first, cell)) = grid.at(row, column) else { continue };
        if first != row || is_blank(cell) || grid.whole_width(row).is_some() {
            continue;
        }
        let Some(label) = number(cell) else {
            if is_foot(cell) || grid.repeats(row, head) {
                continue;
            }
            return false;
        };
        let rises = |above: u32| if is_headed { label.value == above + 1 } else { label.value > above };
        match last.iter_mut().find(|last| last.style == label.style) {
            Some(last) if rises(last.value) || label.value == 1 => *last = label,
            None if rises(0) => last.push(label),
            _ => return false,
        }
        (highest, cells) = (highest.max(label.value), cells + 1);
    }
    // A column of ones counts nothing.
    highest > 1 || (cells == 1 && !is_headed)
}

/// Whether a row is no task by what stands in place of its number.
fn is_foot(cell: &Cell) -> bool {
    matches!(bare(cell.text.as_str()).as_str(), "合计" | "总计" | "小计" | "备注" | "注" | "说明")
}

/// The number that is all that a cell says.
fn number(cell: &Cell) -> Option<Label> {
    /// More rows have no table of tasks: it is a year or an amount.
    const HIGHEST: u32 = 999;
    let printed = cell.text.as_str().trim();
    let label = (printed.len() <= LONGEST).then(|| number_label(&cell.text)).flatten()?.label;
    let is_all = printed.get(label.len..).is_some_and(|rest| rest.trim().is_empty());
    (is_all && label.value <= HIGHEST).then_some(label)
}
