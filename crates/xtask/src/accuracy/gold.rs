//! Gold as annotators write it: the fields of the record that are scored.

use duban_record::{DeadlineKind, Kind, Role, Within};
use serde::Deserialize;

/// Gold of one notice.
#[derive(Debug, Deserialize)]
pub(crate) struct Gold {
    pub(crate) title: Option<String>,
    pub(crate) document_number: Option<String>,
    pub(crate) issuer: Option<String>,
    pub(crate) recipients: Vec<String>,
    pub(crate) issued_on: Option<String>,
    pub(crate) plan_year: Option<i32>,
    pub(crate) basis: Vec<GoldBasis>,
    pub(crate) attachments: Vec<String>,
    /// Number of the item after a gap, and a word with the missing value.
    pub(crate) gaps: Vec<(String, String)>,
    pub(crate) tasks: Vec<GoldTask>,
}

/// A document named as basis.
#[derive(Debug, Deserialize)]
pub(crate) struct GoldBasis {
    pub(crate) title: String,
    pub(crate) document_number: Option<String>,
}

/// A task.
#[derive(Debug, Deserialize)]
pub(crate) struct GoldTask {
    pub(crate) number: String,
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) kind: Kind,
    pub(crate) units: Vec<GoldUnit>,
    pub(crate) deadlines: Vec<GoldDeadline>,
}

/// A unit.
#[derive(Debug, Deserialize)]
pub(crate) struct GoldUnit {
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) evidence: duban_record::UnitEvidence,
}

/// A deadline.
#[derive(Debug, Deserialize)]
pub(crate) struct GoldDeadline {
    pub(crate) raw: String,
    pub(crate) kind: DeadlineKind,
    #[serde(default)]
    pub(crate) due: Option<String>,
    #[serde(default)]
    pub(crate) start: Option<String>,
    #[serde(default)]
    pub(crate) within: Option<Within>,
    #[serde(default)]
    pub(crate) rrule: Option<String>,
}
