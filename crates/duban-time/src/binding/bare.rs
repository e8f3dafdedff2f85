//! A period or a day without 前: what stands around it says whether it binds.

use duban_document::{label, numeral};

use super::predicate::{
    LONGEST_SUBJECT, asserts, comes_about, joins, opens_time, predicate, takes_object, takes_over,
};
use super::{NEAR, Place, head, is_clause_break, report};
use crate::calendar::{MonthWord, Partial, Scale, YearWord};
use crate::grammar::{Binding, Expression, Form};
use crate::words::{
    ADVERBS, BODY_ENDINGS, EVENT_ENDINGS, GOVERNORS, LONGEST_GLOSS, NAMES, PHASES, RAISING, TIME_NOUNS,
    VERBS, explains,
};

/// The name of some days is not longer.
const LONGEST_OCCASION: usize = 12;

/// How the name of some days ends.
const OCCASIONS: [&str; 9] = ["期间", "期間", "当天", "当日", "汛期", "防火期", "采暖期", "供暖期", "暑期"];

/// What 年底 and 年终 name rather than time: 年底考核.
const REVIEWS: [&str; 7] = ["考核", "考评", "述职", "绩效", "测评", "评", "奖"];

/// What 年初 and 年中 name: 年初预算, 年中调整预算.
const BUDGETS: [&str; 4] = ["预算", "决算", "调整预算", "预算调整"];

/// Verbs whose 情况 is how the work stood, and not what they bring about.
const CARRYING_OUT: [&str; 9] = ["创建", "落实", "推进", "开展", "完成", "执行", "实施", "履行", "贯彻"];

/// Brackets at the end of an item that hold bodies and a time.
const OPENING: [char; 6] = ['（', '(', '［', '[', '【', '〔'];

/// Their ends.
const CLOSING: [char; 6] = ['）', ')', '］', ']', '】', '〕'];

/// What is done on the day that a page or a paper bears.
const POSTING: [&str; 9] = ["发布", "更新", "公开", "成文", "生成", "发文", "印发", "制发", "公布"];

/// Whether a bare time binds.
pub(super) fn binds(place: Place<'_>, last: &Expression, date: &Partial) -> bool {
    let is_span = matches!(last.form, Form::Span(..));
    let place = Place { after: behind_gloss(place.after, is_span), ..place };
    let scale = date.scale().unwrap_or(Scale::Year);
    if !is_span && date.day.is_some() && date.month == MonthWord::None {
        // 公示时间为20日, 一日办结: so many days, no day of a month.
        return false;
    }
    if let Some(outer) = place.before.strip_suffix(OPENING).filter(|_| place.after.starts_with(CLOSING)) {
        return in_bracket(outer.trim(), place.after, scale, is_span);
    }
    if counts_data(place.before) || is_posted(place.before, date) || is_forecast(place.before, date) {
        return false;
    }
    if follows_label(place.before) || follows_body(place) || is_listed_under_label(place) {
        return true;
    }
    if is_noun(place, date, scale) {
        return false;
    }
    if is_governed(place.before) || place.after.starts_with(['的', '等', '是']) {
        return false;
    }
    // 报名10月31日截止.
    if scale < Scale::Half
        && place
            .after
            .strip_prefix("截止")
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(is_clause_break))
    {
        return true;
    }
    let opens = opens_clause(place.before);
    let edge = last.operator.as_ref().is_some_and(|operator| operator.kind == Binding::Edge);
    match place.after.chars().next() {
        Some('，' | ',') => {
            let told =
                scale >= Scale::Year && report::describes(place.after) || report::says_what(place.after);
            (opens || is_set(place.before) || is_asked_at(place))
                && !told
                && !report::reports_on(place.sentence_behind(), place.ahead)
        }
        Some('：' | ':') => opens,
        Some('、') => edge && strives(place.before) && opens_striving(place.after),
        Some(c) if !is_clause_break(c) => {
            is_phase(place.after, is_span, scale) || (!is_named(place.after) && acts_by(place, date, scale))
        }
        _ => {
            let alone = place.before.trim_start().is_empty();
            !alone
                && (scale < Scale::Half && (is_span && opens || is_set(place.before))
                    || edge && strives(place.before))
        }
    }
}

/// `after` without the bracket that explains the time, or what a span is the time of: 12月4日（国家宪法日）|开展,
/// 3月22日至28日“中国水周”期间|，开展.
fn behind_gloss(after: &str, is_span: bool) -> &str {
    let goes_on = |rest: &str| rest.starts_with(|c| matches!(c, '，' | ',') || !is_clause_break(c));
    if let Some(inner) = after.strip_prefix(['（', '(']) {
        let close = inner.char_indices().take(LONGEST_GLOSS + 1).find(|(_, c)| matches!(c, '）' | ')'));
        let parts = close.map(|(at, c)| (&inner[..at], inner[at + c.len_utf8()..].trim_start()));
        let explained = parts.filter(|(inside, rest)| explains(inside) && goes_on(rest));
        return explained.map_or(after, |(_, rest)| rest);
    }
    let end = after.find(is_clause_break).filter(|at| is_span && after[*at..].starts_with(['，', ',']));
    let Some(end) = end else { return after };
    let (event, rest) = after.split_at(end);
    let during =
        ["期间", "期間", "期内", "期", "季", "节", "周", "”"].iter().any(|word| event.ends_with(word));
    let named = || event.chars().count() <= LONGEST_OCCASION && !event.contains(['的', '、', '是']);
    if during && named() && !VERBS.within(event) { rest } else { after }
}

/// Whether the time makes a noun with what follows: 年底考核, “十四五”规划.
fn is_noun(place: Place<'_>, date: &Partial, scale: Scale) -> bool {
    let opens = |words: &[&str]| words.iter().any(|word| place.after.starts_with(word));
    // 全年总结于12月10日前报送: the summary has a time of its own.
    let summary = |rest: &str| {
        rest.starts_with(['会', '于', '在', '要', '应', '须', '分']) || !takes_object(rest, Scale::Year)
    };
    date.whole_year
        && (opens(&REVIEWS)
            || date.edge.is_some() && opens(&BUDGETS)
            || place.after.strip_prefix("总结").is_some_and(summary))
        || scale == Scale::Year && date.year == YearWord::That && date.edge.is_none()
        || scale == Scale::Plan && opens(&["规划", "计划", "纲要"])
        || scale == Scale::Year && opens(&CARRYING_OUT) && names_state(place.after)
}

/// Whether the clause that `words` open with names how something stood: 落实责任制情况.
fn names_state(words: &str) -> bool {
    words.split(is_clause_break).next().is_some_and(|clause| clause.ends_with("情况"))
}

/// Whether something is done, or comes about, by the time.
fn acts_by(place: Place<'_>, date: &Partial, scale: Scale) -> bool {
    let is_edge = date.edge.is_some();
    // 年底 and 3月初 are as short as a day.
    let scale = if is_edge { scale.min(Scale::Third) } else { scale };
    let words = match scale {
        Scale::Day | Scale::Third => skip_occasion(place.after, true),
        Scale::Month | Scale::Quarter => skip_occasion(place.after, false),
        Scale::Half | Scale::Year | Scale::Plan => place.after,
    };
    // 1月8日县水利局开展了摸底.
    let clause = place.after.split(is_clause_break).next().unwrap_or_default();
    if scale < Scale::Half && report::reports_on(clause, true) {
        return false;
    }
    predicate(words, scale, 0)
        || joins(place.after, scale)
        || scale == Scale::Day && is_one_of_days(place.after)
        || comes_about(place.after, scale, is_edge) && !place.reports()
        || is_aim(place, date, scale) && asserts(words) && !place.reports()
}

/// Whether the time can only be that of an aim: the end of a period that is the object of no verb before it, or behind
/// words that set a time: 项目10月底…, 预计10月…, 于10月….
fn is_aim(place: Place<'_>, date: &Partial, scale: Scale) -> bool {
    let told = || {
        let words = place.before.strip_suffix('于');
        words.is_some_and(|words| !words.ends_with(NO_TIME_BEFORE) || words.ends_with("单位"))
    };
    if scale < Scale::Half && (strives(place.before) || expects(place.before) || told()) {
        return true;
    }
    let clause = place.clause_before();
    let taken = place.before.ends_with(['按', '以', '据', '依', '凭', '用', '为']);
    date.ends() && !taken && (RAISING.begins(clause).is_some() || !takes_over(clause))
}

/// What 于 makes a word with: 关于|10月底的进展, 位于.
const NO_TIME_BEFORE: [char; 16] =
    ['关', '位', '对', '由', '至', '处', '属', '源', '基', '鉴', '限', '高', '低', '等', '少', '多'];

/// Whether a word before the time takes it for its object or compares it: 位于, 对, 较; not 各单位于, where 于 is apart.
fn is_governed(before: &str) -> bool {
    // 第二阶段，即|7月至12月.
    let restated = || before.strip_suffix('即').is_some_and(opens_clause);
    // 进行了|2021年度考核.
    let done = before.ends_with('了') && !["为了", "除了"].iter().any(|word| before.ends_with(word));
    done || GOVERNORS.ends(before).is_some() && !before.ends_with("单位于") && !restated()
}

/// 预计10月, 计划于10月: when something is to be.
fn expects(before: &str) -> bool {
    let words = before.trim_end_matches(['于', '在']);
    ["预计", "预期", "拟", "计划"].iter().any(|word| words.ends_with(word))
}

/// 力争年底: the verb before it is the one that it binds.
fn strives(before: &str) -> bool {
    ["确保", "力争", "争取", "确保在", "力争在", "争取在", "不晚于", "不迟于", "推迟到", "延长至"]
        .iter()
        .any(|word| before.ends_with(word))
}

/// Whether a second aim follows behind 、: 确保6月底|、力争5月底完成.
fn opens_striving(after: &str) -> bool {
    after
        .strip_prefix('、')
        .is_some_and(|next| ["确保", "力争", "争取"].iter().any(|word| next.starts_with(word)))
}

/// Whether a bracket that holds nothing but the time says when what stands before it is to be done.
fn in_bracket(outer: &str, after: &str, scale: Scale, is_span: bool) -> bool {
    if outer.is_empty() {
        // （4月1日—30日）全面摸排 at the head of an item; a date alone there is that of the paper.
        let words = after.trim_start_matches(CLOSING).trim_start_matches(' ');
        let clause = words.split(is_clause_break).next().unwrap_or_default();
        return PHASES.iter().any(|word| clause.ends_with(word)) || predicate(words, scale, 1);
    }
    // 近期目标（2022—2023年） is a stage of the work, 发展目标（2022—2023年） a name.
    let stage = || ["近期目标", "中期目标", "远期目标", "阶段目标"].iter().any(|word| outer.ends_with(word));
    if NAMES.ends(outer).is_some() && !stage() {
        return false;
    }
    let behind = after.trim_start_matches(CLOSING).chars().next();
    if scale >= Scale::Year && (outer.ends_with('》') || is_span && is_round(outer) && behind.is_some()) {
        return false;
    }
    if scale == Scale::Day && !is_span {
        // 举办汇演（5月18日）, but not 国家宪法日（12月4日）宣传 or 第五次会议纪要（5月18日）.
        let clause = outer.rsplit(is_clause_break).next().unwrap_or_default();
        let made = clause.ends_with('》');
        return !made && behind.is_none_or(is_clause_break) && predicate(clause.trim_start(), scale, 1);
    }
    let heading = !outer.contains(['，', ',', '。', '；', ';', '：', ':'])
        && behind.is_none_or(|c| "。：:\n".contains(c));
    if heading && scale == Scale::Year && outer.chars().count() <= LONGEST_SUBJECT {
        return true;
    }
    let phase = PHASES.iter().any(|word| outer.ends_with(word));
    phase || is_span || matches!(scale, Scale::Third | Scale::Month | Scale::Quarter | Scale::Half)
}

/// Whether `outer` ends with one of several rounds, which the years behind it tell from the others: 第七届, 新一轮.
fn is_round(outer: &str) -> bool {
    let Some(words) = outer.strip_suffix(['届', '轮']) else { return false };
    let count = words.trim_end_matches(|c: char| c.is_ascii_digit() || numeral::is_han_numeral(c));
    count.len() < words.len() && count.ends_with(['第', '新', '上', '下', '本'])
}

/// Whether the time is that of one of several under a label: 考试时间：小学6月28日，初中|6月30日.
fn is_listed_under_label(place: Place<'_>) -> bool {
    /// Characters of a name at most.
    const LONGEST_NAME: usize = 6;
    if place.after.starts_with(|c| !is_clause_break(c)) {
        return false;
    }
    let Some((label, listed)) = place.before.rsplit_once(['：', ':']) else { return false };
    let name = listed.rsplit(['，', ',', '；', ';']).next().unwrap_or_default();
    (1..=LONGEST_NAME).contains(&name.chars().count())
        && name.chars().all(char::is_alphabetic)
        && !listed.contains('。')
        && !VERBS.within(name)
        && TIME_NOUNS.ends(label).is_some_and(|length| !label[..label.len() - length].ends_with("统计"))
}

/// 时间为, 期限：.
fn follows_label(before: &str) -> bool {
    TIME_NOUNS.ends(before_label_mark(before)).is_some()
}

/// `before` without what stands between a label and its time.
fn before_label_mark(before: &str) -> &str {
    before.trim_end_matches(['：', ':', '为', '是', '定', '初', '拟', '于', '在', '从', '自', '即', ' '])
}

/// 统计时间为: the data that are spoken of.
fn counts_data(before: &str) -> bool {
    let words = before_label_mark(before);
    TIME_NOUNS.ends(words).is_some_and(|length| words[..words.len() - length].ends_with("统计"))
}

/// 发布时间：2021-07-28 10:30: when the page was posted, or the paper written.
fn is_posted(before: &str, date: &Partial) -> bool {
    if date.scale() != Some(Scale::Day) || !matches!(date.year, YearWord::Given(_)) {
        return false;
    }
    let words = before.trim_end_matches(['：', ':', ' ']);
    let Some(length) = TIME_NOUNS.ends(words).filter(|_| words.len() < before.len()) else { return false };
    let name = words[..words.len() - length].rsplit(char::is_whitespace).next().unwrap_or_default();
    POSTING.contains(&name) || name.is_empty() && before.contains("来源：")
}

/// 预计全年实现增加值45亿元: what a report expects.
fn is_forecast(before: &str, date: &Partial) -> bool {
    date.whole_year && date.edge.is_none() && before.ends_with("预计")
}

/// Whether the time is the last thing in a bracket that names who acts: （县教育局，12月底）,
/// （县教育局负责；全年）.
fn follows_body(place: Place<'_>) -> bool {
    let marks = ['，', ',', '、', '；', ';', '/', '　'];
    if !place.after.starts_with(CLOSING) && !place.after.starts_with(['；', ';']) {
        return false;
    }
    // A long list of names opens farther away than is looked.
    let far = place.before.chars().count() + 1 >= 2 * NEAR && place.after.starts_with(CLOSING);
    let opened = place.before.rsplit_once(OPENING).or(far.then_some(("", place.before)));
    let Some((outer, inner)) = opened else { return false };
    let names = inner.trim_end_matches(marks).trim_end();
    let apart = names.len() < inner.len() || place.spaced;
    let last = names.rsplit(marks).next().unwrap_or_default();
    let last = ["负责", "牵头", "配合"].iter().find_map(|role| last.strip_suffix(role)).unwrap_or(last);
    let cited =
        outer.ends_with(['》', '”']) || names.contains(['）', ')', '。', '《']) || names.contains("来源");
    apart && !cited && BODY_ENDINGS.ends(last.trim_end_matches('等')).is_some()
}

/// Whether only adverbs stand between the beginning of the clause and the time.
pub(super) fn opens_clause(before: &str) -> bool {
    let mut words = before;
    for _ in 0..4 {
        let shorter = words.trim_end_matches(['于', '在', '从', '自', '从', ' ']);
        let shorter = ADVERBS.ends(shorter).map_or(shorter, |length| &shorter[..shorter.len() - length]);
        if shorter.len() == words.len() {
            break;
        }
        words = shorter;
    }
    // ——2023年，… and ●2023年，… are items of a list.
    let opens = |c: char| is_clause_break(c) || matches!(c, '、' | '　' | '—' | '】') || label::is_bullet(c);
    words.chars().next_back().is_none_or(opens)
}

/// 3月1日至31日为宣传阶段, 11月为总结阶段; not 7月为主汛期.
fn is_phase(after: &str, is_span: bool, scale: Scale) -> bool {
    let Some(phase) = after.strip_prefix('为') else { return false };
    let clause = phase.split(is_clause_break).next().unwrap_or_default();
    let is_stage = clause.split('、').next().is_some_and(|name| name.ends_with("阶段"));
    // 2024年为集中攻坚阶段, but 2024年为关键阶段 tells how the year is.
    let told = || ["关键", "重要", "开局", "起步"].iter().any(|word| clause.contains(word));
    is_span && ["阶段", "时段", "期"].iter().any(|word| phase.contains(word))
        || is_stage && (scale < Scale::Half || scale == Scale::Year && !told())
}

/// 6月为安全生产月: the words behind the time only give it a name.
fn is_named(after: &str) -> bool {
    let name = after.strip_prefix('为').and_then(|name| name.split(is_clause_break).next());
    name.is_some_and(|name| name.ends_with(['月', '周', '日', '节', '季', '年']))
}

/// 会议定于: the day is set, and where comes next.
fn is_set(before: &str) -> bool {
    let set = |words: &str| {
        ["安排", "放"].iter().any(|word| words.ends_with(word))
            || words.ends_with('定') && !["规定", "法定", "约定"].iter().any(|word| words.ends_with(word))
    };
    before.strip_suffix(['于', '在']).is_some_and(set)
}

/// 请参会人员于: the day is asked for, and what is to be done comes behind a comma.
fn is_asked_at(place: Place<'_>) -> bool {
    place.clause_before().starts_with('请') && place.before.ends_with('于') && !is_governed(place.before)
}

/// What follows the name of the days themselves: 6月7日至9日|高考期间|开展; of single days also 9月1日|
/// 开学前|投用, 12月4日|国家宪法日|开展.
fn skip_occasion(words: &str, is_day: bool) -> &str {
    let clause = head(words.split(is_clause_break).next().unwrap_or_default(), LONGEST_OCCASION);
    let ends = OCCASIONS.iter().filter_map(|end| Some(clause.find(end)? + end.len()));
    let end = ends.min().or_else(|| day_name(words, clause).filter(|_| is_day));
    let Some(end) = end else { return words };
    let (occasion, rest) = words.split_at(end);
    if occasion.contains(['的', '、']) || VERBS.within(occasion) { words } else { after_quote(rest) }
}

/// Whether a name of the day follows, and behind 、 another day on which something is done: 3月5日|学雷锋日、12月5日志愿者日
/// 开展.
fn is_one_of_days(words: &str) -> bool {
    let clause = head(words.split(is_clause_break).next().unwrap_or_default(), 2 * NEAR);
    let Some((name, others)) = clause.split_once('、') else { return false };
    let named =
        name.ends_with(['日', '节']) && name.chars().count() <= LONGEST_OCCASION && !VERBS.within(name);
    let ends = others.char_indices().filter(|(_, c)| matches!(c, '日' | '节' | '间'));
    named
        && opens_time(others)
        && ends.into_iter().any(|(at, c)| predicate(&others[at + c.len_utf8()..], Scale::Day, 1))
}

/// Where the name of a day or what begins on it ends, in the clause that `words` open with.
fn day_name(words: &str, clause: &str) -> Option<usize> {
    let before = clause.find('前').filter(|at| EVENT_ENDINGS.ends(&clause[..*at]).is_some());
    let days = clause.char_indices().skip(2).filter(|(_, c)| matches!(c, '日' | '节'));
    let mut ends = days.map(|(at, c)| at + c.len_utf8());
    before
        .map(|at| at + '前'.len_utf8())
        .or_else(|| ends.find(|end| predicate(after_quote(&words[*end..]), Scale::Day, 1)))
}

/// `words` without the mark that closes a name.
fn after_quote(words: &str) -> &str {
    words.strip_prefix(['”', '"', '」']).unwrap_or(words)
}
