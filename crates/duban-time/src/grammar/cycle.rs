//! Recurrences: 每年9月, 每月15日、30日前, 每季度首月5日前, 每周五下班前, 半年一次.

use super::{Binding, CyclePart, Expression, Form, Group, Operator, Reader, Recurrence};
use crate::LengthUnit;
use crate::calendar::{MonthWord, Partial, YearWord};
use crate::token::{Cycle, CycleUnit, Edge, Kind, Length};
use crate::words::{ADVERBS, EVENT_ENDINGS, NOT_BEFORE_LENGTH, NOUN_VERBS, ONCE_NOUNS, VERBS};

/// The verb between a length and how often is not longer.
const LONGEST_VERB: usize = 10;

impl Reader<'_> {
    /// 每X with the part of its period that is meant.
    pub(super) fn recurring(&self, at: usize, cycle: Cycle) -> Group {
        let start = self.start(at);
        let mut parts: Vec<(CyclePart, usize)> = Vec::new();
        let (mut operator, mut next) = (None, at + 1);
        if let Some((part, after)) = self.after_period(next, cycle) {
            next = after;
            operator = self.trailing_operator(&mut next);
            parts.push((part, self.end(next)));
        } else {
            let mut from = next;
            while let Some((found, bound, after)) = self.cycle_parts(from, cycle) {
                next = after;
                operator = bound;
                // A second hour of the same day adds no part.
                let alike = |part: &CyclePart| !parts.is_empty() && *part == CyclePart::default();
                let found: Vec<_> = found.into_iter().filter(|part| !alike(part)).collect();
                parts.extend(found.into_iter().map(|part| (part, self.end(after))));
                let Some(listed) = self.listed_next(next) else { break };
                from = listed;
            }
        }
        share(&mut parts);
        let days = |part: &CyclePart| (part.date.day, part.date.third, part.last_day);
        let alike = parts.windows(2).all(|pair| days(&pair[0].0) == days(&pair[1].0));
        let recurrence = |parts| Form::Cycle(Recurrence { cycle, parts, times: None });
        if alike || cycle.unit != CycleUnit::Year {
            let form = recurrence(parts.into_iter().map(|(part, _)| part).collect());
            return Group::single(start..self.end(next), form, operator, next);
        }
        Group { items: separate(self, start, parts, operator, recurrence), next }
    }

    /// 一年两次, 半年一次, 一季度一次.
    pub(super) fn times(&self, at: usize) -> Option<Group> {
        let Kind::Number(times) = self.joined(at + 1)? else { return None };
        let end = self.end(at + 2);
        let rest = self.text.get(end..)?.trim_start();
        rest.starts_with('次').then_some(())?;
        let cycle = self.tokens.get(at)?.kind.as_cycle()?;
        let gap = self.text.get(end..)?.len() - rest.len();
        let range = self.start(at)..end + gap + "次".len();
        let form = Form::Cycle(Recurrence { cycle, parts: Vec::new(), times: Some(times) });
        Some(Group::single(range, form, None, at + 2))
    }

    /// 半年一通报, 一周一调度.
    pub(super) fn once(&self, at: usize) -> Option<Group> {
        let behind = self.text.get(self.end(at + 1)..)?.strip_prefix('一')?;
        // 一季一评估, but not 一年一考核办法.
        let verb = VERBS
            .begins(behind)
            .or_else(|| NOUN_VERBS.begins(behind))
            .or_else(|| EVENT_ENDINGS.begins(behind));
        let ends = |length: &usize| !behind[*length..].starts_with(char::is_alphanumeric);
        ONCE_NOUNS.begins(behind).or_else(|| verb.filter(ends))?;
        let cycle = self.tokens.get(at)?.kind.as_cycle()?;
        let form = Form::Cycle(Recurrence { cycle, parts: Vec::new(), times: None });
        Some(Group::single(self.start(at)..self.end(at + 1), form, None, at + 1))
    }

    /// 半年召开一次会议, 一年组织两次体检: a length and how often, with nothing but a verb between.
    pub(super) fn times_apart(&self, at: usize) -> Option<Group> {
        let Kind::Length(length) = self.tokens.get(at)?.kind else { return None };
        // 至 of 至少 is taken for a dash.
        let number = self.tokens.get(at + 1..)?.iter().find(|token| token.kind != Kind::To)?;
        matches!(number.kind, Kind::Number(_)).then_some(())?;
        let between = self.text.get(self.end(at + 1)..number.range.start)?.trim();
        let counted = self.text.get(number.range.end..)?.trim_start().starts_with(['次', '场', '轮', '遍']);
        let mut verb = between;
        while let Some(length) = ADVERBS.begins(verb).filter(|_| VERBS.begins(verb).is_none()) {
            verb = &verb[length..];
        }
        let acts = VERBS.begins(verb).or_else(|| NOUN_VERBS.begins(verb)).is_some();
        let limited = between.contains(['，', ',', '；', '了', '过', '的', '可', '限', '仅', '只', '最']);
        let reached = ["完成", "实现", "达到"].iter().any(|word| verb.starts_with(word));
        let before = self.text.get(..self.start(at))?.trim_end();
        let after = before.ends_with(['后', '用', '以', '争', '取', '为', '起']);
        let bounded = after || NOT_BEFORE_LENGTH.ends(before).is_some();
        let short = between.chars().count() <= LONGEST_VERB;
        (counted && acts && short && !limited && !reached && !bounded).then_some(())?;
        let form = Form::Cycle(Recurrence { cycle: length_cycle(length)?, parts: Vec::new(), times: None });
        Some(Group::single(self.start(at)..self.end(at + 1), form, None, at + 1))
    }

    /// 每季度结束后10日内, 每季度结束后的次月10日前.
    fn after_period(&self, at: usize, cycle: Cycle) -> Option<(CyclePart, usize)> {
        let token = self.tokens.get(at)?;
        let gap = self.text.get(self.end(at)..token.range.start)?.trim();
        let ends = ["结束后", "终了后", "结束后的", "终了后的", "结束之日起", "结束", "终了", "后"];
        ends.contains(&gap).then_some(())?;
        let mut part = CyclePart { month_of_quarter: Some(4), ..CyclePart::default() };
        match token.kind {
            Kind::Day(day) => part.date.day = Some(day),
            Kind::NextMonth | Kind::MonthOfQuarter(1) => {
                let Some(Kind::Day(day)) = self.joined(at + 1) else { return None };
                part.date.day = Some(day);
                return Some((part, at + 2));
            }
            Kind::Length(Length { count, unit: LengthUnit::Day }) => {
                part.date.day = Some(u8::try_from(count).ok().filter(|day| *day <= 31)?);
            }
            Kind::Length(Length { count, unit: LengthUnit::Month }) if cycle.unit == CycleUnit::Year => {
                let month = u8::try_from(count).ok().filter(|month| (1..=12).contains(month))?;
                part.date.month = MonthWord::Given(month);
                part.last_day = true;
                return Some((part, at + 1));
            }
            Kind::Length(_) => part.month_of_quarter = None,
            _ => return None,
        }
        if cycle.unit == CycleUnit::Year {
            part.date.month = MonthWord::Given(1);
        }
        Some((part, at + 1))
    }

    /// One part of the period, or the days of a range of weekdays, and its operator.
    fn cycle_parts(&self, at: usize, cycle: Cycle) -> Option<(Vec<CyclePart>, Option<Operator>, usize)> {
        let (mut part, mut next) = self.cycle_part(at, cycle)?;
        let mut parts = Vec::new();
        if self.joined(next) == Some(Kind::To)
            && self.joined(next + 1).is_some()
            && let Some((last, after)) = self.cycle_part(next + 1, cycle)
        {
            if let (Some(from), Some(to)) = (part.date.weekday, last.date.weekday) {
                parts.extend((from..to).map(CyclePart::on_weekday));
            }
            (part, next) = (last, after);
        }
        let operator = self.trailing_operator(&mut next);
        let before = operator.as_ref().is_some_and(|operator| operator.kind == Binding::Before);
        part.last_day |= before && part.date.day.is_none() && part.date.third.is_none();
        parts.push(part);
        Some((parts, operator, next))
    }

    fn cycle_part(&self, at: usize, cycle: Cycle) -> Option<(CyclePart, usize)> {
        let kind = self.joined(at)?;
        let mut part = CyclePart::default();
        let mut next = at + 1;
        match kind {
            Kind::Weekday(day) => part.date.weekday = Some(day),
            Kind::OrdinalWorkday(ordinal) => part.ordinal = Some(ordinal),
            Kind::Ordinal(ordinal) => {
                let Kind::Weekday(day) = self.joined(next)? else { return None };
                (part.ordinal, part.date.weekday) = (Some(ordinal), Some(day));
                next += 1;
            }
            Kind::LastDay => part.last_day = true,
            Kind::Before => next = self.first_days(next, cycle, &mut part)?,
            Kind::Clock => {}
            Kind::Edge(Edge::End) if cycle.unit == CycleUnit::Quarter && self.day(next).is_some() => {
                part.month_of_quarter = Some(3);
                part.date.day = self.day(next);
                next += 1;
            }
            Kind::Edge(edge) => {
                part.date = Partial { whole_year: true, edge: Some(edge), ..Partial::default() };
                part.last_day = part.date.ends();
            }
            Kind::NextMonth if cycle.unit == CycleUnit::Month && self.joined(at - 1) == Some(Kind::To) => {
                next = self.within_month(next, &mut part);
            }
            Kind::MonthOfQuarter(_) | Kind::NextMonth if cycle.unit == CycleUnit::Quarter => {
                part.month_of_quarter = Some(if let Kind::MonthOfQuarter(month) = kind { month } else { 4 });
                next = self.within_month(next, &mut part);
            }
            _ => {
                (part.date, next) = self.dated_part(at, cycle)?;
                part.last_day = part.date.ends();
            }
        }
        if part.ordinal.is_none() && part.date.day.is_none() && part.date.weekday.is_none() {
            next = self.day_of_week(next, cycle, &mut part);
        }
        Some((part, next))
    }

    /// A date that is a part of the period: 9月 of 每年9月.
    fn dated_part(&self, at: usize, cycle: Cycle) -> Option<(Partial, usize)> {
        let (date, next) = self.partial(at)?;
        let following = date.year == YearWord::Next && self.joined(at - 1) == Some(Kind::To);
        let fits = date.year == YearWord::None || following;
        (fits && is_part(&date, cycle.unit)).then_some((date, next))
    }

    /// 最后一个工作日 of 每季度末最后一个工作日, 周五 of 每月末周五.
    fn day_of_week(&self, at: usize, cycle: Cycle, part: &mut CyclePart) -> usize {
        let (ordinal, weekday, next) = match (self.joined(at), self.joined(at + 1)) {
            (Some(Kind::OrdinalWorkday(ordinal)), _) => (ordinal, None, at + 1),
            (Some(Kind::Ordinal(ordinal)), Some(Kind::Weekday(day))) => (ordinal, Some(day), at + 2),
            (Some(Kind::Weekday(day)), _) if part.date.ends() => (-1, Some(day), at + 1),
            _ => return at,
        };
        (part.ordinal, part.date.weekday, part.last_day) = (Some(ordinal), weekday, false);
        if cycle.unit == CycleUnit::Quarter && part.date.ends() {
            part.month_of_quarter = Some(3);
        }
        next
    }

    /// 前5个工作日, 前10日 of a month or a quarter, whose last one counts.
    fn first_days(&self, at: usize, cycle: Cycle, part: &mut CyclePart) -> Option<usize> {
        matches!(cycle.unit, CycleUnit::Month | CycleUnit::Quarter).then_some(())?;
        match self.joined(at)? {
            Kind::Length(Length { count, unit: LengthUnit::WorkingDay }) => {
                part.ordinal = Some(i8::try_from(count).ok().filter(|count| (1..=20).contains(count))?);
            }
            Kind::Length(Length { count, unit: LengthUnit::Day }) => {
                part.date.day = Some(u8::try_from(count).ok().filter(|day| (1..=28).contains(day))?);
            }
            Kind::Day(day) => part.date.day = Some(day),
            _ => return None,
        }
        Some(at + 1)
    }

    fn day(&self, at: usize) -> Option<u8> {
        match self.joined(at) {
            Some(Kind::Day(day)) => Some(day),
            _ => None,
        }
    }

    /// The day behind 首月.
    fn within_month(&self, at: usize, part: &mut CyclePart) -> usize {
        match self.joined(at) {
            Some(Kind::Day(day)) => part.date.day = Some(day),
            Some(Kind::Third(third)) => part.date.third = Some(third),
            Some(Kind::Edge(_) | Kind::MonthEdge(_) | Kind::LastDay) => part.last_day = true,
            _ => return at,
        }
        at + 1
    }

    fn trailing_operator(&self, next: &mut usize) -> Option<Operator> {
        while matches!(self.joined(*next), Some(Kind::Clock | Kind::Inclusive | Kind::Gloss)) {
            *next += 1;
        }
        let (operator, after) = self.operator(*next)?;
        *next = after;
        Some(operator)
    }
}

/// Each part as a recurrence of its own, where their days differ.
fn separate(
    reader: &Reader<'_>,
    start: usize,
    parts: Vec<(CyclePart, usize)>,
    operator: Option<Operator>,
    form: impl Fn(Vec<CyclePart>) -> Form,
) -> Vec<Expression> {
    let mut from = start;
    let mut items = Vec::with_capacity(parts.len());
    for (part, end) in parts {
        items.push(Expression { range: from..end, form: form(vec![part]), operator: None });
        let behind = reader.tokens.partition_point(|token| token.range.start < end);
        from = reader.start(behind + 1);
    }
    if let Some(last) = items.last_mut() {
        last.operator = operator;
    }
    items
}

/// Hands the day at the end of a list to the months before it (每年1月、7月10日前).
fn share(parts: &mut [(CyclePart, usize)]) {
    let Some(((last, _), others)) = parts.split_last_mut() else { return };
    for (part, _) in others {
        if part.date.day.is_none()
            && part.date.third.is_none()
            && !part.last_day
            && part.date.weekday.is_none()
        {
            part.last_day = last.last_day;
            if part.date.month != MonthWord::None {
                (part.date.day, part.date.third) = (last.date.day, last.date.third);
            }
        }
    }
}

/// Whether a date can be a part of a period of this unit.
fn is_part(date: &Partial, unit: CycleUnit) -> bool {
    let of_month = matches!(date.month, MonthWord::None | MonthWord::This) && date.quarter.is_none();
    match unit {
        CycleUnit::Year => !of_month || date.half.is_some() || date.whole_year,
        CycleUnit::Month | CycleUnit::OddMonth | CycleUnit::EvenMonth | CycleUnit::Quarter => {
            of_month && date.half.is_none() && !date.whole_year
        }
        CycleUnit::Week => date.weekday.is_some(),
        _ => false,
    }
}

impl CyclePart {
    fn on_weekday(day: u8) -> Self {
        Self { date: Partial { weekday: Some(day), ..Partial::default() }, ..Self::default() }
    }
}

impl Kind {
    /// What 半年, 一季度 or 一月 recurs with where how often stands behind it.
    fn as_cycle(self) -> Option<Cycle> {
        let unit = match self {
            Self::Length(length) => return length_cycle(length),
            Self::Quarter(1) => CycleUnit::Quarter,
            Self::Month(1) => CycleUnit::Month,
            Self::Day(1) => CycleUnit::Day,
            _ => return None,
        };
        Some(Cycle { unit, interval: 1 })
    }
}

fn length_cycle(length: Length) -> Option<Cycle> {
    let (unit, interval) = match (length.unit, length.count) {
        (_, 0) | (LengthUnit::WorkingDay | LengthUnit::Hour, _) => return None,
        (LengthUnit::Year, count) => (CycleUnit::Year, count),
        (LengthUnit::Month, 6) => (CycleUnit::HalfYear, 1),
        (LengthUnit::Month, count) => (CycleUnit::Month, count),
        (LengthUnit::Week, count) => (CycleUnit::Week, count),
        (LengthUnit::Day, 15) => (CycleUnit::HalfMonth, 1),
        (LengthUnit::Day, count) => (CycleUnit::Day, count),
    };
    Some(Cycle { unit, interval })
}
