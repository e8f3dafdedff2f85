//! Graphics state: what operators set and `q` and `Q` save and restore.

use std::rc::Rc;

use duban_document::Bounds;

use super::operations::Operand;
use crate::font::Font;
use duban_page::Matrix;

/// The graphics state.
#[expect(clippy::struct_excessive_bools, reason = "each is set by operators of its own")]
#[derive(Clone)]
pub(crate) struct State<'f> {
    /// From the current space to the page as shown.
    pub(crate) matrix: Matrix,
    pub(crate) font: Option<Rc<Font<'f>>>,
    pub(crate) size: f32,
    pub(crate) char_space: f32,
    pub(crate) word_space: f32,
    /// Horizontal scaling, 1 for none.
    pub(crate) stretch: f32,
    pub(crate) leading: f32,
    pub(crate) rise: f32,
    /// Whether text leaves ink: rendering modes 3 and 7 leave none.
    pub(crate) inked: bool,
    /// Whether the outlines of text are stroked.
    pub(crate) outlined: bool,
    /// Whether fills, and so text, leave nothing to see.
    pub(crate) transparent: bool,
    /// Whether strokes leave nothing to see.
    pub(crate) transparent_stroke: bool,
    /// Beyond these bounds nothing can be seen; `None` where all can.
    pub(crate) clip: Option<Bounds>,
    pub(crate) line_width: f32,
    /// The colour of strokes.
    pub(crate) stroke: Colour,
    /// The colour of fills.
    pub(crate) fill: Colour,
}

impl State<'_> {
    /// Lets nothing be seen beyond `bounds` any more.
    pub(crate) fn clip_to(&mut self, bounds: Bounds) {
        self.clip = Some(self.clip.map_or(bounds, |clip| duban_page::shared(clip, bounds)));
    }

    /// Whether all of `bounds` is clipped away.
    pub(crate) fn clips(&self, bounds: Bounds) -> bool {
        self.clip.is_some_and(|clip| {
            bounds.x0.max(clip.x0) > bounds.x1.min(clip.x1) || bounds.y0.max(clip.y0) > bounds.y1.min(clip.y1)
        })
    }

    pub(crate) fn new(matrix: Matrix) -> Self {
        Self {
            matrix,
            font: None,
            size: 1.0,
            char_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            inked: true,
            outlined: false,
            transparent: false,
            transparent_stroke: false,
            clip: None,
            line_width: 1.0,
            stroke: Colour::default(),
            fill: Colour::default(),
        }
    }
}

/// A colour, as far as it matters what can be seen on white paper.
#[derive(Clone, Copy, Default)]
pub(crate) struct Colour {
    /// Whether it is white.
    pub(crate) is_white: bool,
    /// Whether its numbers are amounts of inks by name, or stand for other colours.
    is_special: bool,
}

impl Colour {
    /// The first colour of a colour space: black, or the full tint of an ink.
    pub(crate) fn of_space(is_special: bool) -> Self {
        Self { is_white: false, is_special }
    }

    /// What a colour operator makes of it.
    pub(crate) fn set(&mut self, operator: &[u8], operands: &[Operand<'_>]) {
        self.is_special &= operator.first().is_some_and(|it| it.eq_ignore_ascii_case(&b's'));
        self.is_white = !self.is_special && is_white(operator, operands);
    }
}

/// Whether the operands of a colour operator say white.
fn is_white(operator: &[u8], operands: &[Operand<'_>]) -> bool {
    let numbers = numbers(operands);
    match (operator, numbers.as_slice()) {
        (b"g" | b"G", [grey]) => *grey > 0.99,
        (_, [red, green, blue]) => red.min(*green).min(*blue) > 0.99,
        (_, [cyan, magenta, yellow, black]) => cyan.max(*magenta).max(*yellow).max(*black) < 0.01,
        _ => false,
    }
}

/// The numbers among operands.
pub(crate) fn numbers(operands: &[Operand<'_>]) -> Vec<f32> {
    operands.iter().filter_map(number).collect()
}

pub(crate) fn number(operand: &Operand<'_>) -> Option<f32> {
    match operand {
        Operand::Number(number) => Some(*number),
        _ => None,
    }
}
