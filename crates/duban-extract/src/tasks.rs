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

/// Texts of which one thing is read before the next is: so the code of a step and the words that it knows
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
    for stretch in passages(items, &rows, loose).chunks(STRETCH) {
        let readings: Vec<Reading<'_>> =
            stretch.iter().map(|passage| Reading::of(passage.text(), script)).collect();
        found.read_units(stretch, &readings, units);
        found.read_deadlines(stretch, &readings, times);
        found.read_requirements(stretch, &readings);
    }
    let kinds = told_kinds(items, script);
    let Found { of_items, outside } = found;
    let items =
        kinds.into_iter().zip(rows).zip(of_items.units).zip(of_items.deadlines).zip(of_items.requirements);
    let details = items.map(|((((told, row), units), deadlines), requirements)| Details {
        told,
        row,
        units,
        deadlines,
        requirements,
    });
    let outside = loose.iter().zip(outside.units).zip(outside.deadlines).zip(outside.requirements);
    let outside = outside.map(|((((_, text), units), deadlines), requirements)| Outside {
        text,
        units,
        deadlines,
        requirements,
    });
    (details.collect(), outside.collect())
}

/// A text that is read, in the order in which they stand.
enum Passage<'r> {
    Item(&'r Item, &'r JoinedText),
    Loose(&'r JoinedText),
}

impl<'r> Passage<'r> {
    fn text(&self) -> &'r JoinedText {
        match self {
            Self::Item(_, text) | Self::Loose(text) => text,
        }
    }
}

/// The items, of which `rows` have a text of their own, and what is `loose` with the number of items before
/// it, in the order in which they stand.
fn passages<'r>(
    items: &'r [Item],
    rows: &'r [Option<JoinedText>],
    loose: &'r [(usize, JoinedText)],
) -> Vec<Passage<'r>> {
    let mut passages = Vec::with_capacity(items.len() + loose.len());
    let mut loose = loose.iter().peekable();
    for (index, (item, row)) in items.iter().zip(rows).enumerate() {
        while let Some((_, text)) = loose.next_if(|(before, _)| *before <= index) {
            passages.push(Passage::Loose(text));
        }
        passages.push(Passage::Item(item, row.as_ref().unwrap_or(&item.text)));
    }
    passages.extend(loose.map(|(_, text)| Passage::Loose(text)));
    passages
}

/// What was found up to now.
#[derive(Default)]
struct Found {
    /// Text by text, of the items.
    of_items: Lists,
    /// The same of what is loose.
    outside: Lists,
}

#[derive(Default)]
struct Lists {
    units: Vec<Vec<FoundUnit>>,
    deadlines: Vec<Vec<FoundDeadline>>,
    requirements: Vec<Vec<FoundRequirement>>,
}

impl Found {
    fn read_units(&mut self, passages: &[Passage<'_>], readings: &[Reading<'_>], reader: &mut UnitReader) {
        let told: Vec<_> = readings.iter().map(|reading| reader.read_labels(reading)).collect();
        for ((passage, reading), told) in passages.iter().zip(readings).zip(told) {
            let Passage::Item(item, _) = passage else {
                self.outside.units.push(reader.task_units(reading, told, &[], &[]));
                continue;
            };
            let handed = item.parent.map_or(&[][..], |parent| &self.of_items.units[parent]);
            let units = if item.has_children {
                or_handed(reader.heading_units(reading, told), handed)
            } else {
                reader.task_units(reading, told, &item.columns, handed)
            };
            self.of_items.units.push(units);
        }
    }

    fn read_deadlines(&mut self, passages: &[Passage<'_>], readings: &[Reading<'_>], times: &TimeContext) {
        for (passage, reading) in passages.iter().zip(readings) {
            let Passage::Item(item, _) = passage else {
                self.outside.deadlines.push(task_deadlines(reading, &[], &[], times));
                continue;
            };
            let handed = item.parent.map_or(&[][..], |parent| &self.of_items.deadlines[parent]);
            let deadlines = if item.has_children {
                or_handed(heading_deadlines(reading, times), handed)
            } else {
                task_deadlines(reading, &item.columns, handed, times)
            };
            self.of_items.deadlines.push(deadlines);
        }
    }

    fn read_requirements(&mut self, passages: &[Passage<'_>], readings: &[Reading<'_>]) {
        for (passage, reading) in passages.iter().zip(readings) {
            match passage {
                Passage::Item(item, _) if item.has_children => self.of_items.requirements.push(Vec::new()),
                Passage::Item(..) => self.of_items.requirements.push(find_requirements(&reading.words)),
                Passage::Loose(_) => self.outside.requirements.push(outside_requirements(&reading.words)),
            }
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
