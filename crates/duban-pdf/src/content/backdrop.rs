//! What is painted beneath the text of a page: white text is seen on nothing else.

use duban_document::Bounds;
use duban_page::shared;

/// Most marks that are kept; of a page with more, all is taken for covered.
const MOST_MARKS: usize = 4096;

/// The boxes around what was painted so far, white aside.
#[derive(Default)]
pub(super) struct Backdrop {
    marks: Vec<Bounds>,
}

impl Backdrop {
    /// Adds a mark of which only what lies within `clip` is seen; its curves need not stay within `bounds`,
    /// but shapes that text is written on do.
    pub(super) fn add(&mut self, bounds: Bounds, clip: Option<Bounds>) {
        if self.marks.len() < MOST_MARKS {
            self.marks.push(clip.map_or(bounds, |clip| shared(bounds, clip)));
        }
    }

    /// Whether something was painted where the middle of `bounds` is.
    pub(super) fn is_under(&self, bounds: Bounds) -> bool {
        let (x, y) = (f32::midpoint(bounds.x0, bounds.x1), f32::midpoint(bounds.y0, bounds.y1));
        let holds = |mark: &Bounds| mark.x0 <= x && x <= mark.x1 && mark.y0 <= y && y <= mark.y1;
        self.marks.len() >= MOST_MARKS || self.marks.iter().any(holds)
    }
}
