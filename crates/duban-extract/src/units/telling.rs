//! Characters at which a look for a name has something to decide; nine in ten are passed over.

use std::sync::LazyLock;

use duban_document::Words;

use super::lexicon;

/// What tells beside the ends of names: marks, and words that no name holds or that charge whoever stands before
/// them (负责, 牵头).
const MARKS: &str = "等的了要负牵、，,。；;！？!?\n：:∶﹕︰《“”（(【[〔［﹝｛{〖）)】]〕］﹞｝}〗";

static TELLING: LazyLock<Words<()>> = LazyLock::new(|| {
    let characters = lexicon::last_characters().chain(MARKS.chars());
    Words::of_heads(characters.map(|c| (c.to_string(), ())))
});

/// Whether `c` may end a name or the look for one.
pub(super) fn is_telling(c: char) -> bool {
    TELLING.has_edge(c)
}

/// Where the next such character of `text` at or behind byte `at` stands, or `text` ends; `None` where
/// characters that tell nothing reach from `at` beyond byte `longest`.
pub(super) fn next(text: &str, at: usize, longest: usize) -> Option<usize> {
    let next = TELLING.from_next_edge(text, at).map_or(text.len(), |rest| text.len() - rest.len());
    let passed = next > at + lexicon::SINGLE;
    (!passed || next <= longest + lexicon::SINGLE).then_some(next)
}
