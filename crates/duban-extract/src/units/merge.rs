//! What was found about one task to its units: each body once, labels before sentences.

use duban_document::JoinedText;
use duban_record::{Role, UnitEvidence};

use super::canonical::Places;
use super::lexicon;
use crate::model::FoundUnit;

/// The units of one task, as they are found.
pub(super) struct Units<'a> {
    places: &'a Places,
    units: Vec<(String, FoundUnit)>,
}

/// A body and what is said of it.
pub(super) struct Mention<'a> {
    pub(super) text: &'a JoinedText,
    pub(super) range: std::ops::Range<usize>,
    pub(super) role: Role,
    pub(super) open: bool,
    pub(super) rule: &'static str,
}

impl<'a> Units<'a> {
    pub(super) fn new(places: &'a Places) -> Self {
        Self { places, units: Vec::new() }
    }

    /// Adds a body that a label, a bracket or a column names.
    pub(super) fn add_labelled(&mut self, mention: &Mention<'_>) {
        self.add(mention, UnitEvidence::Label);
    }

    /// Adds a body that a sentence names; where labels named some, only a particular one that they
    /// did not name.
    pub(super) fn add_inline(&mut self, mention: &Mention<'_>) {
        let name = name(mention);
        if self.has_labels() && lexicon::is_by_kind(&name) {
            return;
        }
        self.add(mention, UnitEvidence::Inline);
    }

    /// Adds what an ancestor's label hands down, unless the task names the body itself.
    pub(super) fn add_inherited(&mut self, unit: &FoundUnit) {
        let key = key(&unit.name);
        if !self.units.iter().any(|(known, _)| *known == key) {
            self.units.push((key, FoundUnit { evidence: UnitEvidence::Inherited, ..unit.clone() }));
        }
    }

    /// Whether a label of the task itself named a unit.
    pub(super) fn has_labels(&self) -> bool {
        self.units.iter().any(|(_, unit)| unit.evidence == UnitEvidence::Label)
    }

    pub(super) fn finish(self) -> Vec<FoundUnit> {
        self.units.into_iter().map(|(_, unit)| unit).collect()
    }

    fn add(&mut self, mention: &Mention<'_>, evidence: UnitEvidence) {
        let name = name(mention);
        let key = key(&name);
        if name.is_empty() {
            return;
        }
        let Some((_, known)) = self.units.iter_mut().find(|(known, _)| *known == key) else {
            let unit = FoundUnit {
                canonical: self.places.canonical(&name),
                name,
                role: mention.role,
                evidence,
                open: mention.open,
                rule: mention.rule,
                places: mention.text.source_ranges(mention.range.clone()),
            };
            self.units.push((key, unit));
            return;
        };
        if known.evidence != evidence {
            return;
        }
        known.role = strongest(known.role, mention.role);
        known.open |= mention.open;
        if is_government(&name) && !is_government(&known.name) {
            known.canonical = self.places.canonical(&name);
            known.name = name;
            known.places = mention.text.source_ranges(mention.range.clone());
        }
    }
}

fn name(mention: &Mention<'_>) -> String {
    lexicon::squeeze(mention.text.as_str().get(mention.range.clone()).unwrap_or_default()).into_owned()
}

/// Lead, then responsible, then support.
fn strongest(one: Role, other: Role) -> Role {
    match (one, other) {
        (Role::Lead, _) | (_, Role::Lead) => Role::Lead,
        (Role::Responsible, _) | (_, Role::Responsible) => Role::Responsible,
        _ => Role::Support,
    }
}

/// Equal for two names of one body: 各X and X, a place and its government, 人民政府 and 政府.
fn key(name: &str) -> String {
    let bare = name.strip_prefix('各').unwrap_or(name);
    let place =
        ["人民政府", "政府", "办事处"].iter().find_map(|end| bare.strip_suffix(end)).filter(|place| {
            matches!(lexicon::ending(lexicon::without_brackets(place)), Some((lexicon::Ending::Place, _)))
        });
    place.unwrap_or(bare).to_owned()
}

fn is_government(name: &str) -> bool {
    name.ends_with("政府") || name.ends_with("办事处")
}
