//! Tables that go on over a page break: the head printed again, and the row that the break cut.

use duban_document::label::{self, LabelStyle};

use crate::layout::Frame;
use crate::{Cell, Continued, Direction, Item, Page, Row, Table};

/// How far edges of the same column may lie apart on two pages, in points.
const SAME_EDGE: f32 = 4.0;
/// Share of the page at its top and bottom, as it is read, where only page furniture stands.
const MARGIN: f32 = 0.13;
/// Most lines of page furniture at one edge.
const MOST_FURNITURE: usize = 3;
/// Most rows of a head.
const MOST_HEAD_ROWS: usize = 4;

/// Says of each table that opens a page how it goes on from the page before.
pub fn join_pages(pages: &mut [Page]) {
    // What the first table of a run of continued ones gives for its head.
    let mut heads: [Vec<String>; 2] = Default::default();
    for index in 1..pages.len() {
        let (before, after) = pages.split_at_mut(index);
        let (Some(before), Some(after)) = (before.last(), after.first_mut()) else { continue };
        let Some((frame, last)) = closing_table(before) else { continue };
        if last.continued.is_none() {
            heads = heads_of(last);
        }
        let opening = opening_table(after);
        let opening = opening.filter(|(next_frame, next)| same_columns((frame, last), (*next_frame, next)));
        let Some((_, next)) = opening else { continue };
        heads.iter().for_each(|head| part_head(head, next));
        let repeated_head = heads.iter().map(|head| repeated_head(head, next)).max().unwrap_or(0);
        let splits_row =
            last.rows.last().zip(next.rows.get(repeated_head)).is_some_and(|(row, rest)| {
                !are_numbered(row, rest) && (last.open_below || is_rest(row, rest))
            });
        next.continued = Some(Continued { repeated_head, splits_row });
    }
}

/// The table that ends a page, page furniture aside.
fn closing_table(page: &Page) -> Option<(Frame, &Table)> {
    let frame = frame(page);
    let edge = frame.depth() * (1.0 - MARGIN);
    let read = || page.items.iter().rev().filter(|item| runs_along(&frame, item));
    let furniture = |item: &&Item| matches!(item, Item::Line(line) if frame.enter(line.bounds).y0 > edge);
    let skip = read().take_while(furniture).count().min(MOST_FURNITURE);
    match read().nth(skip)? {
        Item::Table(table) => Some((frame, table)),
        Item::Line(_) => None,
    }
}

/// The table that opens a page, page furniture aside.
fn opening_table(page: &mut Page) -> Option<(Frame, &mut Table)> {
    let frame = frame(page);
    let edge = frame.depth() * MARGIN;
    let furniture = |item: &&Item| matches!(item, Item::Line(line) if frame.enter(line.bounds).y1 < edge);
    let read = page.items.iter().filter(|item| runs_along(&frame, item));
    let skip = read.take_while(furniture).count().min(MOST_FURNITURE);
    match page.items.iter_mut().filter(|item| runs_along(&frame, item)).nth(skip)? {
        Item::Table(table) => Some((frame, table)),
        Item::Line(_) => None,
    }
}

/// The frame in which a page is read: what runs another way (a watermark, a note in the margin) comes
/// last among its items, so the first one tells.
fn frame(page: &Page) -> Frame {
    let direction = page.lines().next().map_or(Direction::Right, |line| line.direction);
    Frame::new(direction, page.width, page.height)
}

/// Whether an item is read with the text of the page; a watermark or a note in the margin is not, and
/// a table goes on over it.
fn runs_along(frame: &Frame, item: &Item) -> bool {
    match item {
        Item::Line(line) => line.direction == frame.direction,
        Item::Table(_) => true,
    }
}

/// Whether two tables, each with the frame of its page, have the same columns.
fn same_columns((frame, last): (Frame, &Table), (next_frame, next): (Frame, &Table)) -> bool {
    if last.columns.len() != next.columns.len() {
        return false;
    }
    if !last.ruled || !next.ruled {
        return are_apart(&extents(frame, last), &extents(next_frame, next));
    }
    let (Some(first), Some(second)) = (last.columns.first(), next.columns.first()) else { return false };
    // Left and right pages may have margins of their own.
    let near = |(a, b): (&f32, &f32)| ((a - first) - (b - second)).abs() <= SAME_EDGE;
    last.columns.iter().zip(&next.columns).all(near)
}

/// Where the text of each column begins and ends.
fn extents(frame: Frame, table: &Table) -> Vec<Option<(f32, f32)>> {
    let mut extents = vec![None; table.columns.len().saturating_sub(1)];
    for cell in table.rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.column_span == 1) {
        let lines = cell.lines.iter().map(|line| frame.enter(line.bounds)).map(|it| (it.x0, it.x1));
        if let Some(extent) = extents.get_mut(cell.column) {
            *extent = lines.chain(*extent).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
        }
    }
    extents
}

/// Whether the text of each column ends before that of the next begins, in both tables laid over each
/// other.
fn are_apart(last: &[Option<(f32, f32)>], next: &[Option<(f32, f32)>]) -> bool {
    let mut end = f32::NEG_INFINITY;
    last.iter().zip(next).all(|(last, next)| {
        let both = || last.iter().chain(next);
        let apart = both().all(|extent| extent.0 > end - SAME_EDGE);
        end = both().map(|extent| extent.1).fold(end, f32::max);
        apart
    })
}

/// The rows that later pages may print again, as texts: the first ones, and those behind a title over all
/// columns, or behind the text that stands with the table in one frame.
fn heads_of(table: &Table) -> [Vec<String>; 2] {
    let titles = table.rows.iter().take_while(|row| row.cells.len() == 1).count();
    [0, titles].map(|skipped| table.rows.iter().skip(skipped).take(MOST_HEAD_ROWS).map(row_text).collect())
}

fn row_text(row: &Row) -> String {
    let text: String = row.cells.iter().map(|cell| cell.text() + "\t").collect();
    text.chars().filter(|character| *character == '\t' || !character.is_whitespace()).collect()
}

/// Parts the head that `table` prints again from the rest of a row with which it shares its cells, as no
/// rule stands between them.
fn part_head(head: &[String], table: &mut Table) {
    let index = head.iter().zip(&table.rows).take_while(|(head, row)| **head == row_text(row)).count();
    let (Some(head), Some(row)) = (head.get(index), table.rows.get_mut(index)) else { return };
    let texts: Vec<&str> = head.split_terminator('\t').collect();
    let counts: Option<Vec<usize>> = (texts.len() == row.cells.len())
        .then(|| row.cells.iter().zip(&texts).map(|(cell, text)| opening_lines(cell, text)).collect())
        .flatten();
    let Some(counts) = counts.filter(|_| texts.iter().any(|text| !text.is_empty())) else { return };
    let mut rest = Row::default();
    for (cell, count) in row.cells.iter_mut().zip(counts) {
        let lines = cell.lines.split_off(count);
        rest.cells.push(Cell { lines, ..cell.clone() });
    }
    if rest.cells.iter().any(|cell| !cell.lines.is_empty()) {
        table.rows.insert(index + 1, rest);
    }
}

/// How many first lines of a cell read `text`.
fn opening_lines(cell: &Cell, text: &str) -> Option<usize> {
    let reads = |count: &usize| {
        let lines = cell.lines.get(..*count).unwrap_or_default();
        let read = lines.iter().flat_map(|line| &line.characters).map(|it| it.character);
        read.filter(|it| !it.is_whitespace()).eq(text.chars())
    };
    (0..=cell.lines.len()).find(reads)
}

/// How many first rows of `table` print `head` again.
fn repeated_head(head: &[String], table: &Table) -> usize {
    let same = head
        .iter()
        .zip(&table.rows)
        .take_while(|(head, row)| head.chars().any(|character| character != '\t') && **head == row_text(row));
    // A row must remain, or the table is all head.
    same.count().min(table.rows.len().saturating_sub(1))
}

/// Whether both rows begin with a number or a label of their own, though no rule stands between them (some
/// programs draw the rule between two rows as the upper one of the second) or some cell is merged over both.
fn are_numbered(row: &Row, next: &Row) -> bool {
    let first =
        |row: &Row| row.cells.first().filter(|cell| cell.column == 0).map(Cell::text).unwrap_or_default();
    let (row, next) = (first(row), first(next));
    is_number(&row) && is_number(&next)
        || number(&row).zip(number(&next)).is_some_and(|(row, next)| row != next)
}

/// Whether a text begins with a label, or is a number.
pub(super) fn is_numbered(text: &str) -> bool {
    is_number(text) || number(text).is_some()
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|it| it.is_ascii_digit())
}

/// The style and number that a text is labelled with: 1., 二、, （三）, and 1.2, which is no label elsewhere
/// as it may be a decimal.
fn number(text: &str) -> Option<(LabelStyle, String)> {
    let text = text.trim_start();
    let dotted = text.split(|it: char| !it.is_ascii_digit() && it != '.').next().unwrap_or_default();
    if dotted.contains('.') && dotted.split('.').all(|part| !part.is_empty()) {
        return Some((LabelStyle::Dotted, dotted.to_owned()));
    }
    let label = label::at(text)?;
    Some((label.style, label.value.to_string()))
}

/// Whether `rest` is what a page break cut off `row`: some column holds nothing more, and no column
/// begins anew.
fn is_rest(row: &Row, rest: &Row) -> bool {
    if row.cells.len() != rest.cells.len() {
        return false;
    }
    let mut ended = false;
    let mut goes_on = false;
    for (cell, rest) in row.cells.iter().zip(&rest.cells) {
        if cell.column != rest.column {
            return false;
        }
        match (cell.lines.is_empty(), rest.lines.is_empty()) {
            (false, true) => ended = true,
            (true, false) => return false,
            (false, false) if begins_anew(cell, rest) => return false,
            (false, false) => goes_on = true,
            (true, true) => {}
        }
    }
    ended && goes_on
}

/// Whether `next` starts with a number though `cell` ended a sentence.
fn begins_anew(cell: &Cell, next: &Cell) -> bool {
    const ENDS: [char; 8] = ['。', '；', ';', '！', '!', '？', '?', '.'];
    let ended = cell.text().trim_end().ends_with(ENDS);
    let numbered = next.text().trim_start().starts_with(|character: char| {
        character.is_ascii_digit() || "（(一二三四五六七八九十①②③④⑤".contains(character)
    });
    ended && numbered
}

#[cfg(test)]
mod tests {
    use duban_document::Bounds;

    use super::*;
    use crate::{Character, Line};

    /// A page of 600 by 800 as it is read, its text running in `direction`.
    struct Sheet(Frame);

    impl Sheet {
        fn new(direction: Direction) -> Self {
            let (width, height) = Self::size(direction);
            Self(Frame::new(direction, width, height))
        }

        fn size(direction: Direction) -> (f32, f32) {
            match direction {
                Direction::Down | Direction::Up => (800.0, 600.0),
                _ => (600.0, 800.0),
            }
        }

        fn line(&self, text: &str, x: f32, y: f32) -> Line {
            let mut x0 = x;
            let characters = text.chars().map(|character| {
                x0 += 10.0;
                let bounds = self.0.leave(Bounds { x0: x0 - 10.0, y0: y, x1: x0, y1: y + 10.0 });
                Character { character, bounds }
            });
            let characters: Vec<Character> = characters.collect();
            let bounds = self.0.leave(Bounds { x0: x, y0: y, x1: x0, y1: y + 10.0 });
            Line { characters, bounds, size: 10.0, direction: self.0.direction }
        }

        /// A table of two columns from `top`, a row each 40 points.
        fn table(&self, top: f32, open_below: bool, rows: &[[&str; 2]]) -> Item {
            let mut y = top;
            let rows: Vec<Row> = rows
                .iter()
                .map(|texts| {
                    let cells = texts.iter().enumerate().map(|(column, text)| {
                        let x = if column == 0 { 100.0 } else { 300.0 };
                        let bounds = self.0.leave(Bounds { x0: x, y0: y, x1: x + 200.0, y1: y + 40.0 });
                        let lines = if text.is_empty() { Vec::new() } else { vec![self.line(text, x, y)] };
                        Cell { column, column_span: 1, row_span: 1, bounds, lines }
                    });
                    let cells = cells.collect();
                    y += 40.0;
                    Row { cells }
                })
                .collect();
            let bounds = self.0.leave(Bounds { x0: 100.0, y0: top, x1: 500.0, y1: y });
            Item::Table(Table {
                ruled: true,
                bounds,
                columns: vec![100.0, 300.0, 500.0],
                rows,
                open_below,
                continued: None,
            })
        }

        fn page(&self, items: Vec<Item>) -> Page {
            let (width, height) = Self::size(self.0.direction);
            Page { width, height, items, ..Page::default() }
        }
    }

    /// How the table that opens the second page goes on.
    fn continued(mut pages: [Page; 2]) -> Option<Continued> {
        join_pages(&mut pages);
        pages[1].items.iter().find_map(|item| match item {
            Item::Table(table) => Some(table.continued),
            Item::Line(_) => None,
        })?
    }

    #[test]
    fn tables_go_on_whatever_way_the_page_is_turned() {
        for direction in [Direction::Right, Direction::Down, Direction::Left, Direction::Up] {
            let sheet = Sheet::new(direction);
            let number = |y: f32| Item::Line(sheet.line("—2—", 290.0, y));
            let first = sheet.table(600.0, true, &[["任务", "单位"], ["完善制度，", "县司法局"]]);
            let second = sheet.table(60.0, false, &[["任务", "单位"], ["加强监管。", ""]]);
            let pages = [sheet.page(vec![first, number(770.0)]), sheet.page(vec![number(20.0), second])];
            let expected = Continued { repeated_head: 1, splits_row: true };
            assert_eq!(continued(pages), Some(expected), "{direction:?}");
        }
    }

    #[test]
    fn a_watermark_ends_no_table() {
        let sheet = Sheet::new(Direction::Right);
        let watermark =
            || Item::Line(Line { direction: Direction::Oblique, ..sheet.line("内部资料", 250.0, 350.0) });
        let first = sheet.table(600.0, false, &[["任务", "单位"], ["完善制度。", "县司法局"]]);
        let second = sheet.table(60.0, false, &[["加强监管。", "县审计局"]]);
        let pages = [sheet.page(vec![first, watermark()]), sheet.page(vec![second, watermark()])];
        assert_eq!(continued(pages), Some(Continued { repeated_head: 0, splits_row: false }));
    }

    #[test]
    fn a_line_below_ends_the_table() {
        let sheet = Sheet::new(Direction::Right);
        let first = sheet.table(500.0, false, &[["任务", "单位"], ["完善制度。", "县司法局"]]);
        let note = Item::Line(sheet.line("注：以上任务长期坚持", 100.0, 620.0));
        let second = sheet.table(60.0, false, &[["加强监管。", "县审计局"]]);
        assert_eq!(continued([sheet.page(vec![first, note]), sheet.page(vec![second])]), None);
    }

    #[test]
    fn columns_without_rules_are_the_same_where_their_texts_leave_the_same_room() {
        let sheet = Sheet::new(Direction::Right);
        let unruled = |item: Item, edge: f32| match item {
            Item::Table(table) => {
                Item::Table(Table { columns: vec![97.0, edge, 400.0], ruled: false, ..table })
            }
            Item::Line(line) => Item::Line(line),
        };
        let first =
            unruled(sheet.table(600.0, false, &[["任务", "单位"], ["完善制度。", "县司法局"]]), 297.0);
        let second = unruled(sheet.table(60.0, false, &[["加强监管。", "县审计局"]]), 280.0);
        let long = "加强重点领域和关键环节的监管并建立长效机制。";
        let other = unruled(sheet.table(60.0, false, &[[long, ""]]), 280.0);
        let page = |item: &Item| sheet.page(vec![item.clone()]);
        let expected = Continued { repeated_head: 0, splits_row: false };
        assert_eq!(continued([page(&first), page(&second)]), Some(expected));
        assert_eq!(continued([page(&first), page(&other)]), None);
    }

    #[test]
    fn a_row_with_a_label_of_its_own_is_no_rest() {
        let sheet = Sheet::new(Direction::Right);
        let first = |label: &str| sheet.table(600.0, true, &[["任务", "单位"], [label, "县司法局"]]);
        let second = |label: &str| sheet.table(60.0, false, &[[label, ""]]);
        let goes_on = |first: Item, second: Item| {
            continued([sheet.page(vec![first]), sheet.page(vec![second])]).map(|it| it.splits_row)
        };
        assert_eq!(goes_on(first("1.完善制度"), second("2.加强监管")), Some(false));
        assert_eq!(goes_on(first("（一）完善制度"), second("（二）加强监管")), Some(false));
        assert_eq!(goes_on(first("1.完善制度"), second("加强监管")), Some(true));
    }

    #[test]
    fn a_head_is_printed_again_without_its_title() {
        let sheet = Sheet::new(Direction::Right);
        let mut first = sheet.table(600.0, false, &[["任务分解表", ""], ["任务", "单位"], ["甲", "乙"]]);
        if let Item::Table(table) = &mut first {
            table.rows[0].cells.truncate(1);
        }
        let second = sheet.table(60.0, false, &[["任务", "单位"], ["加强监管。", "县审计局"]]);
        let expected = Continued { repeated_head: 1, splits_row: false };
        assert_eq!(continued([sheet.page(vec![first]), sheet.page(vec![second])]), Some(expected));
    }

    #[test]
    fn a_head_is_parted_from_the_row_below_it() {
        let sheet = Sheet::new(Direction::Right);
        let first = sheet.table(600.0, false, &[["任务", "单位"], ["1.完善制度。", "县司法局"]]);
        let mut second = sheet.table(60.0, false, &[["任务", "单位"], ["2.加强监管。", "县审计局"]]);
        if let Item::Table(table) = &mut second {
            let below = table.rows.remove(1);
            for (cell, below) in table.rows[0].cells.iter_mut().zip(below.cells) {
                cell.lines.extend(below.lines);
            }
        }
        let mut pages = [sheet.page(vec![first]), sheet.page(vec![second])];
        join_pages(&mut pages);
        let Item::Table(table) = &pages[1].items[0] else { panic!("{pages:?}") };
        assert_eq!(
            table.rows.iter().map(row_text).collect::<Vec<_>>(),
            ["任务\t单位\t", "2.加强监管。\t县审计局\t"]
        );
        assert_eq!(table.continued, Some(Continued { repeated_head: 1, splits_row: false }));
    }
}
