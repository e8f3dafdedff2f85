//! The contents page (目录): its lines repeat the headings of the plan with their pages, and are
//! neither items nor a title.

use duban_document::{Block, numeral};

use super::shape::{Part, Shape};
use super::text::{backward, is_blank, is_within, key, squeeze};

/// Longest line of a contents page in characters.
const LONGEST_LINE: usize = 80;

/// Whether `text` is a line of a contents page by itself: dots lead to the number of a page.
pub(super) fn is_entry(text: &str) -> bool {
    const FEWEST_DOTS: usize = 4;
    let Some(name) = before_page(text) else { return false };
    let leader = &name[backward(name, name.len(), |c| dots(c) > 0 || is_blank(c))..];
    // Lines that were joined to one paragraph end so too, but running text has full stops.
    leader.chars().map(dots).sum::<usize>() >= FEWEST_DOTS && !text.contains('。')
}

/// How many dots of a leader `c` prints.
fn dots(c: char) -> usize {
    match c {
        '…' | '⋯' => 3,
        '‥' => 2,
        '.' | '．' | '·' | '•' | '・' | '﹒' => 1,
        _ => 0,
    }
}

/// What stands before the number of a page at the end of `text`.
fn before_page(text: &str) -> Option<&str> {
    const MOST_DIGITS: usize = 3;
    let bare = text.trim_end_matches(|c: char| is_blank(c) || matches!(c, '）' | ')' | '-' | '—'));
    let name = bare.trim_end_matches(|c| numeral::arabic_digit(c).is_some());
    let digits = &bare[name.len()..];
    if digits.is_empty() || !is_within(digits, MOST_DIGITS) {
        return None;
    }
    let marked = name.trim_end_matches(is_blank).strip_suffix(['（', '(', '-', '—']);
    Some(marked.unwrap_or(name))
}

/// The name in a line below 目录, whose page a tab or wide blanks part from it.
fn paged_name(text: &str) -> Option<&str> {
    let name = before_page(text)?;
    let bare = name.trim_end_matches(is_blank);
    let gap = &name[bare.len()..];
    (!bare.is_empty() && (gap.contains(['\t', '\u{3000}']) || gap.chars().count() > 1)).then_some(bare)
}

/// Gives the lines below each 目录 the shape of a contents page, and 目录 itself.
pub(super) fn mark(parts: &mut [Part]) {
    let mut index = 0;
    while index < parts.len() {
        let end = if is_heading(&parts[index]) { page_end(parts, index + 1) } else { index + 1 };
        if end > index + 1 {
            parts[index..end].iter_mut().for_each(|part| part.shape = Shape::Contents);
        }
        index = end;
    }
}

fn is_heading(part: &Part) -> bool {
    let text = part.text();
    part.shape == Shape::Line && text.starts_with('目') && is_within(text, 10) && {
        matches!(&*squeeze(text), "目录" | "目次")
    }
}

/// Where the contents page ends whose first line is part `first`: behind the last line that names a
/// page, or where the first line is printed again, as the plan's heading.
fn page_end(parts: &[Part], first: usize) -> usize {
    let lines = parts[first..].iter().take_while(|part| could_be_entry(part)).count();
    let lines = &parts[first..first + lines];
    // A long name may take a line more.
    let paged = lines.windows(2).take_while(|pair| pair.iter().any(is_paged)).count() + 1;
    if let Some(last) = lines.iter().take(paged).rposition(is_paged) {
        return first + last + 1;
    }
    let Some(name) = lines.first().map(Part::text) else { return first };
    let name = key(before_page(name).unwrap_or(name));
    let again = lines.iter().skip(2).position(|line| key(line.text()) == name);
    again.map_or(first, |again| first + 2 + again)
}

/// Whether `part` names pages: a line with one at its end, or a table with one in each row.
fn is_paged(part: &Part) -> bool {
    match &part.block {
        Block::Table(table) => {
            let mut pages = table.rows.iter().map(|row| row.cells.last().map(|cell| cell.text.as_str()));
            pages.all(|page| page.is_some_and(|page| before_page(page) == Some("")))
        }
        Block::Paragraph(_) => part.shape == Shape::Contents || paged_name(part.text()).is_some(),
    }
}

fn could_be_entry(part: &Part) -> bool {
    if part.shape == Shape::Table {
        return is_paged(part);
    }
    matches!(
        part.shape,
        Shape::Contents | Shape::Item | Shape::Line | Shape::Sentence | Shape::AttachmentMark
    ) && is_within(part.text(), LONGEST_LINE)
        && !part.text().contains('。')
        && !is_heading(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_lead_to_pages() {
        for text in ["一、总则……………1", "1.1 目的 . . . . . . 12", "附件·····（３）", "第一章 总则…… - 2 -"]
        {
            assert!(is_entry(text), "{text}");
        }
        for text in ["一、总则", "1.完成率达到95.5", "见第1……3条", "第一章 总则\t1", "他说……完成。另有……3"]
        {
            assert!(!is_entry(text), "{text}");
        }
        assert_eq!(paged_name("第一章 总则\t1"), Some("第一章 总则"));
        assert_eq!(paged_name("总数 1"), None);
    }
}
