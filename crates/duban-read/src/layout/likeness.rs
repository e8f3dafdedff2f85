//! Tables whose cells nothing sure parts, lines or blanks as they are: what is asked of their heads and rows, and where
//! pieces belong that do not come out even, which what the columns hold in other rows tells.

use std::ops::{Range, RangeInclusive};

use duban_document::{Warning, WarningCode, numeral};

use super::flow::{self, End};
use super::lines::Lines;

/// What the head of nearly every table of tasks opens with.
pub(super) const FIRST_HEAD: &str = "序号";
/// Columns that such a table has, that of the numbers among them.
pub(super) const COLUMNS: RangeInclusive<usize> = 3..=16;
/// Pieces of one row at most.
pub(super) const MOST_PIECES: usize = 60;
/// Characters of a column's head at most.
pub(super) const LONGEST_HEAD: usize = 12;

/// What it costs that a cell is unlike all others of its column in one way.
const UNLIKE: usize = 100;
/// What an empty cell costs, and a further piece in a cell.
const EMPTY: usize = 180;
const FURTHER: usize = 40;
/// What a doubled or halved length costs, [`UNLIKE`] at most.
const DOUBLED: u32 = 35;

/// Rows that show what the columns hold at most.
const MOST_ROWS: usize = 100;

/// Pieces of a row from the left, each a range of what `text` reads.
pub(super) type Pieces = Vec<Range<usize>>;

/// Rows on a grid of columns.
pub(super) struct Gridded {
    /// Each with a piece for each column; one of a single piece heads a section.
    pub(super) rows: Vec<Pieces>,
    /// How many of them were parted by likeness.
    pub(super) uneven: usize,
}

/// Puts `rows`, which open with their numbers, on a grid of `columns`; `None` where fewer than two rows are there, or
/// less than half of them come out even.
pub(super) fn grid<'t>(
    rows: &[Pieces],
    columns: usize,
    text: impl Fn(&Range<usize>) -> &'t str,
) -> Option<Gridded> {
    // Heads printed again are no rows.
    let is_row = |row: &&Pieces| row.len() > 1 && (row.len() != columns || number(text(&row[0])).is_some());
    let even: Vec<&Pieces> = rows.iter().filter(|row| row.len() == columns).filter(is_row).collect();
    let count = rows.iter().filter(is_row).count();
    if count < 2 || even.len() * 2 < count {
        return None;
    }
    let uneven = count - even.len();
    let cells = |column: usize| even.iter().take(MOST_ROWS).map(|row| text(&row[column])).collect::<Vec<_>>();
    let likeness: Vec<Likeness> = (1..columns).map(|column| Likeness::of(&cells(column))).collect();
    let gridded = rows.iter().map(|row| {
        if row.len() < 2 || row.len() == columns { row.clone() } else { parted(row, &likeness, &text) }
    });
    Some(Gridded { rows: gridded.collect(), uneven })
}

/// Says of the table whose head is line `head` that `uneven` of its rows were parted by likeness.
pub(super) fn warning(lines: &Lines<'_>, head: usize, uneven: usize) -> Warning {
    let message = format!(
        "nothing parts the cells of a table; in {uneven} of its rows they were told by what the columns hold"
    );
    let warning = Warning::new(WarningCode::FlatTable, message);
    let place = lines.all.get(head).and_then(|line| lines.clean.source_cover(line.content.clone()));
    match place {
        Some(place) => warning.at(place),
        None => warning,
    }
}

/// The number that `cell` is, a full stop behind it or not.
pub(super) fn number(cell: &str) -> Option<u32> {
    numeral::parse(cell.trim_end_matches(['.', '．', '、']))
}

/// Puts the pieces of `row` behind its number into the columns that they are like.
fn parted<'t>(row: &Pieces, likeness: &[Likeness], text: impl Fn(&Range<usize>) -> &'t str) -> Pieces {
    let Some((number, mut rest)) = row.split_first() else { return Pieces::new() };
    let texts: Vec<&str> = rest.iter().map(text).collect();
    let mut cells = vec![number.clone()];
    for count in part(&texts, likeness) {
        let (own, behind) = rest.split_at(count);
        let empty = cells.last().map_or(number.end, |cell| cell.end);
        cells.push(match own {
            [] => empty..empty,
            [first, ..] => first.start..own.last().map_or(first.end, |last| last.end),
        });
        rest = behind;
    }
    cells
}

/// What the cells of a column have in common.
#[derive(Debug)]
struct Likeness {
    /// How many there are.
    count: usize,
    /// How many end as sentences do.
    sentences: usize,
    /// How many open with a digit.
    digits: usize,
    /// The characters that end them.
    last: Vec<char>,
    /// How many share theirs with another.
    endings: usize,
    /// The mean of their lengths, by powers of two.
    length: u32,
}

impl Likeness {
    /// The likeness of `cells`.
    fn of(cells: &[&str]) -> Self {
        let how_many = |is_so: fn(&str) -> bool| cells.iter().filter(|cell| is_so(cell)).count();
        let lengths: u32 = cells.iter().map(|cell| cell.chars().count().max(1).ilog2()).sum();
        let last: Vec<char> = cells.iter().filter_map(|cell| cell.chars().next_back()).collect();
        let is_shared = |c: &&char| last.iter().filter(|other| other == c).count() > 1;
        Self {
            count: cells.len().max(1),
            sentences: how_many(is_sentence),
            digits: how_many(opens_with_digit),
            endings: last.iter().filter(is_shared).count(),
            last,
            length: u32::try_from(cells.len()).ok().and_then(|count| lengths.checked_div(count)).unwrap_or(0),
        }
    }

    /// How far `pieces` together are from being a cell of the column.
    fn cost(&self, pieces: &[&str]) -> usize {
        let Some((last, inner)) = pieces.split_last() else { return EMPTY };
        let first = inner.first().unwrap_or(last);
        let sentences = inner.iter().filter(|piece| is_sentence(piece)).count();
        let unlike =
            |is_so: bool, alike: usize| UNLIKE * if is_so { self.count - alike } else { alike } / self.count;
        let ends_alike = last.chars().next_back().is_some_and(|c| self.last.contains(&c));
        let characters = pieces.iter().map(|piece| piece.chars().count()).sum::<usize>();
        let length = characters.max(1).ilog2().abs_diff(self.length) * DOUBLED;
        sentences * unlike(true, self.sentences)
            + unlike(is_sentence(last), self.sentences)
            + unlike(opens_with_digit(first), self.digits)
            + if ends_alike { 0 } else { UNLIKE * self.endings / self.count }
            + UNLIKE.min(length as usize)
            + inner.len() * FURTHER
    }
}

fn is_sentence(text: &str) -> bool {
    matches!(flow::end_of(text), End::Sentence | End::Clause)
}

fn opens_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// How many of `texts`, in order, go into each of `columns`, at the least cost.
fn part(texts: &[&str], columns: &[Likeness]) -> Vec<usize> {
    // Per column and number of texts up to it: the least cost, and how many of them are the column's own.
    let mut best: Vec<Vec<(usize, usize)>> = Vec::new();
    // More than all columns and texts can cost together.
    let never = (texts.len() + columns.len()) * 8 * UNLIKE;
    let nothing: Vec<(usize, usize)> =
        (0..=texts.len()).map(|count| (if count == 0 { 0 } else { never }, 0)).collect();
    for column in columns {
        let before = best.last().unwrap_or(&nothing);
        let reached = (0..=texts.len()).map(|end| {
            let with = |own: usize| (before[end - own].0 + column.cost(&texts[end - own..end]), own);
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
