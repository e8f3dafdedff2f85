//! Looks at object streams before the object parser unpacks them all.
//!
//! The parser bounds each of them, but neither their sum nor how often members overlap: a file of a
//! few kilobytes may name one long array as half a million objects.

use crate::file::find;
use crate::lexer::{Lexer, Token};
use crate::unpack;

/// Most unpacked bytes of all object streams.
const MOST_BYTES: usize = 48 << 20;
/// Most object streams.
const MOST_STREAMS: usize = 50_000;
/// Most members of one object stream.
const MOST_MEMBERS: f32 = 200_000.0;
/// Most members that begin where another does.
const MOST_REPEATED: usize = 100;
/// How far from its type the rest of a stream's dictionary may stand.
const REACH: usize = 2048;

/// Whether the file's object streams are harmless.
pub(crate) fn is_harmless(bytes: &[u8]) -> bool {
    let mut left = MOST_BYTES;
    let mut at = 0;
    let mut count = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| find(rest, b"/ObjStm")) {
        at += found + 7;
        count += 1;
        if count > MOST_STREAMS || !stream_is_harmless(bytes, at, &mut left) {
            return false;
        }
    }
    true
}

/// Looks at the object stream whose dictionary holds the place `at`.
fn stream_is_harmless(bytes: &[u8], at: usize, left: &mut usize) -> bool {
    let before = bytes.get(at.saturating_sub(REACH)..at).unwrap_or_default();
    let start = before.windows(3).rposition(|window| window == b"obj").unwrap_or(0);
    let dictionary = bytes.get(at - before.len() + start..).unwrap_or_default();
    let Some(end) = find(dictionary.get(..REACH.min(dictionary.len())).unwrap_or_default(), b"stream") else {
        return true;
    };
    let (dictionary, data) = dictionary.split_at(end);
    let (members, first) = (number(dictionary, b"N"), number(dictionary, b"First"));
    if members > MOST_MEMBERS {
        return false;
    }
    let data = data.get(b"stream".len()..).unwrap_or_default();
    let data = data.strip_prefix(b"\r").unwrap_or(data);
    let data = data.strip_prefix(b"\n").unwrap_or(data);
    let is_packed = find(dictionary, b"Decode").is_some();
    let filters: [(&[u8], _); 1] = [(b"FlateDecode", None)];
    let (data, filters) = if is_packed {
        (data, filters.as_slice())
    } else {
        (data.get(..len(first)).unwrap_or(data), [].as_slice())
    };
    let unpacked = unpack::unpack(data, filters, *left);
    *left -= unpacked.bytes.len();
    !unpacked.over && !overlaps(&unpacked.bytes, first)
}

/// The number of a key in the bytes of a dictionary; 0 where it has none.
fn number(dictionary: &[u8], key: &[u8]) -> f32 {
    let mut lexer = Lexer::new(dictionary);
    while let Some(token) = lexer.next_token() {
        if matches!(&token, Token::Name(name) if **name == *key)
            && let Some(Token::Number(number)) = lexer.next_token()
        {
            return number;
        }
    }
    0.0
}

/// Whether many members begin at the same place.
fn overlaps(bytes: &[u8], first: f32) -> bool {
    let mut offsets = Vec::new();
    let mut lexer = Lexer::new(bytes);
    let mut count = 0;
    while let Some(Token::Number(number)) = lexer.next_token() {
        if bytes.len() - lexer.rest().len() > len(first) {
            break;
        }
        if count % 2 == 1 {
            offsets.push(len(number));
        }
        count += 1;
    }
    let all = offsets.len();
    offsets.sort_unstable();
    offsets.dedup();
    all - offsets.len() > MOST_REPEATED
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates, which is meant")]
fn len(number: f32) -> usize {
    number as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object_stream(offset: impl Fn(usize) -> usize) -> Vec<u8> {
        let pairs: Vec<String> = (0..1000).map(|number| format!("{number} {} ", offset(number))).collect();
        let head = pairs.concat();
        let body = "1 ".repeat(2000);
        format!("9 0 obj << /Type /ObjStm /N 1000 /First {} >> stream\n{head}{body}\nendstream", head.len())
            .into_bytes()
    }

    #[test]
    fn members_on_top_of_each_other_are_refused() {
        assert!(is_harmless(&object_stream(|number| number * 2)));
        assert!(!is_harmless(&object_stream(|_| 0)));
        assert!(is_harmless(b"no object streams"));
    }
}
