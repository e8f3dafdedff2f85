//! Where sentences and clauses begin and end.

use std::ops::Range;

use duban_document::label;

use super::lexicon;
use super::time::time_len;
use crate::slots::{is_close, is_colon, is_han, is_open, marks};

/// Whether `c` ends a sentence.
pub(super) fn is_end(c: char) -> bool {
    matches!(c, '。' | '；' | ';' | '！' | '？' | '!' | '?' | '\n')
}

/// The place where the clause's own words begin: behind 一是, 同时, 10月底前.
pub(super) fn skip_openers(text: &str, start: usize, limit: usize) -> usize {
    let mut at = start;
    while let Some(rest) = text.get(at..limit) {
        let word = if rest.starts_with(is_bullet) { rest.trim_start_matches(is_bullet) } else { rest };
        let skipped = rest.len() - word.len();
        // ②乙局…: a sentence may number its parts.
        let number = if word.starts_with(is_han) { None } else { label::at(word).map(|label| label.len) };
        let len = number.or_else(|| lexicon::opener(word)).unwrap_or(0).max(time_len(word));
        if len == 0 {
            return at + skipped;
        }
        at += skipped + len;
    }
    at
}

/// White space and what stands before the items of a list.
fn is_bullet(c: char) -> bool {
    c.is_whitespace() || matches!(c, '·' | '●' | '■' | '—' | '-')
}

/// The range of the clause that begins at `start`: to the next mark outside brackets and quotes.
pub(super) fn clause_end(text: &str, start: usize, limit: usize) -> usize {
    let mut depth = 0_usize;
    for (offset, c) in marks(text.get(start..limit).unwrap_or_default()) {
        if is_open(c) || c == '“' || c == '《' {
            depth += 1;
        } else if is_close(c) || c == '”' || c == '》' {
            depth = depth.saturating_sub(1);
        } else if depth == 0 && (matches!(c, '，' | ',') || is_colon(c) || is_end(c)) {
            return start + offset;
        }
    }
    limit
}

/// Whether `.` at `at` is the full stop of a Chinese sentence: one stands on both sides.
fn is_full_stop(text: &str, at: usize, c: char) -> bool {
    let (before, behind) = (|| text.get(..at), || text.get(at + c.len_utf8()..));
    c == '.'
        && before().is_some_and(|before| before.ends_with(is_han) || before.ends_with(is_close))
        && behind().is_some_and(|behind| behind.trim_start().starts_with(is_han))
}

/// The sentences of `text`: to 。 ； or a line break, outside brackets.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    for (at, c) in marks(text) {
        if is_open(c) {
            depth += 1;
        } else if is_close(c) {
            depth = depth.saturating_sub(1);
        } else if c == '\n' || (depth == 0 && (is_end(c) || is_full_stop(text, at, c))) {
            sentences.push(start..at);
            start = at + c.len_utf8();
            depth = 0;
        }
    }
    sentences.push(start..text.len());
    sentences.retain(|sentence| sentence.len() > 6);
    sentences
}

/// The text from `start` on, as far as a sentence is looked through: to `limit`, but not without end.
pub(super) fn near(text: &str, start: usize, limit: usize) -> &str {
    text.get(start..text.floor_char_boundary(limit.min(start + LONGEST_LOOK))).unwrap_or_default()
}

/// Bytes of a sentence behind a subject that are looked through.
const LONGEST_LOOK: usize = 900;
