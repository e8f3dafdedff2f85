//! Vertical writing that is painted glyph by glyph, each one upright below the last.
//!
//! Producers with fonts for vertical writing say so; others place every glyph themselves, and only
//! the steps from one to the next tell.

use crate::Direction;
use crate::Glyph;

/// Fewest steps down that tell.
const FEWEST_STEPS: usize = 12;
/// How many steps down for each step to the right tell vertical writing.
const RATIO: usize = 3;
/// Fewest glyphs of a column.
const SHORTEST_COLUMN: usize = 3;

#[derive(Clone, Copy, PartialEq)]
enum Step {
    Right,
    Down,
    Other,
}

/// Turns the direction of glyphs that stand in columns, where most of the page does.
pub(super) fn find_columns(glyphs: &mut [Glyph]) {
    let steps: Vec<Step> = glyphs
        .windows(2)
        .map(|pair| match pair {
            [last, next] => step(last, next),
            _ => Step::Other,
        })
        .collect();
    let is_upright = |pair: &[Glyph]| pair.iter().all(|glyph| glyph.direction == Direction::Right);
    let upright = || glyphs.windows(2).zip(&steps).filter(|(pair, _)| is_upright(pair));
    let count = |wanted: Step| upright().filter(|(_, step)| **step == wanted).count();
    let down = count(Step::Down);
    if down < FEWEST_STEPS || down < count(Step::Right) * RATIO {
        return;
    }
    let mut start = 0;
    while start < glyphs.len() {
        let len = 1 + steps.iter().skip(start).take_while(|step| **step == Step::Down).count();
        if len >= SHORTEST_COLUMN {
            for glyph in glyphs.iter_mut().skip(start).take(len) {
                glyph.direction = Direction::Down;
            }
        }
        start += len;
    }
    join_ends(glyphs);
}

/// Columns of one or two glyphs stand between columns, not between lines.
fn join_ends(glyphs: &mut [Glyph]) {
    for index in 1..glyphs.len() {
        let (before, after) = glyphs.split_at_mut(index);
        if let (Some(last), Some(next)) = (before.last(), after.first_mut())
            && last.direction == Direction::Down
            && next.direction == Direction::Right
            && next.bounds.x1 <= last.bounds.x0 + next.size * 0.3
            && last.bounds.x0 - next.bounds.x1 < next.size * 2.0
        {
            next.direction = Direction::Down;
        }
    }
}

/// The step from one glyph to the next. Figures are turned where they stand in a column of upright
/// characters, so that both may follow each other.
fn step(last: &Glyph, next: &Glyph) -> Step {
    let may_stand = |glyph: &Glyph| matches!(glyph.direction, Direction::Right | Direction::Down);
    if !may_stand(last) || !may_stand(next) {
        return Step::Other;
    }
    let size = last.size.max(next.size);
    let across = (next.bounds.x0 + next.bounds.x1 - last.bounds.x0 - last.bounds.x1) / 2.0;
    let down = next.bounds.y0 - last.bounds.y0;
    if down.abs() < size * 0.3 && across > 0.0 && across < size * 2.0 {
        Step::Right
    } else if across.abs() < size * 0.6 && down > size * 0.4 && down < size * 1.8 {
        Step::Down
    } else {
        Step::Other
    }
}

#[cfg(test)]
mod tests {
    use duban_document::Bounds;

    use super::*;

    fn glyph(x: f32, y: f32) -> Glyph {
        let bounds = Bounds { x0: x, y0: y, x1: x + 16.0, y1: y + 16.0 };
        Glyph { character: '一', bounds, direction: Direction::Right, size: 16.0, inked: true }
    }

    #[test]
    fn columns_are_found_and_lines_left_alone() {
        let mut glyphs: Vec<Glyph> = (0u8..20).map(|row| glyph(300.0, f32::from(row) * 16.0)).collect();
        glyphs.extend((0u8..4).map(|column| glyph(100.0 + f32::from(column) * 16.0, 700.0)));
        find_columns(&mut glyphs);
        assert!(glyphs[..20].iter().all(|glyph| glyph.direction == Direction::Down));
        assert!(glyphs[20..].iter().all(|glyph| glyph.direction == Direction::Right));
    }

    #[test]
    fn upright_glyphs_between_turned_figures_are_in_their_column() {
        let mut glyphs: Vec<Glyph> = (0u8..20).map(|row| glyph(300.0, f32::from(row) * 16.0)).collect();
        let figure = |y: f32| Glyph { direction: Direction::Down, ..glyph(299.0, y) };
        glyphs.extend([
            figure(320.0),
            figure(328.0),
            glyph(300.0, 336.0),
            figure(352.0),
            glyph(300.0, 360.0),
        ]);
        find_columns(&mut glyphs);
        assert!(glyphs.iter().all(|glyph| glyph.direction == Direction::Down));
    }

    #[test]
    fn a_narrow_cell_is_no_vertical_writing() {
        let mut glyphs: Vec<Glyph> = (0u8..60).map(|column| glyph(f32::from(column) * 16.0, 0.0)).collect();
        glyphs.extend((0u8..5).map(|row| glyph(50.0, f32::from(row) * 20.0)));
        find_columns(&mut glyphs);
        assert!(glyphs.iter().all(|glyph| glyph.direction == Direction::Right));
    }
}
