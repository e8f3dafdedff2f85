//! A text to its record: outline, tasks, units and deadlines.

#![no_main]

use duban_extract::{Source, extract};
use duban_read::{ReadOptions, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(document) = read("notice.txt", text.as_bytes(), &ReadOptions::default()) {
        let source = Source { path: "notice.txt".to_owned(), bytes: text.len() as u64, id: "0".repeat(64) };
        extract(document, &source);
    }
});
