//! The chosen reading to items with numbers, texts and warnings.

use std::borrow::Cow;
use std::iter::{Peekable, Zip};
use std::ops::Range;
use std::slice::Iter;

use duban_document::label::{self, LabelStyle};
use duban_document::{JoinedText, JoinedTextBuilder, TextRange, Warning, WarningCode};
use foldhash::HashMap;

use super::candidates::{Candidate, Stand};
use super::pieces::{NO_LABEL, Piece, Region};
use super::search::Step;
use super::{Item, Outline};
use crate::table::{TableRow, bare};
use crate::{title, units};

/// The full numbers given in a notice.
#[derive(Default)]
pub(super) struct Numbers {
    given: HashMap<String, Given>,
    /// Regions before the one that grows.
    regions: usize,
}

/// A number that was given.
struct Given {
    times: usize,
    /// The last region that gave it.
    region: usize,
}

impl Numbers {
    /// Gives `number` to an item: how often it was given by now, and whether this region gave it before.
    fn give(&mut self, number: &str) -> (usize, bool) {
        let Some(given) = self.given.get_mut(number) else {
            self.given.insert(number.to_owned(), Given { times: 1, region: self.regions });
            return (1, false);
        };
        let is_repeat = given.region == self.regions;
        *given = Given { times: given.times + 1, region: self.regions };
        (given.times, is_repeat)
    }
}

/// Adds the items of `region` to `outline`.
pub(super) fn grow(
    region: Region<'_>,
    candidates: &[Candidate],
    reading: &[Step],
    numbers: &mut Numbers,
    outline: &mut Outline,
    warnings: &mut Vec<Warning>,
) {
    numbers.given.reserve(candidates.len());
    outline.items.reserve(reading.iter().filter(|step| matches!(step, Step::Take { .. })).count());
    let mut grower = Grower {
        prefix: region.prefix,
        title: region.title,
        outline,
        warnings,
        path: Vec::new(),
        body: JoinedText::builder(),
        line: None,
        numbers,
        styles: Vec::with_capacity(candidates.len()),
    };
    let mut steps: Steps<'_> = candidates.iter().zip(reading).peekable();
    for (index, piece) in region.pieces.into_iter().enumerate() {
        match piece {
            Piece::Paragraph(text) => grower.paragraph(&text, index, &mut steps),
            Piece::Row(row) => {
                grower.row(*row, steps.next_if(|(candidate, _)| candidate.piece == index));
            }
        }
    }
    grower.close_item();
    grower.warn_of_misfits();
    numbers.regions += 1;
}

/// The candidates that were not passed yet, with what the reading does with each.
type Steps<'a> = Peekable<Zip<Iter<'a, Candidate>, Iter<'a, Step>>>;

/// A line without a number that names the bodies of the items below it.
#[derive(Clone, Copy)]
struct Line {
    /// Its index in [`Outline::outside`].
    place: usize,
    /// How deep the items below it stand.
    depth: usize,
    /// Whether one followed.
    is_followed: bool,
}

struct Grower<'a> {
    /// 附件, 附件2; `None` outside attachments.
    prefix: Option<String>,
    /// Title of the attachment.
    title: Option<String>,
    outline: &'a mut Outline,
    warnings: &'a mut Vec<Warning>,
    /// Indices of the open items, the outermost first.
    path: Vec<usize>,
    /// Paragraphs of the innermost open item, with `\n` between.
    body: JoinedTextBuilder,
    /// The line without a number that heads the items that follow.
    line: Option<Line>,
    numbers: &'a mut Numbers,
    /// The style of each item's label, with its parent and the item itself.
    styles: Vec<(Option<usize>, LabelStyle, usize)>,
}

impl Grower<'_> {
    /// Adds the paragraph `text`, the piece at `index`: its items, and what stands around their labels.
    fn paragraph(&mut self, text: &JoinedText, index: usize, steps: &mut Steps<'_>) {
        if let Some(depth) = heads_items(text, index, steps) {
            self.line = Some(Line { place: self.outline.outside.len(), depth, is_followed: false });
            self.outline.outside.push((self.outline.items.len(), text.clone()));
            return;
        }
        let mut from = 0;
        while let Some((candidate, step)) = steps.next_if(|(candidate, _)| candidate.piece == index) {
            match step {
                Step::Skip => self.warn_of_skipped(candidate, || paragraph_label(text, candidate)),
                Step::Reprint => from = text.as_str().len(),
                Step::Take { depth, .. } => {
                    // Before a label that opens its paragraph stands no more than ★.
                    if !candidate.opens_paragraph() {
                        self.add_text(text, from..candidate.offset);
                    }
                    let label = paragraph_label(text, candidate);
                    let item = Item { range: label.place, ..Item::default() };
                    self.open_item(candidate, step, *depth, label, item);
                    from = candidate.end;
                }
            }
        }
        self.add_text(text, from..text.as_str().len());
    }

    /// Adds a row of a table: an item, or text.
    fn row(&mut self, mut row: TableRow, step: Option<(&Candidate, &Step)>) {
        match step {
            Some((candidate, step @ Step::Take { depth, .. })) => {
                let label = row_label(&mut row);
                let item = row_item(row, label.place);
                self.open_item(candidate, step, *depth, label, item);
            }
            Some((_, Step::Reprint)) => {}
            Some((candidate, Step::Skip)) => {
                self.warn_of_skipped(candidate, || row_label(&mut row));
                self.add_loose_row(&row);
            }
            None => self.add_loose_row(&row),
        }
    }

    fn add_text(&mut self, text: &JoinedText, range: Range<usize>) {
        let Some(printed) = text.as_str().get(range.clone()) else { return };
        // What keeps the number of a cell from being read as a label is no part of the text.
        let head = printed.trim_start().trim_start_matches(NO_LABEL).trim_start();
        let bare = head.trim_end();
        if bare.is_empty() {
            return;
        }
        let start = range.start + (printed.len() - head.len());
        let part = start..start + bare.len();
        match self.path.last() {
            Some(item) if !self.outline.items[*item].is_row => {
                if !self.body.as_str().is_empty() {
                    self.body.push_glue("\n");
                }
                self.body.push_part(text, part);
            }
            _ => self.outline.outside.push((self.outline.items.len(), text.part(part))),
        }
    }

    /// A row without a number stands outside the outline.
    fn add_loose_row(&mut self, row: &TableRow) {
        let mut text = JoinedText::builder();
        text.push_joined(&row.title);
        if !row.text.is_empty() {
            text.push_glue("\n");
            text.push_joined(&row.text);
        }
        for (role, cell) in row.columns.iter().filter(|(_, cell)| !cell.is_empty()) {
            text.push_glue("\n");
            text.push_glue(role.label());
            text.push_joined(&super::without_breaks(cell));
        }
        let text = text.finish();
        if !text.as_str().trim().is_empty() {
            self.outline.outside.push((self.outline.items.len(), text));
        }
    }

    /// Opens `item`, labelled `label`, at `depth`.
    fn open_item(
        &mut self,
        candidate: &Candidate,
        step: &Step,
        depth: usize,
        label: Printed<'_>,
        item: Item,
    ) {
        self.close_item();
        self.path.truncate(depth);
        let under = self.under_line(candidate.value, depth);
        let Printed { label, number, place } = label;
        let number = self.full_number(number);
        let (repeat, is_repeat) = self.numbers.give(&number);
        if let Step::Take { missing, .. } = step {
            self.warn(&number, &label, place, missing.clone(), is_repeat);
        }
        let parent = self.path.last().copied();
        if let Some(parent) = parent {
            self.outline.items[parent].has_children = true;
        }
        self.path.push(self.outline.items.len());
        self.styles.push((parent, candidate.glyphs.style, self.outline.items.len()));
        let attachment = self.title.clone();
        self.outline.items.push(Item {
            label,
            number,
            repeat,
            level: depth + 1,
            parent,
            under,
            attachment,
            ..item
        });
    }

    /// The line over the item of `value` at `depth`, up to where its items end or others begin anew.
    fn under_line(&mut self, value: u32, depth: usize) -> Option<usize> {
        let ends =
            |line: &mut Line| depth < line.depth || depth == line.depth && value == 1 && line.is_followed;
        self.line.take_if(ends);
        let line = self.line.as_mut().filter(|line| line.depth == depth)?;
        line.is_followed = true;
        Some(line.place)
    }

    /// The number of the item that is `number` in the innermost open one: behind all numbers above it.
    fn full_number(&self, number: Cow<'_, str>) -> String {
        let above = self.path.last().map(|parent| &self.outline.items[*parent].number);
        match above.or(self.prefix.as_ref()) {
            Some(above) => [above, "/", &number].concat(),
            None => number.into_owned(),
        }
    }

    /// Gives the innermost open item its text and title.
    fn close_item(&mut self) {
        let body = std::mem::take(&mut self.body);
        let Some(item) = self.path.last().and_then(|index| self.outline.items.get_mut(*index)) else {
            return;
        };
        if item.is_row || !item.text.is_empty() {
            return;
        }
        item.text = title::gathered(body.finish());
        item.title = title::of_item(&item.text);
        item.range = cover(&item.text).map_or(item.range, |range| item.range.cover(range));
    }

    /// A label that opens a paragraph or a row is either an item or said not to be.
    fn warn_of_skipped<'p>(&mut self, candidate: &Candidate, label: impl FnOnce() -> Printed<'p>) {
        if matches!(candidate.stand, Stand::Paragraph | Stand::BrokenParagraph | Stand::Row) {
            let Printed { label, place, .. } = label();
            let message = format!("`{label}` fits no series and was read as text");
            self.warnings.push(Warning::new(WarningCode::SkippedLabel, message).at(place));
        }
    }

    /// Of labels side by side, those that do not have the form of most of them.
    fn warn_of_misfits(&mut self) {
        let mut misfits: Vec<usize> = Vec::new();
        self.styles.sort_by_key(|(parent, ..)| *parent);
        for siblings in self.styles.chunk_by(|(one, ..), (other, ..)| one == other) {
            let usual = usual_style(siblings.iter().map(|(_, style, _)| *style));
            misfits
                .extend(siblings.iter().filter(|(_, style, _)| Some(*style) != usual).map(|(.., item)| item));
        }
        misfits.sort_unstable();
        for item in misfits.into_iter().map(|index| &self.outline.items[index]) {
            let message = format!("`{}` does not have the form of the labels beside it", item.label);
            let number = Some(item.number.clone());
            let range = Some(item.range);
            self.warnings.push(Warning {
                code: WarningCode::LabelStyle,
                message,
                number,
                missing: Vec::new(),
                range,
            });
        }
    }

    fn warn(&mut self, number: &str, label: &str, place: TextRange, missing: Range<u32>, is_repeat: bool) {
        /// A gap of more is a misprint; its first values tell enough.
        const MOST_TOLD: usize = 100;
        let missing: Vec<u32> = missing.take(MOST_TOLD).collect();
        let mut add = |code, message: String, missing: &[u32]| {
            let number = Some(number.to_owned());
            self.warnings.push(Warning {
                code,
                message,
                number,
                missing: missing.to_vec(),
                range: Some(place),
            });
        };
        if !missing.is_empty() {
            let values: Vec<String> = missing.iter().map(u32::to_string).collect();
            let message = format!("`{label}` stands where {} should come first", values.join(", "));
            add(WarningCode::NumberingGap, message, &missing);
        }
        if is_repeat {
            add(WarningCode::NumberingRepeat, format!("`{label}` stands twice under one parent"), &[]);
        }
    }
}

/// How deep the items stand that `text`, the piece at `index`, heads without a number of its own.
fn heads_items(text: &JoinedText, index: usize, steps: &mut Steps<'_>) -> Option<usize> {
    let (candidate, step) = steps.peek()?;
    let Step::Take { depth, .. } = step else { return None };
    let follows = candidate.piece == index + 1 && candidate.value == 1 && candidate.opens_paragraph();
    (follows && units::heads_items(text.as_str())).then_some(*depth)
}

/// A label that was found.
#[derive(Default)]
struct Printed<'t> {
    /// White space gone.
    label: String,
    /// As the item's number gives it.
    number: Cow<'t, str>,
    place: TextRange,
}

fn paragraph_label<'t>(text: &'t JoinedText, candidate: &Candidate) -> Printed<'t> {
    let place = candidate.offset..candidate.end;
    Printed {
        label: bare(&text.as_str()[place.clone()]),
        number: label::number(&text.as_str()[candidate.offset..candidate.number_end]),
        place: text.source_cover(place).unwrap_or_default(),
    }
}

fn row_label(row: &mut TableRow) -> Printed<'static> {
    row.label.take().map_or_else(Default::default, |label| Printed {
        label: label.printed,
        number: label.number.into(),
        place: cover(&label.place).unwrap_or_default(),
    })
}

/// The item of a row whose label stands at `place`, but for its place in the outline.
fn row_item(row: TableRow, place: TextRange) -> Item {
    let texts = [&row.title, &row.text].into_iter().chain(row.columns.iter().map(|(_, cell)| cell));
    let range = texts.filter_map(cover).fold(place, TextRange::cover);
    let TableRow { title, text, columns, .. } = row;
    Item { title, text, columns, is_row: true, range, ..Item::default() }
}

/// The style that most of `siblings` have; of those that are equally frequent the first is the right one.
fn usual_style(siblings: impl Iterator<Item = LabelStyle>) -> Option<LabelStyle> {
    let mut counts: Vec<(LabelStyle, usize)> = Vec::new();
    for style in siblings {
        match counts.iter_mut().find(|(known, _)| *known == style) {
            Some((_, count)) => *count += 1,
            None => counts.push((style, 1)),
        }
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(style, _)| style)
}

fn cover(text: &JoinedText) -> Option<TextRange> {
    text.source_cover(0..text.as_str().len())
}
