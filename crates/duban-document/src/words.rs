//! Lists of words to the longest one that a text begins or ends with.
//!
//! Most characters begin or end no word of a list, so the first look is one bit.

use std::cmp::Reverse;
use std::ops::Range;

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
    /// One bit a tail: whether a word has an edge with that tail.
    tails: [u64; 64],
    /// How many tails of the blocks before it have words: their groups stand before its own. A table of
    /// all tails would be sixteen times as large, and of fifty lists fall out of the cache.
    groups_before: [u16; 64],
    /// One for each tail with words, in order.
    groups: Vec<Group>,
    /// Group by group; of one group the longest first.
    words: Vec<Word<T>>,
}

/// The words whose edges share a tail.
#[derive(Clone, Debug)]
struct Group {
    /// One bit for the last six of the characters beside the edges: whether a word has such a one. All
    /// where a word is one character.
    seconds: u64,
    /// Where its words begin and end.
    words: (u32, u32),
}

/// A word, told from most others by the two characters at its edge.
#[derive(Clone, Debug)]
struct Word<T> {
    edge: char,
    /// The character beside the edge.
    second: Option<char>,
    /// What stands beside the second one.
    rest: Box<str>,
    /// The length of it all in bytes.
    length: usize,
    value: T,
}

impl<T: Copy> Words<T> {
    /// A list looked up from the heads of texts. Of a word given twice the last value holds.
    pub fn of_heads(words: impl IntoIterator<Item = (impl AsRef<str>, T)>) -> Self {
        Self::new(words, |word| {
            let mut chars = word.chars();
            Some((chars.next()?, chars.next(), chars.as_str()))
        })
    }

    /// A list looked up from the ends of texts. Of a word given twice the last value holds.
    pub fn of_ends(words: impl IntoIterator<Item = (impl AsRef<str>, T)>) -> Self {
        Self::new(words, |word| {
            let mut chars = word.chars();
            Some((chars.next_back()?, chars.next_back(), chars.as_str()))
        })
    }

    /// `cut` tells the edge of a word, the character beside it and the rest.
    fn new(
        words: impl IntoIterator<Item = (impl AsRef<str>, T)>,
        cut: impl Fn(&str) -> Option<(char, Option<char>, &str)>,
    ) -> Self {
        let read = words.into_iter().filter_map(|(word, value)| {
            let (edge, second, rest) = cut(word.as_ref())?;
            Some(Word { edge, second, rest: rest.into(), length: word.as_ref().len(), value })
        });
        let mut words: Vec<Word<T>> = read.collect();
        // Of equal words the last comes to stand before the others, and is found.
        words.reverse();
        words.sort_by_key(|word| (tail(word.edge), Reverse(word.length)));
        let (mut tails, mut groups_before) = ([0_u64; 64], [0; 64]);
        let mut groups: Vec<Group> = Vec::new();
        for (at, word) in (0..).zip(&words) {
            let (block, bit) = tail(word.edge);
            if tails[block] >> bit & 1 == 0 {
                tails[block] |= 1 << bit;
                groups.push(Group { seconds: 0, words: (at, at) });
                // The words come in the order of their tails.
                for before in &mut groups_before[block + 1..] {
                    *before += 1;
                }
            }
            if let Some(group) = groups.last_mut() {
                group.seconds |= word.second.map_or(u64::MAX, |second| 1 << tail(second).1);
                group.words.1 = at + 1;
            }
        }
        Self { tails, groups_before, groups, words }
    }

    /// The edges of the words, some of them more than once.
    pub fn edges(&self) -> impl Iterator<Item = char> {
        self.words.iter().map(|word| word.edge)
    }

    /// The value of the word that is this one character.
    pub fn single(&self, edge: char) -> Option<T> {
        let words = self.words_of(self.group(edge)?);
        words.iter().find(|word| word.edge == edge && word.second.is_none()).map(|word| word.value)
    }

    /// Whether a word of the list has this edge.
    pub fn has_edge(&self, edge: char) -> bool {
        self.group(edge).is_some_and(|group| self.words_of(group).iter().any(|word| word.edge == edge))
    }

    /// The longest word that `text` begins with: its value and its length in bytes.
    #[inline]
    pub fn at_head(&self, text: &str) -> Option<(T, usize)> {
        if self.may_begin(text) { self.word_at_head(text) } else { None }
    }

    /// Whether `text` may begin with a word; rarely true where it begins with none.
    ///
    /// ```
    /// use duban_document::Words;
    ///
    /// let modals = Words::of_heads([("需要", ())]);
    /// assert!(modals.may_begin("需要落实"));
    /// assert!(!modals.may_begin("需求"));
    /// ```
    #[inline]
    pub fn may_begin(&self, text: &str) -> bool {
        self.may_begin_with(text.as_bytes())
    }

    /// The same for the text of `bytes`.
    #[inline]
    fn may_begin_with(&self, bytes: &[u8]) -> bool {
        // Characters of three bytes, which nearly all are, need not be decoded.
        let &[0xe0..=0xef, block, bit, ref behind @ ..] = bytes else { return true };
        let Some(group) = self.group_at(usize::from(block & 63), usize::from(bit & 63)) else {
            return false;
        };
        let second = match behind {
            [0xe0..=0xef, _, last, ..] | [last @ ..0x80, ..] => last & 63,
            _ => return true,
        };
        group.seconds >> second & 1 == 1
    }

    fn word_at_head(&self, text: &str) -> Option<(T, usize)> {
        let mut chars = text.chars();
        let edge = chars.next()?;
        let group = self.group(edge)?;
        let beside = (edge, chars.next());
        self.longest(group, beside, |word| chars.as_str().starts_with(word))
    }

    /// The longest word that `text` ends with: its value and its length in bytes.
    pub fn at_end(&self, text: &str) -> Option<(T, usize)> {
        let mut chars = text.chars();
        let edge = chars.next_back()?;
        let group = self.group(edge)?;
        let beside = (edge, chars.next_back());
        self.longest(group, beside, |word| chars.as_str().ends_with(word))
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
        let mut at = 0;
        while let Some((value, place)) = self.next_at_head(text, at) {
            at = place.end;
            found(value);
        }
    }

    /// The value of the next word that begins at or behind byte `at` of `text`, of those there the longest, and
    /// where it stands.
    ///
    /// ```
    /// use duban_document::Words;
    ///
    /// let modals = Words::of_heads([("应", "modal"), ("应急", "no modal")]);
    /// assert_eq!(modals.next_at_head("制定应急预案", 0), Some(("no modal", 6..12)));
    /// assert_eq!(modals.next_at_head("制定应急预案", 9), None);
    /// ```
    pub fn next_at_head(&self, text: &str, at: usize) -> Option<(T, Range<usize>)> {
        let mut at = at;
        loop {
            let rest = self.next_stop(text, at, |bytes| self.may_begin_with(bytes))?;
            at = text.len() - rest.len();
            if let Some((value, length)) = self.word_at_head(rest) {
                return Some((value, at..at + length));
            }
            at += rest.chars().next().map_or(0, char::len_utf8);
        }
    }

    /// `text` from its next character at or behind byte `at` that may be an edge. None that is one is
    /// passed over, and hardly one is stopped at that is none.
    ///
    /// ```
    /// use duban_document::Words;
    ///
    /// let modals = Words::of_heads([("要", ())]);
    /// assert_eq!(modals.from_next_edge("抓好落实，要报送", 0), Some("要报送"));
    /// assert_eq!(modals.from_next_edge("抓好落实", 0), None);
    /// ```
    pub fn from_next_edge<'t>(&self, text: &'t str, at: usize) -> Option<&'t str> {
        self.next_stop(text, at, |_| true)
    }

    /// `text` from its next character at or behind byte `at` that may be an edge, of those of three bytes
    /// only one where `stops` holds of the bytes that it begins.
    #[inline]
    fn next_stop<'t>(&self, text: &'t str, at: usize, stops: impl Fn(&[u8]) -> bool) -> Option<&'t str> {
        let bytes = text.as_bytes();
        let mut rest = bytes.get(at..)?;
        loop {
            // Characters of three bytes, which nearly all are, need not be decoded.
            while let [0xe0..=0xef, block, bit, behind @ ..] = rest {
                if self.tails[usize::from(block & 63)] >> (bit & 63) & 1 == 1 && stops(rest) {
                    return text.get(bytes.len() - rest.len()..);
                }
                rest = behind;
            }
            let left = text.get(bytes.len() - rest.len()..)?;
            let c = left.chars().next()?;
            if self.shares_tail(c) {
                return Some(left);
            }
            rest = rest.get(c.len_utf8()..)?;
        }
    }

    /// Whether a word has an edge with the tail of `c`.
    fn shares_tail(&self, c: char) -> bool {
        let (block, bit) = tail(c);
        self.tails[block] >> bit & 1 == 1
    }

    /// The words whose edges share the tail of `edge`, where there are any.
    fn group(&self, edge: char) -> Option<&Group> {
        let (block, bit) = tail(edge);
        self.group_at(block, bit)
    }

    /// The words whose edges have this tail, where there are any.
    #[inline]
    fn group_at(&self, block: usize, bit: usize) -> Option<&Group> {
        let tails = self.tails[block];
        if tails >> bit & 1 == 0 {
            return None;
        }
        let before = (tails & ((1 << bit) - 1)).count_ones() as usize;
        self.groups.get(usize::from(self.groups_before[block]) + before)
    }

    fn words_of(&self, group: &Group) -> &[Word<T>] {
        self.words.get(group.words.0 as usize..group.words.1 as usize).unwrap_or_default()
    }

    /// The longest word of `group` with this edge and `second` beside it whose rest fits.
    fn longest(
        &self,
        group: &Group,
        (edge, second): (char, Option<char>),
        fits: impl Fn(&str) -> bool,
    ) -> Option<(T, usize)> {
        if group.seconds >> second.map_or(0, |second| tail(second).1) & 1 == 0 {
            return None;
        }
        let fits = |word: &&Word<T>| {
            word.edge == edge
                && (word.second.is_none()
                    || word.second == second && (word.rest.is_empty() || fits(&word.rest)))
        };
        self.words_of(group).iter().find(fits).map(|word| (word.value, word.length))
    }
}

/// The tail of a character: its last twelve bits, as the last two bytes of a character of three hold
/// them, six each. Few characters of a language share one.
fn tail(c: char) -> (usize, usize) {
    let code = u32::from(c) as usize;
    (code >> 6 & 63, code & 63)
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
        assert_eq!((heads.single('要'), heads.single('求')), (Some(1), None));
    }
}
