//! The chosen reading to items with numbers, texts and warnings.

use std::collections::{BTreeMap, HashSet};

use duban_document::label::LabelStyle;
use duban_document::{JoinedText, JoinedTextBuilder, TextRange, Warning, WarningCode};

use super::candidates::{Candidate, Stand};
use super::pieces::{Piece, Region};
use super::search::Step;
use super::{Item, Outline};
use crate::title;

/// Adds the items of `region` to `outline`.
pub(super) fn grow(
    region: &Region<'_>,
    candidates: &[Candidate],
    reading: &[Step],
    outline: &mut Outline,
    warnings: &mut Vec<Warning>,
) {
    let mut grower = Grower {
        region,
        outline,
        warnings,
        path: Vec::new(),
        body: JoinedText::builder(),
        labels: Vec::new(),
        numbers: HashSet::new(),
        styles: BTreeMap::new(),
    };
    let mut steps = candidates.iter().zip(reading).peekable();
    for (index, piece) in region.pieces.iter().enumerate() {
        match piece {
            Piece::Paragraph(text) => {
                let mut from = 0;
                while let Some((candidate, step)) = steps.next_if(|(candidate, _)| candidate.piece == index) {
                    match step {
                        Step::Skip => grower.warn_of_skipped(piece, candidate),
                        Step::Reprint => from = text.as_str().len(),
                        Step::Take { depth, .. } => {
                            grower.add_text(text, from..candidate.offset);
                            grower.open_item(candidate, step, *depth);
                            from = candidate.end;
                        }
                    }
                }
                grower.add_text(text, from..text.as_str().len());
            }
            Piece::Row(row) => {
                let step = steps.next_if(|(candidate, _)| candidate.piece == index);
                match step {
                    Some((candidate, step @ Step::Take { depth, .. })) => {
                        grower.open_item(candidate, step, *depth);
                    }
                    Some((_, Step::Reprint)) => {}
                    Some((candidate, Step::Skip)) => {
                        grower.warn_of_skipped(piece, candidate);
                        grower.add_loose_row(row);
                    }
                    None => grower.add_loose_row(row),
                }
            }
        }
    }
    grower.close_item();
    grower.warn_of_misfits();
}

struct Grower<'a> {
    region: &'a Region<'a>,
    outline: &'a mut Outline,
    warnings: &'a mut Vec<Warning>,
    /// Indices of the open items, the outermost first.
    path: Vec<usize>,
    /// Paragraphs of the innermost open item, with `\n` between.
    body: JoinedTextBuilder,
    /// Numbers of the open items.
    labels: Vec<String>,
    /// Full numbers given so far.
    numbers: HashSet<String>,
    /// The styles of the labels under each parent, with their items.
    styles: BTreeMap<Option<usize>, Vec<(LabelStyle, usize)>>,
}

impl Grower<'_> {
    fn add_text(&mut self, text: &JoinedText, range: std::ops::Range<usize>) {
        let Some(printed) = text.as_str().get(range.clone()) else { return };
        let bare = printed.trim();
        if bare.is_empty() {
            return;
        }
        let start = range.start + (printed.len() - printed.trim_start().len());
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
    fn add_loose_row(&mut self, row: &crate::table::TableRow) {
        let mut text = JoinedText::builder();
        text.push_joined(&row.title);
        if !row.text.is_empty() {
            text.push_glue("\n");
            text.push_joined(&row.text);
        }
        for (role, cell) in &row.columns {
            text.push_glue("\n");
            text.push_glue(role.label());
            text.push_joined(&super::without_breaks(cell));
        }
        let text = text.finish();
        if !text.as_str().trim().is_empty() {
            self.outline.outside.push((self.outline.items.len(), text));
        }
    }

    fn open_item(&mut self, candidate: &Candidate, step: &Step, depth: usize) {
        self.close_item();
        self.path.truncate(depth);
        self.labels.truncate(depth);
        let piece = &self.region.pieces[candidate.piece];
        let (label, number, place) = printed_label(piece, candidate);
        self.labels.push(number);
        let prefix = self.region.prefix.iter().map(String::as_str);
        let number = prefix.chain(self.labels.iter().map(String::as_str)).collect::<Vec<_>>().join("/");
        if let Step::Take { missing, .. } = step {
            self.warn(&number, &label, place, missing.clone());
        }
        let parent = self.path.last().copied();
        if let Some(parent) = parent {
            self.outline.items[parent].has_children = true;
        }
        self.path.push(self.outline.items.len());
        self.styles.entry(parent).or_default().push((candidate.glyphs.style(), self.outline.items.len()));
        let mut item = Item {
            label,
            number,
            level: depth + 1,
            parent,
            attachment: self.region.title.clone(),
            title: JoinedText::default(),
            text: JoinedText::default(),
            columns: Vec::new(),
            is_row: false,
            has_children: false,
            range: place,
        };
        if let Piece::Row(row) = piece {
            item.title = row.title.clone();
            item.text = row.text.clone();
            item.columns.clone_from(&row.columns);
            item.is_row = true;
            let texts =
                [&item.title, &item.text].into_iter().chain(item.columns.iter().map(|(_, cell)| cell));
            item.range = texts.filter_map(cover).fold(place, TextRange::cover);
        }
        self.outline.items.push(item);
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
    fn warn_of_skipped(&mut self, piece: &Piece<'_>, candidate: &Candidate) {
        if matches!(candidate.stand, Stand::Paragraph | Stand::BrokenParagraph | Stand::Row) {
            let (label, _, place) = printed_label(piece, candidate);
            let message = format!("`{label}` fits no series and was read as text");
            self.warnings.push(Warning::new(WarningCode::SkippedLabel, message).at(place));
        }
    }

    /// Of labels side by side, those that do not have the form of most of them.
    fn warn_of_misfits(&mut self) {
        let mut misfits: Vec<usize> = Vec::new();
        for siblings in self.styles.values() {
            let count = |style| siblings.iter().filter(|(other, _)| *other == style).count();
            // Of forms that are equally frequent the first is the right one.
            let usual = siblings.iter().rev().map(|(style, _)| *style).max_by_key(|style| count(*style));
            misfits.extend(siblings.iter().filter(|(style, _)| Some(*style) != usual).map(|(_, item)| item));
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

    fn warn(&mut self, number: &str, label: &str, place: TextRange, missing: std::ops::Range<u32>) {
        /// A gap of more is a misprint; its first values tell enough.
        const MOST_TOLD: usize = 100;
        let missing: Vec<u32> = missing.take(MOST_TOLD).collect();
        let repeat = !self.numbers.insert(number.to_owned());
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
        if repeat {
            add(WarningCode::NumberingRepeat, format!("`{label}` stands twice under one parent"), &[]);
        }
    }
}

/// The label as printed, as the number gives it, and its place.
fn printed_label(piece: &Piece<'_>, candidate: &Candidate) -> (String, String, TextRange) {
    match piece {
        Piece::Row(row) => match &row.label {
            Some(label) => {
                (label.printed.clone(), label.number.clone(), cover(&label.place).unwrap_or_default())
            }
            None => Default::default(),
        },
        Piece::Paragraph(text) => {
            let place = text.part(candidate.offset..candidate.end);
            let printed: String = place.as_str().chars().filter(|c| !c.is_whitespace()).collect();
            let number = duban_document::label::at(&text.as_str()[candidate.offset..]).map_or_else(
                || printed.trim_end_matches(['.', '．']).to_owned(),
                |label| label.number(&text.as_str()[candidate.offset..]),
            );
            (printed, number, cover(&place).unwrap_or_default())
        }
    }
}

fn cover(text: &JoinedText) -> Option<TextRange> {
    text.source_cover(0..text.as_str().len())
}
