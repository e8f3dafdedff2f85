//! OFD (GB/T 33190) to lines and tables, each character with its box on the page.
//!
//! An OFD file is a ZIP package of XML parts: `OFD.xml` names its documents, a document its pages and
//! templates, a page its objects. Text objects hold characters and the distances between them, so that
//! nothing has to be guessed but what belongs together; that is the work of `duban-page`, as for PDF.
//! Signatures, annotations and pictures are not read.

mod content;
mod document;
mod values;

use duban_package::{Limits, Package, PackageError};
use duban_page::Page;

/// Why an OFD file gives no pages.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OfdError {
    /// The package cannot be opened or lacks a part that it needs.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// No document in it has a page.
    #[error("the OFD file has no pages")]
    NoPages,
}

/// An OFD file as read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ofd {
    /// The pages of all its documents, in order.
    pub pages: Vec<Page>,
    /// Whether a part is missing, damaged or beyond a limit.
    pub truncated: bool,
}

/// Reads an OFD file.
pub fn read(bytes: &[u8], limits: Limits) -> Result<Ofd, OfdError> {
    let mut package = Package::open(bytes, limits)?;
    let (canvases, truncated) = document::canvases(&mut package)?;
    let mut pages: Vec<Page> = (1..).zip(canvases).map(|(number, canvas)| Page::of(number, canvas)).collect();
    if pages.is_empty() {
        return Err(OfdError::NoPages);
    }
    duban_page::join_pages(&mut pages);
    Ok(Ofd { pages, truncated })
}
