//! What an office file holds.

use duban_document::Alignment;

/// The text of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Story {
    /// Paragraphs and tables in reading order.
    pub items: Vec<Item>,
    /// Number of pages; `None` where the file does not say where they end.
    pub pages: Option<u32>,
    /// Whether a part of the file ends too early or is damaged.
    pub truncated: bool,
}

/// A paragraph or a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// Running text.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
}

/// A paragraph as shown, its number included.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paragraph {
    /// Its text, parted where a line break was typed.
    pub lines: Vec<String>,
    /// How it stands between the margins.
    pub alignment: Alignment,
    /// Level of a heading, from 1.
    pub heading: Option<u8>,
    /// Columns (half of a character of 16 points) from the margin to its first line.
    pub indent: u32,
    /// The page on which it begins, from 1; `None` where the file does not say where pages end.
    pub page: Option<u32>,
    /// Whether it is no part of the text: a running head, a note, a table of contents.
    pub is_furniture: bool,
}

impl Paragraph {
    /// Whether it shows nothing.
    pub fn is_empty(&self) -> bool {
        self.lines.iter().all(|line| line.trim().is_empty())
    }
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Its rows; a cell that spans rows stands only in its first.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// First column that it covers, from 0.
    pub column: usize,
    /// Number of columns that it covers, at least 1.
    pub column_span: usize,
    /// Number of rows that it covers, at least 1.
    pub row_span: usize,
    /// What stands in it; tables in tables too.
    pub items: Vec<Item>,
}

/// Most rows of a table that frames a text.
const FRAME_ROWS: usize = 3;
/// Paragraphs of a cell that holds a whole text rather than a datum.
const MANY_PARAGRAPHS: usize = 6;

impl Table {
    /// Whether it only lays out a page: a single column, or few rows around one long text or a table.
    pub fn is_frame(&self) -> bool {
        let cells = || self.rows.iter().flatten().filter(|cell| !cell.items.is_empty());
        let is_text = |cell: &Cell| {
            cell.items.len() >= MANY_PARAGRAPHS
                || cell.items.iter().any(|item| matches!(item, Item::Table(_)))
        };
        self.rows.iter().all(|row| row.len() <= 1) || self.rows.len() <= FRAME_ROWS && cells().any(is_text)
    }
}
