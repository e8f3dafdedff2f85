//! The whole way from a notice to its record, and from a folder of notices to a store that can be searched.
//!
//! - [`process_file`], [`process_bytes`]: one notice to its [`Record`](record::Record);
//! - [`for_each_notice`]: the notices in an archive or a mail;
//! - [`process_folder`]: every notice of a folder, in parallel, results in the order of their paths;
//! - [`ingest`]: a folder into a [`Store`], which keeps the records, the index over their tasks and what
//!   became of each file; [`watch`]: the same as files come;
//! - [`Isolation`]: whether files are read in this process or in workers that they may kill.
//!
//! ```
//! let notice = "青禾县公开工作要点\n\n一、更新专栏。各镇要于10月底前完成。\n";
//! let record = duban::process_bytes("plan.txt", notice.as_bytes(), &duban::Options::default())?;
//! assert_eq!(record.source.path, "plan.txt");
//! # Ok::<(), duban::ProcessError>(())
//! ```
//!
//! Same input, same bytes out, whatever the number of threads: files are sorted by path, one file is
//! one job, and nothing here asks the environment or the locale.

mod batch;
mod error;
mod file;
mod folder;
mod indexer;
mod ingest;
mod isolation;
mod options;
mod process;
mod seal;
mod store;
mod summary;
mod trace;
mod unpack;
mod verdict;
mod watch;

/// Why another program did not convert a file.
pub use duban_convert::{ConvertError, Converter};
/// Text with places, as read.
pub use duban_document as document;
/// The index over tasks.
pub use duban_index as index;
/// Tasks of one plan to those of another.
pub use duban_lineage as lineage;
/// Recognition of scanned pages.
pub use duban_ocr as ocr;
/// What a caller may decide about reading.
pub use duban_read::ReadOptions;
/// The record, duban's output.
pub use duban_record as record;
/// Pages as pictures.
pub use duban_render as render;

pub use batch::{BatchSummary, process_files, process_folder};
pub use duban_store::{Content, DatabaseError, Entry, FilePath, FileRow, FileStatus, Verdict};
pub use error::{BatchError, Cause, ProcessError};
pub use folder::{FoundFiles, find_notices};
pub use ingest::{ingest, ingest_files};
pub use isolation::{Isolation, WorkerProgram, serve_worker};
pub use options::{BatchOptions, Options};
pub use process::{Examined, examine_bytes, load_file, process_bytes, process_file, read_bytes};
pub use store::{PARSER_VERSION, Store, StoreError, StoreWriter};
pub use summary::{Failure, IngestSummary, Progress};
pub use trace::{Branch, NoticeName, Origin, Step, Trace, TracedTask};
pub use unpack::{for_each_notice, for_each_notice_at, load_notice};
pub use verdict::NO_TASKS;
pub use watch::{Delivery, WatchEvent, WatchOptions, watch};
