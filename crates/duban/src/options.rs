//! What a caller may decide, with defaults that fit.

use std::num::NonZeroUsize;

use duban_document::Format;
use duban_read::ReadOptions;

/// What a caller may decide about one notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Read as this format, whatever the content looks like; `None` finds it out.
    pub format: Option<Format>,
    /// The largest file that is read, in bytes.
    pub max_file_bytes: u64,
    /// The longest text that is read, in bytes of UTF-8.
    pub max_text_bytes: usize,
}

impl Default for Options {
    fn default() -> Self {
        let read = ReadOptions::default();
        Self { format: read.format, max_file_bytes: 256 << 20, max_text_bytes: read.max_text_bytes }
    }
}

impl Options {
    /// The part that concerns reading.
    pub(crate) fn read(&self) -> ReadOptions {
        ReadOptions { format: self.format, max_text_bytes: self.max_text_bytes }
    }
}

/// What a caller may decide about many notices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BatchOptions {
    /// What holds for each notice.
    pub notice: Options,
    /// How many notices are worked on at a time; `None`: as many as the machine has cores.
    pub threads: Option<NonZeroUsize>,
    /// [`ingest`](crate::ingest) reads also what the store holds already.
    pub again: bool,
}
