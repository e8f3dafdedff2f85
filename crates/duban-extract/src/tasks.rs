//! Leaves of the outline with their units, deadlines and requirements.

use duban_document::JoinedText;
use duban_record::Kind;
use duban_time::{TimeContext, TimeValue, YearOrigin};

use crate::deadlines::{heading_deadlines, task_deadlines};
use crate::kind;
use crate::model::{FoundDeadline, FoundUnit};
use crate::outline::Item;
use crate::reading::{Reading, Script};
use crate::requirements::{FoundRequirement, find_outside, find_requirements};
use crate::units::{self, ReadLabels, ReadSentences, UnitReader};

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

/// Texts that a step reads before the next step begins, so that its code and the words that it knows stay in
/// the processor's nearest cache. Of a long document no more readings than these are held at once.
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
    let none = |count| vec![Findings::default(); count];
    let mut found = Found { of_items: none(items.len()), outside: none(loose.len()) };
    for stretch in passages(items, &rows, loose).chunks(STRETCH) {
        let readings: Vec<Reading<'_>> =
            stretch.iter().map(|passage| Reading::of(passage.text(), script)).collect();
        found.read(stretch, &readings, units, times);
    }
    let items = told_kinds(items, script).into_iter().zip(rows).zip(found.of_items);
    let details = items.map(|((told, row), findings)| {
        let Findings { units, deadlines, requirements } = findings;
        Details { told, row, units, deadlines, requirements }
    });
    let outside = loose.iter().zip(found.outside).map(|((_, text), findings)| {
        let Findings { units, deadlines, requirements } = findings;
        Outside { text, units, deadlines, requirements }
    });
    (details.collect(), outside.collect())
}

/// The year that every deadline to the month prints that prints one at all, where others print none and took
/// none: （一）动员（2019年3月） （二）整治（4月—10月）.
pub(crate) fn printed_year(details: &[Details], outside: &[Outside<'_>]) -> Option<i32> {
    let of_items = details.iter().flat_map(|details| &details.deadlines);
    let all = of_items.chain(outside.iter().flat_map(|outside| &outside.deadlines));
    let dates = all.filter_map(|deadline| match deadline.value {
        TimeValue::Date { start, due } => Some((deadline, [start, due])),
        _ => None,
    });
    let (mut lacking, mut printed) = (false, None);
    for (deadline, days) in dates {
        lacking |= days == [None, None];
        // A year alone is more often an aim (到2025年) than the year of the work.
        let to_the_month = deadline.year_from == Some(YearOrigin::Text) && deadline.raw.contains('月');
        for day in days.into_iter().flatten().filter(|_| to_the_month) {
            if *printed.get_or_insert(day.year()) != day.year() {
                return None;
            }
        }
    }
    printed.filter(|_| lacking)
}

/// A text that is read, with its place among the items or among what is loose.
enum Passage<'r> {
    Item(usize, &'r Item, &'r JoinedText),
    Loose(usize, &'r JoinedText),
}

impl<'r> Passage<'r> {
    fn text(&self) -> &'r JoinedText {
        match self {
            Self::Item(_, _, text) | Self::Loose(_, text) => text,
        }
    }

    /// Whether it stands over other items.
    fn is_heading(&self) -> bool {
        matches!(self, Self::Item(_, item, _) if item.has_children)
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
    let mut loose = loose.iter().enumerate().peekable();
    for (index, (item, row)) in items.iter().zip(rows).enumerate() {
        while let Some((place, (_, text))) = loose.next_if(|(_, (before, _))| *before <= index) {
            passages.push(Passage::Loose(place, text));
        }
        passages.push(Passage::Item(index, item, row.as_ref().unwrap_or(&item.text)));
    }
    passages.extend(loose.map(|(place, (_, text))| Passage::Loose(place, text)));
    passages
}

/// What was found in a text.
#[derive(Clone, Default)]
struct Findings {
    units: Vec<FoundUnit>,
    deadlines: Vec<FoundDeadline>,
    requirements: Vec<FoundRequirement>,
}

/// What was found up to now.
struct Found {
    /// One entry for each item.
    of_items: Vec<Findings>,
    /// One entry for each text that is loose.
    outside: Vec<Findings>,
}

impl Found {
    /// Reads a stretch of texts.
    fn read(
        &mut self,
        passages: &[Passage<'_>],
        readings: &[Reading<'_>],
        reader: &mut UnitReader,
        times: &TimeContext,
    ) {
        let labels: Vec<_> = readings.iter().map(|reading| reader.read_labels(reading)).collect();
        let texts = || passages.iter().zip(readings);
        let sentences = texts().zip(&labels).map(|((passage, reading), labels)| {
            let heading = passage.is_heading();
            if heading { ReadSentences::default() } else { labels.read_sentences(reading) }
        });
        let sentences: Vec<_> = sentences.collect();
        for ((passage, reading), read) in texts().zip(labels.into_iter().zip(sentences)) {
            let units = self.units(passage, reading, read, reader);
            self.of(passage).units = units;
        }
        for (passage, reading) in texts() {
            let deadlines = self.deadlines(passage, reading, times);
            self.of(passage).deadlines = deadlines;
        }
        for (passage, reading) in texts() {
            self.of(passage).requirements = requirements(passage, reading);
        }
    }

    /// The entry of `passage`.
    fn of(&mut self, passage: &Passage<'_>) -> &mut Findings {
        match passage {
            Passage::Item(index, ..) => &mut self.of_items[*index],
            Passage::Loose(place, _) => &mut self.outside[*place],
        }
    }

    fn units(
        &self,
        passage: &Passage<'_>,
        reading: &Reading<'_>,
        (labels, sentences): (ReadLabels, ReadSentences),
        reader: &mut UnitReader,
    ) -> Vec<FoundUnit> {
        let Passage::Item(_, item, _) = passage else {
            return if units::heads_items(&reading.words) {
                reader.line_units(reading, &labels)
            } else {
                reader.task_units(reading, labels, sentences, &[], &[])
            };
        };
        let above = || item.parent.map_or(&[][..], |parent| &self.of_items[parent].units);
        let handed = item.under.map_or_else(above, |line| &self.outside[line].units);
        if item.has_children {
            or_handed(reader.heading_units(reading, labels), handed)
        } else {
            reader.task_units(reading, labels, sentences, &item.columns, handed)
        }
    }

    fn deadlines(
        &self,
        passage: &Passage<'_>,
        reading: &Reading<'_>,
        times: &TimeContext,
    ) -> Vec<FoundDeadline> {
        let Passage::Item(_, item, _) = passage else { return task_deadlines(reading, &[], &[], times) };
        let handed = item.parent.map_or(&[][..], |parent| &self.of_items[parent].deadlines);
        if item.has_children {
            or_handed(heading_deadlines(reading, times), handed)
        } else {
            task_deadlines(reading, &item.columns, handed, times)
        }
    }
}

/// The requirements of `passage`, which reads as `reading`.
fn requirements(passage: &Passage<'_>, reading: &Reading<'_>) -> Vec<FoundRequirement> {
    match passage {
        Passage::Item(_, item, _) if item.has_children => Vec::new(),
        Passage::Item(..) => find_requirements(&reading.words, &reading.marks),
        Passage::Loose(..) => find_outside(&reading.words, &reading.marks),
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
