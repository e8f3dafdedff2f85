//! The word lists of the head, read once.

use std::sync::LazyLock;

use super::text::{is_within, squeeze, without_end_bracket};
use crate::script::fold;

/// The words of a data file: one a line, `#` opens a comment.
fn words(file: &'static str) -> Vec<&'static str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

macro_rules! word_list {
    ($name:ident, $file:literal) => {
        static $name: LazyLock<Vec<&'static str>> =
            LazyLock::new(|| words(include_str!(concat!("../../data/", $file))));
    };
}

word_list!(TITLE_ENDINGS, "head_title_endings.txt");
word_list!(PART_HEADINGS, "head_part_headings.txt");
word_list!(PAGE_WORDS, "head_page_words.txt");
word_list!(ORGAN_ENDINGS, "head_organ_endings.txt");
word_list!(CAPTION_KEYS, "head_caption_keys.txt");
word_list!(BASIS_NAMES, "head_basis_names.txt");

fn ends_in(text: &str, list: &[&'static str]) -> Option<&'static str> {
    list.iter().filter(|word| text.ends_with(**word)).max_by_key(|word| word.len()).copied()
}

/// Whether `text` (squeezed) ends as the title of a document does, a bracket and 》 apart.
pub(super) fn ends_as_title(text: &str) -> bool {
    let bare = text.trim_end_matches(['》', '”', '*', '＊', '　']);
    let bare = without_end_bracket(bare).trim_end_matches(['》', '”']);
    ends_in(bare, &TITLE_ENDINGS).is_some()
}

/// The longest title ending that `text` begins with.
pub(super) fn title_ending_at(text: &str) -> Option<&'static str> {
    TITLE_ENDINGS.iter().filter(|word| text.starts_with(**word)).max_by_key(|word| word.len()).copied()
}

/// Whether `text` (squeezed) is the heading of a part of a plan and no title.
pub(super) fn is_part_heading(text: &str) -> bool {
    PART_HEADINGS.contains(&text)
}

/// Whether `text` (squeezed) is a word of a web page around the notice.
pub(super) fn is_page_word(text: &str) -> bool {
    is_within(text, 12)
        && (PAGE_WORDS.contains(&text) || text.starts_with("当前位置") || text.starts_with("您的位置"))
}

/// The ending of a body's name that `text` (squeezed, no bracket at its end) ends in.
pub(super) fn organ_ending(text: &str) -> Option<&'static str> {
    ends_in(text, &ORGAN_ENDINGS)
}

/// Whether `text` is the name of a field in a table about the notice.
pub(super) fn is_caption_key(text: &str) -> bool {
    is_within(text, 12) && {
        let name = fold(&squeeze(text));
        CAPTION_KEYS.iter().any(|key| name == *key)
    }
}

/// Whether `text` (squeezed) ends as the bare name of a document does.
pub(super) fn ends_as_basis(text: &str) -> bool {
    ends_in(text, &BASIS_NAMES).is_some()
}
