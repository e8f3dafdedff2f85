//! Records in one SQLite file: the truth from which the index is made.
//!
//! [`Database::put`] writes records and, taken apart, their tasks, units and deadlines in one
//! transaction that is on disk when it returns. Which documents the index holds is kept here, too
//! ([`Database::mark_indexed`]), so that a program that was killed between the two knows what is left
//! to do. `README.md` documents the tables for those who read them with SQL.

mod database;
mod digest;
mod error;
mod files;
mod write;

pub use database::{Database, Head, SCHEMA_VERSION};
pub use error::DatabaseError;
pub use files::{Content, FilePath, FileRow, FileStatus, Verdict};
pub use write::Entry;
