//! Glyphs to bands: the lines of a page as far as they can be told apart by height alone.

use duban_document::Bounds;

use crate::layout::Placed;
use crate::punctuation::{Half, blank_half};

/// How far glyphs of two bands may overlap, in ems.
const OVERLAP: f32 = 0.05;
/// How far apart glyphs of one text may stand, in ems.
const NEXT: f32 = 0.2;
/// How many glyphs to each side are looked at for the neighbour of one.
const NEIGHBOURS: usize = 24;

/// A glyph of a band.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    pub(super) character: char,
    pub(super) ink: Bounds,
}

impl Mark {
    /// Whether it stands in a column.
    pub(super) fn is_in(&self, column: (f32, f32)) -> bool {
        self.ink.x0 < column.1 && self.ink.x1 > column.0
    }
}

/// Glyphs that overlap in height, between two stretches of white right across the page: one printed line,
/// or the lines of neighbouring cells that are not level with each other.
pub(super) struct Band {
    pub(super) marks: Vec<Mark>,
    pub(super) top: f32,
    pub(super) bottom: f32,
    /// Size of its largest glyph.
    pub(super) size: f32,
    pub(super) ink: Ink,
}

impl Band {
    fn new(glyphs: &[&Placed]) -> Option<Self> {
        let bounds = glyphs.iter().map(|glyph| glyph.bounds).reduce(Bounds::cover)?;
        let size = glyphs.iter().map(|glyph| glyph.glyph.size).fold(0.0, f32::max);
        let mut band =
            Self { marks: Vec::new(), top: bounds.y0, bottom: bounds.y1, size, ink: Ink::default() };
        let mut sorted = glyphs.to_vec();
        sorted.sort_by(|a, b| a.bounds.x0.total_cmp(&b.bounds.x0));
        for (index, glyph) in sorted.iter().enumerate() {
            let before = sorted.get(..index).unwrap_or_default().iter().rev();
            let after = sorted.get(index + 1..).unwrap_or_default().iter();
            let ink = match blank_half(glyph.glyph.character) {
                Some(Half::Left) if !before.take(NEIGHBOURS).any(|it| follows(it, glyph)) => {
                    Bounds { x0: f32::midpoint(glyph.bounds.x0, glyph.bounds.x1), ..glyph.bounds }
                }
                Some(Half::Right) if !after.take(NEIGHBOURS).any(|it| follows(glyph, it)) => {
                    Bounds { x1: f32::midpoint(glyph.bounds.x0, glyph.bounds.x1), ..glyph.bounds }
                }
                _ => glyph.bounds,
            };
            band.ink.add(ink.x0, ink.x1);
            band.marks.push(Mark { character: glyph.glyph.character, ink });
        }
        Some(band)
    }
}

/// The bands of glyphs, from the top; none where no band has two gaps wider than `apart` ems, as on most
/// pages, which need not be looked at more closely.
pub(super) fn bands(glyphs: &[Placed], apart: f32) -> Vec<Band> {
    let mut inked: Vec<&Placed> = glyphs.iter().filter(|glyph| !glyph.glyph.is_space()).collect();
    inked.sort_by(|a, b| a.bounds.y0.total_cmp(&b.bounds.y0));
    let mut groups: Vec<&[&Placed]> = Vec::new();
    let mut rest = inked.as_slice();
    while let Some(first) = rest.first() {
        let mut bottom = first.bounds.y1;
        let goes_on = |glyph: &&&Placed| {
            let meets = glyph.bounds.y0 < bottom - OVERLAP * glyph.glyph.size;
            bottom = bottom.max(glyph.bounds.y1);
            meets
        };
        let count = rest.iter().take_while(goes_on).count().max(1);
        let (group, after) = rest.split_at(count);
        groups.push(group);
        rest = after;
    }
    if groups.iter().any(|group| may_have_columns(group, apart)) {
        groups.into_iter().filter_map(Band::new).collect()
    } else {
        Vec::new()
    }
}

/// Whether two gaps of a group are wider than `apart` ems, if its punctuation is left out.
fn may_have_columns(group: &[&Placed], apart: f32) -> bool {
    let solid = group.iter().filter(|glyph| blank_half(glyph.glyph.character).is_none());
    let mut solid: Vec<&Placed> = solid.copied().collect();
    solid.sort_by(|a, b| a.bounds.x0.total_cmp(&b.bounds.x0));
    let (mut end, mut gaps) = (f32::INFINITY, 0);
    for glyph in solid {
        gaps += usize::from(glyph.bounds.x0 - end >= apart * glyph.glyph.size);
        end = if end.is_finite() { end.max(glyph.bounds.x1) } else { glyph.bounds.x1 };
    }
    gaps >= 2
}

/// Whether `next` stands in one line with `last`, right behind it.
fn follows(last: &Placed, next: &Placed) -> bool {
    let level = (last.bounds.y0 - next.bounds.y0).abs() < last.glyph.size / 2.0;
    level && (next.bounds.x0 - last.bounds.x1).abs() < NEXT * last.glyph.size
}

/// What is inked along a line: stretches from the left, none touching another.
#[derive(Clone, Debug, Default)]
pub(super) struct Ink(Vec<(f32, f32)>);

impl Ink {
    fn add(&mut self, from: f32, to: f32) {
        let first = self.0.partition_point(|stretch| stretch.1 < from);
        let after = self.0.partition_point(|stretch| stretch.0 <= to);
        let met = self.0.get(first..after).unwrap_or_default();
        let whole = met.iter().fold((from, to), |all, it| (all.0.min(it.0), all.1.max(it.1)));
        self.0.splice(first..after.max(first), [whole]);
    }

    /// Both over each other.
    pub(super) fn with(&self, other: &Self) -> Self {
        let mut both = self.clone();
        other.0.iter().for_each(|(from, to)| both.add(*from, *to));
        both
    }

    /// The stretches that at least `gap` parts.
    pub(super) fn parted(&self, gap: f32) -> Vec<(f32, f32)> {
        let mut parts: Vec<(f32, f32)> = Vec::new();
        for stretch in &self.0 {
            match parts.last_mut().filter(|part| stretch.0 - part.1 < gap) {
                Some(part) => part.1 = stretch.1,
                None => parts.push(*stretch),
            }
        }
        parts
    }

    /// Where it begins and ends.
    pub(super) fn extent(&self) -> Option<(f32, f32)> {
        Some((self.0.first()?.0, self.0.last()?.1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ink_over_ink_is_one_stretch() {
        let mut ink = Ink::default();
        for (from, to) in [(50.0, 60.0), (10.0, 20.0), (80.0, 90.0), (15.0, 55.0)] {
            ink.add(from, to);
        }
        assert_eq!(ink.0, [(10.0, 60.0), (80.0, 90.0)]);
        assert_eq!(ink.parted(25.0), [(10.0, 90.0)]);
        assert_eq!(ink.extent(), Some((10.0, 90.0)));
    }
}
