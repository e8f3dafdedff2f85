//! The `CMap`s that PDF takes for granted (`GBK-EUC-H`, `UniGB-UCS2-H`, …), and CIDs to characters.

use hayro_cmap::{BfString, CMapName, CidFamily, load_embedded};

/// A predefined `CMap`.
pub(crate) struct Predefined {
    map: hayro_cmap::CMap,
    split: Split,
    /// Whether its codes are characters themselves.
    pub(crate) unicode: bool,
    /// Whether text is written vertically.
    pub(crate) vertical: bool,
}

/// How the bytes of a string split into codes.
#[derive(Clone, Copy, PartialEq)]
enum Split {
    /// Two bytes each.
    Pairs,
    /// Two bytes, or four for a surrogate pair.
    Utf16,
    /// One byte below 0x81, else two: EUC, GBK and Big5.
    Mixed,
    /// As `Mixed`, and four where the second byte is a digit: GB 18030.
    Gb18030,
    /// One byte also from 0xA0 to 0xDF: Shift JIS.
    ShiftJis,
}

impl Predefined {
    /// The `CMap` of this name; `None` where there is none.
    pub(crate) fn by_name(name: &[u8]) -> Option<Self> {
        let (map, split) = match name {
            b"Identity-H" => (hayro_cmap::CMap::identity_h(), Split::Pairs),
            b"Identity-V" => (hayro_cmap::CMap::identity_v(), Split::Pairs),
            _ => (embedded(CMapName::from_bytes(name))?, split_of(name)),
        };
        let unicode = name.starts_with(b"Uni");
        Some(Self { map, split, unicode, vertical: name.ends_with(b"-V") || name == b"V" })
    }

    /// Number of bytes of the code that `bytes` begins with.
    pub(crate) fn code_len(&self, bytes: &[u8]) -> usize {
        let (first, second) = (bytes.first().copied().unwrap_or(0), bytes.get(1).copied().unwrap_or(0));
        match self.split {
            Split::Utf16 if (0xD8..0xDC).contains(&first) => 4,
            Split::Mixed | Split::Gb18030 | Split::ShiftJis if first <= 0x80 => 1,
            Split::Gb18030 if second.is_ascii_digit() => 4,
            Split::ShiftJis if (0xA0..0xE0).contains(&first) => 1,
            _ => 2,
        }
    }

    /// Whether its codes name characters of a standard, rather than glyphs.
    pub(crate) fn names_characters(&self) -> bool {
        self.map.metadata().name.as_deref().is_none_or(|name| !name.starts_with(b"Identity"))
    }

    /// Whether codes of several lengths stand side by side.
    pub(crate) fn is_mixed(&self) -> bool {
        self.split != Split::Pairs
    }

    /// The CID of a code of `len` bytes.
    pub(crate) fn cid(&self, code: u32, len: usize) -> Option<u32> {
        self.map.lookup_cid_code(code, u8::try_from(len).ok()?)
    }

    /// The character that `code` is, where the map's codes are characters.
    pub(crate) fn character(&self, code: u32, len: usize) -> Option<char> {
        if !self.unicode {
            return None;
        }
        if len < 4 {
            return char::from_u32(code);
        }
        let units = [u16::try_from(code >> 16).ok()?, u16::try_from(code & 0xFFFF).ok()?];
        char::decode_utf16(units).next()?.ok()
    }
}

fn split_of(name: &[u8]) -> Split {
    let has = |part: &[u8]| name.windows(part.len()).any(|window| window == part);
    if has(b"UTF16") {
        Split::Utf16
    } else if has(b"GBK2K") {
        Split::Gb18030
    } else if has(b"RKSJ") {
        Split::ShiftJis
    } else if [b"EUC".as_slice(), b"GBK", b"B5", b"UHC", b"Johab"].into_iter().any(has) {
        Split::Mixed
    } else {
        // UCS-2, and the rows and cells of a standard itself: `H`.
        Split::Pairs
    }
}

fn embedded(name: CMapName<'_>) -> Option<hayro_cmap::CMap> {
    hayro_cmap::CMap::parse(load_embedded(name)?, load_embedded)
}

/// The characters of a collection of Adobe's, by CID.
pub(crate) struct Collection(hayro_cmap::CMap);

impl Collection {
    /// The collection of this registry and ordering, such as Adobe and GB1.
    pub(crate) fn find(registry: &[u8], ordering: &[u8]) -> Option<Self> {
        let family = CidFamily::from_registry_ordering(registry, ordering);
        embedded(family.ucs2_cmap()?).map(Self)
    }

    /// The text of a CID.
    pub(crate) fn text(&self, cid: u32) -> Option<String> {
        match self.0.lookup_bf_string(cid)? {
            BfString::Char(character) => Some(character.to_string()),
            BfString::String(text) => Some(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gbk() {
        let map = Predefined::by_name(b"GBK-EUC-H").unwrap();
        let collection = Collection::find(b"Adobe", b"GB1").unwrap();
        let text = |code, len| map.cid(code, len).and_then(|cid| collection.text(cid));
        assert_eq!(map.code_len(&[0xD6, 0xD0]), 2);
        assert_eq!(text(0xD6D0, 2).as_deref(), Some("中"));
        assert_eq!(map.code_len(b"A"), 1);
        assert_eq!(text(0x41, 1).as_deref(), Some("A"));
    }

    #[test]
    fn unicode_codes_are_characters() {
        let map = Predefined::by_name(b"UniGB-UTF16-V").unwrap();
        assert!(map.vertical);
        assert_eq!(map.code_len(&[0xD8, 0x40]), 4);
        assert_eq!(map.character(0xD840_DC00, 4), Some('\u{20000}'));
        assert_eq!(map.character(0x4E2D, 2), Some('中'));
        assert!(Predefined::by_name(b"No-Such-H").is_none());
    }

    #[test]
    fn codes_of_two_bytes_and_of_several() {
        for (name, is_mixed) in [(b"UniGB-UCS2-H".as_slice(), false), (b"V", false), (b"GBpc-EUC-H", true)] {
            let map = Predefined::by_name(name).unwrap();
            assert_eq!(
                (map.code_len(&[0x30, 0x21]), map.is_mixed()),
                (if is_mixed { 1 } else { 2 }, is_mixed)
            );
            assert!(map.names_characters());
        }
        assert!(!Predefined::by_name(b"Identity-V").unwrap().names_characters());
    }
}
