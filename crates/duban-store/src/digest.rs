//! Digests of rows: SQLite has none, and reads a flipped bit as if nothing were wrong.

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::DatabaseError;

/// The digest of the values of a row.
pub(crate) fn of(values: &Value) -> i64 {
    let digest = Sha256::digest(values.to_string());
    digest.iter().take(8).fold(0, |sum, byte| sum << 8 | i64::from(*byte))
}

/// An error where the values of the row called `name` are not those that were written.
pub(crate) fn check(name: &str, values: &Value, written: Option<i64>) -> Result<(), DatabaseError> {
    match written {
        Some(written) if written != of(values) => Err(DatabaseError::Damaged { row: name.to_owned() }),
        _ => Ok(()),
    }
}
