//! 三个月, 两年 right behind a list or a span: they count what stands before them (7、8、9三个月).

use super::Lexer;
use super::number::numeral;
use crate::LengthUnit;
use crate::token::Kind;

/// A longer list is not counted.
const LONGEST_LIST: usize = 24;

const UNITS: [(&str, LengthUnit); 8] = [
    ("个月", LengthUnit::Month),
    ("個月", LengthUnit::Month),
    ("月", LengthUnit::Month),
    ("个年度", LengthUnit::Year),
    ("年度", LengthUnit::Year),
    ("年", LengthUnit::Year),
    ("天", LengthUnit::Day),
    ("日", LengthUnit::Day),
];

/// The count in Chinese numerals, the unit and the end of a sum at byte `at`.
pub(super) fn sum_at(text: &str, at: usize) -> Option<(u32, LengthUnit, usize)> {
    let rest = text.get(at..)?;
    let (count, end) =
        numeral(text, at).filter(|_| !rest.starts_with(|c: char| c.is_numeric() && !is_han(c)))?;
    let behind = text.get(end..)?;
    let (word, unit) = UNITS.iter().find(|(word, _)| behind.starts_with(word))?;
    (count > 1).then_some((count, *unit, end + word.len()))
}

fn is_han(c: char) -> bool {
    duban_document::numeral::is_han_numeral(c)
}

impl Lexer<'_> {
    /// Reads 三个月 where so many months stand right before it; says whether it did.
    pub(super) fn sum(&mut self) -> bool {
        if !self.is_joined(self.at) {
            return false;
        }
        let Some((count, unit, end)) = sum_at(self.text, self.at) else { return false };
        if self.listed(self.tokens.len(), unit) != Some(count) {
            return false;
        }
        self.push_range(Kind::Sum(unit), self.at, end);
        true
    }

    /// Whether the number before byte `at` is the last of a list that a sum at `at` counts.
    pub(super) fn is_last_of_list(&self, at: usize) -> bool {
        let Some((count, unit, _)) = sum_at(self.text, at) else { return false };
        let Some(mark) = self.tokens.len().checked_sub(1) else { return false };
        self.last() == Some(Kind::And) && self.listed(mark, unit) == Some(count - 1)
    }

    /// How many periods of this unit the tokens before `end` list, or span.
    fn listed(&self, end: usize, unit: LengthUnit) -> Option<u32> {
        let value = |at: usize| match (self.tokens.get(at)?.kind, unit) {
            (Kind::Number(value), _) => Some(value),
            (Kind::Month(month), LengthUnit::Month) => Some(u32::from(month)),
            (Kind::Year(year), LengthUnit::Year) => u32::try_from(year).ok(),
            (Kind::Day(day), LengthUnit::Day) => Some(u32::from(day)),
            _ => None,
        };
        let mut at = end.checked_sub(1)?;
        let last = value(at)?;
        let before = |at: usize| at.checked_sub(1).and_then(|mark| Some(self.tokens.get(mark)?.kind));
        if before(at) == Some(Kind::To) {
            return Some(last.checked_sub(value(at.checked_sub(2)?)?)? + 1);
        }
        let mut count = 1;
        while before(at) == Some(Kind::And) && at >= 2 && value(at - 2).is_some() && count < LONGEST_LIST {
            at -= 2;
            count += 1;
        }
        u32::try_from(count).ok()
    }
}
