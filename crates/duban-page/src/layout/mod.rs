//! Glyphs and rules of a page to lines and tables in reading order.
//!
//! Text is laid out in a *frame* in which it runs to the right and lines follow downwards, whatever
//! way it runs on the page: sideways pages, pages with `Rotate` and vertical writing are all the
//! same here. The direction of most glyphs is the page's; the others (watermarks, notes in the
//! margin) are laid out for themselves and come last.

mod clean;
mod frame;
mod lines;
mod order;
mod recognised;
mod rows;
mod spaces;
mod vertical;
mod watermark;

use duban_document::Bounds;

pub(crate) use self::frame::Frame;
pub(crate) use self::lines::Groups;
use crate::{Canvas, Direction, Glyph, Item, Line, Page, table};

/// A glyph with its box in the frame.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Placed {
    pub(crate) glyph: Glyph,
    pub(crate) bounds: Bounds,
    /// When it was painted.
    pub(crate) order: usize,
}

/// What is ordered as a whole: a line or a table.
pub(crate) struct Unit {
    pub(crate) item: Item,
    /// Its box in the frame.
    pub(crate) bounds: Bounds,
    /// Size of its text.
    pub(crate) size: f32,
    /// When it was painted first.
    pub(crate) order: usize,
}

/// Lays a page out.
pub(crate) fn assemble(number: u32, canvas: Canvas) -> Page {
    let Canvas { width, height, glyphs, rules, images } = canvas;
    let (mut glyphs, recognised) = clean::clean(glyphs, width, height);
    if recognised {
        recognised::widen(&mut glyphs);
    }
    vertical::find_columns(&mut glyphs);
    watermark::find(&mut glyphs);
    let count =
        |wanted: fn(&Glyph) -> bool| u32::try_from(glyphs.iter().filter(|glyph| wanted(glyph)).count());
    let mut page = Page {
        number,
        width,
        height,
        glyphs: count(|glyph| !glyph.is_space()).unwrap_or(u32::MAX),
        unknown: count(|glyph| glyph.character == '\u{FFFD}').unwrap_or(u32::MAX),
        images,
        recognised,
        ..Page::default()
    };
    for (index, direction) in directions(&glyphs).into_iter().enumerate() {
        let frame = Frame::new(direction, width, height);
        let placed: Vec<Placed> = glyphs
            .iter()
            .enumerate()
            .filter(|(_, glyph)| glyph.direction == direction)
            .map(|(order, glyph)| Placed { glyph: *glyph, bounds: frame.enter(glyph.bounds), order })
            .collect();
        let (tables, rest) =
            if index == 0 { table::find(&frame, &rules, placed) } else { (Vec::new(), placed) };
        let mut units = tables;
        units.extend(lines::lines(rest, direction).into_iter().map(line_unit));
        page.items.extend(order::in_reading_order(units).into_iter().map(|unit| unit.item));
    }
    page.rules = rules;
    page
}

/// The lines of one cell in reading order.
pub(crate) fn cell_lines(glyphs: Vec<Placed>, direction: Direction) -> Vec<Line> {
    let units = lines::lines(glyphs, direction).into_iter().map(line_unit).collect();
    order::in_reading_order(units)
        .into_iter()
        .filter_map(|unit| match unit.item {
            Item::Line(line) => Some(line),
            Item::Table(_) => None,
        })
        .collect()
}

fn line_unit(line: lines::FramedLine) -> Unit {
    Unit { bounds: line.bounds, size: line.line.size, order: line.order, item: Item::Line(line.line) }
}

/// The directions in which text runs, that of most glyphs first.
fn directions(glyphs: &[Glyph]) -> Vec<Direction> {
    use Direction::{Down, Left, Oblique, Right, Up};
    let mut counts: Vec<(usize, Direction)> = [Right, Down, Up, Left, Oblique]
        .into_iter()
        .map(|direction| {
            let runs = |glyph: &&Glyph| glyph.direction == direction && !glyph.is_space();
            (glyphs.iter().filter(runs).count(), direction)
        })
        .filter(|(count, _)| *count > 0)
        .collect();
    // A page is never read along a watermark while it holds other text.
    counts.sort_by_key(|(count, direction)| (*direction == Oblique, std::cmp::Reverse(*count)));
    counts.into_iter().map(|(_, direction)| direction).collect()
}
