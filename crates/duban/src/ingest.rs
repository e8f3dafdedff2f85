//! A folder of files into a store; what the store holds already is left alone.

use std::collections::{HashMap, HashSet};
use std::mem;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

use duban_record::Record;
use duban_store::{Content, Entry, FilePath, FileRow, FileStatus, Verdict};
use duban_worker::Death;

use crate::batch::{in_order, weight};
use crate::file::OpenFile;
use crate::folder::{FoundFiles, find_notices};
use crate::isolation::{Reader, Reading};
use crate::process::name_of;
use crate::summary::{IngestSummary, Progress};
use crate::verdict::{self, QUARANTINE};
use crate::{BatchError, BatchOptions, Cause, PARSER_VERSION, ProcessError, Store, StoreWriter};

/// How often files are read that change meanwhile, and how long they get in between.
const ROUNDS: usize = 3;
const PAUSE: Duration = Duration::from_secs(1);

/// Reads every notice of `folder` into `store`. A file whose bytes the store holds, read by this version
/// of the parser, is skipped, and so is the second of two files with the same bytes. A file that has other
/// bytes than before replaces its records; one that is gone is marked, and its records stay. `on_progress`
/// is told how far the work is.
///
/// When this returns, every record that the summary counts is on disk and can be searched.
pub fn ingest(
    folder: &Path,
    store: &Store,
    options: &BatchOptions,
    on_progress: impl FnMut(Progress),
) -> Result<IngestSummary, BatchError> {
    let found = find_notices(folder)?;
    Batch::open(store, options)?.run(Some(folder), found, on_progress)
}

/// Reads the files at `paths` into `store`, as [`ingest`] does with those of a folder.
pub fn ingest_files(
    paths: Vec<PathBuf>,
    store: &Store,
    options: &BatchOptions,
    on_progress: impl FnMut(Progress),
) -> Result<IngestSummary, BatchError> {
    let found = FoundFiles { notices: paths, ..FoundFiles::default() };
    Batch::open(store, options)?.run(None, found, on_progress)
}

/// A file after a look at it.
struct Examined {
    path: PathBuf,
    bytes: Option<u64>,
    modified: Option<i64>,
    id: Option<String>,
    what: What,
}

enum What {
    /// Its bytes are known, and what became of them.
    Known,
    /// They were read.
    Read { notices: Vec<Result<Record, ProcessError>>, deaths: u32 },
    /// They killed workers.
    Died { death: Death, deaths: u32 },
    /// They changed meanwhile.
    Changing,
    /// They cannot be read.
    Unreadable(Cause),
    /// The batch was ended before.
    Stopped,
}

impl Examined {
    /// About how many bytes of memory it takes.
    fn weight(&self) -> u64 {
        match &self.what {
            What::Read { notices, .. } => notices.iter().flatten().map(weight).sum(),
            _ => 0,
        }
    }
}

/// One run over some files.
pub(crate) struct Batch<'a> {
    options: &'a BatchOptions,
    reader: Reader,
    writer: StoreWriter,
    /// The files that the store knew at the beginning.
    rows: HashMap<FilePath, FileRow>,
    /// What became of all bytes, up to now.
    contents: HashMap<String, Content>,
    /// The bytes that were read in this run.
    read: HashSet<String>,
    /// The notices whose records need not be written.
    held: HashSet<String>,
    /// For bytes the file that stands for them.
    holders: HashMap<String, FilePath>,
    summary: IngestSummary,
    progress: Progress,
    /// Files that are read again later.
    changing: Vec<PathBuf>,
}

impl<'a> Batch<'a> {
    pub(crate) fn open(store: &Store, options: &'a BatchOptions) -> Result<Self, BatchError> {
        let writer = store.writer_for(options.threads())?;
        let rows = writer.files()?.into_iter().map(|row| (row.path.clone(), row)).collect();
        let contents = writer.contents()?;
        let held = if options.again { HashSet::new() } else { writer.held()? };
        Ok(Self {
            options,
            reader: Reader::new(&options.isolation, &options.notice),
            summary: IngestSummary { rebuilt: writer.rebuilt(), ..IngestSummary::default() },
            writer,
            rows,
            contents,
            read: HashSet::new(),
            held,
            holders: HashMap::new(),
            progress: Progress::default(),
            changing: Vec::new(),
        })
    }

    /// Has the records wait in the store for somebody who watches ([`Store::each_untold`]).
    pub(crate) fn announced(mut self) -> Self {
        self.writer.set_told(false);
        self
    }

    /// Reads what was found; of a `folder`, also marks the files that are gone.
    pub(crate) fn run(
        mut self,
        folder: Option<&Path>,
        found: FoundFiles,
        mut on_progress: impl FnMut(Progress),
    ) -> Result<IngestSummary, BatchError> {
        let gone = folder.map(|folder| self.gone(folder, &found)).unwrap_or_default();
        let FoundFiles { notices, others, failures } = found;
        let is_gone: HashSet<&FilePath> = gone.iter().collect();
        let present = self.rows.values().filter(|row| !row.gone && !is_gone.contains(&row.path));
        for row in present.filter(|row| row.verdict.status != FileStatus::Skipped) {
            if let Some(content) = &row.content {
                self.holders.insert(content.clone(), row.path.clone());
            }
        }
        self.progress.total = (notices.len() + others.len() + failures.len()) as u64;
        self.progress.total_bytes = notices.iter().filter_map(|path| Some(path.metadata().ok()?.len())).sum();
        for (path, reason) in others {
            self.put_unread(&path, verdict::skipped(reason))?;
        }
        for (path, cause) in failures {
            let tried = self.attempts(&path) + 1;
            self.put_unread(&path, verdict::failed(&cause, tried))?;
        }
        on_progress(self.progress);
        self.read_all(&notices, false, &mut on_progress)?;
        for round in 1..=ROUNDS {
            let again = mem::take(&mut self.changing);
            if again.is_empty() || self.summary.stopped {
                break;
            }
            thread::sleep(PAUSE);
            self.read_all(&again, round == ROUNDS, &mut on_progress)?;
        }
        self.writer.commit()?;
        if !self.summary.stopped {
            let moved = self.writer.settle(&gone)?;
            self.summary.moved = moved.len() as u64;
            self.summary.gone = gone.iter().filter(|path| !moved.contains(path)).count() as u64;
        }
        Ok(self.summary)
    }

    /// Marks the files of `folder` that were not `found`, and reads none.
    pub(crate) fn settle(mut self, folder: &Path, found: &FoundFiles) -> Result<(), BatchError> {
        let gone = self.gone(folder, found);
        self.writer.settle(&gone)?;
        Ok(())
    }

    /// The files that the store knew in `folder` and that were not found.
    fn gone(&self, folder: &Path, found: &FoundFiles) -> Vec<FilePath> {
        let folder = key(folder);
        let out_of_sight: Vec<FilePath> = found.failures.iter().map(|(path, _)| key(path)).collect();
        let found: HashSet<FilePath> = found.paths().map(key).collect();
        let mut gone: Vec<FilePath> = self
            .rows
            .values()
            .filter(|row| !row.gone && row.path.as_path().starts_with(folder.as_path()))
            .map(|row| row.path.clone())
            .filter(|path| !found.contains(path))
            // Nobody knows what is in a folder that cannot be listed.
            .filter(|path| !out_of_sight.iter().any(|above| path.as_path().starts_with(above.as_path())))
            .collect();
        gone.sort();
        gone
    }

    fn read_all(
        &mut self,
        paths: &[PathBuf],
        is_last: bool,
        on_progress: &mut impl FnMut(Progress),
    ) -> Result<(), BatchError> {
        // The threads see what was known before; the results are put together here, in order.
        let known = mem::take(&mut self.contents);
        let reader = mem::replace(&mut self.reader, Reader::Here(self.options.notice.clone()));
        let options = self.options;
        let mut new = HashMap::new();
        let done = in_order(
            paths,
            options,
            |path| {
                let examined = examine(path, &known, &reader, options);
                let bytes = examined.as_ref().map_or(0, Examined::weight);
                (examined, bytes)
            },
            |examined| {
                let examined = examined?;
                if matches!(examined.what, What::Stopped) {
                    self.summary.stopped = true;
                    return Ok(ControlFlow::Break(()));
                }
                let bytes = examined.bytes.unwrap_or(0);
                if self.take(examined, is_last, &known, &mut new)? {
                    self.progress.done += 1;
                    self.progress.bytes += bytes;
                    self.progress.failed = self.summary.failed;
                    on_progress(self.progress);
                }
                Ok(ControlFlow::Continue(()))
            },
        );
        self.reader = reader;
        self.contents = known;
        self.contents.extend(new);
        done
    }

    /// Writes down what came of a file; `false` where it is read again later.
    fn take(
        &mut self,
        examined: Examined,
        is_last: bool,
        known: &HashMap<String, Content>,
        new: &mut HashMap<String, Content>,
    ) -> Result<bool, BatchError> {
        let Examined { path, bytes, modified, id: Some(id), what } = examined else {
            return self.take_unread(examined, is_last);
        };
        let is_known = matches!(what, What::Known);
        let (content, records) = self.judge(&id, what, known);
        if let Some(content) = &content {
            new.insert(id.clone(), content.clone());
            self.read.insert(id.clone());
        }
        let Some(known) = new.get(&id).or(known.get(&id)) else { return Ok(true) };
        let own = key(&path);
        let holder = self.holders.entry(id.clone()).or_insert_with(|| own.clone());
        let verdict = if *holder == own || known.verdict.status == FileStatus::Failed {
            known.verdict.clone()
        } else {
            verdict::skipped(&format!("the same bytes as `{holder}`"))
        };
        match known.verdict.status {
            FileStatus::Ok | FileStatus::Degraded => self.summary.held += u64::from(is_known),
            FileStatus::Skipped => self.summary.ignored += 1,
            FileStatus::Failed => {}
        }
        self.put(row(&path, bytes, modified, Some(id), verdict), content, records)?;
        Ok(true)
    }

    /// Writes down why a file was not read; `false` where it is read again later.
    fn take_unread(&mut self, examined: Examined, is_last: bool) -> Result<bool, BatchError> {
        let Examined { path, bytes, modified, id: _, what } = examined;
        let cause = match what {
            What::Changing if !is_last => {
                self.changing.push(path);
                return Ok(false);
            }
            What::Unreadable(cause) => cause,
            _ => Cause::Changing,
        };
        let verdict = verdict::failed(&cause, self.attempts(&path) + 1);
        self.put(row(&path, bytes, modified, None, verdict), None, Vec::new())?;
        Ok(true)
    }

    /// What became of bytes that were read now, and their records.
    fn judge(
        &self,
        id: &str,
        what: What,
        known: &HashMap<String, Content>,
    ) -> (Option<Content>, Vec<Record>) {
        let before = known.get(id).filter(|content| content.parser_version == PARSER_VERSION);
        let (tried, died) = before.map_or((0, 0), |content| (content.verdict.attempts, content.deaths));
        let content = |verdict, deaths| {
            Some(Content { parser_version: PARSER_VERSION, verdict, deaths: died + deaths })
        };
        match what {
            // The second of two files with these bytes, both of which were read at a time.
            What::Read { .. } | What::Died { .. } if self.read.contains(id) => (None, Vec::new()),
            What::Read { notices, deaths } => {
                let verdict = verdict::of(&notices, tried + deaths + 1);
                (content(verdict, deaths), notices.into_iter().filter_map(Result::ok).collect())
            }
            What::Died { death, deaths } => {
                (content(verdict::killed(death, died + deaths, tried + deaths), deaths), Vec::new())
            }
            _ => (None, Vec::new()),
        }
    }

    fn attempts(&self, path: &Path) -> u32 {
        self.rows.get(&key(path)).filter(|row| row.content.is_none()).map_or(0, |row| row.verdict.attempts)
    }

    fn put_unread(&mut self, path: &Path, verdict: Verdict) -> Result<(), BatchError> {
        let metadata = path.symlink_metadata().ok();
        self.progress.done += 1;
        self.put(row(path, metadata.map(|metadata| metadata.len()), None, None, verdict), None, Vec::new())
    }

    /// Counts a file, and writes its row where anything is new.
    fn put(
        &mut self,
        file: FileRow,
        content: Option<Content>,
        mut records: Vec<Record>,
    ) -> Result<(), BatchError> {
        let documents = records.iter().map(|record| record.id.clone()).collect();
        // One notice may lie in several archives.
        records.retain(|record| self.held.insert(record.id.clone()));
        let is_again = content.is_none() && file.verdict.status != FileStatus::Failed;
        self.summary.count(&file, &records, is_again);
        if content.is_none() && self.rows.get(&file.path) == Some(&file) {
            return Ok(());
        }
        let entry = Entry { file, content, records, documents };
        Ok(self.writer.put(entry)?)
    }
}

/// A path as the store knows it.
fn key(path: &Path) -> FilePath {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).into()
}

fn row(
    path: &Path,
    bytes: Option<u64>,
    modified: Option<i64>,
    content: Option<String>,
    verdict: Verdict,
) -> FileRow {
    FileRow { path: key(path), name: name_of(path), content, bytes, modified, verdict, gone: false }
}

/// Looks at the file at `path` and reads it unless its bytes are known.
fn examine(
    path: &Path,
    known: &HashMap<String, Content>,
    reader: &Reader,
    options: &BatchOptions,
) -> Result<Examined, BatchError> {
    let mut examined =
        Examined { path: path.to_owned(), bytes: None, modified: None, id: None, what: What::Stopped };
    if options.stop.as_ref().is_some_and(|stop| stop.load(Ordering::SeqCst)) {
        return Ok(examined);
    }
    let mut deaths = 0;
    loop {
        let mut open = match OpenFile::open(path) {
            Ok(open) => open,
            Err(error) => return Ok(Examined { what: What::Unreadable(error.into()), ..examined }),
        };
        (examined.bytes, examined.modified) = (Some(open.bytes), open.modified);
        let id = match open.digest(options.notice.max_file_bytes) {
            Ok(id) => id,
            Err(cause) => return Ok(Examined { what: What::Unreadable(cause), ..examined }),
        };
        let before = known.get(&id).filter(|content| content.parser_version == PARSER_VERSION);
        let earlier_deaths = before.map_or(0, |content| content.deaths);
        if before.is_some_and(|content| {
            !options.again && (content.verdict.status != FileStatus::Failed || content.deaths >= QUARANTINE)
        }) {
            return Ok(Examined { id: Some(id), what: What::Known, ..examined });
        }
        match reader.read(&name_of(path), open.file)? {
            Reading::Done { id: read, .. } if read != id => {
                return Ok(Examined { what: What::Changing, ..examined });
            }
            Reading::Done { notices, .. } => {
                return Ok(Examined { id: Some(id), what: What::Read { notices, deaths }, ..examined });
            }
            // The machine may have been short of something: a second worker may do better.
            Reading::Died(_) if deaths + earlier_deaths + 1 < QUARANTINE => deaths += 1,
            Reading::Died(death) => {
                let deaths = deaths + 1;
                return Ok(Examined { id: Some(id), what: What::Died { death, deaths }, ..examined });
            }
            Reading::Broken(error) => {
                return Ok(Examined { what: What::Unreadable(error.into()), ..examined });
            }
        }
    }
}
