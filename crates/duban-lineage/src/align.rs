//! The tasks of two plans, paired.
//!
//! How like two tasks are is measured by the pairs of characters that they share, weighted by how rare
//! these are in the two plans (cosine of the vectors of their whole texts and of their titles). Pairs are
//! then taken over the whole ([`assign`](crate::assign)). A task that is left over and whose words stand
//! for the most part in a task of the other plan that has a partner already was split from it or merged
//! into it.

use duban_record::Task;

use crate::assign::{Candidate, best};
use crate::compare::full_text;
use crate::difference::is_same_text;
use crate::features::{Counts, Vocabulary, product};

/// How like tasks must be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// The least likeness of a pair, from 0 to 1.
    pub pair: f32,
    /// What share of its words a task without partner must have in another one to be a part of it.
    pub part: f32,
}

/// Measured on the pairs in `corpus/lineage`: `cargo xtask accuracy` prints the figures around them.
impl Default for Thresholds {
    fn default() -> Self {
        Self { pair: 0.12, part: 0.25 }
    }
}

/// How much the titles weigh beside the whole texts.
const TITLE: f32 = 0.4;

/// What a task of the newer plan is to one of the older.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// Word by word the same, but for the year.
    Same,
    /// The same task in other words, or with other bodies or times.
    Changed,
    /// One of several that the older task became.
    Split,
    /// The newer task takes it in beside another one.
    Merged,
}

impl Relation {
    /// Its name in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Changed => "changed",
            Self::Split => "split",
            Self::Merged => "merged",
        }
    }
}

/// A task of the newer plan that goes back to one of the older.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// Index of the older task.
    pub old: usize,
    /// Index of the newer task.
    pub new: usize,
    /// How like the texts are, from 0 to 1.
    pub likeness: f32,
    /// What the newer is to the older.
    pub relation: Relation,
}

/// Pairs the tasks of an older or higher plan with those of a newer or lower one, in the order of the
/// first. Tasks that occur in no link were dropped or are new.
pub fn align(old: &[&Task], new: &[&Task]) -> Vec<Link> {
    align_at(old, new, Thresholds::default())
}

/// As [`align`], at other thresholds.
pub fn align_at(old: &[&Task], new: &[&Task], thresholds: Thresholds) -> Vec<Link> {
    let plans = Plans::read(old, new);
    let candidates = plans.candidates(thresholds.pair);
    let mut links: Vec<Link> = best(candidates, old.len(), new.len())
        .into_iter()
        .map(|pair| Link {
            old: pair.left,
            new: pair.right,
            likeness: pair.likeness,
            relation: relation(old[pair.left], new[pair.right]),
        })
        .collect();
    let parts = plans.parts(&links, thresholds.part);
    links.extend(parts);
    links.sort_by_key(|link| (link.old, link.new));
    links
}

fn relation(old: &Task, new: &Task) -> Relation {
    let names = |task: &Task| {
        let mut names: Vec<(String, _)> =
            task.units.iter().map(|unit| (unit.name.clone(), unit.role)).collect();
        names.sort();
        names
    };
    let same = is_same_text(&old.text, &new.text)
        && is_same_text(&old.title, &new.title)
        && names(old) == names(new);
    if same { Relation::Same } else { Relation::Changed }
}

/// The tasks of both plans as features.
struct Plans {
    features: usize,
    old: Vec<Read>,
    new: Vec<Read>,
}

struct Read {
    whole: Counts,
    title: Counts,
}

impl Plans {
    fn read(old: &[&Task], new: &[&Task]) -> Self {
        let mut vocabulary = Vocabulary::default();
        let mut read = |tasks: &[&Task]| -> Vec<Read> {
            tasks
                .iter()
                .map(|task| {
                    let title = vocabulary.count(&task.title);
                    let whole = vocabulary.read(&full_text(task));
                    Read { whole, title }
                })
                .collect()
        };
        let (mut old, mut new) = (read(old), read(new));
        for task in old.iter_mut().chain(&mut new) {
            task.whole = vocabulary.weighted(&task.whole);
            task.title = vocabulary.weighted(&task.title);
        }
        Self { features: vocabulary.len(), old, new }
    }

    /// All pairs that are like enough. A feature leads straight to the tasks that have it, so only tasks
    /// that share some are compared.
    fn candidates(&self, least: f32) -> Vec<Candidate> {
        let wholes = Postings::of(self.new.iter().map(|task| &task.whole), self.features);
        let titles = Postings::of(self.new.iter().map(|task| &task.title), self.features);
        let mut candidates = Vec::new();
        let (mut whole, mut title) = (vec![0.0; self.new.len()], vec![0.0; self.new.len()]);
        for (left, task) in self.old.iter().enumerate() {
            wholes.products(&task.whole, &mut whole);
            titles.products(&task.title, &mut title);
            for (right, (whole, title)) in whole.iter().zip(&title).enumerate() {
                let likeness = TITLE * title + (1.0 - TITLE) * whole;
                if likeness >= least {
                    candidates.push(Candidate { left, right, likeness });
                }
            }
        }
        candidates
    }

    /// Tasks without a partner that stand for the most part in one which has another.
    fn parts(&self, links: &[Link], least_share: f32) -> Vec<Link> {
        let is_old: Vec<bool> = taken(self.old.len(), links.iter().map(|link| link.old));
        let is_new: Vec<bool> = taken(self.new.len(), links.iter().map(|link| link.new));
        let split = left_over(&self.new, &is_new, &self.old, &is_old, least_share)
            .map(|(new, old, likeness)| Link { old, new, likeness, relation: Relation::Split });
        let merged = left_over(&self.old, &is_old, &self.new, &is_new, least_share)
            .map(|(old, new, likeness)| Link { old, new, likeness, relation: Relation::Merged });
        split.chain(merged).collect()
    }
}

/// Each of `tasks` that has no partner and stands for the most part in one of `others` which has one: the
/// two, and how like they are.
fn left_over<'a>(
    tasks: &'a [Read],
    is_taken: &'a [bool],
    others: &'a [Read],
    is_other_taken: &'a [bool],
    least_share: f32,
) -> impl Iterator<Item = (usize, usize, f32)> + 'a {
    tasks.iter().enumerate().filter(|(task, _)| !is_taken[*task]).filter_map(move |(task, part)| {
        let wholes = others.iter().enumerate().filter(|(other, _)| is_other_taken[*other]);
        holder(part, wholes, least_share).map(|(other, likeness)| (task, other, likeness))
    })
}

fn taken(length: usize, items: impl Iterator<Item = usize>) -> Vec<bool> {
    let mut taken = vec![false; length];
    items.for_each(|item| taken[item] = true);
    taken
}

/// Which of `wholes` holds most of `part`, if it holds enough, and how like the two are.
fn holder<'a>(
    part: &Read,
    wholes: impl Iterator<Item = (usize, &'a Read)>,
    least_share: f32,
) -> Option<(usize, f32)> {
    let (index, share, whole) = wholes
        .map(|(index, whole)| (index, share(part, whole), whole))
        .max_by(|one, other| one.1.total_cmp(&other.1))?;
    (share >= least_share).then(|| (index, product(&part.whole, &whole.whole)))
}

/// What share of the weight of `part` stands in `whole`, at most one.
fn share(part: &Read, whole: &Read) -> f32 {
    let mut at = 0;
    part.whole
        .iter()
        .filter(|(number, _)| {
            while whole.whole.get(at).is_some_and(|(other, _)| other < number) {
                at += 1;
            }
            whole.whole.get(at).is_some_and(|(other, _)| other == number)
        })
        .map(|(_, weight)| weight * weight)
        .sum()
}

/// For each feature the tasks that have it.
struct Postings {
    of_feature: Vec<Vec<(usize, f32)>>,
}

impl Postings {
    fn of<'a>(tasks: impl Iterator<Item = &'a Counts>, features: usize) -> Self {
        let mut of_feature = vec![Vec::new(); features];
        for (task, counts) in tasks.enumerate() {
            for (feature, weight) in counts {
                of_feature[*feature as usize].push((task, *weight));
            }
        }
        Self { of_feature }
    }

    /// The products of `counts` with all tasks, into `sums`.
    fn products(&self, counts: &Counts, sums: &mut [f32]) {
        sums.fill(0.0);
        for (feature, weight) in counts {
            for (task, other) in &self.of_feature[*feature as usize] {
                sums[*task] += weight * other;
            }
        }
    }
}
