//! The cells of a table by place, and the row that heads them.

use duban_document::{Cell, Row};

use super::bare;
use super::heads::{Column, column_of, settle_numbers, settle_tasks};
use super::labels::text_label;
use super::numbers;
use crate::slots;

/// Rows among which the head is looked for.
const DEEPEST_HEAD: usize = 4;

/// The cells of a table by place.
pub(super) struct Grid<'t> {
    pub(super) height: usize,
    pub(super) width: usize,
    /// Whether a cell covers several rows.
    pub(super) has_spans: bool,
    /// By row and column: the cell that covers the place, and the row in which it begins.
    places: Vec<Vec<Option<(usize, &'t Cell)>>>,
}

impl<'t> Grid<'t> {
    /// The grid of `rows`, which stand below `head`, the rows that head an earlier part of the table.
    pub(super) fn new(head: &'t [Row], rows: &'t [Row]) -> Self {
        let height = head.len() + rows.len();
        let rows = || head.iter().chain(rows);
        let cells = || rows().flat_map(|row| &row.cells);
        let width = cells().map(|cell| cell.column + cell.column_span).max().unwrap_or(0);
        let has_spans = cells().any(|cell| cell.row_span > 1);
        let mut places = vec![vec![None; width]; height];
        for (index, row) in rows().enumerate() {
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
    pub(super) fn join_head(&mut self) {
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
    pub(super) fn at(&self, row: usize, column: usize) -> Option<(usize, &'t Cell)> {
        *self.places.get(row)?.get(column)?
    }

    /// The only cell of a row that one cell covers over its whole width.
    pub(super) fn whole_width(&self, row: usize) -> Option<&'t Cell> {
        let (_, first) = self.at(row, 0)?;
        let alone = (1..self.width)
            .all(|column| self.at(row, column).is_none_or(|(_, cell)| std::ptr::eq(cell, first)));
        (alone && self.width > 1).then_some(first)
    }

    /// The row that names the columns, and what they hold. Of a head of two rows (责任分工 over 牵头单位
    /// and 配合单位) the lower one tells more.
    pub(super) fn head(&self) -> Option<(usize, Vec<Column>)> {
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
        let counted = numbers::settle(self, row, &mut columns, &heads);
        settle_tasks(&mut columns, &heads)?;
        // 时间 beside 内容 is a programme.
        let tells = |column: &usize| {
            columns[*column] != Column::Other
                && Some(*column) != counted
                && !slots::is_time_head(&heads[*column])
        };
        let known = (0..self.width).filter(tells).count();
        if persons || known < 2 || self.whole_width(row).is_some() {
            return None;
        }
        Some(columns)
    }

    /// Whether `row` prints the head again.
    pub(super) fn repeats(&self, row: usize, head: usize) -> bool {
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
