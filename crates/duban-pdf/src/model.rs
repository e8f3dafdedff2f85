//! What a reading gives: pages, and how whole they are.

use duban_page::Page;

/// A PDF as read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pdf {
    /// Its pages, in order.
    pub pages: Vec<Page>,
    /// Whether the file was damaged and its objects had to be searched for.
    pub repaired: bool,
    /// Whether something is missing: the file ends too early, or a part of it could not be unpacked.
    pub truncated: bool,
    /// The first limit at which the reading stopped; what came after it is missing.
    pub limit: Option<Limit>,
}

impl Pdf {
    /// Number of glyphs painted on all pages.
    pub fn glyphs(&self) -> u64 {
        self.pages.iter().map(|page| u64::from(page.glyphs)).sum()
    }

    /// Number of glyphs on all pages whose character nobody can tell.
    pub fn unknown(&self) -> u64 {
        self.pages.iter().map(|page| u64::from(page.unknown)).sum()
    }
}

/// A bound on the work that one file may cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Limit {
    /// Unpacked bytes of one stream.
    StreamBytes,
    /// Unpacked bytes of all streams.
    TotalBytes,
    /// Operators of all content streams.
    Operators,
    /// Glyphs of all pages.
    Glyphs,
    /// Pages.
    Pages,
}
