//! What stands behind a bare time: whether it opens with a predicate, what is done or comes about by then.

use duban_document::numeral;

use super::{NEAR, head, is_clause_break};
use crate::calendar::Scale;
use crate::words::{
    ADVERBS, BODY_ENDINGS, CLOSING_VERBS, COMING_ABOUT, COUNTED_VERBS, EVENT_ENDINGS, HEADS, MEASURES,
    NOUN_VERBS, OPENERS, VERBS, VERBS_OF_DAYS,
};

/// A subject before the verb is not longer.
pub(super) const LONGEST_SUBJECT: usize = 16;

/// 以上, 左右 and the like behind a measure are not longer.
const LONGEST_MEASURE_END: usize = 3;

/// What a period itself has: 6月份工作.
const OWNED: [&str; 5] = ["工作", "任务", "目标", "计划", "指标"];

/// A thing that comes about and its verb are not longer.
const LONGEST_COMING: usize = 24;

/// A preposition, its object and its verb are not longer.
const LONGEST_CLAUSE: usize = 24;

/// What is checked, trained or built, as against the work's own 任务 and 目标.
const THINGS: [&str; 5] = ["企业", "单位", "人员", "项目", "机构"];

/// What is in the books at the end of a period.
const BALANCES: [&str; 3] = ["结余", "余额", "库存"];

/// Verbs of which a work, too, may be the subject before an object.
const FINISHING: [&str; 2] = ["完成", "进入"];

/// What nobody does by a time: 年底风险增多.
const HAPPENINGS: [&str; 21] = [
    "增多",
    "偏多",
    "偏少",
    "多发",
    "高发",
    "频发",
    "临近",
    "来临",
    "到来",
    "将至",
    "高峰",
    "骤降",
    "回落",
    "较高",
    "较低",
    "迁徙",
    "密集",
    "紧张",
    "事故",
    "问题",
    "天气持续",
];

/// Verbs of having, which describe what has: 2021年具备条件的村.
const HAVING: [&str; 3] = ["具备", "拥有", "建有"];

/// Verbs of telling, whose object is the state of things (通报|进度) where other verbs make a noun with it
/// (完成进度).
const TELLING: [&str; 11] =
    ["通报", "报送", "上报", "呈报", "反馈", "公布", "公示", "汇总", "填报", "摸清", "调度"];

/// Verbs that say where 将 puts its object.
const PLACING: [&str; 17] = [
    "报", "送", "纳入", "列入", "交由", "移交", "上传", "录入", "发至", "归档", "提交", "提请", "上报",
    "反馈", "下达", "下发", "拨付",
];

/// Prepositions whose object ends where the verb begins: 按照标准|制定, 为20名老人|改造.
const PREPOSITIONS: [&str; 6] = ["按照", "按", "以", "在", "为", "到"];

/// Whether `words` open with a verb of doing or reaching, adverbs and the body that acts apart.
pub(super) fn predicate(words: &str, scale: Scale, depth: usize) -> bool {
    let mut words = words;
    let whole = words;
    let mut each = None;
    for _ in 0..6 {
        if words.starts_with('将') && places(words) {
            return true;
        }
        let is_verb = |length| VERBS.begins(words).is_some() || NOUN_VERBS.begins(words) > Some(length);
        // 可持续发展 is no verb with 可 and 持续 before it.
        let adverb = ADVERBS.begins(words).filter(|_| !words.starts_with("可持续"));
        let adverb = adverb.or_else(|| in_parts(words));
        let Some(length) = adverb.filter(|length| !is_verb(*length)) else { break };
        // 各 of 各部门 is no adverb.
        if words.starts_with('各') {
            each = Some(words);
        }
        words = words[length..].trim_start_matches([' ', '，', ',']);
    }
    if depth > 0 && words.starts_with(|c: char| c.is_ascii_digit()) {
        return true;
    }
    if let Some(length) = OPENERS.begins(words) {
        let next = words[length..].chars().next();
        return next.is_some_and(|c| !is_clause_break(c) && c != '的');
    }
    if PREPOSITIONS.iter().any(|word| words.starts_with(word)) && acts_with(words, scale) {
        return true;
    }
    if let Some(length) = VERBS.begins(words) {
        return does(&words[..length], words[length..].trim_start());
    }
    if let Some(length) = COUNTED_VERBS.begins(words) {
        return takes_count(&words[length..]);
    }
    if let Some(length) = VERBS_OF_DAYS.begins(words) {
        let (short, rest) = (scale < Scale::Half || words.len() < whole.len(), &words[length..]);
        // 安置房, 回收站, 展览馆, 植树节 are no deeds.
        let thing = rest.starts_with([
            '房', '站', '馆', '袋', '点', '区', '节', '会', '队', '班', '期', '令', '员', '林', '师', '液',
            '剂',
        ]);
        return !thing && if short { takes_object(rest, Scale::Day) } else { takes_count(rest) };
    }
    if let Some(length) = NOUN_VERBS.begins(words) {
        // What an adverb stands before is a verb: 2021年正式运行.
        let scale = if words.len() < whole.len() { Scale::Day } else { scale };
        let reported = scale == Scale::Day
            && ["报告情况", "报告进展", "通报情况"].iter().any(|word| words.starts_with(word));
        if reported {
            return true;
        }
        let rest = &words[length..];
        return takes_object(rest, scale) || opens_stage(rest) && scale <= Scale::Year;
    }
    depth == 0 && acts(each.unwrap_or(words), scale)
}

/// Whether `verb`, one of doing or reaching, is the predicate before `rest` and no part of a noun.
fn does(verb: &str, rest: &str) -> bool {
    let clause = || rest.split(is_clause_break).next().unwrap_or_default();
    if HAVING.contains(&verb) && clause().contains('的') {
        return false;
    }
    if verb.ends_with('建') && rest.starts_with("项目") && !counts(rest) {
        return false;
    }
    let comes = COMING_ABOUT.begins(verb) == Some(verb.len());
    if comes && !rest.starts_with('率') && HEADS.begins(rest).is_some() {
        return counts(rest);
    }
    let opens = |words: &[&str], rest: &str| words.iter().any(|word| rest.starts_with(word));
    let noun = ["情况", "率", "时间", "时限", "进度", "的", "了", "度", "后", "以来", "并投入使用的"];
    let told = TELLING.contains(&verb) && opens(&["情况", "进度"], rest);
    // 实现时间过半: the time is no label, but half of what is done.
    let half = rest.strip_prefix("时间").is_some_and(|rest| opens(&["任务", "过半", "节点任务"], rest));
    told || half || !opens(&noun, rest)
}

/// What 在 makes a word with: 在建, 在校.
const BEING_AT: &str = "建校册岗库线编读职营产途研手逃握家乎于谈审办用租售役任位押施";

/// Whether a verb follows in the clause behind a preposition and its object, and no 的 makes a noun of it all,
/// where no other word begins so: 在|5个乡镇开展, not 在建; 以|乡镇为单位开展, not 以来; 为|200户安装, not 为主;
/// 到|村开展, not 到期; and 在巩固的基础上|新增, whatever stands between.
fn acts_with(words: &str, scale: Scale) -> bool {
    let clause = head(words.split(is_clause_break).next().unwrap_or_default(), LONGEST_CLAUSE);
    let mut characters = clause.chars();
    let (preposition, object) = (characters.next(), characters.as_str());
    let from = match preposition {
        Some('为') if !object.starts_with(is_digit) || object.starts_with('一') => return false,
        Some('在') if object.starts_with(|c| BEING_AT.contains(c)) => return false,
        Some('在') => {
            if let Some((_, rest)) = clause.split_once("基础上") {
                return predicate(
                    words[clause.len() - rest.len()..].trim_start_matches(['，', ',']),
                    scale,
                    1,
                );
            }
            0
        }
        Some('到') if scale >= Scale::Half || object.starts_with(['期', '账', '龄', '位']) => {
            return false;
        }
        // 按月.
        Some('按') if object.starts_with(['月', '季', '旬', '周', '日', '天']) => return false,
        // 以奖代补, 以旧换新.
        Some('以') if characters.nth(1).is_some_and(|c| matches!(c, '代' | '换')) => return false,
        Some('以') => clause.find('为').unwrap_or(clause.len()),
        _ => 0,
    };
    let ends = clause.char_indices().skip(2).map(|(at, _)| at).filter(|at| *at > from);
    let acts = |at: usize| {
        let rest = &clause[at..];
        let verb = [&VERBS, &NOUN_VERBS, &VERBS_OF_DAYS, &COUNTED_VERBS]
            .iter()
            .any(|list| list.begins(rest).is_some());
        verb && predicate(rest, Scale::Day, 1)
    };
    !clause.contains(['的', '了', '年']) && ends.into_iter().any(acts)
}

/// Length of 分两次, 分3批, 分四个阶段 at the head of `words`.
fn in_parts(words: &str) -> Option<usize> {
    let count = words.strip_prefix('分')?;
    let part = count.trim_start_matches(is_digit);
    let noun = part.strip_prefix('个').unwrap_or(part);
    let part_word = ["阶段", "步骤", "年度", "次", "批", "期", "轮", "步", "年"]
        .iter()
        .find(|word| noun.starts_with(**word))?;
    (part.len() < count.len()).then(|| words.len() - noun.len() + part_word.len())
}

/// Whether `rest`, behind a verb, goes on with the time of the next stage: 4月宣传|、5—7月巡查、8月评比.
fn opens_stage(rest: &str) -> bool {
    // 按照4月宣传、5—7月巡查的步骤: the stages are those of a noun.
    let clause = rest.split(is_clause_break).next().unwrap_or_default();
    !clause.contains('的') && rest.strip_prefix('、').is_some_and(opens_time)
}

/// Whether `words` open with a time: 4—9月, 年底.
pub(super) fn opens_time(words: &str) -> bool {
    let joins = |c: char| matches!(c, '—' | '-' | '–' | '～' | '~' | '至' | '第');
    let unit = words.trim_start_matches(|c: char| is_digit(c) || joins(c));
    let counted = unit.len() < words.len() && unit.starts_with(['年', '月', '季', '日']);
    counted || ["上半年", "下半年", "年底", "年末", "月底"].iter().any(|time| words.starts_with(time))
}

/// Whether `words`, behind a time that nothing else than a deadline has before it or that names the end of a period,
/// say what is so by then, whatever the verb: 10月底|具备蓄水条件, 年底|半数渡口换上新船. A noun alone (6月底|余额), what
/// the time describes (6月底|入库的项目) and a report do not; what opens with a verb is for [`predicate`] to tell.
pub(super) fn asserts(words: &str) -> bool {
    let clause = head(words.split(is_clause_break).next().unwrap_or_default(), NEAR);
    let verb = VERBS.begins(clause).or_else(|| NOUN_VERBS.begins(clause)).is_some();
    let compares = clause.starts_with(|c| "、和与及或至到较比的是年月岁季以经“".contains(c));
    // 11月底12月初组织; 9月开学前投用, whose day is another.
    let other = || {
        opens_time(clause) || clause.find('前').is_some_and(|at| EVENT_ENDINGS.ends(&clause[..at]).is_some())
    };
    let ends = ['前', '后', '时', '中', '间', '起', '会', '节', '日', '周', '月'];
    let placed = clause.ends_with(ends) || HAPPENINGS.iter().any(|word| clause.ends_with(word));
    let short = clause.chars().nth(1).is_none();
    !(short || verb || compares || placed || other() || is_noun_phrase(clause))
}

/// Whether `clause`, behind a time, is a noun that the time describes.
fn is_noun_phrase(clause: &str) -> bool {
    let verbs = [&VERBS, &NOUN_VERBS, &CLOSING_VERBS, &EVENT_ENDINGS];
    let acts = |words: &str| verbs.iter().any(|list| list.within(words));
    // 6月底主体工程完成验收, but not 6月底任务完成情况, nor 年末结余转入下年: what is in the books on a day.
    let done = |at: usize| VERBS.begins(&clause[at..]).is_some() && predicate(&clause[at..], Scale::Day, 1);
    let has_verb = || clause.char_indices().skip(2).take(LONGEST_SUBJECT).any(|(at, _)| done(at));
    let balance = || BALANCES.iter().any(|word| clause.starts_with(word));
    let named = HEADS.begins(clause).is_some() && !has_verb() || balance();
    // 6月底数据要如实填报: what is told to be done is done to the data of that day.
    let told = || clause.find(['要', '应', '须', '需']).is_some_and(|at| HEADS.ends(&clause[..at]).is_some());
    // 6月底在册人数, 6月底存量120户: what there is, and how many.
    let figure = clause.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 0);
    let core = &clause[..figure.unwrap_or(clause.len())];
    let counted = || HEADS.ends(core.trim_end_matches(['约', '为', '共'])).is_some() && !acts(core);
    let described = || clause.find('的').is_some_and(|at| acts(&clause[..at]));
    named || told() || counted() || described()
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
        && objects.filter_map(|(at, _)| clause.get(at..)).any(|rest| {
            PLACING.iter().any(|verb| rest.strip_prefix(verb).is_some_and(|rest| does(verb, rest)))
        })
}

/// Whether the clause says how many: 开工项目30个.
fn counts(words: &str) -> bool {
    words.split(is_clause_break).next().is_some_and(|clause| clause.contains(is_digit))
}

/// Whether a thing comes about before the clause ends, reaches a number or another stage: 10月|主体封顶,
/// 2021年底|任务全面完成, 年底|开工率达到100%, 三季度|二期工程进入调试.
pub(super) fn comes_about(words: &str, scale: Scale, is_edge: bool) -> bool {
    let clause = head(words, LONGEST_COMING).split(is_clause_break).next().unwrap_or_default();
    let ended = words.get(clause.len()..).is_some_and(|rest| rest.chars().next().is_none_or(is_clause_break));
    let closes = || CLOSING_VERBS.ends(clause).filter(|_| ended).map(|length| clause.len() - length);
    let reaches = || {
        let mut places = clause.char_indices().map(|(at, _)| at).skip(2);
        places.find(|at| {
            let rest = &clause[*at..];
            let counted = VERBS
                .begins(rest)
                .is_some_and(|length| rest[length..].starts_with(|c: char| c.is_ascii_digit()));
            counted || FINISHING.iter().any(|verb| rest.starts_with(verb)) && predicate(rest, Scale::Day, 1)
        })
    };
    let end = (scale < Scale::Half).then(|| closes().or_else(reaches)).flatten();
    let Some(thing) = end.map(|end| &clause[..end]) else { return false };
    let owned = !is_edge && OWNED.iter().any(|word| thing.starts_with(word));
    let plain = thing.chars().all(char::is_alphanumeric) && thing.chars().count() != 1;
    plain && !owned && !thing.contains(['的', '了', '已', '前', '后', '未'])
}

/// 与高校签约, 同各村签订责任书: whom it is done with, and a verb.
pub(super) fn joins(words: &str, scale: Scale) -> bool {
    let clause = head(words.split(is_clause_break).next().unwrap_or_default(), LONGEST_SUBJECT);
    let verb = |rest: &str| VERBS.begins(rest).or_else(|| NOUN_VERBS.begins(rest)).is_some();
    let joint = clause.starts_with(['与', '同']) || clause.starts_with("会同") || clause.starts_with("联合");
    let with = scale < Scale::Half && joint && !clause.contains(['的', '比']);
    with && clause.char_indices().skip(3).any(|(at, _)| verb(&clause[at..]))
}

/// Whether what follows a verb that may be a noun is its object.
pub(super) fn takes_object(rest: &str, scale: Scale) -> bool {
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
        Some(_) => HEADS.begins(rest).is_none() || counts_things(rest) || opens_with_system(rest),
    }
}

/// Whether `words` open with who or what is checked, trained or built.
pub(super) fn opens_with_thing(words: &str) -> bool {
    THINGS.iter().any(|thing| words.starts_with(thing))
}

/// Words that only open as a figure does: 数|字乡村, 数据|中心, 率|先发展区.
const SYSTEMS: [&str; 9] =
    ["数字", "数智", "数控", "数据中心", "数据平台", "数据共享平台", "数据要素", "数据库", "率先"];

/// Whether `words` open with what is built of figures and is no figure.
fn opens_with_system(words: &str) -> bool {
    words.starts_with(['数', '率']) && SYSTEMS.iter().any(|word| words.starts_with(word))
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

/// Bodies that are named by their kind alone: 公司, 领导小组.
const KINDS: [&str; 24] = [
    "公司",
    "集团",
    "学校",
    "学院",
    "医院",
    "工会",
    "村委会",
    "居委会",
    "社区",
    "街道",
    "领导小组",
    "工作专班",
    "工作组",
    "指挥部",
    "办公室",
    "协会",
    "学会",
    "党支部",
    "党委",
    "团委",
    "妇联",
    "办事处",
    "管委会",
    "校工会",
];

/// Whether the kind of a body stands before a verb, of a year one that is no noun: 6月|学校召开总结会, but not
/// 2021年|社区建设取得进展.
fn acts_as_kind(words: &str, scale: Scale) -> bool {
    let Some(rest) = KINDS.iter().find_map(|kind| words.strip_prefix(kind)) else { return false };
    let noun = scale >= Scale::Half && NOUN_VERBS.begins(rest).is_some();
    !noun && predicate(rest, scale, 1)
}

/// Whether a body stands before a verb: 全县新建…, 各乡镇要完成….
fn acts(words: &str, scale: Scale) -> bool {
    if acts_as_kind(words, scale) {
        return true;
    }
    let body = words.starts_with(['全', '各', '我', '本', '县', '市', '省', '区', '镇', '乡', '州']);
    if !body && !words.starts_with("所有") {
        return false;
    }
    let ends = words.char_indices().map(|(at, _)| at).skip(2).take(LONGEST_SUBJECT);
    for at in ends {
        let (subject, rest) = words.split_at(at);
        if subject.ends_with(['，', ',', '。', '；', ';', '：', ':']) {
            return false;
        }
        if BODY_ENDINGS.ends(subject).is_some() && predicate(rest, scale, 1) {
            return true;
        }
    }
    false
}
