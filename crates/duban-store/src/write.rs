//! Records into the tables.

use duban_record::{Level, Record, Task};
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};

use serde_json::json;

use crate::files::{Content, FilePath, FileRow, drop_unheld, promote, put_content, put_file};
use crate::{Database, DatabaseError, Head, digest};

/// What came of one file.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The file.
    pub file: FileRow,
    /// Its bytes; `None` where they were not read, or where they are known already.
    pub content: Option<Content>,
    /// The records of the notices in it; those known already may be left out.
    pub records: Vec<Record>,
    /// The ids of all notices in it.
    pub documents: Vec<String>,
}

impl Database {
    /// Writes `entries` in one transaction, in place of earlier records of the same documents. They are
    /// on disk when this returns, and not yet known to the index. `told` says whether somebody who
    /// watches for records need not be told of them.
    pub fn put(&mut self, entries: &[Entry], parser_version: u32, told: bool) -> Result<(), DatabaseError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for Entry { file, content, records, documents } in entries {
            for record in records {
                put(&transaction, record, file.modified, parser_version, told)?;
            }
            if let (Some(id), Some(content)) = (&file.content, content) {
                let documents: Vec<&str> = documents.iter().map(String::as_str).collect();
                put_content(&transaction, id, content, &documents)?;
            }
            put_file(&transaction, file)?;
        }
        Ok(transaction.commit()?)
    }

    /// Ends a batch: notes that the files at `paths` are not there any more, and forgets bytes that no
    /// file holds, with the records that only they held. Of bytes that moved to another name the old one
    /// is forgotten, and the records get the new one; gives those old names.
    pub fn settle(&mut self, paths: &[FilePath]) -> Result<Vec<FilePath>, DatabaseError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for path in paths {
            transaction.prepare_cached("UPDATE files SET gone = 1 WHERE path = ?1")?.execute([path])?;
        }
        let moved = moved(&transaction)?;
        for path in &moved {
            forget_moved(&transaction, path)?;
        }
        drop_unheld(&transaction)?;
        transaction.commit()?;
        Ok(moved)
    }

    /// Notes that the index holds the tasks of these documents for good.
    pub fn mark_indexed<'a>(&mut self, ids: impl Iterator<Item = &'a str>) -> Result<(), DatabaseError> {
        self.note("UPDATE documents SET indexed = 1 WHERE id = ?1", ids)
    }

    /// The documents that were removed and that the index may still hold.
    pub fn removals(&self) -> Result<Vec<String>, DatabaseError> {
        let mut statement = self.connection.prepare("SELECT document FROM removals ORDER BY document")?;
        let ids = statement.query_map([], |row| row.get(0))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// Notes that the index holds none of the removed documents any more.
    pub fn forget_removals(&mut self, ids: &[String]) -> Result<(), DatabaseError> {
        self.note("DELETE FROM removals WHERE document = ?1", ids.iter().map(String::as_str))
    }

    /// Notes that whoever watches for records has got these.
    pub fn mark_told<'a>(&mut self, ids: impl Iterator<Item = &'a str>) -> Result<(), DatabaseError> {
        self.note("UPDATE documents SET told = 1 WHERE id = ?1", ids)
    }

    fn note<'a>(&mut self, statement: &str, ids: impl Iterator<Item = &'a str>) -> Result<(), DatabaseError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        {
            let mut statement = transaction.prepare_cached(statement)?;
            for id in ids {
                statement.execute([id])?;
            }
        }
        Ok(transaction.commit()?)
    }

    /// Notes that there is no index.
    pub fn forget_index(&mut self) -> Result<(), DatabaseError> {
        self.connection.execute("UPDATE documents SET indexed = 0 WHERE indexed <> 0", [])?;
        self.connection.execute("DELETE FROM removals", [])?;
        Ok(())
    }
}

/// The vanished files whose bytes another file holds.
fn moved(transaction: &Transaction<'_>) -> Result<Vec<FilePath>, DatabaseError> {
    let mut statement = transaction.prepare_cached(
        "SELECT path FROM files AS old WHERE gone = 1 AND EXISTS \
         (SELECT 1 FROM files AS new WHERE new.content = old.content AND new.gone = 0) ORDER BY path",
    )?;
    let paths = statement.query_map([], |row| row.get(0))?;
    Ok(paths.collect::<Result<_, _>>()?)
}

/// Forgets the vanished file at `path` where another one holds the same bytes.
fn forget_moved(transaction: &Transaction<'_>, path: &FilePath) -> Result<(), DatabaseError> {
    let moved: Option<(String, FilePath, String, String)> = transaction
        .prepare_cached(
            "SELECT old.content, new.path, old.name, new.name FROM files AS old \
             JOIN files AS new ON new.content = old.content AND new.gone = 0 \
             WHERE old.path = ?1 ORDER BY new.path LIMIT 1",
        )?
        .query_row([path], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .optional()?;
    let Some((content, new_path, old, new)) = moved else { return Ok(()) };
    transaction.prepare_cached("DELETE FROM files WHERE path = ?1")?.execute([path])?;
    // The file that was passed over for having the same bytes stands for them now.
    promote(transaction, &new_path)?;
    // Of a notice in an archive only the beginning of its path changes.
    let records = records_in(transaction, &content)?;
    for mut record in records {
        let Some(rest) = record.source.path.strip_prefix(&old) else { continue };
        if rest.is_empty() || rest.starts_with('!') {
            record.source.path = format!("{new}{rest}");
            put_path(transaction, &record)?;
        }
    }
    Ok(())
}

/// The records of the notices in some bytes.
fn records_in(transaction: &Transaction<'_>, content: &str) -> Result<Vec<Record>, DatabaseError> {
    let mut statement = transaction.prepare_cached(
        "SELECT record FROM documents WHERE id IN (SELECT document FROM holdings WHERE content = ?1)",
    )?;
    let json = statement.query_map([content], |row| row.get::<_, String>(0))?;
    json.map(|json| Ok(serde_json::from_str(&json?)?)).collect()
}

/// Writes the path of a record anew; the index is to hear of it.
fn put_path(transaction: &Transaction<'_>, record: &Record) -> Result<(), DatabaseError> {
    let json = serde_json::to_string(record)?;
    transaction
        .prepare_cached(
            "UPDATE documents SET path = ?2, record = ?3, head_digest = ?4, record_digest = ?5, indexed = 0 \
             WHERE id = ?1",
        )?
        .execute(params![
            record.id,
            record.source.path,
            json,
            digest::of(&Head::from(record).values()),
            digest::of(&json!([record.id, json])),
        ])?;
    Ok(())
}

fn put(
    transaction: &Transaction<'_>,
    record: &Record,
    modified: Option<i64>,
    parser_version: u32,
    told: bool,
) -> Result<(), DatabaseError> {
    let json = serde_json::to_string(record)?;
    // What hangs on it goes with it.
    transaction.prepare_cached("DELETE FROM documents WHERE id = ?1")?.execute([&record.id])?;
    transaction
        .prepare_cached(
            "INSERT INTO documents (id, path, format, bytes, pages, modified, parser_version, title, \
             document_number, issuer, level, issued_on, plan_year, record, told, \
             head_digest, record_digest) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
        )?
        .execute(params![
            record.id,
            record.source.path,
            record.source.format.name(),
            i64::try_from(record.source.bytes).unwrap_or(i64::MAX),
            record.source.pages,
            modified,
            parser_version,
            record.title,
            record.document_number,
            record.issuer,
            record.level.map(Level::name),
            record.issued_on,
            record.plan_year,
            json,
            told,
            digest::of(&Head::from(record).values()),
            digest::of(&json!([record.id, json])),
        ])?;
    transaction.prepare_cached("DELETE FROM removals WHERE document = ?1")?.execute([&record.id])?;
    let mut statement = transaction.prepare_cached("INSERT INTO basis VALUES (?1, ?2, ?3, ?4)")?;
    for (ordinal, basis) in (0i64..).zip(&record.basis) {
        statement.execute(params![record.id, ordinal, basis.title, basis.document_number])?;
    }
    for (ordinal, task) in (0i64..).zip(&record.tasks) {
        put_task(transaction, &record.id, ordinal, task)?;
    }
    Ok(())
}

fn put_task(
    transaction: &Transaction<'_>,
    document: &str,
    ordinal: i64,
    task: &Task,
) -> Result<(), DatabaseError> {
    transaction
        .prepare_cached("INSERT INTO tasks VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?
        .execute(params![
            task.id,
            document,
            ordinal,
            task.number,
            serde_json::to_string(&task.path)?,
            task.title,
            task.text,
            task.kind.name(),
            task.at.page_start,
            task.at.line_start,
        ])?;
    let mut units = transaction.prepare_cached("INSERT INTO units VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
    for (ordinal, unit) in (0i64..).zip(&task.units) {
        let (role, evidence) = (unit.role.name(), unit.evidence.name());
        units.execute(params![task.id, ordinal, unit.name, unit.canonical, role, evidence, unit.open])?;
    }
    let mut deadlines = transaction
        .prepare_cached("INSERT INTO deadlines VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")?;
    for (ordinal, deadline) in (0i64..).zip(&task.deadlines) {
        let within = deadline.within.as_ref();
        deadlines.execute(params![
            task.id,
            ordinal,
            deadline.raw,
            deadline.kind.name(),
            deadline.due,
            deadline.start,
            within.map(|within| within.count),
            within.map(|within| within.unit.name()),
            deadline.after,
            deadline.rrule,
            deadline.times,
        ])?;
    }
    Ok(())
}
