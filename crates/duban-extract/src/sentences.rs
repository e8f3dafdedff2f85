//! Where the sentences of an item end: at 。 or ；, a bracket of labels and a line break apart.

use std::ops::Range;

use crate::marks::{Mark, MarkKind};

/// A sentence of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sentence {
    /// Its mark included.
    pub(crate) range: Range<usize>,
    /// The byte of the text where its first colon stands.
    pub(crate) colon: Option<usize>,
}

/// What a mark does to the sentence in which it stands.
enum Effect {
    /// A bracket or a quotation opens, inside which no sentence ends.
    Opens,
    Closes,
    Labels,
    /// A sentence ends.
    Ends,
    /// A line ends, and every sentence, bracket and quotation with it.
    Breaks,
}

impl Effect {
    /// What `mark`, which stands in `text`, does; not all of its kind do the same.
    fn of(mark: Mark, text: &str) -> Option<Self> {
        let (effect, those): (Self, &[char]) = match mark.kind {
            MarkKind::Comma | MarkKind::Dot => return None,
            MarkKind::Quote => return Some(Self::Opens),
            MarkKind::Unquote => return Some(Self::Closes),
            MarkKind::Stop | MarkKind::Semicolon => return Some(Self::Ends),
            MarkKind::Break => return Some(Self::Breaks),
            MarkKind::Open => (Self::Opens, &['（', '(', '【', '[']),
            MarkKind::Close => (Self::Closes, &['）', ')', '】', ']']),
            MarkKind::Colon => (Self::Labels, &['：', ':']),
            MarkKind::End => (Self::Ends, &[';', '！']),
        };
        text.get(mark.at()..)?.starts_with(those).then_some(effect)
    }
}

/// The sentences of `text`, whose marks are `marks`, in order.
pub(crate) fn sentences<'t>(text: &'t str, marks: &'t [Mark]) -> impl Iterator<Item = Sentence> {
    let mut marks = marks.iter();
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let (mut nesting, mut colon) = (0_usize, None);
        next = marks.find_map(|mark| {
            match Effect::of(*mark, text)? {
                Effect::Opens => nesting += 1,
                Effect::Closes => nesting = nesting.saturating_sub(1),
                Effect::Labels => colon = colon.or(Some(mark.at())),
                Effect::Ends if nesting > 0 => {}
                Effect::Ends | Effect::Breaks => return Some(mark.end()),
            }
            None
        });
        Some(Sentence { range: start..next.unwrap_or(text.len()), colon })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marks::find_marks;

    #[test]
    fn marks_inside_brackets_end_nothing() {
        let text = "加强管理；做好公开（如公示；公告）。\n各社区：要报送";
        let found: Vec<Sentence> = sentences(text, &find_marks(text)).collect();
        let words: Vec<&str> = found.iter().map(|sentence| text[sentence.range.clone()].trim()).collect();
        assert_eq!(words, ["加强管理；", "做好公开（如公示；公告）。", "", "各社区：要报送"]);
        let colons: Vec<bool> = found.iter().map(|sentence| sentence.colon.is_some()).collect();
        assert_eq!(colons, [false, false, false, true]);
    }
}
