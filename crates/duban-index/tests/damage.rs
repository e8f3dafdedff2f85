//! A damaged index is told or answers as before; it never answers wrongly.

use std::fmt::Write;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use duban_index::{Index, IndexError, Query};
use duban_record::Record;
use oorandom::Rand64;

/// Bits that are flipped, files that are cut.
const FLIPS: u64 = 120;
const CUTS: u64 = 30;

fn record() -> Record {
    serde_json::from_str(include_str!("record.json")).expect("the record is sound")
}

/// An index of some segments, one of them with deletions.
fn build(folder: &Path) {
    let index = Index::create(folder).expect("an index can be made");
    let mut writer = index.writer().expect("nobody else writes");
    for round in 0..6 {
        for notice in 0..3 {
            // A notice of the round before is replaced.
            let mut record = Record { id: format!("{:02}", round * 2 + notice), ..record() };
            for task in &mut record.tasks {
                let _ = write!(task.text, "第{round}次办理，共{notice}件。");
            }
            writer.put(&record).expect("there is room");
        }
        writer.commit().expect("there is room");
    }
}

/// All that the index answers to some queries.
fn answers(index: &Index) -> Result<Vec<String>, IndexError> {
    let mut answers = Vec::new();
    for text in ["", "公开", "第三次办理", "year:2022", "unit:县 -专栏", "kind:section", "due:>2000"]
    {
        let results = index.search(&Query { text: text.to_owned(), limit: 100, ..Query::default() })?;
        answers.extend(results.hits.iter().map(|hit| format!("{} {} {:?}", hit.task, hit.score, hit.at)));
        answers.push(results.total.to_string());
    }
    Ok(answers)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("it can be listed").path()).collect();
    files.sort();
    files.retain(|file| fs::metadata(file).is_ok_and(|metadata| metadata.len() > 0));
    files
}

#[test]
fn no_damage_is_silent() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let sound = folder.path().join("sound");
    build(&sound);
    let expected = answers(&Index::open(&sound).expect("the index is sound")).expect("it answers");
    let mut dice = Rand64::new(150);
    let mut below = |limit: usize| usize::try_from(dice.rand_range(0..limit as u64)).unwrap_or(0);
    let mut wrong = Vec::new();
    for round in 0..FLIPS + CUTS {
        let damaged = folder.path().join(format!("damaged-{round}"));
        fs::create_dir(&damaged).expect("there is room");
        for file in files(&sound) {
            fs::copy(&file, damaged.join(file.file_name().unwrap_or_default())).expect("there is room");
        }
        let all = files(&damaged);
        let target = &all[below(all.len())];
        let mut bytes = fs::read(target).expect("it was copied");
        let byte = below(bytes.len());
        if round < FLIPS {
            bytes[byte] ^= 1 << below(8);
        } else {
            bytes.truncate(byte);
        }
        fs::write(target, bytes).expect("there is room");
        let opened =
            catch_unwind(AssertUnwindSafe(|| Index::open(&damaged).and_then(|index| answers(&index))));
        let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match opened {
            // A flip in a file that nothing reads changes nothing.
            Ok(Ok(answers)) if answers == expected => {}
            Ok(Ok(_)) => wrong.push(format!("{name} byte {byte}: answers differ")),
            Ok(Err(IndexError::Damaged { .. } | IndexError::Version { .. } | IndexError::Missing { .. })) => {
            }
            Ok(Err(error)) => wrong.push(format!("{name} byte {byte}: {error}")),
            Err(_) => wrong.push(format!("{name} byte {byte}: panics")),
        }
        fs::remove_dir_all(&damaged).expect("it was made here");
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), FLIPS + CUTS, wrong.join("\n"));
}
