//! Lines that begin with a tab to tables, as Word's text export prints them.
//!
//! A cell is a line that begins with a tab; an empty cell is a line of nothing but white space that
//! begins with one; a cell goes on over the lines without a tab that follow it; a blank line ends
//! the row. A row of a single cell heads a section and spans all columns.
//!
//! Where a blank line stands inside a row (an empty paragraph in a cell), the two halves are put
//! together again when they fill the columns of the head exactly, unless the first half is a single
//! cell and the second begins with a label: that is a section's heading and an incomplete row.

use duban_document::{JoinedText, label};

use super::FoundTable;
use super::flow::{self, End};
use super::grid::{self, DraftRow};
use super::lines::{Lines, Role};

/// Lines of one cell, by index.
type CellLines = Vec<usize>;
/// Cells between two blank lines.
type Group = Vec<CellLines>;

/// Finds tables and marks their lines.
pub(crate) fn find(lines: &mut Lines<'_>) -> Vec<FoundTable> {
    let mut tables = Vec::new();
    let mut index = 0;
    while index < lines.all.len() {
        if !is_cell(lines, index) {
            index += 1;
            continue;
        }
        let (groups, end) = groups(lines, index);
        if let Some(columns) = columns(lines, &groups) {
            let rows = merge(lines, groups, columns).iter().map(|group| draft(lines, group)).collect();
            tables.push(FoundTable { first: index, table: grid::table(lines, rows, columns) });
        }
        index = end;
    }
    tables
}

fn is_cell(lines: &Lines<'_>, index: usize) -> bool {
    lines.all.get(index).is_some_and(|line| {
        matches!(line.role, Role::Text | Role::Blank) && lines.whole(line).starts_with('\t')
    })
}

fn role(lines: &Lines<'_>, index: usize) -> Option<Role> {
    lines.all.get(index).map(|line| line.role)
}

/// The groups of cells from line `start` on, and the index of the first line behind them.
fn groups(lines: &Lines<'_>, start: usize) -> (Vec<Group>, usize) {
    let mut groups: Vec<Group> = Vec::new();
    let (mut after_blank, mut head, mut end) = (true, 0, start);
    for index in start..lines.all.len() {
        match role(lines, index) {
            Some(Role::Furniture) => {}
            Some(Role::Table | Role::Rule) => break,
            _ if is_cell(lines, index) => {
                if after_blank {
                    groups.push(Group::new());
                }
                if let Some(group) = groups.last_mut() {
                    group.push(vec![index]);
                }
                after_blank = false;
                end = index + 1;
            }
            Some(Role::Text) => {
                let Some(group) = groups.last_mut() else { break };
                let incomplete = (2..head).contains(&group.len()) && continues(lines, index);
                if after_blank && !incomplete {
                    break;
                }
                if let Some(cell) = group.last_mut() {
                    cell.push(index);
                }
                after_blank = false;
                end = index + 1;
            }
            _ => {
                if let Some(group) = groups.last().filter(|group| head == 0 && group.len() > 1) {
                    head = group.len();
                }
                after_blank = true;
            }
        }
    }
    (groups, end)
}

/// Whether the next line is a cell again.
fn continues(lines: &Lines<'_>, index: usize) -> bool {
    is_cell(lines, index + 1)
}

/// The number of columns: that of the first row with several cells, the head, if enough rows have as
/// many. Lines that end as sentences do make no head: they are paragraphs indented by a tab.
fn columns(lines: &Lines<'_>, groups: &[Group]) -> Option<usize> {
    let head = groups.iter().find(|group| group.len() > 1)?;
    let ends_sentence = |&index: &usize| {
        lines.all.get(index).is_some_and(|line| flow::end_of(lines.content(line)) == End::Sentence)
    };
    let alike = groups.iter().filter(|group| group.len() == head.len()).count();
    (alike >= 2 && !head.iter().flatten().any(ends_sentence)).then_some(head.len())
}

/// Puts rows together that a blank line parted.
fn merge(lines: &Lines<'_>, groups: Vec<Group>, columns: usize) -> Vec<Group> {
    let mut rows: Vec<Group> = Vec::new();
    for group in groups {
        let labelled = group.first().is_some_and(|cell| begins_with_label(lines, cell));
        match rows.last_mut() {
            Some(row) if row.len() + group.len() == columns && (row.len() > 1 || !labelled) => {
                row.extend(group);
            }
            _ => rows.push(group),
        }
    }
    rows
}

fn begins_with_label(lines: &Lines<'_>, cell: &CellLines) -> bool {
    let line = cell.first().and_then(|&index| lines.all.get(index));
    line.is_some_and(|line| label::at(lines.content(line)).is_some())
}

fn draft(lines: &Lines<'_>, group: &Group) -> DraftRow {
    let cell = |cell: &CellLines| {
        let mut text = JoinedText::builder();
        for line in cell.iter().filter_map(|&index| lines.all.get(index)) {
            grid::push_line(&mut text, lines, line.content.clone());
        }
        text.finish()
    };
    DraftRow { lines: group.iter().flatten().copied().collect(), cells: group.iter().map(cell).collect() }
}
