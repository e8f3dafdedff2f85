//! Content streams to glyphs, rules and images at their places on the page as shown.

mod backdrop;
mod layers;
mod marked;
mod operations;
mod state;
mod text;
mod xobject;

use std::collections::HashMap;
use std::mem;
use std::rc::Rc;

use duban_document::Bounds;
use duban_page::{Canvas, Matrix, Path};
use lopdf::{Dictionary, Object};

use self::backdrop::Backdrop;
pub(crate) use self::layers::Layers;
use self::marked::Marks;
use self::operations::{Operand, Operations};
use self::state::{Colour, State, number, numbers};
use self::text::TextPlace;
use crate::file::File;
use crate::font::{Font, Siblings};
use crate::page_tree::PageSource;

/// Deepest `q`; deeper ones are not saved.
const MOST_SAVED: usize = 256;
/// Most rules of one page; a page with more is a drawing.
const MOST_RULES: usize = 20_000;

/// Fonts by the place of their dictionary, which does not move while the file is open.
pub(crate) struct Fonts<'f> {
    fonts: HashMap<usize, Rc<Font<'f>>>,
    siblings: Rc<Siblings<'f>>,
}

impl<'f> Fonts<'f> {
    pub(crate) fn new(file: &'f File<'f>) -> Self {
        Self { fonts: HashMap::new(), siblings: Rc::new(Siblings::new(file)) }
    }

    fn get(&mut self, dictionary: &'f Dictionary) -> Rc<Font<'f>> {
        let place = std::ptr::from_ref(dictionary).addr();
        let read = || Rc::new(Font::read(&self.siblings, dictionary));
        Rc::clone(self.fonts.entry(place).or_insert_with(read))
    }
}

/// Paints a page.
pub(crate) fn paint<'f>(
    file: &'f File<'f>,
    layers: &'f Layers,
    fonts: &mut Fonts<'f>,
    page: &PageSource<'f>,
) -> Canvas {
    let mut painter = Painter {
        file,
        layers,
        fonts,
        state: State::new(page.matrix),
        saved: Vec::new(),
        unsaved: 0,
        place: TextPlace::default(),
        path: Path::default(),
        clips: false,
        backdrop: Backdrop::default(),
        marks: Marks::default(),
        depth: 0,
        canvas: Canvas { width: page.width, height: page.height, ..Canvas::default() },
    };
    let content = painter.page_content(page.dictionary);
    painter.run(&content, page.resources);
    painter.finish_marks();
    painter.state = State::new(page.matrix);
    painter.paint_annotations(page.dictionary);
    painter.canvas
}

/// Runs content streams of one page.
struct Painter<'f, 'p> {
    file: &'f File<'f>,
    layers: &'f Layers,
    fonts: &'p mut Fonts<'f>,
    state: State<'f>,
    saved: Vec<State<'f>>,
    /// How many `q` were too deep to save.
    unsaved: usize,
    place: TextPlace,
    path: Path,
    /// Whether the path clips once it is painted.
    clips: bool,
    backdrop: Backdrop,
    marks: Marks,
    /// Depth of forms in forms.
    depth: usize,
    canvas: Canvas,
}

impl<'f> Painter<'f, '_> {
    /// The page's content streams, one after the other.
    fn page_content(&self, page: &'f Dictionary) -> Rc<Vec<u8>> {
        let Ok(contents) = page.get(b"Contents") else { return Rc::default() };
        let Object::Array(parts) = self.file.resolve(contents) else { return self.file.unpack(contents) };
        if let [only] = parts.as_slice() {
            return self.file.unpack(only);
        }
        let mut unpacked = Vec::new();
        let mut len = 0;
        for part in parts {
            let part = self.file.unpack(part);
            len += part.len() + 1;
            if len > self.file.budget.stream_bytes {
                self.file.budget.exceed(crate::Limit::StreamBytes);
                break;
            }
            unpacked.push(part);
        }
        // Parts end between tokens (ISO 32000-2, 7.8.2), though not always with white space.
        let between: &[u8] = if are_cut_by_length(&unpacked) { b"" } else { b"\n" };
        let mut content = Vec::with_capacity(len);
        for part in unpacked {
            content.extend_from_slice(&part);
            content.extend_from_slice(between);
        }
        Rc::new(content)
    }

    /// Runs one content stream with its resources.
    fn run(&mut self, content: &[u8], resources: Option<&'f Dictionary>) {
        if !self.file.budget.take_bytes(content.len()) {
            return;
        }
        let floor = self.saved.len();
        let mut operations = Operations::new(content);
        let mut operands = Vec::new();
        // Between BX and EX operators may be unknown: ISO 32000-2, 7.8.2.
        let (mut lenient, mut unknown) = (0u32, false);
        while let Some(operator) = operations.next_operation(&mut operands) {
            if !self.file.budget.take_operator() {
                break;
            }
            match operator {
                b"BX" => lenient = lenient.saturating_add(1),
                b"EX" => lenient = lenient.saturating_sub(1),
                _ => unknown |= !self.apply(operator, &operands, resources, floor) && lenient == 0,
            }
        }
        if operations.is_broken() || unknown {
            self.file.note_loss();
        }
        // Unbalanced states of a form must not leak into what follows it.
        if self.saved.len() > floor {
            self.saved.truncate(floor + 1);
            self.state = self.saved.pop().unwrap_or_else(|| self.state.clone());
        }
    }

    /// Applies an operator; `false` where there is none of this name.
    fn apply(
        &mut self,
        operator: &[u8],
        operands: &[Operand<'_>],
        resources: Option<&'f Dictionary>,
        floor: usize,
    ) -> bool {
        match operator {
            b"q" => self.save(),
            b"Q" => self.restore(floor),
            b"cm" => {
                if let Some(matrix) = Matrix::from_numbers(&numbers(operands)) {
                    self.state.matrix = matrix.then(self.state.matrix);
                }
            }
            b"w" => self.state.line_width = operands.first().and_then(number).unwrap_or(1.0),
            b"g" | b"rg" | b"k" | b"sc" | b"scn" => self.state.fill.set(operator, operands),
            b"G" | b"RG" | b"K" | b"SC" | b"SCN" => self.state.stroke.set(operator, operands),
            b"cs" => self.state.fill = Colour::of_space(self.is_special(operands, resources)),
            b"CS" => self.state.stroke = Colour::of_space(self.is_special(operands, resources)),
            b"Do" => self.paint_xobject(operands, resources),
            b"BI" => {
                self.canvas.images = self.canvas.images.saturating_add(1);
                self.backdrop.add(self.state.matrix.bounds(0.0, 0.0, 1.0, 1.0), self.state.clip);
            }
            b"sh" => self.paint_shading(),
            b"BMC" | b"BDC" => self.begin_mark(operands, resources),
            b"EMC" => self.end_mark(),
            b"m" | b"l" | b"c" | b"v" | b"y" | b"h" | b"re" => self.extend_path(operator, &numbers(operands)),
            b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" | b"n" => {
                self.paint_path(operator);
            }
            b"gs" => self.set_graphics_state(operands, resources),
            b"W" | b"W*" => self.clips = true,
            b"EI" | b"d" | b"i" | b"j" | b"J" | b"M" | b"ri" | b"MP" | b"DP" | b"d0" | b"d1" => {}
            _ => return self.apply_text(operator, operands, resources),
        }
        true
    }

    fn save(&mut self) {
        if self.saved.len() < MOST_SAVED {
            self.saved.push(self.state.clone());
        } else {
            self.unsaved += 1;
        }
    }

    fn restore(&mut self, floor: usize) {
        if self.unsaved > 0 {
            self.unsaved -= 1;
        } else if self.saved.len() > floor
            && let Some(state) = self.saved.pop()
        {
            self.state = state;
        }
    }

    fn extend_path(&mut self, operator: &[u8], numbers: &[f32]) {
        let matrix = self.state.matrix;
        match (operator, numbers) {
            (b"m", [x, y]) => self.path.move_to(matrix, *x, *y),
            (b"l", [x, y]) => self.path.line_to(matrix, *x, *y),
            (b"c", [.., x, y]) | (b"v" | b"y", [_, _, x, y]) => self.path.curve_to(matrix, *x, *y),
            (b"h", _) => self.path.close(),
            (b"re", [x, y, width, height]) => self.path.rectangle(matrix, *x, *y, *width, *height),
            _ => {}
        }
    }

    fn paint_path(&mut self, operator: &[u8]) {
        if matches!(operator, b"s" | b"b" | b"b*") {
            self.path.close();
        }
        let strokes = matches!(operator, b"S" | b"s" | b"B" | b"B*" | b"b" | b"b*");
        let fills = !matches!(operator, b"S" | b"s" | b"n");
        let state = &self.state;
        let strokes = strokes && !state.stroke.is_white && !state.transparent_stroke;
        let fills = fills && !state.fill.is_white && !state.transparent;
        if !self.marks.hides() {
            self.mark_path(strokes, fills);
        }
        // The path that is painted after `W` clips what comes: ISO 32000-2, 8.5.4.
        if mem::take(&mut self.clips)
            && let Some(bounds) = self.path.bounds()
        {
            self.state.clip_to(bounds);
        }
        self.path.clear();
    }

    /// Keeps what is seen of the path.
    fn mark_path(&mut self, strokes: bool, fills: bool) {
        let state = &self.state;
        let width = state.line_width.abs() * state.matrix.scale();
        if let Some(extent) = self.path.extent().filter(|_| strokes || fills) {
            let half = if strokes { width / 2.0 } else { 0.0 };
            let Bounds { x0, y0, x1, y1 } = extent;
            let bounds = Bounds { x0: x0 - half, y0: y0 - half, x1: x1 + half, y1: y1 + half };
            self.backdrop.add(bounds, state.clip);
        }
        if self.canvas.rules.len() < MOST_RULES {
            let mut rules = Vec::new();
            if strokes {
                self.path.strokes(width, &mut rules);
            }
            if fills {
                self.path.fills_within(state.clip, &mut rules);
            }
            rules.retain(|rule| !state.clips(rule.bounds));
            self.canvas.rules.append(&mut rules);
        }
    }

    /// A shading fills all that is not clipped away.
    fn paint_shading(&mut self) {
        let page = Bounds { x0: 0.0, y0: 0.0, x1: self.canvas.width, y1: self.canvas.height };
        self.backdrop.add(page, self.state.clip);
    }

    /// Whether the numbers of a colour space are not amounts of light or of the usual inks.
    fn is_special(&self, operands: &[Operand<'_>], resources: Option<&'f Dictionary>) -> bool {
        let Some(Object::Array(space)) = self.resource(operands, resources, b"ColorSpace") else {
            return false;
        };
        let family = space.first().and_then(|family| self.file.resolve(family).as_name().ok());
        matches!(family, Some(b"Separation" | b"DeviceN" | b"Indexed" | b"I" | b"Lab" | b"Pattern"))
    }

    /// The resource that an operator names.
    fn resource(
        &self,
        operands: &[Operand<'_>],
        resources: Option<&'f Dictionary>,
        category: &[u8],
    ) -> Option<&'f Object> {
        let Some(Operand::Name(name)) = operands.first() else { return None };
        let all = self.file.dictionary(resources?, category)?;
        self.file.get(all, name)
    }
}

/// Whether parts are all of one length but the last, which is no longer: they were cut there, even within
/// a token.
fn are_cut_by_length(parts: &[Rc<Vec<u8>>]) -> bool {
    const SHORTEST: usize = 64;
    let Some(((first, rest), last)) = parts.split_first().zip(parts.last()) else { return false };
    let inner = rest.len().saturating_sub(1);
    let mut inner = rest.iter().take(inner).peekable();
    let is_long = first.len() >= SHORTEST && inner.peek().is_some() && last.len() <= first.len();
    // The same part again and again is no cut one.
    is_long && inner.all(|part| part.len() == first.len() && part != first)
}
