//! Printed lines to those that belong to the page rather than to the notice.

use super::lines::{Lines, Role};

/// Marks page numbers.
pub(crate) fn mark(lines: &mut Lines<'_>) {
    for index in 0..lines.lines.len() {
        let Some(line) = lines.lines.get(index) else { continue };
        if line.role == Role::Text && is_page_number(lines.content(line)) {
            lines.lines[index].role = Role::Furniture;
        }
    }
}

/// Whether `text` is a page number by its own form: `- 10 -`, `— 2 —`, `第 3 页 共 9 页`.
fn is_page_number(text: &str) -> bool {
    let dash = |c: char| matches!(c, '-' | '–' | '—' | '－' | '―' | '─');
    let body = text.trim_matches(dash);
    let body_trimmed = body.trim();
    text.starts_with(dash)
        && text.ends_with(dash)
        && !body_trimmed.is_empty()
        && body_trimmed.len() <= 4
        && body_trimmed.chars().all(|c| c.is_ascii_digit())
}
