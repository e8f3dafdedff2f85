//! Prints the text of a PDF: each line as a line, each row of a table as a line with tabs, rows that
//! a page break cut joined.
//!
//! `cargo run -p duban-pdf --example text FILE [PASSWORD]`

use std::collections::BTreeMap;
use std::error::Error;

use duban_pdf::{Item, Options, Page, Pdf, Table};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let path = arguments.next().ok_or("name a PDF file")?;
    let password = arguments.next().and_then(|it| it.into_string().ok());
    let bytes = std::fs::read(path)?;
    let pdf = duban_pdf::read(&bytes, &Options { password, ..Options::default() })?;
    describe(&pdf);
    if pdf.unknown() * 4 > pdf.glyphs() {
        return Err("nobody can tell most characters: the file needs character recognition".into());
    }
    let mut rows: Vec<BTreeMap<usize, String>> = Vec::new();
    for page in &pdf.pages {
        for item in &page.items {
            match item {
                Item::Table(table) => add_table(&mut rows, table),
                Item::Line(line) if is_in_margin(page, line.bounds.y0) => println!("{}", line.text()),
                Item::Line(line) => {
                    print_rows(&mut rows);
                    println!("{}", line.text());
                }
            }
        }
    }
    print_rows(&mut rows);
    Ok(())
}

fn is_in_margin(page: &Page, y: f32) -> bool {
    y < page.height * 0.13 || y > page.height * 0.87
}

fn add_table(rows: &mut Vec<BTreeMap<usize, String>>, table: &Table) {
    let continued = table.continued.unwrap_or_default();
    if table.continued.is_none() {
        print_rows(rows);
    }
    for (index, row) in table.rows.iter().enumerate().skip(continued.repeated_head) {
        if rows.is_empty() || !(continued.splits_row && index == continued.repeated_head) {
            rows.push(BTreeMap::new());
        }
        if let Some(last) = rows.last_mut() {
            for cell in &row.cells {
                last.entry(cell.column).or_default().push_str(&cell.text());
            }
        }
    }
}

fn print_rows(rows: &mut Vec<BTreeMap<usize, String>>) {
    for row in rows.drain(..) {
        println!("{}", row.into_values().collect::<Vec<_>>().join("\t"));
    }
}

fn describe(pdf: &Pdf) {
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
    }
    eprintln!("repaired: {}, truncated: {}, limit: {:?}", pdf.repaired, pdf.truncated, pdf.limit);
}
