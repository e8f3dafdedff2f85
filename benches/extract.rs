//! Extraction from read text beside a bare jieba-rs pass over the same text, and its growth with the
//! length of the notice.

use duban_benches::{Comparison, long_notice, rate, read_text, report};
use duban_document::{Document, Warned};
use duban_extract::{Source, extract};
use jieba_rs::Jieba;

/// Ours takes at most this many times as long as jieba alone.
const BESIDE_JIEBA: f64 = 2.0;
/// A text ten times as long takes at most this many times as long.
const TENFOLD: f64 = 12.0;

fn main() {
    let jieba = Jieba::new();
    let text = long_notice(200_000);
    let document = read_text(&text);
    let compared = Comparison::measure(|| tasks(&document), || jieba.cut(&text, true).len());
    println!(
        "extract {:.1} MB/s, jieba-rs alone {:.1} MB/s",
        rate(text.len(), compared.ours),
        rate(text.len(), compared.floor)
    );
    report("extract / jieba-rs alone, 200 kB", compared.ratio(), BESIDE_JIEBA);

    let (short, long) = (read_text(&long_notice(1_000_000)), read_text(&long_notice(10_000_000)));
    let compared = Comparison::measure(|| tasks(&long), || tasks(&short));
    report("extract 10 MB / extract 1 MB", compared.ratio(), TENFOLD);
}

/// Extracts and counts the tasks.
fn tasks(document: &Warned<Document>) -> usize {
    let source = Source { path: "notice.txt".into(), bytes: 0, id: "notice".into() };
    let record = extract(document.clone(), &source);
    assert!(record.tasks.len() > 100, "only {} tasks", record.tasks.len());
    record.tasks.len()
}
