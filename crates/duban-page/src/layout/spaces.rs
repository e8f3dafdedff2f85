//! Spaces that are only seen, as gaps.
//!
//! Chinese has none between words, and printers stretch lines by small gaps everywhere; so a gap
//! within a run is a space between words of ASCII letters and digits only.

use duban_document::Bounds;

use super::Placed;
use crate::{Character, Direction};

/// Narrowest gap between words, in ems.
const WORD_GAP: f32 = 0.2;

/// The characters of a line's glyphs, with spaces for such gaps.
pub(super) fn with_spaces(glyphs: &[Placed]) -> Vec<Character> {
    let mut characters: Vec<Character> = Vec::with_capacity(glyphs.len());
    let mut last: Option<&Placed> = None;
    for glyph in glyphs {
        if let Some(last) = last
            && is_space_between(last, glyph)
        {
            characters.push(between(last.glyph.bounds, glyph.glyph.bounds));
        }
        characters.push(Character { character: glyph.glyph.character, bounds: glyph.glyph.bounds });
        last = Some(glyph);
    }
    characters
}

fn is_space_between(last: &Placed, next: &Placed) -> bool {
    if last.glyph.is_space() || next.glyph.is_space() || last.glyph.direction == Direction::Oblique {
        return false;
    }
    let size = last.glyph.size.min(next.glyph.size);
    let width = next.bounds.x0 - last.bounds.x1;
    let words = is_word(last.glyph.character) && is_word(next.glyph.character);
    words && width > WORD_GAP * size
}

fn is_word(character: char) -> bool {
    character.is_ascii_graphic()
}

/// A space in the gap between two boxes.
pub(super) fn between(last: Bounds, next: Bounds) -> Character {
    Character { character: ' ', bounds: gap(last, next) }
}

/// The box between two boxes, along whichever axis they lie apart.
fn gap(last: Bounds, next: Bounds) -> Bounds {
    let between = |low0: f32, low1: f32, high0: f32, high1: f32| {
        if low1 <= high0 {
            Some((low1, high0))
        } else if high1 <= low0 {
            Some((high1, low0))
        } else {
            None
        }
    };
    let across = between(last.x0, last.x1, next.x0, next.x1);
    let down = between(last.y0, last.y1, next.y0, next.y1).filter(|_| across.is_none());
    let (x0, x1) = across.unwrap_or((last.x0.max(next.x0), last.x1.min(next.x1)));
    let (y0, y1) = down.unwrap_or((last.y0.max(next.y0), last.y1.min(next.y1)));
    Bounds { x0, y0, x1: x1.max(x0), y1: y1.max(y0) }
}
