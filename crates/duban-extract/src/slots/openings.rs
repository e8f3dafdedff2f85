//! Labels that no colon or no noun tells: they open a line and a body or a time follows them.

use std::borrow::Cow;
use std::ops::Range;

use super::vocabulary::LABELS;
use super::{LONGEST_LABEL, label_before, role_of};
use crate::bodies::is_body;
use crate::marks::{is_close, is_colon, is_open};
use crate::model::SlotRole;
use crate::reading::{fold, simplified};

/// Bytes of a label's value in which another label may stand.
const LONGEST_VALUE: usize = 1200;
/// No name has more characters.
const LONGEST_NAME: usize = 45;

/// Whether a role word without a noun (牵头：县财政局) that begins at `start` and ends before the colon at
/// `colon` is a label: a body follows, and it opens a line or a sentence or stands behind a blank in the
/// value of the label that ends at `stretch`. 落实：抓好分工 is words.
pub(super) fn is_bare(text: &str, start: usize, colon: usize, stretch: Option<usize>) -> bool {
    let mark = text.get(colon..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let value = || stretch.and_then(|end| text.get(end..start));
    let goes_on =
        || value().is_some_and(|value| value.len() <= LONGEST_VALUE && !value.contains(['。', '\n']));
    names_body(text, colon + mark) && (opens(text, start) || goes_on())
}

/// Whether a role word without a noun is a label right behind the last name of the value that begins at
/// `stretch`: 牵头：甲局|配合：乙局. Bodies stand on both sides.
pub(super) fn is_glued(text: &str, start: usize, colon: usize, stretch: Option<usize>) -> bool {
    let value = stretch.and_then(|end| text.get(end..start)).filter(|value| value.len() <= LONGEST_VALUE);
    let last = value.and_then(|value| value.rsplit(['、', '，', ',', '；', ';']).next()).unwrap_or_default();
    let mark = text.get(colon..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    is_body(last.trim()) && names_body(text, colon + mark)
}

/// Whether a round bracket between `start` and `end` is a label and no gloss of the name before it:
/// it opens a line or a sentence, and a body follows.
pub(super) fn is_round(text: &str, start: usize, end: usize) -> bool {
    opens(text, start) && names_body(text, end)
}

/// The label that opens the line at `start` and has wide white space or a line break for its colon, as in
/// a table that was copied as text: 责任单位   县财政局.
pub(super) fn lone_label(text: &str, start: usize) -> Option<(SlotRole, Range<usize>, usize)> {
    let rest = text.get(start..)?;
    let head = rest.trim_start_matches([' ', '\u{3000}']);
    if !LABELS.heads.has_edge(simplified(head.chars().next()?)) {
        return None;
    }
    let from = start + rest.len() - head.len();
    let (length, _) = head.char_indices().take(LONGEST_LABEL).find(|(_, c)| c.is_whitespace())?;
    let word: String = head.get(..length)?.chars().map(simplified).collect();
    let role = LABELS.role(&word)?;
    let value = head.get(length..)?.trim_start();
    let end = from + head.len() - value.len();
    let gap = text.get(from + length..end)?;
    let line = || value.lines().next().unwrap_or_default();
    // A narrow gap is one where nothing but bodies follows.
    let wide = gap.contains(['\n', '\t', '\u{3000}']) || gap.len() > 1 || are_bodies(line());
    let follows = match role {
        SlotRole::Time => !gap.contains('\n') && value.starts_with(|c: char| !is_colon(c)),
        SlotRole::Person => false,
        _ => names_body(text, end),
    };
    (wide && follows).then_some((role, from..end, from))
}

/// The label that opens the sentence, the line or the bracket at `start` and has nothing for its colon, where
/// all that follows are bodies: 责任单位县财政局、县教育局。
pub(super) fn glued_label(text: &str, start: usize) -> Option<(SlotRole, Range<usize>, usize)> {
    let rest = text.get(start..)?;
    let head = rest.trim_start_matches([' ', '\t', '\u{3000}']);
    if !LABELS.heads.has_edge(simplified(head.chars().next()?)) {
        return None;
    }
    let words = simple_head(head);
    LABELS.heads.at_head(&words)?;
    let from = start + rest.len() - head.len();
    // Most labels have their colon.
    if words.contains(|c: char| is_colon(c) || c.is_whitespace()) {
        return None;
    }
    let ends = words.char_indices().rev().filter(|(_, c)| LABELS.ends.has_edge(*c));
    let mut labels = ends.filter_map(|(at, c)| {
        let length = at + c.len_utf8();
        Some((LABELS.role(&words[..length])?, length))
    });
    let (role, length) = labels.next()?;
    let ends = |c: char| is_close(c) || matches!(c, '。' | '；' | ';' | '\n');
    let near = head.get(length..head.floor_char_boundary(LONGEST_VALUE.max(length)))?;
    let names = near.get(..near.find(ends).unwrap_or(near.len()))?;
    // 牵头单位县财政局，配合单位县教育局.
    let next = names.split_once(['，', ',']);
    let names = next
        .filter(|(_, next)| LABELS.heads.at_head(&simple_head(next.trim_start())).is_some())
        .map_or(names, |(own, _)| own);
    let said = !matches!(role, SlotRole::Time | SlotRole::Person);
    (said && are_bodies(names)).then_some((role, from..from + length, from))
}

/// The label before the bracket that opens at `start` and ends at `end`, where the bracket holds its bodies and is no
/// gloss of it: 责任单位（县财政局）.
pub(super) fn before_bracket(
    text: &str,
    start: usize,
    end: usize,
) -> Option<(SlotRole, Range<usize>, usize)> {
    let (role, from) = label_before(text, start, None)?;
    let near = text.get(end..text.floor_char_boundary((end + LONGEST_VALUE).min(text.len())))?;
    let (names, rest) = near.split_at_checked(near.find(is_close)?)?;
    let said = !matches!(role, SlotRole::Time | SlotRole::Person);
    let behind = rest.chars().nth(1);
    (said && are_bodies(names) && !behind.is_some_and(is_colon)).then_some((role, from..end, from))
}

/// Whether `names` is a list of bodies and nothing else.
fn are_bodies(names: &str) -> bool {
    let names = names.trim_end().trim_end_matches('。');
    names.len() <= LONGEST_VALUE
        && names.split(['、', '，', ',']).all(|name| is_body(name.trim()) && role_of(name).is_none())
}

/// Whether a body stands at `at`, alone or with what it has to do: 县财政局负责.
pub(crate) fn charges_body(text: &str, at: usize) -> bool {
    const DUTIES: [&str; 5] = ["负责", "牵头", "承办", "落实", "配合"];
    let name = first_name(text, at).map_or("", |name| name.trim_end_matches("按职责分工负责"));
    is_body(DUTIES.iter().find_map(|duty| name.strip_suffix(duty)).unwrap_or(name))
}

/// As much of `text` as the longest label has, in simplified characters, each in its place.
fn simple_head(text: &str) -> Cow<'_, str> {
    let end = text.char_indices().nth(LONGEST_LABEL).map_or(text.len(), |(end, _)| end);
    fold(&text[..end])
}

/// Whether what stands at `at` opens a line or a sentence.
fn opens(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end_matches([' ', '\t', '\u{3000}']);
    before.is_empty() || before.ends_with(['\n', '。', '；'])
}

/// Whether the first name of a list that begins at `at` is a body's.
pub(super) fn names_body(text: &str, at: usize) -> bool {
    // The heads of a table's columns, one below the other, are no values of each other.
    let is_head = |name: &str| role_of(name).is_some() || LABELS.opens_with_bare(name);
    first_name(text, at).is_some_and(|name| is_body(name) && !is_head(name))
}

/// What stands at `at` up to the mark behind it, white space passed over.
fn first_name(text: &str, at: usize) -> Option<&str> {
    let value = text.get(at..).unwrap_or_default().trim_start();
    let ends = |c: char| {
        c.is_whitespace() || is_open(c) || is_close(c) || matches!(c, '、' | '，' | ',' | '；' | ';' | '。')
    };
    let longest = value.char_indices().nth(LONGEST_NAME).map_or(value, |(end, _)| &value[..end]);
    longest.split(ends).next()
}
