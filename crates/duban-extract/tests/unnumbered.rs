//! Lines without a number that name the bodies of the numbered items below them.

#![expect(clippy::unwrap_used, reason = "a test may fail so")]

mod common;

/// The tasks of a notice as `number: units`.
#[track_caller]
fn check(body: &str, expected: &[&str]) {
    let record = common::record(&format!("青岚县2021年责任清单\n{body}")).unwrap();
    let task = |task: &duban_record::Task| {
        let units: Vec<&str> = task.units.iter().map(|unit| unit.name.as_str()).collect();
        format!("{}: {}", task.number, units.join(" "))
    };
    let found: Vec<String> = record.tasks.iter().map(task).collect();
    assert_eq!(found, expected, "{body}");
}

#[test]
fn a_line_with_a_colon_or_a_count_hands_its_bodies_down() {
    check(
        "县教育局（2项）\n1.新建校舍。\n2.修缮操场。责任单位：县住建局\n县水利局（1项）\n1.清淤护岸。",
        &["1: 县教育局", "2: 县住建局", "1: 县水利局"],
    );
    check(
        "一、工作任务\n县教育局、县财政局：\n1.新建校舍。\n（1）完成选址。\n2.修缮操场。\n二、农田水利\n1.清淤护岸。",
        &["一/1/（1）: 县教育局 县财政局", "一/2: 县教育局 县财政局", "二/1: "],
    );
}

#[test]
fn other_lines_hand_nothing_down() {
    check("一、工作任务\n县教育局\n1.新建校舍。", &["一/1: "]);
    check("一、工作任务\n各乡镇：\n1.新建校舍。", &["一/1: "]);
    check("县教育局（2项）\n1.新建校舍。\n其他事项\n1.清淤护岸。", &["1: 县教育局", "1: "]);
    check("县教育局（附件2）\n1.新建校舍。", &["1: "]);
}

#[test]
fn the_line_is_no_part_of_the_item_before_it() {
    let record =
        common::record("青岚县2021年责任清单\n县教育局：\n1.新建校舍。\n县水利局：\n1.清淤护岸。").unwrap();
    let texts: Vec<&str> = record.tasks.iter().map(|task| task.text.as_str()).collect();
    assert_eq!(texts, ["新建校舍。", "清淤护岸。"]);
}
