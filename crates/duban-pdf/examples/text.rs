//! Prints the text of a PDF: each line as a line, each row of a table as a line with tabs, rows that
//! a page break cut joined.
//!
//! `cargo run -p duban-pdf --example text FILE [PASSWORD]`

#[path = "../tests/support/plain.rs"]
mod plain;

use std::error::Error;

use duban_pdf::{Options, Pdf};

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
    print!("{}", plain::text(&pdf));
    Ok(())
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
