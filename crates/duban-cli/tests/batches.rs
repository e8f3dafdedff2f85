//! Batches that must lose nothing: hostile folders, kills, full disks. `DUBAN_FULL=1` runs more rounds.

#![cfg(unix)]

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use oorandom::Rand64;
use serde_json::Value;
use tempfile::TempDir;

/// Whether the long forms of the tests run.
fn is_full() -> bool {
    std::env::var_os("DUBAN_FULL").is_some()
}

struct Fixture {
    folder: TempDir,
}

impl Fixture {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_duban"));
        command.args(arguments).current_dir(self.folder.path()).env("DUBAN_STORE", "store");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the command starts")
    }

    /// What a command printed, a line of JSON each.
    fn lines(&self, arguments: &[&str]) -> Vec<Value> {
        let output = self.run(arguments);
        let text = String::from_utf8(output.stdout).expect("output is UTF-8");
        text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
    }

    /// The summary of reading the folder `in`.
    fn ingest(&self) -> Value {
        let output = self.run(&["ingest", "in", "--json"]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {said}"))
    }

    /// For each file its status.
    fn statuses(&self) -> BTreeMap<String, String> {
        let lines = self.lines(&["status", "--json"]);
        let text = |line: &Value, field: &str| line[field].as_str().unwrap_or_default().to_owned();
        let statuses: BTreeMap<_, _> =
            lines.iter().map(|line| (text(line, "path"), text(line, "status"))).collect();
        assert_eq!(statuses.len(), lines.len(), "one line for each file");
        statuses
    }

    /// The ids of all tasks that search finds.
    fn searchable(&self) -> BTreeSet<String> {
        let hits = self.lines(&[
            "search",
            "kind:task OR kind:overview OR kind:safeguard",
            "--limit",
            "10000",
            "--json",
        ]);
        let ids: Vec<String> =
            hits.iter().map(|hit| hit["task"].as_str().unwrap_or_default().to_owned()).collect();
        let set: BTreeSet<String> = ids.iter().cloned().collect();
        assert_eq!(set.len(), ids.len(), "no task twice");
        set
    }

    /// The ids of all tasks of the files in `in`, read without a store.
    fn expected(&self) -> BTreeSet<String> {
        let records = self.lines(&["extract", "in", "--isolation", "none"]);
        let tasks = records.iter().filter_map(|record| record["tasks"].as_array()).flatten();
        tasks.map(|task| task["id"].as_str().unwrap_or_default().to_owned()).collect()
    }
}

fn write(path: &Path, content: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("make the folder");
    fs::write(path, content).expect("write");
}

fn plan(number: u64) -> String {
    format!(
        "青禾县{}年公开工作要点（第{number}号）\n\n一、更新专栏\n\n（一）核对目录{number}条。县司法局牵头，10月底前完成。\n\n（二）每季度公开一次。（责任单位：各镇）\n",
        2015 + number % 10
    )
}

/// The sum of what became of files is their number.
fn adds_up(summary: &Value) {
    let count = |field: &str| summary[field].as_u64().unwrap_or_default();
    let sum = ["ok", "degraded", "failed", "skipped"].map(count).iter().sum::<u64>();
    assert_eq!(count("files"), sum, "{summary}");
}

#[test]
fn each_file_of_a_hostile_folder_has_its_status() {
    let fixture = Fixture::new();
    let folder = fixture.path("in");
    write(&folder.join("good.md"), plan(1));
    write(&folder.join("same.md"), plan(1));
    write(&folder.join("empty.pdf"), "");
    write(&folder.join("cut.docx"), b"PK\x03\x04\x14\0\0\0");
    write(&folder.join("bad.pdf"), b"%PDF-1.7\n1 0 obj\n<</Type/Catalog");
    write(&folder.join("line\nbreak.md"), plan(2));
    write(&folder.join("esc\u{1b}[31m.md"), plan(3));
    write(&folder.join(OsStr::from_bytes(b"\xff\xfe.md")), plan(4));
    write(&folder.join("-rf.md"), plan(5));
    write(&folder.join(".hidden.md"), plan(6));
    write(&folder.join("new.pdf.part"), plan(7));
    write(&folder.join("~$lock.docx"), "x");
    write(&folder.join("picture.png"), b"\x89PNG\r\n\x1a\n");
    write(&fixture.path("outside.md"), plan(8));
    symlink("../outside.md", folder.join("link.md")).expect("link");
    symlink(".", folder.join("loop")).expect("link");
    let _socket = UnixListener::bind(folder.join("socket.md")).expect("bind");
    let made = Command::new("mkfifo").arg(folder.join("fifo.md")).status().expect("mkfifo is there");
    assert!(made.success());
    let huge = fs::File::create(folder.join("sparse.txt")).expect("create");
    huge.set_len(6 << 30).expect("a sparse file");

    let summary = fixture.ingest();
    adds_up(&summary);
    let statuses = fixture.statuses();
    assert_eq!(summary["files"].as_u64(), Some(statuses.len() as u64));
    let status = |name: &str| statuses[&format!("in/{name}")].as_str();
    for name in ["good.md", "line\nbreak.md", "esc\u{1b}[31m.md", r"\xFF\xFE.md", "-rf.md"] {
        assert_eq!(status(name), "ok", "{name:?}");
    }
    for name in ["empty.pdf", "cut.docx", "bad.pdf", "sparse.txt"] {
        assert_eq!(status(name), "failed", "{name}");
    }
    let skipped = [
        "same.md",
        ".hidden.md",
        "new.pdf.part",
        "~$lock.docx",
        "picture.png",
        "link.md",
        "loop",
        "socket.md",
        "fifo.md",
    ];
    for name in skipped {
        assert_eq!(status(name), "skipped", "{name}");
    }
    assert_eq!(statuses.len(), 5 + 4 + skipped.len());
    let shown = fixture.run(&["status"]);
    assert!(!shown.stdout.contains(&0x1b), "control characters are escaped");
    assert_eq!(shown.stdout.split(|byte| *byte == b'\n').filter(|line| line.starts_with(b"ok")).count(), 5);

    let skipped = ["held", "duplicates", "ignored"].map(|field| summary[field].as_u64());
    assert_eq!(skipped, [Some(0), Some(1), Some(8)], "{summary}");

    let again = fixture.ingest();
    adds_up(&again);
    let skipped = ["held", "duplicates", "ignored"].map(|field| again[field].as_u64());
    assert_eq!(skipped, [Some(6), Some(0), Some(8)], "{again}");
    assert_eq!((again["read"].as_u64(), again["failed"].as_u64()), (Some(0), Some(4)));
    let failed = fixture.lines(&["status", "--failed", "--json"]);
    assert!(failed.iter().all(|line| line["attempts"] == 2 && line["reason"].is_string()), "{failed:?}");
}

/// The generators of hostile files lie beside the repository, if anywhere.
#[test]
fn generated_hostile_files_are_all_accounted_for() {
    let generators = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/bad");
    if !is_full() || !generators.is_dir() {
        eprintln!("skipped: it runs with DUBAN_FULL=1 where the generators lie beside the repository");
        return;
    }
    let fixture = Fixture::new();
    for (generator, more) in
        [("gen_tree", &[][..]), ("gen_pdf", &["--mutants", "1000"]), ("gen_zip", &[]), ("gen_text", &[])]
    {
        let script = generators.join(generator).with_extension("py");
        let made =
            Command::new("python3").arg(script).arg(fixture.path("in").join(generator)).args(more).output();
        assert!(made.expect("python3 is there").status.success(), "{generator}");
    }
    let summary = fixture.ingest();
    adds_up(&summary);
    assert_eq!(summary["files"].as_u64(), Some(fixture.statuses().len() as u64));
    assert!(summary["files"].as_u64() > Some(20_000));
}

#[test]
fn files_are_known_by_their_bytes() {
    let fixture = Fixture::new();
    let folder = fixture.path("in");
    write(&folder.join("a.md"), plan(1));
    write(&folder.join("b.md"), plan(2));
    fixture.ingest();
    let before = fixture.searchable();

    // Moved, changed, gone.
    fs::rename(folder.join("a.md"), folder.join("c.md")).expect("rename");
    write(&folder.join("b.md"), plan(3));
    let summary = fixture.ingest();
    assert_eq!((&summary["read"], &summary["moved"], &summary["gone"]), (&1.into(), &1.into(), &0.into()));
    let statuses = fixture.statuses();
    assert_eq!(statuses.keys().map(String::as_str).collect::<Vec<_>>(), ["in/b.md", "in/c.md"]);
    assert!(statuses.values().all(|status| status == "ok"), "{statuses:?}");
    assert_eq!(fixture.searchable(), fixture.expected());
    assert_ne!(fixture.searchable(), before);
    let hits = fixture.lines(&["search", "核对目录1条", "--json"]);
    assert_eq!(hits[0]["source"]["path"], "in/c.md");

    fs::remove_file(folder.join("c.md")).expect("remove");
    let kept = fixture.searchable();
    assert_eq!(fixture.ingest()["gone"], 1);
    assert_eq!(fixture.searchable(), kept, "records of files that are gone stay");
    assert_eq!(fixture.lines(&["status", "--gone", "--json"])[0]["path"], "in/c.md");

    // What cannot be read replaces nothing.
    write(&folder.join("b.md"), "");
    assert_eq!(fixture.ingest()["failed"], 1);
    assert_eq!(fixture.searchable(), kept);
    let keeps_record = |name: &str| {
        let lines = fixture.lines(&["status", "--json"]);
        let line = lines.iter().find(|line| line["path"] == name).expect("the file has a line");
        line["keeps_record"].clone()
    };
    assert_eq!((keeps_record("in/b.md"), keeps_record("in/c.md")), (true.into(), false.into()));
    let shown = fixture.run(&["status", "--failed"]);
    assert!(String::from_utf8_lossy(&shown.stdout).contains("the record of its earlier bytes stays"));
    write(&folder.join("b.md"), plan(4));
    let retried = fixture.run(&["retry", "--json"]);
    assert!(retried.status.success());
    assert_ne!(fixture.searchable(), kept);
}

#[test]
fn a_second_writer_is_refused_at_once() {
    let fixture = Fixture::new();
    write(&fixture.path("in/a.md"), plan(1));
    fixture.ingest();
    let lock = fs::File::options().write(true).open(fixture.path("store/lock")).expect("it is there");
    lock.lock().expect("nobody else holds it");
    let refused = fixture.run(&["ingest", "in"]);
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("another process is writing to the store"), "{said}");
    assert!(!fixture.searchable().is_empty(), "readers are not blocked");
}

#[test]
fn a_batch_that_is_killed_loses_nothing() {
    let rounds = if is_full() { 200 } else { 16 };
    let fixture = Fixture::new();
    let folder = fixture.path("in");
    let mut dice = Rand64::new(200);
    let files = 60;
    for file in 0..files {
        write(&folder.join(format!("{file}.md")), plan(file));
    }
    let mut number = files;
    for round in 0..rounds {
        // Some files change, and now and then the index is gone or damaged.
        for _ in 0..5 {
            number += 1;
            write(&folder.join(format!("{}.md", dice.rand_range(0..files))), plan(number));
        }
        if round % 8 == 5 {
            let index = fixture.path("store/index/meta.json");
            if index.exists() {
                fs::write(&index, "{}").expect("write");
            }
        }
        let mut child = fixture.command(&["ingest", "in", "--json"]).spawn().expect("it starts");
        thread::sleep(Duration::from_micros(dice.rand_range(0..250_000)));
        let ended = child.try_wait().expect("it can be asked").is_some();
        child.kill().expect("it can be killed");
        let output = child.wait_with_output().expect("it ends");
        if ended {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        if round % 4 == 3 || round + 1 == rounds {
            let acknowledged = fixture.statuses();
            adds_up(&fixture.ingest());
            let after = fixture.statuses();
            assert!(acknowledged.keys().all(|path| after.contains_key(path)), "round {round}");
            assert_eq!(fixture.searchable(), fixture.expected(), "round {round}");
            let leftovers: Vec<_> = fs::read_dir(fixture.path("store/index"))
                .expect("the index is a folder")
                .map(|entry| entry.expect("it can be listed").file_name())
                .filter(|name| name.as_bytes().starts_with(b".tmp"))
                .collect();
            assert!(leftovers.is_empty(), "round {round}: {leftovers:?}");
        }
    }
}

#[test]
fn a_batch_that_is_asked_to_end_ends_in_order() {
    let fixture = Fixture::new();
    for number in 0..400 {
        write(&fixture.path(&format!("in/{number}.md")), plan(number).repeat(20));
    }
    let child = fixture.command(&["ingest", "in", "--json"]).spawn().expect("it starts");
    thread::sleep(Duration::from_millis(150));
    terminate(&child);
    let output = child.wait_with_output().expect("it ends");
    let summary: Value = serde_json::from_slice(&output.stdout).expect("it ended in order");
    adds_up(&summary);
    let read = summary["read"].as_u64().unwrap_or_default();
    let rest = fixture.ingest();
    assert_eq!(read + rest["read"].as_u64().unwrap_or_default(), 400, "{summary} {rest}");
}

fn terminate(child: &Child) {
    let ended = Command::new("kill").arg(child.id().to_string()).status().expect("kill is there");
    assert!(ended.success());
}

#[test]
fn the_records_do_not_depend_on_threads_or_processes() {
    let fixture = Fixture::new();
    for number in 0..100 {
        write(&fixture.path(&format!("in/{}/{number}.md", number % 7)), plan(number));
    }
    write(&fixture.path("in/empty.md"), "");
    let records = |arguments: &[&str]| fixture.run(&[&["extract", "in"], arguments].concat()).stdout;
    let expected = records(&["--threads", "1", "--isolation", "none"]);
    assert_eq!(String::from_utf8_lossy(&expected).lines().count(), 101);
    for threads in ["1", "2", "8"] {
        assert!(records(&["--threads", threads]) == expected, "{threads} threads");
    }
}

/// A running `duban watch` with the ids of the records that it printed.
struct Watching {
    child: Child,
    records: mpsc::Receiver<String>,
    said: mpsc::Receiver<String>,
}

impl Watching {
    fn start(fixture: &Fixture, arguments: &[&str]) -> Self {
        let arguments = [&["watch", "in", "--settle", "0.3", "--rescan", "2"], arguments].concat();
        let mut child = fixture.command(&arguments).spawn().expect("it starts");
        let records = lines(child.stdout.take().expect("a pipe"));
        let said = lines(child.stderr.take().expect("a pipe"));
        Self { child, records, said }
    }

    /// The path of the next record.
    fn next(&self) -> String {
        let line = self.records.recv_timeout(Duration::from_secs(30)).expect("a record comes");
        let record: Value = serde_json::from_str(&line).expect("a line is JSON");
        record["source"]["path"].as_str().unwrap_or_default().to_owned()
    }

    fn end(mut self) {
        terminate(&self.child);
        assert!(self.child.wait().expect("it ends").success());
    }
}

fn lines(pipe: impl std::io::Read + Send + 'static) -> mpsc::Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    receiver
}

#[test]
fn a_watched_folder_gives_each_record_once() {
    let fixture = Fixture::new();
    write(&fixture.path("in/a.md"), plan(1));
    let watching = Watching::start(&fixture, &[]);
    assert_eq!(watching.next(), "in/a.md");
    // One that is written bit by bit is read when it is complete.
    let text = plan(2);
    let (first, rest) = text.split_at(text.floor_char_boundary(60));
    write(&fixture.path("in/new/b.md"), first);
    thread::sleep(Duration::from_millis(200));
    write(&fixture.path("in/new/b.md"), [first, rest].concat());
    write(&fixture.path("in/c.md.part"), plan(3));
    assert_eq!(watching.next(), "in/new/b.md");
    fs::rename(fixture.path("in/c.md.part"), fixture.path("in/c.md")).expect("rename");
    assert_eq!(watching.next(), "in/c.md");
    watching.end();

    write(&fixture.path("in/d.md"), plan(4));
    let watching = Watching::start(&fixture, &[]);
    assert_eq!(watching.next(), "in/d.md", "what was delivered before is not delivered again");
    watching.end();
    assert_eq!(fixture.searchable(), fixture.expected());

    // A command that fails gets the record again.
    write(&fixture.path("in/e.md"), plan(5));
    let command = "test -e tried || { touch tried; exit 1; }; cat > got.json";
    let watching = Watching::start(&fixture, &["--exec", command]);
    let patience = Instant::now() + Duration::from_secs(30);
    while !fs::read(fixture.path("got.json")).is_ok_and(|got| got.ends_with(b"\n")) {
        assert!(Instant::now() < patience, "the record is handed on again");
        thread::sleep(Duration::from_millis(50));
    }
    let said = |what: &str| watching.said.iter().find(|line| line.contains(what)).expect("it says so");
    assert_eq!(said("watching"), "watching in");
    assert!(said(" 1 ok").starts_with("1 file: 1 ok, 0 degraded, 0 failed, 0 skipped"));
    assert_eq!(said("--exec"), "error: the command of --exec failed on `in/e.md`: exit status: 1");
    watching.end();
    let got: Value =
        serde_json::from_slice(&fs::read(fixture.path("got.json")).expect("it is there")).expect("JSON");
    assert_eq!(got["source"]["path"], "in/e.md");
}

/// A small file system in memory; `None` where this user may not make one.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn mount(at: PathBuf) -> Option<Self> {
        fs::create_dir_all(&at).expect("make the folder");
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", "size=12m", "tmpfs"]).arg(&at).output();
        mounted.is_ok_and(|output| output.status.success()).then_some(Self(at))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_is_told_and_work_goes_on_when_there_is_room() {
    let fixture = Fixture::new();
    let Some(_disk) = SmallDisk::mount(fixture.path("store")) else {
        eprintln!("skipped: only root may mount a small disk");
        return;
    };
    for number in 0..3 {
        write(&fixture.path(&format!("in/{number}.md")), plan(number));
    }
    fixture.ingest();
    let before = fixture.searchable();
    let filler = fixture.path("store/filler");
    // A little is left, so that the work begins and fails in its middle.
    let _ = fs::write(&filler, vec![0; 16 << 20]);
    fs::File::options()
        .write(true)
        .open(&filler)
        .expect("it is there")
        .set_len(fs::metadata(&filler).expect("it is there").len() - (200 << 10))
        .expect("it can be cut");
    for number in 3..80 {
        write(&fixture.path(&format!("in/{number}.md")), plan(number).repeat(30));
    }
    let once = fixture.run(&["ingest", "in"]);
    assert_eq!(once.status.code(), Some(2));
    let said = String::from_utf8_lossy(&once.stderr).into_owned();
    assert!(said.contains("make room"), "{said}");
    assert!(fixture.searchable().is_superset(&before), "search goes on");

    let watching = Watching::start(&fixture, &[]);
    let told = || watching.said.recv_timeout(Duration::from_secs(30)).expect("it says so");
    while !told().contains("full") {}
    fs::remove_file(&filler).expect("remove");
    let expected = fixture.expected();
    let patience = Instant::now() + Duration::from_mins(1);
    while fixture.searchable() != expected {
        assert!(Instant::now() < patience, "work goes on when there is room");
        thread::sleep(Duration::from_millis(300));
    }
    watching.end();
}
