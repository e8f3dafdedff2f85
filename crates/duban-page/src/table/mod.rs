//! Ruling lines and gaps to tables, and glyphs into their cells.

mod bands;
mod centred;
mod grid;
mod join;
mod rows;
mod segments;
mod unruled;

use duban_document::Bounds;

use self::grid::{Grid, Span};
pub use self::join::join_pages;
use crate::layout::{Frame, Placed, Unit, cell_lines};
use crate::{Cell, Item, Row, Rule, Table};

/// Fewest cells with text that make a table.
const FEWEST_FILLED: usize = 2;
/// Most lines of a title over all columns; what has more is text that stands with a table in one frame.
const MOST_TITLE_LINES: usize = 6;

/// The tables in the frame, with their text, and the glyphs outside them.
pub(crate) fn find(frame: &Frame, rules: &[Rule], glyphs: Vec<Placed>) -> (Vec<Unit>, Vec<Placed>) {
    let (lying, standing) = segments::segments(frame, rules);
    let mut grids = grid::grids(&lying, &standing);
    // A table inside a cell of another takes its text first.
    grids.sort_by(|a, b| a.area().total_cmp(&b.area()));
    let mut units = Vec::new();
    let mut rest = glyphs;
    for grid in &grids {
        rest = fill(frame, grid, rest, &mut units);
    }
    for grid in &unruled::grids(&rest, &lying) {
        rest = fill(frame, grid, rest, &mut units);
    }
    (units, rest)
}

/// Puts glyphs into the cells of a grid; gives those outside it.
fn fill(frame: &Frame, grid: &Grid, glyphs: Vec<Placed>, units: &mut Vec<Unit>) -> Vec<Placed> {
    let mut cells: Vec<Vec<Placed>> = vec![Vec::new(); grid.cells.len()];
    let mut outside = Vec::with_capacity(glyphs.len());
    for glyph in glyphs {
        let (x, y) = middle(glyph.bounds);
        match grid.cell_at(x, y).and_then(|index| cells.get_mut(index)) {
            Some(cell) => cell.push(glyph),
            None => outside.push(glyph),
        }
    }
    let is_filled = |cell: &&Vec<Placed>| cell.iter().any(|glyph| !glyph.glyph.is_space());
    let is_table = cells.iter().filter(is_filled).count() >= FEWEST_FILLED;
    let framed = framed_rows(frame, grid, &cells);
    let kept = cells.split_off(if is_table { framed } else { cells.len() });
    if !cells.is_empty() {
        outside.extend(cells.into_iter().flatten());
        outside.sort_by_key(|glyph| glyph.order);
    }
    if is_table {
        units.push(unit(frame, grid, framed, kept));
    }
    outside
}

/// How many first rows are text that stands with the table in one frame. Each is a cell of its own.
fn framed_rows(frame: &Frame, grid: &Grid, cells: &[Vec<Placed>]) -> usize {
    let is_whole = |span: &Span| span.columns + 1 == grid.columns.len() && span.rows == 1;
    let is_text = |cell: &&Vec<Placed>| cell_lines((*cell).clone(), frame.direction).len() > MOST_TITLE_LINES;
    let whole =
        grid.cells.iter().take_while(|span| is_whole(span)).count().min(cells.len().saturating_sub(1));
    cells.iter().take(whole).take_while(is_text).count()
}

fn middle(bounds: Bounds) -> (f32, f32) {
    (f32::midpoint(bounds.x0, bounds.x1), f32::midpoint(bounds.y0, bounds.y1))
}

/// The table of a grid without its first `skipped` rows, each of which is one cell.
fn unit(frame: &Frame, grid: &Grid, skipped: usize, cells: Vec<Vec<Placed>>) -> Unit {
    let order = cells.iter().flatten().map(|glyph| glyph.order).min().unwrap_or(0);
    let size = cells.iter().flatten().next().map_or(10.0, |glyph| glyph.glyph.size);
    let (columns, rows) = (grid.columns.len() - 1, grid.rows.len() - 1 - skipped);
    let whole = Span { column: 0, row: skipped, columns, rows };
    let mut rows: Vec<Row> = vec![Row::default(); whole.rows];
    for (span, glyphs) in grid.cells.iter().skip(skipped).zip(cells) {
        let cell = Cell {
            column: span.column,
            column_span: span.columns,
            row_span: span.rows,
            bounds: frame.leave(bounds(grid, *span)),
            lines: cell_lines(glyphs, frame.direction),
        };
        if let Some(row) = rows.get_mut(span.row.saturating_sub(skipped)) {
            row.cells.push(cell);
        }
    }
    // A frame that ends below the table, around both it and other text, leaves a blank row.
    let is_blank = |row: &Row| match row.cells.as_slice() {
        [only] => only.column_span == whole.columns && only.lines.is_empty(),
        _ => false,
    };
    let has_blank = rows.pop_if(|row| is_blank(row)).is_some();
    let bounds = bounds(grid, whole);
    let table = Table {
        bounds: frame.leave(bounds),
        columns: grid.columns.clone(),
        ruled: grid.ruled,
        rows,
        open_below: grid.open_below && !has_blank,
        continued: None,
    };
    Unit { item: Item::Table(table), bounds, size, order }
}

fn bounds(grid: &Grid, span: Span) -> Bounds {
    let edge = |edges: &[f32], index: usize| edges.get(index).copied().unwrap_or(0.0);
    Bounds {
        x0: edge(&grid.columns, span.column),
        y0: edge(&grid.rows, span.row),
        x1: edge(&grid.columns, span.column + span.columns),
        y1: edge(&grid.rows, span.row + span.rows),
    }
}
