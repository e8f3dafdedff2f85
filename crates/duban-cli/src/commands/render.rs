//! `duban render`: a page of a PDF as a picture, with the boxes of what was found in it.

use duban::Examined;
use duban::document::{Bounds, Format};
use duban::record::{Location, PageBox, Record};
use duban::render::{POINTS_PER_INCH, Pages, mark};
use fontdb::{Database, Family, Query, Source};

use crate::args::Render;
use crate::failure::{Status, Stop, report_input, tell};
use crate::input::load;

/// Frame of an item's box.
const ITEM: [u8; 3] = [200, 200, 200];
/// Frame of a unit's box.
const UNIT: [u8; 3] = [30, 90, 220];
/// Frame of a deadline's box.
const DEADLINE: [u8; 3] = [210, 40, 40];

/// Families with Chinese characters, in the order in which they are looked for.
const FAMILIES: [&str; 7] = [
    "SimSun",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Songti SC",
    "WenQuanYi Zen Hei",
];

/// Writes the picture.
pub(crate) fn run(arguments: &Render) -> Result<Status, Stop> {
    let options = arguments.reading.options()?;
    let loaded = load(&arguments.input, &options).and_then(|(name, bytes)| {
        let examined = duban::examine_bytes(&name, &bytes, &options)?;
        Ok((bytes, examined))
    });
    let (bytes, Examined { document, record }) = match loaded {
        Ok(loaded) => loaded,
        Err(error) => {
            report_input(&error);
            return Ok(Status::Incomplete);
        }
    };
    if document.format != Format::Pdf {
        let name = arguments.input.display();
        return Err(Stop::usage(
            format!("`{name}` has no pages that could be painted"),
            "give a PDF, or read the text of other formats with `duban text`",
        ));
    }
    let password = arguments.reading.password.as_deref().unwrap_or_default();
    let scale = f32::from(arguments.resolution) / POINTS_PER_INCH;
    let painted =
        Pages::open(bytes, password, chinese_font()).and_then(|pages| pages.picture(arguments.page, scale));
    let mut picture = painted.map_err(|error| Stop::Failure { message: error.to_string(), hint: None })?;
    let found = places(&record);
    let mut drawn = 0;
    for (colour, bounds) in boxes_on(&found, arguments.page) {
        mark(&mut picture, bounds, scale, colour);
        drawn += 1;
    }
    picture.save(&arguments.output).map_err(|error| {
        let name = arguments.output.display();
        Stop::usage(format!("cannot write `{name}`: {error}"), "name a file that ends in .png")
    })?;
    tell(&format!("{}: page {} with {drawn} boxes\n", arguments.output.display(), arguments.page));
    Ok(Status::Done)
}

/// What is drawn: items below, so that the boxes of units and deadlines lie over theirs.
fn places(record: &Record) -> Vec<([u8; 3], &Location)> {
    let items = record.tasks.iter().map(|task| (ITEM, &task.at));
    let units = record.tasks.iter().flat_map(|task| &task.units).map(|unit| (UNIT, &unit.at));
    let deadlines =
        record.tasks.iter().flat_map(|task| &task.deadlines).map(|deadline| (DEADLINE, &deadline.at));
    items.chain(units).chain(deadlines).collect()
}

fn boxes_on<'a>(
    places: &'a [([u8; 3], &Location)],
    wanted: u32,
) -> impl Iterator<Item = ([u8; 3], Bounds)> + 'a {
    places
        .iter()
        .flat_map(|(colour, at)| at.boxes.iter().map(|at| (*colour, *at)))
        .filter(move |(_, PageBox(page, ..))| *page == wanted)
        .map(|(colour, PageBox(_, x0, y0, x1, y1))| (colour, Bounds { x0, y0, x1, y1 }))
}

/// A font of the machine with Chinese characters: its file, and which font of a collection.
fn chinese_font() -> Option<(Vec<u8>, u32)> {
    let mut fonts = Database::new();
    fonts.load_system_fonts();
    let families = FAMILIES.map(Family::Name);
    let id = fonts.query(&Query { families: &families, ..Query::default() })?;
    let (source, index) = fonts.face_source(id)?;
    match source {
        Source::File(path) | Source::SharedFile(path, _) => Some((std::fs::read(path).ok()?, index)),
        Source::Binary(data) => Some((data.as_ref().as_ref().to_vec(), index)),
    }
}
