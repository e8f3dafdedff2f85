//! What no other part of the record holds: nothing that a notice says is lost to search.

use std::cell::LazyCell;
use std::ops::Range;

use duban_document::{Block, JoinedText, TextRange};
use foldhash::HashSet;

use crate::head::{BlockRole, Structure, without_fields};
use crate::marks::is_word;
use crate::outline::Item;
use crate::tasks::{Details, Outside};

/// The texts of `structure` that stand in no field, item, unit, deadline or paragraph outside the outline:
/// further signatures and imprints, heads of columns, cells that say more than names and times.
pub(crate) fn find(
    structure: &Structure,
    items: &[Item],
    details: &[Details],
    outside: &[Outside<'_>],
) -> Vec<JoinedText> {
    let known = structure.head.fields();
    let held = held(items, details, outside);
    let seams = LazyCell::new(|| seams(details));
    let labels = LazyCell::new(|| items.iter().map(|item| item.label.as_str()).collect());
    let mut rest = Vec::new();
    for (block, role) in structure.blocks.iter().zip(&structure.roles) {
        match block {
            Block::Paragraph(paragraph) if *role == BlockRole::Body => {
                let text = &paragraph.text;
                let parts = unheld(text, &held).into_iter();
                let said = parts.filter(|part| says_something(&text.as_str()[part.clone()], &labels));
                rest.extend(said.map(|part| without_fields(&text.part(part), &[])));
            }
            // What a title says of the lists below it stands outside the outline, too.
            Block::Paragraph(paragraph) if unheld(&paragraph.text, &held).is_empty() => {}
            Block::Paragraph(paragraph) => rest.push(without_fields(&paragraph.text, &known)),
            Block::Table(_) => {
                let more = |text: &&JoinedText| {
                    let mut parts = unheld(text, &held).into_iter();
                    parts.any(|part| says_something(&text.as_str()[part], &labels)) || holds_one(text, &seams)
                };
                rest.extend(block.texts().filter(more).map(|cell| without_fields(cell, &[])));
            }
        }
    }
    rest.retain(|text| !text.is_empty());
    rest
}

/// Where the units and deadlines of an item stand.
fn values(details: &Details) -> impl Iterator<Item = TextRange> {
    let units = details.units.iter().flat_map(|unit| unit.places.iter());
    units.chain(details.deadlines.iter().flat_map(|deadline| deadline.places.iter())).copied()
}

/// The ranges of the source that the record holds, in order, none touching the next.
fn held(items: &[Item], details: &[Details], outside: &[Outside<'_>]) -> Vec<TextRange> {
    let mut ranges: Vec<TextRange> = Vec::with_capacity(2 * items.len() + outside.len());
    for (item, details) in items.iter().zip(details) {
        let mut text = sources(&item.text).peekable();
        if item.is_row {
            // Only values of a row may stand outside all texts, in its other cells.
            ranges.extend(values(details));
            ranges.extend(sources(&item.title));
        } else if let Some(text) = text.peek() {
            // A label stands between the beginning of its item and the text.
            ranges.push(TextRange::new(item.range.start(), text.start()));
        }
        ranges.extend(text);
    }
    outside.iter().for_each(|outside| ranges.extend(sources(outside.text)));
    ranges.sort();
    let mut joined: Vec<TextRange> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start() <= last.end() => *last = last.cover(range),
            _ => joined.push(range),
        }
    }
    joined
}

/// Where the pieces of `text` stand in the source.
fn sources(text: &JoinedText) -> impl Iterator<Item = TextRange> {
    text.placed_pieces().map(|(_, source)| source)
}

/// Where one value follows another without a sign between them: what runs over it stands in neither.
fn seams(details: &[Details]) -> Vec<usize> {
    let values = || details.iter().flat_map(values);
    let mut ends: Vec<usize> = values().map(TextRange::end).collect();
    ends.sort_unstable();
    let starts = values().map(TextRange::start);
    let mut seams: Vec<usize> = starts.filter(|start| ends.binary_search(start).is_ok()).collect();
    seams.sort_unstable();
    seams
}

fn holds_one(text: &JoinedText, seams: &[usize]) -> bool {
    sources(text).any(|range| {
        let first = seams.partition_point(|seam| *seam <= range.start());
        seams.get(first).is_some_and(|seam| *seam < range.end())
    })
}

/// The parts of `text` whose source is not in `held`.
fn unheld(text: &JoinedText, held: &[TextRange]) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    for (offset, source) in text.placed_pieces() {
        let mut add = |start: usize, end: usize| {
            let part = offset + (start - source.start())..offset + (end - source.start());
            match parts.last_mut() {
                Some(last) if last.end == part.start => last.end = part.end,
                _ => parts.push(part),
            }
        };
        let first = held.partition_point(|range| range.end() <= source.start());
        let mut start = source.start();
        for range in held[first..].iter().take_while(|range| range.start() < source.end()) {
            if start < range.start() {
                add(start, range.start());
            }
            start = range.end();
        }
        if start < source.end() {
            add(start, source.end());
        }
    }
    parts
}

/// Whether `text` is more than signs and the label of an item.
fn says_something(text: &str, labels: &HashSet<&str>) -> bool {
    // Most that an item leaves is a mark.
    if text.chars().filter(|c| is_word(*c)).nth(1).is_none() {
        return false;
    }
    let words: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let said = words.split(|c| !is_word(c)).any(|run| run.chars().nth(1).is_some());
    said && !labels.contains(words.as_str())
}
