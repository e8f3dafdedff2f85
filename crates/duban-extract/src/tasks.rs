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

/// Items of which one thing is read before the next is: so the code of a step and the words that it knows
/// stay in the processor's nearest cache, and of a long document no more than this is held beside it.
const STRETCH: usize = 64;

/// Reads every item, and what is `loose` with the number of items before it.
///
/// The first list has an entry for each item; of headings it holds what they hand down to the items
/// below them.
pub(crate) fn read_details<'o>(
    items: &[Item],
    loose: &'o [(usize, JoinedText)],
    script: Script,
    units: &mut UnitReader,
    times: &TimeContext,
) -> (Vec<Details>, Vec<Outside<'o>>) {
    let rows: Vec<Option<JoinedText>> = items.iter().map(row_text).collect();
    let mut found = Found::default();
    let mut loose = loose;
    for first in (0..items.len().max(1)).step_by(STRETCH) {
        let end = items.len().min(first + STRETCH);
        let here =
            if end == items.len() { loose.len() } else { loose.partition_point(|(before, _)| *before < end) };
        let (here, behind) = loose.split_at(here);
        loose = behind;
        let text = |index: usize| rows[index].as_ref().unwrap_or(&items[index].text);
        let stretch = Stretch {
            first,
            items: items[first..end]
                .iter()
                .zip((first..end).map(|index| Reading::of(text(index), script)))
                .collect(),
            loose: here.iter().map(|(before, text)| (*before, text, Reading::of(text, script))).collect(),
        };
        found.read(&stretch, units, times);
    }
    let kinds = told_kinds(items, script);
    let details = kinds.into_iter().zip(rows).zip(found.units).zip(found.deadlines).zip(found.requirements);
    let details = details.map(|((((told, row), units), deadlines), requirements)| Details {
        told,
        row,
        units,
        deadlines,
        requirements,
    });
    (details.collect(), found.outside)
}

/// A part of a document that is read together.
struct Stretch<'r, 'o> {
    /// Number of items before it.
    first: usize,
    items: Vec<(&'r Item, Reading<'r>)>,
    /// What is loose, each with the number of items before it.
    loose: Vec<(usize, &'o JoinedText, Reading<'o>)>,
}

/// What was found up to now, item by item.
#[derive(Default)]
struct Found<'o> {
    units: Vec<Vec<FoundUnit>>,
    deadlines: Vec<Vec<FoundDeadline>>,
    requirements: Vec<Vec<FoundRequirement>>,
    outside: Vec<Outside<'o>>,
}

impl<'o> Found<'o> {
    fn read(&mut self, stretch: &Stretch<'_, 'o>, units: &mut UnitReader, times: &TimeContext) {
        let loose_units = self.read_units(stretch, units);
        self.read_deadlines(stretch, times);
        let requirements = stretch.items.iter().map(|(item, reading)| {
            if item.has_children { Vec::new() } else { find_requirements(&reading.words) }
        });
        self.requirements.extend(requirements);
        let outside = stretch.loose.iter().zip(loose_units).map(|((_, text, reading), units)| Outside {
            text,
            units,
            deadlines: task_deadlines(reading, &[], &[], times),
            requirements: outside_requirements(&reading.words),
        });
        self.outside.extend(outside);
    }

    /// Reads the units of the items and of what is loose, in the order in which they stand, since a rule may
    /// hold for all that follows it; those of what is loose are given back.
    fn read_units(&mut self, stretch: &Stretch<'_, 'o>, reader: &mut UnitReader) -> Vec<Vec<FoundUnit>> {
        let mut outside = Vec::with_capacity(stretch.loose.len());
        let mut loose = stretch.loose.iter().peekable();
        for (index, (item, reading)) in stretch.items.iter().enumerate() {
            while let Some((_, _, reading)) = loose.next_if(|(before, ..)| *before <= stretch.first + index) {
                outside.push(reader.task_units(reading, &[], &[]));
            }
            let handed = item.parent.map_or(&[][..], |parent| &self.units[parent]);
            let units = if item.has_children {
                or_handed(reader.heading_units(reading), handed)
            } else {
                reader.task_units(reading, &item.columns, handed)
            };
            self.units.push(units);
        }
        outside.extend(loose.map(|(_, _, reading)| reader.task_units(reading, &[], &[])));
        outside
    }

    fn read_deadlines(&mut self, stretch: &Stretch<'_, 'o>, times: &TimeContext) {
        for (item, reading) in &stretch.items {
            let handed = item.parent.map_or(&[][..], |parent| &self.deadlines[parent]);
            let deadlines = if item.has_children {
                or_handed(heading_deadlines(reading, times), handed)
            } else {
                task_deadlines(reading, &item.columns, handed, times)
            };
            self.deadlines.push(deadlines);
        }
    }
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
