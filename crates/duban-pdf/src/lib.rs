//! PDF to lines and tables, each character with its box on the page as shown.
//!
//! [`read`] opens a file, however damaged, runs the content of each page, and puts the glyphs
//! together to lines in reading order and to tables with and without ruling lines. It never panics, and its
//! work is bounded ([`Limits`]): a hostile file ends in an error or in an incomplete [`Pdf`] that
//! says so.
//!
//! That a file could be read does not mean that its text is right. Whoever uses the text looks at
//! [`Page::unknown`] (characters that nobody can tell), at pages with [`Page::images`] but no
//! glyphs (scans), and at the flags of [`Pdf`].

mod content;
mod error;
mod file;
mod font;
mod guard;
mod lexer;
mod model;
mod options;
mod page_tree;
mod rescue;
mod unpack;

pub use error::PdfError;
pub use file::is_pdf;
pub use model::{Limit, Pdf};
pub use options::{Limits, Options};

use content::{Fonts, Layers};
use duban_page::Page;
use file::File;

/// Reads a PDF.
///
/// ```
/// use duban_pdf::Options;
///
/// let bytes = include_bytes!("../../../fixtures/pdf/reportlab.pdf");
/// let pdf = duban_pdf::read(bytes, &Options::default())?;
/// let line = pdf.pages[0].lines().nth(1).unwrap();
/// assert_eq!(line.text(), "一、总体要求");
/// assert!(line.bounds.x0 > 59.0 && line.bounds.y0 < 100.0);
/// assert_eq!(pdf.unknown(), 0);
/// # Ok::<(), duban_pdf::PdfError>(())
/// ```
pub fn read(bytes: &[u8], options: &Options) -> Result<Pdf, PdfError> {
    let file = File::open(bytes, options)?;
    let sources = page_tree::pages(&file);
    if sources.is_empty() {
        return Err(PdfError::Damaged(None));
    }
    let layers = Layers::read(&file);
    let mut fonts = Fonts::new(&file);
    let mut pages: Vec<Page> = (1..)
        .zip(&sources)
        .map(|(number, source)| Page::of(number, content::paint(&file, &layers, &mut fonts, source)))
        .collect();
    duban_page::join_pages(&mut pages);
    Ok(Pdf {
        pages,
        repaired: file.is_repaired(),
        truncated: file.is_truncated(),
        limit: file.budget.exceeded(),
    })
}
