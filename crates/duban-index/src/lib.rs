//! Records into a full-text index of their tasks, queries out.
//!
//! A task is one document of the index, and so are a heading, the head of a notice and each paragraph
//! outside its outline. [`IndexWriter::put`] replaces the tasks of a notice,
//! [`Index::search`] finds tasks by words and filters. A phrase that stands in a task is found
//! wherever it begins or ends, because pairs of Han characters are compared rather than words that a
//! dictionary cuts; the dictionary's words (jieba-rs) add to the score and decide nothing.
//!
//! ```
//! # let json = include_str!("../tests/record.json");
//! # let record: duban_record::Record = serde_json::from_str(json)?;
//! # let folder = tempfile::tempdir()?;
//! use duban_index::{Index, Query};
//!
//! let index = Index::create(folder.path())?;
//! let mut writer = index.writer()?;
//! writer.put(&record)?;
//! writer.commit()?;
//! index.reload()?;
//!
//! let query = Query { text: "开专栏 year:2022".into(), ..Query::default() };
//! let results = index.search(&query)?;
//! assert_eq!(results.hits[0].title, "更新公开专栏");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! This crate sees records, never documents or files of notices.

mod analysis;
mod check;
mod error;
mod facets;
mod index;
mod query;
mod schema;
mod sections;
mod snippet;
mod tokenizer;
mod writer;

pub use error::IndexError;
pub use facets::FacetCounts;
pub use index::{Index, SearchHit, SearchResults, register_tokenizers};
pub use query::{Query, Sort};
pub use schema::VERSION;
pub use snippet::Snippet;
pub use writer::IndexWriter;
