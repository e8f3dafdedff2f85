//! The store: a folder with the database of records and the index over their tasks.
//!
//! `duban.db` is the truth, `index/` is made from it. Records are written to the database first and are
//! on disk before the index hears of them; then the index is committed, and only then does the database
//! note that it holds them. A program that is killed in between finds that note missing and makes up for
//! it when it writes again.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use duban_index::{Index, IndexError, Query, SearchResults};
use duban_record::Record;
use duban_store::{Content, Database, DatabaseError, Entry, FilePath, FileRow, Head};

use crate::batch::weight;
use crate::error::describe;
use crate::indexer::{Changes, Indexed, Indexer};
use crate::seal::Seal;

/// Version of everything between bytes and record: it grows when the same notice may give another
/// record, and then what a store holds is read again.
pub const PARSER_VERSION: u32 = 18;

/// Files, and bytes of records, that wait in memory until they are written to disk.
const FILES_PER_COMMIT: usize = 256;
const BYTES_PER_COMMIT: u64 = 16 << 20;

/// The file in the store's folder that its one writer locks.
const LOCK: &str = "lock";

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
    /// Another process is writing to the store.
    #[error("another process is writing to the store at `{}`", .path.display())]
    Busy {
        /// The store.
        path: PathBuf,
    },
    /// The database is not as it was written.
    #[error("the database `{}` is damaged: {fault}", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        fault: String,
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
            Self::Damaged { .. } => Some("delete the store and ingest the notices again".to_owned()),
            Self::Busy { .. } => Some("wait until it has ended, or use another store".to_owned()),
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
    /// Whether the database was looked over since this store was opened.
    is_checked: Arc<AtomicBool>,
}

impl Store {
    fn at(root: &Path) -> Self {
        Self { root: root.to_owned(), is_checked: Arc::default() }
    }

    /// The store in the folder `root`.
    pub fn open(root: &Path) -> Result<Self, StoreError> {
        let store = Self::at(root);
        if store.database_file().is_file() {
            Ok(store)
        } else {
            Err(StoreError::Missing { path: root.to_owned() })
        }
    }

    /// The store in the folder `root`, which is made where there is none.
    pub fn open_or_create(root: &Path) -> Result<Self, StoreError> {
        let store = Self::at(root);
        fs::create_dir_all(root).map_err(|source| StoreError::Io { path: root.to_owned(), source })?;
        Database::open(&store.database_file())?;
        Ok(store)
    }

    /// Its folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What became of each file, by their paths.
    pub fn files(&self) -> Result<Vec<FileRow>, StoreError> {
        Ok(self.database()?.files()?)
    }

    /// The files that failed and whose earlier bytes still have records.
    pub fn outlived(&self) -> Result<HashSet<FilePath>, StoreError> {
        Ok(self.database()?.outlived()?)
    }

    /// Gives each record to `take`, in the order of their ids.
    pub fn each_record(&self, take: impl FnMut(Record) -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.database()?.each_record(take)
    }

    /// As [`each_record`](Self::each_record), for those that whoever watches has not been told of.
    pub fn each_untold(&self, take: impl FnMut(Record) -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.database()?.each_untold(take)
    }

    /// Notes that whoever watches has been told of the records with these ids.
    pub fn mark_told(&self, ids: &[String]) -> Result<(), StoreError> {
        Ok(Database::open(&self.database_file())?.mark_told(ids.iter().map(String::as_str))?)
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
        let lock = self.lock()?;
        let mut database = Database::open(&self.database_file())?;
        self.look_over(&database)?;
        database.forget_index()?;
        self.remove_index()?;
        drop(database);
        drop(lock);
        self.writer()?.commit()?;
        let mut records = 0;
        self.each_record(|_| {
            records += 1;
            Ok(())
        })?;
        Ok(records)
    }

    /// The writer; there is one at a time. An index that is missing, damaged or of another version is made
    /// anew from the records, and one that lacks some of them gets those.
    pub fn writer(&self) -> Result<StoreWriter, StoreError> {
        self.writer_for(usize::MAX)
    }

    /// As [`writer`](Self::writer), for so many threads: with one the index is waited for each time, from
    /// the beginning, so that nothing runs beside the caller.
    pub(crate) fn writer_for(&self, threads: usize) -> Result<StoreWriter, StoreError> {
        let lock = self.lock()?;
        let mut seal = Seal::break_open(&self.root, &self.database_file());
        let mut database = Database::open(&self.database_file())?;
        if seal.is_due() && !self.is_checked.load(Ordering::SeqCst) {
            self.look_over(&database)?;
            seal.note_sound();
        }
        self.is_checked.store(true, Ordering::SeqCst);
        let (index, rebuilt) = self.sound_index(&mut database)?;
        let indexer = Indexer::new(index.writer()?);
        let mut writer = StoreWriter {
            database,
            indexer,
            pending: Vec::new(),
            bytes: 0,
            told: true,
            is_alone: threads == 1,
            rebuilt,
            seal,
            _lock: lock,
        };
        writer.catch_up()?;
        Ok(writer)
    }

    /// The index, made empty where it cannot be used as it is, and why it was.
    fn sound_index(&self, database: &mut Database) -> Result<(Index, Option<String>), StoreError> {
        let folder = self.index_folder();
        match Index::open(&folder) {
            Ok(index) => Ok((index, None)),
            Err(
                error
                @ (IndexError::Missing { .. } | IndexError::Version { .. } | IndexError::Damaged { .. }),
            ) => {
                let is_new = matches!(error, IndexError::Missing { .. }) && !database.has_documents()?;
                database.forget_index()?;
                self.remove_index()?;
                Ok((Index::create(&folder)?, (!is_new).then(|| error.to_string())))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// An error where SQLite finds the database damaged.
    fn look_over(&self, database: &Database) -> Result<(), StoreError> {
        match database.fault()? {
            None => Ok(()),
            Some(fault) => Err(StoreError::Damaged { path: self.database_file(), fault }),
        }
    }

    /// Takes the right to write, which ends with the process, however it ends.
    fn lock(&self) -> Result<File, StoreError> {
        let path = self.root.join(LOCK);
        let failed = |source| StoreError::Io { path: path.clone(), source };
        let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(StoreError::Busy { path: self.root.clone() }),
            Err(TryLockError::Error(source)) => Err(failed(source)),
        }
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
    indexer: Indexer,
    pending: Vec<Entry>,
    /// About how many bytes of memory `pending` takes.
    bytes: u64,
    told: bool,
    /// Whether the index is waited for each time.
    is_alone: bool,
    rebuilt: Option<String>,
    /// Dropped after the database is closed.
    seal: Seal,
    /// The last to be dropped: the index is closed before another writer may open it.
    _lock: File,
}

impl StoreWriter {
    /// Why the index was made anew when this writer was opened; `None` where it was not.
    pub fn rebuilt(&self) -> Option<String> {
        self.rebuilt.clone()
    }

    /// Whether nobody needs to be told of the records to come ([`Store::each_untold`]).
    pub(crate) fn set_told(&mut self, told: bool) {
        self.told = told;
    }

    pub(crate) fn files(&self) -> Result<Vec<FileRow>, StoreError> {
        Ok(self.database.files()?)
    }

    /// The ids of the notices whose records this version of the parser made.
    pub(crate) fn held(&self) -> Result<HashSet<String>, StoreError> {
        Ok(self.database.held(PARSER_VERSION)?)
    }

    pub(crate) fn contents(&self) -> Result<HashMap<String, Content>, StoreError> {
        Ok(self.database.contents()?)
    }

    /// Puts what came of a file in, its records in place of earlier ones of the same notices.
    pub fn put(&mut self, entry: Entry) -> Result<(), StoreError> {
        self.bytes += entry.records.iter().map(weight).sum::<u64>();
        self.pending.push(entry);
        if self.pending.len() >= FILES_PER_COMMIT || self.bytes >= BYTES_PER_COMMIT {
            self.write()
        } else {
            Ok(())
        }
    }

    /// Makes everything that was put durable: the database first, then the index.
    pub fn commit(&mut self) -> Result<(), StoreError> {
        self.seal.set_clean(false);
        self.write()?;
        self.wait()?;
        self.seal.set_clean(true);
        Ok(())
    }

    /// Makes what waits durable in the database, and has the index begin with it.
    fn write(&mut self) -> Result<(), StoreError> {
        self.seal.set_clean(false);
        // A record that is written anew must not be taken for the one that the index is told of now.
        if self.indexer.holds_one_of(self.pending.iter().flat_map(|entry| &entry.records)) {
            self.wait()?;
        }
        self.database.put(&self.pending, PARSER_VERSION, self.told)?;
        let records: Vec<Record> = self.pending.drain(..).flat_map(|entry| entry.records).collect();
        self.bytes = 0;
        self.index(Changes { records, ..Changes::default() })
    }

    /// Has the index begin with `changes` as soon as it has ended with those before.
    fn index(&mut self, changes: Changes) -> Result<(), StoreError> {
        if changes.records.is_empty() && changes.removed.is_empty() {
            return Ok(());
        }
        self.wait()?;
        self.indexer.start(changes);
        if self.is_alone { self.wait() } else { Ok(()) }
    }

    /// Waits until the index holds what it was told, and has the database note it.
    fn wait(&mut self) -> Result<(), StoreError> {
        if let Some(Indexed { removed, added }) = self.indexer.wait()? {
            self.database.mark_indexed(added.iter().map(String::as_str))?;
            self.database.forget_removals(&removed)?;
        }
        Ok(())
    }

    /// Ends a batch: the files at `gone` are not there any more, and records that no file holds are removed.
    /// Gives the vanished files whose bytes lie under another name.
    pub(crate) fn settle(&mut self, gone: &[FilePath]) -> Result<Vec<FilePath>, StoreError> {
        self.commit()?;
        self.seal.set_clean(false);
        let moved = self.database.settle(gone)?;
        self.catch_up()?;
        self.seal.set_clean(true);
        Ok(moved)
    }

    /// Brings the index to what the database holds.
    fn catch_up(&mut self) -> Result<(), StoreError> {
        let removed = self.database.removals()?;
        self.index(Changes { removed, ..Changes::default() })?;
        let mut last = String::new();
        loop {
            let records = self.database.unindexed(&last, BYTES_PER_COMMIT)?;
            let Some(record) = records.last() else { break };
            last.clone_from(&record.id);
            self.index(Changes { records, ..Changes::default() })?;
        }
        self.wait()
    }
}
