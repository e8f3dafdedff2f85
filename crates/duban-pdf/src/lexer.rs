//! Bytes of a content stream or a `CMap` to tokens, without copying where nothing is escaped.
//!
//! Written here rather than taken from the object parser, because a content stream may hold
//! millions of operators: they are read one by one and never kept.

use std::borrow::Cow;

/// Deepest nesting of parentheses in a string.
const MOST_PARENTHESES: usize = 256;

/// One token.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Token<'a> {
    Number(f32),
    Name(Cow<'a, [u8]>),
    String(Cow<'a, [u8]>),
    ArrayOpen,
    ArrayClose,
    DictionaryOpen,
    DictionaryClose,
    /// An operator, `true`, `false`, `null`, or anything else that is not delimited.
    Keyword(&'a [u8]),
}

/// Reads tokens from `data`.
#[derive(Clone, Debug)]
pub(crate) struct Lexer<'a> {
    data: &'a [u8],
    at: usize,
    /// Whether the last token began a line.
    pub(crate) began_line: bool,
    /// Whether a string never ends, or one of hexadecimal digits holds something else.
    pub(crate) broken: bool,
}

impl<'a> Lexer<'a> {
    pub(crate) fn new(data: &'a [u8]) -> Self {
        Self { data, at: 0, began_line: true, broken: false }
    }

    /// The next token; `None` at the end.
    pub(crate) fn next_token(&mut self) -> Option<Token<'a>> {
        self.began_line = false;
        loop {
            self.skip_space();
            let byte = *self.data.get(self.at)?;
            return Some(match byte {
                b'/' => Token::Name(self.name()),
                b'(' => Token::String(self.literal_string()),
                b'<' if self.peek(1) == Some(b'<') => self.advance(2, Token::DictionaryOpen),
                b'<' => Token::String(self.hex_string()),
                b'>' if self.peek(1) == Some(b'>') => self.advance(2, Token::DictionaryClose),
                b'[' => self.advance(1, Token::ArrayOpen),
                b']' => self.advance(1, Token::ArrayClose),
                b')' | b'>' | b'{' | b'}' => {
                    self.at += 1;
                    continue;
                }
                b'0'..=b'9' | b'+' | b'-' | b'.' => self.number(),
                _ => self.keyword(),
            });
        }
    }

    /// The bytes not read yet.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.data.get(self.at..).unwrap_or_default()
    }

    /// Leaves out the next `count` bytes.
    pub(crate) fn skip(&mut self, count: usize) {
        self.at = self.at.saturating_add(count).min(self.data.len());
    }

    fn peek(&self, offset: usize) -> Option<u8> {
        self.data.get(self.at + offset).copied()
    }

    fn advance(&mut self, count: usize, token: Token<'a>) -> Token<'a> {
        self.at += count;
        token
    }

    fn skip_space(&mut self) {
        while let Some(byte) = self.peek(0) {
            if byte == b'%' {
                let line = self.rest().iter().position(|byte| matches!(byte, b'\n' | b'\r'));
                self.skip(line.unwrap_or(usize::MAX));
            } else if is_space(byte) {
                self.began_line |= matches!(byte, b'\n' | b'\r');
                self.at += 1;
            } else {
                break;
            }
        }
    }

    fn regular(&mut self) -> &'a [u8] {
        let rest = self.rest();
        let len = rest.iter().position(|byte| !is_regular(*byte)).unwrap_or(rest.len());
        self.at += len;
        rest.get(..len).unwrap_or_default()
    }

    fn keyword(&mut self) -> Token<'a> {
        Token::Keyword(self.regular())
    }

    fn name(&mut self) -> Cow<'a, [u8]> {
        self.at += 1;
        let raw = self.regular();
        if !raw.contains(&b'#') {
            return Cow::Borrowed(raw);
        }
        let mut name = Vec::with_capacity(raw.len());
        let mut bytes = raw;
        while let Some((&byte, rest)) = bytes.split_first() {
            bytes = rest;
            if let (b'#', [high, low, after @ ..]) = (byte, rest)
                && let (Some(high), Some(low)) = (hex_digit(*high), hex_digit(*low))
            {
                name.push(high << 4 | low);
                bytes = after;
            } else {
                name.push(byte);
            }
        }
        Cow::Owned(name)
    }

    /// A number, as leniently as other readers: `--5`, `1.5.2` and `0cm` end where the number does.
    fn number(&mut self) -> Token<'a> {
        let start = self.at;
        let mut negative = false;
        while let Some(sign @ (b'+' | b'-')) = self.peek(0) {
            negative |= sign == b'-';
            self.at += 1;
        }
        let (mut value, mut unit, mut digits) = (0.0f64, 1.0f64, 0usize);
        let mut fraction = false;
        while let Some(byte) = self.peek(0) {
            match byte {
                b'0'..=b'9' => {
                    digits += 1;
                    if fraction {
                        unit /= 10.0;
                        value += f64::from(byte - b'0') * unit;
                    } else {
                        value = value * 10.0 + f64::from(byte - b'0');
                    }
                }
                b'.' if !fraction => fraction = true,
                // A sign in the middle is a slip of some producers: `12-34` is 12.
                b'-' | b'.' => {}
                _ => break,
            }
            self.at += 1;
        }
        if digits == 0 && !fraction && self.peek(0).is_some_and(is_regular) {
            self.at = start + 1;
            return Token::Keyword(self.data.get(start..self.at).unwrap_or_default());
        }
        Token::Number(narrow(if negative { -value } else { value }))
    }

    fn hex_string(&mut self) -> Cow<'a, [u8]> {
        self.at += 1;
        let rest = self.rest();
        let len = rest.iter().position(|byte| *byte == b'>').unwrap_or(rest.len());
        self.skip(len + 1);
        let mut string = Vec::with_capacity(len.div_ceil(2));
        let mut high = None;
        for byte in rest.iter().take(len) {
            let Some(digit) = hex_digit(*byte) else {
                self.broken |= !is_space(*byte);
                continue;
            };
            match high.take() {
                None => high = Some(digit << 4),
                Some(high) => string.push(high | digit),
            }
        }
        string.extend(high);
        Cow::Owned(string)
    }

    fn literal_string(&mut self) -> Cow<'a, [u8]> {
        self.at += 1;
        let rest = self.rest();
        let plain = rest.iter().position(|byte| matches!(byte, b'(' | b')' | b'\\' | b'\r'));
        if let Some(len) = plain
            && rest.get(len) == Some(&b')')
        {
            self.at += len + 1;
            return Cow::Borrowed(rest.get(..len).unwrap_or_default());
        }
        let mut string = Vec::new();
        let mut depth = 1;
        while let Some(byte) = self.peek(0) {
            self.at += 1;
            match byte {
                b'\\' => self.escape(&mut string),
                b'(' if depth < MOST_PARENTHESES => {
                    depth += 1;
                    string.push(byte);
                }
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        return Cow::Owned(string);
                    }
                    string.push(byte);
                }
                b'\r' => {
                    if self.peek(0) == Some(b'\n') {
                        self.at += 1;
                    }
                    string.push(b'\n');
                }
                _ => string.push(byte),
            }
        }
        self.broken = true;
        Cow::Owned(string)
    }

    fn escape(&mut self, string: &mut Vec<u8>) {
        let Some(byte) = self.peek(0) else { return };
        self.at += 1;
        match byte {
            b'n' => string.push(b'\n'),
            b'r' => string.push(b'\r'),
            b't' => string.push(b'\t'),
            b'b' => string.push(8),
            b'f' => string.push(12),
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek(0) else { break };
                    value = value * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                string.extend(u8::try_from(value & 0xFF));
            }
            b'\r' => {
                if self.peek(0) == Some(b'\n') {
                    self.at += 1;
                }
            }
            b'\n' => {}
            other => string.push(other),
        }
    }
}

/// Drops the precision that coordinates on a page do not need.
#[expect(clippy::cast_possible_truncation, reason = "numbers in a PDF have the precision of f32")]
fn narrow(value: f64) -> f32 {
    value as f32
}

pub(crate) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | 0 | 12)
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn hex_digit(byte: u8) -> Option<u8> {
    Some(match byte {
        b'0'..=b'9' => byte - b'0',
        b'a'..=b'f' => byte - b'a' + 10,
        b'A'..=b'F' => byte - b'A' + 10,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(data: &[u8]) -> Vec<Token<'_>> {
        let mut lexer = Lexer::new(data);
        std::iter::from_fn(|| lexer.next_token()).collect()
    }

    fn string(bytes: &[u8]) -> Token<'_> {
        Token::String(Cow::Borrowed(bytes))
    }

    #[test]
    fn numbers_and_keywords() {
        use Token::{Keyword, Number};
        let expected =
            [Number(1.5), Number(-0.25), Number(3.0), Keyword(b"cm"), Number(-5.0), Keyword(b"T*")];
        assert_eq!(tokens(b"1.5 -.25 3cm --5 T*"), expected);
    }

    #[test]
    fn strings_with_escapes() {
        assert_eq!(tokens(b"(a(b)c)"), [string(b"a(b)c")]);
        assert_eq!(tokens(b"(\\101\\n\\)\\\nx)"), [string(b"A\n)x")]);
        assert_eq!(tokens(b"<4E2D 5>"), [string(&[0x4E, 0x2D, 0x50])]);
        assert_eq!(tokens(b"(open"), [string(b"open")]);
    }

    #[test]
    fn names_arrays_and_comments() {
        let expected = [
            Token::ArrayOpen,
            Token::Name(Cow::Borrowed(b"A B")),
            Token::ArrayClose,
            Token::DictionaryOpen,
            Token::DictionaryClose,
        ];
        assert_eq!(tokens(b"[/A#20B] % rest\n<<>>"), expected);
    }
}
