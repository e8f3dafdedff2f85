//! What the head of a column says that its cells are.

use duban_document::numeral;

use crate::model::SlotRole;
use crate::slots;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// 序号.
    Number,
    /// 工作任务, 指标.
    Task,
    /// 工作要求, 具体措施, 目标值.
    Requirement,
    /// Units or times.
    Slot(SlotRole),
    /// A target whose year, quarter or month heads the column.
    Target,
    /// 类别, 单位 (of measure), 备注: nothing of the record.
    Other,
}

/// Words that end the head of a column of tasks, best first, and of a column of requirements.
const TASK_HEADS: [&str; 19] = [
    "任务",
    "指标",
    "指标名称",
    "事项",
    "任务名称",
    "工作项目",
    "项目名称",
    "工程名称",
    "活动名称",
    "工程",
    "项目",
    "工作内容",
    "任务内容",
    "公开事项",
    "事项名称",
    "实事",
    "重点工作",
    "工作",
    "内容",
];
const REQUIREMENT_HEADS: [&str; 23] = [
    "要求",
    "措施",
    "举措",
    "具体内容",
    "主要内容",
    "工作内容",
    "任务内容",
    "目标",
    "目标值",
    "内容",
    "标准",
    "成果",
    "做法",
    "具体任务",
    "工作安排",
    "实施内容",
    "重点内容",
    "落实措施",
    "细化任务",
    "分解任务",
    "目标任务",
    "具体事项",
    "规模",
];

/// Words that end the head of what a table tells tasks by where no column is headed as theirs; of matters, where
/// nothing else stands beside the bodies that deal with them; and of what only counts where nothing else is there:
/// 环节 and 步骤 mostly part the tasks.
const CHIEF_HEADS: [&str; 4] = ["重点", "要点", "清单", "反馈问题"];
const MATTER_HEADS: [&str; 5] = ["标题", "案由", "题目", "问题", "问题描述"];
const LAST_HEADS: [&str; 3] = ["环节", "步骤", "条款"];

/// What the column under `head` (white space gone) holds, as far as the head alone tells.
pub(super) fn column_of(head: &str, has_measures: bool) -> Column {
    if matches!(head, "编号" | "序" | "项次" | "号") || head.ends_with("序号") {
        Column::Number
    } else if has_measures && matches!(head, "单位" | "计量单位" | "指标属性" | "属性") {
        Column::Other
    } else if let Some(role) = slots::role_of(head) {
        Column::Slot(role)
    } else if slots::is_time_head(head) {
        Column::Slot(SlotRole::Time)
    } else if is_period(head) {
        Column::Target
    } else if matches!(head, "类别" | "分类" | "领域" | "备注" | "类型" | "") {
        Column::Other
    } else if TASK_HEADS.iter().any(|end| head.ends_with(end)) {
        Column::Task
    } else if REQUIREMENT_HEADS.iter().any(|end| head.ends_with(end)) {
        Column::Requirement
    } else {
        Column::Other
    }
}

/// Where no column is headed as that of the numbers, one whose head says what it counts (建议编号) is, if its
/// cells do `count`.
pub(super) fn settle_numbers(columns: &mut [Column], heads: &[String], count: impl Fn(usize) -> bool) {
    if !columns.contains(&Column::Number)
        && let Some(number) = headed(columns, heads, &["编号"]).filter(|column| count(*column))
    {
        columns[number] = Column::Number;
    }
}

/// The first column that nothing is known of whose head ends with one of `words`.
fn headed(columns: &[Column], heads: &[String], words: &[&str]) -> Option<usize> {
    let is_so = |(column, head): (&Column, &String)| {
        *column == Column::Other && words.iter().any(|word| head.ends_with(word))
    };
    columns.iter().zip(heads).position(is_so)
}

/// Whether a column holds bodies.
pub(super) fn names_bodies(column: Column) -> bool {
    matches!(column, Column::Slot(SlotRole::Lead | SlotRole::Support | SlotRole::Responsible))
}

/// Whether a head is the year, quarter or month by which its column's targets are to be reached.
fn is_period(head: &str) -> bool {
    const PARTS: [&str; 10] =
        ["一季度", "二季度", "三季度", "四季度", "1季度", "2季度", "3季度", "4季度", "上半年", "下半年"];
    let head = head.trim_end_matches("目标").trim_end_matches("目标值");
    let year =
        |year: &str| year.chars().count() == 4 && year.chars().all(|c| numeral::arabic_digit(c).is_some());
    let part = match head.split_once('年') {
        Some((before, behind)) if year(before) => behind,
        _ => head,
    };
    let month = ["月", "月份", "月底"].iter().find_map(|end| numeral::parse(part.strip_suffix(end)?));
    (part.len() < head.len() && matches!(part, "" | "底"))
        || PARTS.contains(&part.strip_prefix('第').unwrap_or(part))
        || month.is_some_and(|month| (1..=12).contains(&month))
}

/// Of several columns that could hold the task the first does, the others hold requirements; where
/// none does, one whose head (of `heads`) tells so by other words, or the first requirement column, is the task.
/// `None` where none of them is there.
pub(super) fn settle_tasks(columns: &mut [Column], heads: &[String]) -> Option<()> {
    let mut has_task = false;
    for column in columns.iter_mut().filter(|column| **column == Column::Task) {
        if has_task {
            *column = Column::Requirement;
        }
        has_task = true;
    }
    if !has_task {
        let matter =
            || headed(columns, heads, &MATTER_HEADS).filter(|_| columns.iter().copied().any(names_bodies));
        let task = headed(columns, heads, &CHIEF_HEADS)
            .or_else(|| columns.iter().position(|column| *column == Column::Requirement))
            .or_else(matter)
            .or_else(|| headed(columns, heads, &LAST_HEADS))?;
        columns[task] = Column::Task;
    }
    Some(())
}

/// Whether a head (white space gone) tells of persons: 责任单位及责任人.
pub(super) fn names_persons(head: &str) -> bool {
    ["责任人", "负责人", "领导", "联系人"].iter().any(|word| head.contains(word))
}
