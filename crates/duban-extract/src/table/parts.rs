//! What stands beside the rows of a table and holds for several: cells that head them, rules in the head.

use duban_document::label::LabelStyle;
use duban_document::{Cell, JoinedText};

use super::grid::Grid;
use super::heads::{Column, column_of};
use super::{RowLabel, TableRow, bare, counts_on, is_blank, number_label, text_label};
use crate::model::SlotRole;
use crate::outline::without_breaks;
use crate::{bodies, units};

/// A column whose cells head the numbered rows beside them, with those of further columns (一、 | （一） | 1)
/// below them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Parts {
    /// Where the number of such a heading stands,
    pub(super) label: usize,
    /// and where its words do: mostly in the same cell.
    pub(super) title: usize,
}

impl Parts {
    /// The label of a heading's cell.
    pub(super) fn label_of(self, cell: &Cell) -> Option<RowLabel> {
        if self.label == self.title { text_label(&cell.text) } else { number_label(&cell.text) }
    }
}

/// Finds what heads the rows, the outermost first, and settles by the cells which column numbers them where the
/// heads alone do not tell.
pub(super) fn settle(grid: &Grid<'_>, columns: &mut [Column], head_row: usize) -> Vec<Parts> {
    let is_row = |row: &usize| grid.whole_width(*row).is_none() && !grid.repeats(*row, head_row);
    let body = Body { grid, head_row, rows: (head_row + 1..grid.height).filter(is_row).collect() };
    if let Some(parts) = body.numbered_twice(columns) {
        return vec![parts];
    }
    // 一级指标 and 二级指标 are levels of headings like any others.
    let measures = |column| {
        grid.at(head_row, column).is_some_and(|(_, head)| {
            head.text.as_str().split_once("指标").is_some_and(|(before, _)| !before.ends_with('级'))
        })
    };
    if (0..grid.width).any(measures) {
        return Vec::new();
    }
    body.move_task(columns);
    let parts = body.parts(columns);
    for column in &parts {
        if columns[*column] == Column::Requirement {
            columns[*column] = Column::Other;
        }
    }
    title_by_innermost(grid, columns, head_row);
    parts.into_iter().map(|column| Parts { label: column, title: column }).collect()
}

/// Of several columns before the numbers that share one head (工作任务 over 河道 | 岸线 | 1) the innermost one that
/// heads no rows holds the titles.
fn title_by_innermost(grid: &Grid<'_>, columns: &mut [Column], head_row: usize) {
    let Some(number) = columns.iter().position(|column| *column == Column::Number) else { return };
    let Some(task) = columns[..number].iter().position(|column| *column == Column::Task) else { return };
    let head = |column| grid.at(head_row, column).map(|(_, cell)| std::ptr::from_ref(cell));
    let shares = |column: &usize| columns[*column] == Column::Requirement && head(*column) == head(task);
    if let Some(inner) = (task + 1..number).rfind(shares) {
        columns[task..inner].fill(Column::Other);
        columns[inner] = Column::Task;
    }
}

/// The rows below the head.
struct Body<'g, 't> {
    grid: &'g Grid<'t>,
    head_row: usize,
    /// Those that no cell covers over the whole width.
    rows: Vec<usize>,
}

impl<'t> Body<'_, 't> {
    /// The cells of `column` that begin in a row and are not empty, with the row.
    fn cells(&self, column: usize) -> impl Iterator<Item = (usize, &'t Cell)> {
        self.rows.iter().filter_map(move |row| {
            let (first, cell) = self.grid.at(*row, column)?;
            (first == *row && !is_blank(cell)).then_some((first, cell))
        })
    }

    /// Of two columns of numbers, as 序号 | 任务 | 编号 | 举措, the first numbers the headings (（一）) where one
    /// of them stands beside several numbers of the second.
    fn numbered_twice(&self, columns: &mut [Column]) -> Option<Parts> {
        let mut numbers = columns.iter().enumerate().filter(|(_, column)| **column == Column::Number);
        let (label, inner) = (numbers.next()?.0, numbers.next()?.0);
        let title = (label..inner).find(|column| columns[*column] == Column::Task)?;
        let task = (inner..columns.len()).find(|column| columns[*column] == Column::Requirement)?;
        let numbered: Vec<usize> =
            self.cells(inner).filter(|(_, cell)| has_number(cell)).map(|(row, _)| row).collect();
        let heads: Vec<&Cell> = self.cells(label).map(|(_, cell)| cell).collect();
        let is_heading =
            |cell: &&Cell| number_label(&cell.text).is_some_and(|number| is_outer(number.label.style));
        if heads.is_empty() || heads.len() >= numbered.len() || !heads.iter().all(is_heading) {
            return None;
        }
        (columns[label], columns[title], columns[task]) = (Column::Other, Column::Other, Column::Task);
        Some(Parts { label, title })
    }

    /// Where the task's cells have no numbers, a column before them may: 1.动员部署 under 阶段. Where they
    /// have and head rows with numbers of their own (一、稳就业 | 1.办招聘会), those are the tasks.
    fn move_task(&self, columns: &mut [Column]) {
        let Some(task) = columns.iter().position(|column| *column == Column::Task) else { return };
        if columns
            .iter()
            .enumerate()
            .any(|(column, held)| *held == Column::Number && self.cells(column).next().is_some())
        {
            return;
        }
        if self.cells(task).all(|(_, cell)| text_label(&cell.text).is_none()) {
            let stage = (0..task).find(|column| columns[*column] == Column::Other && self.counts(*column));
            if let Some(stage) = stage {
                (columns[stage], columns[task]) = (Column::Task, Column::Requirement);
            }
            return;
        }
        let mut chain = vec![task];
        for column in task + 1..columns.len() {
            let outer = chain.last().map_or(task, |outer| *outer);
            if columns[column] == Column::Requirement {
                if !(self.is_task(column, columns) && self.heads(outer, column)) {
                    break;
                }
                chain.push(column);
            }
        }
        // Only the innermost tell the rows apart.
        let rows = self.rows.len();
        while chain.last().is_some_and(|inner| self.cells(*inner).count() < rows) {
            chain.pop();
        }
        if let Some((inner, outer)) = chain.split_last().filter(|_| self.cells(task).count() < rows) {
            outer.iter().for_each(|outer| columns[*outer] = Column::Other);
            columns[*inner] = Column::Task;
        }
    }

    /// Whether every cell of `column` begins with a label, and these count on.
    fn counts(&self, column: usize) -> bool {
        let mut labels = self.cells(column).map(|(_, cell)| text_label(&cell.text));
        let Some(first) = labels.next().flatten().map(|first| first.label) else { return false };
        let mut rest = labels.zip(first.value + 1..).peekable();
        rest.peek().is_some()
            && rest.all(|(label, value)| {
                label.is_some_and(|RowLabel { label, .. }| (label.style, label.value) == (first.style, value))
            })
    }

    /// Whether the requirement column `column` holds tasks: its head says so, or there is no other.
    fn is_task(&self, column: usize, columns: &[Column]) -> bool {
        let head = self.grid.at(self.head_row, column).map(|(_, head)| bare(head.text.as_str()));
        head.is_some_and(|head| column_of(&head, false) == Column::Task)
            || columns.iter().filter(|held| **held == Column::Requirement).count() == 1
    }

    /// Whether the labelled cells of `outer` can head those of `inner`, each of which has a number of a lower kind
    /// and does not count on inside.
    fn heads(&self, outer: usize, inner: usize) -> bool {
        let kind = |cell: &Cell| text_label(&cell.text).map(|label| depth(label.label.style));
        let lowest = self.cells(outer).map(|(_, cell)| kind(cell)).max().flatten();
        let own = |cell: &Cell| {
            text_label(&cell.text).is_some_and(|label| {
                Some(depth(label.label.style)) > lowest && !counts_on(&cell.text, &label)
            })
        };
        lowest.is_some()
            && self.cells(outer).all(|(_, cell)| is_part(cell))
            && self.cells(inner).all(|(_, cell)| own(cell))
    }

    /// The columns whose labelled cells (一、…) head the numbered rows beside them, the outermost first.
    ///
    /// Where a column of numbers stands beside them, one of them at least heads several rows; else they
    /// number the same as the rows' own numbers do. In a table of indicators a category heads nothing.
    fn parts(&self, columns: &[Column]) -> Vec<usize> {
        let Some(task) = columns.iter().position(|column| *column == Column::Task) else { return Vec::new() };
        let number = columns.iter().position(|column| *column == Column::Number);
        let Some((rows, floor)) = number
            .and_then(|number| self.numbered(number, number_label))
            .or_else(|| self.numbered(task, text_label))
        else {
            return Vec::new();
        };
        // What the numbers count stands behind them, or in the cells with the labels.
        let behind = number.unwrap_or(task);
        let has_text = number.is_some()
            && columns
                .iter()
                .enumerate()
                .any(|(column, held)| *held == Column::Requirement && (column > behind || behind < task));
        let may_head = |column: &usize| match columns[*column] {
            Column::Task => has_text,
            Column::Requirement => has_text && *column < behind,
            held => held == Column::Other,
        };
        let mut parts: Vec<usize> = Vec::new();
        let (mut above, mut shared) = (None, number.is_none());
        for column in (0..=task.max(behind)).filter(may_head) {
            let Some(part) = part(self.grid, &rows, column).filter(|part| part.depth < floor) else {
                continue;
            };
            if Some(part.depth) > above && (number.is_none() || part.is_shared || column < behind) {
                (above, shared) = (Some(part.depth), shared || part.is_shared);
                parts.push(column);
            }
        }
        parts.retain(|_| shared);
        parts
    }

    /// The rows that the labels of `column` number, and how far in these stand: of labels of two kinds (一、 over
    /// 1 and 2 in one column) only the lower number rows.
    fn numbered(
        &self,
        column: usize,
        label: fn(&JoinedText) -> Option<RowLabel>,
    ) -> Option<(Vec<usize>, usize)> {
        let kind = |cell: &Cell| label(&cell.text).map(|label| depth(label.label.style));
        let depths: Vec<(usize, usize)> =
            self.cells(column).filter_map(|(row, cell)| Some((row, kind(cell)?))).collect();
        let floor = depths.iter().map(|(_, depth)| *depth).max()?;
        Some((depths.into_iter().filter(|(_, depth)| *depth == floor).map(|(row, _)| row).collect(), floor))
    }
}

/// A column of labelled cells beside numbered rows.
struct Part {
    /// How far in its labels stand, as such labels mostly do.
    depth: usize,
    /// Whether a cell stands beside several rows.
    is_shared: bool,
}

/// What `column` is if all its cells that begin in `rows`, which are numbered, have labels of a higher kind.
fn part(grid: &Grid<'_>, rows: &[usize], column: usize) -> Option<Part> {
    let (mut innermost, mut is_shared) = (None, false);
    for row in rows {
        match grid.at(*row, column) {
            // A cell over two columns stands in the first.
            Some((_, cell)) if cell.column != column && is_part(cell) => {}
            Some((_, cell)) if cell.column != column => return None,
            Some((first, cell)) if first == *row && !is_blank(cell) => {
                let label = text_label(&cell.text).filter(|label| is_outer(label.label.style))?;
                innermost = innermost.max(Some(depth(label.label.style)));
            }
            _ => is_shared = true,
        }
    }
    Some(Part { depth: innermost?, is_shared })
}

/// How far in labels of a style mostly stand.
fn depth(style: LabelStyle) -> usize {
    match style {
        LabelStyle::Han => 0,
        LabelStyle::HanBracketed => 1,
        _ => 2,
    }
}

fn has_number(cell: &Cell) -> bool {
    let is_inner = |style| matches!(style, LabelStyle::Arabic | LabelStyle::Dotted | LabelStyle::DottedTwice);
    number_label(&cell.text).is_some_and(|number| is_inner(number.label.style))
}

fn is_part(cell: &Cell) -> bool {
    text_label(&cell.text).is_some_and(|part| is_outer(part.label.style))
}

fn is_outer(style: LabelStyle) -> bool {
    matches!(style, LabelStyle::Han | LabelStyle::HanBracketed)
}

/// The text of a cell without the persons that it names behind bodies: 就业科⏎王某, 市人才中心 李某.
pub(super) fn without_persons(cell: &JoinedText) -> JoinedText {
    let printed = cell.as_str();
    let mut kept = JoinedText::builder();
    let mut from = 0;
    for word in printed.split_inclusive(char::is_whitespace) {
        let range = from..from + word.len();
        from = range.end;
        let behind_body = bodies::may_end_body(kept.as_str().trim_end());
        if !(behind_body && bodies::persons::is_person_name(word.trim())) {
            kept.push_part(cell, range);
        }
    }
    kept.finish()
}

/// What of a table says how its cells are to be read, as texts of their own before the rows: the head of a
/// column, 责任单位（牵头单位排首位）, or a note over the whole width, wherever it stands.
pub(super) fn rules(grid: &Grid<'_>, columns: &[Column], head_row: usize) -> Vec<TableRow> {
    let heads = columns.iter().enumerate().filter(|(_, role)| **role == Column::Slot(SlotRole::Responsible));
    let heads = heads.filter_map(|(column, _)| grid.at(head_row, column));
    heads.filter_map(|(_, head)| rule(head)).chain(notes(grid, 0)).collect()
}

/// The notes over the whole width that say so, from the row `from` on.
pub(super) fn notes<'g>(grid: &'g Grid<'_>, from: usize) -> impl Iterator<Item = TableRow> + 'g {
    let cells = (from..grid.height).filter_map(|row| Some((row, grid.whole_width(row)?)));
    let notes = cells.filter(|(row, cell)| {
        grid.at(*row, 0).is_some_and(|(first, _)| first == *row) && text_label(&cell.text).is_none()
    });
    notes.filter_map(|(_, cell)| rule(cell))
}

/// `cell` as a text of its own, if it says how the others are to be read.
fn rule(cell: &Cell) -> Option<TableRow> {
    units::first_leads(cell.text.as_str()).then(|| TableRow::of_note(without_breaks(&cell.text)))
}

#[cfg(test)]
mod tests {
    use duban_document::{Row, Table};

    use super::super::read_table;
    use super::*;

    fn read(rows: &[&[&str]]) -> Vec<TableRow> {
        let cell = |(column, text): (usize, &&str)| {
            let mut cell = JoinedText::builder();
            cell.push_glue(text);
            Cell { column, column_span: 1, row_span: 1, text: cell.finish() }
        };
        let row = |cells: &&[&str]| Row { cells: cells.iter().enumerate().map(cell).collect() };
        read_table(&Table { rows: rows.iter().map(row).collect() }, None)
            .map(|(rows, _)| rows)
            .unwrap_or_default()
    }

    /// Title and text of each row.
    fn words(rows: &[&[&str]]) -> Vec<(String, String)> {
        let words = |row: TableRow| (row.title.as_str().to_owned(), row.text.as_str().to_owned());
        read(rows).into_iter().map(words).collect()
    }

    #[test]
    fn a_head_that_says_how_to_read_its_column_comes_before_the_rows() {
        let rule = "责任单位（牵头单位排首位）";
        let read = read(&[&["序号", "任务", rule], &["1", "建塘坝", "县水务局、柳滩镇"]]);
        let shown = read.into_iter().map(|row| (row.label.is_some(), row.title));
        let shown: Vec<_> = shown.map(|(numbered, title)| (numbered, title.as_str().to_owned())).collect();
        assert_eq!(shown, [(false, rule.to_owned()), (true, "建塘坝".to_owned())]);
    }

    #[test]
    fn a_note_on_how_to_read_the_lists_comes_before_the_rows() {
        let rule = "备注：列在首位的为牵头单位。";
        let row = |cells: &[(&str, usize)]| {
            let cell = |(index, (text, span)): (usize, &(&str, usize))| {
                let mut cell = JoinedText::builder();
                cell.push_glue(text);
                Cell { column: index, column_span: *span, row_span: 1, text: cell.finish() }
            };
            Row { cells: cells.iter().enumerate().map(cell).collect() }
        };
        let head = row(&[("序号", 1), ("任务", 1), ("责任单位", 1)]);
        let task = row(&[("1", 1), ("建塘坝", 1), ("县水务局、柳滩镇", 1)]);
        let table = Table { rows: vec![head, task, row(&[(rule, 3)])] };
        let rows = read_table(&table, None).map(|(rows, _)| rows).unwrap_or_default();
        let shown: Vec<_> = rows.iter().map(|row| row.title.as_str()).collect();
        assert_eq!(shown, [rule, "建塘坝"]);
    }

    #[test]
    fn a_head_of_two_rows_above_empty_cells() {
        let head = ["序号", "任务", "责任单位", ""];
        let read = read(&[&head, &["", "", "牵头", "配合"], &["1", "建塘坝", "县水务局", "柳滩镇"]]);
        let columns = |row: TableRow| -> Vec<_> {
            row.columns.into_iter().map(|(role, cell)| (role, cell.as_str().to_owned())).collect()
        };
        let expected = [(SlotRole::Lead, "县水务局".to_owned()), (SlotRole::Support, "柳滩镇".to_owned())];
        assert_eq!(read.into_iter().map(columns).collect::<Vec<_>>(), [expected]);
    }

    #[test]
    fn an_empty_cell_says_that_nobody_leads_a_numbered_row() {
        let head = ["序号", "任务", "牵头单位", "配合单位"];
        let read = read(&[&head, &["1", "建塘坝", "", "县水务局"], &["", "修渠", "", ""]]);
        let columns = |row: TableRow| row.columns.into_iter().map(|(role, _)| role).collect::<Vec<_>>();
        let shown = read.into_iter().map(columns).collect::<Vec<_>>();
        assert_eq!(shown, [[SlotRole::Lead, SlotRole::Support]]);
    }

    #[test]
    fn a_list_inside_a_cell_keeps_its_first_number() {
        let rows = words(&[&["序号", "整改措施", "责任单位"], &["1", "1.清淤；2.护岸。", "县水务局"]]);
        assert_eq!(rows, [("1.清淤；2.护岸".to_owned(), "1.清淤；2.护岸。".to_owned())]);
        let rows = words(&[&["序号", "工作任务", "责任单位"], &["1", "（一）清淤", "县水务局"]]);
        assert_eq!(rows, [("清淤".to_owned(), "清淤".to_owned())]);
    }

    #[test]
    fn rows_of_one_number_are_joined() {
        let rows = words(&[&["序号", "工作任务", "责任单位"], &["1", "清淤", "县水务局"], &["", "护岸", ""]]);
        assert_eq!(rows, [("清淤".to_owned(), "清淤\n护岸".to_owned())]);
    }

    #[test]
    fn numbers_in_parts_and_a_heading_printed_in_each_row() {
        let head = ["重点工作", "编号", "具体任务", "责任单位"];
        for (first, second) in [("1.1", "1.2"), ("1-1", "1-2")] {
            let rows = [
                &head[..],
                &["一、河道", first, "清淤", "县水务局"],
                &["一、河道", second, "护岸", "柳滩镇"],
            ];
            let shown: Vec<_> = read(&rows)
                .into_iter()
                .map(|row| (row.label.map(|label| label.number), row.title.as_str().to_owned()))
                .collect();
            let expected = [("一", "河道"), (first, "清淤"), (second, "护岸")];
            assert_eq!(shown, expected.map(|(number, title)| (Some(number.to_owned()), title.to_owned())));
        }
        let rows = words(&[&["序号", "责任单位", "工作重点"], &["1.1", "县水务局", "清淤"]]);
        assert_eq!(rows, [("清淤".to_owned(), "清淤".to_owned())]);
    }

    #[test]
    fn a_task_column_of_another_name() {
        for head in ["工作重点", "整治重点", "工作要点", "任务清单", "反馈问题", "工作步骤"]
        {
            let rows = words(&[&["序号", head, "责任单位"], &["1", "清淤", "县水务局"]]);
            assert_eq!(rows, [("清淤".to_owned(), "清淤".to_owned())], "{head}");
        }
        let rows =
            words(&[&["序号", "工作环节", "工作措施", "责任单位"], &["1", "准备", "清淤", "县水务局"]]);
        assert_eq!(rows[0].1, "清淤");
    }

    #[test]
    fn an_empty_cell_under_a_task_is_a_part_of_it() {
        let head = ["序号", "重点任务", "具体措施"];
        let rows =
            [&head[..], &["1", "清淤", "挖河"], &["2", "", "运泥"], &["3", "护岸", ""], &["4", "", "植草"]];
        let expected = [("清淤", "挖河"), ("清淤", "运泥"), ("护岸", "护岸"), ("护岸", "植草")];
        assert_eq!(words(&rows), expected.map(|(title, text)| (title.to_owned(), text.to_owned())));
        let rows =
            words(&[&["序号", "工作任务", "责任单位"], &["1", "清淤", "县水务局"], &["2", "", "县水务局"]]);
        assert_eq!(rows[1].0, "");
    }

    #[test]
    fn the_text_of_a_task_below_another_is_that_of_the_requirement() {
        let head = ["重点工作", "具体任务", "工作标准"];
        let rows = words(&[&head, &["一、河道", "1.清淤", "10公里"], &["", "2.护岸", "5公里"]]);
        let expected = [("河道", ""), ("清淤", "10公里"), ("护岸", "5公里")];
        assert_eq!(rows, expected.map(|(title, text)| (title.to_owned(), text.to_owned())));
    }

    #[test]
    fn persons_beside_bodies() {
        for (cell, kept) in [
            ("河湖科\n王某", "河湖科\n"),
            ("县水务局 李小明", "县水务局 "),
            ("何家镇 高岭村", "何家镇 高岭村"),
            ("河湖科\n方志办", "河湖科\n方志办"),
            ("高岭\n县水务局\n王某", "高岭\n县水务局\n"),
        ] {
            let mut text = JoinedText::builder();
            text.push_glue(cell);
            assert_eq!(without_persons(&text.finish()).as_str(), kept, "{cell}");
        }
    }
}
