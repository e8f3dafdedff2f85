//! Words without a number: 年底, 今年, 前, 期间, 周五.

use duban_document::Words;

use super::Lexer;
use super::number::numeral;
use super::vocabulary::{JOINED, STANDING};
use crate::token::{Cycle, CycleUnit, Kind};
use crate::words::{BEGINNING_LIKE_OPERATOR, ENDING_LIKE_TIME, ONCE_NOUNS, ONGOING, OPERATOR_ALL_THE_SAME};

impl Lexer<'_> {
    pub(super) fn keyword(&mut self, c: char) {
        if self.slot
            && let Some(length) = ONGOING.begins(self.rest())
        {
            self.push(Kind::Ongoing, length);
            return;
        }
        if let Some((kind, length)) = self.standing_word(c).or_else(|| self.joined_word(c)) {
            self.push(kind, length);
        }
    }

    /// Words that need nothing before them.
    fn standing_word(&self, c: char) -> Option<(Kind, usize)> {
        let found = find(&STANDING, self.rest())?;
        // 原则上|年底 is no 上年.
        let apart = self.before(self.at).ends_with("原则上");
        let inside_word = !apart && ENDING_LIKE_TIME.ends(self.before(self.at + c.len_utf8())).is_some();
        let previous = self.previous_char().filter(|_| !apart);
        let counted = previous.is_some_and(|p| p.is_numeric() || "个半上".contains(p));
        let rest = self.rest().get(found.1..).unwrap_or_default();
        let wanted = match found.0 {
            Kind::YearEdge(_) | Kind::InYear if self.rest().starts_with("年度") => {
                self.is_joined(self.at)
                    || previous.is_none_or(|p| !p.is_alphanumeric() || "于在到至".contains(p))
            }
            Kind::YearEdge(_) | Kind::InYear | Kind::MonthEdge(_) => {
                let edge = self.rest().get(c.len_utf8()..).unwrap_or_default();
                !opens_other_word(edge) && (self.is_joined(self.at) || !counted)
            }
            Kind::ThisQuarter => previous != Some('上'),
            Kind::Third(_) => !rest.starts_with('刊'),
            Kind::Length(_) => {
                // 验收后半个月内, but not 后半年.
                let after = previous == Some('后') && rest.starts_with(['内', '以', '之']);
                let other = previous.is_some_and(|p| "上下前后大多每".contains(p))
                    || self.rest().starts_with("半月") && (counted || !opens_within(rest));
                !rest.starts_with('度') && (after || !other)
            }
            Kind::WholeYear => !rest.starts_with('龄'),
            Kind::Ahead => numeral(self.text, self.skip_space(self.at + found.1)).is_some(),
            Kind::YearFromPlan(2) => {
                previous.is_none_or(|p| !p.is_alphanumeric() || "于在到至从自".contains(p))
            }
            // 300元月租 and 单元月检 hold no 元月.
            Kind::Month(_) => {
                previous.is_none_or(|p| !p.is_numeric() && !"百千万亿两几单多公纪美日欧".contains(p))
            }
            Kind::NextYear => !rest.starts_with(['度', '会']),
            _ => true,
        };
        let kind = if self.is_day_of_quarter(found) { EACH_QUARTER } else { found.0 };
        (wanted && !inside_word).then_some((kind, found.1))
    }

    /// Whether 季度 or 季 here is that of 季度末月25日, a day of every quarter.
    fn is_day_of_quarter(&self, (kind, length): (Kind, usize)) -> bool {
        let day = |rest: &str| {
            let rest = rest.strip_prefix('月').unwrap_or(rest);
            numeral(rest, 0).is_some_and(|(_, end)| rest[end..].starts_with(['日', '号']))
        };
        kind == Kind::ThisQuarter
            && self.rest().starts_with('季')
            && self.rest().get(length..).and_then(|rest| rest.strip_prefix('末')).is_some_and(day)
    }

    /// Words that only go on with what stands right before them.
    fn joined_word(&self, c: char) -> Option<(Kind, usize)> {
        if !self.is_joined(self.at) {
            return None;
        }
        let last = self.last()?;
        if let Some(weekday) = self.weekday(c, last) {
            return Some(weekday);
        }
        let found = find(&JOINED, self.rest())?;
        let other_word = opens_other_word(self.rest());
        let fits = match found.0 {
            Kind::Edge(_) => takes_edge(last) && !other_word,
            Kind::Clock => self.takes_clock() && !other_word,
            Kind::And => is_time(last) || matches!(last, Kind::Number(_)),
            Kind::Before => is_time(last) && !other_word && !self.counts_periods(self.at + found.1),
            Kind::Within if matches!(last, Kind::Length(_) | Kind::Day(_)) => true,
            _ => is_time(last) && !other_word,
        };
        fits.then_some(found)
    }

    /// Whether an hour can follow: behind a day, or listed behind another hour (8时、20时).
    pub(super) fn takes_clock(&self) -> bool {
        match self.tokens.as_slice() {
            [.., hour, mark] if mark.kind == Kind::And => hour.kind == Kind::Clock,
            [.., last] => {
                matches!(
                    last.kind,
                    Kind::Day(_) | Kind::Weekday(_) | Kind::Clock | Kind::Gloss | Kind::Every(_)
                )
            }
            [] => false,
        }
    }

    /// Whether 前 before byte `at` opens 前三季度 or 前10个月.
    fn counts_periods(&self, at: usize) -> bool {
        let units = ["季度", "个季度", "个月", "年", "月", "名", "位", "批", "周", "期", "强", "届"];
        numeral(self.text, at).is_some_and(|(_, end)| units.iter().any(|unit| self.starts(end, unit)))
    }

    /// 日 and 天 behind 每周.
    fn weekday(&self, c: char, last: Kind) -> Option<(Kind, usize)> {
        let weekly = matches!(last, Kind::Every(cycle) if cycle.unit == CycleUnit::Week);
        (weekly && matches!(c, '日' | '天') && !self.starts(self.at, "日常"))
            .then_some((Kind::Weekday(7), c.len_utf8()))
    }

    /// 五 behind 每周 or in 每周一、五; says whether it was one.
    pub(super) fn listed_weekday(&mut self) -> bool {
        if !self.is_joined(self.at) {
            return false;
        }
        let weekly = match self.tokens.as_slice() {
            [.., last] if matches!(last.kind, Kind::SomeWeek) => true,
            [.., last] if matches!(last.kind, Kind::Every(cycle) if cycle.unit == CycleUnit::Week) => true,
            [.., day, mark] => matches!((day.kind, mark.kind), (Kind::Weekday(_), Kind::And | Kind::To)),
            _ => false,
        };
        let Some((day, length)) = weekday_at(self.rest()).filter(|_| weekly) else { return false };
        if day == 1 && self.counts_beside() {
            return false;
        }
        self.push(Kind::Weekday(day), length);
        true
    }

    /// Whether 一 counts behind another period of the sentence, as it then does behind 每周: 每日一清扫、每周一|消杀.
    fn counts_beside(&self) -> bool {
        const PERIODS: [&str; 7] = ["每日一", "每天一", "每旬一", "每月一", "每季一", "每季度一", "每年一"];
        let stops = ['。', '；', ';', '\n'];
        let before = self.text[..self.at].rsplit(stops).next().unwrap_or_default();
        let after = self.rest().split(stops).next().unwrap_or_default();
        PERIODS.iter().any(|period| before.contains(period) || after.contains(period))
    }
}

/// Whether `text` opens with a word that says how the time before it binds, or with an hour: 前, 起, 下班.
pub(super) fn bounds(text: &str) -> bool {
    let kind = find(&JOINED, text).map(|(kind, _)| kind);
    let binds = matches!(
        kind,
        Some(Kind::Before | Kind::Within | Kind::From | Kind::Until | Kind::Through | Kind::Clock)
    );
    binds && !opens_other_word(text)
}

/// The longest word of `words` that `text` begins with; 末 of 季度末, 起 of 现在起 and what shares a unit
/// (上、下半年) are left to follow.
fn find(words: &Words<Kind>, text: &str) -> Option<(Kind, usize)> {
    let (kind, length) = words.at_head(text)?;
    let word = text.get(..length)?;
    let left = match kind {
        Kind::ThisQuarter if word.ends_with('末') => '末'.len_utf8(),
        Kind::Today if word.ends_with('起') => '起'.len_utf8(),
        Kind::Half(_) | Kind::Third(_) if word.contains('、') || word.starts_with("上下") => {
            length - word.chars().next().map_or(0, char::len_utf8)
        }
        _ => 0,
    };
    Some((kind, length - left))
}

/// A weekday's numeral that does not count something (每周一次).
fn weekday_at(text: &str) -> Option<(u8, usize)> {
    let mut chars = text.chars();
    let day = "一二三四五六".chars().zip(1..).find(|(c, _)| text.starts_with(*c))?;
    chars.next();
    let rest = chars.as_str();
    let counted = rest.starts_with(|c| "次场期轮个篇条批遍回小项天".contains(c))
        || day.1 == 1 && (ONCE_NOUNS.begins(rest).is_some() || is_report_of_each(rest));
    (!counted).then_some((day.1, day.0.len_utf8()))
}

/// Whether 一 before `rest` counts reports: 每周一报, 每周一报制度, but not 每周一|报送进展.
fn is_report_of_each(rest: &str) -> bool {
    let Some(behind) = rest.strip_prefix('报') else { return false };
    let noun = behind.trim_start_matches(['告', '送']);
    noun.starts_with("制度") || behind.chars().next().is_none_or(|c| !c.is_alphanumeric())
}

/// What 季度末月25日 returns with.
const EACH_QUARTER: Kind = Kind::Every(Cycle { unit: CycleUnit::Quarter, interval: 1 });

/// Whether 内 opens `text`.
fn opens_within(text: &str) -> bool {
    ["内", "內", "以内", "之内"].iter().any(|word| text.starts_with(word))
}

/// Whether an operator's character opens another word: 内|部, but not 内|部署.
fn opens_other_word(text: &str) -> bool {
    BEGINNING_LIKE_OPERATOR.begins(text).is_some() && OPERATOR_ALL_THE_SAME.begins(text).is_none()
}

/// Whether 底, 末 or 初 can follow.
fn takes_edge(last: Kind) -> bool {
    matches!(
        last,
        Kind::Year(_)
            | Kind::YearFromPlan(_)
            | Kind::ThatYear
            | Kind::NextYear
            | Kind::Month(_)
            | Kind::ThisMonth
            | Kind::NextMonth
            | Kind::MonthOfQuarter(_)
            | Kind::Third(_)
            | Kind::Quarter(_)
            | Kind::ThisQuarter
            | Kind::Half(_)
            | Kind::Plan(_)
            | Kind::Every(_)
    )
}

/// Whether an operator or 、 can follow.
fn is_time(last: Kind) -> bool {
    !matches!(
        last,
        Kind::Number(_)
            | Kind::To
            | Kind::And
            | Kind::Stop
            | Kind::MonthByMonth
            | Kind::Ahead
            | Kind::Through
            | Kind::Until
            | Kind::Ongoing
    )
}
