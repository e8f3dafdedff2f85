//! Files of real producers, read to the text beside them.
//!
//! `fixtures/pdf/make.py` makes the files; the text is what `cargo run -p duban-pdf --example text
//! FILE` prints.
#![allow(clippy::unwrap_used, reason = "a fixture that cannot be read fails the test")]

#[path = "support/plain.rs"]
mod plain;

use std::path::{Path, PathBuf};

use duban_pdf::{Options, PdfError};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/pdf")
}

#[track_caller]
fn check(name: &str) {
    let file = std::fs::read(fixtures().join(format!("{name}.pdf"))).unwrap();
    let password = (name == "locked").then(|| "密码123".to_owned());
    let pdf = duban_pdf::read(&file, &Options { password, ..Options::default() }).unwrap();
    let expected = std::fs::read_to_string(fixtures().join(format!("{name}.txt"))).unwrap();
    assert_eq!(plain::text(&pdf), expected);
    assert_eq!((pdf.unknown(), pdf.repaired, pdf.truncated, pdf.limit), (0, false, false, None));
}

#[test]
fn libreoffice_table_over_pages() {
    check("libreoffice-table");
}

#[test]
fn libreoffice_columns() {
    check("libreoffice-columns");
}

#[test]
fn libreoffice_wide_columns() {
    check("libreoffice-wide-columns");
}

#[test]
fn libreoffice_vertical() {
    check("libreoffice-vertical");
}

#[test]
fn typst_table_over_pages() {
    check("typst-table");
}

#[test]
fn reportlab_font_not_embedded() {
    check("reportlab");
}

#[test]
fn locked_file_wants_its_password() {
    check("locked");
    let file = std::fs::read(fixtures().join("locked.pdf")).unwrap();
    let error = |password: Option<&str>| {
        let password = password.map(str::to_owned);
        duban_pdf::read(&file, &Options { password, ..Options::default() }).unwrap_err()
    };
    assert!(matches!(error(None), PdfError::PasswordNeeded));
    assert!(matches!(error(Some("wrong")), PdfError::PasswordWrong));
}

#[test]
fn every_prefix_of_a_file_is_read_or_refused() {
    let file = std::fs::read(fixtures().join("libreoffice-table.pdf")).unwrap();
    for len in (0..file.len()).step_by(997) {
        if let Ok(pdf) = duban_pdf::read(&file[..len], &Options::default()) {
            assert!(pdf.truncated, "{len}");
        }
    }
}
