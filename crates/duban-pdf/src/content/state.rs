//! Graphics state: what operators set and `q` and `Q` save and restore.

use std::rc::Rc;

use super::operations::Operand;
use crate::font::Font;
use duban_page::Matrix;

/// The graphics state.
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
    pub(crate) line_width: f32,
    /// Whether strokes are white, and so no rules.
    pub(crate) white_stroke: bool,
    /// Whether fills are white.
    pub(crate) white_fill: bool,
}

impl State<'_> {
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
            line_width: 1.0,
            white_stroke: false,
            white_fill: false,
        }
    }
}

/// Whether the operands of a colour operator say white.
pub(crate) fn is_white(operator: &[u8], operands: &[Operand<'_>]) -> bool {
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
