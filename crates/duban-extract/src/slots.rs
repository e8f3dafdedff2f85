//! Labelled slots in running text, （责任单位：…；完成时限：…）, and what a label or a column's head says.

use std::ops::Range;

use crate::model::SlotRole;

/// A label and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) role: SlotRole,
    /// The label with its colon.
    pub(crate) label: Range<usize>,
    /// What it labels: up to the next label, the closing bracket or the end of the clause.
    pub(crate) value: Range<usize>,
}

/// All slots of `text`, in order.
pub(crate) fn find_slots(_text: &str) -> Vec<Slot> {
    Vec::new()
}

/// What the label or column head `label` (white space and colon apart) says its values are.
pub(crate) fn role_of(_label: &str) -> Option<SlotRole> {
    None
}
