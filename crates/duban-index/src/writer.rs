//! Records into the index.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use duban_record::{Record, Role, Task};
use tantivy::merge_policy::LogMergePolicy;
use tantivy::{TantivyDocument, Term};

use crate::IndexError;
use crate::query::{day_number, normal_number};
use crate::schema::Fields;
use crate::sections;

/// Memory that the engine may fill before it writes a segment.
const MEMORY_BYTES: usize = 50_000_000;

/// Tasks in a segment that is merged with no other one any more.
const LARGEST_SEGMENT: usize = 50_000;

/// Bytes of a text that are analysed at a time.
const LONGEST_PIECE: usize = 64 << 10;

/// What stands for the day of a task that has none: it sorts last.
const NO_DAY: u64 = u64::MAX;

/// The one writer of an index. Nothing that it was given is there until [`IndexWriter::commit`].
pub struct IndexWriter {
    engine: tantivy::IndexWriter,
    fields: Fields,
    path: PathBuf,
}

impl IndexWriter {
    /// Takes the index for itself and clears away what a killed writer left behind.
    pub(crate) fn open(index: &tantivy::Index, fields: Fields, path: &Path) -> Result<Self, IndexError> {
        // One thread: the order of tasks on disk is that of `put`.
        let engine = index.writer_with_num_threads(1, MEMORY_BYTES).map_err(|error| match error {
            tantivy::TantivyError::LockFailure(..) => IndexError::Busy { path: path.to_owned() },
            error => error.into(),
        })?;
        // Great segments stay as they are: merging them again and again costs more than it gains.
        let mut merging = LogMergePolicy::default();
        merging.set_max_docs_before_merge(LARGEST_SEGMENT);
        engine.set_merge_policy(Box::new(merging));
        remove_temporary_files(path)?;
        // A writer killed between delete and commit may leave a file of deletions whose name the next
        // one would use again, and then no commit succeeds any more.
        engine.garbage_collect_files().wait()?;
        Ok(Self { engine, fields, path: path.to_owned() })
    }

    /// Puts the tasks and sections of `record` in, in place of those that the index holds of the same notice.
    pub fn put(&mut self, record: &Record) -> Result<(), IndexError> {
        self.remove(&record.id);
        let tasks = record.tasks.iter().map(|task| (task, task.kind.name()));
        let sections = sections::of(record);
        let sections = sections.iter().map(|section| (section, sections::KIND));
        for (ordinal, (part, kind)) in (0..).zip(tasks.chain(sections)) {
            let document = document(&self.fields, record, ordinal, part, kind)?;
            self.engine.add_document(document)?;
        }
        Ok(())
    }

    /// Takes the tasks of the notice called `id` out.
    pub fn remove(&mut self, id: &str) {
        self.engine.delete_term(Term::from_field_text(self.fields.document, id));
    }

    /// Makes everything since the last commit durable and visible to searches.
    pub fn commit(&mut self) -> Result<(), IndexError> {
        self.engine.commit()?;
        // The rename of the engine's list of segments lasts only when the folder is on disk too.
        sync_folder(&self.path)
    }
}

fn document(
    fields: &Fields,
    record: &Record,
    ordinal: u64,
    task: &Task,
    kind: &str,
) -> Result<TantivyDocument, IndexError> {
    let mut document = TantivyDocument::default();
    document.add_text(fields.document, &record.id);
    document.add_u64(fields.document_order, order_of(&record.id));
    document.add_u64(fields.ordinal, ordinal);
    document.add_bytes(fields.task, &shown(task)?);
    document.add_text(fields.source_path, &record.source.path);
    if let Some(title) = &record.title {
        document.add_text(fields.document_title, title);
    }
    document.add_text(fields.title, &task.title);
    for heading in &task.path {
        document.add_text(fields.path, heading);
    }
    pieces(&task.text).for_each(|piece| document.add_text(fields.text, piece));
    document.add_text(fields.text, &task.number);
    // In a table the bodies and times stand in cells of their own, outside the text.
    let cells =
        task.units.iter().map(|unit| &unit.name).chain(task.deadlines.iter().map(|deadline| &deadline.raw));
    cells
        .filter(|cell| !task.text.contains(cell.as_str()))
        .for_each(|cell| document.add_text(fields.text, cell));
    let spoken = [&task.title, &task.text].into_iter().chain(&task.path);
    spoken.flat_map(|text| pieces(text)).for_each(|piece| document.add_text(fields.words, piece));
    add_units(&mut document, fields, task);
    if let Some(issuer) = &record.issuer {
        document.add_text(fields.issuer, issuer);
        document.add_text(fields.issuer_name, issuer);
    }
    if let Some(level) = record.level {
        document.add_text(fields.level, level.name());
    }
    if let Some(number) = &record.document_number {
        document.add_text(fields.document_number, normal_number(number));
    }
    document.add_text(fields.format, record.source.format.name());
    if let Some(year) = record.plan_year {
        document.add_i64(fields.year, i64::from(year));
    }
    add_days(&mut document, fields, task);
    document.add_text(fields.kind, kind);
    Ok(document)
}

/// `text` in pieces that do not take much memory to analyse; nearly always in one. It is cut at signs and
/// blanks, which part phrases anyway.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let most = rest.floor_char_boundary(LONGEST_PIECE);
        let sign = rest[..most].rfind(|c: char| !c.is_alphanumeric()).filter(|_| most < rest.len());
        let end = sign.map_or(most, |sign| rest.ceil_char_boundary(sign + 1));
        let (piece, other) = rest.split_at(end);
        rest = other;
        Some(piece)
    })
}

/// The task as JSON. Hits show no requirements, whose sentences would double the text.
fn shown(task: &Task) -> Result<Vec<u8>, serde_json::Error> {
    if task.requirements.is_empty() {
        return serde_json::to_vec(task);
    }
    serde_json::to_vec(&Task { requirements: Vec::new(), ..task.clone() })
}

/// The first bytes of an id as a number: it sorts as the ids do.
fn order_of(id: &str) -> u64 {
    let hex = id.get(..16).and_then(|digits| u64::from_str_radix(digits, 16).ok());
    hex.unwrap_or_else(|| {
        id.bytes().chain(std::iter::repeat(0)).take(8).fold(0, |sum, byte| sum << 8 | u64::from(byte))
    })
}

fn add_units(document: &mut TantivyDocument, fields: &Fields, task: &Task) {
    let (mut full_names, mut printed, mut roles) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for unit in &task.units {
        let role = match unit.role {
            Role::Lead => Some(fields.lead),
            Role::Support => Some(fields.support),
            Role::Responsible => None,
        };
        let canonical = unit.canonical.as_ref().filter(|canonical| **canonical != unit.name);
        for name in std::iter::once(&unit.name).chain(canonical) {
            std::iter::once(fields.unit).chain(role).for_each(|field| document.add_text(field, name));
        }
        full_names.insert(canonical.unwrap_or(&unit.name));
        printed.insert(&unit.name);
        roles.insert(unit.role.name());
    }
    full_names.into_iter().for_each(|name| document.add_text(fields.unit_name, name));
    printed.into_iter().for_each(|name| document.add_text(fields.unit_printed, name));
    roles.into_iter().for_each(|role| document.add_text(fields.role, role));
}

fn add_days(document: &mut TantivyDocument, fields: &Fields, task: &Task) {
    let days: BTreeSet<&str> = task.deadlines.iter().filter_map(|deadline| deadline.due.as_deref()).collect();
    let numbers = days.iter().filter_map(|day| day_number(day));
    numbers.clone().for_each(|day| document.add_u64(fields.due, day));
    document.add_u64(fields.first_due, numbers.min().unwrap_or(NO_DAY));
    let months: BTreeSet<&str> = days.iter().filter_map(|day| day.get(.."2021-10".len())).collect();
    months.into_iter().for_each(|month| document.add_text(fields.due_month, month));
}

/// Deletes the engine's half-written files; the caller holds the lock.
fn remove_temporary_files(path: &Path) -> Result<(), IndexError> {
    let failed = |source| IndexError::Io { path: path.to_owned(), source };
    for entry in std::fs::read_dir(path).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if entry.file_name().to_string_lossy().starts_with(".tmp") {
            std::fs::remove_file(entry.path()).map_err(failed)?;
        }
    }
    Ok(())
}

#[cfg(unix)]
fn sync_folder(path: &Path) -> Result<(), IndexError> {
    std::fs::File::open(path)
        .and_then(|folder| folder.sync_all())
        .map_err(|source| IndexError::Io { path: path.to_owned(), source })
}

/// Folders cannot be opened as files here; the file system orders renames itself.
#[cfg(not(unix))]
fn sync_folder(_path: &Path) -> Result<(), IndexError> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_at_signs_and_nothing_is_lost() {
        assert_eq!(pieces("公开。").collect::<Vec<_>>(), ["公开。"]);
        let text = "公开专栏，每季度核对一次。".repeat(6_000);
        let cut: Vec<&str> = pieces(&text).collect();
        assert!(cut.len() > 2 && cut.iter().all(|piece| piece.len() <= LONGEST_PIECE));
        assert!(cut.iter().all(|piece| piece.ends_with(['，', '。'])));
        assert_eq!(cut.concat(), text);
        let endless = "公".repeat(50_000);
        assert_eq!(pieces(&endless).collect::<String>(), endless);
    }
}
