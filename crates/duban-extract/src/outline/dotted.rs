//! Numbers without a mark of their own: dotted ones (1.1, 2.1.3), which emergency and technical plans number
//! their sections by, and bare ones (1 总则, 2整治).
//!
//! Neither says anything alone: a dotted number may be a decimal, a version or a reference, a bare one counts
//! what follows. They are labels where paragraphs begin with a run of them: 1.1, 1.2 and so on, of one
//! prefix, from 1 without a gap; 1 and 2 at least.

use duban_document::label::{Label, LabelStyle, Mark};
use duban_document::numeral;
use foldhash::{HashMap, HashMapExt};

use super::pieces::{Piece, Region};

/// Digits of one part.
const MOST_DIGITS: usize = 2;
/// Most parts of a label.
const MOST_PARTS: usize = 3;
/// Characters of a heading whose number has no mark (1 总则).
const LONGEST_HEADING: usize = 24;

/// A number at the head of a paragraph.
struct Head {
    piece: usize,
    parts: Vec<u32>,
    len: usize,
    /// Whether words without a mark follow it, as in a heading.
    is_heading: bool,
    /// Whether a whole number may count what follows (4 人事档案): it only goes on with a run.
    may_count: bool,
    /// Whether white space stands behind it.
    spaced: bool,
}

/// The labels without a mark of a region by the index of their paragraph.
pub(super) fn series(region: &Region<'_>) -> HashMap<usize, Label> {
    let mut dotted: HashMap<Vec<u32>, Vec<Head>> = HashMap::new();
    let mut bare: Vec<Head> = Vec::new();
    // Whether 1.1 stands right below its 1.
    let mut below = false;
    for (piece, text) in region.pieces.iter().enumerate() {
        let Piece::Paragraph(text) = text else { continue };
        let Some((parts, len)) = read(text.as_str().trim_start()) else { continue };
        let rest = text.as_str().trim_start().get(len..).unwrap_or_default();
        let spaced = rest.starts_with(char::is_whitespace);
        let may_count = is_counted(rest.trim_start());
        let head = Head { piece, parts, len, is_heading: is_heading(rest), may_count, spaced };
        match head.parts.split_last() {
            Some((value, prefix)) if !prefix.is_empty() => {
                let run = dotted.entry(prefix.to_vec()).or_default();
                if run.len() + 1 == *value as usize {
                    below |= run.is_empty() && bare.last().is_some_and(|last| last.parts == prefix);
                    run.push(head);
                }
            }
            _ => bare.push(head),
        }
    }
    // One number alone (1.1 under 1) is a label only in a plan that numbers so elsewhere.
    let is_dotted = dotted.values().any(|run| run.len() > 1);
    let bare = if is_dotted || below { headings(bare) } else { runs(bare) };
    let is_dotted = is_dotted || below && bare.len() > 1;
    let dotted = dotted.into_values().flatten().filter(|_| is_dotted);
    dotted.chain(bare).map(|head| (head.piece, head.label())).collect()
}

/// Of the whole numbers above dotted ones those of headings, from 1 without a gap.
fn headings(heads: Vec<Head>) -> Vec<Head> {
    let mut kept: Vec<Head> = Vec::new();
    for head in heads.into_iter().filter(|head| head.is_heading && !head.may_count) {
        if head.value() as usize == kept.len() + 1 {
            kept.push(head);
        }
    }
    kept
}

/// The whole numbers that count on from 1: 1, 2, and again 1, 2, 3 under the next heading.
fn runs(heads: Vec<Head>) -> Vec<Head> {
    let mut runs: Vec<Vec<Head>> = Vec::new();
    for head in heads {
        match runs.last_mut() {
            Some(run) if run.len() + 1 == head.value() as usize && head.goes_on(run) => run.push(head),
            _ if head.value() == 1 && !head.may_count => runs.push(vec![head]),
            _ => {}
        }
    }
    runs.into_iter().filter(|run| run.len() > 1).flatten().collect()
}

impl Head {
    fn value(&self) -> u32 {
        self.parts.last().copied().unwrap_or(0)
    }

    /// Whether the number goes on with `run`, whose numbers look as it does: of a quantity that must be plain.
    fn goes_on(&self, run: &[Self]) -> bool {
        !self.may_count || self.spaced && run.len() > 1 && run.iter().all(|head| head.spaced)
    }

    fn label(&self) -> Label {
        let style = match self.parts.len() {
            1 => LabelStyle::Arabic,
            2 => LabelStyle::Dotted,
            _ => LabelStyle::DottedTwice,
        };
        Label { style, value: self.value(), mark: Mark::Own, len: self.len }
    }
}

/// The parts of the number that opens `text` before a word, and its length.
fn read(text: &str) -> Option<(Vec<u32>, usize)> {
    let mut parts = Vec::new();
    let mut at = 0;
    loop {
        let rest = text.get(at..)?;
        let digits = rest.find(|c: char| numeral::arabic_digit(c).is_none()).unwrap_or(rest.len());
        if digits == 0 || rest.get(..digits)?.chars().count() > MOST_DIGITS {
            break;
        }
        parts.push(numeral::parse(rest.get(..digits)?)?);
        at += digits;
        let Some(dot) = text.get(at..)?.chars().next().filter(|c| matches!(c, '.' | '．')) else { break };
        at += dot.len_utf8();
    }
    if parts.is_empty() || parts.len() > MOST_PARTS {
        return None;
    }
    let rest = text.get(at..)?;
    let word = rest.trim_start();
    let opens_word =
        word.starts_with(|c| matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{2160}'..='\u{216b}' | '“' | '《'));
    let is_label = if parts.len() == 1 {
        !text.get(..at)?.ends_with(['.', '．']) && !is_row(rest)
    } else {
        !word.starts_with(is_unit)
    };
    (is_label && opens_word).then_some((parts, at))
}

fn is_heading(text: &str) -> bool {
    text.chars().nth(LONGEST_HEADING).is_none() && !text.contains(['。', '；', '，'])
}

/// Whether `text` is parted as the cells of a row are: by wide gaps, or into three words and more that make
/// no sentence (清淤 县水利局 6月底), or into words and a figure (白鹭桥 300).
fn is_row(text: &str) -> bool {
    let text = text.trim();
    let mut words = text.split_whitespace().skip(1);
    let figure = |word: &str| word.chars().all(|c| numeral::arabic_digit(c).is_some());
    text.contains('\t')
        || text.matches("  ").nth(1).is_some()
        || (!text.contains('。') && words.next().is_some_and(|word| figure(word) || words.next().is_some()))
}

/// Whether `c` behind a dotted number makes it a quantity.
fn is_unit(c: char) -> bool {
    "万亿千百元倍米公吨平个度年版至到".contains(c)
}

/// Whether what follows a whole number is counted by it: 2 名, 24 小时, but not 2 项目建设.
fn is_counted(word: &str) -> bool {
    const MEASURES: &str =
        "个名年月日次项类家人万亿千百种号批期天份条所处元级户周季旬倍米吨岁版至到比届套台辆座栋件场";
    const UNITS: [&str; 9] = ["小时", "分钟", "公里", "公斤", "公顷", "平方", "立方", "度", "学期"];
    const WORDS: [&str; 21] = [
        "项目", "人员", "人才", "人居", "人口", "家庭", "条件", "处置", "处理", "级别", "类别", "期限",
        "名单", "日常", "月度", "年度", "季度", "周边", "场所", "所有", "号召",
    ];
    let is_measure =
        word.starts_with(|c| MEASURES.contains(c)) || UNITS.iter().any(|unit| word.starts_with(unit));
    is_measure && !WORDS.iter().any(|noun| word.starts_with(noun))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_before_words() {
        assert_eq!(read("1.1目的依据"), Some((vec![1, 1], 3)));
        assert_eq!(read("2.1.3 应急响应"), Some((vec![2, 1, 3], 5)));
        assert_eq!(read("1.2. 适用范围"), Some((vec![1, 2], 4)));
        assert_eq!(read("1.1项目概况"), Some((vec![1, 1], 3)));
        assert_eq!(read("1 总则"), Some((vec![1], 1)));
        assert_eq!(read("1 项任务"), Some((vec![1], 1)));
        assert_eq!(read("1总则"), Some((vec![1], 1)));
        assert_eq!(read("2 项目建设"), Some((vec![2], 1)));
        assert_eq!(read("3     清河道   县水利局   6月底"), None);
        assert_eq!(read("3 清河道 县水利局 6月底"), None);
        assert_eq!(read("3 白鹭桥 300"), None);
        assert_eq!(read("3 清河道 县水利局要于6月底前 完成。"), Some((vec![3], 1)));
        assert_eq!(read("1.1亿元"), None);
        assert_eq!(read("1.总则"), None);
    }
    #[test]
    fn what_a_number_counts() {
        for word in ["项任务", "月底前", "小时内到场", "名网格员", "人以上", "度"] {
            assert!(is_counted(word), "{word}");
        }
        for word in ["项目建设", "人员管理", "总则", "月度计划"] {
            assert!(!is_counted(word), "{word}");
        }
    }
}
