//! The objects of a page (GB/T 33190, 7.7, 9 and 11) to glyphs and rules.

use duban_document::Bounds;
use duban_package::xml::{self, Element, Handler};
use duban_page::{Canvas, Direction, Glyph, Matrix, Path, Rule};

use crate::values::{POINTS, boxed, distances, matrix, numbers};

/// Share of the em box above the baseline, as most Chinese fonts have it.
const ASCENT: f32 = 0.88;
/// Widths in ems that a character may have.
const NARROWEST: f32 = 0.15;
const WIDEST: f32 = 1.05;
/// Width of a stroke in millimetres where the object does not say (9.1).
const LINE_WIDTH: f32 = 0.353;

/// What a page or a template shows, in points from its own origin.
#[derive(Clone, Debug, Default)]
pub(crate) struct Content {
    /// Its area in millimetres, where it has one of its own.
    pub(crate) area: Option<[f32; 4]>,
    /// The templates that it is painted on.
    pub(crate) templates: Vec<String>,
    glyphs: Vec<Glyph>,
    rules: Vec<Rule>,
    images: u32,
}

impl Content {
    /// Paints it on a page whose area begins at (x, y) millimetres.
    pub(crate) fn paint(&self, x: f32, y: f32, canvas: &mut Canvas) {
        let (x, y) = (x * POINTS, y * POINTS);
        let moved = |it: Bounds| Bounds { x0: it.x0 - x, y0: it.y0 - y, x1: it.x1 - x, y1: it.y1 - y };
        canvas.glyphs.extend(self.glyphs.iter().map(|glyph| Glyph { bounds: moved(glyph.bounds), ..*glyph }));
        canvas.rules.extend(self.rules.iter().map(|rule| Rule { bounds: moved(rule.bounds) }));
        canvas.images += self.images;
    }
}

/// Reads a page or a template; `false` where it is damaged.
pub(crate) fn read(part: &[u8]) -> (Content, bool) {
    let mut reader = Reader::default();
    let whole = xml::read(part, &mut reader);
    (reader.content, whole)
}

/// A text object or a path object that is being read.
#[derive(Clone, Debug)]
struct Object {
    /// Width of the box around it in millimetres.
    width: f32,
    /// From its own coordinates to points of the page.
    matrix: Matrix,
    /// Size of its type in millimetres.
    size: f32,
    /// Width of a character as a share of its usual one.
    scale: f32,
    /// Degrees by which the line and each character are turned.
    reading: i32,
    characters: i32,
    inked: bool,
    strokes: bool,
    fills: bool,
    line_width: f32,
}

/// A run of characters.
#[derive(Clone, Debug, Default)]
struct Run {
    x: Option<f32>,
    y: Option<f32>,
    dx: String,
    dy: String,
    text: String,
}

#[derive(Default)]
struct Reader {
    content: Content,
    object: Option<Object>,
    run: Option<Run>,
    /// Where the last run of the object began, for runs that do not say where they do.
    last: (f32, f32),
    path: Option<String>,
    box_text: Option<String>,
    in_area: bool,
}

impl Handler for Reader {
    fn open(&mut self, element: &Element<'_>) {
        match element.name() {
            "Area" => self.in_area = true,
            "PhysicalBox" if self.in_area => self.box_text = Some(String::new()),
            "Template" => {
                self.content
                    .templates
                    .extend(element.attribute("TemplateID").map(std::borrow::Cow::into_owned));
            }
            "TextObject" | "PathObject" => {
                self.object = object(element);
                self.last = (0.0, 0.0);
            }
            "ImageObject" => self.content.images = self.content.images.saturating_add(1),
            "FillColor" | "StrokeColor" => {
                // What is wholly clear leaves no ink (8.3.1).
                let is_clear = element.number::<i32>("Alpha") == Some(0);
                if let Some(object) =
                    self.object.as_mut().filter(|_| is_clear && element.name() == "FillColor")
                {
                    object.inked = false;
                }
            }
            "TextCode" => {
                let text = |name| element.attribute(name).unwrap_or_default().into_owned();
                self.run = Some(Run {
                    x: element.number("X"),
                    y: element.number("Y"),
                    dx: text("DeltaX"),
                    dy: text("DeltaY"),
                    text: String::new(),
                });
            }
            "AbbreviatedData" => self.path = Some(String::new()),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "Area" => self.in_area = false,
            "PhysicalBox" => {
                self.content.area = self.box_text.take().and_then(|text| boxed(&text)).or(self.content.area);
            }
            "TextObject" | "PathObject" => self.object = None,
            "TextCode" => {
                if let (Some(run), Some(object)) = (self.run.take(), &self.object) {
                    self.last = (run.x.unwrap_or(self.last.0), run.y.unwrap_or(self.last.1));
                    object.glyphs(&run, self.last, &mut self.content.glyphs);
                }
            }
            "AbbreviatedData" => {
                if let (Some(path), Some(object)) = (self.path.take(), &self.object) {
                    object.rules(&path, &mut self.content.rules);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(run) = &mut self.run {
            run.text.push_str(text);
        } else if let Some(open) = self.path.as_mut().or(self.box_text.as_mut()) {
            open.push_str(text);
        }
    }
}

/// What an object says of itself; `None` where it is not shown.
fn object(element: &Element<'_>) -> Option<Object> {
    let says =
        |name: &str, value: &str| element.attribute(name).is_some_and(|it| it.eq_ignore_ascii_case(value));
    if says("Visible", "false") {
        return None;
    }
    let [x, y, width, _] = element.attribute("Boundary").and_then(|text| boxed(&text))?;
    let own = element.attribute("CTM").and_then(|text| matrix(&text)).unwrap_or(Matrix::IDENTITY);
    let to_points = Matrix { a: POINTS, d: POINTS, ..Matrix::IDENTITY };
    let is_text = element.name() == "TextObject";
    let clear = element.number::<i32>("Alpha") == Some(0);
    let fills = if is_text { !says("Fill", "false") } else { says("Fill", "true") };
    let strokes = if is_text { says("Stroke", "true") } else { !says("Stroke", "false") };
    Some(Object {
        width,
        matrix: own.then(Matrix::shift(x, y)).then(to_points),
        size: element.number("Size").unwrap_or(0.0),
        scale: element.number::<f32>("HScale").filter(|scale| *scale > 0.0).unwrap_or(1.0),
        reading: element.number("ReadDirection").unwrap_or(0),
        characters: element.number("CharDirection").unwrap_or(0),
        inked: !clear && (fills || strokes),
        strokes,
        fills,
        line_width: element.number("LineWidth").unwrap_or(LINE_WIDTH),
    })
}

impl Object {
    /// The characters of a run that begins at `start`, the baseline of its first character.
    fn glyphs(&self, run: &Run, start: (f32, f32), glyphs: &mut Vec<Glyph>) {
        let characters: Vec<char> = run.text.trim_matches(['\n', '\r', '\t']).chars().collect();
        let across = distances(&run.dx, characters.len());
        let down = distances(&run.dy, characters.len());
        let (mut x, mut y) = start;
        for (index, &character) in characters.iter().enumerate() {
            let own = advance(character) * self.size * self.scale;
            let next = |list: &[f32], usual: f32| list.get(index).copied().unwrap_or(usual);
            let stated = !across.is_empty() || !down.is_empty();
            // Behind the last distance characters follow on as their font has them.
            let (usual_x, usual_y) = match self.reading.rem_euclid(360) {
                _ if stated && index + 1 >= characters.len() => (0.0, 0.0),
                90 => (0.0, own),
                180 => (-own, 0.0),
                270 => (0.0, -own),
                _ => (own, 0.0),
            };
            let step = if stated {
                (
                    next(&across, if down.is_empty() { usual_x } else { 0.0 }),
                    next(&down, if across.is_empty() { usual_y } else { 0.0 }),
                )
            } else {
                (usual_x, usual_y)
            };
            // The distance to the next character tells how wide one is, the end of the box how wide the
            // last one is; where neither does, it is as wide as such characters usually are.
            let em = self.size * self.scale;
            let width = if step.0 > 0.0 { step.0.min(em) } else { self.width - x };
            let width = if (em * NARROWEST..em * WIDEST).contains(&width) { width } else { own };
            self.glyph(character, (x, y), width, glyphs);
            (x, y) = (x + step.0, y + step.1);
        }
    }

    fn glyph(&self, character: char, (x, y): (f32, f32), width: f32, glyphs: &mut Vec<Glyph>) {
        let turned = self.characters.rem_euclid(360);
        let (top, bottom) = (-ASCENT * self.size, (1.0 - ASCENT) * self.size);
        let bounds = match turned {
            90 => self.matrix.bounds(x - bottom, y, x - top, y + width),
            180 => self.matrix.bounds(x - width, y - bottom, x, y - top),
            270 => self.matrix.bounds(x + top, y - width, x + bottom, y),
            _ => self.matrix.bounds(x, y + top, x + width, y + bottom),
        };
        let along = match turned {
            90 => (0.0, 1.0),
            180 => (-1.0, 0.0),
            270 => (0.0, -1.0),
            _ => (1.0, 0.0),
        };
        let direction = direction(self.matrix.vector(along.0, along.1));
        let size = self.size * self.matrix.scale();
        let is_placed = [bounds.x0, bounds.y0, bounds.x1, bounds.y1].iter().all(|it| it.abs() < 100_000.0);
        if !is_placed || size <= 0.0 {
            return;
        }
        let folded = duban_page::fold(character.encode_utf8(&mut [0; 4]));
        let seen = folded.and_then(|text| text.chars().next()).unwrap_or('\u{FFFD}');
        glyphs.push(Glyph { character: seen, bounds, direction, size, inked: self.inked });
    }

    /// The rules that a path leaves (9.3.3: operators, each with its numbers).
    fn rules(&self, data: &str, rules: &mut Vec<Rule>) {
        let mut path = Path::default();
        let mut words = data.split_whitespace().peekable();
        while let Some(word) = words.next() {
            let mut values = String::new();
            while let Some(value) = words.next_if(|word| word.parse::<f32>().is_ok()) {
                values.push_str(value);
                values.push(' ');
            }
            let values = numbers(&values);
            let matrix = self.matrix;
            match (word, values.as_slice()) {
                ("S" | "M", [x, y]) => path.move_to(matrix, *x, *y),
                ("L", [x, y]) => path.line_to(matrix, *x, *y),
                ("Q" | "B" | "A", [.., x, y]) => path.curve_to(matrix, *x, *y),
                ("C", _) => path.close(),
                _ => {}
            }
        }
        if self.strokes {
            path.strokes(self.line_width * self.matrix.scale(), rules);
        }
        if self.fills {
            path.fills(rules);
        }
    }
}

/// The usual width of a character in ems: half for Latin ones.
fn advance(character: char) -> f32 {
    if character.is_ascii() { 0.5 } else { 1.0 }
}

/// The direction of a vector that is near an axis.
fn direction((x, y): (f32, f32)) -> Direction {
    let (across, down) = (x.abs(), y.abs());
    if across > down * 10.0 {
        if x > 0.0 { Direction::Right } else { Direction::Left }
    } else if down > across * 10.0 {
        if y > 0.0 { Direction::Down } else { Direction::Up }
    } else {
        Direction::Oblique
    }
}
