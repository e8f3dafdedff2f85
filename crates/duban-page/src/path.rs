//! Painted paths to ruling lines: strokes along an axis and thin filled boxes.

use duban_document::Bounds;

use crate::{Matrix, Rule};

/// Most points of one path; a path with more is a drawing.
const MOST_POINTS: usize = 4096;
/// Thickest mark that counts as a rule, in points.
const THICKEST: f32 = 5.0;
/// Shortest one.
const SHORTEST: f32 = 1.0;
/// How far a stroke may stray from its axis.
const SLANT: f32 = 0.7;

/// A path under construction, in points of the page as shown.
#[derive(Clone, Debug, Default)]
pub struct Path {
    parts: Vec<Part>,
    points: usize,
    start: (f32, f32),
    at: (f32, f32),
}

#[derive(Clone, Debug, Default)]
struct Part {
    points: Vec<(f32, f32)>,
    curved: bool,
    closed: bool,
}

impl Path {
    /// Forgets what was drawn.
    pub fn clear(&mut self) {
        self.parts.clear();
        self.points = 0;
    }

    /// Begins a part at (x, y), which `matrix` puts on the page.
    pub fn move_to(&mut self, matrix: Matrix, x: f32, y: f32) {
        self.at = matrix.point(x, y);
        self.start = self.at;
        if self.points < MOST_POINTS {
            self.parts.push(Part { points: vec![self.at], ..Part::default() });
            self.points += 1;
        }
    }

    /// Draws a straight line to (x, y).
    pub fn line_to(&mut self, matrix: Matrix, x: f32, y: f32) {
        self.at = matrix.point(x, y);
        self.push(false);
    }

    /// Draws a curve that ends at (x, y).
    pub fn curve_to(&mut self, matrix: Matrix, x: f32, y: f32) {
        self.at = matrix.point(x, y);
        self.push(true);
    }

    /// Draws a straight line back to where the part began.
    pub fn close(&mut self) {
        self.at = self.start;
        if let Some(part) = self.parts.last_mut() {
            part.closed = true;
        }
    }

    /// Draws a box from its corner (x, y).
    pub fn rectangle(&mut self, matrix: Matrix, x: f32, y: f32, width: f32, height: f32) {
        self.move_to(matrix, x, y);
        for (x, y) in [(x + width, y), (x + width, y + height), (x, y + height)] {
            self.line_to(matrix, x, y);
        }
        self.close();
    }

    fn push(&mut self, curved: bool) {
        if self.points >= MOST_POINTS {
            return;
        }
        self.points += 1;
        let at = self.at;
        match self.parts.last_mut().filter(|part| !part.closed) {
            Some(part) => {
                part.points.push(at);
                part.curved |= curved;
            }
            None => self.parts.push(Part { points: vec![self.start, at], curved, closed: false }),
        }
    }

    /// The bounds of a path of straight lines, as one clips what is painted behind it; `None` where there is
    /// none, and where they are not known to hold all of it.
    pub fn bounds(&self) -> Option<Bounds> {
        if self.points >= MOST_POINTS || self.parts.iter().any(|part| part.curved) {
            return None;
        }
        let points = self.parts.iter().flat_map(|part| &part.points);
        points.map(|(x, y)| Bounds { x0: *x, y0: *y, x1: *x, y1: *y }).reduce(Bounds::cover)
    }

    /// The rules that stroking the path leaves.
    pub fn strokes(&self, width: f32, rules: &mut Vec<Rule>) {
        if self.points >= MOST_POINTS || width > THICKEST {
            return;
        }
        let half = width.max(0.1) / 2.0;
        for part in self.parts.iter().filter(|part| !part.curved) {
            let (Some(first), Some(last)) = (part.points.first(), part.points.last()) else { continue };
            let closing = part.closed.then_some((*last, *first));
            let sides = part.points.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?)));
            for ((x0, y0), (x1, y1)) in sides.chain(closing) {
                let (across, down) = ((x1 - x0).abs(), (y1 - y0).abs());
                if across.min(down) <= SLANT && across.max(down) >= SHORTEST {
                    let (dx, dy) = if across > down { (0.0, half) } else { (half, 0.0) };
                    let bounds = Bounds {
                        x0: x0.min(x1) - dx,
                        y0: y0.min(y1) - dy,
                        x1: x0.max(x1) + dx,
                        y1: y0.max(y1) + dy,
                    };
                    rules.push(Rule { bounds });
                }
            }
        }
    }

    /// The rules that filling the path leaves.
    pub fn fills(&self, rules: &mut Vec<Rule>) {
        if self.points >= MOST_POINTS {
            return;
        }
        rules.extend(self.parts.iter().filter(|part| !part.curved).filter_map(Part::thin_box));
    }
}

impl Part {
    /// The part as a thin box along an axis.
    fn thin_box(&self) -> Option<Rule> {
        let (first, rest) = self.points.split_first()?;
        if !(3..=4).contains(&rest.len()) {
            return None;
        }
        let start = Bounds { x0: first.0, y0: first.1, x1: first.0, y1: first.1 };
        let bounds =
            rest.iter().fold(start, |all, (x, y)| all.cover(Bounds { x0: *x, y0: *y, x1: *x, y1: *y }));
        let near = |value: f32, edges: [f32; 2]| edges.iter().any(|edge| (value - edge).abs() < 0.1);
        let boxed = self
            .points
            .iter()
            .all(|(x, y)| near(*x, [bounds.x0, bounds.x1]) && near(*y, [bounds.y0, bounds.y1]));
        (boxed && is_thin(bounds)).then_some(Rule { bounds })
    }
}

/// Whether a box is thin and long enough for a rule.
pub fn is_thin(bounds: Bounds) -> bool {
    let (width, height) = (bounds.x1 - bounds.x0, bounds.y1 - bounds.y0);
    width.min(height) <= THICKEST && width.max(height) >= SHORTEST.max(1.5 * width.min(height))
}
