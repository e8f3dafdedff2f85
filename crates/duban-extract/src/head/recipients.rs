//! The line of recipients (主送机关) to one recipient each.

use std::ops::Range;
use std::sync::LazyLock;

use duban_document::{Words, label, numeral};

use super::text::{is_blank, is_within, nested, squeeze, trim, without_end_bracket};
use super::words;
use crate::marks::is_word;
use crate::places::{CITY, is_citys_own, leading_place};

/// Longest line of recipients in characters.
const LONGEST: usize = 900;

/// Words that a line of recipients does not hold.
static NOT_IN_RECIPIENTS: LazyLock<Words<()>> =
    LazyLock::new(|| Words::of_heads(NO_RECIPIENTS.map(|word| (word, ()))));

const NO_RECIPIENTS: [&str; 21] = [
    "如下",
    "以下",
    "下列",
    "现就",
    "现将",
    "根据",
    "按照",
    "为了",
    "贯彻",
    "落实",
    "附件",
    "联系",
    "时间",
    "来源",
    "通知",
    "关于",
    "牵头单位",
    "责任单位",
    "制定",
    "要求",
    "印发",
];

/// The end of the line of recipients that `text` begins with, its colon included.
pub(super) fn list_end(text: &str) -> Option<usize> {
    // 一、县教育局、县卫健局：… is an item.
    if label::at(text.trim_start()).is_some() {
        return None;
    }
    for (count, (offset, c, depth)) in nested(text).enumerate() {
        match c {
            _ if count > LONGEST => return None,
            // 每周一9:30前 is a clock.
            '：' | ':' if depth == 0 && !is_clock(text, offset) => {
                return is_list(&text[..offset]).then_some(offset + c.len_utf8());
            }
            '。' | '！' | '？' | '《' => return None,
            _ => {}
        }
    }
    None
}

/// Whether the colon at `at` stands between the hours and the minutes of a clock.
fn is_clock(text: &str, at: usize) -> bool {
    let is_digit = |c: char| numeral::arabic_digit(c).is_some();
    text[..at].ends_with(is_digit) && text[at..].chars().nth(1).is_some_and(is_digit)
}

/// Whether `text` (without its colon) lists bodies or persons that a notice is addressed to.
fn is_list(text: &str) -> bool {
    let squeezed = squeeze(without_label(text));
    if squeezed.is_empty() || words::says_any(&squeezed, &NOT_IN_RECIPIENTS) {
        return false;
    }
    let parts = elements(&squeezed);
    let Some((last, others)) = parts.split_last() else { return false };
    let text = |part: &Element| &squeezed[part.range.clone()];
    let (last_known, last_fellow) = (is_addressee(text(last)), is_fellow(text(last)));
    let ends = last_known || !others.is_empty() && (last_fellow || BARE_CLASSES.contains(&text(last)));
    if !ends {
        return false;
    }
    let (mut known, mut fellows) = (usize::from(last_known), usize::from(!last_known && last_fellow));
    for part in others.iter().map(text) {
        if is_addressee(part) {
            known += 1;
        } else if is_fellow(part) {
            fellows += 1;
        }
    }
    known > 0 && (known + fellows) * 2 > parts.len()
}

/// Whether `part` is addressed beside others, while alone it would be a heading or a post: 院领导, 教研组.
fn is_fellow(part: &str) -> bool {
    const LONGEST: usize = 6;
    let bare = without_end_bracket(part);
    is_within(bare, LONGEST) && ["组", "领导"].iter().any(|ending| bare.ends_with(ending))
}

/// Whether `text` begins with the bare class of a body, which only ends the name before it: 局、….
pub(super) fn opens_with_class(text: &str) -> bool {
    let class = &text[..super::text::forward(text, 0, is_word)];
    BARE_CLASSES.contains(&class)
}

/// Whether `line`, which ends in no colon, is the first of several lines of recipients.
pub(super) fn goes_on(line: &str) -> bool {
    let line = line.trim_end_matches(is_blank);
    let bare = line.trim_end_matches(['，', '、', ',']);
    bare.len() < line.len() && is_within(line, LONGEST) && !line.contains(['。', '《']) && is_list(bare)
}

/// Whether `line` lists recipients and lacks its colon: it begins with 各 and lists nothing else.
pub(super) fn is_bare_list(line: &str) -> bool {
    line.starts_with('各') && is_within(line, LONGEST) && !line.contains(['。', '：', ':']) && is_list(line)
}

/// The recipients in `text`, one each; their places are ranges of `text`.
///
/// ， parts always. 、 parts two bodies, but not an enumeration before one shared noun
/// (各省、自治区、直辖市人民政府), nor a part that is not whole without the next (区直、驻区各单位).
pub(super) fn split(text: &str) -> Vec<Range<usize>> {
    let base = text.len() - without_label(text).len();
    let body = text[base..].trim_end_matches(|c: char| is_blank(c) || matches!(c, '：' | ':' | '，' | '、'));
    let parts = elements(body);
    let mut joined = vec![false; parts.len()];
    for index in (0..parts.len().saturating_sub(1)).rev() {
        let (left, right) =
            (squeeze(&body[parts[index].range.clone()]), squeeze(&body[parts[index + 1].range.clone()]));
        joined[index] = match parts[index].mark {
            '、' => runs_on(&left, &right, joined[index + 1]),
            ' ' => !(is_addressee(&left) && opens_own(&right)),
            '和' => !(is_whole(&left) && opens_own(&right)),
            _ => false,
        };
    }
    let mut found: Vec<Range<usize>> = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let goes_on = index.checked_sub(1).is_some_and(|before| joined[before]);
        match found.last_mut() {
            Some(last) if goes_on => last.end = base + part.range.end,
            _ => found.push(base + part.range.start..base + part.range.end),
        }
    }
    found.retain(|range| !range.is_empty());
    found
}

fn without_label(text: &str) -> &str {
    let text = text.trim_start_matches(is_blank);
    ["主送：", "主送:", "主送单位：", "主送机关："]
        .iter()
        .find_map(|label| text.strip_prefix(label))
        .unwrap_or(text)
}

/// A part of the line and the mark behind it: `，` `、` ` ` or `和` (also 及, 以及).
struct Element {
    range: Range<usize>,
    mark: char,
}

fn elements(text: &str) -> Vec<Element> {
    let (mut parts, mut start, mut next) = (Vec::new(), 0, 0);
    for (offset, c, depth) in nested(text) {
        if offset < next || depth > 0 {
            continue;
        }
        let rest = &text[offset..];
        let (mark, len) = match c {
            '，' | ',' | '；' | ';' | '\n' => ('，', c.len_utf8()),
            '、' => ('、', c.len_utf8()),
            '和' | '及' => ('和', c.len_utf8()),
            '以' if rest.starts_with("以及") => ('和', "以及".len()),
            c if is_blank(c) => (' ', c.len_utf8()),
            _ => continue,
        };
        let range = trim(text, start..offset);
        let is_word = mark == '和'
            && (range.is_empty() || !opens_own(text[offset + len..].trim_start_matches(is_blank)));
        let only_space = mark == ' ' && (range.is_empty() || !opens_own(rest.trim_start_matches(is_blank)));
        if is_word || only_space {
            continue;
        }
        next = offset + len;
        parts.push(Element { range, mark });
        start = next;
    }
    parts.push(Element { range: trim(text, start..text.len()), mark: '，' });
    parts.retain(|part| !part.range.is_empty());
    parts
}

/// Whether a 、 between the two only enumerates what shares the noun behind.
fn runs_on(left: &str, right: &str, right_runs_on: bool) -> bool {
    if hangs(left) || BARE_CLASSES.contains(&without_end_bracket(right)) {
        return true;
    }
    if right.starts_with('各') {
        return false;
    }
    if !is_addressee_by_ending(left)
        && !opens_own(right)
        && ["部门", "单位", "机构", "处室", "科室"].iter().any(|class| right.ends_with(class))
    {
        return true;
    }
    // 各地、州、市财政局.
    if left == "各地" {
        return right_runs_on && matches!(right, "州" | "市");
    }
    let Some(rank) = place_rank(without_end_bracket(left)) else { return false };
    let bare = right.trim_start_matches('各').trim_start_matches("计划单列");
    match leading_place(bare) {
        // Cities of the rank of counties: 各县、市、区人民政府, 各区、市教育局, but not 各县、市级机关.
        Some((CITY, rest)) if matches!(left, "各县" | "各区") => {
            let own = is_citys_own(rest) || rest.starts_with('（');
            (rest.is_empty() && right_runs_on) || (!own && shares_noun(rest))
        }
        Some((right_rank, rest)) if right_rank >= rank => {
            let rest = after_bracket(rest);
            (rest.is_empty() && right_runs_on) || shares_noun(rest)
        }
        _ => false,
    }
}

/// 区直, 驻县区直, 中央: no body without the noun behind.
fn hangs(part: &str) -> bool {
    let bare = without_end_bracket(part);
    bare.ends_with(['直', '属', '驻'])
        || matches!(bare, "中央" | "省" | "市" | "县" | "区" | "自治区" | "中省")
}

/// Classes of bodies that say nothing without the modifier before them: 各委、办、局, 各部门、单位.
const BARE_CLASSES: [&str; 26] = [
    "委",
    "办",
    "厅",
    "局",
    "部",
    "处",
    "科",
    "室",
    "站",
    "所",
    "队",
    "行",
    "署",
    "会",
    "院",
    "校",
    "社",
    "办公室",
    "部门",
    "单位",
    "机构",
    "企业",
    "政府",
    "人民政府",
    "科室",
    "站所",
];

/// What an enumeration of places shares: 人民政府, 财政局, 驻云各单位; a 办事处 is the street's alone.
fn shares_noun(rest: &str) -> bool {
    let governs = rest.starts_with('驻') || rest.starts_with('直') && !rest.contains('各');
    let noun = words::organ_ending(without_end_bracket(rest)).is_some();
    governs || (noun && !rest.contains('各') && !rest.starts_with("办事处") && !rest.starts_with('直'))
}

fn after_bracket(text: &str) -> &str {
    let Some(inner) = text.strip_prefix(['（', '(']) else { return text };
    inner.find(['）', ')']).map_or(text, |close| inner[close..].trim_start_matches(['）', ')']))
}

/// The rank of the last place of an enumeration that is nothing but classes of places: 各乡镇.
fn place_rank(part: &str) -> Option<u8> {
    let mut rest = part.trim_start_matches(['各', '全', '本']);
    let mut rank = None;
    while let Some((found, behind)) = leading_place(rest) {
        rank = Some(found);
        rest = behind;
    }
    rank.filter(|_| rest.is_empty())
}

/// Whether `part` begins with a modifier of its own: 各乡镇, 县直各部门, 有关单位, 驻云各单位.
fn opens_own(part: &str) -> bool {
    const OPENERS: [&str; 6] = ["各", "有关", "相关", "驻", "直属", "所属"];
    let bare = part.trim_start_matches(|c| "省市县区州旗乡镇局委".contains(c));
    OPENERS.iter().any(|word| part.starts_with(word))
        || (bare.len() < part.len() && bare.starts_with(['直', '各', '属', '级']))
}

/// Whether `part` ends as a body does.
fn is_whole(part: &str) -> bool {
    let bare = without_end_bracket(part);
    words::organ_ending(bare).is_some() || place_rank(bare).is_some()
}

/// Whether `part` ends as a body, a place or a person does.
fn is_addressee_by_ending(part: &str) -> bool {
    let bare = without_end_bracket(part);
    let others = ["街道", "同志", "委员", "代表", "先生", "社区"];
    is_whole(bare)
        || bare.ends_with(['县', '市', '区', '乡', '镇', '村'])
        || others.iter().any(|ending| bare.ends_with(ending))
}

/// Whether `part` names somebody to write to.
fn is_addressee(part: &str) -> bool {
    const ALL: [&str; 7] = ["各", "有关", "相关", "全体", "全县", "所属", "直属"];
    let bare = without_end_bracket(part);
    let named = is_within(bare, 40) && is_addressee_by_ending(bare) && !matches!(bare, "单位" | "部门");
    named || hangs(part) || ALL.iter().any(|word| part.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert!(list_end(text).is_some(), "{text}");
        let found: Vec<String> =
            split(text).into_iter().map(|range| squeeze(&text[range]).into_owned()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn enumerations_before_one_noun() {
        check("各省、自治区、直辖市人民政府：", &["各省、自治区、直辖市人民政府"]);
        check("各市、县（市、区）财政局、商务局：", &["各市、县（市、区）财政局", "商务局"]);
        check("各市、州、县人民政府，省政府有关部门：", &["各市、州、县人民政府", "省政府有关部门"]);
        check("各乡镇、县财政局：", &["各乡镇", "县财政局"]);
        check("各县、市、区人民政府，市级各部门：", &["各县、市、区人民政府", "市级各部门"]);
        check("各区、市教育局，市直学校：", &["各区、市教育局", "市直学校"]);
        check("各地、州、市财政局：", &["各地、州、市财政局"]);
        check("各县、市直有关单位：", &["各县", "市直有关单位"]);
        check("各镇、街道办事处，县直各单位:", &["各镇", "街道办事处", "县直各单位"]);
        check("县直、驻云各单位，各人民团体：", &["县直、驻云各单位", "各人民团体"]);
        check("各镇（街道）、县直各部门：", &["各镇（街道）", "县直各部门"]);
    }

    #[test]
    fn other_marks() {
        check("各乡镇人民政府 县直各部门：", &["各乡镇人民政府", "县直各部门"]);
        check("各乡镇人民政府和县直各部门：", &["各乡镇人民政府", "县直各部门"]);
        check("各事业单位财务、人事部门，有关单位：", &["各事业单位财务、人事部门", "有关单位"]);
        check("各社区、镇直有关单位、青溪派出所：", &["各社区", "镇直有关单位", "青溪派出所"]);
        check("县发展和改革局：", &["县发展和改革局"]);
        check("各科（室）、站所:", &["各科（室）、站所"]);
        check("馆领导、各科室：", &["馆领导", "各科室"]);
        check("各镇安委会、县安委会各成员单位：", &["各镇安委会", "县安委会各成员单位"]);
        check("各镇街、县级各部门：", &["各镇街", "县级各部门"]);
        check("各处室、备课组：", &["各处室", "备课组"]);
        check("省政府各委、办、厅、局，各部门、单位:", &["省政府各委、办、厅、局", "各部门、单位"]);
    }

    #[test]
    fn no_recipients() {
        for text in [
            "现将有关事项通知如下：",
            "具体内容如下：",
            "来源：县政府办公室",
            "一是：",
            "各部门要做到。即：",
            "保洁组、巡护组：",
        ] {
            assert_eq!(list_end(text), None, "{text}");
        }
    }
}
