//! Characters and rules on a page to lines and tables in reading order.
//!
//! Fixed-layout formats (PDF, OFD) say where each character stands and nothing of what belongs
//! together. Their readers paint a [`Canvas`]; [`Page::of`] puts its glyphs together to lines and to
//! tables, which ruling lines or gaps tell, each character with its box; [`join_pages`] finds the tables
//! that go on over a page break.
//!
//! It knows nothing of file formats and nothing of paragraphs.

mod fold;
mod layout;
mod matrix;
mod model;
mod paint;
mod path;
mod punctuation;
mod table;

pub use fold::fold;
pub use matrix::Matrix;
pub use model::{Cell, Character, Continued, Direction, Item, Line, Page, Row, Rule, Table};
pub use paint::{Canvas, Glyph};
pub use path::{Path, is_thin, shared};
pub use table::join_pages;
