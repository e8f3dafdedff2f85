//! Month and day, or year and months, with a point between: 12.31前, （3.15—3.31）, 2024.1—4.

use super::Lexer;
use super::number::skip_range_mark;
use crate::token::Kind;
use crate::words::PHASES;

impl Lexer<'_> {
    /// 12.31前, 12.31 in a slot, either end of （3.15—3.31）, 3.31 of 2024.3.1—3.31.
    pub(super) fn month_and_day(&mut self, month_end: usize, day_start: usize, after: &str) -> bool {
        let start = self.at;
        let (Some((month, end)), Some((day, day_end))) =
            (self.short_number(start, 12), self.short_number(day_start, 31))
        else {
            return false;
        };
        let dated = ["前", "之前", "以前"].iter().any(|word| after.starts_with(word));
        let other = after.starts_with(|c| ".．年月个天周万亿元%％米公小倍千百".contains(c));
        let spans = || self.goes_on_dotted() && !other || self.opens_span((month, day), day_end);
        if end != month_end || !(dated || self.slot && !other || spans()) {
            return false;
        }
        self.push_range(Kind::Month(month), start, day_start);
        self.push_range(Kind::Day(day), day_start, day_end);
        true
    }

    /// Whether a range mark stands right before, and before that a day with a point (2024.3.1—, 3.15—).
    fn goes_on_dotted(&self) -> bool {
        let [.., month, day, to] = self.tokens.as_slice() else { return false };
        let in_turn = matches!((month.kind, day.kind, to.kind), (Kind::Month(_), Kind::Day(_), Kind::To));
        let pointed = || self.text[month.range.clone()].ends_with(['.', '．']);
        in_turn && pointed() && day.joined && self.is_joined(self.at)
    }

    /// Whether a later day follows the one that ends at byte `end`, behind a year (2024年3.1—3.31) or as all else that
    /// a bracket holds, behind a phase. In a bracket one end has two digits (4.1—4.30), so
    /// that figures (1.5—2.5) are none.
    fn opens_span(&self, first: (u8, u8), end: usize) -> bool {
        let before = self.before(self.at).trim_end_matches(' ');
        let outer = before.strip_suffix(['（', '(']);
        let of_year = matches!(self.last(), Some(Kind::Year(_))) && self.is_joined(self.at);
        let Some(next) = skip_range_mark(self.text, end).filter(|_| outer.is_some() || of_year) else {
            return false;
        };
        let Some((month, point)) = self.short_number(next, 12) else { return false };
        let behind = self.text[point..].chars().next().filter(|c| matches!(c, '.' | '．'));
        let Some((day, last)) = behind.and_then(|c| self.short_number(point + c.len_utf8(), 31)) else {
            return false;
        };
        let closes = |outer: &str| {
            let closed = self.text[last..].trim_start_matches(' ').strip_prefix(['）', ')']);
            let phase = outer.ends_with(['月', '周']) || PHASES.iter().any(|word| outer.ends_with(word));
            first.1.max(day) > 9 && closed.is_some() && phase
        };
        (month, day) > first && (of_year || outer.is_some_and(closes))
    }

    /// The later month of 2024.1—4, where it ends a slot or a bracket.
    pub(super) fn later_month(&mut self, first: u8, end: usize) {
        let later = skip_range_mark(self.text, end).and_then(|at| Some((at, self.short_number(at, 12)?)));
        let Some((at, (month, end))) = later.filter(|(_, (month, _))| *month > first) else { return };
        let behind = self.text.get(self.skip_space(end)..).and_then(|rest| rest.chars().next());
        let ends = match behind {
            None | Some('\n') => self.slot,
            Some(c) => {
                matches!(c, '）' | ')') || self.slot && matches!(c, '；' | ';' | '，' | ',' | '。' | '、')
            }
        };
        if ends {
            self.push_range(Kind::To, self.at, at);
            self.push_range(Kind::Month(month), at, end);
        }
    }
}
