//! Text to the words of time expressions, in one pass; all other text is passed over.
//!
//! Titles in 《》 and names in quotation marks are passed over as a whole, so that no year in them
//! is seen; only the name of a five-year plan is read inside quotation marks.

mod cycle;
mod dotted;
mod keyword;
mod misprint;
mod number;
mod quote;
mod sum;
mod vocabulary;

use std::sync::LazyLock;

use duban_document::{Words, numeral};

use crate::token::{Kind, Token};
use crate::words::{INCLUSIVE, LONGEST_GLOSS, ONGOING, explains};
use vocabulary::{JOINED_WORDS, STANDING_WORDS};

/// The words of time expressions in `text`.
///
/// In a slot a line break may stand inside an expression, and 长期坚持 is a word.
pub(crate) fn lex(text: &str, slot: bool) -> Vec<Token> {
    let mut lexer = Lexer { text, slot, at: 0, tokens: Vec::new() };
    let known = &*OPENERS;
    loop {
        // Where nothing stands right before, words that only go on with it open nothing either; nor does the
        // end of a sentence without a time.
        let openers = match lexer.last() {
            None | Some(Kind::Stop) => &known.fresh,
            Some(_) if lexer.is_joined(lexer.at) => &known.all,
            Some(_) => &known.alone,
        };
        let Some((opener, place)) = openers.next_at_head(text, lexer.at) else { break };
        lexer.at = place.start;
        let Some(c) = lexer.rest().chars().next() else { break };
        lexer.step(opener, c);
        if lexer.at == place.start {
            lexer.at += c.len_utf8();
        }
    }
    lexer.tokens
}

/// What begins with a character or a word.
#[derive(Clone, Copy)]
enum Opener {
    /// A number in Arabic digits.
    Digit,
    /// A number in Chinese numerals.
    Numeral,
    /// 第三季度, 最后一天.
    Ordinal,
    /// 每年, 按月.
    Cycle,
    /// A name in quotation marks.
    Quote,
    /// A title in title marks.
    Title,
    /// The end of a sentence.
    Stop,
    /// The end of a line.
    Line,
    /// The end of a part of a sentence.
    Pause,
    /// 至 or a dash behind a time.
    RangeMark,
    /// A bracket behind a time.
    Bracket,
    /// A word without a number.
    Word,
}

/// Characters that open something whatever stands before them.
const MARKS: [(&str, Opener); 6] = [
    ("0123456789０１２３４５６７８９", Opener::Digit),
    ("〇○零一二三四五六七八九十廿卅两兩百", Opener::Numeral),
    ("第首末", Opener::Ordinal),
    ("每按", Opener::Cycle),
    ("“\"「『‘〝", Opener::Quote),
    ("《〈", Opener::Title),
];

/// Words that open something whatever stands before them, though their first characters seldom do.
const OPENING_WORDS: [(&str, Opener); 7] = [
    ("最后", Opener::Ordinal),
    ("各季", Opener::Cycle),
    ("各月", Opener::Cycle),
    ("各个", Opener::Cycle),
    ("各個", Opener::Cycle),
    ("单月", Opener::Cycle),
    ("双月", Opener::Cycle),
];

/// Characters that end something in which a time stands.
const ENDS: [(&str, Opener); 3] = [("。！？!?", Opener::Stop), ("\n", Opener::Line), ("；;", Opener::Pause)];

/// Characters that go on with what stands right before them.
const JOINED_MARKS: [(&str, Opener); 3] =
    [("至到—–-―─~～－‐‑−\u{ad}", Opener::RangeMark), ("（(", Opener::Bracket), ("日天", Opener::Word)];

/// The words and characters that [`Lexer::step`] does something with; nine places in ten begin none.
struct Openers {
    /// All of them.
    all: Words<Opener>,
    /// Those that need no time right before them.
    alone: Words<Opener>,
    /// Those that need no time before them at all.
    fresh: Words<Opener>,
}

static OPENERS: LazyLock<Openers> = LazyLock::new(|| {
    let opens_word = |word: &'static str| (word, Opener::Word);
    let ongoing = || ONGOING.words().filter_map(|word| word.get(..word.chars().next()?.len_utf8()));
    let standing = || STANDING_WORDS.into_iter().flatten().map(|(word, _)| *word).chain(ongoing());
    // Of a word given twice the last counts: 末 and 一 open more than words.
    let fresh = || standing().map(opens_word).chain(OPENING_WORDS).chain(each(&MARKS));
    let alone = || fresh().chain(each(&ENDS));
    let joined = JOINED_WORDS.iter().map(|(word, _)| opens_word(word)).chain(each(&JOINED_MARKS));
    Openers {
        all: Words::of_heads(joined.chain(alone())),
        alone: Words::of_heads(alone()),
        fresh: Words::of_heads(fresh()),
    }
});

/// Each character of `marks` with what it opens.
fn each(marks: &'static [(&str, Opener)]) -> impl Iterator<Item = (&'static str, Opener)> {
    marks.iter().flat_map(|(characters, opener)| {
        characters.char_indices().map(|(at, c)| (&characters[at..at + c.len_utf8()], *opener))
    })
}

/// What a bracket holds that names a weekday is not longer.
const LONGEST_WEEKDAY: usize = 4;

struct Lexer<'t> {
    text: &'t str,
    slot: bool,
    /// Byte offset of the next character.
    at: usize,
    tokens: Vec<Token>,
}

impl<'t> Lexer<'t> {
    /// Reads what begins here with `c`; leaves `at` where nothing does.
    fn step(&mut self, opener: Opener, c: char) {
        match opener {
            Opener::Digit => self.arabic(),
            Opener::Numeral if c == '一' && self.is_slipped_dash() => self.push(Kind::To, c.len_utf8()),
            Opener::Numeral => self.han(),
            Opener::Ordinal if self.ordinal() => {}
            Opener::Cycle => self.cycle(c),
            Opener::Quote => self.quote(c),
            Opener::Title => self.title(),
            Opener::Line if self.slot => {}
            Opener::Stop | Opener::Line => self.push(Kind::Stop, c.len_utf8()),
            Opener::Pause => self.push(Kind::Pause, c.len_utf8()),
            Opener::RangeMark => self.range_mark(),
            Opener::Bracket => self.bracket(),
            Opener::Ordinal | Opener::Word => self.keyword(c),
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

    /// （星期二） right behind a day, （含） right behind a date, （第3周） between a date and its 前.
    fn bracket(&mut self) {
        let Some(last) = self.last().filter(|_| self.is_joined(self.at)) else { return };
        let rest = self.rest();
        let mut near = rest.char_indices().take(LONGEST_GLOSS + 2);
        let Some(close) = near.find(|(_, c)| matches!(c, '）' | ')')) else { return };
        let inside =
            rest.get(rest.chars().next().map_or(0, char::len_utf8)..close.0).unwrap_or_default().trim();
        let end = close.0 + close.1.len_utf8();
        let weekday = ["星期", "周", "礼拜", "週"].iter().any(|week| inside.starts_with(week));
        let kind = match last {
            Kind::Day(_) if weekday && inside.chars().count() <= LONGEST_WEEKDAY => Kind::Clock,
            last if is_dated(last) && counts_in(inside) => Kind::Inclusive,
            last if is_dated(last) && explains(inside) && self.goes_on(self.at + end) => Kind::Gloss,
            _ => return,
        };
        self.push(kind, end);
    }

    /// Whether the time before a bracket that ends at byte `at` goes on behind it: （第3周）|前, （周一）|至3月5日.
    fn goes_on(&self, at: usize) -> bool {
        let rest = self.text.get(self.skip_space(at)..).unwrap_or_default();
        let next = number::skip_range_mark(rest, 0).and_then(|next| rest.get(next..)?.chars().next());
        let hour = number::numeral(rest, 0)
            .is_some_and(|(_, end)| rest[end..].starts_with(['时', '時', '点', '點', ':', '：']));
        hour || next.is_some_and(|c| numeral::arabic_digit(c).is_some()) || keyword::bounds(rest)
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
