//! `duban text --layout`: lines where they stand on their page, in rows of characters.

use duban::document::{Bounds, Document, Line};
use unicode_width::UnicodeWidthStr;

/// Lines that share this part of their height stand in one row.
const SHARED: f32 = 0.5;

/// All lines as rows of text, pages parted by a form feed.
///
/// Formats without places give their lines as they are.
pub(super) fn rows(document: &Document) -> Vec<String> {
    let mut rows = Vec::new();
    let mut lines = document.lines.as_slice();
    while let Some(first) = lines.first() {
        let page = first.page;
        let count = lines.iter().take_while(|line| line.page == page).count();
        let (here, rest) = lines.split_at(count.max(1));
        if !rows.is_empty() {
            rows.push("\u{c}".to_owned());
        }
        rows.extend(page_rows(document, here));
        lines = rest;
    }
    rows
}

/// A line and its box.
struct Placed<'a> {
    text: &'a str,
    bounds: Bounds,
}

fn page_rows(document: &Document, lines: &[Line]) -> Vec<String> {
    let text_of = |line: &Line| line.range.slice(&document.text).trim_end();
    let mut placed: Vec<Placed<'_>> = lines
        .iter()
        .filter_map(|line| Some(Placed { text: text_of(line), bounds: document.bounds_of(line)? }))
        .collect();
    let upright = |line: &&Placed<'_>| height(line) <= line.bounds.x1 - line.bounds.x0;
    if placed.iter().filter(upright).count() * 2 <= placed.len() {
        return lines.iter().map(|line| text_of(line).to_owned()).collect();
    }
    placed.sort_by(|a, b| a.bounds.y0.total_cmp(&b.bounds.y0));
    let left = placed.iter().map(|line| line.bounds.x0).fold(f32::MAX, f32::min);
    let column = column_width(&placed);
    let mut rows: Vec<Vec<Placed<'_>>> = Vec::new();
    for line in placed {
        match rows.last_mut().filter(|row| row.first().is_some_and(|first| is_beside(first, &line))) {
            Some(row) => row.push(line),
            None => rows.push(vec![line]),
        }
    }
    rows.into_iter().map(|row| row_text(row, left, column)).collect()
}

fn height(line: &Placed<'_>) -> f32 {
    line.bounds.y1 - line.bounds.y0
}

/// Points that a half-width character takes, by the median of the lines.
fn column_width(lines: &[Placed<'_>]) -> f32 {
    let mut heights: Vec<f32> = lines.iter().map(height).collect();
    heights.sort_by(f32::total_cmp);
    heights.get(heights.len() / 2).map_or(1.0, |height| (height / 2.0).max(1.0))
}

fn is_beside(a: &Placed<'_>, b: &Placed<'_>) -> bool {
    let shared = a.bounds.y1.min(b.bounds.y1) - a.bounds.y0.max(b.bounds.y0);
    shared > height(a).min(height(b)) * SHARED
}

/// The lines of a row, each at its column or, where that is taken, a space behind the last.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a page's width")]
fn row_text(mut row: Vec<Placed<'_>>, left: f32, column: f32) -> String {
    row.sort_by(|a, b| a.bounds.x0.total_cmp(&b.bounds.x0));
    let mut text = String::new();
    for line in row {
        let wanted = ((line.bounds.x0 - left) / column).round().clamp(0.0, 1000.0) as usize;
        let taken = text.width() + usize::from(!text.is_empty());
        let spaces = wanted.max(taken).saturating_sub(text.width());
        text.extend(std::iter::repeat_n(' ', spaces));
        text.push_str(line.text);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(text: &str, x0: f32, y0: f32) -> Placed<'_> {
        Placed { text, bounds: Bounds { x0, y0, x1: x0 + 32.0, y1: y0 + 16.0 } }
    }

    #[test]
    fn lines_stand_at_their_columns() {
        let row = vec![placed("责任", 96.0, 0.0), placed("任务", 0.0, 0.0)];
        assert_eq!(row_text(row, 0.0, 8.0), "任务        责任");
        let crowded = vec![placed("任务", 0.0, 0.0), placed("责任", 8.0, 0.0)];
        assert_eq!(row_text(crowded, 0.0, 8.0), "任务 责任");
    }

    #[test]
    fn a_row_is_what_shares_its_height() {
        assert!(is_beside(&placed("任务", 0.0, 0.0), &placed("责任", 96.0, 6.0)));
        assert!(!is_beside(&placed("任务", 0.0, 0.0), &placed("责任", 96.0, 10.0)));
    }
}
