//! Spaces that are only seen, as gaps.
//!
//! Chinese has none between words, and printers stretch lines by small gaps everywhere; so a gap
//! within a run is a space between words of ASCII letters and digits only, and only by how much it is
//! wider than the gap that the whole line has between its glyphs.

use duban_document::Bounds;

use super::Placed;
use crate::{Character, Direction};

/// Narrowest gap between words, in ems.
const WORD_GAP: f32 = 0.2;
/// Fewest gaps of a line that tell how far apart its glyphs are set.
const FEWEST_GAPS: usize = 3;

/// The characters of a line's glyphs, with spaces for such gaps.
pub(super) fn with_spaces(glyphs: &[Placed]) -> Vec<Character> {
    let mut characters: Vec<Character> = Vec::with_capacity(glyphs.len());
    let mut last: Option<&Placed> = None;
    let spacing = letter_spacing(glyphs);
    for glyph in glyphs {
        if let Some(last) = last
            && is_space_between(last, glyph, spacing)
        {
            characters.push(between(last.glyph.bounds, glyph.glyph.bounds));
        }
        characters.push(Character { character: glyph.glyph.character, bounds: glyph.glyph.bounds });
        last = Some(glyph);
    }
    characters
}

/// The gap that most neighbours in a line have between them: letter-spaced and stretched lines are
/// set apart everywhere. Two figures side by side do not tell: they may be two numbers.
fn letter_spacing(glyphs: &[Placed]) -> f32 {
    let gaps = glyphs.windows(2).filter_map(|pair| match pair {
        [last, next] if !last.glyph.is_space() && !next.glyph.is_space() => {
            let figures = last.glyph.character.is_ascii_digit() && next.glyph.character.is_ascii_digit();
            (!figures).then_some(next.bounds.x0 - last.bounds.x1)
        }
        _ => None,
    });
    let mut gaps: Vec<f32> = gaps.collect();
    gaps.sort_by(f32::total_cmp);
    let usual = gaps.get(gaps.len() / 2).copied().filter(|_| gaps.len() >= FEWEST_GAPS);
    usual.map_or(0.0, |gap| gap.max(0.0))
}

fn is_space_between(last: &Placed, next: &Placed, spacing: f32) -> bool {
    if last.glyph.is_space() || next.glyph.is_space() || last.glyph.direction == Direction::Oblique {
        return false;
    }
    let size = last.glyph.size.min(next.glyph.size);
    let width = next.bounds.x0 - last.bounds.x1;
    let words = is_word(last.glyph.character) && is_word(next.glyph.character);
    words && width - spacing > WORD_GAP * size
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Glyph;

    /// The text of glyphs set `spacing` points apart, a further `gap` at each `_`.
    fn spaced(text: &str, spacing: f32, gap: f32) -> String {
        let mut x = 50.0;
        let mut placed: Vec<Placed> = Vec::new();
        for character in text.chars() {
            if character == '_' {
                x += gap;
                continue;
            }
            let width = if character.is_ascii() { 8.0 } else { 16.0 };
            let bounds = Bounds { x0: x, y0: 100.0, x1: x + width, y1: 116.0 };
            let glyph = Glyph { character, bounds, direction: Direction::Right, size: 16.0, inked: true };
            placed.push(Placed { glyph, bounds, order: placed.len() });
            x += width + spacing;
        }
        with_spaces(&placed).iter().map(|character| character.character).collect()
    }

    #[test]
    fn gaps_between_words_are_spaces() {
        assert_eq!(spaced("plan_2031", 0.0, 4.0), "plan 2031");
        assert_eq!(spaced("年底_前", 0.0, 6.0), "年底前");
    }

    #[test]
    fn letter_spacing_is_none() {
        assert_eq!(spaced("于2031年10月底前", 4.0, 0.0), "于2031年10月底前");
        assert_eq!(spaced("work_plan_2031", 4.0, 4.0), "work plan 2031");
        assert_eq!(spaced("1234", 8.0, 0.0), "1 2 3 4");
    }
}
