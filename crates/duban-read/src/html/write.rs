//! The notice of a page to a text of one paragraph a line, and blocks over it.

use duban_document::{Block, JoinedText, Layer, Line, Paragraph, TextRange};

use super::line::PageLine;
use super::main_part::MainPart;
use super::page::Item;
use crate::layout;

/// The text and what stands in it.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) text: String,
    pub(super) lines: Vec<Line>,
    pub(super) blocks: Vec<Block>,
}

/// Writes the items that are the notice's.
pub(super) fn write(items: Vec<Item>, main: &MainPart) -> Written {
    let mut written = Written::default();
    for (item, kept) in items.into_iter().zip(&main.kept) {
        match item {
            _ if !kept => {}
            Item::Line(line) => written.paragraphs(&line),
            Item::Table(table) => {
                let table = table.finish(|line| written.line(line));
                written.blocks.push(Block::Table(table));
            }
        }
    }
    written
}

impl Written {
    /// A line is one paragraph, unless it holds several parted by full-width indents.
    fn paragraphs(&mut self, line: &PageLine) {
        for part in layout::marked_parts(&line.text) {
            let text = self.line(line.text.get(part).unwrap_or_default());
            let paragraph = Paragraph { text, alignment: line.alignment, heading: line.heading };
            self.blocks.push(Block::Paragraph(paragraph));
        }
    }

    fn line(&mut self, line: &str) -> JoinedText {
        let start = self.text.len();
        self.text.push_str(line);
        let range = TextRange::new(start, self.text.len());
        self.text.push('\n');
        self.lines.push(Line { range, page: None, layer: Layer::Body });
        JoinedText::from_source(&self.text, range)
    }
}
