//! What holds for every document: nothing panics, values lie inside their task, and every line that
//! opens with a label is an item or said not to be.

mod common;

use std::collections::HashSet;

use duban_document::label;
use duban_record::{Location, OutlineNode, Record, WarningCode};
use proptest::prelude::*;

/// Pieces that notices are made of, hostile ones among them.
const PIECES: [&str; 40] = [
    "一、",
    "二、",
    "2、",
    "（一）",
    "（二）",
    "(三）",
    "1.",
    "2.",
    "（1）",
    "①",
    "第一章 ",
    "第二条 ",
    "3.50年以上的",
    "12345热线",
    "\n",
    "\n",
    "\n",
    "。",
    "；",
    "，",
    "：",
    "（责任单位：",
    "县财政局、",
    "各村（社区）",
    "等部门）",
    "牵头，",
    "10月底前",
    "2021年",
    "每季度",
    "3个工作日内",
    "要",
    "严禁",
    "公开清单",
    "《",
    "》",
    "“",
    "）",
    "附件",
    " ",
    "\u{3000}",
];

fn notices() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..60).prop_map(|pieces| pieces.concat())
}

fn inside(inner: &Location, outer: &Location) -> bool {
    outer.line_start <= inner.line_start && inner.line_end <= outer.line_end
}

fn lines_of_items(nodes: &[OutlineNode], lines: &mut HashSet<u32>) {
    for node in nodes {
        lines.insert(node.at.line_start);
        lines_of_items(&node.children, lines);
    }
}

/// Lines that open with a label, and lines that the record says something of.
fn unexplained(text: &str, record: &Record) -> Vec<String> {
    let mut explained = HashSet::new();
    lines_of_items(&record.outline, &mut explained);
    let skipped = record.warnings.iter().filter(|warning| warning.code == WarningCode::SkippedLabel);
    explained.extend(skipped.filter_map(|warning| warning.at.as_ref()).map(|at| at.line_start));
    let labelled = text.split('\n').zip(1..).filter(|(line, _)| label::at(line.trim_start()).is_some());
    labelled.filter(|(_, number)| !explained.contains(number)).map(|(line, _)| line.to_owned()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn nothing_panics_and_values_lie_inside_their_task(text in notices()) {
        let record = common::record(&text).map_err(TestCaseError::fail)?;
        for task in &record.tasks {
            for at in task.units.iter().filter(|unit| unit.evidence != duban_record::UnitEvidence::Inherited).map(|unit| &unit.at) {
                prop_assert!(inside(at, &task.at), "unit of {} at {at:?}, task at {:?}", task.number, task.at);
            }
            for at in task.requirements.iter().map(|requirement| &requirement.at) {
                prop_assert!(inside(at, &task.at), "requirement of {} at {at:?}, task at {:?}", task.number, task.at);
            }
        }
        let ids: HashSet<&str> = record.tasks.iter().map(|task| task.id.as_str()).collect();
        prop_assert_eq!(ids.len(), record.tasks.len());
    }

    #[test]
    fn any_characters_are_borne(text in "\\PC{0,200}") {
        common::record(&text).map_err(TestCaseError::fail)?;
    }

    #[test]
    fn every_line_with_a_label_is_an_item_or_said_not_to_be(labels in proptest::collection::vec(0usize..12, 1..25)) {
        let lines: Vec<String> = labels.iter().enumerate().map(|(line, piece)| format!("{}公开清单并按时更新{line}次。", PIECES[*piece])).collect();
        let text = lines.join("\n");
        let record = common::record(&text).map_err(TestCaseError::fail)?;
        prop_assert_eq!(unexplained(&text, &record), Vec::<String>::new());
    }
}
