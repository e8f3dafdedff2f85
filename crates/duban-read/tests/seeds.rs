//! The real notices of `../shared/seeds` beside this repository, where they are at hand: invariants, and
//! facts about their shape that follow from how they were printed.

use std::path::{Path, PathBuf};

use duban_document::{Block, Document, Layer, label};
use duban_read::{ReadOptions, read};

/// The seed whose name begins with `number`; says so and gives none where there are no seeds.
fn seed(number: &str) -> Option<Document> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: no seeds in {}", folder.display());
        return None;
    };
    let mut paths = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let begins =
        |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(number));
    let path = paths.find(begins)?;
    let bytes = std::fs::read(&path).expect("a seed can be read");
    let document =
        read(&path.to_string_lossy(), &bytes, &ReadOptions::default()).expect("a seed is a text").value;
    document.check().expect("the invariants hold");
    Some(document)
}

fn paragraphs(document: &Document) -> Vec<&str> {
    let texts = document.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.text.as_str()),
        Block::Table(_) => None,
    });
    texts.collect()
}

/// Paragraphs that end as a wrapped line would: with a comma, or inside brackets.
fn broken_off(document: &Document) -> Vec<&str> {
    let is_broken = |text: &&str| {
        let count = |c: char| text.matches(c).count();
        text.ends_with(['，', '、']) || count('（') > count('）') + count(')')
    };
    paragraphs(document).into_iter().filter(is_broken).collect()
}

#[test]
fn hard_wrapped_with_blank_lines() {
    for (number, labelled, furniture) in [("000", 29, 0), ("004", 26, 1)] {
        let Some(document) = seed(number) else { return };
        assert_eq!(broken_off(&document), Vec::<&str>::new());
        let found = paragraphs(&document).into_iter().filter(|text| label::at(text).is_some()).count();
        assert_eq!(found, labelled, "{number}");
        let unread = document.lines.iter().filter(|line| line.layer == Layer::Furniture).count();
        assert_eq!(unread, furniture, "{number}");
        assert!(paragraphs(&document).iter().all(|text| !text.contains(['\n', '\u{3000}'])));
    }
}

#[test]
fn tab_indented_table() {
    let Some(document) = seed("001") else { return };
    let tables: Vec<_> = document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Paragraph(_) => None,
        })
        .collect();
    let [table] = tables[..] else { panic!("{} tables", tables.len()) };
    for row in &table.rows {
        assert_eq!(row.cells.iter().map(|cell| cell.column_span).sum::<usize>(), 4, "{row:?}");
    }
    let numbered = table.rows.iter().filter(|row| row.cells.len() == 4).count();
    assert_eq!(numbered, 1 + 20, "the head and the tasks");
    assert_eq!(document.lines.iter().filter(|line| line.layer == Layer::Furniture).count(), 2 * 4);
}

#[test]
fn one_paragraph_a_line() {
    for number in ["002", "003"] {
        let Some(document) = seed(number) else { return };
        let lines = document.lines.iter().filter(|line| !line.range.slice(&document.text).trim().is_empty());
        assert_eq!(paragraphs(&document).len(), lines.count(), "{number}");
        assert!(paragraphs(&document).iter().all(|text| !text.contains("[bookmark")));
    }
}
