//! What was found about one task to its units: each body once, labels before sentences.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Range;

use duban_document::{JoinedText, Places};
use duban_record::{Role, UnitEvidence};

use crate::bodies::canonical::Names;
use crate::bodies::lexicon;
use crate::model::FoundUnit;
use crate::reading;

/// The units of one task, as they are found.
pub(super) struct Units<'a> {
    full_names: &'a Names,
    units: Vec<FoundUnit>,
    /// Index in `units` by [`key`].
    known: BTreeMap<Cow<'a, str>, usize>,
    /// Whether a label of the task itself named a unit.
    labelled: bool,
}

/// A body and what is said of it.
pub(super) struct Mention<'a> {
    pub(super) printed: &'a JoinedText,
    /// The same text in simplified characters, each in its place.
    pub(super) words: &'a str,
    pub(super) range: Range<usize>,
    pub(super) role: Role,
    pub(super) open: bool,
    pub(super) rule: &'static str,
}

impl<'a> Units<'a> {
    pub(super) fn new(full_names: &'a Names) -> Self {
        Self { full_names, units: Vec::new(), known: BTreeMap::new(), labelled: false }
    }

    /// Adds a body that a label, a bracket or a column names.
    pub(super) fn add_labelled(&mut self, mention: &Mention<'a>) {
        self.labelled |= self.add(mention, UnitEvidence::Label);
    }

    /// Adds a body that a sentence names; where labels named some, only a particular one that they
    /// did not name.
    pub(super) fn add_inline(&mut self, mention: &Mention<'a>) {
        let name = mention.read_name();
        // A short form before 等部门 (教育、公安等部门) names a kind as well.
        if self.labelled && (lexicon::is_by_kind(&name) || !lexicon::is_body(&name)) {
            if let Some(at) = self.known.get(&key(&name)) {
                self.units[*at].again.push(mention.places());
            }
            return;
        }
        self.add(mention, UnitEvidence::Inline);
    }

    /// Adds what an ancestor's label hands down, unless the task names the body itself.
    pub(super) fn add_inherited(&mut self, unit: &'a FoundUnit) {
        if let Entry::Vacant(entry) = self.known.entry(key(&reading::fold(&unit.name))) {
            entry.insert(self.units.len());
            self.units.push(FoundUnit { evidence: UnitEvidence::Inherited, ..unit.clone() });
        }
    }

    /// Whether a label of the task itself named a unit.
    pub(super) fn has_labels(&self) -> bool {
        self.labelled
    }

    pub(super) fn finish(self) -> Vec<FoundUnit> {
        self.units
    }

    fn add(&mut self, mention: &Mention<'a>, evidence: UnitEvidence) -> bool {
        let name = mention.read_name();
        if name.is_empty() {
            return false;
        }
        let unit = || FoundUnit {
            name: squeezed(mention.printed.as_str(), &mention.range).into_owned(),
            canonical: self.full_names.canonical(&name),
            role: mention.role,
            evidence,
            open: mention.open,
            rule: mention.rule,
            places: mention.places(),
            again: Vec::new(),
        };
        let known = match self.known.entry(key(&name)) {
            Entry::Vacant(entry) => {
                entry.insert(self.units.len());
                self.units.push(unit());
                return true;
            }
            Entry::Occupied(entry) => self.units.get_mut(*entry.get()),
        };
        let Some(known) = known else { return true };
        known.again.push(mention.places());
        if known.evidence == evidence {
            let (role, open) = (strongest(known.role, mention.role), known.open || mention.open);
            if is_government(&name) && !is_government(&reading::fold(&known.name)) {
                let again = std::mem::take(&mut known.again);
                *known = unit();
                known.again = again;
            }
            (known.role, known.open) = (role, open);
        }
        true
    }
}

impl<'a> Mention<'a> {
    fn places(&self) -> Places {
        self.printed.source_ranges(self.range.clone())
    }

    /// The name in simplified characters, white space gone.
    fn read_name(&self) -> Cow<'a, str> {
        squeezed(self.words, &self.range)
    }
}

fn squeezed<'t>(text: &'t str, range: &Range<usize>) -> Cow<'t, str> {
    lexicon::squeeze(text.get(range.clone()).unwrap_or_default())
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
fn key<'t>(name: &Cow<'t, str>) -> Cow<'t, str> {
    match name {
        Cow::Borrowed(name) => Cow::Borrowed(bare_key(name)),
        Cow::Owned(name) => Cow::Owned(bare_key(name).to_owned()),
    }
}

fn bare_key(name: &str) -> &str {
    let bare = name.strip_prefix('各').unwrap_or(name);
    let base = lexicon::without_brackets(bare);
    let governed = GOVERNMENTS.iter().find_map(|end| base.strip_suffix(end));
    // Most names are those of offices, which stand for nothing else.
    if governed.is_none() && base.len() == bare.len() {
        return bare;
    }
    // 各乡镇（管理区） and 各乡镇人民政府（管理区）.
    let place = lexicon::without_brackets(governed.unwrap_or(base));
    if matches!(lexicon::ending(place), Some((lexicon::Ending::Place, _))) { place } else { bare }
}

/// What the body that governs a place is called behind the name of the place.
const GOVERNMENTS: [&str; 3] = ["人民政府", "政府", "办事处"];

fn is_government(name: &str) -> bool {
    let base = lexicon::without_brackets(name);
    GOVERNMENTS.iter().any(|end| base.ends_with(end))
}
