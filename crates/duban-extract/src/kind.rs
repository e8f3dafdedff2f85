//! What a part of the plan is about, told by its headings.

use std::sync::LazyLock;

use duban_document::{Words, numeral};
use duban_record::Kind;

use crate::marks::{is_close, is_open, non_han};
use crate::slots;

/// What the heading `title` tells of itself and all below it, unless a heading above it tells
/// (`above`): the outermost heading that tells decides. `title` is in simplified characters.
pub(crate) fn told(above: Option<Kind>, title: &str) -> Option<Kind> {
    above.or_else(|| told_by(title))
}

/// Aims and principles.
const OVERVIEW: [&str; 24] = [
    "总则",
    "指导思想",
    "总体要求",
    "总体思路",
    "总体目标",
    "总体原则",
    "工作目标",
    "主要目标",
    "主要预期目标",
    "发展目标",
    "目标任务",
    "基本原则",
    "工作原则",
    "基本思路",
    "工作思路",
    "目标要求",
    "指导原则",
    "重要意义",
    "实施原则",
    "整治目标",
    "行动目标",
    "基本要求",
    "总体考虑",
    "实施目标",
];

/// The work, whatever is said below it.
const WORK: [&str; 9] = [
    "工作任务",
    "主要任务",
    "重点任务",
    "重点工作",
    "任务分工",
    "工作重点",
    "工作内容",
    "主要内容",
    "工作措施",
];

/// Running the work itself.
const SAFEGUARD: [&str; 24] = [
    "组织机构",
    "组织架构",
    "组织推动",
    "成立领导小组",
    "成立工作领导小组",
    "组织领导",
    "组织实施",
    "组织保障",
    "保障措施",
    "保障制度",
    "保障机制",
    "实施措施",
    "实施保障",
    "加强领导",
    "强化领导",
    "落实责任",
    "监督考核",
    "考核评价",
    "督查考核",
    "督促检查",
    "监督检查",
    "督导检查",
    "学习培训",
    "业务培训",
];

/// Words of running a work; two of them, or nothing beside them, tell.
const MANAGEMENT: [&str; 17] = [
    "奖惩", "追究", "追责", "组织", "领导", "培训", "考核", "监督", "督查", "督导", "督办", "检查", "评价",
    "评估", "问责", "责任", "协调",
];

/// Words that say nothing beside those.
const FILLERS: [&str; 28] = [
    "措施",
    "加强",
    "强化",
    "严格",
    "狠抓",
    "抓好",
    "做好",
    "落实",
    "健全",
    "完善",
    "切实",
    "进一步",
    "深化",
    "注重",
    "明确",
    "工作",
    "机制",
    "制度",
    "力度",
    "到位",
    "到人",
    "严肃",
    "层层",
    "压实",
    "压紧",
    "夯实",
    "加大",
    "全面",
];

/// What a work is secured with: 资金保障. Anything else before 保障 is what is secured, which is work.
const MEANS: [&str; 36] = [
    "组织", "领导", "资金", "经费", "财政", "财力", "投入", "要素", "人才", "人员", "人力", "队伍", "力量",
    "制度", "机制", "体制", "政策", "法治", "法制", "法律", "法规", "技术", "科技", "智力", "后勤", "宣传",
    "舆论", "纪律", "作风", "思想", "责任", "考核", "监督", "督查", "条件", "支撑",
];

/// Means that are work themselves where a thing of its own has them: 校车安全保障.
const BARE_MEANS: [&str; 13] =
    ["安全", "服务", "物资", "装备", "设备", "资源", "应急", "信息", "通信", "运行", "数据", "平台", "综合"];

fn told_by(title: &str) -> Option<Kind> {
    // 总  则 is printed with blanks inside.
    let mut is_spread = false;
    // 加强领导，确保认识到位 is about what its first clause says.
    let clause = non_han(title).find(|(_, mark)| {
        is_spread |= mark.is_whitespace();
        matches!(mark, '，' | ',' | '。')
    });
    let title = clause.map_or(title, |(end, _)| &title[..end]);
    if !is_spread && !may_tell(title) {
        return None;
    }
    // 组织实施阶段 and 组织实施（4月—10月） are a time of the work and not how it is run.
    if is_dated(title) {
        return None;
    }
    let title = without_label(title).trim_end_matches(['：', ':']).trim();
    const LONGEST_HEADING: usize = 24;
    if title.chars().nth(LONGEST_HEADING).is_some() {
        return None;
    }
    let gathered = is_spread.then(|| title.replace(char::is_whitespace, ""));
    let title = gathered.as_deref().unwrap_or(title);
    let bare = title.split(['（', '(']).next().unwrap_or(title).trim_end();
    if bare.ends_with("阶段") {
        return None;
    }
    // 县财政局负责资金保障 is a body's part of the work.
    if title.contains("负责") {
        return None;
    }
    let told = Told::by(title);
    // 明确工作目标，制定方案 is what to do first.
    if told.overview && clause.is_some_and(|(_, mark)| mark != '。') && title.starts_with("明确") {
        return None;
    }
    if told.overview || ends_short(title, &OVERVIEW_ENDS) {
        Some(Kind::Overview)
    } else if told.safeguard
        || ends_as_safeguard(title)
        || is_management(title.strip_prefix("组织开展").unwrap_or(title), told.management)
    {
        Some(Kind::Safeguard)
    } else {
        (told.work || ends_short(title, &WORK_ENDS)).then_some(Kind::Task)
    }
}

/// What short headings of aims and principles end with.
const OVERVIEW_ENDS: [&str; 7] = ["目标", "原则", "思路", "思想", "目的", "意义", "背景"];

/// What short headings of the work end with.
const WORK_ENDS: [&str; 2] = ["内容", "任务"];

/// What headings of running the work itself end with, as [`ends_as_safeguard`] asks.
const SAFEGUARD_ENDS: [&str; 4] = ["要求", "工作纪律", "保障", "落实"];

/// Whether `title` holds a word without which a heading tells nothing: most titles of tasks hold none.
fn may_tell(title: &str) -> bool {
    static NEEDED: LazyLock<Words<()>> = LazyLock::new(|| {
        let inside = OVERVIEW.iter().chain(&WORK).chain(&SAFEGUARD).chain(&MANAGEMENT);
        let words = inside.chain(&OVERVIEW_ENDS).chain(&WORK_ENDS).chain(&SAFEGUARD_ENDS);
        Words::of_heads(words.map(|word| (word, ())))
    });
    NEEDED.next_at_head(title, 0).is_some()
}

/// Whether `title` ends in a bracket that names a month.
fn is_dated(title: &str) -> bool {
    let bracket = title.ends_with(is_close).then(|| title.rfind(is_open)).flatten();
    let month = |at: usize| title[..at].ends_with(|c: char| numeral::arabic_digit(c).is_some());
    bracket.is_some_and(|open| title[open..].match_indices('月').any(|(at, _)| month(open + at)))
}

/// `title` without the label (责任单位：…) or the bracket at its end: they say who, and not what about.
fn without_label(title: &str) -> &str {
    let label = slots::find_slots(title).first().map_or(title.len(), |slot| slot.label.start);
    let bare = title.get(..label).unwrap_or(title).trim_end().trim_end_matches(is_open).trim_end();
    // A comma may have cut the bracket short.
    let brackets = non_han(bare).filter(|(_, mark)| is_open(*mark) || is_close(*mark));
    // The last bracket that opens, and whether one closes behind it.
    let bracket = brackets.fold(None, |last: Option<(usize, bool)>, (at, mark)| match last {
        _ if is_open(mark) => Some((at, false)),
        last => last.map(|(open, _)| (open, true)),
    });
    let cut = bracket.filter(|(_, is_closed)| !is_closed || bare.ends_with(is_close));
    cut.map_or(bare, |(open, _)| &bare[..open])
}

/// The telling words of a heading.
#[derive(Default)]
struct Told {
    overview: bool,
    safeguard: bool,
    work: bool,
    /// How many words of running a work, each counted once.
    management: u32,
}

/// What a word tells.
#[derive(Clone, Copy)]
enum Tells {
    Overview,
    Safeguard,
    Work,
    /// Which word of running a work it is.
    Management(usize),
}

/// All telling words. Of two that begin at one place the longer one tells more.
static TELLING: LazyLock<Words<Tells>> = LazyLock::new(|| {
    let each = |words: &'static [&str], tells| words.iter().map(move |word| (*word, tells));
    let management = MANAGEMENT.iter().enumerate().map(|(index, word)| (*word, Tells::Management(index)));
    let others = each(&OVERVIEW, Tells::Overview).chain(each(&SAFEGUARD, Tells::Safeguard));
    Words::of_heads(others.chain(each(&WORK, Tells::Work)).chain(management))
});

impl Told {
    fn by(title: &str) -> Self {
        let mut told = Self::default();
        let mut management = 0_u32;
        let mut from = 0;
        while let Some((tells, place)) = TELLING.next_at_head(title, from) {
            let (before, word, behind) = (&title[..place.start], &title[place.clone()], &title[place.end..]);
            from = place.start + word.chars().next().map_or(0, char::len_utf8);
            match tells {
                Tells::Overview => told.overview = true,
                Tells::Safeguard if word == "组织实施" && has_object(behind) => {}
                Tells::Safeguard if matches!(word, "保障制度" | "保障机制") && is_secured(before) => {
                }
                // 举办业务培训|班 is one event of the work.
                Tells::Safeguard if word.ends_with("培训") && behind.starts_with('班') => {}
                Tells::Safeguard => told.safeguard = true,
                Tells::Work => told.work = true,
                Tells::Management(_) if is_in_name(behind) => {}
                Tells::Management(_)
                    if word == "组织"
                        && (behind.starts_with("开展") || before.is_empty() && gathers(behind)) => {}
                Tells::Management(index) => management |= 1 << index,
            }
        }
        told.management = management.count_ones();
        told
    }
}

/// Whether `behind` names what is carried out: 组织实施|监测计划, but not 组织实施|和监督 or 组织实施|工作, which
/// are about the work itself.
fn has_object(behind: &str) -> bool {
    let alone = behind.is_empty() || behind.starts_with(JOINING) || behind.starts_with(['（', '(', '与']);
    !alone && !without(behind, FILLERS.iter().chain(&MANAGEMENT).chain(&["保障", "要求"])).is_empty()
}

/// Whether what stands before 保障制度 is what these secure: 完善住房|保障制度, but not 建立健全|保障机制.
fn is_secured(before: &str) -> bool {
    const SET_UP: [&str; 7] = ["建立", "构建", "形成", "长效", "配套", "各项", "有效"];
    !is_means(&without(before, SET_UP.iter()))
}

/// Whether 组织 before `behind` only says who is brought together for what: 组织|护林员培训, but not 组织|领导 or
/// 组织|管理和考核.
fn gathers(behind: &str) -> bool {
    /// What is organised of a work itself.
    const OF_WORK: [&str; 16] = [
        "管理", "体系", "机构", "架构", "保障", "实施", "推动", "推进", "建设", "宣传", "动员", "发动",
        "调度", "力量", "人员", "队伍",
    ];
    let own = MANAGEMENT.iter().chain(&FILLERS).chain(&OF_WORK);
    !behind.starts_with(JOINING) && !own.into_iter().any(|word| behind.starts_with(word))
}

/// Whether the word before `rest` is part of a body's name: 市场监督|管理局, 组织|部.
fn is_in_name(rest: &str) -> bool {
    let office = |rest: &str| rest.starts_with(['局', '所', '站', '科', '部', '委']);
    rest.strip_prefix("管理").is_some_and(office)
        || rest.strip_prefix('部').is_some_and(|rest| !rest.starts_with(['署', '分', '门', '位']))
        || rest.starts_with('室')
}

/// Whether a short heading names what stands below it by one of `ends`: 活动目标, 整治内容.
fn ends_short(title: &str, ends: &[&str]) -> bool {
    const LONGEST: usize = 6;
    ends.iter().any(|end| title.ends_with(end)) && title.chars().nth(LONGEST).is_none()
}

fn ends_as_safeguard(title: &str) -> bool {
    title.ends_with("要求")
        || title.ends_with("工作纪律")
        || title.strip_suffix("保障").is_some_and(is_means)
        || is_carrying_out(title)
}

/// Whether 保障 behind `secured` says with what the work is secured, and not what is.
fn is_means(secured: &str) -> bool {
    let mut listed = secured.split(['、', '和', '与', '及']);
    if listed.any(|part| MEANS.iter().any(|means| part.ends_with(means))) {
        return true;
    }
    // 应急 before other means says what these are for: 应急物资.
    let bare = without(secured, FILLERS.iter());
    let has_purpose = bare.strip_prefix("应急").is_some_and(|means| !means.is_empty());
    !has_purpose && without(&bare, BARE_MEANS.iter()).is_empty()
}

/// 抓好工作落实: nothing is carried out but the work.
fn is_carrying_out(title: &str) -> bool {
    const OBJECTS: [&str; 5] = ["贯彻", "任务", "推进", "推动", "督促"];
    title.ends_with("落实") && without(title, FILLERS.iter().chain(&OBJECTS)).is_empty()
}

/// `title` without `words`.
fn without<'w>(title: &str, words: impl Iterator<Item = &'w &'w str>) -> String {
    words.fold(title.to_owned(), |rest, word| rest.replace(word, ""))
}

/// Whether a heading with `count` words of running a work is about that: there are two, or nothing
/// stands beside the one, or it shares out responsibility (落实各方责任).
fn is_management(title: &str, count: u32) -> bool {
    const SHORT_OBJECT: usize = 2;
    if count != 1 {
        return count > 1;
    }
    let shares =
        ["落实", "压实", "明确"].iter().any(|verb| title.starts_with(verb)) && title.ends_with("责任");
    let longest = if shares { SHORT_OBJECT } else { 0 };
    // Characters that no word has are left in any case.
    if title.chars().filter(|c| !KNOWN.has_edge(*c)).count() > longest {
        return false;
    }
    let rest = without(title, MANAGEMENT.iter().chain(&FILLERS));
    rest.trim_matches(JOINING).chars().count() <= longest
}

/// What may stand between two words of running a work.
const JOINING: [char; 4] = ['和', '与', '及', '、'];

/// The characters of those words and of what may stand beside them.
static KNOWN: LazyLock<Words<()>> = LazyLock::new(|| {
    let words = MANAGEMENT.iter().chain(&FILLERS).flat_map(|word| word.chars());
    Words::of_heads(words.chain(JOINING).map(|c| (c.to_string(), ())))
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::fold;

    #[test]
    fn the_outermost_heading_that_tells_decides() {
        let cases: [(&[&str], Kind); 76] = [
            (&["明确工作目标，制定实施方案"], Kind::Task),
            (&["指导思想"], Kind::Overview),
            (&["總體要求"], Kind::Overview),
            (&["总则", "目的依据"], Kind::Overview),
            (&["总体要求", "工作要求"], Kind::Overview),
            (&["总体方案", "发展目标", "新增冷库"], Kind::Overview),
            (&["主要任务", "加强组织领导"], Kind::Task),
            (&["推进信息公开", "加强组织领导"], Kind::Safeguard),
            (&["保障产业用地供给"], Kind::Task),
            (&["强化市场监管"], Kind::Task),
            (&["健全社会保障"], Kind::Task),
            (&["强化要素保障"], Kind::Safeguard),
            (&["活动目标"], Kind::Overview),
            (&["清查内容", "压实责任"], Kind::Task),
            (&["护林任务", "加强督查"], Kind::Task),
            (&["落实各方责任", "做好政策服务"], Kind::Safeguard),
            (&["积极实施职业培训"], Kind::Task),
            (&["严格政务公开培训考核监督工作", "狠抓落实"], Kind::Safeguard),
            (&["总　　则"], Kind::Overview),
            (&["消防主体责任落实"], Kind::Task),
            (&["防火责任落实方面"], Kind::Task),
            (&["强化责任落实"], Kind::Safeguard),
            (&["责任落实到位"], Kind::Safeguard),
            (&["春耕用水保障"], Kind::Task),
            (&["强化粮食保障"], Kind::Task),
            (&["校舍安全保障"], Kind::Task),
            (&["强化安全保障"], Kind::Safeguard),
            (&["强化资金保障"], Kind::Safeguard),
            (&["强化人才队伍保障"], Kind::Safeguard),
            (&["强化保障"], Kind::Safeguard),
            (&["抓好工作落实"], Kind::Safeguard),
            (&["狠抓贯彻落实"], Kind::Safeguard),
            (&["推进减税政策落实"], Kind::Task),
            (&["严肃追责问责"], Kind::Safeguard),
            (&["强化督促落实"], Kind::Safeguard),
            (&["层层压实责任"], Kind::Safeguard),
            (&["评分表报送区委组织部"], Kind::Task),
            (&["考核结果报送区委组织部"], Kind::Task),
            (&["养护服务保障"], Kind::Task),
            (&["强化用地和资金、用水保障"], Kind::Safeguard),
            (&["开展校园食堂检查（责任单位：县教育局）"], Kind::Task),
            (&["加强护林员培训（责任科室：林政科，各林场）"], Kind::Task),
            (&["落实护林清单 责任部门：县林业局"], Kind::Task),
            (&["加强组织领导（责任单位：县教育局、县公安局、县司法局、县水利局）"], Kind::Safeguard),
            (&["开展水库督导【责任人】"], Kind::Task),
            (&["组织实施（4月—10月）"], Kind::Task),
            (&["压实防汛责任"], Kind::Safeguard),
            (&["组织实施（县水利局）"], Kind::Safeguard),
            (&["组织实施水质监测计划"], Kind::Task),
            (&["组织实施“银杏行动”"], Kind::Task),
            (&["组织实施好护林工程"], Kind::Task),
            (&["组织开展渡船安全督查"], Kind::Task),
            (&["加强组织实施"], Kind::Safeguard),
            (&["组织实施和监督"], Kind::Safeguard),
            (&["抓好组织实施工作"], Kind::Safeguard),
            (&["组织开展督查"], Kind::Safeguard),
            (&["活动目的"], Kind::Overview),
            (&["目的意义"], Kind::Overview),
            (&["工作背景"], Kind::Overview),
            (&["工作纪律"], Kind::Safeguard),
            (&["严明工作纪律"], Kind::Safeguard),
            (&["开展工作纪律检查活动"], Kind::Task),
            (&["强化应急保障"], Kind::Safeguard),
            (&["做好应急物资保障"], Kind::Task),
            (&["加强应急通信保障工作"], Kind::Task),
            (&["明年林业主要预期目标"], Kind::Overview),
            (&["完善住房保障制度"], Kind::Task),
            (&["健全困难群众生活保障机制"], Kind::Task),
            (&["建立健全长效保障机制"], Kind::Safeguard),
            (&["完善经费保障机制"], Kind::Safeguard),
            (&["组织护林员培训"], Kind::Task),
            (&["举办全员业务培训班"], Kind::Task),
            (&["组织学习培训"], Kind::Safeguard),
            (&["组织管理和考核"], Kind::Safeguard),
            (&["组织、领导和督查"], Kind::Safeguard),
            (&["加强组织培训"], Kind::Safeguard),
        ];
        for (titles, kind) in cases {
            let found = titles.iter().fold(None, |above, title| told(above, &fold(title)));
            assert_eq!(found.unwrap_or(Kind::Task), kind, "{titles:?}");
        }
    }
}
