//! The text of a query to signs, words and names of fields.

use super::parse::{fault, field};
use crate::IndexError;

/// A sign or a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Open,
    Close,
    Or,
    Minus,
    /// A field's name, its colon behind it.
    Field(String),
    Word(String),
    Phrase(String),
}

/// The half-width form of a sign of the language.
pub(super) fn half_width(character: char) -> char {
    match character {
        '：' => ':',
        '（' => '(',
        '）' => ')',
        '“' | '”' | '＂' => '"',
        '｜' => '|',
        '－' => '-',
        '＜' => '<',
        '＞' => '>',
        '＝' => '=',
        '．' => '.',
        '　' => ' ',
        _ => character,
    }
}

/// The characters of `text` with its signs in half width. Full-width brackets and quotation marks that have
/// no partner come from a phrase that was cut out of a text, and part words like any other mark.
fn signs(text: &str) -> Vec<char> {
    let printed: Vec<char> = text.chars().collect();
    let mut signs: Vec<char> = printed.iter().copied().map(half_width).collect();
    let mut alone = Vec::new();
    let mut open = Vec::new();
    let mut quotes = Vec::new();
    for (at, sign) in signs.iter().enumerate() {
        match sign {
            '(' => open.push(at),
            ')' => alone.extend(open.pop().is_none().then_some(at)),
            '"' => quotes.push(at),
            _ => {}
        }
    }
    alone.extend(open);
    if quotes.len() % 2 == 1 {
        alone.extend(quotes.into_iter().rev().find(|at| printed.get(*at) != Some(&'"')));
    }
    for at in alone {
        if let (Some(sign), Some(printed)) = (signs.get_mut(at), printed.get(at)) {
            *sign = if printed == sign { *sign } else { ' ' };
        }
    }
    signs
}

/// Cuts the text of a query.
pub(super) struct Lexer<'a> {
    text: &'a str,
    /// Its characters, signs in half width.
    characters: Vec<char>,
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, characters: signs(text), at: 0 }
    }

    /// The tokens of `text`, each with the character where it stands.
    pub(super) fn tokens(mut self) -> Result<Vec<(usize, Token)>, IndexError> {
        let mut tokens: Vec<(usize, Token)> = Vec::new();
        while let Some(&character) = self.characters.get(self.at) {
            let start = self.at;
            let is_value = matches!(tokens.last(), Some((_, Token::Field(_))));
            let token = match character {
                // The year of a document number: doc:（2021）36号.
                '(' if is_value && self.closes(start) => self.word(),
                _ if character.is_whitespace() => {
                    self.at += 1;
                    continue;
                }
                '(' => self.sign(Token::Open),
                ')' => self.sign(Token::Close),
                '|' => self.sign(Token::Or),
                '-' if self.begins_term(start + 1) => self.sign(Token::Minus),
                '"' => self.phrase()?,
                _ => self.word(),
            };
            tokens.push((start, token));
        }
        Ok(tokens)
    }

    fn sign(&mut self, token: Token) -> Token {
        self.at += 1;
        token
    }

    /// Whether something that can be negated stands at `at`.
    fn begins_term(&self, at: usize) -> bool {
        self.characters.get(at).is_some_and(|character| !character.is_whitespace())
    }

    fn phrase(&mut self) -> Result<Token, IndexError> {
        let start = self.at;
        let inside =
            self.characters.iter().skip(start + 1).take_while(|character| **character != '"').count();
        self.at = start + inside + 2;
        if self.at > self.characters.len() {
            return Err(fault(self.text, start, "a quotation mark opens and none closes"));
        }
        Ok(Token::Phrase(self.source(start + 1, start + 1 + inside)))
    }

    /// A word, or a field's name where a colon follows one. Brackets that open inside a word belong to it
    /// as far as they close there: 方案(试行).
    fn word(&mut self) -> Token {
        let start = self.at;
        let mut depth = 0;
        while let Some(&character) = self.characters.get(self.at) {
            match character {
                ':' if self.at > start && field(&self.source(start, self.at)).is_some() => {
                    self.at += 1;
                    return Token::Field(self.source(start, self.at - 1));
                }
                '(' if self.closes(self.at) => depth += 1,
                ')' if depth > 0 => depth -= 1,
                '(' | ')' | '"' | '|' => break,
                _ if character.is_whitespace() => break,
                _ => {}
            }
            self.at += 1;
        }
        self.at = self.at.max(start + 1);
        let word = self.source(start, self.at);
        if word == "OR" { Token::Or } else { Token::Word(word) }
    }

    /// Whether a bracket that opens at `at` closes before the next blank.
    fn closes(&self, at: usize) -> bool {
        let rest = self.characters.iter().skip(at).take_while(|character| !character.is_whitespace());
        let mut depth = 0;
        for character in rest {
            match character {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return true;
            }
        }
        false
    }

    /// What was typed from character `start` to `end`.
    fn source(&self, start: usize, end: usize) -> String {
        self.text.chars().skip(start).take(end - start).collect()
    }
}
