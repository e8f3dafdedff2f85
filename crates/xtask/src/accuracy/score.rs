//! The figures: how far a record agrees with gold, all between 0 and 1.
//!
//! | figure | meaning |
//! | --- | --- |
//! | tasks | F1 of tasks found; a task is found when its title and text are alike (Dice of pairs of characters at least 0.8) |
//! | number, title, kind, text | of the gold tasks, the share found with the same number, title, kind, text (white space and width of brackets aside) |
//! | units | F1 of (task, name, role), of labels and inherited |
//! | inline | F1 of (task, name), of units named only in sentences |
//! | deadlines | F1 of (task, kind, value) |
//! | raw | F1 of (task, words of the deadline) |
//! | head | share of right head fields; lists count by their F1 |
//! | gaps | F1 of gaps in numbering, by parent and missing value |

use std::collections::HashMap;
use std::fmt::Debug;
use std::hash::Hash;

use duban_record::{Deadline, DeadlineKind, Record, Task, UnitEvidence, WarningCode, Within};
use unicode_normalization::UnicodeNormalization;

use super::gold::{Gold, GoldDeadline, GoldTask};

/// Names of the figures, in the order of [`Tallies::figures`].
pub(crate) const FIGURES: [&str; 11] =
    ["tasks", "number", "title", "kind", "text", "units", "inline", "deadlines", "raw", "head", "gaps"];

/// Right, wrong and missed values of one kind.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Tally {
    /// F1; 1 where there was nothing to find and nothing found.
    fn f1(self) -> f64 {
        let all = 2 * self.right + self.wrong + self.missed;
        if all == 0 { 1.0 } else { ratio(2 * self.right, all) }
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }
}

/// Everything counted in one notice or several.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tallies {
    tasks: Tally,
    units: Tally,
    inline: Tally,
    deadlines: Tally,
    raw: Tally,
    gaps: Tally,
    /// Right number, title, kind, text.
    same: [usize; 4],
    gold_tasks: usize,
    head: f64,
    head_fields: usize,
    /// What was missed or wrong, a line each.
    pub(crate) misses: Vec<String>,
}

impl Tallies {
    /// Adds the counts of another notice.
    pub(crate) fn add(&mut self, other: &Self) {
        self.tasks.add(other.tasks);
        self.units.add(other.units);
        self.inline.add(other.inline);
        self.deadlines.add(other.deadlines);
        self.raw.add(other.raw);
        self.gaps.add(other.gaps);
        for (sum, count) in self.same.iter_mut().zip(other.same) {
            *sum += count;
        }
        self.gold_tasks += other.gold_tasks;
        self.head += other.head;
        self.head_fields += other.head_fields;
    }

    /// The figures, in the order of [`FIGURES`].
    pub(crate) fn figures(&self) -> [f64; 11] {
        let [number, title, kind, text] =
            self.same.map(|same| if self.gold_tasks == 0 { 1.0 } else { ratio(same, self.gold_tasks) });
        let head = if self.head_fields == 0 { 1.0 } else { self.head / as_float(self.head_fields) };
        [
            self.tasks.f1(),
            number,
            title,
            kind,
            text,
            self.units.f1(),
            self.inline.f1(),
            self.deadlines.f1(),
            self.raw.f1(),
            head,
            self.gaps.f1(),
        ]
    }

    /// Compares two collections in which a value may stand several times.
    fn compare<T: Eq + Hash + Clone + Debug>(&mut self, place: &str, gold: &[T], found: &[T]) -> Tally {
        let mut counts: HashMap<&T, i64> = HashMap::new();
        gold.iter().for_each(|value| *counts.entry(value).or_default() += 1);
        found.iter().for_each(|value| *counts.entry(value).or_default() -= 1);
        let mut tally = Tally::default();
        for (value, count) in counts {
            let amount = usize::try_from(count.abs()).unwrap_or(0);
            if count > 0 {
                tally.missed += amount;
                self.misses.push(format!("{place}: missed {value:?}"));
            } else if count < 0 {
                tally.wrong += amount;
                self.misses.push(format!("{place}: wrong {value:?}"));
            }
        }
        tally.right = gold.len() - tally.missed;
        tally
    }
}

/// Scores a record; without one everything is missed.
pub(crate) fn score(gold: &Gold, record: Option<&Record>) -> Tallies {
    let mut tallies = Tallies { gold_tasks: gold.tasks.len(), ..Tallies::default() };
    let tasks = record.map_or(&[][..], |record| &record.tasks);
    let pairs = align(&gold.tasks, tasks);
    let mut extra: Vec<bool> = vec![true; tasks.len()];
    for (gold_task, found) in gold.tasks.iter().zip(&pairs) {
        let task = found.map(|index| &tasks[index]);
        found.iter().for_each(|index| extra[*index] = false);
        score_task(&mut tallies, gold_task, task);
    }
    for (task, _) in tasks.iter().zip(&extra).filter(|(_, extra)| **extra) {
        tallies.tasks.wrong += 1;
        tallies.misses.push(format!("{}: extra task {}", task.number, task.title));
        score_values(&mut tallies, &task.number, None, Some(task));
    }
    score_gaps(&mut tallies, gold, record);
    score_head(&mut tallies, gold, record);
    tallies.misses.sort();
    tallies
}

fn score_task(tallies: &mut Tallies, gold: &GoldTask, task: Option<&Task>) {
    match task {
        None => {
            tallies.tasks.missed += 1;
            tallies.misses.push(format!("{}: missed task {}", gold.number, gold.title));
        }
        Some(task) => {
            tallies.tasks.right += 1;
            let same = [
                (number(&gold.number), number(&task.number)),
                (bare(&gold.title), bare(&task.title)),
                (format!("{:?}", gold.kind), format!("{:?}", task.kind)),
                (bare(&gold.text), bare(&task.text)),
            ];
            for (index, (wanted, got)) in same.into_iter().enumerate() {
                if wanted == got {
                    tallies.same[index] += 1;
                } else {
                    let field = FIGURES[index + 1];
                    tallies.misses.push(format!("{} {field}: gold {wanted:?}, got {got:?}", gold.number));
                }
            }
        }
    }
    score_values(tallies, &gold.number, Some(gold), task);
}

/// Scores units and deadlines of a task that is in gold, in the record, or in both.
fn score_values(tallies: &mut Tallies, place: &str, gold: Option<&GoldTask>, task: Option<&Task>) {
    let gold_units = gold.map_or(&[][..], |gold| &gold.units);
    let units = task.map_or(&[][..], |task| &task.units);
    let is_inline = |evidence| evidence == UnitEvidence::Inline;
    let wanted: Vec<_> = gold_units
        .iter()
        .filter(|unit| !is_inline(unit.evidence))
        .map(|unit| (bare(&unit.name), unit.role))
        .collect();
    let got: Vec<_> = units
        .iter()
        .filter(|unit| !is_inline(unit.evidence))
        .map(|unit| (bare(&unit.name), unit.role))
        .collect();
    let tally = tallies.compare(&format!("{place} units"), &wanted, &got);
    tallies.units.add(tally);

    let labelled: Vec<String> = wanted.into_iter().map(|(name, _)| name).collect();
    let wanted: Vec<_> =
        gold_units.iter().filter(|unit| is_inline(unit.evidence)).map(|unit| bare(&unit.name)).collect();
    // A body that gold gives by label may be said in a sentence as well.
    let got: Vec<_> = units
        .iter()
        .filter(|unit| is_inline(unit.evidence))
        .map(|unit| bare(&unit.name))
        .filter(|name| !labelled.contains(name))
        .collect();
    let tally = tallies.compare(&format!("{place} inline"), &wanted, &got);
    tallies.inline.add(tally);

    let gold_deadlines = gold.map_or(&[][..], |gold| &gold.deadlines);
    let deadlines = task.map_or(&[][..], |task| &task.deadlines);
    let wanted: Vec<_> = gold_deadlines.iter().map(|deadline| bare(&deadline.raw)).collect();
    let got: Vec<_> = deadlines.iter().map(|deadline| bare(&deadline.raw)).collect();
    let tally = tallies.compare(&format!("{place} raw"), &wanted, &got);
    tallies.raw.add(tally);
    let wanted: Vec<_> = gold_deadlines.iter().map(Value::of_gold).collect();
    let got: Vec<_> = deadlines.iter().map(Value::of_record).collect();
    let tally = tallies.compare(&format!("{place} deadline"), &wanted, &got);
    tallies.deadlines.add(tally);
}

/// What two deadlines must share to be the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Value {
    kind: DeadlineKind,
    due: Option<String>,
    /// Only of X起, which has nothing else.
    start: Option<String>,
    within: Option<(u32, String)>,
    rule: String,
}

impl Value {
    fn new(
        kind: DeadlineKind,
        due: Option<&String>,
        start: Option<&String>,
        within: Option<Within>,
        rrule: Option<&String>,
    ) -> Self {
        let mut parts: Vec<String> = rrule
            .map_or("", String::as_str)
            .to_uppercase()
            .split(';')
            .filter(|part| !part.is_empty() && *part != "INTERVAL=1")
            .map(str::to_owned)
            .collect();
        parts.sort();
        let start = start.filter(|_| kind == DeadlineKind::Date && due.is_none());
        Self {
            kind,
            due: due.cloned(),
            start: start.cloned(),
            within: within.map(|within| (within.count, format!("{:?}", within.unit))),
            rule: parts.join(";"),
        }
    }

    fn of_gold(gold: &GoldDeadline) -> Self {
        Self::new(gold.kind, gold.due.as_ref(), gold.start.as_ref(), gold.within, gold.rrule.as_ref())
    }

    fn of_record(found: &Deadline) -> Self {
        Self::new(found.kind, found.due.as_ref(), found.start.as_ref(), found.within, found.rrule.as_ref())
    }
}

fn score_gaps(tallies: &mut Tallies, gold: &Gold, record: Option<&Record>) {
    let wanted: Vec<_> = gold
        .gaps
        .iter()
        .map(|(full, missing)| {
            (parent(full), missing.chars().filter(char::is_ascii_digit).collect::<String>())
        })
        .collect();
    let gaps = record.map_or(&[][..], |record| &record.warnings);
    let got: Vec<_> = gaps
        .iter()
        .filter(|warning| warning.code == WarningCode::NumberingGap)
        .flat_map(|warning| {
            let place = parent(warning.number.as_deref().unwrap_or_default());
            warning.missing.iter().map(move |missing| (place.clone(), missing.to_string()))
        })
        .collect();
    let tally = tallies.compare("gaps", &wanted, &got);
    tallies.gaps.add(tally);
}

fn score_head(tallies: &mut Tallies, gold: &Gold, record: Option<&Record>) {
    let year = |year: Option<i32>| year.map(|year| year.to_string());
    let fields = [
        ("title", gold.title.clone(), record.and_then(|record| record.title.clone())),
        (
            "document_number",
            gold.document_number.clone(),
            record.and_then(|record| record.document_number.clone()),
        ),
        ("issuer", gold.issuer.clone(), record.and_then(|record| record.issuer.clone())),
        ("issued_on", gold.issued_on.clone(), record.and_then(|record| record.issued_on.clone())),
        ("plan_year", year(gold.plan_year), year(record.and_then(|record| record.plan_year))),
    ];
    for (field, wanted, got) in fields {
        tallies.head_fields += 1;
        if wanted.as_deref().map(bare) == got.as_deref().map(bare) {
            tallies.head += 1.0;
        } else {
            tallies.misses.push(format!("head {field}: gold {wanted:?}, got {got:?}"));
        }
    }
    let bares = |texts: &[String]| texts.iter().map(|text| bare(text)).collect::<Vec<_>>();
    let basis = |title: &str, number: Option<&String>| bare(number.map_or(title, String::as_str));
    let empty: &[String] = &[];
    let lists = [
        ("recipients", bares(&gold.recipients), bares(record.map_or(empty, |record| &record.recipients))),
        ("attachments", bares(&gold.attachments), bares(record.map_or(empty, |record| &record.attachments))),
        (
            "basis",
            gold.basis.iter().map(|found| basis(&found.title, found.document_number.as_ref())).collect(),
            record.map_or_else(Vec::new, |record| {
                record.basis.iter().map(|found| basis(&found.title, found.document_number.as_ref())).collect()
            }),
        ),
    ];
    for (field, wanted, got) in lists {
        tallies.head_fields += 1;
        tallies.head += tallies.compare(&format!("head {field}"), &wanted, &got).f1();
    }
}

/// For each gold task the task that is most like it, of those at least 0.8 alike; each is used once.
fn align(gold: &[GoldTask], tasks: &[Task]) -> Vec<Option<usize>> {
    const ALIKE: f64 = 0.8;
    const SAME_NUMBER: f64 = 0.05;
    let grams_of: Vec<_> = tasks.iter().map(|task| grams(&format!("{}{}", task.title, task.text))).collect();
    let mut order = Vec::new();
    for (index, gold) in gold.iter().enumerate() {
        let wanted = grams(&format!("{}{}", gold.title, gold.text));
        for (other, task) in tasks.iter().enumerate() {
            let likeness = dice(&wanted, &grams_of[other]);
            if likeness >= ALIKE {
                let bonus = if number(&task.number) == number(&gold.number) { SAME_NUMBER } else { 0.0 };
                order.push((likeness + bonus, index, other));
            }
        }
    }
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then((b.1, b.2).cmp(&(a.1, a.2))));
    let mut pairs = vec![None; gold.len()];
    let mut used = vec![false; tasks.len()];
    for (_, index, other) in order {
        if pairs[index].is_none() && !used[other] {
            pairs[index] = Some(other);
            used[other] = true;
        }
    }
    pairs
}

fn grams(text: &str) -> HashMap<String, usize> {
    let characters: Vec<char> = bare(text).chars().collect();
    let mut counts = HashMap::new();
    for start in 0..characters.len().saturating_sub(1).max(1) {
        let gram: String = characters.iter().skip(start).take(2).collect();
        *counts.entry(gram).or_default() += 1;
    }
    counts
}

fn dice(a: &HashMap<String, usize>, b: &HashMap<String, usize>) -> f64 {
    let total: usize = a.values().sum::<usize>() + b.values().sum::<usize>();
    let shared: usize = a.iter().map(|(gram, count)| count.min(b.get(gram).unwrap_or(&0))).sum();
    if total == 0 { 1.0 } else { ratio(2 * shared, total) }
}

/// White space out and full-width forms folded, so that only the words count.
fn folded(text: &str) -> String {
    let text: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    text.replace('〔', "[").replace('〕', "]")
}

fn bare(text: &str) -> String {
    folded(text).trim_end_matches(['。', '.', ';', '；', ',', '，', ':', '：', '、']).to_owned()
}

fn number(text: &str) -> String {
    folded(text).replace('(', "（").replace(')', "）")
}

/// The number of an item's parent.
fn parent(full: &str) -> String {
    number(full).rsplit_once('/').map_or_else(String::new, |(parent, _)| parent.to_owned())
}

fn ratio(part: usize, whole: usize) -> f64 {
    as_float(part) / as_float(whole)
}

fn as_float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gold() -> Gold {
        serde_json::from_str(
            r#"{"title": "甲", "document_number": null, "issuer": null, "recipients": [], "issued_on": null,
            "plan_year": 2021, "basis": [], "attachments": [], "gaps": [["三/（五）", "missing 4"]],
            "tasks": [{"number": "一", "path": [], "title": "公开清单", "text": "公开清单。县档案馆要按时公开清单。",
            "kind": "task", "deadlines": [], "units": [{"name": "县档案馆", "role": "responsible",
            "evidence": "inline", "open": false}]}]}"#,
        )
        .unwrap()
    }

    #[test]
    fn without_a_record_everything_is_missed() {
        let tallies = score(&gold(), None);
        let figures: HashMap<_, _> = FIGURES.into_iter().zip(tallies.figures()).collect();
        for figure in ["tasks", "number", "text", "inline", "gaps"] {
            assert!(figures[figure].abs() < f64::EPSILON, "{figure}");
        }
        assert!((figures["units"] - 1.0).abs() < f64::EPSILON);
    }

    #[test]
    fn likeness_decides_what_is_found() {
        let alike = grams("公开清单并按时报送县政府");
        assert!(dice(&alike, &grams("公开清单并按时报送区政府")) >= 0.8);
        assert!(dice(&alike, &grams("组织培训")) < 0.2);
    }
}
