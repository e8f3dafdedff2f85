//! Lines and tables of a page into reading order.
//!
//! Producers paint text mostly in the order in which it is read, and that order knows columns and
//! cells better than any geometry. So it is kept where it mostly runs down the page, and geometry
//! only places the few pieces that were painted out of turn: page numbers, stamps, form fields.

use duban_document::Bounds;

use super::Unit;

/// How many steps back up the page for each line tell that the order painted is no reading order.
const LINES_FOR_EACH_STEP: usize = 5;
/// How many steps back any page may have.
const FEW_STEPS: usize = 4;
/// Most pieces that are put in order as pieces.
const MOST_PIECES: usize = 256;
/// Gap above a line that does not go on in the column above it, in ems.
const APART: f32 = 1.2;
/// Least share of its column's width that running text fills, on the whole.
const FILLED: f32 = 0.6;
/// Fewest rows of text in columns.
const FEWEST_ROWS: usize = 3;

/// `units` in reading order.
pub(super) fn in_reading_order(mut units: Vec<Unit>) -> Vec<Unit> {
    units.sort_by_key(|unit| unit.order);
    let lines = units.len();
    let steps = units.windows(2).filter(|pair| matches!(pair, [last, next] if !goes_on(last, next))).count();
    let pieces = pieces(units);
    if steps <= FEW_STEPS.max(lines / LINES_FOR_EACH_STEP) && pieces.len() <= MOST_PIECES {
        arrange(pieces)
    } else {
        by_geometry(pieces.into_iter().flat_map(|piece| piece.units).collect())
    }
}

/// Units painted one below the other.
struct Piece {
    units: Vec<Unit>,
    bounds: Bounds,
}

/// Cuts units in the order painted wherever the next one stands above the last, or stands apart
/// below it and reaches beyond the column.
fn pieces(units: Vec<Unit>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for unit in units {
        if let Some(piece) = pieces.last_mut()
            && piece.units.last().is_some_and(|last| goes_on(last, &unit))
            && !leaves_column(piece, &unit)
        {
            piece.bounds = piece.bounds.cover(unit.bounds);
            piece.units.push(unit);
        } else {
            pieces.push(Piece { bounds: unit.bounds, units: vec![unit] });
        }
    }
    pieces
}

/// Whether `next` stands below `last`, or beside it to the right.
fn goes_on(last: &Unit, next: &Unit) -> bool {
    let size = last.size.max(next.size);
    if is_beside(last.bounds, next.bounds) {
        return next.bounds.x0 >= last.bounds.x1 - size;
    }
    middle(next.bounds) > middle(last.bounds)
}

fn leaves_column(piece: &Piece, next: &Unit) -> bool {
    let beyond = next.bounds.x0 < piece.bounds.x0 - next.size || next.bounds.x1 > piece.bounds.x1 + next.size;
    beyond && next.bounds.y0 - piece.bounds.y1 > APART * next.size
}

fn middle(bounds: Bounds) -> f32 {
    f32::midpoint(bounds.y0, bounds.y1)
}

/// Whether two boxes share most of the lower one's height.
fn is_beside(first: Bounds, second: Bounds) -> bool {
    let shared = first.y1.min(second.y1) - first.y0.max(second.y0);
    shared > 0.5 * (first.y1 - first.y0).min(second.y1 - second.y0)
}

/// Puts pieces in order: one wholly above the other first, then one wholly to the left; pieces that
/// lie among each other are merged line by line, unless they are columns.
fn arrange(mut pieces: Vec<Piece>) -> Vec<Unit> {
    if pieces.len() <= 1 {
        return pieces.pop().map(|piece| piece.units).unwrap_or_default();
    }
    for along in [false, true] {
        if let Some((before, after)) = cut(&mut pieces, along) {
            let mut units = arrange(before);
            units.extend(arrange(after));
            return units;
        }
    }
    let mut rest = pieces.into_iter();
    let first = rest.next().map(|piece| piece.units).unwrap_or_default();
    rest.fold(first, merge)
}

/// Cuts pieces in two by a line that crosses none: a horizontal one, or `along` a vertical one.
fn cut(pieces: &mut Vec<Piece>, along: bool) -> Option<(Vec<Piece>, Vec<Piece>)> {
    let low = |piece: &Piece| if along { piece.bounds.x0 } else { piece.bounds.y0 };
    let high = |piece: &Piece| if along { piece.bounds.x1 } else { piece.bounds.y1 };
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    let start = |index: &usize| pieces.get(*index).map_or(0.0, low);
    order.sort_by(|a, b| start(a).total_cmp(&start(b)));
    let mut end = f32::NEG_INFINITY;
    let mut edge = None;
    for index in order {
        let piece = pieces.get(index)?;
        // Boxes of neighbouring lines overlap a little.
        let slack = piece.units.first().map_or(0.0, |unit| unit.size) * 0.3;
        if end > f32::NEG_INFINITY && low(piece) >= end - slack {
            edge = Some(low(piece));
            break;
        }
        end = end.max(high(piece));
    }
    let edge = edge?;
    Some(std::mem::take(pieces).into_iter().partition(|piece| low(piece) < edge))
}

/// Merges a piece painted later into units before it.
fn merge(units: Vec<Unit>, piece: Piece) -> Vec<Unit> {
    let beside: Vec<&Unit> = units
        .iter()
        .filter(|unit| unit.bounds.y1 > piece.bounds.y0 && unit.bounds.y0 < piece.bounds.y1)
        .collect();
    let is_column = beside.len() >= FEWEST_ROWS
        && piece.units.len() >= FEWEST_ROWS
        && beside.iter().all(|unit| unit.bounds.x1 <= piece.bounds.x0 + unit.size);
    let mut merged: Vec<Unit> = Vec::with_capacity(units.len() + piece.units.len());
    let mut later = piece.units.into_iter().peekable();
    for unit in units {
        while !is_column
            && let Some(next) = later.next_if(|next| {
                if is_beside(next.bounds, unit.bounds) {
                    next.bounds.x0 < unit.bounds.x0
                } else {
                    middle(next.bounds) < middle(unit.bounds)
                }
            })
        {
            merged.push(next);
        }
        merged.push(unit);
    }
    merged.extend(later);
    merged
}

/// Orders units by where they stand alone: row by row, but text in columns column by column.
fn by_geometry(mut units: Vec<Unit>) -> Vec<Unit> {
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
fn fill<'u>(units: impl Iterator<Item = &'u Unit>) -> f32 {
    let (mut from, mut to, mut sum, mut count) = (f32::INFINITY, f32::NEG_INFINITY, 0.0f32, 0.0f32);
    for unit in units {
        from = from.min(unit.bounds.x0);
        to = to.max(unit.bounds.x1);
        sum += unit.bounds.x1 - unit.bounds.x0;
        count += 1.0;
    }
    if count > 0.0 && to > from { sum / count / (to - from) } else { 0.0 }
}
