//! Full-width punctuation, whose ink fills one half of its box: at the edge of a column the other half hangs
//! out.

/// A half of a glyph's box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Half {
    Left,
    Right,
}

/// Which half of its box full-width brackets and stops leave blank.
pub(crate) fn blank_half(character: char) -> Option<Half> {
    match character {
        '“' | '‘' | '（' | '《' | '〈' | '「' | '『' | '【' | '〔' | '［' => Some(Half::Left),
        '”' | '’' | '）' | '》' | '〉' | '」' | '』' | '】' | '〕' | '］' | '，' | '。' | '、' | '；'
        | '：' | '！' | '？' => Some(Half::Right),
        _ => None,
    }
}
