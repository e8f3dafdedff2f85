//! The store: a folder with the records and the index over their tasks.
//!
//! `records/<parser version>/<id>.json` holds one record each, `index/` the index. A record file is
//! written last, once the index holds its tasks for good: a notice that has one needs no more work,
//! and one that has none is simply read again. The index can be made anew from the records.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use duban_index::{Index, IndexError, IndexWriter, Query, SearchResults};
use duban_record::Record;

use crate::error::describe;

/// Version of everything between bytes and record: it grows when the same notice may give another
/// record, and then what a store holds is read again.
pub const PARSER_VERSION: u32 = 3;

/// Records that wait in memory until the index is written to disk.
const RECORDS_PER_COMMIT: usize = 256;

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
    /// A stored record that cannot be read back.
    #[error("`{}` is no record: {source}", .path.display())]
    Record {
        /// Its file.
        path: PathBuf,
        /// Where it goes wrong.
        source: serde_json::Error,
    },
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
            Self::Record { .. } => {
                Some("delete the file and run `duban ingest DIR` with this store".to_owned())
            }
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
        if store.records_folder().is_dir() {
            Ok(store)
        } else {
            Err(StoreError::Missing { path: root.to_owned() })
        }
    }

    /// The store in the folder `root`, which is made where there is none.
    pub fn open_or_create(root: &Path) -> Result<Self, StoreError> {
        let store = Self { root: root.to_owned() };
        let records = store.records_folder();
        fs::create_dir_all(&records).map_err(|source| StoreError::Io { path: records, source })?;
        Ok(store)
    }

    /// Its folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether it holds the record of the notice with this id, made by this version of the parser.
    pub fn holds(&self, id: &str) -> bool {
        self.record_file(id).is_file()
    }

    /// Its records, in the order of their ids.
    pub fn records(&self) -> Result<impl Iterator<Item = Result<Record, StoreError>>, StoreError> {
        let mut paths = BTreeSet::new();
        for version in list(&self.records_folder())? {
            if version.is_dir() {
                let files = list(&version)?.into_iter();
                paths.extend(
                    files.filter(|path| path.extension().is_some_and(|extension| extension == "json")),
                );
            }
        }
        Ok(paths.into_iter().map(|path| read_record(&path)))
    }

    /// The tasks that match `query`.
    pub fn search(&self, query: &Query) -> Result<SearchResults, StoreError> {
        let index = Index::open(&self.index_folder())?.with_names(duban_extract::full_names);
        Ok(index.search(query)?)
    }

    /// The writer; there is one at a time. An index that is missing or of another version is made
    /// anew from the records.
    pub fn writer(&self) -> Result<StoreWriter, StoreError> {
        let folder = self.index_folder();
        let (index, is_new) = match Index::open(&folder) {
            Ok(index) => (index, false),
            Err(IndexError::Missing { .. }) => (Index::create(&folder)?, true),
            Err(IndexError::Version { .. }) => {
                fs::remove_dir_all(&folder)
                    .map_err(|source| StoreError::Io { path: folder.clone(), source })?;
                (Index::create(&folder)?, true)
            }
            Err(error) => return Err(error.into()),
        };
        let mut writer = StoreWriter { store: self.clone(), index: index.writer()?, pending: Vec::new() };
        if is_new {
            for record in self.records()? {
                writer.index.put(&record?)?;
            }
            writer.index.commit()?;
        }
        Ok(writer)
    }

    fn index_folder(&self) -> PathBuf {
        self.root.join("index")
    }

    fn records_folder(&self) -> PathBuf {
        self.root.join("records")
    }

    fn record_file(&self, id: &str) -> PathBuf {
        self.records_folder().join(PARSER_VERSION.to_string()).join(format!("{id}.json"))
    }
}

/// Puts records into a store. What was put is safe after [`StoreWriter::commit`].
pub struct StoreWriter {
    store: Store,
    index: IndexWriter,
    pending: Vec<Record>,
}

impl StoreWriter {
    /// Puts `record` in, in place of an earlier one of the same notice.
    pub fn put(&mut self, record: Record) -> Result<(), StoreError> {
        self.index.put(&record)?;
        self.pending.push(record);
        if self.pending.len() >= RECORDS_PER_COMMIT { self.commit() } else { Ok(()) }
    }

    /// Makes everything that was put durable.
    pub fn commit(&mut self) -> Result<(), StoreError> {
        if self.pending.is_empty() {
            return Ok(());
        }
        self.index.commit()?;
        let records = self.store.records_folder();
        let current = records.join(PARSER_VERSION.to_string());
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |source| StoreError::Io { path, source }
        };
        fs::create_dir_all(&current).map_err(failed(&current))?;
        let outdated: Vec<PathBuf> = list(&records)?.into_iter().filter(|path| *path != current).collect();
        for record in self.pending.drain(..) {
            let path = self.store.record_file(&record.id);
            write_record(&path, &record).map_err(failed(&path))?;
            for version in &outdated {
                remove_if_there(&version.join(format!("{}.json", record.id))).map_err(failed(version))?;
            }
        }
        sync_folder(&current).map_err(failed(&current))
    }
}

fn list(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let failed = |source| StoreError::Io { path: folder.to_owned(), source };
    let entries = fs::read_dir(folder).map_err(failed)?;
    entries.map(|entry| entry.map(|entry| entry.path()).map_err(failed)).collect()
}

fn read_record(path: &Path) -> Result<Record, StoreError> {
    let bytes = fs::read(path).map_err(|source| StoreError::Io { path: path.to_owned(), source })?;
    serde_json::from_slice(&bytes).map_err(|source| StoreError::Record { path: path.to_owned(), source })
}

/// Writes beside `path` and renames, so that a reader sees a whole record or none.
fn write_record(path: &Path, record: &Record) -> io::Result<()> {
    let temporary = path.with_extension("tmp");
    let mut file = File::create(&temporary)?;
    file.write_all(&serde_json::to_vec(record)?)?;
    file.sync_all()?;
    fs::rename(&temporary, path)
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

/// Makes renames in `folder` last.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Folders cannot be opened as files here; the file system orders renames itself.
#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}
