//! Names of those who issue or sign, as they stand alone: in a signature, an imprint, before the 关于 of a title.

use std::ops::Range;
use std::sync::LazyLock;

use duban_document::{Words, numeral};

use super::text::{forward, has_at_least, is_blank, is_within, nested, squeeze, trim, without_end_bracket};
use super::words;

/// Longest name of a body in characters.
const LONGEST_NAME: usize = 45;

/// Words that no name of a body holds; they tell a heading from a name.
static NOT_IN_NAMES: LazyLock<Words<()>> = LazyLock::new(|| Words::of_heads(NO_NAMES.map(|word| (word, ()))));

const NO_NAMES: [&str; 22] = [
    "的",
    "了",
    "关于",
    "印发",
    "加强",
    "推进",
    "做好",
    "完善",
    "落实",
    "开展",
    "实施",
    "以及",
    "进一步",
    "方案",
    "通知",
    "要点",
    "责任单位",
    "牵头单位",
    "配合单位",
    "联系",
    "如下",
    "各有关",
];

/// Whether `text` is the name of one body and nothing else.
pub(super) fn is_name(text: &str) -> bool {
    is_within(text, LONGEST_NAME * 2) && {
        let name = squeeze(text);
        let bare = without_end_bracket(&name);
        let ends = words::organ_ending(bare).is_some() || is_place_as_body(bare);
        is_within(&name, LONGEST_NAME) && has_at_least(bare, 2) && ends && is_plain(&name)
    }
}

/// Whether `text` could be the name of a body by its marks and words, whatever it ends in.
pub(super) fn could_be_name(text: &str) -> bool {
    let name = squeeze(text);
    is_within(&name, LONGEST_NAME)
        && has_at_least(&name, 3)
        && is_plain(&name)
        && !words::ends_as_title(&name)
}

/// 永乐镇, 城关街道: the place stands for its government.
fn is_place_as_body(name: &str) -> bool {
    ["镇", "乡", "街道", "社区"].iter().any(|ending| name.ends_with(ending)) && has_at_least(name, 3)
}

/// No mark of a sentence, no digit, no word that no name holds.
fn is_plain(name: &str) -> bool {
    let mark = |c: char| {
        numeral::arabic_digit(c).is_some()
            || matches!(
                c,
                '，' | '。'
                    | '；'
                    | '：'
                    | '、'
                    | '《'
                    | '》'
                    | '“'
                    | '”'
                    | '？'
                    | '！'
                    | ','
                    | ';'
                    | ':'
                    | '|'
            )
    };
    !name.contains(mark) && !words::says_any(name, &NOT_IN_NAMES)
}

/// The bodies that `text` names side by side, in columns or with 、 between; empty where a part of
/// it is no body. Letters spaced out to fill a line (云 岭 县) are one name.
pub(super) fn names(text: &str) -> Vec<Range<usize>> {
    let text = without_seal(text);
    if !is_within(text, LONGEST_NAME * 8) {
        return Vec::new();
    }
    let parts = split_at_gaps(text);
    if parts.iter().all(|part| is_name(&text[part.clone()])) { parts } else { Vec::new() }
}

/// A note of the seal behind a name: （盖章）, （印章）, （代章）.
fn without_seal(text: &str) -> &str {
    let bare = without_end_bracket(text);
    let is_seal = text.get(bare.len()..).is_some_and(|note| note.contains('章'));
    if is_seal { bare } else { text }
}

fn split_at_gaps(text: &str) -> Vec<Range<usize>> {
    let wide = split(text, |gap, _, _| {
        gap == "、" || gap.chars().count() > 1 || gap.contains(['\u{3000}', '\n', '\t'])
    });
    let spaced_out = |part: &Range<usize>| {
        text[part.clone()].split(is_blank).filter(|token| !token.is_empty()).all(|token| is_within(token, 1))
    };
    let has_name = wide.iter().any(|part| has_at_least(&squeeze(&text[part.clone()]), 3));
    if wide.len() > 1 && (has_name || !wide.iter().all(spaced_out)) {
        return wide;
    }
    // A blank between two bodies parts them; any other only spaces one name out.
    split(text, |gap, before, after| gap == "、" || (is_name(before) && names_begin(after)))
}

/// Whether `text` up to its next gap, or up to some later one, is a body's name.
fn names_begin(text: &str) -> bool {
    let end = forward(text, 0, |c| !is_blank(c));
    is_name(&text[..end]) || is_name(text)
}

/// Cuts `text` where `parts` says so of a gap (blanks or 、), the part before and all that follows.
fn split(text: &str, parts: impl Fn(&str, &str, &str) -> bool) -> Vec<Range<usize>> {
    let is_gap = |c: char| is_blank(c) || c == '、';
    let (mut found, mut start, mut next) = (Vec::new(), 0, 0);
    for (offset, c, depth) in nested(text) {
        if offset < next || depth > 0 || !is_gap(c) {
            continue;
        }
        next = forward(text, offset, is_gap);
        let (gap, before, after) = (&text[offset..next], &text[start..offset], &text[next..]);
        let gap = if gap.contains('、') { "、" } else { gap };
        if !before.trim().is_empty() && !after.is_empty() && parts(gap, before, after) {
            found.push(trim(text, start..offset));
            start = next;
        }
    }
    found.push(trim(text, start..text.len()));
    found.retain(|part| !part.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> =
            names(text).into_iter().map(|range| squeeze(&text[range]).into_owned()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn bodies_side_by_side() {
        check("云岭县人民政府办公室", &["云岭县人民政府办公室"]);
        check("云 岭 县 人 民 政 府", &["云岭县人民政府"]);
        check("云岭省商务厅 云岭省财政厅", &["云岭省商务厅", "云岭省财政厅"]);
        check("云岭省商务厅\u{3000}\u{3000}云岭省财政厅", &["云岭省商务厅", "云岭省财政厅"]);
        check("商 务 厅\u{3000}财 政 厅", &["商务厅", "财政厅"]);
        check("云岭县 人民政府", &["云岭县人民政府"]);
        check("云岭县人民政府（盖章）", &["云岭县人民政府"]);
        check("云岭县发展和改革局、云岭县财政局", &["云岭县发展和改革局", "云岭县财政局"]);
        check("云岭县2021年工作要点", &[]);
        check("加强组织保障的单位", &[]);
    }
}
