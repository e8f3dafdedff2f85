//! Recurrences to RFC 5545 rules.
//!
//! A part of a period is given by its last day, as a date is by `due`: 每年第一季度末 falls in March.
//! A part of a quarter needs `FREQ=YEARLY` with four months, because `FREQ=MONTHLY;INTERVAL=3` does
//! not say in which month a quarter begins.

use std::fmt::Write as _;

use crate::calendar::{MonthWord, fixed_last_day};
use crate::grammar::{CyclePart, Recurrence};
use crate::token::{CycleUnit, Edge};

/// The rule of a recurrence, without `RRULE:`.
pub(crate) fn rule(recurrence: &Recurrence) -> String {
    let interval = recurrence.cycle.interval;
    let parts = recurrence.parts.as_slice();
    match recurrence.cycle.unit {
        CycleUnit::Year => yearly(interval, parts),
        CycleUnit::HalfYear if counts_from_start(parts) => periods(&[1, 7], parts),
        CycleUnit::HalfYear if has_part(parts) => periods(&[6, 12], parts),
        CycleUnit::HalfYear => frequency("MONTHLY", interval * 6),
        CycleUnit::Quarter if has_part(parts) => quarterly(parts),
        CycleUnit::Quarter => frequency("MONTHLY", interval * 3),
        CycleUnit::Month => monthly(interval, parts),
        CycleUnit::OddMonth => periods(&[1, 3, 5, 7, 9, 11], parts),
        CycleUnit::EvenMonth => periods(&[2, 4, 6, 8, 10, 12], parts),
        CycleUnit::HalfMonth => "FREQ=MONTHLY;BYMONTHDAY=15,-1".to_owned(),
        CycleUnit::Third => "FREQ=MONTHLY;BYMONTHDAY=10,20,-1".to_owned(),
        CycleUnit::Week => weekly(interval, parts),
        CycleUnit::Workday if interval == 1 => format!("FREQ=WEEKLY;{WORKDAYS}"),
        CycleUnit::Workday | CycleUnit::Day => frequency("DAILY", interval),
        CycleUnit::Hour => frequency("HOURLY", interval),
    }
}

const WORKDAYS: &str = "BYDAY=MO,TU,WE,TH,FR";
const WEEKDAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

fn frequency(name: &str, interval: u32) -> String {
    let mut rule = format!("FREQ={name}");
    if interval > 1 {
        let _ = write!(rule, ";INTERVAL={interval}");
    }
    rule
}

fn has_part(parts: &[CyclePart]) -> bool {
    let is_part = |part: &CyclePart| {
        part.last_day || part.month_of_quarter.is_some() || part.date.day.is_some() || part.ordinal.is_some()
    };
    parts.iter().any(is_part)
}

/// Whether parts are counted from the beginning of their period: 第一个工作日.
fn counts_from_start(parts: &[CyclePart]) -> bool {
    parts.iter().any(|part| part.ordinal > Some(0))
}

fn yearly(interval: u32, parts: &[CyclePart]) -> String {
    let mut rule = frequency("YEARLY", interval);
    let months: Vec<u8> = parts.iter().filter_map(month_of_year).collect();
    if let Some(days) = ordinals(parts).filter(|_| interval == 1) {
        if months.is_empty() {
            return rule + &days;
        }
        return periods(&sorted(&months), parts);
    }
    add(&mut rule, "BYMONTH", &sorted(&months));
    let single = (months.len() == 1).then(|| months.first().copied()).flatten();
    let days: Vec<i8> = parts.iter().filter_map(|part| day_of_month(part, single)).collect();
    add(&mut rule, "BYMONTHDAY", &sorted(&days));
    rule
}

/// The month in which a part of a year ends.
fn month_of_year(part: &CyclePart) -> Option<u8> {
    let date = &part.date;
    match (date.month, date.quarter, date.half, date.whole_year) {
        (MonthWord::Given(month), ..) => Some(month),
        (_, Some(quarter), ..) => Some(quarter * 3),
        (_, _, Some(half), _) => Some(half * 6),
        (.., true) => Some(match date.edge {
            Some(Edge::Start) => 1,
            Some(Edge::Middle) => 6,
            _ => 12,
        }),
        _ => None,
    }
}

/// The day that a part ends with; the last is a number where `month` always has the same.
fn day_of_month(part: &CyclePart, month: Option<u8>) -> Option<i8> {
    if let Some(day) = part.date.day {
        return i8::try_from(day).ok();
    }
    let by_third = match (part.date.third, part.date.edge, part.date.month) {
        (Some(1), ..) | (None, Some(Edge::Start), MonthWord::Given(_) | MonthWord::This) => Some(10),
        (Some(2 | 4), ..) | (None, Some(Edge::Middle), MonthWord::Given(_) | MonthWord::This) => Some(20),
        (Some(_), ..) => Some(-1),
        _ => part.last_day.then_some(-1),
    };
    let last = month.and_then(fixed_last_day).and_then(|day| i8::try_from(day).ok());
    if by_third == Some(-1) { last.or(by_third) } else { by_third }
}

fn quarterly(parts: &[CyclePart]) -> String {
    let months: Vec<u8> = parts
        .iter()
        .flat_map(|part| match part.month_of_quarter {
            Some(month @ 1..=3) => [month, month + 3, month + 6, month + 9],
            Some(_) => [1, 4, 7, 10],
            None if part.date.day.is_some() || part.ordinal > Some(0) => [1, 4, 7, 10],
            None => [3, 6, 9, 12],
        })
        .collect();
    periods(&sorted(&months), parts)
}

/// A part of a period that ends in one of `months`. Days that are counted need `FREQ=MONTHLY`: in a
/// yearly rule the last working day is the year's.
fn periods(months: &[u8], parts: &[CyclePart]) -> String {
    let days = ordinals(parts);
    let mut rule = frequency(if days.is_some() { "MONTHLY" } else { "YEARLY" }, 1);
    add(&mut rule, "BYMONTH", months);
    match days {
        Some(days) => rule.push_str(&days),
        None => add(&mut rule, "BYMONTHDAY", &month_days(parts)),
    }
    rule
}

fn monthly(interval: u32, parts: &[CyclePart]) -> String {
    let mut rule = frequency("MONTHLY", interval);
    match ordinals(parts) {
        Some(days) => rule.push_str(&days),
        None => add(&mut rule, "BYMONTHDAY", &month_days(parts)),
    }
    rule
}

fn month_days(parts: &[CyclePart]) -> Vec<i8> {
    let days: Vec<i8> = parts.iter().filter_map(|part| day_of_month(part, None)).collect();
    sorted(&days)
}

/// 第一个周一, 最后一个工作日: weekdays, or working days, that are counted.
fn ordinals(parts: &[CyclePart]) -> Option<String> {
    let counted = parts.iter().filter_map(|part| Some((part.ordinal?, part.date.weekday)));
    let (of_week, workdays): (Vec<_>, Vec<_>) = counted.partition(|(_, weekday)| weekday.is_some());
    let mut days = String::new();
    if let Some((_, Some(_))) = of_week.first() {
        let name =
            |(ordinal, weekday): &(i8, Option<u8>)| Some(format!("{ordinal}{}", weekday_name((*weekday)?)));
        let names: Vec<String> = of_week.iter().filter_map(name).collect();
        add(&mut days, "BYDAY", &names);
        return Some(days);
    }
    let positions: Vec<i8> = workdays.iter().map(|(ordinal, _)| *ordinal).collect();
    let _ = write!(days, ";{WORKDAYS}");
    add(&mut days, "BYSETPOS", &sorted(&positions));
    (!positions.is_empty()).then_some(days)
}

fn weekly(interval: u32, parts: &[CyclePart]) -> String {
    let mut rule = frequency("WEEKLY", interval);
    let mut days: Vec<u8> = parts.iter().filter_map(|part| part.date.weekday).collect();
    days.sort_unstable();
    days.dedup();
    let names: Vec<&str> = days.into_iter().map(weekday_name).collect();
    add(&mut rule, "BYDAY", &names);
    rule
}

fn weekday_name(day: u8) -> &'static str {
    WEEKDAYS.get(usize::from(day).saturating_sub(1)).copied().unwrap_or("MO")
}

/// Days and months in order, those counted from the end last.
fn sorted<T: Copy + Ord + Default>(values: &[T]) -> Vec<T> {
    let mut values = values.to_vec();
    values.sort_unstable_by_key(|value| (*value < T::default(), *value));
    values.dedup();
    values
}

fn add<T: ToString>(rule: &mut String, name: &str, values: &[T]) {
    if !values.is_empty() {
        let list: Vec<String> = values.iter().map(ToString::to_string).collect();
        let _ = write!(rule, ";{name}={}", list.join(","));
    }
}
