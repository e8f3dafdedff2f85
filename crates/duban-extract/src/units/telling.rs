//! Characters at which a look for a name has something to decide; nine in ten are passed over.

use std::sync::LazyLock;

use duban_document::Words;

use crate::bodies::lexicon;

/// What such a character tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Telling {
    /// A body's name may end with it.
    EndsName,
    /// The name of a person or a post may end with it, and no body's.
    EndsPerson,
    /// It is a mark, or begins a word that no name holds or that charges whoever stands before it (负责,
    /// 牵头).
    Other,
}

/// Marks, and the first characters of words that no name holds or that charge whoever stands before them.
const OTHERS: &str = "的了要负牵、，,。；;！？!?\n：:∶﹕︰“《》（(【[〔［﹝｛{〖〈";
/// What else may stand at the end of a name: 县财政局等, 县指挥部（…）.
const CLOSING: &str = "等”）)】]〕］﹞｝}〗〉";

static TELLING: LazyLock<Words<Telling>> = LazyLock::new(|| {
    let others = OTHERS.chars().map(|c| (c, Telling::Other));
    let persons = lexicon::last_characters_of_persons().map(|c| (c, Telling::EndsPerson));
    let names = lexicon::last_characters().chain(CLOSING.chars()).map(|c| (c, Telling::EndsName));
    Words::of_heads(others.chain(persons).chain(names).map(|(c, telling)| (c.to_string(), telling)))
});

/// What `c` tells, if anything.
pub(super) fn of(c: char) -> Option<Telling> {
    TELLING.single(c)
}

/// Where the next such character of `text` at or behind byte `at` stands, or `text` ends; `None` where
/// characters that tell nothing reach from `at` beyond byte `longest`.
pub(super) fn next(text: &str, at: usize, longest: usize) -> Option<usize> {
    let next = TELLING.from_next_edge(text, at).map_or(text.len(), |rest| text.len() - rest.len());
    let passed = next > at + lexicon::SINGLE;
    (!passed || next <= longest + lexicon::SINGLE).then_some(next)
}
