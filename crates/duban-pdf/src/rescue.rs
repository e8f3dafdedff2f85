//! Objects of a damaged file, looked for in its bytes and read leniently.
//!
//! The object parser gives up on an object for one bad byte, and on the whole file where trailer
//! and cross-reference table are lost. Here each `1 0 obj` is read for as much as makes sense: a bad
//! value is null, a stream ends where it can. All in one pass, whatever the bytes.

use std::collections::HashMap;

use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat};

use crate::file::find;
use crate::lexer::{Lexer, Token, is_space};
use crate::unpack;

/// Most objects that are looked for.
const MOST_OBJECTS: usize = 300_000;
/// Deepest nesting of arrays and dictionaries.
const DEEPEST: usize = 64;
/// Most unpacked bytes of all object streams.
const MOST_PACKED: usize = 32 << 20;

/// All objects that can be found, the last one of each number.
pub(crate) fn objects(bytes: &[u8]) -> HashMap<ObjectId, Object> {
    let mut found = HashMap::new();
    let mut packed_left = MOST_PACKED;
    let mut bytes_left = bytes.len().saturating_mul(4);
    let mut ends = true;
    let mut at = 0;
    while let Some((id, body)) = next_header(bytes, &mut at) {
        if found.len() >= MOST_OBJECTS {
            break;
        }
        let (object, end) = read_object(bytes, body, &mut ends);
        // An object that is no stream is read again from within, so the sum of all is bounded.
        bytes_left = match bytes_left.checked_sub(end.saturating_sub(body)) {
            Some(left) => left,
            None => break,
        };
        if matches!(object, Object::Stream(_)) {
            at = at.max(end);
        }
        if let Object::Stream(stream) = &object
            && stream.dict.has_type(b"ObjStm")
        {
            for (number, member) in members(stream, &mut packed_left) {
                found.entry((number, 0)).or_insert(member);
            }
        }
        found.insert(id, object);
    }
    found
}

/// The numbers of all objects in the order of the file, each where it stands last.
pub(crate) fn order(bytes: &[u8]) -> HashMap<ObjectId, usize> {
    let mut at = 0;
    std::iter::from_fn(|| next_header(bytes, &mut at)).take(MOST_OBJECTS).collect()
}

/// The next `N G obj` from `at` on, and where its body begins; `at` moves there.
fn next_header(bytes: &[u8], at: &mut usize) -> Option<(ObjectId, usize)> {
    loop {
        let start = *at;
        let keyword = start + find(bytes.get(start..)?, b"obj")?;
        *at = keyword + 3;
        let head = bytes.get(start.max(keyword.saturating_sub(24))..keyword)?;
        let mut words = head.rsplit(|byte| is_space(*byte)).filter(|word| !word.is_empty());
        let number = |word: &[u8]| std::str::from_utf8(word).ok().and_then(|text| text.parse().ok());
        let (Some(generation), Some(object)) = (words.next(), words.next()) else { continue };
        // `endobj1 0 obj` is a common slip.
        let digits = object.iter().rposition(|byte| !byte.is_ascii_digit()).map_or(0, |index| index + 1);
        let object = object.get(digits..).unwrap_or_default();
        if let (Some(object), Some(generation)) = (number(object), number(generation))
            && let Ok(generation) = u16::try_from(generation)
        {
            return Some(((object, generation), *at));
        }
    }
}

/// The object whose body begins at `body`, and where it ends. `ends` is whether any `endstream` may
/// follow.
fn read_object(bytes: &[u8], body: usize, ends: &mut bool) -> (Object, usize) {
    let rest = bytes.get(body..).unwrap_or_default();
    let mut lexer = Lexer::new(rest);
    let object =
        lexer.next_token().and_then(|token| value(&mut lexer, token, DEEPEST)).unwrap_or(Object::Null);
    let after = body + rest.len() - lexer.rest().len();
    let Object::Dictionary(dictionary) = object else { return (object, after) };
    if lexer.next_token() != Some(Token::Keyword(b"stream")) {
        return (Object::Dictionary(dictionary), after);
    }
    let data = lexer.rest();
    let data = data.strip_prefix(b"\r").unwrap_or(data);
    let data = data.strip_prefix(b"\n").unwrap_or(data);
    let start = bytes.len() - data.len();
    let length =
        dictionary.get(b"Length").and_then(Object::as_i64).ok().and_then(|it| usize::try_from(it).ok());
    let by_length = length.filter(|length| {
        let follows = data.get(*length..).unwrap_or_default();
        let word: Vec<u8> =
            follows.iter().take(32).skip_while(|byte| is_space(**byte)).take(5).copied().collect();
        // `endstream`, or where that is lost `endobj`.
        matches!(word.as_slice(), b"endst" | b"endob")
    });
    let len = by_length.unwrap_or_else(|| {
        let end = if *ends { find(data, b"endstream") } else { None };
        *ends = end.is_some();
        let by_object = || find(data, b"endobj").unwrap_or(data.len());
        end.or(length.filter(|length| *length <= data.len())).unwrap_or_else(by_object)
    });
    let content = data.get(..len).unwrap_or_default().to_vec();
    // Not `Stream::new`, which would write the length anew.
    (
        Object::Stream(Stream { dict: dictionary, content, allows_compression: false, start_position: None }),
        start + len,
    )
}

/// The value that `token` begins; `None` where it is none.
fn value(lexer: &mut Lexer<'_>, token: Token<'_>, depth: usize) -> Option<Object> {
    Some(match token {
        Token::Number(number) => reference(lexer, number).unwrap_or_else(|| plain_number(number)),
        Token::Name(name) => Object::Name(name.into_owned()),
        Token::String(string) => Object::String(string.into_owned(), StringFormat::Literal),
        Token::Keyword(b"true") => Object::Boolean(true),
        Token::Keyword(b"false") => Object::Boolean(false),
        Token::Keyword(b"null") => Object::Null,
        Token::ArrayOpen if depth > 0 => array(lexer, depth - 1),
        Token::DictionaryOpen if depth > 0 => dictionary(lexer, depth - 1),
        _ => return None,
    })
}

/// The reference that begins with `number`, if it is one.
fn reference(lexer: &mut Lexer<'_>, number: f32) -> Option<Object> {
    let mut ahead = lexer.clone();
    let Some(Token::Number(generation)) = ahead.next_token() else { return None };
    if ahead.next_token() != Some(Token::Keyword(b"R")) {
        return None;
    }
    *lexer = ahead;
    let number = plain_number(number).as_i64().ok().and_then(|it| u32::try_from(it).ok())?;
    let generation = plain_number(generation).as_i64().ok().and_then(|it| u16::try_from(it).ok())?;
    Some(Object::Reference((number, generation)))
}

#[expect(clippy::cast_possible_truncation, reason = "whole and in range")]
fn plain_number(number: f32) -> Object {
    if number.fract() == 0.0 && number.abs() < 1e9 {
        Object::Integer(number as i64)
    } else {
        Object::Real(number)
    }
}

fn array(lexer: &mut Lexer<'_>, depth: usize) -> Object {
    let mut elements = Vec::new();
    while let Some(token) = lexer.next_token() {
        match token {
            Token::ArrayClose | Token::DictionaryClose | Token::Keyword(b"endobj" | b"stream" | b"obj") => {
                break;
            }
            token => elements.extend(value(lexer, token, depth)),
        }
    }
    Object::Array(elements)
}

fn dictionary(lexer: &mut Lexer<'_>, depth: usize) -> Object {
    let mut dictionary = Dictionary::new();
    let mut key = None;
    loop {
        let before = lexer.clone();
        let Some(token) = lexer.next_token() else { break };
        match (key.take(), token) {
            (_, Token::DictionaryClose) => break,
            (_, Token::Keyword(b"endobj" | b"stream" | b"obj")) => {
                // The closing marks are lost; what follows is still needed.
                *lexer = before;
                break;
            }
            (None, Token::Name(name)) => key = Some(name),
            (None, _) => {}
            (Some(name), token) => {
                if let Some(value) = value(lexer, token, depth) {
                    dictionary.set(name.into_owned(), value);
                }
            }
        }
    }
    Object::Dictionary(dictionary)
}

/// The members of an object stream.
fn members(stream: &Stream, left: &mut usize) -> Vec<(u32, Object)> {
    let filters: Vec<(&[u8], Option<&Dictionary>)> = match stream.dict.get(b"Filter") {
        Ok(Object::Name(name)) => vec![(name, None)],
        Ok(Object::Array(names)) => {
            names.iter().filter_map(|name| name.as_name().ok()).map(|name| (name, None)).collect()
        }
        _ => Vec::new(),
    };
    let bytes = unpack::unpack(&stream.content, &filters, *left).bytes;
    *left -= bytes.len();
    let first =
        stream.dict.get(b"First").and_then(Object::as_i64).ok().and_then(|it| usize::try_from(it).ok());
    let Some((head, body)) = bytes.split_at_checked(first.unwrap_or(0)) else { return Vec::new() };
    let mut numbers = head
        .split(|byte| is_space(*byte))
        .filter_map(|word| std::str::from_utf8(word).ok().and_then(|text| text.parse::<u32>().ok()));
    let mut members = Vec::new();
    let mut end = 0;
    while let (Some(number), Some(offset)) = (numbers.next(), numbers.next()) {
        let Ok(offset) = usize::try_from(offset) else { break };
        // Members that overlap would be read again and again.
        let Some(rest) = body.get(offset..).filter(|_| offset >= end) else { continue };
        let mut lexer = Lexer::new(rest);
        if let Some(object) = lexer.next_token().and_then(|token| value(&mut lexer, token, DEEPEST)) {
            members.push((number, object));
        }
        end = body.len() - lexer.rest().len();
    }
    members
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dictionary_of(object: &Object) -> &Dictionary {
        object.as_dict().unwrap()
    }

    #[test]
    fn reads_around_bad_bytes() {
        let found =
            objects(b"junk 1 0 obj\n<< /A \xFFx /B [1 2 0 R (t)] /C 3.5 >>\nendobj 2 0 obj [5 0 R] endobj");
        let first = dictionary_of(&found[&(1, 0)]);
        assert_eq!(first.get(b"C").unwrap(), &Object::Real(3.5));
        let array = first.get(b"B").unwrap().as_array().unwrap();
        assert_eq!(array[1], Object::Reference((2, 0)));
        assert_eq!(found[&(2, 0)], Object::Array(vec![Object::Reference((5, 0))]));
    }

    #[test]
    fn streams_end_where_they_can() {
        let found = objects(
            b"1 0 obj << /Length 99 >> stream\nabc\nendstream endobj 3 0 obj << /X 1 >> stream\nrest",
        );
        let content = |id| match &found[&id] {
            Object::Stream(stream) => stream.content.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(content((1, 0)), b"abc\n");
        assert_eq!(content((3, 0)), b"rest");
    }

    #[test]
    fn streams_without_their_end() {
        let found = objects(
            b"1 0 obj << /Length 3 >> stream\nabc\nendobj 2 0 obj << /Length 1 >> stream\nx\nendstream endobj",
        );
        assert!(matches!(&found[&(1, 0)], Object::Stream(stream) if stream.content == b"abc"));
        assert!(matches!(&found[&(2, 0)], Object::Stream(stream) if stream.content == b"x"));
        let found = objects(b"1 0 obj << /Length 2 0 R >> stream\nabc\nendobj 2 0 obj 3 endobj");
        assert!(matches!(&found[&(1, 0)], Object::Stream(stream) if stream.content == b"abc\n"));
    }

    #[test]
    fn objects_have_an_order() {
        let places = order(b"7 0 obj 1 endobj 2 0 obj 1 endobj 9 0 obj 1 endobj 7 0 obj 2 endobj");
        let mut ids: Vec<_> = places.into_iter().map(|(id, at)| (at, id.0)).collect();
        ids.sort_unstable();
        assert_eq!(ids.into_iter().map(|(_, number)| number).collect::<Vec<_>>(), [2, 9, 7]);
    }

    #[test]
    fn members_of_object_streams() {
        let found =
            objects(b"9 0 obj << /Type /ObjStm /N 2 /First 9 >> stream\n4 0 5 12 << /A 4 >> [1] endstream");
        assert_eq!(dictionary_of(&found[&(4, 0)]).get(b"A").unwrap(), &Object::Integer(4));
        assert!(found.contains_key(&(5, 0)));
    }
}
