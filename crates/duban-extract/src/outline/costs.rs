//! What the steps of a reading cost. See [`super::search`] for how they are used.

use std::cmp::Ordering;

use duban_document::label::LabelStyle;

use super::candidates::{Candidate, Glyphs, Stand};

/// A series of labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Series {
    /// Its last value; 0 where there is no series. It is compared first, since most series differ in it.
    pub(super) last: u32,
    /// Glyphs of its last label.
    pub(super) glyphs: Glyphs,
    /// Glyphs that it was opened with, which it may go back to (一、 2、 3、 四、).
    pub(super) first: Glyphs,
}

impl Series {
    /// No series.
    pub(super) const NONE: Self = {
        let glyphs = Glyphs { style: LabelStyle::Part, in_row: false };
        Self { glyphs, first: glyphs, last: 0 }
    };

    /// A digest of the series where it stands at `place` among others; theirs together are the exclusive or.
    pub(super) fn digest(self, place: usize) -> u64 {
        /// Spreads small numbers over all bits: 2⁶⁴ by the golden ratio.
        const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
        let glyphs = u16::from_be_bytes([self.glyphs.code(), self.first.code()]);
        let whole = (place as u64) << 48 | u64::from(self.last) << 16 | u64::from(glyphs);
        whole.wrapping_mul(SPREAD)
    }
}

/// Levels that a plan can have: 编, 章, 节, 条, 一、, （一）, 1., （1）, ① and two to spare.
pub(super) const DEEPEST: usize = 11;
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
/// It runs on from one that stood at another depth: 1. under （一）, 2. right under 二、.
const RUN_ON_ELSEWHERE: f32 = 1.4;
/// Numbers that begin again leave the heading under which the same glyphs stand.
const CLIMB: f32 = 1.5;

/// An outer series takes what an inner one waits for.
const STEAL: f32 = 1.5;
/// A series that does not begin at 1 and runs on from none.
const LATE: f32 = 2.0;

fn as_cost(count: usize) -> f32 {
    f32::from(u8::try_from(count).unwrap_or(u8::MAX))
}

/// What it costs not to take a candidate.
pub(super) fn skip(candidate: &Candidate) -> f32 {
    let is_han = matches!(candidate.glyphs.style, LabelStyle::Han | LabelStyle::HanBracketed);
    match candidate.stand {
        Stand::Row => 12.0,
        Stand::Paragraph => 6.0,
        Stand::BrokenParagraph => 1.5,
        Stand::AfterStop if is_han => 2.0,
        Stand::AfterStop => 1.2,
        Stand::AfterBracket if is_han => 1.6,
        Stand::AfterBracket => 1.2,
        // A decimal seldom opens a paragraph, and seldom with the very number that a series waits for; but one
        // that begins with 1 is a label only where 2 follows.
        Stand::BeforeNumber if candidate.value > 1 => 0.8,
        Stand::BeforeNumber => 0.3,
        // What goes on with a series is likelier a label than what may begin one.
        Stand::BehindHeading if candidate.value > 1 => 0.6,
        Stand::BehindHeading => 0.3,
        Stand::Glued | Stand::Unmarked => 0.0,
    }
}

/// What it costs to take a candidate, whatever it does.
pub(super) fn take(stand: Stand) -> f32 {
    match stand {
        Stand::Row | Stand::Paragraph => 0.0,
        Stand::BrokenParagraph => 0.5,
        Stand::BeforeNumber => 0.3,
        Stand::AfterStop | Stand::AfterBracket | Stand::BehindHeading => 0.4,
        Stand::Glued => 0.6,
        Stand::Unmarked => 0.7,
    }
}

/// What it costs that `candidate` continues `series` when `pops` series below it are closed.
pub(super) fn go_on(series: Series, candidate: &Candidate, pops: usize) -> f32 {
    value_cost(series.last, candidate.value) + glyph_cost(series, candidate.glyphs) + POP * as_cost(pops)
}

/// The depth of the innermost series that has the glyphs of `candidate` and waits for this very value.
pub(super) fn waiting(open: &[Series], candidate: &Candidate) -> Option<usize> {
    open.iter().rposition(|series| series.glyphs == candidate.glyphs && series.last + 1 == candidate.value)
}

/// What it costs that `candidate` continues `series` with other glyphs where one inside it is `waiting`
/// for it: 一、 1. 2. 三、 lacks 二、.
pub(super) fn steal(series: Series, candidate: &Candidate, waiting: bool) -> f32 {
    if waiting && series.glyphs != candidate.glyphs { STEAL } else { 0.0 }
}

/// What it costs that `candidate` begins a series in place of the first of the series `open`, which stand
/// inside `outer`.
pub(super) fn replace(outer: &[Series], open: &[Series], candidate: &Candidate) -> f32 {
    let Some((series, inner)) = open.split_first() else { return REPLACE };
    let restart = if glyph_cost(*series, candidate.glyphs) == 0.0 { RESTART } else { 0.0 };
    let climbs = inner.iter().any(|series| series.glyphs == candidate.glyphs);
    let climb = if climbs { CLIMB } else { 0.0 };
    REPLACE + POP * as_cost(inner.len()) + restart + climb + nesting_cost(outer, candidate.glyphs)
}

/// What it costs that `candidate` begins a series inside `open`, where `closed` were the last by depth.
pub(super) fn open_below(open: &[Series], closed: &[Series], candidate: &Candidate) -> f32 {
    let run = if candidate.value == 1 { None } else { runs_on(closed, open.len(), candidate) };
    let begin = match run {
        _ if candidate.value == 1 => OPEN,
        Some(run) => value_cost(run.last, candidate.value) + run.cost,
        None => gap_cost(0, candidate.value) + LATE,
    };
    begin + nesting_cost(open, candidate.glyphs)
}

/// The series that another runs on from.
pub(super) struct Run {
    /// Its last value.
    pub(super) last: u32,
    cost: f32,
}

/// What `candidate`, at `depth` under a new parent, can run on from: the series `closed` last at that
/// depth, else one that stood at another.
pub(super) fn runs_on(closed: &[Series], depth: usize, candidate: &Candidate) -> Option<Run> {
    let same = |series: &&Series| series.last > 0 && series.glyphs == candidate.glyphs;
    if let Some(own) = closed.get(depth).filter(same).filter(|own| candidate.value > own.last) {
        return Some(Run { last: own.last, cost: RUN_ON });
    }
    let elsewhere = closed.iter().find(|series| candidate.value == series.last + 1 && same(series))?;
    Some(Run { last: elsewhere.last, cost: RUN_ON_ELSEWHERE })
}

/// What it costs that `value` follows `last`.
fn value_cost(last: u32, value: u32) -> f32 {
    match value.cmp(&last) {
        Ordering::Equal => 3.0,
        Ordering::Less => 6.0,
        Ordering::Greater if value == last + 1 => 0.0,
        Ordering::Greater => gap_cost(last, value),
    }
}

fn gap_cost(last: u32, value: u32) -> f32 {
    let missing = usize::try_from(value.saturating_sub(last + 1)).unwrap_or(usize::MAX);
    (1.8 + 0.5 * as_cost(missing)).min(9.0)
}

/// What it costs that `series` goes on with the glyphs `new`.
///
/// Automatic numbering loses Han labels, so 一、 2、 is likelier than 1、 二、; but the first label of a
/// series may be the one that was lost: （1） （二） （三）.
fn glyph_cost(series: Series, new: Glyphs) -> f32 {
    let is_han = |glyphs: Glyphs| matches!(glyphs.style, LabelStyle::Han | LabelStyle::HanBracketed);
    let open = series.glyphs;
    if open.in_row != new.in_row {
        8.0
    } else if open == new || series.first == new {
        0.0
    } else if family(open.style) != family(new.style) {
        5.0
    } else if is_han(series.first) || series.last == 1 {
        1.6
    } else {
        3.0
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
        LabelStyle::Dotted => 7,
        LabelStyle::DottedTwice => 8,
        LabelStyle::Named(name) => 9 + name,
    }
}

/// What it costs that a series of glyphs `child` stands inside the series `outer`.
///
/// 一、 numbers a plan's outermost level and nothing inside it, while （1） may well stand at two levels.
fn nesting_cost(outer: &[Series], child: Glyphs) -> f32 {
    let Some(parent) = outer.last() else { return 0.0 };
    let (above, below) = (rank(parent.glyphs.style), rank(child.style));
    let is_outermost = below <= rank(LabelStyle::Han);
    let again = is_outermost && outer.iter().any(|series| series.glyphs == child || series.first == child);
    let inside = match (parent.glyphs.in_row, child.in_row) {
        (true, false) => 6.0,
        (false, true) => 0.0,
        _ if parent.glyphs == child => 3.0,
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
        LabelStyle::Han | LabelStyle::Named(_) => 4,
        LabelStyle::HanBracketed => 5,
        LabelStyle::Arabic | LabelStyle::Dotted | LabelStyle::DottedTwice => 6,
        LabelStyle::ArabicBracketed => 7,
        LabelStyle::ArabicHalfBracketed => 8,
        LabelStyle::Circled => 9,
    }
}
