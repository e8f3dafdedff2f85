//! Characters to display columns: a full-width character takes two, a Latin letter one.
//!
//! Chinese fonts draw quotation marks, dashes and circled numbers full width, though Unicode calls
//! their width ambiguous; a hard wrap counted them so.

/// Columns that `c` takes.
pub(crate) fn of(c: char) -> u32 {
    match u32::from(c) {
        0x09 => 4,
        0..=0x1F | 0x300..=0x36F | 0x200B..=0x200F => 0,
        // The signs °±·×÷ stand in the Chinese font as a rule.
        0xB0 | 0xB1 | 0xB7 | 0xD7 | 0xF7 => 2,
        0x20..=0x10FF
        | 0x1E00..=0x1FFF
        | 0x2000
        | 0x2002
        | 0x2004..=0x200A
        | 0x2012
        | 0x2013
        | 0xFF61..=0xFFDC => 1,
        _ => 2,
    }
}

/// Columns of a line's text and how much wider its print may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Measure {
    /// Columns of its characters.
    pub(crate) columns: u32,
    /// Columns that typesetting may have added: a quarter of a character between Chinese and Latin.
    pub(crate) loose: u32,
}

/// Measures `text`.
pub(crate) fn measure(text: &str) -> Measure {
    let (mut columns, mut seams, mut last) = (0, 0, None);
    for c in text.chars() {
        columns += of(c);
        let kind = if c.is_ascii_alphanumeric() {
            Some(true)
        } else if is_han(c) {
            Some(false)
        } else {
            None
        };
        seams += u32::from(matches!((last, kind), (Some(a), Some(b)) if a != b));
        last = kind;
    }
    Measure { columns, loose: seams / 2 }
}

/// Whether `c` is a Chinese character.
pub(crate) fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3_FFFF | 0x3007)
}

/// Columns of what cannot be parted at the beginning of `text`: opening marks, then a word or number
/// or one character, then the closing marks, which may not begin a line.
pub(crate) fn of_first_word(text: &str) -> u32 {
    let body = text.trim_start_matches(is_opening);
    let word = body.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(body.len());
    let word = if word == 0 { body.chars().next().map_or(0, char::len_utf8) } else { word };
    let rest = body.get(word..).unwrap_or_default();
    let tail = rest.len() - rest.trim_start_matches(is_closing).len();
    let len = text.len() - body.len() + word + tail;
    text.get(..len).unwrap_or_default().chars().take(LONGEST_WORD).map(of).sum()
}

/// Columns of the closing marks that `text` ends with.
pub(crate) fn of_closing_marks(text: &str) -> u32 {
    text.chars().rev().take_while(|c| is_closing(*c)).map(of).sum()
}

/// A longer run of letters is broken wherever the line ends.
const LONGEST_WORD: usize = 24;

/// Marks that may not end a line.
const OPENING: &str = "（(《〈“‘【〔［「『";
/// Marks that may not begin a line.
const CLOSING: &str = "）)》〉”’】〕］」』，。、；：！？,.;:!?%％";

/// Whether `c` may not end a line.
pub(crate) fn is_opening(c: char) -> bool {
    OPENING.contains(c)
}

/// Whether `c` may not begin a line.
pub(crate) fn is_closing(c: char) -> bool {
    CLOSING.contains(c)
}
