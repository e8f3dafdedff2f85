//! One task through the years and levels, as far as a store knows.

use std::collections::{BTreeMap, BTreeSet};
use std::slice;

use duban_lineage::{Fate, Heading, compare, is_named_by, is_next_of};
use duban_record::{Record, Task};
use duban_store::Head;
use serde_json::{Value, json};

use crate::store::{Store, StoreError};

/// Most levels up and down from a task.
const MOST_LEVELS: usize = 6;

/// A task with what came before and after it, and what it carries out.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// The task through the years, oldest first, itself among them.
    pub years: Vec<Step>,
    /// What the task's plan carries out.
    pub up: Vec<Origin>,
    /// The tasks of other plans that carry it out.
    pub down: Vec<Branch>,
}

/// A task on its way.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The task.
    pub task: TracedTask,
    /// What it is to the task before it; `None` for the first.
    pub fate: Option<Fate>,
}

/// A task and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct TracedTask {
    /// Its id.
    pub id: String,
    /// Its number in the outline.
    pub number: String,
    /// Its title.
    pub title: String,
    /// How like it is to the task that led to it, from 0 to 1; 1 for the task that was asked for.
    pub likeness: f32,
    /// The notice.
    pub notice: NoticeName,
}

/// What a notice is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeName {
    /// Its title.
    pub title: Option<String>,
    /// 发文字号.
    pub document_number: Option<String>,
    /// The year that its plan is for.
    pub year: Option<i32>,
    /// Its path; `None` where the store does not hold it.
    pub path: Option<String>,
}

/// A document that the plan of a task carries out.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// The document.
    pub notice: NoticeName,
    /// Its task, where one is like enough; always `None` where the store does not hold the document.
    pub task: Option<TracedTask>,
    /// What that document carries out itself.
    pub up: Vec<Origin>,
}

/// A task that carries out another one.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    /// The task.
    pub task: TracedTask,
    /// The tasks that carry it out in turn.
    pub down: Vec<Branch>,
}

impl Store {
    /// Follows the task called `number` of the notice `id` (its beginning is enough); `None` where the
    /// store holds no such task.
    pub fn trace(&self, id: &str, number: &str) -> Result<Option<Trace>, StoreError> {
        let Some(record) = self.record(id)? else { return Ok(None) };
        let full_id = format!("{}#{number}", record.id);
        let Some(task) = record.tasks.iter().find(|task| task.id == full_id).cloned() else {
            return Ok(None);
        };
        let mut tracer =
            Tracer { store: self, heads: self.heads()?, basis: self.basis()?, seen: BTreeSet::new() };
        tracer.seen.insert(record.id.clone());
        let years = tracer.years(&record, &task)?;
        let up = tracer.up(&record, Some(&task), 0)?;
        let down = tracer.down(&record, &task, 0)?;
        Ok(Some(Trace { years, up, down }))
    }
}

struct Tracer<'a> {
    store: &'a Store,
    heads: Vec<Head>,
    basis: Vec<(String, String, Option<String>)>,
    /// The documents that were followed already: a loop of plans ends.
    seen: BTreeSet<String>,
}

impl Tracer<'_> {
    fn years(&self, record: &Record, task: &Task) -> Result<Vec<Step>, StoreError> {
        let own = heading_of(record);
        // One notice a year: several files may hold it.
        let mut series: BTreeMap<i32, &Head> = BTreeMap::new();
        for head in &self.heads {
            let other = heading(head);
            if let Some(year) = other.plan_year.filter(|_| is_next_of(&other, &own)) {
                series.entry(year).or_insert(head);
            }
        }
        let year = record.plan_year.unwrap_or_default();
        let mut steps = vec![Step { task: traced(record, task, 1.0), fate: None }];
        for toward in [Toward::Older, Toward::Newer] {
            let heads: Vec<&Head> = match toward {
                Toward::Older => series.range(..year).rev().map(|(_, head)| *head).collect(),
                Toward::Newer => series.range(year + 1..).map(|(_, head)| *head).collect(),
            };
            let (mut at, mut here) = (record.clone(), task.clone());
            for head in heads {
                let Some(other) = self.store.record(&head.id)? else { break };
                let Some(Partner { task, fate, likeness }) = partner(&at, &here, &other, toward) else {
                    break;
                };
                let found = traced(&other, &task, likeness);
                match toward {
                    Toward::Older => {
                        steps[0].fate = Some(fate);
                        steps.insert(0, Step { task: found, fate: None });
                    }
                    Toward::Newer => steps.push(Step { task: found, fate: Some(fate) }),
                }
                (at, here) = (other, task);
            }
        }
        Ok(steps)
    }

    fn up(&mut self, record: &Record, task: Option<&Task>, level: usize) -> Result<Vec<Origin>, StoreError> {
        let mut origins = Vec::new();
        for basis in &record.basis {
            let named = |head: &&Head| {
                head.id != record.id
                    && is_named_by(&heading(head), &basis.title, basis.document_number.as_deref())
            };
            let held = self.heads.iter().find(named).map(|head| head.id.clone());
            let higher = match held {
                Some(id) if level < MOST_LEVELS && self.seen.insert(id.clone()) => self.store.record(&id)?,
                Some(_) => continue,
                None => None,
            };
            let Some(higher) = higher else {
                let notice = NoticeName {
                    title: Some(basis.title.clone()),
                    document_number: basis.document_number.clone(),
                    year: None,
                    path: None,
                };
                origins.push(Origin { notice, task: None, up: Vec::new() });
                continue;
            };
            let found = task.and_then(|task| partner(record, task, &higher, Toward::Older));
            let up = self.up(&higher, found.as_ref().map(|found| &found.task), level + 1)?;
            let task = found.map(|found| traced(&higher, &found.task, found.likeness));
            origins.push(Origin { notice: name_of(&higher), task, up });
        }
        Ok(origins)
    }

    fn down(&mut self, record: &Record, task: &Task, level: usize) -> Result<Vec<Branch>, StoreError> {
        let own = heading_of(record);
        let lower: BTreeSet<String> = self
            .basis
            .iter()
            .filter(|(id, title, number)| *id != record.id && is_named_by(&own, title, number.as_deref()))
            .map(|(id, ..)| id.clone())
            .collect();
        let mut branches = Vec::new();
        for id in lower {
            if level >= MOST_LEVELS || !self.seen.insert(id.clone()) {
                continue;
            }
            let Some(lower) = self.store.record(&id)? else { continue };
            for entry in compare(slice::from_ref(record), slice::from_ref(&lower)) {
                let (Some(old), Some(new)) = (entry.old, entry.new) else { continue };
                if old.task.id == task.id {
                    let likeness = entry.likeness.unwrap_or_default();
                    let down = self.down(new.record, new.task, level + 1)?;
                    branches.push(Branch { task: traced(new.record, new.task, likeness), down });
                }
            }
        }
        Ok(branches)
    }
}

/// Which way a task is followed: an older plan or a higher one is the first of two.
#[derive(Clone, Copy)]
enum Toward {
    Older,
    Newer,
}

/// A task of another plan that belongs to one.
struct Partner {
    task: Task,
    fate: Fate,
    likeness: f32,
}

/// The task of `other` that belongs to `task` of `record`; of several (it was split) the likest.
fn partner(record: &Record, task: &Task, other: &Record, toward: Toward) -> Option<Partner> {
    let (old, new) = match toward {
        Toward::Older => (other, record),
        Toward::Newer => (record, other),
    };
    let entries = compare(slice::from_ref(old), slice::from_ref(new));
    let partners = entries.iter().filter_map(|entry| {
        let (own, found) = match toward {
            Toward::Older => (entry.new?, entry.old?),
            Toward::Newer => (entry.old?, entry.new?),
        };
        let likeness = entry.likeness.unwrap_or_default();
        (own.task.id == task.id).then_some((found.task, entry.fate, likeness))
    });
    let (task, fate, likeness) = partners.max_by(|one, other| one.2.total_cmp(&other.2))?;
    Some(Partner { task: task.clone(), fate, likeness })
}

fn heading(head: &Head) -> Heading<'_> {
    Heading {
        title: head.title.as_deref(),
        document_number: head.document_number.as_deref(),
        issuer: head.issuer.as_deref(),
        plan_year: head.plan_year,
    }
}

fn heading_of(record: &Record) -> Heading<'_> {
    Heading {
        title: record.title.as_deref(),
        document_number: record.document_number.as_deref(),
        issuer: record.issuer.as_deref(),
        plan_year: record.plan_year,
    }
}

fn name_of(record: &Record) -> NoticeName {
    NoticeName {
        title: record.title.clone(),
        document_number: record.document_number.clone(),
        year: record.plan_year,
        path: Some(record.source.path.clone()),
    }
}

fn traced(record: &Record, task: &Task, likeness: f32) -> TracedTask {
    TracedTask {
        id: task.id.clone(),
        number: task.number.clone(),
        title: task.title.clone(),
        likeness,
        notice: name_of(record),
    }
}

impl Trace {
    /// The trace as one JSON object.
    pub fn to_json(&self) -> Value {
        let years: Vec<Value> = self
            .years
            .iter()
            .map(|step| json!({ "fate": step.fate.map(Fate::name), "task": step.task.to_json() }))
            .collect();
        json!({
            "years": years,
            "up": self.up.iter().map(Origin::to_json).collect::<Vec<_>>(),
            "down": self.down.iter().map(Branch::to_json).collect::<Vec<_>>(),
        })
    }
}

impl TracedTask {
    fn to_json(&self) -> Value {
        json!({
            "task": self.id,
            "number": self.number,
            "title": self.title,
            "likeness": self.likeness,
            "notice": self.notice.to_json(),
        })
    }
}

impl NoticeName {
    fn to_json(&self) -> Value {
        json!({
            "title": self.title,
            "document_number": self.document_number,
            "year": self.year,
            "source": self.path.as_ref().map(|path| json!({ "path": path })),
            "resolved": self.path.is_some(),
        })
    }
}

impl Origin {
    fn to_json(&self) -> Value {
        json!({
            "notice": self.notice.to_json(),
            "task": self.task.as_ref().map(TracedTask::to_json),
            "up": self.up.iter().map(Self::to_json).collect::<Vec<_>>(),
        })
    }
}

impl Branch {
    fn to_json(&self) -> Value {
        json!({
            "task": self.task.to_json(),
            "down": self.down.iter().map(Self::to_json).collect::<Vec<_>>(),
        })
    }
}
