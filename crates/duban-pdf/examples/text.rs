//! Prints the text of a PDF: a line for each line, a row of cells as cells between bars.
//!
//! `cargo run -p duban-pdf --example text FILE [PASSWORD]`

use std::error::Error;

use duban_pdf::{Item, Options, Table};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let path = arguments.next().ok_or("name a PDF file")?;
    let password = arguments.next().and_then(|it| it.into_string().ok());
    let bytes = std::fs::read(path)?;
    let pdf = duban_pdf::read(&bytes, &Options { password, ..Options::default() })?;
    if pdf.unknown() * 4 > pdf.glyphs() {
        return Err("nobody can tell most characters: the file needs character recognition".into());
    }
    for page in &pdf.pages {
        eprintln!(
            "page {}: {} glyphs, {} unknown, {} images, {} rules{}",
            page.number,
            page.glyphs,
            page.unknown,
            page.images,
            page.rules.len(),
            if page.recognised { ", recognised" } else { "" }
        );
        for item in &page.items {
            match item {
                Item::Line(line) => println!("{}", line.text()),
                Item::Table(table) => print_table(table),
            }
        }
    }
    eprintln!("repaired: {}, truncated: {}, limit: {:?}", pdf.repaired, pdf.truncated, pdf.limit);
    Ok(())
}

fn print_table(table: &Table) {
    eprintln!(
        "table of {} rows, {} columns, {:?}",
        table.rows.len(),
        table.columns.len() - 1,
        table.continued
    );
    for row in &table.rows {
        let cells: Vec<String> = row.cells.iter().map(duban_pdf::Cell::text).collect();
        println!("| {} |", cells.join(" | "));
    }
}
