//! Archives and mails: a record for each notice in them, under the name that leads to it.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use duban::{BatchOptions, Options, Store, ingest, load_notice, process_file, process_files};

fn container(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/containers").join(name)
}

/// The name inside and the plan's year of each notice in a container, or what is wrong with it.
fn notices_in(name: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    process_files(&[container(name)], &BatchOptions::default(), |result| {
        let (path, said) = match result {
            Ok(record) => {
                (record.source.path, record.plan_year.map_or_else(String::new, |year| year.to_string()))
            }
            Err(error) => (error.path.clone(), error.source.to_string()),
        };
        let inside = path.split_once('!').map_or_else(String::new, |(_, inside)| inside.to_owned());
        found.push((inside, said));
        ControlFlow::Continue(())
    })
    .expect("the files are there");
    found
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(name, year)| ((*name).to_owned(), (*year).to_owned())).collect()
}

#[test]
fn an_archive_gives_its_notices_and_nothing_else() {
    let expected = [("通知/2021.txt", "2021"), ("word.docx", "2022"), ("公开要点.txt", "2023")];
    assert_eq!(notices_in("notices.zip"), pairs(&expected));
}

#[test]
fn an_archive_that_packs_nothing_is_no_pdf() {
    let notices = notices_in("stored.zip");
    assert_eq!(notices.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["notice.pdf", "2024.txt"]);
    assert_eq!(notices[1].1, "2024");
}

#[test]
fn a_mail_gives_what_is_attached() {
    let expected = [
        ("要点.txt", "2020"),
        ("其余.zip!通知/2021.txt", "2021"),
        ("其余.zip!word.docx", "2022"),
        ("其余.zip!公开要点.txt", "2023"),
    ];
    assert_eq!(notices_in("attached.eml"), pairs(&expected));
}

#[test]
fn a_mail_without_notices_is_read_itself() {
    assert_eq!(notices_in("alone.eml"), pairs(&[("body.txt", "2019")]));
}

#[test]
fn a_path_may_name_a_notice_inside() {
    let path = |inside: &str| PathBuf::from(format!("{}!{inside}", container("attached.eml").display()));
    let record = process_file(&path("其余.zip!word.docx"), &Options::default()).expect("it is in there");
    assert_eq!(record.plan_year, Some(2022));
    let missing = load_notice(&path("gone.docx"), &Options::default()).expect_err("it is not");
    assert!(missing.to_string().ends_with("there is no notice of that name in the archive"), "{missing}");
    let several = load_notice(&container("notices.zip"), &Options::default()).expect_err("which of them?");
    assert!(several.hint().is_some_and(|hint| hint.contains("archive.zip!notice.docx")));
}

#[test]
fn ingest_takes_each_notice_once() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = Store::open_or_create(folder.path()).expect("a store can be made");
    let notices = container("");
    let summary = ingest(&notices, &store, &BatchOptions::default(), |_| {}).expect("the folder is there");
    // The three of the archive are in the mail, too.
    assert_eq!((summary.files, summary.ok, summary.read, summary.failed), (4, 4, 7, 0));
    let again = ingest(&notices, &store, &BatchOptions::default(), |_| {}).expect("the folder is there");
    assert_eq!((again.read, again.skipped), (0, 4));
}
