//! Records of made-up notices in, queries out.

use std::path::Path;

use duban_index::{Index, IndexError, Query, SearchHit, Sort};
use duban_record::{
    Deadline, DeadlineEvidence, DeadlineKind, Format, Kind, Location, OutlineNode, Record, Role,
    SCHEMA_VERSION, Section, Source, Task, Unit, UnitEvidence,
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
        level: None,
        recipients: Vec::new(),
        issued_on: None,
        plan_year: year,
        basis: Vec::new(),
        attachments: Vec::new(),
        outline: Vec::new(),
        tasks,
        requirements: Vec::new(),
        sections: Vec::new(),
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
        rule: "label.lead".into(),
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
        rule: "date.month_end".into(),
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
    let mut old = record("old", Some(2021), vec![first, second]);
    old.issuer = Some("青禾县人民政府办公室".to_owned());
    old.document_number = Some("青政办发〔2021〕5号".to_owned());
    index_of(folder, &[old, record("new", Some(2022), vec![newer])])
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
    assert_eq!(found(&index, &Query::default()), ["new#一/1", "old#一/1", "old#一/2"]);
    assert_eq!(found(&index, &words("year:2022")), ["new#一/1"]);
    assert_eq!(found(&index, &words("kind:safeguard")), ["old#一/2"]);
    for name in ["县教育局", "青禾县教育局", "教育局"] {
        assert_eq!(found(&index, &words(&format!("unit:{name}"))), ["old#一/1"]);
    }
    // Two names side by side are not one.
    assert_eq!(found(&index, &words("unit:局县民")), [""; 0]);
    assert_eq!(found(&index, &words("due:<2021-09-01")), ["old#一/1"]);
    assert_eq!(found(&index, &words("due:<2021-08-31")), [""; 0]);
}

#[test]
fn the_query_language() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let index = sample(folder.path());
    let (new, old, training) = ("new#一/1", "old#一/1", "old#一/2");
    for (query, tasks) in [
        ("公开专栏 -培训", vec![new, old]),
        ("公开专栏 －培训", vec![new, old]),
        ("培训 OR 12345热线", vec![training, new, old]),
        ("(培训 | 热线) 年份：2021", vec![training, old]),
        ("（培训 OR 热线） year:>2021", vec![new]),
        ("\"公开 专栏\"", vec![new, old, training]),
        ("“公开专栏” 热线", vec![new, old]),
        ("-热线", vec![training]),
        ("-(热线 OR 培训)", vec![]),
        ("year:2021..2022 title:专栏", vec![new, old]),
        ("year:..2021 标题：培训", vec![training]),
        ("年度:>=2022", vec![new]),
        ("year:<2022 类型:保障", vec![training]),
        ("due:2021-08", vec![old]),
        ("due:2021", vec![old]),
        ("期限：2021-09..2021-11", vec![]),
        ("due:2021-08-31", vec![old]),
        ("due:>2021-12-30", vec![old]),
        ("lead:县民政局", vec![old]),
        ("牵头：县民政局", vec![old]),
        ("support:县民政局", vec![]),
        ("issuer:青禾县人民政府 知识库", vec![old]),
        ("doc:青政办发[2021]5号 year:2021 热线", vec![old]),
        ("文号：青政办发〔2021〕５号 培训", vec![training]),
        ("doc:（2021）5号 热线", vec![old]),
        ("doc:(2021)5号 热线", vec![old]),
        ("(doc:【2021】5号) 热线", vec![old]),
        ("doc:青政办发 热线", vec![old]),
        ("doc:5号 热线", vec![old]),
        ("doc:2021 热线", vec![old]),
        ("doc:\"政办发 〔2021〕\" 热线", vec![old]),
        // Figures are whole, and nothing is a pattern.
        ("doc:21〕5号", vec![]),
        ("doc:202 热线", vec![]),
        ("doc:青.*号", vec![]),
        ("format:text 热线", vec![new, old]),
        ("format:pdf", vec![]),
        ("培训，把公开专栏(试点)", vec![]),
    ] {
        assert_eq!(found(&index, &words(query)), tasks, "{query}");
    }
}

#[test]
fn a_wrong_query_is_told_where() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let index = sample(folder.path());
    for (query, place, said) in [
        ("公开 (专栏", 3, "opens and none closes"),
        ("公开 专栏)", 5, "closes that none opened"),
        ("公开 \"专栏", 3, "opens and none closes"),
        ("公开 OR", 3, "behind OR"),
        ("OR 公开", 0, "before OR"),
        ("公开 ()", 3, "hold nothing"),
        ("year:去年", 5, "no year"),
        ("due:2021-02-30", 4, "no day"),
        ("kind:其他", 5, "no kind"),
        ("doc:、", 4, "no document number"),
        ("unit:", 5, "wants a value"),
        ("公开 unit: OR 专栏", 9, "wants a value"),
    ] {
        match index.search(&words(query)) {
            Err(IndexError::Syntax { at, what, .. }) => {
                assert_eq!(at, place, "{query}: {what}");
                assert!(what.contains(said), "{query}: {what}");
            }
            other => panic!("{query}: {other:?}"),
        }
    }
    let longest = "号".repeat(64);
    assert!(index.search(&words(&format!("doc:{longest}"))).is_ok());
    assert!(matches!(index.search(&words(&format!("doc:{longest}号"))), Err(IndexError::Syntax { .. })));
    let many = "专 ".repeat(33);
    assert!(matches!(index.search(&words(&many)), Err(IndexError::Syntax { .. })));
    let deep = format!("{}专{}", "(".repeat(9), ")".repeat(9));
    assert!(matches!(index.search(&words(&deep)), Err(IndexError::Syntax { .. })));
    assert!(matches!(index.search(&words(&"专".repeat(513))), Err(IndexError::QueryTooLong { .. })));
    assert!(matches!(index.search(&words("，。")), Err(IndexError::NoWords { .. })));
}

#[test]
fn names_that_are_no_fields_are_told() {
    for (query, names) in [
        ("foo:bar 公开", vec!["foo"]),
        ("-(专栏 OR 部门：县教育局)", vec!["部门"]),
        ("unit:a:b year:2021 \"foo:bar\" 9:30 专栏：", vec![]),
        ("(foo:bar", vec!["foo"]),
    ] {
        assert_eq!(words(query).unknown_fields(), names, "{query}");
    }
    let fields = Query::fields();
    assert!(fields.contains(&"unit") && fields.contains(&"doc"), "{fields:?}");
    let known = fields.iter().map(|field| format!("{field}:x")).collect::<Vec<_>>().join(" ");
    assert_eq!(words(&known).unknown_fields(), [""; 0]);
}

#[test]
fn names_and_classes_of_units() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut one = task("一", &[], "甲", "甲。");
    one.units = vec![unit("县教体局", Some("青禾县教育体育局"))];
    let mut other = task("二", &[], "乙", "乙。");
    other.units = vec![unit("各乡镇", None)];
    let index = index_of(folder.path(), &[record("one", None, vec![one, other])]);
    let index =
        index.with_names(|name| if name == "县教体局" { vec!["县教育体育局".to_owned()] } else { vec![] });
    assert_eq!(found(&index, &words("unit:青禾县教育体育局")), ["one#一"]);
    assert_eq!(found(&index, &words("unit:县教体局")), ["one#一"]);
    assert_eq!(found(&index, &words("unit:河湾镇")), [""; 0]);
    let generic = Query { with_generic: true, ..words("unit:河湾镇") };
    assert_eq!(found(&index, &generic), ["one#二"]);
}

#[test]
fn heads_headings_and_sections_are_found_by_their_words() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut notice = record("one", Some(2021), vec![task("一/1", &["推进公开"], "更新专栏", "更新专栏。")]);
    notice.sections = vec![Section {
        text: "为深化基层公开，制定本方案。".to_owned(),
        at: Location::default(),
    }];
    let leaf = node("1", "一/1", "更新专栏", None, Vec::new());
    notice.outline = vec![node("一、", "一", "推进公开", Some("坚持便民利民。"), vec![leaf])];
    let index = index_of(folder.path(), &[notice]);
    assert_eq!(found(&index, &words("深化基层公开")), ["one#§2"]);
    assert_eq!(found(&index, &words("便民利民")), ["one#§3"]);
    assert_eq!(found(&index, &words("推进公开")), ["one#§3", "one#一/1"]);
    assert_eq!(found(&index, &words("青禾县one工作要点")), ["one#§1"]);
    assert_eq!(found(&index, &words("kind:section")), ["one#§1", "one#§2", "one#§3"]);
    assert_eq!(found(&index, &words("公开 -kind:section")), ["one#一/1"]);
    let hits = index.search(&words("推进公开")).expect("the query is sound").hits;
    assert_eq!(hits.iter().map(|hit| hit.kind).collect::<Vec<_>>(), ["section", "task"]);
    assert_eq!(found(&index, &words("year:2021")), ["one#一/1"]);
}

fn node(
    label: &str,
    number: &str,
    title: &str,
    text: Option<&str>,
    children: Vec<OutlineNode>,
) -> OutlineNode {
    OutlineNode {
        label: label.to_owned(),
        number: number.to_owned(),
        level: 1,
        title: title.to_owned(),
        text: text.map(str::to_owned),
        kind: Kind::Task,
        children,
        at: Location::default(),
    }
}

#[test]
fn orders_and_pages() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let index = sample(folder.path());
    let by_due = Query { sort: Sort::Due, ..Query::default() };
    assert_eq!(found(&index, &by_due), ["old#一/1", "new#一/1", "old#一/2"]);
    let by_year = Query { sort: Sort::Year, ..words("培训 OR 热线") };
    assert_eq!(found(&index, &by_year), ["new#一/1", "old#一/1", "old#一/2"]);
    let page = |offset| found(&index, &Query { offset, limit: 1, ..words("公开专栏") });
    assert_eq!([page(0), page(1), page(2), page(3)].concat(), ["new#一/1", "old#一/1", "old#一/2"]);
}

#[test]
fn a_hit_carries_what_is_shown() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let index = sample(folder.path());
    let query = words("知识库 year:2021");
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
    assert_eq!(found(&index, &words("year:2021")), ["old#三"]);
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
    assert!(matches!(index.search(&words("title:公开 AND NOT (专栏")), Err(IndexError::Syntax { .. })));
    assert!(matches!(index.search(&words(&"(".repeat(512))), Err(IndexError::Syntax { .. })));
    assert!(matches!(index.search(&words(&"NOT ".repeat(3000))), Err(IndexError::QueryTooLong { .. })));
    assert!(matches!(index.search(&words(&"公 ".repeat(256))), Err(IndexError::Syntax { .. })));
    // Pieces cut out of a text keep marks that have lost their partner.
    for piece in ["）。8月底前", "（专栏", "“公开专栏", "专栏：", "、专栏"] {
        assert!(index.search(&words(piece)).is_ok(), "{piece}");
    }
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
    assert!(error.hint().is_some_and(|hint| hint.contains("reindex")));
}
