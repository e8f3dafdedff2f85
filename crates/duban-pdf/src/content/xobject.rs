//! Forms, images and the appearances of annotations.

use lopdf::{Dictionary, Object};

use super::Painter;
use super::operations::Operand;
use super::state::State;
use crate::file::as_dictionary;
use crate::page_tree::rectangle;
use duban_page::{Matrix, Rule};

/// Deepest form in forms.
const DEEPEST: usize = 12;
/// Most annotations of one page.
const MOST_ANNOTATIONS: usize = 5000;

impl<'f> Painter<'f, '_> {
    pub(super) fn paint_xobject(&mut self, operands: &[Operand<'_>], resources: Option<&'f Dictionary>) {
        let Some(Operand::Name(name)) = operands.first() else { return };
        let objects = resources.and_then(|resources| self.file.dictionary(resources, b"XObject"));
        let Some(object) = objects.and_then(|objects| objects.get(name).ok()) else { return };
        let Some(dictionary) = as_dictionary(self.file.resolve(object)) else { return };
        let hidden = dictionary.get(b"OC").is_ok_and(|group| self.layers.hides(self.file, group));
        if hidden || self.marks.hides() {
            return;
        }
        match self.file.name(dictionary, b"Subtype") {
            Some(b"Image") => self.paint_image(),
            _ => self.paint_form(object, dictionary, resources),
        }
    }

    /// An image fills the unit square. One that is thin is a rule; some producers draw tables so.
    fn paint_image(&mut self) {
        let bounds = self.state.matrix.bounds(0.0, 0.0, 1.0, 1.0);
        self.backdrop.add(bounds, self.state.clip);
        if duban_page::is_thin(bounds) && self.canvas.rules.len() < super::MOST_RULES {
            self.canvas.rules.push(Rule { bounds });
        } else {
            self.canvas.images = self.canvas.images.saturating_add(1);
        }
    }

    fn paint_form(&mut self, object: &'f Object, form: &'f Dictionary, outer: Option<&'f Dictionary>) {
        if self.depth >= DEEPEST {
            return;
        }
        let matrix = self.file.numbers(form, b"Matrix").and_then(|numbers| Matrix::from_numbers(&numbers));
        let resources = self.file.dictionary(form, b"Resources").or(outer);
        let content = self.file.unpack(object);
        let (state, place) = (self.state.clone(), self.place);
        self.state.matrix = matrix.unwrap_or(Matrix::IDENTITY).then(state.matrix);
        if let Some([x0, y0, x1, y1]) = rectangle(self.file, form, b"BBox") {
            self.state.clip_to(self.state.matrix.bounds(x0, y0, x1, y1));
        }
        self.depth += 1;
        self.run(&content, resources);
        self.depth -= 1;
        self.state = state;
        self.place = place;
    }

    /// Paints what annotations and form fields show.
    pub(super) fn paint_annotations(&mut self, page: &'f Dictionary) {
        let annotations = self.file.array(page, b"Annots").unwrap_or_default();
        for annotation in annotations.iter().take(MOST_ANNOTATIONS) {
            if let Some(annotation) = as_dictionary(self.file.resolve(annotation)) {
                self.paint_annotation(annotation);
            }
        }
    }

    fn paint_annotation(&mut self, annotation: &'f Dictionary) -> Option<()> {
        const HIDDEN: i64 = 1 << 1;
        const NO_VIEW: i64 = 1 << 5;
        let flags = self.file.integer(annotation, b"F").unwrap_or(0);
        let is_popup = self.file.name(annotation, b"Subtype") == Some(b"Popup");
        let off = annotation.get(b"OC").is_ok_and(|group| self.layers.hides(self.file, group));
        if flags & (HIDDEN | NO_VIEW) != 0 || is_popup || off {
            return None;
        }
        let appearances = self.file.dictionary(annotation, b"AP")?;
        let mut normal = appearances.get(b"N").ok()?;
        if let Object::Dictionary(states) = self.file.resolve(normal) {
            normal = states.get(self.file.name(annotation, b"AS")?).ok()?;
        }
        let form = as_dictionary(self.file.resolve(normal))?;
        let target = rectangle(self.file, annotation, b"Rect")?;
        let inner = rectangle(self.file, form, b"BBox")?;
        let matrix = self.file.numbers(form, b"Matrix").and_then(|numbers| Matrix::from_numbers(&numbers));
        let shown = matrix.unwrap_or(Matrix::IDENTITY).bounds(inner[0], inner[1], inner[2], inner[3]);
        let (across, down) = (shown.x1 - shown.x0, shown.y1 - shown.y0);
        if across <= 0.0 || down <= 0.0 {
            return None;
        }
        let (a, d) = ((target[2] - target[0]) / across, (target[3] - target[1]) / down);
        let fit =
            Matrix { a, d, e: target[0] - shown.x0 * a, f: target[1] - shown.y0 * d, ..Matrix::IDENTITY };
        let page = self.state.matrix;
        self.state = State::new(fit.then(page));
        self.paint_form(normal, form, None);
        self.state = State::new(page);
        Some(())
    }
}
