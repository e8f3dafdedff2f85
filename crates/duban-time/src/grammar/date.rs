//! Days, periods and spans: 2021年6月底前, 9月下旬至12月20日, 5—8月, 6月、12月底前, 即日起至5月底前.

use std::ops::Range;

use super::{Binding, Expression, Form, Group, Operator, Reader};
use crate::LengthUnit;
use crate::calendar::{MonthWord, Partial, Scale, YearWord};
use crate::token::{Kind, Token};

/// A date and where it stands.
type Printed = (Partial, Range<usize>);

/// More dates in one list are read as separate ones.
const LONGEST_LIST: usize = 24;

impl Reader<'_> {
    /// A date, a span or a list of them.
    pub(super) fn dates(&self, at: usize) -> Option<Group> {
        let (mut items, mut next) = self.some_dates(at)?;
        while items.len() < LONGEST_LIST
            && let Some(from) = self.listed_next(next)
            && let Some((more, after)) = self.some_dates(from)
            && !is_complete(&items, &more)
        {
            items.extend(more);
            next = after;
        }
        hand_on_month(&mut items);
        share(&mut items);
        Some(Group { items, next })
    }

    /// The token behind 、 at `at`, or the second half of 上下半年.
    pub(super) fn listed_next(&self, at: usize) -> Option<usize> {
        match self.joined(at)? {
            Kind::And => self.joined(at + 1).map(|_| at + 1),
            Kind::Half(2) => (self.tokens.get(at.checked_sub(1)?)?.kind == Kind::Half(1)).then_some(at),
            _ => None,
        }
    }

    /// A date or a span, or the dates of numbers that share a unit.
    fn some_dates(&self, at: usize) -> Option<(Vec<Expression>, usize)> {
        self.numbers(at).or_else(|| self.date(at).map(|(date, next)| (vec![date], next)))
    }

    /// 即日起至5月底前, 即日起.
    pub(super) fn today(&self, at: usize) -> Group {
        let mut next = at + 1;
        if self.joined(next) == Some(Kind::From) {
            next += 1;
        }
        let start = self.start(at);
        // 即日起至秋种结束，9月28日前…: the day is that of another clause.
        let to = self.joined(next) == Some(Kind::To) && self.joined(next + 1).is_some();
        let Some((last, after)) = to.then(|| self.partial(next + 1)).flatten() else {
            return Group::single(start..self.end(next), Form::Today, None, next);
        };
        let (operator, after) = self.bound(&last, after);
        Group::single(start..self.end(after), Form::Span(None, last), operator, after)
    }

    /// A date or a span with its operator.
    fn date(&self, at: usize) -> Option<(Expression, usize)> {
        if let Kind::YearsFromPlan(years) = self.tokens.get(at)?.kind {
            let year = |years| Partial { year: YearWord::FromPlan(years), ..Partial::default() };
            let (range, form) = (self.start(at)..self.end(at + 1), Form::Span(Some(year(0)), year(years)));
            return Some((Expression { range, form, operator: None }, at + 1));
        }
        let (first, next) = self.partial(at)?;
        let start = self.start(at);
        // 4月起至6月, 从4月开始至12月底结束.
        let since = usize::from(matches!(self.joined(next), Some(Kind::From | Kind::Beginning)));
        if self.joined(next + since) == Some(Kind::To)
            && self.joined(next + since + 1).is_some()
            && let Some((last, after)) = self.partial(next + since + 1)
        {
            let (operator, after) = self.bound(&last, after);
            let form = Form::Span(Some(first), last);
            return Some((Expression { range: start..self.end(after), form, operator }, after));
        }
        let (operator, next) = self.bound(&first, next);
        let (start, form) = match self.event_to(start) {
            Some(event) => (event, Form::Span(None, first)),
            None => (start, Form::Point(first)),
        };
        Some((Expression { range: start..self.end(next), form, operator }, next))
    }

    /// Where an event begins from whose 之日起至 the date at `start` is the end.
    fn event_to(&self, start: usize) -> Option<usize> {
        let before = self.text.get(..start)?.trim_end();
        let since = before.strip_suffix('至').or_else(|| before.strip_suffix('到'))?.strip_suffix("日起")?;
        Some(self.event_start(since.len()))
    }

    /// Numbers that share the unit of the last: a span where they follow one another (7、8月), else each
    /// a date of its own (3、6、9、12月底前).
    fn numbers(&self, at: usize) -> Option<(Vec<Expression>, usize)> {
        let (dates, next) = self.borrowers(at)?;
        let [(first, _), .., (last, _)] = dates.as_slice() else { return None };
        let (first, last) = (*first, *last);
        let (operator, next) = self.bound(&last, next);
        let bound = operator.as_ref().is_some_and(|operator| {
            matches!(operator.kind, Binding::Before | Binding::Until | Binding::Edge)
        });
        let each = bound || last.edge.is_some() || last.scale() < first.scale();
        let numbers: Option<Vec<u32>> = dates.iter().map(|(date, _)| date.number()).collect();
        let in_turn = numbers.is_some_and(|numbers| numbers.windows(2).all(|pair| pair[0] + 1 == pair[1]));
        if in_turn && !each {
            let range = self.start(at)..self.end(next);
            return Some((vec![Expression { range, form: Form::Span(Some(first), last), operator }], next));
        }
        let mut items: Vec<Expression> = dates
            .into_iter()
            .map(|(mut date, range)| {
                if date.scale() > last.scale() {
                    (date.day, date.third) = (last.day, last.third);
                }
                Expression { range, form: Form::Point(date), operator: None }
            })
            .collect();
        if let Some(item) = items.last_mut() {
            item.range.end = self.end(next);
            item.operator = operator;
        }
        Some((items, next))
    }

    /// The numbers that share the unit of the last, which comes with them.
    fn borrowers(&self, at: usize) -> Option<(Vec<Printed>, usize)> {
        let (first, mut next) = self.partial(at)?;
        let mut dates = vec![(first, self.start(at)..self.end(next))];
        while dates.len() < LONGEST_LIST
            && self.borrowed(next)
            && self.joined(next) == Some(Kind::And)
            && let Some((date, after)) = self.partial(next + 1)
        {
            dates.push((date, self.start(next + 1)..self.end(after)));
            next = after;
        }
        Some((dates, next))
    }

    /// Whether the date before token `at` has its unit from the one behind it (5、6月).
    fn borrowed(&self, at: usize) -> bool {
        let last = at.checked_sub(1).and_then(|last| self.tokens.get(last));
        last.is_some_and(|token| matches!(token.kind, Kind::Number(_)))
    }

    /// The operator behind a date; 底 is one where no other follows.
    fn bound(&self, date: &Partial, at: usize) -> (Option<Operator>, usize) {
        if let Some((operator, next)) = self.operator(at) {
            return (Some(operator), next);
        }
        let here = self.tokens.get(at).filter(|token| token.joined && token.kind == Kind::Beginning);
        if let Some(beginning) = here.filter(|_| self.follows_from(at) || self.opens_with(date, at)) {
            return (Some(Operator { kind: Binding::From, range: beginning.range.clone() }), at + 1);
        }
        let before = self.tokens.get(..at).unwrap_or_default();
        let Some(last) = before.iter().rfind(|token| !matches!(token.kind, Kind::Inclusive | Kind::Gloss))
        else {
            return (None, at);
        };
        let kind = match last.kind {
            Kind::InYear => Binding::Within,
            _ if date.edge.is_some() => Binding::Edge,
            _ => return (None, at),
        };
        (Some(Operator { kind, range: edge_range(self.text, last) }), at)
    }

    /// Whether 开始 behind a day, at token `at`, ends its clause: 9月2日开始，各学院….
    fn opens_with(&self, date: &Partial, at: usize) -> bool {
        let rest = self.text.get(self.end(at + 1)..).unwrap_or_default();
        date.scale() == Some(Scale::Day) && rest.starts_with(['，', ','])
    }

    /// Whether 从 or 自 opens the date that ends before token `at`.
    fn follows_from(&self, at: usize) -> bool {
        let mut first = at;
        while first > 0 && (first == at || self.tokens.get(first).is_some_and(|token| token.joined)) {
            first -= 1;
        }
        let before = self.text.get(..self.start(first)).unwrap_or_default().trim_end();
        before.ends_with(['从', '自', '從'])
    }

    /// The words of one date, from the largest unit to the smallest.
    pub(super) fn partial(&self, at: usize) -> Option<(Partial, usize)> {
        let mut date = Partial::default();
        let mut next = at;
        while let Some(token) = self.tokens.get(next).filter(|token| next == at || token.joined) {
            let kind = match token.kind {
                Kind::Number(value) => match self.borrowed_unit(next, value) {
                    Some(kind) => kind,
                    None => break,
                },
                kind => kind,
            };
            let is_clock = kind == Kind::Clock && date.scale() == Some(Scale::Day);
            if kind == Kind::Inclusive {
                date.inclusive = true;
            } else if matches!(kind, Kind::Sum(_) | Kind::Gloss) && date.scale().is_some() {
                // It says again how many there are, or what day it is.
            } else if !is_clock && !absorb(&mut date, kind) {
                break;
            }
            next += 1;
        }
        date.scale().map(|_| (date, next))
    }

    /// Whether the number at token `at` stands behind a month, and the month at `month` right behind its dash before a
    /// day.
    fn is_day_of_span(&self, at: usize, month: usize) -> bool {
        let of_month = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        month == at + 2
            && of_month.is_some_and(|token| matches!(token.kind, Kind::Month(_)))
            && self.joined(at).is_some()
            && self.joined(at + 1) == Some(Kind::To)
            && matches!(self.joined(month + 1), Some(Kind::Day(_)))
    }

    /// The kind that a bare number has from the unit at the end of its range or list (5—8月).
    fn borrowed_unit(&self, at: usize, value: u32) -> Option<Kind> {
        let mut next = at;
        loop {
            let unit = match self.joined(next + 1)? {
                Kind::To | Kind::And => self.joined(next + 2)?,
                sum @ Kind::Sum(_) => sum,
                _ => return None,
            };
            match unit {
                Kind::Number(_) if next < at + LONGEST_LIST => next += 2,
                Kind::Year(_) | Kind::Sum(LengthUnit::Year) => {
                    let year = i32::try_from(value).ok().filter(|year| (1900..=2100).contains(year))?;
                    return Some(Kind::Year(year));
                }
                // 8月28—9月6日.
                Kind::Month(_) if self.is_day_of_span(at, next + 2) => {
                    return u8::try_from(value).ok().filter(|d| (1..=31).contains(d)).map(Kind::Day);
                }
                Kind::Month(_) | Kind::Sum(LengthUnit::Month) => {
                    return u8::try_from(value).ok().filter(|m| (1..=12).contains(m)).map(Kind::Month);
                }
                Kind::Day(_) | Kind::Sum(LengthUnit::Day) => {
                    return u8::try_from(value).ok().filter(|d| (1..=31).contains(d)).map(Kind::Day);
                }
                Kind::Quarter(_) => {
                    return u8::try_from(value).ok().filter(|q| (1..=4).contains(q)).map(Kind::Quarter);
                }
                _ => return None,
            }
        }
    }
}

/// Adds a word to a date; says whether it fits behind what the date has.
fn absorb(date: &mut Partial, kind: Kind) -> bool {
    let scale = date.scale();
    let fresh = scale.is_none();
    let open = date.edge.is_none();
    let of_year = open && matches!(scale, None | Some(Scale::Year)) && date.plan.is_none();
    let of_month = open && matches!(scale, Some(Scale::Month));
    match kind {
        Kind::Year(year) if fresh => date.year = YearWord::Given(year),
        Kind::YearFromPlan(years) if fresh => date.year = YearWord::FromPlan(years),
        Kind::ThatYear if fresh => date.year = YearWord::That,
        Kind::NextYear if fresh => date.year = YearWord::Next,
        Kind::Plan(plan) if fresh => date.plan = Some(plan),
        Kind::YearEdge(edge) if of_year => {
            date.whole_year = true;
            date.edge = Some(edge);
        }
        Kind::InYear | Kind::WholeYear if of_year => date.whole_year = true,
        Kind::Half(half) if of_year => date.half = Some(half),
        Kind::Quarter(quarter) if of_year => date.quarter = Some(quarter),
        Kind::Month(month) if of_year => date.month = MonthWord::Given(month),
        // 上半年4月, 三季度9月: the month says it all.
        Kind::Month(month) if open && (date.half.is_some() || date.quarter.is_some()) => {
            (date.half, date.quarter, date.month) = (None, None, MonthWord::Given(month));
        }
        Kind::ThisMonth if fresh => date.month = MonthWord::This,
        Kind::NextMonth if fresh => date.month = MonthWord::Next,
        Kind::MonthEdge(edge) if fresh || of_month => {
            if fresh {
                date.month = MonthWord::This;
            }
            date.edge = Some(edge);
        }
        Kind::Third(third) if of_month || fresh => date.third = Some(third),
        Kind::Day(day) if of_month || fresh => date.day = Some(day),
        Kind::Weekday(day) if fresh || date.unplaced && date.weekday.is_none() => date.weekday = Some(day),
        Kind::SomeWeek | Kind::ThisQuarter if fresh => date.unplaced = true,
        Kind::Edge(edge) if open && !fresh && date.day.is_none() => date.edge = Some(edge),
        _ => return false,
    }
    true
}

/// The part of a word that says how it binds: 底 of 年底, 内 of 年内.
fn edge_range(text: &str, token: &Token) -> Range<usize> {
    let is_compound = matches!(token.kind, Kind::YearEdge(_) | Kind::MonthEdge(_) | Kind::InYear);
    let last = text.get(token.range.clone()).and_then(|word| word.chars().next_back());
    match last {
        Some(last) if is_compound => token.range.end - last.len_utf8()..token.range.end,
        _ => token.range.clone(),
    }
}

/// Hands a month on to the days listed behind it (4月5日、6日).
fn hand_on_month(items: &mut [Expression]) {
    let mut month = MonthWord::None;
    for item in items {
        match &mut item.form {
            Form::Point(date) => {
                if date.day.is_some() && date.month == MonthWord::None {
                    date.month = month;
                }
                month = date.month;
            }
            Form::Span(Some(first), last) => {
                if first.day.is_some() && first.month == MonthWord::None {
                    first.month = month;
                }
                month = if last.month == MonthWord::None { first.month } else { last.month };
            }
            _ => {}
        }
    }
}

/// Whether what is listed begins anew: 6月25日前、全年….
fn is_complete(items: &[Expression], more: &[Expression]) -> bool {
    let kind = |item: Option<&Expression>| item?.operator.as_ref().map(|operator| operator.kind);
    kind(items.last()) == Some(Binding::Before) && kind(more.last()).is_none()
}

/// Hands 底, 前 and a day at the end of a list to the dates before it (6月、12月底前).
fn share(items: &mut [Expression]) {
    let Some((last, others)) = items.split_last_mut() else { return };
    let Form::Point(model) = last.form else { return };
    let Some(operator) = last.operator.clone() else { return };
    for item in others {
        let Form::Point(date) = &mut item.form else { continue };
        if item.operator.is_some() || date.edge.is_some() {
            continue;
        }
        if date.scale() == Some(Scale::Month) && model.scale() == Some(Scale::Day) {
            date.day = model.day;
        }
        // 底 of 年底 is the year's own: 上半年、年底.
        if operator.kind == Binding::Before || date.scale() == model.scale() {
            date.edge = date.edge.or(model.edge.filter(|_| date.day.is_none()));
            item.operator = Some(Operator { kind: operator.kind, range: item.range.end..item.range.end });
        }
    }
}
