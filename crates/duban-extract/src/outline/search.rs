//! The cheapest reading of a sequence of candidates.
//!
//! A reading takes or skips each candidate in turn. What is open while it reads is a stack of series,
//! the outermost first: 三、 > （一） > 2. A candidate that is taken either
//!
//! - **continues** an open series, closing those below it: free when its value is the next one and
//!   its glyphs are those of the series; a gap, a repeat, a step back and other glyphs cost;
//! - **opens** a series below the innermost one: nearly free at 1, or at the value after the last one
//!   of the series that the previous parent held (numbers that run on across parents), a little more where
//!   that series stood at another depth; any other first value costs like a gap. A series of higher glyphs
//!   than its parent's (一、 under 1.) costs, and so does one with the very glyphs of its parent;
//! - **replaces** an open series by a new one at the same depth, or further out, which costs more where a
//!   series of its own glyphs is open inside: numbers that begin again do so under the same heading;
//! - is **printed again**: the same heading in the same words changes nothing.
//!
//! Skipping costs by how the candidate stands: much at the beginning of a paragraph, little behind a
//! full stop or before a number that may be the rest of a decimal (2.5 月 20 日前, which only goes on with
//! an open series), nothing for a bare number. The costs were set so that each of these beats its rivals:
//! a gap of one is cheaper than skipping the item behind it; other glyphs of the same family (一、 and
//! 2、, （一） and （2）) are cheaper than a new series that begins at 2; a bare number is only taken where
//! it fills a gap.
//!
//! The search keeps the [`BEAM`] cheapest readings after each candidate, so its time is linear in
//! their number. The costs themselves are in [`super::costs`].

use std::ops::Range;

use super::candidates::{Candidate, Stand};
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
/// A reading that costs so much more than the cheapest hardly wins again.
const HOPELESS: f32 = 9.0;

/// The series that are open and those that were closed last, by depth.
#[derive(Clone, Copy, Debug)]
struct Stack {
    open: [Series; costs::DEEPEST],
    closed: [Series; costs::DEEPEST],
    /// How many series are open.
    depth: usize,
    /// How many levels of `closed` may hold a series.
    reach: usize,
    /// A digest of the series: where these differ, so does it as a rule.
    digest: u64,
}

impl PartialEq for Stack {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.digest == other.digest && self.holds_those_of(other)
    }
}

impl Stack {
    const EMPTY: Self = Self {
        open: [Series::NONE; costs::DEEPEST],
        closed: [Series::NONE; costs::DEEPEST],
        depth: 0,
        reach: 0,
        digest: 0,
    };

    /// Whether the same series are open and were closed.
    fn holds_those_of(&self, other: &Self) -> bool {
        self.open() == other.open() && self.closed == other.closed
    }

    fn open(&self) -> &[Series] {
        self.open.get(..self.depth).unwrap_or_default()
    }

    fn closed(&self) -> &[Series] {
        self.closed.get(..self.reach).unwrap_or_default()
    }

    /// Takes `candidate` at `depth`, into the series open there or into one begun `anew`.
    fn take(&mut self, candidate: &Candidate, depth: usize, anew: bool) {
        let outer = if anew { None } else { self.open().get(depth).map(|series| series.first) };
        for level in depth + 1..self.depth {
            self.close(level);
        }
        let first = outer.unwrap_or(candidate.glyphs);
        let series = Series { glyphs: candidate.glyphs, first, last: candidate.value };
        if let Some(before) = self.open().get(depth) {
            self.digest ^= before.digest(depth);
        }
        self.digest ^= series.digest(depth);
        self.open[depth] = series;
        self.depth = depth + 1;
    }

    /// Puts the series that is open at `level` in place of the one that was closed there last.
    fn close(&mut self, level: usize) {
        let (closing, before) = (self.open[level], self.closed[level]);
        let place = costs::DEEPEST + level;
        self.digest ^= closing.digest(level) ^ closing.digest(place) ^ before.digest(place);
        self.closed[level] = closing;
        self.reach = self.reach.max(level + 1);
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

/// What a move does with the candidate.
#[derive(Clone, Copy, Debug)]
enum What {
    Skip,
    Reprint,
    /// Continues the series at this depth.
    Continue(usize),
    /// Opens a series at this depth, in place of what is open there.
    Open(usize),
}

/// A step and the one before it; readings share their beginnings.
struct Taken {
    step: Step,
    previous: Option<usize>,
}

/// The step of the cheapest reading for each candidate.
pub(super) fn cheapest_reading(candidates: &[Candidate]) -> Vec<Step> {
    let mut arena: Vec<Taken> = Vec::with_capacity(candidates.len() * BEAM / 2);
    let mut readings = Vec::with_capacity(BEAM);
    readings.push(Reading { cost: 0.0, stack: Stack::EMPTY, last_step: None });
    let mut kept = Vec::with_capacity(BEAM);
    let mut moves = Moves::new();
    for candidate in candidates {
        moves.fill(&readings, candidate);
        keep_best(&readings, &mut moves, candidate, &mut arena, &mut kept);
        std::mem::swap(&mut readings, &mut kept);
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

/// The ways to read a candidate, in the order in which they were found.
struct Moves {
    found: Vec<Move>,
    /// The least cost of those found.
    least: f32,
    /// Room for [`Moves::cheapest_first`]: a cost above an index in each.
    order: Vec<u64>,
}

impl Moves {
    fn new() -> Self {
        /// Moves that a reading leaves, as a rule.
        const USUAL: usize = 4;
        let room = USUAL * BEAM;
        Self { found: Vec::with_capacity(room), least: f32::MAX, order: Vec::with_capacity(room) }
    }

    /// All ways to read `candidate` after the `readings`, of which the first is the cheapest.
    fn fill(&mut self, readings: &[Reading], candidate: &Candidate) {
        self.found.clear();
        self.least = f32::MAX;
        let (skip, take) = (costs::skip(candidate), costs::take(candidate.stand));
        for (index, reading) in readings.iter().enumerate() {
            if reading.cost > self.least + HOPELESS {
                // No move is cheaper than its reading, and the readings behind cost more.
                break;
            }
            self.add_those_after(index, reading, candidate, (skip, take));
        }
    }

    /// The ways to go on with `reading`; `skip` and `take` are what these cost whatever went before.
    fn add_those_after(
        &mut self,
        index: usize,
        reading: &Reading,
        candidate: &Candidate,
        (skip, take): (f32, f32),
    ) {
        let mut add = |cost: f32, what| self.add(Move { cost: reading.cost + cost, reading: index, what });
        let open = reading.stack.open();
        add(skip, What::Skip);
        if candidate.reprint_of.is_some() && is_open(open, candidate) {
            add(0.0, What::Reprint);
        }
        let waiting = costs::waiting(open, candidate);
        for (depth, series) in open.iter().enumerate() {
            let pops = open.len() - 1 - depth;
            let stolen = costs::steal(*series, candidate, waiting > Some(depth));
            add(take + costs::go_on(*series, candidate, pops) + stolen, What::Continue(depth));
            if candidate.value == 1 {
                add(take + costs::replace(&open[..depth], &open[depth..], candidate), What::Open(depth));
            }
        }
        let late = candidate.stand == Stand::BeforeNumber && candidate.value > 1;
        if open.len() < costs::DEEPEST && !late {
            let closed = reading.stack.closed();
            add(take + costs::open_below(open, closed, candidate), What::Open(open.len()));
        }
    }

    /// Adds `one` where it is not hopeless beside those found before.
    fn add(&mut self, one: Move) {
        if one.cost <= self.least + HOPELESS {
            self.least = self.least.min(one.cost);
            self.found.push(one);
        }
    }

    /// The moves that are not hopeless, the cheapest first, of equals the one found first.
    fn cheapest_first(&mut self) -> impl Iterator<Item = &Move> {
        let hopeful = self.found.iter().zip(0u32..).filter(|(one, _)| one.cost <= self.least + HOPELESS);
        self.order.clear();
        // No cost is negative, so the bits of two costs compare as the costs do.
        self.order.extend(hopeful.map(|(one, at)| u64::from(one.cost.to_bits()) << 32 | u64::from(at)));
        self.order.sort_unstable();
        let indices = self.order.iter().map(|key| usize::try_from(key & u64::from(u32::MAX)));
        indices.filter_map(|index| self.found.get(index.ok()?))
    }
}

/// The cheapest of the readings that leave the same series open, [`BEAM`] of them, to `kept`.
fn keep_best(
    readings: &[Reading],
    moves: &mut Moves,
    candidate: &Candidate,
    arena: &mut Vec<Taken>,
    kept: &mut Vec<Reading>,
) {
    kept.clear();
    for one in moves.cheapest_first() {
        if kept.len() == BEAM {
            break;
        }
        let before = &readings[one.reading];
        kept.push(Reading { cost: one.cost, last_step: Some(arena.len()), ..*before });
        let Some((reading, cheaper)) = kept.split_last_mut() else { continue };
        match one.what {
            What::Skip | What::Reprint => {}
            What::Continue(depth) => reading.stack.take(candidate, depth, false),
            What::Open(depth) => reading.stack.take(candidate, depth, true),
        }
        if cheaper.iter().any(|cheaper| cheaper.stack == reading.stack) {
            kept.pop();
        } else {
            arena.push(Taken { step: step(before, candidate, one.what), previous: before.last_step });
        }
    }
}

fn step(before: &Reading, candidate: &Candidate, what: What) -> Step {
    let gap = |last: u32| last.saturating_add(1)..candidate.value;
    match what {
        What::Skip => Step::Skip,
        What::Reprint => Step::Reprint,
        What::Continue(depth) => Step::Take { depth, missing: gap(before.stack.open[depth].last) },
        What::Open(depth) if depth < before.stack.depth => Step::Take { depth, missing: 0..0 },
        What::Open(depth) => {
            let missing = match costs::runs_on(before.stack.closed(), depth, candidate) {
                _ if candidate.value == 1 => 0..0,
                Some(run) => gap(run.last),
                None => gap(0),
            };
            Step::Take { depth, missing }
        }
    }
}

/// Whether the series of a heading that is printed again is open at its value.
fn is_open(open: &[Series], candidate: &Candidate) -> bool {
    open.iter().any(|series| series.glyphs == candidate.glyphs && series.last == candidate.value)
}
