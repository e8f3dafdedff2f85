//! Records of made-up notices in, queries out.

use std::path::Path;

use duban_index::{Index, IndexError, Query, SearchHit};
use duban_record::{
    Deadline, DeadlineEvidence, DeadlineKind, Format, Kind, Location, Record, Role, SCHEMA_VERSION, Source,
    Task, Unit, UnitEvidence,
};

fn record(id: &str, year: Option<i32>, tasks: Vec<Task>) -> Record {
    let tasks = tasks.into_iter().map(|task| Task { id: format!("{id}#{}", task.number), ..task }).collect();
    Record {
        schema_version: SCHEMA_VERSION,
        id: id.to_owned(),
        source: Source { path: format!("{id}.txt"), format: Format::Text, bytes: 1, pages: None, ocr: None },
        title: Some(format!("青禾县{id}工作要点")),
        document_number: None,
        issuer: None,
        recipients: Vec::new(),
        issued_on: None,
        plan_year: year,
        basis: Vec::new(),
        attachments: Vec::new(),
        outline: Vec::new(),
        tasks,
        requirements: Vec::new(),
        warnings: Vec::new(),
    }
}

fn task(number: &str, path: &[&str], title: &str, text: &str) -> Task {
    Task {
        id: String::new(),
        number: number.to_owned(),
        path: path.iter().map(|&title| title.to_owned()).collect(),
        title: title.to_owned(),
        text: text.to_owned(),
        kind: Kind::Task,
        units: Vec::new(),
        deadlines: Vec::new(),
        requirements: Vec::new(),
        at: Location { line_start: 3, line_end: 4, ..Location::default() },
    }
}

fn unit(name: &str, canonical: Option<&str>) -> Unit {
    Unit {
        name: name.to_owned(),
        canonical: canonical.map(str::to_owned),
        role: Role::Lead,
        evidence: UnitEvidence::Label,
        open: false,
        rule: "label.lead".to_owned(),
        at: Location::default(),
    }
}

fn due(raw: &str, day: &str) -> Deadline {
    Deadline {
        raw: raw.to_owned(),
        kind: DeadlineKind::Date,
        due: Some(day.to_owned()),
        start: None,
        within: None,
        after: None,
        rrule: None,
        times: None,
        operator: None,
        year_from: None,
        evidence: DeadlineEvidence::Text,
        rule: "date.month_end".to_owned(),
        at: Location::default(),
    }
}

fn index_of(folder: &Path, records: &[Record]) -> Index {
    let index = Index::create(folder).expect("the folder is empty");
    let mut writer = index.writer().expect("nobody else writes");
    for record in records {
        writer.put(record).expect("a record can be put");
    }
    writer.commit().expect("the disk has room");
    index.reload().expect("the index is whole");
    index
}

fn words(text: &str) -> Query {
    Query { text: text.to_owned(), ..Query::default() }
}

fn found(index: &Index, query: &Query) -> Vec<String> {
    let results = index.search(query).expect("the query is sound");
    assert!(results.total >= results.hits.len());
    results.hits.into_iter().map(|hit: SearchHit| hit.task).collect()
}

fn sample(folder: &Path) -> Index {
    let mut first =
        task("一/1", &["推进政务公开"], "更新公开专栏", "更新公开专栏。8 月底前完成12345热线知识库整理。");
    first.units = vec![unit("县教育局", Some("青禾县教育局")), unit("县民政局", None)];
    first.deadlines = vec![due("8月底前", "2021-08-31"), due("年底前", "2021-12-31")];
    let mut second = task("一/2", &["推进政务公开"], "加强培训", "加强培训，把公开专栏建成窗口。");
    second.kind = Kind::Safeguard;
    let newer = task("一/1", &[], "更新公开专栏", "更新公开专栏。8 月底前完成12345热线知识库整理。");
    index_of(
        folder,
        &[record("old", Some(2021), vec![first, second]), record("new", Some(2022), vec![newer])],
    )
}

#[test]
fn each_run_of_the_query_must_stand_there() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let index = sample(folder.path());
    assert_eq!(found(&index, &words("培训 专栏")), ["old#一/2"]);
    assert_eq!(found(&index, &words("训，把")), ["old#一/2"]);
    assert_eq!(found(&index, &words("专公")), [""; 0]);
    assert_eq!(found(&index, &words("8月底前完成１２３４５热")), ["new#一/1", "old#一/1"]);
    assert_eq!(found(&index, &words("345")), [""; 0]);
    assert_eq!(found(&index, &words("政务公开")), ["old#一/2", "old#一/1"]);
}

#[test]
fn title_comes_before_text_and_newer_before_older() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let index = sample(folder.path());
    assert_eq!(found(&index, &words("公开专栏")), ["new#一/1", "old#一/1", "old#一/2"]);
    let only_first = Query { limit: 1, ..words("公开专栏") };
    let results = index.search(&only_first).expect("the query is sound");
    assert_eq!((results.total, results.hits.len()), (3, 1));
}

#[test]
fn filters_narrow() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let index = sample(folder.path());
    let all = Query::default();
    assert_eq!(found(&index, &all), ["new#一/1", "old#一/1", "old#一/2"]);
    assert_eq!(found(&index, &Query { year: Some(2022), ..all.clone() }), ["new#一/1"]);
    assert_eq!(found(&index, &Query { kind: Some(Kind::Safeguard), ..all.clone() }), ["old#一/2"]);
    for name in ["县教育局", "青禾县教育局", "教育局"] {
        assert_eq!(found(&index, &Query { unit: Some(name.to_owned()), ..all.clone() }), ["old#一/1"]);
    }
    // Two names side by side are not one.
    assert_eq!(found(&index, &Query { unit: Some("局县民".to_owned()), ..all.clone() }), [""; 0]);
    let before = |day: &str| Query { due_before: Some(day.to_owned()), ..Query::default() };
    assert_eq!(found(&index, &before("2021-09-01")), ["old#一/1"]);
    assert_eq!(found(&index, &before("2021-08-31")), [""; 0]);
    assert!(matches!(index.search(&before("2021-09-31")), Err(IndexError::Date { .. })));
}

#[test]
fn a_hit_carries_what_is_shown() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let index = sample(folder.path());
    let query = Query { year: Some(2021), ..words("知识库") };
    let hit = index.search(&query).expect("the query is sound").hits.remove(0);
    assert_eq!(hit.number, "一/1");
    assert_eq!(hit.path, ["推进政务公开"]);
    assert_eq!(hit.title, "更新公开专栏");
    assert_eq!(hit.due.as_deref(), Some("2021-08-31"));
    assert_eq!(hit.deadlines, ["8月底前", "年底前"]);
    assert_eq!(hit.document_title.as_deref(), Some("青禾县old工作要点"));
    assert_eq!((hit.source_path.as_str(), hit.at.line_start), ("old.txt", 3));
    let [marked] = hit.snippet.matches.as_slice() else { panic!("one match, not {:?}", hit.snippet) };
    assert_eq!(&hit.snippet.text[marked.clone()], "知识库");
    let json = hit.to_json().expect("a hit is plain data");
    assert_eq!(json["units"][0], serde_json::json!({ "name": "县教育局", "role": "lead" }));
    assert_eq!(json["source"]["path"], "old.txt");
}

#[test]
fn putting_again_replaces() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let index = sample(folder.path());
    let mut writer = index.writer().expect("nobody else writes");
    writer.put(&record("old", Some(2021), vec![task("三", &[], "整理档案", "整理档案。")])).expect("put");
    writer.commit().expect("commit");
    index.reload().expect("reload");
    assert_eq!(found(&index, &Query { year: Some(2021), ..Query::default() }), ["old#三"]);
    writer.remove("new");
    writer.commit().expect("commit");
    index.reload().expect("reload");
    assert_eq!(found(&index, &Query::default()), ["old#三"]);
}

#[test]
fn every_piece_of_a_text_is_found() {
    let text = "落实公开公示制度，公示2021年3批次公开事项；公开栏〔新〕每季更新一次";
    let folder = tempfile::tempdir().expect("a temporary folder");
    let index = index_of(folder.path(), &[record("one", None, vec![task("一", &[], "无", text)])]);
    let pieces: Vec<char> = text.chars().collect();
    for start in 0..pieces.len() {
        for end in start + 1..=pieces.len().min(start + 9) {
            let piece: String = pieces[start..end].iter().collect();
            // Numbers are whole words; punctuation alone is nothing to search for.
            let cuts_number = [start, end].iter().any(|&at| {
                let digit = |index: usize| pieces.get(index).is_some_and(char::is_ascii_digit);
                at > 0 && digit(at - 1) && digit(at)
            });
            if !cuts_number && piece.chars().any(char::is_alphanumeric) {
                assert_eq!(found(&index, &words(&piece)), ["one#一"], "{piece}");
            }
        }
    }
}

#[test]
fn queries_made_to_break_a_parser_are_words_or_errors() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let index = sample(folder.path());
    assert_eq!(found(&index, &words("title:公开 AND NOT (专栏")), [""; 0]);
    assert!(matches!(index.search(&words(&"(".repeat(512))), Err(IndexError::NoWords { .. })));
    assert!(matches!(index.search(&words(&"NOT ".repeat(3000))), Err(IndexError::QueryTooLong { .. })));
    assert_eq!(found(&index, &words(&"公 ".repeat(256))).len(), 3);
}

#[test]
fn folders_that_are_no_index_are_told_apart() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    assert!(matches!(Index::open(folder.path()), Err(IndexError::Missing { .. })));
    drop(sample(folder.path()));
    let index = Index::open(folder.path()).expect("it was just made");
    assert_eq!(found(&index, &words("培训")), ["old#一/2"]);

    let writer = index.writer().expect("nobody else writes");
    assert!(matches!(index.writer(), Err(IndexError::Busy { .. })));
    drop(writer);

    std::fs::write(folder.path().join(".tmpAbC"), "half").expect("write");
    drop(index.writer().expect("the first writer is gone"));
    assert!(!folder.path().join(".tmpAbC").exists());

    std::fs::write(folder.path().join("duban-index-version"), "0\n").expect("write");
    let error = Index::open(folder.path()).err().expect("another version");
    let told = format!("is of version 0, this program needs version {}", duban_index::VERSION);
    assert!(error.to_string().contains(&told), "{error}");
    assert!(error.hint().is_some_and(|hint| hint.contains("ingest")));
}
