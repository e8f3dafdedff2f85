//! `duban text`: the body of a notice as read, a paragraph or a table's row on each line; or every line
//! where it stood.

mod layout;

use duban::document::{Block, Document, JoinedText, Layer, Line, Row};
use serde_json::{Value, json};

use crate::args::Text;
use crate::failure::{Status, Stop, report_input};
use crate::input::load;
use crate::output::Output;

/// Prints the text.
pub(crate) fn run(arguments: &Text) -> Result<Status, Stop> {
    let options = arguments.reading.options()?;
    let read =
        load(&arguments.input, &options).and_then(|(name, bytes)| duban::read_bytes(&name, &bytes, &options));
    let document = match read {
        Ok(read) => read.value,
        Err(error) => {
            report_input(&error);
            return Ok(Status::Incomplete);
        }
    };
    let mut output = Output::open();
    if arguments.layout {
        layout::rows(&document).iter().try_for_each(|row| output.line(row))?;
    } else if arguments.boxes {
        let lines = document.lines.iter().filter(|line| !line.range.is_empty());
        lines.map(|line| boxes(&document, line)).try_for_each(|line| output.json(&line, false))?;
    } else {
        body(&document).iter().try_for_each(|line| output.line(line))?;
    }
    output.flush()?;
    Ok(Status::Done)
}

/// The paragraphs and the rows of tables.
fn body(document: &Document) -> Vec<String> {
    let lines = |block: &Block| match block {
        Block::Paragraph(paragraph) => vec![one_line(&paragraph.text)],
        Block::Table(table) => table.rows.iter().map(row_line).collect(),
    };
    document.blocks.iter().flat_map(lines).collect()
}

/// A line with its page, its layer, and a box for each run of it: `[x0, y0, x1, y1]` in points from the
/// upper left corner of the page.
fn boxes(document: &Document, line: &Line) -> Value {
    let layer = match line.layer {
        Layer::Body => "body",
        Layer::Furniture => "furniture",
    };
    let runs = document.runs_of(line, line.range);
    let hundredths = |points: f32| f64::from((points * 100.0).round()) / 100.0;
    let boxes: Vec<_> = runs.iter().map(|(_, at)| [at.x0, at.y0, at.x1, at.y1].map(hundredths)).collect();
    json!({ "page": line.page, "layer": layer, "text": line.range.slice(&document.text), "boxes": boxes })
}

/// The cells of `row` parted by tabs, each under its column.
fn row_line(row: &Row) -> String {
    let mut line = String::new();
    let mut column = 0;
    for cell in &row.cells {
        while column < cell.column {
            line.push('\t');
            column += 1;
        }
        line += &one_line(&cell.text);
    }
    line
}

/// `text` without the line breaks and tabs that would part it.
fn one_line(text: &JoinedText) -> String {
    text.as_str().split(['\n', '\r', '\t']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use duban::document::{Cell, TextRange};

    use super::*;

    fn cell(column: usize, text: &str) -> Cell {
        let text = JoinedText::from_source(text, TextRange::new(0, text.len()));
        Cell { column, column_span: 1, row_span: 1, text }
    }

    #[test]
    fn cells_stand_under_their_columns() {
        let row = Row { cells: vec![cell(0, "1"), cell(1, "更新\n专栏"), cell(3, "年底前")] };
        assert_eq!(row_line(&row), "1\t更新 专栏\t\t年底前");
    }
}
