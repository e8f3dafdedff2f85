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
        if value.is_some() && is_year(&title[end..]) {
            return value;
        }
    }
    None
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
    fn years() {
        for (title, expected) in [
            ("云岭县2021年工作要点", Some(2021)),
            ("云岭县二〇二一年工作要点", Some(2021)),
            ("云岭县消费实施方案（2021—2025年）", Some(2021)),
            ("云岭县行动计划（2021-2023）", Some(2021)),
            ("云岭县“十四五”规划", None),
            ("12345热线工作方案", None),
            ("云岭县2035远景目标", None),
            ("落实1989年规定的方案", None),
        ] {
            assert_eq!(of_title(title), expected, "{title}");
        }
    }
}
