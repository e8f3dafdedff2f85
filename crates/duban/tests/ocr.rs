//! A scan to its record by text recognition, where the machine has tesseract with its data for Chinese.
#![allow(clippy::print_stderr, reason = "a test that skips says so")]

use std::path::Path;

use duban::ocr::Recogniser;
use duban::record::{Record, WarningCode};
use duban::{Options, process_file};

fn record(options: &Options) -> Record {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/pdf/scan.pdf");
    process_file(&path, options).expect("the scan is a good PDF")
}

fn has_no_text(record: &Record) -> bool {
    record.warnings.iter().any(|warning| warning.code == WarningCode::NoText)
}

#[test]
fn a_scan_without_recognition_says_so() {
    let record = record(&Options::default());
    assert!(has_no_text(&record) && record.tasks.is_empty());
    assert_eq!(record.source.ocr, None);
}

#[test]
fn a_scan_is_recognised() {
    let Ok(recogniser) = Recogniser::find("tesseract") else {
        eprintln!("skipped: tesseract or its data for Chinese is not installed");
        return;
    };
    let record = record(&Options { ocr: Some(recogniser), ..Options::default() });
    assert!(!has_no_text(&record));
    assert_eq!(record.tasks.len(), 6, "{:?}", record.tasks);
    let ocr = record.source.ocr.expect("its text was recognised");
    assert_eq!(ocr.pages, [1]);
    assert!(ocr.confidence.is_some_and(|confidence| confidence > 60.0));
    let unit = record.tasks.iter().flat_map(|task| &task.units).find(|unit| unit.name.ends_with("县办公室"));
    let at = &unit.expect("most characters are recognised").at;
    assert_eq!((at.page_start, at.boxes.is_empty()), (Some(1), false));
}
