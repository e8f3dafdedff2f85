//! Tables of tasks: what each column holds, and which rows are items.
//!
//! Columns are known by their heads. A row is an item when its number column or its task cell has a
//! number; a labelled cell that spans rows with numbers of their own, or the whole width, is a
//! heading above them. Where one number spans several rows, or a row was cut by a page break, the
//! rows are one item.

mod grid;
mod heads;
mod labels;
mod numbers;
mod parts;
#[cfg(test)]
mod spec;

use duban_document::label::LabelStyle;
use duban_document::{Cell, JoinedText, Row, Table};

use crate::model::SlotRole;
use crate::outline::without_breaks;
use crate::units;
use grid::Grid;
use heads::{Column, column_of, names_bodies};
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

/// A table of tasks that was read: a table without a head may go on with it.
#[derive(Debug)]
pub(crate) struct ReadTable<'t> {
    /// The rows down to that which names the columns.
    head: &'t [Row],
    columns: Vec<Column>,
    parts: Vec<Parts>,
    /// For each column whether its head tells of persons beside bodies: 责任单位及责任人.
    persons: Vec<bool>,
    width: usize,
    /// Style and value of its last number.
    last: Option<(LabelStyle, u32)>,
    /// Whether it tells who is to do what, but no row has a number.
    pub(crate) lacks_numbers: bool,
}

/// Reads a table of tasks; `None` for any other table. One without a head that goes on with the numbers of
/// the table `before` it, in columns as many, is read as its next part.
pub(crate) fn read_table<'t>(
    table: &'t Table,
    before: Option<ReadTable<'t>>,
) -> Option<(Vec<TableRow>, ReadTable<'t>)> {
    if let Some(read) = before.filter(|read| read.goes_on_in(table)) {
        let grid = Grid::new(read.head, &table.rows);
        let notes = parts::notes(&grid, read.head.len()).collect();
        return Some(read.read(&grid, notes));
    }
    let mut grid = Grid::new(&[], &table.rows);
    grid.join_head();
    let (head_row, mut columns) = grid.head()?;
    let rules = parts::rules(&grid, &columns, head_row);
    let parts = parts::settle(&grid, &mut columns, head_row);
    let names_persons = |column| {
        grid.at(head_row, column).is_some_and(|(_, head)| heads::names_persons(&bare(head.text.as_str())))
    };
    let persons = (0..grid.width).map(names_persons).collect();
    let head = table.rows.get(..=head_row)?;
    let (width, last, lacks_numbers) = (grid.width, None, false);
    Some(ReadTable { head, columns, parts, persons, width, last, lacks_numbers }.read(&grid, rules))
}

impl ReadTable<'_> {
    /// Whether the first row of `table` has the number after the last one, in the same column.
    fn goes_on_in(&self, table: &Table) -> bool {
        let held = |wanted| self.columns.iter().position(|column| *column == wanted);
        let first = table.rows.iter().find(|row| row.cells.len() > 1);
        let label = held(Column::Number).or_else(|| held(Column::Task)).and_then(|column| {
            let cell = first?.cells.iter().find(|cell| cell.column == column)?;
            if self.columns[column] == Column::Number {
                number_label(&cell.text)
            } else {
                text_label(&cell.text)
            }
        });
        let follows = label.zip(self.last).is_some_and(|(label, (style, value))| {
            label.label.style == style && label.label.value == value + 1
        });
        let cells = || table.rows.iter().flat_map(|row| &row.cells);
        follows && cells().map(|cell| cell.column + cell.column_span).max() == Some(self.width)
    }

    /// Reads the rows of `grid` below the head, behind the `rules` for them.
    fn read(mut self, grid: &Grid<'_>, rules: Vec<TableRow>) -> (Vec<TableRow>, Self) {
        let mut rows = rules;
        let mut reader =
            RowReader { grid, table: &self, head_row: self.head.len() - 1, open: None, task_above: None };
        for row in 0..grid.height {
            if row != reader.head_row && !grid.repeats(row, reader.head_row) {
                reader.read(row, &mut rows);
            }
        }
        // 备注 | 排在首位的为牵头单位 below the rows holds for them.
        rows.sort_by_key(|row| !row.is_rule());
        let last = rows.iter().rev().find_map(|row| row.label.as_ref());
        self.last = last.map(|last| (last.label.style, last.label.value)).or(self.last);
        let has_items = rows.iter().any(|row| !row.is_rule());
        self.lacks_numbers = has_items && last.is_none() && self.columns.iter().copied().any(names_bodies);
        (rows, self)
    }
}

/// Whether `cell` is what heads a column of a table of tasks.
pub(crate) fn is_head(cell: &str) -> bool {
    /// Characters of a head at most.
    const LONGEST_HEAD: usize = 12;
    cell.chars().nth(LONGEST_HEAD).is_none() && column_of(&bare(cell), false) != Column::Other
}

/// Reads rows one after the other.
struct RowReader<'t, 'g> {
    grid: &'g Grid<'t>,
    table: &'g ReadTable<'g>,
    head_row: usize,
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
        let of =
            |wanted: Column| (0..self.grid.width).filter(move |column| self.table.columns[*column] == wanted);
        let by_number = of(Column::Number).find_map(|column| {
            let (_, cell) = self.grid.at(row, column)?;
            Some((cell, number_label(&cell.text)?))
        });
        let labelled = |column: usize| {
            let (_, cell) = self.grid.at(row, column)?;
            Some((cell, text_label(&cell.text)?))
        };
        let has_numbers = self.table.columns.contains(&Column::Number);
        if by_number.is_some() || (has_numbers && !self.table.parts.is_empty()) {
            return by_number.or_else(|| self.innermost_part(row));
        }
        match of(Column::Task).find_map(labelled) {
            // A labelled task cell over several rows is their heading where they have labels too.
            Some((cell, _)) if cell.row_span > 1 && self.numbers_inside(row, cell) => {
                of(Column::Requirement).find_map(labelled)
            }
            Some(found) => Some(found),
            None => {
                of(Column::Requirement).find_map(labelled).filter(|(cell, _)| !self.starts_later(row, cell))
            }
        }
    }

    /// The innermost heading that begins in a row whose number is missing: it is the row's own then.
    fn innermost_part(&self, row: usize) -> Option<(&'t Cell, RowLabel)> {
        self.table.parts.iter().rev().find_map(|part| {
            let (_, cell) = self.grid.at(row, part.label).filter(|(first, _)| *first == row)?;
            Some((cell, part.label_of(cell)?))
        })
    }

    /// Whether every row that `task` spans has a requirement cell with a label of its own.
    fn numbers_inside(&self, row: usize, task: &Cell) -> bool {
        let first = (0..=row).rev().take_while(|above| self.covers(*above, task)).last().unwrap_or(row);
        (first..first + task.row_span).all(|row| {
            (0..self.grid.width).filter(|column| self.table.columns[*column] == Column::Requirement).any(
                |column| self.grid.at(row, column).is_some_and(|(_, cell)| text_label(&cell.text).is_some()),
            )
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
            self.table.columns[column] == Column::Number
                && self.grid.at(row, column).is_some_and(|(_, cell)| cell.text.as_str().trim().is_empty())
        };
        !(0..self.grid.width).any(lacks_number)
            && (0..self.grid.width).any(|column| {
                self.table.columns[column] == Column::Task
                    && self
                        .grid
                        .at(row, column)
                        .is_some_and(|(first, cell)| first == row && !cell.text.as_str().trim().is_empty())
            })
    }

    fn open_row(&mut self, row: usize, numbered: Option<(&'t Cell, RowLabel)>, rows: &mut Vec<TableRow>) {
        let (cell, label) = numbered.unzip();
        let above = self.headings(row, cell);
        for (part, _) in above.iter().filter(|(_, (first, _))| *first == row) {
            rows.extend(self.heading(row, *part));
        }
        let own = self.table.parts.iter().find_map(|part| {
            let (_, own) = self.grid.at(row, part.label)?;
            cell.filter(|cell| std::ptr::eq(*cell, own))
        });
        let task = own.or_else(|| {
            let task = (0..self.grid.width).find(|column| self.table.columns[*column] == Column::Task)?;
            let (_, task) = self.grid.at(row, task)?;
            let is_heading = above.iter().any(|(_, (_, above))| std::ptr::eq(*above, task));
            (!is_heading).then_some(task)
        });
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
            self.table.columns[column] == Column::Requirement
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

    /// The cells that head a row, the outermost first, each with the row in which it begins: those outside the
    /// cell `own` that numbers it.
    fn headings(&self, row: usize, own: Option<&Cell>) -> Vec<(Parts, (usize, &'t Cell))> {
        let Some(own) = own else { return Vec::new() };
        let cells = self.table.parts.iter().filter_map(|part| Some((*part, self.grid.at(row, part.label)?)));
        let cells = cells.filter(|(part, (_, cell))| cell.column == part.label);
        cells.take_while(|(_, (_, cell))| !std::ptr::eq(*cell, own)).collect()
    }

    /// The heading that begins with `row`: a cell, or the number in it with the title beside it.
    fn heading(&self, row: usize, part: Parts) -> Option<TableRow> {
        let (_, cell) = self.grid.at(row, part.label)?;
        if part.label == part.title {
            return section(cell);
        }
        let title = self.grid.at(row, part.title).map(|(_, cell)| without_breaks(&cell.text));
        let label = part.label_of(cell);
        let (text, columns) = (JoinedText::default(), Vec::new());
        label.is_some().then(|| TableRow { label, title: title.unwrap_or_default(), text, columns })
    }

    fn is_requirement(&self, row: usize, cell: &Cell) -> bool {
        (0..self.grid.width).any(|column| {
            self.table.columns[column] == Column::Requirement
                && self.grid.at(row, column).is_some_and(|(_, found)| std::ptr::eq(found, cell))
        })
    }

    /// Adds a further row to the open item, where a task cell stands for the requirement if the table has
    /// none.
    fn go_on(&self, row: usize, item: &mut TableRow) {
        let has_text =
            self.table.columns.iter().any(|column| matches!(column, Column::Requirement | Column::Target));
        let task = (0..self.grid.width).filter(|column| self.table.columns[*column] == Column::Task);
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
            let is_led = self.table.columns[column] == Column::Slot(SlotRole::Lead) && item.label.is_some();
            if is_blank(cell) && !(is_led && opens_item) {
                continue;
            }
            match self.table.columns[column] {
                Column::Requirement | Column::Target => {
                    if !text.as_str().is_empty() {
                        text.push_glue("\n");
                    }
                    text.push_joined(&requirement_text(cell, item.label.as_ref()));
                    if self.table.columns[column] == Column::Target
                        && let Some((_, head)) = self.grid.at(self.head_row, column)
                    {
                        item.columns.push((SlotRole::Time, without_breaks(&head.text)));
                    }
                }
                Column::Slot(role) if role != SlotRole::Person && self.table.persons[column] => {
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
