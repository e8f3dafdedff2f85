//! PDF to lines and tables beside lopdf's bare load and decode, which is where it begins.

use duban_benches::{Comparison, report, root};
use duban_pdf::Options;
use lopdf::Document;

/// Ours takes at most this many times as long as loading the objects and decoding the content.
const BESIDE_LOPDF: f64 = 2.0;
/// Notices of the corpus as LibreOffice prints them.
const NOTICES: [&str; 3] = ["2021-lanxi.pdf", "2022-wuqiao.pdf", "2023-business.pdf"];

fn main() {
    let files: Vec<Vec<u8>> = NOTICES.iter().map(|name| load(name)).collect();
    let pages: usize = files.iter().map(|bytes| open(bytes).get_pages().len()).sum();
    let compared = Comparison::measure(
        || files.iter().map(|file| glyphs(file)).sum(),
        || files.iter().map(|file| operators(file)).sum(),
    );
    #[expect(clippy::cast_precision_loss, reason = "the corpus has few pages")]
    let pages = pages as f64;
    println!(
        "read {:.0} pages/s, lopdf load and decode alone {:.0} pages/s",
        pages / compared.ours.as_secs_f64(),
        pages / compared.floor.as_secs_f64()
    );
    report("read PDF / lopdf load and decode", compared.ratio(), BESIDE_LOPDF);
}

fn load(name: &str) -> Vec<u8> {
    match std::fs::read(root().join("corpus").join(name)) {
        Ok(bytes) => bytes,
        Err(error) => panic!("corpus/{name}: {error}"),
    }
}

fn open(bytes: &[u8]) -> Document {
    match Document::load_mem(bytes) {
        Ok(document) => document,
        Err(error) => panic!("a PDF of the corpus cannot be opened: {error}"),
    }
}

/// Reads all pages and counts their glyphs.
fn glyphs(bytes: &[u8]) -> usize {
    match duban_pdf::read(bytes, &Options::default()) {
        Ok(pdf) => usize::try_from(pdf.glyphs()).unwrap_or(usize::MAX),
        Err(error) => panic!("a PDF of the corpus cannot be read: {error}"),
    }
}

/// Loads the objects, decodes the content of all pages and counts the operators.
fn operators(bytes: &[u8]) -> usize {
    let document = open(bytes);
    let pages = document.get_pages().into_values();
    pages
        .map(|page| document.get_and_decode_page_content(page).map_or(0, |content| content.operations.len()))
        .sum()
}
