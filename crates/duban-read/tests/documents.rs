//! Golden files: each `fixtures/documents/read-*/source.*` against its `lines.txt` and `blocks.txt`.
//!
//! `lines.txt` gives every line of the text behind its layer (`B` body, `F` furniture) and page;
//! `blocks.txt` every block: `P`, `C` or `R` for a paragraph by its alignment (with `#` for the level
//! of a heading), `T` for a row of a table, cells parted by ` | ` and their spans as `<columns x rows>`.
//! After a change that is meant, write them anew with
//! `DUBAN_REGENERATE=1 cargo test -p duban-read --test documents` and read the difference.

mod shown;

use std::path::Path;

use duban_document::Document;
use duban_read::{ReadOptions, read};

fn golden(source: &Path) -> datatest_stable::Result<()> {
    let bytes = std::fs::read(source)?;
    let name = source.file_name().unwrap_or_default().to_string_lossy();
    let document = read(&name, &bytes, &ReadOptions::default())?.value;
    document.check()?;
    compare(&source.with_file_name("lines.txt"), &lines(&document))?;
    compare(&source.with_file_name("blocks.txt"), &shown::blocks(&document))
}

fn lines(document: &Document) -> String {
    document.lines.iter().map(|line| shown::line(document, line)).collect()
}

fn compare(path: &Path, found: &str) -> datatest_stable::Result<()> {
    if std::env::var_os("DUBAN_REGENERATE").is_some() {
        return Ok(std::fs::write(path, found)?);
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    if expected == found {
        return Ok(());
    }
    let line = expected.lines().zip(found.lines()).take_while(|(expected, found)| expected == found).count();
    let at = |text: &str| text.lines().nth(line).unwrap_or("(end)").to_owned();
    let (expected, found) = (at(&expected), at(found));
    Err(format!("{} differs in line {}:\n- {expected}\n+ {found}", path.display(), line + 1).into())
}

datatest_stable::harness! {
    { test = golden, root = "../../fixtures/documents", pattern = r"^read-[^/]+/source\.[a-z]+$" },
}
