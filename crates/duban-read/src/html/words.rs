//! The lists of words that tell a page's own text from the notice's.

/// Names of fields that only a page states about its notice.
pub(super) const FIELDS: &str = include_str!("../../data/page_fields.txt");
/// Names of fields that need one of [`FIELDS`] beside them.
pub(super) const PLAIN_FIELDS: &str = include_str!("../../data/page_fields_plain.txt");
/// What lines of the page's own text open with, or hold behind `*`.
pub(super) const FURNITURE: &str = include_str!("../../data/page_furniture.txt");
/// What ids and classes of the page's own parts open with.
pub(super) const NOISE: &str = include_str!("../../data/page_noise.txt");

/// The words of a list.
pub(super) fn words(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Longest line that may be furniture, in characters.
const LONGEST_FURNITURE: usize = 60;

/// Whether a line belongs to the page and not to the notice: share bars, print buttons, imprints.
pub(super) fn is_furniture(text: &str) -> bool {
    if text.chars().nth(LONGEST_FURNITURE).is_some() {
        return false;
    }
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    words(FURNITURE).any(|word| match word.strip_prefix('*') {
        Some(anywhere) => text.contains(anywhere),
        None => text.starts_with(word),
    })
}
