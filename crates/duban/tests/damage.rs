//! A store with a flipped bit or a cut file says so, mends itself, or answers as before.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use duban::index::Query;
use duban::{BatchOptions, Store, StoreError, ingest};
use oorandom::Rand64;

/// Bits that are flipped and files that are cut: of five the last.
fn rounds() -> u64 {
    if std::env::var_os("DUBAN_FULL").is_some() { 150 } else { 30 }
}

/// All that a store says.
fn said(store: &Store) -> Result<Vec<String>, StoreError> {
    let mut said = Vec::new();
    store.each_record(|record| {
        said.push(serde_json::to_string(&record).expect("a record is plain data"));
        Ok(())
    })?;
    said.extend(store.files()?.iter().map(|file| format!("{file:?}")));
    for text in ["公开", "year:2022", "unit:县"] {
        let results = store.search(&Query { text: text.to_owned(), limit: 1000, ..Query::default() })?;
        let mut hits: Vec<String> = results.hits.iter().map(|hit| hit.task.clone()).collect();
        hits.sort();
        said.extend(hits);
    }
    said.extend(store.plans("青禾", 2022)?.into_iter().map(|record| record.id));
    Ok(said)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("it can be listed").into_path())
        .filter(|path| fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.len() > 0))
        .collect();
    files.sort();
    files
}

fn copy(from: &Path, to: &Path) {
    for file in files(from) {
        let target = to.join(file.strip_prefix(from).expect("it lies inside"));
        fs::create_dir_all(target.parent().expect("it lies in a folder")).expect("make the folder");
        fs::copy(file, target).expect("copy");
    }
}

#[test]
fn no_damage_is_silent_after_a_start() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let notices = folder.path().join("notices");
    fs::create_dir(&notices).expect("make the folder");
    for number in 0..12 {
        let text = format!(
            "青禾县{}年公开工作要点\n\n一、更新专栏\n\n（一）核对{number}条。县司法局牵头，10月底前完成。\n\n青禾县人民政府\n",
            2018 + number
        );
        fs::write(notices.join(format!("{number}.txt")), text).expect("write");
    }
    fs::write(notices.join("empty.pdf"), "").expect("write");
    let sound = folder.path().join("sound");
    let store = Store::open_or_create(&sound).expect("a store can be made");
    ingest(&notices, &store, &BatchOptions::default(), |_| {}).expect("the notices can be read");
    let expected = said(&store).expect("the store is sound");
    assert!(expected.len() > 40);

    let mut dice = Rand64::new(150);
    let mut below = |limit: usize| usize::try_from(dice.rand_range(0..limit as u64)).unwrap_or(0);
    let mut wrong = Vec::new();
    for round in 0..rounds() {
        let damaged = folder.path().join(format!("damaged-{round}"));
        copy(&sound, &damaged);
        // As often the database as a file of the index.
        let all = files(&damaged);
        let target = if round % 2 == 0 { damaged.join("duban.db") } else { all[below(all.len())].clone() };
        let mut bytes = fs::read(&target).expect("it was copied");
        let byte = below(bytes.len());
        if round % 5 == 4 {
            bytes.truncate(byte);
        } else {
            bytes[byte] ^= 1 << below(8);
        }
        fs::write(&target, bytes).expect("write");
        let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let answered = catch_unwind(AssertUnwindSafe(|| -> Result<Vec<String>, StoreError> {
            let store = Store::open(&damaged)?;
            // A start looks the store over, and makes a damaged index anew.
            drop(store.writer()?);
            said(&store)
        }));
        match answered {
            Ok(Err(_)) => {}
            Ok(Ok(answered)) if answered == expected => {}
            Ok(Ok(_)) => wrong.push(format!("{name} byte {byte}: it says something else")),
            Err(_) => wrong.push(format!("{name} byte {byte}: panics")),
        }
        fs::remove_dir_all(&damaged).expect("it was made here");
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rounds(), wrong.join("\n"));
}
