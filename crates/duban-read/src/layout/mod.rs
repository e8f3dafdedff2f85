//! Printed lines to paragraphs and tables.
//!
//! The steps, each on the whole document: mark page furniture, find tables, see whether (and how
//! wide) the text was hard-wrapped, then let each line open a paragraph or run on from the last.

mod drawn;
mod flow;
mod furniture;
mod grid;
mod join;
mod likeness;
mod lines;
mod marks;
mod page_number;
mod paragraph;
mod running;
mod separated;
mod spaced;
mod stacked;
mod tabbed;
mod typed;
mod width;
mod wrap;

use duban_document::{Block, JoinedText, Layer, Line, Table, TextRange, Warning};

use crate::clean;
use lines::Lines;

pub(crate) use flow::{End, FlowLine, end_of};
pub(crate) use grid::spread_section;
pub(crate) use join::openings;
pub(crate) use lines::Role;
pub(crate) use marks::parts as marked_parts;
pub(crate) use paragraph::needs_space;
pub(crate) use typed::aligned;
pub(crate) use width::{measure, of_first_word};
pub(crate) use wrap::Wrap;

/// Lines and blocks of a document.
pub(crate) struct Layout {
    pub(crate) lines: Vec<Line>,
    pub(crate) blocks: Vec<Block>,
    /// What a person should check.
    pub(crate) warnings: Vec<Warning>,
}

/// A table and the lines it was made of.
struct FoundTable {
    /// Index of its first line.
    first: usize,
    table: Table,
}

/// Lays out a plain text.
pub(crate) fn of_text(source: &str) -> Layout {
    let clean = clean::clean(source);
    let mut lines = Lines::of(&clean);
    furniture::mark(&mut lines);
    let mut tables = drawn::find(&mut lines);
    tables.extend(separated::find(&mut lines));
    tables.extend(tabbed::find(&mut lines));
    let (spaced, mut warnings) = spaced::find(&mut lines);
    tables.extend(spaced);
    let (stacked, of_stacked) = stacked::find(&mut lines);
    tables.extend(stacked);
    warnings.extend(of_stacked);
    let blocks = blocks(&lines, tables);
    Layout { lines: document_lines(source, &lines), blocks, warnings }
}

/// The lines of `source` with their layers, for formats whose blocks the markup makes.
pub(crate) fn source_lines(source: &str) -> Vec<Line> {
    let clean = clean::clean(source);
    let mut lines = Lines::of(&clean);
    furniture::mark(&mut lines);
    document_lines(source, &lines)
}

/// Measures of a line that stands on a page, in columns.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Print {
    /// Columns from the margin to its beginning.
    pub(crate) left: u32,
    /// Columns from the margin to its end.
    pub(crate) right: u32,
    /// Whether a page begins with it.
    pub(crate) opens_page: bool,
    /// Whether its type sets it off from the line before.
    pub(crate) parted: bool,
    /// What it is part of, as far as the page itself tells.
    pub(crate) role: Role,
}

/// How a text stands on its pages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paper<'a> {
    /// Columns between the margins.
    pub(crate) columns: u32,
    /// The measures of each line.
    pub(crate) prints: &'a [Print],
}

/// Lays out a text of printed pages: `tables` were found by their rules, each with the index of its
/// first line. `clean` is the text as seen.
pub(crate) fn of_print(
    source: &str,
    clean: &JoinedText,
    paper: Paper<'_>,
    tables: Vec<(usize, Table)>,
) -> Layout {
    let mut lines = Lines::printed(clean, paper);
    furniture::mark(&mut lines);
    let tables = tables.into_iter().map(|(first, table)| FoundTable { first, table }).collect();
    let blocks = blocks(&lines, tables);
    Layout { lines: document_lines(source, &lines), blocks, warnings: Vec::new() }
}

fn blocks(lines: &Lines<'_>, tables: Vec<FoundTable>) -> Vec<Block> {
    let mut placed = paragraph::assemble(lines);
    placed.extend(tables.into_iter().map(|found| (found.first, Block::Table(found.table))));
    placed.sort_by_key(|(first, _)| *first);
    placed.into_iter().map(|(_, block)| block).collect()
}

fn document_lines(source: &str, lines: &Lines<'_>) -> Vec<Line> {
    let mut start = 0;
    let mut document_lines: Vec<Line> = source
        .split('\n')
        .zip(&lines.all)
        .map(|(text, line)| {
            let range = TextRange::new(start, start + text.len());
            start += text.len() + 1;
            let unread = matches!(line.role, Role::Furniture | Role::Rule);
            let layer = if unread { Layer::Furniture } else { Layer::Body };
            Line { range, page: None, layer }
        })
        .collect();
    // The line break that ends a file opens no line.
    document_lines.pop_if(|line| line.range.is_empty());
    document_lines
}
