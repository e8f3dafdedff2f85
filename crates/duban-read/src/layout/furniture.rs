//! Printed lines to those that belong to the page rather than to the notice: page numbers, running
//! heads, rules.

use super::flow::{self, End};
use super::lines::{Lines, PrintedLine, Role};
use super::page_number::{self, PageNumber};
use super::{running, width};

/// Columns of text that lie between two bare page numbers at least, in the middle of a series: half
/// of a page. Numbers that count the rows of a list stand closer.
const HALF_PAGE: u32 = 500;
/// Blank lines at most between the halves of a sentence that a page break cut in two.
const BLANKS: usize = 8;
/// Shorter runs of dashes may be text.
const SHORTEST_RULE: usize = 4;

/// Marks furniture, and cuts page numbers out of the lines that they ran into.
pub(crate) fn mark(lines: &mut Lines<'_>) {
    let mut bare = Vec::new();
    for index in 0..lines.all.len() {
        let Some(line) = lines.all.get(index).filter(|line| line.role == Role::Text) else { continue };
        let text = lines.content(line);
        match page_number::of_line(text) {
            _ if is_rule(text) => lines.mark(index, Role::Rule),
            Some(PageNumber::Sure) => lines.mark(index, Role::Furniture),
            Some(PageNumber::Bare(value))
                if !running::is_in_table(lines, line)
                    && stands_alone(lines, index)
                    && !is_counted_on(lines, index) =>
            {
                bare.push((index, value));
            }
            Some(PageNumber::Bare(_) | PageNumber::Word(_)) => {}
            None => cut_number(lines, index),
        }
    }
    mark_bare(lines, &bare);
    running::mark(lines);
}

/// Whether `text` draws a line across the page.
fn is_rule(text: &str) -> bool {
    let draws = |c: char| matches!(c, '-' | '–' | '—' | '_' | '＿' | '=' | '*' | '~' | '─' | '━' | '═' | '…');
    text.starts_with(draws) && text.chars().all(draws) && text.chars().nth(SHORTEST_RULE - 1).is_some()
}

fn cut_number(lines: &mut Lines<'_>, index: usize) {
    let Some(line) = lines.all.get(index) else { return };
    let Some(found) = page_number::within(lines.content(line)) else { return };
    let (start, end) = (line.content.start + found.start, line.content.start + found.end);
    let columns = width::measure(lines.content(line).get(found).unwrap_or_default()).columns;
    if let Some(line) = lines.all.get_mut(index) {
        line.right = line.right.saturating_sub(columns);
        line.cut = Some(start..end);
    }
}

/// Whether nothing but white space or the edge of a page is above and below line `index`.
fn stands_alone(lines: &Lines<'_>, index: usize) -> bool {
    let is_open = |line: Option<&PrintedLine>| line.is_none_or(|line| line.role != Role::Text);
    let above = index.checked_sub(1).and_then(|above| lines.all.get(above));
    let below = lines.all.get(index + 1);
    let opens = lines.all.get(index).is_some_and(|line| line.opens_page);
    (is_open(above) || opens) && (is_open(below) || below.is_some_and(|line| line.opens_page))
}

/// Whether the number counts what the next line begins with (`10` / `月底前`); a number before it
/// (`2031` / `3` / `年`) would be what is counted.
fn is_counted_on(lines: &Lines<'_>, index: usize) -> bool {
    let text = |line: &&PrintedLine| (line.role == Role::Text).then(|| lines.content(line));
    let above =
        lines.all.get(..index).and_then(|above| above.iter().rev().take(BLANKS).find_map(|line| text(&line)));
    let below =
        lines.all.get(index + 1..).and_then(|below| below.iter().take(BLANKS).find_map(|line| text(&line)));
    let is_broken =
        |above: &str| flow::end_of(above) == End::Word && !above.ends_with(|c: char| c.is_ascii_digit());
    above.is_some_and(is_broken) && below.is_some_and(|below| below.starts_with(is_counted))
}

/// Units that follow a number in notices.
pub(super) fn is_counted(c: char) -> bool {
    "年月日时个名项万亿元条家次户人天周岁公里件%％".contains(c)
}

/// Marks bare numbers at the edge of a page, and those that rise one by one about a page apart.
fn mark_bare(lines: &mut Lines<'_>, bare: &[(usize, u32)]) {
    let has_pages = lines.all.iter().any(|line| line.opens_page);
    let mut start = 0;
    for end in 1..=bare.len() {
        let goes_on = bare.get(end).is_some_and(|(_, value)| {
            let last = bare[end - 1].1;
            (last + 1..=last + 2).contains(value)
        });
        if goes_on {
            continue;
        }
        let series = &bare[start..end];
        let is_series = series.len() > 1 && are_pages_apart(lines, series, has_pages);
        for &(index, _) in series {
            if is_series || is_at_page_edge(lines, index, has_pages) {
                lines.mark(index, Role::Furniture);
            }
        }
        start = end;
    }
}

/// Whether about a page lies between the numbers of a series: a page break, or as much text where
/// there are none.
fn are_pages_apart(lines: &Lines<'_>, series: &[(usize, u32)], has_pages: bool) -> bool {
    let apart = |pair: &[(usize, u32)]| -> u32 {
        let between = lines.all.get(pair[0].0 + 1..=pair[1].0).unwrap_or_default();
        if has_pages && between.iter().any(|line| line.opens_page) {
            return HALF_PAGE;
        }
        between.iter().rev().skip(1).map(|line| line.right - line.left).sum()
    };
    let mut apart: Vec<u32> = series.windows(2).map(apart).collect();
    apart.sort_unstable();
    apart.get(apart.len() / 2).is_some_and(|&median| median >= HALF_PAGE)
}

/// Whether the page ends below line `index`, or began with it. The text ends a page where it has pages.
fn is_at_page_edge(lines: &Lines<'_>, index: usize, has_pages: bool) -> bool {
    let rest = lines.all.get(index + 1..).unwrap_or_default();
    let below = rest.iter().find(|line| line.opens_page || line.role == Role::Text);
    let before = lines.all.get(..=index).unwrap_or_default();
    let blanks = before.iter().rev().skip(1).take_while(|line| line.role == Role::Blank).count();
    let opens = before.iter().rev().take(1 + blanks).any(|line| line.opens_page);
    opens || below.map_or(has_pages, |line| line.opens_page)
}
