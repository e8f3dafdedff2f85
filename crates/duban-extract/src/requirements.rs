//! Which sentences ask for something, and how they bind.

use std::ops::Range;
use std::sync::LazyLock;

use duban_document::Words;
use duban_record::Modality;

use crate::bodies::lexicon::{Follow, next_follow};
use crate::marks::{Mark, is_close, is_open, trimmed};
use crate::sentences::{Sentence, sentences};
use crate::slots::opens_with_label;
use crate::units;

/// A sentence that asks for something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FoundRequirement {
    /// In the item's text.
    pub(crate) range: Range<usize>,
    pub(crate) modality: Modality,
}

/// The sentences of an item's `text`, whose marks are `marks`, that ask for something, also where the last of
/// them lacks its full stop (6月底前公开价格（责任单位：…）).
pub(crate) fn find_requirements(text: &str, marks: &[Mark]) -> Vec<FoundRequirement> {
    let (mut found, unended) = read_sentences(text, marks);
    let command = unended.filter(|range| {
        let sentence = &text[range.clone()];
        is_long(sentence) && units::opens_with_act(sentence, !found.is_empty())
    });
    found.extend(command.map(|range| FoundRequirement { range, modality: Modality::Must }));
    found
}

/// The sentences of a `text` outside the outline that ask for something: what lacks its full stop there is a
/// heading. An item plans its meetings; what stands outside tells why there is a notice.
pub(crate) fn find_outside(text: &str, marks: &[Mark]) -> Vec<FoundRequirement> {
    let mut found = read_sentences(text, marks).0;
    found.retain(|found| !tells_of_meeting(&text[found.range.clone()]));
    found
}

/// The sentences of `text` that ask for something, and the last one that has no full stop and may do so.
///
/// Headings, lists of responsible bodies and sentences that report what has been done ask for
/// nothing.
fn read_sentences(text: &str, marks: &[Mark]) -> (Vec<FoundRequirement>, Option<Range<usize>>) {
    let (mut found, mut unended) = (Vec::new(), None);
    for Sentence { range, colon } in sentences(text, marks) {
        let range = trimmed(text, range, char::is_whitespace);
        let sentence = &text[range.clone()];
        let bare = sentence.trim_end_matches(ENDS);
        if bare.is_empty() || is_label(bare, colon.map(|colon| colon - range.start)) {
            continue;
        }
        let modality = modality(sentence, bare);
        unended = Some(&range).filter(|_| modality.is_none() && bare.len() == sentence.len()).cloned();
        found.extend(modality.map(|modality| FoundRequirement { range, modality }));
    }
    (found, unended)
}

/// Marks that end a sentence.
const ENDS: [char; 4] = ['。', '；', ';', '！'];

/// How `sentence` binds, `bare` being it without its mark; `None` where it does not.
fn modality(sentence: &str, bare: &str) -> Option<Modality> {
    let said = Said::of(bare);
    if said.has(Sense::Forbids) {
        Some(Modality::MustNot)
    } else if said.has(Sense::Obliges) {
        Some(Modality::Must)
    } else if said.has(Sense::Permits) {
        Some(Modality::May)
    } else {
        let command = bare.len() < sentence.len()
            && !(said.has(Sense::Reports) && !requests(bare)
                || said.has(Sense::Is) && defines(bare)
                || said.has(Sense::Quotes) && quotes(bare)
                || announces(bare)
                || names_matter(bare))
            && is_long(bare);
        command.then_some(Modality::Must)
    }
}

/// A bracket or a line that only names bodies or times; the first colon stands at byte `colon` of it.
fn is_label(sentence: &str, colon: Option<usize>) -> bool {
    let bracket = sentence.starts_with(['（', '(', '【', '[']) && sentence.ends_with(['）', ')', '】', ']']);
    bracket || colon.is_some_and(|colon| may_end_label(&sentence[..colon])) && opens_with_label(sentence)
}

/// Whether what stands before a colon is no longer than a label.
fn may_end_label(head: &str) -> bool {
    /// Characters of the longest label, its bracket and its colon.
    const LONGEST_LABEL: usize = 10;
    head.len() < LONGEST_LABEL * char::MAX.len_utf8() && head.chars().count() < LONGEST_LABEL
}

/// Which senses the words of a sentence have, each at its place in [`Sense`].
struct Said([bool; Sense::Nothing as usize + 1]);

impl Said {
    fn of(sentence: &str) -> Self {
        let mut said = Self([false; Sense::Nothing as usize + 1]);
        WORDS.each_at_head(sentence, |sense| said.0[sense as usize] = true);
        said
    }

    fn has(&self, sense: Sense) -> bool {
        self.0[sense as usize]
    }
}

/// What a word says.
#[derive(Clone, Copy)]
enum Sense {
    Forbids,
    Obliges,
    Permits,
    Reports,
    /// 是.
    Is,
    /// 据.
    Quotes,
    /// A word in which a modal character is none: 要求, 应急.
    Nothing,
}

const FORBIDDING: [&str; 5] = ["严禁", "不得", "禁止", "不准", "严防"];
const OBLIGING: [&str; 7] = ["必须", "务必", "应当", "要", "应", "须", "需"];
const PERMITTING: [&str; 4] = ["可以", "鼓励", "允许", "可"];
/// What has been done, or what is meant.
const REPORTING: [&str; 12] = [
    "召开了",
    "已经",
    "了一",
    "取得了",
    "成立了",
    "制定了",
    "以来，",
    "以来,",
    "是指",
    "包括：",
    "主要包括",
    "高度重视",
];
/// Words in which 要, 应, 需 and 可 are no modals.
const PLAIN: [&str; 51] = [
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
    "首要",
    "摘要",
    "可追溯",
    "可溯源",
    "可再生",
    "可复制",
    "可复制可推广",
    "可复制、可推广",
    "可支配",
    "可燃",
    "可降解",
    "可回收物",
    "可量化",
    "可操作性",
    "自主可控",
    "安全可控",
    "不可移动",
    "不可抗",
    "不可或缺",
    "缺一不可",
    "必不可少",
];

/// All those words: of words that begin at one place the longest counts, and a word that begins earlier hides
/// those inside it.
static WORDS: LazyLock<Words<Sense>> = LazyLock::new(|| {
    let groups: [(&[&str], Sense); 7] = [
        (&FORBIDDING, Sense::Forbids),
        (&OBLIGING, Sense::Obliges),
        (&PERMITTING, Sense::Permits),
        (&REPORTING, Sense::Reports),
        (&["是"], Sense::Is),
        (&["据"], Sense::Quotes),
        (&PLAIN, Sense::Nothing),
    ];
    let words = groups.into_iter().flat_map(|(words, sense)| words.iter().map(move |word| (*word, sense)));
    Words::of_heads(words)
});

/// Whether a clause behind the first asks: 《…》已经县政府同意，现印发给你们，请认真执行.
fn requests(sentence: &str) -> bool {
    let asks = |clause: &str| {
        let request = clause.trim_start().strip_prefix('请');
        request.is_some_and(|words| !words.starts_with(['示', '求', '假']))
    };
    sentence.split(['，', ',']).skip(1).any(asks)
}

/// Whether the first clause, a time before it apart, says what something is: 2021年，总体思路是….
fn defines(sentence: &str) -> bool {
    let mut clauses = sentence.split(['，', ',', '、']).skip_while(|clause| is_time(clause));
    // 县级项目（主要是道路）开工: what a bracket explains is another matter.
    let says = |clause: &str| {
        let end = clause.find(is_open).unwrap_or(clause.len());
        let behind = clause.rfind(is_close).filter(|close| *close > end).unwrap_or(clause.len());
        clause[..end].contains('是') || clause[behind..].contains('是')
    };
    clauses.next().is_some_and(|clause| says(clause) && !clause.contains("一是"))
}

/// Whether `clause` is nothing but a time: 2021年3月1日上午.
fn is_time(clause: &str) -> bool {
    let clause = clause.trim_end_matches("上午").trim_end_matches("下午");
    clause.ends_with(['年', '月', '日'])
        && clause.starts_with(|c: char| c.is_ascii_digit())
        && clause.chars().all(|c| c.is_ascii_digit() || matches!(c, '年' | '月' | '日') || c.is_whitespace())
}

/// Whether the sentence says by whom something is known: 据气象台预测，….
fn quotes(sentence: &str) -> bool {
    const KNOWN: [&str; 8] = ["预测", "预报", "统计", "测算", "监测", "通报", "反映", "了解"];
    let mut clauses = sentence.split(['，', ',']).filter(|clause| clause.starts_with('据'));
    clauses.any(|clause| KNOWN.iter().any(|word| clause.ends_with(word)))
}

/// Whether the sentence is the name of a matter without a verb, one of a list: 粉尘涉爆企业。 土地平整工程。
fn names_matter(sentence: &str) -> bool {
    const MATTERS: [&str; 9] = ["情况", "项目", "工程", "企业", "负责人", "单位", "人员", "问题", "行为"];
    if !MATTERS.iter().any(|end| sentence.ends_with(end)) || sentence.contains(['，', ',', '将', '把', '对'])
    {
        return false;
    }
    // 管理 and the like stand in names, but not at their heads.
    let mut words =
        std::iter::successors(next_follow(sentence, 0), |(_, word)| next_follow(sentence, word.end));
    words.all(|(kind, word)| match kind {
        Follow::Nothing => true,
        Follow::NameVerb => word.start > 0,
        _ => false,
    })
}

/// Whether the sentence only says what follows: …，现将有关事项通知如下.
fn announces(sentence: &str) -> bool {
    let clause = || sentence.rsplit(['，', ',']).next().unwrap_or_default();
    sentence.trim_end_matches(['：', ':']).ends_with("如下")
        && ["现将", "现就", "特"].iter().any(|word| clause().starts_with(word))
        && !sentence.contains('请')
}

/// Whether a sentence of the notice tells of a meeting that was held: 3月1日，县政府召开会议，研究….
fn tells_of_meeting(sentence: &str) -> bool {
    let day =
        sentence.split(['，', ',']).next().is_some_and(|clause| clause.contains('日') && is_time(clause));
    day && sentence.contains("召开") && !sentence.contains('请')
}

fn is_long(sentence: &str) -> bool {
    const SHORTEST_COMMAND: usize = 6;
    sentence.chars().nth(SHORTEST_COMMAND - 1).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marks::find_marks;

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
            ("完善公开目录（责任单位：县数据局）", Some(Modality::Must)),
            ("9月底前公开收费目录", Some(Modality::Must)),
            ("建成县级专区（以下简称专区）并开放。", Some(Modality::Must)),
            ("县级项目（主要是道路）全部开工。", Some(Modality::Must)),
            ("本表是年度任务（草案）的汇总。", None),
            ("公开目录管理制度", None),
        ] {
            let found = find_requirements(sentence, &find_marks(sentence));
            assert_eq!(found.first().map(|found| found.modality), expected, "{sentence}");
        }
    }
}
