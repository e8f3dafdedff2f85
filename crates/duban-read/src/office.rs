//! Office files to a document: a line of text for each paragraph, number included.

use duban_document::{Document, Format, JoinedText, Row, Warned, Warning, WarningCode};
use duban_office::{Cell, Item, Paragraph, Story, Table, docx, sheet};
use duban_package::Limits;

use crate::marked::{Break, Part, Standing, Writer};
use crate::text::check_size;
use crate::{ReadError, ReadOptions, clean, layout};

/// Reads a Word file.
pub(crate) fn read_docx(bytes: &[u8], options: &ReadOptions) -> Result<Warned<Document>, ReadError> {
    document(Format::Docx, docx::read(bytes, Limits::default())?, options)
}

/// Reads a spreadsheet.
pub(crate) fn read_xlsx(bytes: &[u8], options: &ReadOptions) -> Result<Warned<Document>, ReadError> {
    document(Format::Xlsx, sheet::read(bytes, Limits::default())?, options)
}

fn document(format: Format, story: Story, options: &ReadOptions) -> Result<Warned<Document>, ReadError> {
    let mut writer = Writer::default();
    for item in story.items {
        match item {
            Item::Paragraph(paragraph) => write(&mut writer, &paragraph),
            Item::Table(table) => {
                let table = write_table(&mut writer, table);
                writer.part(Part::Table(table));
            }
        }
    }
    let document = Document { pages: story.pages, ..writer.finish(format) };
    check_size(&document.text, options)?;
    let mut warnings = Vec::new();
    if story.truncated {
        let message = "a part of the file is damaged or too large; what follows in it is missing";
        warnings.push(Warning::new(WarningCode::Truncated, message));
    }
    if document.blocks.is_empty() {
        warnings.push(Warning::new(WarningCode::NoText, "the file holds no text"));
    }
    Ok(Warned { value: document, warnings })
}

fn write(writer: &mut Writer, paragraph: &Paragraph) {
    let mut before = Break::Hard;
    for line in &paragraph.lines {
        let clean = clean::clean(line);
        let indented = clean.as_str().trim_end();
        let text = indented.trim_start();
        if text.is_empty() {
            continue;
        }
        if paragraph.is_furniture {
            writer.furniture(text, paragraph.page);
            continue;
        }
        let blank = indented.get(..indented.len() - text.len()).unwrap_or_default();
        let own = if before == Break::Hard { paragraph.indent } else { 0 };
        let indent = own + layout::measure(blank).columns;
        let alignment = layout::aligned(paragraph.alignment, indent, text);
        let stands = Standing { before, indent, alignment, heading: paragraph.heading };
        writer.running(text, paragraph.page, stands);
        before = Break::Line;
    }
}

fn write_table(writer: &mut Writer, table: Table) -> duban_document::Table {
    let mut cell = |cell: Cell| duban_document::Cell {
        column: cell.column,
        column_span: cell.column_span,
        row_span: cell.row_span,
        text: write_cell(writer, &cell.items),
    };
    let rows = table.rows.into_iter().map(|cells| {
        let mut row = Row { cells: cells.into_iter().map(&mut cell).collect() };
        layout::spread_section(&mut row);
        row
    });
    duban_document::Table { rows: rows.collect() }
}

/// The text of a cell, each of its lines on a line of its own; so are the rows of a table inside.
fn write_cell(writer: &mut Writer, items: &[Item]) -> JoinedText {
    let mut text = JoinedText::builder();
    for item in items {
        match item {
            Item::Paragraph(paragraph) => {
                for line in &paragraph.lines {
                    let line = clean::clean(line);
                    if !line.as_str().trim().is_empty() {
                        push_line(&mut text, writer, line.as_str().trim(), paragraph.page);
                    }
                }
            }
            Item::Table(table) => {
                for row in &table.rows {
                    let cells = row.iter().map(|cell| write_cell(&mut Writer::default(), &cell.items));
                    let cells: Vec<String> = cells.map(|cell| cell.as_str().replace('\n', " ")).collect();
                    push_line(&mut text, writer, &cells.join(" "), None);
                }
            }
        }
    }
    text.finish()
}

fn push_line(
    text: &mut duban_document::JoinedTextBuilder,
    writer: &mut Writer,
    line: &str,
    page: Option<u32>,
) {
    if !text.as_str().is_empty() {
        text.push_glue("\n");
    }
    text.push_joined(&writer.line(line, page));
}
