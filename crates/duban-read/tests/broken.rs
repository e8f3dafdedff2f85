//! What is said of each file in `fixtures/broken`: its error with the hint, or its warnings and text.
//!
//! The answers stand in `fixtures/broken/messages.txt`. After a change that is meant, write it anew with
//! `DUBAN_REGENERATE=1 cargo test -p duban-read --test broken` and read the difference.

use std::fmt::Write;
use std::path::Path;

use duban_read::{ReadOptions, detect_format, read};

#[test]
fn messages() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/broken");
    let golden = folder.join("messages.txt");
    let mut paths: Vec<_> =
        std::fs::read_dir(&folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.retain(|path| *path != golden);
    paths.sort();
    assert!(paths.len() > 15, "only {} files", paths.len());
    let mut found = String::new();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        found.push_str(&said_of(&name, &std::fs::read(&path)?)?);
    }
    if std::env::var_os("DUBAN_REGENERATE").is_some() {
        std::fs::write(&golden, &found)?;
    }
    assert_eq!(found, std::fs::read_to_string(&golden)?);
    Ok(())
}

fn said_of(name: &str, bytes: &[u8]) -> Result<String, Box<dyn std::error::Error>> {
    let mut said = format!("== {name}: {:?}\n", detect_format(name, bytes));
    match read(name, bytes, &ReadOptions::default()) {
        Ok(read) => {
            read.value.check()?;
            for warning in &read.warnings {
                writeln!(said, "{:?}: {}", warning.code, warning.message)?;
            }
            writeln!(said, "{}", read.value.text.trim_end())?;
        }
        Err(error) => writeln!(said, "{error}\nhint: {}", error.hint())?,
    }
    Ok(said)
}

#[test]
fn a_limit_on_text_is_kept() {
    let options = ReadOptions { max_text_bytes: 8, ..ReadOptions::default() };
    let error = read("plan.txt", "一、总体要求".as_bytes(), &options).unwrap_err();
    assert_eq!(error.to_string(), "the text takes 18 bytes, more than the limit of 8");
    let options = ReadOptions { max_lines: 2, ..ReadOptions::default() };
    let error = read("plan.txt", b"1\n2\n3\n", &options).unwrap_err();
    assert_eq!(error.to_string(), "the text has 3 lines, more than the limit of 2");
}
