//! Printed lines to paragraphs and tables.
//!
//! The steps, each on the whole document: mark page furniture, find tables, see whether (and how
//! wide) the text was hard-wrapped, then let each line open a paragraph or run on from the last.

mod drawn;
mod flow;
mod furniture;
mod grid;
mod join;
mod lines;
mod marks;
mod page_number;
mod paragraph;
mod separated;
mod tabbed;
mod width;
mod wrap;

use duban_document::{Block, Layer, Line, Table, TextRange};

use crate::clean;
use lines::{Lines, Role};

pub(crate) use flow::{End, FlowLine};
pub(crate) use grid::spread_section;
pub(crate) use join::openings;
pub(crate) use paragraph::needs_space;
pub(crate) use width::measure;
pub(crate) use wrap::Wrap;

/// Lines and blocks of a document.
pub(crate) struct Layout {
    pub(crate) lines: Vec<Line>,
    pub(crate) blocks: Vec<Block>,
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
    let blocks = blocks(&lines, tables);
    Layout { lines: document_lines(source, &lines), blocks }
}

/// The lines of `source` with their layers, for formats whose blocks the markup makes.
pub(crate) fn source_lines(source: &str) -> Vec<Line> {
    let clean = clean::clean(source);
    let mut lines = Lines::of(&clean);
    furniture::mark(&mut lines);
    document_lines(source, &lines)
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
        .zip(&lines.lines)
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
