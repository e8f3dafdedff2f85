//! Tables of tasks: what each column holds, and which rows are items.
//!
//! Columns are known by their heads. A row is an item when its number column or its task cell has a
//! number; a labelled cell that spans rows with numbers of their own, or the whole width, is a
//! heading above them. Where one number spans several rows, or a row was cut by a page break, the
//! rows are one item.

mod heads;
mod labels;
mod parts;

use duban_document::{Cell, JoinedText, Table};

use crate::model::SlotRole;
use crate::outline::without_breaks;
use crate::{slots, units};
use heads::{Column, column_of, settle_numbers, settle_tasks};
pub(crate) use labels::{RowLabel, bare};
use labels::{counts_on, number_label, rest_of, text_label};
use parts::Parts;

/// One item or heading of a table.
#[derive(Clone, Debug)]
pub(crate) struct TableRow {
    /// Its label; `None` for a row without a number.
    pub(crate) label: Option<RowLabel>,
    /// The task cell without its label.
    pub(crate) title: JoinedText,
    /// The requirement cells.
    pub(crate) text: JoinedText,
    /// Cells in columns of units and times; an empty one only where nobody leads.
    pub(crate) columns: Vec<(SlotRole, JoinedText)>,
}

impl TableRow {
    /// A text of its own beside the rows.
    pub(crate) fn of_note(title: JoinedText) -> Self {
        Self { label: None, title, text: JoinedText::default(), columns: Vec::new() }
    }

    /// Whether it is a note that the first of each list leads, and no item.
    fn is_rule(&self) -> bool {
        self.label.is_none() && self.columns.is_empty() && units::first_leads(self.title.as_str())
    }
}

/// Reads a table of tasks; `None` for any other table.
pub(crate) fn read_table(table: &Table) -> Option<Vec<TableRow>> {
    let mut grid = Grid::new(table);
    grid.join_head();
    let (head_row, mut columns) = grid.head()?;
    let mut rows = parts::rules(&grid, &columns, head_row);
    let parts = parts::settle(&grid, &mut columns, head_row);
    let names_persons = |column| {
        grid.at(head_row, column).is_some_and(|(_, head)| heads::names_persons(&bare(head.text.as_str())))
    };
    let persons = (0..grid.width).map(names_persons).collect();
    let mut reader =
        RowReader { grid: &grid, columns: &columns, head_row, persons, parts, open: None, task_above: None };
    for row in 0..grid.height {
        if row != head_row && !grid.repeats(row, head_row) {
            reader.read(row, &mut rows);
        }
    }
    // 备注 | 排在首位的为牵头单位 below the rows holds for them.
    rows.sort_by_key(|row| !row.is_rule());
    Some(rows)
}

/// Whether `cell` is what heads a column of a table of tasks.
pub(crate) fn is_head(cell: &str) -> bool {
    /// Characters of a head at most.
    const LONGEST_HEAD: usize = 12;
    cell.chars().nth(LONGEST_HEAD).is_none() && column_of(&bare(cell), false) != Column::Other
}

/// Rows among which the head is looked for.
const DEEPEST_HEAD: usize = 4;

/// The cells of a table by place: `cells[row][column]` is the cell that covers the place.
struct Grid<'t> {
    height: usize,
    width: usize,
    /// Whether a cell covers several rows.
    has_spans: bool,
    places: Vec<Vec<Option<(usize, &'t Cell)>>>,
}

impl<'t> Grid<'t> {
    fn new(table: &'t Table) -> Self {
        let height = table.rows.len();
        let cells = || table.rows.iter().flat_map(|row| &row.cells);
        let width = cells().map(|cell| cell.column + cell.column_span).max().unwrap_or(0);
        let has_spans = cells().any(|cell| cell.row_span > 1);
        let mut places = vec![vec![None; width]; height];
        for (index, row) in table.rows.iter().enumerate() {
            for cell in &row.cells {
                let down = places.iter_mut().skip(index).take(cell.row_span.max(1));
                for covered in down {
                    let along = covered.iter_mut().skip(cell.column).take(cell.column_span.max(1));
                    along.filter(|place| place.is_none()).for_each(|place| *place = Some((index, cell)));
                }
            }
        }
        let mut grid = Self { height, width, has_spans, places };
        grid.join_repeated();
        grid
    }

    /// A labelled cell that is printed again in the row below (一、项目 | 1.1, 一、项目 | 1.2) reaches down to it, as
    /// it does where the table has spans.
    fn join_repeated(&mut self) {
        for row in 1..self.height {
            for column in 0..self.width {
                let (Some((first, above)), Some((_, cell))) =
                    (self.at(row - 1, column), self.at(row, column))
                else {
                    continue;
                };
                let is_again = !std::ptr::eq(above, cell)
                    && (above.column_span, cell.column_span) == (1, 1)
                    && above.text.as_str() == cell.text.as_str()
                    && text_label(&cell.text).is_some();
                if is_again && self.whole_width(row).is_none() {
                    self.places[row][column] = Some((first, above));
                }
            }
        }
    }

    /// Where the head has a second row under one of its cells alone (责任单位 over 牵头 | 配合) and its other
    /// cells are printed above empty ones, lets them reach down, as they do where the table says so.
    fn join_head(&mut self) {
        let Some(row) = (0..self.height.min(DEEPEST_HEAD)).find(|row| self.columns(*row).is_some()) else {
            return;
        };
        let is_blank = |column: usize| {
            self.at(row + 1, column).is_none_or(|(_, cell)| cell.text.as_str().trim().is_empty())
        };
        let is_slot = |column: usize| {
            let head = self.at(row + 1, column).map(|(_, cell)| bare(cell.text.as_str())).unwrap_or_default();
            matches!(column_of(&head, false), Column::Slot(_))
        };
        let (blank, said): (Vec<usize>, Vec<usize>) = (0..self.width).partition(|column| is_blank(*column));
        let first = self.at(row, 0).is_some_and(|(_, cell)| !cell.text.as_str().trim().is_empty());
        if row + 1 < self.height && first && is_blank(0) && !said.is_empty() && said.into_iter().all(is_slot)
        {
            for column in blank {
                self.places[row + 1][column] = self.places[row][column];
            }
        }
    }

    /// The cell at a place and the row in which it begins.
    fn at(&self, row: usize, column: usize) -> Option<(usize, &'t Cell)> {
        *self.places.get(row)?.get(column)?
    }

    /// The only cell of a row that one cell covers over its whole width.
    fn whole_width(&self, row: usize) -> Option<&'t Cell> {
        let (_, first) = self.at(row, 0)?;
        let alone = (1..self.width)
            .all(|column| self.at(row, column).is_none_or(|(_, cell)| std::ptr::eq(cell, first)));
        (alone && self.width > 1).then_some(first)
    }

    /// The row that names the columns, and what they hold. Of a head of two rows (责任分工 over 牵头单位
    /// and 配合单位) the lower one tells more.
    fn head(&self) -> Option<(usize, Vec<Column>)> {
        let known = |columns: &[Column]| columns.iter().filter(|column| **column != Column::Other).count();
        let mut rows = 0..self.height.min(DEEPEST_HEAD);
        let (row, upper) = rows.find_map(|row| Some((row, self.columns(row)?)))?;
        let lower = self.columns(row + 1);
        match lower.filter(|lower| known(lower) >= known(&upper) && !self.repeats(row + 1, row)) {
            Some(lower)
                if self.at(row, 0).map(|(first, _)| first) == self.at(row + 1, 0).map(|(first, _)| first) =>
            {
                Some((row + 1, lower))
            }
            _ => Some((row, upper)),
        }
    }

    /// What the columns hold, if `row` is the head of a table of tasks.
    fn columns(&self, row: usize) -> Option<Vec<Column>> {
        if row >= self.height {
            return None;
        }
        let heads: Vec<String> = (0..self.width)
            .map(|column| self.at(row, column).map(|(_, cell)| bare(cell.text.as_str())).unwrap_or_default())
            .collect();
        let persons = heads.iter().any(|head| matches!(head.as_str(), "姓名" | "职务" | "性别"));
        let has_measures = heads.iter().any(|head| head.contains("指标"));
        let mut columns: Vec<Column> = heads.iter().map(|head| column_of(head, has_measures)).collect();
        // 2023001 is the name of a matter rather than its number among the others.
        let counts = |column| {
            let first = self.at(row + 1, column).map(|(_, cell)| bare(cell.text.as_str()));
            first.is_some_and(|number| (1..=3).contains(&number.len()))
        };
        settle_numbers(&mut columns, &heads, counts);
        settle_tasks(&mut columns, &heads)?;
        // 时间 beside 内容 is a programme.
        let tells =
            |(column, head): &(&Column, &String)| **column != Column::Other && !slots::is_time_head(head);
        let known = columns.iter().zip(&heads).filter(tells).count();
        if persons || known < 2 || self.whole_width(row).is_some() {
            return None;
        }
        Some(columns)
    }

    /// Whether `row` prints the head again.
    fn repeats(&self, row: usize, head: usize) -> bool {
        let words = |row, column| {
            let text = self.at(row, column).map(|(_, cell)| cell.text.as_str());
            text.map(|text| text.chars().filter(|c| !c.is_whitespace()))
        };
        (0..self.width).all(|column| match (words(row, column), words(head, column)) {
            (Some(row), Some(head)) => row.eq(head),
            (row, head) => row.is_none() && head.is_none(),
        })
    }
}

/// Reads rows one after the other.
struct RowReader<'t, 'g> {
    grid: &'g Grid<'t>,
    columns: &'g [Column],
    head_row: usize,
    /// For each column whether its head tells of persons beside bodies: 责任单位及责任人.
    persons: Vec<bool>,
    /// The columns whose cells head the rows beside them.
    parts: Option<Parts>,
    /// The cell whose number the open item has: rows that it also covers go on in that item.
    open: Option<*const Cell>,
    /// The task cell of the last row, which stands for an empty one below it.
    task_above: Option<&'t Cell>,
}

impl<'t> RowReader<'t, '_> {
    fn read(&mut self, row: usize, rows: &mut Vec<TableRow>) {
        if let Some(cell) = self.grid.whole_width(row) {
            if row > self.head_row {
                (self.open, self.task_above) = (None, None);
                rows.extend(section(cell));
            }
            return;
        }
        if row < self.head_row {
            return;
        }
        let numbered = self.numbered_cell(row);
        let goes_on = match (&numbered, self.open) {
            (Some((cell, _)), Some(open)) => std::ptr::eq(*cell, open),
            (None, Some(_)) => !self.opens_unnumbered(row),
            _ => false,
        };
        match rows.last_mut().filter(|_| goes_on) {
            Some(last) => self.go_on(row, last),
            None => self.open_row(row, numbered, rows),
        }
    }

    /// The cell that numbers the row: in the number column, else the innermost labelled task or
    /// requirement cell.
    fn numbered_cell(&self, row: usize) -> Option<(&'t Cell, RowLabel)> {
        let of = |wanted: Column| (0..self.grid.width).filter(move |column| self.columns[*column] == wanted);
        let by_number = of(Column::Number).find_map(|column| {
            let (_, cell) = self.grid.at(row, column)?;
            Some((cell, number_label(&cell.text)?))
        });
        let labelled = |column: usize| {
            let (_, cell) = self.grid.at(row, column)?;
            Some((cell, text_label(&cell.text)?))
        };
        let task = || of(Column::Task).find_map(labelled);
        by_number.or_else(|| match task() {
            // A labelled task cell over several rows is their heading where they have labels too.
            Some((cell, _)) if cell.row_span > 1 && self.numbers_inside(row, cell) => {
                of(Column::Requirement).find_map(labelled)
            }
            Some(found) => Some(found),
            None => {
                of(Column::Requirement).find_map(labelled).filter(|(cell, _)| !self.starts_later(row, cell))
            }
        })
    }

    /// Whether every row that `task` spans has a requirement cell with a label of its own.
    fn numbers_inside(&self, row: usize, task: &Cell) -> bool {
        let first = (0..=row).rev().take_while(|above| self.covers(*above, task)).last().unwrap_or(row);
        (first..first + task.row_span).all(|row| {
            (0..self.grid.width).filter(|column| self.columns[*column] == Column::Requirement).any(|column| {
                self.grid.at(row, column).is_some_and(|(_, cell)| text_label(&cell.text).is_some())
            })
        })
    }

    fn covers(&self, row: usize, cell: &Cell) -> bool {
        (0..self.grid.width)
            .any(|column| self.grid.at(row, column).is_some_and(|(_, found)| std::ptr::eq(found, cell)))
    }

    fn starts_later(&self, row: usize, cell: &Cell) -> bool {
        row > 0 && self.covers(row - 1, cell)
    }

    /// Whether a row without a number opens an item of its own rather than going on with the last:
    /// it has a task cell that begins in it, and no empty cell where the numbers stand.
    fn opens_unnumbered(&self, row: usize) -> bool {
        let lacks_number = |column: usize| {
            self.columns[column] == Column::Number
                && self.grid.at(row, column).is_some_and(|(_, cell)| cell.text.as_str().trim().is_empty())
        };
        !(0..self.grid.width).any(lacks_number)
            && (0..self.grid.width).any(|column| {
                self.columns[column] == Column::Task
                    && self
                        .grid
                        .at(row, column)
                        .is_some_and(|(first, cell)| first == row && !cell.text.as_str().trim().is_empty())
            })
    }

    fn open_row(&mut self, row: usize, numbered: Option<(&'t Cell, RowLabel)>, rows: &mut Vec<TableRow>) {
        let (cell, label) = numbered.unzip();
        let part = self
            .parts
            .and_then(|parts| Some((parts, self.grid.at(row, parts.label)?)))
            .filter(|(_, (_, part))| cell.is_some_and(|cell| !std::ptr::eq(cell, *part)));
        if let Some((parts, (_, part))) = part.filter(|(_, (first, _))| *first == row) {
            rows.extend(self.heading(row, parts, part));
        }
        let task = (0..self.grid.width)
            .find(|column| self.columns[*column] == Column::Task)
            .filter(|column| part.is_none() || self.parts.is_none_or(|parts| parts.label != *column))
            .and_then(|column| self.grid.at(row, column))
            .map(|(_, cell)| cell);
        let task = self.filled_task(row, cell, task);
        self.open = cell.map(std::ptr::from_ref);
        let mut title = task.map(|task| without_breaks(&task.text)).unwrap_or_default();
        let by_requirement = cell.is_some_and(|cell| {
            task.is_some_and(|task| !std::ptr::eq(task, cell)) && self.is_requirement(row, cell)
        });
        if let Some(task) = task
            && let Some(label) = text_label(&task.text)
            && (cell.is_some_and(|cell| std::ptr::eq(cell, task)) || !counts_on(&task.text, &label))
        {
            if by_requirement && task.row_span > 1 && !self.starts_later(row, task) {
                rows.extend(section(task));
            }
            title = rest_of(&task.text, &label);
        }
        let mut opened = TableRow { label, title, text: JoinedText::default(), columns: Vec::new() };
        if by_requirement && let (Some(cell), Some(label)) = (cell, &opened.label) {
            opened.title = crate::title::first_sentence(&rest_of(&cell.text, label));
        }
        self.add_row(row, &mut opened);
        if opened.text.is_empty() {
            opened.text = opened.title.clone();
            opened.title = JoinedText::default();
        }
        if opened.title.is_empty() {
            opened.title = crate::title::first_sentence(&opened.text);
        }
        rows.push(opened);
    }

    /// The task cell of a row: where that is empty in a table that was copied without its spans, the one above,
    /// if the row has a number and a requirement of its own.
    fn filled_task(
        &mut self,
        row: usize,
        number: Option<&'t Cell>,
        task: Option<&'t Cell>,
    ) -> Option<&'t Cell> {
        let own = task.filter(|task| !is_blank(task));
        let says = |column: usize| {
            self.columns[column] == Column::Requirement
                && self.grid.at(row, column).is_some_and(|(_, cell)| !is_blank(cell))
        };
        let goes_on = own.is_none()
            && number.is_some()
            && !self.grid.has_spans
            && task.is_some()
            && (0..self.grid.width).any(says);
        self.task_above = own.or(self.task_above.filter(|_| goes_on));
        self.task_above.or(task)
    }

    /// The heading that begins with `row`: the cell `part`, or the number in it with the title beside it.
    fn heading(&self, row: usize, parts: Parts, part: &Cell) -> Option<TableRow> {
        if parts.label == parts.title {
            return section(part);
        }
        let title = self.grid.at(row, parts.title).map(|(_, cell)| without_breaks(&cell.text));
        let label = Some(number_label(&part.text)?);
        let (text, columns) = (JoinedText::default(), Vec::new());
        Some(TableRow { label, title: title.unwrap_or_default(), text, columns })
    }

    fn is_requirement(&self, row: usize, cell: &Cell) -> bool {
        (0..self.grid.width).any(|column| {
            self.columns[column] == Column::Requirement
                && self.grid.at(row, column).is_some_and(|(_, found)| std::ptr::eq(found, cell))
        })
    }

    /// Adds a further row to the open item, where a task cell stands for the requirement if the table has
    /// none.
    fn go_on(&self, row: usize, item: &mut TableRow) {
        let has_text =
            self.columns.iter().any(|column| matches!(column, Column::Requirement | Column::Target));
        let task = (0..self.grid.width).filter(|column| self.columns[*column] == Column::Task);
        let task = task.filter_map(|column| self.grid.at(row, column)).find(|(first, _)| *first == row);
        if let Some((_, task)) = task.filter(|(_, cell)| !has_text && !cell.text.as_str().trim().is_empty()) {
            let mut text = JoinedText::builder();
            text.push_joined(&item.text);
            text.push_glue("\n");
            text.push_joined(&without_breaks(&task.text));
            item.text = text.finish();
        }
        self.add_row(row, item);
    }

    /// Adds the cells that begin in `row` to an item.
    fn add_row(&self, row: usize, item: &mut TableRow) {
        let opens_item = item.columns.is_empty() && item.text.is_empty();
        let mut text = JoinedText::builder();
        text.push_joined(&item.text);
        for column in 0..self.grid.width {
            let Some((first, cell)) = self.grid.at(row, column) else { continue };
            let is_first_column = column == 0
                || self.grid.at(row, column - 1).is_none_or(|(_, left)| !std::ptr::eq(left, cell));
            if !is_first_column || (first != row && !opens_item) {
                continue;
            }
            // That nobody leads says what the bodies beside are.
            let is_led = self.columns[column] == Column::Slot(SlotRole::Lead) && item.label.is_some();
            if is_blank(cell) && !(is_led && opens_item) {
                continue;
            }
            match self.columns[column] {
                Column::Requirement | Column::Target => {
                    if !text.as_str().is_empty() {
                        text.push_glue("\n");
                    }
                    text.push_joined(&requirement_text(cell, item.label.as_ref()));
                    if self.columns[column] == Column::Target
                        && let Some((_, head)) = self.grid.at(self.head_row, column)
                    {
                        item.columns.push((SlotRole::Time, without_breaks(&head.text)));
                    }
                }
                Column::Slot(role) if role != SlotRole::Person && self.persons[column] => {
                    item.columns.push((role, parts::without_persons(&cell.text)));
                }
                Column::Slot(role) => item.columns.push((role, cell.text.clone())),
                Column::Number | Column::Task | Column::Other => {}
            }
        }
        item.text = text.finish();
    }
}

/// A requirement cell without its line breaks, and without the label that numbers the row.
fn requirement_text(cell: &Cell, label: Option<&RowLabel>) -> JoinedText {
    match text_label(&cell.text) {
        Some(found) if label.is_some_and(|label| label.place == found.place) => rest_of(&cell.text, &found),
        _ => without_breaks(&cell.text),
    }
}

/// A cell over the whole width, or a labelled one over several rows: a heading, if it has a label.
fn section(cell: &Cell) -> Option<TableRow> {
    let label = text_label(&cell.text)?;
    let title = rest_of(&cell.text, &label);
    Some(TableRow { label: Some(label), title, text: JoinedText::default(), columns: Vec::new() })
}

fn is_blank(cell: &Cell) -> bool {
    cell.text.as_str().trim().is_empty()
}
