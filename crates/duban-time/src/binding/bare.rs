//! A period or a day without 前: what stands around it says whether it binds.

use duban_document::numeral;

use super::{NEAR, Place, head, is_clause_break};
use crate::calendar::{MonthWord, Partial, Scale, YearWord};
use crate::grammar::{Binding, Expression, Form};
use crate::words::{
    ADVERBS, BODY_ENDINGS, COUNTED_VERBS, GOVERNORS, HEADS, MEASURES, NAMES, NOUN_VERBS, OPENERS, TIME_NOUNS,
    VERBS,
};

/// A subject before the verb is not longer.
const LONGEST_SUBJECT: usize = 16;

/// The name of some days is not longer.
const LONGEST_OCCASION: usize = 12;

/// 以上, 左右 and the like behind a measure are not longer.
const LONGEST_MEASURE_END: usize = 3;

/// What 年底 and 年终 name rather than time: 年底考核.
const REVIEWS: [&str; 8] = ["考核", "考评", "总结", "述职", "绩效", "测评", "评", "奖"];

/// Whether a bare time binds.
pub(super) fn binds(place: Place<'_>, last: &Expression, date: &Partial) -> bool {
    let is_span = matches!(last.form, Form::Span(..));
    let scale = date.scale().unwrap_or(Scale::Year);
    if !is_span && date.day.is_some() && date.month == MonthWord::None {
        // 公示时间为20日, 一日办结: so many days, no day of a month.
        return false;
    }
    if let Some(outer) =
        place.before.strip_suffix(['（', '(']).filter(|_| place.after.starts_with(['）', ')']))
    {
        return in_bracket(outer.trim(), place.after, scale, is_span);
    }
    if follows_label(place.before) {
        return true;
    }
    let review = date.whole_year && REVIEWS.iter().any(|word| place.after.starts_with(word));
    let noun = review
        || scale == Scale::Year && date.year == YearWord::That && date.edge.is_none()
        || scale == Scale::Plan && ["规划", "计划", "纲要"].iter().any(|word| place.after.starts_with(word));
    if noun {
        return false;
    }
    if GOVERNORS.ends(place.before).is_some() || place.after.starts_with(['的', '等', '是']) {
        return false;
    }
    let opens = opens_clause(place.before);
    match place.after.chars().next() {
        Some('，' | ',') => opens && !place.reports(),
        Some('：' | ':') => opens,
        Some('、') => false,
        Some(c) if !is_clause_break(c) => {
            let words = if scale < Scale::Month { skip_occasion(place.after) } else { place.after };
            is_phase(place.after, is_span) || predicate(words, scale, 0)
        }
        _ => {
            let alone = place.before.trim_start().is_empty();
            let edge = last.operator.as_ref().is_some_and(|operator| operator.kind == Binding::Edge);
            !alone && (is_span && scale < Scale::Half && opens || edge && strives(place.before))
        }
    }
}

/// 力争年底: the verb before it is the one that it binds.
fn strives(before: &str) -> bool {
    ["力争", "争取", "力争在", "争取在", "不晚于", "不迟于", "推迟到", "延长至"]
        .iter()
        .any(|word| before.ends_with(word))
}

/// Whether a bracket that holds nothing but the time says when what stands before it is to be done.
fn in_bracket(outer: &str, after: &str, scale: Scale, is_span: bool) -> bool {
    if outer.is_empty() || NAMES.ends(outer).is_some() {
        return false;
    }
    let behind = after.trim_start_matches(['）', ')']).chars().next();
    let heading = !outer.contains(['，', '。', '；', '：']) && behind.is_none_or(|c| "。：:\n".contains(c));
    if heading && scale == Scale::Year && outer.chars().count() <= LONGEST_SUBJECT {
        return true;
    }
    let phase = ["阶段", "步骤", "环节", "时段"].iter().any(|word| outer.ends_with(word));
    phase || is_span || matches!(scale, Scale::Third | Scale::Month | Scale::Quarter | Scale::Half)
}

/// 时间为, 期限：.
fn follows_label(before: &str) -> bool {
    let words = before.trim_end_matches(['：', ':', '为', '是', '定', '于', '在', '从', '自', '即', ' ']);
    TIME_NOUNS.ends(words).is_some()
}

/// Whether only adverbs stand between the beginning of the clause and the time.
fn opens_clause(before: &str) -> bool {
    let mut words = before;
    for _ in 0..4 {
        let shorter = words.trim_end_matches(['于', '在', '从', '自', '从', ' ']);
        let shorter = ADVERBS.ends(shorter).map_or(shorter, |length| &shorter[..shorter.len() - length]);
        if shorter.len() == words.len() {
            break;
        }
        words = shorter;
    }
    words.chars().next_back().is_none_or(|c| is_clause_break(c) || matches!(c, '、' | '　'))
}

/// 3月1日至31日为宣传阶段.
fn is_phase(after: &str, is_span: bool) -> bool {
    is_span && after.starts_with('为') && ["阶段", "时段", "期"].iter().any(|word| after.contains(word))
}

/// What follows the name of the days themselves: 6月7日至9日|高考期间|开展.
fn skip_occasion(words: &str) -> &str {
    let clause = head(words.split(is_clause_break).next().unwrap_or_default(), LONGEST_OCCASION);
    let ends = ["期间", "期間", "当天", "当日"].iter().filter_map(|end| Some(clause.find(end)? + end.len()));
    let Some(end) = ends.min() else { return words };
    let (occasion, rest) = words.split_at(end);
    if occasion.contains(['的', '、']) || VERBS.within(occasion) { words } else { rest }
}

/// Whether `words` open with a verb of doing or reaching, adverbs and the body that acts apart.
fn predicate(words: &str, scale: Scale, depth: usize) -> bool {
    let mut words = words;
    for _ in 0..6 {
        let is_verb = |length| VERBS.begins(words).is_some() || NOUN_VERBS.begins(words) > Some(length);
        let adverb = ADVERBS.begins(words).or_else(|| in_parts(words));
        let Some(length) = adverb.filter(|length| !is_verb(*length)) else { break };
        words = words[length..].trim_start_matches([' ', '，', ',']);
    }
    if depth > 0 && words.starts_with(|c: char| c.is_ascii_digit()) {
        return true;
    }
    if let Some(length) = OPENERS.begins(words) {
        let next = words[length..].chars().next();
        return next.is_some_and(|c| !is_clause_break(c) && c != '的');
    }
    if let Some(length) = VERBS.begins(words) {
        let rest = words[length..].trim_start();
        let noun = ["情况", "率", "时间", "时限", "进度", "的", "了", "度", "后", "以来", "并投入使用的"];
        return !noun.iter().any(|word| rest.starts_with(word));
    }
    if let Some(length) = COUNTED_VERBS.begins(words) {
        return takes_count(&words[length..]);
    }
    if let Some(length) = NOUN_VERBS.begins(words) {
        return takes_object(&words[length..], scale);
    }
    depth == 0 && acts(words, scale)
}

/// Length of 分两次, 分3批 at the head of `words`.
fn in_parts(words: &str) -> Option<usize> {
    let count = words.strip_prefix('分')?;
    let part = count.trim_start_matches(is_digit);
    let ends = part.len() < count.len() && part.starts_with(['次', '批', '期', '轮']);
    ends.then(|| words.len() - part.len() + '次'.len_utf8())
}

/// Whether `words` open with a predicate, for a time as short as a day.
pub(super) fn opens_predicate(words: &str) -> bool {
    predicate(words, Scale::Day, 0)
}

/// Whether what follows a verb that may be a noun is its object.
fn takes_object(rest: &str, scale: Scale) -> bool {
    let rest = rest.trim_start();
    match rest.chars().next() {
        None | Some('。' | '；' | ';' | '，' | ',' | '）' | ')') => scale < Scale::Half,
        Some('的' | '及' | '和' | '与' | '、' | '了' | '等' | '后' | '期' | '：' | ':') => false,
        Some(_) => HEADS.begins(rest).is_none(),
    }
}

/// Whether what follows a verb of growth says how many, and the clause ends with what is counted:
/// 床位500张, 20个站点, but not 债券5亿元全部到位, whose verb comes later.
fn takes_count(rest: &str) -> bool {
    let end = rest.find(|c: char| is_clause_break(c) || matches!(c, '、' | '和' | '及'));
    let object = head(rest.get(..end.unwrap_or(rest.len())).unwrap_or_default(), NEAR);
    let counted = object.char_indices().find_map(|(at, c)| {
        let follows = object.get(at + c.len_utf8()..).filter(|_| is_digit(c))?;
        let unit = follows.trim_start_matches([' ', '万', '亿', '千', '百', '多', '余']);
        MEASURES.begins(unit).and_then(|length| Some((at, unit.get(length..)?)))
    });
    counted.is_some_and(|(at, follows)| {
        let named = object.get(..at).unwrap_or_default();
        let named = named.trim_end_matches(|c| is_digit(c) || matches!(c, '.' | ' ' | '约' | '近'));
        // 20个站点 names what is counted behind the count, 不少于20个站点 too; 床位500张以上 before it.
        let first = named.is_empty() || VERBS.ends(named) == Some(named.len());
        let ends = first || follows.chars().count() <= LONGEST_MEASURE_END;
        ends && !named.contains(['的', '了']) && !follows.contains(['的', '了']) && !VERBS.within(follows)
    })
}

fn is_digit(c: char) -> bool {
    numeral::arabic_digit(c).is_some() || numeral::is_han_numeral(c) || matches!(c, '两' | '兩')
}

/// Whether a body stands before a verb: 全县新建…, 各乡镇要完成….
fn acts(words: &str, scale: Scale) -> bool {
    if !words.starts_with(['全', '各', '我', '本', '县', '市', '省', '区', '镇', '乡', '州']) {
        return false;
    }
    let ends = words.char_indices().map(|(at, _)| at).skip(2).take(LONGEST_SUBJECT);
    for at in ends {
        let (subject, rest) = words.split_at(at);
        if subject.ends_with(['，', '。', '；', '：']) {
            return false;
        }
        if BODY_ENDINGS.ends(subject).is_some() && predicate(rest, scale, 1) {
            return true;
        }
    }
    false
}
