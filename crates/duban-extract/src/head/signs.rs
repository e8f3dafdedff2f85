//! Which lines sign a notice and which dates belong to a signature.
//!
//! A table that a reader could not keep together leaves lines that hold nothing but a body or a
//! date. So names and a date count only where a signature can stand: behind a sentence, a list of
//! attachments or another closing part and not before an item, save the first; or at the end.

use super::shape::{Part, Shape};
use super::text::is_within;
use super::{date, imprint, issuers, words};

/// What was found, one entry for each part.
#[derive(Clone, Debug)]
pub(super) struct Signatures {
    /// Whether the part is a line of names that sign before a date.
    pub(super) names: Vec<bool>,
    /// Whether the part is the date of a signature, or body and date on one line.
    pub(super) dates: Vec<bool>,
    /// Whether the part is the line of an imprint that names who prints, above its date.
    pub(super) printers: Vec<bool>,
}

/// Most lines of names over a date.
const MOST_LINES: usize = 40;

/// Reads the signatures of `parts`; everything before part `front` stands in front of the text.
pub(super) fn find(parts: &[Part], front: usize) -> Signatures {
    let none = || vec![false; parts.len()];
    let mut found = Signatures { names: none(), dates: none(), printers: none() };
    let first_item = parts.iter().position(|part| matches!(part.shape, Shape::Item | Shape::Table));
    for (index, part) in parts.iter().enumerate() {
        if let Some(above) = index.checked_sub(1).filter(|_| part.shape == Shape::Imprint) {
            found.printers[above] = is_printer(&parts[above]) && imprint::is_date_alone(part.text());
        }
        if !is_dated(part) {
            continue;
        }
        let first = if part.shape == Shape::Signature { index } else { first_name(parts, index) };
        let follows = first.checked_sub(1).is_none_or(|before| ends_text(parts, before, &found));
        let next = parts.get(index + 1).map(|next| next.shape);
        let ends = next.is_none_or(|next| next.closes() || next == Shape::AttachmentMark);
        // Before the first item there are no cells: who signs the covering notice does, though its plan has no title.
        let covers = first_item == Some(index + 1) && (first < index || part.shape == Shape::Signature);
        if index < front || ends || follows && (covers || next != Some(Shape::Item)) {
            found.names[first..index].fill(true);
            found.dates[index] = true;
        }
    }
    found
}

/// A date, a month (which some signatures leave at that), or a body with a date.
fn is_dated(part: &Part) -> bool {
    match part.shape {
        Shape::Date | Shape::Signature => true,
        Shape::Line => date::is_month(part.text()),
        _ => false,
    }
}

/// Whether a line right above the date of an imprint (2021年7月28日印发) says who prints.
fn is_printer(part: &Part) -> bool {
    part.shape == Shape::Line && !issuers::names(part.text()).is_empty()
}

/// The first of the lines of names right above the date at `date`; `date` itself where none stands there.
fn first_name(parts: &[Part], date: usize) -> usize {
    let mut first = date;
    while let Some(above) = first.checked_sub(1).filter(|above| above + MOST_LINES > date) {
        let part = &parts[above];
        // The last line may be a body whose name ends as no known one does; 成文日期 above its value signs nothing.
        let could_sign = above + 1 == date
            && is_within(part.text(), 40)
            && issuers::could_be_name(part.text())
            && !words::is_caption_key(part.text());
        if part.shape != Shape::Line || !could_sign && issuers::names(part.text()).is_empty() {
            break;
        }
        first = above;
    }
    first
}

/// Whether a signature may stand behind the part at `index`.
fn ends_text(parts: &[Part], index: usize, found: &Signatures) -> bool {
    let part = &parts[index];
    let text = part.text().trim_end();
    match part.shape {
        Shape::Sentence | Shape::Item if text.ends_with(['。', '！', '；', '）', ')', '”', '.']) => {
            true
        }
        Shape::Sentence | Shape::Item | Shape::Line => found.dates[index] || stands_in_list(parts, index),
        Shape::Table | Shape::Contact | Shape::Recipients => true,
        shape => shape.closes(),
    }
}

/// Whether the part at `index` is one of the lines behind 附件：.
fn stands_in_list(parts: &[Part], index: usize) -> bool {
    const MOST_LINES: usize = 40;
    let above = parts[..index].iter().rev().take(MOST_LINES);
    let mut above = above
        .skip_while(|part| matches!(part.shape, Shape::Line | Shape::Item) && is_within(part.text(), 80));
    above.next().is_some_and(|part| part.shape == Shape::AttachmentMark)
}
