//! `duban text`: the body of a notice as read, a paragraph or a table's row on each line.

use duban::document::{Block, JoinedText, Row};

use crate::args::Text;
use crate::failure::{Status, Stop, report_input};
use crate::input::load;
use crate::output::Output;

/// Prints the text.
pub(crate) fn run(arguments: &Text) -> Result<Status, Stop> {
    let options = arguments.reading.options();
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
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => output.line(&one_line(&paragraph.text))?,
            Block::Table(table) => {
                for row in &table.rows {
                    output.line(&row_line(row))?;
                }
            }
        }
    }
    output.flush()?;
    Ok(Status::Done)
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
