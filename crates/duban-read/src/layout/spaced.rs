//! Lines with blanks between their cells to tables, one row a line, as tables are copied from a viewer or aligned by
//! hand.
//!
//! Blanks stand inside cells, too, so much has to agree: a head of short names that opens with 序号, rows numbered
//! from 1, nothing between them but blank lines and headings of sections. Where two blanks or more part the
//! head, single ones are parts of cells. Where at least half of the rows have as many cells as the head, those
//! show where the pieces of the others belong; otherwise the table is left as text.

use std::ops::Range;

use duban_document::{JoinedText, Warning, label};

use super::FoundTable;
use super::grid::{self, DraftRow};
use super::likeness::{self, COLUMNS, FIRST_HEAD, Gridded, LONGEST_HEAD, MOST_PIECES, Pieces};
use super::lines::{Lines, PrintedLine, Role};

/// Finds tables and marks their lines; warns of those whose rows were parted by likeness.
pub(crate) fn find(lines: &mut Lines<'_>) -> (Vec<FoundTable>, Vec<Warning>) {
    let (mut tables, mut warnings) = (Vec::new(), Vec::new());
    let mut first = 0;
    while first < lines.all.len() {
        let Some(found) = rows(lines, first) else {
            first += 1;
            continue;
        };
        let Spaced { indices, mut rows, end } = found;
        let columns = rows.first().map_or(0, Vec::len);
        let head = rows.remove(0);
        let text = |cell: &Range<usize>| lines.clean.as_str().get(cell.clone()).unwrap_or_default();
        if let Some(Gridded { rows, uneven }) = likeness::grid(&rows, columns, text) {
            let rows = [head].into_iter().chain(rows);
            let drafts =
                indices.iter().zip(rows).map(|(index, cells)| draft(lines, *index, &cells)).collect();
            warnings.extend((uneven > 0).then(|| likeness::warning(lines, first, uneven)));
            tables.push(FoundTable { first, table: grid::table(lines, drafts, columns) });
        }
        first = end;
    }
    (tables, warnings)
}

/// Lines that may be a table.
struct Spaced {
    /// The lines, the head first.
    indices: Vec<usize>,
    /// Their cells as bytes of the clean text.
    rows: Vec<Pieces>,
    /// The first line behind.
    end: usize,
}

/// The head in line `start` and the rows below it.
fn rows(lines: &Lines<'_>, start: usize) -> Option<Spaced> {
    let line = lines.all.get(start).filter(|line| line.role == Role::Text)?;
    lines.content(line).starts_with(FIRST_HEAD).then_some(())?;
    let (wide, head) = head(lines, line)?;
    let columns = head.len();
    let mut found = Spaced { indices: vec![start], rows: vec![head], end: start + 1 };
    let (mut heading, mut next) = (None, 1);
    for (index, line) in lines.all.iter().enumerate().skip(start + 1) {
        if line.role != Role::Text {
            continue;
        }
        let cells = cells(lines, line, wide);
        let text = |cell: &Range<usize>| lines.clean.as_str().get(cell.clone()).unwrap_or_default();
        let number = cells
            .first()
            .and_then(|cell| likeness::number(text(cell)))
            .filter(|_| (2..=MOST_PIECES).contains(&cells.len()));
        let is_repeated = || cells.iter().map(text).eq(found.rows[0].iter().map(text));
        if number == Some(next) || number == Some(1) && heading.is_some() {
            if let Some((index, heading)) = heading.take() {
                found.indices.push(index);
                found.rows.push(heading);
            }
            next = number.map_or(next, |number| number + 1);
        } else if cells.len() != columns || !is_repeated() {
            if heading.is_some() || label::at(lines.content(line)).is_none() {
                break;
            }
            heading = Some((index, vec![line.content.clone()]));
            continue;
        }
        found.indices.push(index);
        found.rows.push(cells);
        found.end = index + 1;
    }
    Some(found)
}

/// The cells of the head in `line`, and whether two blanks or more part them.
fn head(lines: &Lines<'_>, line: &PrintedLine) -> Option<(bool, Pieces)> {
    let is_name = |cell: &Range<usize>| {
        let name = lines.clean.as_str().get(cell.clone()).unwrap_or_default();
        name.chars().nth(LONGEST_HEAD).is_none() && !name.contains(['，', '。', '；', '：', '、'])
    };
    [true, false].into_iter().find_map(|wide| {
        let cells = cells(lines, line, wide);
        (COLUMNS.contains(&cells.len()) && cells.iter().all(is_name)).then_some((wide, cells))
    })
}

/// What blanks part in `line`: two or more where they are `wide`. A tab or a full-width space is as wide as two.
fn cells(lines: &Lines<'_>, line: &PrintedLine, wide: bool) -> Pieces {
    let (text, start) = (lines.content(line), line.content.start);
    let mut cells = Pieces::new();
    let mut gap = String::new();
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            gap.push(c);
            continue;
        }
        // 4.5 公里 is one piece, but 1 修渠 two: the number of a row and its task.
        let measured = || {
            let last =
                cells.get(1..).and_then(<[_]>::last).and_then(|cell| lines.clean.as_str().get(cell.clone()));
            c.is_alphabetic()
                && last.is_some_and(|piece| piece.chars().all(|c| c.is_ascii_digit() || c == '.'))
        };
        let parts = if wide { gap.len() > 1 || gap.contains('\t') } else { !gap.is_empty() && !measured() };
        let end = start + at + c.len_utf8();
        match cells.last_mut().filter(|_| !parts) {
            Some(cell) => cell.end = end,
            None => cells.push(start + at..end),
        }
        gap.clear();
    }
    cells
}

fn draft(lines: &Lines<'_>, index: usize, cells: &Pieces) -> DraftRow {
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
        let (found, _) = find(&mut Lines::of(&clean));
        assert_eq!(found.iter().map(|found| found.table.rows.len()).sum::<usize>(), rows, "{text}");
    }

    #[test]
    fn blanks_part_cells_in_counted_rows_below_a_head() {
        check("序号 任务 单位\n1 修渠 县水利局\n\n2 植树 县林业局\n完成后报送 台账 一份", 3);
        check("序号  任务  单位\n1  修渠 一期  县水利局\n一、造林\n1  植树  县林业局", 4);
        check("序号 任务 单位\n1 修渠 县水利局\n序号 任务 单位\n2 植树 县林业局", 3);
        check("序号 任务 单位\n1 修渠 一期 县水利局\n2 植树 县林业局", 3);
        check("序号 任务 单位\n1 修渠 一期 县水利局\n2 植树", 0);
        check("序号 任务 单位\n1 修渠 县水利局\n植树 县林业局", 0);
        check("任务 单位 时限\n修渠 县水利局 6月\n植树 县林业局 3月", 0);
    }
}
