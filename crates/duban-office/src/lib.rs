//! Office files to paragraphs and tables in reading order, as their program shows them.
//!
//! - [`docx::read`]: Word (ECMA-376, ISO/IEC 29500), automatic numbers resolved: the label that Word
//!   shows (二、) is part of the paragraph, though the file only holds a reference to a list;
//! - [`sheet::read`]: the sheets of a spreadsheet.
//!
//! A [`Story`] knows nothing of notices; what its parts mean is for others to say.

pub mod docx;
mod error;
pub mod numeral;
pub mod sheet;
mod story;

pub use error::OfficeError;
pub use story::{Cell, Item, Paragraph, Story, Table};
