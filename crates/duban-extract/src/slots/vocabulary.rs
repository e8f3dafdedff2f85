//! The words that labels are made of, from `data/units_labels.txt`.

use std::sync::LazyLock;

use duban_document::Words;

use crate::model::SlotRole;

pub(super) static LABELS: LazyLock<Vocabulary> =
    LazyLock::new(|| Vocabulary::read(include_str!("../../data/units_labels.txt")));

/// The label vocabulary.
pub(super) struct Vocabulary {
    /// Whole labels by the characters that they begin with.
    pub(super) whole: Words<SlotRole>,
    /// Words that are labels only at the head of a bracket or behind another label.
    bare: Words<SlotRole>,
    /// All of these by the characters that they end with.
    pub(super) ends: Words<()>,
    pub(super) levels: Vec<&'static str>,
    /// Heads of columns of times that are no labels in running text.
    pub(super) columns: Vec<&'static str>,
}

impl Vocabulary {
    fn read(data: &'static str) -> Self {
        let of = |wanted: &'static str| {
            data.lines()
                .filter_map(move |line| line.split_once(' ').filter(|(kind, _)| *kind == wanted))
                .map(|(_, word)| word)
        };
        let nouns: Vec<&str> = of("noun").collect();
        let mut whole: Vec<(String, SlotRole)> = Vec::new();
        let mut bare: Vec<(String, SlotRole)> = Vec::new();
        for (kind, role) in [
            ("lead", SlotRole::Lead),
            ("responsible", SlotRole::Responsible),
            ("support", SlotRole::Support),
            ("other", SlotRole::Person),
        ] {
            for half in of(kind) {
                whole.extend(nouns.iter().map(|noun| (format!("{half}{noun}"), role)));
                if of("bare").any(|bare| bare == half) {
                    bare.push((half.to_owned(), role));
                }
            }
        }
        whole.extend(of("time").map(|label| (label.to_owned(), SlotRole::Time)));
        whole.extend(of("person").map(|label| (label.to_owned(), SlotRole::Person)));
        Self {
            ends: Words::of_ends(whole.iter().chain(&bare).map(|(label, _)| (label.as_str(), ()))),
            whole: Words::of_heads(whole),
            bare: Words::of_heads(bare),
            levels: of("level").collect(),
            columns: of("column").collect(),
        }
    }

    /// What `label` says its value is.
    pub(super) fn role(&self, label: &str) -> Option<SlotRole> {
        filling(&self.whole, label)
    }

    /// The same for a word that is a label only where other labels stand.
    pub(super) fn bare_role(&self, label: &str) -> Option<SlotRole> {
        filling(&self.bare, label)
    }
}

/// The value of the word that is all of `label`.
fn filling(words: &Words<SlotRole>, label: &str) -> Option<SlotRole> {
    words.at_head(label).filter(|(_, len)| *len == label.len()).map(|(role, _)| role)
}
