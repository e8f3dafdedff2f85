//! Who is responsible: units from labels, brackets, columns and sentences.
//!
//! `slots` find labels, [`roles`] says what a value says of the bodies in it, [`names`] splits lists,
//! [`labels`] reads labels and brackets, [`clause`] and [`inline`] read sentences, [`rules`] what holds
//! for all that follows, [`merge`] gives each body once.

mod canonical;
mod clause;
mod inline;
mod labels;
mod lexicon;
mod merge;
mod names;
mod roles;
mod rules;
#[cfg(test)]
mod spec;
mod words;

use std::ops::Range;

use duban_document::JoinedText;
use duban_record::{Role, UnitEvidence};

use crate::model::{FoundUnit, SlotRole};
use canonical::Places;
use labels::{Labelled, Labels};
use merge::{Mention, Units};

/// Reads units item by item, in reading order, because a rule may hold for all that follows it.
pub(crate) struct UnitReader {
    places: Places,
    /// Whether the first of each list leads.
    first_leads: bool,
    /// Units of every later item: 以下均需…落实.
    following: Vec<FoundUnit>,
}

impl UnitReader {
    /// A reader for a notice of `issuer`, whose name resolves elided levels (县卫健局).
    pub(crate) fn new(issuer: Option<&str>) -> Self {
        Self { places: Places::of(issuer), first_leads: false, following: Vec::new() }
    }

    /// Takes note of rules for the whole document in text outside the outline.
    pub(crate) fn observe(&mut self, text: &str) {
        self.first_leads |= rules::first_leads(text);
    }

    /// Units that the label of a heading hands down to every item below it; `text` is what stands
    /// under the heading before its first item, the heading itself included.
    pub(crate) fn heading_units(&mut self, text: &JoinedText) -> Vec<FoundUnit> {
        self.observe(text.as_str());
        let mut units = Units::new(&self.places);
        for unit in labels::read(text.as_str(), self.first_leads).units {
            units.add_labelled(&mention(text, unit));
        }
        let handed_down = units.finish();
        self.follow(text);
        handed_down.into_iter().map(|unit| FoundUnit { evidence: UnitEvidence::Inherited, ..unit }).collect()
    }

    /// Units of one task: `text` is all of it (paragraphs joined by `\n`), `columns` are the cells
    /// of its table row in labelled columns, `inherited` is what its ancestors hand down.
    ///
    /// Text outside the outline is read as a task without columns and ancestors.
    pub(crate) fn task_units(
        &mut self,
        text: &JoinedText,
        columns: &[(SlotRole, JoinedText)],
        inherited: &[FoundUnit],
    ) -> Vec<FoundUnit> {
        self.observe(text.as_str());
        let mut units = Units::new(&self.places);
        self.read_columns(columns, &mut units);
        let Labels { units: labelled, spent } = labels::read(text.as_str(), self.first_leads);
        for unit in labelled {
            units.add_labelled(&mention(text, unit));
        }
        for named in inline::read(&blank(text.as_str(), &spent)) {
            let inline::Named { range, open, role, rule } = named;
            units.add_inline(&Mention { text, range, role, open, rule });
        }
        if !units.has_labels() {
            for unit in inherited {
                units.add_inherited(unit);
            }
        }
        for unit in &self.following {
            units.add_inherited(unit);
        }
        let units = units.finish();
        self.follow(text);
        units
    }

    /// Cells of labelled columns. Beside a filled lead cell all others help; beside an empty one they
    /// are responsible.
    fn read_columns(&self, columns: &[(SlotRole, JoinedText)], units: &mut Units<'_>) {
        let beside_lead = columns.iter().any(|(role, _)| *role == SlotRole::Lead);
        let led = columns
            .iter()
            .any(|(role, cell)| *role == SlotRole::Lead && !cell_units(cell, Role::Lead, false).is_empty());
        for (column, cell) in columns {
            let role = match column {
                SlotRole::Lead => Role::Lead,
                SlotRole::Support | SlotRole::Responsible if led => Role::Support,
                SlotRole::Support if !beside_lead => Role::Support,
                SlotRole::Support | SlotRole::Responsible => Role::Responsible,
                SlotRole::Time | SlotRole::Person => continue,
            };
            let first_leads = self.first_leads && !beside_lead && role == Role::Responsible;
            for unit in cell_units(cell, role, first_leads) {
                units.add_labelled(&mention(cell, unit));
            }
        }
    }

    /// Takes note of the bodies that `text` names for all that follows.
    fn follow(&mut self, text: &JoinedText) {
        let mut units = Units::new(&self.places);
        for range in rules::named_for_all(text.as_str()) {
            let role = Role::Responsible;
            units.add_labelled(&Mention { text, range, role, open: false, rule: "rule.following" });
        }
        self.following.extend(units.finish());
    }
}

/// Units of a cell: of the labels in it, or of the whole cell.
fn cell_units(cell: &JoinedText, role: Role, first_leads: bool) -> Vec<Labelled> {
    let text = cell.as_str();
    let own = labels::read(text, first_leads);
    if own.units.iter().any(|unit| unit.rule != "label.bracket") {
        return own.units;
    }
    labels::assign(text, roles::read(text, 0..text.len()), role, "label.column", first_leads)
}

fn mention(text: &JoinedText, unit: Labelled) -> Mention<'_> {
    Mention { text, range: unit.range, role: unit.role, open: unit.open, rule: unit.rule }
}

/// `text` with the bytes of `spent` blanked, so that places stay the same.
fn blank(text: &str, spent: &[Range<usize>]) -> String {
    let mut blanked = String::with_capacity(text.len());
    let mut ranges = spent.to_vec();
    ranges.sort_by_key(|range| range.start);
    let mut end = 0;
    for range in ranges {
        if range.start >= end {
            blanked.push_str(text.get(end..range.start).unwrap_or_default());
            blanked.extend(std::iter::repeat_n(' ', range.len()));
            end = range.end;
        }
    }
    blanked.push_str(text.get(end..).unwrap_or_default());
    blanked
}
