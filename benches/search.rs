//! The full-text index over a great store: how long it takes to build beside the bare engine, and how
//! long queries take beside SQLite's FTS5 over the same texts.
//!
//! ```console
//! $ cargo xtask generate --tasks 1000000 --store /tmp/big
//! $ cargo bench -p duban-benches --bench search -- /tmp/big
//! $ benches/peers/search.py /tmp/big      # the same queries by Xapian
//! ```

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use duban_benches::report;
use duban_index::{Index, Query, register_tokenizers};
use duban_record::{Record, Role, Task};
use duban_store::{Database, DatabaseError};
use oorandom::Rand64;
use rusqlite::{Connection, params};
use tantivy::TantivyDocument;
use tantivy::schema::{IndexRecordOption, Schema, TextFieldIndexing, TextOptions};

/// The build takes at most this many times as long as the bare engine with the same tokens.
const BESIDE_ENGINE: f64 = 1.3;
/// Notices that are built into an index.
const BUILT_NOTICES: usize = 5_000;
/// Queries in all, and kinds of them.
const QUERIES: u64 = 200;
const KINDS: [&str; 6] = ["word", "phrase", "both", "either", "phrase and year", "phrase and unit"];
/// Rounds; of each query the best time counts.
const ROUNDS: usize = 3;

/// One query, for all who answer it.
struct Asked {
    kind: usize,
    first: String,
    second: String,
    year: i32,
    unit: String,
}

fn main() {
    let Some(store) = std::env::args().skip(1).find(|argument| !argument.starts_with('-')) else {
        println!("search: skipped, no store given; the head of benches/search.rs says how");
        return;
    };
    let store = PathBuf::from(store);
    build(&store);
    sizes(&store);
    let asked = queries(&store);
    write_queries(&store, &asked);
    let index = must(Index::open(&store.join("index")));
    show("duban", &times(&asked, |one| must(index.search(&our_query(one))).hits.len()));
    let peer = fts5(&store);
    show("SQLite FTS5", &times(&asked, |one| fts5_hits(&peer, one)));
}

fn must<T, E: std::fmt::Display>(result: Result<T, E>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => panic!("{error}"),
    }
}

/// Builds an index of the first notices with ours and with the bare engine.
fn build(store: &Path) {
    let database = must(Database::read(&store.join("duban.db")));
    let mut records: Vec<Record> = Vec::new();
    must(database.each_record(|record| -> Result<(), DatabaseError> {
        if records.len() < BUILT_NOTICES {
            records.push(record);
        }
        Ok(())
    }));
    let ours = || {
        let folder = must(tempfile::tempdir());
        let index = must(Index::create(folder.path()));
        let mut writer = must(index.writer());
        records.iter().for_each(|record| must(writer.put(record)));
        must(writer.commit());
    };
    // In turns, and the best of each: other work on the machine only ever adds.
    let sections: Vec<Vec<Task>> = records.iter().map(sections).collect();
    let bare = || bare_engine(&records, &sections);
    let rounds = [(); ROUNDS].map(|()| (timed(ours), timed(bare)));
    let ours = rounds.iter().map(|(ours, _)| *ours).min().unwrap_or_default();
    let bare = rounds.iter().map(|(_, bare)| *bare).min().unwrap_or_default();
    let tasks: usize = records.iter().map(|record| record.tasks.len()).sum();
    println!("index of {tasks} tasks: {ours:.1?}, bare tantivy with the same tokens {bare:.1?}");
    report("build index / bare tantivy", ours.as_secs_f64() / bare.as_secs_f64(), BESIDE_ENGINE);
}

/// The same texts in the same fields with the same tokens, and nothing else: nothing is stored.
fn bare_engine(records: &[Record], sections: &[Vec<Task>]) {
    let folder = must(tempfile::tempdir());
    let mut schema = Schema::builder();
    let text = |tokenizer, option| {
        let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option);
        TextOptions::default().set_indexing_options(indexing)
    };
    let pairs = || text("han_pairs", IndexRecordOption::WithFreqsAndPositions);
    let names = ["title", "path", "text", "unit", "lead", "support", "issuer"];
    let fields = names.map(|name| schema.add_text_field(name, pairs()));
    let words = schema.add_text_field("words", text("words", IndexRecordOption::WithFreqs));
    let [title, path, body, unit, lead, support, issuer] = fields;
    let engine = must(tantivy::Index::create_in_dir(folder.path(), schema.build()));
    register_tokenizers(engine.tokenizers());
    let mut writer = must(engine.writer_with_num_threads(1, 50_000_000));
    for (record, sections) in records.iter().zip(sections) {
        for task in record.tasks.iter().chain(sections) {
            let mut document = TantivyDocument::default();
            document.add_text(title, &task.title);
            document.add_text(body, &task.text);
            document.add_text(body, &task.number);
            let cells = task.deadlines.iter().map(|deadline| &deadline.raw);
            let cells = cells.chain(task.units.iter().map(|one| &one.name));
            cells.filter(|cell| !task.text.contains(*cell)).for_each(|cell| document.add_text(body, cell));
            task.path.iter().for_each(|heading| document.add_text(path, heading));
            for one in &task.units {
                let role = match one.role {
                    Role::Lead => Some(lead),
                    Role::Support => Some(support),
                    Role::Responsible => None,
                };
                let full = one.canonical.as_ref().filter(|full| **full != one.name);
                for name in std::iter::once(&one.name).chain(full) {
                    std::iter::once(unit).chain(role).for_each(|field| document.add_text(field, name));
                }
            }
            record.issuer.iter().for_each(|name| document.add_text(issuer, name));
            let spoken = [&task.title, &task.text].into_iter().chain(&task.path);
            spoken.for_each(|one| document.add_text(words, one));
            must(writer.add_document(document));
        }
    }
    must(writer.commit());
}

/// What ours indexes beside the tasks: the head of a notice and its headings.
fn sections(record: &Record) -> Vec<Task> {
    let Some(like) = record.tasks.first() else { return Vec::new() };
    let section = |title: &str, text: String| Task {
        title: title.to_owned(),
        path: Vec::new(),
        units: Vec::new(),
        deadlines: Vec::new(),
        text,
        ..like.clone()
    };
    let head = [&record.document_number, &record.title, &record.issuer].map(Option::as_deref);
    let head = section(head[1].unwrap_or_default(), head.map(Option::unwrap_or_default).join("\n"));
    let headings = record.outline.iter().map(|node| section(&node.title, format!("{}\n", node.title)));
    std::iter::once(head).chain(headings).collect()
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// What the store takes on disk as a multiple of the text that it holds.
fn sizes(store: &Path) {
    let connection = must(Connection::open(store.join("duban.db")));
    let text = counted(
        &connection,
        "SELECT sum(octet_length(title) + octet_length(path) + octet_length(text)) FROM tasks",
    );
    let size = |path: &Path| -> u64 { must(fs::metadata(path)).len() };
    let index: u64 = must(fs::read_dir(store.join("index"))).map(|entry| size(&must(entry).path())).sum();
    let database = size(&store.join("duban.db"));
    #[expect(clippy::cast_precision_loss, reason = "sizes are shown with two digits")]
    let times = |bytes: u64| bytes as f64 / text as f64;
    println!(
        "text {} MB, index {:.2} times that, database {:.2} times",
        text / 1_000_000,
        times(index),
        times(database)
    );
}

fn counted(connection: &Connection, query: &str) -> u64 {
    let number: i64 = must(connection.query_row(query, [], |row| row.get(0)));
    number.unsigned_abs()
}

/// Queries of all kinds, cut out of tasks of the store; the same for the same store.
fn queries(store: &Path) -> Vec<Asked> {
    let connection = must(Connection::open(store.join("duban.db")));
    let count = counted(&connection, "SELECT count(*) FROM documents");
    let mut statement = must(connection.prepare(
        "SELECT tasks.text, plan_year, (SELECT name FROM units WHERE units.task = tasks.id LIMIT 1) \
         FROM (SELECT id, plan_year FROM documents ORDER BY id LIMIT 1 OFFSET ?1) AS chosen \
         JOIN tasks ON tasks.document = chosen.id WHERE tasks.ordinal = 3",
    ));
    let mut dice = Rand64::new(7);
    let mut asked = Vec::new();
    while (asked.len() as u64) < QUERIES {
        let offset = dice.rand_range(0..count);
        let row = statement.query_row([i64::try_from(offset).unwrap_or(0)], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, i32>(1)?, row.get::<_, Option<String>>(2)?))
        });
        let Ok((text, year, Some(unit))) = row else { continue };
        let kind = asked.len() % KINDS.len();
        let length = if kind == 0 { 2 } else { dice.rand_range(3..9) };
        let (Some(first), Some(second)) = (cut(&text, length, &mut dice), cut(&text, 3, &mut dice)) else {
            continue;
        };
        if unit.chars().count() >= 3 && unit.chars().all(is_han) {
            asked.push(Asked { kind, first, second, year, unit });
        }
    }
    asked
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// So many Han characters in a row out of `text`.
fn cut(text: &str, length: u64, dice: &mut Rand64) -> Option<String> {
    let characters: Vec<char> = text.chars().collect();
    let length = usize::try_from(length).ok()?;
    let last = characters.len().checked_sub(length)? as u64;
    (0..50).find_map(|_| {
        let start = usize::try_from(dice.rand_range(0..last + 1)).ok()?;
        let phrase = characters.get(start..start + length)?;
        phrase.iter().all(|c| is_han(*c)).then(|| phrase.iter().collect())
    })
}

/// For peers in other languages.
fn write_queries(store: &Path, asked: &[Asked]) {
    let mut lines = String::new();
    for one in asked {
        let _ = writeln!(lines, "{}\t{}\t{}\t{}\t{}", one.kind, one.first, one.second, one.year, one.unit);
    }
    must(fs::write(store.join("queries.tsv"), lines));
}

fn our_query(one: &Asked) -> Query {
    let Asked { kind, first, second, year, unit } = one;
    let text = match kind {
        2 => format!("\"{first}\" \"{second}\""),
        3 => format!("\"{first}\" OR \"{second}\""),
        4 => format!("\"{first}\" year:{year}"),
        5 => format!("\"{first}\" unit:{unit}"),
        _ => format!("\"{first}\""),
    };
    Query { text, ..Query::default() }
}

/// The table of the peer, made where it is not there yet.
fn fts5(store: &Path) -> Connection {
    let path = store.join("peer-fts5.db");
    let is_new = !path.exists();
    let connection = must(Connection::open(path));
    if is_new {
        let start = Instant::now();
        must(connection.execute_batch(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; \
             CREATE VIRTUAL TABLE peer USING fts5(title, path, text, unit, year UNINDEXED, tokenize = 'trigram');",
        ));
        let source = store.join("duban.db");
        must(connection.execute("ATTACH ?1 AS source", params![source.to_string_lossy()]));
        must(connection.execute_batch(
            "INSERT INTO peer SELECT tasks.title, tasks.path, tasks.text, \
               (SELECT group_concat(name, '、') FROM source.units WHERE units.task = tasks.id), plan_year \
             FROM source.tasks JOIN source.documents ON documents.id = tasks.document; \
             DETACH source;",
        ));
        println!("SQLite FTS5 built in {:.0?}", start.elapsed());
    }
    connection
}

/// The best twenty. Trigrams know no word of two characters: it is looked for in all texts.
fn fts5_hits(connection: &Connection, one: &Asked) -> usize {
    let Asked { kind, first, second, year, unit } = one;
    let by_rank = "ORDER BY rank LIMIT 20";
    let (query, values): (String, Vec<String>) = match kind {
        0 => (
            "title LIKE ?1 OR path LIKE ?1 OR text LIKE ?1 ORDER BY year DESC LIMIT 20".to_owned(),
            vec![format!("%{first}%")],
        ),
        2 => (format!("peer MATCH ?1 {by_rank}"), vec![format!("\"{first}\" AND \"{second}\"")]),
        3 => (format!("peer MATCH ?1 {by_rank}"), vec![format!("\"{first}\" OR \"{second}\"")]),
        4 => (
            format!("peer MATCH ?1 AND year = CAST(?2 AS INTEGER) {by_rank}"),
            vec![format!("\"{first}\""), year.to_string()],
        ),
        5 => (format!("peer MATCH ?1 {by_rank}"), vec![format!("\"{first}\" AND unit : \"{unit}\"")]),
        _ => (format!("peer MATCH ?1 {by_rank}"), vec![format!("\"{first}\"")]),
    };
    let mut statement =
        must(connection.prepare_cached(&format!("SELECT rowid, text FROM peer WHERE {query}")));
    let rows = statement.query_map(rusqlite::params_from_iter(values), |row| row.get::<_, String>(1));
    must(rows).count()
}

/// The best time of each query, with its kind.
fn times(asked: &[Asked], answer: impl Fn(&Asked) -> usize) -> Vec<(usize, Duration)> {
    asked
        .iter()
        .map(|one| {
            let best = (0..ROUNDS).map(|_| timed(|| assert!(std::hint::black_box(answer(one)) <= 20))).min();
            (one.kind, best.unwrap_or_default())
        })
        .collect()
}

/// A row of the table: the median and the 99th percentile of all queries, and the median of each kind.
fn show(name: &str, times: &[(usize, Duration)]) {
    let of = |times: Vec<Duration>, percent: usize| {
        let mut times = times;
        times.sort_unstable();
        times[(times.len() * percent / 100).min(times.len() - 1)].as_secs_f64() * 1000.0
    };
    let all = || times.iter().map(|(_, time)| *time).collect::<Vec<_>>();
    print!("{name}: p50 {:.2} ms, p99 {:.2} ms;", of(all(), 50), of(all(), 99));
    for (kind, label) in KINDS.iter().enumerate() {
        let own = times.iter().filter(|(other, _)| *other == kind).map(|(_, time)| *time).collect();
        print!(" {label} {:.2}", of(own, 50));
    }
    println!();
}
