//! An embedded font program, asked backwards: which character does a glyph show?

use std::collections::HashMap;

use skrifa::{Font, FontRef, GlyphId, Tag};

/// What an embedded font program tells.
pub(crate) struct Program {
    font: Font,
    /// The CFF table of an OpenType font by itself: only there CIDs are known.
    outlines: Option<Font>,
    /// Characters by glyph.
    characters: HashMap<u32, char>,
}

impl Program {
    /// Reads a font program of any kind; `None` where it makes no sense.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let font = Font::new(bytes.to_vec(), 0)?;
        let charmap = font.charmap();
        let mut characters: HashMap<u32, char> = HashMap::new();
        if !charmap.unicode_is_symbol() && !charmap.unicode_is_mac_roman() {
            for (code, glyph) in charmap.unicodes() {
                let Some(character) = char::from_u32(code) else { continue };
                let known = characters.entry(glyph.to_u32()).or_insert(character);
                if rank(character) < rank(*known) {
                    *known = character;
                }
            }
        }
        let outlines = FontRef::new(bytes).ok().and_then(|tables| tables.table_data(Tag::new(b"CFF ")));
        let outlines = outlines.and_then(|table| Font::new(table.as_bytes().to_vec(), 0));
        Some(Self { font, outlines, characters })
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

    /// The glyph of a one-byte code, by the encoding inside the font.
    pub(crate) fn glyph_of_code(&self, code: u32) -> Option<u32> {
        let charmap = self.font.charmap();
        charmap
            .encodings()
            .find_map(|encoding| {
                charmap.map_code(encoding, code).or_else(|| charmap.map_code(encoding, 0xF000 + code))
            })
            .map(GlyphId::to_u32)
    }
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
