//! Lines and tables of formats whose markup says what is a paragraph (Markdown, HTML, Word) to blocks.
//!
//! Markup is seldom used to the letter. A line break inside a paragraph may be one that somebody typed
//! between two paragraphs, or one that a conversion left where a printed line ended. So each line says
//! how its source parted it from the line before ([`Break`]), and the text as a whole decides what
//! that means: as printed lines where it was plainly hard-wrapped, as the format's own rules say else.

mod openings;
mod write;

use duban_document::{Alignment, Block, JoinedText, Paragraph, Table};

use crate::layout::{self, FlowLine, Wrap, measure};

pub(crate) use write::{Standing, Writer};

/// How a line is parted from the line before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Break {
    /// By the markup: another block.
    #[default]
    Hard,
    /// By a line break inside a block: `<br>`, Word's Shift-Enter.
    Line,
    /// By a line break that `CommonMark` reads as a space.
    Soft,
    /// By a line break in text that `CommonMark` leaves as it is (code).
    Printed,
}

/// A line without its markup.
pub(crate) struct MarkedLine {
    pub(crate) text: JoinedText,
    pub(crate) before: Break,
    /// Columns of blanks before it.
    pub(crate) indent: u32,
    pub(crate) alignment: Alignment,
    pub(crate) heading: Option<u8>,
}

impl MarkedLine {
    /// The line for the layout to judge.
    fn flow(&self) -> FlowLine<'_> {
        let text = self.text.as_str();
        let size = measure(text);
        let line = FlowLine::new(text, self.indent, self.indent + size.columns, size.loose);
        FlowLine { parted: self.before == Break::Hard, ..line }
    }
}

/// A part of the text.
pub(crate) enum Part {
    Line(MarkedLine),
    Table(Table),
}

impl Part {
    fn line(&self) -> Option<&MarkedLine> {
        match self {
            Self::Line(line) => Some(line),
            Self::Table(_) => None,
        }
    }
}

/// Paragraphs and tables of `parts`.
pub(crate) fn blocks(parts: Vec<Part>) -> Vec<Block> {
    let flow: Vec<FlowLine<'_>> = parts.iter().filter_map(Part::line).map(MarkedLine::flow).collect();
    let is_open = |line: &FlowLine<'_>| !line.parted;
    let wrap = if flow.iter().any(is_open) { Wrap::of(&flow) } else { None };
    let openings = match &wrap {
        Some(wrap) => layout::openings(wrap, &flow),
        None => openings::openings(&parts, &flow),
    };
    let mut openings = openings.into_iter();
    let mut drafts: Vec<Draft> = Vec::new();
    for part in parts {
        match part {
            Part::Table(table) => drafts.push(Draft::Table(table)),
            Part::Line(line) => {
                let opens = openings.next().unwrap_or(true);
                match drafts.last_mut() {
                    Some(Draft::Lines(lines)) if !opens => lines.push(line),
                    _ => drafts.push(Draft::Lines(vec![line])),
                }
            }
        }
    }
    drafts.into_iter().map(Draft::finish).collect()
}

/// A block in the making.
enum Draft {
    Table(Table),
    Lines(Vec<MarkedLine>),
}

impl Draft {
    fn finish(self) -> Block {
        let lines = match self {
            Self::Table(table) => return Block::Table(table),
            Self::Lines(lines) => lines,
        };
        let mut joined = JoinedText::builder();
        for line in &lines {
            if layout::needs_space(joined.as_str(), line.text.as_str()) {
                joined.push_glue(" ");
            }
            joined.push_joined(&line.text);
        }
        let heading = lines.first().and_then(|line| line.heading);
        let alignment = match lines.as_slice() {
            [only] => only.alignment,
            _ => Alignment::Body,
        };
        Block::Paragraph(Paragraph { text: joined.finish(), alignment, heading })
    }
}
