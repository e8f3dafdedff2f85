//! `CMap` files: how bytes of a string split into codes, and what a code stands for.
//!
//! One reader for both kinds, `ToUnicode` (codes to text) and embedded encodings (codes to CIDs).
//! Ranges are kept as ranges, so a range over four thousand million codes costs no more than one
//! over ten.

use std::collections::BTreeMap;
use std::mem;

use super::strays::strays;
use crate::file::find;
use crate::lexer::{Lexer, Token};

/// Most ranges that are read of one `CMap`.
const MOST_RANGES: usize = 200_000;
/// Longest text that one code may stand for.
const LONGEST_TEXT: usize = 16;
/// Most bytes of a code.
const LONGEST_CODE: usize = 4;
/// How many ranges that begin before a code are looked at for one that holds it.
const MOST_OVERLAPS: usize = 32;

/// A `CMap` as read.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct CMap {
    /// Codes to text, sorted by first code.
    texts: Vec<Range<Vec<u16>>>,
    /// Codes to CIDs, sorted by first code.
    cids: Vec<Range<u32>>,
    /// How codes are told apart: number of bytes, first and last code.
    spaces: Vec<(usize, u32, u32)>,
    /// The `CMap` that this one extends.
    pub(crate) base: Option<Vec<u8>>,
    /// Whether text is written vertically.
    pub(crate) vertical: bool,
    /// Whether characters that broke its order were left out.
    pub(crate) had_strays: bool,
}

#[derive(Clone, Debug, PartialEq)]
struct Range<T> {
    first: u32,
    last: u32,
    /// Bytes of its codes.
    len: usize,
    target: T,
}

impl CMap {
    /// Reads as much of `data` as makes sense, however tersely it is written: sections need no
    /// count, no white space and no end.
    pub(crate) fn parse(data: &[u8]) -> Self {
        const SECTIONS: [(&[u8], Section); 5] = [
            (b"codespacerange", Section::Spaces),
            (b"bfchar", Section::Texts),
            (b"bfrange", Section::TextRanges),
            (b"cidchar", Section::Cids),
            (b"cidrange", Section::CidRanges),
        ];
        let mut map = Self { base: base(data), vertical: is_vertical(data), ..Self::default() };
        // Sections are looked for rather than reached by reading, since damage often stands before
        // them.
        let mut rest = data;
        while let Some(at) = find(rest, b"begin") {
            rest = rest.get(at + b"begin".len()..).unwrap_or_default();
            let Some((name, section)) = SECTIONS.iter().find(|(name, _)| rest.starts_with(name)) else {
                continue;
            };
            let mut lexer = Lexer::new(rest.get(name.len()..).unwrap_or_default());
            match section {
                Section::Spaces => map.read_spaces(&mut lexer),
                Section::Texts => map.read_text_singles(&mut lexer),
                Section::TextRanges => map.read_text_ranges(&mut lexer),
                Section::Cids => map.read_cids(&mut lexer, false),
                Section::CidRanges => map.read_cids(&mut lexer, true),
            }
            rest = lexer.rest();
        }
        // Of ranges that begin alike the one written last is looked at first.
        map.texts.sort_by_key(|range| range.first);
        map.cids.sort_by_key(|range| range.first);
        map
    }

    /// The text of `code`, which has `len` bytes where codes of several lengths stand side by side; `None`
    /// where the map does not say, or says nothing sensible.
    pub(crate) fn text(&self, code: u32, len: Option<usize>) -> Option<String> {
        let range = holding(&self.texts, code, len)?;
        let offset = u16::try_from(code - range.first).ok()?;
        let mut units = range.target.clone();
        let last = units.last_mut()?;
        *last = last.checked_add(offset)?;
        // Several producers end the text with a null.
        while units.len() > 1 && units.last() == Some(&0) {
            units.pop();
        }
        String::from_utf16(&units).ok()
    }

    /// The map without the text of codes that break its order.
    pub(crate) fn without_strays(mut self) -> Self {
        let step = |range: &Range<Vec<u16>>| {
            let [unit] = *range.target.as_slice() else { return None };
            Some((unit, unit.checked_add(u16::try_from(range.last - range.first).ok()?)?))
        };
        let steps: Vec<_> = self.texts.iter().map(step).collect();
        let strays = strays(&steps);
        self.had_strays = !strays.is_empty();
        // Their codes stay, so that no other range speaks for them.
        for place in strays {
            if let Some(range) = self.texts.get_mut(place) {
                range.target.clear();
            }
        }
        self
    }

    /// The CID of `code`.
    pub(crate) fn cid(&self, code: u32) -> Option<u32> {
        let range = holding(&self.cids, code, None)?;
        range.target.checked_add(code - range.first)
    }

    /// Whether any code has a text.
    pub(crate) fn has_texts(&self) -> bool {
        !self.texts.is_empty()
    }

    /// How far texts are from their codes, where that is the same for most: nothing where a producer wrote
    /// glyph numbers for characters.
    pub(crate) fn shift(&self) -> Option<i64> {
        let (mut widths, mut all) = (BTreeMap::new(), 0u64);
        for range in &self.texts {
            let width = u64::from(range.last - range.first) + 1;
            all += width;
            if let [unit] = *range.target.as_slice() {
                *widths.entry(i64::from(unit) - i64::from(range.first)).or_insert(0) += width;
            }
        }
        let (shift, width) = widths.into_iter().max_by_key(|(_, width)| *width)?;
        (all > 4 && width * 10 >= all * 9).then_some(shift)
    }

    /// Some of the codes that have a text, from all of its ranges, with their numbers of bytes.
    pub(crate) fn some_codes(&self) -> impl Iterator<Item = (u32, usize)> {
        const MOST: usize = 512;
        let ranges = self.texts.len().max(1);
        let of_each = (MOST / ranges).max(1);
        let codes = move |range: &Range<_>| {
            let len = range.len;
            (range.first..=range.last).take(of_each).map(move |code| (code, len))
        };
        self.texts.iter().step_by(ranges.div_ceil(MOST)).flat_map(codes)
    }

    /// Whether codes of several lengths stand side by side.
    pub(crate) fn is_mixed(&self) -> bool {
        self.spaces.iter().any(|(len, ..)| Some(len) != self.spaces.first().map(|(first, ..)| first))
    }

    /// Number of bytes of the code that `bytes` begins with; `None` where the map does not say.
    pub(crate) fn code_len(&self, bytes: &[u8]) -> Option<usize> {
        let mut code = 0u32;
        for (index, byte) in bytes.iter().take(4).enumerate() {
            code = code << 8 | u32::from(*byte);
            let inside = |space: &&(usize, u32, u32)| {
                let (len, low, high) = **space;
                len == index + 1
                    && (0..len).all(|at| {
                        let part = |code: u32| code >> (8 * at) & 0xFF;
                        (part(low)..=part(high)).contains(&part(code))
                    })
            };
            if self.spaces.iter().any(|space| inside(&space)) {
                return Some(index + 1);
            }
        }
        self.spaces.iter().map(|(len, ..)| *len).min()
    }

    fn read_spaces(&mut self, lexer: &mut Lexer<'_>) {
        while let Some(low) = next_code(lexer)
            && let Some(high) = next_code(lexer)
        {
            if (1..=4).contains(&low.len) && self.spaces.len() < 64 {
                self.spaces.push((low.len, low.value, high.value));
            }
        }
    }

    fn read_text_singles(&mut self, lexer: &mut Lexer<'_>) {
        // Where pairs stand on lines of their own, half a pair must not put the rest out of step.
        let mut in_lines = None;
        let mut pending = next_code(lexer);
        while let Some(code) = pending.take() {
            let token = lexer.next_token();
            let in_lines = *in_lines.get_or_insert(!lexer.began_line);
            pending = match token {
                Some(Token::String(text)) if in_lines && lexer.began_line => {
                    Code::read(&text).or_else(|| next_code(lexer))
                }
                Some(Token::String(text)) => {
                    self.add_text(code, code, read_text(&text, lexer));
                    next_code(lexer)
                }
                // A glyph's name instead of its text.
                Some(Token::Name(name)) => {
                    self.add_text(code, code, name_units(&name));
                    next_code(lexer)
                }
                Some(Token::Keyword(word)) if word.starts_with(b"end") => None,
                Some(_) => next_code(lexer),
                None => None,
            };
        }
    }

    fn read_text_ranges(&mut self, lexer: &mut Lexer<'_>) {
        while let Some(first) = next_code(lexer)
            && let Some(last) = next_code(lexer)
        {
            match lexer.next_token() {
                Some(Token::String(text)) => self.add_text(first, last, read_text(&text, lexer)),
                Some(Token::ArrayOpen) => {
                    let mut code = first;
                    loop {
                        match lexer.next_token() {
                            Some(Token::String(text)) => {
                                self.add_text(code, code, read_text(&text, lexer));
                            }
                            Some(Token::Name(name)) => self.add_text(code, code, name_units(&name)),
                            _ => break,
                        }
                        code.value = code.value.saturating_add(1);
                    }
                }
                _ => return,
            }
        }
    }

    fn read_cids(&mut self, lexer: &mut Lexer<'_>, ranges: bool) {
        while let Some(first) = next_code(lexer) {
            let last = if ranges { next_code(lexer) } else { Some(first) };
            let (Some(last), Some(Token::Number(cid))) = (last, lexer.next_token()) else { return };
            let fits = first.value <= last.value && (0.0..=65_535.0).contains(&cid);
            if fits && self.cids.len() < MOST_RANGES {
                let target = whole(cid);
                self.cids.push(Range { first: first.value, last: last.value, len: first.len, target });
            }
        }
    }

    fn add_text(&mut self, first: Code, last: Code, target: Vec<u16>) {
        let fits = !target.is_empty() && target.len() <= LONGEST_TEXT && first.value <= last.value;
        let fits = fits && first.sound && last.sound;
        if fits && self.texts.len() < MOST_RANGES {
            self.texts.push(Range { first: first.value, last: last.value, len: first.len, target });
        }
    }
}

/// The range that holds `code`, if need be of so many bytes.
fn holding<T>(ranges: &[Range<T>], code: u32, len: Option<usize>) -> Option<&Range<T>> {
    let end = ranges.partition_point(|range| range.first <= code);
    let holds = |range: &&Range<T>| code <= range.last && len.is_none_or(|len| range.len == len);
    ranges.get(..end)?.iter().rev().take(MOST_OVERLAPS).find(holds)
}

/// The parts of a `CMap` that hold ranges.
#[derive(Clone, Copy)]
enum Section {
    Spaces,
    Texts,
    TextRanges,
    Cids,
    CidRanges,
}

/// The name before `usecmap`.
fn base(data: &[u8]) -> Option<Vec<u8>> {
    let head = data.get(..find(data, b"usecmap")?)?;
    let name = head.get(head.iter().rposition(|byte| *byte == b'/')?..)?;
    match Lexer::new(name).next_token()? {
        Token::Name(name) => Some(name.into_owned()),
        _ => None,
    }
}

fn is_vertical(data: &[u8]) -> bool {
    let mode = find(data, b"/WMode").and_then(|at| data.get(at + b"/WMode".len()..));
    mode.is_some_and(|mode| matches!(Lexer::new(mode).next_token(), Some(Token::Number(mode)) if mode > 0.5))
}

#[derive(Clone, Copy)]
struct Code {
    value: u32,
    len: usize,
    /// Whether nothing but digits tells it.
    sound: bool,
}

impl Code {
    /// A code of these bytes; `None` where they are too many for one.
    fn read(bytes: &[u8]) -> Option<Self> {
        let value = bytes.iter().fold(0, |value, byte| value << 8 | u32::from(*byte));
        (bytes.len() <= LONGEST_CODE).then_some(Self { value, len: bytes.len(), sound: true })
    }
}

/// The code that comes next; `None` where the section ends. Debris before it is left out.
fn next_code(lexer: &mut Lexer<'_>) -> Option<Code> {
    loop {
        let before = lexer.clone();
        match lexer.next_token()? {
            Token::String(bytes) => {
                if let Some(code) = Code::read(&bytes) {
                    return Some(Code { sound: !mem::take(&mut lexer.broken), ..code });
                }
            }
            Token::Keyword(word) if word.starts_with(b"end") || word.starts_with(b"begin") => {
                *lexer = before;
                return None;
            }
            _ => {}
        }
    }
}

/// The text of a string as the lexer left it; none where anything but digits stood in it.
fn read_text(bytes: &[u8], lexer: &mut Lexer<'_>) -> Vec<u16> {
    if mem::take(&mut lexer.broken) { Vec::new() } else { utf16(bytes) }
}

fn utf16(bytes: &[u8]) -> Vec<u16> {
    if let [byte] = *bytes {
        return vec![u16::from(byte)];
    }
    bytes.chunks_exact(2).take(LONGEST_TEXT + 1).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect()
}

fn name_units(name: &[u8]) -> Vec<u16> {
    let text: String = super::encoding::characters_of_name(name);
    text.encode_utf16().collect()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the caller checks the range")]
fn whole(number: f32) -> u32 {
    number as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn singles_ranges_and_lists() {
        let map = CMap::parse(
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange
              2 beginbfchar <0003> <4E00> <0004> <D840DC00> endbfchar
              2 beginbfrange <0010> <0012> <7532> <0020> <0021> [<4E59> <00660069>] endbfrange",
        );
        assert_eq!(map.text(3, None).as_deref(), Some("一"));
        assert_eq!(map.text(4, None).as_deref(), Some("\u{20000}"));
        assert_eq!(map.text(0x12, None).as_deref(), Some("甴"));
        assert_eq!(map.text(0x20, None).as_deref(), Some("乙"));
        assert_eq!(map.text(0x21, None).as_deref(), Some("fi"));
        assert_eq!(map.text(0x22, None), None);
        assert_eq!(map.code_len(&[0, 3, 0]), Some(2));
    }

    #[test]
    fn terse_forms() {
        let map = CMap::parse(b"beginbfchar<01><4E00><02>/A endbfchar beginbfrange<03><05><4E8C>");
        assert_eq!(map.text(1, None).as_deref(), Some("一"));
        assert_eq!(map.text(2, None).as_deref(), Some("A"));
        assert_eq!(map.text(4, None).as_deref(), Some("亍"));
    }

    #[test]
    fn half_a_pair_puts_nothing_out_of_step() {
        let map = CMap::parse(b"beginbfchar\n<01> <4E00>\n<02> <<4E01>\n<4E02>\n<03> <4E03>\nendbfchar");
        assert_eq!(map.text(1, None).as_deref(), Some("一"));
        assert_eq!(map.text(2, None), None);
        assert_eq!(map.text(3, None).as_deref(), Some("七"));
    }

    #[test]
    fn what_is_no_digit_makes_a_pair_unknown() {
        let map = CMap::parse(
            b"beginbfchar <01> <4E00> <02> <4]01> <0p3> <4E03> <04> <4E 08> endbfchar
              beginbfrange <10> <12> <4@00> <13> <14> [<4E0!> <4E09>] endbfrange",
        );
        let texts = [1, 2, 3, 4, 0x10, 0x13, 0x14].map(|code| map.text(code, None));
        let expected = [Some("一"), None, None, Some("丈"), None, None, Some("三")];
        assert_eq!(texts.each_ref().map(Option::as_deref), expected);
        assert_eq!(map.text(0x30, None), None);
    }

    #[test]
    fn hostile_ranges_cost_nothing() {
        let map = CMap::parse(b"1 beginbfrange <00000000> <FFFFFFFF> <0000> endbfrange");
        assert_eq!(map.text(0x4E00, None).as_deref(), Some("一"));
        assert_eq!(map.text(0xFFFF_FFFF, None), None);
        let map = CMap::parse(b"2 beginbfrange <FFFF> <0000> <4E00> <0000> <FFFF> <FFFF> endbfrange");
        assert_eq!(map.text(1, None), None);
        let map = CMap::parse(b"1 beginbfchar <0001> <D800> endbfchar");
        assert_eq!(map.text(1, None), None);
    }

    #[test]
    fn glyph_numbers_for_characters() {
        assert_eq!(CMap::parse(b"1 beginbfrange <0000> <FFFF> <0000> endbfrange").shift(), Some(0));
        assert_eq!(CMap::parse(b"1 beginbfrange <0003> <00FF> <0020> endbfrange").shift(), Some(29));
        let map = CMap::parse(b"2 beginbfrange <0000> <0003> <4E00> <0004> <0007> <5E00> endbfrange");
        assert_eq!(map.shift(), None);
    }

    #[test]
    fn codes_of_one_byte_are_not_those_of_two() {
        let map = CMap::parse(b"2 beginbfchar <0032> <4E00> <33> <0033> endbfchar");
        assert_eq!((map.text(0x32, Some(1)), map.text(0x32, None).as_deref()), (None, Some("一")));
        assert_eq!(map.text(0x33, Some(1)).as_deref(), Some("3"));
        assert_eq!(map.some_codes().collect::<Vec<_>>(), [(0x32, 2), (0x33, 1)]);
    }

    #[test]
    fn encodings() {
        let map = CMap::parse(
            b"/WMode 1 def /GBK-EUC-H usecmap
              1 begincodespacerange <00> <80> <8140> <FEFE> endcodespacerange
              1 begincidrange <8140> <8145> 100 endcidrange 1 begincidchar <20> 7 endcidchar",
        );
        assert!(map.vertical);
        assert_eq!(map.base.as_deref(), Some(b"GBK-EUC-H".as_slice()));
        assert_eq!((map.cid(0x8142), map.cid(0x20), map.cid(0x21)), (Some(102), Some(7), None));
        assert_eq!((map.code_len(&[0x20, 0x81]), map.code_len(&[0x81, 0x42])), (Some(1), Some(2)));
    }
}
