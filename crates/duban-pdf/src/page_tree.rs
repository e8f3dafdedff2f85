//! The page tree to a flat list of pages, each with what it inherits.

use std::collections::HashSet;

use lopdf::{Dictionary, Object, ObjectId};

use crate::Limit;
use crate::file::{File, as_dictionary};
use duban_page::Matrix;

/// A page as the file holds it.
#[derive(Clone, Copy)]
pub(crate) struct PageSource<'f> {
    /// Its dictionary.
    pub(crate) dictionary: &'f Dictionary,
    /// Its resources, own or inherited.
    pub(crate) resources: Option<&'f Dictionary>,
    /// Width as shown.
    pub(crate) width: f32,
    /// Height as shown.
    pub(crate) height: f32,
    /// From the page's own space to points from the top left of the page as shown.
    pub(crate) matrix: Matrix,
}

/// What nodes hand down to pages.
#[derive(Clone, Copy, Default)]
struct Inherited<'f> {
    resources: Option<&'f Dictionary>,
    media_box: Option<[f32; 4]>,
    crop_box: Option<[f32; 4]>,
    rotate: Option<i64>,
}

impl<'f> Inherited<'f> {
    fn with(self, file: &'f File<'_>, node: &'f Dictionary) -> Self {
        Self {
            resources: file.dictionary(node, b"Resources").or(self.resources),
            media_box: rectangle(file, node, b"MediaBox").or(self.media_box),
            crop_box: rectangle(file, node, b"CropBox").or(self.crop_box),
            rotate: file.integer(node, b"Rotate").or(self.rotate),
        }
    }
}

/// All pages in order. A page that the tree names twice is taken once; where the tree is lost, the
/// pages are those objects that say so themselves.
pub(crate) fn pages<'f>(file: &'f File<'_>) -> Vec<PageSource<'f>> {
    let mut pages = Vec::new();
    let mut seen = HashSet::new();
    // Nodes still to visit, the next one last.
    let mut open: Vec<(&Object, Inherited<'_>)> = Vec::new();
    let catalog = file.catalog();
    open.extend(catalog.and_then(|it| it.get(b"Pages").ok()).map(|root| (root, Inherited::default())));
    while let Some((object, inherited)) = open.pop() {
        let (id, node) = file.resolve_id(object);
        let Some(dictionary) = as_dictionary(node) else {
            file.note_loss();
            continue;
        };
        if id.is_some_and(|id| !seen.insert(id)) {
            continue;
        }
        let inherited = inherited.with(file, dictionary);
        if let Some(kids) = file.array(dictionary, b"Kids") {
            open.extend(kids.iter().rev().map(|kid| (kid, inherited)));
        } else if file.name(dictionary, b"Type") == Some(b"Pages") {
            file.note_loss();
        } else if pages.len() < file.budget.pages {
            pages.push(page(dictionary, inherited));
        } else {
            file.budget.exceed(Limit::Pages);
            break;
        }
    }
    if pages.is_empty() { stray_pages(file, &seen) } else { pages }
}

fn stray_pages<'f>(file: &'f File<'_>, seen: &HashSet<ObjectId>) -> Vec<PageSource<'f>> {
    let is_page = |dictionary: &Dictionary| file.name(dictionary, b"Type") == Some(b"Page".as_slice());
    let pages: Vec<_> = file
        .all_objects()
        .into_iter()
        .filter(|(id, _)| !seen.contains(id))
        .filter_map(|(_, object)| object.as_dict().ok().filter(|dictionary| is_page(dictionary)))
        .take(file.budget.pages)
        .map(|dictionary| page(dictionary, Inherited::default().with(file, dictionary)))
        .collect();
    if !pages.is_empty() {
        file.note_repair();
    }
    pages
}

fn page<'f>(dictionary: &'f Dictionary, inherited: Inherited<'f>) -> PageSource<'f> {
    const A4: [f32; 4] = [0.0, 0.0, 595.0, 842.0];
    let media = inherited.media_box.unwrap_or(A4);
    let [x0, y0, x1, y1] = inherited.crop_box.and_then(|crop| overlap(crop, media)).unwrap_or(media);
    let (width, height) = (x1 - x0, y1 - y0);
    let to_corner = Matrix::shift(-x0, -y0);
    let turns = inherited.rotate.unwrap_or(0).div_euclid(90).rem_euclid(4);
    let (turn, width, height) = match turns {
        1 => (Matrix { a: 0.0, b: 1.0, c: 1.0, d: 0.0, e: 0.0, f: 0.0 }, height, width),
        2 => (Matrix { a: -1.0, b: 0.0, c: 0.0, d: 1.0, e: width, f: 0.0 }, width, height),
        3 => (Matrix { a: 0.0, b: -1.0, c: -1.0, d: 0.0, e: height, f: width }, height, width),
        _ => (Matrix { a: 1.0, b: 0.0, c: 0.0, d: -1.0, e: 0.0, f: height }, width, height),
    };
    PageSource { dictionary, resources: inherited.resources, width, height, matrix: to_corner.then(turn) }
}

fn overlap(first: [f32; 4], second: [f32; 4]) -> Option<[f32; 4]> {
    let both =
        [first[0].max(second[0]), first[1].max(second[1]), first[2].min(second[2]), first[3].min(second[3])];
    (both[2] - both[0] > 1.0 && both[3] - both[1] > 1.0).then_some(both)
}

/// A rectangle with its corners in order; `None` where it is empty or absurd.
pub(crate) fn rectangle(file: &File<'_>, dictionary: &Dictionary, key: &[u8]) -> Option<[f32; 4]> {
    const MOST: f32 = 1e6;
    let numbers = file.numbers(dictionary, key)?;
    let [x0, y0, x1, y1] = *numbers.as_slice() else { return None };
    let rectangle = [x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1)];
    let sane = rectangle.iter().all(|number| number.abs() < MOST);
    (sane && rectangle[2] - rectangle[0] > 1.0 && rectangle[3] - rectangle[1] > 1.0).then_some(rectangle)
}
