//! Lines with blanks between their cells to tables, one row a line, as tables are copied from a viewer or aligned by
//! hand.
//!
//! Blanks stand inside cells, too, so much has to agree: a head of short names that opens with 序号, rows numbered
//! from 1 with as many cells as the head, nothing between them but blank lines and headings of sections.
//! Where two blanks or more part the head, single ones are parts of cells.

use std::ops::Range;

use duban_document::{JoinedText, label, numeral};

use super::FoundTable;
use super::grid::{self, DraftRow};
use super::lines::{Lines, PrintedLine, Role};

/// What the head of nearly every table of tasks opens with.
pub(super) const FIRST_HEAD: &str = "序号";
/// Columns that such a table has at least, that of the numbers among them.
const LEAST_COLUMNS: usize = 3;
/// Characters of a column's head at most.
pub(super) const LONGEST_HEAD: usize = 12;

/// Finds tables and marks their lines.
pub(crate) fn find(lines: &mut Lines<'_>) -> Vec<FoundTable> {
    let mut tables = Vec::new();
    let mut index = 0;
    while index < lines.all.len() {
        let (rows, columns, end) = rows(lines, index);
        if rows.iter().filter(|(_, cells)| cells.len() == columns).count() > 2 {
            let drafts = rows.iter().map(|(index, cells)| draft(lines, *index, cells)).collect();
            tables.push(FoundTable { first: index, table: grid::table(lines, drafts, columns) });
        }
        index = end;
    }
    tables
}

/// A line, by index, and its cells as bytes of the clean text.
type SpacedRow = (usize, Vec<Range<usize>>);

/// The head in line `start` and the rows below it, the number of columns, and the first line behind; no rows where
/// it is none.
fn rows(lines: &Lines<'_>, start: usize) -> (Vec<SpacedRow>, usize, usize) {
    let none = (Vec::new(), 0, start + 1);
    let Some(line) = text_line(lines, start) else { return none };
    if !lines.content(line).starts_with(FIRST_HEAD) {
        return none;
    }
    let Some((wide, head)) = head(lines, line) else { return none };
    let columns = head.len();
    let (mut rows, mut headings) = (vec![(start, head)], Vec::new());
    let (mut next, mut end) = (1, start + 1);
    for (index, line) in lines.all.iter().enumerate().skip(start + 1) {
        if line.role != Role::Text {
            continue;
        }
        let cells = cells(lines, line, wide);
        let text = |cell: &Range<usize>| lines.clean.as_str().get(cell.clone()).unwrap_or_default();
        let number = cells.first().and_then(|cell| numeral::parse(text(cell)));
        if cells.len() == columns && (number == Some(next) || number == Some(1) && !headings.is_empty()) {
            rows.append(&mut headings);
            rows.push((index, cells));
            next = number.map_or(next, |number| number + 1);
            end = index + 1;
        } else if number == Some(next) {
            // A row with more blanks or fewer: nothing tells its cells.
            return (Vec::new(), 0, index + 1);
        } else if cells.len() == columns && is_repeated(lines, &cells, &rows) {
            rows.push((index, cells));
            end = index + 1;
        } else if headings.is_empty() && label::at(lines.content(line)).is_some() {
            headings.push((index, vec![line.content.clone()]));
        } else {
            break;
        }
    }
    (rows, columns, end)
}

fn text_line<'v>(lines: &'v Lines<'_>, index: usize) -> Option<&'v PrintedLine> {
    lines.all.get(index).filter(|line| line.role == Role::Text)
}

/// The cells of the head in `line`, and whether two blanks or more part them.
fn head(lines: &Lines<'_>, line: &PrintedLine) -> Option<(bool, Vec<Range<usize>>)> {
    let is_name = |cell: &Range<usize>| {
        let name = lines.clean.as_str().get(cell.clone()).unwrap_or_default();
        name.chars().nth(LONGEST_HEAD).is_none() && !name.contains(['，', '。', '；', '：', '、'])
    };
    [true, false].into_iter().find_map(|wide| {
        let cells = cells(lines, line, wide);
        (cells.len() >= LEAST_COLUMNS && cells.iter().all(is_name)).then_some((wide, cells))
    })
}

/// What blanks part in `line`: two or more where they are `wide`. A tab or a full-width space is as wide as two.
fn cells(lines: &Lines<'_>, line: &PrintedLine, wide: bool) -> Vec<Range<usize>> {
    let (text, start) = (lines.content(line), line.content.start);
    let mut cells: Vec<Range<usize>> = Vec::new();
    let mut gap = String::new();
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            gap.push(c);
            continue;
        }
        let parts = if wide { gap.len() > 1 || gap.contains('\t') } else { !gap.is_empty() };
        let end = start + at + c.len_utf8();
        match cells.last_mut().filter(|_| !parts) {
            Some(cell) => cell.end = end,
            None => cells.push(start + at..end),
        }
        gap.clear();
    }
    cells
}

/// Whether `cells` are the head again.
fn is_repeated(lines: &Lines<'_>, cells: &[Range<usize>], rows: &[SpacedRow]) -> bool {
    let text = |cells: &[Range<usize>]| {
        cells.iter().map(|cell| lines.clean.as_str().get(cell.clone())).collect::<Vec<_>>()
    };
    rows.first().is_some_and(|(_, head)| text(head) == text(cells))
}

fn draft(lines: &Lines<'_>, index: usize, cells: &[Range<usize>]) -> DraftRow {
    let cell = |cell: &Range<usize>| {
        let mut text = JoinedText::builder();
        grid::push_line(&mut text, lines, cell.clone());
        text.finish()
    };
    DraftRow { lines: vec![index], cells: cells.iter().map(cell).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean;

    /// Rows of the tables of `text`.
    #[track_caller]
    fn check(text: &str, rows: usize) {
        let clean = clean::clean(text);
        let found = find(&mut Lines::of(&clean));
        assert_eq!(found.iter().map(|found| found.table.rows.len()).sum::<usize>(), rows, "{text}");
    }

    #[test]
    fn blanks_part_cells_in_counted_rows_below_a_head() {
        check("序号 任务 单位\n1 修渠 县水利局\n\n2 植树 县林业局\n完成后报送 台账 一份", 3);
        check("序号  任务  单位\n1  修渠 一期  县水利局\n一、造林\n1  植树  县林业局", 4);
        check("序号 任务 单位\n1 修渠 县水利局\n序号 任务 单位\n2 植树 县林业局", 3);
        check("序号 任务 单位\n1 修渠 一期 县水利局\n2 植树 县林业局", 0);
        check("序号 任务 单位\n1 修渠 县水利局\n2 植树", 0);
        check("序号 任务 单位\n1 修渠 县水利局\n植树 县林业局", 0);
        check("任务 单位 时限\n修渠 县水利局 6月\n植树 县林业局 3月", 0);
    }
}
