//! Line breaks inside paragraphs, where nothing was hard-wrapped, to paragraph breaks.

use super::{Break, Part};
use crate::layout::{End, FlowLine};

/// For each line, whether it opens a paragraph.
pub(super) fn openings(parts: &[Part], flow: &[FlowLine<'_>]) -> Vec<bool> {
    let breaks: Vec<Break> = parts.iter().filter_map(Part::line).map(|line| line.before).collect();
    let soft = || breaks.iter().skip(1).zip(flow.windows(2)).filter(|(before, _)| **before == Break::Soft);
    let each = one_paragraph_a_line(soft().map(|(_, pair)| &pair[0]));
    let opens = |before: &Break, pair: &[FlowLine<'_>]| match (before, pair) {
        (Break::Soft, [last, line]) => each || parts_at_label(last, line),
        _ => true,
    };
    let mut openings: Vec<bool> = flow.first().map(|_| true).into_iter().collect();
    openings.extend(breaks.iter().skip(1).zip(flow.windows(2)).map(|(before, pair)| opens(before, pair)));
    openings
}

/// A label opens a paragraph; and a labelled line without any mark is a heading, whose body follows.
fn parts_at_label(last: &FlowLine<'_>, line: &FlowLine<'_>) -> bool {
    let in_sentence = matches!(last.end, End::Comma | End::Open);
    !in_sentence && (line.label.is_some() || last.is_heading())
}

/// Whether line breaks stand between paragraphs all over the page: hardly a line before one breaks
/// off inside a sentence, and a fair part of them hold more than one sentence.
fn one_paragraph_a_line<'a>(broken: impl Iterator<Item = &'a FlowLine<'a>>) -> bool {
    let (mut lines, mut inside, mut full) = (0, 0, 0);
    for line in broken {
        lines += 1;
        inside += usize::from(matches!(line.end, End::Comma | End::Open));
        full += usize::from(line.text.matches('。').nth(1).is_some());
    }
    inside * 10 <= lines && full * 3 >= lines && full > 0
}
