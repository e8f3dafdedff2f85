//! A folder into a store, for as long as it takes: files are read once they are complete.
//!
//! What the system tells of changes only wakes the scan of the folder, and the folder is scanned now and
//! then anyway: nothing is lost where the system forgets to tell. A file is complete when neither its size
//! nor its time has changed for a while. Records wait in the store until they are delivered, so one that
//! was read before a power cut is delivered after it; at worst it is delivered twice.

use std::collections::{HashMap, HashSet};
use std::fs::Metadata;
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant, SystemTime};

use duban_record::Record;
use notify::{RecursiveMode, Watcher};

use crate::folder::{FoundFiles, find_notices};
use crate::ingest::Batch;
use crate::{BatchError, BatchOptions, IngestSummary, Store, StoreError};

/// Files that are read before their records are delivered.
const FILES_PER_BATCH: usize = 64;
/// How long after a failure of the store or the folder it is tried again.
const AFTER_FAILURE: Duration = Duration::from_secs(3);
/// How often a wait looks whether it is to end.
const TICK: Duration = Duration::from_millis(100);

/// How a folder is watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WatchOptions {
    /// A file that has not changed for so long is complete.
    pub settle: Duration,
    /// How often the folder is scanned even if the system tells of no change.
    pub rescan: Duration,
}

impl Default for WatchOptions {
    fn default() -> Self {
        Self { settle: Duration::from_secs(3), rescan: Duration::from_mins(1) }
    }
}

/// What became of a record that was handed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// It arrived.
    Done,
    /// It did not; it is handed on again later.
    Later,
    /// Nobody takes records any more.
    Stop,
}

/// What somebody who watches is told besides the records.
#[derive(Debug)]
#[non_exhaustive]
pub enum WatchEvent<'a> {
    /// Files were read.
    Batch(&'a IngestSummary),
    /// Something failed; it is tried again after a while.
    Failed(&'a BatchError),
}

/// What a file looked like.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Looks {
    bytes: u64,
    modified: Option<SystemTime>,
}

impl From<&Metadata> for Looks {
    fn from(metadata: &Metadata) -> Self {
        Self { bytes: metadata.len(), modified: metadata.modified().ok() }
    }
}

/// A file that was seen, and since when it looks so.
struct Seen {
    looks: Looks,
    since: Instant,
    is_read: bool,
}

/// Reads the notices of `folder` into `store` as they come, until [`BatchOptions::stop`] is set or nobody
/// takes records any more. `deliver` gets each record when it is safe in the store.
pub fn watch(
    folder: &Path,
    store: &Store,
    options: &BatchOptions,
    watching: &WatchOptions,
    mut deliver: impl FnMut(&Record) -> Delivery,
    mut on_event: impl FnMut(WatchEvent<'_>),
) -> Result<(), BatchError> {
    if !folder.is_dir() {
        return Err(BatchError::NoFolder { path: folder.to_owned() });
    }
    let (sender, changes) = mpsc::channel();
    // Whatever changed, the folder is looked at. Where the system tells of no changes, it is scanned at
    // intervals. The watcher works as long as it is held.
    let watcher = notify::recommended_watcher(move |_| sender.send(()).unwrap_or_default())
        .and_then(|mut watcher| watcher.watch(folder, RecursiveMode::Recursive).map(|()| watcher));
    let mut watch = Watch { folder, store, options, watching, seen: HashMap::new(), others: HashSet::new() };
    while !watch.is_stopped() {
        let waits = match watch.scan(&mut deliver, &mut on_event) {
            Ok(Scan::Stop) => break,
            Ok(Scan::Settled) if watcher.is_ok() => watching.rescan,
            Ok(_) => watching.settle / 2,
            Err(error) => {
                on_event(WatchEvent::Failed(&error));
                watch.pause(AFTER_FAILURE);
                continue;
            }
        };
        watch.wait(&changes, waits);
    }
    Ok(())
}

/// What a scan of the folder leaves.
enum Scan {
    /// Nothing more to do until something changes.
    Settled,
    /// Files that may be incomplete, or records that were not delivered.
    Unsettled,
    /// Nobody takes records any more.
    Stop,
}

struct Watch<'a> {
    folder: &'a Path,
    store: &'a Store,
    options: &'a BatchOptions,
    watching: &'a WatchOptions,
    seen: HashMap<PathBuf, Seen>,
    /// Files that are not read, of which the store was told.
    others: HashSet<PathBuf>,
}

impl Watch<'_> {
    fn is_stopped(&self) -> bool {
        self.options.stop.as_ref().is_some_and(|stop| stop.load(Ordering::SeqCst))
    }

    /// Waits for a change, but not for longer than `longest`; a burst of changes is one.
    fn wait(&self, changes: &Receiver<()>, longest: Duration) {
        let end = Instant::now() + longest;
        while !self.is_stopped() && Instant::now() < end {
            match changes.recv_timeout(TICK.min(longest)) {
                Ok(()) => {
                    self.pause(TICK);
                    while changes.try_recv().is_ok() {}
                    return;
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => self.pause(TICK),
            }
        }
    }

    fn pause(&self, time: Duration) {
        let end = Instant::now() + time;
        while !self.is_stopped() && Instant::now() < end {
            std::thread::sleep(TICK.min(time));
        }
    }

    fn scan(
        &mut self,
        deliver: &mut impl FnMut(&Record) -> Delivery,
        on_event: &mut impl FnMut(WatchEvent<'_>),
    ) -> Result<Scan, BatchError> {
        // What an earlier run read and did not deliver.
        match self.deliver(deliver)? {
            Delivery::Stop => return Ok(Scan::Stop),
            Delivery::Later => return Ok(Scan::Unsettled),
            Delivery::Done => {}
        }
        let found = find_notices(self.folder)?;
        self.note_gone(&found)?;
        let (ready, waiting) = self.sort(&found.notices);
        let mut unread = self.new_others(found);
        let mut delivered = Delivery::Done;
        let batches = ready.chunks(FILES_PER_BATCH).map(<[PathBuf]>::to_vec);
        let none = (ready.is_empty() && unread.paths().next().is_some()).then(Vec::new);
        for notices in batches.chain(none) {
            let found = FoundFiles { notices: notices.clone(), ..mem::take(&mut unread) };
            let others: Vec<PathBuf> = found.paths().map(Path::to_owned).collect();
            let batch = Batch::open(self.store, self.options)?.announced();
            let summary = batch.run(None, found, |_| {})?;
            on_event(WatchEvent::Batch(&summary));
            delivered = self.deliver(deliver)?;
            if summary.stopped || delivered == Delivery::Stop {
                return Ok(Scan::Stop);
            }
            for path in notices {
                if let Some(seen) = self.seen.get_mut(&path) {
                    seen.is_read = true;
                }
            }
            self.others.extend(others.into_iter().filter(|path| !self.seen.contains_key(path)));
        }
        let is_settled = waiting == 0 && delivered == Delivery::Done;
        Ok(if is_settled { Scan::Settled } else { Scan::Unsettled })
    }

    /// The files that are complete and not read yet, and the number of those that may be incomplete.
    fn sort(&mut self, notices: &[PathBuf]) -> (Vec<PathBuf>, usize) {
        let (mut ready, mut waiting) = (Vec::new(), 0);
        for path in notices {
            let Ok(metadata) = path.symlink_metadata() else { continue };
            let looks = Looks::from(&metadata);
            let seen = match self.seen.get_mut(path) {
                Some(seen) if seen.looks == looks => seen,
                _ => {
                    self.seen.insert(path.clone(), Seen { looks, since: Instant::now(), is_read: false });
                    // A file that was left alone for long before is complete at first sight.
                    let age = looks.modified.and_then(|modified| modified.elapsed().ok());
                    if age.is_some_and(|age| age >= self.watching.settle) {
                        ready.push(path.clone());
                    } else {
                        waiting += 1;
                    }
                    continue;
                }
            };
            if seen.is_read {
                continue;
            }
            if seen.since.elapsed() >= self.watching.settle {
                ready.push(path.clone());
            } else {
                waiting += 1;
            }
        }
        (ready, waiting)
    }

    /// What is not read and was not told to the store yet.
    fn new_others(&self, found: FoundFiles) -> FoundFiles {
        let is_new = |path: &PathBuf| !self.others.contains(path);
        FoundFiles {
            notices: Vec::new(),
            others: found.others.into_iter().filter(|(path, _)| is_new(path)).collect(),
            failures: found.failures.into_iter().filter(|(path, _)| is_new(path)).collect(),
        }
    }

    /// Tells the store when files that were seen are not there any more.
    fn note_gone(&mut self, found: &FoundFiles) -> Result<(), BatchError> {
        let present: HashSet<&Path> = found.paths().collect();
        let is_gone = |path: &PathBuf| !present.contains(path.as_path());
        let is_first = self.seen.is_empty() && self.others.is_empty();
        if is_first || self.seen.keys().chain(&self.others).any(is_gone) {
            Batch::open(self.store, self.options)?.settle(self.folder, found)?;
        }
        // Only now: what the store could not note is noted by the next scan.
        self.seen.retain(|path, _| present.contains(path.as_path()));
        self.others.retain(|path| present.contains(path.as_path()));
        Ok(())
    }

    /// Hands on the records that wait in the store.
    fn deliver(&self, deliver: &mut impl FnMut(&Record) -> Delivery) -> Result<Delivery, StoreError> {
        let (mut told, mut delivery) = (Vec::new(), Delivery::Done);
        self.store.each_untold(|record| {
            if delivery == Delivery::Done {
                delivery = deliver(&record);
                if delivery == Delivery::Done {
                    told.push(record.id);
                }
            }
            Ok(())
        })?;
        if !told.is_empty() {
            self.store.mark_told(&told)?;
        }
        Ok(delivery)
    }
}
