//! Known items: queries as people remember a task, each with the task that is meant and its worst rank.
//!
//! `fixtures/search/known-items.tsv` lists them; the notices are those of the corpus, one form of each.

mod common;

use std::fs;
use std::path::Path;

use duban::index::{Query, SearchHit};

/// The least mean of the reciprocal ranks.
const LEAST: f64 = 0.95;

fn is_meant(hit: &SearchHit, stem: &str, number: &str) -> bool {
    let name = Path::new(&hit.source_path).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    name == stem && hit.number == number
}

#[test]
fn what_people_mean_comes_first() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = common::root();
    let store = common::store_of(folder.path(), &common::one_form_each(&[root.join("corpus")]));
    let list = fs::read_to_string(root.join("fixtures/search/known-items.tsv")).expect("the list is there");
    let (mut sum, mut count) = (0.0, 0.0);
    let mut late = Vec::new();
    for line in list.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [text, stem, number, worst] = columns.as_slice() else { panic!("four columns: {line}") };
        let query = Query { text: (*text).to_owned(), limit: 50, ..Query::default() };
        let hits = store.search(&query).expect("the query is sound").hits;
        let rank = hits.iter().position(|hit| is_meant(hit, stem, number)).map(|place| place + 1);
        count += 1.0;
        #[expect(clippy::cast_precision_loss, reason = "ranks are small")]
        {
            sum += rank.map_or(0.0, |rank| 1.0 / rank as f64);
        }
        let worst: usize = worst.parse().expect("the fourth column is a rank");
        if rank.is_none_or(|rank| rank > worst) {
            let first = hits.first().map(|hit| format!("{} {}", hit.source_path, hit.number));
            late.push(format!("{text}: rank {rank:?}, first is {first:?}"));
        }
    }
    assert!(count >= 60.0, "only {count} queries");
    assert!(late.is_empty(), "{}", late.join("\n"));
    assert!(sum / count >= LEAST, "mean reciprocal rank {}", sum / count);
}
