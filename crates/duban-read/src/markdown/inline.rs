//! Runs of a Markdown line to its text as seen, each byte with its place.

use duban_document::{JoinedText, JoinedTextBuilder, TextRange};

use crate::clean;

/// The line being read.
///
/// Runs that touch in the source are cleaned together, because what is not seen (`[bookmark: …]`)
/// may be cut apart by the markup's own reading of it.
#[derive(Default)]
pub(super) struct Inline {
    builder: JoinedTextBuilder,
    /// A run that may still grow.
    pending: Option<TextRange>,
    only_label: bool,
}

impl Inline {
    /// Whether nothing was read.
    pub(super) fn is_empty(&self) -> bool {
        self.pending.is_none() && self.builder.as_str().is_empty()
    }

    /// Whether nothing but a list's label was read.
    pub(super) fn is_label(&self) -> bool {
        self.only_label
    }

    /// Appends `text`, which stands in `range` of the source, perhaps in other words: as an entity, as
    /// code between its backticks.
    pub(super) fn push(&mut self, source: &str, text: &str, range: TextRange) {
        self.only_label = false;
        let printed = range.slice(source);
        if let Some(skipped) = printed.find(text).filter(|_| !text.is_empty()) {
            let start = range.start() + skipped;
            self.push_source(source, TextRange::new(start, start + text.len()));
        } else {
            self.settle(source);
            self.builder.push_glue(clean::clean(text).as_str());
        }
    }

    /// Appends a list's label.
    pub(super) fn push_label(&mut self, source: &str, range: TextRange) {
        self.push_source(source, range);
        self.only_label = true;
    }

    /// Appends text without a place.
    pub(super) fn push_glue(&mut self, source: &str, glue: &str) {
        self.settle(source);
        self.builder.push_glue(glue);
    }

    /// The line's text without white space at both ends; starts the next.
    pub(super) fn finish(&mut self, source: &str) -> JoinedText {
        self.settle(source);
        self.only_label = false;
        let joined = std::mem::take(&mut self.builder).finish();
        let text = joined.as_str();
        let start = text.len() - text.trim_start().len();
        let end = start + text.trim().len();
        if (start, end) == (0, text.len()) { joined } else { joined.part(start..end) }
    }

    fn push_source(&mut self, source: &str, range: TextRange) {
        match &mut self.pending {
            Some(pending) if pending.end() == range.start() => *pending = pending.cover(range),
            _ => {
                self.settle(source);
                self.pending = Some(range);
            }
        }
    }

    fn settle(&mut self, source: &str) {
        if let Some(range) = self.pending.take() {
            clean::push(&mut self.builder, source, range.start(), range.end());
        }
    }
}
