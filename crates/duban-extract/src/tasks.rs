//! Leaves of the outline with their units, deadlines and requirements.

use duban_document::JoinedText;
use duban_record::Kind;
use duban_time::TimeContext;

use crate::deadlines;
use crate::kind;
use crate::model::{FoundDeadline, FoundUnit};
use crate::outline::Item;
use crate::reading::{Reading, Script};
use crate::requirements::{self, FoundRequirement};
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

/// Reads every item, and what is `loose` with the number of items before it, in reading order, since a
/// rule may hold for all that follows it.
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
    let mut details: Vec<Details> = Vec::with_capacity(items.len());
    let mut outside = Vec::new();
    let mut loose = loose.iter().peekable();
    for (index, item) in items.iter().enumerate() {
        while let Some((_, text)) = loose.next_if(|(before, _)| *before <= index) {
            outside.push(read_outside(text, script, units, times));
        }
        let above = item.parent.map(|parent| &details[parent]);
        details.push(read_item(item, above, script, units, times));
    }
    outside.extend(loose.map(|(_, text)| read_outside(text, script, units, times)));
    (details, outside)
}

/// Reads `item`, which stands below the heading `above`.
fn read_item(
    item: &Item,
    above: Option<&Details>,
    script: Script,
    units: &mut UnitReader,
    times: &TimeContext,
) -> Details {
    let row = row_text(item);
    let told = kind::told(above.and_then(|above| above.told), &script.fold(item.title.as_str()));
    let (handed_units, handed_deadlines) =
        above.map_or((&[][..], &[][..]), |above| (&above.units[..], &above.deadlines[..]));
    let (units, deadlines, requirements) = {
        let reading = Reading::of(row.as_ref().unwrap_or(&item.text), script);
        if item.has_children {
            let own_units = units.heading_units(&reading);
            let own_deadlines = deadlines::heading_deadlines(&reading, times);
            let units = if own_units.is_empty() { handed_units.to_vec() } else { own_units };
            let deadlines = if own_deadlines.is_empty() { handed_deadlines.to_vec() } else { own_deadlines };
            (units, deadlines, Vec::new())
        } else {
            let units = units.task_units(&reading, &item.columns, handed_units);
            let deadlines = deadlines::task_deadlines(&reading, &item.columns, handed_deadlines, times);
            (units, deadlines, requirements::find_requirements(&reading.words))
        }
    };
    Details { told, row, units, deadlines, requirements }
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

fn read_outside<'o>(
    text: &'o JoinedText,
    script: Script,
    units: &mut UnitReader,
    times: &TimeContext,
) -> Outside<'o> {
    let reading = Reading::of(text, script);
    let mut requirements = requirements::find_requirements(&reading.words);
    // An item plans its meetings; what stands outside tells why there is a notice.
    requirements.retain(|found| !requirements::tells_of_meeting(&reading.words[found.range.clone()]));
    Outside {
        text,
        units: units.task_units(&reading, &[], &[]),
        deadlines: deadlines::task_deadlines(&reading, &[], &[], times),
        requirements,
    }
}
