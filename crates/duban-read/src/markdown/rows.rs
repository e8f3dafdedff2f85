//! Rows of a table behind an empty line, where a page break stood: they go on with it, though `CommonMark` ends
//! a table there and reads rows without a head as text.

/// The table that the lines so far end with.
#[derive(Default)]
pub(super) struct Rows {
    /// Where its last row ends in the page, once the line under its head was seen.
    end: Option<usize>,
    /// Whether the last line may be a head.
    is_head: bool,
}

impl Rows {
    /// Whether `line` is a further row of the table; the line after it, `next`, tells a new head.
    pub(super) fn goes_on<'n>(&self, line: &str, next: impl FnOnce() -> &'n str) -> bool {
        self.end.is_some() && is_row(line) && !is_rule(next())
    }

    /// Leaves one line break between the last row and the line that begins at byte `start`.
    pub(super) fn join(&self, page: &mut String, start: usize) {
        let Some(end) = self.end.filter(|end| end + 1 < start) else { return };
        page.truncate(end);
        page.extend(std::iter::repeat_n(' ', start - end - 1));
        page.push('\n');
    }

    /// Takes note of a line that ends at byte `end` of the page.
    pub(super) fn pass(&mut self, line: &str, end: usize) {
        let is_row = is_row(line);
        if is_row {
            self.end = (self.end.is_some() || (self.is_head && is_rule(line))).then_some(end);
        } else if !line.trim().is_empty() {
            self.end = None;
        }
        self.is_head = is_row;
    }
}

fn is_row(line: &str) -> bool {
    line.trim_start_matches(' ').starts_with('|')
}

/// Whether it is the line under a head: `|---|:--:|`.
fn is_rule(line: &str) -> bool {
    is_row(line) && line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

#[cfg(test)]
mod tests {
    use duban_document::Block;

    use crate::ReadOptions;

    fn rows(page: &str) -> Vec<usize> {
        let read = super::super::read(page.as_bytes(), &ReadOptions::default());
        let blocks = read.map(|read| read.value.blocks).unwrap_or_default();
        let rows = |block: &Block| match block {
            Block::Table(table) => table.rows.len(),
            Block::Paragraph(_) => 0,
        };
        blocks.iter().map(rows).collect()
    }

    #[test]
    fn rows_behind_an_empty_line_go_on_with_the_table() {
        let head = "| 序号 | 任务 |\n|---|---|\n| 1 | 清淤 |\n";
        assert_eq!(rows(&format!("{head}\n| 2 | 护岸 |\n| 3 | 补植 |\n")), [4]);
        assert_eq!(rows(&format!("{head}\n\n| 2 | 护岸 |\n\n护岸见上。\n")), [3, 0]);
        assert_eq!(rows(&format!("{head}\n{head}")), [2, 2]);
        assert_eq!(rows(&format!("{head}\n续表\n\n| 2 | 护岸 |\n")), [2, 0, 0]);
        assert_eq!(rows("| 2 | 护岸 |\n\n| 3 | 补植 |\n"), [0, 0]);
        assert_eq!(rows("|---|---|\n\n| 2 | 护岸 |\n"), [0, 0]);
    }
}
