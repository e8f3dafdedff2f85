//! Rules to the straight segments of a grid: what lies on one line is one segment.

use duban_document::Bounds;

use crate::Rule;
use crate::layout::Frame;

/// How far apart the strokes of one ruling line may lie, in points: double borders, and cells that
/// each paint a border of their own.
const SAME_LINE: f32 = 2.5;
/// Widest gap in a ruling line: dashes, and corners that do not quite meet.
const GAP: f32 = 4.0;
/// Shortest ruling line, in points.
const SHORTEST: f32 = 7.0;

/// A ruling line: where it lies, and from where to where it runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Segment {
    pub(super) at: f32,
    pub(super) from: f32,
    pub(super) to: f32,
}

impl Segment {
    /// How much of the way from `from` to `to` it covers.
    pub(super) fn covers(&self, from: f32, to: f32) -> f32 {
        (self.to.min(to) - self.from.max(from)).max(0.0)
    }
}

/// The horizontal and the vertical segments that `rules` make in the frame.
pub(super) fn segments(frame: &Frame, rules: &[Rule]) -> (Vec<Segment>, Vec<Segment>) {
    let (mut lying, mut standing) = (Vec::new(), Vec::new());
    for rule in rules {
        let Some(Bounds { x0, y0, x1, y1 }) = on_page(frame, rule) else { continue };
        if x1 - x0 >= y1 - y0 {
            lying.push(Segment { at: f32::midpoint(y0, y1), from: x0, to: x1 });
        }
        if y1 - y0 >= x1 - x0 {
            standing.push(Segment { at: f32::midpoint(x0, x1), from: y0, to: y1 });
        }
    }
    (joined(lying), joined(standing))
}

/// The part of a rule that lies on the page: some programs draw a cell that the page cuts as a whole, and its
/// lower edge beyond the paper.
fn on_page(frame: &Frame, rule: &Rule) -> Option<Bounds> {
    let Bounds { x0, y0, x1, y1 } = frame.enter(rule.bounds);
    let (right, bottom) = (frame.breadth(), frame.depth());
    let touches = x1 >= 0.0 && y1 >= 0.0 && x0 <= right && y0 <= bottom;
    touches.then(|| Bounds { x0: x0.max(0.0), y0: y0.max(0.0), x1: x1.min(right), y1: y1.min(bottom) })
}

/// Joins segments on one line; sorted by where the line lies, then by where they begin.
fn joined(mut segments: Vec<Segment>) -> Vec<Segment> {
    segments.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut all = Vec::new();
    let mut rest = segments.as_mut_slice();
    while let Some(first) = rest.first().copied() {
        let count = rest.iter().take_while(|segment| segment.at - first.at <= SAME_LINE).count();
        let (line, after) = rest.split_at_mut(count);
        let at = f32::midpoint(first.at, line.last().map_or(first.at, |last| last.at));
        line.sort_by(|a, b| a.from.total_cmp(&b.from));
        let mut runs: Vec<Segment> = Vec::new();
        for segment in line.iter() {
            match runs.last_mut().filter(|run| segment.from <= run.to + GAP) {
                Some(run) => run.to = run.to.max(segment.to),
                None => runs.push(Segment { at, ..*segment }),
            }
        }
        all.extend(runs.into_iter().filter(|run| run.to - run.from >= SHORTEST));
        rest = after;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Direction;

    fn rule(x0: f32, y0: f32, x1: f32, y1: f32) -> Rule {
        Rule { bounds: Bounds { x0, y0, x1, y1 } }
    }

    #[test]
    fn dashes_and_double_borders_are_one_line() {
        let frame = Frame::new(Direction::Right, 600.0, 800.0);
        let rules = [rule(0.0, 10.0, 50.0, 10.5), rule(52.0, 10.0, 90.0, 10.5), rule(10.0, 12.0, 80.0, 12.5)];
        let (lying, standing) = segments(&frame, &rules);
        assert_eq!(lying, [Segment { at: 11.25, from: 0.0, to: 90.0 }]);
        assert!(standing.is_empty());
    }

    #[test]
    fn rules_end_where_the_page_does() {
        let frame = Frame::new(Direction::Right, 600.0, 800.0);
        let rules = [rule(50.0, 700.0, 50.5, 900.0), rule(50.0, 900.0, 300.0, 900.5)];
        let (lying, standing) = segments(&frame, &rules);
        assert!(lying.is_empty());
        assert_eq!(standing, [Segment { at: 50.25, from: 700.0, to: 800.0 }]);
    }
}
