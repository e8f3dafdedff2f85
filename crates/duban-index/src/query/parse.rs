//! The text of a query to a condition.
//!
//! ```text
//! any  = all *( "OR" all )
//! all  = 1*term
//! term = [ "-" ] ( "(" any ")" / field ":" value / phrase / word )
//! ```
//!
//! | field | also called | value |
//! | --- | --- | --- |
//! | `unit` | 单位, 责任单位 | a body in any role |
//! | `lead` | 牵头, 牵头单位 | a body that leads |
//! | `support` | 配合, 配合单位 | a body that supports |
//! | `issuer` | 机关, 发文机关 | who issued the notice |
//! | `title` | 标题 | words of the task's title |
//! | `doc` | 文号, 发文字号 | the notice's document number, or a part of it |
//! | `kind` | 类型 | `task` 任务, `overview` 总体, `safeguard` 保障, `section` 正文 |
//! | `level` | 层级 | `national` 国家级, `provincial` 省级, `municipal` 市级, `county` 县级, `township` 乡级 |
//! | `format` | 格式 | the format of the notice's file |
//! | `year` | 年份, 年度 | `2021`, `2021..2023`, `>=2022` |
//! | `due` | 期限, 时限 | `2021-10-31`, `2021-10`, `2021`, `2021-06..2021-09`, `<2022-01-01` |

use std::iter::Peekable;
use std::ops::RangeInclusive;
use std::vec::IntoIter;

use duban_record::{Kind, Level};

use super::compile::day_number;
use super::lex::{Lexer, Token, half_width};
use crate::IndexError;
use crate::analysis::analyse;
use crate::sections;

/// The longest text of a query, in characters.
const MAX_CHARACTERS: usize = 512;
/// Most terms of a query.
const MAX_TERMS: usize = 32;
/// Deepest brackets inside brackets.
const MAX_DEPTH: usize = 8;
/// The longest document number, in characters.
const MAX_NUMBER: usize = 64;

/// What must hold for a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Condition {
    /// Words stand in the title, the text or a heading above, or in the title alone.
    Text { text: String, in_title: bool },
    /// A body has a role; `None`: any.
    Unit { name: String, role: Option<UnitRole> },
    /// Words of the issuer's name.
    Issuer(String),
    /// A part of the document number, as [`normal_number`] writes it.
    Number(String),
    /// What the part of the plan is about.
    Kind(&'static str),
    /// The issuer's level of administration.
    Level(&'static str),
    /// The format of the source.
    Format(String),
    /// The plan's year lies there.
    Year(RangeInclusive<i64>),
    /// Something is due on a day there; days as numbers: 20211031.
    Due(RangeInclusive<u64>),
    /// It does not hold.
    Not(Box<Condition>),
    /// All hold; none is always true.
    All(Vec<Condition>),
    /// One holds.
    Any(Vec<Condition>),
}

/// A role that a query may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnitRole {
    Lead,
    Support,
}

/// Reads `text`.
pub(super) fn parse(text: &str) -> Result<Condition, IndexError> {
    let length = text.chars().count();
    if length > MAX_CHARACTERS {
        return Err(IndexError::QueryTooLong { length, limit: MAX_CHARACTERS });
    }
    let tokens = Lexer::new(text).tokens()?;
    let mut parser = Parser { text, tokens: tokens.into_iter().peekable(), terms: 0, depth: 0, end: length };
    let condition = parser.any()?;
    match parser.tokens.next() {
        Some((at, _)) => Err(fault(text, at, "a bracket closes that none opened")),
        None if has_words(&condition) => Ok(condition),
        None => Err(IndexError::NoWords { text: text.to_owned() }),
    }
}

pub(super) fn fault(text: &str, at: usize, what: impl Into<String>) -> IndexError {
    IndexError::Syntax { text: text.to_owned(), at, what: what.into() }
}

/// Whether a condition that asks for words asks for any that can be compared.
fn has_words(condition: &Condition) -> bool {
    let mut phrases = false;
    let mut atoms = false;
    walk(condition, &mut |condition| match condition {
        Condition::Text { text, .. } => {
            phrases = true;
            atoms |= !analyse(text).atoms().is_empty();
        }
        Condition::All(_) | Condition::Any(_) | Condition::Not(_) => {}
        _ => atoms = true,
    });
    atoms || !phrases
}

fn walk(condition: &Condition, visit: &mut impl FnMut(&Condition)) {
    visit(condition);
    match condition {
        Condition::Not(inner) => walk(inner, visit),
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| walk(part, visit)),
        _ => {}
    }
}

struct Parser<'a> {
    text: &'a str,
    tokens: Peekable<IntoIter<(usize, Token)>>,
    terms: usize,
    depth: usize,
    /// The character behind the last.
    end: usize,
}

impl Parser<'_> {
    fn any(&mut self) -> Result<Condition, IndexError> {
        let mut parts = vec![self.all()?];
        while let Some((at, _)) = self.tokens.next_if(|(_, token)| *token == Token::Or) {
            if parts.iter().any(|part| *part == Condition::All(Vec::new())) {
                return Err(fault(self.text, at, "nothing stands before OR"));
            }
            parts.push(self.all()?);
            if parts.last() == Some(&Condition::All(Vec::new())) {
                return Err(fault(self.text, at, "nothing stands behind OR"));
            }
        }
        Ok(match <[Condition; 1]>::try_from(parts) {
            Ok([only]) => only,
            Err(parts) => Condition::Any(parts),
        })
    }

    fn all(&mut self) -> Result<Condition, IndexError> {
        let mut parts = Vec::new();
        while let Some((at, token)) =
            self.tokens.next_if(|(_, token)| !matches!(token, Token::Or | Token::Close))
        {
            parts.push(self.term(at, token)?);
        }
        Ok(match <[Condition; 1]>::try_from(parts) {
            Ok([only]) => only,
            Err(parts) => Condition::All(parts),
        })
    }

    fn term(&mut self, at: usize, token: Token) -> Result<Condition, IndexError> {
        self.terms += 1;
        if self.terms > MAX_TERMS {
            return Err(fault(self.text, at, format!("a query has at most {MAX_TERMS} terms")));
        }
        let text = |text| Condition::Text { text, in_title: false };
        match token {
            Token::Word(word) => Ok(text(word)),
            Token::Phrase(phrase) => Ok(text(unspaced(&phrase))),
            Token::Field(name) => self.field(at, &name),
            Token::Minus => {
                let (at, token) = self.next(at, "nothing stands behind -")?;
                self.terms -= 1;
                Ok(Condition::Not(Box::new(self.term(at, token)?)))
            }
            Token::Open => self.bracket(at),
            Token::Close | Token::Or => Err(fault(self.text, at, "a word was expected here")),
        }
    }

    fn bracket(&mut self, at: usize) -> Result<Condition, IndexError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(fault(self.text, at, format!("brackets stand at most {MAX_DEPTH} deep")));
        }
        let inner = self.any()?;
        self.depth -= 1;
        match self.tokens.next() {
            Some((_, Token::Close)) if inner == Condition::All(Vec::new()) => {
                Err(fault(self.text, at, "the brackets hold nothing"))
            }
            Some((_, Token::Close)) => Ok(inner),
            _ => Err(fault(self.text, at, "a bracket opens and none closes")),
        }
    }

    fn next(&mut self, at: usize, what: &str) -> Result<(usize, Token), IndexError> {
        self.tokens.next().ok_or_else(|| fault(self.text, at, what))
    }

    fn field(&mut self, at: usize, name: &str) -> Result<Condition, IndexError> {
        let missing = format!("`{name}:` wants a value");
        let end = self.end;
        let (value_at, value) = match self.tokens.next() {
            Some((at, Token::Word(value) | Token::Phrase(value))) => (at, value),
            Some((at, _)) => return Err(fault(self.text, at, missing)),
            None => return Err(fault(self.text, end, missing)),
        };
        let Some(field) = field(name) else { return Err(fault(self.text, at, format!("no field `{name}`"))) };
        let wrong = |what: &str| fault(self.text, value_at, format!("`{value}` is {what}"));
        Ok(match field {
            Field::Unit(role) => Condition::Unit { name: value, role },
            Field::Issuer => Condition::Issuer(value),
            Field::Title => Condition::Text { text: value, in_title: true },
            Field::Number => Condition::Number(number(&value).ok_or_else(|| {
                wrong("no document number or part of one, such as 〔2021〕36号")
            })?),
            Field::Format => Condition::Format(value.to_lowercase()),
            Field::Level => Condition::Level(level(&value).ok_or_else(|| {
                wrong("no level: `national` (国家级), `provincial` (省级), `municipal` (市级), `county` (县级), `township` (乡级)")
            })?),
            Field::Kind => Condition::Kind(kind(&value).ok_or_else(|| {
                wrong("no kind: `task` (任务), `overview` (总体), `safeguard` (保障), `section` (正文)")
            })?),
            Field::Year => {
                let years = range(&value, |year| year.parse().ok().map(|year: i64| year..=year));
                Condition::Year(years.ok_or_else(|| wrong("no year or span of years such as 2021..2023"))?)
            }
            Field::Due => Condition::Due(
                range(&value, days)
                    .ok_or_else(|| wrong("no day, month, year or span such as <2022-01-01"))?,
            ),
        })
    }
}

/// A phrase without the blanks that part nothing: all but those between two Latin words.
fn unspaced(phrase: &str) -> String {
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let mut text = String::new();
    for word in words {
        let latin = |character: Option<char>| character.is_some_and(|it| it.is_ascii_alphanumeric());
        if latin(text.chars().next_back()) && latin(word.chars().next()) {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

/// What a value is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Unit(Option<UnitRole>),
    Issuer,
    Title,
    Number,
    Kind,
    Level,
    Format,
    Year,
    Due,
}

/// The fields with their names, of which the first is the one that messages give.
const FIELDS: [(Field, &[&str]); 11] = [
    (Field::Unit(None), &["unit", "单位", "责任单位"]),
    (Field::Unit(Some(UnitRole::Lead)), &["lead", "牵头", "牵头单位"]),
    (Field::Unit(Some(UnitRole::Support)), &["support", "配合", "配合单位"]),
    (Field::Year, &["year", "年份", "年度"]),
    (Field::Due, &["due", "期限", "时限"]),
    (Field::Kind, &["kind", "类型"]),
    (Field::Issuer, &["issuer", "机关", "发文机关"]),
    (Field::Number, &["doc", "文号", "发文字号"]),
    (Field::Title, &["title", "标题"]),
    (Field::Level, &["level", "层级"]),
    (Field::Format, &["format", "格式"]),
];

/// The field called `name`.
pub(super) fn field(name: &str) -> Option<Field> {
    let name = name.to_ascii_lowercase();
    FIELDS.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(field, _)| *field)
}

/// The first names of all fields.
pub(super) fn field_names() -> impl Iterator<Item = &'static str> {
    FIELDS.iter().filter_map(|(_, names)| names.first().copied())
}

/// A document number or a part of one, as [`normal_number`] writes it.
fn number(value: &str) -> Option<String> {
    let number = normal_number(value);
    let is_number = number.chars().any(char::is_alphanumeric) && number.chars().count() <= MAX_NUMBER;
    is_number.then_some(number)
}

fn kind(value: &str) -> Option<&'static str> {
    Some(match value {
        "task" | "任务" => Kind::Task.name(),
        "overview" | "总体" => Kind::Overview.name(),
        "safeguard" | "保障" => Kind::Safeguard.name(),
        "section" | "正文" => sections::KIND,
        _ => return None,
    })
}

fn level(value: &str) -> Option<&'static str> {
    let level = match value {
        "national" | "国家级" | "中央" => Level::National,
        "provincial" | "省级" => Level::Provincial,
        "municipal" | "市级" => Level::Municipal,
        "county" | "县级" | "区级" => Level::County,
        "township" | "乡级" | "镇级" => Level::Township,
        _ => return None,
    };
    Some(level.name())
}

/// A value, `<` or `>` and a value, or two values with `..` between them; `point` gives what one covers.
fn range<T: Copy + Bounds>(
    value: &str,
    point: impl Fn(&str) -> Option<RangeInclusive<T>>,
) -> Option<RangeInclusive<T>> {
    let value: String = value.chars().map(half_width).collect();
    if let Some((first, last)) = value.split_once("..") {
        let start = if first.is_empty() { T::LEAST } else { *point(first)?.start() };
        let end = if last.is_empty() { T::MOST } else { *point(last)?.end() };
        return Some(start..=end);
    }
    if let Some(rest) = value.strip_prefix("<=") {
        return Some(T::LEAST..=*point(rest)?.end());
    }
    if let Some(rest) = value.strip_prefix(">=") {
        return Some(*point(rest)?.start()..=T::MOST);
    }
    if let Some(rest) = value.strip_prefix('<') {
        return Some(T::LEAST..=point(rest)?.start().before());
    }
    if let Some(rest) = value.strip_prefix('>') {
        return Some(point(rest)?.end().after()..=T::MOST);
    }
    point(value.strip_prefix('=').unwrap_or(&value))
}

/// The ends of a kind of number.
trait Bounds: Sized {
    const LEAST: Self;
    const MOST: Self;
    fn before(&self) -> Self;
    fn after(&self) -> Self;
}

impl Bounds for i64 {
    const LEAST: Self = 0;
    const MOST: Self = 9999;
    fn before(&self) -> Self {
        self - 1
    }
    fn after(&self) -> Self {
        self + 1
    }
}

impl Bounds for u64 {
    const LEAST: Self = 0;
    const MOST: Self = 99_991_231;
    fn before(&self) -> Self {
        self.saturating_sub(1)
    }
    fn after(&self) -> Self {
        self + 1
    }
}

/// The days of a year, a month or a day; numbers between two real days do no harm.
fn days(text: &str) -> Option<RangeInclusive<u64>> {
    let number = |text: &str, digits: usize| -> Option<u64> {
        let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse().ok()).flatten()
    };
    let parts: Vec<&str> = text.split('-').collect();
    match parts.as_slice() {
        [year] => number(year, 4).map(|year| year * 10_000 + 101..=year * 10_000 + 1231),
        [year, month] => {
            let (year, month) = (number(year, 4)?, number(month, 2)?);
            (1..=12).contains(&month).then(|| {
                let first = year * 10_000 + month * 100 + 1;
                first..=first + 30
            })
        }
        _ => day_number(text).map(|day| day..=day),
    }
}

/// A document number as records give it: without blanks, the year in 〔〕.
pub(crate) fn normal_number(text: &str) -> String {
    let sign = |character: char| match character {
        '[' | '(' | '（' | '【' | '［' => '〔',
        ']' | ')' | '）' | '】' | '］' => '〕',
        '０'..='９' => char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character),
        _ => character,
    };
    text.chars().filter(|character| !character.is_whitespace()).map(sign).collect()
}
