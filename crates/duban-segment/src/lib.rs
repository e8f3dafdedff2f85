//! Chinese text to words.
//!
//! [`Segmenter`] is jieba-rs with a dictionary of administrative vocabulary (`data/dictionary.txt`),
//! so that 政务公开, 牵头单位 and 市场监督管理局 stay whole. It may only cut: the words of a text, joined,
//! are that text, byte by byte.
//!
//! Cutting is the most expensive step there is over a text. Extraction does without it; the index
//! is what it is for.

use std::ops::Range;
use std::sync::OnceLock;

use jieba_rs::{Jieba, Token};

/// One word of the dictionary a line; `#` heads a group.
const DICTIONARY: &str = include_str!("../data/dictionary.txt");

/// Cuts text into words.
///
/// Cheap to get and to copy: the dictionaries load once a process, when the first one is made.
///
/// ```
/// use duban_segment::Segmenter;
///
/// let words = Segmenter::new().segment("由牵头单位做好政务公开");
/// let texts: Vec<_> = words.iter().map(|word| word.text).collect();
/// assert_eq!(texts, ["由", "牵头单位", "做好", "政务公开"]);
/// assert_eq!(words[1].range, 3..15);
/// ```
#[derive(Clone, Copy)]
pub struct Segmenter {
    jieba: &'static Jieba,
}

impl Segmenter {
    /// The segmenter; the first call of a process loads the dictionaries.
    pub fn new() -> Self {
        static JIEBA: OnceLock<Jieba> = OnceLock::new();
        Self { jieba: JIEBA.get_or_init(load) }
    }

    /// The words of `text` in order. Joined, they are `text`.
    pub fn segment<'t>(&self, text: &'t str) -> Vec<Word<'t>> {
        self.jieba.cut(text, true).into_iter().map(Word::from).collect()
    }

    /// The words of `text` and the words of two and three characters inside them, as a search index
    /// wants them: a document that says 市场监督管理局 is also found by 监督. Shorter words stand before
    /// the word that holds them.
    ///
    /// ```
    /// use duban_segment::Segmenter;
    ///
    /// let words = Segmenter::new().segment_for_search("市场监督管理局");
    /// assert!(words.iter().any(|word| word.text == "监督"));
    /// ```
    pub fn segment_for_search<'t>(&self, text: &'t str) -> Vec<Word<'t>> {
        self.jieba.cut_for_search(text, true).into_iter().map(Word::from).collect()
    }
}

impl Default for Segmenter {
    fn default() -> Self {
        Self::new()
    }
}

/// A word and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Word<'t> {
    /// Its text.
    pub text: &'t str,
    /// Its bytes in the text that was cut.
    pub range: Range<usize>,
}

impl<'t> From<Token<'t>> for Word<'t> {
    fn from(token: Token<'t>) -> Self {
        Self { text: token.word, range: token.byte_start..token.byte_end }
    }
}

fn load() -> Jieba {
    let mut jieba = Jieba::new();
    for word in DICTIONARY.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        // Without a count jieba picks the least that keeps the word whole.
        jieba.add_word(word, None, None);
    }
    jieba
}
