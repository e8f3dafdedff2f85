//! Traditional characters to the simplified ones that rules and search compare.
//!
//! Each character is replaced by one of as many bytes, so a place found in the folded text is the same
//! place in the printed one, and every value is taken from what was printed.

use std::collections::HashMap;
use std::sync::LazyLock;

static SIMPLIFIED: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let lines = include_str!("../data/traditional.txt").lines().filter(|line| !line.starts_with('#'));
    let pairs = lines.filter_map(|line| {
        let mut pair = line.chars();
        Some((pair.next()?, pair.next()?)).filter(|(printed, folded)| printed.len_utf8() == folded.len_utf8())
    });
    pairs.collect()
});

/// `text` in simplified characters; all offsets stay.
///
/// ```
/// assert_eq!(duban_script::fold("縣人民政府辦公室"), "县人民政府办公室");
/// ```
pub fn fold(text: &str) -> String {
    text.chars().map(simplified).collect()
}

/// `c` in its simplified form, which takes as many bytes; most characters have no other.
pub fn simplified(c: char) -> char {
    SIMPLIFIED.get(&c).copied().unwrap_or(c)
}
