//! Working values to the record: the only place where ranges become [`Location`]s.

use duban_document::{Document, JoinedText, TextRange};
use duban_record as record;
use duban_record::{
    Basis, DocumentRequirement, Location, OutlineNode, PageBox, Record, Requirement, Section, Task,
};
use duban_time::{LengthUnit, TimeValue, YearOrigin};

use crate::Source;
use crate::head::Head;
use crate::model::{FoundDeadline, FoundUnit};
use crate::outline::Item;
use crate::requirements::FoundRequirement;
use crate::tasks::{Details, Outside};

/// Everything that the record is made of.
pub(crate) struct Parts<'a> {
    pub(crate) head: Head,
    pub(crate) items: Vec<Item>,
    /// As many as `items`.
    pub(crate) details: Vec<Details>,
    pub(crate) outside: Vec<Outside<'a>>,
    pub(crate) rest: Vec<JoinedText>,
    pub(crate) warnings: Vec<duban_document::Warning>,
}

/// Makes the record.
pub(crate) fn lower(document: &Document, source: &Source, parts: Parts<'_>) -> Record {
    let places = Places { document };
    let Parts { head, mut items, details, outside, rest, mut warnings } = parts;
    warnings.extend(ambiguous(&items, &details));
    Record {
        schema_version: record::SCHEMA_VERSION,
        id: source.id.clone(),
        source: record::Source {
            path: source.path.clone(),
            format: format(document.format),
            bytes: source.bytes,
            pages: document.pages,
            ocr: document.recognition.as_ref().map(|recognition| record::Ocr {
                pages: recognition.pages.clone(),
                confidence: recognition.confidence,
            }),
        },
        title: head.title,
        document_number: head.document_number,
        issuer: head.issuer,
        level: head.level,
        recipients: head.recipients,
        issued_on: head.issued_on,
        plan_year: head.plan_year,
        basis: head
            .basis
            .into_iter()
            .map(|basis| Basis {
                title: basis.title,
                document_number: basis.document_number,
                at: places.of(&basis.places),
            })
            .collect(),
        attachments: head.attachments,
        outline: nodes(&places, &mut items, &details),
        tasks: tasks(&places, &source.id, items, details),
        requirements: outside.iter().flat_map(|outside| places.document_requirements(outside)).collect(),
        sections: sections(&places, outside.iter().map(|outside| outside.text).chain(&rest)),
        warnings: warnings.into_iter().map(|warning| places.warning(warning)).collect(),
    }
}

/// The texts outside the outline, in the order in which they stand.
fn sections<'a>(places: &Places<'_>, texts: impl Iterator<Item = &'a JoinedText>) -> Vec<Section> {
    let mut texts: Vec<&JoinedText> = texts.collect();
    texts.sort_by_cached_key(|text| text.source_cover(0..text.as_str().len()).map(TextRange::start));
    texts
        .into_iter()
        .map(|text| Section {
            text: text.as_str().to_owned(),
            at: places.of_text(text, 0..text.as_str().len()),
        })
        .collect()
}

/// The leaves among `items` as tasks, whose texts move into them.
fn tasks(places: &Places<'_>, id: &str, mut items: Vec<Item>, details: Vec<Details>) -> Vec<Task> {
    let mut tasks = Vec::with_capacity(items.len());
    for (index, details) in details.into_iter().enumerate() {
        if items[index].has_children {
            continue;
        }
        let path = path(&items, index);
        let item = &mut items[index];
        let requirements =
            details.requirements.iter().map(|found| places.requirement(found, item, &details)).collect();
        tasks.push(Task {
            id: task_id(id, item),
            number: std::mem::take(&mut item.number),
            path,
            title: std::mem::take(&mut item.title).into_string(),
            text: std::mem::take(&mut item.text).into_string(),
            kind: details.kind(),
            requirements,
            units: details.units.into_iter().map(|unit| places.unit(unit)).collect(),
            deadlines: details.deadlines.into_iter().map(|deadline| places.deadline(deadline)).collect(),
            at: places.of(&[item.range]),
        });
    }
    tasks
}

/// The number of `item` in the document `id`, unique where it was given before: nothing, `~2`, `~3`.
fn task_id(id: &str, item: &Item) -> String {
    match item.repeat {
        1 => [id, "#", &item.number].concat(),
        repeat => format!("{id}#{}~{repeat}", item.number),
    }
}

/// Titles of the ancestors of the item at `index`, the attachment's first.
fn path(items: &[Item], index: usize) -> Vec<String> {
    let item = &items[index];
    let mut path = Vec::with_capacity(item.level);
    let mut at = item.parent;
    while let Some(parent) = at.map(|index| &items[index]) {
        path.push(parent.title.as_str().to_owned());
        at = parent.parent;
    }
    path.extend(item.attachment.clone());
    path.reverse();
    path
}

/// The items as a tree; their labels move into it.
fn nodes(places: &Places<'_>, items: &mut [Item], details: &[Details]) -> Vec<OutlineNode> {
    let mut children: Vec<Vec<OutlineNode>> = items.iter().map(|_| Vec::new()).collect();
    let mut roots = Vec::new();
    for (index, (item, details)) in items.iter_mut().zip(details).enumerate().rev() {
        let mut own = std::mem::take(&mut children[index]);
        own.reverse();
        let mut at = places.of(&[item.range]);
        if let Some(last) = own.last().map(|node| &node.at) {
            at.line_end = last.line_end.max(at.line_end);
            at.page_end = last.page_end.or(at.page_end);
        }
        let node = OutlineNode {
            label: std::mem::take(&mut item.label),
            number: item.number.clone(),
            level: u32::try_from(item.level).unwrap_or(u32::MAX),
            title: item.title.as_str().to_owned(),
            text: below_title(item),
            kind: details.kind(),
            children: own,
            at,
        };
        match item.parent {
            Some(parent) => children[parent].push(node),
            None => roots.push(node),
        }
    }
    roots.reverse();
    roots
}

/// What stands under the heading before its first child.
fn below_title(item: &Item) -> Option<String> {
    let text = item.text.as_str();
    let below = if item.is_row { text } else { text.strip_prefix(item.title.as_str()).unwrap_or(text) };
    let below = below.trim_start_matches(['。', '；', '：', ':', '\n', ' ', '\u{3000}']).trim_end();
    (!below.is_empty()).then(|| below.to_owned())
}

/// A warning for each time whose period could be read in two ways.
fn ambiguous(items: &[Item], details: &[Details]) -> Vec<duban_document::Warning> {
    let leaves = items.iter().zip(details).filter(|(item, _)| !item.has_children);
    let mut warnings = Vec::new();
    for (item, details) in leaves {
        for deadline in details.deadlines.iter().filter(|deadline| deadline.ambiguous) {
            let message =
                format!("`{}` may or may not count the period that it names; it is counted in", deadline.raw);
            let mut warning =
                duban_document::Warning::new(duban_document::WarningCode::AmbiguousDeadline, message);
            warning.number = Some(item.number.clone());
            warning.range = deadline.places.iter().copied().reduce(TextRange::cover);
            warnings.push(warning);
        }
    }
    warnings
}

/// Turns ranges of one document into locations.
struct Places<'d> {
    document: &'d Document,
}

impl Places<'_> {
    /// Where `ranges` stand; all zero where they are none.
    fn of(&self, ranges: &[TextRange]) -> Location {
        let Some(cover) = ranges.iter().copied().reduce(TextRange::cover) else { return Location::default() };
        let Some((first, last)) = self.document.lines_in(cover) else { return Location::default() };
        let page = |index: usize| self.document.lines.get(index).and_then(|line| line.page);
        let pages = page(first).zip(page(last));
        let line = |index: usize| u32::try_from(index + 1).unwrap_or(u32::MAX);
        Location {
            page_start: pages.map(|(first, _)| first),
            page_end: pages.map(|(_, last)| last),
            line_start: line(first),
            line_end: line(last),
            boxes: self.boxes(ranges),
        }
    }

    fn boxes(&self, ranges: &[TextRange]) -> Vec<PageBox> {
        if self.document.placed.is_empty() {
            return Vec::new();
        }
        let hundredths = |points: f32| (points * 100.0).round() / 100.0;
        let boxes = ranges.iter().flat_map(|range| self.document.boxes_in(*range));
        boxes
            .map(|(page, b)| {
                PageBox(page, hundredths(b.x0), hundredths(b.y0), hundredths(b.x1), hundredths(b.y1))
            })
            .collect()
    }

    fn of_text(&self, text: &JoinedText, range: std::ops::Range<usize>) -> Location {
        self.of(&text.source_ranges(range))
    }

    fn unit(&self, unit: FoundUnit) -> record::Unit {
        record::Unit {
            name: unit.name,
            canonical: unit.canonical,
            role: unit.role,
            evidence: unit.evidence,
            open: unit.open,
            rule: unit.rule.into(),
            at: self.of(&unit.places),
        }
    }

    fn deadline(&self, found: FoundDeadline) -> record::Deadline {
        let mut deadline = record::Deadline {
            raw: found.raw,
            kind: record::DeadlineKind::Ongoing,
            due: None,
            start: None,
            within: None,
            after: None,
            rrule: None,
            times: None,
            operator: found.operator,
            year_from: found.year_from.map(year_origin),
            evidence: found.evidence,
            rule: found.rule.into(),
            at: self.of(&found.places),
        };
        match found.value {
            TimeValue::Date { start, due } => {
                deadline.kind = record::DeadlineKind::Date;
                deadline.start = start.map(|date| date.to_string());
                deadline.due = due.map(|date| date.to_string());
            }
            TimeValue::Relative { count, unit, after } => {
                deadline.kind = record::DeadlineKind::Relative;
                deadline.within = Some(record::Within { count, unit: length_unit(unit) });
                deadline.after = after;
            }
            TimeValue::Recurring { rrule, times } => {
                deadline.kind = record::DeadlineKind::Recurring;
                deadline.rrule = Some(rrule);
                deadline.times = times;
            }
            TimeValue::Ongoing => {}
        }
        deadline
    }

    fn requirement(&self, found: &FoundRequirement, item: &Item, details: &Details) -> Requirement {
        let read = details.read(item);
        let homes = read.source_ranges(found.range.clone());
        Requirement {
            text: read.as_str()[found.range.clone()].to_owned(),
            modality: found.modality,
            units: indices(&details.units, |unit| place_in(unit, &homes).is_some()),
            deadlines: indices(&details.deadlines, |deadline| stands_in(&deadline.places, &homes)),
            at: self.of(&homes),
        }
    }

    /// The sentences of running text outside the outline that bind a body or a time.
    fn document_requirements(&self, outside: &Outside<'_>) -> Vec<DocumentRequirement> {
        let mut found = Vec::new();
        for requirement in &outside.requirements {
            let homes = outside.text.source_ranges(requirement.range.clone());
            let units: Vec<_> = outside
                .units
                .iter()
                .filter_map(|unit| Some((unit, place_in(unit, &homes)?.clone())))
                .map(|(unit, places)| self.unit(FoundUnit { places, ..unit.clone() }))
                .collect();
            let deadlines: Vec<_> = outside
                .deadlines
                .iter()
                .filter(|deadline| stands_in(&deadline.places, &homes))
                .map(|deadline| self.deadline(deadline.clone()))
                .collect();
            if !units.is_empty() || !deadlines.is_empty() {
                found.push(DocumentRequirement {
                    text: outside.text.as_str()[requirement.range.clone()].to_owned(),
                    modality: requirement.modality,
                    units,
                    deadlines,
                    at: self.of_text(outside.text, requirement.range.clone()),
                });
            }
        }
        found
    }

    fn warning(&self, warning: duban_document::Warning) -> record::Warning {
        record::Warning {
            code: warning_code(warning.code),
            message: warning.message,
            number: warning.number,
            missing: warning.missing,
            at: warning.range.map(|range| self.of(&[range])),
        }
    }
}

fn indices<T>(values: &[T], mut is_inside: impl FnMut(&T) -> bool) -> Vec<usize> {
    values.iter().enumerate().filter(|(_, value)| is_inside(value)).map(|(index, _)| index).collect()
}

/// Where the first mention of `unit` in `homes` stands.
fn place_in<'u>(unit: &'u FoundUnit, homes: &[TextRange]) -> Option<&'u duban_document::Places> {
    std::iter::once(&unit.places).chain(&unit.again).find(|places| stands_in(places, homes))
}

fn stands_in(places: &[TextRange], homes: &[TextRange]) -> bool {
    places.first().is_some_and(|place| homes.iter().any(|home| home.overlaps(*place)))
}

fn format(format: duban_document::Format) -> record::Format {
    use duban_document::Format as From;
    match format {
        From::Pdf => record::Format::Pdf,
        From::Docx => record::Format::Docx,
        From::Doc => record::Format::Doc,
        From::Rtf => record::Format::Rtf,
        From::Odt => record::Format::Odt,
        From::Xlsx => record::Format::Xlsx,
        From::Ofd => record::Format::Ofd,
        From::Html => record::Format::Html,
        From::Markdown => record::Format::Markdown,
        _ => record::Format::Text,
    }
}

fn year_origin(origin: YearOrigin) -> record::YearOrigin {
    match origin {
        YearOrigin::Text => record::YearOrigin::Text,
        YearOrigin::Title => record::YearOrigin::Title,
        YearOrigin::IssueDate => record::YearOrigin::IssueDate,
    }
}

fn length_unit(unit: LengthUnit) -> record::TimeUnit {
    match unit {
        LengthUnit::Hour => record::TimeUnit::Hour,
        LengthUnit::WorkingDay => record::TimeUnit::WorkingDay,
        LengthUnit::Day => record::TimeUnit::Day,
        LengthUnit::Week => record::TimeUnit::Week,
        LengthUnit::Month => record::TimeUnit::Month,
        LengthUnit::Year => record::TimeUnit::Year,
    }
}

fn warning_code(code: duban_document::WarningCode) -> record::WarningCode {
    use duban_document::WarningCode as From;
    use record::WarningCode as To;
    match code {
        From::NumberingGap => To::NumberingGap,
        From::NumberingRepeat => To::NumberingRepeat,
        From::LabelStyle => To::LabelStyle,
        From::SkippedLabel => To::SkippedLabel,
        From::FlatTable => To::FlatTable,
        From::UnnumberedTable => To::UnnumberedTable,
        From::AmbiguousDeadline => To::AmbiguousDeadline,
        From::RepeatedText => To::RepeatedText,
        From::NoText => To::NoText,
        From::UnknownCharacters => To::UnknownCharacters,
        From::Repaired => To::Repaired,
        From::FormatMismatch => To::FormatMismatch,
        From::EncodingErrors => To::EncodingErrors,
        _ => To::Truncated,
    }
}
