//! The outline: which labels number the plan's headings and items, and how deep each stands.
//!
//! A label does not tell its level: 2、 may stand beside 一、 and （1） both under 2、 and over it, numbers
//! run on across parents, are skipped or stand twice, and `3.` may begin a sentence that only looks
//! like an item. So no label is judged alone. The steps:
//!
//! 1. [`pieces`] lays the notice out as regions (the notice with its plan, then each attachment) of
//!    paragraphs and table rows in reading order.
//! 2. [`candidates`] finds everything that could be a label: at the beginning of a paragraph, behind
//!    a full stop or a closing bracket where paragraphs were run together, in a table's cells.
//!    Numbers without a mark (1.1, 1 总则) are candidates only where a run of them numbers paragraphs
//!    ([`dotted`]).
//! 3. [`search`] chooses, over a whole region, the reading of the sequence that costs least: what it
//!    costs to skip a candidate, to continue an open series (with or without a gap, a repeat, another
//!    glyph), to open a new one below or in place of an open one, or to run on from the series that
//!    the previous parent held. Its docs give the costs and why they are so.
//! 4. [`tree`] turns the chosen reading into [`Item`]s with numbers, texts and warnings; [`flat`] warns of
//!    tables that arrived as text.

mod candidates;
mod costs;
mod dotted;
mod flat;
mod pieces;
mod search;
mod tree;

use duban_document::{JoinedText, TextRange, Warned, Warning};

use crate::head::Structure;
use crate::model::SlotRole;

pub(crate) use pieces::without_breaks;

/// The numbered items of a notice and what stands outside them.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    /// All items in reading order; a parent stands before its children.
    pub(crate) items: Vec<Item>,
    /// Running text outside all items, with the number of items before it: covering notice, preamble,
    /// table rows without a number.
    pub(crate) outside: Vec<(usize, JoinedText)>,
}

/// A numbered heading or item.
#[derive(Debug, Default)]
pub(crate) struct Item {
    /// As printed, white space gone.
    pub(crate) label: String,
    /// Labels from the outermost level inwards, joined by `/`.
    pub(crate) number: String,
    /// How often the number was given up to this item, from 1.
    pub(crate) repeat: usize,
    /// From 1.
    pub(crate) level: usize,
    /// Index of the parent in [`Outline::items`].
    pub(crate) parent: Option<usize>,
    /// Index in [`Outline::outside`] of the line without a number that names its bodies: 县住建局（4项）.
    pub(crate) under: Option<usize>,
    /// Title of the attachment that it stands in.
    pub(crate) attachment: Option<String>,
    /// First sentence, or the task cell of a table row.
    pub(crate) title: JoinedText,
    /// What stands under the label up to the next item: the title's paragraph, then the others, with
    /// `\n` between; in a table row the requirement cells alone.
    pub(crate) text: JoinedText,
    /// The cells of its row in labelled columns.
    pub(crate) columns: Vec<(SlotRole, JoinedText)>,
    /// Whether `text` lacks the title, as in a table row.
    pub(crate) is_row: bool,
    /// Whether another item has it as parent.
    pub(crate) has_children: bool,
    /// Label and text, children apart.
    pub(crate) range: TextRange,
}

/// Builds the outline of a notice.
pub(crate) fn build_outline(structure: &Structure) -> Warned<Outline> {
    let mut outline = Outline::default();
    let mut warnings: Vec<Warning> = Vec::new();
    let mut numbers = tree::Numbers::default();
    for region in pieces::regions(structure) {
        flat::warn(&region, &mut warnings);
        let found = candidates::find(&region);
        let reading = search::cheapest_reading(&found);
        tree::grow(region, &found, &reading, &mut numbers, &mut outline, &mut warnings);
    }
    Warned { value: outline, warnings }
}
