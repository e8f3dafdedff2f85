//! Lines of running text to paragraphs.

use std::ops::Range;

use duban_document::{Alignment, Block, JoinedText, JoinedTextBuilder, Paragraph, numeral};

use super::flow::{self, End, FlowLine};
use super::furniture;
use super::join;
use super::lines::{Lines, PrintedLine};
use super::marks;
use super::wrap::{CENTRED, INDENT, SLACK, Wrap};

/// Columns of a page of GB/T 9704, 28 characters, where the text does not show its own measure.
const PAGE: u32 = 56;

/// Paragraphs of `lines`, each with the index of its first line.
pub(crate) fn assemble(lines: &Lines<'_>) -> Vec<(usize, Block)> {
    let (indices, flow) = flow::flow(lines);
    let printed = |at: usize| indices.get(at).and_then(|&index| Some((index, lines.all.get(index)?)));
    let placed = (0..flow.len()).filter_map(printed).zip(&flow);
    let on_paper = || lines.paper.map(|columns| Wrap::of_paper(&flow, columns));
    let Some(wrap) = Wrap::of(&flow).or_else(on_paper) else {
        return placed_unwrapped(lines, placed);
    };
    let mut drafts: Vec<Draft> = Vec::new();
    for (((index, printed), line), opens) in placed.zip(join::openings(&wrap, &flow)) {
        match drafts.last_mut() {
            Some(draft) if !opens => {
                append(&mut draft.text, lines, printed);
                draft.alignment = Alignment::Body;
            }
            _ => {
                let mut text = JoinedText::builder();
                append(&mut text, lines, printed);
                let alignment = alignment(printed, line, (wrap.base, wrap.width), lines.paper.is_some());
                drafts.push(Draft { first: index, text, alignment });
            }
        }
    }
    drafts.into_iter().map(Draft::finish).collect()
}

/// A paragraph in the making.
struct Draft {
    /// Index of its first line.
    first: usize,
    text: JoinedTextBuilder,
    alignment: Alignment,
}

impl Draft {
    fn finish(self) -> (usize, Block) {
        let Self { first, text, alignment } = self;
        (first, Block::Paragraph(Paragraph { text: text.finish(), alignment, heading: None }))
    }
}

/// The paragraphs of text that was not wrapped: a line each, unless the end of a page cut it or the line goes on
/// with what the one above left open. Few lines do not show the measure that they were wrapped to.
fn placed_unwrapped<'l>(
    lines: &Lines<'_>,
    placed: impl Iterator<Item = ((usize, &'l PrintedLine), &'l FlowLine<'l>)>,
) -> Vec<(usize, Block)> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut above: Option<&FlowLine<'_>> = None;
    for ((index, printed), line) in placed {
        let mut parts = unwrapped(lines, index, printed, line).into_iter();
        if above.is_some_and(|above| is_cut(above, line) || is_broken(above, line))
            && let (Some(open), Some(rest)) = (drafts.last_mut(), parts.next())
        {
            open.text.push_joined(&rest.text.finish());
            open.alignment = Alignment::Body;
        }
        drafts.extend(parts);
        above = Some(line);
    }
    drafts.into_iter().map(Draft::finish).collect()
}

/// Whether a page ends inside the sentence that goes on with `line`, as far as its first half tells: a list
/// or a clause is open, or a number lacks what it counts (于7 | 月中旬).
fn is_cut(above: &FlowLine<'_>, line: &FlowLine<'_>) -> bool {
    let is_open = || matches!(above.end, End::Comma | End::Open);
    let counts = || {
        above.text.ends_with(|c| numeral::arabic_digit(c).is_some())
            && line.text.starts_with(furniture::is_counted)
    };
    line.opens_page && !line.parted && line.label.is_none() && (is_open() || counts())
}

/// Whether `line` goes on inside what `above` left open, as far as the two tell without a measure.
fn is_broken(above: &FlowLine<'_>, line: &FlowLine<'_>) -> bool {
    // Fields of one bracket may have a line each: （牵头单位：县财政局 | 配合单位：县审计局）.
    let is_field = || {
        let last = above.text.rsplit(['（', '(', '【']).next();
        let next = line.text.split(['）', ')', '】']).next();
        [last, next].into_iter().flatten().all(|field| field.contains(['：', ':']))
    };
    let may_go_on = line.label.is_none() && !line.parted && line.blanks <= 1 && line.left < CENTRED;
    may_go_on && join::goes_on(above, line) && !is_field()
}

/// The paragraphs of a line of text that was not wrapped: one, unless it marks several.
fn unwrapped(lines: &Lines<'_>, index: usize, printed: &PrintedLine, line: &FlowLine<'_>) -> Vec<Draft> {
    let parts = marks::parts(line.text);
    let alignment = if parts.len() == 1 {
        alignment(printed, line, (0, PAGE), lines.paper.is_some())
    } else {
        Alignment::Body
    };
    let start = printed.content.start;
    let paragraph = |part: Range<usize>| {
        let mut text = JoinedText::builder();
        push_uncut(&mut text, lines, printed, start + part.start..start + part.end);
        Draft { first: index, text, alignment }
    };
    parts.into_iter().map(paragraph).collect()
}

/// Appends a line to the paragraph it runs on from: only two Latin words need a space between them.
fn append(builder: &mut JoinedTextBuilder, lines: &Lines<'_>, line: &PrintedLine) {
    if needs_space(builder.as_str(), lines.content(line)) {
        builder.push_glue(" ");
    }
    push_uncut(builder, lines, line, line.content.clone());
}

/// Whether a wrap between `before` and `after` stood for a space: between two Latin words only.
pub(crate) fn needs_space(before: &str, after: &str) -> bool {
    before.ends_with(|c: char| c.is_ascii_alphabetic() || ",.;:)".contains(c))
        && after.starts_with(|c: char| c.is_ascii_alphabetic())
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
fn alignment(
    printed: &PrintedLine,
    line: &FlowLine<'_>,
    (base, page): (u32, u32),
    on_paper: bool,
) -> Alignment {
    let (left, right) = (line.left.saturating_sub(base), page.saturating_sub(line.right));
    let overflows = line.right > page + SLACK && line.left < page / 2;
    if line.label.is_some() || line.end == End::Sentence || overflows {
        Alignment::Body
    } else if on_paper && left >= INDENT && left.abs_diff(right) <= 1 {
        // Only a printed page shows both margins.
        Alignment::Centre
    } else if left >= CENTRED {
        if left > right + 8 { Alignment::Right } else { Alignment::Centre }
    } else if printed.trailing >= SLACK && line.right + SLACK < page && line.end == End::Word {
        Alignment::Right
    } else {
        Alignment::Body
    }
}
