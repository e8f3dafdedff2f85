//! Marked content: layers that are off, and text that a producer gives in place of what it paints.

use duban_document::Bounds;
use lopdf::{Dictionary, Object};

use super::operations::Operand;
use duban_page::Glyph;

use super::Painter;

/// Deepest marked content; deeper marks are only counted.
const MOST_MARKS: usize = 256;
/// Most glyphs that one replacement text is believed for.
const MOST_REPLACED: usize = 64;

/// The marks that are open.
#[derive(Default)]
pub(super) struct Marks {
    open: Vec<Mark>,
    /// How many were too deep.
    uncounted: usize,
    /// How many of them hide what they hold.
    hiding: usize,
}

impl Marks {
    /// Whether what is painted now is hidden.
    pub(super) fn hides(&self) -> bool {
        self.hiding > 0
    }

    /// Hides all until [`Marks::unhide`].
    pub(super) fn hide(&mut self) {
        self.hiding += 1;
    }

    pub(super) fn unhide(&mut self) {
        self.hiding = self.hiding.saturating_sub(1);
    }
}

struct Mark {
    hides: bool,
    /// The text in place of the glyphs from here on.
    actual: Option<(String, usize)>,
}

impl<'f> Painter<'f, '_> {
    pub(super) fn begin_mark(&mut self, operands: &[Operand<'_>], resources: Option<&'f Dictionary>) {
        if self.marks.open.len() >= MOST_MARKS {
            self.marks.uncounted += 1;
            return;
        }
        let named = match operands.get(1) {
            Some(Operand::Name(name)) => resources
                .and_then(|resources| self.file.dictionary(resources, b"Properties"))
                .and_then(|properties| properties.get(name).ok()),
            _ => None,
        };
        let is_layer = matches!(operands.first(), Some(Operand::Name(tag)) if **tag == *b"OC");
        let hides = is_layer && named.is_some_and(|group| self.layers.hides(self.file, group));
        let nested = self.marks.open.iter().any(|mark| mark.actual.is_some());
        let actual = if nested { None } else { self.actual_text(operands.get(1), named) };
        if hides {
            self.marks.hide();
        }
        let start = self.canvas.glyphs.len();
        self.marks.open.push(Mark { hides, actual: actual.map(|text| (text, start)) });
    }

    fn actual_text(&self, operand: Option<&Operand<'_>>, named: Option<&Object>) -> Option<String> {
        if let Some(Operand::Dictionary(entries)) = operand {
            let (_, value) = entries.iter().find(|(key, _)| **key == *b"ActualText")?;
            let Operand::String(bytes) = value else { return None };
            return Some(text_string(bytes));
        }
        let properties = crate::file::as_dictionary(self.file.resolve(named?))?;
        Some(text_string(self.file.get(properties, b"ActualText")?.as_str().ok()?))
    }

    pub(super) fn end_mark(&mut self) {
        if self.marks.uncounted > 0 {
            self.marks.uncounted -= 1;
            return;
        }
        let Some(mark) = self.marks.open.pop() else { return };
        if mark.hides {
            self.marks.unhide();
        }
        if let Some((text, start)) = mark.actual {
            replace(&mut self.canvas.glyphs, start, &text);
        }
    }

    /// Ends the marks that the page leaves open.
    pub(super) fn finish_marks(&mut self) {
        self.marks.uncounted = 0;
        while !self.marks.open.is_empty() {
            self.end_mark();
        }
        self.marks.hiding = 0;
    }
}

/// Puts `text` in place of the glyphs from `start` on, where it can be believed: it replaces a few
/// glyphs of one line. Producers also give whole paragraphs this way, and empty text for hyphens.
fn replace(glyphs: &mut Vec<Glyph>, start: usize, text: &str) {
    let Some(painted) = glyphs.get(start..).filter(|painted| !painted.is_empty()) else { return };
    let Some((first, rest)) = painted.split_first() else { return };
    let characters: Vec<char> = text.chars().filter(|character| !character.is_control()).collect();
    let all = rest.iter().fold(first.bounds, |all, glyph| all.cover(glyph.bounds));
    let height = (all.y1 - all.y0).min(all.x1 - all.x0);
    let one_line = painted.len() <= MOST_REPLACED && height <= first.size * 1.8;
    let unknown = characters.contains(&'\u{FFFD}');
    if !one_line || unknown || characters.len() > painted.len() * 4 {
        return;
    }
    let first = *first;
    if characters.len() == painted.len() {
        for (glyph, character) in glyphs.iter_mut().skip(start).zip(characters) {
            glyph.character = character;
        }
        return;
    }
    glyphs.truncate(start);
    let count = characters.len();
    glyphs.extend(characters.into_iter().enumerate().map(|(index, character)| Glyph {
        character,
        bounds: part(all, index, count),
        ..first
    }));
}

/// The `index`th of `count` equal parts of a box along its longer side.
#[expect(clippy::cast_precision_loss, reason = "a few glyphs")]
fn part(all: Bounds, index: usize, count: usize) -> Bounds {
    let (from, to) = (index as f32 / count as f32, (index + 1) as f32 / count as f32);
    let (width, height) = (all.x1 - all.x0, all.y1 - all.y0);
    if width >= height {
        Bounds { x0: all.x0 + width * from, x1: all.x0 + width * to, ..all }
    } else {
        Bounds { y0: all.y0 + height * from, y1: all.y0 + height * to, ..all }
    }
}

/// A text string: UTF-16 or UTF-8 with a mark, else one byte a character.
fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xFF, 0xFE, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}
