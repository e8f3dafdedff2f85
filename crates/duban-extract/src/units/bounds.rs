//! Where sentences and clauses begin and end.

use std::iter::once;
use std::ops::Range;

use duban_document::label;

use crate::bodies::lexicon;
use crate::bodies::time::time_len;
use crate::marks::{Mark, MarkKind, is_close, is_han};

/// Whether `c` ends a sentence.
pub(super) fn is_end(c: char) -> bool {
    !is_han(c) && MarkKind::of(c).is_some_and(MarkKind::ends_sentence)
}

/// Whether `c` ends a clause.
pub(super) fn is_clause_end(c: char) -> bool {
    !is_han(c) && MarkKind::of(c).is_some_and(MarkKind::ends_clause)
}

/// The place where the clause's own words begin: behind 一是, 同时, 10月底前.
pub(super) fn skip_openers(text: &str, start: usize, limit: usize) -> usize {
    let mut at = start;
    while let Some(rest) = text.get(at..limit) {
        let han = rest.starts_with(is_han);
        let word = if han { rest } else { rest.trim_start_matches(opens_item) };
        let skipped = rest.len() - word.len();
        // ②乙局…: a sentence may number its parts.
        let number =
            if han || word.starts_with(is_han) { None } else { label::at(word).map(|label| label.len) };
        let len = number.or_else(|| lexicon::opener(word)).unwrap_or(0).max(time_len(word));
        if len == 0 {
            return at + skipped;
        }
        at += skipped + len;
    }
    at
}

/// White space and what stands before the items of a list.
fn opens_item(c: char) -> bool {
    c.is_whitespace() || matches!(c, '—' | '-') || label::is_bullet(c)
}

/// Where the clause that goes on at `start` ends: at the next of `marks`, which begin near `start`, outside
/// brackets and quotes, or at `limit`.
pub(super) fn clause_end(marks: &[Mark], start: usize, limit: usize) -> usize {
    let mut depth = 0_usize;
    let behind = marks.iter().skip_while(|mark| mark.at() < start);
    for mark in behind.take_while(|mark| mark.end() <= limit) {
        match mark.kind {
            MarkKind::Open | MarkKind::Quote => depth += 1,
            MarkKind::Close | MarkKind::Unquote => depth = depth.saturating_sub(1),
            kind if depth == 0 && kind.ends_clause() => return mark.at(),
            _ => {}
        }
    }
    limit
}

/// Whether `dot` is the full stop of a Chinese sentence: one stands on both sides.
fn is_full_stop(text: &str, dot: Mark) -> bool {
    let (before, behind) = (text.get(..dot.at()), || text.get(dot.end()..));
    before.is_some_and(|before| before.ends_with(is_han) || before.ends_with(is_close))
        && behind().is_some_and(|behind| behind.trim_start().starts_with(is_han))
}

/// The sentences of `text` by its `marks`: to 。 ； or a line break, outside brackets.
pub(super) fn sentences<'t>(text: &'t str, marks: &'t [Mark]) -> impl Iterator<Item = Range<usize>> + 't {
    let mut depth = 0_usize;
    let mut start = 0;
    let ends = marks.iter().filter_map(move |mark| {
        let ends = match mark.kind {
            MarkKind::Open => {
                depth += 1;
                false
            }
            MarkKind::Close => {
                depth = depth.saturating_sub(1);
                false
            }
            MarkKind::Break => true,
            MarkKind::Dot => depth == 0 && is_full_stop(text, *mark),
            kind => depth == 0 && kind.ends_sentence(),
        };
        if ends {
            depth = 0;
        }
        ends.then(|| mark.at()..mark.end())
    });
    let sentences = ends.chain(once(text.len()..text.len())).map(move |mark| {
        let sentence = start..mark.start;
        start = mark.end;
        sentence
    });
    sentences.filter(|sentence| sentence.len() > 6)
}

/// The text from `start` on, as far as a sentence is looked through: to `limit`, but not without end.
pub(super) fn near(text: &str, start: usize, limit: usize) -> &str {
    text.get(start..text.floor_char_boundary(limit.min(start + LONGEST_LOOK))).unwrap_or_default()
}

/// Bytes of a sentence behind a subject that are looked through.
const LONGEST_LOOK: usize = 900;
