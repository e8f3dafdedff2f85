//! Folders of made-up notices into stores.

use std::fs;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::Path;

use duban::index::{IndexError, Query};
use duban::record::Record;
use duban::{
    BatchError, BatchOptions, DatabaseError, Entry, IngestSummary, Store, StoreError, ingest, process_folder,
};

const PLAN: &str = "青禾县2022年公开工作要点\n\n一、更新专栏。县融媒体中心要于10月底前完成专栏改版。\n\n二、核对目录。每季度核对一次。\n";

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("make the folder");
    fs::write(path, text).expect("write the notice");
}

/// A folder with `count` notices, an empty file and a file that is no notice.
fn folder_of(count: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for index in 0..count {
        write(
            folder.path(),
            &format!("{}/{index:02}.txt", index % 3),
            &format!("{PLAN}\n三、归档{index}卷。\n"),
        );
    }
    write(folder.path(), "1/empty.txt", "");
    write(folder.path(), "list.json", "{}");
    folder
}

fn ingest_all(folder: &Path, store: &Path) -> IngestSummary {
    let store = Store::open_or_create(store).expect("the store can be made");
    ingest(folder, &store, &BatchOptions::default(), |_| ()).expect("the batch runs")
}

fn records_of(store: &Store) -> Vec<Record> {
    let mut records = Vec::new();
    store
        .each_record(|record| {
            records.push(record);
            Ok(())
        })
        .expect("the records can be read");
    records
}

fn found(store: &Path, text: &str) -> usize {
    let query = Query { text: text.to_owned(), ..Query::default() };
    Store::open(store).expect("there is a store").search(&query).expect("the query is sound").total
}

#[test]
fn output_does_not_depend_on_the_number_of_threads() {
    let folder = folder_of(70);
    let runs: Vec<Vec<String>> = [1, 2, 8]
        .into_iter()
        .map(|threads| {
            let options = BatchOptions { threads: NonZeroUsize::new(threads), ..BatchOptions::default() };
            let mut lines = Vec::new();
            let summary = process_folder(folder.path(), &options, |result| {
                lines.push(match result {
                    Ok(record) => serde_json::to_string(&record).expect("a record is plain data"),
                    Err(error) => error.to_string(),
                });
                ControlFlow::Continue(())
            })
            .expect("the batch runs");
            assert_eq!((summary.read, summary.failed, summary.ignored), (70, 1, 1));
            lines
        })
        .collect();
    assert_eq!(runs[0].len(), 71);
    assert_eq!(runs[0], runs[1]);
    assert_eq!(runs[0], runs[2]);
}

#[test]
fn a_batch_can_be_ended() {
    let folder = folder_of(5);
    let mut seen = 0;
    process_folder(folder.path(), &BatchOptions::default(), |_| {
        seen += 1;
        if seen == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })
    .expect("the batch runs");
    assert_eq!(seen, 2);
}

#[test]
fn ingesting_again_changes_nothing() {
    let (folder, store) = (folder_of(3), tempfile::tempdir().expect("a temporary folder"));
    let first = ingest_all(folder.path(), store.path());
    assert_eq!((first.read, first.failed, first.held, first.ignored), (3, 1, 0, 1));
    let failure = &first.failures[0];
    assert!(failure.path.ends_with("empty.txt"), "{failure:?}");
    let hits = found(store.path(), "专栏改版");
    assert_eq!(hits, 3);

    let second = ingest_all(folder.path(), store.path());
    assert_eq!((second.read, second.failed, second.held, second.ignored), (0, 1, 3, 1));
    assert_eq!(found(store.path(), "专栏改版"), hits);

    let store = Store::open(store.path()).expect("there is a store");
    let again = BatchOptions { again: true, ..BatchOptions::default() };
    let mut last = None;
    let third = ingest(folder.path(), &store, &again, |progress| {
        last = Some((progress.total, progress.done, progress.failed));
    })
    .expect("the batch runs");
    assert_eq!((third.read, third.held), (3, 0));
    assert_eq!(last, Some((5, 5, 1)));
    assert_eq!(found(store.root(), "专栏改版"), hits);
}

#[test]
fn the_same_bytes_are_one_record() {
    let (folder, store) = (folder_of(0), tempfile::tempdir().expect("a temporary folder"));
    write(folder.path(), "b.txt", PLAN);
    write(folder.path(), "a.txt", PLAN);
    let summary = ingest_all(folder.path(), store.path());
    // Beside the second one a file that is no notice.
    assert_eq!((summary.read, summary.ok, summary.skipped), (1, 1, 2));
    let store = Store::open(store.path()).expect("there is a store");
    let records = records_of(&store);
    assert_eq!(records.len(), 1);
    assert!(records[0].source.path.ends_with("a.txt"));
}

#[test]
fn an_index_of_another_version_is_refused_and_made_anew_by_ingest() {
    let (folder, store) = (folder_of(2), tempfile::tempdir().expect("a temporary folder"));
    ingest_all(folder.path(), store.path());
    fs::write(store.path().join("index/duban-index-version"), "0").expect("write");
    let opened = Store::open(store.path()).expect("there is a store");
    let refused = opened.search(&Query::default());
    assert!(matches!(refused, Err(StoreError::Index(IndexError::Version { .. }))));

    let summary = ingest_all(folder.path(), store.path());
    assert_eq!((summary.read, summary.held), (0, 2));
    assert_eq!(found(store.path(), "专栏改版"), 2);
}

#[test]
fn records_of_another_parser_are_replaced() {
    let (folder, store) = (folder_of(1), tempfile::tempdir().expect("a temporary folder"));
    ingest_all(folder.path(), store.path());
    let database = rusqlite::Connection::open(store.path().join("duban.db")).expect("it is a database");
    for table in ["documents", "contents"] {
        database.execute(&format!("UPDATE {table} SET parser_version = 0"), []).expect("it has the table");
    }
    let summary = ingest_all(folder.path(), store.path());
    assert_eq!((summary.read, summary.held), (1, 0));
    let opened = Store::open(store.path()).expect("there is a store");
    assert_eq!(records_of(&opened).len(), 1);
    assert_eq!(found(store.path(), "专栏改版"), 1);
}

#[test]
fn any_sql_tool_can_ask_the_store() {
    let (folder, store) = (folder_of(2), tempfile::tempdir().expect("a temporary folder"));
    ingest_all(folder.path(), store.path());
    let database = rusqlite::Connection::open(store.path().join("duban.db")).expect("it is a database");
    let count = |query: &str| -> i64 { database.query_row(query, [], |row| row.get(0)).expect("it is SQL") };
    let opened = Store::open(store.path()).expect("there is a store");
    let tasks: usize = records_of(&opened).iter().map(|record| record.tasks.len()).sum();
    assert_eq!(count("SELECT count(*) FROM documents WHERE indexed = 1 AND modified > 0"), 2);
    assert_eq!(usize::try_from(count("SELECT count(*) FROM ledger")), Ok(tasks));
    assert_eq!(count("SELECT count(*) FROM ledger WHERE due IS NOT NULL AND lead || others IS NULL"), 2);
    assert_eq!(
        count("SELECT count(*) FROM due_days"),
        count("SELECT count(*) FROM deadlines WHERE due > ''")
    );
    let id = &records_of(&opened)[0].id;
    assert_eq!(opened.record(&id[..8]).expect("it can be read").map(|record| record.id).as_ref(), Some(id));
    assert!(opened.record("").expect("it can be read").is_none(), "several begin so");
}

#[test]
fn what_the_index_lacks_is_made_up_for() {
    let (folder, store) = (folder_of(3), tempfile::tempdir().expect("a temporary folder"));
    ingest_all(folder.path(), store.path());
    // As after a kill between the database and the index.
    let database = rusqlite::Connection::open(store.path().join("duban.db")).expect("it is a database");
    database.execute("UPDATE documents SET indexed = 0", []).expect("it has the table");
    fs::remove_dir_all(store.path().join("index")).expect("the index is a folder");
    let summary = ingest_all(folder.path(), store.path());
    assert_eq!((summary.read, summary.held), (0, 3));
    assert_eq!(found(store.path(), "专栏改版"), 3);

    fs::write(store.path().join("index/duban-index-version"), "0").expect("write");
    let opened = Store::open(store.path()).expect("there is a store");
    assert_eq!(opened.reindex().expect("the records are there"), 3);
    assert_eq!(found(store.path(), "专栏改版"), 3);
}

#[test]
fn a_newer_store_is_refused() {
    let (folder, store) = (folder_of(1), tempfile::tempdir().expect("a temporary folder"));
    ingest_all(folder.path(), store.path());
    let database = rusqlite::Connection::open(store.path().join("duban.db")).expect("it is a database");
    database.pragma_update(None, "user_version", 99).expect("it can be written");
    let refused = Store::open(store.path()).expect("there is a store").files();
    assert!(matches!(refused, Err(StoreError::Database(DatabaseError::Newer { found: 99, .. }))));
}

#[test]
fn what_is_not_there_is_told() {
    let nowhere = tempfile::tempdir().expect("a temporary folder");
    let missing = Store::open(nowhere.path()).expect_err("there is no store");
    assert!(matches!(missing, StoreError::Missing { .. }));
    assert!(missing.hint().is_some_and(|hint| hint.contains("duban ingest")));

    let store = Store::open_or_create(&nowhere.path().join("store")).expect("it can be made");
    let gone = ingest(&nowhere.path().join("gone"), &store, &BatchOptions::default(), |_| ());
    assert!(matches!(gone, Err(BatchError::NoFolder { .. })));
}

#[test]
fn a_record_that_is_written_again_while_the_index_works_is_the_one_that_is_found() {
    let (folder, home) = (folder_of(1), tempfile::tempdir().expect("a temporary folder"));
    ingest_all(folder.path(), home.path());
    let store = Store::open(home.path()).expect("there is a store");
    let entry = |word: &str| {
        let mut record = records_of(&store).remove(0);
        record.tasks.iter_mut().for_each(|task| task.text = format!("{word}公开专栏。"));
        let file = store.files().expect("the files can be read").remove(0);
        Entry { file, content: None, documents: vec![record.id.clone()], records: vec![record] }
    };
    let (old, new) = (entry("旧"), entry("新"));
    let mut writer = store.writer().expect("there is no other writer");
    // As many as are written at a time: the index begins with the old ones.
    for _ in 0..256 {
        writer.put(old.clone()).expect("the record can be written");
    }
    writer.put(new).expect("the record can be written");
    writer.commit().expect("the records can be written");
    drop(writer);
    assert_eq!((found(home.path(), "旧公开专栏"), found(home.path(), "新公开专栏")), (0, 3));
    assert_eq!(store.reindex().expect("the index can be made anew"), 1);
    assert_eq!((found(home.path(), "旧公开专栏"), found(home.path(), "新公开专栏")), (0, 3));
}
