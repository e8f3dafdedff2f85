//! Leaves of the outline with their units, deadlines and requirements.

use duban_document::JoinedText;
use duban_record::Kind;
use duban_time::TimeContext;

use crate::deadlines::{heading_deadlines, task_deadlines};
use crate::kind;
use crate::model::{FoundDeadline, FoundUnit};
use crate::outline::Item;
use crate::reading::{Reading, Script};
use crate::requirements::{FoundRequirement, find_requirements, tells_of_meeting};
use crate::units::UnitReader;

/// What was found in an item.
#[derive(Debug)]
pub(crate) struct Details {
    /// What its own heading or one above it tells of its kind.
    pub(crate) told: Option<Kind>,
    /// A row's title and text, which its details were read from; those of other items from their text.
    row: Option<JoinedText>,
    pub(crate) units: Vec<FoundUnit>,
    pub(crate) deadlines: Vec<FoundDeadline>,
    pub(crate) requirements: Vec<FoundRequirement>,
}

impl Details {
    /// The kind of the item.
    pub(crate) fn kind(&self) -> Kind {
        self.told.unwrap_or(Kind::Task)
    }

    /// What the details of `item` were read from.
    pub(crate) fn read<'a>(&'a self, item: &'a Item) -> &'a JoinedText {
        self.row.as_ref().unwrap_or(&item.text)
    }
}

/// What stands outside the outline and binds a body or a time.
#[derive(Debug)]
pub(crate) struct Outside<'o> {
    pub(crate) text: &'o JoinedText,
    pub(crate) units: Vec<FoundUnit>,
    pub(crate) deadlines: Vec<FoundDeadline>,
    pub(crate) requirements: Vec<FoundRequirement>,
}

/// Reads every item, and what is `loose` with the number of items before it.
///
/// The first list has an entry for each item; of headings it holds what they hand down to the items
/// below them. One thing is read of all texts before the next is: so the code of a step and the words that
/// it knows stay in the processor's nearest cache.
pub(crate) fn read_details<'o>(
    items: &[Item],
    loose: &'o [(usize, JoinedText)],
    script: Script,
    units: &mut UnitReader,
    times: &TimeContext,
) -> (Vec<Details>, Vec<Outside<'o>>) {
    let rows: Vec<Option<JoinedText>> = items.iter().map(row_text).collect();
    let texts = items.iter().zip(&rows).map(|(item, row)| row.as_ref().unwrap_or(&item.text));
    let readings: Vec<Reading<'_>> = texts.map(|text| Reading::of(text, script)).collect();
    let loose_readings: Vec<Reading<'_>> = loose.iter().map(|(_, text)| Reading::of(text, script)).collect();

    let kinds = told_kinds(items, script);
    let (units, loose_units) = {
        let loose = loose.iter().zip(&loose_readings).map(|((before, _), reading)| (*before, reading));
        read_units(items.iter().zip(&readings), loose, units)
    };
    let deadlines = read_deadlines(items.iter().zip(&readings), times);
    let loose_deadlines = loose_readings.iter().map(|reading| task_deadlines(reading, &[], &[], times));
    let outside = loose.iter().zip(loose_units).zip(loose_deadlines).zip(&loose_readings);
    let outside = outside.map(|((((_, text), units), deadlines), reading)| Outside {
        text,
        units,
        deadlines,
        requirements: outside_requirements(&reading.words),
    });
    let outside = outside.collect();
    let requirements: Vec<Vec<FoundRequirement>> = items
        .iter()
        .zip(&readings)
        .map(|(item, reading)| if item.has_children { Vec::new() } else { find_requirements(&reading.words) })
        .collect();
    drop(readings);

    let details = kinds.into_iter().zip(rows).zip(units).zip(deadlines).zip(requirements);
    let details = details.map(|((((told, row), units), deadlines), requirements)| Details {
        told,
        row,
        units,
        deadlines,
        requirements,
    });
    (details.collect(), outside)
}

/// What the heading of each item or one above it tells of its kind.
fn told_kinds(items: &[Item], script: Script) -> Vec<Option<Kind>> {
    let mut told: Vec<Option<Kind>> = Vec::with_capacity(items.len());
    for item in items {
        let above = item.parent.and_then(|parent| told[parent]);
        told.push(kind::told(above, &script.fold(item.title.as_str())));
    }
    told
}

/// The units of the items and of what is loose, read in the order in which they stand, since a rule may
/// hold for all that follows it.
fn read_units<'r>(
    items: impl Iterator<Item = (&'r Item, &'r Reading<'r>)>,
    loose: impl Iterator<Item = (usize, &'r Reading<'r>)>,
    reader: &mut UnitReader,
) -> (Vec<Vec<FoundUnit>>, Vec<Vec<FoundUnit>>) {
    let mut found: Vec<Vec<FoundUnit>> = Vec::new();
    let mut outside = Vec::new();
    let mut loose = loose.peekable();
    for (index, (item, reading)) in items.enumerate() {
        while let Some((_, reading)) = loose.next_if(|(before, _)| *before <= index) {
            outside.push(reader.task_units(reading, &[], &[]));
        }
        let handed = item.parent.map_or(&[][..], |parent| &found[parent]);
        let units = if item.has_children {
            or_handed(reader.heading_units(reading), handed)
        } else {
            reader.task_units(reading, &item.columns, handed)
        };
        found.push(units);
    }
    outside.extend(loose.map(|(_, reading)| reader.task_units(reading, &[], &[])));
    (found, outside)
}

/// The deadlines of the items.
fn read_deadlines<'r>(
    items: impl Iterator<Item = (&'r Item, &'r Reading<'r>)>,
    times: &TimeContext,
) -> Vec<Vec<FoundDeadline>> {
    let mut found: Vec<Vec<FoundDeadline>> = Vec::new();
    for (item, reading) in items {
        let handed = item.parent.map_or(&[][..], |parent| &found[parent]);
        let deadlines = if item.has_children {
            or_handed(heading_deadlines(reading, times), handed)
        } else {
            task_deadlines(reading, &item.columns, handed, times)
        };
        found.push(deadlines);
    }
    found
}

/// What a heading says itself, or else what the one above it hands down.
fn or_handed<T: Clone>(own: Vec<T>, handed: &[T]) -> Vec<T> {
    if own.is_empty() { handed.to_vec() } else { own }
}

/// The requirements of a text outside the outline. An item plans its meetings; what stands outside tells
/// why there is a notice.
fn outside_requirements(words: &str) -> Vec<FoundRequirement> {
    let mut found = find_requirements(words);
    found.retain(|found| !tells_of_meeting(&words[found.range.clone()]));
    found
}

/// The title and the text of a row whose text does not say its title.
fn row_text(item: &Item) -> Option<JoinedText> {
    if !item.is_row || item.text.as_str().trim_start().starts_with(item.title.as_str()) {
        return None;
    }
    let mut builder = JoinedText::builder();
    builder.push_joined(&item.title);
    builder.push_glue("\n");
    builder.push_joined(&item.text);
    Some(builder.finish())
}
