//! What a reading is told, and how much work it may do.

use std::cell::Cell;

use crate::Limit;

/// What a reading is told.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Password of an encrypted file; the empty password is always tried.
    pub password: Option<String>,
    /// How much work a file may cause.
    pub limits: Limits,
}

/// How much work a file may cause. What lies beyond a limit is left out, and [`crate::Pdf::limit`]
/// says so.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Unpacked bytes of one stream.
    pub stream_bytes: usize,
    /// Unpacked bytes of all streams, a stream that is used again counted again where it is read.
    pub total_bytes: usize,
    /// Operators of all content streams.
    pub operators: usize,
    /// Glyphs of all pages.
    pub glyphs: usize,
    /// Pages.
    pub pages: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            stream_bytes: 64 << 20,
            total_bytes: 256 << 20,
            operators: 10_000_000,
            glyphs: 2_000_000,
            pages: 20_000,
        }
    }
}

/// What is left of the [`Limits`] while a file is read.
#[derive(Debug)]
pub(crate) struct Budget {
    /// Most bytes of one stream.
    pub(crate) stream_bytes: usize,
    /// Most pages.
    pub(crate) pages: usize,
    bytes: Cell<usize>,
    operators: Cell<usize>,
    glyphs: Cell<usize>,
    hit: Cell<Option<Limit>>,
}

impl Budget {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            stream_bytes: limits.stream_bytes,
            pages: limits.pages,
            bytes: Cell::new(limits.total_bytes),
            operators: Cell::new(limits.operators),
            glyphs: Cell::new(limits.glyphs),
            hit: Cell::new(None),
        }
    }

    /// Bytes that may still be unpacked.
    pub(crate) fn bytes_left(&self) -> usize {
        self.bytes.get()
    }

    /// Takes `count` bytes; `false` where so many are not left.
    pub(crate) fn take_bytes(&self, count: usize) -> bool {
        self.take(&self.bytes, count, Limit::TotalBytes)
    }

    pub(crate) fn take_operator(&self) -> bool {
        self.take(&self.operators, 1, Limit::Operators)
    }

    pub(crate) fn take_glyph(&self) -> bool {
        self.take(&self.glyphs, 1, Limit::Glyphs)
    }

    /// Notes that `limit` was reached.
    pub(crate) fn exceed(&self, limit: Limit) {
        self.hit.set(self.hit.get().or(Some(limit)));
    }

    /// The first limit that was reached.
    pub(crate) fn exceeded(&self) -> Option<Limit> {
        self.hit.get()
    }

    fn take(&self, left: &Cell<usize>, count: usize, limit: Limit) -> bool {
        let rest = left.get().checked_sub(count);
        left.set(rest.unwrap_or(0));
        if rest.is_none() {
            self.exceed(limit);
        }
        rest.is_some()
    }
}
