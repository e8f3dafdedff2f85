//! The parts of a package that say which pages there are (GB/T 33190, 7.4 to 7.7).

use std::collections::HashMap;

use duban_package::xml::{self, Element, Handler};
use duban_package::{Package, PackageError};
use duban_page::Canvas;

use crate::content::{self, Content};
use crate::values::{POINTS, boxed};

/// Most pages of a file.
const MOST_PAGES: usize = 5_000;
/// Most glyphs of a file.
const MOST_GLYPHS: usize = 5_000_000;
/// A4 in millimetres, for pages that do not say how large they are.
const A4: [f32; 4] = [0.0, 0.0, 210.0, 297.0];

/// What the pages of all documents show, and whether something is missing.
pub(crate) fn canvases(package: &mut Package<'_>) -> Result<(Vec<Canvas>, bool), PackageError> {
    let mut root = Root::default();
    let mut truncated = !xml::read(&package.part("OFD.xml")?, &mut root);
    let mut canvases = Vec::new();
    let mut glyphs = 0;
    for name in &root.documents {
        let Some(part) = optional(package, name, &mut truncated)? else { continue };
        let mut document = Document::default();
        truncated |= !xml::read(&part, &mut document);
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut templates: HashMap<String, Content> = HashMap::new();
        for (id, place) in &document.templates {
            if let Some(part) = optional(package, &path(folder, place), &mut truncated)? {
                let (content, whole) = content::read(&part);
                truncated |= !whole;
                templates.insert(id.clone(), content);
            }
        }
        for place in &document.pages {
            if canvases.len() >= MOST_PAGES || glyphs > MOST_GLYPHS {
                return Ok((canvases, true));
            }
            let Some(part) = optional(package, &path(folder, place), &mut truncated)? else { continue };
            let (content, whole) = content::read(&part);
            truncated |= !whole;
            let canvas = painted(&content, &templates, document.area.unwrap_or(A4));
            glyphs += canvas.glyphs.len();
            canvases.push(canvas);
        }
    }
    Ok((canvases, truncated))
}

/// A page with its templates, from the upper left corner of its area.
fn painted(page: &Content, templates: &HashMap<String, Content>, usual: [f32; 4]) -> Canvas {
    let area = page.area.unwrap_or(usual);
    let [x, y, width, height] = area;
    let mut canvas = Canvas { width: width * POINTS, height: height * POINTS, ..Canvas::default() };
    // A template is painted once, however often it is named.
    let mut used: Vec<&str> = Vec::new();
    for id in &page.templates {
        if let Some(template) = templates.get(id).filter(|_| !used.contains(&id.as_str())) {
            template.paint(x, y, &mut canvas);
            used.push(id);
        }
    }
    page.paint(x, y, &mut canvas);
    canvas
}

/// A part that the file can do without, though its absence is told.
fn optional(
    package: &mut Package<'_>,
    name: &str,
    truncated: &mut bool,
) -> Result<Option<Vec<u8>>, PackageError> {
    match package.part(name) {
        Ok(part) => Ok(Some(part)),
        Err(PackageError::Missing(_) | PackageError::Damaged(_)) => {
            *truncated = true;
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// The name of a part that a part in `folder` refers to.
fn path(folder: &str, place: &str) -> String {
    if place.starts_with('/') || folder.is_empty() { place.to_owned() } else { format!("{folder}/{place}") }
}

/// `OFD.xml`: the documents of the file.
#[derive(Default)]
struct Root {
    documents: Vec<String>,
    in_root: bool,
}

impl Handler for Root {
    fn open(&mut self, element: &Element<'_>) {
        if element.name() == "DocRoot" {
            self.in_root = true;
            self.documents.push(String::new());
        }
    }

    fn close(&mut self, name: &str) {
        if name == "DocRoot" {
            self.in_root = false;
            if let Some(name) = self.documents.last_mut() {
                *name = name.trim().to_owned();
            }
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_root
            && let Some(name) = self.documents.last_mut()
        {
            name.push_str(text);
        }
    }
}

/// `Document.xml`: its pages and templates.
#[derive(Default)]
struct Document {
    area: Option<[f32; 4]>,
    /// The id and place of each template.
    templates: Vec<(String, String)>,
    /// The place of each page.
    pages: Vec<String>,
    in_area: bool,
    box_text: Option<String>,
}

impl Handler for Document {
    fn open(&mut self, element: &Element<'_>) {
        let place = element.attribute("BaseLoc");
        match element.name() {
            "PageArea" => self.in_area = true,
            "PhysicalBox" if self.in_area => self.box_text = Some(String::new()),
            "TemplatePage" => {
                self.templates.extend(
                    element
                        .attribute("ID")
                        .zip(place)
                        .map(|(id, place)| (id.into_owned(), place.into_owned())),
                );
            }
            "Page" => self.pages.extend(place.map(std::borrow::Cow::into_owned)),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "PageArea" => self.in_area = false,
            "PhysicalBox" => {
                self.area = self.box_text.take().and_then(|text| boxed(&text)).or(self.area);
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(box_text) = &mut self.box_text {
            box_text.push_str(text);
        }
    }
}
