//! What a caller may decide, with defaults that fit.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread;

use duban_convert::Converter;
use duban_ocr::Recogniser;
use duban_read::ReadOptions;

use crate::Isolation;

/// What a caller may decide about one notice.
#[derive(Clone, Debug)]
pub struct Options {
    /// How its bytes are read.
    pub read: ReadOptions,
    /// Recognises pages that are pictures; `None` leaves them without text and says so.
    pub ocr: Option<Recogniser>,
    /// Turns DOC, WPS, RTF and ODT into DOCX.
    pub converter: Converter,
    /// The largest file that is read, in bytes.
    pub max_file_bytes: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            read: ReadOptions::default(),
            ocr: None,
            converter: Converter::default(),
            max_file_bytes: 256 << 20,
        }
    }
}

/// What a caller may decide about many notices.
#[derive(Clone, Debug, Default)]
pub struct BatchOptions {
    /// What holds for each notice.
    pub notice: Options,
    /// How many notices are worked on at a time; `None`: as many as the machine has cores. With one, nothing
    /// else runs beside it: the database and the index wait for their turn.
    pub threads: Option<NonZeroUsize>,
    /// Where the notices are read.
    pub isolation: Isolation,
    /// Ends the batch as soon as it is set: files that were begun are still done, no others.
    pub stop: Option<Arc<AtomicBool>>,
    /// [`ingest`](crate::ingest) reads also what the store holds already.
    pub again: bool,
}

impl BatchOptions {
    /// How many notices are worked on at a time.
    pub(crate) fn threads(&self) -> usize {
        self.threads.or_else(|| thread::available_parallelism().ok()).map_or(1, usize::from)
    }
}
