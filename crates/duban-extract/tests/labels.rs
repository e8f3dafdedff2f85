//! Runs `fixtures/spec/labels.md`: sequences of labels and the outline they must give.

use std::process::ExitCode;

use duban_document::{
    Alignment, Block, Cell, Document, Format, JoinedText, Layer, Line, Paragraph, Row, Table, TextRange,
    Warned,
};
use duban_extract::{Source, extract};
use duban_fixtures::Case;
use duban_record::{OutlineNode, Record, WarningCode};

fn main() -> ExitCode {
    duban_fixtures::run("labels.md", 60, check)
}

fn check(case: &Case) -> Result<(), String> {
    let document = document(case.cell("text"));
    document.check()?;
    let source = Source { path: "case".into(), bytes: 0, id: "id".into() };
    let record = extract(Warned::clean(document), &source);
    let mut numbers = Vec::new();
    record.outline.iter().for_each(|node| list(node, &mut numbers));
    same("numbers", case.cell("numbers"), &numbers.join(" "))?;
    same("warnings", case.cell("warnings"), &warnings(&record))
}

fn same(what: &str, expected: &str, found: &str) -> Result<(), String> {
    if expected == found { Ok(()) } else { Err(format!("{what}: expected `{expected}`, found `{found}`")) }
}

fn list(node: &OutlineNode, numbers: &mut Vec<String>) {
    numbers.push(node.number.clone());
    node.children.iter().for_each(|child| list(child, numbers));
}

fn warnings(record: &Record) -> String {
    let one = |warning: &duban_record::Warning| {
        let number = warning.number.as_deref().unwrap_or_default();
        let missing: Vec<String> = warning.missing.iter().map(u32::to_string).collect();
        match warning.code {
            WarningCode::NumberingGap => format!("gap {number}: {}", missing.join(", ")),
            WarningCode::NumberingRepeat => format!("repeat {number}"),
            WarningCode::LabelStyle => format!("style {number}"),
            code => format!("{code:?}"),
        }
    };
    record.warnings.iter().map(one).collect::<Vec<_>>().join("; ")
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
