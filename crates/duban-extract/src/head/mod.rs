//! The head of a notice and the roles of the blocks around the plan.

use duban_document::{Block, Document, TextRange};

/// What stands around the numbered items.
pub(crate) struct Structure {
    /// The document's blocks; paragraphs that run several things together are cut apart.
    pub(crate) blocks: Vec<Block>,
    /// What each block is, as many as `blocks`.
    pub(crate) roles: Vec<BlockRole>,
    /// The head fields.
    pub(crate) head: Head,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum BlockRole {
    /// Title of the notice, its number, recipients, signature, date, imprint, 附件：list, 此件公开发布 and the
    /// like: read for the head and nothing else.
    Head,
    /// Title of the plan that the notice encloses, or printed again: the plan begins after it.
    PlanTitle,
    /// 附件, 附件1：… where an attachment begins, alone on its line.
    AttachmentMark,
    /// Title of an attachment, behind its mark.
    AttachmentTitle,
    /// Everything else: preamble, items, tables, closing words.
    Body,
}

/// The head fields of the record with their places.
#[derive(Clone, Debug, Default)]
pub(crate) struct Head {
    pub(crate) title: Option<String>,
    pub(crate) document_number: Option<String>,
    pub(crate) issuer: Option<String>,
    pub(crate) recipients: Vec<String>,
    /// ISO 8601.
    pub(crate) issued_on: Option<String>,
    pub(crate) plan_year: Option<i32>,
    /// Whether `plan_year` was taken from a title rather than the date of issue.
    pub(crate) year_in_title: bool,
    pub(crate) basis: Vec<FoundBasis>,
    pub(crate) attachments: Vec<String>,
}

/// A document named as basis.
#[derive(Clone, Debug)]
pub(crate) struct FoundBasis {
    pub(crate) title: String,
    pub(crate) document_number: Option<String>,
    pub(crate) places: Vec<TextRange>,
}

/// Reads the head and says what each block is.
pub(crate) fn read_structure(document: &Document) -> Structure {
    Structure {
        blocks: document.blocks.clone(),
        roles: vec![BlockRole::Body; document.blocks.len()],
        head: Head::default(),
    }
}
