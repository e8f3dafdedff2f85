//! The cheapest reading of a sequence of candidates.
//!
//! A reading takes or skips each candidate in turn. What is open while it reads is a stack of series,
//! the outermost first: 三、 > （一） > 2. A candidate that is taken either
//!
//! - **continues** an open series, closing those below it: free when its value is the next one and
//!   its glyphs are those of the series; a gap, a repeat, a step back and other glyphs cost;
//! - **opens** a series below the innermost one: nearly free at 1, or at the value after the last one
//!   of the series that the previous parent held (numbers that run on across parents); any other
//!   first value costs like a gap. A series of higher glyphs than its parent's (一、 under 1.) costs,
//!   and so does one with the very glyphs of its parent;
//! - **replaces** an open series by a new one at the same depth;
//! - is **printed again**: the same heading in the same words changes nothing.
//!
//! Skipping costs by how the candidate stands: much at the beginning of a paragraph, little behind a
//! full stop, nothing for a bare number. The costs were set so that each of these beats its rivals:
//! a gap of one is cheaper than skipping the item behind it; other glyphs of the same family (一、 and
//! 2、, （一） and （2）) are cheaper than a new series that begins at 2; a bare number is only taken where
//! it fills a gap.
//!
//! The search keeps the [`BEAM`] cheapest readings after each candidate, so its time is linear in
//! their number. The costs themselves are in [`super::costs`].

use std::ops::Range;

use super::candidates::Candidate;
use super::costs::{self, Series};

/// What the cheapest reading does with a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// It is no label.
    Skip,
    /// It is a heading printed again.
    Reprint,
    /// It is a label at this depth, from 0; `missing` are the values skipped in front of it.
    Take { depth: usize, missing: Range<u32> },
}

/// Number of readings kept. Sixteen already find the same readings as two hundred on all our notices.
const BEAM: usize = 16;
/// A reading that costs so much more than the cheapest never wins again: skipping a label costs less.
const HOPELESS: f32 = 9.0;

/// The series that are open and those that were closed last, by depth.
#[derive(Clone, Copy, Debug)]
struct Stack {
    open: [Series; costs::DEEPEST],
    closed: [Series; costs::DEEPEST],
    depth: usize,
}

impl PartialEq for Stack {
    /// Compares the innermost series first, in which readings differ most.
    fn eq(&self, other: &Self) -> bool {
        self.depth == other.depth
            && self.open().iter().rev().eq(other.open().iter().rev())
            && self.closed == other.closed
    }
}

impl Stack {
    const EMPTY: Self =
        Self { open: [Series::NONE; costs::DEEPEST], closed: [Series::NONE; costs::DEEPEST], depth: 0 };

    fn open(&self) -> &[Series] {
        self.open.get(..self.depth).unwrap_or_default()
    }

    /// After `candidate` was taken at `depth`, in the series open there or in one begun `anew`.
    fn take(mut self, candidate: &Candidate, depth: usize, anew: bool) -> Self {
        let outer = if anew { None } else { self.open().get(depth).map(|series| series.first) };
        for inner in depth + 1..self.depth {
            self.closed[inner] = self.open[inner];
        }
        self.open[depth..].fill(Series::NONE);
        let first = outer.unwrap_or(candidate.glyphs);
        self.open[depth] = Series { glyphs: candidate.glyphs, first, last: candidate.value };
        self.depth = depth + 1;
        self
    }
}

/// A reading of the candidates so far.
#[derive(Clone, Copy, Debug)]
struct Reading {
    cost: f32,
    stack: Stack,
    /// Index of the last step in the arena.
    last_step: Option<usize>,
}

/// One way to go on with a reading.
#[derive(Clone, Copy, Debug)]
struct Move {
    cost: f32,
    /// Index of the reading.
    reading: usize,
    what: What,
}

#[derive(Clone, Copy, Debug)]
enum What {
    Skip,
    Reprint,
    /// Continue the series at a depth.
    Continue(usize),
    /// Open a series at a depth, in place of one that is open there.
    Open(usize),
}

/// A step and the one before it; readings share their beginnings.
struct Taken {
    step: Step,
    previous: Option<usize>,
}

/// The step of the cheapest reading for each candidate.
pub(super) fn cheapest_reading(candidates: &[Candidate]) -> Vec<Step> {
    let mut arena: Vec<Taken> = Vec::with_capacity(candidates.len() * 4);
    let mut readings = vec![Reading { cost: 0.0, stack: Stack::EMPTY, last_step: None }];
    let mut moves: Vec<Move> = Vec::new();
    for candidate in candidates {
        moves.clear();
        for (index, reading) in readings.iter().enumerate() {
            add_moves(index, reading, candidate, &mut moves);
        }
        let best = moves.iter().map(|one| one.cost).fold(f32::MAX, f32::min);
        moves.retain(|one| one.cost <= best + HOPELESS);
        readings = keep_best(&readings, &mut moves, candidate, &mut arena);
    }
    let mut steps = Vec::with_capacity(candidates.len());
    let mut at = readings.first().and_then(|best| best.last_step);
    while let Some(Taken { step, previous }) = at.map(|index| &arena[index]) {
        steps.push(step.clone());
        at = *previous;
    }
    steps.reverse();
    steps
}

/// The cheapest of the readings that leave the same series open, [`BEAM`] of them.
fn keep_best(
    readings: &[Reading],
    moves: &mut [Move],
    candidate: &Candidate,
    arena: &mut Vec<Taken>,
) -> Vec<Reading> {
    moves.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    let mut kept: Vec<Reading> = Vec::with_capacity(BEAM);
    for one in moves.iter() {
        if kept.len() == BEAM {
            break;
        }
        let before = &readings[one.reading];
        let stack = match one.what {
            What::Skip | What::Reprint => before.stack,
            What::Continue(depth) => before.stack.take(candidate, depth, false),
            What::Open(depth) => before.stack.take(candidate, depth, true),
        };
        if kept.iter().any(|reading| reading.stack == stack) {
            continue;
        }
        arena.push(Taken { step: step(before, candidate, one.what), previous: before.last_step });
        kept.push(Reading { cost: one.cost, stack, last_step: Some(arena.len() - 1) });
    }
    kept
}

fn step(before: &Reading, candidate: &Candidate, what: What) -> Step {
    let gap = |last: u32| last.saturating_add(1)..candidate.value;
    match what {
        What::Skip => Step::Skip,
        What::Reprint => Step::Reprint,
        What::Continue(depth) => Step::Take { depth, missing: gap(before.stack.open[depth].last) },
        What::Open(depth) if depth < before.stack.depth => Step::Take { depth, missing: 0..0 },
        What::Open(depth) => {
            let missing = match costs::runs_on(before.stack.closed[depth], candidate) {
                _ if candidate.value == 1 => 0..0,
                Some(last) => gap(last),
                None => gap(0),
            };
            Step::Take { depth, missing }
        }
    }
}

/// All ways to read `candidate` after `reading`.
fn add_moves(index: usize, reading: &Reading, candidate: &Candidate, moves: &mut Vec<Move>) {
    let mut add = |cost: f32, what| moves.push(Move { cost: reading.cost + cost, reading: index, what });
    let open = reading.stack.open();
    add(costs::skip(candidate), What::Skip);
    if candidate.reprint_of.is_some() && is_open(open, candidate) {
        add(0.0, What::Reprint);
    }
    let take = costs::take(candidate.stand);
    for (depth, series) in open.iter().enumerate() {
        let pops = open.len() - 1 - depth;
        let stolen = costs::steal(&open[depth..], candidate);
        add(take + costs::go_on(*series, candidate, pops) + stolen, What::Continue(depth));
        if candidate.value == 1 {
            add(take + costs::replace(&open[..depth], *series, candidate, pops), What::Open(depth));
        }
    }
    if open.len() < costs::DEEPEST {
        let closed = reading.stack.closed[open.len()];
        add(take + costs::open_below(open, closed, candidate), What::Open(open.len()));
    }
}

/// Whether the series of a heading that is printed again is open at its value.
fn is_open(open: &[Series], candidate: &Candidate) -> bool {
    open.iter().any(|series| series.glyphs == candidate.glyphs && series.last == candidate.value)
}
