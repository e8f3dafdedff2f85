//! The query language: what people type, to a condition, to a query of the search engine.
//!
//! ```text
//! 公开专栏 -试点                        both words' characters side by side, and not 试点
//! "公开 专栏" OR 政务新媒体             a phrase, or another one
//! unit:县教育局 due:<2022-01-01 (年度报告 OR 公开指南)
//! ```
//!
//! Fields have English and Chinese names ([`parse`](mod@parse)); full-width signs count as half-width ones. The engine's
//! own language never sees what a user typed: deep nesting overflows its stack. A query has at most 512
//! characters, 32 terms and 8 brackets inside each other.

mod compile;
mod lex;
mod parse;

use crate::IndexError;
use crate::analysis::{Analysis, Atom, analyse};

use lex::{Lexer, Token};

pub(crate) use compile::{Options, compile, day_number};
pub(crate) use parse::{Condition, normal_number};

/// What to search for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// The condition, in the query language. Empty: every task.
    pub text: String,
    /// The order of the hits.
    pub sort: Sort,
    /// Whether `unit:` also finds bodies that are named only by their kind: 河湾镇 finds 各镇.
    pub with_generic: bool,
    /// Whether all that match are counted by year, issuer, unit and so on.
    pub facets: bool,
    /// How many hits of that order are passed over.
    pub offset: usize,
    /// The greatest number of hits.
    pub limit: usize,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            text: String::new(),
            sort: Sort::default(),
            with_generic: false,
            facets: false,
            offset: 0,
            limit: 20,
        }
    }
}

impl Query {
    /// The names of the fields that a query may ask for.
    pub fn fields() -> Vec<&'static str> {
        parse::field_names().collect()
    }

    /// What stands before a colon in the text like the name of a field, and is none: it is taken as a word.
    pub fn unknown_fields(&self) -> Vec<String> {
        let tokens = Lexer::new(&self.text).tokens().unwrap_or_default();
        let behind_field = |index: usize| matches!(tokens.get(index), Some((_, Token::Field(_))));
        let words = tokens.iter().enumerate().filter_map(|(index, (_, token))| match token {
            Token::Word(word) if !index.checked_sub(1).is_some_and(behind_field) => Some(word),
            _ => None,
        });
        words.filter_map(|word| named(word)).map(str::to_owned).collect()
    }
}

/// The letters before the first colon of `word`, something being behind it.
fn named(word: &str) -> Option<&str> {
    let (name, value) = word.split_once([':', '：'])?;
    let is_name = !name.is_empty() && name.chars().all(char::is_alphabetic) && !value.is_empty();
    is_name.then_some(name)
}

/// An order of hits; what is alike in it comes by year, newest first, and then as in its notice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The best match first.
    #[default]
    Relevance,
    /// What is due first; tasks without a day come last.
    Due,
    /// The newest plan first.
    Year,
}

/// The texts that a query asks for, for marking what matched.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    parts: Vec<Analysis>,
}

impl Phrases {
    /// The texts in `condition` but for those that must not stand there.
    pub(crate) fn of(condition: &Condition) -> Self {
        let mut phrases = Self::default();
        phrases.collect(condition);
        phrases
    }

    fn collect(&mut self, condition: &Condition) {
        match condition {
            Condition::Text { text, .. } => self.parts.push(analyse(text)),
            Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| self.collect(part)),
            _ => {}
        }
    }

    /// Each run with the analysis that it belongs to.
    pub(crate) fn runs(&self) -> impl Iterator<Item = (&Analysis, &[Atom])> {
        self.parts.iter().flat_map(|part| part.runs().map(move |run| (part, run)))
    }

    /// The analyses.
    pub(crate) fn parts(&self) -> &[Analysis] {
        &self.parts
    }
}

/// Reads the text of a query.
pub(crate) fn parse(text: &str) -> Result<Condition, IndexError> {
    parse::parse(text)
}
