//! Tables that go on over a page break: the head printed again, and the row that the break cut.

use crate::{Cell, Continued, Item, Page, Row, Table};

/// How far edges of the same column may lie apart on two pages, in points.
const SAME_EDGE: f32 = 4.0;
/// Share of the page's height at its top and bottom where only page furniture stands.
const MARGIN: f32 = 0.13;
/// Most lines of page furniture at one edge.
const MOST_FURNITURE: usize = 3;
/// Most rows of a head.
const MOST_HEAD_ROWS: usize = 4;

/// Says of each table that opens a page how it goes on from the page before.
pub fn join_pages(pages: &mut [Page]) {
    // The head's text by rows: that of the first table of a run of continued ones.
    let mut head: Vec<String> = Vec::new();
    for index in 1..pages.len() {
        let (before, after) = pages.split_at_mut(index);
        let (Some(before), Some(after)) = (before.last(), after.first_mut()) else { continue };
        let Some(last) = closing_table(before) else { continue };
        if last.continued.is_none() {
            head = last.rows.iter().take(MOST_HEAD_ROWS).map(row_text).collect();
        }
        let Some(next) = opening_table(after).filter(|next| same_columns(last, next)) else { continue };
        let repeated_head = repeated_head(&head, next);
        let splits_row =
            last.rows.last().zip(next.rows.get(repeated_head)).is_some_and(|(row, rest)| {
                !are_numbered(row, rest) && (last.open_below || is_rest(row, rest))
            });
        next.continued = Some(Continued { repeated_head, splits_row });
    }
}

/// The table that ends a page, page furniture aside.
fn closing_table(page: &Page) -> Option<&Table> {
    let edge = page.height * (1.0 - MARGIN);
    let furniture = |item: &&Item| matches!(item, Item::Line(line) if line.bounds.y0 > edge);
    let skip = page.items.iter().rev().take_while(furniture).count().min(MOST_FURNITURE);
    match page.items.iter().rev().nth(skip)? {
        Item::Table(table) => Some(table),
        Item::Line(_) => None,
    }
}

/// The table that opens a page, page furniture aside.
fn opening_table(page: &mut Page) -> Option<&mut Table> {
    let edge = page.height * MARGIN;
    let furniture = |item: &&Item| matches!(item, Item::Line(line) if line.bounds.y1 < edge);
    let skip = page.items.iter().take_while(furniture).count().min(MOST_FURNITURE);
    match page.items.get_mut(skip)? {
        Item::Table(table) => Some(table),
        Item::Line(_) => None,
    }
}

fn same_columns(last: &Table, next: &Table) -> bool {
    let (Some(first), Some(second)) = (last.columns.first(), next.columns.first()) else { return false };
    // Left and right pages may have margins of their own.
    let near = |(a, b): (&f32, &f32)| ((a - first) - (b - second)).abs() <= SAME_EDGE;
    last.columns.len() == next.columns.len() && last.columns.iter().zip(&next.columns).all(near)
}

fn row_text(row: &Row) -> String {
    let text: String = row.cells.iter().map(|cell| cell.text() + "\t").collect();
    text.chars().filter(|character| *character == '\t' || !character.is_whitespace()).collect()
}

/// How many first rows of `table` print `head` again.
fn repeated_head(head: &[String], table: &Table) -> usize {
    let same = head
        .iter()
        .zip(&table.rows)
        .take_while(|(head, row)| head.chars().any(|character| character != '\t') && **head == row_text(row));
    // A row must remain, or the table is all head.
    same.count().min(table.rows.len().saturating_sub(1))
}

/// Whether both rows begin with a number of their own, though no rule stands between them: some programs
/// draw the rule between two rows as the upper one of the second.
fn are_numbered(row: &Row, next: &Row) -> bool {
    let is_number = |row: &Row| {
        let first = row.cells.first().filter(|cell| cell.column == 0).map(Cell::text).unwrap_or_default();
        !first.is_empty() && first.chars().all(|character| character.is_ascii_digit())
    };
    is_number(row) && is_number(next)
}

/// Whether `rest` is what a page break cut off `row`: some column holds nothing more, and no column
/// begins anew.
fn is_rest(row: &Row, rest: &Row) -> bool {
    if row.cells.len() != rest.cells.len() {
        return false;
    }
    let mut ended = false;
    let mut goes_on = false;
    for (cell, rest) in row.cells.iter().zip(&rest.cells) {
        if cell.column != rest.column {
            return false;
        }
        match (cell.lines.is_empty(), rest.lines.is_empty()) {
            (false, true) => ended = true,
            (true, false) => return false,
            (false, false) if begins_anew(cell, rest) => return false,
            (false, false) => goes_on = true,
            (true, true) => {}
        }
    }
    ended && goes_on
}

/// Whether `next` starts with a number though `cell` ended a sentence.
fn begins_anew(cell: &Cell, next: &Cell) -> bool {
    const ENDS: [char; 8] = ['。', '；', ';', '！', '!', '？', '?', '.'];
    let ended = cell.text().trim_end().ends_with(ENDS);
    let numbered = next.text().trim_start().starts_with(|character: char| {
        character.is_ascii_digit() || "（(一二三四五六七八九十①②③④⑤".contains(character)
    });
    ended && numbered
}
