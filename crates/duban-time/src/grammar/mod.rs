//! Words of time to expressions: a small grammar, read by recursive descent.
//!
//! An expression is read as long as its words stand side by side. It says what the words mean as
//! far as they go; the year, and whether it binds anything at all, is for others to find.

mod cycle;
mod date;
pub(crate) mod length;

use std::ops::Range;

use crate::calendar::Partial;
use crate::token::{Cycle, Kind, Length, Token};

/// Expressions that stand together and bind together, such as 6月、12月底前.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) items: Vec<Expression>,
    /// Index of the first token behind it.
    pub(crate) next: usize,
}

impl Group {
    fn single(range: Range<usize>, form: Form, operator: Option<Operator>, next: usize) -> Self {
        Self { items: vec![Expression { range, form, operator }], next }
    }

    /// From the first to the last expression.
    pub(crate) fn range(&self) -> Range<usize> {
        match self.items.as_slice() {
            [first, .., last] => first.range.start..last.range.end,
            [only] => only.range.clone(),
            [] => 0..0,
        }
    }
}

/// One time as said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Expression {
    pub(crate) range: Range<usize>,
    pub(crate) form: Form,
    pub(crate) operator: Option<Operator>,
}

/// What is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A day or a period.
    Point(Partial),
    /// From one to another; from 即日 where the first is missing.
    Span(Option<Partial>, Partial),
    /// A length, with the event that it counts from.
    Length(Length, Event),
    /// Again and again.
    Cycle(Recurrence),
    /// 即日起.
    Today,
    /// 长期.
    Ongoing,
}

/// What a length counts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// Nothing is said.
    None,
    /// The event's words.
    After(Range<usize>),
    /// An event that is to come: 会前3日, 提前5天.
    Before,
    /// 用5年时间.
    Time,
}

/// A recurrence and the part of its period that is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Recurrence {
    pub(crate) cycle: Cycle,
    pub(crate) parts: Vec<CyclePart>,
    /// Number of times said right behind (一年两次).
    pub(crate) times: Option<u32>,
}

/// A part of a recurring period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct CyclePart {
    pub(crate) date: Partial,
    /// Whether 前, 底 or a day makes its last day count.
    pub(crate) last_day: bool,
    /// 首月 (1) to 末月 (3) of a quarter, 次月 (4).
    pub(crate) month_of_quarter: Option<u8>,
    /// 第一个 or 最后一个 before a weekday or 工作日.
    pub(crate) ordinal: Option<i8>,
}

/// 前, 内, 起 behind a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Operator {
    pub(crate) kind: Binding,
    pub(crate) range: Range<usize>,
}

/// How an operator binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Binding {
    /// 前.
    Before,
    /// 内.
    Within,
    /// 起.
    From,
    /// 期间.
    Through,
    /// 止.
    Until,
    /// 底, 末, 初, 中: they name the part of the period and do not bind by themselves.
    Edge,
}

/// Reads expressions from words.
pub(crate) struct Reader<'t> {
    pub(crate) text: &'t str,
    pub(crate) tokens: &'t [Token],
    pub(crate) slot: bool,
}

impl Reader<'_> {
    /// The expressions that begin at token `at`.
    pub(crate) fn read(&self, at: usize) -> Option<Group> {
        let token = self.tokens.get(at)?;
        match token.kind {
            Kind::Stop | Kind::Pause => None,
            Kind::Every(cycle) => Some(self.recurring(at, cycle)),
            Kind::Ahead => self.ahead(at),
            Kind::Today => Some(self.today(at)),
            Kind::Ongoing => Some(Group::single(token.range.clone(), Form::Ongoing, None, at + 1)),
            _ => self
                .times(at)
                .or_else(|| self.once(at))
                .or_else(|| self.times_apart(at))
                .or_else(|| self.length(at))
                .or_else(|| self.dates(at)),
        }
    }

    /// The kind of token `at`, if it stands right behind the one before it.
    fn joined(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).filter(|token| token.joined).map(|token| token.kind)
    }

    fn start(&self, at: usize) -> usize {
        self.tokens.get(at).map_or(self.text.len(), |token| token.range.start)
    }

    /// Where the token before `at` ends.
    fn end(&self, at: usize) -> usize {
        at.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(0, |token| token.range.end)
    }

    /// An operator at token `at`, and the token behind it.
    fn operator(&self, at: usize) -> Option<(Operator, usize)> {
        let kind = match self.joined(at)? {
            Kind::Before => Binding::Before,
            Kind::Within => Binding::Within,
            Kind::From => Binding::From,
            Kind::Through => Binding::Through,
            Kind::Until => Binding::Until,
            _ => return None,
        };
        let range = self.tokens.get(at)?.range.clone();
        Some((Operator { kind, range }, at + 1))
    }
}
