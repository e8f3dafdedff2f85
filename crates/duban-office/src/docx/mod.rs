//! Word files (DOCX) to their story.

mod body;
mod draft;
mod numbering;
mod styles;

use std::borrow::Cow;
use std::collections::HashMap;

use duban_package::xml::{self, Element, Handler};
use duban_package::{Limits, Package, PackageError};

use crate::{Item, OfficeError, Story};
use body::Body;

/// Where the main part stands unless the package says otherwise.
const MAIN_PART: &str = "word/document.xml";

/// Reads a Word file.
///
/// Automatic numbers are part of their paragraphs. Insertions that are tracked count, deletions do
/// not; hidden text is left out. Running heads, notes and tables of contents are furniture.
pub fn read(bytes: &[u8], limits: Limits) -> Result<Story, OfficeError> {
    let mut package = Package::open(bytes, limits)?;
    let root = relations(&mut package, "_rels/.rels")?;
    let main = root.values().find(|relation| relation.kind == "officeDocument");
    let main = main.map_or(MAIN_PART, |relation| relation.target.trim_start_matches('/')).to_owned();
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
    let relations = relations(&mut package, &format!("{folder}/_rels/{file}.rels"))?;
    let part_of = |kind: &str| {
        relations
            .values()
            .find(|relation| relation.kind == kind)
            .map(|relation| path(folder, &relation.target))
    };
    let mut truncated = false;
    let mut numbering = numbering::Reader::default();
    truncated |= !read_part(&mut package, part_of("numbering"), &mut numbering)?;
    let mut styles = styles::Reader::default();
    truncated |= !read_part(&mut package, part_of("styles"), &mut styles)?;
    let (numbering, styles) = (numbering.finish(), styles.finish());

    let part = package.part(&main)?;
    let mut body = Body::new(&numbering, &styles);
    truncated |= !xml::read(&part, &mut body);
    let mut margins = Vec::new();
    let text = body.finish();
    truncated |= text.truncated;
    for (name, is_head) in &text.running {
        let Some(relation) = relations.get(name) else { continue };
        let mut body = Body::new(&numbering, &styles);
        truncated |= !read_part(&mut package, Some(path(folder, &relation.target)), &mut body)?;
        margins.push((*is_head, body.finish().items));
    }
    let mut notes = Vec::new();
    for kind in ["footnotes", "endnotes"] {
        let mut body = Body::new(&numbering, &styles);
        truncated |= !read_part(&mut package, part_of(kind), &mut body)?;
        notes.extend(body.finish().items);
    }
    let (heads, feet): (Vec<_>, Vec<_>) = margins.into_iter().partition(|(is_head, _)| *is_head);
    let apart = |parts: Vec<(bool, Vec<Item>)>| furniture(parts.into_iter().flat_map(|(_, items)| items));
    let mut items = apart(heads);
    items.extend(text.items);
    items.extend(apart(feet));
    items.extend(furniture(notes.into_iter()));
    Ok(Story { items, pages: text.pages, truncated })
}

/// The paragraphs of `items`, those in tables too, as furniture.
fn furniture(items: impl Iterator<Item = Item>) -> Vec<Item> {
    draft::paragraphs(items)
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| Item::Paragraph(crate::Paragraph { is_furniture: true, page: None, ..paragraph }))
        .collect()
}

/// Reads a part that a file may do without; `false` where it is damaged.
fn read_part(
    package: &mut Package<'_>,
    name: Option<String>,
    handler: &mut impl Handler,
) -> Result<bool, OfficeError> {
    let Some(name) = name else { return Ok(true) };
    match package.part(&name) {
        Ok(part) => Ok(xml::read(&part, handler)),
        Err(PackageError::Missing(_) | PackageError::Damaged(_)) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// A part that another one refers to.
struct Relation {
    /// The last word of its type's address.
    kind: String,
    target: String,
}

/// Reads the relations of a part; none where there are none.
fn relations(package: &mut Package<'_>, name: &str) -> Result<HashMap<String, Relation>, OfficeError> {
    #[derive(Default)]
    struct Reader(HashMap<String, Relation>);
    impl Handler for Reader {
        fn open(&mut self, element: &Element<'_>) {
            let value = |name| element.attribute(name).map(Cow::into_owned);
            if let (Some(id), Some(kind), Some(target)) = (value("Id"), value("Type"), value("Target")) {
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                self.0.insert(id, Relation { kind, target });
            }
        }
        fn close(&mut self, _: &str) {}
        fn text(&mut self, _: &str) {}
    }
    let mut reader = Reader::default();
    if package.has(name) {
        read_part(package, Some(name.to_owned()), &mut reader)?;
    }
    Ok(reader.0)
}

/// The name of a part that a part in `folder` refers to.
fn path(folder: &str, target: &str) -> String {
    if target.starts_with('/') {
        return target.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => {
                steps.pop();
            }
            "." | "" => {}
            step => steps.push(step),
        }
    }
    steps.join("/")
}
