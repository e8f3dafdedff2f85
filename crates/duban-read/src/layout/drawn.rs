//! Tables drawn with characters, `| 甲 | 乙 |` or `│甲│乙│`, to tables.
//!
//! Lines of nothing but frame are borders. Where borders stand between all rows, the lines between
//! two of them are one row; where they only set off the head, each line is a row, except that a line
//! with an empty first cell goes on with the row above.

use duban_document::JoinedText;

use super::FoundTable;
use super::grid::{self, DraftRow};
use super::lines::{Lines, Role};
use super::separated;

/// Finds tables and marks their lines.
pub(crate) fn find(lines: &mut Lines<'_>) -> Vec<FoundTable> {
    let mut tables = Vec::new();
    let mut index = 0;
    while index < lines.all.len() {
        let (parts, end) = parts(lines, index);
        let rows = parts.iter().filter(|part| part.count > 0).count();
        let columns = parts.iter().map(|part| part.count).max().unwrap_or(0);
        if rows >= 2 && columns >= 2 {
            let drafts = drafts(lines, &parts);
            for part in parts.iter().filter(|part| part.count == 0) {
                lines.mark(part.line, Role::Rule);
            }
            tables.push(FoundTable { first: index, table: grid::table(lines, drafts, columns) });
        }
        index = end.max(index + 1);
    }
    tables
}

/// A line of a drawn table.
struct Part {
    line: usize,
    /// Number of cells; none in a border.
    count: usize,
}

/// The run of rows and borders from line `start` on, and the index of the first line behind it.
fn parts(lines: &Lines<'_>, start: usize) -> (Vec<Part>, usize) {
    let mut parts = Vec::new();
    for (index, line) in lines.all.iter().enumerate().skip(start) {
        let text = lines.content(line);
        let count = match line.role {
            Role::Rule => 0,
            Role::Text if is_border(text) => 0,
            Role::Text if is_row(text) => text.matches(is_upright).count() - 1,
            Role::Furniture | Role::Blank if !parts.is_empty() => continue,
            _ => return (parts, index),
        };
        parts.push(Part { line: index, count });
    }
    (parts, lines.all.len())
}

fn is_upright(c: char) -> bool {
    matches!(c, '|' | '│' | '┃' | '║' | '｜')
}

fn is_border(text: &str) -> bool {
    let draws = |c: char| matches!(c, '\u{2500}'..='\u{257F}' | '+' | '-' | '=' | '|' | ':' | ' ' | '\t');
    text.chars().all(draws) && text.contains(['\u{2500}', '\u{2501}', '\u{2550}', '-', '='])
}

/// Whether the line begins and ends with an upright of the frame.
fn is_row(text: &str) -> bool {
    text.starts_with(is_upright) && text.ends_with(is_upright) && text.chars().nth(1).is_some()
}

fn drafts(lines: &Lines<'_>, parts: &[Part]) -> Vec<DraftRow> {
    let borders = parts.iter().filter(|part| part.count == 0).count();
    let mut drafts: Vec<DraftRow> = Vec::new();
    let mut behind_border = true;
    for part in parts {
        if part.count == 0 {
            behind_border = true;
            continue;
        }
        let cells = row_cells(lines, part.line);
        let goes_on = !behind_border && (borders > 3 || cells.first().is_some_and(JoinedText::is_empty));
        match drafts.last_mut() {
            Some(draft) if goes_on && draft.cells.len() == cells.len() => {
                draft.lines.push(part.line);
                for (above, below) in draft.cells.iter_mut().zip(&cells) {
                    *above = stacked(above, below);
                }
            }
            _ => drafts.push(DraftRow { lines: vec![part.line], cells }),
        }
        behind_border = false;
    }
    drafts
}

fn row_cells(lines: &Lines<'_>, index: usize) -> Vec<JoinedText> {
    let Some(line) = lines.all.get(index) else { return Vec::new() };
    let mut cells = separated::cells(lines, line.content.clone(), is_upright);
    // Nothing stands outside the frame.
    cells.pop();
    cells.drain(..cells.len().min(1));
    cells
}

fn stacked(above: &JoinedText, below: &JoinedText) -> JoinedText {
    if above.is_empty() || below.is_empty() {
        return if above.is_empty() { below.clone() } else { above.clone() };
    }
    let mut text = JoinedText::builder();
    text.push_joined(above);
    text.push_glue("\n");
    text.push_joined(below);
    text.finish()
}
