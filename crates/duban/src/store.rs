//! The store: a folder with the database of records and the index over their tasks.
//!
//! `duban.db` is the truth, `index/` is made from it. Records are written to the database first and are
//! on disk before the index hears of them; then the index is committed, and only then does the database
//! note that it holds them. A program that is killed in between finds that note missing and makes up for
//! it when it writes again.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use duban_index::{Index, IndexError, IndexWriter, Query, SearchResults};
use duban_record::Record;
use duban_store::{Database, DatabaseError, Entry, Head};

use crate::error::describe;

/// Version of everything between bytes and record: it grows when the same notice may give another
/// record, and then what a store holds is read again.
pub const PARSER_VERSION: u32 = 7;

/// Records that wait in memory until the index is written to disk.
const RECORDS_PER_COMMIT: usize = 256;

/// The database in the store's folder.
const DATABASE: &str = "duban.db";

/// Why a store cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no store at the path.
    #[error("no store at `{}`", .path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// A file or folder of the store cannot be read or written.
    #[error("cannot use `{}`: {}", .path.display(), describe(.source))]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// The index failed.
    #[error(transparent)]
    Index(#[from] IndexError),
}

impl StoreError {
    /// What to do about it, one line.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Missing { path } => {
                Some(format!("make one with `duban ingest DIR --store {}`", path.display()))
            }
            Self::Io { source, .. } => match source.kind() {
                io::ErrorKind::PermissionDenied => Some("choose another store with --store".to_owned()),
                io::ErrorKind::StorageFull => Some("make room and run the command again".to_owned()),
                _ => None,
            },
            Self::Database(error) => Some(error.hint().to_owned()),
            Self::Index(error) => error.hint().map(str::to_owned),
        }
    }
}

/// A store in a folder.
#[derive(Clone, Debug)]
pub struct Store {
    root: PathBuf,
}

impl Store {
    /// The store in the folder `root`.
    pub fn open(root: &Path) -> Result<Self, StoreError> {
        let store = Self { root: root.to_owned() };
        if store.database_file().is_file() {
            Ok(store)
        } else {
            Err(StoreError::Missing { path: root.to_owned() })
        }
    }

    /// The store in the folder `root`, which is made where there is none.
    pub fn open_or_create(root: &Path) -> Result<Self, StoreError> {
        let store = Self { root: root.to_owned() };
        fs::create_dir_all(root).map_err(|source| StoreError::Io { path: root.to_owned(), source })?;
        Database::open(&store.database_file())?;
        Ok(store)
    }

    /// Its folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The ids of the notices whose records this version of the parser made.
    pub fn held(&self) -> Result<HashSet<String>, StoreError> {
        Ok(self.database()?.held(PARSER_VERSION)?)
    }

    /// Gives each record to `take`, in the order of their ids.
    pub fn each_record(&self, take: impl FnMut(Record) -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.database()?.each_record(take)
    }

    /// The record of the notice whose id begins with `id`; `None` where none or several do.
    pub fn record(&self, id: &str) -> Result<Option<Record>, StoreError> {
        Ok(self.database()?.record(id)?)
    }

    /// The records of the plans that the issuer whose name holds `issuer` made for `year`; of several
    /// files with one notice the first.
    pub fn plans(&self, issuer: &str, year: i32) -> Result<Vec<Record>, StoreError> {
        let mut seen = HashSet::new();
        let mut records = Vec::new();
        for head in self.heads()? {
            let is_meant = head.plan_year == Some(year)
                && head.issuer.as_deref().is_some_and(|name| name.contains(issuer));
            if is_meant && seen.insert((head.title, head.document_number)) {
                records.extend(self.record(&head.id)?);
            }
        }
        Ok(records)
    }

    pub(crate) fn heads(&self) -> Result<Vec<Head>, StoreError> {
        Ok(self.database()?.heads()?)
    }

    pub(crate) fn basis(&self) -> Result<Vec<(String, String, Option<String>)>, StoreError> {
        Ok(self.database()?.basis()?)
    }

    /// The tasks that match `query`.
    pub fn search(&self, query: &Query) -> Result<SearchResults, StoreError> {
        let index = Index::open(&self.index_folder())?.with_names(duban_extract::full_names);
        Ok(index.search(query)?)
    }

    /// Makes the index anew from the records; how many there are.
    pub fn reindex(&self) -> Result<u64, StoreError> {
        let mut database = Database::open(&self.database_file())?;
        if let Some(fault) = database.fault()? {
            let source = io::Error::other(format!("the database is damaged: {fault}"));
            return Err(StoreError::Io { path: self.database_file(), source });
        }
        // Whoever writes to the old index is told so before it is gone.
        match Index::open(&self.index_folder()) {
            Ok(index) => drop(index.writer()?),
            Err(IndexError::Missing { .. } | IndexError::Version { .. } | IndexError::Damaged { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        database.forget_index()?;
        self.remove_index()?;
        drop(self.writer()?);
        let mut records = 0;
        self.each_record(|_| {
            records += 1;
            Ok(())
        })?;
        Ok(records)
    }

    /// The writer; there is one at a time. An index that is missing or of another version is made anew
    /// from the records, and one that lacks some of them gets those.
    pub fn writer(&self) -> Result<StoreWriter, StoreError> {
        let folder = self.index_folder();
        let mut database = Database::open(&self.database_file())?;
        let index = match Index::open(&folder) {
            Ok(index) => index,
            Err(error @ (IndexError::Missing { .. } | IndexError::Version { .. })) => {
                if matches!(error, IndexError::Version { .. }) {
                    self.remove_index()?;
                }
                database.forget_index()?;
                Index::create(&folder)?
            }
            Err(error) => return Err(error.into()),
        };
        let mut writer = StoreWriter { database, index: index.writer()?, pending: Vec::new() };
        writer.catch_up()?;
        Ok(writer)
    }

    fn remove_index(&self) -> Result<(), StoreError> {
        let path = self.index_folder();
        match fs::remove_dir_all(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            done => done.map_err(|source| StoreError::Io { path, source }),
        }
    }

    fn database(&self) -> Result<Database, StoreError> {
        Ok(Database::read(&self.database_file())?)
    }

    fn index_folder(&self) -> PathBuf {
        self.root.join("index")
    }

    fn database_file(&self) -> PathBuf {
        self.root.join(DATABASE)
    }
}

/// Puts records into a store. What was put is safe after [`StoreWriter::commit`].
pub struct StoreWriter {
    database: Database,
    index: IndexWriter,
    pending: Vec<Entry>,
}

impl StoreWriter {
    /// Puts `record` in, in place of an earlier one of the same notice; its file was changed last at
    /// `modified`, in seconds since 1970.
    pub fn put(&mut self, record: Record, modified: Option<i64>) -> Result<(), StoreError> {
        self.pending.push(Entry { record, modified });
        if self.pending.len() >= RECORDS_PER_COMMIT { self.commit() } else { Ok(()) }
    }

    /// Makes everything that was put durable.
    pub fn commit(&mut self) -> Result<(), StoreError> {
        if self.pending.is_empty() {
            return Ok(());
        }
        self.database.put(&self.pending, PARSER_VERSION)?;
        for entry in &self.pending {
            self.index.put(&entry.record)?;
        }
        self.index.commit()?;
        self.database.mark_indexed(self.pending.iter().map(|entry| entry.record.id.as_str()))?;
        self.pending.clear();
        Ok(())
    }

    /// Puts into the index what the database holds and it does not.
    fn catch_up(&mut self) -> Result<(), StoreError> {
        let Self { database, index, .. } = self;
        let mut ids = Vec::new();
        database.each_unindexed(|record| -> Result<(), StoreError> {
            index.put(&record)?;
            ids.push(record.id);
            Ok(())
        })?;
        if !ids.is_empty() {
            index.commit()?;
            database.mark_indexed(ids.iter().map(String::as_str))?;
        }
        Ok(())
    }
}
