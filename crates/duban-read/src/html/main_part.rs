//! What a page shows to the part of it that is the notice.
//!
//! Prose tells: the notice is the smallest block element that holds nearly all Chinese text outside
//! links. Names of containers only tell what it is not.

use std::ops::Range;

use super::fields;
use super::line::{Count, PageLine};
use super::page::{Item, Page, Part};
use super::words;

/// Lines of fewer Chinese characters are no prose: menus, dates, names.
const SHORTEST_PROSE: usize = 10;
/// Fewest items of a container, so that a single long paragraph is not taken for the whole notice.
const FEWEST_ITEMS: usize = 3;
/// So many short links in a row are a menu.
const MENU: usize = 4;

/// Which items of a page are the notice.
#[derive(Debug)]
pub(super) struct MainPart {
    /// From its first to its last item.
    pub(super) range: Range<usize>,
    /// For each item of the page, whether it is the notice's.
    pub(super) kept: Vec<bool>,
}

/// Finds the notice.
pub(super) fn find(page: &Page) -> MainPart {
    let mut prose: Vec<usize> = page.items.iter().map(prose_of).collect();
    let noise = noise(page, &sums(&prose));
    for (prose, noise) in prose.iter_mut().zip(&noise) {
        *prose = if *noise { 0 } else { *prose };
    }
    let sums = sums(&prose);
    let total = sum(&sums, &(0..page.items.len()));
    let holds_most = |part: &&Part| sum(&sums, &part.items) * 10 >= total * 9;
    let is_container = |part: &&Part| part.items.len() >= FEWEST_ITEMS.min(page.items.len());
    let smallest =
        page.parts.iter().filter(is_container).filter(holds_most).min_by_key(|part| part.items.len());
    let range = match smallest {
        Some(part) if total > 0 => part.items.clone(),
        _ => 0..page.items.len(),
    };
    let menus = menus(&page.items);
    let keep = |(index, item): (usize, &Item)| {
        let own = noise.get(index).is_some_and(|noise| *noise) || menus.get(index).is_some_and(|menu| *menu);
        range.contains(&index) && !own && !is_of_page(item)
    };
    let kept = page.items.iter().enumerate().map(keep).collect();
    MainPart { range, kept }
}

/// Chinese characters of prose.
fn prose_of(item: &Item) -> usize {
    let count = item.count();
    let is_short = count.han < SHORTEST_PROSE;
    if is_short || is_linked(count) || is_of_page(item) { 0 } else { count.han - count.linked }
}

fn is_linked(count: Count) -> bool {
    count.linked * 2 > count.han
}

/// Whether an item is the page's own wherever it stands.
fn is_of_page(item: &Item) -> bool {
    match item {
        Item::Line(line) => words::is_furniture(&line.text) || is_row_of_links(line.count),
        Item::Table(table) => fields::are_of_page(table) || is_row_of_links(table.count),
    }
}

fn is_row_of_links(count: Count) -> bool {
    count.links >= MENU && count.linked * 5 >= count.han * 4
}

/// The items in elements that are the page's own by name, but for those that hold much of its prose.
fn noise(page: &Page, sums: &[usize]) -> Vec<bool> {
    let total = sum(sums, &(0..page.items.len()));
    let mut steps = vec![0i64; page.items.len() + 1];
    for part in page.parts.iter().filter(|part| part.is_noise) {
        if sum(sums, &part.items) * 5 <= total {
            steps[part.items.start] += 1;
            steps[part.items.end] -= 1;
        }
    }
    let mut depth = 0;
    let covers = |step: &i64| {
        depth += step;
        depth > 0
    };
    steps.iter().take(page.items.len()).map(covers).collect()
}

/// The items in runs of short lines that are links and nothing else.
fn menus(items: &[Item]) -> Vec<bool> {
    let is_entry = |line: &PageLine| line.count.linked == line.count.han && line.count.han < SHORTEST_PROSE;
    let entry = |item: &Item| matches!(item, Item::Line(line) if line.count.links > 0 && is_entry(line));
    let runs = items.chunk_by(|one, other| entry(one) == entry(other));
    runs.flat_map(|run| {
        let is_menu = run.len() >= MENU && run.first().is_some_and(entry);
        std::iter::repeat_n(is_menu, run.len())
    })
    .collect()
}

/// The sums of all beginnings of `values`.
fn sums(values: &[usize]) -> Vec<usize> {
    let mut sum = 0;
    let add = |value: &usize| {
        sum += value;
        sum
    };
    std::iter::once(0).chain(values.iter().map(add)).collect()
}

fn sum(sums: &[usize], range: &Range<usize>) -> usize {
    let at = |index: usize| sums.get(index).copied().unwrap_or_default();
    at(range.end).saturating_sub(at(range.start))
}
