//! A query: it is answered or refused.

#![no_main]

use std::sync::LazyLock;

use duban_index::{Index, Query};
use libfuzzer_sys::fuzz_target;

static INDEX: LazyLock<(tempfile::TempDir, Index)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let index = Index::create(folder.path()).expect("an index can be made");
    drop(index.writer().and_then(|mut writer| writer.commit()));
    (folder, index)
});

fuzz_target!(|text: &str| {
    let _ = INDEX.1.search(&Query { text: text.to_owned(), ..Query::default() });
});
