//! The year that a title names: `2021年`, `二〇二一年`, of `2021—2025年` the first.

use super::date::{is_year_digit, year_value};
use super::text::{forward, is_blank, opening};

/// The year of a plan called `title`.
pub(super) fn of_title(title: &str) -> Option<i32> {
    let mut start = 0;
    while let Some(offset) = title[start..].find(is_year_digit) {
        let begin = start + offset;
        let end = forward(title, begin, is_year_digit);
        start = end;
        let value = year_value(&title[begin..end]).filter(|year| (1990..2100).contains(year));
        if value.is_some() && is_year(&title[end..]) && !is_looked_back_on(&title[end..]) {
            return value;
        }
    }
    None
}

/// Whether the year before `rest` is over, and the plan for another one follows: 2020年工作总结和2021年工作要点.
fn is_looked_back_on(rest: &str) -> bool {
    let ends = ["总结", "情况", "回顾"].iter().filter_map(|word| Some(rest.find(word)? + word.len()));
    let Some(behind) = ends.min().map(|end| &rest[end..]) else { return false };
    let next = behind.trim_start_matches(['和', '及', '暨', '与', '、']);
    next.len() < behind.len()
        && next.starts_with(is_year_digit)
        && !rest[..rest.len() - behind.len()].contains(is_year_digit)
}

/// Whether `year` in `title` is that of the subject and not of the work, done in the year of `issue`: what is
/// closed, audited or reviewed lies a year back (2021年度决算), what a budget is made for a year ahead.
pub(super) fn is_of_subject(title: &str, year: i32, issue: i32) -> bool {
    const BACK: [&str; 6] = ["决算", "预算执行", "审计", "考核", "评估", "年度报告"];
    const AHEAD: [&str; 1] = ["预算"];
    let words: &[&str] = match issue - year {
        1 => &BACK,
        -1 => &AHEAD,
        _ => return false,
    };
    title.match_indices("年度").any(|(at, word)| {
        let (dated, behind) = (&title[..at], &title[at + word.len()..]);
        dated.ends_with(is_year_digit) && words.iter().any(|word| behind.contains(word))
    })
}

/// Whether the four digits before `rest` are a year: 年 follows, or the year that ends the span.
fn is_year(rest: &str) -> bool {
    let rest = rest.trim_start_matches(is_blank);
    if rest.starts_with('年') {
        return true;
    }
    let span = rest.trim_start_matches(['—', '－', '-', '–', '―', '~', '～', '至', '到', '一']);
    span.len() < rest.len() && year_value(opening(span.trim_start_matches(is_blank), 4)).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_of_the_subject() {
        for (title, year, issue, expected) in [
            ("关于做好2021年度企业决算工作的通知", 2021, 2022, true),
            ("云岭县2021年度专项审计发现问题整改方案", 2021, 2022, true),
            ("云岭县2021年度专项审计发现问题整改方案", 2021, 2021, false),
            ("云岭县2022年度预算编制方案", 2022, 2021, true),
            ("云岭县2022年度考核办法", 2022, 2021, false),
            ("云岭县2021年度工作要点", 2021, 2022, false),
            ("云岭县2021年考核方案", 2021, 2022, false),
        ] {
            assert_eq!(is_of_subject(title, year, issue), expected, "{title}");
        }
    }

    #[test]
    fn years() {
        for (title, expected) in [
            ("云岭县2021年工作要点", Some(2021)),
            ("云岭县二〇二一年工作要点", Some(2021)),
            ("云岭县消费实施方案（2021—2025年）", Some(2021)),
            ("云岭县行动计划（2021-2023）", Some(2021)),
            ("云岭县“十四五”规划", None),
            ("12345热线工作方案", None),
            ("云岭县2035远景目标", None),
            ("云岭县2020年工作总结和2021年工作要点", Some(2021)),
            ("云岭县二〇二〇年工作情况暨二〇二一年工作打算", Some(2021)),
            ("云岭县2020年工作总结", Some(2020)),
            ("落实1989年规定的方案", None),
        ] {
            assert_eq!(of_title(title), expected, "{title}");
        }
    }
}
