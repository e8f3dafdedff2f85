//! Runs `fixtures/spec/requirements.md`: sentences, how they bind, and whom and by when.

mod common;

use std::process::ExitCode;

use duban_fixtures::Case;
use duban_record::{Deadline, Modality, Record, Unit};

fn main() -> ExitCode {
    duban_fixtures::run("requirements.md", 35, check)
}

fn check(case: &Case) -> Result<(), String> {
    let text = case.cell("text");
    let notice = match case.cell("where") {
        "outside" => format!("青岚县2021年政务公开工作方案\n{text}\n一、工作任务"),
        _ => format!("青岚县2021年政务公开工作方案\n一、工作任务\n（一）公开清单。\n{text}"),
    };
    let record = common::record(&notice)?;
    common::same("requirements", case.cell("expected"), &requirements(&record).join("; "))
}

/// `must 各社区 @ 10月底前`, one for each sentence.
fn requirements(record: &Record) -> Vec<String> {
    let of_tasks = record.tasks.iter().flat_map(|task| {
        task.requirements.iter().map(|found| {
            let units = found.units.iter().map(|index| &task.units[*index]);
            let deadlines = found.deadlines.iter().map(|index| &task.deadlines[*index]);
            one(found.modality, units, deadlines)
        })
    });
    let outside = record
        .requirements
        .iter()
        .map(|found| one(found.modality, found.units.iter(), found.deadlines.iter()));
    outside.chain(of_tasks).collect()
}

fn one<'r>(
    modality: Modality,
    units: impl Iterator<Item = &'r Unit>,
    deadlines: impl Iterator<Item = &'r Deadline>,
) -> String {
    let modality = match modality {
        Modality::Must => "must",
        Modality::MustNot => "must_not",
        Modality::May => "may",
    };
    let units: Vec<&str> = units.map(|unit| unit.name.as_str()).collect();
    let deadlines: Vec<&str> = deadlines.map(|deadline| deadline.raw.as_str()).collect();
    let part = |before: &str, words: &[&str]| match words {
        [] => String::new(),
        words => format!(" {before}{}", words.join(", ")),
    };
    format!("{modality}{}{}", part("", &units), part("@ ", &deadlines))
}
