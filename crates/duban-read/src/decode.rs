//! Bytes of a text in any of the encodings that Chinese offices use to UTF-8 with `\n` line breaks.
//!
//! Marks in the bytes come first (BOM, the NULs of UTF-16), then strict UTF-8, and only what neither
//! explains is guessed from the statistics of the whole file. A byte that fits nowhere becomes
//! U+FFFD and is counted; none is dropped.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use duban_document::{Warning, WarningCode};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

/// A text and what decoding it met.
pub(crate) struct Decoded {
    /// The text, lines separated by `\n`; a form feed stands only at the beginning of a line.
    pub(crate) text: String,
    /// At most one: bytes that are not valid, or an end in the middle of a character.
    pub(crate) warnings: Vec<Warning>,
}

/// Decodes `bytes`, which [`is_binary`] has let pass.
pub(crate) fn decode(bytes: &[u8]) -> Decoded {
    decode_as(bytes, None)
}

/// Decodes `bytes` as `declared` where they do not plainly say that they are something else.
pub(crate) fn decode_as(bytes: &[u8], declared: Option<&'static Encoding>) -> Decoded {
    let (encoding, body) = encoding_of(bytes, declared);
    let (text, _) = encoding.decode_without_bom_handling(body);
    let warnings = warnings(encoding, body, &text);
    Decoded { text: normalise(&text), warnings }
}

/// Whether `bytes` hold NULs that UTF-16 does not explain, or more control characters than text has.
pub(crate) fn is_binary(bytes: &[u8]) -> bool {
    if Encoding::for_bom(bytes).is_some() || utf_16_by_nuls(bytes).is_some() {
        return false;
    }
    let is_control = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C | 0x1A);
    let controls = bytes.iter().filter(|byte| is_control(byte)).count();
    bytes.contains(&0) || controls * 50 > bytes.len()
}

/// The encoding and the bytes behind its BOM.
fn encoding_of<'a>(bytes: &'a [u8], declared: Option<&'static Encoding>) -> (&'static Encoding, &'a [u8]) {
    if let Some((encoding, bom)) = Encoding::for_bom(bytes) {
        return (encoding, bytes.get(bom..).unwrap_or_default());
    }
    if let Some(encoding) = utf_16_by_nuls(bytes) {
        return (encoding, bytes);
    }
    if is_nearly_utf_8(bytes) {
        return (UTF_8, bytes);
    }
    let declared = declared.filter(|encoding| ![UTF_8, UTF_16LE, UTF_16BE].contains(encoding));
    (declared.unwrap_or_else(|| legacy(bytes)), bytes)
}

/// GB18030 or Big5: no other legacy encoding is met in Chinese offices.
fn legacy(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // Not the last of the stream, so that a character cut off at the end is not held against both.
    detector.feed(bytes, false);
    // A hint of the country would outweigh the statistics of a short text.
    let guess = detector.guess(None, Utf8Detection::Deny);
    if guess == BIG5 || guess == GBK {
        return if guess == BIG5 { BIG5 } else { GB18030 };
    }
    // Damaged bytes rule out both; the right one still explains more.
    let unknown = |encoding: &'static Encoding| {
        encoding.decode_without_bom_handling(bytes).0.matches('\u{FFFD}').count()
    };
    if unknown(BIG5) < unknown(GB18030) { BIG5 } else { GB18030 }
}

/// UTF-16 without BOM: its digits and line breaks hold NULs, which no other text does, and in one of
/// the two byte orders nearly every unit is a character that notices print.
fn utf_16_by_nuls(bytes: &[u8]) -> Option<&'static Encoding> {
    if !bytes.contains(&0) {
        return None;
    }
    let is_printed = |unit: u16| matches!(unit, 0x09..=0x0D | 0x20..=0x7E | 0x2010..=0x203B | 0x3000..=0x303F | 0x4E00..=0x9FFF | 0xFF00..=0xFF65);
    let units = bytes.len() / 2;
    let printed = |from_bytes: fn([u8; 2]) -> u16| {
        bytes.chunks_exact(2).filter(|pair| is_printed(from_bytes([pair[0], pair[1]]))).count()
    };
    let (little, big) = (printed(u16::from_le_bytes), printed(u16::from_be_bytes));
    let (encoding, best) = if little > big { (UTF_16LE, little) } else { (UTF_16BE, big) };
    (best * 10 > units * 9).then_some(encoding)
}

/// Whether `bytes` are UTF-8, a few damaged characters apart: other encodings are hardly ever valid
/// by chance, so twenty good characters outweigh a bad one.
fn is_nearly_utf_8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad == 0 || bad * 20 <= good
}

fn warnings(encoding: &'static Encoding, bytes: &[u8], text: &str) -> Vec<Warning> {
    let named = if encoding == GBK { GB18030 } else { encoding }.name();
    let shown = text.matches('\u{FFFD}').count();
    let bad = if shown == 0 { 0 } else { shown.saturating_sub(printed_replacements(encoding, bytes)) };
    match bad {
        0 => Vec::new(),
        1 if text.ends_with('\u{FFFD}') => vec![Warning::new(
            WarningCode::Truncated,
            format!("the file ends in the middle of a character ({named})"),
        )],
        _ => {
            let noun = if bad == 1 { "place" } else { "places" };
            let message = format!("{bad} {noun} with bytes that are not valid {named} read as \u{FFFD}");
            vec![Warning::new(WarningCode::EncodingErrors, message)]
        }
    }
}

/// U+FFFD that the source itself prints, the scar of an earlier conversion.
fn printed_replacements(encoding: &'static Encoding, bytes: &[u8]) -> usize {
    let pattern: &[u8] = match encoding.name() {
        "UTF-8" => &[0xEF, 0xBF, 0xBD],
        "gb18030" => &[0x84, 0x31, 0xA4, 0x37],
        "UTF-16LE" => &[0xFD, 0xFF],
        "UTF-16BE" => &[0xFF, 0xFD],
        _ => return 0,
    };
    if pattern.len() == 2 {
        return bytes.chunks_exact(2).filter(|pair| *pair == pattern).count();
    }
    bytes.windows(pattern.len()).filter(|window| *window == pattern).count()
}

/// Line breaks of all kinds to `\n`; a form feed inside a line gets a line break before it.
fn normalise(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    let mut rest = text;
    let breaks = ['\r', '\u{B}', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}'];
    while let Some(at) = rest.find(breaks) {
        let (before, after) = rest.split_at(at);
        normal.push_str(before);
        let mut chars = after.chars();
        match chars.next() {
            Some('\u{C}') => {
                if !normal.is_empty() && !normal.ends_with('\n') {
                    normal.push('\n');
                }
                normal.push('\u{C}');
            }
            Some('\r') if after.starts_with("\r\n") => {}
            _ => normal.push('\n'),
        }
        rest = chars.as_str();
    }
    normal.push_str(rest);
    normal
}
