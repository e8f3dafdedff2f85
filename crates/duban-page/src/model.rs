//! A page as read: lines and tables, each character with its box.

use duban_document::Bounds;

use crate::{Canvas, layout};

/// One page as shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Its number, from 1.
    pub number: u32,
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// Lines and tables, in reading order.
    pub items: Vec<Item>,
    /// Ruling lines, whether or not they make a table.
    pub rules: Vec<Rule>,
    /// Number of glyphs painted.
    pub glyphs: u32,
    /// How many of them stand for a character that nobody can tell; each is U+FFFD in its line.
    pub unknown: u32,
    /// Number of images painted. A page with images and no glyphs is a scan; one with neither is
    /// blank.
    pub images: u32,
    /// Whether the text is the invisible layer that character recognition laid over a scan.
    pub recognised: bool,
}

impl Page {
    /// Lays out what a page shows. Tables that go on from page to page are told by
    /// [`join_pages`](crate::join_pages) afterwards.
    pub fn of(number: u32, canvas: Canvas) -> Self {
        layout::assemble(number, canvas)
    }

    /// All lines of the page in reading order, those of table cells included.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.items.iter().flat_map(|item| match item {
            Item::Line(line) => vec![line],
            Item::Table(table) => table.lines().collect(),
        })
    }
}

/// A line or a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A line outside tables.
    Line(Line),
    /// A table.
    Table(Table),
}

impl Item {
    /// The box around it.
    pub fn bounds(&self) -> Bounds {
        match self {
            Self::Line(line) => line.bounds,
            Self::Table(table) => table.bounds,
        }
    }
}

/// One printed line: at least one character.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its characters in reading order, spaces included.
    pub characters: Vec<Character>,
    /// The box around them.
    pub bounds: Bounds,
    /// Font size of most of its characters, in points as shown.
    pub size: f32,
    /// How it runs on the page as shown.
    pub direction: Direction,
}

impl Line {
    /// Its characters as text.
    ///
    /// ```
    /// use duban_document::Bounds;
    /// use duban_page::{Character, Direction, Line};
    ///
    /// let bounds = Bounds { x0: 72.0, y0: 72.0, x1: 88.0, y1: 88.0 };
    /// let characters = vec![Character { character: '一', bounds }, Character { character: '、', bounds }];
    /// let line = Line { characters, bounds, size: 16.0, direction: Direction::Right };
    /// assert_eq!(line.text(), "一、");
    /// ```
    pub fn text(&self) -> String {
        self.characters.iter().map(|character| character.character).collect()
    }
}

/// One character and the box it was painted in.
///
/// The box is the em box of the font (its ink may be smaller), so that boxes of one line have one
/// height. A glyph that stands for several characters (`ﬁ`) shares its box out among them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Character {
    /// The character; U+FFFD where nobody can tell.
    pub character: char,
    /// The box.
    pub bounds: Bounds,
}

/// How a line runs on the page as shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// From left to right.
    #[default]
    Right,
    /// Downwards: vertical writing, or a page turned clockwise.
    Down,
    /// From right to left, upside down.
    Left,
    /// Upwards.
    Up,
    /// Neither, or level with the text but under it: a watermark.
    Oblique,
}

/// A thin straight mark: a stroked line, an edge of a stroked box, or a thin filled box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// Its box.
    pub bounds: Bounds,
}

impl Rule {
    /// Whether it lies rather than stands.
    pub fn is_horizontal(&self) -> bool {
        self.bounds.x1 - self.bounds.x0 >= self.bounds.y1 - self.bounds.y0
    }
}

/// A table: at least two columns that ruling lines make, or three that gaps do.
///
/// Tables are read page by page; where one goes on from the page before, [`Table::continued`] says
/// how, and whoever puts the pages together joins it.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The box around the outermost rules, or around its text.
    pub bounds: Bounds,
    /// The edges of its columns from the left, one more than columns; as its lines run, so on a page
    /// turned to its side along the page's height.
    pub columns: Vec<f32>,
    /// Whether rules part its columns. Otherwise their edges stand where its text leaves room, on each
    /// page elsewhere.
    pub ruled: bool,
    /// Its rows, from the top.
    pub rows: Vec<Row>,
    /// Whether no rule closes it below, as where a page break cuts a row.
    pub open_below: bool,
    /// How it goes on from the last table of the page before; `None` where it does not.
    pub continued: Option<Continued>,
}

impl Table {
    /// All lines of its cells, row by row.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.lines)
    }
}

/// How a table goes on from the page before: same columns, and nothing but page furniture between.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Continued {
    /// How many of its first rows print the table's head again.
    pub repeated_head: usize,
    /// Whether the first row after those is the rest of a row that the page break cut in two: its
    /// cells continue those of the last row, column by column.
    pub splits_row: bool,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Its cells from the left; a cell that spans rows stands only in its first row.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// First column that it covers, from 0.
    pub column: usize,
    /// Number of columns that it covers, at least 1.
    pub column_span: usize,
    /// Number of rows that it covers, at least 1.
    pub row_span: usize,
    /// The box between its rules, or from its text to that of its neighbours.
    pub bounds: Bounds,
    /// Its lines in reading order.
    pub lines: Vec<Line>,
}

impl Cell {
    /// Its lines as text, joined without a mark; with a space between words in ASCII.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for line in &self.lines {
            let line = line.text();
            let word = |character: Option<char>| character.is_some_and(|it| it.is_ascii_alphanumeric());
            let letters = |character: Option<char>| character.is_some_and(|it| it.is_ascii_alphabetic());
            let (last, next) = (text.chars().next_back(), line.chars().next());
            // Two runs of digits are one number that was broken.
            if word(last) && word(next) && (letters(last) || letters(next)) {
                text.push(' ');
            }
            text.push_str(&line);
        }
        text
    }
}
