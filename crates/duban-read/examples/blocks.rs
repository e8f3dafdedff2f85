//! Prints the blocks of one file as the extractors see them: `cargo run -p duban-read --example blocks FILE`.

use std::path::Path;
use std::process::ExitCode;

use duban_document::{Alignment, Block};
use duban_read::{ReadOptions, read};

fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1) else {
        eprintln!("name a file to read");
        return ExitCode::from(2);
    };
    let name = Path::new(&path).to_string_lossy();
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("{name}: {error}");
            return ExitCode::from(2);
        }
    };
    match read(&name, &bytes, &ReadOptions::default()) {
        Ok(document) => {
            document.value.blocks.iter().for_each(print);
            document.warnings.iter().for_each(|warning| eprintln!("{:?}: {}", warning.code, warning.message));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{name}: {error}\nhint: {}", error.hint());
            ExitCode::FAILURE
        }
    }
}

fn print(block: &Block) {
    match block {
        Block::Paragraph(paragraph) => {
            let alignment = match paragraph.alignment {
                Alignment::Body => 'P',
                Alignment::Centre => 'C',
                Alignment::Right => 'R',
            };
            let heading = paragraph.heading.map(|level| "#".repeat(level.into())).unwrap_or_default();
            println!("{alignment}{heading} {}", paragraph.text.as_str());
        }
        Block::Table(table) => {
            for row in &table.rows {
                let cells = row.cells.iter().map(|cell| {
                    let spans = match (cell.column_span, cell.row_span) {
                        (1, 1) => String::new(),
                        (columns, rows) => format!("<{columns}x{rows}>"),
                    };
                    format!("{spans}{}", cell.text.as_str().replace('\n', "⏎"))
                });
                println!("T {}", cells.collect::<Vec<_>>().join(" | "));
            }
        }
    }
}
