//! Documents made of the lines of a specification's cell, and the records they give.

#![allow(dead_code, reason = "each test binary uses a part")]

use duban_document::{
    Alignment, Block, Cell, Document, Format, JoinedText, Layer, Line, Paragraph, Row, Table, TextRange,
    Warned,
};
use duban_extract::{Source, extract};
use duban_record::Record;

/// The record of the notice `text`.
pub(crate) fn record(text: &str) -> Result<Record, String> {
    let document = document(text);
    document.check()?;
    let source = Source { path: "case".into(), bytes: 0, id: "id".into() };
    Ok(extract(Warned::clean(document), &source))
}

/// An error that shows both where `found` is not what was `expected`.
pub(crate) fn same(what: &str, expected: &str, found: &str) -> Result<(), String> {
    if expected == found { Ok(()) } else { Err(format!("{what}: expected `{expected}`, found `{found}`")) }
}

/// One paragraph for each line; lines with `¦` are the rows of one table, those without it that
/// stand between them cover its whole width.
fn document(text: &str) -> Document {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        lines.push(Line { range: TextRange::new(start, start + line.len()), page: None, layer: Layer::Body });
        start += line.len() + 1;
    }
    let blocks = if text.contains('¦') {
        vec![Block::Table(table(text, &lines))]
    } else {
        lines.iter().map(|line| Block::Paragraph(paragraph(text, line.range))).collect()
    };
    Document {
        format: Format::Text,
        pages: None,
        text: text.to_owned(),
        lines,
        blocks,
        placed: Vec::new(),
        unread: Vec::new(),
        recognition: None,
        metadata: Vec::new(),
    }
}

fn paragraph(text: &str, range: TextRange) -> Paragraph {
    let line = range.slice(text);
    let start = range.start() + line.len() - line.trim_start().len();
    Paragraph {
        text: JoinedText::from_source(text, TextRange::new(start, range.end())),
        alignment: Alignment::Body,
        heading: None,
    }
}

fn table(text: &str, lines: &[Line]) -> Table {
    let width = lines.iter().map(|line| line.range.slice(text).split('¦').count()).max().unwrap_or(1);
    let rows = lines.iter().map(|line| {
        let cells: Vec<&str> = line.range.slice(text).split('¦').collect();
        let span = if cells.len() == 1 { width } else { 1 };
        let mut start = line.range.start();
        let cells = cells.into_iter().enumerate().map(|(column, cell)| {
            let range = TextRange::new(start, start + cell.len());
            start += cell.len() + '¦'.len_utf8();
            Cell { column, column_span: span, row_span: 1, text: JoinedText::from_source(text, range) }
        });
        Row { cells: cells.collect() }
    });
    Table { rows: rows.collect() }
}
