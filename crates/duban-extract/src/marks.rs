//! Marks: what puts a text together, found once for all who read it.

use std::ops::Range;

/// A mark that tells how a text is put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    at: u32,
    /// In bytes.
    len: u8,
    pub(crate) kind: MarkKind,
}

impl Mark {
    /// A mark of `len` bytes at byte `at`; `None` where no text of a notice reaches.
    pub(crate) fn new(at: usize, len: usize, kind: MarkKind) -> Option<Self> {
        Some(Self { at: at.try_into().ok()?, len: len.try_into().ok()?, kind })
    }

    /// The byte where it stands.
    pub(crate) fn at(self) -> usize {
        self.at as usize
    }

    /// The byte behind it.
    pub(crate) fn end(self) -> usize {
        self.at() + usize::from(self.len)
    }
}

/// What a mark does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MarkKind {
    /// See [`is_open`].
    Open,
    /// See [`is_close`].
    Close,
    /// `“` and `《`.
    Quote,
    /// `”` and `》`.
    Unquote,
    Comma,
    /// See [`is_colon`].
    Colon,
    /// `。`.
    Stop,
    /// `；`.
    Semicolon,
    /// Another mark that ends a sentence: `;`, `！`.
    End,
    /// A line break.
    Break,
    /// `.`, which may be a full stop.
    Dot,
}

impl MarkKind {
    /// What `c` does; `None` where it parts nothing.
    pub(crate) fn of(c: char) -> Option<Self> {
        Some(match c {
            '，' | ',' => Self::Comma,
            '。' => Self::Stop,
            '\n' => Self::Break,
            '；' => Self::Semicolon,
            ';' | '！' | '？' | '!' | '?' => Self::End,
            '.' => Self::Dot,
            '“' | '《' => Self::Quote,
            '”' | '》' => Self::Unquote,
            c if is_open(c) => Self::Open,
            c if is_close(c) => Self::Close,
            c if is_colon(c) => Self::Colon,
            _ => return None,
        })
    }

    /// Whether it ends a sentence wherever it stands outside brackets.
    pub(crate) fn ends_sentence(self) -> bool {
        matches!(self, Self::Stop | Self::Semicolon | Self::End | Self::Break)
    }

    /// Whether it ends a clause wherever it stands outside brackets.
    pub(crate) fn ends_clause(self) -> bool {
        self.ends_sentence() || matches!(self, Self::Comma | Self::Colon)
    }
}

/// The marks of `text` that tell how it is put together, in order.
pub(crate) fn find_marks(text: &str) -> Vec<Mark> {
    /// Bytes of text to a mark, as a rule.
    const APART: usize = 10;
    let mut found = Vec::new();
    for (at, c) in non_han(text) {
        let Some(mark) = MarkKind::of(c).and_then(|kind| Mark::new(at, c.len_utf8(), kind)) else { continue };
        // Most headings have none.
        if found.is_empty() {
            found.reserve(text.len() / APART + 1);
        }
        found.push(mark);
    }
    found
}

/// The characters of `text` that are no Chinese ones, each with its place: marks, brackets, digits,
/// white space. Nine characters in ten are passed over by their first byte.
pub(crate) fn non_han(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while (0xe4..=0xe9).contains(text.as_bytes().get(at)?) {
            at += 3;
        }
        let place = at;
        let mark = text.get(at..)?.chars().next()?;
        at += mark.len_utf8();
        Some((place, mark))
    })
}

/// `range` of `text` without the characters at both ends that are `outer`; empty, at its start, where all are
/// or where it is no range of `text`.
pub(crate) fn trimmed(text: &str, range: Range<usize>, outer: impl Fn(char) -> bool) -> Range<usize> {
    let Some(part) = text.get(range.clone()) else { return range.start..range.start };
    let end = range.start + part.trim_end_matches(&outer).len();
    let start = range.end - part.trim_start_matches(&outer).len();
    start.min(end)..end
}

/// Brackets that notices put around slots, of every kind, because they mix them.
pub(crate) fn is_open(c: char) -> bool {
    matches!(c, '（' | '(' | '【' | '[' | '〔' | '［' | '﹝' | '｛' | '{' | '〖' | '〈')
}

/// See [`is_open`].
pub(crate) fn is_close(c: char) -> bool {
    matches!(c, '）' | ')' | '】' | ']' | '〕' | '］' | '﹞' | '｝' | '}' | '〗' | '〉')
}

pub(crate) fn is_colon(c: char) -> bool {
    matches!(c, '：' | ':' | '∶' | '﹕' | '︰')
}

/// A Chinese character.
pub(crate) fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Characters that words are made of: letters and digits of any script.
pub(crate) fn is_word(c: char) -> bool {
    is_han(c) || c.is_alphanumeric()
}

/// Whether `text` has at most `most` characters; long texts are not counted through.
pub(crate) fn is_within(text: &str, most: usize) -> bool {
    text.len() <= most || (text.len() <= most * char::MAX.len_utf8() && text.chars().nth(most).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_parts_a_text_is_found() {
        let text = "一、抓好“春耕”；（责任单位：县农业局）。";
        let found: Vec<_> =
            find_marks(text).into_iter().map(|mark| (&text[mark.at()..mark.end()], mark.kind)).collect();
        let expected = [
            ("“", MarkKind::Quote),
            ("”", MarkKind::Unquote),
            ("；", MarkKind::Semicolon),
            ("（", MarkKind::Open),
            ("：", MarkKind::Colon),
            ("）", MarkKind::Close),
            ("。", MarkKind::Stop),
        ];
        assert_eq!(found, expected);
        assert!(find_marks("抓好春耕").is_empty());
    }
}
