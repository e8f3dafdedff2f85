//! A condition to a query of the search engine.

use std::ops::{Bound, RangeInclusive};

use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery,
    Query as EngineQuery, RangeQuery, RegexQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{TantivyError, Term};

use super::Phrases;
use super::parse::{Condition, UnitRole};
use crate::analysis::{Analysis, Atom, analyse};
use crate::schema::Fields;
use crate::sections;
use crate::tokenizer::words;

/// A word of the title counts three times, one of the headings above half.
const TITLE_BOOST: f32 = 3.0;
const PATH_BOOST: f32 = 0.5;
/// Words of the dictionary speak softly: they only order what the phrases found.
const WORD_BOOST: f32 = 0.5;

/// Classes of bodies by the end of a name, and the words by which plans name all of a class.
const GENERIC: [(&[&str], &[&str]); 5] = [
    (&["街道", "街道办事处"], &["各街道", "各镇街", "各乡镇街道", "各镇（街道）", "各乡镇（街道）"]),
    (
        &["镇", "乡", "镇人民政府", "乡人民政府"],
        &["各镇", "各乡镇", "各镇街", "各镇（街道）", "各乡镇（街道）"],
    ),
    (&["社区", "村", "居委会", "村委会"], &["各社区", "各村", "各村（社区）"]),
    (
        &["科", "办", "办公室", "中心", "站", "所", "队"],
        &["各科室", "各办", "各站所", "各科室站所", "各中心"],
    ),
    (
        &["局", "委", "委员会", "厅"],
        &[
            "各部门",
            "各有关部门",
            "有关部门",
            "相关部门",
            "县级各部门",
            "市级各部门",
            "县直各部门",
            "市直各部门",
        ],
    ),
];

/// Gives the other names of a body: 县卫健局 is also called 县卫生健康局.
pub(crate) type Names<'a> = &'a dyn Fn(&str) -> Vec<String>;

/// What `unit:` looks for beside the name itself.
#[derive(Clone, Copy)]
pub(crate) struct Options<'a> {
    pub(crate) names: Names<'a>,
    pub(crate) with_generic: bool,
}

/// The engine's query for `condition`, whose texts are `phrases`.
pub(crate) fn compile(
    condition: &Condition,
    phrases: &Phrases,
    fields: &Fields,
    options: Options<'_>,
) -> Result<Box<dyn EngineQuery>, TantivyError> {
    let mut clauses = vec![(Occur::Must, compiled(condition, fields, options)?)];
    // Who asks for no words asks for tasks.
    if phrases.parts().is_empty() && !asks_for_sections(condition) {
        let section =
            TermQuery::new(Term::from_field_text(fields.kind, sections::KIND), IndexRecordOption::Basic);
        clauses.push((Occur::MustNot, Box::new(section)));
    }
    for word in phrases.parts().iter().flat_map(words) {
        let word = TermQuery::new(Term::from_field_text(fields.words, &word), IndexRecordOption::WithFreqs);
        clauses.push((Occur::Should, Box::new(BoostQuery::new(Box::new(word), WORD_BOOST))));
    }
    Ok(Box::new(BooleanQuery::new(clauses)))
}

fn asks_for_sections(condition: &Condition) -> bool {
    match condition {
        Condition::Kind(kind) => *kind == sections::KIND,
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(asks_for_sections),
        _ => false,
    }
}

fn compiled(
    condition: &Condition,
    fields: &Fields,
    options: Options<'_>,
) -> Result<Box<dyn EngineQuery>, TantivyError> {
    Ok(match condition {
        Condition::Text { text, in_title } => {
            let in_field = |analysis: &Analysis, run: &[Atom]| {
                if *in_title { phrase(analysis, run, fields.title) } else { anywhere(analysis, run, fields) }
            };
            every_run(text, in_field)
        }
        Condition::Unit { name, role } => filter(unit(name, *role, fields, options)),
        Condition::Issuer(name) => {
            filter(every_run(name, |analysis, run| phrase(analysis, run, fields.issuer)))
        }
        Condition::Number(number) => {
            filter(Box::new(RegexQuery::from_pattern(&holding(number), fields.document_number)?))
        }
        Condition::Kind(kind) => exact(Term::from_field_text(fields.kind, kind)),
        Condition::Level(level) => exact(Term::from_field_text(fields.level, level)),
        Condition::Format(format) => exact(Term::from_field_text(fields.format, format)),
        Condition::Year(years) => within(years, |year| Term::from_field_i64(fields.year, year)),
        Condition::Due(days) => within(days, |day| Term::from_field_u64(fields.due, day)),
        Condition::Not(inner) => {
            let unwanted = compiled(inner, fields, options)?;
            Box::new(BooleanQuery::new(vec![
                (Occur::Must, filter(Box::new(AllQuery))),
                (Occur::MustNot, unwanted),
            ]))
        }
        Condition::All(parts) if parts.is_empty() => filter(Box::new(AllQuery)),
        Condition::All(parts) => joined(Occur::Must, parts, fields, options)?,
        Condition::Any(parts) => joined(Occur::Should, parts, fields, options)?,
    })
}

fn joined(
    occur: Occur,
    parts: &[Condition],
    fields: &Fields,
    options: Options<'_>,
) -> Result<Box<dyn EngineQuery>, TantivyError> {
    let clauses = parts.iter().map(|part| Ok((occur, compiled(part, fields, options)?)));
    Ok(Box::new(BooleanQuery::new(clauses.collect::<Result<_, TantivyError>>()?)))
}

/// The pattern of all document numbers that `part` is a part of; its figures are whole: 36号 is no part of
/// 136号.
fn holding(part: &str) -> String {
    let is_figure = |character: Option<char>| character.is_some_and(|it| it.is_ascii_digit());
    let before = if is_figure(part.chars().next()) { "(.*[^0-9])?" } else { ".*" };
    let behind = if is_figure(part.chars().next_back()) { "([^0-9].*)?" } else { ".*" };
    // Every character by its number, so that none is a sign of the pattern.
    let literal: Vec<String> =
        part.chars().map(|character| format!("\\x{{{:x}}}", u32::from(character))).collect();
    let literal = literal.concat();
    format!("{before}{literal}{behind}")
}

/// All runs of `text`; one without any that can be compared asks for nothing.
fn every_run(text: &str, query: impl Fn(&Analysis, &[Atom]) -> Box<dyn EngineQuery>) -> Box<dyn EngineQuery> {
    let parts: Vec<Analysis> = text.split_whitespace().map(analyse).collect();
    let runs = parts.iter().flat_map(|part| part.runs().map(move |run| (part, run)));
    let clauses: Vec<_> = runs.map(|(analysis, run)| (Occur::Must, query(analysis, run))).collect();
    if clauses.is_empty() { filter(Box::new(AllQuery)) } else { Box::new(BooleanQuery::new(clauses)) }
}

/// A body by one of its names, or by its class where that was asked for.
fn unit(name: &str, role: Option<UnitRole>, fields: &Fields, options: Options<'_>) -> Box<dyn EngineQuery> {
    let field = match role {
        None => fields.unit,
        Some(UnitRole::Lead) => fields.lead,
        Some(UnitRole::Support) => fields.support,
    };
    let mut names = vec![name.to_owned()];
    names.extend((options.names)(name));
    if options.with_generic {
        let class = GENERIC.iter().find(|(ends, _)| ends.iter().any(|end| name.ends_with(end)));
        names.extend(class.into_iter().flat_map(|(_, words)| words.iter().map(|word| (*word).to_owned())));
    }
    let has_words = |name: &&String| !analyse(name).atoms().is_empty();
    let clauses: Vec<_> = names
        .iter()
        .filter(has_words)
        .map(|name| (Occur::Should, every_run(name, |analysis, run| phrase(analysis, run, field))))
        .collect();
    if clauses.is_empty() { Box::new(EmptyQuery) } else { Box::new(BooleanQuery::new(clauses)) }
}

fn within<T: Copy>(range: &RangeInclusive<T>, term: impl Fn(T) -> Term) -> Box<dyn EngineQuery> {
    let (first, last) = (term(*range.start()), term(*range.end()));
    filter(Box::new(RangeQuery::new(Bound::Included(first), Bound::Included(last))))
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
}
