//! A period or a day without 前: what stands around it says whether it binds.

use duban_document::numeral;

use super::{NEAR, Place, head, is_clause_break, report};
use crate::calendar::{MonthWord, Partial, Scale, YearWord};
use crate::grammar::{Binding, Expression, Form};
use crate::words::{
    ADVERBS, BODY_ENDINGS, CLOSING_VERBS, COUNTED_VERBS, EVENT_ENDINGS, GOVERNORS, HEADS, MEASURES, NAMES,
    NOUN_VERBS, OPENERS, TIME_NOUNS, VERBS,
};

/// A subject before the verb is not longer.
const LONGEST_SUBJECT: usize = 16;

/// The name of some days is not longer.
const LONGEST_OCCASION: usize = 12;

/// 以上, 左右 and the like behind a measure are not longer.
const LONGEST_MEASURE_END: usize = 3;

/// What 年底 and 年终 name rather than time: 年底考核.
const REVIEWS: [&str; 7] = ["考核", "考评", "述职", "绩效", "测评", "评", "奖"];

/// What 年初 and 年中 name: 年初预算, 年中调整预算.
const BUDGETS: [&str; 4] = ["预算", "决算", "调整预算", "预算调整"];

/// What a period itself has: 6月份工作.
const OWNED: [&str; 5] = ["工作", "任务", "目标", "计划", "指标"];

/// A thing that comes about and its verb are not longer.
const LONGEST_COMING: usize = 24;

/// Verbs without an object, which before a noun say what it is: 竣工项目.
const COMING_ABOUT: [&str; 9] = ["开工", "竣工", "完工", "投产", "到位", "落地", "见效", "封顶", "建成投用"];

/// What is checked, trained or built, as against the work's own 任务 and 目标.
const THINGS: [&str; 5] = ["企业", "单位", "人员", "项目", "机构"];

/// Brackets at the end of an item that hold bodies and a time.
const OPENING: [char; 5] = ['（', '(', '［', '[', '【'];

/// Their ends.
const CLOSING: [char; 5] = ['）', ')', '］', ']', '】'];

/// Verbs of telling, whose object is the state of things (通报|进度) where other verbs make a noun with it
/// (完成进度).
const TELLING: [&str; 11] =
    ["通报", "报送", "上报", "呈报", "反馈", "公布", "公示", "汇总", "填报", "摸清", "调度"];

/// What is done on the day that a page or a paper bears.
const POSTING: [&str; 9] = ["发布", "更新", "公开", "成文", "生成", "发文", "印发", "制发", "公布"];

/// Verbs that say where 将 puts its object.
const PLACING: [&str; 10] = ["报", "送", "纳入", "列入", "交由", "移交", "上传", "录入", "发至", "归档"];

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
    if counts_data(place.before) || is_posted(place.before, date) {
        return false;
    }
    if follows_label(place.before) || follows_body(place) {
        return true;
    }
    if is_noun(place, date, scale) {
        return false;
    }
    if GOVERNORS.ends(place.before).is_some() || place.after.starts_with(['的', '等', '是']) {
        return false;
    }
    let opens = opens_clause(place.before);
    let edge = last.operator.as_ref().is_some_and(|operator| operator.kind == Binding::Edge);
    match place.after.chars().next() {
        Some('，' | ',') => {
            let told = scale >= Scale::Year && report::describes(place.after);
            (opens || is_set(place.before))
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
            !alone && (is_span && scale < Scale::Half && opens || edge && strives(place.before))
        }
    }
}

/// Whether the time makes a noun with what follows: 年底考核, “十四五”规划.
fn is_noun(place: Place<'_>, date: &Partial, scale: Scale) -> bool {
    let opens = |words: &[&str]| words.iter().any(|word| place.after.starts_with(word));
    // 全年总结于12月10日前报送: the summary has a time of its own.
    let summary = |rest: &str| {
        rest.starts_with(['会', '于', '在', '要', '应', '须']) || !takes_object(rest, Scale::Year)
    };
    date.whole_year
        && (opens(&REVIEWS)
            || date.edge.is_some() && opens(&BUDGETS)
            || place.after.strip_prefix("总结").is_some_and(summary))
        || scale == Scale::Year && date.year == YearWord::That && date.edge.is_none()
        || scale == Scale::Plan && opens(&["规划", "计划", "纲要"])
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
    predicate(words, scale, 0)
        || joins(place.after, scale)
        || comes_about(place.after, scale, is_edge) && !place.reports()
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
        let words = after.trim_start_matches(['）', ')', ' ']);
        let clause = words.split(is_clause_break).next().unwrap_or_default();
        return ["阶段", "步骤", "环节", "时段"].iter().any(|word| clause.ends_with(word))
            || predicate(words, scale, 1);
    }
    if NAMES.ends(outer).is_some() {
        return false;
    }
    let behind = after.trim_start_matches(['）', ')']).chars().next();
    if scale == Scale::Day && !is_span {
        // 举办汇演（5月18日）, but not 国家宪法日（12月4日）宣传 or 第五次会议纪要（5月18日）.
        let clause = outer.rsplit(is_clause_break).next().unwrap_or_default();
        let made = clause.ends_with('》');
        return !made && behind.is_none_or(is_clause_break) && predicate(clause.trim_start(), scale, 1);
    }
    let heading = !outer.contains(['，', '。', '；', '：']) && behind.is_none_or(|c| "。：:\n".contains(c));
    if heading && scale == Scale::Year && outer.chars().count() <= LONGEST_SUBJECT {
        return true;
    }
    let phase = ["阶段", "步骤", "环节", "时段"].iter().any(|word| outer.ends_with(word));
    phase || is_span || matches!(scale, Scale::Third | Scale::Month | Scale::Quarter | Scale::Half)
}

/// 时间为, 期限：.
fn follows_label(before: &str) -> bool {
    TIME_NOUNS.ends(before_label_mark(before)).is_some()
}

/// `before` without what stands between a label and its time.
fn before_label_mark(before: &str) -> &str {
    before.trim_end_matches(['：', ':', '为', '是', '定', '于', '在', '从', '自', '即', ' '])
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
    let opens = |c: char| is_clause_break(c) || "、　—●■◆▲•·○□◇★※】".contains(c);
    words.chars().next_back().is_none_or(opens)
}

/// 3月1日至31日为宣传阶段, 11月为总结阶段; not 7月为主汛期.
fn is_phase(after: &str, is_span: bool, scale: Scale) -> bool {
    let Some(phase) = after.strip_prefix('为') else { return false };
    let clause = phase.split(is_clause_break).next().unwrap_or_default();
    let is_stage = clause.split('、').next().is_some_and(|name| name.ends_with("阶段"));
    is_span && ["阶段", "时段", "期"].iter().any(|word| phase.contains(word))
        || is_stage && scale < Scale::Half
}

/// 6月为安全生产月: the words behind the time only give it a name.
fn is_named(after: &str) -> bool {
    let name = after.strip_prefix('为').and_then(|name| name.split(is_clause_break).next());
    name.is_some_and(|name| name.ends_with(['月', '周', '日', '节', '季', '年']))
}

/// 会议定于: the day is set, and where comes next.
fn is_set(before: &str) -> bool {
    before.strip_suffix(['于', '在']).is_some_and(|words| words.ends_with('定') && !words.ends_with("规定"))
}

/// What follows the name of the days themselves: 6月7日至9日|高考期间|开展; of single days also 9月1日|
/// 开学前|投用, 12月4日|国家宪法日|开展.
fn skip_occasion(words: &str, is_day: bool) -> &str {
    let clause = head(words.split(is_clause_break).next().unwrap_or_default(), LONGEST_OCCASION);
    let ends = ["期间", "期間", "当天", "当日"].iter().filter_map(|end| Some(clause.find(end)? + end.len()));
    let end = ends.min().or_else(|| day_name(words, clause).filter(|_| is_day));
    let Some(end) = end else { return words };
    let (occasion, rest) = words.split_at(end);
    if occasion.contains(['的', '、']) || VERBS.within(occasion) { words } else { after_quote(rest) }
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

/// Whether `words` open with a verb of doing or reaching, adverbs and the body that acts apart.
fn predicate(words: &str, scale: Scale, depth: usize) -> bool {
    let mut words = words;
    let whole = words;
    for _ in 0..6 {
        if words.starts_with('将') && places(words) {
            return true;
        }
        let is_verb = |length| VERBS.begins(words).is_some() || NOUN_VERBS.begins(words) > Some(length);
        // 可持续发展 is no verb with 可 and 持续 before it.
        let adverb = ADVERBS.begins(words).filter(|_| !words.starts_with("可持续"));
        let adverb = adverb.or_else(|| in_parts(words));
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
        let (verb, rest) = (&words[..length], words[length..].trim_start());
        if verb.ends_with('建') && rest.starts_with("项目") && !counts(rest) {
            return false;
        }
        if COMING_ABOUT.contains(&verb) && !rest.starts_with('率') && HEADS.begins(rest).is_some() {
            return counts(rest);
        }
        let noun = ["情况", "率", "时间", "时限", "进度", "的", "了", "度", "后", "以来", "并投入使用的"];
        let told = TELLING.contains(&verb) && ["情况", "进度"].iter().any(|word| rest.starts_with(word));
        return told || !noun.iter().any(|word| rest.starts_with(word));
    }
    if let Some(length) = COUNTED_VERBS.begins(words) {
        return takes_count(&words[length..]);
    }
    if let Some(length) = NOUN_VERBS.begins(words) {
        // What an adverb stands before is a verb: 2021年正式运行.
        let scale = if words.len() < whole.len() { Scale::Day } else { scale };
        let reported = scale == Scale::Day
            && ["报告情况", "报告进展", "通报情况"].iter().any(|word| words.starts_with(word));
        if reported {
            return true;
        }
        return takes_object(&words[length..], scale);
    }
    depth == 0 && acts(words, scale)
}

/// Length of 分两次, 分3批, 分四个阶段 at the head of `words`.
fn in_parts(words: &str) -> Option<usize> {
    let count = words.strip_prefix('分')?;
    let part = count.trim_start_matches(is_digit);
    let noun = part.strip_prefix('个').unwrap_or(part);
    let part_word =
        ["阶段", "步骤", "次", "批", "期", "轮", "步"].iter().find(|word| noun.starts_with(**word))?;
    (part.len() < count.len()).then(|| words.len() - noun.len() + part_word.len())
}

/// Whether `words` open with a predicate, for a time as short as a day.
pub(super) fn opens_predicate(words: &str) -> bool {
    predicate(words, Scale::Day, 0)
}

/// Whether `words`, without a subject before its verb, do something.
pub(super) fn opens_command(words: &str) -> bool {
    predicate(words, Scale::Day, 1)
}

/// Whether `clause` opens with a verb and an object.
pub(super) fn takes_over(clause: &str) -> bool {
    predicate(clause, Scale::Year, 1)
}

/// Whether 将 at the head of `words` puts something somewhere: 将结果报县政府.
fn places(words: &str) -> bool {
    let clause = words.split(is_clause_break).next().unwrap_or_default();
    let objects = clause.char_indices().skip(3).take(LONGEST_SUBJECT);
    clause.find('的').is_none()
        && objects
            .filter_map(|(at, _)| clause.get(at..))
            .any(|rest| PLACING.iter().any(|verb| rest.starts_with(verb)))
}

/// Whether the clause says how many: 开工项目30个.
fn counts(words: &str) -> bool {
    words.split(is_clause_break).next().is_some_and(|clause| clause.contains(is_digit))
}

/// Whether a thing comes about before the clause ends, or reaches a number: 10月|主体封顶,
/// 2021年底|任务全面完成, 年底|开工率达到100%.
fn comes_about(words: &str, scale: Scale, is_edge: bool) -> bool {
    let clause = head(words, LONGEST_COMING).split(is_clause_break).next().unwrap_or_default();
    let ended = words.get(clause.len()..).is_some_and(|rest| rest.chars().next().is_none_or(is_clause_break));
    let closes = || CLOSING_VERBS.ends(clause).filter(|_| ended).map(|length| clause.len() - length);
    let reaches = || {
        let mut places = clause.char_indices().map(|(at, _)| at).skip(2);
        places.find(|at| {
            let rest = &clause[*at..];
            VERBS.begins(rest).is_some_and(|length| rest[length..].starts_with(|c: char| c.is_ascii_digit()))
        })
    };
    let end = (scale < Scale::Half).then(|| closes().or_else(reaches)).flatten();
    let Some(thing) = end.map(|end| &clause[..end]) else { return false };
    let owned = !is_edge && OWNED.iter().any(|word| thing.starts_with(word));
    let plain = thing.chars().all(char::is_alphanumeric) && thing.chars().nth(1).is_some();
    plain && !owned && !thing.contains(['的', '了', '已', '前', '后', '未'])
}

/// 与高校签约, 同各村签订责任书: whom it is done with, and a verb.
fn joins(words: &str, scale: Scale) -> bool {
    let clause = head(words.split(is_clause_break).next().unwrap_or_default(), LONGEST_SUBJECT);
    let verb = |rest: &str| VERBS.begins(rest).or_else(|| NOUN_VERBS.begins(rest)).is_some();
    let with = scale < Scale::Half && clause.starts_with(['与', '同']) && !clause.contains(['的', '比']);
    with && clause.char_indices().skip(3).any(|(at, _)| verb(&clause[at..]))
}

/// Whether what follows a verb that may be a noun is its object.
fn takes_object(rest: &str, scale: Scale) -> bool {
    let rest = rest.trim_start();
    if ["期中", "期末"].iter().any(|word| rest.starts_with(word)) {
        return true;
    }
    match rest.chars().next() {
        None | Some('。' | '；' | ';' | '，' | ',' | '）' | ')') => scale < Scale::Half,
        Some('的' | '及' | '和' | '与' | '、' | '了' | '等' | '后' | '期' | '：' | ':') => false,
        // 规范性文件, 储备粮, 转移支付, 扶持力度.
        Some('性') => false,
        Some('粮') if !rest.starts_with("粮食") => false,
        Some('支') if rest.starts_with("支付") => false,
        Some('力') if rest.starts_with("力度") => false,
        // 开放日, 供暖季.
        Some('日') if !rest.starts_with("日常") => false,
        Some('季') if !rest.starts_with("季度") => false,
        // 施工高峰期.
        Some('高') if rest.starts_with("高峰") => false,
        Some(_) => HEADS.begins(rest).is_none() || counts_things(rest),
    }
}

/// Whether `words` open with who or what is checked, trained or built.
pub(super) fn opens_with_thing(words: &str) -> bool {
    THINGS.iter().any(|thing| words.starts_with(thing))
}

/// Whether `words` open with things and how many: 企业不少于30家, but not 任务30个, a noun.
fn counts_things(words: &str) -> bool {
    let behind = THINGS.iter().find_map(|thing| words.strip_prefix(thing));
    let behind = behind.map(|rest| VERBS.begins(rest).map_or(rest, |length| &rest[length..]));
    behind.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
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
