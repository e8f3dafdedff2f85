//! Fonts with codes of several bytes, as all Chinese text uses.
//!
//! Whom to believe about a code's character, in this order: a `ToUnicode` that makes sense, the
//! code itself where the encoding's codes are characters, the CID where its collection is known, the
//! embedded font's own map read backwards. Otherwise nobody knows, and the glyph is counted.

use std::cell::OnceCell;
use std::rc::Rc;

use lopdf::{Dictionary, Object};

use super::cmap::CMap;
use super::predefined::{Collection, Predefined};
use super::program::Program;
use super::strays::is_latin;
use super::widths::CidTable;
use super::{Advance, load_program};
use crate::file::{File, as_dictionary};

/// A composite font.
pub(crate) struct Composite<'f> {
    file: &'f File<'f>,
    descendant: Option<&'f Dictionary>,
    encoding: Encoding,
    to_unicode: Option<CMap>,
    collection: OnceCell<Option<Collection>>,
    /// Two bytes for each CID; `None` where CIDs are glyphs.
    glyphs: Option<Rc<Vec<u8>>>,
    program: OnceCell<Option<Program>>,
    widths: CidTable<1>,
    default_width: f32,
    vertical_widths: CidTable<3>,
    default_vertical: [f32; 2],
    trusts_to_unicode: OnceCell<bool>,
}

enum Encoding {
    Predefined(Predefined),
    Embedded(CMap, Option<Predefined>),
}

impl Encoding {
    fn read(file: &File<'_>, font: &Dictionary) -> Self {
        let unknown = || Self::Embedded(CMap::default(), None);
        let identity = || Predefined::by_name(b"Identity-H").map_or_else(unknown, Self::Predefined);
        match file.get(font, b"Encoding") {
            // Of a map that nobody here knows no code means anything.
            Some(Object::Name(name)) => match Predefined::by_name(name) {
                Some(map) => Self::Predefined(map),
                None if name.starts_with(b"Identity") => identity(),
                None => unknown(),
            },
            Some(stream @ Object::Stream(_)) => {
                let mut map = CMap::parse(&file.unpack(stream));
                let dictionary = as_dictionary(stream);
                map.vertical |= dictionary.and_then(|it| file.integer(it, b"WMode")) == Some(1);
                let named = dictionary.and_then(|it| file.name(it, b"UseCMap"));
                let base = named.or(map.base.as_deref()).and_then(Predefined::by_name);
                Self::Embedded(map, base)
            }
            _ => identity(),
        }
    }

    fn code_len(&self, bytes: &[u8]) -> usize {
        match self {
            Self::Predefined(map) => map.code_len(bytes),
            Self::Embedded(map, base) => {
                map.code_len(bytes).unwrap_or_else(|| base.as_ref().map_or(2, |base| base.code_len(bytes)))
            }
        }
    }

    fn cid(&self, code: u32, len: usize) -> u32 {
        match self {
            Self::Predefined(map) => map.cid(code, len),
            Self::Embedded(map, base) => {
                map.cid(code).or_else(|| base.as_ref().and_then(|base| base.cid(code, len)))
            }
        }
        .unwrap_or(0)
    }

    fn character(&self, code: u32, len: usize) -> Option<char> {
        match self {
            Self::Predefined(map) => map.character(code, len),
            Self::Embedded(map, base) => {
                base.as_ref().filter(|_| map.cid(code).is_none()).and_then(|base| base.character(code, len))
            }
        }
    }

    /// Whether its codes name characters of a standard, rather than glyphs.
    fn names_characters(&self) -> bool {
        matches!(self, Self::Predefined(map) if map.names_characters())
    }

    /// Whether codes of several lengths stand side by side.
    fn is_mixed(&self) -> bool {
        match self {
            Self::Predefined(map) => map.is_mixed(),
            Self::Embedded(map, base) => map.is_mixed() || base.as_ref().is_some_and(Predefined::is_mixed),
        }
    }

    fn vertical(&self) -> bool {
        match self {
            Self::Predefined(map) => map.vertical,
            Self::Embedded(map, _) => map.vertical,
        }
    }
}

impl<'f> Composite<'f> {
    pub(crate) fn read(file: &'f File<'f>, font: &'f Dictionary, to_unicode: Option<CMap>) -> Self {
        let descendant = match file.get(font, b"DescendantFonts") {
            Some(Object::Array(fonts)) => fonts.first().and_then(|first| as_dictionary(file.resolve(first))),
            Some(other) => as_dictionary(other),
            None => None,
        };
        let array = |key| descendant.and_then(|it| file.array(it, key)).unwrap_or_default();
        let number = |key| descendant.and_then(|it| file.number(it, key));
        let glyphs = descendant.and_then(|it| file.get(it, b"CIDToGIDMap"));
        let default_vertical = descendant.and_then(|it| file.numbers(it, b"DW2")).unwrap_or_default();
        Self {
            file,
            descendant,
            encoding: Encoding::read(file, font),
            to_unicode,
            collection: OnceCell::new(),
            glyphs: glyphs.filter(|it| matches!(it, Object::Stream(_))).map(|stream| file.unpack(stream)),
            program: OnceCell::new(),
            widths: CidTable::read(file, array(b"W")),
            default_width: number(b"DW").unwrap_or(1000.0),
            vertical_widths: CidTable::read(file, array(b"W2")),
            default_vertical: match *default_vertical.as_slice() {
                [origin, advance, ..] => [origin, advance],
                _ => [880.0, -1000.0],
            },
            trusts_to_unicode: OnceCell::new(),
        }
    }

    pub(crate) fn vertical(&self) -> bool {
        self.encoding.vertical()
    }

    /// Number of bytes of the code that `bytes` begins with.
    pub(crate) fn code_len(&self, bytes: &[u8]) -> usize {
        self.encoding.code_len(bytes)
    }

    /// How far the glyph of a code advances.
    pub(crate) fn advance(&self, code: u32, len: usize) -> Advance {
        let cid = self.encoding.cid(code, len);
        let width = self.widths.of(cid).map_or(self.default_width, |[width]| width);
        let [origin, down] = self.default_vertical;
        let [down, x, y] = self.vertical_widths.of(cid).unwrap_or([down, width / 2.0, origin]);
        Advance { width, down, x, y }
    }

    /// The text of a code; `None` where nobody knows.
    pub(crate) fn text(&self, code: u32, len: usize) -> Option<String> {
        let by_map = || {
            let map = self.to_unicode.as_ref().filter(|_| self.trusts_to_unicode())?;
            self.mapped(map, code, len).filter(|text| !map.had_strays || self.fits(text, code, len))
        };
        let by_code = || duban_page::fold(self.encoding.character(code, len)?.encode_utf8(&mut [0; 4]));
        let cid = self.encoding.cid(code, len);
        let by_program = || {
            let program = self.program()?;
            duban_page::fold(&program.text(self.glyph(cid)?)?)
        };
        let by_collection = || duban_page::fold(&self.collection()?.text(cid)?);
        let known = by_map().or_else(by_code);
        // A font that claims a collection though its CIDs are its glyphs is found out by its own map.
        if self.claims_falsely() {
            known.or_else(by_program).or_else(by_collection)
        } else {
            known.or_else(by_collection).or_else(by_program)
        }
    }

    /// Whether CIDs are plainly the glyphs of an embedded TrueType font.
    fn claims_falsely(&self) -> bool {
        let embedded = self.descriptor().is_some_and(|it| self.file.get(it, b"FontFile2").is_some());
        embedded && self.glyphs.is_none() && self.program().is_some_and(Program::has_characters)
    }

    fn mapped(&self, map: &CMap, code: u32, len: usize) -> Option<String> {
        duban_page::fold(&map.text(code, self.encoding.is_mixed().then_some(len))?)
    }

    /// Whether the glyph of a code may have this text by its width: that of a Latin letter or a digit is
    /// narrower than an ideograph.
    fn fits(&self, text: &str, code: u32, len: usize) -> bool {
        const FULL: f32 = 950.0;
        !is_latin(text) || self.advance(code, len).width < FULL
    }

    /// Some producers write glyph numbers where `ToUnicode` should have characters, or those of another
    /// font. That is plain where codes name characters and the map has others; where the map only shifts
    /// numbers and the embedded font has other characters; and where glyphs are taken for characters and
    /// are too few for that.
    fn trusts_to_unicode(&self) -> bool {
        *self.trusts_to_unicode.get_or_init(|| {
            const FIRST_IDEOGRAPH: u32 = 0x4E00;
            let Some(map) = &self.to_unicode else { return true };
            if self.encoding.names_characters() {
                return !self.is_gainsaid(map, |code, len| self.named(code, len));
            }
            match map.shift() {
                Some(0) if self.glyphs.is_none() => self.program().is_none_or(|program| {
                    !program.has_characters() && program.glyph_count() > FIRST_IDEOGRAPH
                }),
                Some(_) => !self.is_gainsaid(map, |code, len| {
                    self.program()?.text(self.glyph(self.encoding.cid(code, len))?)
                }),
                None => true,
            }
        })
    }

    /// The character that a code names by its encoding alone.
    fn named(&self, code: u32, len: usize) -> Option<String> {
        let by_collection = || self.collection()?.text(self.encoding.cid(code, len));
        self.encoding.character(code, len).map(String::from).or_else(by_collection)
    }

    /// Whether most ideographs that `witness` sees are others in `map`.
    fn is_gainsaid(&self, map: &CMap, witness: impl Fn(u32, usize) -> Option<String>) -> bool {
        let is_ideograph = |text: &String| text.chars().all(|it| ('\u{3400}'..='\u{9fff}').contains(&it));
        let (mut all, mut others) = (0, 0);
        for (code, len) in map.some_codes() {
            let seen = witness(code, len).and_then(|text| duban_page::fold(&text)).filter(is_ideograph);
            if let Some(seen) = seen {
                all += 1;
                others += u32::from(self.mapped(map, code, len) != Some(seen));
            }
        }
        all >= 4 && others * 2 > all
    }

    fn glyph(&self, cid: u32) -> Option<u32> {
        let Some(map) = &self.glyphs else { return Some(self.program()?.glyph_of_cid(cid)) };
        let at = usize::try_from(cid).ok()? * 2;
        let pair = map.get(at..at + 2)?;
        Some(u32::from(pair[0]) << 8 | u32::from(pair[1]))
    }

    fn descriptor(&self) -> Option<&'f Dictionary> {
        self.file.dictionary(self.descendant?, b"FontDescriptor")
    }

    fn program(&self) -> Option<&Program> {
        self.program.get_or_init(|| load_program(self.file, self.descriptor()?)).as_ref()
    }

    fn collection(&self) -> Option<&Collection> {
        let find = || {
            let info = self.file.dictionary(self.descendant?, b"CIDSystemInfo")?;
            let string = |key| self.file.get(info, key).and_then(|it| it.as_str().ok());
            Collection::find(string(b"Registry")?, string(b"Ordering")?)
        };
        // The font itself may know better than a dictionary that says no more than `Identity`.
        let inside = || {
            let (registry, ordering) = self.program()?.collection.as_ref()?;
            Collection::find(registry, ordering)
        };
        self.collection.get_or_init(|| find().or_else(inside)).as_ref()
    }
}
