//! A text as the rules read it: in simplified characters, its marks and labelled slots found.

use std::borrow::Cow;
use std::sync::LazyLock;

use duban_document::JoinedText;
pub(crate) use duban_script::{fold, simplified};
use regex::Regex;

use crate::marks::{Mark, find_marks};
use crate::slots::{Slot, find_slots_among, find_slots_in_cell};

/// Which characters a notice is printed in. Most hold no traditional one that tells, and of those no
/// text needs a look of its own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Script {
    has_traditional: bool,
}

impl Script {
    /// The script of a notice that says `text`.
    pub(crate) fn of(text: &str) -> Self {
        Self { has_traditional: is_traditional(text) }
    }

    /// Whether the notice holds traditional characters that tell.
    pub(crate) fn has_traditional(self) -> bool {
        self.has_traditional
    }

    /// `text`, a short part of the notice, in simplified characters.
    pub(crate) fn fold(self, text: &str) -> Cow<'_, str> {
        if self.has_traditional { fold(text) } else { Cow::Borrowed(text) }
    }

    /// `text`, a part of the notice, as the rules read it: folded where it is printed in traditional
    /// characters.
    pub(crate) fn read(self, text: &str) -> Cow<'_, str> {
        if !self.has_traditional {
            return Cow::Borrowed(text);
        }
        let head = text.get(..text.floor_char_boundary(TELLING.min(text.len()))).unwrap_or_default();
        if is_traditional(head) { fold(text) } else { Cow::Borrowed(text) }
    }
}

/// Bytes of a text that tell which characters it is printed in.
const TELLING: usize = 900;

/// Traditional characters that hardly a notice lacks.
static TRADITIONAL: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new("[關發辦實縣務門應]").ok());

/// Whether `text` is printed in traditional characters.
fn is_traditional(text: &str) -> bool {
    TRADITIONAL.as_ref().is_some_and(|told| told.is_match(text))
}

/// A text and how it reads, each character in its place.
pub(crate) struct Reading<'t> {
    /// Of the notice, for what is read beside it.
    pub(crate) script: Script,
    pub(crate) printed: &'t JoinedText,
    pub(crate) words: Cow<'t, str>,
    /// The marks that put it together.
    pub(crate) marks: Vec<Mark>,
    /// Its labelled slots.
    pub(crate) slots: Vec<Slot>,
}

impl<'t> Reading<'t> {
    /// `printed`, a part of a notice in `script`.
    pub(crate) fn of(printed: &'t JoinedText, script: Script) -> Self {
        Self::with_slots(printed, script, find_slots_among)
    }

    /// `printed`, a cell of a table in a notice in `script`.
    pub(crate) fn of_cell(printed: &'t JoinedText, script: Script) -> Self {
        Self::with_slots(printed, script, find_slots_in_cell)
    }

    fn with_slots(printed: &'t JoinedText, script: Script, find: fn(&str, &[Mark]) -> Vec<Slot>) -> Self {
        let words = script.read(printed.as_str());
        let marks = find_marks(&words);
        let slots = find(&words, &marks);
        Self { script, printed, words, marks, slots }
    }

    /// `printed` as a notice of its own.
    #[cfg(test)]
    pub(crate) fn alone(printed: &'t JoinedText) -> Self {
        Self::of(printed, Script::of(printed.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_traditional_texts_are_folded_and_offsets_stay() {
        let text = "嵐溪縣人民政府辦公室關於印發（2021年）的通知";
        let read = Script::of(text).read(text);
        assert_eq!(read, "岚溪县人民政府办公室关于印发（2021年）的通知");
        assert_eq!(read.len(), text.len());
        let simplified = "云岭县人民政府办公室关于印发方案的通知，乾隆年间";
        assert_eq!(Script::of(simplified).read(simplified), simplified);
    }
}
