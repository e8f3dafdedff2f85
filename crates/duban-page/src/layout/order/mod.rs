//! Lines and tables of a page into reading order.
//!
//! Producers paint text mostly in the order in which it is read, and that order knows columns and
//! cells better than any geometry. So it is kept where it mostly runs down the page, and geometry
//! only places the few pieces that were painted out of turn: page numbers, stamps, form fields.

mod columns;

use duban_document::Bounds;

use self::columns::{FEWEST_ROWS, FILLED, by_geometry, fill};
use super::{Unit, rows};

/// How many steps back up the page for each line tell that the order painted is no reading order.
const LINES_FOR_EACH_STEP: usize = 5;
/// How many steps back any page may have.
const FEW_STEPS: usize = 4;
/// Most pieces that are put in order as pieces.
const MOST_PIECES: usize = 256;
/// Gap above a line that does not go on in the column above it, in ems.
const APART: f32 = 1.2;

/// `units` in reading order.
pub(super) fn in_reading_order(mut units: Vec<Unit>) -> Vec<Unit> {
    units.sort_by_key(|unit| unit.order);
    let lines = units.len();
    let steps = units.windows(2).filter(|pair| matches!(pair, [last, next] if !goes_on(last, next))).count();
    let pieces = pieces(units);
    let ordered = if steps <= FEW_STEPS.max(lines / LINES_FOR_EACH_STEP) && pieces.len() <= MOST_PIECES {
        arrange(pieces)
    } else {
        by_geometry(pieces.into_iter().flat_map(|piece| piece.units).collect())
    };
    rows::joined(ordered)
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
pub(super) fn is_beside(first: Bounds, second: Bounds) -> bool {
    let shared = first.y1.min(second.y1) - first.y0.max(second.y0);
    shared > 0.5 * (first.y1 - first.y0).min(second.y1 - second.y0)
}

/// Puts pieces in order: one wholly above the other first, then columns from the left; pieces that
/// lie among each other are merged line by line.
fn arrange(mut pieces: Vec<Piece>) -> Vec<Unit> {
    if pieces.len() <= 1 {
        return pieces.pop().map(|piece| row_by_row(piece.units)).unwrap_or_default();
    }
    for along in [false, true] {
        let Some(edge) = cut(&pieces, along) else { continue };
        let (before, after): (Vec<Piece>, Vec<Piece>) =
            pieces.into_iter().partition(|piece| low(piece, along) < edge);
        let count = |pieces: &[Piece]| pieces.iter().map(|piece| piece.units.len()).sum::<usize>();
        if !along || is_column(before.iter().flat_map(|piece| &piece.units), count(&after)) {
            let mut units = arrange(before);
            units.extend(arrange(after));
            return units;
        }
        pieces = before.into_iter().chain(after).collect();
        pieces.sort_by_key(|piece| piece.units.first().map(|unit| unit.order));
    }
    let mut rest = pieces.into_iter();
    let first = rest.next().map(|piece| piece.units).unwrap_or_default();
    rest.fold(first, merge)
}

/// Text in columns that was painted row by row across them.
fn row_by_row(units: Vec<Unit>) -> Vec<Unit> {
    let across = |pair: &&[Unit]| matches!(pair, [last, next] if is_beside(last.bounds, next.bounds));
    if units.windows(2).filter(across).count() >= FEWEST_ROWS { by_geometry(units) } else { units }
}

fn low(piece: &Piece, along: bool) -> f32 {
    if along { piece.bounds.x0 } else { piece.bounds.y0 }
}

/// Where a line that crosses no piece cuts them in two: a horizontal one, or `along` a vertical one.
fn cut(pieces: &[Piece], along: bool) -> Option<f32> {
    let high = |piece: &Piece| if along { piece.bounds.x1 } else { piece.bounds.y1 };
    let mut order: Vec<&Piece> = pieces.iter().collect();
    order.sort_by(|a, b| low(a, along).total_cmp(&low(b, along)));
    let first = low(order.first()?, along);
    let mut end = f32::NEG_INFINITY;
    for piece in order {
        // Boxes of neighbouring lines overlap a little.
        let slack = piece.units.first().map_or(0.0, |unit| unit.size) * 0.3;
        let start = low(piece, along);
        if start > first && start >= end - slack {
            return Some(start);
        }
        end = end.max(high(piece));
    }
    None
}

/// Whether text with as many units to its right as `later` is a column, rather than labels with
/// their values.
fn is_column<'u>(left: impl Iterator<Item = &'u Unit> + Clone, later: usize) -> bool {
    left.clone().count() >= FEWEST_ROWS && (later >= FEWEST_ROWS || fill(left) >= FILLED)
}

/// Merges a piece painted later into units before it.
fn merge(units: Vec<Unit>, piece: Piece) -> Vec<Unit> {
    let beside =
        units.iter().filter(|unit| unit.bounds.y1 > piece.bounds.y0 && unit.bounds.y0 < piece.bounds.y1);
    let clears = beside.clone().all(|unit| unit.bounds.x1 <= piece.bounds.x0 + unit.size);
    let is_column = clears && is_column(beside, piece.units.len());
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
