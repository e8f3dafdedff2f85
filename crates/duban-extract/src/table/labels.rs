//! The labels of cells: what numbers a row.

use duban_document::label::{self, Label, LabelStyle, Mark};
use duban_document::{JoinedText, numeral};

use crate::outline::without_breaks;

/// The number of a row.
#[derive(Clone, Debug)]
pub(crate) struct RowLabel {
    pub(crate) label: Label,
    /// As printed.
    pub(crate) printed: String,
    /// As the record's `number` gives it.
    pub(crate) number: String,
    /// Where it stands.
    pub(crate) place: JoinedText,
}

/// `text` without white space.
pub(crate) fn bare(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    bare.extend(text.split_whitespace());
    bare
}

/// Whether the label that opens a cell only counts within it: 1.开展摸底；2.建立台账.
pub(super) fn counts_on(text: &JoinedText, label: &RowLabel) -> bool {
    let is_next = |part: &str| {
        label::at(part.trim_start())
            .is_some_and(|next| next.style == label.label.style && next.value == label.label.value + 1)
    };
    text.as_str().split(['\n', '；', ';', '。']).skip(1).any(is_next)
}

/// The label at the beginning of a cell's text.
pub(super) fn text_label(text: &JoinedText) -> Option<RowLabel> {
    let printed = text.as_str();
    let start = printed.len() - printed.trim_start().len();
    let label = label::at(&printed[start..])?;
    let place = text.part(start..start + label.len);
    let number = label::number(place.as_str()).into_owned();
    Some(RowLabel { label, printed: bare(place.as_str()), number, place })
}

/// The number in a number column: `3`, `3.`, `（三）`, `三`, `1.1`, `1-1`.
pub(super) fn number_label(text: &JoinedText) -> Option<RowLabel> {
    if let Some(found) = text_label(text) {
        return Some(found);
    }
    let printed = bare(text.as_str());
    let Some(value) = numeral::parse(&printed) else {
        let (style, value) = dotted(&printed)?;
        let label = Label { style, value, mark: Mark::Own, len: printed.len() };
        return Some(RowLabel { label, number: printed.clone(), printed, place: text.clone() });
    };
    let style = if printed.chars().all(|c| numeral::arabic_digit(c).is_some()) {
        LabelStyle::Arabic
    } else {
        LabelStyle::Han
    };
    let label = Label { style, value, mark: Mark::Own, len: printed.len() };
    Some(RowLabel { label, number: printed.clone(), printed, place: text.clone() })
}

/// Style and last part of a number in parts: 1.2, 2-1, 1.1.3. In a column of numbers it is no decimal.
fn dotted(printed: &str) -> Option<(LabelStyle, u32)> {
    const LONGEST: usize = 3;
    const MOST_PARTS: usize = 4;
    if printed.len() > MOST_PARTS * (LONGEST * '１'.len_utf8() + '．'.len_utf8()) {
        return None;
    }
    let (mut value, mut parts) = (None, 0);
    for part in printed.split(['.', '．', '-', '－', '—']) {
        let is_short =
            part.chars().all(|c| numeral::arabic_digit(c).is_some()) && part.chars().count() <= LONGEST;
        value = Some(numeral::parse(part).filter(|value| is_short && *value > 0)?);
        parts += 1;
    }
    match parts {
        2 => Some((LabelStyle::Dotted, value?)),
        3..=MOST_PARTS => Some((LabelStyle::DottedTwice, value?)),
        _ => None,
    }
}

/// A cell's text behind its label, without line breaks.
pub(super) fn rest_of(text: &JoinedText, label: &RowLabel) -> JoinedText {
    let printed = text.as_str();
    let start = printed.len() - printed.trim_start().len() + label.label.len;
    without_breaks(&text.part(start.min(printed.len())..printed.len()))
}
