//! Lines of running text to paragraphs.

use std::collections::BTreeMap;
use std::ops::Range;

use duban_document::label::LabelStyle;
use duban_document::{Alignment, Block, JoinedText, JoinedTextBuilder, Paragraph};

use super::flow::{self, End, FlowLine};
use super::lines::{Lines, PrintedLine};
use super::marks;
use super::wrap::{SLACK, Wrap};

/// Columns of an indent that opens a paragraph: two full-width spaces, less what rounding takes.
const INDENT: u32 = 3;
/// Columns from the margin where a line is no longer indented but centred or flush right.
const CENTRED: u32 = 7;
/// Columns of a page of GB/T 9704, 28 characters, where the text does not show its own measure.
const PAGE: u32 = 56;

/// Paragraphs of `lines`, each with the index of its first line.
pub(crate) fn assemble(lines: &Lines<'_>) -> Vec<(usize, Block)> {
    let flow = flow::flow(lines);
    let Some(wrap) = Wrap::of(&flow) else {
        return flow.iter().flat_map(|line| unwrapped(lines, line)).collect();
    };
    let mut paragraphs = Vec::new();
    let mut series = Series::default();
    let mut start = 0;
    for index in 0..flow.len() {
        let opens = index == 0 || opens_paragraph(&wrap, lines, &flow, start, index, &series);
        if opens && index > start {
            push(lines, &flow[start..index], &wrap, &mut paragraphs);
            start = index;
        }
        if opens {
            series.note(&flow[index]);
        }
    }
    push(lines, flow.get(start..).unwrap_or_default(), &wrap, &mut paragraphs);
    paragraphs
}

/// The paragraphs of a line of text that was not wrapped: one, unless it marks several.
fn unwrapped<'a>(lines: &'a Lines<'_>, line: &'a FlowLine) -> impl Iterator<Item = (usize, Block)> + 'a {
    let printed = lines.lines.get(line.index);
    let parts = printed.map(|printed| marks::parts(lines.content(printed))).unwrap_or_default();
    let alone = parts.len() == 1;
    parts.into_iter().filter_map(move |part| {
        let printed = printed?;
        let start = printed.content.start;
        let mut builder = JoinedText::builder();
        push_uncut(&mut builder, lines, printed, start + part.start..start + part.end);
        let alignment = if alone { alignment(lines, line, 0, PAGE) } else { Alignment::Body };
        Some((line.index, Block::Paragraph(Paragraph { text: builder.finish(), alignment, heading: None })))
    })
}

/// The last value of each style of label that opened a paragraph.
#[derive(Default)]
struct Series(BTreeMap<LabelStyle, u32>);

impl Series {
    fn note(&mut self, line: &FlowLine) {
        if let Some(label) = line.label {
            self.0.insert(label.style, label.value);
        }
    }

    /// Whether the line's label is the first of a series or goes on where one stopped, a skipped
    /// number or two apart.
    fn goes_on_with(&self, line: &FlowLine) -> bool {
        line.label.is_some_and(|label| {
            let last = self.0.get(&label.style).copied().unwrap_or(0);
            label.value == 1 || (last + 1..=last + 3).contains(&label.value)
        })
    }
}

/// Whether line `index` of the flow opens a paragraph rather than running on from the one that began
/// at `start`.
fn opens_paragraph(
    wrap: &Wrap,
    lines: &Lines<'_>,
    flow: &[FlowLine],
    start: usize,
    index: usize,
    series: &Series,
) -> bool {
    let (last, line) = (&flow[index - 1], &flow[index]);
    let clearly_short = wrap.is_short(last, index - 1 == start, line, SLACK);
    if line.after_table || line.left.saturating_sub(wrap.base) >= INDENT {
        return true;
    }
    if last.left.saturating_sub(wrap.base) >= CENTRED {
        return true;
    }
    if line.label.is_some() {
        return clearly_short || label_opens(wrap, last, line, series);
    }
    if line.blanks > 0 && !wrap.double_spaced && !line.opens_page {
        return true;
    }
    match last.end {
        End::Comma | End::Open => false,
        End::Word if closes_bracket(lines, last, line) => false,
        End::Word => clearly_short,
        End::Sentence | End::Clause | End::Closed => {
            wrap.is_short(last, index - 1 == start, line, 0) || wrap.is_first_line(line, flow.get(index + 1))
        }
    }
}

/// Whether a label opens a paragraph behind the full line `last`, rather than standing at the
/// beginning of a line by chance.
fn label_opens(wrap: &Wrap, last: &FlowLine, line: &FlowLine, series: &Series) -> bool {
    match last.end {
        End::Comma | End::Open => false,
        _ if wrap.is_no_first_line(line) => false,
        End::Sentence => true,
        End::Clause | End::Closed | End::Word => series.goes_on_with(line),
    }
}

/// Whether `line` closes a bracket that `last` left open.
fn closes_bracket(lines: &Lines<'_>, last: &FlowLine, line: &FlowLine) -> bool {
    let text = |line: &FlowLine| lines.lines.get(line.index).map_or("", |line| lines.content(line));
    let pairs = [('（', '）'), ('《', '》'), ('“', '”'), ('【', '】'), ('(', ')'), ('〔', '〕')];
    let (before, after) = (text(last), text(line));
    pairs.iter().any(|&(open, close)| {
        let is_open = before.rfind(open) > before.rfind(close);
        is_open && after.find(close).is_some_and(|end| !after[..end].contains(open))
    })
}

fn push(lines: &Lines<'_>, flow: &[FlowLine], wrap: &Wrap, into: &mut Vec<(usize, Block)>) {
    let Some(first) = flow.first() else { return };
    let mut builder = JoinedText::builder();
    for line in flow {
        let Some(printed) = lines.lines.get(line.index) else { continue };
        append(&mut builder, lines, printed);
    }
    let alignment =
        if flow.len() == 1 { alignment(lines, first, wrap.base, wrap.width) } else { Alignment::Body };
    let paragraph = Paragraph { text: builder.finish(), alignment, heading: None };
    into.push((first.index, Block::Paragraph(paragraph)));
}

/// Appends a line to the paragraph it runs on from: only two Latin words need a space between them.
fn append(builder: &mut JoinedTextBuilder, lines: &Lines<'_>, line: &PrintedLine) {
    let next = lines.content(line).chars().next();
    let ends_word = builder.as_str().ends_with(|c: char| c.is_ascii_alphabetic() || ",.;:)".contains(c));
    if ends_word && next.is_some_and(|c| c.is_ascii_alphabetic()) {
        builder.push_glue(" ");
    }
    push_uncut(builder, lines, line, line.content.clone());
}

/// Appends `range` of the clean text, page furniture that ran into the line left out.
fn push_uncut(builder: &mut JoinedTextBuilder, lines: &Lines<'_>, line: &PrintedLine, range: Range<usize>) {
    match &line.cut {
        Some(cut) if range.start <= cut.start && cut.end <= range.end => {
            builder.push_part(lines.clean, range.start..cut.start);
            builder.push_part(lines.clean, cut.end..range.end);
        }
        _ => builder.push_part(lines.clean, range),
    }
}

/// How a paragraph of one line stands between the margins `base` and `page`.
fn alignment(lines: &Lines<'_>, line: &FlowLine, base: u32, page: u32) -> Alignment {
    let (left, right) = (line.left.saturating_sub(base), page.saturating_sub(line.right));
    let trailing = lines.lines.get(line.index).map_or(0, |line| line.trailing);
    if line.label.is_some() || line.end == End::Sentence {
        Alignment::Body
    } else if left >= CENTRED {
        if left > right + 8 { Alignment::Right } else { Alignment::Centre }
    } else if trailing >= SLACK && line.right + SLACK < page && line.end == End::Word {
        Alignment::Right
    } else {
        Alignment::Body
    }
}
