//! The index on a thread of its own: while it takes some records in, the next ones are read and written to
//! the database.

use std::collections::HashSet;
use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use duban_index::{IndexError, IndexWriter};
use duban_record::Record;

/// What the index is to be told of.
#[derive(Default)]
pub(crate) struct Changes {
    /// Ids of documents that it must not hold any more.
    pub(crate) removed: Vec<String>,
    /// Records that it takes in, in place of earlier ones of the same documents.
    pub(crate) records: Vec<Record>,
}

/// The documents whose changes the index holds for good.
pub(crate) struct Indexed {
    pub(crate) removed: Vec<String>,
    pub(crate) added: HashSet<String>,
}

/// Gives changes to the index, one lot at a time. Dropping it waits for the lot under way.
pub(crate) struct Indexer {
    /// `None` while it is dropped.
    lots: Option<Sender<Changes>>,
    done: Receiver<Result<(), IndexError>>,
    under_way: Option<Indexed>,
    thread: Option<JoinHandle<()>>,
}

impl Indexer {
    pub(crate) fn new(mut writer: IndexWriter) -> Self {
        let (lots, to_do) = channel::<Changes>();
        let (tell, done) = channel();
        let thread = thread::spawn(move || {
            for changes in to_do {
                if tell.send(apply(&mut writer, &changes)).is_err() {
                    break;
                }
            }
        });
        Self { lots: Some(lots), done, under_way: None, thread: Some(thread) }
    }

    /// Whether one of `records` belongs to the lot under way.
    pub(crate) fn holds_one_of<'a>(&self, mut records: impl Iterator<Item = &'a Record>) -> bool {
        self.under_way.as_ref().is_some_and(|lot| records.any(|record| lot.added.contains(&record.id)))
    }

    /// Begins with `changes`; what was under way must have been waited for.
    pub(crate) fn start(&mut self, changes: Changes) {
        debug_assert!(self.under_way.is_none(), "one lot at a time");
        let added = changes.records.iter().map(|record| record.id.clone()).collect();
        self.under_way = Some(Indexed { removed: changes.removed.clone(), added });
        if self.lots.as_ref().is_none_or(|lots| lots.send(changes).is_err()) {
            self.end();
        }
    }

    /// Waits for the lot under way, which is durable then; `None` where there is none.
    pub(crate) fn wait(&mut self) -> Result<Option<Indexed>, IndexError> {
        let Some(lot) = self.under_way.take() else { return Ok(None) };
        let Ok(done) = self.done.recv() else {
            self.end();
            return Ok(None);
        };
        done.map(|()| Some(lot))
    }

    /// Ends the thread; a panic on it goes on here.
    fn end(&mut self) {
        self.lots = None;
        if let Some(Err(panic)) = self.thread.take().map(JoinHandle::join) {
            resume_unwind(panic);
        }
    }
}

impl Drop for Indexer {
    fn drop(&mut self) {
        self.lots = None;
        if let Some(thread) = self.thread.take() {
            // Whoever drops it is ending anyway.
            let _ = thread.join();
        }
    }
}

fn apply(writer: &mut IndexWriter, changes: &Changes) -> Result<(), IndexError> {
    changes.removed.iter().for_each(|id| writer.remove(id));
    for record in &changes.records {
        writer.put(record)?;
    }
    writer.commit()
}
