//! Pieces of one printed line that stand apart: a label and what follows its tab, a name and a date.

use super::order::is_beside;
use super::{Unit, spaces};
use crate::Item;

/// Widest gap within a line, in ems.
const WIDEST_GAP: f32 = 4.0;
/// Fewest single characters that show a line spread over its column.
const FEWEST_SPREAD: usize = 4;
/// How far the steps of a line spread evenly differ, in ems.
const UNEVEN: f32 = 0.1;

/// Joins neighbours in reading order that stand on one line, with a space between.
pub(super) fn joined(units: Vec<Unit>) -> Vec<Unit> {
    let mut rows: Vec<Vec<Unit>> = Vec::with_capacity(units.len());
    for unit in units {
        match rows.last_mut() {
            Some(row) if row.last().is_some_and(|last| is_next(last, &unit)) => row.push(unit),
            _ => rows.push(vec![unit]),
        }
    }
    rows.into_iter().filter_map(join).collect()
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

fn join(row: Vec<Unit>) -> Option<Unit> {
    let spread = is_spread(&row);
    row.into_iter().reduce(|mut row, unit| {
        append(&mut row, unit, spread);
        row
    })
}

/// Whether single characters stand evenly apart, as justification spreads a line over its column.
fn is_spread(row: &[Unit]) -> bool {
    // Figures that stand apart are figures by themselves: months along a line, a year's columns.
    let is_single = |unit: &Unit| match &unit.item {
        Item::Line(line) => matches!(line.characters.as_slice(), [only] if !only.character.is_ascii()),
        Item::Table(_) => false,
    };
    let steps = row.windows(2).filter_map(|pair| match pair {
        [last, next] if is_single(last) && is_single(next) => Some(next.bounds.x0 - last.bounds.x0),
        _ => None,
    });
    let (least, most) =
        steps.fold((f32::INFINITY, 0.0f32), |(least, most), step| (least.min(step), most.max(step)));
    let singles = row.iter().filter(|unit| is_single(unit)).count();
    let even = row.first().is_some_and(|first| most - least <= UNEVEN * first.size);
    singles >= FEWEST_SPREAD && singles * 4 >= row.len() * 3 && even
}

fn append(last: &mut Unit, next: Unit, spread: bool) {
    let (Item::Line(left), Item::Line(right)) = (&mut last.item, next.item) else { return };
    if let (Some(end), Some(start)) = (left.characters.last(), right.characters.first())
        && !spread
    {
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

#[cfg(test)]
mod tests {
    use duban_document::Bounds;

    use super::*;
    use crate::{Character, Direction, Line};

    /// The joined text of pieces of 16 points that begin at the places given.
    fn row(pieces: &[(&str, f32)]) -> Vec<String> {
        let unit = |(order, (text, x)): (usize, &(&str, f32))| {
            let places = std::iter::successors(Some(*x), |x| Some(x + 16.0));
            let characters: Vec<Character> = text
                .chars()
                .zip(places)
                .map(|(character, x)| {
                    let bounds = Bounds { x0: x, y0: 100.0, x1: x + 16.0, y1: 116.0 };
                    Character { character, bounds }
                })
                .collect();
            let bounds = characters.iter().fold(characters[0].bounds, |all, it| all.cover(it.bounds));
            let line = Line { characters, bounds, size: 16.0, direction: Direction::Right };
            Unit { item: Item::Line(line), bounds, size: 16.0, order }
        };
        let units = joined(pieces.iter().enumerate().map(unit).collect());
        units
            .iter()
            .map(|unit| match &unit.item {
                Item::Line(line) => line.text(),
                Item::Table(_) => String::new(),
            })
            .collect()
    }

    #[test]
    fn pieces_that_stand_apart_keep_a_space() {
        assert_eq!(row(&[("一、", 50.0), ("工作要求", 100.0)]), ["一、 工作要求"]);
        assert_eq!(row(&[("甲", 50.0), ("乙", 90.0), ("丙", 150.0), ("丁", 180.0)]), ["甲 乙 丙 丁"]);
    }

    #[test]
    fn a_line_spread_over_its_column_has_no_spaces() {
        let spread = [("各", 50.0), ("镇", 81.0), ("街", 112.0), ("道", 143.0), ("办", 174.0)];
        assert_eq!(row(&spread), ["各镇街道办"]);
        let figures = [("1", 50.0), ("2", 81.0), ("3", 112.0), ("4", 143.0), ("5", 174.0)];
        assert_eq!(row(&figures), ["1 2 3 4 5"]);
    }
}
