//! How well tasks are followed from plan to plan, by the pairs made by hand in `corpus/lineage`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use duban::lineage::{Thresholds, align_at};
use duban_record::{Record, Task};

/// The least F1 over all pairs.
const LEAST_F1: f64 = 0.95;

/// A task of an older or higher notice with the one of a newer or lower notice, by their numbers.
type Pairs = BTreeSet<(String, String)>;

/// How many pairs are right, found, and in the gold.
#[derive(Clone, Copy, Default)]
struct Tally {
    right: usize,
    found: usize,
    gold: usize,
}

impl Tally {
    fn add(&mut self, found: &Pairs, gold: &Pairs) {
        self.right += found.intersection(gold).count();
        self.found += found.len();
        self.gold += gold.len();
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of pairs are small")]
    fn f1(self) -> f64 {
        2.0 * self.right as f64 / (self.found + self.gold).max(1) as f64
    }
}

/// Prints the figures of each two notices and of all, and how they change with the thresholds.
pub(super) fn compare(folder: &Path, misses: bool) -> anyhow::Result<()> {
    let gold = read_gold(&folder.join("pairs.tsv"))?;
    let mut records: BTreeMap<&str, Record> = BTreeMap::new();
    for stem in gold.keys().flat_map(|(old, new)| [old, new]) {
        let record = duban::process_file(&folder.join(format!("{stem}.txt")), &duban::Options::default())?;
        records.insert(stem, record);
    }
    let pairs_at = |old: &str, new: &str, thresholds| -> Pairs {
        let (old, new) = (tasks(&records[old]), tasks(&records[new]));
        let number = |task: &&Task| task.number.clone();
        align_at(&old, &new, thresholds)
            .iter()
            .map(|link| (number(&old[link.old]), number(&new[link.new])))
            .collect()
    };
    println!("tasks followed from plan to plan, pairs made by hand:");
    println!("{:32} {:>5} {:>9} {:>9} {:>9}", "", "pairs", "precision", "recall", "F1");
    let mut total = Tally::default();
    for ((old, new), gold) in &gold {
        let found = pairs_at(old, new, Thresholds::default());
        let mut tally = Tally::default();
        tally.add(&found, gold);
        total.add(&found, gold);
        print_row(&format!("{old} → {new}"), tally);
        if misses {
            gold.difference(&found).for_each(|(one, other)| println!("  missed {one} → {other}"));
            found.difference(gold).for_each(|(one, other)| println!("  wrong {one} → {other}"));
        }
    }
    print_row("total", total);
    for pair in [0.06, 0.08, 0.10, 0.12, 0.14, 0.16, 0.20] {
        let of_parts: Vec<String> = [0.2, 0.25, 0.3, 0.35, 0.4, 0.5]
            .iter()
            .map(|part| {
                let mut tally = Tally::default();
                for ((old, new), gold) in &gold {
                    tally.add(&pairs_at(old, new, Thresholds { pair, part: *part }), gold);
                }
                format!("{part:.2}: {:.3}", tally.f1())
            })
            .collect();
        println!("F1 at likeness {pair:.2} and shares of {}", of_parts.join("  "));
    }
    if total.f1() < LEAST_F1 {
        bail!("pairs of tasks have F1 {:.3}, at least {LEAST_F1} is wanted", total.f1());
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "counts of pairs are small")]
fn print_row(name: &str, tally: Tally) {
    let share = |of: usize| tally.right as f64 / of.max(1) as f64;
    let (precision, recall) = (share(tally.found), share(tally.gold));
    println!("{name:32} {:>5} {precision:>9.3} {recall:>9.3} {:>9.3}", tally.gold, tally.f1());
}

fn tasks(record: &Record) -> Vec<&Task> {
    record.tasks.iter().collect()
}

fn read_gold(path: &Path) -> anyhow::Result<BTreeMap<(String, String), Pairs>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut gold: BTreeMap<(String, String), Pairs> = BTreeMap::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [old, old_number, new, new_number] = columns.as_slice() else {
            bail!("not four columns in {}: {line}", path.display());
        };
        let pairs = gold.entry(((*old).to_owned(), (*new).to_owned())).or_default();
        pairs.insert(((*old_number).to_owned(), (*new_number).to_owned()));
    }
    Ok(gold)
}
