//! Quotation marks and title marks: what stands in them is a name, unless it is a five-year plan's or a sentence.

use super::Lexer;
use crate::token::{Edge, Kind};

/// A longer quotation is no name.
const LONGEST_NAME: usize = 40;
/// A title that is not closed within so many characters is none.
const LONGEST_TITLE: usize = 160;

impl Lexer<'_> {
    pub(super) fn quote(&mut self, open: char) {
        let close = match open {
            '“' => '”',
            '「' => '」',
            '『' => '』',
            '‘' => '’',
            '〝' => '〞',
            other => other,
        };
        let rest = self.rest();
        let inner = rest.get(open.len_utf8()..).unwrap_or_default();
        let end = inner
            .char_indices()
            .take(LONGEST_NAME)
            .take_while(|(_, c)| !matches!(c, '。' | '\n'))
            .find(|(_, c)| *c == close || (open == '“' && *c == '“'));
        let Some((length, mark)) = end else { return };
        if mark == '“' && close != '“' {
            return;
        }
        if mark != open && self.is_sentence(inner.get(..length).unwrap_or_default(), open, close) {
            self.at += open.len_utf8();
            return;
        }
        let length_with_marks = open.len_utf8() + length + mark.len_utf8();
        match inner.get(..length).and_then(plan_name) {
            Some((number, used)) if used == length => self.plan(number, length_with_marks),
            _ => self.at += length_with_marks,
        }
    }

    /// Whether `quoted` is a whole sentence that another document gave as a task, and no name:
    /// “确保渠道年底前通水”。（县水务局牵头）
    fn is_sentence(&self, quoted: &str, open: char, close: char) -> bool {
        const SHORTEST: usize = 8;
        let opens = self.previous_char().is_none_or(|c| c == '\n' || c == '。');
        let behind = || self.rest().get(open.len_utf8() + quoted.len() + close.len_utf8()..);
        let ends = |rest: &str| rest.is_empty() || rest.starts_with(['。', '\n', '（']);
        opens && quoted.chars().nth(SHORTEST - 1).is_some() && behind().is_some_and(ends)
    }

    /// Passes over 《…》, titles inside titles included.
    pub(super) fn title(&mut self) {
        let mut depth = 0_usize;
        for (at, c) in self.rest().char_indices().take(LONGEST_TITLE) {
            match c {
                '《' | '〈' => depth += 1,
                '》' | '〉' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                self.at += at + c.len_utf8();
                return;
            }
        }
    }

    /// A five-year plan without quotation marks; says whether one begins here.
    pub(super) fn bare_plan(&mut self) -> bool {
        let Some((number, length)) = plan_name(self.rest()) else { return false };
        let counts = |c: char| "年月日个號号天万亿家人名条项张岁份".contains(c) || c.is_numeric();
        let next = self.rest().get(length..).and_then(|rest| rest.chars().next());
        if self.previous_char().is_some_and(is_han_digit) || next.is_some_and(counts) {
            return false;
        }
        self.plan(number, length);
        true
    }

    /// The plan and the words that make it a time: 期间, 末.
    fn plan(&mut self, number: u8, length: usize) {
        self.push(Kind::Plan(number), length);
        let at = self.skip_space(self.at);
        let rest = self.text.get(at..).unwrap_or_default();
        let suffixes = [
            ("规划期末", Kind::Edge(Edge::End)),
            ("规划末期", Kind::Edge(Edge::End)),
            ("时期末", Kind::Edge(Edge::End)),
            ("期末", Kind::Edge(Edge::End)),
            ("末期", Kind::Edge(Edge::End)),
            ("规划期间", Kind::Through),
            ("规划时期", Kind::Through),
            ("规划期内", Kind::Within),
            ("期间", Kind::Through),
            ("时期", Kind::Through),
            ("期内", Kind::Within),
        ];
        if let Some((word, kind)) = suffixes.into_iter().find(|(word, _)| rest.starts_with(word)) {
            self.push_range(kind, at, at + word.len());
        }
    }
}

/// 十四五 at the head of `text`: 14 and its length.
fn plan_name(text: &str) -> Option<(u8, usize)> {
    let mut chars = text.chars();
    let (Some('十'), Some(ones), Some('五')) = (chars.next(), chars.next(), chars.next()) else {
        return None;
    };
    let ones = "一二三四五六七八九".chars().position(|c| c == ones)?;
    Some((u8::try_from(ones).ok()? + 11, 3 * '十'.len_utf8()))
}

fn is_han_digit(c: char) -> bool {
    duban_document::numeral::is_han_numeral(c)
}
