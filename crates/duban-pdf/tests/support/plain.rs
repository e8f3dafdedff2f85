//! A PDF as plain text: each line as a line, each row of a table as a line with tabs, rows that a
//! page break cut joined.

use std::collections::BTreeMap;

use duban_page::{Item, Page, Table};
use duban_pdf::Pdf;

/// The text.
#[allow(clippy::redundant_pub_crate, unreachable_pub, reason = "shared by a test and an example")]
pub fn text(pdf: &Pdf) -> String {
    let mut plain = Plain::default();
    for page in &pdf.pages {
        for item in &page.items {
            match item {
                Item::Table(table) => plain.add_table(table),
                Item::Line(line) => {
                    // Page furniture does not end a table that goes on.
                    if !is_in_margin(page, line.bounds.y0) {
                        plain.end_table();
                    }
                    plain.text.push_str(&line.text());
                    plain.text.push('\n');
                }
            }
        }
    }
    plain.end_table();
    plain.text
}

fn is_in_margin(page: &Page, y: f32) -> bool {
    y < page.height * 0.13 || y > page.height * 0.87
}

#[derive(Default)]
struct Plain {
    text: String,
    /// Rows of the table that is open: cells by column.
    rows: Vec<BTreeMap<usize, String>>,
}

impl Plain {
    fn add_table(&mut self, table: &Table) {
        if table.continued.is_none() {
            self.end_table();
        }
        let continued = table.continued.unwrap_or_default();
        for (index, row) in table.rows.iter().enumerate().skip(continued.repeated_head) {
            let is_rest = continued.splits_row && index == continued.repeated_head;
            if self.rows.is_empty() || !is_rest {
                self.rows.push(BTreeMap::new());
            }
            if let Some(last) = self.rows.last_mut() {
                for cell in &row.cells {
                    last.entry(cell.column).or_default().push_str(&cell.text());
                }
            }
        }
    }

    fn end_table(&mut self) {
        for row in self.rows.drain(..) {
            self.text.push_str(&row.into_values().collect::<Vec<_>>().join("\t"));
            self.text.push('\n');
        }
    }
}
