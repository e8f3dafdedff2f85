//! Places: from a name in a joined paragraph back to its lines, pages and boxes.

use std::path::Path;

use duban_document::{Block, Document};
use duban_read::{ReadOptions, read};

fn fixture(name: &str) -> Document {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/documents").join(name);
    let bytes = std::fs::read(&path).expect("the fixture can be read");
    read(name, &bytes, &ReadOptions::default()).expect("the fixture is a notice").value
}

/// A piece of the source, its line (from 1) and its boxes with their pages.
type Place = (String, usize, Vec<(u32, [i32; 4])>);

/// The pieces that `name` was joined from.
fn places(document: &Document, name: &str) -> Vec<Place> {
    let texts = document.blocks.iter().flat_map(Block::texts);
    let found =
        texts.filter_map(|text| text.as_str().find(name).map(|at| text.source_ranges(at..at + name.len())));
    let place = |home: duban_document::TextRange| {
        let line = document.lines_in(home).map_or(0, |(first, _)| first + 1);
        #[expect(clippy::cast_possible_truncation, reason = "points of a page")]
        let round = |x: f32| x.round() as i32;
        let boxes = document.boxes_in(home).into_iter();
        let boxes = boxes.map(|(page, b)| (page, [b.x0, b.y0, b.x1, b.y1].map(round)));
        (home.slice(&document.text).to_owned(), line, boxes.collect())
    };
    found.flatten().map(place).collect()
}

#[test]
fn a_name_cut_by_a_wrap() {
    let document = fixture("read-wrapped/source.txt");
    let places = places(&document, "有人管、有钱管、管得好，让每一条");
    let pieces: Vec<_> = places.iter().map(|(piece, line, _)| (piece.as_str(), *line)).collect();
    assert_eq!(pieces, [("有人管、有钱管、管得好，", 11), ("让每一条", 13)]);
}

#[test]
fn a_name_cut_by_a_wrap_on_paper() {
    let document = fixture("read-pdf-wrapped/source.pdf");
    let places = places(&document, "县文化和旅游局；");
    let boxes: Vec<_> = places.iter().map(|(piece, _, boxes)| (piece.as_str(), boxes.as_slice())).collect();
    let line_end = [(2, [511, 404, 527, 420])];
    let next_line = [(2, [79, 432, 191, 448])];
    assert_eq!(boxes, [("县", &line_end[..]), ("文化和旅游局；", &next_line[..])]);
}

#[test]
fn a_cell_cut_by_a_page() {
    let document = fixture("read-pdf-table/source.pdf");
    let places = places(&document, "保障群众出行安全");
    let pages: Vec<_> = places.iter().map(|(piece, _, boxes)| (piece.as_str(), boxes[0].0)).collect();
    assert_eq!(pages, [("保障群众出行", 1), ("安全", 2)]);
}

#[test]
fn paragraphs_of_each_column_are_joined() {
    for name in ["libreoffice-columns", "libreoffice-wide-columns"] {
        let document = fixture(&format!("../pdf/{name}.pdf"));
        assert_eq!(document.blocks.len(), 7, "{name}: a title and six items");
    }
}
