//! Pieces of text between two breaks to a line as a browser shows it.
//!
//! White space of the source collapses; a line break in it stands for a space between Latin words
//! only. Non-breaking and full-width spaces stay, but at the ends of the line they are indent.

use duban_document::Alignment;

use crate::marked::Break;
use crate::{clean, layout};

/// A line of the page: a paragraph, or a line of one that breaks itself.
#[derive(Clone, Debug, Default)]
pub(super) struct PageLine {
    /// The text, clean, without blanks at its ends.
    pub(super) text: String,
    pub(super) alignment: Alignment,
    pub(super) heading: Option<u8>,
    /// How it is parted from the line before.
    pub(super) before: Break,
    /// Columns of blanks before it.
    pub(super) indent: u32,
    pub(super) count: Count,
}

/// How much of a text is prose and how much leads elsewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    /// Chinese characters.
    pub(super) han: usize,
    /// Those of them inside links.
    pub(super) linked: usize,
    /// Links.
    pub(super) links: usize,
}

impl Count {
    pub(super) fn add(&mut self, other: Self) {
        self.han += other.han;
        self.linked += other.linked;
        self.links += other.links;
    }
}

/// White space not yet written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Break,
}

/// A line in the making.
#[derive(Debug, Default)]
pub(super) struct LineBuilder {
    text: String,
    gap: Gap,
    count: Count,
}

impl LineBuilder {
    pub(super) fn begin_link(&mut self) {
        self.count.links += 1;
    }

    /// Appends text of the source.
    pub(super) fn push(&mut self, text: &str, in_link: bool) {
        let is_blank = |c: char| c.is_ascii_whitespace();
        let mut rest = text;
        loop {
            let word = rest.trim_start_matches(is_blank);
            let blank = rest.get(..rest.len() - word.len()).unwrap_or_default();
            if !blank.is_empty() {
                self.gap = self.gap.max(if blank.contains('\n') { Gap::Break } else { Gap::Space });
            }
            if word.is_empty() {
                return;
            }
            let end = word.find(is_blank).unwrap_or(word.len());
            let (word, behind) = word.split_at(end);
            self.push_word(word, in_link);
            rest = behind;
        }
    }

    fn push_word(&mut self, word: &str, in_link: bool) {
        let clean = clean::clean(word);
        let word = clean.as_str();
        let spaced = match self.gap {
            Gap::None => false,
            Gap::Space => true,
            Gap::Break => layout::needs_space(&self.text, word),
        };
        self.gap = Gap::None;
        if spaced && !self.text.is_empty() {
            self.text.push(' ');
        }
        let han = word.chars().filter(|c| is_han(*c)).count();
        self.count.han += han;
        self.count.linked += if in_link { han } else { 0 };
        self.text.push_str(word);
    }

    /// The line, if it shows anything; the builder is empty afterwards.
    pub(super) fn finish(&mut self, alignment: Alignment, heading: Option<u8>) -> Option<PageLine> {
        let Self { text, count, .. } = std::mem::take(self);
        let indented = text.trim_end();
        let shown = indented.trim_start();
        if shown.is_empty() {
            return None;
        }
        let indent = indented.get(..indented.len() - shown.len()).unwrap_or_default();
        let indent = layout::measure(indent).columns;
        let alignment = layout::aligned(alignment, indent, shown);
        let before = Break::Hard;
        Some(PageLine { text: shown.to_owned(), alignment, heading, before, indent, count })
    }
}

/// Whether `c` is a Chinese character.
fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x323AF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pieces: &[&str], shown: &str) {
        let mut builder = LineBuilder::default();
        pieces.iter().for_each(|piece| builder.push(piece, false));
        let line = builder.finish(Alignment::Body, None).unwrap_or_default();
        assert_eq!(line.text, shown, "{pieces:?}");
    }

    #[test]
    fn white_space_collapses() {
        check(&["\n\u{A0}\u{A0}　2031", "年", "\n 5月\t 底前 "], "2031年5月 底前");
        check(&["第一章 总则\n（一）", "\n", "Office\n 365 for\nall"], "第一章 总则（一）Office365 for all");
        check(&["县水利局 \u{A0} 县教育局"], "县水利局   县教育局");
        check(&[" \u{A0}\u{200B} "], "");
    }
}
