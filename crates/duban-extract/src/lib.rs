//! A notice's [`Document`] to its [`Record`]: head, outline, tasks, units, deadlines, requirements.
//!
//! [`extract`] is the whole of it. It never fails: odd input yields warnings. Its steps, each a module:
//!
//! 1. `repeat`: a text that stands twice is read once;
//! 2. `head`: title, number, issuer, recipients, date, basis, attachments, and which blocks are head;
//! 3. `outline` (with `table` and `title`): the tree of numbered headings and items;
//! 4. `tasks`: for each leaf, its text read once (`reading`, with `marks` and `slots`), its `kind`, `units`,
//!    `deadlines`, `requirements`;
//! 5. `rest`: the texts that none of these holds, which stay findable as sections;
//! 6. `lower`: the record, where ranges of the text become pages, lines and boxes.
//!
//! `bodies`, what a name is, serves all of them.
//!
//! The crate knows nothing of file formats and touches no file, clock or environment.

mod bodies;
mod deadlines;
mod head;
mod kind;
mod lower;
mod marks;
mod model;
mod outline;
mod places;
mod reading;
mod repeat;
mod requirements;
mod rest;
mod sentences;
mod slots;
mod table;
mod tasks;
mod title;
mod units;

pub use bodies::canonical::full_names;
use duban_document::{Document, Warned};

use duban_record::Record;
use duban_time::{PlanYear, TimeContext, YearOrigin, parse_day};

/// What the record says of the source and the document does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Path as given.
    pub path: String,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 of the bytes, lower-case hex.
    pub id: String,
}

/// Extracts the record of a notice.
///
/// The warnings of reading end in the record, in front of those of extraction.
pub fn extract(document: Warned<Document>, source: &Source) -> Record {
    let Warned { value: mut document, mut warnings } = document;
    warnings.extend(repeat::drop_copy(&mut document));
    let script = reading::Script::of(&document.text);
    let structure = head::read_structure(&mut document, script);
    let Warned { value: outline, warnings: numbering } = outline::build_outline(&structure);
    let outline::Outline { items, outside: loose } = outline;
    warnings.extend(numbering);
    let head = &structure.head;
    let origin = if head.year_in_title { YearOrigin::Title } else { YearOrigin::IssueDate };
    let times = TimeContext {
        plan_year: head.plan_year.or_else(|| head.year_of_number()).map(|year| PlanYear { year, origin }),
        issued: head.issued_on.as_deref().and_then(parse_day),
        slot: false,
    };
    let (issuer, title) = (head.issuer.as_deref(), head.title.as_deref());
    let read = |times: &TimeContext| {
        let mut units =
            units::UnitReader::new(bodies::canonical::Notice { issuer, title, year: head.plan_year });
        tasks::read_details(&items, &loose, script, &mut units, times)
    };
    let (mut details, mut outside) = read(&times);
    if times.plan_year.is_none()
        && let Some(year) = tasks::printed_year(&details, &outside)
    {
        let plan_year = Some(PlanYear { year, origin: YearOrigin::Text });
        (details, outside) = read(&TimeContext { plan_year, ..times });
    }
    let rest = rest::find(&structure, &items, &details, &outside);
    let parts = lower::Parts { head: structure.head, items, details, outside, rest, warnings };
    lower::lower(&document, source, parts)
}
