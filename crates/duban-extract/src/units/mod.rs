//! Who is responsible: units from labels, brackets, columns and sentences.

use duban_document::JoinedText;

use crate::model::{FoundUnit, SlotRole};

/// Reads units item by item, in reading order, because a rule may hold for all that follows it.
pub(crate) struct UnitReader {}

impl UnitReader {
    /// A reader for a notice of `issuer`, whose name resolves elided levels (县卫健局).
    pub(crate) fn new(_issuer: Option<&str>) -> Self {
        Self {}
    }

    /// Takes note of rules for the whole document in text outside the outline.
    pub(crate) fn observe(&mut self, _text: &str) {}

    /// Units that the label of a heading hands down to every item below it; `text` is what stands
    /// under the heading before its first item, the heading itself included.
    pub(crate) fn heading_units(&mut self, _text: &JoinedText) -> Vec<FoundUnit> {
        Vec::new()
    }

    /// Units of one task: `text` is all of it (paragraphs joined by `\n`), `columns` are the cells
    /// of its table row in labelled columns, `inherited` is what its ancestors hand down.
    pub(crate) fn task_units(
        &mut self,
        _text: &JoinedText,
        _columns: &[(SlotRole, JoinedText)],
        _inherited: &[FoundUnit],
    ) -> Vec<FoundUnit> {
        Vec::new()
    }
}
