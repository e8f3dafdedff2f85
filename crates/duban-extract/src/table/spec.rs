//! Tables whose cells span several rows or columns, and tables in several parts.

use duban_document::{Cell, JoinedText, Row, Table};

use super::{TableRow, read_table};

/// A table whose cells are told with the rows and columns that they span.
fn table(rows: &[&[(&str, usize, usize)]]) -> Table {
    let row = |cells: &&[(&str, usize, usize)]| {
        let mut next = 0;
        let cell = |&(words, row_span, column_span): &(&str, usize, usize)| {
            let mut text = JoinedText::builder();
            text.push_glue(words);
            let column = next;
            next += column_span;
            Cell { column, column_span, row_span, text: text.finish() }
        };
        Row { cells: cells.iter().map(cell).collect() }
    };
    Table { rows: rows.iter().map(row).collect() }
}

fn plain(rows: &[[&str; 3]]) -> Table {
    let rows: Vec<_> = rows.iter().map(|row| row.map(|words| (words, 1, 1))).collect();
    table(&rows.iter().map(<[_; 3]>::as_slice).collect::<Vec<_>>())
}

/// Number and title of each row.
fn shown(rows: &[TableRow]) -> Vec<(&str, &str)> {
    rows.iter()
        .map(|row| (row.label.as_ref().map_or("", |label| label.number.as_str()), row.title.as_str()))
        .collect()
}

#[test]
fn one_head_over_the_numbers_and_what_they_count() {
    let head = [("工作任务", 1, 1), ("具体要求", 1, 2), ("责任科室", 1, 1)];
    let rows = table(&[
        &head,
        &[("河道", 1, 1), ("1", 1, 1), ("清淤。", 1, 1), ("河湖科", 1, 1)],
        &[("林地", 1, 1), ("2", 1, 1), ("补植。", 1, 1), ("造林科", 1, 1)],
    ]);
    let (rows, read) = read_table(&rows, None).unwrap_or_else(|| panic!("no table of tasks"));
    assert_eq!(shown(&rows), [("1", "河道"), ("2", "林地")]);
    assert_eq!(rows[0].text.as_str(), "清淤。");
    assert!(!read.lacks_numbers);
}

#[test]
fn one_head_over_several_columns_before_the_numbers() {
    let head = [("工作任务", 1, 2), ("序号", 1, 1), ("具体要求", 1, 1), ("责任单位", 1, 1)];
    let row = |first, second, number, last| {
        [(first, 1, 1), (second, 1, 1), (number, 1, 1), (last, 1, 1), ("县水务局", 1, 1)]
    };
    let (one, two) = (row("河道", "岸线", "1", "清淤。"), row("", "水面", "2", "打捞。"));
    let titles = table(&[&head, &one, &two]);
    let (rows, _) = read_table(&titles, None).unwrap_or_else(|| panic!("no table of tasks"));
    assert_eq!(shown(&rows), [("1", "岸线"), ("2", "水面")]);
    assert_eq!(rows[0].text.as_str(), "清淤。");

    let (one, two) = (row("一、河道", "（一）岸线", "1", "清淤。"), row("", "", "2", "护岸。"));
    let wide = [("二、林地", 1, 2), ("3", 1, 1), ("补植。", 1, 1), ("各镇", 1, 1)];
    let headings = table(&[&head, &one, &two, &wide]);
    let (rows, _) = read_table(&headings, None).unwrap_or_else(|| panic!("no table of tasks"));
    let expected =
        [("一", "河道"), ("（一）", "岸线"), ("1", "清淤"), ("2", "护岸"), ("二", "林地"), ("3", "补植")];
    assert_eq!(shown(&rows), expected);
}

#[test]
fn a_table_without_a_head_goes_on_with_the_one_before() {
    let first = plain(&[["序号", "任务", "责任单位"], ["1", "清淤", "县水务局"], ["2", "护岸", "柳滩镇"]]);
    let goes_on = |rows: &[[&str; 3]]| {
        let (next, read) = (plain(rows), read_table(&first, None).map(|(_, read)| read));
        let rows = read_table(&next, read).map(|(rows, _)| rows).unwrap_or_default();
        shown(&rows).into_iter().map(|(number, title)| format!("{number} {title}")).collect::<Vec<_>>()
    };
    assert_eq!(goes_on(&[["3", "补植", "县林业局"], ["4", "管护", "各村"]]), ["3 补植", "4 管护"]);
    assert_eq!(goes_on(&[["1", "补植", "县林业局"], ["2", "管护", "各村"]]), [""; 0]);
    assert_eq!(goes_on(&[["甲村", "3", "4"], ["乙村", "4", "5"]]), [""; 0]);
}

#[test]
fn a_table_of_tasks_without_numbers() {
    let lacks_numbers =
        |rows: &[[&str; 3]]| read_table(&plain(rows), None).map(|(_, read)| read.lacks_numbers);
    assert_eq!(lacks_numbers(&[["任务", "责任单位", "时限"], ["清淤", "县水务局", "6月"]]), Some(true));
    assert_eq!(lacks_numbers(&[["", "任务", "责任单位"], ["1", "清淤", "县水务局"]]), Some(false));
}
