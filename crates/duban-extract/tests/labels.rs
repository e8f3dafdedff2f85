//! Runs `fixtures/spec/labels.md`: sequences of labels and the outline they must give.

mod common;

use std::process::ExitCode;

use duban_fixtures::Case;
use duban_record::{OutlineNode, Record, WarningCode};

fn main() -> ExitCode {
    duban_fixtures::run("labels.md", 60, check)
}

fn check(case: &Case) -> Result<(), String> {
    let record = common::record(case.cell("text"))?;
    let mut numbers = Vec::new();
    record.outline.iter().for_each(|node| list(node, &mut numbers));
    common::same("numbers", case.cell("numbers"), &numbers.join(" "))?;
    common::same("warnings", case.cell("warnings"), &warnings(&record))
}

fn list(node: &OutlineNode, numbers: &mut Vec<String>) {
    numbers.push(node.number.clone());
    node.children.iter().for_each(|child| list(child, numbers));
}

fn warnings(record: &Record) -> String {
    let one = |warning: &duban_record::Warning| {
        let number = warning.number.as_deref().unwrap_or_default();
        let missing: Vec<String> = warning.missing.iter().map(u32::to_string).collect();
        match warning.code {
            WarningCode::NumberingGap => format!("gap {number}: {}", missing.join(", ")),
            WarningCode::NumberingRepeat => format!("repeat {number}"),
            WarningCode::LabelStyle => format!("style {number}"),
            code => format!("{code:?}"),
        }
    };
    record.warnings.iter().map(one).collect::<Vec<_>>().join("; ")
}
