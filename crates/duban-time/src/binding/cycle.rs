//! Which recurrences bind: 每年培训2次, but not 每人每年1000元.

use duban_document::numeral;

use super::{Place, is_clause_break, tail};
use crate::grammar::Recurrence;
use crate::token::CycleUnit;
use crate::words::{ADVERBS, RATE_HEADS};

/// Amounts of money and shares: a number of them in each period is a rate.
const AMOUNTS: [&str; 10] = ["元", "万元", "亿元", "%", "％", "个百分点", "小时", "个小时", "分钟", "天"];

/// Verbs of growth: by how much something changes from one period to the next is a rate.
const CHANGES: [&str; 6] = ["提高", "增加", "减少", "降低", "提升", "上升"];

/// What follows from the work each year, or goes on without it.
const EFFECTS: [&str; 12] =
    ["可节", "可减", "可增", "可带", "可实现", "可新增", "可为", "可创", "可产", "产生", "产出", "消耗"];

/// Times of a year that nobody sets for a work.
const SEASONS: [&str; 9] =
    ["防火期", "禁火期", "供暖期", "采暖期", "汛期", "禁渔期", "休渔期", "禁牧期", "生长期"];

/// Whether a recurrence binds.
pub(super) fn binds(place: Place<'_>, recurrence: &Recurrence) -> bool {
    if recurrence.times.is_some() {
        return true;
    }
    // 考核周期为每年1月1日至12月31日: what the review is of; so is the season that nature or a law sets.
    if ["周期为", "年度为"].iter().any(|word| place.before.ends_with(word)) || is_season(place) {
        return false;
    }
    let average = ["平均", "人均", "户均", "亩均"].iter().any(|word| place.before.ends_with(word));
    let before = ["高于", "低于", "较", "比", "约为", "达", "按照", "按", "以"];
    let compared = before.iter().any(|word| place.before.ends_with(word)) && counts_amount(place.after);
    let after = ["的", "开放时间", "开馆时间", "每", "平均", "人均", "递增", "递减", "增长", "下降", "增速"];
    let spoken_of = after.iter().any(|word| place.after.starts_with(word));
    let growth =
        place.after.strip_prefix('以').is_some_and(|rest| rest.starts_with(|c: char| c.is_numeric()))
            || CHANGES.iter().any(|word| place.after.strip_prefix(word).is_some_and(counts_amount));
    let effect = EFFECTS.iter().any(|word| place.after.starts_with(word));
    let whole = recurrence.parts.is_empty();
    if recurrence.cycle.unit == CycleUnit::Hour && !says_how_often(place.after) {
        return false;
    }
    !(average
        || compared
        || is_rate(place.before)
        || whole && (spoken_of || effect || growth || counts_amount(place.after)))
}

/// 供暖期为每年11月15日至次年3月15日, 每年6月至9月为汛期.
fn is_season(place: Place<'_>) -> bool {
    let behind = || place.after.strip_prefix('为').and_then(|name| name.split(is_clause_break).next());
    let name = place.before.strip_suffix(['为', '是']).or_else(behind);
    name.is_some_and(|name| SEASONS.iter().any(|season| name.ends_with(season)))
}

/// Whether 一次 or the like follows in the clause: 每2小时处理30吨 is a rate.
fn says_how_often(after: &str) -> bool {
    let clause = after.split(is_clause_break).next().unwrap_or_default();
    clause.match_indices(['次', '遍', '轮']).any(|(at, _)| {
        let count = clause.get(..at).and_then(|words| words.trim_end().chars().next_back());
        count.is_some_and(|c| numeral::arabic_digit(c).is_some() || numeral::is_han_numeral(c))
    })
}

/// Whether the period divides what was divided before: 每人每年, 每亩每年.
fn is_rate(before: &str) -> bool {
    let near = tail(before, 6);
    near.rfind('每').is_some_and(|at| {
        let counted = near.get(at + '每'.len_utf8()..).unwrap_or_default();
        RATE_HEADS.ends(counted).is_some()
    })
}

/// Whether an amount of money or of time follows: 每年不低于3000元, 每天8小时.
fn counts_amount(after: &str) -> bool {
    let mut words = after;
    const BOUNDS: [&str; 18] = [
        "可",
        "不低于",
        "不少于",
        "不超过",
        "最高",
        "最低",
        "至少",
        "约",
        "近",
        "各",
        "享受",
        "领取",
        "发放",
        "增发",
        "补助",
        "补贴",
        "资助",
        "给予",
    ];
    for bound in BOUNDS {
        words = words.strip_prefix(bound).unwrap_or(words);
    }
    if let Some(length) = ADVERBS.begins(words).filter(|_| words.len() != after.len()) {
        words = &words[length..];
    }
    let words = words.trim_start_matches(' ');
    let amount = words.trim_start_matches(|c| {
        numeral::arabic_digit(c).is_some() || matches!(c, '.' | ',' | '，' | '—' | '-' | '～' | '~')
    });
    let amount = amount.trim_start_matches(' ').trim_start_matches(numeral::is_han_numeral);
    let amount = amount.trim_start_matches(['万', '亿']);
    amount.len() != words.len() && AMOUNTS.iter().any(|unit| amount.starts_with(unit))
}
