//! Dotted labels (1.1, 2.1.3), which emergency and technical plans number their sections by.
//!
//! A dotted number alone says nothing: it may be a decimal, a version or a reference. It is a label
//! where paragraphs begin with a run of them: 1.1, 1.2 and so on, of one prefix, from 1 without a gap.

use std::collections::HashMap;

use duban_document::label::{Label, LabelStyle, Mark};
use duban_document::numeral;

use super::pieces::{Piece, Region};

/// Digits of one part.
const MOST_DIGITS: usize = 2;
/// Most parts of a label.
const MOST_PARTS: usize = 3;
/// Characters of a heading whose number has no mark (1 总则).
const LONGEST_HEADING: usize = 24;

/// A dotted number at the head of a paragraph, or the whole number of a heading above such.
struct Head {
    piece: usize,
    parts: Vec<u32>,
    len: usize,
}

/// The dotted labels of a region by the index of their paragraph, and beside them the whole numbers
/// without a mark that number the headings above.
pub(super) fn series(region: &Region<'_>) -> HashMap<usize, Label> {
    let mut runs: HashMap<Vec<u32>, Vec<Head>> = HashMap::new();
    for (piece, text) in region.pieces.iter().enumerate() {
        let Piece::Paragraph(text) = text else { continue };
        let Some((parts, len)) = read(text.as_str().trim_start()) else { continue };
        let Some((value, prefix)) = parts.split_last() else { continue };
        let run = runs.entry(prefix.to_vec()).or_default();
        if run.len() + 1 == *value as usize {
            run.push(Head { piece, parts, len });
        }
    }
    // One number alone (1.1 under 1) is a label only in a plan that numbers so elsewhere.
    if !runs.iter().any(|(prefix, run)| !prefix.is_empty() && run.len() > 1) {
        return HashMap::new();
    }
    runs.into_values().flatten().map(|head| (head.piece, head.label())).collect()
}

impl Head {
    fn label(&self) -> Label {
        let style = match self.parts.len() {
            1 => LabelStyle::Arabic,
            2 => LabelStyle::Dotted,
            _ => LabelStyle::DottedTwice,
        };
        Label { style, value: self.parts.last().copied().unwrap_or(0), mark: Mark::Own, len: self.len }
    }
}

/// The parts of the dotted number that opens `text` before a word, or of a whole number that opens a
/// heading, and its length.
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
    if parts.is_empty() {
        return None;
    }
    let rest = text.get(at..)?;
    let next = rest.trim_start().chars().next()?;
    let opens_word =
        matches!(next, '\u{4e00}'..='\u{9fff}' | '\u{2160}'..='\u{216b}' | '“' | '《') && !is_unit(next);
    let is_label = match parts.len() {
        1 => {
            rest.starts_with(char::is_whitespace)
                && is_heading(rest)
                && !matches!(next, '月' | '日' | '项' | '名' | '人' | '次' | '家')
                && !text.get(..at)?.ends_with(['.', '．'])
        }
        parts => parts <= MOST_PARTS,
    };
    (is_label && opens_word).then_some((parts, at))
}

fn is_heading(text: &str) -> bool {
    text.chars().nth(LONGEST_HEADING).is_none() && !text.contains(['。', '；', '，'])
}

/// Whether `c` behind a number makes it a quantity.
fn is_unit(c: char) -> bool {
    matches!(
        c,
        '万' | '亿'
            | '千'
            | '百'
            | '元'
            | '倍'
            | '米'
            | '公'
            | '吨'
            | '平'
            | '个'
            | '度'
            | '年'
            | '版'
            | '至'
            | '到'
    )
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
        assert_eq!(read("1 项任务"), None);
        assert_eq!(read("1 总则由县政府办公室负责解释。"), None);
        assert_eq!(read("1.1亿元"), None);
        assert_eq!(read("10月底前"), None);
        assert_eq!(read("1.总则"), None);
    }
}
