//! Printed calendar days to ISO dates: `2021年 7月 28日`, `二〇二一年六月二十九日`, `2021-06-29`.

use std::ops::Range;
use std::sync::LazyLock;

use duban_document::numeral;
use memchr::memmem::Finder;

use super::text::{backward, forward, is_blank, is_within, squeeze};

/// A full date in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FoundDate {
    pub(super) range: Range<usize>,
    day: Day,
}

impl FoundDate {
    /// ISO 8601.
    pub(super) fn iso(&self) -> String {
        self.day.iso()
    }
}

/// The first full date (年, 月 and 日) of `text` at or after byte `from`.
pub(super) fn find(text: &str, from: usize) -> Option<FoundDate> {
    static YEAR: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("年"));
    let rest = text.get(from..)?;
    YEAR.find_iter(rest.as_bytes()).find_map(|offset| around(text, from, from + offset))
}

/// The date that fills `text`, brackets around it and a time of day behind it apart.
pub(super) fn whole(text: &str) -> Option<String> {
    const LONGEST: usize = 40;
    let marks = |c: char| is_blank(c) || matches!(c, '）' | ')' | '。');
    let last = text.trim_end_matches(marks).chars().next_back()?;
    let ends = last == '日' || is_year_digit(last) || numeral::is_han_numeral(last);
    if !ends || !is_within(text, LONGEST) {
        return None;
    }
    let squeezed = squeeze(text);
    let bare = squeezed.trim_start_matches(['（', '(']).trim_end_matches(['）', ')', '。']);
    if let Some(date) = find(bare, 0) {
        return (date.range == (0..bare.len())).then(|| date.iso());
    }
    Some(by_marks(bare)?.iso())
}

/// The first date of `text` in any form; for values of a field that holds a date.
pub(super) fn first(text: &str) -> Option<String> {
    find(text, 0).map(|date| date.day).or_else(|| by_marks(text.trim())).map(Day::iso)
}

/// Whether `text` is a month of a year without a day, as some signatures have it.
pub(super) fn is_month(text: &str) -> bool {
    if !is_within(text, 20) {
        return false;
    }
    let squeezed = squeeze(text);
    let Some((year, month)) = squeezed.split_once('年') else { return false };
    let Some(month) = month.strip_suffix('月') else { return false };
    year_value(year).is_some() && number(month, 12).is_some()
}

/// A character that stands for a digit of a year; noughts come in many shapes.
fn year_digit(c: char) -> Option<u32> {
    match c {
        '◯' | 'О' | 'Ο' | 'O' | 'o' | '０' | '〇' => Some(0),
        _ => numeral::arabic_digit(c).or_else(|| numeral::han_digit(c)),
    }
}

/// Whether `c` can stand for a digit of a year.
pub(super) fn is_year_digit(c: char) -> bool {
    year_digit(c).is_some()
}

/// The year that four digits, in one script or several, make; `None` outside 1900 to 2199.
pub(super) fn year_value(digits: &str) -> Option<i32> {
    let mut value = 0i32;
    let mut count = 0;
    for c in digits.chars().filter(|c| !is_blank(*c)) {
        value = value.checked_mul(10)?.checked_add(i32::try_from(year_digit(c)?).ok()?)?;
        count += 1;
    }
    (count == 4 && (1900..2200).contains(&value)).then_some(value)
}

fn number(text: &str, most: u32) -> Option<u32> {
    numeral::parse(&squeeze(text)).filter(|value| (1..=most).contains(value))
}

/// The date around the 年 at byte `mark`.
fn around(text: &str, from: usize, mark: usize) -> Option<FoundDate> {
    let start = backward(text, mark, |c| is_year_digit(c) || is_blank(c));
    let start = forward(text, start, is_blank).max(from);
    let year = year_value(text.get(start..mark)?)?;
    let is_part = |c| numeral::arabic_digit(c).is_some() || numeral::is_han_numeral(c) || is_blank(c);
    let month_start = mark + '年'.len_utf8();
    let month_end = forward(text, month_start, is_part);
    let day_start = month_end + text[month_end..].strip_prefix('月').map(|_| '月'.len_utf8())?;
    let day_end = forward(text, day_start, is_part);
    let end = day_end + text[day_end..].strip_prefix('日').map(|_| '日'.len_utf8())?;
    let month = number(&text[month_start..month_end], 12)?;
    let day = number(&text[day_start..day_end], 31)?;
    Some(FoundDate { range: start..end, day: Day::new(year, month, day)? })
}

/// Whether `text` is a day whose 年, 月 and 日 the page lost (2021629): which day that is, is often open.
pub(super) fn is_worn(text: &str) -> bool {
    const LENGTHS: std::ops::RangeInclusive<usize> = 6..=8;
    let is_digits = LENGTHS.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let Some((year, rest)) = text.split_at_checked(4).filter(|_| is_digits) else { return false };
    let is_day = |month: &str, day: &str| {
        let parts = year_value(year).zip(number(month, 12)).zip(number(day, 31));
        parts.and_then(|((year, month), day)| Day::new(year, month, day)).is_some()
    };
    (1..rest.len()).any(|at| is_day(&rest[..at], &rest[at..]))
}

/// `2021-06-29`, `2021/6/29`, `2021.06.29`, with or without a time of day behind.
fn by_marks(text: &str) -> Option<Day> {
    let day = text.split_whitespace().next()?;
    let mut parts = day.split(['-', '/', '.', '－']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let day = day.get(..2).filter(|_| day.len() > 2 && day[2..].contains(':')).unwrap_or(day);
    if parts.next().is_some() {
        return None;
    }
    Day::new(year_value(year)?, number(month, 12)?, number(day, 31)?)
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Day {
    year: i32,
    month: u32,
    day: u32,
}

impl Day {
    fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        (day <= days).then_some(Self { year, month, day })
    }

    fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_dates() {
        for (text, expected) in [
            ("2021年 6月29日", Some("2021-06-29")),
            ("二〇二一年六月二十九日", Some("2021-06-29")),
            ("二○二一年十二月三日", Some("2021-12-03")),
            ("二0二一年三月一日", Some("2021-03-01")),
            ("（２０２１年７月８日）", Some("2021-07-08")),
            ("2021-7-28", Some("2021-07-28")),
            ("2021年2月30日", None),
            ("2021年6月", None),
            ("2021年6月29日起", None),
            ("1.1.2", None),
        ] {
            assert_eq!(whole(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn dates_in_text() {
        let text = "云岭县人民政府2021 年 7 月 28 日印发";
        let date = find(text, 0).unwrap();
        assert_eq!((&text[date.range.clone()], date.iso().as_str()), ("2021 年 7 月 28 日", "2021-07-28"));
        assert_eq!(first("2021-07-28 10:30").as_deref(), Some("2021-07-28"));
        assert!(is_month("二〇二一年六月"));
    }
}
