//! Bytes of a content stream to operators with their operands, one at a time.

use std::borrow::Cow;

use crate::lexer::{Lexer, Token, is_space};

/// Most operands that are kept of one operator.
const MOST_OPERANDS: usize = 64;
/// Most elements that are kept of one array.
const MOST_ELEMENTS: usize = 100_000;
/// Deepest nesting of arrays and dictionaries.
const DEEPEST: usize = 16;

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
}

impl<'a> Operations<'a> {
    pub(crate) fn new(data: &'a [u8]) -> Self {
        Self { lexer: Lexer::new(data), no_more_images: false }
    }

    /// Whether the content ends inside a string.
    pub(crate) fn is_cut_off(&self) -> bool {
        self.lexer.unclosed
    }

    /// The next operator; its operands go into `operands`.
    pub(crate) fn next_operation(&mut self, operands: &mut Vec<Operand<'a>>) -> Option<&'a [u8]> {
        operands.clear();
        loop {
            let token = self.lexer.next_token()?;
            if let Token::Keyword(word) = token {
                match word {
                    b"true" | b"false" | b"null" => operands.push(Operand::Other),
                    b"ID" => self.skip_image(),
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

    /// Leaves out the bytes of an inline image, up to `EI`.
    fn skip_image(&mut self) {
        if self.no_more_images {
            return;
        }
        let rest = self.lexer.rest();
        let ends = |window: &[u8]| matches!(window, [before, b'E', b'I', after] if is_space(*before) && is_space(*after));
        if let Some(end) = rest.windows(4).position(ends) {
            self.lexer.skip(end + 1);
        } else if rest.ends_with(b"EI") {
            self.lexer.skip(rest.len() - 2);
        } else {
            self.no_more_images = true;
        }
    }
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
}
