//! Names of bodies by what they do (起草部门, 牵头科室), and of those who lead a body.

use std::sync::LazyLock;

use duban_document::Words;
use duban_document::numeral::is_han_numeral;

use super::lexicon;
use super::lexicon::SETTING_UP;
use super::lexicon::{Follow, follow, is_bare_class, is_body, may_be_name, modifier};
use super::owners;
use super::time::time_len;
use crate::marks::{is_han, is_within};

/// Whether `name` names those who lead a body, its own name or its class in front: 县政府主要领导, 部门负责人.
pub(crate) fn is_post_of_body(name: &str) -> bool {
    let leads = ["领导", "负责人", "负责同志", "班子成员"].iter().any(|post| name.ends_with(post));
    leads && name.char_indices().skip(1).any(|(at, _)| is_body(&name[..at]) || is_bare_class(&name[..at]))
}

/// Whether `name` may be a body's among bodies, though its end is no organ's. Where a body stands at its head,
/// it says something of that body: 县教育局|项目.
pub(crate) fn may_be_body(name: &str) -> bool {
    may_be_name(name) && !name.char_indices().skip(2).any(|(at, _)| is_body(&name[..at]))
}

/// Parts and steps of a work, and what it takes.
const PARTS_OF_WORK: [&str; 18] = [
    "工作", "环节", "领域", "方面", "阶段", "事项", "任务", "项目", "步骤", "栏目", "平台", "工程", "资金",
    "物资", "设施", "责任", "措施", "机制",
];

/// Whether `name` may be that of somebody told to act beside bodies: 县财政局、果园大户|要, but not 县财政局、重点领域|要.
pub(crate) fn may_stand_by(name: &str) -> bool {
    // 乡、村两级 sums up what stands before it.
    !PARTS_OF_WORK.iter().any(|part| name.ends_with(part)) && !name.ends_with('级') && may_be_body(name)
}

/// Whether `name` may be a kind of bodies among bodies that are told to act: 各水库, but not 各环节.
pub(crate) fn may_be_each(name: &str) -> bool {
    name.starts_with('各') && may_stand_by(name)
}

/// Whether `base` is the name of a group that begins with its place and says what the group does:
/// 县巩固脱贫攻坚成果领导小组, 市处理信访突出问题联席会议办公室.
pub(super) fn names_group(base: &str) -> bool {
    const GROUPS: [&str; 6] = ["领导小组", "协调小组", "推进小组", "工作小组", "指挥部", "联席会议"];
    const LEVELS: [char; 8] = ['省', '市', '县', '区', '州', '旗', '镇', '乡'];
    let group = base.strip_suffix("办公室").unwrap_or(base);
    let Some(stem) = GROUPS.iter().find_map(|end| group.strip_suffix(end)) else { return false };
    let work = stem.split_once(LEVELS).map_or("", |(_, work)| work);
    matches!(follow(work), Some((Follow::Verb | Follow::NameVerb, _)))
        && !SETTING_UP.iter().any(|verb| stem.contains(verb))
        && !stem.contains(['要', '应', '须', '由'])
}

/// Nouns of bodies that are named by what they do.
const ACTING: [&str; 9] = ["企业", "单位", "部门", "机构", "机关", "科室", "处室", "股室", "主体"];

/// Whether `name` names bodies by what they do: 起草部门, 各值班单位, 政策起草部门. Elsewhere than before a word
/// that tells them to act it is a verb with its object.
pub(crate) fn is_named_by_act(name: &str) -> bool {
    // 项目的建设单位.
    if let Some((owner, body)) = name.split_once('的') {
        return owners::joins(owner, body);
    }
    // 设备生产、使用单位.
    if let Some((first, last)) = name.rsplit_once('、') {
        return first.split('、').all(ends_as_act) && is_named_by_act(last);
    }
    if name.contains('被') && owners::is_acted_on(&name[modifier(name)..]) {
        return true;
    }
    let Some(act) = ACTING.iter().find_map(|noun| name.strip_suffix(noun)) else { return false };
    let modifier = modifier(act);
    let act = act.get(modifier..).unwrap_or_default();
    let acts = |kind| {
        matches!(kind, Follow::Verb | Follow::NameVerb | Follow::Charge | Follow::Lead | Follow::Support)
    };
    let is_verb = |words: &str| follow(words).is_some_and(|(kind, len)| acts(kind) && len == words.len());
    // 解读责任部门.
    let act = act.strip_suffix("责任").unwrap_or(act);
    let object = act.char_indices().rev().nth(1).map(|(at, _)| act.split_at(at));
    is_verb(act)
        || object.is_some_and(|(object, verb)| is_verb(verb) && (is_verb(object) || is_object_of_act(object)))
}

/// Whether `name` is the purse of a place, which may be told to act as its bureau is: 县财政, 市、县两级财政.
pub(crate) fn is_treasury(name: &str) -> bool {
    const LONGEST: usize = 10;
    name.strip_suffix("财政").is_some_and(|place| {
        place.ends_with(['级', '省', '市', '县', '区', '镇', '乡', '州'])
            && is_within(place, LONGEST)
            && follow(place).is_none()
    })
}

/// Whether `name` ends in what bodies are named by: 建设, 设备|生产. Behind it stands 单位.
pub(super) fn ends_as_act(name: &str) -> bool {
    const NO_VERBS: [&str; 3] = ["生产", "监理", "业主"];
    NO_VERBS.iter().any(|act| name.ends_with(act)) || is_named_by_act(&format!("{name}单位"))
}

/// Whether `object` may say what the bodies named by an act act on: 政策|起草部门, but not 推动|起草部门.
fn is_object_of_act(object: &str) -> bool {
    const LONGEST: usize = 8;
    const IN_SENTENCES: &str = "各的了是由请与对向在从将把";
    let plain = object.chars().all(|c| is_han(c) && !IN_SENTENCES.contains(c));
    let opens = match follow(object) {
        None | Some((Follow::Nothing, _)) => true,
        Some((Follow::NameVerb, _)) => RAISING.at_head(object).is_none(),
        Some(_) => false,
    };
    plain && opens && (2..=LONGEST).contains(&object.chars().count())
}

/// Verbs that stand in names as well, but before a class noun have it as their object.
static RAISING: LazyLock<Words<()>> = LazyLock::new(|| {
    Words::of_heads(
        include_str!("../../data/verbs_raising.txt")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|verb| (verb, ())),
    )
});

/// Whether `name` begins with such a verb.
pub(crate) fn opens_with_raising(name: &str) -> bool {
    RAISING.at_head(name).is_some()
}

/// Whether `name` is such a verb and what it acts on: 推进|部门联合监管, 优化|审批部门, 落实|国家税务总局.
pub(super) fn raises_class(name: &str) -> bool {
    let rest = RAISING.at_head(name).and_then(|((), len)| name.get(len..));
    let central = |rest: &str| ["国家", "国务院", "中央", "中共"].iter().any(|place| rest.starts_with(place));
    rest.is_some_and(|rest| lexicon::is_class_noun(rest) || central(rest))
}

/// Ends of the names of departments that a verb before them may name: 审查|科, 执行|局, 监督检查|组.
const DEPARTMENTS: [char; 6] = ['科', '股', '处', '局', '室', '组'];

/// Whether `rest` behind a verb only makes it a department's name.
pub(super) fn is_department(rest: &str) -> bool {
    rest.strip_prefix(DEPARTMENTS).is_some_and(str::is_empty)
}

/// Whether `base` is the name of a group by two works, of which `rest` is the second: 考核|评比组, 转移|安置组, but
/// not 派出|检查组, 指导|专家组.
pub(super) fn names_working_group(base: &str, rest: &str) -> bool {
    const LONGEST_WORK: usize = 6;
    let Some(work) = rest.strip_suffix('组') else { return false };
    let sends = base.starts_with(['派', '抽', '选', '调', '增', '下']) || base.starts_with("组");
    let is_act = |words| matches!(follow(words), Some((Follow::Verb | Follow::NameVerb, _)));
    let field = matches!(follow(base), Some((Follow::NameVerb, _)));
    work.len() == LONGEST_WORK
        && (field || is_act(work))
        && !sends
        && !SETTING_UP.iter().any(|verb| base.starts_with(verb))
        && !matches!(work, "专家" | "工作" | "领导" | "有关" | "相关" | "村民" | "居民")
        && !work.starts_with(['各', '本'])
}

/// Whether `name` is the class of an organ each place has one of, so that a sentence may tell it to act as it
/// tells an organ by name.
pub(crate) fn is_organ(name: &str) -> bool {
    const ORGANS: [&str; 13] = [
        "派出所",
        "村委会",
        "居委会",
        "村（居）委会",
        "村民委员会",
        "居民委员会",
        "街道办事处",
        "卫生院",
        "乡镇政府",
        "乡镇人民政府",
        "公安机关",
        "专班",
        "工作专班",
    ];
    ORGANS.contains(&name)
}

/// Whether `text` begins with 联合 as part of a group's name: 联合|检查组, 联合|执法大队, but not 会同|执法大队.
pub(super) fn names_joint_group(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("联合") else { return false };
    let Some((Follow::Verb | Follow::NameVerb, len)) = follow(rest) else { return false };
    let group = rest.get(len..).unwrap_or_default();
    ["组", "大队", "中队", "专班"].iter().any(|noun| group.starts_with(noun)) && !group.starts_with("组织")
}

/// Whether `name` counts bodies and names none: 辖区8家卫生院.
pub(super) fn is_counted(name: &str) -> bool {
    let number = |c: char| c.is_ascii_digit() || matches!(c, '两' | '几' | '多') || is_han_numeral(c);
    name.match_indices('家').any(|(at, _)| name[..at].ends_with(number))
}

/// Whether a verb and a class noun stand at the head of `text`: 起草|部门开展.
pub(crate) fn opens_by_act(text: &str) -> bool {
    let rest = follow(text).and_then(|(_, len)| text.get(len..));
    rest.is_some_and(|rest| ACTING.iter().any(|noun| rest.starts_with(noun)))
}

/// Whether `rest` behind `work` makes it the name of the group that leads it: 评选|领导小组, but not 调整|领导小组.
pub(super) fn leads_work(work: &str, rest: &str) -> bool {
    const WORKS: [&str; 20] = [
        "评选", "考核", "普查", "评审", "考评", "竞赛", "招标", "征兵", "招生", "创建", "整治", "整改",
        "验收", "清查", "采购", "招聘", "拆迁", "安置", "搬迁", "抢险",
    ];
    rest.starts_with("领导小组") && WORKS.contains(&work)
}

/// Whether `rest` behind a verb makes it the name of bodies that are told to act: 起草|部门要, 审查|科每月,
/// 牵头|起草部门要.
pub(super) fn acts_when_told(rest: &str) -> bool {
    let second = follow(rest).filter(|(kind, _)| matches!(kind, Follow::Verb | Follow::NameVerb));
    let rest = second.and_then(|(_, len)| rest.get(len..)).unwrap_or(rest);
    let told = |behind| matches!(follow(behind), Some((Follow::Modal | Follow::Charge, _)));
    if ACTING.iter().find_map(|noun| rest.strip_prefix(noun)).is_some_and(told) {
        return true;
    }
    let Some(behind) = rest.strip_prefix(DEPARTMENTS) else { return false };
    let acts = |kind| {
        matches!(kind, Follow::Modal | Follow::Charge | Follow::Lead | Follow::Support | Follow::Adverb)
    };
    time_len(behind) > 0 || follow(behind).is_some_and(|(kind, _)| acts(kind))
}
