//! What can go wrong with an index.

use std::path::PathBuf;

/// Why an index cannot be opened, written or searched.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// There is no index at the path.
    #[error("no index at `{}`", .path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The index was made by another version of the schema or of the text analysis.
    #[error("the index at `{}` is of version {found}, this program needs version {}", .path.display(), crate::VERSION)]
    Version {
        /// The index.
        path: PathBuf,
        /// Its version, or what stands in its place.
        found: String,
    },
    /// The files of the index are not those that were written.
    #[error("the index at `{}` is damaged: {what}", .path.display())]
    Damaged {
        /// The index.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// Another process is writing to the index.
    #[error("another process is writing to the index at `{}`", .path.display())]
    Busy {
        /// The index.
        path: PathBuf,
    },
    /// The text of a query holds nothing to search for.
    #[error("the query `{text}` holds no word to search for")]
    NoWords {
        /// The text.
        text: String,
    },
    /// The text of a query is too long.
    #[error("the query has {length} characters, {limit} are allowed")]
    QueryTooLong {
        /// Its length in characters.
        length: usize,
        /// The limit.
        limit: usize,
    },
    /// A query that does not keep to the query language.
    #[error("{what}, at character {} of the query `{text}`", .at + 1)]
    Syntax {
        /// The query.
        text: String,
        /// Where it goes wrong, in characters from 0.
        at: usize,
        /// What is wrong there.
        what: String,
    },
    /// A file of the index cannot be read or written.
    #[error("cannot use the index at `{}`: {source}", .path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A stored task that cannot be read back.
    #[error("the index holds a task that cannot be read: {0}")]
    Stored(#[from] serde_json::Error),
    /// Whatever else the search engine reports.
    #[error("the search engine failed: {0}")]
    Engine(#[from] tantivy::TantivyError),
}

impl IndexError {
    /// What to do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Missing { .. } | Self::Version { .. } | Self::Damaged { .. } => {
                Some("run `duban reindex` with this store: it makes the index anew from the records")
            }
            Self::Busy { .. } => Some("wait until it has ended, or use another store"),
            Self::NoWords { .. } => Some("give at least one Chinese character, letter or digit"),
            Self::QueryTooLong { .. } => Some("search for a shorter phrase"),
            Self::Stored(_) | Self::Engine(_) => {
                Some("the index may be damaged: run `duban reindex` with this store")
            }
            Self::Syntax { .. } => {
                Some("signs that are meant as words stand in quotation marks; README.md lists the fields")
            }
            Self::Io { .. } => None,
        }
    }
}
