//! Text operators: strings to glyphs at their places.

use duban_document::Bounds;
use lopdf::Dictionary;

use super::Painter;
use super::operations::Operand;
use super::state::{number, numbers};
use crate::file::as_dictionary;
use crate::font::{Font, Shape};
use duban_page::{Direction, Glyph, Matrix};

/// How much of the em box lies below the baseline.
const DESCENT: f32 = 0.12;
/// Farthest from the page's corner that a glyph is kept, in points.
const FARTHEST: f32 = 1e5;

/// Where text stands: the text matrix and that of the line.
#[derive(Clone, Copy)]
pub(super) struct TextPlace {
    glyph: Matrix,
    line: Matrix,
}

impl Default for TextPlace {
    fn default() -> Self {
        Self { glyph: Matrix::IDENTITY, line: Matrix::IDENTITY }
    }
}

impl TextPlace {
    fn next_line(&mut self, x: f32, y: f32) {
        self.line = Matrix::shift(x, y).then(self.line);
        self.glyph = self.line;
    }

    fn advance(&mut self, x: f32, y: f32) {
        self.glyph = Matrix::shift(x, y).then(self.glyph);
    }
}

impl<'f> Painter<'f, '_> {
    /// Applies a text operator; `false` where there is none of this name.
    pub(super) fn apply_text(
        &mut self,
        operator: &[u8],
        operands: &[Operand<'_>],
        resources: Option<&'f Dictionary>,
    ) -> bool {
        let first = operands.first();
        let value = first.and_then(number).filter(|number| number.is_finite());
        match (operator, value) {
            (b"BT", _) => self.place = TextPlace::default(),
            (b"Tf", _) => self.set_font(operands, resources),
            (b"Tc" | b"Tw" | b"Tz" | b"TL" | b"Ts" | b"Tr", Some(value)) => {
                self.set_text_state(operator, value);
            }
            (b"Td" | b"TD", Some(x)) => {
                let y = operands.get(1).and_then(number).unwrap_or(0.0);
                if operator == b"TD" {
                    self.state.leading = -y;
                }
                self.place.next_line(x, y);
            }
            (b"Tm", _) => {
                if let Some(matrix) = Matrix::from_numbers(&numbers(operands)) {
                    self.place = TextPlace { glyph: matrix, line: matrix };
                }
            }
            (b"T*", _) => self.place.next_line(0.0, -self.state.leading),
            (b"Tj" | b"TJ", _) => self.show_operand(first),
            (b"'", _) => {
                self.place.next_line(0.0, -self.state.leading);
                self.show_operand(first);
            }
            (b"\"", _) => {
                let mut numbers = operands.iter().filter_map(number);
                self.state.word_space = numbers.next().unwrap_or(0.0);
                self.state.char_space = numbers.next().unwrap_or(0.0);
                self.place.next_line(0.0, -self.state.leading);
                self.show_operand(operands.last());
            }
            (b"ET" | b"Tc" | b"Tw" | b"Tz" | b"TL" | b"Ts" | b"Tr" | b"Td" | b"TD", _) => {}
            _ => return false,
        }
        true
    }

    fn set_text_state(&mut self, operator: &[u8], value: f32) {
        let state = &mut self.state;
        match operator {
            b"Tc" => state.char_space = value,
            b"Tw" => state.word_space = value,
            b"Tz" => state.stretch = value / 100.0,
            b"TL" => state.leading = value,
            b"Ts" => state.rise = value,
            _ => {
                let mode = value.round();
                state.inked = !matches!(mode, 3.0 | 7.0);
                state.outlined = matches!(mode, 1.0 | 2.0 | 5.0 | 6.0);
            }
        }
    }

    fn set_font(&mut self, operands: &[Operand<'_>], resources: Option<&'f Dictionary>) {
        if let Some(size) = operands.last().and_then(number) {
            self.state.size = size;
        }
        if matches!(operands.first(), Some(Operand::Name(_))) {
            let font = self.resource(operands, resources, b"Font").and_then(as_dictionary);
            self.state.font = font.map(|font| self.fonts.get(font));
        }
    }

    /// Sets what a dictionary of the graphics state says: ISO 32000-2, 8.4.5.
    pub(super) fn set_graphics_state(&mut self, operands: &[Operand<'_>], resources: Option<&'f Dictionary>) {
        let state = self.resource(operands, resources, b"ExtGState").and_then(as_dictionary);
        let Some(dictionary) = state else { return };
        if let Some(alpha) = self.file.number(dictionary, b"ca") {
            self.state.transparent = alpha <= 0.0;
        }
        if let Some(alpha) = self.file.number(dictionary, b"CA") {
            self.state.transparent_stroke = alpha <= 0.0;
        }
        if let Some([font, size]) = self.file.array(dictionary, b"Font")
            && let Some(font) = as_dictionary(self.file.resolve(font))
        {
            self.state.font = Some(self.fonts.get(font));
            self.state.size = self.file.resolve(size).as_float().unwrap_or(self.state.size);
        }
    }

    fn show_operand(&mut self, operand: Option<&Operand<'_>>) {
        match operand {
            Some(Operand::String(bytes)) => self.show(bytes),
            Some(Operand::Array(parts)) => {
                for part in parts {
                    match part {
                        Operand::String(bytes) => self.show(bytes),
                        Operand::Number(back) => self.move_back(*back),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    /// Moves by a number of a `TJ` array.
    fn move_back(&mut self, back: f32) {
        let distance = -back / 1000.0 * self.state.size;
        if self.state.font.as_ref().is_some_and(|font| font.vertical) {
            self.place.advance(0.0, distance);
        } else {
            self.place.advance(distance * self.state.stretch, 0.0);
        }
    }

    fn show(&mut self, bytes: &[u8]) {
        let Some(font) = self.state.font.clone() else {
            self.file.note_loss();
            return;
        };
        let mut rest = bytes;
        while let Some((shape, is_space)) = font.next_shape(&mut rest) {
            if !self.file.budget.take_glyph() {
                return;
            }
            if !self.marks.hides() {
                self.place_shape(&font, &shape);
            }
            let state = &self.state;
            let space = state.char_space + if is_space { state.word_space } else { 0.0 };
            if font.vertical {
                self.place.advance(0.0, shape.advance.down * font.unit * state.size + space);
            } else {
                let width = shape.advance.width * font.unit * state.size + space;
                self.place.advance(width * state.stretch, 0.0);
            }
        }
    }

    /// Puts the characters of one glyph on the page, sharing its box.
    fn place_shape(&mut self, font: &Font<'_>, shape: &Shape) {
        let state = &self.state;
        let em = Matrix { a: state.size * state.stretch, d: state.size, f: state.rise, ..Matrix::IDENTITY };
        let matrix = em.then(self.place.glyph).then(state.matrix);
        let up = matrix.vector(0.0, font.em);
        let along = if font.vertical { matrix.vector(0.0, -1.0) } else { matrix.vector(1.0, 0.0) };
        let size = up.0.hypot(up.1);
        let direction = direction_of(along);
        // Glyphs that a font draws by itself may bring colours of their own.
        let is_outlined = state.outlined && !state.stroke.is_white;
        let is_white = state.fill.is_white && !is_outlined && !font.drawn;
        let text = shape.text.as_deref().unwrap_or("\u{FFFD}");
        let count = text.chars().count();
        for (index, character) in text.chars().enumerate() {
            let bounds = if font.vertical {
                let half = shape.advance.width * font.unit / 2.0;
                let down = shape.advance.down * font.unit;
                matrix.bounds(-half, share(down, index + 1, count), half, share(down, index, count))
            } else {
                let width = shape.advance.width * font.unit;
                let (low, high) = (-DESCENT * font.em, (1.0 - DESCENT) * font.em);
                matrix.bounds(share(width, index, count), low, share(width, index + 1, count), high)
            };
            let shows = !is_white || self.backdrop.is_under(bounds);
            let inked = state.inked && !state.transparent && shows;
            let glyph = Glyph { character, bounds, direction, size, inked };
            if is_placed(bounds) && !is_zero_width(character) && !state.clips(bounds) {
                self.canvas.glyphs.push(glyph);
            }
        }
    }
}

/// The `index`th of `count` marks that divide `whole`.
#[expect(clippy::cast_precision_loss, reason = "a glyph stands for a few characters")]
fn share(whole: f32, index: usize, count: usize) -> f32 {
    whole * index as f32 / count.max(1) as f32
}

fn is_placed(bounds: Bounds) -> bool {
    [bounds.x0, bounds.y0, bounds.x1, bounds.y1].iter().all(|edge| edge.abs() < FARTHEST)
}

fn is_zero_width(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}')
}

/// The direction of a vector on the page as shown, where y grows downwards.
fn direction_of((x, y): (f32, f32)) -> Direction {
    // Eight degrees: a crooked scan still reads straight.
    const TILT: f32 = 0.14;
    if y.abs() <= x.abs() * TILT {
        if x >= 0.0 { Direction::Right } else { Direction::Left }
    } else if x.abs() <= y.abs() * TILT {
        if y > 0.0 { Direction::Down } else { Direction::Up }
    } else {
        Direction::Oblique
    }
}
