//! Who is responsible: units from labels, brackets, columns and sentences.
//!
//! `slots` find labels, [`roles`] says what a value says of the bodies in it, [`pieces`] what its pieces are,
//! [`labels`] reads labels and brackets, [`cues`], [`bounds`], [`clause`], [`nesting`], [`vague`], [`telling`], [`said`],
//! [`nouns`], [`groups`], [`reports`] and [`inline`] read sentences, [`rules`] what holds for all that follows,
//! [`merge`] gives each body once. What a name is, `bodies` know.

mod bounds;
mod clause;
mod cues;
mod groups;
mod inline;
mod labels;
mod merge;
mod nesting;
mod nouns;
mod pieces;
mod reports;
mod roles;
mod rules;
mod said;
#[cfg(test)]
mod spec;
mod telling;
mod vague;

use std::borrow::Cow;
use std::ops::Range;

use duban_document::JoinedText;
use duban_record::{Role, UnitEvidence};
use smallvec::SmallVec;

use crate::bodies::canonical::{Names, Notice};
use crate::bodies::lexicon::{self, Follow};
use crate::marks::Mark;
use crate::model::{FoundUnit, SlotRole};
use crate::reading::{Reading, fold};
use cues::{Cue, Cues};
use labels::{Labelled, Labels};
use merge::{Mention, Units};
pub(crate) use rules::first_leads;

/// Whether `sentence`, times and adverbs apart, begins with a verb of doing. One that also stands in names (公开,
/// 管理) tells it only where such words went before it, or where the sentence is known to `act`.
pub(crate) fn opens_with_act(sentence: &str, act: bool) -> bool {
    let start = bounds::skip_openers(sentence, 0, sentence.len());
    let mut rest = sentence.get(start..).unwrap_or_default();
    let mut told = act || start > 0;
    while let Some((kind, len)) = lexicon::follow(rest) {
        match kind {
            Follow::Adverb => (rest, told) = (rest.get(len..).unwrap_or_default(), true),
            Follow::Verb => return true,
            Follow::NameVerb => return told,
            _ => return false,
        }
    }
    false
}

/// The labels of a text, read, and what else it says of units.
pub(crate) struct ReadLabels {
    cues: Cues,
    /// Whether the first of each list leads, by what was said up to here.
    first_leads: bool,
    /// The year that the notice is for.
    year: Option<i32>,
    labels: Labels,
}

/// Whom the sentences of a text make responsible.
#[derive(Default)]
pub(crate) struct ReadSentences(Vec<Labelled>);

impl ReadLabels {
    /// Reads the sentences of the text, which is `reading`, but for what its labels say.
    pub(crate) fn read_sentences(&self, reading: &Reading<'_>) -> ReadSentences {
        ReadSentences(inline::read(&Left::of(reading, &self.cues, &self.labels.spent), self.year))
    }
}

/// Reads units in the order of the texts, because a rule may hold for all that follows it. Reading labels and
/// sentences may run ahead of the rest, but each must see the texts in order.
pub(crate) struct UnitReader {
    full_names: Names,
    /// Whether the first of each list leads.
    first_leads: bool,
    /// The year that the notice is for.
    year: Option<i32>,
    /// Units of every later item: 以下均需…落实.
    following: Vec<FoundUnit>,
}

impl Reading<'_> {
    fn mention(&self, unit: Labelled) -> Mention<'_> {
        let Labelled { range, open, role, rule } = unit;
        Mention { printed: self.printed, words: &self.words, range, role, open, rule }
    }
}

/// Whether `text`, a line without a number, names the bodies of the numbered items below it and nothing else: 县住建局（4项）.
pub(crate) fn heads_items(text: &str) -> bool {
    !labels::unnumbered_heading(text).is_empty()
}

impl UnitReader {
    /// A reader for `notice`, whose issuer and title resolve elided levels (县卫健局).
    pub(crate) fn new(notice: Notice<'_>) -> Self {
        let (issuer, title) = (notice.issuer.map(fold), notice.title.map(fold));
        let folded = Notice { issuer: issuer.as_deref(), title: title.as_deref(), year: notice.year };
        // 任务分解表（排在第一位的为牵头单位）.
        let first_leads = title.as_deref().is_some_and(first_leads);
        Self { full_names: Names::of(folded), first_leads, year: notice.year, following: Vec::new() }
    }

    /// Takes note of rules for the whole document in `text`.
    fn observe(&mut self, text: &str, cues: &Cues) {
        self.first_leads |= cues.say(Cue::First) && first_leads(text);
    }

    /// Reads the labels of a text.
    pub(crate) fn read_labels(&mut self, reading: &Reading<'_>) -> ReadLabels {
        let cues = Cues::of(&reading.words);
        self.observe(&reading.words, &cues);
        let labels = labels::read(reading, self.first_leads);
        ReadLabels { cues, first_leads: self.first_leads, year: self.year, labels }
    }

    /// Units that the label of a heading hands down to every item below it; the text is what stands
    /// under the heading before its first item, the heading itself included.
    pub(crate) fn heading_units(&mut self, reading: &Reading<'_>, read: ReadLabels) -> Vec<FoundUnit> {
        let ReadLabels { cues, labels, .. } = read;
        let labelled = labels.units;
        let named = if labelled.is_empty() { labels::heading(&reading.words) } else { labelled };
        self.handed_down(reading, &cues, named)
    }

    /// Units that a line without a number, of which [`heads_items`] holds, hands down to the items below it.
    pub(crate) fn line_units(&mut self, reading: &Reading<'_>, read: &ReadLabels) -> Vec<FoundUnit> {
        self.handed_down(reading, &read.cues, labels::unnumbered_heading(&reading.words))
    }

    fn handed_down(&mut self, reading: &Reading<'_>, cues: &Cues, named: Vec<Labelled>) -> Vec<FoundUnit> {
        let mut units = Units::new(&self.full_names);
        for unit in named {
            units.add_labelled(&reading.mention(unit));
        }
        let handed_down = units.finish();
        self.follow(reading, cues);
        handed_down.into_iter().map(|unit| FoundUnit { evidence: UnitEvidence::Inherited, ..unit }).collect()
    }

    /// Units of one task: the text is all of it (paragraphs joined by `\n`), `columns` are the cells
    /// of its table row in labelled columns, `inherited` is what its ancestors hand down.
    ///
    /// Text outside the outline is read as a task without columns and ancestors.
    pub(crate) fn task_units(
        &mut self,
        reading: &Reading<'_>,
        read: ReadLabels,
        sentences: ReadSentences,
        columns: &[(SlotRole, JoinedText)],
        inherited: &[FoundUnit],
    ) -> Vec<FoundUnit> {
        let ReadLabels { cues, first_leads, labels, .. } = read;
        let of_bodies = columns.iter().filter(|(column, _)| labels::role_of(*column).is_some());
        let cells: Vec<_> =
            of_bodies.map(|(column, cell)| (*column, Reading::of_cell(cell, reading.script))).collect();
        let mut units = Units::new(&self.full_names);
        read_columns(&cells, first_leads, &mut units);
        for unit in labels.units {
            units.add_labelled(&reading.mention(unit));
        }
        for unit in sentences.0 {
            units.add_inline(&reading.mention(unit));
        }
        if !units.has_labels() {
            for unit in inherited {
                units.add_inherited(unit);
            }
        }
        for unit in &self.following {
            units.add_inherited(unit);
        }
        let units = units.finish();
        self.follow(reading, &cues);
        units
    }

    /// Takes note of the bodies that a text names for all that follows.
    fn follow(&mut self, reading: &Reading<'_>, cues: &Cues) {
        if !cues.say(Cue::NotAgain) {
            return;
        }
        let mut units = Units::new(&self.full_names);
        for range in rules::named_for_all(&reading.words) {
            let unit = Labelled { range, open: false, role: Role::Responsible, rule: "rule.following" };
            units.add_labelled(&reading.mention(unit));
        }
        self.following.extend(units.finish());
    }
}

/// Cells of labelled columns. Beside a filled lead cell all others help; beside an empty one they
/// are responsible.
fn read_columns<'a>(cells: &'a [(SlotRole, Reading<'a>)], first_leads: bool, units: &mut Units<'a>) {
    let of_leads = cells.iter().filter(|(column, _)| *column == SlotRole::Lead);
    let leads: Vec<_> = of_leads.map(|(_, cell)| cell_units(cell, Role::Lead, false)).collect();
    let beside_lead = !leads.is_empty();
    let led = leads.iter().any(|units| !units.is_empty());
    let mut leads = leads.into_iter();
    for (column, cell) in cells {
        let role = match column {
            SlotRole::Lead => Role::Lead,
            SlotRole::Support | SlotRole::Responsible if led => Role::Support,
            SlotRole::Support if !beside_lead => Role::Support,
            SlotRole::Support | SlotRole::Responsible => Role::Responsible,
            SlotRole::Time | SlotRole::Person => continue,
        };
        let first_leads = first_leads && !beside_lead && role == Role::Responsible;
        let read = if role == Role::Lead { leads.next() } else { None };
        for unit in read.unwrap_or_else(|| cell_units(cell, role, first_leads)) {
            units.add_labelled(&cell.mention(unit));
        }
    }
}

/// Units of a cell: of the labels in it, or of the whole cell.
fn cell_units(cell: &Reading<'_>, role: Role, first_leads: bool) -> Vec<Labelled> {
    let own = labels::read(cell, first_leads);
    if own.units.iter().any(|unit| unit.rule != "label.bracket") {
        return own.units;
    }
    let words = &*cell.words;
    labels::assign(words, roles::read_cell(words), role, "label.column", first_leads).collect()
}

/// What is left of a text, its marks and its cues when what labels say is blanked out, places kept.
struct Left<'t> {
    text: Cow<'t, str>,
    marks: Cow<'t, [Mark]>,
    cues: Cow<'t, Cues>,
}

impl<'t> Left<'t> {
    fn of(reading: &'t Reading<'_>, cues: &'t Cues, spent: &[Range<usize>]) -> Self {
        let (text, marks) = (&*reading.words, &*reading.marks);
        if spent.is_empty() {
            let (text, marks) = (Cow::Borrowed(text), Cow::Borrowed(marks));
            return Self { text, marks, cues: Cow::Borrowed(cues) };
        }
        let text = blank(text, spent);
        let stands = |mark: &&Mark| text.as_bytes().get(mark.at()) != Some(&b' ');
        let mut left = Vec::with_capacity(marks.len());
        left.extend(marks.iter().filter(stands));
        let cues = Cow::Owned(cues.kept_in(&text));
        Self { text: Cow::Owned(text), marks: Cow::Owned(left), cues }
    }
}

/// `text` with the bytes of `spent` blanked, so that places stay the same.
fn blank(text: &str, spent: &[Range<usize>]) -> String {
    /// So many at a time.
    const BLANKS: &str = "                                                                ";
    let mut blanked = String::with_capacity(text.len());
    let mut ranges: SmallVec<[&Range<usize>; 8]> = spent.iter().collect();
    ranges.sort_by_key(|range| range.start);
    let mut end = 0;
    for range in ranges {
        if range.start >= end {
            blanked.push_str(text.get(end..range.start).unwrap_or_default());
            let mut left = range.len();
            while left > 0 {
                let some = left.min(BLANKS.len());
                blanked.push_str(&BLANKS[..some]);
                left -= some;
            }
            end = range.end;
        }
    }
    blanked.push_str(text.get(end..).unwrap_or_default());
    blanked
}
