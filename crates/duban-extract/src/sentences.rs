//! Where the sentences of an item end: at 。 or ；, a bracket of labels and a line break apart.

use std::ops::Range;

use crate::marks::Mark;

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
    fn of(mark: char) -> Option<Self> {
        Some(match mark {
            '（' | '(' | '【' | '[' | '“' | '《' => Self::Opens,
            '）' | ')' | '】' | ']' | '”' | '》' => Self::Closes,
            '：' | ':' => Self::Labels,
            '。' | '；' | ';' | '！' => Self::Ends,
            '\n' => Self::Breaks,
            _ => return None,
        })
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
            match text.get(mark.at()..)?.chars().next().and_then(Effect::of)? {
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
