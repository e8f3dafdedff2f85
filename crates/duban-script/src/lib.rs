//! Traditional characters to the simplified ones that rules and search compare.
//!
//! Each character is replaced by one of as many bytes, so a place found in the folded text is the same
//! place in the printed one, and every value is taken from what was printed.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

static SIMPLIFIED: LazyLock<Table> = LazyLock::new(|| {
    let lines = include_str!("../data/traditional.txt").lines().filter(|line| !line.starts_with('#'));
    let pairs = lines.filter_map(|line| {
        let mut pair = line.chars();
        Some((pair.next()?, pair.next()?)).filter(|(printed, folded)| printed.len_utf8() == folded.len_utf8())
    });
    Table::of(pairs)
});

/// Traditional characters with their simplified forms. Most characters of a text are not among them,
/// so the first look is one bit.
struct Table {
    forms: HashMap<char, char>,
    /// One bit a code point of the basic plane.
    known: [u64; 1024],
}

impl Table {
    fn of(pairs: impl Iterator<Item = (char, char)>) -> Self {
        let mut table = Self { forms: pairs.collect(), known: [0; 1024] };
        for printed in table.forms.keys() {
            let code = u32::from(*printed) as usize;
            if let Some(bits) = table.known.get_mut(code / 64) {
                *bits |= 1 << (code % 64);
            }
        }
        table
    }

    #[inline]
    fn form(&self, c: char) -> Option<char> {
        let code = u32::from(c) as usize;
        let known = self.known.get(code / 64).is_some_and(|bits| bits >> (code % 64) & 1 == 1);
        if known { self.forms.get(&c).copied() } else { None }
    }
}

/// `text` in simplified characters; all offsets stay.
///
/// ```
/// assert_eq!(duban_script::fold("縣人民政府辦公室"), "县人民政府办公室");
/// ```
pub fn fold(text: &str) -> Cow<'_, str> {
    let table = &*SIMPLIFIED;
    let mut folded = String::new();
    let mut copied = 0;
    for (at, c) in text.char_indices() {
        if let Some(form) = table.form(c) {
            folded.push_str(&text[copied..at]);
            folded.push(form);
            copied = at + c.len_utf8();
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    folded.push_str(&text[copied..]);
    Cow::Owned(folded)
}

/// `c` in its simplified form, which takes as many bytes; most characters have no other.
#[inline]
pub fn simplified(c: char) -> char {
    SIMPLIFIED.form(c).unwrap_or(c)
}
