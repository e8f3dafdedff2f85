//! Traditional characters to the simplified ones that the rules are written in.
//!
//! Each character is replaced by one of as many bytes, so a place found in the folded text is the same
//! place in the printed one, and every value is taken from what was printed.

use std::borrow::Cow;
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

/// Whether `text` is printed in traditional characters, told by some that hardly a notice lacks.
pub(crate) fn is_traditional(text: &str) -> bool {
    text.contains(['關', '發', '辦', '實', '縣', '務', '門', '應'])
}

/// `text` in simplified characters; all offsets stay.
pub(crate) fn fold(text: &str) -> String {
    text.chars().map(simplified).collect()
}

/// Bytes of a text that tell which characters it is printed in.
const TELLING: usize = 900;

/// `text` as the rules read it: folded where it is printed in traditional characters.
pub(crate) fn reading(text: &str) -> Cow<'_, str> {
    let head = text.get(..text.floor_char_boundary(TELLING.min(text.len()))).unwrap_or_default();
    if is_traditional(head) { Cow::Owned(fold(text)) } else { Cow::Borrowed(text) }
}

/// `c` in its simplified form, which takes as many bytes; most characters have no other.
pub(crate) fn simplified(c: char) -> char {
    SIMPLIFIED.get(&c).copied().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_offsets() {
        let text = "嵐溪縣人民政府辦公室關於印發（2021年）的通知";
        assert!(is_traditional(text));
        assert_eq!(fold(text), "岚溪县人民政府办公室关于印发（2021年）的通知");
        assert_eq!(fold(text).len(), text.len());
        assert!(!is_traditional("云岭县人民政府办公室关于印发方案的通知"));
    }
}
