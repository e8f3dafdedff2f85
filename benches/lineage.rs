//! Aligning two plans of 500 tasks beside extracting them.

use duban_benches::{Comparison, long_notice, read_text, report};
use duban_document::{Document, Warned};
use duban_extract::{Source, extract};
use duban_lineage::align;
use duban_record::{Record, Task};

/// Aligning takes at most as long as extracting.
const BESIDE_EXTRACTION: f64 = 1.0;
/// Tasks of each plan.
const TASKS: usize = 500;

fn main() {
    let (before, after) = (plan(0), plan(3));
    let (old, new) = (record_of(&before), record_of(&after));
    let (old, new): (Vec<&Task>, Vec<&Task>) =
        (old.tasks.iter().take(TASKS).collect(), new.tasks.iter().take(TASKS).collect());
    assert!(old.len() == TASKS && new.len() == TASKS, "{} and {} tasks", old.len(), new.len());
    let compared = Comparison::measure(
        || align(&old, &new).len(),
        || record_of(&before).tasks.len() + record_of(&after).tasks.len(),
    );
    report("align 500 tasks with 500 / extract both", compared.ratio(), BESIDE_EXTRACTION);
}

/// A notice of somewhat more than 500 tasks, in which every third word or so of the one of another `year`
/// is another.
fn plan(year: usize) -> Warned<Document> {
    let text = long_notice(320_000);
    let swapped: String = text
        .split_inclusive('，')
        .enumerate()
        .map(|(index, clause)| {
            if year > 0 && index % year == 0 {
                clause.replace(['的', '要'], "另")
            } else {
                clause.to_owned()
            }
        })
        .collect();
    read_text(&swapped)
}

fn record_of(document: &Warned<Document>) -> Record {
    let source = Source { path: "notice.txt".into(), bytes: 0, id: "notice".into() };
    extract(document.clone(), &source)
}
