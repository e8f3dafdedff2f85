//! A byte range in a document's text: the only position there is below the record.

use std::ops::Range;

/// A range of bytes in [`Document::text`](crate::Document::text), end exclusive.
///
/// Both ends lie on character boundaries of the text that the range was made for. Four bytes an end
/// are enough: readers refuse text of 4 GiB and more.
///
/// ```
/// use duban_document::TextRange;
///
/// let text = "各社区要报送";
/// let range = TextRange::new(0, "各社区".len());
/// assert_eq!(range.slice(text), "各社区");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextRange {
    start: u32,
    end: u32,
}

impl TextRange {
    /// The range from byte `start` to byte `end`; an end before the start gives an empty range.
    ///
    /// # Panics
    /// When an end does not fit into 32 bits, which readers rule out.
    pub fn new(start: usize, end: usize) -> Self {
        let fit = |offset: usize| u32::try_from(offset).expect("readers refuse text over 4 GiB");
        Self { start: fit(start), end: fit(end.max(start)) }
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest range that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The text of the range; empty where the range does not fit `text`.
    pub fn slice(self, text: &str) -> &str {
        text.get(self.start()..self.end()).unwrap_or_default()
    }
}

impl From<Range<usize>> for TextRange {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}
