//! Painted paths to ruling lines: strokes along an axis and thin filled boxes.

use duban_document::Bounds;

use crate::{Matrix, Rule};

/// Most points of one path; a path with more is a drawing.
const MOST_POINTS: usize = 4096;
/// Thickest mark that counts as a rule, in points.
const THICKEST: f32 = 5.0;
/// Shortest one.
const SHORTEST: f32 = 1.0;
/// Widest dot of a dotted rule.
const DOT: f32 = 1.5;
/// Largest radius of a rounded corner.
const CORNER: f32 = 12.0;
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
    /// Whether a curve leads to each point.
    curves: Vec<bool>,
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
            self.parts.push(Part { points: vec![self.at], curves: vec![false], closed: false });
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
        if let Some(part) = self.parts.last_mut().filter(|part| !part.closed) {
            part.points.push(at);
            part.curves.push(curved);
        } else {
            let curves = vec![false, curved];
            self.parts.push(Part { points: vec![self.start, at], curves, closed: false });
        }
    }

    /// The bounds of a path of straight lines, as one clips what is painted behind it; `None` where there is
    /// none, and where they are not known to hold all of it.
    pub fn bounds(&self) -> Option<Bounds> {
        if self.points >= MOST_POINTS || self.parts.iter().any(|part| part.curves.contains(&true)) {
            return None;
        }
        self.extent()
    }

    /// The box around the places where lines and curves begin and end; `None` where there are none.
    pub fn extent(&self) -> Option<Bounds> {
        let points = self.parts.iter().flat_map(|part| &part.points);
        points.map(|(x, y)| Bounds { x0: *x, y0: *y, x1: *x, y1: *y }).reduce(Bounds::cover)
    }

    /// The rules that stroking the path leaves.
    pub fn strokes(&self, width: f32, rules: &mut Vec<Rule>) {
        if self.points >= MOST_POINTS || width > THICKEST {
            return;
        }
        let half = width.max(0.1) / 2.0;
        for ((x0, y0), (x1, y1)) in self.parts.iter().flat_map(Part::sides) {
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

    /// The rules that filling the path leaves.
    pub fn fills(&self, rules: &mut Vec<Rule>) {
        self.fills_within(None, rules);
    }

    /// The rules that filling the path leaves where nothing is seen beyond `clip`: some programs paint a
    /// border as a broad box of which all but the border is clipped away.
    pub fn fills_within(&self, clip: Option<Bounds>, rules: &mut Vec<Rule>) {
        if self.points < MOST_POINTS {
            rules.extend(self.parts.iter().filter_map(|part| part.thin_box(clip)));
        }
    }
}

/// A straight line from one place to another.
type Side = ((f32, f32), (f32, f32));
/// A line from one place to another, and whether it is a curve.
type Step = ((f32, f32), (f32, f32), bool);

impl Part {
    /// Its straight sides, those that end in a rounded corner drawn out to where the corner would be.
    fn sides(&self) -> Vec<Side> {
        let steps = self.points.windows(2).zip(self.curves.iter().skip(1));
        let steps = steps.filter_map(|(pair, curved)| Some((*pair.first()?, *pair.last()?, *curved)));
        let ends = self.points.last().zip(self.points.first());
        let closing = ends.filter(|_| self.closed).map(|(last, first)| (*last, *first, false));
        let steps = steps.chain(closing).filter(|(from, to, curved)| *curved || from != to);
        let steps: Vec<Step> = steps.collect();
        // A closed part goes on from its last step to its first.
        let around = if self.closed { steps.len() } else { 0 };
        let mut sides: Vec<Side> = Vec::new();
        for index in 0..steps.len() {
            let Some((from, to, false)) = steps.get(index).copied() else { continue };
            let (before, after) = (steps.iter().take(index), steps.iter().skip(index + 1));
            let ahead = after.clone().chain(before.clone().take(around)).take_while(|step| step.2).last();
            let behind = before.rev().chain(after.rev().take(around)).take_while(|step| step.2).last();
            let from_corner = behind.map_or(from, |step| drawn_out(to, from, step.0));
            sides.push((from_corner, ahead.map_or(to, |step| drawn_out(from, to, step.1))));
        }
        sides
    }

    /// What is seen of the part, as a thin box along an axis.
    fn thin_box(&self, clip: Option<Bounds>) -> Option<Rule> {
        let (first, rest) = self.points.split_first()?;
        if self.curves.contains(&true) || !(3..=4).contains(&rest.len()) {
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
        let seen = clip.map_or(bounds, |clip| shared(bounds, clip));
        let is_seen = seen.x0 <= seen.x1 && seen.y0 <= seen.y1;
        (boxed && is_seen && is_thin(seen)).then_some(Rule { bounds: seen })
    }
}

/// The end of a side from `start` to `end`, moved on to where it would meet the side behind the corner that
/// ends at `far`.
fn drawn_out(start: (f32, f32), end: (f32, f32), far: (f32, f32)) -> (f32, f32) {
    let (across, down) = (far.0 - end.0, far.1 - end.1);
    if across.abs() > CORNER || down.abs() > CORNER {
        end
    } else if (end.1 - start.1).abs() <= SLANT && across * (end.0 - start.0) > 0.0 {
        (far.0, end.1)
    } else if (end.0 - start.0).abs() <= SLANT && down * (end.1 - start.1) > 0.0 {
        (end.0, far.1)
    } else {
        end
    }
}

/// What two boxes share; its edges are the wrong way round where they share nothing.
pub fn shared(first: Bounds, second: Bounds) -> Bounds {
    Bounds {
        x0: first.x0.max(second.x0),
        y0: first.y0.max(second.y0),
        x1: first.x1.min(second.x1),
        y1: first.y1.min(second.y1),
    }
}

/// Whether a box is thin and long enough for a rule, or a dot of a dotted one.
pub fn is_thin(bounds: Bounds) -> bool {
    let (width, height) = (bounds.x1 - bounds.x0, bounds.y1 - bounds.y0);
    let is_dot = width.max(height) <= DOT && width.min(height) > 0.0;
    is_dot || width.min(height) <= THICKEST && width.max(height) >= SHORTEST.max(1.5 * width.min(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The place where no matrix moves it.
    const STILL: Matrix = Matrix::IDENTITY;

    #[test]
    fn sides_of_a_rounded_box_reach_its_corners() {
        let mut path = Path::default();
        path.move_to(STILL, 0.0, 5.0);
        path.line_to(STILL, 0.0, 35.0);
        path.curve_to(STILL, 5.0, 40.0);
        path.line_to(STILL, 95.0, 40.0);
        path.curve_to(STILL, 100.0, 35.0);
        path.line_to(STILL, 100.0, 5.0);
        path.curve_to(STILL, 95.0, 0.0);
        path.line_to(STILL, 5.0, 0.0);
        path.curve_to(STILL, 0.0, 5.0);
        path.close();
        let mut rules = Vec::new();
        path.strokes(0.0, &mut rules);
        let lengths: Vec<f32> = rules
            .iter()
            .map(|rule| (rule.bounds.x1 - rule.bounds.x0).max(rule.bounds.y1 - rule.bounds.y0))
            .collect();
        assert_eq!(lengths, [40.0, 100.0, 40.0, 100.0]);
    }

    #[test]
    fn curves_are_no_rules() {
        let mut path = Path::default();
        path.move_to(STILL, 0.0, 0.0);
        path.curve_to(STILL, 100.0, 0.0);
        path.close();
        let mut rules = Vec::new();
        path.fills(&mut rules);
        assert!(rules.is_empty());
    }

    #[test]
    fn a_box_is_as_thin_as_what_is_seen_of_it() {
        let mut path = Path::default();
        path.rectangle(STILL, 100.0, 100.0, 80.0, 30.0);
        let clip = |x0: f32, x1: f32| Some(Bounds { x0, y0: 90.0, x1, y1: 140.0 });
        let mut rules = Vec::new();
        for clip in [None, clip(90.0, 150.0), clip(10.0, 20.0)] {
            path.fills_within(clip, &mut rules);
        }
        assert!(rules.is_empty());
        path.fills_within(clip(178.0, 190.0), &mut rules);
        assert_eq!(rules, [Rule { bounds: Bounds { x0: 178.0, y0: 100.0, x1: 180.0, y1: 130.0 } }]);
    }

    #[test]
    fn dots_are_thin_and_boxes_are_not() {
        let bounds = |width: f32, height: f32| Bounds { x0: 0.0, y0: 0.0, x1: width, y1: height };
        assert!(is_thin(bounds(0.75, 0.75)) && is_thin(bounds(100.0, 0.5)));
        assert!(!is_thin(bounds(4.0, 4.0)) && !is_thin(bounds(0.0, 0.0)));
    }
}
