//! Tables copied with a line for each cell: the text that is left where neither tabs nor rules are.
//!
//! The head opens with 序号 and has a column for each line before the number 1; a row goes from its number to
//! the next. Blank lines stand behind each cell, behind each row or nowhere. A line behind the cells of a row
//! that begins with a label heads a section, where the numbers may start anew.
//!
//! A cell may have several lines, and a merged one has none. Where at least half of the rows come out even,
//! those show what each column holds, and the lines of the other rows go, in order, where they are most like
//! it. Otherwise the table is left as text.

use std::ops::Range;

use duban_document::{JoinedText, Warning, label};

use super::FoundTable;
use super::flow::{self, End};
use super::grid::{self, DraftRow};
use super::likeness::{self, COLUMNS, FIRST_HEAD, Gridded, LONGEST_HEAD, MOST_PIECES, Pieces};
use super::lines::{Lines, Role};

/// Finds tables and marks their lines; warns of those whose rows were parted by likeness.
pub(crate) fn find(lines: &mut Lines<'_>) -> (Vec<FoundTable>, Vec<Warning>) {
    let (mut tables, mut warnings) = (Vec::new(), Vec::new());
    if !lines.clean.as_str().contains(FIRST_HEAD) {
        return (tables, warnings);
    }
    let texts: Vec<usize> =
        (0..lines.all.len()).filter(|&index| lines.all[index].role == Role::Text).collect();
    let mut at = 0;
    while at < texts.len() {
        let stack = Stack::at(lines, &texts, at);
        at = stack.as_ref().map_or(at + 1, Stack::end);
        if let Some((rows, columns, warning)) = stack.and_then(|stack| stack.drafts()) {
            let first = rows.iter().find_map(|row| row.lines.first().copied()).unwrap_or_default();
            tables.push(FoundTable { first, table: grid::table(lines, rows, columns) });
            warnings.extend(warning);
        }
    }
    (tables, warnings)
}

/// Lines of text that may be the cells of a table; places below count in `texts`.
struct Stack<'v, 'l> {
    lines: &'v Lines<'l>,
    /// The lines of text, by index.
    texts: &'v [usize],
    head: Range<usize>,
    /// The rows, from their numbers on, each with what heads a section behind it.
    rows: Vec<Range<usize>>,
}

impl<'v, 'l> Stack<'v, 'l> {
    /// The stack whose head opens at `at`.
    fn at(lines: &'v Lines<'l>, texts: &'v [usize], at: usize) -> Option<Self> {
        let mut stack = Self { lines, texts, head: at..at, rows: Vec::new() };
        (stack.squeezed(at) == FIRST_HEAD).then_some(())?;
        let columns = (1..=*COLUMNS.end()).find(|&column| stack.number(at + column) == Some(1))?;
        stack.head.end += columns;
        (COLUMNS.contains(&columns) && stack.head.clone().all(|at| stack.is_head(at))).then_some(())?;
        let mut start = stack.head.end;
        while let Some(next) = stack.next_row(start) {
            stack.rows.push(start..next);
            start = next;
        }
        let end = stack.end_of_last(start);
        stack.rows.push(start..end);
        Some(stack)
    }

    /// The place behind the last row.
    fn end(&self) -> usize {
        self.rows.last().map_or(self.head.end, |row| row.end)
    }

    /// Where the row behind that of `start` opens: with the next number, or the first behind a section's heading.
    fn next_row(&self, start: usize) -> Option<usize> {
        let next = self.number(start)? + 1;
        let opens = |&at: &usize| {
            let number = self.number(at);
            number == Some(next) || number == Some(1) && self.is_labelled(at - 1)
        };
        let even = Some(start + self.head.len()).filter(opens);
        even.or_else(|| (start + 2..start + MOST_PIECES).find(opens))
    }

    /// Where the last row, which opens at `start`, ends: at a blank line where those part the rows, otherwise as
    /// soon as each column has its cell.
    fn end_of_last(&self, start: usize) -> usize {
        let last = self.texts.len().min(start + MOST_PIECES);
        let parts = |row: &Range<usize>| {
            self.is_parted(row.start) && !(row.start + 1..row.end).any(|at| self.is_parted(at))
        };
        if !self.rows.is_empty() && self.rows.iter().all(parts) && self.is_parted(start) {
            return (start + 1..last).find(|&at| self.is_parted(at)).unwrap_or(last);
        }
        let pieces = self.pieces(start..last);
        pieces.get(self.head.len() - 1).or(pieces.last()).map_or(last, |piece| piece.end)
    }

    /// Whether a blank line is above the line at `at`.
    fn is_parted(&self, at: usize) -> bool {
        let Some(&[before, own]) = self.texts.get(at - 1..=at) else { return false };
        self.lines.all[before..own].iter().any(|line| line.role == Role::Blank)
    }

    /// Lines that surely make one cell: a line ends with a comma or an open bracket, and so goes on.
    fn pieces(&self, row: Range<usize>) -> Pieces {
        let mut pieces = Pieces::new();
        for at in row {
            let goes_on = |piece: &&mut Range<usize>| {
                piece.end - piece.start < MOST_PIECES
                    && matches!(flow::end_of(self.content(piece.end - 1)), End::Comma | End::Open)
            };
            match pieces.last_mut().filter(goes_on) {
                Some(piece) => piece.end = at + 1,
                None => pieces.push(at..at + 1),
            }
        }
        pieces
    }

    /// The rows of the table and the number of its columns, with a warning where likeness parted a row.
    fn drafts(&self) -> Option<(Vec<DraftRow>, usize, Option<Warning>)> {
        let columns = self.head.len();
        let mut found = Vec::new();
        for row in &self.rows {
            let mut pieces = self.pieces(row.clone());
            let repeats = pieces.len() > columns && self.repeats_head(&pieces[pieces.len() - columns..]);
            let head = repeats.then(|| pieces.split_off(pieces.len() - columns));
            let is_headed = pieces.len() == columns + 1 && self.is_labelled(row.end - 1);
            let section = is_headed.then(|| pieces.split_off(columns));
            found.push(pieces);
            found.extend(section.into_iter().chain(head));
        }
        let Gridded { rows, uneven } = likeness::grid(&found, columns, |piece| self.content(piece.start))?;
        let warning =
            (uneven > 0).then(|| likeness::warning(self.lines, self.texts[self.head.start], uneven));
        let head: Pieces = self.head.clone().map(|at| at..at + 1).collect();
        let drafts = [head].iter().chain(&rows).map(|cells| self.draft(cells)).collect();
        Some((drafts, columns, warning))
    }

    fn draft(&self, cells: &Pieces) -> DraftRow {
        let cell = |cell: &Range<usize>| {
            let mut text = JoinedText::builder();
            for &index in &self.texts[cell.clone()] {
                grid::push_line(&mut text, self.lines, self.lines.all[index].content.clone());
            }
            text.finish()
        };
        let lines = cells.iter().flat_map(|cell| &self.texts[cell.clone()]).copied().collect();
        DraftRow { lines, cells: cells.iter().map(cell).collect() }
    }

    /// Whether `pieces` print the head again, as at a page break.
    fn repeats_head(&self, pieces: &[Range<usize>]) -> bool {
        pieces
            .iter()
            .map(|piece| piece.start)
            .zip(self.head.clone())
            .all(|(at, head)| self.squeezed(at) == self.squeezed(head))
    }

    fn content(&self, at: usize) -> &'l str {
        let line = self.texts.get(at).and_then(|&index| self.lines.all.get(index));
        line.map_or("", |line| self.lines.content(line))
    }

    fn squeezed(&self, at: usize) -> String {
        self.content(at).split_whitespace().collect()
    }

    fn number(&self, at: usize) -> Option<u32> {
        likeness::number(self.content(at))
    }

    fn is_labelled(&self, at: usize) -> bool {
        label::at(self.content(at)).is_some()
    }

    fn is_head(&self, at: usize) -> bool {
        let text = self.squeezed(at);
        text.chars().nth(LONGEST_HEAD).is_none()
            && flow::end_of(&text) != End::Sentence
            && !self.is_labelled(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean;

    /// The tables of `text`, a line for each row, cells parted by ` | `.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let clean = clean::clean(text);
        let (tables, _) = find(&mut Lines::of(&clean));
        let cells = |row: &duban_document::Row| {
            let cells: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
            cells.join(" | ").replace('\n', "/")
        };
        let rows: Vec<String> = tables.iter().flat_map(|found| &found.table.rows).map(cells).collect();
        assert_eq!(rows.join("\n"), expected, "{text}");
    }

    const HEAD: &str = "序号\n任务\n责任单位\n时限\n";
    const HEAD_ROW: &str = "序号 | 任务 | 责任单位 | 时限\n";

    #[track_caller]
    fn check_rows(rows: &str, expected: &str) {
        let (head, expected) =
            (HEAD, if expected.is_empty() { String::new() } else { format!("{HEAD_ROW}{expected}") });
        check(&format!("{head}{rows}"), &expected);
    }

    #[test]
    fn a_line_for_each_cell() {
        let rows = "1 | 修渠。 | 县水利局 | 6月\n2 | 植树。 | 县林业局 | 3月";
        check_rows("1\n修渠。\n县水利局\n6月\n2\n植树。\n县林业局\n3月", rows);
        check_rows("\n1\n\n修渠。\n\n县水利局\n\n6月\n\n2\n\n植树。\n\n县林业局\n\n3月\n\n特此通知", rows);
        check_rows("\n1\n修渠。\n县水利局\n6月\n\n2\n植树。\n县林业局\n3月\n\n特此通知。", rows);
        // Nothing says which cells a row of other lengths has.
        check_rows("1\n修渠。\n县水利局\n2\n植树。\n县林业局", "");
        check("序号\n任务\n1\n修渠\n2\n植树", "");
    }

    #[test]
    fn sections_and_heads_printed_again() {
        check_rows(
            "1\n修渠。\n县水利局\n6月\n二、造林\n1\n植树。\n县林业局\n3月",
            "1 | 修渠。 | 县水利局 | 6月\n二、造林\n1 | 植树。 | 县林业局 | 3月",
        );
        check_rows(
            "1\n修渠。\n县水利局\n6月\n序号\n任务\n责任单位\n时限\n2\n植树。\n县林业局\n3月",
            "1 | 修渠。 | 县水利局 | 6月\n2 | 植树。 | 县林业局 | 3月",
        );
    }

    #[test]
    fn rows_that_come_out_uneven() {
        check_rows(
            "1\n修渠。\n县水利局、\n县财政局\n6月\n2\n植树。\n县林业局\n3月",
            "1 | 修渠。 | 县水利局、/县财政局 | 6月\n2 | 植树。 | 县林业局 | 3月",
        );
        check_rows(
            "1\n修渠。\n县水利局\n县财政局\n6月底\n2\n植树。\n县林业局\n3月底",
            "1 | 修渠。 | 县水利局/县财政局 | 6月底\n2 | 植树。 | 县林业局 | 3月底",
        );
        check_rows(
            "1\n修渠。\n县水利局\n6月底\n2\n植树。\n护林。\n县林业局\n3月底\n3\n栽花。\n5月底\n4\n种草。\n县农业局\n5月底",
            "1 | 修渠。 | 县水利局 | 6月底\n2 | 植树。/护林。 | 县林业局 | 3月底\n3 | 栽花。 |  | 5月底\n4 | 种草。 | 县农业局 | 5月底",
        );
    }
}
