//! Expressions to values: the year comes from the words, from the sentence, or from the plan.

use std::ops::Range;

use time::Date;

use crate::calendar::{MonthWord, Partial, Scale, YearWord};
use crate::grammar::{Binding, CyclePart, Event, Expression, Form, Recurrence};
use crate::rrule;
use crate::token::{Cycle, CycleUnit, Length};
use crate::{PlanYear, TimeContext, TimeMention, TimeValue, YearOrigin};

/// 请 is not farther from the time that it asks by.
const LONGEST_REQUEST: usize = 16;

/// What the times of a sentence say about those that follow.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sentence {
    /// Year of the last date, and whether the text gave it.
    year: Option<(i32, YearOrigin)>,
    month: Option<u8>,
    cycle: Option<CycleUnit>,
    /// Whether the last recurrence named a part of its year (每年3月).
    month_of_year: bool,
}

impl Sentence {
    /// A recurrence holds for what follows up to ；.
    pub(crate) fn pause(&mut self) {
        self.cycle = None;
    }

    /// 逐月 makes what follows up to ； recur.
    pub(crate) fn recur_monthly(&mut self) {
        self.cycle = Some(CycleUnit::Month);
    }

    /// Takes note of a time that binds.
    pub(crate) fn note(&mut self, expression: &Expression, mention: &TimeMention) {
        if let Form::Cycle(recurrence) = &expression.form {
            self.cycle = Some(recurrence.cycle.unit);
            self.month_of_year = recurrence.parts.iter().any(|part| part.date.month != MonthWord::None);
        }
        let TimeValue::Date { start, due } = &mention.value else { return };
        let Some(date) = due.or(*start) else { return };
        if let Form::Point(said) | Form::Span(_, said) = &expression.form
            && said.scale() <= Some(Scale::Month)
        {
            self.month = Some(u8::from(date.month()));
        }
        if let Some(origin) = mention.year_from.filter(|_| !is_far_aim(expression, mention)) {
            self.year = Some((date.year(), origin));
        }
    }

    /// The year of a date without one: that of the sentence where the text gave it, else the plan's.
    fn year(&self, plan: Option<PlanYear>) -> Option<(i32, YearOrigin)> {
        let given = self.year.filter(|(_, origin)| *origin == YearOrigin::Text);
        given.or_else(|| plan.map(|plan| (plan.year, plan.origin)))
    }
}

/// Whether a time is an aim over years (到2025年, 2021—2025年, “十四五”期间), in whose year the months
/// that follow need not lie.
fn is_far_aim(expression: &Expression, mention: &TimeMention) -> bool {
    let until = matches!(mention.value, TimeValue::Date { start: None, .. }) && expression.operator.is_none();
    match &expression.form {
        Form::Point(date) if date.scale() == Some(Scale::Year) => until,
        Form::Point(date) => date.plan.is_some(),
        Form::Span(_, last) => last.scale() >= Some(Scale::Year),
        _ => false,
    }
}

/// How the words before an expression bear on it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Lead {
    /// 到 or 至: only the end counts.
    pub(crate) to: bool,
}

/// What `expression` means in `sentence`.
pub(crate) fn resolve(
    text: &str,
    expression: &Expression,
    lead: Lead,
    sentence: &Sentence,
    context: &TimeContext,
) -> TimeMention {
    let operator = expression.operator.as_ref();
    let found = match &expression.form {
        Form::Point(date)
            if date.month == MonthWord::Next && asks_once(text, expression, sentence, context) =>
        {
            point(date, operator.map(|operator| operator.kind), lead, sentence, context)
        }
        Form::Point(date) => match recurring_point(date, expression, sentence, context.slot) {
            Some(recurrence) => cycle(&recurrence),
            None => point(date, operator.map(|operator| operator.kind), lead, sentence, context),
        },
        Form::Span(first, last) => span(first.as_ref(), last, sentence, context),
        Form::Length(length, event) => within(*length, event, text),
        Form::Cycle(recurrence) => cycle(recurrence),
        Form::Today => Found::undated("date.today"),
        Form::Ongoing => Found { value: TimeValue::Ongoing, year_from: None, rule: "ongoing" },
    };
    let before = operator.is_some_and(|operator| operator.kind == Binding::Before);
    let is_date = matches!(found.value, TimeValue::Date { .. });
    TimeMention {
        range: expression.range.clone(),
        ambiguous: before && is_date && period_before(&expression.form),
        operator: operator.map(|operator| operator.range.clone()).filter(|range| !range.is_empty()),
        value: found.value,
        year_from: found.year_from,
        rule: found.rule,
    }
}

/// A value on its way into a [`TimeMention`].
struct Found {
    value: TimeValue,
    year_from: Option<YearOrigin>,
    rule: &'static str,
}

impl Found {
    fn undated(rule: &'static str) -> Self {
        Self { value: TimeValue::Date { start: None, due: None }, year_from: None, rule }
    }
}

fn within(length: Length, event: &Event, text: &str) -> Found {
    let after = event.words(text).map(|words| words.split_whitespace().collect());
    let rule = match event {
        Event::None => "relative.within",
        Event::After(_) => "relative.after",
        Event::Before => "relative.before",
        Event::Time => "relative.time",
    };
    let value = TimeValue::Relative { count: length.count, unit: length.unit, after };
    Found { value, year_from: None, rule }
}

fn period_before(form: &Form) -> bool {
    match form {
        Form::Point(date) | Form::Span(_, date) => date.is_period(),
        _ => false,
    }
}

fn point(
    date: &Partial,
    operator: Option<Binding>,
    lead: Lead,
    sentence: &Sentence,
    context: &TimeContext,
) -> Found {
    let (year, month) = month_of_issue(date, sentence, context)
        .unwrap_or_else(|| (year_of(date.year, sentence, context.plan_year), sentence.month));
    let Some((first, last)) = date.days(year.map(|(year, _)| year), month) else {
        return Found::undated(rule_of(date, operator));
    };
    let (start, due) = match operator {
        // 3月底起.
        Some(Binding::From) => (Some(if date.ends() { last } else { first }), None),
        Some(Binding::Through) => (Some(first), Some(last)),
        Some(_) => (None, Some(last)),
        None if lead.to || date.scale() == Some(Scale::Day) => (None, Some(last)),
        None => (Some(first), Some(last)),
    };
    let origin = if date.plan.is_some() { Some(YearOrigin::Text) } else { year.map(|(_, origin)| origin) };
    Found { value: TimeValue::Date { start, due }, year_from: origin, rule: rule_of(date, operator) }
}

/// Year and month of 本月底, or before 下月起, where no date before it in its sentence gives them: those of issue.
#[expect(clippy::type_complexity, reason = "the two values that the days of a date take")]
fn month_of_issue(
    date: &Partial,
    sentence: &Sentence,
    context: &TimeContext,
) -> Option<(Option<(i32, YearOrigin)>, Option<u8>)> {
    let this_month = matches!(date.month, MonthWord::This | MonthWord::Next) && date.year == YearWord::None;
    let issued = context.issued.filter(|_| this_month && sentence.month.is_none())?;
    Some((Some((issued.year(), YearOrigin::IssueDate)), Some(u8::from(issued.month()))))
}

fn year_of(word: YearWord, sentence: &Sentence, plan: Option<PlanYear>) -> Option<(i32, YearOrigin)> {
    match word {
        YearWord::Given(year) => Some((year, YearOrigin::Text)),
        YearWord::FromPlan(years) => plan.map(|plan| (plan.year + years, plan.origin)),
        YearWord::That | YearWord::Next => {
            let before = sentence.year.or_else(|| plan.map(|plan| (plan.year, plan.origin)));
            before.map(|(year, origin)| (year + i32::from(word == YearWord::Next), origin))
        }
        YearWord::None => sentence.year(plan),
    }
}

fn rule_of(date: &Partial, operator: Option<Binding>) -> &'static str {
    if operator == Some(Binding::From) {
        return "date.since";
    }
    match (date.scale(), date.ends()) {
        (Some(Scale::Plan), _) => "date.plan",
        (Some(Scale::Year), true) => "date.year_end",
        (Some(Scale::Year), _) => "date.year",
        (Some(Scale::Half), _) => "date.half",
        (Some(Scale::Quarter), _) => "date.quarter",
        (Some(Scale::Month), true) => "date.month_end",
        (Some(Scale::Month), _) => "date.month",
        (Some(Scale::Third), _) => "date.third",
        _ => "date.day",
    }
}

fn span(first: Option<&Partial>, last: &Partial, sentence: &Sentence, context: &TimeContext) -> Found {
    let Some(first) = first else {
        let mut found = point(last, Some(Binding::Before), Lead::default(), sentence, context);
        found.rule = "date.from_today";
        return found;
    };
    // 本月下旬至12月底 begins in the month of issue.
    let issue = month_of_issue(first, sentence, context);
    let plan = issue.and_then(|(year, _)| year).map(|(year, origin)| PlanYear { year, origin });
    let sentence = issue.map_or(*sentence, |(_, month)| Sentence { month, ..*sentence });
    let ends = span_years(first, last, &sentence, plan.or(context.plan_year));
    let Some((from, to, origin)) = ends else { return Found::undated("date.span") };
    Found {
        value: TimeValue::Date { start: from.filter(|from| *from <= to), due: Some(to) },
        year_from: Some(origin),
        rule: "date.span",
    }
}

/// First and last day of a span; an end before the start is in the next year. There is no first one where
/// nothing tells its month: 本月下旬至12月底.
fn span_years(
    first: &Partial,
    last: &Partial,
    sentence: &Sentence,
    plan: Option<PlanYear>,
) -> Option<(Option<Date>, Date, YearOrigin)> {
    let month = match first.month {
        MonthWord::Given(month) => Some(month),
        _ => sentence.month,
    };
    if let (YearWord::None, YearWord::Given(year)) = (first.year, last.year) {
        let (_, to) = last.days(Some(year), month)?;
        let (from, _) = first.days(Some(year), sentence.month)?;
        // In a plan of 2024, 12月1日至2025年3月 begins in the year before its end, 6月至2025年底 in the plan's own.
        let own = sentence.year(plan).map(|(own, _)| own).filter(|own| *own < year && from <= to);
        let earlier = own.or((from > to).then_some(year - 1));
        let from = earlier.map_or(Some(from), |year| Some(first.days(Some(year), sentence.month)?.0))?;
        return Some((Some(from), to, YearOrigin::Text));
    }
    let (year, origin) = match first.plan {
        Some(_) => (0, YearOrigin::Text),
        None => year_of(first.year, sentence, plan)?,
    };
    let relative = matches!(first.month, MonthWord::This | MonthWord::Next) && sentence.month.is_none();
    let from = if relative { None } else { Some(first.days(Some(year), sentence.month)?.0) };
    let (last_year, last_origin) = match last.year {
        YearWord::Given(year) => (year, YearOrigin::Text),
        YearWord::Next => (year + 1, origin),
        YearWord::FromPlan(_) => year_of(last.year, sentence, plan)?,
        YearWord::That | YearWord::None => (year, origin),
    };
    let (_, to) = last.days(Some(last_year), month)?;
    let turns = from.is_some_and(|from| to < from) && last.year == YearWord::None;
    let to = if turns { last.days(Some(last_year + 1), month)?.1 } else { to };
    Some((from, to, if origin == YearOrigin::Text { origin } else { last_origin }))
}

/// Whether a notice asks for something by the month after its own: 请各村于下月10日前报送名单.
fn asks_once(text: &str, expression: &Expression, sentence: &Sentence, context: &TimeContext) -> bool {
    let before = text.get(..expression.range.start).unwrap_or_default();
    let clause = || {
        let near = before.char_indices().rev().take(LONGEST_REQUEST);
        near.take_while(|(_, c)| !matches!(c, '，' | ',' | '。' | '；' | '\n'))
    };
    sentence.cycle.is_none()
        && sentence.month.is_none()
        && context.issued.is_some()
        && clause().any(|(_, c)| c == '请')
}

/// A day or month without a name in a sentence of recurrences recurs with them: 每月…，15日前….
fn recurring_point(
    date: &Partial,
    expression: &Expression,
    sentence: &Sentence,
    slot: bool,
) -> Option<Recurrence> {
    let operator = expression.operator.as_ref().map(|operator| operator.kind);
    let (before, from) = (operator == Some(Binding::Before), operator == Some(Binding::From));
    let bare_day = matches!(date.month, MonthWord::None | MonthWord::This)
        && date.day.is_some()
        && date.year == YearWord::None;
    let of_year = matches!(date.month, MonthWord::Given(_));
    let bare_month = date.month == MonthWord::This && date.edge.is_some();
    let unit = match sentence.cycle {
        // 下月起 begins once.
        None if date.month == MonthWord::Next && from => return None,
        _ if date.month == MonthWord::Next => CycleUnit::Month,
        Some(CycleUnit::Month | CycleUnit::Quarter) if bare_day || bare_month => CycleUnit::Month,
        Some(CycleUnit::Week) if date.weekday.is_some() => CycleUnit::Week,
        Some(CycleUnit::Year) if date.year == YearWord::Next => CycleUnit::Year,
        Some(CycleUnit::Year) if date.year == YearWord::None && of_year && sentence.month_of_year => {
            CycleUnit::Year
        }
        Some(CycleUnit::Quarter) if date.unplaced && date.ends() => CycleUnit::Quarter,
        _ if slot && date.unplaced && date.ends() => CycleUnit::Quarter,
        _ => return None,
    };
    let last_day = date.ends() || before && date.day.is_none() && date.third.is_none();
    let part = CyclePart { date: *date, last_day, ..CyclePart::default() };
    Some(Recurrence { cycle: Cycle { unit, interval: 1 }, parts: vec![part], times: None })
}

fn cycle(recurrence: &Recurrence) -> Found {
    let rule = match recurrence.cycle.unit {
        CycleUnit::Year => "recurring.yearly",
        CycleUnit::HalfYear => "recurring.half_yearly",
        CycleUnit::Quarter => "recurring.quarterly",
        CycleUnit::OddMonth | CycleUnit::EvenMonth => "recurring.monthly",
        CycleUnit::Month | CycleUnit::HalfMonth | CycleUnit::Third => "recurring.monthly",
        CycleUnit::Week => "recurring.weekly",
        CycleUnit::Workday | CycleUnit::Day => "recurring.daily",
        CycleUnit::Hour => "recurring.hourly",
    };
    let value = TimeValue::Recurring { rrule: rrule::rule(recurrence), times: recurrence.times };
    Found { value, year_from: None, rule }
}

/// The words of an event.
impl Event {
    fn words<'t>(&self, text: &'t str) -> Option<&'t str> {
        match self {
            Self::After(range) => text.get(Range::clone(range)),
            _ => None,
        }
    }
}
