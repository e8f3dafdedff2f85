//! Lines without a source of their own to a text with places.

use duban_document::{Alignment, Document, Format, JoinedText, Layer, Line, TextRange};

use super::{Break, MarkedLine, Part, blocks};
use crate::layout;

/// How a line stands in its text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Standing {
    pub(crate) before: Break,
    /// Columns of blanks before it.
    pub(crate) indent: u32,
    pub(crate) alignment: Alignment,
    pub(crate) heading: Option<u8>,
}

/// The text of a page or a file that is mostly markup, as people see it: a line each.
#[derive(Default)]
pub(crate) struct Writer {
    text: String,
    lines: Vec<Line>,
    parts: Vec<Part>,
}

impl Writer {
    /// Writes a line of the body.
    pub(crate) fn line(&mut self, line: &str, page: Option<u32>) -> JoinedText {
        let range = self.push(line, page, Layer::Body);
        JoinedText::from_source(&self.text, range)
    }

    /// Writes a line that nobody reads.
    pub(crate) fn furniture(&mut self, line: &str, page: Option<u32>) {
        self.push(line, page, Layer::Furniture);
    }

    fn push(&mut self, line: &str, page: Option<u32>, layer: Layer) -> TextRange {
        let start = self.text.len();
        self.text.push_str(line);
        let range = TextRange::new(start, self.text.len());
        self.text.push('\n');
        self.lines.push(Line { range, page, layer });
        range
    }

    /// Writes a line of running text and adds it as a part: as one line, unless it holds several
    /// paragraphs parted by full-width indents.
    pub(crate) fn running(&mut self, line: &str, page: Option<u32>, stands: Standing) {
        let Standing { mut before, mut indent, alignment, heading } = stands;
        for part in layout::marked_parts(line) {
            let text = self.line(line.get(part).unwrap_or_default(), page);
            self.part(Part::Line(MarkedLine { text, before, indent, alignment, heading }));
            (before, indent) = (Break::Hard, 0);
        }
    }

    /// Adds a part, whose text was written.
    pub(crate) fn part(&mut self, part: Part) {
        self.parts.push(part);
    }

    /// The document.
    pub(crate) fn finish(self, format: Format) -> Document {
        let blocks = blocks(self.parts);
        Document { lines: self.lines, blocks, ..Document::of_text(format, self.text) }
    }
}
