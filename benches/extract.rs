//! Extraction from read text beside a bare jieba-rs pass over the same text, and its growth with the
//! length of the notice.

use duban_benches::{Comparison, corpus, long_notice, rate, read_text, report};
use duban_document::{Document, Warned};
use duban_extract::{Source, extract};
use jieba_rs::Jieba;

/// Ours takes at most this many times as long as jieba alone.
const BESIDE_JIEBA: f64 = 2.0;
/// A text ten times as long takes at most this many times as long.
const TENFOLD: f64 = 12.0;

/// Bytes beyond which a notice of the corpus is one of those that are as long and as sparse in bodies and
/// deadlines as real ones are.
const LONG: usize = 10_000;

fn main() {
    let (long, short): (Vec<_>, Vec<_>) =
        corpus().into_iter().partition(|document| document.value.text.len() > LONG);
    beside_jieba("long notices of the corpus", &long);
    beside_jieba("short, dense ones", &short);
    beside_jieba("one passage again and again, 200 kB", &[read_text(&long_notice(200_000))]);

    let (short, long) = (read_text(&long_notice(1_000_000)), read_text(&long_notice(10_000_000)));
    let compared = Comparison::measure_on(|| long.clone(), tasks, || short.clone(), tasks);
    report("extract 10 MB / extract 1 MB", compared.ratio(), TENFOLD);
}

/// Compares over `documents`; jieba, which keeps what it looked up at hand, is fastest where a text says
/// the same again and again.
fn beside_jieba(what: &str, documents: &[Warned<Document>]) {
    let jieba = Jieba::new();
    let texts = || documents.iter().map(|document| document.value.text.as_str());
    // Whoever extracts hands the document over, so that copying it is no part of the work.
    let compared = Comparison::measure_on(
        || documents.to_vec(),
        |documents| documents.into_iter().map(tasks).sum(),
        || (),
        |()| texts().map(|text| jieba.cut(text, true).len()).sum(),
    );
    let bytes = texts().map(str::len).sum();
    println!(
        "extract {:.1} MB/s, jieba-rs alone {:.1} MB/s",
        rate(bytes, compared.ours),
        rate(bytes, compared.floor)
    );
    report(&format!("extract / jieba-rs alone, {what}"), compared.ratio(), BESIDE_JIEBA);
}

/// Extracts and counts the tasks.
fn tasks(document: Warned<Document>) -> usize {
    let source = Source { path: "notice.txt".into(), bytes: 0, id: "notice".into() };
    let record = extract(document, &source);
    assert!(!record.tasks.is_empty(), "no tasks");
    record.tasks.len()
}
