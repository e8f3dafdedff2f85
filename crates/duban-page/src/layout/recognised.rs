//! The boxes of recognised characters.
//!
//! Programs that lay recognised text over a scan place each word, and stretch it together with the space
//! behind it; the box of a character may end far before its picture does.

use duban_document::Bounds;

use crate::{Direction, Glyph};

/// Widest character that is none of ASCII, and widest of ASCII, in ems.
const WIDE: f32 = 1.0;
const NARROW: f32 = 0.6;

/// Widens the boxes of characters up to the next one of their line, as far as characters are wide.
pub(super) fn widen(glyphs: &mut [Glyph]) {
    let mut next: Option<Glyph> = None;
    for glyph in glyphs.iter_mut().rev().filter(|glyph| !glyph.is_space()) {
        if let Some(next) = next.filter(|next| follows(glyph, next)) {
            let widest = glyph.size * if glyph.character.is_ascii() { NARROW } else { WIDE };
            let end = (glyph.bounds.x0 + widest).min(next.bounds.x0);
            glyph.bounds.x1 = glyph.bounds.x1.max(end);
        }
        next = Some(*glyph);
    }
}

/// Whether `next` stands in one line with `glyph`, behind it.
fn follows(glyph: &Glyph, next: &Glyph) -> bool {
    let (Bounds { y0, y1, .. }, other) = (glyph.bounds, next.bounds);
    let level = (f32::midpoint(y0, y1) - f32::midpoint(other.y0, other.y1)).abs() < (y1 - y0) / 2.0;
    let run = glyph.direction == Direction::Right && next.direction == Direction::Right;
    run && level && other.x0 >= glyph.bounds.x0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_reach_up_to_the_next() {
        let glyph = |(character, x0, x1): (char, f32, f32)| {
            let bounds = Bounds { x0, y0: 100.0, x1, y1: 120.0 };
            Glyph { character, bounds, direction: Direction::Right, size: 20.0, inked: false }
        };
        let marks =
            [('月', 0.0, 3.0), (' ', 3.0, 6.0), ('底', 17.0, 27.0), ('前', 80.0, 90.0), ('1', 100.0, 104.0)];
        let mut below = glyph(('，', 110.0, 114.0));
        below.bounds = Bounds { y0: 130.0, y1: 150.0, ..below.bounds };
        let mut all = marks.map(glyph).to_vec();
        all.push(below);
        widen(&mut all);
        let ends: Vec<f32> = all.iter().map(|glyph| glyph.bounds.x1).collect();
        assert_eq!(ends, [17.0, 6.0, 37.0, 100.0, 104.0, 114.0]);
    }
}
