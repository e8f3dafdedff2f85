//! Brackets and quotes that stand open where a look for a name has come to.

use crate::marks::{is_close, is_han, is_open};

/// What brackets and quotes stand open.
#[derive(Default)]
pub(super) struct Nesting {
    depth: usize,
    quoted: bool,
}

impl Nesting {
    pub(super) fn is_outside(&self) -> bool {
        self.depth == 0 && !self.quoted
    }

    /// Whether `c` is a bracket or a quote, which is taken note of; `None` where it closes a bracket that does not
    /// stand open.
    pub(super) fn note(&mut self, c: char) -> Option<bool> {
        if is_han(c) {
            return Some(false);
        }
        if is_open(c) {
            self.depth += 1;
        } else if is_close(c) {
            self.depth = self.depth.checked_sub(1)?;
        } else if matches!(c, '“' | '”') {
            self.quoted = c == '“';
        } else {
            return Some(false);
        }
        Some(true)
    }
}
