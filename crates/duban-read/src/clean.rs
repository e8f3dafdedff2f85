//! Source text to the text that people see: without what has no width, spaces of all names as spaces.
//!
//! The source keeps every byte; only the [`JoinedText`] over it leaves some out, so places and line
//! numbers stay those of the source.

use duban_document::{JoinedText, JoinedTextBuilder, TextRange};

/// Names and values of `data/entities.txt`.
const ENTITIES: &str = include_str!("../data/entities.txt");
/// Longest name of an entity, so that a stray `&` is no search through the text.
const LONGEST_ENTITY: usize = 8;
/// Longest name of a bookmark with the blank before it: Word allows 40 characters.
const LONGEST_BOOKMARK: usize = 48;

/// All of `source` as seen; its line breaks stay.
pub(crate) fn clean(source: &str) -> JoinedText {
    let mut builder = JoinedText::builder();
    push(&mut builder, source, 0, source.len());
    builder.finish()
}

/// Appends bytes `start..end` of `source` as seen.
pub(crate) fn push(builder: &mut JoinedTextBuilder, source: &str, start: usize, end: usize) {
    let mut kept = start;
    let mut at = start;
    let Some(bytes) = source.as_bytes().get(..end) else { return };
    while let Some(byte) = bytes.get(at) {
        if !is_suspect(*byte) {
            at += 1;
            continue;
        }
        // A byte of a suspect kind may stand inside a character only where it leads it.
        let Some((len, shown)) = source.get(at..end).and_then(|rest| replacement(source, at, rest)) else {
            at += 1;
            continue;
        };
        builder.push(source, TextRange::new(kept, at));
        builder.push_glue(shown);
        at += len;
        kept = at;
    }
    builder.push(source, TextRange::new(kept, end));
}

/// Whether a byte can begin something that is not shown as it stands: all else is passed over fast.
fn is_suspect(byte: u8) -> bool {
    matches!(byte, 0xC2 | 0xE2 | 0xEF | b'&' | b'[' | 0x7F)
        || byte < 0x20 && !matches!(byte, b'\n' | b'\t' | 0x0C)
}

/// Bytes that `rest` (the source from `at` on) begins with and what is shown instead, if they are not
/// shown as they stand.
fn replacement(source: &str, at: usize, rest: &str) -> Option<(usize, &'static str)> {
    let first = rest.chars().next()?;
    let shown = match first {
        '&' => return entity(rest),
        '[' => return bookmark(rest),
        '\u{A0}' => " ",
        '\u{AD}' if between_digits(source, at, rest) => "-",
        // Soft hyphens, zero-width characters, marks of writing direction, BOMs, controls.
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}' => "",
        c if c.is_control() && !matches!(c, '\n' | '\t' | '\u{C}') => "",
        _ => return None,
    };
    Some((first.len_utf8(), shown))
}

/// Converters print a hyphen between two numbers (`2014-2020`) as a soft one.
fn between_digits(source: &str, at: usize, rest: &str) -> bool {
    let before = source.get(..at).and_then(|before| before.chars().next_back());
    let after = rest.chars().nth(1);
    before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit())
}

fn entity(rest: &str) -> Option<(usize, &'static str)> {
    let window = rest.char_indices().take(LONGEST_ENTITY + 2).find(|(_, c)| *c == ';')?;
    let name = rest.get(1..window.0)?;
    let line = ENTITIES.lines().find(|line| line.split('\t').next() == Some(name))?;
    let shown = line.split_once('\t').map_or(" ", |(_, shown)| shown);
    (!name.is_empty()).then_some((window.0 + 1, shown))
}

/// `[bookmark: name]`, which Word's text export prints for an invisible mark.
fn bookmark(rest: &str) -> Option<(usize, &'static str)> {
    let body = rest.strip_prefix("[bookmark:")?;
    let (end, close) = body.char_indices().take(LONGEST_BOOKMARK).find(|(_, c)| matches!(c, ']' | '\n'))?;
    (close == ']').then_some((rest.len() - body.len() + end + 1, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, shown: &str) {
        assert_eq!(clean(source).as_str(), shown, "{source:?}");
    }

    #[test]
    fn what_is_not_seen_is_left_out() {
        check("\u{FEFF}一、\u{200C}总体\u{200B}要求", "一、总体要求");
        check("2014\u{AD}2020年，常\u{AD}态", "2014-2020年，常态");
        check("1.\u{A0}清单&nbsp;&nbsp;完\u{7}成", "1. 清单  完成");
        check("[bookmark: _GoBack]为落实[bookmark: 1]", "为落实");
        check("&ldquo;一号答&rdquo;", "“一号答”");
    }

    #[test]
    fn what_only_looks_so_stays() {
        for text in ["A&B；C", "[bookmark: 甲\n乙]", "[1]", "“引号”…—、｛", "&;", "\n\t\u{C}"]
        {
            check(text, text);
        }
    }

    #[test]
    fn places_are_those_of_the_source() {
        let source = "甲\u{A0}\u{200B}乙";
        let clean = clean(source);
        let at = clean.as_str().find('乙').unwrap();
        assert_eq!(clean.source_ranges(at..at + 3).as_slice(), [TextRange::new(8, 11)]);
    }
}
