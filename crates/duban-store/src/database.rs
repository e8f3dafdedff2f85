//! Opening the file, and reading from it.

use std::collections::HashSet;
use std::path::Path;
use std::time::Duration;

use duban_record::Record;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row};
use serde_json::{Value, json};

use crate::{DatabaseError, digest};

/// Version of the tables.
pub const SCHEMA_VERSION: i64 = 4;

/// How long a writer waits for another one's transaction.
const PATIENCE: Duration = Duration::from_secs(5);

/// Memory for pages while writing, in KiB, negative as SQLite wants it: ids are digests, so their entries go
/// everywhere, and reading their pages again costs more than writing them.
const CACHE_KIB: i32 = -(96 << 10);

/// Pages, of 4 KiB, in the write-ahead log before they go to their places: one that changes many times
/// goes there once.
const LOG_PAGES: i32 = 16 << 10;

/// The statements that bring the tables from each version to the next.
const MIGRATIONS: [&str; 4] = [
    include_str!("schema-1.sql"),
    include_str!("schema-2.sql"),
    include_str!("schema-3.sql"),
    include_str!("schema-4.sql"),
];

/// The head of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its id.
    pub id: String,
    /// The path of its file.
    pub path: String,
    /// Its title.
    pub title: Option<String>,
    /// Its 发文字号.
    pub document_number: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// The year that its plan is for.
    pub plan_year: Option<i32>,
}

impl Head {
    /// What its digest is made of.
    pub(crate) fn values(&self) -> Value {
        let Self { id, path, title, document_number, issuer, plan_year } = self;
        json!([id, path, title, document_number, issuer, plan_year])
    }
}

impl From<&Record> for Head {
    fn from(record: &Record) -> Self {
        Self {
            id: record.id.clone(),
            path: record.source.path.clone(),
            title: record.title.clone(),
            document_number: record.document_number.clone(),
            issuer: record.issuer.clone(),
            plan_year: record.plan_year,
        }
    }
}

/// A record, unless it is not the one that was written.
fn record_of(id: &str, json: &str, written: Option<i64>) -> Result<Record, DatabaseError> {
    digest::check(id, &json!([id, json]), written)?;
    Ok(serde_json::from_str(json)?)
}

/// As [`record_of`], of a row of id, record and digest.
fn record_in(row: &Row<'_>) -> Result<Record, DatabaseError> {
    record_of(text(row, 0)?, text(row, 1)?, row.get(2)?)
}

fn text<'a>(row: &'a Row<'_>, column: usize) -> rusqlite::Result<&'a str> {
    Ok(row.get_ref(column)?.as_str()?)
}

/// An open database.
#[derive(Debug)]
pub struct Database {
    pub(crate) connection: Connection,
}

impl Database {
    /// Opens the file at `path` for reading and writing; it is made where there is none.
    pub fn open(path: &Path) -> Result<Self, DatabaseError> {
        let connection = Connection::open(path)?;
        connection.busy_timeout(PATIENCE)?;
        // Readers are not kept waiting by a writer, and what was committed stays after a power cut.
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "temp_store", "MEMORY")?;
        connection.pragma_update(None, "cache_size", CACHE_KIB)?;
        connection.pragma_update(None, "wal_autocheckpoint", LOG_PAGES)?;
        let mut database = Self { connection };
        database.migrate(path)?;
        Ok(database)
    }

    /// Opens the file at `path`, which must be there, for reading.
    pub fn read(path: &Path) -> Result<Self, DatabaseError> {
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        connection.busy_timeout(PATIENCE)?;
        let database = Self { connection };
        database.refuse_newer(path)?;
        Ok(database)
    }

    fn version(&self) -> Result<i64, DatabaseError> {
        Ok(self.connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
    }

    fn refuse_newer(&self, path: &Path) -> Result<i64, DatabaseError> {
        let found = self.version()?;
        if found > SCHEMA_VERSION {
            Err(DatabaseError::Newer { path: path.to_owned(), found })
        } else {
            Ok(found)
        }
    }

    fn migrate(&mut self, path: &Path) -> Result<(), DatabaseError> {
        let found = usize::try_from(self.refuse_newer(path)?).unwrap_or(0);
        if found == MIGRATIONS.len() {
            return Ok(());
        }
        let transaction = self.connection.transaction()?;
        for statements in MIGRATIONS.iter().skip(found) {
            transaction.execute_batch(statements)?;
        }
        transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
        Ok(transaction.commit()?)
    }

    /// The ids of the documents whose records this version of the parser made.
    pub fn held(&self, parser_version: u32) -> Result<HashSet<String>, DatabaseError> {
        let mut statement = self.connection.prepare("SELECT id FROM documents WHERE parser_version = ?1")?;
        let ids = statement.query_map([parser_version], |row| row.get(0))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// Whether there is any document.
    pub fn has_documents(&self) -> Result<bool, DatabaseError> {
        Ok(self.connection.query_row("SELECT EXISTS (SELECT 1 FROM documents)", [], |row| row.get(0))?)
    }

    /// Gives each record to `take`, by the ids of the documents; an error of `take` ends it.
    pub fn each_record<E: From<DatabaseError>>(
        &self,
        take: impl FnMut(Record) -> Result<(), E>,
    ) -> Result<(), E> {
        self.each("ORDER BY id", take)
    }

    /// The first records that the index does not hold, by the ids of the documents and from the one after
    /// `last` on: at least one where there is any, and no more once their JSON has `most` bytes.
    pub fn unindexed(&self, last: &str, most: u64) -> Result<Vec<Record>, DatabaseError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, record, record_digest FROM documents WHERE indexed = 0 AND id > ?1 ORDER BY id",
        )?;
        let mut rows = statement.query([last])?;
        let (mut records, mut bytes) = (Vec::new(), 0);
        while bytes < most
            && let Some(row) = rows.next()?
        {
            bytes += text(row, 1)?.len() as u64;
            records.push(record_in(row)?);
        }
        Ok(records)
    }

    /// As [`each_record`](Self::each_record), for those that whoever watches for records has not got.
    pub fn each_untold<E: From<DatabaseError>>(
        &self,
        take: impl FnMut(Record) -> Result<(), E>,
    ) -> Result<(), E> {
        self.each("WHERE told = 0 ORDER BY id", take)
    }

    fn each<E: From<DatabaseError>>(
        &self,
        condition: &str,
        mut take: impl FnMut(Record) -> Result<(), E>,
    ) -> Result<(), E> {
        let failed = |error: rusqlite::Error| E::from(error.into());
        let query = format!("SELECT id, record, record_digest FROM documents {condition}");
        let mut statement = self.connection.prepare(&query).map_err(failed)?;
        let mut rows = statement.query([]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            take(record_in(row)?)?;
        }
        Ok(())
    }

    /// The record of the document whose id begins with `id`; `None` where none or several do.
    pub fn record(&self, id: &str) -> Result<Option<Record>, DatabaseError> {
        let mut statement = self.connection.prepare(
            "SELECT id, record, record_digest FROM documents WHERE substr(id, 1, length(?1)) = ?1 LIMIT 2",
        )?;
        let rows = statement.query_map([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let found: Vec<(String, String, Option<i64>)> = rows.collect::<Result<_, _>>()?;
        match found.as_slice() {
            [(id, json, written)] => Ok(Some(record_of(id, json, *written)?)),
            _ => Ok(None),
        }
    }

    /// The heads of all documents, by their ids.
    pub fn heads(&self) -> Result<Vec<Head>, DatabaseError> {
        let mut statement = self.connection.prepare(
            "SELECT id, path, title, document_number, issuer, plan_year, head_digest FROM documents ORDER BY id",
        )?;
        let heads = statement.query_map([], |row| {
            let head = Head {
                id: row.get(0)?,
                path: row.get(1)?,
                title: row.get(2)?,
                document_number: row.get(3)?,
                issuer: row.get(4)?,
                plan_year: row.get(5)?,
            };
            Ok((head, row.get(6)?))
        })?;
        heads
            .map(|head| {
                let (head, written) = head?;
                digest::check(&head.path, &head.values(), written)?;
                Ok(head)
            })
            .collect()
    }

    /// What all documents say they carry out: the id of each, and the title and document number of its
    /// basis.
    pub fn basis(&self) -> Result<Vec<(String, String, Option<String>)>, DatabaseError> {
        let mut statement = self
            .connection
            .prepare("SELECT document, title, document_number FROM basis ORDER BY document, ordinal")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether the tables are whole, as far as SQLite can tell; the first fault where they are not.
    pub fn fault(&self) -> Result<Option<String>, DatabaseError> {
        let said: Option<String> =
            self.connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0)).optional()?;
        Ok(said.filter(|said| said != "ok"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Column by column, `README.md` names what SQL tools see.
    #[test]
    fn the_readme_names_every_column() {
        let folder = tempfile::tempdir().unwrap();
        let connection = Database::open(&folder.path().join("duban.db")).unwrap().connection;
        let columns = "SELECT objects.name, columns.name FROM sqlite_schema AS objects \
                       JOIN pragma_table_info(objects.name) AS columns \
                       WHERE objects.type IN ('table', 'view') AND objects.name NOT LIKE 'sqlite%'";
        let mut statement = connection.prepare(columns).unwrap();
        let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        let found: Vec<(String, String)> = found.collect::<Result<_, _>>().unwrap();
        assert!(found.len() > 50, "{found:?}");
        let rows: Vec<&str> = include_str!("../README.md").lines().collect();
        for (table, column) in found {
            let row = rows.iter().find(|row| row.starts_with(&format!("| `{table}` |")));
            let row = row.unwrap_or_else(|| panic!("no row for {table}"));
            assert!(row.contains(&format!("`{column}`")), "{table}.{column}");
        }
    }

    #[test]
    fn rows_of_an_older_version_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("duban.db");
        let old = Connection::open(&path).unwrap();
        old.execute_batch(&MIGRATIONS[..3].concat()).unwrap();
        old.execute_batch(
            "INSERT INTO documents (id, path, format, bytes, parser_version, plan_year, record) \
             VALUES ('d', 'a.txt', 'text', 1, 1, 2022, '{}');
             INSERT INTO basis VALUES ('d', 0, '公开条例', NULL);
             INSERT INTO tasks VALUES ('d#2', 'd', 1, '2', '[]', '更新目录', '更新目录。', 'task', NULL, 4);
             INSERT INTO tasks VALUES ('d#1', 'd', 0, '1', '[]', '改版专栏', '改版专栏。', 'task', NULL, 3);
             INSERT INTO units VALUES ('d#1', 0, '县融媒体中心', NULL, 'lead', 'label', 0);
             INSERT INTO deadlines VALUES \
             ('d#1', 0, '10月底前', 'by', '2022-10-31', NULL, NULL, NULL, NULL, NULL, NULL);
             PRAGMA user_version = 3;",
        )
        .unwrap();
        drop(old);

        let database = Database::open(&path).unwrap();
        let one = |query: &str| -> String {
            database
                .connection
                .query_row(query, [], |row| row.get(0))
                .unwrap_or_else(|error| error.to_string())
        };
        assert_eq!(database.version().unwrap(), SCHEMA_VERSION);
        assert_eq!(
            one("SELECT group_concat(task || coalesce(lead, '-') || coalesce(due, '-')) FROM ledger"),
            "改版专栏县融媒体中心2022-10-31,更新目录--"
        );
        assert_eq!(one("SELECT title FROM basis"), "公开条例");
        assert_eq!(one("SELECT lead FROM ledger WHERE due < '2023'"), "县融媒体中心");
        assert_eq!(database.fault().unwrap(), None);
        // What hangs on a document still goes with it.
        database.connection.execute("DELETE FROM documents", []).unwrap();
        let left = "SELECT (SELECT count(*) FROM tasks) || (SELECT count(*) FROM units) || (SELECT count(*) FROM deadlines)";
        assert_eq!(one(left), "000");
    }
}
