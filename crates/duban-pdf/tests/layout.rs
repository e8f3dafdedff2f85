//! Reading order, columns, tables and how tables go on over page breaks.

mod support;

use std::fmt::Write as _;

use duban_page::Continued;
use support::{Sketch, cells, hex, lines_of, show, tables};

/// Sixteen characters that fill a column.
fn filled(number: usize) -> String {
    format!("{number:02}推进各项重点工作落实见效发展")
}

#[test]
fn lines_painted_in_any_order_are_read_from_the_top() {
    let place = |number: u8| 700.0 - f32::from(number) * 30.0;
    let painted = [5, 2, 7, 0, 3, 6, 1, 4, 9, 8];
    let content: String =
        painted.iter().map(|number| show(72.0, place(*number), &filled(usize::from(*number)))).collect();
    let expected: Vec<String> = (0..10).map(filled).collect();
    assert_eq!(lines_of(&content), expected);
}

#[test]
fn columns_are_read_one_after_the_other() {
    let line =
        |number: u8, x: f32| show(x, 700.0 - f32::from(number % 6) * 24.0, &filled(usize::from(number)));
    let title = show(200.0, 750.0, "两栏排版的标题");
    let foot = show(280.0, 60.0, "— 1 —");
    let left: String = (0..6).map(|number| line(number, 50.0)).collect();
    let right: String = (6..12).map(|number| line(number, 310.0)).collect();
    let mut expected = vec!["两栏排版的标题".to_owned()];
    expected.extend((0..12).map(filled));
    expected.push("— 1 —".to_owned());
    assert_eq!(lines_of(&format!("{title}{left}{right}{foot}")), expected);
    // Row by row across both columns: only the gutter tells.
    let rows: String = (0..6).rev().map(|number| line(number, 50.0) + &line(number + 6, 310.0)).collect();
    assert_eq!(lines_of(&format!("{foot}{rows}{title}")), expected);
}

#[test]
fn what_is_painted_late_is_read_where_it_stands() {
    let content = show(72.0, 60.0, "— 3 —")
        + &show(72.0, 700.0, "第一段")
        + &show(72.0, 650.0, "第三段")
        + &show(72.0, 675.0, "第二段");
    assert_eq!(lines_of(&content), ["第一段", "第二段", "第三段", "— 3 —"]);
}

#[test]
fn runs_of_one_line_are_one_line() {
    let digits = "BT /F3 16 Tf 1 0 0 1 72 700 Tm (2025) Tj ET\n";
    let content = format!("{}{}{digits}", show(107.6, 700.0, "年底前完成"), show(72.0, 670.0, "下一行"));
    assert_eq!(lines_of(&content), ["2025年底前完成", "下一行"]);
}

/// A table of stroked boxes: rows from `top` down, each as high as given, with the text of its cells.
fn table(top: f32, rows: &[(f32, [&str; 3])]) -> String {
    let edges = [72.0, 172.0, 372.0, 522.0];
    let mut content = String::new();
    let mut y = top;
    for (height, texts) in rows {
        for (column, text) in texts.iter().enumerate() {
            let (left, right) = (edges[column], edges[column + 1]);
            let _ = writeln!(content, "{left} {} {} {height} re S", y - height, right - left);
            for (line, text) in (0u8..).zip(text.split('\n')).filter(|(_, text)| !text.is_empty()) {
                let down = f32::from(line) * 20.0;
                let _ = write!(
                    content,
                    "BT /F1 12 Tf {} {} Td <{}> Tj ET ",
                    left + 5.0,
                    y - 16.0 - down,
                    hex(text)
                );
            }
        }
        y -= height;
    }
    content
}

#[test]
fn boxes_make_a_table() {
    let rows = [(24.0, ["序号", "任务", "责任单位"]), (48.0, ["1", "完善工作\n机制", "县政府办"])];
    let content =
        show(72.0, 750.0, "任务分解表") + &table(700.0, &rows) + &show(72.0, 500.0, "注：以上任务。");
    let pdf = Sketch::new().page(&content).read();
    let found = tables(&pdf.pages[0]);
    assert_eq!(cells(found[0]), [["序号", "任务", "责任单位"], ["1", "完善工作机制", "县政府办"]]);
    assert_eq!(pdf.pages[0].items.len(), 3);
    assert_eq!(found[0].columns.len(), 4);
    assert_eq!(found[0].rows[1].cells[1].lines.len(), 2);
}

#[test]
fn thin_fills_without_a_frame_make_a_table() {
    let rules = "72 700 400 0.5 re f 72 670 400 0.5 re f 72 640 400 0.5 re f 250 640 0.5 60 re f ";
    let texts = show(80.0, 680.0, "甲")
        + &show(260.0, 680.0, "乙")
        + &show(80.0, 650.0, "丙")
        + &show(260.0, 650.0, "丁");
    let pdf = Sketch::new().page(&format!("{rules}{texts}")).read();
    assert_eq!(cells(tables(&pdf.pages[0])[0]), [["甲", "乙"], ["丙", "丁"]]);
}

#[test]
fn a_box_around_text_is_no_table() {
    let content = format!("50 600 400 150 re S {}", show(72.0, 700.0, "方框中的文字"));
    let pdf = Sketch::new().page(&content).read();
    assert!(tables(&pdf.pages[0]).is_empty());
    assert_eq!(support::lines(&pdf.pages[0]), ["方框中的文字"]);
}

#[test]
fn text_in_one_frame_with_a_table_is_no_row_of_it() {
    let text: String =
        (0u8..7).map(|number| show(80.0, 780.0 - f32::from(number) * 24.0, &filled(number.into()))).collect();
    let rows = [(24.0, ["序号", "任务", "责任单位"]), (40.0, ["1", "完善工作", "县政府办"])];
    let frame = "70 400 454 400 re S ";
    let pdf = Sketch::new().page(&format!("{frame}{text}{}", table(600.0, &rows))).read();
    let found = tables(&pdf.pages[0]);
    assert_eq!(cells(found[0]), [["序号", "任务", "责任单位"], ["1", "完善工作", "县政府办"]]);
    assert!(!found[0].open_below);
    assert_eq!(support::lines(&pdf.pages[0])[..7], (0..7).map(filled).collect::<Vec<_>>());
}

#[test]
fn white_rules_and_drawings_make_no_table() {
    let rows = [(24.0, ["甲", "乙", "丙"]), (24.0, ["丁", "戊", "己"])];
    let pdf = Sketch::new().page(&format!("1 G {}", table(700.0, &rows))).read();
    assert!(tables(&pdf.pages[0]).is_empty());
}

#[test]
fn a_table_goes_on_over_the_page_break() {
    let head = (24.0, ["序号", "任务", "责任单位"]);
    let first = table(500.0, &[head, (300.0, ["1", "建立协调推进机制，", "县政府办"])]);
    let second =
        table(790.0, &[head, (40.0, ["", "每季度调度一次。", ""]), (40.0, ["2", "完善制度。", "县司法局"])]);
    let third = table(790.0, &[head, (40.0, ["3", "加强监管。", "县审计局"])]);
    let foot = |number: u8| show(280.0, 40.0, &format!("— {number} —"));
    let pdf = Sketch::new()
        .page(&(show(72.0, 600.0, "附件") + &first + &foot(1)))
        .page(&(second + &foot(2)))
        .page(&(third + &foot(3)))
        .read();
    let continued: Vec<_> = pdf.pages.iter().map(|page| tables(page)[0].continued).collect();
    let expected = [
        None,
        Some(Continued { repeated_head: 1, splits_row: true }),
        Some(Continued { repeated_head: 1, splits_row: false }),
    ];
    assert_eq!(continued, expected);
}

#[test]
fn another_table_on_the_next_page_is_another() {
    let first =
        table(500.0, &[(24.0, ["序号", "任务", "责任单位"]), (40.0, ["1", "完善制度。", "县司法局"])]);
    let second = show(72.0, 800.0, "附件2")
        + &show(72.0, 600.0, "任务表")
        + &table(500.0, &[(40.0, ["1", "甲", "乙"])]);
    let pdf = Sketch::new().page(&first).page(&second).read();
    assert_eq!(tables(&pdf.pages[1])[0].continued, None);
}
