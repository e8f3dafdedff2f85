//! Verbs that are nouns behind a name (县医院|扩建|工程), and what else stands between a name and what is said
//! of it.

use std::ops::Range;

use duban_document::numeral::is_han_numeral;

use super::bounds::{is_end, near};
use crate::bodies::lexicon::{self, Ending, Follow};
use crate::bodies::names::is_modified;
use crate::places::leading_level;

/// Whether the verb in `verb` is a noun or begins a relative clause there: 各部门公开|的, 落实|情况.
pub(super) fn is_noun(text: &str, verb: Range<usize>, limit: usize) -> bool {
    let rest = near(text, verb.end, limit);
    let nouns = [
        "的",
        "性",
        "意识",
        "情况",
        "结果",
        "进度",
        "成效",
        "能力",
        "水平",
        "人员",
        "职能",
        "率",
        "者",
        "之间",
        "过程中",
    ];
    let clause = rest.split(['，', ',', '。', '；', ';', '\n', '：']).next().unwrap_or_default();
    let counted = ["的情况", "的比例", "的数量", "的次数", "的频率"];
    let before = text.get(..verb.end).unwrap_or_default();
    is_relative(rest)
        // 县政府统一指挥|下，….
        || (rest.starts_with('下') && ["领导", "指挥"].iter().any(|guides| before.ends_with(guides)))
        // 公开部门|预算.
        || ["预算", "决算"].iter().any(|noun| before.ends_with(noun))
        || is_work(before, clause)
        || is_built(before, clause)
        || is_measured(before, clause)
        || (nouns.iter().any(|noun| rest.starts_with(noun))
            && !(before.ends_with("组织") && rest.starts_with("人员"))
            && !(before.ends_with("发挥") && rest.starts_with("职能")))
        || counted.iter().any(|noun| clause.contains(noun))
        || modal_behind(clause)
}

/// Whether `rest` behind a verb makes it a relative clause: 审核|的材料, 批准|设立的机构.
pub(super) fn is_relative(rest: &str) -> bool {
    let next = lexicon::follow(rest).and_then(|(_, len)| rest.get(len..));
    rest.starts_with('的') || next.is_some_and(|next| next.starts_with('的'))
}

/// Whether `rest` behind 负责 or 牵头 is the matter that the sentence tells of: 牵头|事项要加快推进.
pub(super) fn is_matter(rest: &str) -> bool {
    let clause = rest.split(['，', ',', '。', '；', ';', '\n', '：']).next().unwrap_or_default();
    let matter = ["事项", "任务", "项目"].iter().find_map(|matter| clause.strip_prefix(matter));
    matter.is_some_and(|rest| matches!(lexicon::follow(rest), Some((Follow::Modal, _))))
}

/// Committees whose short names end in 会.
pub(super) const COMMITTEES: [&str; 7] =
    ["管委会", "居委会", "村委会", "安委会", "业委会", "组委会", "筹委会"];

/// Verbs of building, which name a work where nothing or 工程 stands behind them.
const BUILDING: [&str; 10] =
    ["新建", "改建", "扩建", "改扩建", "迁建", "重建", "续建", "建设", "改造", "提升"];

/// Whether the verb before `rest` only names a work: 县医院迁建, 县医院扩建|工程, 县医院改革|持续深化.
fn is_work(before: &str, rest: &str) -> bool {
    let building = |words: &str| BUILDING.iter().copied().find(|verb| words.ends_with(verb));
    if building(before).is_some() {
        let mut further = rest;
        // 新建、扩建工程.
        while let Some(more) =
            BUILDING.iter().find_map(|verb| further.trim_start_matches(['、', '和']).strip_prefix(verb))
        {
            further = more;
        }
        if further.is_empty()
            || only_counts(further)
            || ["工程", "项目"].iter().any(|work| further.starts_with(work))
        {
            return true;
        }
    }
    goes_on_alone(rest)
}

/// Whether `rest` behind a verb is nothing but a number of what was named before it: 泵站改造|8座, but not 8座泵站.
fn only_counts(rest: &str) -> bool {
    const MEASURES: [&str; 14] =
        ["座", "处", "所", "家", "个", "栋", "条", "公里", "米", "平方米", "户", "套", "台", "眼"];
    let measure =
        rest.trim_start_matches(|c: char| c.is_numeric() || is_han_numeral(c) || matches!(c, '.' | '余'));
    measure.len() < rest.len() && MEASURES.contains(&measure)
}

/// Whether `rest` behind `name` only names the work on those of its kind: 屠宰厂|监督管理。, 学院|考核工作，由….
pub(super) fn is_work_on(name: &str, rest: &str) -> bool {
    const WORKS: [&str; 8] = ["监督管理", "监督检查", "监管", "管理", "监督", "检查", "考核", "评选"];
    const SUPERVISED: [&str; 11] =
        ["厂", "场", "店", "机构", "企业", "公司", "学校", "学院", "医院", "合作社", "组织"];
    let mut behind = rest;
    while let Some(more) = WORKS.iter().find_map(|work| behind.strip_prefix(work)) {
        behind = more;
    }
    let ends = |text: &str| text.is_empty() || text.starts_with(is_end);
    let kind = || SUPERVISED.iter().any(|kind| name.ends_with(kind)) && leading_level(name).is_none();
    behind.len() < rest.len()
        && match behind.strip_prefix("工作") {
            Some(behind) => ends(behind) || behind.starts_with(['，', ',', '由']),
            None => ends(behind) && kind() && !is_modified(name),
        }
}

/// Whether `rest` only says how a work goes on: 持续深化, 稳步推进.
fn goes_on_alone(rest: &str) -> bool {
    const GOING_ON: [&str; 6] = ["推进", "深化", "推开", "开展", "实施", "完善"];
    let Some(manner) = GOING_ON.iter().find_map(|verb| rest.strip_suffix(verb)) else { return false };
    matches!(lexicon::follow(manner), Some((Follow::Adverb, len)) if len == manner.len())
}

/// Whether a word behind 由 or 请 and a name, `rest`, may be a verb of that body. It is none where the body is
/// part of a longer name or names persons: 由县财政局|局长牵头, 由县直部门|人员组成, 由县委|常委、副县长主持.
pub(super) fn may_act(rest: &str) -> bool {
    const PERSONS: [&str; 14] = [
        "长", "领导", "负责", "同志", "人员", "主任", "书记", "专家", "干部", "代表", "委员", "成员", "骨干",
        "员",
    ];
    const MEMBERS: [&str; 4] = ["组成", "构成", "担任", "兼任"];
    let clause = rest.split(|c: char| !('\u{4e00}'..='\u{9fff}').contains(&c)).next().unwrap_or_default();
    let head = clause.get(..clause.floor_char_boundary(36)).unwrap_or_default();
    !head.is_empty()
        && !head.starts_with(['等', '及', '和', '与', '或'])
        && !head.starts_with("常委")
        && !head.contains('的')
        && !PERSONS.iter().chain(&MEMBERS).any(|word| head.contains(word))
}

/// Whether `words` behind a name name another place or other bodies (县, 各), and do not only end it: 各乡|镇.
pub(super) fn says_place(words: &str) -> bool {
    words.len() > 2 * lexicon::SINGLE && words.contains(['省', '市', '县', '区', '镇', '乡', '村', '各'])
}

/// Length of what says at the head of `text` that the predicate holds for each: 每班|均要, 各|建.
pub(super) fn for_each(text: &str) -> Option<usize> {
    const LONGEST_NOUN: usize = 4;
    if let Some(verb) = text.strip_prefix('各') {
        let each = matches!(lexicon::follow(verb), Some((Follow::Verb | Follow::NameVerb, _)));
        return each.then_some('各'.len_utf8());
    }
    let noun = text.strip_prefix('每')?;
    let (end, _) = noun
        .char_indices()
        .take(LONGEST_NOUN)
        .find(|(_, c)| matches!(c, '均' | '都' | '应' | '须' | '要'))?;
    (end > 0).then_some('每'.len_utf8() + end)
}

/// Whether a modal stands in the clause that goes on at `at`: 在审批中|应.
pub(super) fn modal_in_clause(text: &str, at: usize, limit: usize) -> bool {
    let rest = near(text, at, limit);
    modal_behind(rest.split(['，', ',', '。', '；', ';', '\n', '：']).next().unwrap_or_default())
}

/// Whether a clause that goes on with `rest` behind a verb says when what is built is ready: 县医院新建|门诊楼
/// 10月底前投用. Where the verb is 确保 or the like, its subject sees to it.
fn is_built(verb: &str, rest: &str) -> bool {
    let ready = ["开工", "完工", "竣工", "投用", "投产", "投入使用"].iter().any(|end| rest.ends_with(end));
    let sees_to = ["确保", "保证", "力争", "争取", "推动", "推进", "督促", "实现"];
    ready && !rest.starts_with(|c: char| is_end(c)) && !sees_to.iter().any(|word| verb.ends_with(word))
}

/// Whether a clause that goes on with `rest` behind a verb tells how much of a work is done or how well, so that
/// the verb names the work: 整治|完成率达到90%, 建设|实现全覆盖, 服务|质量持续改善.
fn is_measured(verb: &str, rest: &str) -> bool {
    const RESULTS: [&str; 3] = ["达到", "实现", "取得"];
    if !WORKS.iter().any(|work| verb.ends_with(work)) {
        return false;
    }
    let mut result = rest;
    // 监督|检查|实现全覆盖, 整治|全部|达标.
    for _ in 0..2 {
        match lexicon::follow(result) {
            Some((Follow::Verb | Follow::NameVerb | Follow::Adverb, len))
                if !RESULTS.iter().any(|word| result.starts_with(word)) =>
            {
                result = result.get(len..).unwrap_or_default();
            }
            _ => break,
        }
    }
    let reached = result == "达标" || RESULTS.iter().any(|word| result.starts_with(word));
    reached || gives_rate(rest) || grows(rest)
}

/// Works that are spoken of as things: 整治|完成率, 服务|质量. Other verbs before a rate have it as their object:
/// 控制|失业率, 扩大|覆盖面.
const WORKS: [&str; 24] = [
    "整治", "治理", "整改", "排查", "检查", "抽查", "巡查", "监督", "监管", "建设", "改造", "培训", "服务",
    "管理", "评估", "考核", "审核", "运行", "护理", "诊疗", "教学", "救助", "维护", "整修",
];

/// Whether `clause` says of a rate what it is: 合格率达到90%, 检查频次不低于每月1次.
fn gives_rate(clause: &str) -> bool {
    const RATES: [&str; 6] = ["率", "比例", "频次", "比重", "占比", "覆盖面"];
    const AMOUNTS: [&str; 10] =
        ["达", "不低于", "不少于", "不超过", "超过", "保持", "稳定在", "控制在", "为", "提高到"];
    RATES.iter().any(|rate| {
        clause.split_once(rate).is_some_and(|(_, amount)| {
            amount.starts_with(|c: char| c.is_ascii_digit())
                || AMOUNTS.iter().any(|word| amount.starts_with(word))
        })
    })
}

/// Whether `clause` only says that a quality, or the work itself, grows: 能力不断增强, 全面加强.
fn grows(clause: &str) -> bool {
    const GROWING: [&str; 8] = ["改善", "增强", "提升", "提高", "加强", "完成", "优化", "好转"];
    const MANNERS: [&str; 11] =
        ["持续", "不断", "全面", "全部", "显著", "明显", "稳步", "逐步", "进一步", "大幅", "有效"];
    const QUALITIES: [&str; 6] = ["能力", "质量", "水平", "效率", "环境", "率"];
    let Some(rest) = GROWING.iter().find_map(|verb| clause.strip_suffix(verb)) else { return false };
    let Some(noun) = MANNERS.iter().find_map(|manner| rest.strip_suffix(manner)) else { return false };
    noun.is_empty() || QUALITIES.iter().any(|quality| noun.ends_with(quality))
}

/// Whether a clause that begins with a verb has its modal later, so that the verb was part of a
/// subject: 各单位公开专栏|应完成.
pub(super) fn modal_behind(clause: &str) -> bool {
    clause.char_indices().any(|(at, c)| {
        matches!(c, '要' | '应' | '须')
            && matches!(lexicon::follow(&clause[at..]), Some((Follow::Modal, len)) if lexicon::follow(&clause[at + len..]).is_some())
            && !clause[..at].ends_with(WORDS_OF_MODALS)
            && !matches!(lexicon::ending(&clause[..at]), Some((Ending::Organ | Ending::OrganEnd | Ending::Place, _)))
    })
}

/// Whether 要 at `at` tells somebody to act, and is no part of a word: 主要, 要素.
pub(super) fn tells(text: &str, start: usize, at: usize, limit: usize) -> bool {
    let before = text.get(start..at).unwrap_or_default();
    let rest = text.get(at..limit).unwrap_or_default();
    !before.ends_with(WORDS_OF_MODALS) && matches!(lexicon::follow(rest), Some((Follow::Modal, _)))
}

/// First characters of words that end in 要, 应 or 须.
pub(super) const WORDS_OF_MODALS: [char; 15] =
    ['必', '需', '主', '重', '首', '只', '纲', '摘', '简', '相', '反', '响', '供', '适', '效'];

/// Whether the last character of `name` and what `rest` begins with are one word: 所在地, 所属, 所需资金, 处方, 委员.
pub(super) fn parts_word(name: &str, rest: &str) -> bool {
    const PLACES: [char; 10] = ['地', '单', '省', '市', '县', '区', '镇', '乡', '村', '学'];
    const NEEDS: [char; 7] = ['资', '经', '材', '费', '物', '人', '设'];
    let behind = |word: char| rest.strip_prefix(word);
    // 项目所在|乡镇, but 派出所|在乡镇.
    let organ = || matches!(lexicon::ending(name), Some((Ending::Organ, _)));
    let placed = |rest: &str| rest.starts_with(PLACES) || rest.starts_with("行政区");
    let place = behind('在').is_some_and(placed) && !organ();
    let need = behind('需').is_some_and(|rest| rest.starts_with(NEEDS));
    let own = rest.starts_with('属');
    (name.ends_with('所') && (own || place || need))
        || (name.ends_with('处') && rest.starts_with('方'))
        || (name.ends_with('委') && rest.starts_with('员'))
}

/// Whether the verb at `at` may also go on a name (宣传 after 县委).
pub(super) fn names_may_hold(text: &str, at: usize) -> bool {
    text.get(at..)
        .is_some_and(|rest| matches!(lexicon::follow(rest.trim_start()), Some((Follow::NameVerb, _))))
}

/// Whether the text from a verb to `end` only makes the name before it longer: 县委|宣传部.
///
/// A class noun ends one only where the part has charge of a field (各市|建设主管部门) or is `told` to act as a whole
/// (各市|建设部门|要).
pub(super) fn is_compound(text: &str, part: Range<usize>, verb_end: usize, told: bool) -> bool {
    let object = text.get(verb_end..part.end).unwrap_or_default();
    let part = text.get(part).unwrap_or_default();
    let Some((Ending::Organ | Ending::OrganEnd, len)) = lexicon::ending(lexicon::without_brackets(part))
    else {
        return false;
    };
    let head = part.get(part.len() - len..).unwrap_or_default();
    let charged = || ["主管", "行政"].iter().any(|charge| object.starts_with(charge));
    let class = lexicon::is_class_noun(head) && !told && !charged();
    part.len() <= 36 && !class && !part.contains('各') && !lexicon::is_object(object)
}

/// Whether 会 or 将 at the end of a subject is a modal: a verb or a phrase before one follows.
pub(super) fn acts(text: &str, at: usize, limit: usize) -> bool {
    text.get(at..limit).is_some_and(|rest| match lexicon::follow(rest) {
        Some((kind, _)) => kind != Follow::Nothing,
        None => text.get(..at).is_some_and(|before| before.ends_with('将')),
    })
}
