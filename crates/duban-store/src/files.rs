//! What became of each file: names, statuses and their rows.

use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Row, Transaction, params};
use serde_json::{Value, json};

use crate::{Database, DatabaseError, digest};

/// The path of a file, whatever bytes it is made of. In the tables it is a text, or bytes where it is no
/// UTF-8.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FilePath(PathBuf);

impl FilePath {
    /// The path.
    pub fn as_path(&self) -> &Path {
        &self.0
    }
}

impl From<PathBuf> for FilePath {
    fn from(path: PathBuf) -> Self {
        Self(path)
    }
}

/// A path as text: bytes that are no UTF-8 stand as `\xFF`.
impl fmt::Display for FilePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for chunk in self.0.as_os_str().as_encoded_bytes().utf8_chunks() {
            formatter.write_str(chunk.valid())?;
            for byte in chunk.invalid() {
                write!(formatter, "\\x{byte:02X}")?;
            }
        }
        Ok(())
    }
}

impl ToSql for FilePath {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let value = match self.0.to_str() {
            Some(text) => ValueRef::Text(text.as_bytes()),
            None => ValueRef::Blob(self.0.as_os_str().as_encoded_bytes()),
        };
        Ok(ToSqlOutput::Borrowed(value))
    }
}

impl FromSql for FilePath {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value {
            ValueRef::Text(text) => {
                Ok(Self(PathBuf::from(str::from_utf8(text).map_err(FromSqlError::other)?)))
            }
            ValueRef::Blob(bytes) => Ok(Self(PathBuf::from(os_string(bytes)))),
            _ => Err(FromSqlError::InvalidType),
        }
    }
}

#[cfg(unix)]
fn os_string(bytes: &[u8]) -> OsString {
    use std::os::unix::ffi::OsStringExt;
    OsString::from_vec(bytes.to_vec())
}

/// Names are not made of bytes here.
#[cfg(not(unix))]
fn os_string(bytes: &[u8]) -> OsString {
    String::from_utf8_lossy(bytes).into_owned().into()
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FileStatus {
    /// It was read.
    Ok,
    /// It was read, but for something that its reason tells.
    Degraded,
    /// It has no record.
    Failed,
    /// There is nothing to read: it is no notice by its type, or one with the same bytes was read.
    Skipped,
}

impl FileStatus {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Ok, Self::Degraded, Self::Failed, Self::Skipped];

    /// Its name in tables and output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Degraded => "degraded",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
        }
    }
}

impl ToSql for FileStatus {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.name().to_sql()
    }
}

impl FromSql for FileStatus {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let name = value.as_str()?;
        Self::ALL.into_iter().find(|status| status.name() == name).ok_or(FromSqlError::InvalidType)
    }
}

/// A status with what a person should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What became of it.
    pub status: FileStatus,
    /// Why.
    pub reason: Option<String>,
    /// What to do about it.
    pub remedy: Option<String>,
    /// How often it was tried.
    pub attempts: u32,
}

/// What became of the bytes of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// Version of the parser that tried.
    pub parser_version: u32,
    /// What became of them.
    pub verdict: Verdict,
    /// How many worker processes they killed.
    pub deaths: u32,
}

/// A file and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRow {
    /// Its absolute path.
    pub path: FilePath,
    /// Its path as it was given.
    pub name: String,
    /// SHA-256 of its bytes in lower-case hex; `None` where they were not read.
    pub content: Option<String>,
    /// Its size in bytes.
    pub bytes: Option<u64>,
    /// When it was changed last, in seconds since 1970.
    pub modified: Option<i64>,
    /// What became of it.
    pub verdict: Verdict,
    /// Whether it was not there any more when its folder was read last.
    pub gone: bool,
}

impl FileRow {
    /// What its digest is made of; whether it is gone is not part of it.
    fn values(&self) -> Value {
        let Self { path, name, content, bytes, modified, verdict, gone: _ } = self;
        json!([path.to_string(), name, content, bytes, modified, verdict.values()])
    }
}

impl Content {
    /// What its digest is made of; a wrong version only makes that the bytes are read again.
    fn values(&self, id: &str) -> Value {
        json!([id, self.verdict.values(), self.deaths])
    }
}

impl Verdict {
    fn values(&self) -> Value {
        json!([self.status.name(), self.reason, self.remedy, self.attempts])
    }
}

fn verdict(row: &Row<'_>, first: usize) -> rusqlite::Result<Verdict> {
    Ok(Verdict {
        status: row.get(first)?,
        reason: row.get(first + 1)?,
        remedy: row.get(first + 2)?,
        attempts: row.get(first + 3)?,
    })
}

/// The columns of a file.
const FILE: &str =
    "SELECT path, name, content, bytes, modified, status, reason, remedy, attempts, gone, digest FROM files";

fn file_row(row: &Row<'_>) -> rusqlite::Result<(FileRow, Option<i64>)> {
    let file = FileRow {
        path: row.get(0)?,
        name: row.get(1)?,
        content: row.get(2)?,
        bytes: row.get::<_, Option<i64>>(3)?.map(i64::unsigned_abs),
        modified: row.get(4)?,
        verdict: verdict(row, 5)?,
        gone: row.get(9)?,
    };
    Ok((file, row.get(10)?))
}

fn checked((file, written): (FileRow, Option<i64>)) -> Result<FileRow, DatabaseError> {
    digest::check(&file.name, &file.values(), written)?;
    Ok(file)
}

impl Database {
    /// All files, by their paths.
    pub fn files(&self) -> Result<Vec<FileRow>, DatabaseError> {
        let mut statement = self.connection.prepare(&format!("{FILE} ORDER BY path"))?;
        let rows = statement.query_map([], file_row)?;
        rows.map(|row| checked(row?)).collect()
    }

    /// The files that failed and go on to stand for records of bytes that they held before.
    pub fn outlived(&self) -> Result<HashSet<FilePath>, DatabaseError> {
        let mut statement = self.connection.prepare(
            "SELECT path FROM files WHERE status = 'failed' AND EXISTS \
             (SELECT 1 FROM holdings WHERE holdings.content = files.shown)",
        )?;
        let paths = statement.query_map([], |row| row.get(0))?;
        Ok(paths.collect::<Result<_, _>>()?)
    }

    /// What became of all bytes that were tried, by their digests.
    pub fn contents(&self) -> Result<HashMap<String, Content>, DatabaseError> {
        let mut statement = self.connection.prepare(
            "SELECT id, parser_version, status, reason, remedy, attempts, deaths, digest FROM contents",
        )?;
        let rows = statement.query_map([], |row| {
            let content =
                Content { parser_version: row.get(1)?, verdict: verdict(row, 2)?, deaths: row.get(6)? };
            Ok((row.get(0)?, content, row.get(7)?))
        })?;
        rows.map(|row| {
            let (id, content, written): (String, Content, i64) = row?;
            digest::check(&id, &content.values(&id), Some(written))?;
            Ok((id, content))
        })
        .collect()
    }
}

/// Writes what became of some bytes and which notices they hold.
pub(crate) fn put_content(
    transaction: &Transaction<'_>,
    id: &str,
    content: &Content,
    documents: &[&str],
) -> Result<(), DatabaseError> {
    let Content { parser_version, verdict, deaths } = content;
    transaction
        .prepare_cached(
            "INSERT INTO contents VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO UPDATE SET \
             parser_version = ?2, status = ?3, reason = ?4, remedy = ?5, attempts = ?6, deaths = ?7, digest = ?8",
        )?
        .execute(params![
            id,
            parser_version,
            verdict.status,
            verdict.reason,
            verdict.remedy,
            verdict.attempts,
            deaths,
            digest::of(&content.values(id)),
        ])?;
    if verdict.status == FileStatus::Failed {
        // What an earlier version of the parser read of them stays.
        return Ok(());
    }
    transaction.prepare_cached("DELETE FROM holdings WHERE content = ?1")?.execute([id])?;
    let mut statement = transaction.prepare_cached("INSERT OR IGNORE INTO holdings VALUES (?1, ?2)")?;
    for document in documents {
        statement.execute([id, *document])?;
    }
    Ok(())
}

/// Writes what became of a file. Where its new bytes have no record, it goes on to stand for those that it
/// held before.
pub(crate) fn put_file(transaction: &Transaction<'_>, file: &FileRow) -> Result<(), DatabaseError> {
    let FileRow { path, name, content, bytes, modified, verdict, gone } = file;
    let shown: Option<String> = transaction
        .prepare_cached("SELECT shown FROM files WHERE path = ?1")?
        .query_row([path], |row| row.get(0))
        .or_else(|error| match error {
            rusqlite::Error::QueryReturnedNoRows => Ok(None),
            error => Err(error),
        })?;
    let stands_for = content.as_ref().filter(|_| verdict.status != FileStatus::Failed);
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO files VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?
        .execute(params![
            path,
            name,
            content,
            stands_for.or(shown.as_ref()),
            bytes.map(|bytes| i64::try_from(bytes).unwrap_or(i64::MAX)),
            modified,
            verdict.status,
            verdict.reason,
            verdict.remedy,
            verdict.attempts,
            gone,
            digest::of(&file.values()),
        ])?;
    Ok(())
}

/// The file at `path` stands for its bytes: what became of them is what became of it.
pub(crate) fn promote(transaction: &Transaction<'_>, path: &FilePath) -> Result<(), DatabaseError> {
    let row = transaction
        .prepare_cached(&format!("{FILE} WHERE path = ?1"))?
        .query_row([path], file_row)
        .map_err(DatabaseError::from)?;
    let file = checked(row)?;
    let verdict = transaction
        .prepare_cached("SELECT status, reason, remedy, attempts FROM contents WHERE id = ?1")?
        .query_row([&file.content], |row| verdict(row, 0))?;
    put_file(transaction, &FileRow { verdict, ..file })
}

/// Forgets bytes that no file holds any more, with the records that only they hold.
pub(crate) fn drop_unheld(transaction: &Transaction<'_>) -> Result<(), DatabaseError> {
    transaction.execute_batch(
        "CREATE TEMP TABLE unheld AS SELECT id FROM contents WHERE NOT EXISTS \
           (SELECT 1 FROM files WHERE content = contents.id OR shown = contents.id); \
         CREATE TEMP TABLE orphans AS SELECT DISTINCT document AS id FROM holdings \
           WHERE content IN (SELECT id FROM unheld) AND NOT EXISTS \
           (SELECT 1 FROM holdings AS others WHERE others.document = holdings.document \
            AND others.content NOT IN (SELECT id FROM unheld)); \
         INSERT OR IGNORE INTO removals SELECT id FROM orphans; \
         DELETE FROM documents WHERE id IN (SELECT id FROM orphans); \
         DELETE FROM contents WHERE id IN (SELECT id FROM unheld); \
         DROP TABLE unheld; DROP TABLE orphans;",
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_no_text_stays_what_it_is() {
        let path = FilePath::from(PathBuf::from(os_string(b"/in/\xff\xfe.md")));
        assert_eq!(path.to_string(), r"/in/\xFF\xFE.md");
        let connection = rusqlite::Connection::open_in_memory().expect("it is in memory");
        let back: FilePath =
            connection.query_row("SELECT ?1", [&path], |row| row.get(0)).expect("it is a value");
        assert_eq!(back, path);
        let text = FilePath::from(PathBuf::from("/in/要点.md"));
        let kind: String =
            connection.query_row("SELECT typeof(?1)", [&text], |row| row.get(0)).expect("it is a value");
        assert_eq!(kind, "text");
    }
}
