//! Whether a text is built as a name is: no words stand in it that only sentences hold.

use std::sync::LazyLock;

use duban_document::Words;

use super::lexicon::{Follow, SINGLE, ending, ends_as_organ, follow, is_class_noun};
use crate::marks::{is_close, is_han, is_open, is_within, non_han};

/// Longest name of a body, in characters.
const LONGEST_NAME: usize = 40;

/// Whether `name`, of which `base` is what stands before its brackets, may be a name by its length and its
/// characters.
pub(super) fn shaped_as_name(name: &str, base: &str) -> bool {
    // 三部门, 两级: those just named. 二级单位 are the units of a school or a company.
    let counted = is_within(name, 4)
        && name.starts_with(['两', '二', '三', '四', '五', '六', '七', '八', '九', '多', '几'])
        && !name.starts_with("二级");
    let vague = name.starts_with("任何") || (counted && is_class_noun(base));
    !is_within(base, 1)
        && !vague
        && is_within(name, LONGEST_NAME)
        && !name.starts_with(|c: char| c.is_ascii_digit() || is_open(c))
        && !holds_strange(name)
}

/// Whether a character stands in `name`, outside quotes, that stands in no name there.
fn holds_strange(name: &str) -> bool {
    let strange = |at, c| is_strange(name, at, c) && !is_quoted(name, at);
    let mut at = 0;
    while let Some(((), place)) = SUSPECT.next_at_head(name, at) {
        at = place.end;
        if name[place.clone()].chars().next().is_some_and(|c| strange(place.start, c)) {
            return true;
        }
    }
    non_han(name).any(|(at, c)| strange(at, c))
}

/// The Chinese characters that may be [strange](is_strange); hardly a name holds one.
static SUSPECT: LazyLock<Words<()>> = LazyLock::new(|| {
    let suspect = "的了被该此由把到是在可于每为不将归供调向对组交报送与受转按至给经过照托从同其会以";
    Words::of_heads(suspect.chars().map(|c| (c.to_string(), ())))
});

/// Whether `c`, which stands at byte `at` of `name`, stands in no name there.
fn is_strange(name: &str, at: usize, c: char) -> bool {
    let behind = || name.get(at + c.len_utf8()..).unwrap_or_default();
    let before = || name.get(..at).unwrap_or_default();
    match c {
        '的' => !is_part_of_level(name, at),
        '了' | '被' | '该' | '此' | '由' | '把' | '到' | '是' => true,
        '在' => !says_whose_place(before()),
        // 用户|可|通过供电所, but 行政许可审批科.
        '可' => !before().ends_with(['许', '认']) && is_act(behind()),
        '于' | '每' => at > 0,
        // 县政务办为主管部门.
        '为' => {
            opens_body(behind())
                || ["主管", "牵头", "责任", "配合"].iter().any(|role| behind().starts_with(role))
        }
        // 检查不能走过场, but 不动产登记中心.
        '不' => behind().starts_with(['能', '得', '要', '应', '准']),
        // 评审结果将作为|财政部门.
        '将' => at > 0 && behind().starts_with("作为"),
        // 供|各科室查阅, but 供电所.
        '归' | '供' => behind().starts_with('各'),
        '调' => before().ends_with('协') && opens_body(behind()),
        '向' => at > 0 && !behind().starts_with('阳'),
        '对' => !before().ends_with('应') && !behind().starts_with(['外', '台', '口']),
        '组' => is_organized(before(), behind()),
        '交' | '报' | '送' | '与' | '受' | '转' | '按' | '至' | '给' => opens_body(behind()),
        // 材料经|县审计局审核, 项目未经|水利部门批准, but 县财经局; 经|管委会同意, but 经开区管委会, 经委.
        '经' => {
            before().ends_with('未')
                || (at == 0 && is_only_ending(behind()))
                || (opens_body(behind()) || behind().starts_with(['局', '本', '主', '上', '分', '领']))
                    && !before().ends_with('财')
        }
        '过' => before().ends_with('通') && opens_body(behind()),
        '照' => before().ends_with(['参', '依', '按']) && opens_body(behind()),
        '托' => before().ends_with(['依', '委']) && opens_body(behind()),
        '从' => at > 0,
        // 统计数据以|县统计局为准, but 县以工代赈办, 县以旧换新专班.
        '以' => at > 0 && opens_body(behind()),
        // 县教育局同县公安局.
        '同' => {
            behind().starts_with('各')
                || behind().starts_with(['省', '市', '县', '区', '有']) && ends_as_organ(before())
        }
        '其' => !behind().starts_with(['他', '它', '余']) && !before().ends_with('及'),
        '会' => {
            at > 0 && (is_shared(name, at) || (behind().starts_with('同') && !behind().starts_with("同县")))
        }
        '\u{4e00}'..='\u{9fff}' => false,
        c => {
            let mark = matches!(c, '、' | ',' | '“' | '”' | '·' | '/') || is_open(c) || is_close(c);
            !c.is_alphanumeric() && !mark
        }
    }
}

/// Whether 在 behind `before` goes on to say the place of something: 项目所|在乡镇, but not 各派出所|在乡镇.
fn says_whose_place(before: &str) -> bool {
    const PLACED: [&str; 11] =
        ["项目", "工程", "企业", "公司", "单位", "机构", "学校", "各", "户籍", "学籍", "事发"];
    // 安置点, 水库, 景区, 矿山.
    const SITES: [char; 12] = ['点', '库', '区', '山', '厂', '矿', '园', '桥', '路', '湖', '塘', '店'];
    let of = before.strip_suffix('所');
    of.is_some_and(|of| of.is_empty() || of.ends_with(SITES) || PLACED.iter().any(|noun| of.ends_with(noun)))
}

/// Whether `text` begins with the name of a place of two characters and its level: 如安区, but not 如全区 and
/// 如园区. A name of one character makes a `county` (从溪县), but no city and no district.
pub(crate) fn opens_place(text: &str, county: bool) -> bool {
    const OF_ANY: &str = "郊各全我本某该此每有两外辖省市州县区城乡镇村地";
    let mut letters = text.char_indices().skip(1);
    let (Some((second, own)), Some((at, level))) = (letters.next(), letters.next()) else { return false };
    let word = text.get(second..at + level.len_utf8()).unwrap_or_default();
    (matches!(level, '市' | '区' | '旗') || (county && level == '县'))
        && is_han(own)
        && !OF_ANY.contains(own)
        && ending(word).is_none_or(|(_, len)| len < word.len())
}

/// Whether byte `at` of `name` stands between quotes: “双报到”单位.
fn is_quoted(name: &str, at: usize) -> bool {
    let (before, behind) = name.split_at(at);
    before.rfind('“').is_some_and(|open| !before[open..].contains('”')) && behind.contains('”')
}

/// Whether a verb or a phrase before one stands at the head of `behind`.
fn is_act(behind: &str) -> bool {
    matches!(follow(behind), Some((Follow::Verb | Follow::NameVerb | Follow::State | Follow::Onward, _)))
}

/// Whether 的 at byte `at` of `text` stands in 设区的市.
pub(crate) fn is_part_of_level(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|before| before.ends_with("设区"))
        && text.get(at..).is_some_and(|behind| behind.starts_with("的市"))
}

/// Whether 会 at `at` stands for 会同 between two bodies: 市教育局|会|市财政局. 管委会 and 会市场 are words.
pub(crate) fn is_shared(text: &str, at: usize) -> bool {
    let (before, rest) = text.split_at(at);
    before.ends_with(['局', '厅', '部', '办'])
        && rest
            .strip_prefix('会')
            .is_some_and(|next| next.starts_with(['省', '市', '县', '区']) && !next.starts_with("市场"))
}

/// Whether `name` is nothing but the end of a name, of more than one character: 管委会.
fn is_only_ending(name: &str) -> bool {
    name.len() > SINGLE && ending(name).is_some_and(|(_, len)| len == name.len())
}

/// Whether `behind` begins as a body that says its level does.
fn opens_body(behind: &str) -> bool {
    behind.starts_with(['省', '市', '县', '区', '镇', '乡', '各', '所']) || behind.starts_with("街道")
}

/// Whether 组 between `before` and `behind` begins a verb: 开学前|组织学校食堂, 县政务办|组织检查组. A group may
/// be named by it: 县委|组织工作领导小组.
fn is_organized(before: &str, behind: &str) -> bool {
    let Some(object) = behind.strip_prefix('织') else { return false };
    let group = || {
        (object.ends_with(['组', '班', '队']) || object.ends_with("委员会"))
            && !["工作领导", "工作委员", "委员"].iter().any(|own| object.starts_with(own))
    };
    before.ends_with(['前', '后']) || (ends_as_organ(before) && group())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_suspects_are_strange() {
        // What stands beside a character where it is strange.
        let before = ["", "县", "局", "未", "通", "协", "参", "依", "委", "前"];
        let behind = ["", "各局", "县财政局", "局", "同县局", "能", "审核组"];
        for c in ('\u{4e00}'..='\u{9fff}').filter(|c| SUSPECT.single(*c).is_none()) {
            for (before, behind) in before.iter().flat_map(|before| behind.map(|behind| (before, behind))) {
                let name = format!("{before}{c}{behind}");
                assert!(!is_strange(&name, before.len(), c), "{name}");
            }
        }
    }
}
