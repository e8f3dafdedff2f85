//! Properties over generated input: no bytes panic, every document keeps its invariants, and no text
//! is lost between the lines and the blocks.

use std::ops::Range;

use duban_document::{Block, Document, Format, JoinedText, Layer};
use duban_read::{ReadOptions, read};
use proptest::prelude::*;

/// What plain notices are made of: text, labels, marks, blanks, tables, page numbers.
const PARTS: [&str; 36] = [
    "\n",
    "\n",
    "\n\n",
    "\n ",
    "\n\t",
    "\n\t\t",
    "\t",
    "\n\u{C}",
    "　　",
    " ",
    "    ",
    "。",
    "，",
    "、",
    "：",
    "；",
    "（",
    "）",
    "一、",
    "（二）",
    "3.",
    "4、",
    "第五条 ",
    "2031",
    "年",
    "月底前",
    "完成隐患排查",
    "县水利局",
    "各镇要按照职责分工抓好落实",
    "全面完成各项任务并按时报送情况",
    "|",
    "│",
    "\n- 10 -\n",
    "\n\n10\n\n",
    "第 3 页",
    "Office 365",
];

fn notice() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PARTS[..]), 0..200).prop_map(|parts| parts.concat())
}

/// The source ranges of all blocks, in order.
fn homes(document: &Document) -> Vec<Range<usize>> {
    let texts = document.blocks.iter().flat_map(Block::texts);
    let homes = texts.flat_map(|text| text.source_ranges(0..text.as_str().len()));
    let mut homes: Vec<Range<usize>> = homes.map(|home| home.start()..home.end()).collect();
    homes.sort_by_key(|home| home.start);
    homes
}

/// Every character of the body that is no white space and draws no table stands in one block, once.
fn check_nothing_lost(document: &Document) -> Result<(), TestCaseError> {
    let homes = homes(document);
    for pair in homes.windows(2) {
        prop_assert!(pair[0].end <= pair[1].start, "{pair:?} twice");
    }
    for line in document.lines.iter().filter(|line| line.layer == Layer::Body) {
        for (offset, c) in line.range.slice(&document.text).char_indices() {
            let at = line.range.start() + offset;
            let is_text = !c.is_whitespace() && !matches!(c, '|' | '│');
            let index = homes.partition_point(|home| home.end <= at);
            let found = homes.get(index).is_some_and(|home| home.contains(&at));
            prop_assert!(found || !is_text, "{c:?} at {at} is lost");
        }
    }
    Ok(())
}

/// Clauses of running text: nothing in them looks like a label.
const CLAUSES: [&str; 8] = [
    "各镇要按照职责分工抓好落实，",
    "10月底前完成隐患排查，",
    "由县水利局（县河长办）牵头，",
    "建立台账、",
    "加强值守；",
    "全年不少于12次，",
    "“一镇一策”",
    "及时向社会公布。",
];

fn paragraph() -> impl Strategy<Value = String> {
    let clauses = prop::collection::vec(prop::sample::select(&CLAUSES[..]), 4..30);
    clauses.prop_map(|clauses| clauses.concat() + "任务按时完成。")
}

/// Wraps as a printer does: 28 characters a line, two less in the first, marks that may not begin a
/// line squeezed into the one before.
fn wrapped(paragraph: &str, separator: &str) -> String {
    let mut lines = vec!["　　".to_owned()];
    let mut columns = 4;
    for c in paragraph.chars() {
        let width = if c.is_ascii() { 1 } else { 2 };
        if columns + width > 56 && !"，、；。”）".contains(c) {
            lines.push(String::new());
            columns = 0;
        }
        columns += width;
        lines.last_mut().expect("there is a first line").push(c);
    }
    lines.join(separator)
}

proptest! {
    #[test]
    fn wrapping_is_undone(paragraphs in prop::collection::vec(paragraph(), 3..12), double in any::<bool>()) {
        let separator = if double { "\n\n" } else { "\n" };
        let printed: Vec<String> = paragraphs.iter().map(|paragraph| wrapped(paragraph, separator)).collect();
        let text = printed.join(separator);
        let document = read("plan.txt", text.as_bytes(), &ReadOptions::default()).expect("it is text").value;
        let found: Vec<&str> = document.blocks.iter().flat_map(Block::texts).map(JoinedText::as_str).collect();
        prop_assert_eq!(found, paragraphs);
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        for format in [None, Some(Format::Text), Some(Format::Markdown), Some(Format::Pdf)] {
            let options = ReadOptions { format, ..ReadOptions::default() };
            if let Ok(read) = read("plan.md", &bytes, &options) {
                read.value.check().map_err(TestCaseError::fail)?;
            }
        }
    }

    #[test]
    fn no_text_is_lost(text in notice()) {
        if let Ok(read) = read("plan.txt", text.as_bytes(), &ReadOptions::default()) {
            read.value.check().map_err(TestCaseError::fail)?;
            check_nothing_lost(&read.value)?;
        }
    }

    #[test]
    fn any_text_keeps_the_invariants(text in any::<String>(), more in notice()) {
        for name in ["plan.txt", "plan.md"] {
            if let Ok(read) = read(name, format!("{text}{more}").as_bytes(), &ReadOptions::default()) {
                read.value.check().map_err(TestCaseError::fail)?;
            }
        }
    }

    #[test]
    fn markdown_keeps_the_invariants(text in "([#>*_`~|\\-+:!\\[\\]()<>&; \n\t0-9.、一二（）。a-z\\\\]|<br>|&nbsp;|\\| --- \\|\n){0,120}") {
        let options = ReadOptions { format: Some(Format::Markdown), ..ReadOptions::default() };
        if let Ok(read) = read("plan.md", text.as_bytes(), &options) {
            read.value.check().map_err(TestCaseError::fail)?;
        }
    }
}
