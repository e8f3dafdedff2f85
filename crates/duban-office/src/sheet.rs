//! Spreadsheets (XLSX) to their story, on calamine.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Cursor;

use calamine::{DataRef, Dimensions, Reader, SheetVisible, Xlsx, XlsxError};
use duban_document::Alignment;
use duban_package::{Limits, Package};

use crate::{Cell, Item, OfficeError, Paragraph, Story, Table};

/// Most columns of a table; cells further right are left out.
const MOST_COLUMNS: u32 = 200;
/// Most cells with text of a file.
const MOST_CELLS: usize = 500_000;

/// The texts of a row by column.
type Row = BTreeMap<u32, String>;

/// Reads the visible sheets of a workbook.
///
/// Rows that hold a single text above and below a sheet's table are paragraphs: its title, who fills
/// it in, notes.
pub fn read(bytes: &[u8], limits: Limits) -> Result<Story, OfficeError> {
    // calamine unpacks without limits, so all is unpacked within them before.
    let mut package = Package::open(bytes, limits)?;
    for index in 0..package.names().len() {
        package.part_at(index)?;
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| error_of(&error))?;
    let visible = book.sheets_metadata().iter().filter(|sheet| sheet.visible == SheetVisible::Visible);
    let names: Vec<String> = visible.map(|sheet| sheet.name.clone()).collect();
    let mut story = Story::default();
    let mut left = MOST_CELLS;
    for name in names {
        match rows(&mut book, &name, &mut left) {
            Ok((rows, whole)) => {
                let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
                story.items.extend(items(rows, &merged));
                story.truncated |= !whole;
            }
            Err(_) => story.truncated = true,
        }
    }
    Ok(story)
}

fn error_of(error: &XlsxError) -> OfficeError {
    match error {
        XlsxError::Password => OfficeError::Encrypted,
        error => OfficeError::Sheet(error.to_string()),
    }
}

/// The rows of a sheet that hold text, and whether they are all there are.
fn rows(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    left: &mut usize,
) -> Result<(BTreeMap<u32, Row>, bool), XlsxError> {
    let mut reader = book.worksheet_cells_reader(name)?;
    let mut rows: BTreeMap<u32, Row> = BTreeMap::new();
    let mut whole = true;
    while let Some(cell) = reader.next_cell()? {
        let (row, column) = cell.get_position();
        let text = text_of(cell.get_value());
        if text.trim().is_empty() {
            continue;
        }
        if column >= MOST_COLUMNS || *left == 0 {
            whole = false;
            continue;
        }
        *left -= 1;
        rows.entry(row).or_default().insert(column, text);
    }
    Ok((rows, whole))
}

/// A value as a sheet shows it, as far as the value alone tells.
fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        // Nobody types more digits than a sheet keeps (15); the rest is rounding.
        DataRef::Float(number) => format!("{}", (number * 1e9).round() / 1e9),
        DataRef::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(time) if time.is_datetime() => {
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            format!("{year}年{month}月{day}日")
        }
        DataRef::DateTime(_) | DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

fn items(rows: BTreeMap<u32, Row>, merged: &[Dimensions]) -> Vec<Item> {
    let is_row = |(_, row): &(&u32, &Row)| row.len() >= 2;
    let first = rows.iter().find(is_row).map(|(row, _)| *row);
    let last = rows.iter().rev().find(is_row).map(|(row, _)| *row);
    let (Some(first), Some(last)) = (first, last) else {
        return rows.into_values().flat_map(notes).collect();
    };
    let (mut above, mut table, mut below) = (Vec::new(), BTreeMap::new(), Vec::new());
    for (number, row) in rows {
        if number < first {
            above.extend(notes(row));
        } else if number > last {
            below.extend(notes(row));
        } else {
            table.insert(number, row);
        }
    }
    if let Some(Item::Paragraph(title)) = above.first_mut() {
        title.alignment = Alignment::Centre;
    }
    above.push(Item::Table(table_of(table, merged)));
    above.extend(below);
    above
}

fn notes(row: Row) -> impl Iterator<Item = Item> {
    row.into_values().map(|text| Item::Paragraph(paragraph(&text)))
}

fn table_of(rows: BTreeMap<u32, Row>, merged: &[Dimensions]) -> Table {
    let columns = || rows.values().flat_map(BTreeMap::keys).copied();
    let (left, right) = (columns().min().unwrap_or(0), columns().max().unwrap_or(0));
    let mut areas: HashMap<(u32, u32), (usize, u32)> = HashMap::new();
    let mut covered: HashSet<(u32, u32)> = HashSet::new();
    for area in merged {
        let (first, last) = (area.start, (area.end.0, area.end.1.min(right)));
        // Rows without any text are no rows of the table.
        let crossed = || rows.range(first.0..=last.0.max(first.0)).map(|(number, _)| *number);
        areas.insert(first, (crossed().count(), last.1.max(first.1)));
        covered.extend(crossed().flat_map(|row| (first.1..=last.1).map(move |column| (row, column))));
        covered.remove(&first);
        if covered.len() > MOST_CELLS {
            break;
        }
    }
    let row = |(number, mut cells): (u32, Row)| {
        // An empty cell is a cell, unless another one covers it.
        for column in (left..=right).filter(|column| !covered.contains(&(number, *column))) {
            cells.entry(column).or_default();
        }
        let cell = |(column, text): (u32, String)| {
            let (row_span, last) = areas.get(&(number, column)).copied().unwrap_or((1, column));
            Cell {
                column: (column - left) as usize,
                column_span: (last - column + 1) as usize,
                row_span: row_span.max(1),
                items: vec![Item::Paragraph(paragraph(&text))],
            }
        };
        cells.into_iter().map(cell).collect()
    };
    Table { rows: rows.into_iter().map(row).collect() }
}

fn paragraph(text: &str) -> Paragraph {
    Paragraph { lines: text.lines().map(str::to_owned).collect(), ..Paragraph::default() }
}
