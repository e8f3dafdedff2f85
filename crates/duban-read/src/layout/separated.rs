//! Lines with marks between their cells to tables, one row a line: tabs, as spreadsheets are pasted.
//!
//! A table is a run of at least two lines with the same number of tabs. Blank lines inside it are
//! passed over; a short line without tabs between two rows heads a section, and so does one with a
//! number and fewer cells than a row (`一→交通`). A row may be broken where a cell has several lines: then
//! its lines have the tabs of a row together; where most rows are, a head and numbers that count say so.
//! A label and the text behind it, which Word exports with a tab between (`1.→完善清单`), are no cells.
//!
//! `|` parts cells, too, where the table has no frame (`1|完善清单|县财政局`). Menus of web pages are parted so as
//! well, so it does only below a head, in rows that open with a number.

use std::ops::Range;

use duban_document::label::{self, LabelStyle};
use duban_document::{JoinedText, numeral};

use super::FoundTable;
use super::grid::{self, DraftRow};
use super::lines::{Lines, Role};

/// Columns that the heading of a section takes at most.
const LONGEST_HEADING: u32 = 80;
/// Two columns make a table only from this many rows on: a label and its value are usual in text.
const LEAST_PAIRS: usize = 3;
/// Lines of one row at most.
const MOST_LINES: usize = 40;

/// The lines of one row, by index.
type RowLines = Range<usize>;

/// What parts the cells of a line.
const TAB: char = '\t';
const BAR: char = '|';

/// Finds tables and marks their lines.
pub(crate) fn find(lines: &mut Lines<'_>) -> Vec<FoundTable> {
    let marks = [TAB, BAR].into_iter().filter(|mark| lines.clean.as_str().contains(*mark));
    marks.collect::<Vec<_>>().into_iter().flat_map(|mark| find_parted_by(mark, lines)).collect()
}

fn find_parted_by(mark: char, lines: &mut Lines<'_>) -> Vec<FoundTable> {
    let mut tables = Vec::new();
    let mut index = 0;
    while index < lines.all.len() {
        let view = View { lines, mark };
        let tabs = view.tabs(index);
        if tabs == 0 {
            index += 1;
            continue;
        }
        let (rows, end) = view.rows(index, tabs);
        if view.is_table(&rows, tabs) {
            let drafts = rows.iter().map(|row| view.draft(row)).collect();
            tables.push(FoundTable { first: index, table: grid::table(lines, drafts, tabs + 1) });
        }
        index = end;
    }
    tables
}

/// Lines whose cells `mark` parts; below, a tab stands for any mark.
#[derive(Clone, Copy)]
struct View<'v, 'l> {
    lines: &'v Lines<'l>,
    mark: char,
}

impl<'l> View<'_, 'l> {
    /// Number of tabs in line `index` if any stands between two cells, else none.
    fn tabs(self, index: usize) -> usize {
        let Some(line) = self.lines.all.get(index).filter(|line| line.role == Role::Text) else { return 0 };
        if self.lines.content(line).contains(self.mark) {
            self.lines.whole(line).matches(self.mark).count()
        } else {
            0
        }
    }

    /// The rows of a run that begins with line `start`, and the index of the first line behind it.
    fn rows(self, start: usize, tabs_in_row: usize) -> (Vec<RowLines>, usize) {
        let (mut rows, mut headings) = (Vec::new(), Vec::new());
        let (mut end, mut index) = (start, start);
        while let Some(line) = self.lines.all.get(index) {
            if let Some(row) = self.row_at(index, tabs_in_row) {
                index = row.end;
                end = row.end;
                rows.append(&mut headings);
                rows.push(row);
                continue;
            }
            if line.role == Role::Text {
                let heads = self.tabs(index) == 0 || self.is_numbered_heading(index, tabs_in_row);
                let is_heading = heads && line.right - line.left <= LONGEST_HEADING;
                // Of two lines in a row at most the first levels of headings; a text is no heading.
                if !is_heading || headings.len() > 1 {
                    break;
                }
                headings.push(index..index + 1);
            }
            index += 1;
        }
        (rows, end)
    }

    /// The lines of the row that begins with line `index`: that line, or where a cell goes on over lines as
    /// many as have the tabs of a row together.
    fn row_at(self, index: usize, tabs_in_row: usize) -> Option<RowLines> {
        let mut counted = self.tabs(index);
        if counted == tabs_in_row || self.is_row_with_empty_cells(index, tabs_in_row) {
            return Some(index..index + 1);
        }
        // A row that goes on is numbered, so that no line inside a cell is taken for the beginning of one.
        if counted == 0 || !self.begins_with_number(index) {
            return None;
        }
        for next in index + 1..index + MOST_LINES {
            let goes_on = self.lines.all.get(next).is_some_and(|line| line.role == Role::Text);
            if !goes_on || is_number(self.first_cell(next)) || self.begins_with_bare_label(next) {
                return None;
            }
            counted += self.tabs(next);
            if counted >= tabs_in_row {
                return (counted == tabs_in_row).then_some(index..next + 1);
            }
        }
        None
    }

    /// Whether the line has fewer cells than a row and opens with a number: the heading of a section, as
    /// spreadsheets are pasted without the empty cells behind it.
    fn is_numbered_heading(self, index: usize, tabs_in_row: usize) -> bool {
        let first = self.first_cell(index);
        let is_label = || {
            let own = |label: &label::Label| label.style != LabelStyle::Arabic && label.len == first.len();
            label::at(first).as_ref().is_some_and(own)
        };
        (1..tabs_in_row).contains(&self.tabs(index)) && (numeral::parse(first).is_some() || is_label())
    }

    /// Whether all but one cell of the row are empty, so that no tab stands between two.
    fn is_row_with_empty_cells(self, index: usize, tabs_in_row: usize) -> bool {
        let line = self.lines.all.get(index).filter(|line| line.role == Role::Text);
        tabs_in_row > 1
            && line.is_some_and(|line| self.lines.whole(line).matches(self.mark).count() == tabs_in_row)
    }

    fn is_table(self, rows: &[RowLines], tabs_in_row: usize) -> bool {
        if self.mark == BAR {
            let is_row = |first: &str, _| number(first).is_some() || first.is_empty();
            return rows.len() > 2 && tabs_in_row > 1 && self.are_below_a_head(rows, is_row);
        }
        let full = rows.iter().map(|row| row.start).filter(|&first| self.tabs(first) > 0);
        let labels = full.clone().filter(|&first| self.begins_with_bare_label(first)).count();
        let full = full.count();
        let broken = rows.iter().filter(|row| row.len() > 1).count();
        // A head says how many cells a row has, even where every row is broken.
        let is_counted = |first: &str, count| number(first) == Some(count);
        if broken * 2 > full && !(tabs_in_row > 1 && self.are_below_a_head(rows, is_counted)) {
            return false;
        }
        if tabs_in_row == 1 { full >= LEAST_PAIRS && labels * 2 < full } else { full >= 2 }
    }

    /// Whether the first row is a line of short cells, and each row behind it opens as `is_row` says of its
    /// first cell and its count.
    fn are_below_a_head(self, rows: &[RowLines], is_row: impl Fn(&str, u32) -> bool) -> bool {
        /// Characters of a cell of the head at most.
        const LONGEST_NAME: usize = 12;
        let Some((head, rows)) = rows.split_first().filter(|(head, _)| head.len() == 1) else { return false };
        let names = self.lines.all.get(head.start).map_or("", |line| self.lines.content(line));
        let is_name = |name: &str| !name.is_empty() && name.chars().nth(LONGEST_NAME).is_none();
        let mut numbered = rows.iter().filter(|row| self.tabs(row.start) > 0).zip(1u32..);
        !self.begins_with_number(head.start)
            && names.split(self.mark).all(|name| is_name(name.trim()))
            && numbered.all(|(row, count)| is_row(self.first_cell(row.start), count))
    }

    /// Whether the first cell is a label and nothing more.
    fn begins_with_bare_label(self, index: usize) -> bool {
        let first = self.first_cell(index);
        label::at(first).is_some_and(|label| label.len == first.len())
    }

    /// Whether a number or a label opens the line, with no tab in front.
    fn begins_with_number(self, index: usize) -> bool {
        let first = self.first_cell(index);
        let indented =
            self.lines.all.get(index).is_some_and(|line| self.lines.whole(line).starts_with(self.mark));
        !indented && (is_number(first) || label::at(first).is_some())
    }

    /// What stands before the first tab inside a line.
    fn first_cell(self, index: usize) -> &'l str {
        let text = self.lines.all.get(index).map_or("", |line| self.lines.content(line));
        text.split(self.mark).next().unwrap_or_default().trim()
    }

    fn draft(self, row: &RowLines) -> DraftRow {
        let mut cells: Vec<JoinedText> = Vec::new();
        for line in self.lines.all.get(row.clone()).unwrap_or_default() {
            let mut own = self::cells(self.lines, line.whole.clone(), |c| c == self.mark).into_iter();
            // A further line goes on in the last cell of the one before.
            if let Some(open) = cells.last_mut() {
                *open = own.next().map_or_else(|| open.clone(), |more| joined(open, &more));
            }
            cells.extend(own);
        }
        DraftRow { lines: row.clone().collect(), cells }
    }
}

/// The value of a cell that is a number, a full stop or a comma behind it or not.
fn number(cell: &str) -> Option<u32> {
    let digits = cell.trim_end_matches(['.', '．', '、']);
    if is_number(digits) { digits.parse().ok() } else { None }
}

fn is_number(cell: &str) -> bool {
    !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit())
}

/// A cell of two lines.
fn joined(first: &JoinedText, second: &JoinedText) -> JoinedText {
    let mut cell = JoinedText::builder();
    cell.push_joined(first);
    if !first.as_str().is_empty() && !second.as_str().is_empty() {
        cell.push_glue("\n");
    }
    cell.push_joined(second);
    cell.finish()
}

/// The texts between the separators in `range` of the clean text.
pub(crate) fn cells(
    lines: &Lines<'_>,
    range: Range<usize>,
    is_mark: impl Fn(char) -> bool,
) -> Vec<JoinedText> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean;

    #[track_caller]
    fn check(text: &str, tables: usize) {
        let clean = clean::clean(text);
        assert_eq!(find(&mut Lines::of(&clean)).len(), tables, "{text}");
    }

    #[test]
    fn bars_part_cells_in_numbered_rows_below_a_head() {
        check("序号|任务|责任单位\n1|修渠|县水利局\n2|植树|县林业局", 1);
        check("序号 | 任务 | 责任单位\n1 | 修渠 | 县水利局\n植树造林\n2 | 植树 | 县林业局", 1);
        check("首页|新闻|公文\n机构|法规|服务\n专题|互动|查询", 0);
        check("1|修渠|县水利局\n2|植树|县林业局\n3|护林|县林业局", 0);
    }
}
