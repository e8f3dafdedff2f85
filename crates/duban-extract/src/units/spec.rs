//! Runs the specification of units, `fixtures/spec/units.md`.

use duban_document::{JoinedText, TextRange};
use duban_fixtures::{Case, fixture, parse};
use duban_record::{Role, UnitEvidence};
use proptest::prelude::*;

use super::UnitReader;
use super::cues::Cues;
use crate::bodies::canonical::{Names, Notice};
use crate::model::{FoundUnit, SlotRole};
use crate::reading::Reading;

fn joined(text: &str) -> JoinedText {
    JoinedText::from_source(text, TextRange::new(0, text.len()))
}

/// Units as the specification writes them: `~R:各社区`.
fn shown(units: &[FoundUnit]) -> String {
    let one = |unit: &FoundUnit| {
        let evidence = match unit.evidence {
            UnitEvidence::Label => "",
            UnitEvidence::Inline => "~",
            UnitEvidence::Inherited => "^",
        };
        let role = match unit.role {
            Role::Lead => 'L',
            Role::Responsible => 'R',
            Role::Support => 'S',
        };
        format!("{evidence}{role}:{}{}", unit.name, if unit.open { "+" } else { "" })
    };
    if units.is_empty() { "-".to_owned() } else { units.iter().map(one).collect::<Vec<_>>().join(" ") }
}

/// The units of a row: its context first, in order, then its text.
fn units_of(case: &Case) -> Vec<FoundUnit> {
    let mut reader = UnitReader::new(Notice::default());
    let (mut columns, mut inherited) = (Vec::new(), Vec::new());
    for entry in case.cell("context").split(" ; ").filter_map(|entry| entry.split_once('=')) {
        let (kind, text) = (entry.0.trim(), joined(entry.1));
        match kind {
            "notice" => reader.observe(text.as_str(), &Cues::of(text.as_str())),
            "before" => drop(task_units(&mut reader, &text, &[], &[])),
            "heading" => {
                let reading = Reading::alone(&text);
                let told = reader.read_labels(&reading);
                inherited = reader.heading_units(&reading, told);
            }
            "lead" => columns.push((SlotRole::Lead, text)),
            "support" => columns.push((SlotRole::Support, text)),
            "responsible" => columns.push((SlotRole::Responsible, text)),
            "person" => columns.push((SlotRole::Person, text)),
            _ => panic!("line {}: no context {kind}", case.line),
        }
    }
    task_units(&mut reader, &joined(case.cell("text")), &columns, &inherited)
}

fn task_units(
    reader: &mut UnitReader,
    text: &JoinedText,
    columns: &[(SlotRole, JoinedText)],
    inherited: &[FoundUnit],
) -> Vec<FoundUnit> {
    let reading = Reading::alone(text);
    let told = reader.read_labels(&reading);
    let sentences = told.read_sentences(&reading);
    reader.task_units(&reading, told, sentences, columns, inherited)
}

fn page() -> Vec<Case> {
    let text = std::fs::read_to_string(fixture("spec/units.md")).expect("the specification is there");
    parse(&text)
}

#[test]
fn every_row_holds() {
    let mut wrong = Vec::new();
    let cases = page();
    for case in &cases {
        let (found, of) = if case.section == "Full names" {
            let given = |column| Some(case.cell(column)).filter(|cell| *cell != "-");
            let year = given("year").map(|year| year.parse().expect("a year"));
            let notice = Notice { issuer: given("issuer"), title: given("title"), year };
            let name = Names::of(notice).canonical(case.cell("name"));
            (name.unwrap_or_else(|| "-".to_owned()), case.cell("name"))
        } else {
            (shown(&units_of(case)), case.cell("text"))
        };
        if found != case.cell("expected") {
            wrong.push(format!("line {}: {of}\n  want {}\n  got  {found}", case.line, case.cell("expected")));
        }
    }
    assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    assert!(cases.len() >= 200, "only {} rows", cases.len());
}

#[test]
fn names_stand_where_they_are_said_to() {
    for case in page().iter().filter(|case| !case.cell("text").is_empty()) {
        let text = case.cell("text");
        let (first, last) = (text.chars().next(), text.chars().next_back());
        let source = format!("甲{text}乙");
        let piece = TextRange::new('甲'.len_utf8(), source.len() - '乙'.len_utf8());
        let mut reader = UnitReader::new(Notice::default());
        for unit in task_units(&mut reader, &JoinedText::from_source(&source, piece), &[], &[]) {
            let there: String = unit.places.iter().map(|place| place.slice(&source)).collect();
            let there: String = there.chars().filter(|c| !c.is_whitespace()).collect();
            assert_eq!(there, unit.name, "line {}: {first:?} to {last:?}", case.line);
        }
    }
}

#[test]
fn a_title_may_say_that_the_first_leads() {
    let title = Some("云岭县任务分解表（排在第一位的为牵头单位）");
    let mut reader = UnitReader::new(Notice { title, ..Notice::default() });
    let columns = [(SlotRole::Responsible, joined("县财政局、县教育局"))];
    let units = task_units(&mut reader, &joined("建好台账"), &columns, &[]);
    assert_eq!(shown(&units), "L:县财政局 S:县教育局");
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>()) {
        check_places(&text);
    }

    #[test]
    fn no_notice_panics(text in "[县市各局部门由会同等和、，。：（）【】责任牵头单位负要应\\n ]{0,60}") {
        check_places(&text);
    }
}

/// Every name stands where its places say.
fn check_places(text: &str) {
    let columns = [(SlotRole::Lead, joined(text)), (SlotRole::Responsible, joined(text))];
    let mut reader = UnitReader::new(Notice { issuer: Some(text), title: Some(text), year: None });
    for unit in task_units(&mut reader, &joined(text), &columns, &[]) {
        let there: String = unit.places.iter().map(|place| place.slice(text)).collect();
        let there: String = there.chars().filter(|c| !c.is_whitespace()).collect();
        assert_eq!(there, unit.name);
    }
}
