//! Records into the tables.

use duban_record::{Level, Record, Task};
use rusqlite::{Transaction, TransactionBehavior, params};

use crate::{Database, DatabaseError};

/// A record and what the record does not say of its file.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The record.
    pub record: Record,
    /// When the file was changed last, in seconds since 1970.
    pub modified: Option<i64>,
}

impl Database {
    /// Writes `entries` in one transaction, in place of earlier records of the same documents. They are
    /// on disk when this returns, and not yet known to the index.
    pub fn put(&mut self, entries: &[Entry], parser_version: u32) -> Result<(), DatabaseError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for entry in entries {
            put(&transaction, entry, parser_version)?;
        }
        Ok(transaction.commit()?)
    }

    /// Notes that the index holds the tasks of these documents for good.
    pub fn mark_indexed<'a>(&mut self, ids: impl Iterator<Item = &'a str>) -> Result<(), DatabaseError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        {
            let mut statement =
                transaction.prepare_cached("UPDATE documents SET indexed = 1 WHERE id = ?1")?;
            for id in ids {
                statement.execute([id])?;
            }
        }
        Ok(transaction.commit()?)
    }

    /// Notes that there is no index.
    pub fn forget_index(&mut self) -> Result<(), DatabaseError> {
        self.connection.execute("UPDATE documents SET indexed = 0 WHERE indexed <> 0", [])?;
        Ok(())
    }
}

fn put(transaction: &Transaction<'_>, entry: &Entry, parser_version: u32) -> Result<(), DatabaseError> {
    let Entry { record, modified } = entry;
    // What hangs on it goes with it.
    transaction.prepare_cached("DELETE FROM documents WHERE id = ?1")?.execute([&record.id])?;
    transaction
        .prepare_cached(
            "INSERT INTO documents (id, path, format, bytes, pages, modified, parser_version, title, \
             document_number, issuer, level, issued_on, plan_year, record) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
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
            serde_json::to_string(record)?,
        ])?;
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
