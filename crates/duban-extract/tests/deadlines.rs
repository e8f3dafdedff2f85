//! Runs `fixtures/spec/deadlines.md`: notices, and by when each of their tasks is due.

mod common;

use std::process::ExitCode;

use duban_fixtures::Case;
use duban_record::{Deadline, DeadlineEvidence, DeadlineKind};

fn main() -> ExitCode {
    duban_fixtures::run("deadlines.md", 24, check)
}

fn check(case: &Case) -> Result<(), String> {
    let text = case.cell("text");
    let title = match case.cell("title") {
        "" if text.contains('¦') => "",
        "" => "青岚县2021年政务公开工作方案\n",
        title => &format!("{title}\n"),
    };
    let record = common::record(&format!("{title}{text}"))?;
    let outside: Vec<&Deadline> = record.requirements.iter().flat_map(|found| &found.deadlines).collect();
    let mut found = Vec::new();
    if !outside.is_empty() {
        found.push(format!("outside: {}", list(outside)));
    }
    found.extend(record.tasks.iter().map(|task| format!("{}: {}", task.number, list(task.deadlines.iter()))));
    common::same("deadlines", case.cell("expected"), &found.join("; "))
}

fn list<'r>(deadlines: impl IntoIterator<Item = &'r Deadline>) -> String {
    let shown: Vec<String> = deadlines.into_iter().map(show).collect();
    if shown.is_empty() { "-".to_owned() } else { shown.join(", ") }
}

fn show(deadline: &Deadline) -> String {
    let evidence = match deadline.evidence {
        DeadlineEvidence::Text => "text",
        DeadlineEvidence::Label => "label",
        DeadlineEvidence::Inherited => "inherited",
    };
    let value = match deadline.kind {
        DeadlineKind::Date => {
            deadline.due.as_deref().unwrap_or("none").trim_start_matches("2021-").to_owned()
        }
        DeadlineKind::Relative => "relative".to_owned(),
        DeadlineKind::Recurring => "recurring".to_owned(),
        DeadlineKind::Ongoing => "ongoing".to_owned(),
    };
    format!("{evidence} {} {value}", deadline.raw)
}
