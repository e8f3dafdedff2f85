//! Bytes as a xlsx file.

#![no_main]

use duban_document::Format;
use duban_read::{ReadOptions, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let options = ReadOptions { format: Some(Format::Xlsx), ..ReadOptions::default() };
    if let Ok(read) = read("notice", bytes, &options) {
        assert_eq!(read.value.check(), Ok(()));
    }
});
