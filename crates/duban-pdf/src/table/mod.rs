//! Ruling lines to tables, and glyphs into their cells.

use crate::Rule;
use crate::layout::{Frame, Placed, Unit};

/// The tables that `rules` make in the frame, with their text, and the glyphs outside them.
pub(crate) fn find(_frame: &Frame, _rules: &[Rule], glyphs: Vec<Placed>) -> (Vec<Unit>, Vec<Placed>) {
    (Vec::new(), glyphs)
}
