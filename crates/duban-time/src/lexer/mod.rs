//! Text to the words of time expressions, in one pass; all other text is passed over.
//!
//! Titles in 《》 and names in quotation marks are passed over as a whole, so that no year in them
//! is seen; only the name of a five-year plan is read inside quotation marks.

mod cycle;
mod keyword;
mod number;
mod quote;
mod sum;
mod vocabulary;

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use duban_document::{Words, numeral};

use crate::token::{Kind, Token};
use crate::words::{INCLUSIVE, ONGOING};

/// The words of time expressions in `text`.
///
/// In a slot a line break may stand inside an expression, and 长期坚持 is a word.
pub(crate) fn lex(text: &str, slot: bool) -> Vec<Token> {
    let mut lexer = Lexer { text, slot, at: 0, tokens: Vec::new() };
    loop {
        // Where nothing stands right before, words that only go on with it open nothing either.
        let openers = if lexer.is_joined(lexer.at) { &OPENERS.all } else { &OPENERS.alone };
        let idle = lexer.rest().chars().take_while(|c| HAN.contains(c) && !openers.has_edge(*c));
        let passed: usize = idle.map(char::len_utf8).sum();
        lexer.at += passed;
        let Some(c) = lexer.rest().chars().next() else { break };
        let before = lexer.at;
        lexer.step(c);
        if lexer.at == before {
            lexer.at += c.len_utf8();
        }
    }
    lexer.tokens
}

/// The Han characters that [`Lexer::step`] does something with; nine in ten are none.
struct Openers {
    /// Those that begin a word of any kind.
    all: Words<()>,
    /// Those that begin one which needs no time right before it.
    alone: Words<()>,
}

static OPENERS: LazyLock<Openers> = LazyLock::new(|| {
    let stands = |c: &char| {
        numeral::is_han_numeral(*c)
            || matches!(c, '兩' | '第' | '首' | '末' | '最' | '每' | '按' | '各' | '单' | '双')
            || ONGOING.opens_with(*c)
            || !vocabulary::standing(*c).is_empty()
    };
    let goes_on = |c: &char| matches!(c, '至' | '到' | '日' | '天') || !vocabulary::joined(*c).is_empty();
    let list =
        |characters: &mut dyn Iterator<Item = char>| Words::of_heads(characters.map(|c| (c.to_string(), ())));
    Openers { all: list(&mut HAN.filter(|c| stands(c) || goes_on(c))), alone: list(&mut HAN.filter(stands)) }
});

/// The Han characters of Unicode's main block.
const HAN: RangeInclusive<char> = '\u{4e00}'..='\u{9fff}';

struct Lexer<'t> {
    text: &'t str,
    slot: bool,
    /// Byte offset of the next character.
    at: usize,
    tokens: Vec<Token>,
}

impl<'t> Lexer<'t> {
    /// Reads what begins here; leaves `at` where nothing does.
    fn step(&mut self, c: char) {
        match c {
            '0'..='9' | '０'..='９' => self.arabic(),
            '一' if self.is_slipped_dash() => self.push(Kind::To, c.len_utf8()),
            '〇' | '○' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十'
            | '廿' | '卅' | '两' | '兩' | '百' => self.han(),
            '第' | '首' | '末' | '最' if self.ordinal() => {}
            '每' | '按' | '各' | '单' | '双' => self.cycle(c),
            '“' | '"' | '「' | '『' | '‘' | '〝' => self.quote(c),
            '《' | '〈' => self.title(),
            '。' | '！' | '？' | '!' | '?' => self.push(Kind::Stop, c.len_utf8()),
            '；' | ';' => self.push(Kind::Pause, c.len_utf8()),
            '\n' if !self.slot => self.push(Kind::Stop, 1),
            '至' | '到' | '—' | '–' | '-' | '―' | '─' | '~' | '～' | '－' | '‐' | '‑' | '−' | '\u{ad}' =>
            {
                self.range_mark();
            }
            '（' | '(' => self.bracket(),
            _ => self.keyword(c),
        }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// What stands before byte `at`.
    fn before(&self, at: usize) -> &'t str {
        self.text.get(..at).unwrap_or_default()
    }

    fn previous_char(&self) -> Option<char> {
        self.before(self.at).chars().next_back()
    }

    fn last(&self) -> Option<Kind> {
        self.tokens.last().map(|token| token.kind)
    }

    /// Whether nothing but white space stands between the last token and `at`.
    fn is_joined(&self, at: usize) -> bool {
        self.tokens.last().is_some_and(|last| {
            !matches!(last.kind, Kind::Stop | Kind::Pause)
                && self.text.get(last.range.end..at).is_some_and(|gap| gap.chars().all(|c| self.is_space(c)))
        })
    }

    fn is_space(&self, c: char) -> bool {
        c.is_whitespace() && (self.slot || c != '\n') || matches!(c, '\u{200b}' | '\u{200c}' | '\u{feff}')
    }

    /// `at` moved behind white space.
    fn skip_space(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        at + (rest.len() - rest.trim_start_matches(|c| self.is_space(c)).len())
    }

    /// Adds the token of `length` bytes that begins here.
    fn push(&mut self, kind: Kind, length: usize) {
        self.push_range(kind, self.at, self.at + length);
    }

    /// Adds the token from `start` to `end` and goes on behind it.
    fn push_range(&mut self, kind: Kind, start: usize, end: usize) {
        let joined = self.is_joined(start);
        self.tokens.push(Token { kind, range: start..end, joined });
        self.at = end;
    }

    /// 至, 到, — between two times.
    fn range_mark(&mut self) {
        if !self.is_joined(self.at) || matches!(self.last(), Some(Kind::To | Kind::And)) {
            return;
        }
        let mark = |c: char| {
            matches!(c, '—' | '–' | '-' | '―' | '─' | '~' | '～' | '－' | '‐' | '‑' | '−' | '\u{ad}')
        };
        let rest = self.rest();
        let length = match rest.chars().next() {
            Some(c @ ('至' | '到')) => c.len_utf8(),
            _ => rest.len() - rest.trim_start_matches(mark).len(),
        };
        self.push(Kind::To, length);
    }

    /// Whether 一 stands for a dash between two days (5月30日一6月4日): a day is complete before it, and
    /// Arabic digits follow, which no Chinese numeral is mixed with.
    fn is_slipped_dash(&self) -> bool {
        let complete = matches!(self.last(), Some(Kind::Day(_) | Kind::Month(_)));
        let digit = self.rest().chars().nth(1).is_some_and(|c| numeral::arabic_digit(c).is_some());
        complete && digit && self.is_joined(self.at)
    }

    /// （星期二） right behind a day, （含） right behind a date.
    fn bracket(&mut self) {
        let Some(last) = self.last().filter(|_| self.is_joined(self.at)) else { return };
        let rest = self.rest();
        let Some(close) = rest.char_indices().take(6).find(|(_, c)| matches!(c, '）' | ')')) else { return };
        let inside =
            rest.get(rest.chars().next().map_or(0, char::len_utf8)..close.0).unwrap_or_default().trim();
        let weekday = ["星期", "周", "礼拜", "週"].iter().any(|week| inside.starts_with(week));
        let kind = match last {
            Kind::Day(_) if weekday => Kind::Clock,
            last if is_dated(last) && counts_in(inside) => Kind::Inclusive,
            _ => return,
        };
        self.push(kind, close.0 + close.1.len_utf8());
    }
}

/// 含, 含当日, 含31日.
fn counts_in(inside: &str) -> bool {
    let day = inside.strip_prefix('含').and_then(|day| day.strip_suffix(['日', '号']));
    let again = day.is_some_and(|day| {
        !day.is_empty() && number::numeral(day, 0).is_some_and(|(_, end)| end == day.len())
    });
    again || INCLUSIVE.begins(inside) == Some(inside.len())
}

/// Whether a word names a day or the last word of a period.
fn is_dated(last: Kind) -> bool {
    matches!(
        last,
        Kind::Year(_)
            | Kind::YearFromPlan(_)
            | Kind::YearEdge(_)
            | Kind::Half(_)
            | Kind::Quarter(_)
            | Kind::Month(_)
            | Kind::MonthEdge(_)
            | Kind::Third(_)
            | Kind::Edge(_)
            | Kind::Day(_)
            | Kind::Weekday(_)
            | Kind::LastDay
            | Kind::Clock
    )
}
