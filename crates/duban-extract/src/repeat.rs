//! A file that holds the same text twice is read once.

use std::hash::{DefaultHasher, Hasher};

use duban_document::{Block, Document, JoinedText, TextRange, Warning, WarningCode};
use foldhash::{HashMap, HashMapExt};

use crate::marks::non_han;

/// Blocks that a copy must have at least: shorter repeats are headings and forms of address.
const SHORTEST_COPY: usize = 6;

/// Characters of a block that is long enough to tell a copy from a formula.
const LONG_ENOUGH: usize = 20;

/// Drops the second copy of a text that stands twice, as in pages that carry it again hidden.
///
/// Returns a warning where it did. The copy must be whole: nine in ten blocks of what follows its
/// beginning stand in the same order before it.
pub(crate) fn drop_copy(document: &mut Document) -> Option<Warning> {
    if !holds_repeats(&document.blocks) {
        return None;
    }
    let keys: Vec<Key> = document.blocks.iter().map(Key::of).collect();
    let start = copy_start(&keys)?;
    let place =
        document.blocks[start].texts().next().and_then(|text| text.source_cover(0..text.as_str().len()));
    document.blocks.truncate(start);
    let warning =
        Warning::new(WarningCode::RepeatedText, "the text stands twice in the file; it was read once");
    Some(warning.at(place.unwrap_or_else(|| TextRange::new(0, 0))))
}

/// Whether two long blocks say the same: most notices hold none that do, and need no further look. Only
/// those that begin alike are read to their ends.
fn holds_repeats(blocks: &[Block]) -> bool {
    let mut openings: Vec<(u64, &Block)> = Vec::with_capacity(blocks.len());
    openings.extend(blocks.iter().filter_map(|block| Some((opening(block)?, block))));
    openings.sort_unstable_by_key(|(opening, _)| *opening);
    let mut alike = openings.chunk_by(|one, other| one.0 == other.0).filter(|alike| alike.len() > 1);
    alike.any(|alike| {
        let mut digests: Vec<u64> = alike.iter().map(|(_, block)| Key::of(block).digest).collect();
        digests.sort_unstable();
        digests.windows(2).any(|pair| pair[0] == pair[1])
    })
}

/// A digest of how a long block begins, of its Chinese characters alone. Where two are the same by chance the
/// blocks are looked at as a whole.
fn opening(block: &Block) -> Option<u64> {
    const FNV_PRIME: u64 = 0x100_0000_01b3;
    let (mut digest, mut length, mut bytes) = (0u64, 0, 0);
    for text in block.texts() {
        let mut rest = text.as_str().as_bytes();
        bytes += rest.len();
        while let [first, behind @ ..] = rest {
            rest = behind;
            // All bytes but the first of a Chinese character are passed over one by one.
            let (0xe4..=0xe9, [second, third, next @ ..]) = (*first, behind) else { continue };
            let character = u32::from_be_bytes([0, *first, *second, *third]);
            digest = (digest ^ u64::from(character)).wrapping_mul(FNV_PRIME);
            rest = next;
            length += 1;
            if length == LONG_ENOUGH {
                return Some(digest);
            }
        }
    }
    let other_bytes = bytes - "字".len() * length;
    (length + other_bytes >= LONG_ENOUGH && is_long(block)).then_some(digest)
}

fn is_long(block: &Block) -> bool {
    let characters = block.texts().flat_map(|text| text.as_str().chars());
    characters.filter(|c| !c.is_whitespace()).nth(LONG_ENOUGH - 1).is_some()
}

fn copy_start(keys: &[Key]) -> Option<usize> {
    let mut first: HashMap<u64, usize> = HashMap::new();
    let (index, earlier) =
        keys.iter().enumerate().filter(|(_, key)| key.is_long).find_map(|(index, key)| {
            let earlier = *first.entry(key.digest).or_insert(index);
            (earlier < index).then_some((index, earlier))
        })?;
    // The copy may begin a few short blocks before the first long one that tells.
    let back = (1..=earlier).take_while(|back| keys[earlier - back] == keys[index - back]).count();
    let copy = index - back;
    let original = earlier - back;
    let length = keys.len() - copy;
    let same = keys[original..copy].iter().zip(&keys[copy..]).filter(|(a, b)| a == b).count();
    let is_whole = same * 10 >= length * 9 && same * 10 >= (copy - original) * 9;
    (length >= SHORTEST_COPY && is_whole).then_some(copy)
}

/// A block's words, blanks apart, as a digest: blocks with the same one say the same.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Key {
    digest: u64,
    /// Whether the words are [`LONG_ENOUGH`].
    is_long: bool,
}

impl Key {
    fn of(block: &Block) -> Self {
        let (mut hasher, mut length) = (DefaultHasher::new(), 0);
        let mut add = |word: &str| {
            hasher.write(word.as_bytes());
            length += if length < LONG_ENOUGH { word.chars().take(LONG_ENOUGH).count() } else { 0 };
        };
        for text in block.texts().map(JoinedText::as_str) {
            let mut start = 0;
            for (blank, c) in non_han(text).filter(|(_, c)| c.is_whitespace()) {
                add(&text[start..blank]);
                start = blank + c.len_utf8();
            }
            add(&text[start..]);
        }
        Self { digest: hasher.finish(), is_long: length >= LONG_ENOUGH }
    }
}
