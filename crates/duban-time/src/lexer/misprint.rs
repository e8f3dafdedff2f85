//! Numbers that typing or recognition has spoilt: 二O二四年 with a letter, 1 2月 with a blank.

use duban_document::numeral;

use super::Lexer;
use crate::token::Kind;

/// Characters typed for 〇: two Latin letters, their full-width and Cyrillic likes, the digits.
const ZEROS: [char; 8] = ['O', 'o', 'Ｏ', 'ｏ', 'О', 'о', '0', '０'];

impl Lexer<'_> {
    /// Reads 二O二四年, 2O24年; says whether it did. The year's first character stands here.
    pub(super) fn year_with_letter(&mut self) -> bool {
        let rest = self.rest();
        let spoilt = |c: char| ZEROS.contains(&c);
        // Nearly all numbers go on with no digit, or with good ones.
        let mut others = rest.chars().skip(1).take(3);
        let is_digit =
            |c: char| numeral::arabic_digit(c).is_some() || numeral::han_digit(c).is_some() || spoilt(c);
        if !others.next().is_some_and(|c| is_digit(c) && (spoilt(c) || others.any(spoilt))) {
            return false;
        }
        let (mut year, mut letters, mut han, mut length) = (0, false, false, 0);
        for c in rest.chars().take(4) {
            let digit = numeral::arabic_digit(c).or_else(|| Some(0).filter(|_| spoilt(c)));
            letters |= spoilt(c) && numeral::arabic_digit(c).is_none();
            han |= digit.is_none();
            let Some(digit) = digit.or_else(|| numeral::han_digit(c)) else { return false };
            year = year * 10 + i32::try_from(digit).unwrap_or(0);
            length += c.len_utf8();
        }
        let end = self.skip_space(self.at + length);
        if !(letters || han) || !(1900..=2100).contains(&year) || !self.starts(end, "年") {
            return false;
        }
        self.push_range(Kind::Year(year), self.at, end + "年".len());
        true
    }

    /// The number of two digits that a blank parts, the first of which ends at byte `end`, and where it ends:
    /// 2021年1 2月, 每月2 5日, 收到之日起2 0个工作日内. In front of a line the first is a label.
    pub(super) fn parted(&self, end: usize) -> Option<(u32, usize)> {
        let blank = |c: char| matches!(c, ' ' | '\u{3000}' | '\u{a0}');
        let rest = self.text.get(end..).filter(|rest| rest.starts_with(blank))?;
        let first = numeral::arabic_digit(self.rest().chars().next()?)?;
        let tail = rest.trim_start_matches(blank);
        let second = tail.chars().next().filter(|c| numeral::arabic_digit(*c).is_some())?;
        let value = first * 10 + numeral::arabic_digit(second)?;
        let whole = end + (rest.len() - tail.len()) + second.len_utf8();
        let most = match self.text.get(self.skip_space(whole)..)?.chars().next()? {
            '月' => 12,
            '日' | '号' => 31,
            '个' | '天' => 99,
            _ => return None,
        };
        let previous = self.previous_char();
        let word =
            previous.is_some_and(|c| c.is_alphabetic() && !c.is_ascii() && !"件表图第类组注".contains(c));
        (first > 0 && value <= most && (word || self.is_joined(self.at))).then_some((value, whole))
    }
}
