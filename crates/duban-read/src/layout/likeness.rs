//! What the cells of a column have in common, and which lines of a row are most like it.

use super::flow::{self, End};

/// What it costs that a line is unlike all cells of its column in one way.
const UNLIKE: usize = 100;
/// What an empty cell costs, and a further line in a cell.
const EMPTY: usize = 120;
const FURTHER: usize = 40;
/// What a doubled or halved length costs, [`UNLIKE`] at most.
const DOUBLED: u32 = 35;

/// What the cells of a column have in common.
#[derive(Debug)]
pub(super) struct Likeness {
    /// How many there are.
    count: usize,
    /// How many end as sentences do.
    sentences: usize,
    /// How many open with a digit.
    digits: usize,
    /// The characters that end them.
    last: Vec<char>,
    /// The mean of their lengths, by powers of two.
    length: u32,
}

impl Likeness {
    /// The likeness of `cells`.
    pub(super) fn of(cells: &[&str]) -> Self {
        let how_many = |is_so: fn(&str) -> bool| cells.iter().filter(|cell| is_so(cell)).count();
        let lengths: u32 = cells.iter().map(|cell| length(cell)).sum();
        Self {
            count: cells.len().max(1),
            sentences: how_many(is_sentence),
            digits: how_many(opens_with_digit),
            last: cells.iter().filter_map(|cell| cell.chars().next_back()).collect(),
            length: u32::try_from(cells.len()).ok().and_then(|count| lengths.checked_div(count)).unwrap_or(0),
        }
    }

    /// How far `text` is from being a cell of the column.
    fn cost(&self, text: &str) -> usize {
        let unlike =
            |is_so: bool, alike: usize| UNLIKE * if is_so { self.count - alike } else { alike } / self.count;
        let ends_alike = text.chars().next_back().is_some_and(|c| self.last.contains(&c));
        let length = length(text).abs_diff(self.length) * DOUBLED;
        unlike(is_sentence(text), self.sentences)
            + unlike(opens_with_digit(text), self.digits)
            + if ends_alike { 0 } else { UNLIKE }
            + UNLIKE.min(length as usize)
    }
}

fn is_sentence(text: &str) -> bool {
    matches!(flow::end_of(text), End::Sentence | End::Clause)
}

fn opens_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// The number of characters, as a power of two.
fn length(text: &str) -> u32 {
    text.chars().count().max(1).ilog2()
}

/// How many of `texts`, in order, go into each of `columns`, at the least cost.
pub(super) fn part(texts: &[&str], columns: &[Likeness]) -> Vec<usize> {
    // Per column and number of texts up to it: the least cost, and how many of them are the column's own.
    let mut best: Vec<Vec<(usize, usize)>> = Vec::new();
    // More than all columns and texts can cost together.
    let never = (texts.len() + columns.len()) * 10 * UNLIKE;
    let nothing: Vec<(usize, usize)> =
        (0..=texts.len()).map(|count| (if count == 0 { 0 } else { never }, 0)).collect();
    for column in columns {
        let before = best.last().unwrap_or(&nothing);
        let costs: Vec<usize> = texts.iter().map(|text| column.cost(text)).collect();
        let reached = (0..=texts.len()).map(|end| {
            let with = |own: usize| {
                let cells: usize = costs[end - own..end].iter().sum();
                let further = own.checked_sub(1).map_or(EMPTY, |further| further * FURTHER);
                (before[end - own].0 + cells + further, own)
            };
            (0..=end).map(with).min().unwrap_or_default()
        });
        best.push(reached.collect());
    }
    let mut end = texts.len();
    let mut counts: Vec<usize> = best
        .iter()
        .rev()
        .map(|column| {
            let own = column[end].1;
            end -= own;
            own
        })
        .collect();
    counts.reverse();
    counts
}
