//! Whether 附件： lists attachments or opens one, and where such a list ends.

use super::attachments::{self, Mark};
use super::shape::{Part, Shape};
use super::text::{is_within, key, squeeze};
use super::words;

/// Most parts of a list.
const LONGEST_LIST: usize = 60;

/// The end of the list of attachments that begins with the mark at `index`; `None` where the mark
/// opens an attachment.
///
/// A list stands before a signature, or ends the document with titles alone. What repeats a title
/// that was listed before (`listed`), or bears no colon, opens an attachment.
pub(super) fn list_end(parts: &[Part], signs: &[bool], index: usize, listed: &[String]) -> Option<usize> {
    let mark = attachments::mark_at(parts.get(index)?.text())?;
    let (entries, end) = entries(parts, signs, index);
    if entries.is_empty() {
        return None;
    }
    let signed = parts.get(end).is_some_and(|part| signs[end] || is_signature(part.shape));
    let is_listed = listed.contains(&key(&attachments::clean(entries[0])));
    let lists = if signed { mark.has_colon || mark.is_numbered && is_titled(&entries) } else { ends_text(parts, end, mark, &entries) && !is_listed };
    if lists {
        return Some(end);
    }
    // The plan's own title printed below ends a list that no signature ends.
    let repeated = entries.iter().skip(1).position(|entry| squeeze(entry) == attachments::clean(entries[0]))?;
    (mark.has_colon && !is_listed && repeated == 0).then_some(end - (entries.len() - 1))
}

fn is_signature(shape: Shape) -> bool {
    matches!(shape, Shape::Date | Shape::Signature | Shape::Release | Shape::Contact)
}

/// The texts behind the mark at `index` that could be entries of a list, and the part behind them.
fn entries<'a>(parts: &'a [Part], signs: &[bool], index: usize) -> (Vec<&'a str>, usize) {
    let mut entries = Vec::new();
    let mut end = index + 1;
    while let Some(part) = parts.get(end).filter(|_| end <= index + LONGEST_LIST && !signs[end]) {
        let text = part.text();
        let short = is_within(text, 120);
        let ends_inside = text.trim_end_matches('。').contains('。');
        match part.shape {
            Shape::AttachmentMark => {}
            Shape::Line | Shape::Item | Shape::Sentence if short && !ends_inside => entries.push(text),
            _ => break,
        }
        end += 1;
    }
    (entries, end)
}

/// Whether the list ends the text: with the document or its imprint, and every entry is marked as one.
fn ends_text(parts: &[Part], end: usize, mark: Mark, entries: &[&str]) -> bool {
    let last = parts.get(end).is_none_or(|part| matches!(part.shape, Shape::Imprint | Shape::CopyLine));
    let has_extension = |entry: &&str| {
        let bare = squeeze(entry);
        attachments::clean(&bare).len() < bare.trim_end_matches(['。', '；']).len() && bare.contains('.')
    };
    let single = entries.len() == 1 && (words::ends_as_title(&attachments::clean(entries[0])) || is_within(entries[0], 80));
    mark.has_colon && last && (single || is_titled(entries) && entries.len() <= 30 || entries.iter().all(has_extension))
}

/// Whether all entries end as titles do.
fn is_titled(entries: &[&str]) -> bool {
    entries.iter().all(|entry| !entry.contains('，') && words::ends_as_title(&attachments::clean(entry)))
}
