//! Whether 附件： lists attachments or opens one, and where such a list ends.

use super::attachments::{self, Mark};
use super::shape::{Part, Shape};
use super::signs::Signatures;
use super::text::{is_within, key, squeeze};
use super::words;

/// Most parts of a list.
const LONGEST_LIST: usize = 60;

/// The end of the list of attachments that begins with the mark at `index`; `None` where the mark
/// opens an attachment.
///
/// A list stands before a signature or before the first attachment, or ends the document with titles
/// alone. What repeats a title that was listed before (`listed`), or bears no colon, opens an
/// attachment.
pub(super) fn list_end(parts: &[Part], signs: &Signatures, index: usize, listed: &[String]) -> Option<usize> {
    let mark = attachments::mark_at(parts.get(index)?.text())?;
    let (entries, end) = entries(parts, signs, index);
    let first = attachments::clean(entries.first()?);
    if listed.contains(&key(&first)) {
        return None;
    }
    let next = parts.get(end);
    let lists = if next.is_some_and(|part| signs.names[end] || signs.dates[end] || is_note(part.shape)) {
        mark.has_colon || mark.is_numbered && is_titled(&entries)
    } else if next.is_some_and(|part| part.shape == Shape::AttachmentMark) {
        mark.has_colon && ends_titled(&entries)
    } else {
        ends_text(parts, end, mark, &entries)
    };
    // The plan's own title printed below ends a list that no signature ends.
    let repeated = mark.has_colon && entries.get(1).is_some_and(|second| squeeze(second) == first);
    lists.then_some(end).or(repeated.then_some(end - (entries.len() - 1)))
}

fn is_note(shape: Shape) -> bool {
    matches!(shape, Shape::Release | Shape::Contact)
}

/// The texts behind the mark at `index` that could be entries of a list, and the part behind them:
/// a mark without number or with the first one is that of the first attachment.
fn entries<'a>(parts: &'a [Part], signs: &Signatures, index: usize) -> (Vec<&'a str>, usize) {
    let mut entries = Vec::new();
    let mut end = index + 1;
    let signed = |at: usize| signs.names[at] || signs.dates[at];
    while let Some(part) = parts.get(end).filter(|_| end <= index + LONGEST_LIST && !signed(end)) {
        let text = part.text();
        let short = is_within(text, 120) || part.shape == Shape::Item && is_within(text, 1000);
        let ends_inside = text.trim_end_matches('。').contains('。');
        match part.shape {
            Shape::AttachmentMark if !attachments::is_first(text) => {}
            Shape::Line | Shape::Item | Shape::Sentence if short && !ends_inside => entries.push(text),
            _ => break,
        }
        end += 1;
    }
    (entries, end)
}

/// Whether the last of the entries ends as a title does; those above may be its first lines.
fn ends_titled(entries: &[&str]) -> bool {
    entries.last().is_some_and(|entry| words::ends_as_title(&attachments::clean(entry)))
}

/// Whether the list ends the text: with the document or its imprint, and every entry is marked as one.
fn ends_text(parts: &[Part], end: usize, mark: Mark, entries: &[&str]) -> bool {
    let last = parts.get(end).is_none_or(|part| matches!(part.shape, Shape::Imprint | Shape::CopyLine));
    let has_extension = |entry: &&str| {
        let bare = squeeze(entry);
        attachments::clean(&bare).len() < bare.trim_end_matches(['。', '；']).len() && bare.contains('.')
    };
    let single = entries.len() == 1
        && (words::ends_as_title(&attachments::clean(entries[0])) || is_within(entries[0], 80));
    mark.has_colon
        && last
        && (single || is_titled(entries) && entries.len() <= 30 || entries.iter().all(has_extension))
}

/// Whether all entries end as titles do.
fn is_titled(entries: &[&str]) -> bool {
    entries.iter().all(|entry| !entry.contains('，') && words::ends_as_title(&attachments::clean(entry)))
}
