//! Lines without a source of their own to a text with places.

use duban_document::{Document, Format, JoinedText, Layer, Line, TextRange};

use super::{Part, blocks};

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
