//! The words that labels are made of, from `data/slots_labels.txt`.

use std::sync::LazyLock;

use duban_document::Words;
use foldhash::{HashMap, HashMapExt};

use super::Spaced;
use crate::model::SlotRole;

pub(super) static LABELS: LazyLock<Vocabulary> =
    LazyLock::new(|| Vocabulary::read(include_str!("../../data/slots_labels.txt")));

/// The label vocabulary.
pub(super) struct Vocabulary {
    /// Whole labels.
    whole: HashMap<String, SlotRole>,
    /// Words that are labels only at the head of a bracket or behind another label.
    bare: HashMap<&'static str, SlotRole>,
    /// Words that all of these begin with.
    pub(super) heads: Words<()>,
    /// Words that all of these end with.
    pub(super) ends: Words<()>,
    /// What says of which level a body is.
    pub(super) levels: Words<()>,
    /// Heads of columns of times that are no labels in running text.
    pub(super) columns: Vec<&'static str>,
    /// What a mark may part from the label before it: 责任部门、单位.
    second: Vec<&'static str>,
}

impl Vocabulary {
    fn read(data: &'static str) -> Self {
        let lines: Vec<(&str, &str)> = data.lines().filter_map(|line| line.split_once(' ')).collect();
        let of = |wanted: &'static str| {
            lines.iter().filter(move |(kind, _)| *kind == wanted).map(|(_, word)| *word)
        };
        let bare_halves: Vec<&str> = of("bare").collect();
        let (mut whole, mut bare) = (HashMap::new(), HashMap::new());
        let (mut heads, mut ends) = (Vec::new(), bare_halves.clone());
        for (kind, role) in [
            ("lead", SlotRole::Lead),
            ("responsible", SlotRole::Responsible),
            ("support", SlotRole::Support),
            ("other", SlotRole::Person),
        ] {
            for half in of(kind) {
                whole.extend(of("noun").map(|noun| ([half, noun].concat(), role)));
                if bare_halves.contains(&half) {
                    bare.insert(half, role);
                    whole.extend(of("office").map(|office| ([half, office].concat(), role)));
                }
                heads.push(half);
            }
        }
        ends.extend(of("noun").chain(of("office")));
        for (kind, role) in
            [("time", SlotRole::Time), ("person", SlotRole::Person), ("charge", SlotRole::Responsible)]
        {
            whole.extend(of(kind).map(|label| (label.to_owned(), role)));
            heads.extend(of(kind));
            ends.extend(of(kind));
        }
        Self {
            whole,
            bare,
            heads: Words::of_heads(heads.into_iter().map(|head| (head, ()))),
            ends: Words::of_ends(ends.into_iter().map(|end| (end, ()))),
            levels: Words::of_heads(of("level").map(|level| (level, ()))),
            columns: of("column").collect(),
            second: of("second").collect(),
        }
    }

    /// Whether the characters of `read`, the last first, are what a mark may part from a label.
    pub(super) fn may_be_second(&self, read: &[Spaced]) -> bool {
        self.second.iter().any(|word| word.chars().rev().eq(read.iter().map(|(_, c, _)| *c)))
    }

    /// What `label` says its value is.
    pub(super) fn role(&self, label: &str) -> Option<SlotRole> {
        self.heads.at_head(label)?;
        self.whole.get(label).copied()
    }

    /// Whether `text` begins with a word that is a label without a noun too.
    pub(super) fn opens_with_bare(&self, text: &str) -> bool {
        self.bare.keys().any(|word| text.starts_with(word))
    }

    /// The same as [`Self::role`] for a word that is a label only where other labels stand.
    pub(super) fn bare_role(&self, label: &str) -> Option<SlotRole> {
        self.bare.get(label).copied()
    }
}
