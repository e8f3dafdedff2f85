//! Lists of words to the longest one that a text begins or ends with.
//!
//! Most characters begin or end no word of a list, so the first look is one bit.

use std::collections::BTreeMap;

/// Words by the character that they begin or end with, longest first.
pub(super) struct Words<T> {
    by_edge: Vec<(char, Vec<(&'static str, T)>)>,
    /// One bit a code point: whether a word has that edge.
    edges: Vec<u64>,
}

impl<T: Copy> Words<T> {
    /// A list looked up from the heads of texts. Of a word given twice the last value holds.
    pub(super) fn of_heads(words: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        Self::new(words, |word| word.chars().next())
    }

    /// A list looked up from the ends of texts. Of a word given twice the last value holds.
    pub(super) fn of_ends(words: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        Self::new(words, |word| word.chars().next_back())
    }

    fn new(words: impl IntoIterator<Item = (&'static str, T)>, edge: impl Fn(&str) -> Option<char>) -> Self {
        let mut by_edge: BTreeMap<char, BTreeMap<&'static str, T>> = BTreeMap::new();
        for (word, value) in words {
            if let Some(edge) = edge(word) {
                by_edge.entry(edge).or_default().insert(word, value);
            }
        }
        let last = by_edge.keys().next_back().map_or(0, |edge| u32::from(*edge) as usize);
        let mut edges = vec![0_u64; last / 64 + 1];
        for edge in by_edge.keys().map(|edge| u32::from(*edge) as usize) {
            if let Some(bits) = edges.get_mut(edge / 64) {
                *bits |= 1 << (edge % 64);
            }
        }
        let longest_first = |words: BTreeMap<&'static str, T>| {
            let mut words: Vec<_> = words.into_iter().collect();
            words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
            words
        };
        Self {
            by_edge: by_edge.into_iter().map(|(edge, words)| (edge, longest_first(words))).collect(),
            edges,
        }
    }

    /// Whether a word of the list has this edge.
    pub(super) fn has_edge(&self, edge: char) -> bool {
        let code = u32::from(edge) as usize;
        self.edges.get(code / 64).is_some_and(|bits| bits >> (code % 64) & 1 == 1)
    }

    /// The longest word that `text` begins with: its value and its length.
    pub(super) fn at_head(&self, text: &str) -> Option<(T, usize)> {
        self.longest(text.chars().next()?, |word| text.starts_with(word))
    }

    /// The longest word that `text` ends with: its value and its length.
    pub(super) fn at_end(&self, text: &str) -> Option<(T, usize)> {
        self.longest(text.chars().next_back()?, |word| text.ends_with(word))
    }

    fn longest(&self, edge: char, fits: impl Fn(&str) -> bool) -> Option<(T, usize)> {
        if !self.has_edge(edge) {
            return None;
        }
        let at = self.by_edge.binary_search_by_key(&edge, |(known, _)| *known).ok()?;
        let (_, words) = self.by_edge.get(at)?;
        words.iter().find(|(word, _)| fits(word)).map(|(word, value)| (*value, word.len()))
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
