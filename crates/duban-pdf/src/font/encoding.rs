//! One-byte encodings of simple fonts: code to character, through glyph names.

use std::collections::HashMap;

use encoding_rs::{MACINTOSH, WINDOWS_1252};
use lopdf::{Dictionary, Object};
use skrifa::raw::ps::{PredefinedEncoding, agl};

use crate::file::File;

/// A simple font's encoding as its dictionary gives it.
pub(crate) struct Encoding {
    /// The text of each code; empty where the encoding does not say.
    texts: Vec<String>,
    /// The numbers of glyphs that are named by nothing else, by code.
    numbers: HashMap<usize, u32>,
    /// Whether the dictionary names an encoding, rather than leave it to the font.
    pub(crate) is_named: bool,
}

impl Encoding {
    /// From `/Encoding` of a font.
    pub(crate) fn read(file: &File<'_>, font: &Dictionary) -> Self {
        let encoding = file.get(font, b"Encoding");
        let (base, differences) = match encoding {
            Some(Object::Name(name)) => (Some(name.as_slice()), None),
            Some(Object::Dictionary(dictionary)) => {
                (file.name(dictionary, b"BaseEncoding"), file.array(dictionary, b"Differences"))
            }
            _ => (None, None),
        };
        let mut texts: Vec<String> = (0..=255).map(|code| base_text(base, code)).collect();
        let mut numbers = HashMap::new();
        let mut code = 0usize;
        for entry in differences.unwrap_or_default() {
            match file.resolve(entry) {
                Object::Name(name) => {
                    if let Some(text) = texts.get_mut(code) {
                        *text = characters_of_name(name);
                        numbers.extend(glyph_number(name).map(|number| (code, number)));
                    }
                    code = code.saturating_add(1);
                }
                other => code = other.as_i64().ok().and_then(|it| usize::try_from(it).ok()).unwrap_or(code),
            }
        }
        Self { texts, numbers, is_named: base.is_some() || differences.is_some() }
    }

    /// The text of `code`; `None` where the encoding does not say.
    pub(crate) fn text(&self, code: u32) -> Option<&str> {
        let text = self.texts.get(usize::try_from(code).ok()?)?;
        (!text.is_empty()).then_some(text)
    }

    /// The number of the glyph of `code` in the font that it was taken from, where its name says that.
    pub(crate) fn glyph_number(&self, code: u32) -> Option<u32> {
        self.numbers.get(&usize::try_from(code).ok()?).copied()
    }
}

/// Skia, which prints for Chrome, draws glyphs that it does not embed as Type 3 fonts and names them by
/// their numbers: `g1A2`.
fn glyph_number(name: &[u8]) -> Option<u32> {
    let digits = std::str::from_utf8(name.strip_prefix(b"g")?).ok()?;
    let are_hex = digits.bytes().all(|digit| digit.is_ascii_digit() || digit.is_ascii_uppercase());
    u32::from_str_radix(digits, 16).ok().filter(|number| are_hex && *number > 0)
}

fn base_text(base: Option<&[u8]>, code: u8) -> String {
    let table = match base {
        Some(b"WinAnsiEncoding") => WINDOWS_1252,
        Some(b"MacRomanEncoding") => MACINTOSH,
        _ => return characters_of_name(PredefinedEncoding::Standard.name(code).as_bytes()),
    };
    if code < 32 {
        return String::new();
    }
    table.decode_without_bom_handling(&[code]).0.into_owned()
}

/// The characters that a glyph's name stands for; empty where it tells none (`.notdef`, `g123`).
pub(crate) fn characters_of_name(name: &[u8]) -> String {
    match std::str::from_utf8(name) {
        Ok(".notdef") | Err(_) => String::new(),
        Ok(name) => agl::name_to_chars(name).take(8).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert_eq!(characters_of_name(b"A"), "A");
        assert_eq!(characters_of_name(b"uni4E2D"), "中");
        assert_eq!(characters_of_name(b"u4E2D.alt"), "中");
        assert_eq!(characters_of_name(b"f_i"), "fi");
        assert_eq!(characters_of_name(b"g123"), "");
    }

    #[test]
    fn glyph_numbers() {
        assert_eq!(glyph_number(b"g1A2"), Some(0x1A2));
        for other in [b"g0".as_slice(), b"g", b"gamma", b"g+1", b"1A2", b"g1A2B3C4D5"] {
            assert_eq!(glyph_number(other), None);
        }
    }

    #[test]
    fn bases() {
        assert_eq!(base_text(None, b'\''), "’");
        assert_eq!(base_text(Some(b"WinAnsiEncoding"), 0x93), "“");
        assert_eq!(base_text(Some(b"MacRomanEncoding"), 0xD2), "“");
    }
}
