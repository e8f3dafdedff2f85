//! How far each glyph advances, in ems.

use std::collections::HashMap;

use lopdf::{Dictionary, Object};

use crate::file::File;

/// Most entries that are read of one table.
const MOST_ENTRIES: usize = 200_000;

/// Advances of a simple font, by code.
pub(crate) struct SimpleWidths {
    first: i64,
    widths: Vec<f32>,
    missing: f32,
    standard: Option<Standard>,
}

impl SimpleWidths {
    pub(crate) fn read(file: &File<'_>, font: &Dictionary, descriptor: Option<&Dictionary>) -> Self {
        let widths = file.numbers(font, b"Widths").unwrap_or_default();
        let standard =
            widths.is_empty().then(|| Standard::of_name(file.name(font, b"BaseFont").unwrap_or_default()));
        let missing = descriptor.and_then(|it| file.number(it, b"MissingWidth")).unwrap_or(0.0);
        Self { first: file.integer(font, b"FirstChar").unwrap_or(0), widths, missing, standard }
    }

    /// The advance of `code` in thousandths of an em.
    pub(crate) fn of(&self, code: u32) -> f32 {
        if let Some(standard) = self.standard {
            return standard.of(code);
        }
        let index = usize::try_from(i64::from(code) - self.first).ok();
        index.and_then(|index| self.widths.get(index)).copied().unwrap_or(self.missing)
    }
}

/// Which of the fonts that every reader has stands nearest.
#[derive(Clone, Copy)]
enum Standard {
    Sans,
    Serif,
    Mono,
}

impl Standard {
    fn of(self, code: u32) -> f32 {
        // Widths of Helvetica and Times from the space on, as published by Adobe.
        const SANS: [u16; 95] = [
            278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
            556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
            611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
            667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
            222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
        ];
        const SERIF: [u16; 95] = [
            250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500,
            500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611,
            556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722,
            722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500,
            278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
        ];
        let index = usize::try_from(code).unwrap_or(usize::MAX).wrapping_sub(32);
        let width = match self {
            Self::Sans => SANS.get(index).copied(),
            Self::Serif => SERIF.get(index).copied(),
            Self::Mono => Some(600),
        };
        f32::from(width.unwrap_or(556))
    }

    fn of_name(name: &[u8]) -> Self {
        let has = |part: &[u8]| name.windows(part.len()).any(|window| window == part);
        if has(b"Courier") || has(b"Mono") {
            Self::Mono
        } else if has(b"Times") || has(b"Serif") || has(b"Song") {
            Self::Serif
        } else {
            Self::Sans
        }
    }
}

/// A number for each CID, as `W` and `W2` write them.
pub(crate) struct CidTable<const N: usize> {
    singles: HashMap<u32, [f32; N]>,
    ranges: Vec<(u32, u32, [f32; N])>,
}

impl<const N: usize> CidTable<N> {
    /// From an array of `c [n …]` and `c c n`, each CID with `N` numbers.
    pub(crate) fn read(file: &File<'_>, array: &[Object]) -> Self {
        let mut table = Self { singles: HashMap::new(), ranges: Vec::new() };
        let mut objects = array.iter().map(|object| file.resolve(object));
        while let Some(first) = objects.next().and_then(cid) {
            match objects.next() {
                Some(Object::Array(list)) => table.add_list(file, first, list),
                Some(last) => {
                    let mut numbers = [0.0; N];
                    for number in &mut numbers {
                        *number = objects.next().and_then(|object| object.as_float().ok()).unwrap_or(0.0);
                    }
                    if let Some(last) = cid(last).filter(|_| table.ranges.len() < MOST_ENTRIES) {
                        table.ranges.push((first, last, numbers));
                    }
                }
                None => break,
            }
        }
        table.ranges.sort_by_key(|(first, ..)| *first);
        table
    }

    fn add_list(&mut self, file: &File<'_>, first: u32, list: &[Object]) {
        let numbers: Vec<f32> =
            list.iter().map(|object| file.resolve(object).as_float().unwrap_or(0.0)).collect();
        for (cid, entry) in (first..).zip(numbers.chunks_exact(N)) {
            if self.singles.len() >= MOST_ENTRIES {
                break;
            }
            let mut numbers = [0.0; N];
            numbers.copy_from_slice(entry);
            self.singles.insert(cid, numbers);
        }
    }

    /// The numbers of a CID.
    pub(crate) fn of(&self, cid: u32) -> Option<[f32; N]> {
        if let Some(numbers) = self.singles.get(&cid) {
            return Some(*numbers);
        }
        let end = self.ranges.partition_point(|(first, ..)| *first <= cid);
        let (_, last, numbers) = self.ranges.get(end.checked_sub(1)?)?;
        (cid <= *last).then_some(*numbers)
    }
}

fn cid(object: &Object) -> Option<u32> {
    object.as_i64().ok().and_then(|number| u32::try_from(number).ok()).filter(|number| *number <= 0xFFFF)
}
