//! Which sentences ask for something, and how they bind.

use std::ops::Range;

use duban_record::Modality;

use crate::sentences::sentences;

/// A sentence that asks for something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FoundRequirement {
    /// In the item's text.
    pub(crate) range: Range<usize>,
    pub(crate) modality: Modality,
}

/// The sentences of `text` that ask for something.
///
/// Headings, lists of responsible bodies and sentences that report what has been done ask for
/// nothing.
pub(crate) fn find_requirements(text: &str) -> Vec<FoundRequirement> {
    sentences(text)
        .into_iter()
        .filter_map(|range| {
            modality(&text[range.clone()]).map(|modality| FoundRequirement { range, modality })
        })
        .collect()
}

/// How `sentence` binds; `None` where it does not.
pub(crate) fn modality(sentence: &str) -> Option<Modality> {
    let bare = sentence.trim_end_matches(['。', '；', ';', '！']);
    if is_label(bare) {
        return None;
    }
    let has = |words: &[&str]| words.iter().any(|word| bare.contains(word));
    if has(&["严禁", "不得", "禁止", "不准", "严防"]) {
        Some(Modality::MustNot)
    } else if has(&["必须", "务必", "应当"]) || modal(bare, &['要', '应', '须', '需']) {
        Some(Modality::Must)
    } else if has(&["可以", "鼓励", "允许"]) || modal(bare, &['可']) {
        Some(Modality::May)
    } else {
        (ends_as_sentence(sentence) && commands(bare)).then_some(Modality::Must)
    }
}

/// A bracket or a line that only names bodies or times.
fn is_label(sentence: &str) -> bool {
    let opens = sentence.starts_with(['（', '(', '【', '[']);
    let closes = sentence.ends_with(['）', ')', '】', ']']);
    (opens && closes) || crate::slots::find_slots(sentence).first().is_some_and(|slot| slot.label.start == 0)
}

/// Words in which the modal characters are none.
const NO_MODALS: [&str; 30] = [
    "要求",
    "主要",
    "重要",
    "需求",
    "需要",
    "应急",
    "应用",
    "响应",
    "供应",
    "要点",
    "必要",
    "适应",
    "相应",
    "对应",
    "纪要",
    "概要",
    "应对",
    "可靠",
    "许可",
    "认可",
    "可行",
    "可持续",
    "可视",
    "可读",
    "可感",
    "效应",
    "反应",
    "要素",
    "应届",
    "所需",
];

/// Whether one of `modals` stands in `sentence` as a verb.
fn modal(sentence: &str, modals: &[char]) -> bool {
    sentence.char_indices().any(|(offset, c)| {
        modals.contains(&c)
            && !NO_MODALS.iter().any(|word| {
                word.char_indices().any(|(inside, letter)| {
                    letter == c
                        && offset >= inside
                        && sentence.get(offset - inside..).is_some_and(|rest| rest.starts_with(word))
                })
            })
    })
}

fn ends_as_sentence(sentence: &str) -> bool {
    sentence.ends_with(['。', '；', ';', '！'])
}

/// Whether a sentence without a modal is a command: it does not report or define.
fn commands(sentence: &str) -> bool {
    const REPORTS: [&str; 12] = [
        "已经",
        "了一",
        "取得了",
        "成立了",
        "制定了",
        "以来，",
        "是指",
        "包括：",
        "主要包括",
        "高度重视",
        "是……",
        "以下简称",
    ];
    let reports = REPORTS.iter().any(|words| sentence.contains(words));
    let defines = sentence
        .split(['，', '、'])
        .next()
        .is_some_and(|clause| clause.contains('是') && !clause.contains("一是"));
    const SHORTEST_COMMAND: usize = 8;
    !reports && !defines && sentence.chars().count() >= SHORTEST_COMMAND
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_sentences_bind() {
        for (sentence, expected) in [
            ("各股室要按季度报送台账。", Some(Modality::Must)),
            ("严禁转载来源不明的信息；", Some(Modality::MustNot)),
            ("可依托便民窗口设立咨询点。", Some(Modality::May)),
            ("梳理公开目录并及时更新。", Some(Modality::Must)),
            ("（责任单位：县数据局）", None),
            ("县里已经成立了工作专班。", None),
            ("基本原则", None),
            ("主要任务和重要指标一览", None),
        ] {
            assert_eq!(modality(sentence), expected, "{sentence}");
        }
    }
}
