//! Leaves out glyphs that nobody reads: beyond the page, painted twice, or under a scan's text.

use std::collections::HashMap;

use duban_document::Bounds;

use crate::{Direction, Glyph};

/// How far beyond the page's edge a glyph's middle may lie.
const MARGIN: f32 = 2.0;
/// How far apart two paintings of one glyph may be to make it bold, in ems.
const BOLD_SHIFT: f32 = 0.12;
/// How many inkless glyphs for each inked one tell a scan with a stamp or a page number on it.
const RECOGNISED_RATIO: usize = 5;

/// The glyphs that are read, and whether they are the invisible layer over a scan.
pub(super) fn clean(glyphs: Vec<Glyph>, width: f32, height: f32) -> (Vec<Glyph>, bool) {
    let inside = |glyph: &Glyph| {
        let (x, y) = middle(glyph.bounds);
        x > -MARGIN && y > -MARGIN && x < width + MARGIN && y < height + MARGIN
    };
    let mut glyphs: Vec<Glyph> =
        if glyphs.iter().any(inside) { glyphs.into_iter().filter(inside).collect() } else { glyphs };
    let inked = glyphs.iter().filter(|glyph| glyph.inked && !glyph.is_space()).count();
    let inkless = glyphs.iter().filter(|glyph| !glyph.inked && !glyph.is_space()).count();
    let recognised = inkless > inked * RECOGNISED_RATIO;
    if !recognised {
        glyphs.retain(|glyph| glyph.inked);
    }
    (without_doubles(glyphs), recognised)
}

/// Drops glyphs painted again where they already stand: fake bold, shadows. Where a font tells no
/// widths, all glyphs of a run stand at one place and say nothing.
fn without_doubles(glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let mut seen: HashMap<(char, i32, i32), (f32, f32)> = HashMap::with_capacity(glyphs.len());
    let is_new = |glyph: &Glyph| {
        if glyph.is_space() || !has_advance(glyph) {
            return true;
        }
        let (x, y) = middle(glyph.bounds);
        let longer = (glyph.bounds.x1 - glyph.bounds.x0).max(glyph.bounds.y1 - glyph.bounds.y0);
        let reach = (glyph.size * BOLD_SHIFT).min(longer / 2.0).clamp(0.1, 4.0);
        let (column, row) = (bucket(x), bucket(y));
        for near_column in column - 1..=column + 1 {
            for near_row in row - 1..=row + 1 {
                if let Some((other_x, other_y)) = seen.get(&(glyph.character, near_column, near_row))
                    && (other_x - x).abs() <= reach
                    && (other_y - y).abs() <= reach
                {
                    return false;
                }
            }
        }
        seen.insert((glyph.character, column, row), (x, y));
        true
    };
    let mut is_new = is_new;
    glyphs.into_iter().filter(|glyph| is_new(glyph)).collect()
}

/// Whether the glyph takes room along its line.
fn has_advance(glyph: &Glyph) -> bool {
    let Bounds { x0, y0, x1, y1 } = glyph.bounds;
    match glyph.direction {
        Direction::Right | Direction::Left => x1 > x0,
        Direction::Down | Direction::Up => y1 > y0,
        Direction::Oblique => true,
    }
}

fn middle(bounds: Bounds) -> (f32, f32) {
    (f32::midpoint(bounds.x0, bounds.x1), f32::midpoint(bounds.y0, bounds.y1))
}

/// The cell of a grid of 4 points, the farthest that doubles lie apart.
#[expect(clippy::cast_possible_truncation, reason = "places lie within 100,000 points")]
fn bucket(place: f32) -> i32 {
    (place / 4.0).floor() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyph(character: char, x: f32, inked: bool) -> Glyph {
        let bounds = Bounds { x0: x, y0: 100.0, x1: x + 16.0, y1: 116.0 };
        Glyph { character, bounds, direction: Direction::Right, size: 16.0, inked }
    }

    #[test]
    fn fake_bold_is_one_glyph() {
        let glyphs = vec![glyph('一', 50.0, true), glyph('一', 50.4, true), glyph('一', 66.0, true)];
        assert_eq!(clean(glyphs, 600.0, 800.0).0.len(), 2);
    }

    #[test]
    fn glyphs_without_widths_are_no_doubles() {
        let mut glyphs = vec![glyph('2', 50.0, true), glyph('0', 50.0, true), glyph('2', 50.0, true)];
        for glyph in &mut glyphs {
            glyph.bounds.x1 = glyph.bounds.x0;
        }
        assert_eq!(clean(glyphs, 600.0, 800.0).0.len(), 3);
    }

    #[test]
    fn invisible_text_is_read_only_over_a_scan() {
        let inked = vec![glyph('甲', 50.0, true), glyph('乙', 80.0, false)];
        let (read, recognised) = clean(inked, 600.0, 800.0);
        assert!(!recognised && read.len() == 1);
        let inkless = vec![glyph('甲', 50.0, false), glyph('乙', 80.0, false)];
        let (read, recognised) = clean(inkless, 600.0, 800.0);
        assert!(recognised && read.len() == 2);
    }

    #[test]
    fn text_beyond_the_page_is_left_out() {
        let glyphs = vec![glyph('甲', 50.0, true), glyph('乙', 700.0, true)];
        assert_eq!(clean(glyphs, 600.0, 800.0).0.len(), 1);
    }
}
