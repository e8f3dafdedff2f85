//! Characters as fonts give them to characters as people write them.
//!
//! A font draws 一 and the Kangxi radical ⼀ with one glyph, and its map backwards may give either;
//! some producers then write the radical into `ToUnicode`.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

static RADICALS: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let pairs = include_str!("../data/radicals.txt").lines().filter(|line| !line.starts_with('#'));
    pairs.filter_map(|line| Some((line.chars().next()?, line.chars().nth(2)?))).collect()
});

/// The text of a glyph, folded; `None` where it tells nothing: controls, private characters,
/// U+FFFD.
pub fn fold(text: &str) -> Option<String> {
    let folded: String = text.chars().filter(|character| *character != '\0').map(fold_character).collect();
    let tells = !folded.is_empty() && !folded.chars().any(is_nothing);
    tells.then_some(folded)
}

fn fold_character(character: char) -> char {
    match u32::from(character) {
        0x2E80..=0x2EFF => RADICALS.get(&character).copied().unwrap_or(character),
        0x2F00..=0x2FDF | 0xF900..=0xFAFF | 0x2_F800..=0x2_FA1F => {
            std::iter::once(character).nfkc().next().unwrap_or(character)
        }
        // Symbol fonts keep their codes at U+F000; these few are bullets and ticks everywhere.
        0xF06C | 0xF0B7 => '•',
        0xF06E | 0xF0A7 => '▪',
        0xF075 => '◆',
        0xF0D8 => '➢',
        0xF0FC => '✓',
        0xF020 | 0xA0 | 0x09 | 0x0A | 0x0D => ' ',
        _ => character,
    }
}

fn is_nothing(character: char) -> bool {
    character.is_control()
        || matches!(u32::from(character), 0xE000..=0xF8FF | 0xFFF9..=0xFFFF | 0xF_0000..=0x10_FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_are_characters() {
        assert_eq!(fold("⼀⾏⻅").as_deref(), Some("一行见"));
        assert_eq!(fold("\u{F900}").as_deref(), Some("豈"));
        assert_eq!(fold("〇").as_deref(), Some("〇"));
    }

    #[test]
    fn what_tells_nothing() {
        for text in ["", "\0", "\u{1}", "\u{E123}", "\u{FFFD}"] {
            assert_eq!(fold(text), None);
        }
        assert_eq!(fold("\u{F0B7}").as_deref(), Some("•"));
    }
}
