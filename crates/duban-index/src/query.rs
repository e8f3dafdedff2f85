//! A query in our terms to one of the search engine.
//!
//! The engine's own query language never sees what a user typed: deep nesting overflows its stack.

use std::ops::Bound;

use duban_record::Kind;
use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, Occur, PhraseQuery, Query as EngineQuery,
    RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use crate::IndexError;
use crate::analysis::{Analysis, Atom, analyse};
use crate::schema::Fields;
use crate::tokenizer::words;

/// The longest text of a query, in characters.
const MAX_CHARACTERS: usize = 512;
/// A word of the title counts three times, one of the headings above half.
const TITLE_BOOST: f32 = 3.0;
const PATH_BOOST: f32 = 0.5;
/// Words of the dictionary speak softly: they only order what the phrases found.
const WORD_BOOST: f32 = 0.5;

/// What to search for. All conditions must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// Words and phrases, parted by spaces or punctuation; each must stand in the task's title, in
    /// its text or in a heading above it. Empty: every task that the filters let pass.
    pub text: String,
    /// The plan's year.
    pub year: Option<i32>,
    /// Words of the name of a responsible unit: 教育局 finds 县教育局.
    pub unit: Option<String>,
    /// Something is due before this day, ISO 8601.
    pub due_before: Option<String>,
    /// What the part of the plan is about.
    pub kind: Option<Kind>,
    /// The greatest number of hits.
    pub limit: usize,
}

impl Default for Query {
    fn default() -> Self {
        Self { text: String::new(), year: None, unit: None, due_before: None, kind: None, limit: 20 }
    }
}

/// The runs of a query's text, for matching and for marking what matched.
pub(crate) struct Phrases {
    parts: Vec<Analysis>,
}

impl Phrases {
    /// Reads `text`. White space always parts, also where the analysis of documents looks past it.
    pub(crate) fn parse(text: &str) -> Result<Self, IndexError> {
        let length = text.chars().count();
        if length > MAX_CHARACTERS {
            return Err(IndexError::QueryTooLong { length, limit: MAX_CHARACTERS });
        }
        let parts: Vec<Analysis> = text.split_whitespace().map(analyse).collect();
        if !parts.is_empty() && parts.iter().all(|part| part.atoms().is_empty()) {
            return Err(IndexError::NoWords { text: text.to_owned() });
        }
        Ok(Self { parts })
    }

    /// Each run with the analysis that it belongs to.
    pub(crate) fn runs(&self) -> impl Iterator<Item = (&Analysis, &[Atom])> {
        self.parts.iter().flat_map(|part| part.runs().map(move |run| (part, run)))
    }
}

/// The engine's query for `query`, whose text was parsed into `phrases`.
pub(crate) fn compile(
    query: &Query,
    phrases: &Phrases,
    fields: &Fields,
) -> Result<Box<dyn EngineQuery>, IndexError> {
    let mut clauses: Vec<(Occur, Box<dyn EngineQuery>)> = Vec::new();
    for (analysis, run) in phrases.runs() {
        clauses.push((Occur::Must, anywhere(analysis, run, fields)));
    }
    if clauses.is_empty() {
        clauses.push((Occur::Must, filter(Box::new(AllQuery))));
    }
    for word in phrases.parts.iter().flat_map(words) {
        let word = TermQuery::new(Term::from_field_text(fields.words, &word), IndexRecordOption::WithFreqs);
        clauses.push((Occur::Should, Box::new(BoostQuery::new(Box::new(word), WORD_BOOST))));
    }
    if let Some(year) = query.year {
        clauses.push((Occur::Must, exact(Term::from_field_i64(fields.year, i64::from(year)))));
    }
    if let Some(kind) = query.kind {
        clauses.push((Occur::Must, exact(Term::from_field_text(fields.kind, kind_name(kind)))));
    }
    if let Some(unit) = &query.unit {
        for (analysis, run) in Phrases::parse(unit)?.runs() {
            clauses.push((Occur::Must, filter(phrase(analysis, run, fields.unit))));
        }
    }
    if let Some(day) = &query.due_before {
        let end = day_number(day).ok_or_else(|| IndexError::Date { text: day.clone() })?;
        let before =
            RangeQuery::new(Bound::Unbounded, Bound::Excluded(Term::from_field_u64(fields.due, end)));
        clauses.push((Occur::Must, filter(Box::new(before))));
    }
    Ok(Box::new(BooleanQuery::new(clauses)))
}

/// `run` in the title, the text or a heading above.
fn anywhere(analysis: &Analysis, run: &[Atom], fields: &Fields) -> Box<dyn EngineQuery> {
    let in_field = |field| phrase(analysis, run, field);
    Box::new(BooleanQuery::new(vec![
        (Occur::Should, Box::new(BoostQuery::new(in_field(fields.title), TITLE_BOOST))),
        (Occur::Should, in_field(fields.text)),
        (Occur::Should, Box::new(BoostQuery::new(in_field(fields.path), PATH_BOOST))),
    ]))
}

/// `run` in `field`: every second pair of a Han stretch and its last, so that each character is
/// compared and few terms are read.
fn phrase(analysis: &Analysis, run: &[Atom], field: Field) -> Box<dyn EngineQuery> {
    let mut terms: Vec<(usize, Term)> = Vec::new();
    let mut offset = 0;
    for stretch in run.chunk_by(|left, right| left.han && right.han) {
        let last_pair = stretch.len().saturating_sub(2);
        for (index, atom) in stretch.iter().enumerate().take(last_pair + 1) {
            if index % 2 == 0 || index == last_pair {
                let pair = stretch.get(index + 1).and_then(|right| analysis.pair(atom, right));
                let text = pair.unwrap_or_else(|| analysis.folded(atom));
                terms.push((offset + index, Term::from_field_text(field, text)));
            }
        }
        offset += stretch.len();
    }
    match <[_; 1]>::try_from(terms) {
        Ok([(_, term)]) => Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)),
        Err(terms) if terms.is_empty() => Box::new(AllQuery),
        Err(terms) => Box::new(PhraseQuery::new_with_offset(terms)),
    }
}

/// A condition that adds nothing to the score.
fn filter(query: Box<dyn EngineQuery>) -> Box<dyn EngineQuery> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

fn exact(term: Term) -> Box<dyn EngineQuery> {
    filter(Box::new(TermQuery::new(term, IndexRecordOption::Basic)))
}

/// The name of `kind` in the index, that of the record.
pub(crate) fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Overview => "overview",
        Kind::Safeguard => "safeguard",
        Kind::Task => "task",
    }
}

/// An ISO day as a number that sorts like it: `2021-10-31` is 20211031.
pub(crate) fn day_number(day: &str) -> Option<u64> {
    let mut parts = day.split('-');
    let mut number = |digits: usize| -> Option<u64> {
        parts
            .next()
            .filter(|part| part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()))?
            .parse()
            .ok()
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u64::from(leap),
        _ => return None,
    };
    ((1..=days).contains(&day) && parts.next().is_none()).then_some(year * 10_000 + month * 100 + day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_checked() {
        assert_eq!(day_number("2021-10-31"), Some(20_211_031));
        assert_eq!(day_number("2020-02-29"), Some(20_200_229));
        for wrong in ["2021-02-29", "2021-13-01", "2021-1-1", "2021-10-31-1", "10月底", "", "+202-01-01"] {
            assert_eq!(day_number(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn text_without_words_is_refused_and_no_text_is_not() {
        assert!(matches!(Phrases::parse("，。"), Err(IndexError::NoWords { .. })));
        assert!(Phrases::parse(" ").is_ok_and(|phrases| phrases.runs().count() == 0));
        assert!(matches!(
            Phrases::parse(&"(".repeat(513)),
            Err(IndexError::QueryTooLong { length: 513, .. })
        ));
    }
}
