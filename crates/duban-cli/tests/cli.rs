//! The command as its users meet it: what it prints where, and how it exits.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use insta::assert_snapshot;
use serde_json::Value;
use tempfile::TempDir;

const PLAN: &str = "青禾县2022年公开工作要点\n\n各镇人民政府：\n\n一、做好公开\n\n（一）更新专栏。10月底前完成专栏改版。（责任单位：县融媒体中心）\n\n（二）核对目录。每季度核对一次公开目录。（牵头单位：县政府办公室；配合单位：县司法局）\n\n二、加强保障\n\n各镇要落实专人。\n\n青禾县人民政府办公室\n\n2022年3月1日\n";

/// A temporary folder to run the command in.
struct Fixture {
    folder: TempDir,
}

impl Fixture {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// With two notices and a file that is none.
    fn with_notices() -> Self {
        let fixture = Self::new();
        fixture.write("plans/2022.txt", PLAN);
        fixture.write("plans/2023.txt", PLAN.replace("2022", "2023"));
        fixture.write("plans/gold/2022.json", "{}");
        fixture
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("make the folder");
        fs::write(&path, content).expect("write the file");
        path
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_duban"));
        command.args(arguments).current_dir(self.path()).env_clear().env("DUBAN_STORE", "store");
        command
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let output = self.command(arguments).stdin(Stdio::null()).output().expect("the command starts");
        Ran { output, folder: self.path().to_string_lossy().into_owned() }
    }
}

/// What a run gave.
struct Ran {
    output: Output,
    folder: String,
}

impl Ran {
    fn stdout(&self) -> String {
        String::from_utf8(self.output.stdout.clone()).expect("output is UTF-8")
    }

    fn status(&self) -> Option<i32> {
        self.output.status.code()
    }

    fn lines(&self) -> Vec<Value> {
        self.stdout().lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
    }

    /// Standard output as one JSON value over many lines.
    fn value(&self) -> Value {
        serde_json::from_str(&self.stdout()).expect("output is JSON")
    }

    /// Exit status, standard output and standard error, the folder's name replaced.
    fn shown(&self) -> String {
        let stderr = String::from_utf8_lossy(&self.output.stderr);
        let status = self.status().map_or("by signal".to_owned(), |status| status.to_string());
        let text = format!("status: {status}\n--- stdout\n{}--- stderr\n{stderr}", self.stdout());
        text.replace(&self.folder, "[folder]").replace('\\', "/")
    }
}

/// Snapshots in which what changes from run to run is replaced.
fn filtered(check: impl FnOnce()) {
    let mut settings = insta::Settings::clone_current();
    settings.add_filter("[0-9a-f]{64}", "[id]");
    settings.add_filter(r#""score":[0-9.]+"#, r#""score":"[score]""#);
    settings.bind(check);
}

fn validator() -> jsonschema::Validator {
    let schema = Fixture::new().run(&["schema"]);
    let schema: Value = serde_json::from_str(&schema.stdout()).expect("the schema is JSON");
    jsonschema::validator_for(&schema).expect("the schema is sound")
}

#[test]
fn extract_prints_one_line_for_each_notice() {
    let fixture = Fixture::with_notices();
    let ran = fixture.run(&["extract", "plans"]);
    assert_eq!(ran.status(), Some(0), "{}", ran.shown());
    let paths: Vec<_> = ran.lines().iter().map(|line| line["source"]["path"].clone()).collect();
    assert_eq!(paths, ["plans/2022.txt", "plans/2023.txt"]);
    let validator = validator();
    for line in ran.lines() {
        let errors: Vec<String> = validator.iter_errors(&line).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
}

/// The notices of the repository's corpus keep to the schema, as far as there is a reader for their format.
#[test]
fn every_record_of_the_corpus_keeps_to_the_schema() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let ran = Fixture::new().run(&["extract", &corpus.to_string_lossy()]);
    let records: Vec<Value> = ran.lines().into_iter().filter(|line| line["error"].is_null()).collect();
    assert!(records.len() > 10, "{}", ran.shown());
    let validator = validator();
    for record in records {
        let errors: Vec<String> = validator.iter_errors(&record).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", record["source"]);
    }
}

#[test]
fn extract_reads_standard_input_and_prints_for_people() {
    let fixture = Fixture::new();
    let mut command = fixture.command(&["extract", "--pretty", "-"]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    child.stdin.take().expect("a pipe").write_all(PLAN.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(text.starts_with("{\n  \"schema_version\": 1,\n"), "{text}");
    let record: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(record["source"]["path"], "-");

    let two = fixture.run(&["extract", "--pretty", "a.txt", "b.txt"]);
    filtered(|| assert_snapshot!("pretty_of_two", two.shown()));
}

#[test]
fn one_bad_file_does_not_stop_the_batch() {
    let fixture = Fixture::with_notices();
    fixture.write("plans/2022-empty.txt", "");
    fixture.write("plans/2024-seal.pdf", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    let ran = fixture.run(&["extract", "plans", "gone.txt"]);
    assert_eq!(ran.lines().len(), 5);
    let failures: Vec<_> = ran.lines().into_iter().filter(|line| line["error"].is_string()).collect();
    assert_eq!(failures.len(), 3);
    let stderr =
        Ran { output: Output { stdout: Vec::new(), ..ran.output.clone() }, folder: ran.folder.clone() };
    filtered(|| assert_snapshot!("bad_files_extract", stderr.shown()));

    let ingested = fixture.run(&["ingest", "plans"]);
    filtered(|| assert_snapshot!("bad_files_ingest", ingested.shown()));
    assert_eq!(fixture.run(&["search", "专栏改版", "--json"]).lines().len(), 2);
}

#[test]
fn empty_file() {
    let fixture = Fixture::new();
    fixture.write("empty.txt", "");
    filtered(|| assert_snapshot!("empty_file", fixture.run(&["extract", "empty.txt"]).shown()));
}

#[test]
fn a_notice_without_tasks_is_told() {
    let fixture = Fixture::new();
    fixture.write("in/hello.txt", "hello\n");
    let ran = fixture.run(&["extract", "in/hello.txt"]);
    let record = ran.lines().remove(0);
    assert_eq!((ran.status(), &record["warnings"]), (Some(0), &Value::Array(Vec::new())));
    assert!(ran.shown().contains("warning: `in/hello.txt`: no numbered tasks were found"), "{}", ran.shown());
    filtered(|| {
        assert_snapshot!("no_tasks_ingest", fixture.run(&["ingest", "in"]).shown());
        assert_snapshot!("no_tasks_status", fixture.run(&["status"]).shown());
    });
}

#[test]
fn binary_file() {
    let fixture = Fixture::new();
    fixture.write("notice.txt", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0\x01\0\0\0");
    filtered(|| assert_snapshot!("binary_file", fixture.run(&["extract", "notice.txt"]).shown()));
}

#[test]
fn folder_without_notices() {
    let fixture = Fixture::new();
    fixture.write("other/list.json", "{}");
    filtered(|| {
        assert_snapshot!("no_notices_extract", fixture.run(&["extract", "other"]).shown());
        assert_snapshot!("no_notices_ingest", fixture.run(&["ingest", "other", "--json"]).shown());
        assert_snapshot!("no_folder", fixture.run(&["ingest", "gone"]).shown());
    });
    assert!(!fixture.path().join("gone").exists());
}

#[cfg(unix)]
#[test]
fn file_without_permission() {
    use std::os::unix::fs::PermissionsExt;

    let fixture = Fixture::new();
    let path = fixture.write("closed.txt", PLAN);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("it is ours");
    if fs::File::open(&path).is_ok() {
        eprintln!("skipped: this user may read every file");
        return;
    }
    let ran = fixture.run(&["extract", "closed.txt"]);
    assert_eq!(ran.status(), Some(1));
    assert_eq!(ran.lines()[0]["error"], "permission denied");
    assert!(ran.shown().contains("error: `closed.txt`: permission denied\nhint: make it readable for you"));
}

#[test]
fn wrong_extension_is_a_warning() {
    let fixture = Fixture::new();
    fixture.write("notice.pdf", PLAN);
    let ran = fixture.run(&["extract", "notice.pdf"]);
    assert_eq!(ran.status(), Some(0));
    let record = ran.lines().remove(0);
    assert_eq!(record["source"]["format"], "text");
    assert_eq!(record["warnings"][0]["code"], "format_mismatch");
}

#[test]
fn missing_store() {
    let fixture = Fixture::new();
    filtered(|| {
        assert_snapshot!("missing_store", fixture.run(&["search", "公开", "--store", "nowhere"]).shown());
        assert_snapshot!("missing_store_ledger", fixture.run(&["ledger"]).shown());
    });
    // Without --store and DUBAN_STORE the store lies in the user's data folder.
    let mut by_default = fixture.command(&["search", "公开"]);
    let output =
        by_default.env_remove("DUBAN_STORE").env("HOME", fixture.path()).output().expect("it starts");
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(stderr.contains("no store at") && stderr.contains("duban ingest DIR --store"), "{stderr}");
}

#[test]
fn wrong_filters() {
    let fixture = Fixture::with_notices();
    fixture.run(&["ingest", "plans"]);
    filtered(|| {
        assert_snapshot!("unknown_kind", fixture.run(&["search", "公开", "--kind", "duty"]).shown());
        assert_snapshot!("unknown_filter", fixture.run(&["search", "公开", "--office", "x"]).shown());
        assert_snapshot!(
            "wrong_date",
            fixture.run(&["search", "公开", "--due-before", "2022-02-30"]).shown()
        );
        assert_snapshot!("nothing_to_search", fixture.run(&["search"]).shown());
        assert_snapshot!("no_words", fixture.run(&["search", "，"]).shown());
        assert_snapshot!("unknown_field", fixture.run(&["search", "公开 部门:县司法局"]).shown());
        assert_snapshot!("nothing_found", fixture.run(&["search", "公开", "--year", "1999"]).shown());
    });
}

#[test]
fn search_finds_what_was_ingested() {
    let fixture = Fixture::with_notices();
    filtered(|| {
        assert_snapshot!("ingest", fixture.run(&["ingest", "plans"]).shown());
        assert_snapshot!("ingest_again", fixture.run(&["ingest", "plans", "--json"]).shown());
        assert_snapshot!("search", fixture.run(&["search", "专栏改版", "--year", "2022"]).shown());
        assert_snapshot!(
            "search_json",
            fixture.run(&["search", "--json", "--unit", "司法局", "--year", "2023"]).shown()
        );
    });
    assert_eq!(fixture.run(&["search", "公开", "--limit", "1", "--json"]).lines().len(), 1);
}

#[test]
fn a_query_may_begin_with_a_hyphen() {
    let fixture = Fixture::with_notices();
    fixture.run(&["ingest", "plans"]);
    let titles = |arguments: &[&str]| -> Vec<String> {
        let hits = fixture.run(&[&["search", "--json", "--sort", "year"], arguments].concat()).lines();
        hits.iter().map(|hit| hit["title"].as_str().unwrap_or_default().to_owned()).collect()
    };
    let expected = ["更新专栏", "更新专栏"];
    assert_eq!(titles(&["-目录 -落实 unit:县融媒体中心"]), expected);
    assert_eq!(titles(&["-目录", "unit:县融媒体中心", "--limit", "5"]), expected);
    assert_eq!(titles(&["--limit", "5", "-目录", "unit:县融媒体中心"]), expected);
    assert_eq!(titles(&["--", "-目录 unit:县融媒体中心"]), expected);
}

#[test]
fn hits_say_what_they_are() {
    let fixture = Fixture::with_notices();
    // The same notice in another format.
    fixture.write("plans/2022.md", format!("# {PLAN}"));
    fixture.run(&["ingest", "plans"]);
    let found = fixture.run(&["search", "公开", "--year", "2022", "--limit", "8"]);
    filtered(|| assert_snapshot!("search_sections", found.shown()));
    let sections = fixture.run(&["search", "kind:section year:2022", "--json"]).lines();
    assert!(sections.iter().all(|hit| hit["kind"] == "section"), "{sections:?}");
    let id = sections[0]["task"].as_str().expect("a hit has an id").to_owned();
    filtered(|| assert_snapshot!("show_section", fixture.run(&["show", &id]).shown()));
}

#[test]
fn a_hit_can_be_shown_and_the_index_made_anew() {
    let fixture = Fixture::with_notices();
    fixture.run(&["ingest", "plans"]);
    let hits = fixture.run(&["search", "--json", "unit:县司法局 year:2023"]).lines();
    let id = hits[0]["task"].as_str().expect("a hit has an id").to_owned();
    filtered(|| {
        assert_snapshot!("show", fixture.run(&["show", &id]).shown());
        assert_snapshot!("show_unknown", fixture.run(&["show", "0000#一"]).shown());
    });
    let shown: Value =
        serde_json::from_slice(&fixture.run(&["show", "--json", &id]).output.stdout).expect("it is JSON");
    assert_eq!(shown["document"]["plan_year"], 2023);
    fs::remove_dir_all(fixture.path().join("store/index")).expect("the index is a folder");
    assert_eq!(fixture.run(&["reindex"]).status(), Some(0));
    assert_eq!(fixture.run(&["search", "县司法局 OR 目录", "--json"]).lines().len(), 2);
}

#[test]
fn an_index_of_another_version_says_what_to_do() {
    let fixture = Fixture::with_notices();
    fixture.run(&["ingest", "plans"]);
    fixture.write("store/index/duban-index-version", "0\n");
    let refused = fixture.run(&["search", "专栏"]);
    filtered(|| assert_snapshot!("other_version", refused.shown()));
    assert_eq!(fixture.run(&["ingest", "plans"]).status(), Some(0));
    assert_eq!(fixture.run(&["search", "专栏"]).status(), Some(0));
}

#[test]
fn text_ledger_and_explain() {
    let fixture = Fixture::with_notices();
    fixture.run(&["ingest", "plans"]);
    filtered(|| {
        assert_snapshot!("text", fixture.run(&["text", "plans/2022.txt"]).shown());
        assert_snapshot!("ledger_of_file", fixture.run(&["ledger", "plans/2022.txt"]).shown());
        assert_snapshot!("ledger_of_folder", fixture.run(&["ledger", "plans"]).shown());
        assert_snapshot!("ledger_of_empty_folder", fixture.run(&["ledger", "plans/gold"]).shown());
        assert_snapshot!("text_of_folder", fixture.run(&["text", "plans"]).shown());
        assert_snapshot!("ledger_of_store", fixture.run(&["ledger", "--width", "60"]).shown());
        let number = "一/(一)";
        assert_snapshot!("explain", fixture.run(&["explain", "plans/2022.txt", "--number", number]).shown());
        assert_snapshot!(
            "explain_heading",
            fixture.run(&["explain", "plans/2022.txt", "--number", "一"]).shown()
        );
        assert_snapshot!(
            "explain_unknown",
            fixture.run(&["explain", "plans/2022.txt", "--number", "九"]).shown()
        );
    });
}

#[test]
fn places_on_the_page() {
    let fixture = Fixture::new();
    fixture.write("table.pdf", include_bytes!("../../../fixtures/pdf/typst-table.pdf"));
    fixture.write("plan.txt", PLAN);
    filtered(|| {
        assert_snapshot!("text_layout", fixture.run(&["text", "--layout", "table.pdf"]).shown());
        assert_snapshot!("text_boxes", fixture.run(&["text", "--boxes", "table.pdf"]).shown());
        assert_snapshot!("render", fixture.run(&["render", "table.pdf", "-o", "page.png"]).shown());
        assert_snapshot!(
            "render_no_page",
            fixture.run(&["render", "table.pdf", "--page", "9", "-o", "p.png"]).shown()
        );
        assert_snapshot!("render_text", fixture.run(&["render", "plan.txt", "-o", "p.png"]).shown());
    });
    let picture = fs::read(fixture.path().join("page.png")).expect("the picture was written");
    assert!(picture.starts_with(b"\x89PNG"));
}

#[test]
fn a_closed_pipe_is_no_error() {
    let fixture = Fixture::with_notices();
    for arguments in
        [&["extract", "plans"][..], &["schema"], &["text", "plans/2022.txt"], &["ledger", "plans/2022.txt"]]
    {
        let mut command = fixture.command(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), stderr.as_ref()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn output_does_not_depend_on_the_number_of_threads() {
    let fixture = Fixture::new();
    for index in 0..40 {
        fixture.write(&format!("plans/{index:02}.txt"), format!("{PLAN}\n附件：第{index}号清单\n"));
    }
    fixture.write("plans/07-empty.txt", "");
    let runs =
        ["1", "2", "8"].map(|threads| fixture.run(&["extract", "plans", "--threads", threads]).output.stdout);
    assert_eq!(runs[0].split(|&byte| byte == b'\n').count(), 41 + 1);
    assert_eq!(runs[0], runs[1]);
    assert_eq!(runs[0], runs[2]);
}

/// A plan of a city and of its county for two years; the county's names the city's.
fn plans_of_two_levels(fixture: &Fixture) {
    for year in [2022, 2023] {
        let city = format!(
            "云岭市人民政府关于印发云岭市{year}年公开工作要点的通知\n\n云政发〔{year}〕3号\n\n各县人民政府：\n\n一、更新专栏。10月底前完成公开专栏改版。\n\n二、核对目录。每季度核对一次公开目录。\n\n云岭市人民政府\n\n{year}年3月1日\n"
        );
        fixture.write(&format!("plans/{year}-city.txt"), city);
        let county = format!(
            "青禾县人民政府关于印发青禾县{year}年公开工作方案的通知\n\n各镇人民政府：\n\n根据《云岭市{year}年公开工作要点》（云政发〔{year}〕3号）和《云岭省公开条例》，制定本方案。\n\n一、县融媒体中心要在{}月底前完成公开专栏改版。\n\n二、各镇核对公开目录，{year}年底前报县政府办公室。\n\n青禾县人民政府\n\n{year}年4月1日\n",
            year - 2014
        );
        fixture.write(&format!("plans/{year}-county.txt"), county);
    }
}

#[test]
fn plans_are_compared() {
    let fixture = Fixture::new();
    plans_of_two_levels(&fixture);
    fixture.run(&["ingest", "plans"]);
    let by_file = fixture.run(&["compare", "plans/2022-county.txt", "plans/2023-county.txt"]);
    assert_snapshot!(by_file.shown());
    let by_issuer = fixture.run(&["compare", "--issuer", "青禾县", "--years", "2022,2023"]);
    assert_eq!(by_issuer.stdout(), by_file.stdout());
    let lines = fixture.run(&["compare", "--issuer", "云岭市", "--years", "2022,2023", "--json"]).lines();
    let fates: Vec<&Value> = lines.iter().map(|line| &line["fate"]).collect();
    assert_eq!(fates, ["carried_over", "carried_over"]);
    let none = fixture.run(&["compare", "--issuer", "青禾县", "--years", "2021,2023"]);
    assert_snapshot!(none.shown());
}

#[test]
fn a_task_is_traced_through_years_and_levels() {
    let fixture = Fixture::new();
    plans_of_two_levels(&fixture);
    fixture.run(&["ingest", "plans"]);
    let id = |query: &str| -> String {
        let hits = fixture.run(&["search", query, "--json"]).lines();
        hits[0]["task"].as_str().expect("a hit has an id").to_owned()
    };
    let trace = fixture.run(&["trace", &id("专栏 year:2023 level:county"), "--json"]).value();
    let years: Vec<&Value> =
        trace["years"].as_array().expect("years").iter().map(|step| &step["fate"]).collect();
    assert_eq!(years, [&Value::Null, &Value::from("changed")]);
    let up = trace["up"].as_array().expect("what it carries out");
    assert_eq!(up[0]["task"]["title"], "更新专栏");
    assert_eq!(up[1]["notice"]["resolved"], false);
    assert_eq!(up[1]["notice"]["title"], "云岭省公开条例");
    let down = fixture.run(&["trace", &id("专栏 year:2022 level:municipal")]);
    assert_snapshot!(down.shown());
    assert_eq!(fixture.run(&["trace", "0000#一"]).status(), Some(1));
}
