//! The imprint (版记) and the marks around it: …办公室 2021年7月28日印发, 抄送：, 此件公开发布.

use std::ops::Range;

use super::date::{self, FoundDate};
use super::issuers;
use super::text::{is_blank, is_within, opens_with, squeeze, trim};

/// A body and a date that stand together, in an imprint or a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dated {
    /// The bodies before the date; may be none.
    pub(super) names: Vec<Range<usize>>,
    pub(super) date: FoundDate,
}

/// Longest imprint or dated signature in characters.
const LONGEST: usize = 160;

/// Whether a text is an imprint or a signature, and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Closing {
    /// Bodies, a date, 印发, perhaps the number of copies.
    Imprint(Dated),
    /// Bodies with the date behind them, on one line.
    Signature(Dated),
}

/// Reads `text` as an imprint or a signature.
pub(super) fn closing(text: &str) -> Option<Closing> {
    let (dated, behind) = dated(text)?;
    let issues = ["印发", "印制", "印"].iter().any(|word| {
        behind
            .strip_prefix(word)
            .is_some_and(|rest| rest.trim_start_matches(['（', '(', '，', '。']).is_empty() || is_count(rest))
    });
    if issues {
        return Some(Closing::Imprint(dated));
    }
    (behind.is_empty() && !dated.names.is_empty()).then_some(Closing::Signature(dated))
}

/// Whether `text`, an imprint, names no body: 2021年7月28日印发.
pub(super) fn is_date_alone(text: &str) -> bool {
    matches!(closing(text), Some(Closing::Imprint(dated)) if dated.names.is_empty())
}

/// The bodies and the date that `text` begins with, in either order, and what stands behind, squeezed.
fn dated(text: &str) -> Option<(Dated, String)> {
    if !is_within(text, LONGEST) {
        return None;
    }
    let date = date::find(text, 0)?;
    let head = trim(text, 0..date.range.start);
    let names = places(text, head.clone());
    let tail = trim(text, date.range.end..text.len());
    if head.is_empty() && tail.start > date.range.end {
        let names = places(text, tail.clone());
        if !names.is_empty() {
            return Some((Dated { names, date }, String::new()));
        }
    }
    let behind = squeeze(&text[tail]).into_owned();
    (head.is_empty() || !names.is_empty()).then_some((Dated { names, date }, behind))
}

/// The bodies that `range` of `text` names.
fn places(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let names = issuers::names(&text[range.clone()]).into_iter();
    names.map(|name| range.start + name.start..range.start + name.end).collect()
}

fn is_count(text: &str) -> bool {
    text.trim_start_matches(['（', '(', '，']).trim_start_matches('共').starts_with('印')
        && is_within(text, 14)
}

/// Whether `text` says whom copies go to (抄送, 抄报) or gives the subject words of the imprint.
pub(super) fn is_copy_line(text: &str) -> bool {
    if !opens_with(text, &['抄', '分', '主']) {
        return false;
    }
    let head = squeeze(super::text::opening(text, 12));
    ["抄送：", "抄送:", "抄报：", "抄报:", "分送：", "分送:", "主题词：", "主题词:"]
        .iter()
        .any(|word| head.starts_with(word))
}

/// Whether `text` says how far the notice may be made public (（此件公开发布）, 公开方式：主动公开) or that
/// its page holds no more than the signature (（此页无正文）).
pub(super) fn is_release(text: &str) -> bool {
    if !opens_with(text, &['此', '本', '公', '主', '依', '不', '信', '是', '政']) || !is_within(text, 40)
    {
        return false;
    }
    let squeezed = squeeze(text);
    let bare = squeezed.trim_matches(['（', '）', '(', ')', '。', '【', '】', '[', ']']);
    let says = bare.contains("公开") || bare.contains("发布") || bare.contains("发至");
    let of_this = ["此件", "本件", "此文"].iter().any(|word| bare.starts_with(word));
    let field = ["公开方式", "公开属性", "公开类别", "公开形式", "公开选项", "公开程度", "是否公开"];
    let name = bare.trim_start_matches("政府").trim_start_matches("信息");
    is_within(bare, 24)
        && (of_this && says
            || matches!(
                bare,
                "公开发布" | "主动公开" | "依申请公开" | "不予公开" | "此页无正文" | "本页无正文"
            )
            || field
                .iter()
                .any(|word| name.strip_prefix(word).is_some_and(|rest| rest.starts_with(['：', ':']))))
}

/// Whether `text` only says whom to ask: （联系人：…，联系电话：…）.
pub(super) fn is_contact(text: &str) -> bool {
    if !opens_with(text, &['联', '咨']) {
        return false;
    }
    let head =
        super::text::opening(text, 10).trim_start_matches(|c: char| is_blank(c) || matches!(c, '（' | '('));
    let head = squeeze(head);
    ["联系人：", "联系人:", "联系人及", "联系单位：", "联系电话：", "联系电话:", "联系方式：", "咨询电话："]
        .iter()
        .any(|word| head.starts_with(word))
        && is_within(text, 120)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imprints() {
        let text = "云岭县人民政府办公室 2021 年 7月 28日印发";
        let Some(Closing::Imprint(found)) = closing(text) else { panic!("no imprint") };
        assert_eq!(found.date.iso(), "2021-07-28");
        assert_eq!(&text[found.names[0].clone()], "云岭县人民政府办公室");
        let copies = closing("云岭县人民政府办公室2021年7月28日印发（共印50份）");
        assert!(matches!(copies, Some(Closing::Imprint(_))));
        assert!(matches!(closing("云岭县人民政府办公室2021年7月28日"), Some(Closing::Signature(_))));
        assert_eq!(closing("本办法由县政府办2021年7月28日印发，自公布之日起施行"), None);
    }

    #[test]
    fn marks() {
        assert!(is_release("（此件公开发布）"));
        assert!(is_release("公开方式：主动公开"));
        assert!(is_release("政府信息公开形式：主动公开"));
        assert!(!is_release("对“此件公开发布”属性的文件全部上网公开"));
        assert!(is_copy_line("抄 送：县委办公室。"));
    }
}
