//! Lines that begin with a tab to tables, as Word's text export prints them.
//!
//! A cell is a line that begins with a tab; an empty cell is a line of nothing but white space that
//! begins with one; a cell goes on over the lines without a tab that follow it; a blank line ends
//! the row. A row of a single cell heads a section and spans all columns.
//!
//! Where a blank line stands inside a row (an empty paragraph in a cell), the two halves are put
//! together again when they fill the columns of the head exactly, unless the first half is a single
//! cell and the second begins with a label: that is a section's heading and an incomplete row. Where the
//! blank line between two rows is missing, they are parted by the numbers that open them.

use duban_document::{JoinedText, label, numeral};

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
        let groups = parted(lines, groups);
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

/// The groups with those cut into rows that hold several; as they are where most rows do not have as
/// many cells as the head even then.
fn parted(lines: &Lines<'_>, groups: Vec<Group>) -> Vec<Group> {
    let has_tab = |cell: &CellLines| first_line(lines, cell).contains('\t');
    let is_head = |group: &&Group| {
        !group.first().is_some_and(|cell| opens_row(lines, cell)) && !group.iter().any(has_tab)
    };
    let Some(head) = groups.iter().find(|group| group.len() > 1).filter(is_head) else { return groups };
    let width = width(lines, head, &groups);
    let name = head.first().map(|cell| squeezed(lines, cell)).unwrap_or_default();
    let cut: Vec<Group> =
        groups.iter().flat_map(|group| rows_of(lines, group, width, &name)).map(<[_]>::to_vec).collect();
    let fitting = cut.iter().filter(|row| row.len() == width).count();
    let others = cut.iter().filter(|row| row.len() > 1 && row.len() != width).count();
    if fitting > others { cut } else { groups }
}

/// The cells of the head: all cells of its group, but where rows follow in it without a blank line those
/// before the first number.
fn width(lines: &Lines<'_>, head: &Group, groups: &[Group]) -> usize {
    let number = head.iter().position(|cell| opens_row(lines, cell)).filter(|&number| number > 1);
    let alike = |number: usize| groups.iter().any(|group| group.len() == number);
    number.filter(|&number| head.len() >= 3 * number || alike(number)).unwrap_or(head.len())
}

/// The rows of `width` cells in `group`, each opened by a number or by `name`, the head's first cell; a
/// single cell before such a one heads a section. The group as it is where it does not come out even.
fn rows_of<'g>(lines: &Lines<'_>, group: &'g [CellLines], width: usize, name: &str) -> Vec<&'g [CellLines]> {
    let opens = |cell: &CellLines| opens_row(lines, cell) || squeezed(lines, cell) == name;
    let opens: Vec<bool> = group.iter().map(opens).chain([true]).collect();
    let opens_at = |at: usize| opens.get(at) == Some(&true);
    // The last cell heads the next group if it has a label; a number alone is a value.
    let heads = |at: usize| match group.get(at..) {
        Some([last]) => begins_with_label(lines, last),
        _ => at == 0 || opens_at(at),
    };
    let (mut rows, mut rest) = (Vec::new(), group);
    while rest.len() > width || !(rows.is_empty() || rest.is_empty()) {
        let at = group.len() - rest.len();
        let size = match at {
            at if opens_at(at + width) => width,
            at if opens_at(at + 1) && heads(at) => 1,
            _ => return vec![group],
        };
        let (row, behind) = rest.split_at(size);
        rows.push(row);
        rest = behind;
    }
    if rows.is_empty() { vec![group] } else { rows }
}

/// Whether the cell is a number or begins with a label.
fn opens_row(lines: &Lines<'_>, cell: &CellLines) -> bool {
    begins_with_label(lines, cell) || numeral::parse(&squeezed(lines, cell)).is_some()
}

/// The first line of a cell without white space.
fn squeezed(lines: &Lines<'_>, cell: &CellLines) -> String {
    first_line(lines, cell).split_whitespace().collect()
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
    label::at(first_line(lines, cell)).is_some()
}

fn first_line<'l>(lines: &'l Lines<'_>, cell: &CellLines) -> &'l str {
    let line = cell.first().and_then(|&index| lines.all.get(index));
    line.map_or("", |line| lines.content(line))
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
