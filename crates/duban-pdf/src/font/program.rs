//! An embedded font program, asked backwards: which character does a glyph show?

use std::collections::HashMap;

use encoding_rs::{BIG5, GBK, SHIFT_JIS};
use skrifa::font::charmap::EncodingKind;
use skrifa::raw::FontRead;
use skrifa::raw::ps::cff::dict::{self, Entry};
use skrifa::raw::ps::cff::v1::Cff;
use skrifa::{Font, FontRef, GlyphId, Tag};

/// What an embedded font program tells.
pub(crate) struct Program {
    font: Font,
    /// The CFF table of an OpenType font by itself: only there CIDs are known.
    outlines: Option<Font>,
    /// Characters by glyph.
    characters: HashMap<u32, char>,
    /// The registry and ordering of the collection that its CIDs are taken from, where they are.
    pub(crate) collection: Option<(Vec<u8>, Vec<u8>)>,
}

impl Program {
    /// Reads a font program of any kind; `None` where it makes no sense.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let font = Font::new(bytes.to_vec(), 0)?;
        let outlines = FontRef::new(bytes).ok().and_then(|tables| tables.table_data(Tag::new(b"CFF ")));
        let outlines = outlines.map(|table| table.as_bytes().to_vec());
        let collection = collection(outlines.as_deref().unwrap_or(bytes));
        let outlines = outlines.and_then(|table| Font::new(table, 0));
        let mut program = Self { characters: characters(&font), font, outlines, collection };
        // A subset may number its glyphs anew and keep the name of the collection.
        let last = program.glyph_count().saturating_sub(1);
        if program.glyph_of_cid(last) == last {
            program.collection = None;
        }
        Some(program)
    }

    /// Number of glyphs.
    pub(crate) fn glyph_count(&self) -> u32 {
        self.font.num_glyphs()
    }

    /// Whether it maps any character to a glyph.
    pub(crate) fn has_characters(&self) -> bool {
        !self.characters.is_empty()
    }

    /// The text that `glyph` shows, by the font's own map or by the glyph's name.
    pub(crate) fn text(&self, glyph: u32) -> Option<String> {
        if let Some(character) = self.characters.get(&glyph) {
            return Some(character.to_string());
        }
        let name = self.font.glyph_name(GlyphId::new(glyph))?;
        let text = super::encoding::characters_of_name(name.as_str().as_bytes());
        (!text.is_empty()).then_some(text)
    }

    /// The glyph of a CID, in fonts that know CIDs; else the number itself.
    pub(crate) fn glyph_of_cid(&self, cid: u32) -> u32 {
        let font = self.outlines.as_ref().unwrap_or(&self.font);
        if font.is_cid_keyed() { font.glyph_by_cid(cid).map_or(0, GlyphId::to_u32) } else { cid }
    }

    /// The glyph of a one-byte code, by the encoding inside the font: that for symbols, which is made for
    /// such codes, before others.
    pub(crate) fn glyph_of_code(&self, code: u32) -> Option<u32> {
        let charmap = self.font.charmap();
        let of_kind = |symbols: bool| {
            charmap.encodings().filter(move |it| (it.kind() == EncodingKind::MsSymbol) == symbols)
        };
        of_kind(true)
            .chain(of_kind(false))
            .find_map(|encoding| {
                charmap.map_code(encoding, code).or_else(|| charmap.map_code(encoding, 0xF000 + code))
            })
            .map(GlyphId::to_u32)
    }
}

/// The characters of a font's glyphs, by all of its maps whose codes are characters.
fn characters(font: &Font) -> HashMap<u32, char> {
    let charmap = font.charmap();
    let by_names = !charmap.unicode_is_symbol() && !charmap.unicode_is_mac_roman();
    let chosen = charmap.unicodes().filter(|_| by_names);
    let chosen = chosen.filter_map(|(code, glyph)| Some((char::from_u32(code)?, glyph)));
    let others = charmap.encodings().filter(|it| !by_names || it.kind() != EncodingKind::Unicode);
    let others = others.flat_map(|encoding| {
        let codes = charmap.codes(encoding);
        codes.filter_map(move |(code, glyph)| Some((character(encoding.kind(), code)?, glyph)))
    });
    let mut characters: HashMap<u32, char> = HashMap::new();
    for (character, glyph) in chosen.chain(others) {
        let known = characters.entry(glyph.to_u32()).or_insert(character);
        if rank(character) < rank(*known) {
            *known = character;
        }
    }
    characters
}

/// The character of a code in a font's map of this kind.
fn character(kind: EncodingKind, code: u32) -> Option<char> {
    let table = match kind {
        EncodingKind::Unicode => return char::from_u32(code),
        EncodingKind::Prc => GBK,
        EncodingKind::Big5 => BIG5,
        EncodingKind::Sjis => SHIFT_JIS,
        _ => return None,
    };
    let bytes = u16::try_from(code).ok()?.to_be_bytes();
    let bytes = bytes.strip_prefix(&[0]).unwrap_or(&bytes);
    let text = table.decode_without_bom_handling_and_without_replacement(bytes)?;
    let mut characters = text.chars();
    characters.next().filter(|_| characters.next().is_none())
}

/// The registry and ordering that the outlines of a font with CIDs name.
fn collection(outlines: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let font = Cff::read(outlines.into()).ok()?;
    dict::entries(font.top_dicts().get(0)?, None).find_map(|entry| match entry {
        Ok(Entry::Ros { registry, ordering, .. }) => {
            Some((font.string(registry)?.to_vec(), font.string(ordering)?.to_vec()))
        }
        _ => None,
    })
}

/// Which of several characters of one glyph is meant: plain ones before radicals, compatibility
/// forms and private ones.
fn rank(character: char) -> u8 {
    match u32::from(character) {
        0xE000..=0xF8FF | 0xF_0000.. => 3,
        0x2E80..=0x2FDF | 0xF900..=0xFAFF | 0x2_F800..=0x2_FA1F => 2,
        0xA0 | 0xAD | 0xFE10..=0xFE6F => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A map from codes on `first` and behind to glyphs: platform, encoding, first code, glyphs.
    type Map = (u16, u16, u16, &'static [u16]);

    fn words(words: &[u16]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_be_bytes()).collect()
    }

    fn number(len: usize) -> u16 {
        u16::try_from(len).unwrap()
    }

    /// A font of nothing but character maps.
    fn font(maps: &[Map]) -> Vec<u8> {
        let (mut records, mut tables) = (vec![0, number(maps.len())], Vec::new());
        for (platform, encoding, first, glyphs) in maps {
            let at = 4 + 8 * maps.len() + tables.len() * 2;
            records.extend([*platform, *encoding, 0, number(at)]);
            tables.extend([6, number(10 + 2 * glyphs.len()), 0, *first, number(glyphs.len())]);
            tables.extend(*glyphs);
        }
        let cmap = words(&[records, tables].concat());
        let mut bytes = words(&[1, 0, 1, 0, 0, 0]);
        bytes.extend(b"cmap");
        bytes.extend(words(&[0, 0, 0, 28, 0, number(cmap.len())]));
        bytes.extend(cmap);
        bytes
    }

    #[test]
    fn codes_of_national_standards_are_characters() {
        let program = Program::read(&font(&[(3, 3, 0xD6D0, &[7]), (3, 4, 0xA4A4, &[8])])).unwrap();
        assert_eq!((program.text(7), program.text(8)), (Some("中".to_owned()), Some("中".to_owned())));
        assert_eq!(character(EncodingKind::Sjis, 0x8140), Some('\u{3000}'));
        assert_eq!(character(EncodingKind::Prc, 0x0001_0041), None);
    }

    #[test]
    fn codes_for_symbols_tell_glyphs_and_other_maps_their_characters() {
        let program = Program::read(&font(&[(0, 3, 0x30, &[5, 6]), (3, 0, 0xF030, &[6, 5])])).unwrap();
        let text = |code| program.text(program.glyph_of_code(code)?);
        assert_eq!((text(0x30), text(0x31)), (Some("1".to_owned()), Some("0".to_owned())));
    }

    #[test]
    fn outlines_name_their_collection() {
        let top = [[248, 27, 248, 28].as_slice(), &[139, 12, 30]].concat();
        let mut bytes =
            vec![1, 0, 4, 1, 0, 1, 1, 1, 2, b'F', 0, 1, 1, 1, 1 + u8::try_from(top.len()).unwrap()];
        bytes.extend(top);
        bytes.extend([0, 2, 1, 1, 6, 9]);
        bytes.extend(b"AdobeGB1");
        bytes.extend([0, 0, 0]);
        assert_eq!(collection(&bytes), Some((b"Adobe".to_vec(), b"GB1".to_vec())));
        assert_eq!(collection(b"no font"), None);
    }
}
