//! What stands first or last on page after page: running heads and feet, and page numbers among them.
//!
//! Only pages side by side tell: a line is a running head because others are like it. Where a head or
//! a foot has several lines or pieces, the next one shows once the outermost is gone.

use std::collections::BTreeMap;

use super::lines::{Lines, PrintedLine, Role};
use super::page_number::{self, PageNumber};
use super::width;

/// A running head is no longer than this many columns.
const LONGEST_HEAD: u32 = 80;
/// Most lines or pieces of a head or a foot,
const MOST_PIECES: usize = 3;
/// and most of them in the type of the body: forms that fill a page each begin alike for more lines.
const MOST_LINES: usize = 2;
/// Fewest pages that show what repeats, whatever it looks like.
const FEWEST_PAGES: usize = 3;

/// Marks what runs along the top or the bottom of most pages.
pub(super) fn mark(lines: &mut Lines<'_>) {
    for round in 0..MOST_PIECES {
        let pages = pages(lines);
        let edge = |line: fn(&Page) -> Option<usize>, skipped: usize| -> Vec<Edge> {
            let edge = |page: &Page| Some(Edge { index: line(page)?, page: page.number });
            pages.iter().skip(skipped).filter_map(edge).collect()
        };
        let (firsts, lasts) = (edge(|page| page.first, 0), edge(|page| page.last, 0));
        // The first line of the first page may be what the others repeat, the title or the name of the
        // issuer in red.
        let later = edge(|page| page.first, 1);
        let mut found = [
            numbers(lines, &firsts, pages.len()),
            numbers(lines, &lasts, pages.len()),
            in_small_type(lines, &firsts, pages.len()),
            in_small_type(lines, &lasts, pages.len()),
        ]
        .concat();
        if round < MOST_LINES {
            found.extend(repeated(lines, &later, pages.len()));
            found.extend(repeated(lines, &lasts, pages.len()));
        }
        for index in found {
            lines.mark(index, Role::Furniture);
        }
    }
}

/// First and last line of text on a page.
#[derive(Default)]
struct Page {
    /// How many page breaks are before it.
    number: u32,
    first: Option<usize>,
    last: Option<usize>,
}

/// A line at the edge of a page.
struct Edge {
    index: usize,
    page: u32,
}

/// The pages, as far as form feeds or else page numbers show them.
fn pages(lines: &Lines<'_>) -> Vec<Page> {
    let has_pages = has_pages(lines);
    let mut pages = vec![Page::default()];
    let mut number = 0;
    for (index, line) in lines.all.iter().enumerate() {
        number += u32::from(line.opens_page);
        let filled = pages.last().is_some_and(|page| page.first.is_some());
        let ends = if has_pages { line.opens_page } else { line.role == Role::Furniture };
        if filled && ends {
            pages.push(Page::default());
        }
        if let Some(page) = pages.last_mut().filter(|_| line.role == Role::Text) {
            if page.first.is_none() {
                page.number = number;
            }
            page.first.get_or_insert(index);
            page.last = Some(index);
        }
    }
    pages
}

fn has_pages(lines: &Lines<'_>) -> bool {
    lines.all.iter().any(|line| line.opens_page)
}

/// Numbers that rise with the pages on which they stand, whatever stands beside them.
fn numbers(lines: &Lines<'_>, edge: &[Edge], pages: usize) -> Vec<usize> {
    let shift = |at: &Edge| {
        let line = lines.all.get(at.index).filter(|line| !is_in_table(lines, line))?;
        match page_number::of_line(lines.content(line))? {
            PageNumber::Bare(value) | PageNumber::Word(value) => Some(i64::from(value) - i64::from(at.page)),
            PageNumber::Sure => None,
        }
    };
    let has_pages = has_pages(lines);
    let alike = alike(edge.iter().filter(|_| has_pages).filter_map(|at| Some((shift(at)?, at.index))));
    alike.filter(|same| are_most(same, pages)).flatten().collect()
}

/// Lines that are the same on most pages, their figures apart.
fn repeated(lines: &Lines<'_>, edge: &[Edge], pages: usize) -> Vec<usize> {
    if pages < FEWEST_PAGES {
        return Vec::new();
    }
    let alike = alike(edge.iter().filter_map(|at| Some((head_key(lines, at.index)?, at.index))));
    alike.filter(|same| are_most(same, pages)).flatten().collect()
}

/// Lines in smaller type than the body that are the same on most pages, the first included: no title is
/// so small. On two pages they must be quite the same, the number of the page apart: two tasks may differ in
/// their months alone.
fn in_small_type(lines: &Lines<'_>, edge: &[Edge], pages: usize) -> Vec<usize> {
    let key = |at: &Edge| {
        let line = lines.all.get(at.index)?;
        is_small(lines, line).then_some((head_key(lines, at.index)?, at.index))
    };
    let text = |at: &Edge| lines.all.get(at.index).map(|line| (lines.content(line), at.page));
    if let [first, second] = edge
        && pages < FEWEST_PAGES
        && !text(first).zip(text(second)).is_some_and(|(first, second)| differ_by_page(first, second))
    {
        return Vec::new();
    }
    alike(edge.iter().filter_map(key)).filter(|same| are_most(same, pages)).flatten().collect()
}

/// Whether two texts differ in the numbers of their pages alone.
fn differ_by_page(first: (&str, u32), second: (&str, u32)) -> bool {
    let runs = |text: &str| -> Vec<String> {
        let characters: Vec<char> = text.chars().filter(|it| !it.is_whitespace()).collect();
        let runs = characters.chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit());
        runs.map(|run| run.iter().collect()).collect()
    };
    let is_page = |run: &str, before: u32| run.parse() == Ok(before + 1);
    let (left, right) = (runs(first.0), runs(second.0));
    left.len() == right.len()
        && left
            .iter()
            .zip(&right)
            .all(|(left, right)| left == right || is_page(left, first.1) && is_page(right, second.1))
}

fn alike<K: Ord>(lines: impl Iterator<Item = (K, usize)>) -> impl Iterator<Item = Vec<usize>> {
    let mut alike: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for (key, index) in lines {
        alike.entry(key).or_default().push(index);
    }
    alike.into_values()
}

/// Whether a third of the pages and two at least show the same.
fn are_most(same: &[usize], pages: usize) -> bool {
    same.len() > 1 && same.len() * 3 >= pages
}

/// Whether a line on paper takes clearly less room than its characters take in the type of the body.
fn is_small(lines: &Lines<'_>, line: &PrintedLine) -> bool {
    let columns = width::measure(lines.content(line)).columns;
    lines.paper.is_some() && (line.right - line.left) * 5 <= columns * 4
}

/// Whether a line is set in columns; heads of tables that repeat are found with them.
pub(super) fn is_in_table(lines: &Lines<'_>, line: &PrintedLine) -> bool {
    lines.whole(line).starts_with('\t') || lines.content(line).contains(['\t', '|'])
}

/// What running heads have in common: the line without white space and figures; none for lines of
/// tables and of sentences, which may stand at the edges of several pages in the same words.
fn head_key(lines: &Lines<'_>, index: usize) -> Option<String> {
    let line = lines.all.get(index)?;
    let text = lines.content(line);
    let is_head = line.right - line.left <= LONGEST_HEAD && !is_in_table(lines, line);
    let key: String = text.chars().filter(|c| !c.is_whitespace() && !c.is_ascii_digit()).collect();
    (is_head && !text.contains(['。', '，', '；']) && key.chars().nth(1).is_some()).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::super::{Paper, Print};
    use super::*;
    use crate::clean;

    /// The furniture of pages, each line with the columns that it takes in the type of the body.
    fn furniture(pages: &[&[(&str, u32)]]) -> Vec<String> {
        let text: Vec<&str> = pages.iter().flat_map(|page| page.iter().map(|line| line.0)).collect();
        let text = text.join("\n");
        let prints = pages.iter().enumerate().flat_map(|(number, page)| {
            page.iter().enumerate().map(move |(index, &(_, right))| {
                let opens_page = number > 0 && index == 0;
                Print { left: 0, right, opens_page, parted: false, role: Role::Text }
            })
        });
        let prints: Vec<Print> = prints.collect();
        let clean = clean::clean(&text);
        let mut lines = Lines::printed(&clean, Paper { columns: 56, prints: &prints });
        mark(&mut lines);
        let marked = lines.all.iter().filter(|line| line.role == Role::Furniture);
        marked.map(|line| lines.content(line).to_owned()).collect()
    }

    #[test]
    fn a_sentence_at_the_top_of_three_pages_is_none() {
        let page: &[(&str, u32)] = &[("逐项明确公开内容，并在公示栏同步公布", 36), ("办理结果。", 10)];
        assert_eq!(furniture(&[page, page, page]), Vec::<&str>::new());
    }

    #[test]
    fn heads_and_feet_of_a_browser() {
        let head = [("2031/5/6 10:11", 9), ("青岭县政务公开", 9)];
        let foot = |number: &'static str| [("http://www.qingling.example/art.html", 24), (number, 2)];
        let first = [&head[..], &[("工作要点", 8), ("完善制度，年底", 56)], &foot("1/2")].concat();
        let second = [&head[..], &[("前完成。", 8)], &foot("2/2")].concat();
        let expected: Vec<&str> =
            [&head[..], &foot("1/2"), &head, &foot("2/2")].concat().iter().map(|line| line.0).collect();
        assert_eq!(furniture(&[&first, &second]), expected);
    }

    #[test]
    fn small_tasks_that_end_two_pages_are_none() {
        let pages: [&[(&str, u32)]; 2] = [
            &[("各镇、各部", 56), ("牵头单位：县司法局；时限：10月", 16)],
            &[("门要完善制", 56), ("牵头单位：县司法局；时限：12月", 16)],
        ];
        assert!(furniture(&pages).is_empty());
    }

    #[test]
    fn numerals_that_rise_with_the_pages() {
        let pages: [&[(&str, u32)]; 3] =
            [&[("各镇、各部", 56), ("一", 2)], &[("门要完善制", 56), ("二", 2)], &[("度。", 4), ("三", 2)]];
        assert_eq!(furniture(&pages), ["一", "二", "三"]);
        let labels: [&[(&str, u32)]; 2] = [&[("各镇、各部", 56), ("三", 2)], &[("门。", 4), ("三", 2)]];
        assert!(furniture(&labels).is_empty());
    }

    #[test]
    fn forms_that_fill_a_page_each_keep_their_labels() {
        let form: &[(&str, u32)] =
            &[("青岭县", 6), ("任务表", 6), ("任务名称", 8), ("责任单位", 8), ("甲", 2)];
        assert!(!furniture(&[form, form, form]).contains(&"任务名称".to_owned()));
    }

    #[test]
    fn the_title_of_the_first_page_stays() {
        let pages: [&[(&str, u32)]; 3] = [
            &[("青岭县工作要点", 14), ("甲", 2)],
            &[("青岭县工作要点", 14), ("乙", 2)],
            &[("青岭县工作要点", 14), ("丙", 2)],
        ];
        assert_eq!(furniture(&pages).len(), 2);
        let small: [&[(&str, u32)]; 2] =
            [&[("青岭县工作要点", 9), ("甲", 2)], &[("青岭县工作要点", 9), ("乙", 2)]];
        assert_eq!(furniture(&small).len(), 2);
    }
}
