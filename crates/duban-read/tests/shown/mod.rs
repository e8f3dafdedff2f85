//! Documents as plain lines, for golden files and for messages of failed tests.

use duban_document::{Alignment, Block, Cell, Document, Layer, Line, Paragraph, Row};

/// A line of the text behind its layer and page.
pub(crate) fn line(document: &Document, line: &Line) -> String {
    let layer = match line.layer {
        Layer::Body => 'B',
        Layer::Furniture => 'F',
    };
    let page = line.page.map(|page| page.to_string()).unwrap_or_default();
    format!("{layer}{page} {}\n", line.range.slice(&document.text).escape_debug())
}

/// All blocks, one paragraph or row a line.
pub(crate) fn blocks(document: &Document) -> String {
    let rows = |block: &Block| match block {
        Block::Paragraph(found) => vec![paragraph(found)],
        Block::Table(table) => table.rows.iter().map(row).collect(),
    };
    document.blocks.iter().flat_map(rows).map(|line| line + "\n").collect()
}

fn row(row: &Row) -> String {
    let cells: Vec<String> = row.cells.iter().map(cell).collect();
    format!("T {}", cells.join(" | ")).trim_end().to_owned()
}

fn paragraph(paragraph: &Paragraph) -> String {
    let alignment = match paragraph.alignment {
        Alignment::Body => 'P',
        Alignment::Centre => 'C',
        Alignment::Right => 'R',
    };
    let heading = paragraph.heading.map(|level| "#".repeat(level.into())).unwrap_or_default();
    format!("{alignment}{heading} {}", paragraph.text.as_str())
}

fn cell(cell: &Cell) -> String {
    let spans = match (cell.column_span, cell.row_span) {
        (1, 1) => String::new(),
        (columns, rows) => format!("<{columns}x{rows}>"),
    };
    format!("{spans}{}", cell.text.as_str().replace('\n', "⏎"))
}
