//! The title of an item: its first sentence, or its heading where that runs into the body.

use std::ops::Range;
use std::sync::LazyLock;

use duban_document::JoinedText;

use crate::marks::{is_han, non_han, trimmed};
use duban_document::Words;

/// The title of an item whose text (label apart) is `text`.
///
/// It is the first sentence, up to the first 。 or the end of the first paragraph, without its final
/// mark. Where a heading runs into its body without a mark (总体要求以…为指导，…), it ends at the first
/// space, else before the word that opens the body.
pub(crate) fn of_item(text: &JoinedText) -> JoinedText {
    let sentence = sentence_range(text.as_str());
    let printed = text.as_str().get(sentence.clone()).unwrap_or_default();
    let title = match phase_end(printed).or_else(|| heading_end(printed)) {
        Some(end) => bare(text.as_str(), sentence.start..sentence.start + end),
        None => sentence,
    };
    text.part(title)
}

/// `text` without the blanks that only spread its heading over the line: 总  则.
pub(crate) fn gathered(text: JoinedText) -> JoinedText {
    /// Characters that are spread at most; a longer heading fills its line.
    const LONGEST_SPREAD: usize = 6;
    let printed = text.as_str();
    // Nearly all headings go on behind their first letter.
    if !printed.chars().nth(1).is_some_and(char::is_whitespace) {
        return text;
    }
    let end = printed.find('\n').unwrap_or(printed.len());
    let letters = || printed.get(..end).unwrap_or_default().split_whitespace();
    let alone = |letter: &str| {
        letter.starts_with(is_han) && letter.len() == letter.chars().next().map_or(0, char::len_utf8)
    };
    if !(2..=LONGEST_SPREAD).contains(&letters().take(LONGEST_SPREAD + 1).count()) || !letters().all(alone) {
        return text;
    }
    let mut gathered = JoinedText::builder();
    for (at, letter) in printed.char_indices().take_while(|(at, _)| *at < end) {
        if !letter.is_whitespace() {
            gathered.push_part(&text, at..at + letter.len_utf8());
        }
    }
    gathered.push_part(&text, end..printed.len());
    gathered.finish()
}

/// The first sentence of `text` without its final mark.
pub(crate) fn first_sentence(text: &JoinedText) -> JoinedText {
    text.part(sentence_range(text.as_str()))
}

fn sentence_range(printed: &str) -> Range<usize> {
    let mut nesting = 0usize;
    let mut end = printed.len();
    for (offset, c) in non_han(printed) {
        match c {
            '“' | '（' | '《' | '(' => nesting += 1,
            '”' | '）' | '》' | ')' => nesting = nesting.saturating_sub(1),
            '\n' => {
                end = offset;
                break;
            }
            '。' if nesting == 0 => {
                end = offset;
                break;
            }
            _ => {}
        }
    }
    bare(printed, 0..end)
}

/// The part of `range` without white space and marks of the end.
fn bare(printed: &str, range: Range<usize>) -> Range<usize> {
    let range = trimmed(printed, range, char::is_whitespace);
    let bare = printed.get(range.clone()).unwrap_or_default().trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '。' | '；' | ';' | '：' | ':' | '，' | '、' | '.' | '．')
    });
    range.start..range.start + bare.len()
}

/// Words that end a heading which may run into its body.
static HEADING_ENDS: LazyLock<Words<()>> =
    LazyLock::new(|| Words::of_ends(HEADING_WORDS.map(|word| (word, ()))));

const HEADING_WORDS: [&str; 26] = [
    "思想", "要求", "目标", "原则", "任务", "措施", "领导", "保障", "步骤", "安排", "意义", "范围", "内容",
    "时限", "机制", "方式", "形式", "依据", "背景", "职责", "体系", "方法", "时间", "对象", "总则", "方案",
];

/// Words that open the body behind a heading.
static BODY_OPENERS: LazyLock<Words<()>> =
    LazyLock::new(|| Words::of_heads(BODY_WORDS.map(|word| (word, ()))));

const BODY_WORDS: [&str; 12] =
    ["以", "为", "按照", "到", "各", "一是", "坚持", "深入", "全面", "紧紧", "根据", "通过"];

/// Where the heading of a phase with its time ends, 宣传发动阶段（3月—4月）, where the body runs on.
pub(crate) fn phase_end(sentence: &str) -> Option<usize> {
    /// Characters of the body at least.
    const SHORTEST_BODY: usize = 6;
    /// Bytes of the heading at most.
    const LONGEST_HEADING: usize = 60;
    let head = sentence.get(..sentence.floor_char_boundary(LONGEST_HEADING)).unwrap_or_default();
    let mut brackets = non_han(head).filter(|(_, mark)| matches!(mark, '（' | '('));
    let first = brackets.next()?;
    // A narrow bracket counts where there is no wide one.
    let wide = if first.1 == '（' { Some(first) } else { brackets.find(|(_, mark)| *mark == '（') };
    let (open, _) = wide.unwrap_or(first);
    let phase = ["阶段", "步骤", "环节", "时段"].iter().any(|word| sentence[..open].ends_with(word));
    let inside = sentence.get(open..)?.find(['）', ')'])?;
    let (time, body) = sentence.get(open..)?.split_at(inside);
    let body = body.trim_start_matches(['）', ')']);
    let runs_on = body.starts_with(is_han) && body.chars().nth(SHORTEST_BODY - 1).is_some();
    (phase && time.contains(|c: char| c.is_ascii_digit()) && runs_on).then(|| sentence.len() - body.len())
}

/// Where the heading ends that runs into its body without a mark; `None` where there is none.
pub(crate) fn heading_end(sentence: &str) -> Option<usize> {
    const LONGEST_HEADING: usize = 16;
    const SHORTEST_BODY: usize = 24;
    let is_long = |body: &str| body.chars().nth(SHORTEST_BODY - 1).is_some();
    if !is_long(sentence) {
        return None;
    }
    let mut previous: Option<char> = None;
    for (count, (offset, c)) in sentence.char_indices().enumerate() {
        if count > LONGEST_HEADING || matches!(c, '，' | '、' | '：' | ':' | '；' | '“' | '《' | '（' | ',')
        {
            return None;
        }
        let (head, body) = sentence.split_at(offset);
        let parted = || previous.is_some_and(is_han) && body.trim_start().starts_with(is_han);
        let runs_on = || BODY_OPENERS.at_head(body).is_some() && HEADING_ENDS.at_end(head).is_some();
        let ends = count >= 2 && c.is_whitespace() && parted() || count >= 4 && runs_on();
        if ends && is_long(body) {
            return Some(offset);
        }
        previous = Some(c);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_that_spread_a_heading_go() {
        for (printed, expected) in [
            ("总  则", "总则"),
            ("附　　则\n本办法由县数据局解释。", "附则\n本办法由县数据局解释。"),
            ("指 导 思 想", "指导思想"),
            ("主要任务 公开清单", "主要任务 公开清单"),
            ("甲 乙 丙 丁 戊 己 庚", "甲 乙 丙 丁 戊 己 庚"),
            ("总则", "总则"),
            ("", ""),
        ] {
            let mut text = JoinedText::builder();
            text.push_glue(printed);
            assert_eq!(gathered(text.finish()).as_str(), expected);
        }
    }
}
