//! Fonts: bytes of a string to characters and how far each glyph advances.

mod cmap;
mod composite;
mod encoding;
mod predefined;
mod program;
mod shapes;
mod strays;
mod widths;

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use lopdf::{Dictionary, Object};

use self::cmap::CMap;
use self::composite::Composite;
use self::encoding::Encoding;
use self::program::Program;
use self::shapes::Shapes;
use self::strays::is_latin;
use self::widths::SimpleWidths;
use crate::file::File;

/// How far a glyph advances and where it hangs, in thousandths of an em.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Advance {
    /// To the right.
    pub(crate) width: f32,
    /// Downwards in vertical writing, as a negative number.
    pub(crate) down: f32,
    /// From the left edge of the glyph to where it hangs in vertical writing.
    pub(crate) x: f32,
    /// From its baseline up to there.
    pub(crate) y: f32,
}

/// What one code paints.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    /// Its text; `None` where nobody knows.
    pub(crate) text: Option<Box<str>>,
    /// How far it advances.
    pub(crate) advance: Advance,
}

/// A font of the file.
pub(crate) struct Font<'f> {
    kind: Kind<'f>,
    shapes: RefCell<Shapes>,
    /// Height of the em box in units of the font size; 1 but for Type 3 fonts.
    pub(crate) em: f32,
    /// Ems of advance for one unit of a width; 0.001 but for Type 3 fonts.
    pub(crate) unit: f32,
    /// Whether text is written vertically.
    pub(crate) vertical: bool,
    /// Whether content streams draw its glyphs: Type 3.
    pub(crate) drawn: bool,
}

enum Kind<'f> {
    Simple(Box<Simple<'f>>),
    Composite(Box<Composite<'f>>),
}

impl<'f> Font<'f> {
    pub(crate) fn read(siblings: &Rc<Siblings<'f>>, font: &'f Dictionary) -> Self {
        let file = siblings.file;
        let to_unicode = match file.get(font, b"ToUnicode") {
            Some(stream @ Object::Stream(_)) => Some(CMap::parse(&file.unpack(stream)).without_strays()),
            // A predefined identity map: codes are characters.
            Some(Object::Name(_)) => Some(CMap::parse(b"beginbfrange <0000> <FFFF> <0000>")),
            _ => None,
        };
        let to_unicode = to_unicode.filter(CMap::has_texts);
        let subtype = file.name(font, b"Subtype").unwrap_or_default();
        let (mut em, mut unit) = (1.0, 0.001);
        let is_drawn = subtype == b"Type3";
        if is_drawn {
            (em, unit) = type3_scale(file, font);
        }
        let is_composite = subtype == b"Type0" || file.get(font, b"DescendantFonts").is_some();
        let kind = if is_composite {
            Kind::Composite(Box::new(Composite::read(file, font, to_unicode)))
        } else {
            let siblings = is_drawn.then(|| Rc::clone(siblings));
            Kind::Simple(Box::new(Simple::read(file, font, to_unicode, siblings)))
        };
        let vertical = matches!(&kind, Kind::Composite(font) if font.vertical());
        Self { kind, shapes: RefCell::default(), em, unit, vertical, drawn: is_drawn }
    }

    /// Takes the first code off `bytes`: what it paints, and whether it is the one-byte space that
    /// word spacing applies to. `None` at the end.
    pub(crate) fn next_shape(&self, bytes: &mut &[u8]) -> Option<(Rc<Shape>, bool)> {
        let len = match &self.kind {
            Kind::Simple(_) => 1,
            Kind::Composite(font) => font.code_len(bytes).clamp(1, 4),
        };
        let len = len.min(bytes.len());
        let (head, rest) = bytes.split_at_checked(len).filter(|(head, _)| !head.is_empty())?;
        *bytes = rest;
        let code = head.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
        let known = self.shapes.borrow().get(code, len).cloned();
        let shape = known.unwrap_or_else(|| {
            let shape = Rc::new(self.shape(code, len));
            self.shapes.borrow_mut().insert(code, len, Rc::clone(&shape));
            shape
        });
        Some((shape, len == 1 && code == 32))
    }

    fn shape(&self, code: u32, len: usize) -> Shape {
        let (text, advance) = match &self.kind {
            Kind::Simple(font) => {
                (font.text(code), Advance { width: font.widths.of(code), ..Advance::default() })
            }
            Kind::Composite(font) => (font.text(code, len), font.advance(code, len)),
        };
        Shape { text: text.map(String::into_boxed_str), advance }
    }
}

/// Type 3 fonts measure glyphs in a space of their own.
fn type3_scale(file: &File<'_>, font: &Dictionary) -> (f32, f32) {
    let matrix = file.numbers(font, b"FontMatrix").unwrap_or_default();
    let across = matrix.first().copied().filter(|it| it.abs() > 1e-9).unwrap_or(0.001).abs();
    let up = matrix.get(3).copied().filter(|it| it.abs() > 1e-9).unwrap_or(across).abs();
    let height = match *file.numbers(font, b"FontBBox").unwrap_or_default().as_slice() {
        [_, y0, _, y1] => (y1 - y0).abs() * up,
        _ => 0.0,
    };
    (if height > 0.01 { height } else { 1.0 }, across)
}

/// A font with one-byte codes.
struct Simple<'f> {
    file: &'f File<'f>,
    descriptor: Option<&'f Dictionary>,
    to_unicode: Option<CMap>,
    encoding: Encoding,
    widths: SimpleWidths,
    program: OnceCell<Option<Program>>,
    /// Where its glyphs are known by their numbers, the embedded fonts of the file.
    siblings: Option<Rc<Siblings<'f>>>,
}

impl<'f> Simple<'f> {
    fn read(
        file: &'f File<'f>,
        font: &'f Dictionary,
        to_unicode: Option<CMap>,
        siblings: Option<Rc<Siblings<'f>>>,
    ) -> Self {
        let descriptor = file.dictionary(font, b"FontDescriptor");
        Self {
            file,
            descriptor,
            to_unicode,
            encoding: Encoding::read(file, font),
            widths: SimpleWidths::read(file, font, descriptor),
            program: OnceCell::new(),
            siblings,
        }
    }

    fn text(&self, code: u32) -> Option<String> {
        let by_map = || {
            let text = duban_page::fold(&self.to_unicode.as_ref()?.text(code, None)?)?;
            Some(text).filter(|text| self.fits(text, code))
        };
        let by_encoding = || duban_page::fold(self.encoding.text(code)?);
        let by_program = || {
            let program = self.program()?;
            duban_page::fold(&program.text(program.glyph_of_code(code)?)?)
        };
        let by_sibling = || {
            let glyph = self.encoding.glyph_number(code)?;
            let name = bare_name(self.file, self.descriptor?)?;
            duban_page::fold(&self.siblings.as_ref()?.text(name, glyph)?)
        };
        // Where the dictionary names no encoding, the one inside the font holds.
        let by_font = || {
            if self.encoding.is_named {
                by_encoding().or_else(by_program).or_else(by_sibling)
            } else if self.is_symbolic() && self.program().is_some() {
                by_program()
            } else {
                by_program().or_else(by_encoding)
            }
        };
        // The font is only opened for what its map lacks.
        by_map().or_else(by_font)
    }

    /// Whether the glyph of a code may have this text. Programs that rewrite fonts whose glyphs have numbers
    /// for names make up characters for some: a Latin one is not as wide as an ideograph.
    fn fits(&self, text: &str, code: u32) -> bool {
        if self.encoding.glyph_number(code).is_none() || !is_latin(text) {
            return true;
        }
        let is_ideograph = |text: &str| text.chars().all(|it| ('\u{4e00}'..='\u{9fff}').contains(&it));
        let codes = self.to_unicode.iter().flat_map(|map| map.some_codes().map(move |(code, _)| (map, code)));
        let mut ideographs =
            codes.filter(|(map, code)| map.text(*code, None).as_deref().is_some_and(is_ideograph));
        ideographs.next().is_none_or(|(_, other)| self.widths.of(code) < self.widths.of(other) * 0.95)
    }

    fn is_symbolic(&self) -> bool {
        const SYMBOLIC: i64 = 4;
        let flags = self.descriptor.and_then(|it| self.file.integer(it, b"Flags"));
        flags.is_some_and(|flags| flags & SYMBOLIC != 0)
    }

    fn program(&self) -> Option<&Program> {
        self.program.get_or_init(|| load_program(self.file, self.descriptor?)).as_ref()
    }
}

/// The embedded fonts of a file by their names without tags, each read once.
pub(crate) struct Siblings<'f> {
    file: &'f File<'f>,
    programs: RefCell<HashMap<&'f [u8], Rc<Vec<Program>>>>,
}

impl<'f> Siblings<'f> {
    /// Most subsets of one font that are read.
    const MOST: usize = 16;

    pub(crate) fn new(file: &'f File<'f>) -> Self {
        Self { file, programs: RefCell::default() }
    }

    /// The text of a glyph in the subsets of the font called `name`; `None` where they do not agree.
    fn text(&self, name: &'f [u8], glyph: u32) -> Option<String> {
        let known = self.programs.borrow().get(name).cloned();
        let programs = known.unwrap_or_else(|| {
            let descriptors = self.file.dictionaries(b"FontDescriptor");
            let alike = descriptors.filter(|it| bare_name(self.file, it) == Some(name));
            let programs = alike.filter_map(|it| load_program(self.file, it)).take(Self::MOST).collect();
            Rc::clone(self.programs.borrow_mut().entry(name).or_insert(Rc::new(programs)))
        });
        let mut texts = programs.iter().filter_map(|program| program.text(glyph));
        let text = texts.next()?;
        texts.all(|other| other == text).then_some(text)
    }
}

/// The name of a font without the tag of a subset: ISO 32000-2, 9.9.2.
fn bare_name<'o>(file: &'o File<'_>, descriptor: &'o Dictionary) -> Option<&'o [u8]> {
    let name = file.name(descriptor, b"FontName")?;
    name.rsplit(|byte| *byte == b'+').next()
}

/// The font program that a descriptor embeds.
fn load_program(file: &File<'_>, descriptor: &Dictionary) -> Option<Program> {
    let keys: [&[u8]; 3] = [b"FontFile2", b"FontFile3", b"FontFile"];
    let stream = keys.into_iter().find_map(|key| file.get(descriptor, key))?;
    Program::read(&file.unpack(stream))
}
