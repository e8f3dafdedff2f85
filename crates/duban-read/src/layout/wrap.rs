//! Lines of running text to the measure they were wrapped to, if they were.
//!
//! Hard-wrapped text shows itself over the whole document: most long lines end at the same column
//! and in the middle of a sentence. Extraction often drops the indent of first lines, which then are
//! two characters shorter than the others; that is the only sign of a paragraph that follows a line
//! which happens to be full.

use super::flow::{End, FlowLine};

/// The measure of hard-wrapped text, in columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wrap {
    /// Where lines begin.
    pub(crate) base: u32,
    /// Where full lines end.
    pub(crate) width: u32,
    /// Where the first lines of paragraphs end: before `width` when their indent was dropped.
    pub(crate) first: u32,
    /// Whether the first lines of paragraphs are indented, so that a line which is not goes on.
    pub(crate) indented: bool,
    /// Whether a blank line follows every printed line, and so says nothing.
    pub(crate) double_spaced: bool,
}

/// Columns that a full line may fall short of the measure: a long word, a mark moved down.
pub(crate) const SLACK: u32 = 4;
/// Columns that a line may pass the measure: marks squeezed in or hanging.
const OVERHANG: u32 = 4;
/// Columns of an indent that opens a paragraph: two full-width spaces, less what rounding takes.
pub(crate) const INDENT: u32 = 3;
/// Columns from the margin where a line is no longer indented but centred or flush right.
pub(crate) const CENTRED: u32 = 7;
/// Shorter lines say nothing about the measure.
const LONG: u32 = 24;
/// Lines that break off at the measure; fewer may do so by chance.
const FEWEST: usize = 3;
/// No page is wider.
const WIDEST: u32 = 200;

impl Wrap {
    /// Finds the measure; `None` where each line is a paragraph of its own.
    pub(crate) fn of(flow: &[FlowLine<'_>]) -> Option<Self> {
        let long: Vec<&FlowLine<'_>> = flow.iter().filter(|line| line.right - line.left >= LONG).collect();
        let width = measure(&long)?;
        let full = |line: &FlowLine<'_>| line.right + SLACK >= width && line.right <= width + OVERHANG;
        let near = long.iter().filter(|line| full(line)).count();
        let over = long.iter().filter(|line| line.right > width + OVERHANG).count();
        let broken = || flow.windows(2).filter(|pair| full(&pair[0]) && is_broken(&pair[0]));
        let labelled = broken().filter(|pair| pair[1].label.is_some()).count();
        let cut = broken().filter(|pair| is_cut_sentence(&pair[0])).count();
        let base = base(flow, full);
        let indented = is_indented(flow, base);
        // What an indented text goes on with lacks the indent that its paragraphs have.
        let flush = || indented && broken().all(|pair| pair[1].left < base + INDENT);
        let wrapped = match broken().count() {
            0 => false,
            // The only wrap of a short notice is the end of its longest line, inside a sentence.
            1 => over == 0 && labelled == 0 && cut == 1,
            count => {
                let usual = (count >= FEWEST || cut > 0)
                    && near * 100 >= long.len() * 35
                    && over * 100 <= count * 30
                    && count * 100 >= near * 40
                    && labelled * 100 <= count * 30;
                // Few lines wrap where most paragraphs are short, but none passes the measure and most that
                // reach it break off inside a sentence.
                let few = over == 0
                    && labelled == 0
                    && cut * 2 >= count
                    && (count >= FEWEST && count * 100 >= near * 60 || flush());
                usual || few
            }
        };
        wrapped.then(|| Self {
            base,
            width,
            indented,
            first: first_line(flow, width),
            double_spaced: double_spaced(flow, full),
        })
    }

    /// The measure of lines on paper that are too few or too short to show it: that of the paper.
    pub(crate) fn of_paper(flow: &[FlowLine<'_>], width: u32) -> Self {
        Self { base: 0, width, first: width, indented: is_indented(flow, 0), double_spaced: false }
    }

    /// Whether `line` ends so far before the measure that the word which begins `next` would have
    /// found room, with `slack` columns to spare.
    pub(crate) fn is_short(&self, line: &FlowLine<'_>, opens: bool, next: &FlowLine<'_>, slack: u32) -> bool {
        let limit = if opens { self.first } else { self.width };
        line.reach + next.first_word + slack <= limit
    }

    /// Whether first lines can be told from others by their width.
    fn tells_first_lines(&self) -> bool {
        self.first < self.width
    }

    /// Whether `line` is as wide as only the first line of a paragraph is, and goes on in `next`.
    pub(crate) fn is_first_line(&self, line: &FlowLine<'_>, next: Option<&FlowLine<'_>>) -> bool {
        self.tells_first_lines()
            && !matches!(line.end, End::Sentence | End::Clause)
            && line.reach <= self.first + 1 + line.hanging
            && line.reach + SLACK + SLACK >= self.first
            && next.is_some_and(|next| next.label.is_none() && line.reach + next.first_word <= self.width)
    }

    /// Whether `line` is too wide for the first line of a paragraph.
    pub(crate) fn is_no_first_line(&self, line: &FlowLine<'_>) -> bool {
        self.tells_first_lines()
            && line.right > self.first + 3 + line.hanging
            && line.right <= self.width + OVERHANG
    }
}

/// Whether a paragraph may go on behind the line.
fn is_broken(line: &FlowLine<'_>) -> bool {
    !matches!(line.end, End::Sentence | End::Clause)
}

/// Whether the line is as long as those of a page and breaks off in a text of several clauses.
fn is_cut_sentence(line: &FlowLine<'_>) -> bool {
    (40..=120).contains(&line.right)
        && matches!(line.end, End::Word | End::Comma)
        && line.text.contains(['，', '。'])
}

/// The column where lines end that are full: the last one where a fair share of them do, because
/// first lines whose indent was dropped end before it and may be as many.
fn measure(long: &[&FlowLine<'_>]) -> Option<u32> {
    let mut ends = vec![0usize; WIDEST as usize + 1];
    for line in long {
        if let Some(count) = ends.get_mut(line.right as usize) {
            *count += 1;
        }
    }
    // Lines end up to two columns apart when marks are squeezed or hang.
    let near = |end: usize| ends.iter().skip(end - 1).take(4).sum::<usize>();
    let most = (1..ends.len()).map(near).max()?;
    let last = (1..ends.len()).rev().find(|&end| near(end) * 5 >= most * 2)?;
    let peak = (last - 1..(last + 3).min(ends.len())).max_by_key(|&end| ends[end])?;
    u32::try_from(peak).ok()
}

/// Whether paragraphs are indented: a fair share of the lines are, and of those with a label, which
/// open paragraphs, most.
fn is_indented(flow: &[FlowLine<'_>], base: u32) -> bool {
    let is_indented = |line: &&FlowLine<'_>| (base + INDENT..base + CENTRED).contains(&line.left);
    let labelled = flow.iter().filter(|line| line.label.is_some());
    let indented = flow.iter().filter(is_indented).count();
    indented > 1
        && indented * 10 > flow.len()
        && labelled.clone().filter(is_indented).count() * 2 >= labelled.count()
}

/// The leftmost column where a fair share of the full lines begin, and of those that go on behind one.
fn base(flow: &[FlowLine<'_>], full: impl Fn(&FlowLine<'_>) -> bool) -> u32 {
    let behind = flow.windows(2).filter(|pair| full(&pair[0]) && is_broken(&pair[0])).map(|pair| &pair[1]);
    let mut lefts: Vec<u32> =
        flow.iter().filter(|line| full(line)).chain(behind).map(|line| line.left).collect();
    lefts.sort_unstable();
    let share = (lefts.len() / 6).max(2);
    let alike = lefts.windows(share).find(|alike| alike[alike.len() - 1] <= alike[0] + 1);
    alike.and_then(|alike| alike.first().copied()).unwrap_or(0)
}

/// The median end of lines that surely open a paragraph and run on.
fn first_line(flow: &[FlowLine<'_>], width: u32) -> u32 {
    let mut ends: Vec<u32> = flow
        .windows(3)
        .filter(|lines| {
            let (before, line, after) = (&lines[0], &lines[1], &lines[2]);
            line.label.is_some()
                && after.label.is_none()
                && matches!(line.end, End::Word | End::Comma)
                && (before.end == End::Sentence || before.right + 8 < width)
                && line.right + 8 >= width
        })
        .map(|lines| lines[1].right)
        .collect();
    ends.sort_unstable();
    match ends.get(ends.len() / 2) {
        Some(&end) if ends.len() >= 2 && end + 3 <= width => end,
        _ => width,
    }
}

fn double_spaced(flow: &[FlowLine<'_>], full: impl Fn(&FlowLine<'_>) -> bool) -> bool {
    let (mut broken, mut parted) = (0, 0);
    for pair in flow.windows(2) {
        if full(&pair[0]) && matches!(pair[0].end, End::Word | End::Comma) {
            broken += 1;
            parted += usize::from(pair[1].blanks > 0);
        }
    }
    parted * 2 > broken
}
