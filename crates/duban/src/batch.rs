//! Many notices in parallel, results in the order of their paths.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};

use duban_record::Record;

use crate::file::OpenFile;
use crate::folder::find_notices;
use crate::isolation::{Reader, Reading};
use crate::process::name_of;
use crate::unpack::is_inside;
use crate::{BatchError, BatchOptions, Cause, ProcessError, for_each_notice_at, process_bytes};

/// Files per thread whose results may wait to be taken: enough that threads seldom wait for the one that
/// takes them, few enough that the records fit in memory.
const FILES_AHEAD: usize = 128;

/// Bytes of records that may wait to be taken before no further file is begun.
const BYTES_AHEAD: u64 = 32 << 20;

/// What came of a batch of notices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BatchSummary {
    /// Notices that have a record.
    pub read: u64,
    /// Those of them whose record holds warnings.
    pub warned: u64,
    /// Files and notices that have none.
    pub failed: u64,
    /// Files that are no notices.
    pub ignored: u64,
}

/// Processes every notice of `folder`. `on_done` gets each result in the order of the paths, while
/// later ones are still to come; it may end the batch.
pub fn process_folder(
    folder: &Path,
    options: &BatchOptions,
    mut on_done: impl FnMut(Result<Record, ProcessError>) -> ControlFlow<()>,
) -> Result<BatchSummary, BatchError> {
    let found = find_notices(folder)?;
    let mut summary = BatchSummary { ignored: found.others.len() as u64, ..BatchSummary::default() };
    for (path, source) in found.failures {
        summary.failed += 1;
        if on_done(Err(ProcessError { path: name_of(&path), source })).is_break() {
            return Ok(summary);
        }
    }
    process_all(&found.notices, options, &mut summary, on_done)?;
    Ok(summary)
}

/// As [`process_folder`], for the files at `paths` in the order given; archives and mails among them
/// give a result for each notice inside.
pub fn process_files(
    paths: &[PathBuf],
    options: &BatchOptions,
    on_done: impl FnMut(Result<Record, ProcessError>) -> ControlFlow<()>,
) -> Result<BatchSummary, BatchError> {
    let mut summary = BatchSummary::default();
    process_all(paths, options, &mut summary, on_done)?;
    Ok(summary)
}

fn process_all(
    paths: &[PathBuf],
    options: &BatchOptions,
    summary: &mut BatchSummary,
    mut on_done: impl FnMut(Result<Record, ProcessError>) -> ControlFlow<()>,
) -> Result<(), BatchError> {
    let reader = Reader::new(&options.isolation, &options.notice);
    let work = |path: &Path| {
        let results = process_one(path, &reader, options);
        let records = results.iter().flatten().filter_map(|result| result.as_ref().ok());
        let bytes = records.map(weight).sum();
        (results, bytes)
    };
    in_order(paths, options, work, |results| {
        for result in results? {
            match &result {
                Ok(record) => {
                    summary.read += 1;
                    summary.warned += u64::from(!record.warnings.is_empty());
                }
                Err(_) => summary.failed += 1,
            }
            if on_done(result).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    })
}

/// About how many bytes of memory a record takes.
pub(crate) fn weight(record: &Record) -> u64 {
    let texts = record.tasks.iter().map(|task| task.text.len()).sum::<usize>();
    let sections = record.sections.iter().map(|section| section.text.len()).sum::<usize>();
    let parts = record.tasks.len() + record.sections.len() + record.outline.len() + record.warnings.len();
    (texts + sections + parts * 512) as u64
}

/// The notices in the file at `path`, or the one that it names in a file.
fn process_one(
    path: &Path,
    reader: &Reader,
    options: &BatchOptions,
) -> Result<Vec<Result<Record, ProcessError>>, BatchError> {
    let (notice, name) = (&options.notice, name_of(path));
    let failed = |source: Cause| vec![Err(ProcessError { path: name.clone(), source })];
    // What is inside a file is found here; so is what has no size, a pipe that the shell made.
    if is_inside(path) || !path.is_file() {
        let mut work = |name: &str, bytes: &[u8]| process_bytes(name, bytes, notice);
        return Ok(for_each_notice_at(path, notice, &mut work));
    }
    // The user named it: a link is as good as the file.
    let open = path.canonicalize().and_then(|path| OpenFile::open(&path));
    Ok(match open {
        Err(error) => failed(error.into()),
        Ok(open) if open.bytes > notice.max_file_bytes => {
            failed(Cause::TooLarge { limit: notice.max_file_bytes })
        }
        Ok(open) => match reader.read(&name, open.file)? {
            Reading::Done { notices, .. } => notices,
            Reading::Died(death) => failed(death.into()),
            Reading::Broken(error) => failed(error.into()),
        },
    })
}

/// How far the results are taken, for the threads that must not run too far ahead.
#[derive(Default)]
struct Taken {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// Results that were taken.
    count: usize,
    /// Bytes of the results that wait.
    waiting: u64,
    /// Whether no more will be taken.
    ended: bool,
}

impl Taken {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A result of `bytes` waits.
    fn add(&self, bytes: u64) {
        self.state().waiting += bytes;
    }

    /// It was taken.
    fn remove(&self, bytes: u64) {
        let mut state = self.state();
        state.count += 1;
        state.waiting -= bytes;
        self.changed.notify_all();
    }

    /// Waits until the file at `index` may be begun; `false` where no more are wanted. The one that is
    /// taken next never waits for others.
    fn wait_for(&self, index: usize, ahead: usize) -> bool {
        let mut state = self.state();
        loop {
            let is_next = index == state.count;
            if state.ended {
                return false;
            }
            if is_next || (index < state.count + ahead && state.waiting < BYTES_AHEAD) {
                return true;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Lets all go on that wait, to their end.
    fn end(&self) {
        self.state().ended = true;
        self.changed.notify_all();
    }
}

/// A result with about the bytes of memory that it takes.
pub(crate) type Weighed<T> = (T, u64);

/// Runs `work` on `paths` in parallel and meanwhile gives the results to `take`, in order.
pub(crate) fn in_order<T: Send>(
    paths: &[PathBuf],
    options: &BatchOptions,
    work: impl Fn(&Path) -> Weighed<T> + Sync,
    mut take: impl FnMut(T) -> Result<ControlFlow<()>, BatchError>,
) -> Result<(), BatchError> {
    let threads = options.threads().min(paths.len());
    if threads <= 1 {
        for path in paths {
            if take(work(path).0)?.is_break() {
                break;
            }
        }
        return Ok(());
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    let (sender, receiver) = mpsc::channel();
    let (next, taken) = (AtomicUsize::new(0), Taken::default());
    let run = |sender: mpsc::Sender<(usize, Weighed<T>)>| {
        while let Some((index, path)) = {
            let index = next.fetch_add(1, Ordering::SeqCst);
            paths.get(index).map(|path| (index, path))
        } {
            if !taken.wait_for(index, threads * FILES_AHEAD) {
                break;
            }
            let (result, bytes) = work(path);
            taken.add(bytes);
            if sender.send((index, (result, bytes))).is_err() {
                break;
            }
        }
    };
    pool.in_place_scope(|scope| {
        for _ in 0..threads {
            let (run, sender) = (&run, sender.clone());
            scope.spawn(move |_| run(sender));
        }
        drop(sender);
        let done = take_in_order(&receiver, &taken, &mut take);
        taken.end();
        done
    })
}

fn take_in_order<T>(
    receiver: &mpsc::Receiver<(usize, Weighed<T>)>,
    taken: &Taken,
    take: &mut impl FnMut(T) -> Result<ControlFlow<()>, BatchError>,
) -> Result<(), BatchError> {
    let (mut early, mut expected) = (BTreeMap::new(), 0);
    for (index, result) in receiver {
        early.insert(index, result);
        while let Some((result, bytes)) = early.remove(&expected) {
            expected += 1;
            if take(result)?.is_break() {
                return Ok(());
            }
            taken.remove(bytes);
        }
    }
    Ok(())
}
