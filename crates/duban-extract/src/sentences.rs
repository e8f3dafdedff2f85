//! Where the sentences of an item end: at 。 or ；, a bracket of labels and a line break apart.

use std::ops::Range;

/// A mark that tells where sentences end.
#[derive(Clone, Copy)]
pub(crate) enum Mark {
    /// A bracket or a quotation opens, inside which no sentence ends.
    Opens,
    Closes,
    /// A sentence ends.
    Ends,
    /// A line ends, and every sentence, bracket and quotation with it.
    Breaks,
}

/// All such marks.
pub(crate) const MARKS: [(&str, Mark); 17] = [
    ("（", Mark::Opens),
    ("(", Mark::Opens),
    ("【", Mark::Opens),
    ("[", Mark::Opens),
    ("“", Mark::Opens),
    ("《", Mark::Opens),
    ("）", Mark::Closes),
    (")", Mark::Closes),
    ("】", Mark::Closes),
    ("]", Mark::Closes),
    ("”", Mark::Closes),
    ("》", Mark::Closes),
    ("。", Mark::Ends),
    ("；", Mark::Ends),
    (";", Mark::Ends),
    ("！", Mark::Ends),
    ("\n", Mark::Breaks),
];

/// The sentence that is being read.
#[derive(Default)]
pub(crate) struct Sentence {
    start: usize,
    nesting: usize,
}

impl Sentence {
    /// Reads `mark`, which ends at byte `end`; the range of the sentence where it ends with the mark, and
    /// the next begins.
    pub(crate) fn read(&mut self, mark: Mark, end: usize) -> Option<Range<usize>> {
        match mark {
            Mark::Opens => self.nesting += 1,
            Mark::Closes => self.nesting = self.nesting.saturating_sub(1),
            Mark::Ends if self.nesting > 0 => {}
            Mark::Ends | Mark::Breaks => {
                let start = std::mem::replace(self, Self { start: end, nesting: 0 }).start;
                return Some(start..end);
            }
        }
        None
    }

    /// The range of what is left of a text of `length` bytes.
    pub(crate) fn rest(self, length: usize) -> Range<usize> {
        self.start..length
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_inside_brackets_end_nothing() {
        let text = "加强管理；做好公开（如公示；公告）。\n各社区要报送";
        let mut sentence = Sentence::default();
        let mut found = Vec::new();
        for (at, c) in text.char_indices() {
            let mark = MARKS.iter().find(|(mark, _)| mark.starts_with(c));
            found.extend(mark.and_then(|(_, mark)| sentence.read(*mark, at + c.len_utf8())));
        }
        found.push(sentence.rest(text.len()));
        let found: Vec<&str> = found.into_iter().map(|range| text[range].trim()).collect();
        assert_eq!(found, ["加强管理；", "做好公开（如公示；公告）。", "", "各社区要报送"]);
    }
}
