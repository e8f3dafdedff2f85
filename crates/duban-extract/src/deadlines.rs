//! By when: times from sentences, labelled slots and table columns.
//!
//! In a slot for times every time binds, so a slot's value is read for itself; what `duban_time` finds
//! there as a part of the sentence is dropped.

use std::ops::Range;

use duban_document::JoinedText;
use duban_record::DeadlineEvidence;
use duban_time::{TimeContext, TimeMention, find_times};

use crate::marks::{MarkKind, is_han, is_word, non_han};
use crate::model::{FoundDeadline, SlotRole};
use crate::reading::{Reading, Script};
use crate::slots::{Slot, role_of};

/// Deadlines that a heading hands down to every item below it: those of its labelled slots, and of
/// a bracket at the end of its first line that holds nothing but a time (第二阶段（4月—9月）).
pub(crate) fn heading_deadlines(reading: &Reading<'_>, context: &TimeContext) -> Vec<FoundDeadline> {
    let (text, mut found) = (reading.printed, Vec::new());
    if let Some(bracket) = closing_bracket(text.as_str()) {
        let times = find_times(&reading.words, context);
        let whole: Vec<_> =
            times.into_iter().filter(|time| fills(text.as_str(), &time.range, &bracket)).collect();
        found.extend(whole.into_iter().map(|time| place(text, time, 0, DeadlineEvidence::Inherited)));
    }
    for slot in time_slots(reading) {
        found.extend(read_slot(
            text,
            slot.value.clone(),
            reading.script,
            context,
            DeadlineEvidence::Inherited,
        ));
    }
    found
}

/// Deadlines of one task, in reading order: of its text, its labelled slots, its table columns, and
/// what its ancestors hand down where it has no labelled one of its own.
pub(crate) fn task_deadlines(
    reading: &Reading<'_>,
    columns: &[(SlotRole, JoinedText)],
    inherited: &[FoundDeadline],
    context: &TimeContext,
) -> Vec<FoundDeadline> {
    let mut found = text_deadlines(reading, context);
    for (_, cell) in columns.iter().filter(|(role, _)| *role == SlotRole::Time) {
        found.extend(read_slot(
            cell,
            0..cell.as_str().len(),
            reading.script,
            context,
            DeadlineEvidence::Label,
        ));
    }
    if !found.iter().any(|deadline| deadline.evidence == DeadlineEvidence::Label) {
        found.extend(inherited.iter().cloned());
    }
    found
}

/// Deadlines of running text and of the slots in it.
fn text_deadlines(reading: &Reading<'_>, context: &TimeContext) -> Vec<FoundDeadline> {
    let (mut found, read) = times_under_heading(reading, context).unwrap_or_default();
    if read == reading.words.len() {
        return found;
    }
    let slots: Vec<&Slot> = time_slots(reading).filter(|slot| slot.value.start >= read).collect();
    let text = reading.printed;
    let mut next = slots.iter().peekable();
    for time in find_times(&reading.words, context) {
        if time.range.start < read {
            continue;
        }
        while let Some(slot) = next.next_if(|slot| slot.value.start <= time.range.start) {
            found.extend(read_slot(
                text,
                slot.value.clone(),
                reading.script,
                context,
                DeadlineEvidence::Label,
            ));
        }
        if !stands_in_slot(&slots, &time.range) {
            found.push(place(text, time, 0, DeadlineEvidence::Text));
        }
    }
    for slot in next {
        found.extend(read_slot(text, slot.value.clone(), reading.script, context, DeadlineEvidence::Label));
    }
    found
}

/// The times that stand alone in the first sentence under a heading of times
/// (二、整治时间⏎2021年3月—10月), which labels them, and where that sentence ends.
fn times_under_heading(reading: &Reading<'_>, context: &TimeContext) -> Option<(Vec<FoundDeadline>, usize)> {
    let start = reading.words.len() - reading.words.trim_start().len();
    let marks = reading.marks.iter().skip_while(|mark| mark.at() < start);
    let mut ends = marks.filter(|mark| matches!(mark.kind, MarkKind::Break | MarkKind::Stop));
    let end = ends.next()?;
    let until = ends.find(|next| next.at() > end.end()).map_or(reading.words.len(), |next| next.end());
    let (heading, below) = (&reading.words[start..end.at()], &reading.words[end.end()..until]);
    // Nearly all headings and what stands below them are longer.
    if below.len() > LONGEST_TIMES || heading.chars().nth(LONGEST_HEADING).is_some() {
        return None;
    }
    let last = heading.trim_end().char_indices().rev().nth(1)?.0;
    let names_times = HEADINGS_OF_TIME.contains(&heading.get(last..)?.trim_end());
    let dated = heading.contains(|c: char| !is_han(c) && c.is_numeric());
    (!dated && (names_times || role_of(heading) == Some(SlotRole::Time))).then_some(())?;
    let times =
        read_slot(reading.printed, end.end()..until, reading.script, context, DeadlineEvidence::Label);
    let said: usize = times.iter().map(|time| time.raw.chars().count()).sum();
    let printed =
        without_remark(below).chars().filter(|c| is_word(*c) || matches!(c, '—' | '-' | '～' | '~')).count();
    (said >= printed && said > 0).then_some((times, until))
}

/// `times` without the bracket at its end that only remarks on them: 12月中旬（具体安排附后）, …（4个月）.
fn without_remark(times: &str) -> &str {
    /// Characters of a remark at most.
    const LONGEST_REMARK: usize = 16;
    let inner = times.trim_end_matches(['。', '\n', ' ']).strip_suffix(['）', ')']);
    let parts = inner.and_then(|inner| inner.rsplit_once(['（', '(']));
    let remark = |words: &str| {
        words.chars().count() <= LONGEST_REMARK && words.chars().all(|c| is_han(c) || c.is_numeric())
    };
    parts.filter(|(_, words)| remark(words)).map_or(times, |(times, _)| times)
}

/// How a heading ends that says when.
const HEADINGS_OF_TIME: [&str; 4] = ["时间", "时限", "期限", "日期"];

/// A heading of times is not longer.
const LONGEST_HEADING: usize = 16;

/// Times that stand alone are not longer, in bytes.
const LONGEST_TIMES: usize = 240;

fn time_slots<'r>(reading: &'r Reading<'_>) -> impl Iterator<Item = &'r Slot> {
    let times = reading.slots.iter().filter(|slot| slot.role == SlotRole::Time);
    times.filter(|slot| !is_posted(&reading.words, slot))
}

/// Whether the slot says when a page was posted: 来源：云溪县政府 时间：2021-04-13.
fn is_posted(words: &str, slot: &Slot) -> bool {
    /// Bytes of the name of a source at most.
    const LONGEST_SOURCE: usize = 90;
    let label = words.get(slot.label.clone()).unwrap_or_default();
    if label.trim_end_matches(['：', ':']) != "时间" {
        return false;
    }
    let from = words.floor_char_boundary(slot.label.start.saturating_sub(LONGEST_SOURCE));
    let before = words.get(from..slot.label.start).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.contains("来源：") || line.contains("来源:")
}

/// Whether `range` touches one of `slots`, which stand in order.
fn stands_in_slot(slots: &[&Slot], range: &Range<usize>) -> bool {
    let next = slots.partition_point(|slot| slot.value.end <= range.start);
    slots.get(next).is_some_and(|slot| slot.label.start < range.end)
}

/// The times of a slot's value.
fn read_slot(
    text: &JoinedText,
    value: Range<usize>,
    script: Script,
    context: &TimeContext,
    evidence: DeadlineEvidence,
) -> Vec<FoundDeadline> {
    let words = text.as_str().get(value.clone()).unwrap_or_default();
    let times = find_times(&script.read(words), &TimeContext { slot: true, ..*context });
    times.into_iter().map(|time| place(text, time, value.start, evidence)).collect()
}

/// A time whose ranges begin at byte `offset` of `text`.
fn place(text: &JoinedText, time: TimeMention, offset: usize, evidence: DeadlineEvidence) -> FoundDeadline {
    let range = offset + time.range.start..offset + time.range.end;
    let words = |range: Range<usize>| {
        let slice = text.as_str().get(range).unwrap_or_default();
        let is_blank = |c: char| c.is_whitespace() || is_invisible(c);
        if non_han(slice).any(|(_, c)| is_blank(c)) { slice.replace(is_blank, "") } else { slice.to_owned() }
    };
    FoundDeadline {
        raw: words(range.clone()),
        value: time.value,
        operator: time.operator.map(|operator| words(offset + operator.start..offset + operator.end)),
        year_from: time.year_from,
        evidence,
        rule: time.rule,
        ambiguous: time.ambiguous,
        places: text.source_ranges(range),
    }
}

/// Characters without a width that Word and web pages leave inside words.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}' | '\u{feff}')
}

/// What the bracket at the end of the first line holds.
fn closing_bracket(text: &str) -> Option<Range<usize>> {
    let line = text.lines().next()?.trim_end().trim_end_matches(['。', '：', ':']);
    let inner = line.strip_suffix(['）', ')'])?;
    let open = inner.rfind(['（', '('])?;
    let start = open + inner.get(open..)?.chars().next()?.len_utf8();
    Some(start..inner.len())
}

/// Whether the words in `range` are all that the bracket holds.
fn fills(text: &str, range: &Range<usize>, bracket: &Range<usize>) -> bool {
    let blank = |range: Range<usize>| text.get(range).is_some_and(|gap| gap.trim().is_empty());
    blank(bracket.start..range.start) && blank(range.end..bracket.end)
}
