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
//! their number.

use std::collections::HashMap;

use duban_document::label::LabelStyle;

use super::candidates::{Candidate, Glyphs, Stand};

/// What the cheapest reading does with a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// It is no label.
    Skip,
    /// It is a heading printed again.
    Reprint,
    /// It is a label at this depth, from 0.
    Take {
        depth: usize,
        /// Values that are missing in front of it.
        missing: Vec<u32>,
    },
}

/// Number of readings kept. Sixteen already find the same readings as two hundred on all our notices.
const BEAM: usize = 24;

/// An open or closed series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Series {
    /// Glyphs of its last label.
    glyphs: Glyphs,
    /// Glyphs that it was opened with, which it may go back to (一、 2、 3、 四、).
    first: Glyphs,
    last: u32,
}

/// A reading of the candidates so far.
#[derive(Clone, Debug)]
struct Reading {
    cost: f32,
    open: Vec<Series>,
    /// For each depth the series closed last, which a series there may run on from.
    closed: Vec<Option<Series>>,
    /// Index of the last step in the arena.
    last_step: Option<usize>,
}

/// A step and the one before it; readings share their beginnings.
struct Taken {
    step: Step,
    previous: Option<usize>,
}

/// The step of the cheapest reading for each candidate.
pub(super) fn cheapest_reading(candidates: &[Candidate]) -> Vec<Step> {
    let mut arena: Vec<Taken> = Vec::new();
    let mut readings = vec![Reading { cost: 0.0, open: Vec::new(), closed: Vec::new(), last_step: None }];
    for candidate in candidates {
        let mut next: Vec<(Reading, Step)> = Vec::new();
        for reading in &readings {
            extend(reading, candidate, &mut next);
        }
        readings = keep_best(next, &mut arena);
    }
    let mut steps = Vec::with_capacity(candidates.len());
    let mut at = readings.first().and_then(|best| best.last_step);
    while let Some(index) = at {
        steps.push(arena[index].step.clone());
        at = arena[index].previous;
    }
    steps.reverse();
    steps
}

/// The cheapest of the readings that leave the same series open, [`BEAM`] of them.
fn keep_best(mut next: Vec<(Reading, Step)>, arena: &mut Vec<Taken>) -> Vec<Reading> {
    next.sort_by(|(a, _), (b, _)| a.cost.total_cmp(&b.cost));
    let mut seen: HashMap<(Vec<Series>, Vec<Option<Series>>), ()> = HashMap::new();
    let mut kept = Vec::with_capacity(BEAM);
    for (mut reading, step) in next {
        if kept.len() == BEAM {
            break;
        }
        if seen.insert((reading.open.clone(), reading.closed.clone()), ()).is_some() {
            continue;
        }
        arena.push(Taken { step, previous: reading.last_step });
        reading.last_step = Some(arena.len() - 1);
        kept.push(reading);
    }
    kept
}

/// All ways to read `candidate` after `reading`.
fn extend(reading: &Reading, candidate: &Candidate, next: &mut Vec<(Reading, Step)>) {
    let mut skipped = reading.clone();
    skipped.cost += skip_cost(candidate);
    next.push((skipped, Step::Skip));
    if candidate.reprint_of.is_some() && is_open(reading, candidate) {
        next.push((reading.clone(), Step::Reprint));
    }
    let take = take_cost(candidate.stand);
    for depth in 0..reading.open.len() {
        let pops = reading.open.len() - 1 - depth;
        let series = reading.open[depth];
        let (cost, missing) = value_cost(series.last, candidate.value);
        let glyphs = glyph_cost(series, candidate.glyphs);
        let step = Step::Take { depth, missing };
        let total = take + cost + glyphs + POP * as_cost(pops);
        next.push((moved(reading, candidate, depth, false, total), step));
        if candidate.value == 1 && series.last > 0 {
            let step = Step::Take { depth, missing: Vec::new() };
            let restart = if glyphs == 0.0 { RESTART } else { 0.0 };
            let nesting = nesting_cost(&reading.open[..depth], candidate.glyphs);
            let total = take + REPLACE + POP * as_cost(pops) + restart + nesting;
            next.push((moved(reading, candidate, depth, true, total), step));
        }
    }
    let depth = reading.open.len();
    if depth < DEEPEST {
        let (cost, missing) = opening_cost(reading, candidate);
        let step = Step::Take { depth, missing };
        next.push((moved(reading, candidate, depth, true, take + cost), step));
    }
}

/// Levels that a plan can have: 编, 章, 节, 条, 一、, （一）, 1., （1）, ① and two to spare.
const DEEPEST: usize = 11;
/// Closing a series, so that of two series that both fit the inner one goes on.
const POP: f32 = 0.15;
/// A series in place of an open one.
const REPLACE: f32 = 2.2;
/// The same glyphs begin again at 1 under the same parent.
const RESTART: f32 = 0.6;
/// A series below an open one.
const OPEN: f32 = 0.3;
/// A series that runs on from the one under the previous parent.
const RUN_ON: f32 = 0.1;

fn as_cost(count: usize) -> f32 {
    f32::from(u8::try_from(count).unwrap_or(u8::MAX))
}

/// What it costs not to take a candidate.
fn skip_cost(candidate: &Candidate) -> f32 {
    let is_han = matches!(candidate.glyphs.style(), LabelStyle::Han | LabelStyle::HanBracketed);
    match candidate.stand {
        Stand::Row => 12.0,
        Stand::Paragraph => 6.0,
        Stand::BrokenParagraph => 1.5,
        Stand::AfterStop if is_han => 2.0,
        Stand::AfterStop => 1.2,
        Stand::AfterBracket if is_han => 1.6,
        Stand::AfterBracket => 1.2,
        Stand::Glued | Stand::Unmarked => 0.0,
    }
}

/// What it costs to take a candidate, whatever it does.
fn take_cost(stand: Stand) -> f32 {
    match stand {
        Stand::Row | Stand::Paragraph => 0.0,
        Stand::BrokenParagraph => 0.5,
        Stand::AfterStop | Stand::AfterBracket => 0.4,
        Stand::Glued => 0.6,
        Stand::Unmarked => 0.7,
    }
}

/// What it costs that `value` follows `last`, and the values skipped.
fn value_cost(last: u32, value: u32) -> (f32, Vec<u32>) {
    if value == last + 1 {
        (0.0, Vec::new())
    } else if value == last {
        (3.0, Vec::new())
    } else if value < last {
        (6.0, Vec::new())
    } else {
        gap(last, value)
    }
}

fn gap(last: u32, value: u32) -> (f32, Vec<u32>) {
    let missing: Vec<u32> = (last + 1..value).take(100).collect();
    let cost = 1.8 + 0.5 * as_cost(missing.len());
    (cost.min(9.0), missing)
}

/// What it costs that `series` goes on with the glyphs `new`.
///
/// Automatic numbering loses Han labels, so 一、 2、 is likelier than 1、 二、; but the first label of a
/// series may be the one that was lost: （1） （二） （三）.
fn glyph_cost(series: Series, new: Glyphs) -> f32 {
    let is_han = |glyphs: Glyphs| matches!(glyphs.style(), LabelStyle::Han | LabelStyle::HanBracketed);
    match (series.glyphs, new) {
        (Glyphs::Text(open), Glyphs::Text(label)) | (Glyphs::Row(open), Glyphs::Row(label)) => {
            if open == label || series.first == new {
                0.0
            } else if family(open) != family(label) {
                5.0
            } else if is_han(series.first) || series.last == 1 {
                1.6
            } else {
                3.0
            }
        }
        _ => 8.0,
    }
}

/// Glyphs that automatic numbering turns into each other: 一、 and 1、; （一） and （1）.
fn family(style: LabelStyle) -> u8 {
    match style {
        LabelStyle::Han | LabelStyle::Arabic => 0,
        LabelStyle::HanBracketed | LabelStyle::ArabicBracketed | LabelStyle::ArabicHalfBracketed => 1,
        LabelStyle::Circled => 2,
        LabelStyle::Part => 3,
        LabelStyle::Chapter => 4,
        LabelStyle::Section => 5,
        LabelStyle::Article => 6,
    }
}

/// What it costs to open a series with `candidate` below the innermost one.
fn opening_cost(reading: &Reading, candidate: &Candidate) -> (f32, Vec<u32>) {
    let depth = reading.open.len();
    let nesting = nesting_cost(&reading.open, candidate.glyphs);
    let before = reading.closed.get(depth).copied().flatten();
    let runs_on = before.filter(|before| before.glyphs == candidate.glyphs && candidate.value > before.last);
    let (cost, missing) = match runs_on {
        _ if candidate.value == 1 => (OPEN, Vec::new()),
        Some(before) => {
            let (cost, missing) = value_cost(before.last, candidate.value);
            (cost + RUN_ON, missing)
        }
        None => {
            let (cost, missing) = gap(0, candidate.value);
            (cost + 2.0, missing)
        }
    };
    (cost + nesting, missing)
}

/// What it costs that a series of glyphs `child` stands inside the series `outer`.
///
/// 一、 numbers a plan's outermost level and nothing inside it, while （1） may well stand at two levels.
fn nesting_cost(outer: &[Series], child: Glyphs) -> f32 {
    let Some(parent) = outer.last() else { return 0.0 };
    let (above, below) = (rank(parent.glyphs.style()), rank(child.style()));
    let is_outermost = below <= rank(LabelStyle::Han);
    let again = is_outermost && outer.iter().any(|series| series.glyphs == child || series.first == child);
    let inside = match (parent.glyphs, child) {
        (Glyphs::Row(_), Glyphs::Text(_)) => 6.0,
        (Glyphs::Text(_), Glyphs::Row(_)) => 0.0,
        (parent, child) if parent == child => 3.0,
        _ if below < above => 1.0 + 0.4 * f32::from(above - below),
        _ => 0.0,
    };
    inside + if again { 3.0 } else { 0.0 }
}

/// The order of glyphs in GB/T 9704-2012, section 7.3.3, with the parts of statutes above.
fn rank(style: LabelStyle) -> u8 {
    match style {
        LabelStyle::Part => 0,
        LabelStyle::Chapter => 1,
        LabelStyle::Section => 2,
        LabelStyle::Article => 3,
        LabelStyle::Han => 4,
        LabelStyle::HanBracketed => 5,
        LabelStyle::Arabic => 6,
        LabelStyle::ArabicBracketed => 7,
        LabelStyle::ArabicHalfBracketed => 8,
        LabelStyle::Circled => 9,
    }
}

/// Whether the series of a heading that is printed again is open at its value.
fn is_open(reading: &Reading, candidate: &Candidate) -> bool {
    reading.open.iter().any(|series| series.glyphs == candidate.glyphs && series.last == candidate.value)
}

/// The reading after `candidate` was taken at `depth`, in the series open there or in one begun `anew`.
fn moved(reading: &Reading, candidate: &Candidate, depth: usize, anew: bool, cost: f32) -> Reading {
    let mut next = reading.clone();
    next.cost += cost;
    if next.closed.len() < next.open.len() {
        next.closed.resize(next.open.len(), None);
    }
    for inner in depth + 1..next.open.len() {
        next.closed[inner] = Some(next.open[inner]);
    }
    let first = match next.open.get(depth) {
        Some(series) if !anew => series.first,
        _ => candidate.glyphs,
    };
    next.open.truncate(depth);
    next.open.push(Series { glyphs: candidate.glyphs, first, last: candidate.value });
    next
}
