//! Printed text to text that can be compared: blanks out, brackets seen as nesting.

use std::borrow::Cow;
use std::ops::Range;

use duban_document::{JoinedText, JoinedTextBuilder};

pub(super) use crate::marks::is_within;
use crate::marks::{is_word, non_han, trimmed};

/// White space and the invisible characters that text from web pages and Word carries.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// Whether a blank between the two is part of a name: only between two Latin words.
fn parts_latin_words(before: Option<char>, after: Option<char>) -> bool {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    latin(before) && latin(after)
}

/// `text` without blanks; Latin words keep one space between them.
pub(super) fn squeeze(text: &str) -> Cow<'_, str> {
    if !non_han(text).any(|(_, c)| is_blank(c)) {
        return Cow::Borrowed(text);
    }
    let mut squeezed = String::with_capacity(text.len());
    let mut blank = false;
    for c in text.chars() {
        if is_blank(c) {
            blank = true;
            continue;
        }
        if blank && parts_latin_words(squeezed.chars().next_back(), Some(c)) {
            squeezed.push(' ');
        }
        blank = false;
        squeezed.push(c);
    }
    Cow::Owned(squeezed)
}

/// Appends `text` without its blanks, places kept.
pub(super) fn push_squeezed(builder: &mut JoinedTextBuilder, text: &JoinedText) {
    let printed = text.as_str();
    if !non_han(printed).any(|(_, c)| is_blank(c)) {
        return builder.push_joined(text);
    }
    let mut start = 0;
    while start < printed.len() {
        let word = forward(printed, start, |c| !is_blank(c));
        let next = printed[word..].chars().next();
        builder.push_part(text, start..word);
        start = forward(printed, word, is_blank);
        let last = builder.as_str().chars().next_back();
        if next.is_some() && parts_latin_words(last, printed[start..].chars().next()) {
            builder.push_glue(" ");
        }
    }
}

/// Letters and digits alone, by which two prints of one title are compared.
pub(super) fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    key.extend(text.chars().filter(|c| is_word(*c)));
    key
}

/// The part of `range` without blanks at both ends.
pub(super) fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    trimmed(text, range, is_blank)
}

/// End of the run of characters from byte `start` on that `is_inside` accepts.
pub(super) fn forward(text: &str, start: usize, is_inside: impl Fn(char) -> bool) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    start + rest.find(|c| !is_inside(c)).unwrap_or(rest.len())
}

/// Start of the run of characters before byte `end` that `is_inside` accepts.
pub(super) fn backward(text: &str, end: usize, is_inside: impl Fn(char) -> bool) -> usize {
    text.get(..end).unwrap_or_default().trim_end_matches(is_inside).len()
}

/// Whether the first character of `text`, blanks and the marks of a bracket apart, is one of `signs`:
/// a cheap look before a text is read for what begins so.
pub(super) fn opens_with(text: &str, signs: &[char]) -> bool {
    let mark = |c: char| is_blank(c) || matches!(c, '（' | '）' | '(' | ')' | '【' | '】' | '[' | ']' | '。');
    text.trim_start_matches(mark).starts_with(signs)
}

/// Whether `text` has `least` characters or more.
pub(super) fn has_at_least(text: &str, least: usize) -> bool {
    least == 0 || text.chars().nth(least - 1).is_some()
}

/// `text` up to at most `most` characters.
pub(super) fn opening(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).map_or(text, |(end, _)| &text[..end])
}

/// The characters of `text` with their byte offset and how many brackets and quotation marks are
/// open around them; a bracket itself counts as inside.
pub(super) fn nested(text: &str) -> impl Iterator<Item = (usize, char, usize)> {
    let mut depth = 0usize;
    text.char_indices().map(move |(offset, c)| match c {
        '《' | '（' | '(' | '〔' | '【' | '[' | '“' | '〈' | '「' => {
            depth += 1;
            (offset, c, depth)
        }
        '》' | '）' | ')' | '〕' | '】' | ']' | '”' | '〉' | '」' => {
            let inside = depth.max(1);
            depth = depth.saturating_sub(1);
            (offset, c, inside)
        }
        _ => (offset, c, depth),
    })
}

/// `text` without a bracket at its end: 实施方案（试行） becomes 实施方案.
pub(super) fn without_end_bracket(text: &str) -> &str {
    let text = text.trim_end_matches(is_blank);
    if !text.ends_with(['）', ')', '〕', ']']) {
        return text;
    }
    let mut depth = 0usize;
    let open = text.char_indices().rev().find(|(_, c)| match c {
        '）' | ')' | '〕' | ']' => {
            depth += 1;
            false
        }
        '（' | '(' | '〔' | '[' => {
            depth -= 1;
            depth == 0
        }
        _ => false,
    });
    open.map_or(text, |(open, _)| text[..open].trim_end_matches(is_blank))
}

/// The end of the bracket that opens at byte `open`, closing mark included; `None` where it is left
/// open within `most` characters.
pub(super) fn bracket_end(text: &str, open: usize, most: usize) -> Option<usize> {
    let rest = text.get(open..)?;
    let mut depth = 0usize;
    for (offset, c) in rest.char_indices().take(most) {
        match c {
            '《' | '（' | '(' | '〔' | '[' | '【' | '〈' => depth += 1,
            '》' | '）' | ')' | '〕' | ']' | '】' | '〉' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(open + offset + c.len_utf8());
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use duban_document::TextRange;

    #[test]
    fn blanks_go_but_between_latin_words() {
        assert_eq!(squeeze(" 2021 年\u{3000}工作 要点 "), "2021年工作要点");
        assert_eq!(squeeze("Smart  City 建设"), "Smart City建设");
    }

    #[test]
    fn squeezed_text_keeps_its_places() {
        let source = "云 岭\u{3000}县";
        let text = JoinedText::from_source(source, TextRange::new(0, source.len()));
        let mut builder = JoinedText::builder();
        push_squeezed(&mut builder, &text);
        let squeezed = builder.finish();
        assert_eq!(squeezed.as_str(), "云岭县");
        let homes = squeezed.source_ranges(0..squeezed.as_str().len());
        assert_eq!(homes.iter().map(|home| home.slice(source)).collect::<String>(), "云岭县");
    }

    #[test]
    fn end_brackets() {
        assert_eq!(without_end_bracket("实施方案（试行）"), "实施方案");
        assert_eq!(without_end_bracket("实施方案（云政发〔2021〕3号）"), "实施方案");
        assert_eq!(without_end_bracket("实施方案（试行））"), "实施方案（试行））");
        assert_eq!(without_end_bracket("实施方案"), "实施方案");
    }

    #[test]
    fn nesting_survives_stray_marks() {
        let depths: Vec<usize> = nested("）甲（乙）丙").map(|(_, _, depth)| depth).collect();
        assert_eq!(depths, [1, 0, 1, 1, 1, 0]);
    }
}
