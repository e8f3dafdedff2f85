//! Verbs and names: at which words no name begins, and which stand inside of none.
//!
//! A verb before a name has it as its object (加强|县财政局); some verbs stand in names as well
//! (投资|促进中心, 县百日攻坚|办), and what follows them decides.

use super::acting;
use super::lexicon::{
    Follow, SINGLE, follow, has_modifier, is_addressee_only, is_bare_class, is_body, is_trade, next_follow,
    says_kind,
};
use super::shape::opens_place;

/// Whether no name can begin where `text` does, whatever follows: at 加强, 负责, 按照, 进一步加强.
pub(crate) fn opens_no_name(text: &str) -> bool {
    let mut rest = text;
    while let Some((kind, len)) = follow(rest) {
        match kind {
            Follow::Adverb => rest = rest.get(len..).unwrap_or_default(),
            Follow::NameVerb | Follow::Future | Follow::Nothing => return false,
            Follow::Onward => return len > SINGLE || opens_phrase(rest),
            Follow::Verb | Follow::Charge | Follow::Lead | Follow::Support => {
                let (verb, object) = rest.split_at(len);
                return len > SINGLE && !acting::acts_when_told(object) && !acting::leads_work(verb, object);
            }
            _ => return len > SINGLE,
        }
    }
    false
}

/// Whether `text` begins with a preposition of one character that no name begins with.
fn opens_phrase(text: &str) -> bool {
    let place = || text.starts_with('从') && opens_place(text, false);
    !text.starts_with(['沿', '随', '如', '若', '除']) && !place()
}

/// Whether `base` begins with a verb or a preposition whose object the rest is: 加强…局, 组织各学校, 自国务院.
pub(super) fn opens_with_verb(base: &str) -> bool {
    let Some((kind, len)) = follow(base) else {
        let real_estate = base.starts_with("不动产");
        return (base.starts_with(['由', '可', '不', '将', '报', '呈', '送', '抄', '与', '据'])
            && !real_estate)
            || hands_over(base)
            || is_own(base);
    };
    let rest = base.get(len..).unwrap_or_default();
    match kind {
        _ if acting::leads_work(&base[..len], rest) => false,
        Follow::Verb | Follow::State => {
            (len > 3 && !acting::is_department(rest) && !acting::names_working_group(base, rest))
                || matches!(base.chars().next(), Some('抓' | '做' | '给' | '使' | '让' | '赴' | '报'))
        }
        Follow::NameVerb => {
            (is_object(rest) && !acting::names_working_group(base, rest))
                || acting::raises_class(base)
                || (["组织", "派出", "调度"].iter().any(|verb| base.starts_with(verb))
                    && is_kind_organized(rest))
        }
        Follow::Modal | Follow::Charge | Follow::Lead | Follow::Support | Follow::With => len > 3,
        Follow::Onward => len > 3 || opens_phrase(base),
        Follow::Future => base.starts_with('将') && !opens_place(base, false),
        Follow::Adverb => {
            rest.starts_with('与')
                || rest.chars().count() < 2
                || MANNERS.iter().any(|manner| base.starts_with(manner))
                || opens_with_verb(rest)
        }
        Follow::Nothing => false,
    }
}

/// Adverbs that no name begins with: 严格|机构编制管理. Others stand in names as well (重点, 专项, 集中).
const MANNERS: [&str; 11] =
    ["严格", "严肃", "认真", "切实", "扎实", "积极", "主动", "充分", "大力", "着力", "坚决"];

/// Whether `rest` names those that others organize: 组织|学校食堂, 组织|培训机构, 派出|检查组, 组织|专班.
fn is_kind_organized(rest: &str) -> bool {
    is_addressee_only(rest)
        || ["机关", "企业", "学校"].contains(&rest)
        || rest.ends_with(['团', '队', '班'])
        || ["检查组", "督查组", "督导组", "考核组", "评审组", "验收组", "专家组"].contains(&rest)
        || rest.strip_suffix("机构").is_some_and(|kind| !kind.is_empty())
}

/// Whether `base` begins with 交 or 转 as a verb (交综合办公室) and not as part of a name (交通局, 转型办).
fn hands_over(base: &str) -> bool {
    if let Some(rest) = base.strip_prefix('转') {
        return !rest.starts_with(['型', '业', '运', '播', '化', '移', '制']);
    }
    base.strip_prefix('交').is_some_and(|rest| {
        !opens_place(base, false) && !rest.starts_with(['通', '警', '易', '投', '运', '控', '管', '发'])
    })
}

/// Whether `base` is what a body calls itself: 本单位, 我局. 我市各部门 names others.
fn is_own(base: &str) -> bool {
    let we = base.starts_with('我') && !says_kind(base);
    we || base.strip_prefix('本').is_some_and(|rest| rest.chars().count() <= 3)
}

/// Whether `rest` behind a verb that also stands in names is its object (推进|乡镇街道) and no part of
/// the name (投资|促进中心, 教育|体育局).
pub(crate) fn is_object(rest: &str) -> bool {
    // 审计等部门, 教育、财政部门, 建设和规划部门 list fields and what all of them are; 教育主管部门 has charge of the
    // field, and 派驻|纪检组 is posted.
    if rest.starts_with(['等', '、', '和'])
        || ["主管", "行政", "纪检"].iter().any(|charge| rest.starts_with(charge))
    {
        return false;
    }
    let department = rest.ends_with(['局', '部', '办', '委', '厅', '署', '室', '科', '股', '处', '司']);
    let goes_on =
        matches!(follow(rest), Some((Follow::NameVerb, _))) || rest.starts_with("工作") || is_group(rest);
    let placed = rest.starts_with(['省', '市', '县', '区', '镇', '乡', '街']) && is_body(rest);
    let bound = matches!(rest, "公司" | "银行" | "协会" | "学会" | "商会" | "学院" | "专班");
    let trade = is_trade(rest);
    has_modifier(rest)
        || trade
        || placed
        || opens_with_verb(rest)
        || (is_body(rest) && !department && !goes_on && !bound)
}

/// Whether `rest` names a group set up for a work, whose name may begin with what it does:
/// 防范|溺水工作领导小组.
fn is_group(rest: &str) -> bool {
    let groups = ["领导小组", "专班", "工作组", "专项组", "协调组", "联席会议", "指挥部"];
    rest.contains("工作") && groups.iter().any(|group| rest.ends_with(group)) && !says_kind(rest)
}

/// Whether a verb that stands in no name stands inside `base`.
pub(super) fn verb_inside(base: &str) -> bool {
    let first = base.chars().next().map_or(0, char::len_utf8);
    let mut at = match follow(base) {
        Some((Follow::NameVerb | Follow::Verb | Follow::Nothing | Follow::Adverb, len)) => len,
        _ => first,
    };
    while let Some((kind, word)) = next_follow(base, at) {
        let (rest, len) = (&base[word.start..], word.len());
        at = word.start;
        match kind {
            Follow::Verb | Follow::State | Follow::Charge | Follow::Lead
                if len > SINGLE && !is_across_words(rest) =>
            {
                // An office may be named by its work: 县百日攻坚|办, 行政许可|科.
                let office = |end| matches!(end, "办" | "专班") || acting::is_department(end);
                let behind = rest.get(len..);
                // 各|新建|学校.
                let each = at == SINGLE && base.starts_with('各') && behind.is_some_and(is_bare_class);
                return !each && !behind.is_some_and(office);
            }
            Follow::NameVerb | Follow::Nothing | Follow::Adverb => at += len,
            _ => at += rest.chars().next().map_or(0, char::len_utf8),
        }
    }
    false
}

/// Whether a body at the head of `base` guides a committee: 街道办|指导业主委员会.
pub(super) fn guides_committee(base: &str) -> bool {
    base.ends_with("委员会")
        && ["指导", "引导"].iter().any(|verb| {
            base.split_once(verb).is_some_and(|(guide, guided)| is_body(guide) && is_body(guided))
        })
}

/// Whether the verb at the head of `rest` is only where two words of a name meet: 首|问责|任单位, 行业协|会商|会, 城|建档|案馆.
fn is_across_words(rest: &str) -> bool {
    ["问责任", "会商会", "建档案"].iter().any(|across| rest.starts_with(across))
}
