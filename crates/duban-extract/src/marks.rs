//! Marks: what is no Chinese character, and what it does in a sentence.

/// A mark that tells how a text is put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The byte where it stands.
    pub(crate) at: usize,
    /// The byte behind it.
    pub(crate) end: usize,
    pub(crate) kind: MarkKind,
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
    /// What `c` does; `None` where it may stand inside a clause.
    fn of(c: char) -> Option<Self> {
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
}

/// The marks of `text` that tell how it is put together, in order.
pub(crate) fn find_marks(text: &str) -> Vec<Mark> {
    /// A mark stands in every so many bytes, or more.
    const APART: usize = 16;
    let mut telling =
        marks(text).filter_map(|(at, c)| Some(Mark { at, end: at + c.len_utf8(), kind: MarkKind::of(c)? }));
    // Most headings have none.
    let Some(first) = telling.next() else { return Vec::new() };
    let mut found = Vec::with_capacity(text.len() / APART + 1);
    found.push(first);
    found.extend(telling);
    found
}

/// The characters of `text` that are no Chinese ones, each with its place: marks, brackets, digits,
/// white space. Nine characters in ten are passed over by their first byte.
pub(crate) fn marks(text: &str) -> impl Iterator<Item = (usize, char)> {
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

/// Brackets that notices put around slots, of every kind, because they mix them.
pub(crate) fn is_open(c: char) -> bool {
    matches!(c, '（' | '(' | '【' | '[' | '〔' | '［' | '﹝' | '｛' | '{' | '〖')
}

/// See [`is_open`].
pub(crate) fn is_close(c: char) -> bool {
    matches!(c, '）' | ')' | '】' | ']' | '〕' | '］' | '﹞' | '｝' | '}' | '〗')
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
