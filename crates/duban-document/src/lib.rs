//! Text with places: the one form that every reader produces and every extractor reads.
//!
//! A [`Document`] holds the source as read in one string. Everything else points into that string
//! with a [`TextRange`]: [`Line`]s say on which page a piece stood and whether it is body or page
//! furniture, [`Block`]s say which lines make a paragraph or a table. A paragraph's text is a
//! [`JoinedText`]: hard wraps are gone, but each byte still knows where it stood.
//!
//! This crate also owns the notation of numbered labels ([`label`]), because both the layout (where
//! does a paragraph begin?) and the outline (what does the number mean?) read it; and [`Words`], lists of
//! words that every grammar above it looks up.
//!
//! It knows nothing of file formats and nothing of tasks, units or dates.

mod document;
mod joined;
pub mod label;
pub mod numeral;
mod range;
mod recognised;
mod warning;
mod words;

pub use document::{
    Alignment, Block, Bounds, Cell, Document, Format, Layer, Line, Paragraph, PlacedText, Row, Table,
};
pub use joined::{JoinedText, JoinedTextBuilder, Places};
pub use range::TextRange;
pub use recognised::{RecognisedPage, RecognisedWord, Recognition};
pub use warning::{Warned, Warning, WarningCode};
pub use words::Words;
