//! Glyphs of a region to its lines.
//!
//! First runs in the order painted, each as long as one glyph follows the other; then runs that
//! touch along a line are joined, in whatever order they were painted.

use duban_document::Bounds;

use super::{Placed, spaces};
use crate::punctuation::{Half, blank_half};
use crate::{Direction, Line};

/// How much of the smaller height two boxes share that stand on one line.
const SHARED_HEIGHT: f32 = 0.5;
/// Widest gap within a run, in ems; what stands farther apart may belong to another column.
const WIDEST_GAP: f32 = 0.9;
/// Widest gap between runs whose texts go on elsewhere, in ems: a gutter with a comma hung into it is
/// little wider.
const WIDEST_PARTED: f32 = 0.6;
/// How far a glyph may step back within a run, in ems.
const STEP_BACK: f32 = 0.5;
/// Narrowest box of a glyph that has an em for itself, in ems.
const FULL_WIDTH: f32 = 0.8;
/// How many runs on about the same height are looked at for one to join.
const MOST_NEIGHBOURS: usize = 96;

/// A line with its box in the frame.
pub(super) struct FramedLine {
    pub(super) line: Line,
    /// Its box, without the empty half of punctuation at its end.
    pub(super) bounds: Bounds,
    /// When its first glyph was painted.
    pub(super) order: usize,
}

/// The lines that `glyphs` make, in no particular order.
pub(super) fn lines(glyphs: Vec<Placed>, direction: Direction) -> Vec<FramedLine> {
    let runs = runs(glyphs, direction);
    let groups = if direction == Direction::Oblique {
        runs.into_iter().map(|run| vec![run]).collect()
    } else {
        touching(runs)
    };
    groups.into_iter().filter_map(|group| line(group, direction)).collect()
}

struct Run {
    glyphs: Vec<Placed>,
    bounds: Bounds,
    size: f32,
    /// Whether the run painted before it stands on another line.
    opens: bool,
    /// Whether the run painted after it goes on below, from farther left.
    ends: bool,
}

fn runs(glyphs: Vec<Placed>, direction: Direction) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for glyph in glyphs {
        let size = glyph.glyph.size;
        if let Some(run) = runs.last_mut()
            && run.glyphs.last().is_some_and(|last| follows(last, &glyph, direction))
        {
            run.bounds = run.bounds.cover(glyph.bounds);
            run.size = run.size.max(size);
            run.glyphs.push(glyph);
        } else {
            let bounds = glyph.bounds;
            runs.push(Run { bounds, size, glyphs: vec![glyph], opens: true, ends: true });
        }
    }
    runs.retain(|run| run.glyphs.iter().any(|glyph| !glyph.glyph.is_space()));
    find_ends(&mut runs);
    runs
}

/// Tells of each run whether the text goes on in its line, as far as the order painted shows.
fn find_ends(runs: &mut [Run]) {
    for index in 1..runs.len() {
        let (before, after) = runs.split_at_mut(index);
        let (Some(last), Some(next)) = (before.last_mut(), after.first_mut()) else { continue };
        next.opens = !on_one_line(last.bounds, next.bounds);
        last.ends = next.opens && next.bounds.y0 > last.bounds.y0 && next.bounds.x0 < last.bounds.x1;
    }
}

/// Whether `next` goes on in the line of `last`.
fn follows(last: &Placed, next: &Placed, direction: Direction) -> bool {
    let size = last.glyph.size.max(next.glyph.size);
    if direction == Direction::Oblique {
        let apart = |low: f32, high: f32| (low - high).abs() < size * 3.0;
        return apart(last.bounds.x0, next.bounds.x0) && apart(last.bounds.y0, next.bounds.y0);
    }
    let gap = next.bounds.x0 - last.bounds.x1;
    on_one_line(last.bounds, next.bounds) && gap > -STEP_BACK * size && gap < WIDEST_GAP * size
}

fn on_one_line(first: Bounds, second: Bounds) -> bool {
    let shared = first.y1.min(second.y1) - first.y0.max(second.y0);
    shared >= SHARED_HEIGHT * (first.y1 - first.y0).min(second.y1 - second.y0)
}

/// Groups runs that touch along a line.
fn touching(mut runs: Vec<Run>) -> Vec<Vec<Run>> {
    let height = |run: &Run| f32::midpoint(run.bounds.y0, run.bounds.y1);
    runs.sort_by(|a, b| height(a).total_cmp(&height(b)).then(a.bounds.x0.total_cmp(&b.bounds.x0)));
    let mut groups = Groups::new(runs.len());
    for (index, run) in runs.iter().enumerate() {
        for (other_index, other) in runs.iter().enumerate().skip(index + 1).take(MOST_NEIGHBOURS) {
            if height(other) - height(run) > run.size.max(other.size) {
                break;
            }
            let (left, right) = if run.bounds.x0 <= other.bounds.x0 { (run, other) } else { (other, run) };
            if on_one_line(run.bounds, other.bounds) && touch(left, right) {
                groups.join(index, other_index);
            }
        }
    }
    let mut members: Vec<Vec<Run>> = runs.iter().map(|_| Vec::new()).collect();
    for (index, run) in runs.into_iter().enumerate() {
        let root = groups.root(index);
        if let Some(group) = members.get_mut(root) {
            group.push(run);
        }
    }
    members.retain(|group| !group.is_empty());
    members
}

/// Whether `right` begins about where the ink of `left` ends.
fn touch(left: &Run, right: &Run) -> bool {
    let size = left.size.max(right.size);
    let widest = if left.ends && right.opens { WIDEST_PARTED } else { WIDEST_GAP };
    let gap = (right.bounds.x0 - left.bounds.x1).max(left.bounds.x0 - right.bounds.x1);
    gap > -2.0 * size && gap + empty_end(&left.glyphs) < widest * size
}

/// The part of the last glyph's box that is always empty: closing punctuation fills the first half
/// of its em, and hangs out of the line by the other half.
fn empty_end(glyphs: &[Placed]) -> f32 {
    let last = glyphs.iter().rfind(|glyph| !glyph.glyph.is_space());
    last.filter(|last| blank_half(last.glyph.character) == Some(Half::Right)).map_or(0.0, |last| {
        let width = last.bounds.x1 - last.bounds.x0;
        if width > FULL_WIDTH * last.glyph.size { width / 2.0 } else { 0.0 }
    })
}

/// Disjoint groups of indices.
pub(crate) struct Groups(Vec<usize>);

impl Groups {
    pub(crate) fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    pub(crate) fn root(&mut self, mut index: usize) -> usize {
        while let Some(parent) = self.0.get(index).copied().filter(|parent| *parent != index) {
            let grandparent = self.0.get(parent).copied().unwrap_or(parent);
            if let Some(entry) = self.0.get_mut(index) {
                *entry = grandparent;
            }
            index = parent;
        }
        index
    }

    pub(crate) fn join(&mut self, first: usize, second: usize) {
        let (first, second) = (self.root(first), self.root(second));
        if let Some(entry) = self.0.get_mut(first.max(second)) {
            *entry = first.min(second);
        }
    }
}

fn line(mut group: Vec<Run>, direction: Direction) -> Option<FramedLine> {
    group.sort_by(|a, b| a.bounds.x0.total_cmp(&b.bounds.x0));
    let tangled = group.windows(2).any(|pair| match pair {
        [first, second] => second.bounds.x0 < first.bounds.x1 - STEP_BACK * first.size,
        _ => false,
    });
    let mut glyphs: Vec<Placed> = group.into_iter().flat_map(|run| run.glyphs).collect();
    if tangled {
        glyphs.sort_by(|a, b| a.bounds.x0.total_cmp(&b.bounds.x0));
    }
    let first = glyphs.iter().position(|glyph| !glyph.glyph.is_space())?;
    let last = glyphs.iter().rposition(|glyph| !glyph.glyph.is_space())?;
    let glyphs = glyphs.get(first..=last)?;
    let start = glyphs.first()?;
    let mut bounds = glyphs.iter().fold(start.bounds, |all, glyph| all.cover(glyph.bounds));
    bounds.x1 -= empty_end(glyphs);
    let on_page = glyphs.iter().fold(start.glyph.bounds, |all, glyph| all.cover(glyph.glyph.bounds));
    let order = glyphs.iter().map(|glyph| glyph.order).min()?;
    let characters = spaces::with_spaces(glyphs);
    let line = Line { characters, bounds: on_page, size: usual_size(glyphs), direction };
    Some(FramedLine { line, bounds, order })
}

/// The size of most glyphs.
fn usual_size(glyphs: &[Placed]) -> f32 {
    let mut sizes: Vec<f32> = glyphs.iter().map(|glyph| glyph.glyph.size).collect();
    sizes.sort_by(f32::total_cmp);
    let (mut best, mut most, mut count, mut last) = (0.0, 0, 0, f32::NAN);
    for size in sizes {
        count = if (size - last).abs() < 0.05 { count + 1 } else { 1 };
        last = size;
        if count > most {
            (best, most) = (size, count);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Glyph;

    /// Glyphs of 16 points, one after the other from `x`.
    fn text(text: &str, x: f32, y: f32) -> Vec<Glyph> {
        let places = std::iter::successors(Some(x), |x| Some(x + 16.0));
        let glyph = |(character, x): (char, f32)| {
            let bounds = Bounds { x0: x, y0: y, x1: x + 16.0, y1: y + 16.0 };
            Glyph { character, bounds, direction: Direction::Right, size: 16.0, inked: true }
        };
        text.chars().zip(places).map(glyph).collect()
    }

    fn lines_of(glyphs: Vec<Glyph>) -> Vec<String> {
        let placed = glyphs.into_iter().enumerate();
        let placed = placed.map(|(order, glyph)| Placed { glyph, bounds: glyph.bounds, order }).collect();
        lines(placed, Direction::Right).iter().map(|line| line.line.text()).collect()
    }

    #[test]
    fn a_comma_hung_into_the_gutter_does_not_join_columns() {
        let left = ["各镇要做好公开工作，", "按时完成全年任务，"];
        let right = ["二、加强解读和回应", "（一）提高质量"];
        let column = |lines: [&str; 2], x: f32| {
            let [first, second] = lines.map(str::to_owned);
            [text(&first, x, 100.0), text(&second, x, 124.0)].concat()
        };
        // A gutter of 21 points, of which the comma's box leaves 5.
        let glyphs = [column(left, 80.0), column(right, 245.0)].concat();
        assert_eq!(
            lines_of(glyphs),
            ["各镇要做好公开工作，", "二、加强解读和回应", "按时完成全年任务，", "（一）提高质量"]
        );
    }

    #[test]
    fn a_line_painted_in_pieces_is_one_line() {
        let glyphs = [text("年底前，", 130.0, 100.0), text("到", 112.0, 100.0), text("完成", 198.0, 100.0)];
        assert_eq!(lines_of(glyphs.concat()), ["到年底前，完成"]);
    }
}
