//! Pieces of one printed line that stand apart: a label and what follows its tab, a name and a date.

use super::order::is_beside;
use super::{Unit, spaces};
use crate::Item;

/// Widest gap within a line, in ems.
const WIDEST_GAP: f32 = 4.0;

/// Joins neighbours in reading order that stand on one line, with a space between.
pub(super) fn joined(units: Vec<Unit>) -> Vec<Unit> {
    let mut joined: Vec<Unit> = Vec::with_capacity(units.len());
    for unit in units {
        match joined.last_mut() {
            Some(last) if is_next(last, &unit) => append(last, unit),
            _ => joined.push(unit),
        }
    }
    joined
}

fn is_next(last: &Unit, next: &Unit) -> bool {
    let (Item::Line(left), Item::Line(right)) = (&last.item, &next.item) else { return false };
    let gap = next.bounds.x0 - last.bounds.x1;
    let size = last.size.max(next.size);
    left.direction == right.direction
        && is_beside(last.bounds, next.bounds)
        && gap >= 0.0
        && gap <= WIDEST_GAP * size
}

fn append(last: &mut Unit, next: Unit) {
    let (Item::Line(left), Item::Line(right)) = (&mut last.item, next.item) else { return };
    if let (Some(end), Some(start)) = (left.characters.last(), right.characters.first()) {
        left.characters.push(spaces::between(end.bounds, start.bounds));
    }
    if right.characters.len() > left.characters.len() {
        left.size = right.size;
        last.size = next.size;
    }
    left.characters.extend(right.characters);
    left.bounds = left.bounds.cover(right.bounds);
    last.bounds = last.bounds.cover(next.bounds);
}
