//! What can go wrong with the database.

use std::path::PathBuf;

/// Why the database cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DatabaseError {
    /// The file was made by a newer program.
    #[error("`{}` has schema version {found}, this program knows {}", .path.display(), crate::SCHEMA_VERSION)]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: i64,
    },
    /// A row that is not as it was written.
    #[error("the store's database is damaged: what it holds of `{row}` has changed by itself")]
    Damaged {
        /// The document or file.
        row: String,
    },
    /// A record that cannot be written or read back as JSON.
    #[error("a record in the store cannot be read: {0}")]
    Record(#[from] serde_json::Error),
    /// Whatever SQLite reports.
    #[error("the store's database failed: {0}")]
    Sqlite(#[from] rusqlite::Error),
}

impl DatabaseError {
    /// What to do about it, one line.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Newer { .. } => "use the newer duban, or another store",
            Self::Damaged { .. } => "the file is damaged: delete the store and ingest the notices again",
            Self::Record(_) => "run `duban ingest DIR --again` with this store",
            Self::Sqlite(error) => match error.sqlite_error_code() {
                Some(rusqlite::ErrorCode::DiskFull) => "make room and run the command again",
                Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => {
                    "wait until the other program that writes to it has ended"
                }
                Some(rusqlite::ErrorCode::NotADatabase | rusqlite::ErrorCode::DatabaseCorrupt) => {
                    "the file is damaged: delete the store and ingest the notices again"
                }
                _ => "see that the store's folder can be read and written",
            },
        }
    }
}
