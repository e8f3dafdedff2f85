//! Lists of words to the longest one that a text begins or ends with.
//!
//! Most characters begin or end no word of a list, so the first look is one bit.

use std::collections::BTreeMap;

/// Words by the character that they begin or end with, each with a value.
///
/// ```
/// use duban_document::Words;
///
/// let modals = Words::of_heads([("要", "modal"), ("要求", "noun")]);
/// assert_eq!(modals.at_head("要求各单位"), Some(("noun", "要求".len())));
/// assert_eq!(modals.at_head("要落实"), Some(("modal", "要".len())));
/// ```
#[derive(Clone, Debug)]
pub struct Words<T> {
    /// The words of each edge, the longest first, in the order of the edges.
    by_edge: Vec<Vec<(Box<str>, T)>>,
    /// One bit a code point: whether a word has that edge; and how many edges stand before these 64.
    edges: Vec<(u64, usize)>,
}

impl<T: Copy> Words<T> {
    /// A list looked up from the heads of texts. Of a word given twice the last value holds.
    pub fn of_heads(words: impl IntoIterator<Item = (impl Into<Box<str>>, T)>) -> Self {
        Self::new(words, |word| word.chars().next())
    }

    /// A list looked up from the ends of texts. Of a word given twice the last value holds.
    pub fn of_ends(words: impl IntoIterator<Item = (impl Into<Box<str>>, T)>) -> Self {
        Self::new(words, |word| word.chars().next_back())
    }

    fn new(
        words: impl IntoIterator<Item = (impl Into<Box<str>>, T)>,
        edge: impl Fn(&str) -> Option<char>,
    ) -> Self {
        let mut by_edge: BTreeMap<char, BTreeMap<Box<str>, T>> = BTreeMap::new();
        for (word, value) in words {
            let word = word.into();
            if let Some(edge) = edge(&word) {
                by_edge.entry(edge).or_default().insert(word, value);
            }
        }
        let last = by_edge.keys().next_back().map_or(0, |edge| u32::from(*edge) as usize);
        let mut edges = vec![(0_u64, 0); last / 64 + 1];
        for edge in by_edge.keys().map(|edge| u32::from(*edge) as usize) {
            if let Some((bits, _)) = edges.get_mut(edge / 64) {
                *bits |= 1 << (edge % 64);
            }
        }
        let mut before = 0;
        for (bits, known) in &mut edges {
            *known = before;
            before += bits.count_ones() as usize;
        }
        let longest_first = |words: BTreeMap<Box<str>, T>| {
            let mut words: Vec<_> = words.into_iter().collect();
            words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
            words
        };
        Self { by_edge: by_edge.into_values().map(longest_first).collect(), edges }
    }

    /// Whether a word of the list has this edge.
    pub fn has_edge(&self, edge: char) -> bool {
        let code = u32::from(edge) as usize;
        self.edges.get(code / 64).is_some_and(|(bits, _)| bits >> (code % 64) & 1 == 1)
    }

    /// The longest word that `text` begins with: its value and its length in bytes.
    pub fn at_head(&self, text: &str) -> Option<(T, usize)> {
        let text_bytes = text.as_bytes();
        // Words of one edge differ in their last byte; nearly all are told apart by it.
        let fits =
            |word: &[u8]| text_bytes.get(word.len() - 1) == word.last() && text_bytes.starts_with(word);
        self.longest(text.chars().next()?, fits)
    }

    /// The longest word that `text` ends with: its value and its length in bytes.
    pub fn at_end(&self, text: &str) -> Option<(T, usize)> {
        let (text_bytes, edge) = (text.as_bytes(), text.chars().next_back()?);
        // The byte before the edge, likewise.
        let before = |bytes: &[u8]| bytes.len().checked_sub(edge.len_utf8() + 1).map(|at| bytes[at]);
        let told = before(text_bytes);
        let fits =
            |word: &[u8]| before(word).is_none_or(|byte| told == Some(byte)) && text_bytes.ends_with(word);
        self.longest(edge, fits)
    }

    /// Gives `found` the value of each place of `text` where a word begins, in order: the longest word
    /// there, and none inside a word before it.
    ///
    /// ```
    /// use duban_document::Words;
    ///
    /// let modals = Words::of_heads([("要", "modal"), ("主要", "no modal")]);
    /// let mut found = Vec::new();
    /// modals.each_at_head("主要领导要抓好落实", |said| found.push(said));
    /// assert_eq!(found, ["no modal", "modal"]);
    /// ```
    pub fn each_at_head(&self, text: &str, mut found: impl FnMut(T)) {
        let mut behind = 0;
        for (at, c) in text.char_indices() {
            if !self.has_edge(c) || at < behind {
                continue;
            }
            if let Some((value, length)) = self.at_head(text.get(at..).unwrap_or_default()) {
                found(value);
                behind = at + length;
            }
        }
    }

    fn longest(&self, edge: char, fits: impl Fn(&[u8]) -> bool) -> Option<(T, usize)> {
        let words = self.by_edge.get(self.index(edge)?)?;
        words.iter().find(|(word, _)| fits(word.as_bytes())).map(|(word, value)| (*value, word.len()))
    }

    /// Which of the edges `edge` is.
    fn index(&self, edge: char) -> Option<usize> {
        let code = u32::from(edge) as usize;
        let (bits, before) = self.edges.get(code / 64)?;
        let bit = 1_u64 << (code % 64);
        (bits & bit != 0).then(|| before + (bits & (bit - 1)).count_ones() as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_counts() {
        let heads = Words::of_heads([("要", 1), ("要求", 2), ("应", 3), ("应", 4)]);
        assert_eq!(heads.at_head("要求各单位"), Some((2, "要求".len())));
        assert_eq!(heads.at_head("要落实"), Some((1, "要".len())));
        assert_eq!(heads.at_head("应落实"), Some((4, "应".len())));
        assert_eq!(heads.at_head("落实"), None);
        let ends = Words::of_ends([("局", 1), ("格局", 2)]);
        assert_eq!(ends.at_end("工作格局"), Some((2, "格局".len())));
        assert_eq!(ends.at_end("县财政局"), Some((1, "局".len())));
        assert!(!ends.has_edge('县'));
    }
}
