//! Reading order by geometry alone: rows from the top, text in columns column by column.

use super::super::Unit;
use super::{is_beside, middle};

/// Least share of its column's width that running text fills, on the whole.
pub(super) const FILLED: f32 = 0.6;
/// Fewest rows of text in columns.
pub(super) const FEWEST_ROWS: usize = 3;

/// Orders units by where they stand alone: row by row, but text in columns column by column.
pub(super) fn by_geometry(mut units: Vec<Unit>) -> Vec<Unit> {
    units.sort_by(|a, b| middle(a.bounds).total_cmp(&middle(b.bounds)));
    let mut rows: Vec<Vec<Unit>> = Vec::new();
    for unit in units {
        match rows.last_mut() {
            Some(row) if row.iter().all(|other| is_beside(other.bounds, unit.bounds)) => row.push(unit),
            _ => rows.push(vec![unit]),
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.bounds.x0.total_cmp(&b.bounds.x0));
    }
    let mut ordered = Vec::new();
    let mut rows = rows.into_iter().peekable();
    while let Some(row) = rows.next() {
        let Some(mut gutter) = widest_gap(&row) else {
            ordered.extend(row);
            continue;
        };
        let mut band = vec![row];
        while let Some(row) = rows.next_if(|row| narrow(&mut gutter, row)) {
            band.push(row);
        }
        ordered.extend(columns(band, gutter));
    }
    ordered
}

/// The widest gap between neighbours of a row, where it is wide enough for a gutter.
fn widest_gap(row: &[Unit]) -> Option<(f32, f32)> {
    let gaps = row.windows(2).filter_map(|pair| match pair {
        [left, right] => Some((left.bounds.x1, right.bounds.x0, left.size)),
        _ => None,
    });
    gaps.filter(|(from, to, size)| to - from >= *size)
        .max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)))
        .map(|(from, to, _)| (from, to))
}

/// Narrows a gutter so that it clears `row` too; `false` where the row crosses it.
fn narrow(gutter: &mut (f32, f32), row: &[Unit]) -> bool {
    let (mut from, mut to) = *gutter;
    let centre = f32::midpoint(from, to);
    for unit in row {
        if unit.bounds.x1 <= centre {
            from = from.max(unit.bounds.x1);
        } else if unit.bounds.x0 >= centre {
            to = to.min(unit.bounds.x0);
        } else {
            return false;
        }
    }
    let clear = row.first().is_some_and(|unit| to - from >= unit.size * 0.8);
    if clear {
        *gutter = (from, to);
    }
    clear
}

/// The units of a band of rows, column by column where both sides are running text.
fn columns(band: Vec<Vec<Unit>>, gutter: (f32, f32)) -> Vec<Unit> {
    let centre = f32::midpoint(gutter.0, gutter.1);
    let is_left = |unit: &Unit| unit.bounds.x1 <= centre;
    let both = band.iter().filter(|row| row.iter().any(is_left) && !row.iter().all(is_left)).count();
    let is_text = |left: bool| fill(band.iter().flatten().filter(|unit| is_left(unit) == left)) >= FILLED;
    if both < FEWEST_ROWS || !is_text(true) || !is_text(false) {
        return band.into_iter().flatten().collect();
    }
    let (left, right): (Vec<Unit>, Vec<Unit>) = band.into_iter().flatten().partition(is_left);
    let mut units = by_geometry(left);
    units.extend(by_geometry(right));
    units
}

/// The share of their common width that lines fill, on the whole.
pub(super) fn fill<'u>(units: impl Iterator<Item = &'u Unit>) -> f32 {
    let (mut from, mut to, mut sum, mut count) = (f32::INFINITY, f32::NEG_INFINITY, 0.0f32, 0.0f32);
    for unit in units {
        from = from.min(unit.bounds.x0);
        to = to.max(unit.bounds.x1);
        sum += unit.bounds.x1 - unit.bounds.x0;
        count += 1.0;
    }
    if count > 0.0 && to > from { sum / count / (to - from) } else { 0.0 }
}
