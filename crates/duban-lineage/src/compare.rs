//! Two plans, or all plans of two years, task by task.

use std::borrow::Cow;

use duban_record::{Record, Task};
use serde_json::{Value, json};

use crate::align::{Link, Relation, align};
use crate::difference::{Part, difference};

/// What became of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fate {
    /// It stands in both, word by word but for the year.
    CarriedOver,
    /// It stands in both, in other words or with other bodies or times.
    Changed,
    /// It is one of several that an older task became.
    Split,
    /// It was taken into a newer task beside another one.
    Merged,
    /// It stands in the newer plan alone.
    New,
    /// It stands in the older plan alone.
    Dropped,
}

impl Fate {
    /// All, in the order in which they are counted for people.
    pub const ALL: [Self; 6] =
        [Self::CarriedOver, Self::Changed, Self::Split, Self::Merged, Self::New, Self::Dropped];

    /// Its name in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::CarriedOver => "carried_over",
            Self::Changed => "changed",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::New => "new",
            Self::Dropped => "dropped",
        }
    }
}

/// A task and its notice.
#[derive(Clone, Copy, Debug)]
pub struct Placed<'a> {
    /// The notice.
    pub record: &'a Record,
    /// The task.
    pub task: &'a Task,
}

/// What became of one task. At least one of `old` and `new` is there.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// What became of it.
    pub fate: Fate,
    /// The older task.
    pub old: Option<Placed<'a>>,
    /// The newer task.
    pub new: Option<Placed<'a>>,
    /// How like their texts are, from 0 to 1.
    pub likeness: Option<f32>,
}

/// Compares the tasks of `old` with those of `new`: the newer tasks in their order, then those dropped.
pub fn compare<'a>(old: &'a [Record], new: &'a [Record]) -> Vec<Entry<'a>> {
    let (old, new) = (placed(old), placed(new));
    let tasks = |placed: &[Placed<'a>]| -> Vec<&'a Task> { placed.iter().map(|one| one.task).collect() };
    let mut links = align(&tasks(&old), &tasks(&new));
    links.sort_by_key(|link| (link.new, link.old));
    let mut entries = Vec::new();
    let mut ahead = links.iter().peekable();
    for (index, task) in new.iter().enumerate() {
        let mut linked = false;
        while let Some(link) = ahead.next_if(|link| link.new == index) {
            linked = true;
            entries.push(Entry {
                fate: fate(link),
                old: Some(old[link.old]),
                new: Some(*task),
                likeness: Some(link.likeness),
            });
        }
        if !linked {
            entries.push(Entry { fate: Fate::New, old: None, new: Some(*task), likeness: None });
        }
    }
    let dropped = old.iter().enumerate().filter(|(index, _)| links.iter().all(|link| link.old != *index));
    entries.extend(dropped.map(|(_, task)| Entry {
        fate: Fate::Dropped,
        old: Some(*task),
        new: None,
        likeness: None,
    }));
    entries
}

fn placed(records: &[Record]) -> Vec<Placed<'_>> {
    records.iter().flat_map(|record| record.tasks.iter().map(move |task| Placed { record, task })).collect()
}

fn fate(link: &Link) -> Fate {
    match link.relation {
        Relation::Same => Fate::CarriedOver,
        Relation::Changed => Fate::Changed,
        Relation::Split => Fate::Split,
        Relation::Merged => Fate::Merged,
    }
}

/// What stands in one of two lists alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// In the older alone.
    pub gone: Vec<String>,
    /// In the newer alone.
    pub added: Vec<String>,
}

impl Changes {
    fn between(old: &[String], new: &[String]) -> Self {
        let alone = |one: &[String], other: &[String]| {
            one.iter().filter(|name| !other.contains(name)).cloned().collect()
        };
        Self { gone: alone(old, new), added: alone(new, old) }
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.gone.is_empty() && self.added.is_empty()
    }

    fn to_json(&self) -> Value {
        json!({ "gone": self.gone, "added": self.added })
    }
}

impl Entry<'_> {
    /// The words of both texts: kept, gone, added.
    pub fn words(&self) -> Vec<Part> {
        let old = self.old.map(|one| full_text(one.task)).unwrap_or_default();
        let new = self.new.map(|one| full_text(one.task)).unwrap_or_default();
        difference(&old, &new)
    }

    /// The units of one of them alone.
    pub fn units(&self) -> Changes {
        let names = |placed: Option<Placed<'_>>| -> Vec<String> {
            let units = placed.into_iter().flat_map(|one| &one.task.units);
            units.map(|unit| unit.name.clone()).collect()
        };
        Changes::between(&names(self.old), &names(self.new))
    }

    /// The deadlines of one of them alone, in the text's words.
    pub fn deadlines(&self) -> Changes {
        let words = |placed: Option<Placed<'_>>| -> Vec<String> {
            let deadlines = placed.into_iter().flat_map(|one| &one.task.deadlines);
            deadlines.map(|deadline| deadline.raw.clone()).collect()
        };
        Changes::between(&words(self.old), &words(self.new))
    }

    /// The entry as one JSON object.
    pub fn to_json(&self) -> Value {
        let task = |placed: Option<Placed<'_>>| {
            placed.map(|one| {
                json!({
                    "task": one.task.id,
                    "number": one.task.number,
                    "title": one.task.title,
                    "year": one.record.plan_year,
                    "document_title": one.record.title,
                    "source": { "path": one.record.source.path },
                    "at": one.task.at,
                })
            })
        };
        let words: Vec<Value> = self
            .words()
            .iter()
            .map(|part| json!({ "change": part.change.name(), "text": part.text }))
            .collect();
        json!({
            "fate": self.fate.name(),
            "likeness": self.likeness,
            "old": task(self.old),
            "new": task(self.new),
            "units": self.units().to_json(),
            "deadlines": self.deadlines().to_json(),
            "words": words,
        })
    }
}

/// Title and text; the text of a table row lacks its title.
pub(crate) fn full_text(task: &Task) -> Cow<'_, str> {
    if task.text.starts_with(task.title.as_str()) {
        Cow::Borrowed(&task.text)
    } else {
        Cow::Owned(format!("{}\n{}", task.title, task.text))
    }
}
