//! 每年, 每两个月, 每3～5年, 按季度, 各季度末: what a recurrence returns with.

use std::sync::LazyLock;

use duban_document::Words;

use super::Lexer;
use super::number::{numeral, skip_range_mark};
use super::vocabulary::STANDING;
use crate::token::{Cycle, CycleUnit, Kind};

/// Units behind 每; a character of the last field right behind makes another word of it.
const UNITS: [(&str, CycleUnit, &str); 27] = [
    ("半年", CycleUnit::HalfYear, ""),
    ("半个月", CycleUnit::HalfMonth, ""),
    ("半月", CycleUnit::HalfMonth, ""),
    ("个工作日", CycleUnit::Workday, ""),
    ("工作日", CycleUnit::Workday, ""),
    ("个季度", CycleUnit::Quarter, ""),
    ("季度", CycleUnit::Quarter, ""),
    ("季", CycleUnit::Quarter, "节"),
    ("个月", CycleUnit::Month, ""),
    ("月度", CycleUnit::Month, ""),
    ("月", CycleUnit::Month, "份均"),
    ("个星期", CycleUnit::Week, ""),
    ("星期", CycleUnit::Week, ""),
    ("周", CycleUnit::Week, "期边密岁年"),
    ("旬", CycleUnit::Third, ""),
    ("学期", CycleUnit::HalfYear, ""),
    ("学年", CycleUnit::Year, ""),
    ("年度", CycleUnit::Year, ""),
    ("年", CycleUnit::Year, "龄级份代限均"),
    ("天", CycleUnit::Day, ""),
    ("个小时", CycleUnit::Hour, ""),
    ("小时", CycleUnit::Hour, ""),
    ("单月", CycleUnit::OddMonth, "份"),
    ("双月", CycleUnit::EvenMonth, "份"),
    ("日", CycleUnit::Day, "期程常均照语"),
    ("個月", CycleUnit::Month, ""),
    ("週", CycleUnit::Week, ""),
];

/// A unit and the characters that make another word of it.
type Unit = (CycleUnit, &'static str);

static UNIT_WORDS: LazyLock<Words<Unit>> =
    LazyLock::new(|| Words::of_heads(UNITS.map(|(word, unit, others)| (word, (unit, others)))));

impl Lexer<'_> {
    pub(super) fn cycle(&mut self, c: char) {
        let found = match c {
            '每' => self.each(),
            '按' => self.by(),
            '单' | '双' => self.alternate(),
            _ => self.every_single(),
        };
        if let Some((cycle, end)) = found {
            let end = self.skip_particle(end);
            self.push_range(Kind::Every(cycle), self.at, end);
        }
    }

    /// 的 of 每年的9月 belongs to the words.
    pub(super) fn skip_particle(&self, at: usize) -> usize {
        let rest = self.text.get(at..).and_then(|rest| rest.strip_prefix('的')).unwrap_or_default();
        let part = rest.chars().next().is_some_and(|c| {
            c.is_numeric()
                || "第最首末上中下周星".contains(c)
                || matches!(c, '年' | '月') && STANDING.at_head(rest).is_some()
        });
        if part { at + '的'.len_utf8() } else { at }
    }

    /// 每年, 每隔两年, 每一季度, 每3～5年 (which takes its longest value).
    fn each(&self) -> Option<(Cycle, usize)> {
        let mut at = self.skip_space(self.at + '每'.len_utf8());
        if self.starts(at, "隔") || self.starts(at, "逢") {
            at += "隔".len();
        }
        let counted = numeral(self.text, at);
        let (mut interval, after) = counted.unwrap_or((1, at));
        at = self.skip_space(after);
        if counted.is_some()
            && let Some(next) = skip_range_mark(self.text, at)
            && let Some((longest, after)) = numeral(self.text, self.skip_space(next))
        {
            (interval, at) = (longest, self.skip_space(after));
        }
        let (unit, end) = self.cycle_unit(at)?;
        (interval > 0).then_some((Cycle { unit, interval }, end))
    }

    /// 按月, 按季度.
    fn by(&self) -> Option<(Cycle, usize)> {
        let at = self.skip_space(self.at + '按'.len_utf8());
        let (unit, end) = self.cycle_unit(at)?;
        let rest = self.text.get(end..).unwrap_or_default();
        let noun = ["计划", "任务", "目标", "要求", "规划", "安排", "预算", "平均"];
        (!noun.iter().any(|noun| rest.starts_with(noun))).then_some((Cycle { unit, interval: 1 }, end))
    }

    /// 双月25日, 单月底: only where a part of the month follows, and no word ends with 单 (清单|月底).
    fn alternate(&self) -> Option<(Cycle, usize)> {
        let opens = self.previous_char().is_none_or(|c| !c.is_alphanumeric() || "于在为逢至到".contains(c));
        let (unit, end) = self.cycle_unit(self.at).filter(|_| opens)?;
        let rest = self.text.get(self.skip_space(end)..)?;
        let day = numeral(self.text, self.skip_space(end))
            .is_some_and(|(_, end)| self.starts(self.skip_space(end), "日") || self.starts(end, "号"));
        let part = ["底", "末", "上旬", "中旬", "下旬", "最后一"].iter().any(|word| rest.starts_with(word));
        (day || part).then_some((Cycle { unit, interval: 1 }, end))
    }

    /// 各季度末, 各月5日: 各 is 每 where a part of the period follows.
    fn every_single(&self) -> Option<(Cycle, usize)> {
        let at = self.at + '各'.len_utf8();
        let (unit, end) = self.cycle_unit(at)?;
        if !matches!(unit, CycleUnit::Quarter | CycleUnit::Month) {
            return None;
        }
        let next = self.text.get(self.skip_space(end)..)?.chars().next()?;
        (matches!(next, '末' | '底' | '首' | '第' | '最') || next.is_numeric())
            .then_some((Cycle { unit, interval: 1 }, end))
    }

    fn cycle_unit(&self, at: usize) -> Option<(CycleUnit, usize)> {
        let rest = self.text.get(at..)?;
        let ((unit, others), length) = UNIT_WORDS.at_head(rest)?;
        let other_word = rest.get(length..)?.starts_with(|c| others.contains(c));
        (!other_word).then_some((unit, at + length))
    }

    pub(super) fn starts(&self, at: usize, word: &str) -> bool {
        self.text.get(at..).is_some_and(|rest| rest.starts_with(word))
    }
}
