//! Bytes of a content stream to operators with their operands, one at a time.

use std::borrow::Cow;

use crate::file::find_iter;
use crate::lexer::{Lexer, Token, is_space};

/// Most operands that are kept of one operator.
const MOST_OPERANDS: usize = 64;
/// Most elements that are kept of one array.
const MOST_ELEMENTS: usize = 100_000;
/// Deepest nesting of arrays and dictionaries.
const DEEPEST: usize = 16;

/// Bytes of a content stream that are searched for better ends of inline images than the first ones.
const MOST_SEARCHED: usize = 4 << 20;
/// The same of one image.
const SEARCHED_OF_ONE: usize = 64 << 10;
/// Bytes behind an end that must look like content.
const LOOKED_AT: usize = 12;

/// An operand.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Operand<'a> {
    Number(f32),
    Name(Cow<'a, [u8]>),
    String(Cow<'a, [u8]>),
    Array(Vec<Operand<'a>>),
    Dictionary(Vec<(Cow<'a, [u8]>, Operand<'a>)>),
    /// `true`, `false`, `null`.
    Other,
}

/// The operators of a content stream.
pub(crate) struct Operations<'a> {
    lexer: Lexer<'a>,
    /// Whether `EI` was looked for and not found, so that looking again is idle.
    no_more_images: bool,
    /// How many bytes may still be searched for better ends.
    search: usize,
}

impl<'a> Operations<'a> {
    pub(crate) fn new(data: &'a [u8]) -> Self {
        Self { lexer: Lexer::new(data), no_more_images: false, search: MOST_SEARCHED }
    }

    /// Whether the content ends inside a string, or holds one that is none.
    pub(crate) fn is_broken(&self) -> bool {
        self.lexer.broken
    }

    /// The next operator; its operands go into `operands`.
    pub(crate) fn next_operation(&mut self, operands: &mut Vec<Operand<'a>>) -> Option<&'a [u8]> {
        operands.clear();
        loop {
            let token = self.lexer.next_token()?;
            if let Token::Keyword(word) = token {
                match word {
                    b"true" | b"false" | b"null" => operands.push(Operand::Other),
                    b"ID" => self.skip_image(image_len(operands)),
                    _ => return Some(word),
                }
            } else if let Some(operand) = self.operand(token, DEEPEST) {
                operands.push(operand);
            }
            if operands.len() > MOST_OPERANDS {
                operands.drain(..MOST_OPERANDS / 2);
            }
        }
    }

    fn operand(&mut self, token: Token<'a>, depth: usize) -> Option<Operand<'a>> {
        Some(match token {
            Token::Number(number) => Operand::Number(number),
            Token::Name(name) => Operand::Name(name),
            Token::String(string) => Operand::String(string),
            Token::ArrayOpen if depth > 0 => self.array(depth - 1),
            Token::DictionaryOpen if depth > 0 => self.dictionary(depth - 1),
            _ => return None,
        })
    }

    fn array(&mut self, depth: usize) -> Operand<'a> {
        let mut elements = Vec::new();
        while let Some(token) = self.lexer.next_token() {
            match token {
                Token::ArrayClose => break,
                token => {
                    elements.extend(self.operand(token, depth).filter(|_| elements.len() < MOST_ELEMENTS));
                }
            }
        }
        Operand::Array(elements)
    }

    fn dictionary(&mut self, depth: usize) -> Operand<'a> {
        let mut entries = Vec::new();
        let mut key = None;
        while let Some(token) = self.lexer.next_token() {
            match (key.take(), token) {
                (_, Token::DictionaryClose) => break,
                (None, Token::Name(name)) => key = Some(name),
                (Some(name), token) => {
                    if let Some(value) = self.operand(token, depth).filter(|_| entries.len() < MOST_OPERANDS)
                    {
                        entries.push((name, value));
                    }
                }
                (None, _) => {}
            }
        }
        Operand::Dictionary(entries)
    }

    /// Leaves out the bytes of an inline image, up to `EI`: behind `len` bytes where that is known, else at
    /// the first one that content follows.
    fn skip_image(&mut self, len: Option<usize>) {
        if self.no_more_images {
            return;
        }
        let rest = self.lexer.rest();
        if let Some(end) = len.and_then(|len| len.checked_add(1)).filter(|end| ends_image(rest, *end)) {
            self.lexer.skip(end);
            return;
        }
        let ends = |end: &usize| {
            rest.get(end.wrapping_sub(1)).is_some_and(|before| is_space(*before)) && ends_image(rest, *end)
        };
        let Some(first) = find_iter(rest, b"EI").find(ends) else {
            self.no_more_images = true;
            return;
        };
        let searched = self.search.min(SEARCHED_OF_ONE).min(rest.len() - first);
        let near = rest.get(first..first + searched).unwrap_or_default();
        let behind = |end: &usize| is_content(rest.get(end + b"EI".len()..).unwrap_or_default());
        let end = find_iter(near, b"EI").map(|end| first + end).filter(ends).find(behind);
        self.search -= end.map_or(searched, |end| (end - first).min(searched));
        self.lexer.skip(end.unwrap_or(first));
    }
}

/// Whether `EI` stands at `at` or behind the white space there.
fn ends_image(rest: &[u8], at: usize) -> bool {
    let tail = rest.get(at..).unwrap_or_default();
    let blanks = tail.iter().take_while(|byte| is_space(**byte)).count().min(2);
    let tail = tail.get(blanks..).and_then(|tail| tail.strip_prefix(b"EI"));
    tail.is_some_and(|tail| tail.first().is_none_or(|after| is_space(*after)))
}

/// Whether `bytes` begin as operators do, and not as a picture does.
fn is_content(bytes: &[u8]) -> bool {
    bytes.iter().take(LOOKED_AT).all(|byte| is_space(*byte) && *byte != 0 || (b' '..=b'~').contains(byte))
}

/// Bytes of the inline image with these entries; `None` where it is packed or its colours are not known
/// here. ISO 32000-2, 8.9.7.
fn image_len(entries: &[Operand<'_>]) -> Option<usize> {
    let get = |keys: [&[u8]; 2]| {
        let mut pairs = entries.chunks_exact(2);
        pairs.find_map(|pair| match pair {
            [Operand::Name(name), value] if keys.contains(&&**name) => Some(value),
            _ => None,
        })
    };
    let number = |keys| match get(keys) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in range")]
        Some(Operand::Number(number)) if (1.0..1e6).contains(number) => Some(*number as usize),
        _ => None,
    };
    if get([b"F", b"Filter"]).is_some() {
        return None;
    }
    let colours = match get([b"CS", b"ColorSpace"]) {
        None => 1,
        Some(Operand::Name(name)) => match &**name {
            b"G" | b"DeviceGray" | b"I" | b"Indexed" => 1,
            b"RGB" | b"DeviceRGB" => 3,
            b"CMYK" | b"DeviceCMYK" => 4,
            _ => return None,
        },
        Some(Operand::Array(_)) => 1,
        Some(_) => return None,
    };
    let (width, height) = (number([b"W", b"Width"])?, number([b"H", b"Height"])?);
    let bits = number([b"BPC", b"BitsPerComponent"]).unwrap_or(1);
    width.checked_mul(colours * bits)?.div_ceil(8).checked_mul(height)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operators(data: &[u8]) -> Vec<(String, usize)> {
        let mut operations = Operations::new(data);
        let mut operands = Vec::new();
        let mut all = Vec::new();
        while let Some(operator) = operations.next_operation(&mut operands) {
            all.push((String::from_utf8_lossy(operator).into_owned(), operands.len()));
        }
        all
    }

    #[test]
    fn operands_stand_before_their_operator() {
        let data = b"q 1 0 0 1 5 5 cm /F1 12 Tf [(a) -5 <62>] TJ /Span <</ActualText (x)>> BDC";
        let expected = [("q", 0), ("cm", 6), ("Tf", 2), ("TJ", 1), ("BDC", 2)];
        assert_eq!(operators(data), expected.map(|(name, count)| (name.to_owned(), count)));
    }

    #[test]
    fn inline_images_are_left_out() {
        let names: Vec<_> = operators(b"BI /W 1 ID \0(Tj EI q").into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["BI", "EI", "q"]);
    }

    #[test]
    fn inline_images_may_hold_their_own_end() {
        let names = |data: &[u8]| operators(data).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        // Ten bytes, among them ` EI `.
        assert_eq!(names(b"BI /W 10 /H 1 /BPC 8 /CS /G ID ab EI (c d EI Q"), ["BI", "EI", "Q"]);
        // Packed, so that nobody knows how many bytes: what follows the first end is no content.
        assert_eq!(names(b"BI /W 9 /F /DCT ID \x01 EI \x02\x03(\x04 EI\nQ q"), ["BI", "EI", "Q", "q"]);
    }
}
