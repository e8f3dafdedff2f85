//! By when: times from sentences, labelled slots and table columns.

use duban_document::JoinedText;
use duban_time::TimeContext;

use crate::model::{FoundDeadline, SlotRole};

/// Deadlines that the label of a heading hands down to every item below it.
pub(crate) fn heading_deadlines(_text: &JoinedText, _context: &TimeContext) -> Vec<FoundDeadline> {
    Vec::new()
}

/// Deadlines of one task, in reading order: of its text, its labelled slots, its table columns, and
/// what its ancestors hand down where it has no labelled one of its own.
pub(crate) fn task_deadlines(
    _text: &JoinedText,
    _columns: &[(SlotRole, JoinedText)],
    _inherited: &[FoundDeadline],
    _context: &TimeContext,
) -> Vec<FoundDeadline> {
    Vec::new()
}
