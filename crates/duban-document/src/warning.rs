//! What a stage noticed without stopping.

use crate::TextRange;

/// A result together with what was noticed on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Warned<T> {
    /// The result.
    pub value: T,
    /// What was noticed, in reading order where it has a place.
    pub warnings: Vec<Warning>,
}

impl<T> Warned<T> {
    /// A result with nothing to remark.
    pub fn clean(value: T) -> Self {
        Self { value, warnings: Vec::new() }
    }
}

/// Something a person should know about the reading of one notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// What kind of thing.
    pub code: WarningCode,
    /// One line for people: lower case, no full stop, quoting the text.
    pub message: String,
    /// The node's full number, where the warning is about one.
    pub number: Option<String>,
    /// The skipped values of a [`WarningCode::NumberingGap`].
    pub missing: Vec<u32>,
    /// Where it stands in the text.
    pub range: Option<TextRange>,
}

impl Warning {
    /// A warning about the document as a whole.
    pub fn new(code: WarningCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), number: None, missing: Vec::new(), range: None }
    }

    /// The same warning with its place.
    #[must_use]
    pub fn at(mut self, range: TextRange) -> Self {
        self.range = Some(range);
        self
    }
}

/// Kinds of warnings; the record gives them in snake case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WarningCode {
    /// Numbers are skipped in a series.
    NumberingGap,
    /// A number stands twice under one parent.
    NumberingRepeat,
    /// A label does not fit its level.
    LabelStyle,
    /// A paragraph or row begins like an item, but was not taken as one.
    SkippedLabel,
    /// A table whose cells nothing parts: it was read as text, or its cells were told by what its columns hold.
    FlatTable,
    /// A table of tasks without numbers; its rows were read as text.
    UnnumberedTable,
    /// A time whose period could be read in two ways.
    AmbiguousDeadline,
    /// The file holds the same text twice; it was read once.
    RepeatedText,
    /// A page without text, such as a scan.
    NoText,
    /// Characters that could not be known.
    UnknownCharacters,
    /// The file was damaged and was repaired.
    Repaired,
    /// The file ends too early.
    Truncated,
    /// The content is of another format than the name says.
    FormatMismatch,
    /// Bytes that are not valid in the text's encoding.
    EncodingErrors,
}
