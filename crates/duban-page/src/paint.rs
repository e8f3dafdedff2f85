//! What a page shows, before anybody reads it: characters and rules at their places.

use duban_document::Bounds;

use crate::{Direction, Rule};

/// One character as painted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// The character; U+FFFD where nobody can tell.
    pub character: char,
    /// Its em box.
    pub bounds: Bounds,
    /// The way in which its line runs.
    pub direction: Direction,
    /// Height of its em box in points.
    pub size: f32,
    /// Whether it leaves ink.
    pub inked: bool,
}

impl Glyph {
    /// Whether it only keeps others apart.
    pub fn is_space(&self) -> bool {
        self.character.is_whitespace()
    }
}

/// What a page shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Canvas {
    /// Width of the page in points.
    pub width: f32,
    /// Height of the page in points.
    pub height: f32,
    /// Its characters in the order painted.
    pub glyphs: Vec<Glyph>,
    /// Its ruling lines.
    pub rules: Vec<Rule>,
    /// Number of images.
    pub images: u32,
}
