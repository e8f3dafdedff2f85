//! The document: its text, its lines and what they make.

use strum::{EnumString, IntoStaticStr};

use crate::{JoinedText, Recognition, TextRange};

/// A notice as read.
///
/// Invariants, which readers keep and [`Document::check`] proves: lines do not overlap and stand in
/// order; every range lies on character boundaries of `text`; every piece of a block stood in a
/// line of layer [`Layer::Body`].
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The format of the source.
    pub format: Format,
    /// Number of pages; `None` where the format has none.
    pub pages: Option<u32>,
    /// The source as read, whole; lines are separated by `\n`.
    pub text: String,
    /// The lines of `text`, in order; line *n* of the record is `lines[n - 1]`.
    pub lines: Vec<Line>,
    /// Paragraphs and tables in reading order.
    pub blocks: Vec<Block>,
    /// Where each piece of text stood on its page, sorted by range; empty without pages.
    pub placed: Vec<PlacedText>,
    /// Head fields that the source states outside its text (`发文机关`, `成文日期` of a web page's
    /// table), as printed: name and value.
    pub metadata: Vec<(String, String)>,
    /// Pages with characters that only recognition (OCR) could tell, from 1, in order.
    pub unread: Vec<u32>,
    /// What of it was recognised rather than read; `None` where nothing was.
    pub recognition: Option<Recognition>,
}

impl Document {
    /// A document of `text` that nobody has laid out yet: no lines, no blocks, nothing known beside.
    pub fn of_text(format: Format, text: String) -> Self {
        Self {
            format,
            pages: None,
            text,
            lines: Vec::new(),
            blocks: Vec::new(),
            placed: Vec::new(),
            metadata: Vec::new(),
            unread: Vec::new(),
            recognition: None,
        }
    }

    /// Indices of the first and the last line that `range` touches; `None` for an empty document.
    pub fn lines_in(&self, range: TextRange) -> Option<(usize, usize)> {
        let first = self.lines.partition_point(|line| line.range.start() <= range.start()).saturating_sub(1);
        let behind = self.lines.get(first..)?.get(1..)?;
        let begins = |line: &Line| line.range.start() < range.end().max(range.start() + 1);
        // Most ranges end in the line that they begin in, and nearly all in one of the next few: those far
        // off need not be looked at.
        let mut reach = 1;
        while behind.get(reach - 1).is_some_and(begins) && reach < behind.len() {
            reach = (2 * reach).min(behind.len());
        }
        let more = behind.get(..reach).map_or(0, |near| near.partition_point(begins));
        Some((first, first + more))
    }

    /// The boxes that `range` covers in the body, one for each run along a line: page (from 1) and
    /// box. Page furniture in the midst of it has none.
    pub fn boxes_in(&self, range: TextRange) -> Vec<(u32, Bounds)> {
        if self.placed.is_empty() {
            return Vec::new();
        }
        let Some((first, last)) = self.lines_in(range) else { return Vec::new() };
        let lines = self.lines.iter().take(last + 1).skip(first);
        lines.filter(|line| line.layer == Layer::Body).flat_map(|line| self.runs_of(line, range)).collect()
    }

    /// The box around a line; `None` without places.
    pub fn bounds_of(&self, line: &Line) -> Option<Bounds> {
        self.runs_of(line, line.range).into_iter().map(|(_, bounds)| bounds).reduce(Bounds::cover)
    }

    /// The boxes of what `range` covers of a line, one for each run without a gap: page (from 1) and box.
    pub fn runs_of(&self, line: &Line, range: TextRange) -> Vec<(u32, Bounds)> {
        let (start, end) = (line.range.start().max(range.start()), line.range.end().min(range.end()));
        let from = self.placed.partition_point(|placed| placed.range.end() <= start);
        let mut runs: Vec<(u32, Bounds)> = Vec::new();
        for placed in self.placed.iter().skip(from).take_while(|placed| placed.range.start() < end) {
            match runs.last_mut() {
                Some((page, bounds)) if *page == placed.page && bounds.runs_on_into(placed.bounds) => {
                    *bounds = bounds.cover(placed.bounds);
                }
                _ => runs.push((placed.page, placed.bounds)),
            }
        }
        runs
    }

    /// Proves the invariants; the error names the first that is broken.
    pub fn check(&self) -> Result<(), String> {
        let inside = |range: TextRange| self.text.get(range.start()..range.end()).is_some();
        let mut end = 0;
        for (index, line) in self.lines.iter().enumerate() {
            if !inside(line.range) || line.range.start() < end {
                return Err(format!("line {} has a bad range", index + 1));
            }
            end = line.range.end();
        }
        for (index, block) in self.blocks.iter().enumerate() {
            for text in block.texts() {
                for home in text.source_ranges(0..text.as_str().len()) {
                    let body = self.lines_in(home).is_some_and(|(first, last)| {
                        self.lines[first..=last].iter().any(|line| line.layer == Layer::Body)
                    });
                    if !inside(home) || !body {
                        return Err(format!("block {index} points outside the body"));
                    }
                }
            }
        }
        Ok(())
    }
}

/// Formats that duban reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[non_exhaustive]
pub enum Format {
    /// Portable Document Format.
    Pdf,
    /// Office Open XML.
    Docx,
    /// Word's and WPS's binary format.
    Doc,
    /// Rich Text Format.
    Rtf,
    /// `OpenDocument` text, ISO/IEC 26300.
    Odt,
    /// A spreadsheet of Office Open XML.
    Xlsx,
    /// Open Fixed-layout Document, GB/T 33190.
    Ofd,
    /// A web page.
    Html,
    /// Markdown.
    Markdown,
    /// Plain text.
    Text,
}

/// One line of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its text, without the line break.
    pub range: TextRange,
    /// Page, from 1; `None` where the format has none.
    pub page: Option<u32>,
    /// Body or furniture.
    pub layer: Layer,
}

/// What a line is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Layer {
    /// The notice itself.
    Body,
    /// Page numbers, running heads, repeated heads of tables: kept in the text, read by nobody.
    Furniture,
}

/// Paragraph or table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Running text.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
}

impl Block {
    /// All texts of the block, in reading order.
    pub fn texts(&self) -> impl Iterator<Item = &JoinedText> {
        let (paragraph, rows) = match self {
            Self::Paragraph(paragraph) => (Some(&paragraph.text), Default::default()),
            Self::Table(table) => (None, &table.rows[..]),
        };
        let cells = rows.iter().flat_map(|row| &row.cells).map(|cell| &cell.text);
        paragraph.into_iter().chain(cells)
    }
}

/// Running text between two paragraph breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Its text, wraps joined, white space at both ends gone.
    pub text: JoinedText,
    /// How it stands between the margins.
    pub alignment: Alignment,
    /// Level of a heading where the format says so (`#` of Markdown, `<h2>`), from 1.
    pub heading: Option<u8>,
}

/// How a paragraph stands between the margins, as far as the source shows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Alignment {
    /// Body text, or not known.
    #[default]
    Body,
    /// In the middle: titles.
    Centre,
    /// At the right: signature and date.
    Right,
}

/// A table: rows of cells on a grid of columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Rows, from the top. Heads repeated at page breaks are gone.
    pub rows: Vec<Row>,
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its cells from the left; a cell that spans rows stands only in its first row.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// First column that it covers, from 0.
    pub column: usize,
    /// Number of columns that it covers, at least 1.
    pub column_span: usize,
    /// Number of rows that it covers, at least 1.
    pub row_span: usize,
    /// Its text; `\n` stands where the cell breaks a line on purpose or may have done so.
    pub text: JoinedText,
}

/// A piece of text and the box it was painted in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedText {
    /// The piece.
    pub range: TextRange,
    /// Page, from 1.
    pub page: u32,
    /// The box.
    pub bounds: Bounds,
}

/// A box on a page in points (1/72 inch), from the top left corner of the page as shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Left edge.
    pub x0: f32,
    /// Upper edge.
    pub y0: f32,
    /// Right edge.
    pub x1: f32,
    /// Lower edge.
    pub y1: f32,
}

impl Bounds {
    /// The smallest box that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    /// Whether `next` goes on where this box ends: along a line or down a column of vertical text, and
    /// the other way about on pages that are turned.
    fn runs_on_into(self, next: Self) -> bool {
        let touch = |size: f32, end: f32, start: f32| (start - end).abs() < size * 1.5;
        let size = (self.y1 - self.y0).min(next.y1 - next.y0).max(1.0);
        let along = touch(size, self.x1, next.x0) || touch(size, self.x0, next.x1);
        let width = (self.x1 - self.x0).min(next.x1 - next.x0).max(1.0);
        let down = touch(width, self.y1, next.y0) || touch(width, self.y0, next.y1);
        let beside = (next.y0 - self.y0).abs() < size / 2.0;
        let below = (next.x0 - self.x0).abs() < width / 2.0;
        beside && along || below && down
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_have_one_box_whichever_way_they_go() {
        let first = Bounds { x0: 100.0, y0: 100.0, x1: 116.0, y1: 116.0 };
        for (x, y) in [(16.0, 0.0), (-16.0, 0.0), (0.0, 16.0), (0.0, -16.0)] {
            let moved = |by: f32| Bounds {
                x0: first.x0 + x * by,
                y0: first.y0 + y * by,
                x1: first.x1 + x * by,
                y1: first.y1 + y * by,
            };
            let run = first.cover(moved(1.0));
            assert!(first.runs_on_into(moved(1.0)) && run.runs_on_into(moved(2.0)));
            assert!(!run.runs_on_into(moved(5.0)));
        }
    }
}
