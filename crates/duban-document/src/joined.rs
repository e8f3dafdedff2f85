//! A paragraph's text without its hard wraps, each byte still knowing where it stood.

use std::ops::Range;

use smallvec::SmallVec;

use crate::TextRange;

/// Ranges of the source in order. Nearly every text stands in one.
pub type Places = SmallVec<[TextRange; 1]>;

/// Text put together from pieces of the source.
///
/// Extractors read it as plain text and hand back ranges of it; [`JoinedText::source_ranges`] maps
/// those home. So a unit's name that was broken over two lines is one word here and two ranges in
/// the source.
///
/// ```
/// use duban_document::{JoinedText, TextRange};
///
/// let source = "依托民生服\n\n务中心设立窗口";
/// let mut joined = JoinedText::builder();
/// joined.push(source, TextRange::new(0, "依托民生服".len()));
/// joined.push(source, TextRange::new("依托民生服\n\n".len(), source.len()));
/// let joined = joined.finish();
/// assert_eq!(joined.as_str(), "依托民生服务中心设立窗口");
///
/// let name = joined.as_str().find("民生服务中心").unwrap();
/// let homes = joined.source_ranges(name..name + "民生服务中心".len());
/// let pieces: Vec<_> = homes.iter().map(|home| home.slice(source)).collect();
/// assert_eq!(pieces, ["民生服", "务中心"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JoinedText {
    text: String,
    pieces: SmallVec<[Piece; 1]>,
}

/// From byte `offset` of the joined text on stands `source`. An empty `source` marks glue (a line break
/// between paragraphs), which reaches up to the next piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    offset: usize,
    source: TextRange,
}

impl Piece {
    /// The part of its source that stands in `range` of the joined text; empty for glue.
    fn within(&self, range: &Range<usize>) -> TextRange {
        let (start, end) = (self.source.start(), self.source.end());
        let skipped = range.start.saturating_sub(self.offset);
        TextRange::new(start + skipped, end.min(start + (range.end - self.offset)))
    }
}

impl JoinedText {
    /// Starts an empty text.
    pub fn builder() -> JoinedTextBuilder {
        JoinedTextBuilder { joined: Self::default() }
    }

    /// One unbroken piece of the source.
    pub fn from_source(source: &str, range: TextRange) -> Self {
        let mut builder = Self::builder();
        builder.push(source, range);
        builder.finish()
    }

    /// The joined text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Where `range` of the joined text stood in the source, in order; glue has no place.
    pub fn source_ranges(&self, range: Range<usize>) -> Places {
        let mut homes = Places::new();
        for home in self.source_pieces(range) {
            match homes.last_mut() {
                Some(last) if last.end() == home.start() => *last = last.cover(home),
                _ => homes.push(home),
            }
        }
        homes
    }

    /// The same piece by piece, also where one piece runs on into the next.
    pub fn source_pieces(&self, range: Range<usize>) -> impl Iterator<Item = TextRange> {
        let sources = self.pieces_in(&range).iter().map(move |piece| piece.within(&range));
        sources.filter(|source| !source.is_empty())
    }

    /// Where each piece of the source begins in the joined text, in order.
    pub fn placed_pieces(&self) -> impl Iterator<Item = (usize, TextRange)> {
        let placed = self.pieces.iter().map(|piece| (piece.offset, piece.source));
        placed.filter(|(_, source)| !source.is_empty())
    }

    /// The pieces that have text in `range`.
    fn pieces_in(&self, range: &Range<usize>) -> &[Piece] {
        let first = self.pieces.partition_point(|piece| piece.offset <= range.start).saturating_sub(1);
        let pieces = self.pieces.get(first..).unwrap_or_default();
        &pieces[..pieces.partition_point(|piece| piece.offset < range.end)]
    }

    /// The pieces of `range` as they stand where it begins at byte `base`.
    fn moved_pieces(&self, range: &Range<usize>, base: usize) -> impl Iterator<Item = Piece> {
        self.pieces_in(range).iter().map(move |piece| Piece {
            offset: base + piece.offset.saturating_sub(range.start),
            source: piece.within(range),
        })
    }

    /// The smallest source range that holds all of `range`; `None` where it is only glue.
    pub fn source_cover(&self, range: Range<usize>) -> Option<TextRange> {
        self.source_pieces(range).reduce(TextRange::cover)
    }

    /// The joined text without its places.
    pub fn into_string(self) -> String {
        self.text
    }

    /// The part in `range`, which must lie on character boundaries, with its places.
    #[must_use]
    pub fn part(&self, range: Range<usize>) -> Self {
        let Some(text) = self.text.get(range.clone()) else { return Self::default() };
        let mut part = Self { text: text.to_owned(), pieces: SmallVec::new() };
        // Nearly every part has one piece, for which room need not be made beforehand.
        self.moved_pieces(&range, 0).for_each(|piece| part.pieces.push(piece));
        part
    }
}

/// Puts a [`JoinedText`] together.
#[derive(Clone, Debug, Default)]
pub struct JoinedTextBuilder {
    joined: JoinedText,
}

impl JoinedTextBuilder {
    /// Appends the piece of `source` in `range`.
    pub fn push(&mut self, source: &str, range: TextRange) {
        let text = range.slice(source);
        if !text.is_empty() {
            self.place(range);
            self.joined.text.push_str(text);
        }
    }

    /// Appends text that stands nowhere in the source, such as the break between two paragraphs.
    pub fn push_glue(&mut self, glue: &str) {
        if !glue.is_empty() {
            self.place(TextRange::default());
            self.joined.text.push_str(glue);
        }
    }

    /// Appends `range` of another joined text, places included.
    pub fn push_part(&mut self, other: &JoinedText, range: Range<usize>) {
        let Some(text) = other.text.get(range.clone()).filter(|text| !text.is_empty()) else { return };
        let base = self.joined.text.len();
        self.joined.pieces.extend(other.moved_pieces(&range, base));
        self.joined.text.push_str(text);
    }

    /// Appends all of another joined text.
    pub fn push_joined(&mut self, other: &JoinedText) {
        self.push_part(other, 0..other.text.len());
    }

    /// The text so far.
    pub fn as_str(&self) -> &str {
        &self.joined.text
    }

    /// The finished text.
    pub fn finish(self) -> JoinedText {
        self.joined
    }

    fn place(&mut self, source: TextRange) {
        self.joined.pieces.push(Piece { offset: self.joined.text.len(), source });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn part_keeps_places() {
        let source = "甲乙\n丙丁";
        let mut builder = JoinedText::builder();
        builder.push(source, TextRange::new(0, 6));
        builder.push_glue("\n");
        builder.push(source, TextRange::new(7, 13));
        let joined = builder.finish();
        let part = joined.part(3..10);
        assert_eq!(part.as_str(), "乙\n丙");
        assert_eq!(part.source_ranges(0..7).as_slice(), [TextRange::new(3, 6), TextRange::new(7, 10)]);
    }

    #[test]
    fn parts_of_parts_can_be_joined_again() {
        let source = "一二三四";
        let joined = JoinedText::from_source(source, TextRange::new(0, source.len()));
        let mut builder = JoinedText::builder();
        builder.push_part(&joined, 6..9);
        builder.push_part(&joined, 0..3);
        let turned = builder.finish();
        assert_eq!(turned.as_str(), "三一");
        assert_eq!(turned.source_ranges(3..6).as_slice(), [TextRange::new(0, 3)]);
    }
}
