//! Whether a text is printed in traditional characters, and how the rules read it then.

use std::borrow::Cow;

pub(crate) use duban_script::{fold, simplified};

/// Whether `text` is printed in traditional characters, told by some that hardly a notice lacks.
pub(crate) fn is_traditional(text: &str) -> bool {
    text.contains(['關', '發', '辦', '實', '縣', '務', '門', '應'])
}

/// Bytes of a text that tell which characters it is printed in.
const TELLING: usize = 900;

/// `text` as the rules read it: folded where it is printed in traditional characters.
pub(crate) fn reading(text: &str) -> Cow<'_, str> {
    let head = text.get(..text.floor_char_boundary(TELLING.min(text.len()))).unwrap_or_default();
    if is_traditional(head) { Cow::Owned(fold(text)) } else { Cow::Borrowed(text) }
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
