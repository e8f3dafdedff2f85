//! Rows of cells to aligned columns of text: Chinese characters take two columns, long cells wrap.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What stands between two columns.
const GAP: usize = 2;
/// No column is made narrower, whatever the width of the terminal.
const NARROWEST: usize = 8;

/// The lines of a table: `head`, a rule, `rows`. No line is wider than `width` unless the columns
/// would become too narrow to read.
pub(crate) fn layout<const N: usize>(
    head: [&str; N],
    rows: &[[String; N]],
    width: Option<usize>,
) -> Vec<String> {
    let mut widths: [usize; N] = std::array::from_fn(|column| {
        rows.iter().map(|row| natural_width(&row[column])).max().unwrap_or(0).max(head[column].width())
    });
    if let Some(width) = width {
        fit(&mut widths, width.saturating_sub(GAP * N.saturating_sub(1)));
    }
    let mut lines = row_lines(&head.map(str::to_owned), &widths);
    lines.push("─".repeat(widths.iter().sum::<usize>() + GAP * N.saturating_sub(1)));
    lines.extend(rows.iter().flat_map(|row| row_lines(row, &widths)));
    lines
}

fn natural_width(cell: &str) -> usize {
    cell.split('\n').map(UnicodeWidthStr::width).max().unwrap_or(0)
}

/// Narrows the widest columns until all of them fit; what is left over goes to those narrowed.
fn fit(widths: &mut [usize], available: usize) {
    let total = |cap: usize| widths.iter().map(|&width| width.min(cap)).sum::<usize>();
    let widest = widths.iter().copied().max().unwrap_or(0);
    let cap = (NARROWEST..=widest).rev().find(|&cap| total(cap) <= available).unwrap_or(NARROWEST);
    let mut left = available.saturating_sub(total(cap));
    for width in widths {
        let more = (*width).saturating_sub(cap).min(left).min(1);
        *width = (*width).min(cap) + more;
        left -= more;
    }
}

fn row_lines<const N: usize>(cells: &[String; N], widths: &[usize; N]) -> Vec<String> {
    let wrapped: Vec<Vec<String>> =
        cells.iter().zip(widths).map(|(cell, &width)| wrap(cell, width)).collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    (0..height)
        .map(|index| {
            let mut line = String::new();
            for (column, &width) in wrapped.iter().zip(widths) {
                let text = column.get(index).map_or("", String::as_str);
                line += text;
                line += &" ".repeat(width.saturating_sub(text.width()) + GAP);
            }
            line.truncate(line.trim_end().len());
            line
        })
        .collect()
}

/// The lines of `cell` at `width` columns; letters and digits in a row stay together where they fit.
fn wrap(cell: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in cell.split('\n') {
        let mut line = String::new();
        for piece in pieces(paragraph) {
            let fits = line.width() + piece.width() <= width;
            if !fits && !line.is_empty() && piece.width() <= width {
                lines.push(std::mem::take(&mut line));
            }
            for character in piece.chars() {
                if !line.is_empty() && line.width() + character.width().unwrap_or(0) > width {
                    lines.push(std::mem::take(&mut line));
                }
                line.push(character);
            }
        }
        lines.push(line);
    }
    lines
}

/// `text` cut between all characters but those of one word of ASCII (`2021-10-31`).
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let length = if first.is_ascii_graphic() {
            rest.find(|character: char| !character.is_ascii_graphic()).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (piece, after) = rest.split_at(length);
        rest = after;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rows: &[[&str; 2]], width: Option<usize>, expected: &str) {
        let rows: Vec<[String; 2]> = rows.iter().map(|row| row.map(str::to_owned)).collect();
        let lines = layout(["号", "任务"], &rows, width);
        assert_eq!(lines.join("\n"), expected);
        for line in lines {
            assert!(width.is_none_or(|width| line.width() <= width), "{line}");
        }
    }

    #[test]
    fn chinese_characters_take_two_columns() {
        check(
            &[["一/1", "更新专栏"], ["二", "核对"]],
            None,
            "号    任务\n──────────────\n一/1  更新专栏\n二    核对",
        );
    }

    #[test]
    fn long_cells_wrap_and_words_stay_whole() {
        check(
            &[["一", "每季度核对一次公开目录"], ["二", "于2021-10-31前"]],
            Some(16),
            "号  任务\n────────────────\n一  每季度核对一\n    次公开目录\n二  于2021-10-31\n    前",
        );
    }

    #[test]
    fn line_breaks_in_cells_stay() {
        check(&[["一", "年底前\n每月"]], Some(80), "号  任务\n──────────\n一  年底前\n    每月");
    }

    #[test]
    fn what_cannot_fit_is_still_shown() {
        let rows = [["一".repeat(10), "二".repeat(10)]];
        let lines = layout(["号", "任务"], &rows, Some(3));
        assert_eq!(lines.len(), 2 + 3);
        assert_eq!(lines[2], "一一一一  二二二二");
    }
}
