//! Numbers with their units: 2021年, 10月, 三季度, 15个工作日, 2021-12-31.

use std::sync::LazyLock;

use duban_document::{Words, numeral};

use super::Lexer;
use super::sum::sum_at;
use crate::LengthUnit;
use crate::token::{Kind, Length};
use crate::words::ENDING_LIKE_TIME;

/// Greater numbers before 、 are no labels.
const LAST_LABEL: u32 = 999;

/// Digits of a year.
const YEAR: usize = 4;

/// A number as printed.
#[derive(Clone, Copy)]
struct Number {
    value: u32,
    digits: usize,
    han: bool,
    start: usize,
}

impl Lexer<'_> {
    pub(super) fn arabic(&mut self) {
        let start = self.at;
        let length = digits(self.rest());
        let end = start + length;
        let named = self.previous_char().is_some_and(|c| c.is_ascii_alphabetic() || c == '第');
        if length == 1
            && let Some((value, end)) = self.parted(end)
        {
            self.numbered(Number { value, digits: 2, han: false, start }, end);
            self.at = self.at.max(end);
            return;
        }
        if named || length < YEAR && self.year_with_letter() || self.numeric_date(end) || self.decimal(end) {
            self.at = self.at.max(end);
            return;
        }
        let text = self.text.get(start..end).unwrap_or_default();
        if let Some(value) = numeral::parse(text) {
            self.numbered(Number { value, digits: text.chars().count(), han: false, start }, end);
        }
        self.at = self.at.max(end);
    }

    pub(super) fn han(&mut self) {
        let start = self.at;
        if self.year_with_letter()
            || self.starts(start, "十") && self.bare_plan()
            || self.listed_weekday()
            || self.sum()
        {
            return;
        }
        let text = han_run(self.rest());
        let end = start + text.len();
        let first = text.chars().next().map_or(0, char::len_utf8);
        let inside_word = ENDING_LIKE_TIME.ends(self.before(start + first)).is_some();
        if self.previous_char() != Some('第')
            && !inside_word
            && let Some(value) = han_value(text)
        {
            self.numbered(Number { value, digits: text.chars().count(), han: true, start }, end);
        }
        self.at = self.at.max(end);
    }

    /// 第三季度, 首月, 最后一个工作日; says whether one was read.
    pub(super) fn ordinal(&mut self) -> bool {
        let rest = self.rest();
        let (value, mut at) = if rest.starts_with('第') {
            let start = self.at + '第'.len_utf8();
            match numeral(self.text, start) {
                Some((value, end)) => (i8::try_from(value).unwrap_or(0), self.skip_space(end)),
                None => return false,
            }
        } else if rest.starts_with("最后") {
            let start = self.at + "最后".len();
            match numeral(self.text, start) {
                Some((1, end)) => (-1, end),
                _ => return false,
            }
        } else if rest.starts_with("末月") {
            (-1, self.at + '末'.len_utf8())
        } else if rest.starts_with('首') {
            (1, self.at + '首'.len_utf8())
        } else {
            return false;
        };
        let single = self.starts(at, "个");
        if single {
            at += "个".len();
        }
        self.ordinal_unit(value, single, at)
    }

    fn ordinal_unit(&mut self, value: i8, single: bool, at: usize) -> bool {
        let month = u8::try_from(if value < 0 { 3 } else { value }).unwrap_or(0);
        let rest = self.text.get(at..).unwrap_or_default();
        let week = ["周", "星期", "週"].iter().find(|week| rest.starts_with(**week));
        // 第一周的周一 is as good as 第一个周一.
        let of_week = week.map(|week| at + week.len()).filter(|end| {
            let day = self.text.get(self.skip_particle(*end)..).unwrap_or_default();
            ["周", "星期", "週"].iter().any(|week| day.starts_with(week))
        });
        let (kind, end) = if rest.starts_with("季度") && (1..=4).contains(&value) {
            (Kind::Quarter(month), at + "季度".len())
        } else if rest.starts_with("工作日") && single {
            (Kind::OrdinalWorkday(value), at + "工作日".len())
        } else if rest.starts_with('月') && (1..=3).contains(&month) {
            (Kind::MonthOfQuarter(month), at + "月".len())
        } else if value == -1 && !single && (rest.starts_with('日') || rest.starts_with('天')) {
            (Kind::LastDay, at + "日".len())
        } else if week.is_some() && single {
            (Kind::Ordinal(value), at)
        } else if let Some(end) = of_week {
            (Kind::Ordinal(value), end)
        } else if !single
            && let Some(next) = skip_range_mark(self.text, at).or_else(|| skip_list_mark(self.text, at))
            && numeral(self.text, if self.starts(next, "第") { next + "第".len() } else { next }).is_some_and(
                |(_, end)| self.starts(end, "季度") || self.starts(end, "、") || self.starts(end, "季"),
            )
        {
            (Kind::Number(u32::from(month)), at)
        } else {
            return false;
        };
        let end = self.skip_particle(end);
        self.push_range(kind, self.at, end);
        true
    }

    /// 2021-12-31, 2021.12.31, 2021/12/31 and 2021.12, in a slot also 2021-12.
    fn numeric_date(&mut self, year_end: usize) -> bool {
        let start = self.at;
        let Some(year) = self.text.get(start..year_end).and_then(year_value) else { return false };
        let Some(mark) = self.text.get(year_end..).and_then(|rest| rest.chars().next()) else { return false };
        if !matches!(mark, '.' | '．' | '-' | '/') {
            return false;
        }
        let month_start = year_end + mark.len_utf8();
        let Some((month, month_end)) = self.short_number(month_start, 12) else { return false };
        let rest = self.text.get(month_end..).unwrap_or_default();
        let day = rest
            .strip_prefix(mark)
            .and_then(|_| self.short_number(month_end + mark.len_utf8(), 31))
            .filter(|(_, end)| !self.starts(*end, "年"));
        let amount = rest.starts_with(['万', '亿', '元', '%', '％', '.', '．', '年', '公', '平', '米', '千']);
        let parted = matches!(mark, '.' | '．') || self.slot;
        if day.is_none() && (!parted || amount) {
            return false;
        }
        self.push_range(Kind::Year(year), start, month_start);
        if let Some((day, end)) = day {
            self.push_range(Kind::Month(month), month_start, month_end + mark.len_utf8());
            let end = if self.starts(end, "日") { end + "日".len() } else { end };
            self.push_range(Kind::Day(day), self.at, end);
        } else {
            let end = if rest.starts_with('月') { month_end + "月".len() } else { month_end };
            self.push_range(Kind::Month(month), month_start, end);
            self.later_month(month, end);
        }
        true
    }

    /// A number of one or two digits, from 1 to `most`.
    pub(super) fn short_number(&self, at: usize, most: u8) -> Option<(u8, usize)> {
        let rest = self.text.get(at..)?;
        let end = at + digits(rest);
        let text = self.text.get(at..end).filter(|text| (1..=2).contains(&text.chars().count()))?;
        let value = u8::try_from(numeral::parse(text)?).ok()?;
        (1..=most).contains(&value).then_some((value, end))
    }

    /// Passes over 3.5 and 1.1.2; of 3.2021年 and 1.5月, a label and a date, only over the label.
    fn decimal(&mut self, end: usize) -> bool {
        let point = |at: usize| {
            let rest = self.text.get(at..)?;
            let mark = rest.chars().next().filter(|c| matches!(c, '.' | '．'))?.len_utf8();
            Some((at + mark, digits(rest.get(mark..)?))).filter(|(_, length)| *length > 0)
        };
        let Some((fraction, length)) = point(end) else { return false };
        let after = self.text.get(self.skip_space(fraction + length)..).unwrap_or_default();
        let year = self.text.get(fraction..fraction + length).and_then(year_value).is_some();
        let label = self.previous_char().is_none_or(|c| !c.is_alphanumeric());
        if label && after.starts_with('月') || year && after.starts_with('年') {
            self.at = fraction;
            return true;
        }
        if self.month_and_day(end, fraction, after) {
            return true;
        }
        let mut at = fraction + length;
        while let Some((next, length)) = point(at) {
            at = next + length;
        }
        self.at = at;
        true
    }

    /// Adds the token that a number makes with what stands behind it.
    fn numbered(&mut self, number: Number, end: usize) {
        let at = self.skip_space(end);
        let rest = self.text.get(at..).unwrap_or_default();
        let Some(c) = rest.chars().next() else { return };
        let start = number.start;
        match c {
            '年' => self.years(number, at),
            '月' => self.months(number, at),
            '日' if !rest.starts_with("日历") => self.days(number, at),
            '号' | '號' if self.is_day(start, rest) => self.days(number, at),
            '季' if rest.starts_with("季度") && (1..=4).contains(&number.value) => {
                let quarter = u8::try_from(number.value).unwrap_or(1);
                self.push_range(Kind::Quarter(quarter), start, at + "季度".len());
            }
            // 一季一评估.
            '季' if rest.starts_with("季一") && number.value == 1 => {
                self.push_range(Kind::Quarter(1), start, at + "季".len());
            }
            '时' | '時' | '点' | '點' | ':' | '：' => self.clock(start, at),
            // 3月20之前 lacks its 日.
            '前' | '之' | '以' if self.is_bare_day(number.start, rest) => {
                if let Some(day) = u8::try_from(number.value).ok().filter(|day| (1..=31).contains(day)) {
                    self.push_range(Kind::Day(day), start, end);
                }
            }
            '次' | '场' | '轮' | '期' | '遍' | '回' => {
                self.push_range(Kind::Number(number.value), start, end);
            }
            _ if skip_range_mark(self.text, at).is_some() => {
                self.push_range(Kind::Number(number.value), start, end);
            }
            _ if skip_list_mark(self.text, at).is_some() => {
                if !self.is_label(number, at) {
                    self.push_range(Kind::Number(number.value), start, end);
                }
            }
            _ if self.is_last_of_list(at) => self.push_range(Kind::Number(number.value), start, end),
            _ => {
                if let Some((unit, times, length)) = length_unit(rest) {
                    let length_value = Length { count: number.value.saturating_mul(times), unit };
                    self.push_range(Kind::Length(length_value), start, at + length);
                }
            }
        }
    }

    /// Whether the number at `start` is a day without 日, between its month and 前.
    fn is_bare_day(&self, start: usize, rest: &str) -> bool {
        let before = ["前", "之前", "以前"].iter().any(|word| rest.starts_with(word));
        before && self.is_joined(start) && matches!(self.last(), Some(Kind::Month(_)))
    }

    /// Whether 号 behind a number makes it a day: a month stands before it or 前 behind it.
    fn is_day(&self, start: usize, rest: &str) -> bool {
        let month = self.is_joined(start)
            && matches!(
                self.last(),
                Some(
                    Kind::Month(_)
                        | Kind::Every(_)
                        | Kind::To
                        | Kind::And
                        | Kind::ThisMonth
                        | Kind::NextMonth
                )
            );
        month || rest.get('号'.len_utf8()..).is_some_and(|rest| rest.starts_with(['前', '之']))
    }

    /// Whether a number before 、 is a label: it opens a line or a sentence, and what is listed behind
    /// it is neither quarters nor months that go on from it, nor a third number.
    fn is_label(&self, number: Number, mark: usize) -> bool {
        let before = self.before(number.start).trim_end_matches([' ', '\t', '\u{3000}']);
        let opens = !self.slot && before.is_empty() || before.ends_with(['\n', '。', '；', ';', '：', ':']);
        let Some((next, end)) = skip_list_mark(self.text, mark)
            .and_then(|at| Some((at, numeral(self.text, at)?)))
            .map(|(at, (value, end))| ((value, self.starts_with_digit(at)), end))
        else {
            return false;
        };
        let listed = self.starts(end, "季度")
            || self.starts(end, "月份")
            || sum_at(self.text, end).is_some_and(|(count, ..)| count == 2)
            || skip_list_mark(self.text, end)
                .and_then(|at| numeral(self.text, at))
                .is_some_and(|(third, _)| third > next.0);
        let unlike = next.1 == number.han || next.0 <= number.value;
        opens && !listed && number.value <= LAST_LABEL || unlike
    }

    fn starts_with_digit(&self, at: usize) -> bool {
        self.text.get(at..).is_some_and(|rest| digits(rest) > 0)
    }

    fn years(&mut self, number: Number, at: usize) {
        let mut end = at + "年".len();
        let next = self.text.get(self.skip_space(end)..).and_then(|rest| rest.chars().next());
        let given = self.text.get(number.start..at).map(str::trim_end).and_then(year_value);
        let short = !number.han
            && number.digits == 2
            && (15..=40).contains(&number.value)
            && next.is_some_and(|c| c.is_numeric() || matches!(c, '底' | '末'));
        let kind = match given {
            Some(year) => {
                if self.starts(end, "度") && !self.starts(end, "度过") {
                    end += "度".len();
                }
                Kind::Year(year)
            }
            None if short => Kind::Year(2000 + i32::try_from(number.value).unwrap_or(0)),
            None if number.value > 100 => return,
            None if self.starts(end, "半") => {
                end += "半".len();
                Kind::Length(Length { count: number.value * 12 + 6, unit: LengthUnit::Month })
            }
            None => Kind::Length(Length { count: number.value, unit: LengthUnit::Year }),
        };
        self.push_range(kind, number.start, end);
    }

    fn months(&mut self, number: Number, at: usize) {
        let Some(month) = u8::try_from(number.value).ok().filter(|month| (1..=12).contains(month)) else {
            return;
        };
        if self.starts(number.start, "两") || self.starts(number.start, "兩") {
            // 两月 is no February.
            let length = Length { count: 2, unit: LengthUnit::Month };
            self.push_range(Kind::Length(length), number.start, at + "月".len());
            return;
        }
        let mut end = at + "月".len();
        let rest = self.text.get(end..).unwrap_or_default();
        if rest.starts_with(['龄', '饼', '嫂', '薪', '租', '票', '均']) {
            return;
        }
        let within = ["内", "內", "之内", "以内"].iter().any(|word| rest.starts_with(word));
        let dated = self.is_joined(number.start) && matches!(self.last(), Some(Kind::Year(_)));
        if number.han && within && !dated {
            let length = Length { count: number.value, unit: LengthUnit::Month };
            self.push_range(Kind::Length(length), number.start, end);
            return;
        }
        if let Some(whole) = ["份", "全月", "整月"].iter().find(|whole| rest.starts_with(**whole)) {
            end += whole.len();
        }
        let end = self.skip_of(end);
        self.push_range(Kind::Month(month), number.start, end);
    }

    /// 的 of 12月的25日 belongs to the words.
    fn skip_of(&self, at: usize) -> usize {
        let Some(rest) = self.text.get(at..).and_then(|rest| rest.strip_prefix('的')) else { return at };
        let behind = at + '的'.len_utf8();
        let day = numeral(self.text, behind)
            .is_some_and(|(_, end)| self.starts(end, "日") || self.starts(end, "号"));
        let part = ["上旬", "中旬", "下旬", "最后一天", "最后一日", "最后一个工作日"];
        if day || part.iter().any(|part| rest.starts_with(part)) { behind } else { at }
    }

    fn days(&mut self, number: Number, at: usize) {
        let end = at + self.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let rest = self.text.get(end..).unwrap_or_default();
        if rest.starts_with(['均', '产', '游', '常', '薪', '租']) {
            return;
        }
        let kind = match u8::try_from(number.value) {
            Ok(day @ 1..=31) => Kind::Day(day),
            _ if (1..=999).contains(&number.value) => {
                Kind::Length(Length { count: number.value, unit: LengthUnit::Day })
            }
            _ => return,
        };
        self.push_range(kind, number.start, end);
    }

    /// 17时30分, 17:00, 5点半 behind a day.
    fn clock(&mut self, start: usize, mark: usize) {
        if !self.takes_clock() || !self.is_joined(start) {
            return;
        }
        let mut end =
            mark + self.text.get(mark..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        // 20时两次 has no minutes.
        if let Some((_, minutes)) = numeral(self.text, end)
            && (self.starts_with_digit(end) || self.starts(minutes, "分"))
        {
            end = minutes;
        }
        for word in ["分", "半", "整"] {
            if self.starts(end, word) {
                end += word.len();
                break;
            }
        }
        self.push_range(Kind::Clock, start, end);
    }
}

/// A unit of lengths.
#[derive(Clone, Copy)]
struct Unit {
    unit: LengthUnit,
    /// What it multiplies the count by.
    times: u32,
    /// A character of these right behind makes another word of it.
    others: &'static str,
    /// Whether it needs 个 before it.
    counted: bool,
}

static UNITS: LazyLock<Words<Unit>> = LazyLock::new(|| {
    let of = |unit, times, others, counted| Unit { unit, times, others, counted };
    Words::of_heads([
        ("工作日", of(LengthUnit::WorkingDay, 1, "", false)),
        ("自然日", of(LengthUnit::Day, 1, "", false)),
        ("日历日", of(LengthUnit::Day, 1, "", false)),
        ("日历天", of(LengthUnit::Day, 1, "", false)),
        ("天", of(LengthUnit::Day, 1, "然", false)),
        ("星期", of(LengthUnit::Week, 1, "", false)),
        ("周", of(LengthUnit::Week, 1, "岁年边密期", false)),
        ("週", of(LengthUnit::Week, 1, "歲年", false)),
        ("小时", of(LengthUnit::Hour, 1, "", false)),
        ("小時", of(LengthUnit::Hour, 1, "", false)),
        ("钟头", of(LengthUnit::Hour, 1, "", false)),
        ("月", of(LengthUnit::Month, 1, "龄", true)),
        ("季度", of(LengthUnit::Month, 3, "", true)),
    ])
});

/// The unit of a length at the head of `text`, what it multiplies the count by, and its length in bytes.
fn length_unit(text: &str) -> Option<(LengthUnit, u32, usize)> {
    let bare = text.strip_prefix('个').or_else(|| text.strip_prefix('個'));
    let rest = bare.map_or(text, |rest| rest.trim_start_matches([' ', '\u{3000}', '\u{a0}']));
    let (unit, length) = UNITS.at_head(rest).filter(|(unit, _)| bare.is_some() || !unit.counted)?;
    let other_word = rest.get(length..)?.starts_with(|c| unit.others.contains(c));
    (!other_word).then_some((unit.unit, unit.times, text.len() - rest.len() + length))
}

/// The number at byte `at` and where it ends.
pub(super) fn numeral(text: &str, at: usize) -> Option<(u32, usize)> {
    let rest = text.get(at..)?;
    let arabic = digits(rest);
    if arabic > 0 {
        return Some((numeral::parse(rest.get(..arabic)?)?, at + arabic));
    }
    let run = han_run(rest);
    Some((han_value(run)?, at + run.len()))
}

/// Where what follows 至, 到 or a dash at `at` begins.
pub(super) fn skip_range_mark(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let mark = rest.chars().next().filter(|c| {
        matches!(
            c,
            '至' | '到' | '—' | '–' | '-' | '―' | '─' | '~' | '～' | '－' | '‐' | '‑' | '−' | '\u{ad}'
        )
    })?;
    Some(at + (rest.len() - rest.trim_start_matches(mark).len()))
}

/// Where what follows 、, 和 or 及 at `at` begins.
fn skip_list_mark(text: &str, at: usize) -> Option<usize> {
    let mark = text.get(at..)?.chars().next().filter(|c| matches!(c, '、' | '和' | '及' | '与' | '或'))?;
    Some(at + mark.len_utf8())
}

fn digits(text: &str) -> usize {
    text.len() - text.trim_start_matches(|c| numeral::arabic_digit(c).is_some()).len()
}

fn han_run(text: &str) -> &str {
    let is_numeral = |c: char| numeral::is_han_numeral(c) || c == '兩';
    let length = text.len() - text.trim_start_matches(is_numeral).len();
    text.get(..length).unwrap_or_default()
}

fn han_value(text: &str) -> Option<u32> {
    if text == "兩" { Some(2) } else { numeral::parse(text) }
}

/// The year that four digits say.
fn year_value(text: &str) -> Option<i32> {
    let value = numeral::parse(text).filter(|_| text.chars().count() == 4)?;
    i32::try_from(value).ok().filter(|year| (1900..=2100).contains(year))
}
