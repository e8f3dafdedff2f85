//! Values on their way into the record: they still know their [`Places`].

use duban_document::Places;
use duban_record::{DeadlineEvidence, Role, UnitEvidence};
use duban_time::{TimeValue, YearOrigin};

/// What a label in the text or the head of a table's column says its value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum SlotRole {
    /// 牵头单位.
    Lead,
    /// 配合单位, 协办单位.
    Support,
    /// 责任单位.
    Responsible,
    /// 完成时限, 时间节点.
    Time,
    /// 责任人, 牵头领导, 联系电话: nobody and nothing that the record gives, but it ends the slot before it.
    Person,
}

impl SlotRole {
    /// The label that says it in running text.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Lead => "牵头单位：",
            Self::Support => "配合单位：",
            Self::Responsible => "责任单位：",
            Self::Time => "完成时限：",
            Self::Person => "责任人：",
        }
    }
}

/// A unit that was found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FoundUnit {
    /// As printed, white space gone.
    pub(crate) name: String,
    /// Normalised name in full.
    pub(crate) canonical: Option<String>,
    pub(crate) role: Role,
    pub(crate) evidence: UnitEvidence,
    /// 等 leaves the list open after it.
    pub(crate) open: bool,
    /// The rule that made it, such as `label.lead` or `inline.modal`.
    pub(crate) rule: &'static str,
    /// Where the name stands in the source.
    pub(crate) places: Places,
    /// Where sentences name it again.
    pub(crate) again: Vec<Places>,
}

/// A deadline that was found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FoundDeadline {
    /// The words, white space gone.
    pub(crate) raw: String,
    pub(crate) value: TimeValue,
    /// 前, 内, 起, 底, 末, 期间 as printed.
    pub(crate) operator: Option<String>,
    pub(crate) year_from: Option<YearOrigin>,
    pub(crate) evidence: DeadlineEvidence,
    /// The rule that made it, such as `date.month_end` or `recurring.yearly`.
    pub(crate) rule: &'static str,
    /// Whether its period could be read in two ways.
    pub(crate) ambiguous: bool,
    /// Where the words stand in the source.
    pub(crate) places: Places,
}
