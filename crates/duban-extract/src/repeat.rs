//! A file that holds the same text twice is read once.

use std::collections::HashMap;

use duban_document::{Block, Document, TextRange, Warning, WarningCode};

/// Blocks that a copy must have at least: shorter repeats are headings and forms of address.
const SHORTEST_COPY: usize = 6;

/// Drops the second copy of a text that stands twice, as in pages that carry it again hidden.
///
/// Returns a warning where it did. The copy must be whole: nine in ten blocks of what follows its
/// beginning stand in the same order before it.
pub(crate) fn drop_copy(document: &mut Document) -> Option<Warning> {
    let keys: Vec<String> = document.blocks.iter().map(key).collect();
    let start = copy_start(&keys)?;
    let place =
        document.blocks[start].texts().first().and_then(|text| text.source_cover(0..text.as_str().len()));
    document.blocks.truncate(start);
    let warning =
        Warning::new(WarningCode::RepeatedText, "the text stands twice in the file; it was read once");
    Some(warning.at(place.unwrap_or_else(|| TextRange::new(0, 0))))
}

fn copy_start(keys: &[String]) -> Option<usize> {
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (index, key) in keys.iter().enumerate() {
        const LONG_ENOUGH_TO_TELL: usize = 20;
        if key.chars().count() < LONG_ENOUGH_TO_TELL {
            continue;
        }
        let Some(earlier) = first.get(key.as_str()).copied() else {
            first.insert(key, index);
            continue;
        };
        // The copy may begin a few short blocks before the first long one that tells.
        let back = (1..=earlier).take_while(|back| keys[earlier - back] == keys[index - back]).count();
        let copy = index - back;
        let original = earlier - back;
        let length = keys.len() - copy;
        let same = keys[original..copy].iter().zip(&keys[copy..]).filter(|(a, b)| a == b).count();
        let is_whole = same * 10 >= length * 9 && same * 10 >= (copy - original) * 9;
        if length >= SHORTEST_COPY && is_whole {
            return Some(copy);
        }
        return None;
    }
    None
}

/// A block's words.
fn key(block: &Block) -> String {
    block.texts().iter().flat_map(|text| text.as_str().chars()).filter(|c| !c.is_whitespace()).collect()
}
