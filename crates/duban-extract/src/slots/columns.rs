//! What the head of a column says its cells are; it may say more than a label in running text does.

use std::sync::LazyLock;

use duban_document::Words;

use super::vocabulary::LABELS;
use super::{LONGEST_HEAD, fold};
use crate::model::SlotRole;

/// What the label or column head `label` (white space and colon apart) says its values are.
///
/// A head may say more than a label: 牵头（责任）单位, 责任单位及责任人.
pub(crate) fn role_of(label: &str) -> Option<SlotRole> {
    let folded = fold(label);
    if folded.is_empty() || folded.chars().count() > LONGEST_HEAD {
        return None;
    }
    let labels = &*LABELS;
    let bare = labels.levels.at_head(&folded).map_or(&*folded, |((), length)| &folded[length..]);
    labels
        .role(&folded)
        .filter(|_| !labels.columns.contains(&&*folded))
        .or_else(|| labels.role(bare).filter(|_| !(folded.starts_with('其') && bare.starts_with("成员"))))
        .or_else(|| labels.bare_role(bare))
        .or_else(|| role_of_words(&folded))
}

/// What the words of a column's head say that is no label.
fn role_of_words(head: &str) -> Option<SlotRole> {
    // The longest word at a place stands for those that it begins with.
    let said: Vec<&str> = head
        .char_indices()
        .filter_map(|(at, _)| HEAD_WORDS.at_head(head.get(at..)?))
        .map(|(word, _)| word)
        .collect();
    let has = |any: &[&str]| any.iter().any(|word| said.contains(word));
    let organ = has(&ORGANS);
    match () {
        () if !organ && has(&PERSONS) => Some(SlotRole::Person),
        () if has(&TIMES) => Some(SlotRole::Time),
        () if organ && has(&["牵头"]) && has(&["配合", "协办", "责任", "责任人"]) => {
            Some(SlotRole::Responsible)
        }
        () if organ && has(&["牵头", "主办"]) => Some(SlotRole::Lead),
        () if organ && has(&["配合", "协办", "协同", "参与"]) => Some(SlotRole::Support),
        () if organ && has(&["责任", "责任人", "承办", "负责", "负责人", "落实"]) => {
            Some(SlotRole::Responsible)
        }
        () => None,
    }
}

const ORGANS: [&str; 7] = ["单位", "部门", "科室", "处室", "股室", "机构", "主体"];
const PERSONS: [&str; 5] = ["领导", "责任人", "负责人", "联系人", "电话"];
const TIMES: [&str; 4] = ["时限", "完成时间", "时间节点", "进度"];
/// What a body has to do with the work.
const PARTS: [&str; 10] = ["牵头", "主办", "配合", "协办", "协同", "参与", "责任", "承办", "负责", "落实"];

/// All those words.
static HEAD_WORDS: LazyLock<Words<&str>> = LazyLock::new(|| {
    let words = ORGANS.iter().chain(&PERSONS).chain(&TIMES).chain(&PARTS);
    Words::of_heads(words.map(|word| (*word, *word)))
});

/// Whether the column head `head` says that its cells are times, in words that say so over a column alone.
pub(crate) fn is_time_head(head: &str) -> bool {
    let folded = fold(head);
    let bare = ["计划", "预计", "拟"].iter().find_map(|plan| folded.strip_prefix(plan)).unwrap_or(&folded);
    LABELS.columns.contains(&bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_columns() {
        let cases = [
            ("牵头单位", Some(SlotRole::Lead)),
            ("内牵头处室", Some(SlotRole::Lead)),
            ("牵头（责任）单位", Some(SlotRole::Lead)),
            ("责 任\n部 门", Some(SlotRole::Responsible)),
            ("责任科室：", Some(SlotRole::Responsible)),
            ("责任单位及责任人", Some(SlotRole::Responsible)),
            ("配合单位", Some(SlotRole::Support)),
            ("完成时限", Some(SlotRole::Time)),
            ("进度安排", Some(SlotRole::Time)),
            ("责任人", Some(SlotRole::Person)),
            ("牵头领导", Some(SlotRole::Person)),
            ("工作内容", None),
            ("单位", None),
            ("", None),
        ];
        for (head, role) in cases {
            assert_eq!(role_of(head), role, "{head}");
        }
    }
}
