//! Everything in a region that could be a label.

use std::iter::Peekable;
use std::ops::Range;
use std::sync::LazyLock;

use duban_document::label::{self, Label, LabelStyle, Mark};
use duban_document::numeral;
use memchr::memmem::{FindIter, Finder};

use super::dotted;
use super::pieces::{Piece, Region};
use crate::marks::{is_han, non_han};

/// A possible label.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// Index of the piece that it stands in.
    pub(super) piece: usize,
    /// Byte of the piece's text where the label begins; 0 in a table row.
    pub(super) offset: usize,
    /// Byte behind the label.
    pub(super) end: usize,
    /// Byte behind what its number is read from, nearly always `end`.
    pub(super) number_end: usize,
    pub(super) glyphs: Glyphs,
    pub(super) value: u32,
    pub(super) stand: Stand,
    /// Index of the first candidate with the same label and the same text behind it, where this one
    /// is the same heading printed again.
    pub(super) reprint_of: Option<usize>,
}

impl Candidate {
    /// Whether it stands at the beginning of a paragraph.
    pub(super) fn opens_paragraph(&self) -> bool {
        matches!(self.stand, Stand::Paragraph | Stand::BrokenParagraph | Stand::BeforeNumber)
    }
}

/// The glyphs of a label; those of a table's rows never continue a series of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Glyphs {
    pub(super) style: LabelStyle,
    /// Whether they stand in a table's row.
    pub(super) in_row: bool,
}

impl Glyphs {
    /// A number of their own.
    pub(super) fn code(self) -> u8 {
        self.style.code() << 1 | u8::from(self.in_row)
    }
}

/// Where a candidate stands, which says how likely it is a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Stand {
    /// In a table's number column or at the beginning of its task cell.
    Row,
    /// At the beginning of a paragraph.
    Paragraph,
    /// At the beginning of a paragraph whose predecessor stops in the middle of a sentence.
    BrokenParagraph,
    /// At the beginning of a paragraph in front of a number, so that it may as well be half a decimal
    /// (2.5 月 20 日前).
    BeforeNumber,
    /// Behind a full stop.
    AfterStop,
    /// Behind a closing bracket.
    AfterBracket,
    /// A bracketed label right behind a word, where a heading has no full stop (任务（一）预算).
    Glued,
    /// The first label, or the next one of its kind, right behind the words of a heading (一、任务1.预算).
    BehindHeading,
    /// A bare number behind a bracket or 负责, where the mark was lost.
    Unmarked,
}

/// Finds the candidates of a region, in reading order.
pub(super) fn find(region: &Region<'_>) -> Vec<Candidate> {
    let dotted = dotted::series(region);
    let mut found: Vec<Candidate> = Vec::with_capacity(region.pieces.len());
    // Where numbers have no mark (1 总则, 1.1), 2.2 is one of them, though those before it may be lost.
    let marked = dotted.is_empty();
    let mut last = LastPiece::Whole;
    for (index, piece) in region.pieces.iter().enumerate() {
        match piece {
            Piece::Paragraph(text) => {
                let text = text.as_str();
                let number = before_number(index, text, last, &found).filter(|_| marked);
                found.extend(number);
                in_paragraph(index, text, dotted.get(&index).copied(), last == LastPiece::Broken, &mut found);
                last = LastPiece::of(text);
            }
            Piece::Row(row) => {
                last = LastPiece::Whole;
                found.extend(row.label.as_ref().map(|label| Candidate {
                    piece: index,
                    offset: 0,
                    end: 0,
                    number_end: 0,
                    glyphs: Glyphs { style: label.label.style, in_row: true },
                    value: label.label.value,
                    stand: Stand::Row,
                    reprint_of: None,
                }));
            }
        }
    }
    mark_reprints(region, &mut found);
    found
}

/// Whether `text` begins with a month or a day of one: 6月10日, 6 月底.
fn opens_month(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    matches!(text.len() - rest.len(), 1 | 2) && rest.trim_start().starts_with('月')
}

/// What the end of the piece before a paragraph says of where that begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LastPiece {
    /// A sentence ended with it.
    Whole,
    /// It was cut in the middle of a sentence.
    Broken,
    /// Either: a heading ends without a mark.
    Unknown,
}

impl LastPiece {
    fn of(text: &str) -> Self {
        match text.trim_end().chars().next_back() {
            Some('，' | ',' | '、' | '（' | '(' | '《' | '“') => Self::Broken,
            Some('。' | '；' | '：' | '！' | '？' | ';' | ':' | '）' | ')' | '】' | '”') | None => {
                Self::Whole
            }
            Some(_) => Self::Unknown,
        }
    }
}

/// The label in front of a number that paragraph `piece` begins with: the first one stands behind a whole sentence or
/// below a heading, the others behind a whole sentence.
fn before_number(piece: usize, text: &str, last: LastPiece, found: &[Candidate]) -> Option<Candidate> {
    let start = text.len() - text.trim_start().len();
    let here =
        text[start..].starts_with(|c: char| numeral::arabic_digit(c).is_some()).then(|| &text[start..])?;
    let label = label::before_number(here)?;
    let below_heading = || found.last().is_some_and(|above| above.piece + 1 == piece);
    let parted =
        last == LastPiece::Whole || last == LastPiece::Unknown && label.value == 1 && below_heading();
    parted.then(|| candidate(piece, start, label, Stand::BeforeNumber))
}

/// Candidates of a paragraph; `dotted` is the label without a mark at its head, if its series says that it is
/// one.
fn in_paragraph(piece: usize, text: &str, dotted: Option<Label>, broken: bool, found: &mut Vec<Candidate>) {
    let start = text.len() - text.trim_start().len();
    // ★1.建立台账: what marks an item out is no part of its label.
    let bare = text.trim_start_matches(|c: char| c.is_whitespace() || label::is_bullet(c));
    let marked = text.len() - bare.len();
    let start = if marked > start && label::at(bare).is_some() { marked } else { start };
    let alone = label::at(&text[start..]);
    let at_start = dotted.or(alone);
    let mut from = start;
    if let Some(label) = at_start {
        let stand = if broken { Stand::BrokenParagraph } else { Stand::Paragraph };
        // What is a label alone tells its number all the same: 1 of 1.2小时.
        let number_end = start + alone.unwrap_or(label).len;
        found.push(Candidate { number_end, ..candidate(piece, start, label, stand) });
        from = start + label.len;
    }
    let scan = Scan {
        piece,
        text,
        start,
        from,
        // A label right behind a label (一、（一）推进) is one too.
        before: if at_start.is_some() { '。' } else { ' ' },
        heading: at_start.map(|_| from),
        charges: CHARGE.find_iter(text.as_bytes()).peekable(),
        in_slot: false,
        nesting: 0,
        quoted: false,
        found,
    };
    scan.run();
}

/// A look through a paragraph for labels behind its beginning.
struct Scan<'t> {
    piece: usize,
    text: &'t str,
    /// Where the paragraph begins: a label there is known.
    start: usize,
    /// Where the look begins.
    from: usize,
    /// What counts as the character before `from`.
    before: char,
    /// Where the words behind the last label begin.
    heading: Option<usize>,
    /// The places of 负责 that were not passed yet.
    charges: Peekable<FindIter<'t, 'static>>,
    /// Whether a list of bodies or a time goes before, without brackets.
    in_slot: bool,
    /// How many titles are open.
    nesting: usize,
    /// Whether a quote is.
    quoted: bool,
    found: &'t mut Vec<Candidate>,
}

impl Scan<'_> {
    fn run(mut self) {
        let (mut han, mut may_open) = (self.from, true);
        for (offset, mark) in non_han(&self.text[self.from..]) {
            let at = self.from + offset;
            let charge = self.charges.peek().is_some_and(|charge| *charge < at);
            if may_open || self.in_slot || charge {
                self.look_into(han..at, may_open);
            }
            (han, may_open) = (at + mark.len_utf8(), self.read_mark(mark, at));
        }
        self.look_into(han..self.text.len(), may_open);
    }

    /// Looks for labels in a run of Han characters: they begin with it, where they `may_open` it, behind 负责 or
    /// in a list of bodies.
    fn look_into(&mut self, run: Range<usize>, may_open: bool) {
        if may_open && self.text[run.clone()].starts_with(opens_in_han) {
            self.look_at(run.start);
        }
        if self.in_slot {
            let inside = self.text[run.clone()].char_indices().skip(1);
            for (offset, _) in inside.filter(|(_, c)| opens_in_han(*c)) {
                self.look_at(run.start + offset);
            }
        }
        while let Some(charge) = self.charges.next_if(|charge| *charge < run.end) {
            let behind = charge + CHARGE_WORD.len();
            let opens = || self.text.get(behind..run.end).is_some_and(|rest| rest.starts_with(opens_in_han));
            if !self.in_slot && behind > run.start && opens() {
                self.look_at(behind);
            }
        }
    }

    /// Takes note of `mark`, which stands at `offset`, or looks for the label that it opens. Returns whether a
    /// label without a bracket can stand behind it; behind a blank the mark before that tells.
    fn read_mark(&mut self, mark: char, offset: usize) -> bool {
        match mark {
            '，' | '、' | '；' => return false,
            '。' | '\n' => {
                self.in_slot = false;
                return true;
            }
            '《' => self.nesting += 1,
            '》' => self.nesting = self.nesting.saturating_sub(1),
            // “安全月"和“工地”: a quote that opens anew was closed by another sign.
            '“' => self.quoted = true,
            '”' => self.quoted = false,
            '：' | ':' => {
                let before = self.text[..offset].trim_end();
                self.in_slot = LABEL_ENDS.iter().any(|end| before.ends_with(end));
                return before.ends_with(FOLLOWS);
            }
            '！' | '？' | '）' | ')' | '】' | ']' => return true,
            _ if could_open(mark) => self.look_at(offset),
            _ => return mark.is_whitespace(),
        }
        false
    }

    /// Adds the label at `offset`, where one stands there.
    fn look_at(&mut self, offset: usize) {
        if self.nesting > 0 || self.quoted || offset <= self.start {
            return;
        }
        let previous = self.text[self.from..offset].trim_end().chars().next_back().unwrap_or(self.before);
        let label = label_inside(self.text, offset, previous, self.in_slot);
        let label = label.or_else(|| self.label_behind_heading(offset, previous));
        if let Some((label, stand)) = label.filter(|(label, _)| !self.counts_on(offset, label)) {
            self.heading = Some(offset + label.len);
            self.found.push(candidate(self.piece, offset, label, stand));
        }
    }

    /// The label at `offset` where only the words of a heading stand between the last label and it: one of
    /// other glyphs (一、任务1.预算) that begins a series or goes on with one (二、平台3.网站).
    fn label_behind_heading(&self, offset: usize, previous: char) -> Option<(Label, Stand)> {
        const SHORTEST_HEADING: usize = 6;
        const LONGEST_HEADING: usize = 120;
        /// A series that runs on has its last label no further back.
        const MOST_LABELS: usize = 32;
        let start = self.heading.filter(|_| is_han(previous))?;
        if !(SHORTEST_HEADING..=LONGEST_HEADING).contains(&offset.checked_sub(start)?) {
            return None;
        }
        let label = label::at(&self.text[offset..])?;
        let may_be_glued =
            matches!(label.style, LabelStyle::Arabic | LabelStyle::ArabicHalfBracketed | LabelStyle::Circled);
        let rest = self.text[offset + label.len..].trim_start();
        let goes_on = rest.starts_with(is_han) || opens_month(rest);
        let differs = self.found.last().is_none_or(|last| last.glyphs.style != label.style);
        let mut before = self.found.iter().rev().take(MOST_LABELS);
        let mut runs_on = || before.find(|one| one.glyphs.style == label.style)?.value.checked_add(1);
        let fits = label.value == 1 || runs_on() == Some(label.value);
        let parts = |mark: char| !mark.is_whitespace() && mark != '、';
        let alone = || !non_han(&self.text[start..offset]).any(|(_, mark)| parts(mark));
        (may_be_glued && goes_on && differs && fits && alone()).then_some((label, Stand::BehindHeading))
    }

    /// Whether the label at `offset` only counts within a sentence: the next one stands behind its ；
    /// (①甲局…；②乙局…).
    fn counts_on(&self, offset: usize, label: &Label) -> bool {
        /// Bytes of the first part at most.
        const LONGEST_PART: usize = 600;
        let start = offset + label.len;
        let end = self.text.floor_char_boundary(self.text.len().min(start + LONGEST_PART));
        let rest = self.text.get(start..end).filter(|_| label.value == 1);
        let Some(sentence) = rest.and_then(|rest| rest.split(['。', '\n']).next()) else { return false };
        let next = sentence.find(['；', ';']).and_then(|at| sentence.get(at..));
        let next = next.map(|next| next.trim_start_matches(['；', ';', ' ', '\u{3000}']));
        next.and_then(label::at).is_some_and(|next| next.style == label.style && next.value == 2)
    }
}

/// Behind this word a label may follow without a mark between them.
const CHARGE_WORD: &str = "负责";

static CHARGE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(CHARGE_WORD));

/// Words that end the label of a list of bodies or of a time.
const LABEL_ENDS: [&str; 8] = ["单位", "部门", "科室", "主体", "处室", "股室", "时限", "时间"];

/// Whether a label can open with `c`.
fn could_open(c: char) -> bool {
    opens_in_han(c)
        || numeral::arabic_digit(c).is_some()
        || matches!(c, '（' | '(')
        || numeral::circled(c).is_some()
}

/// Whether a label can open with `c` in the midst of Han characters.
fn opens_in_han(c: char) -> bool {
    c == '第' || numeral::is_han_numeral(c)
}

/// The label at `offset` of a paragraph, behind the character `previous`, and how it stands there;
/// `in_slot` says whether a list of bodies or a time goes before it, without brackets.
fn label_inside(text: &str, offset: usize, previous: char, in_slot: bool) -> Option<(Label, Stand)> {
    let (before, here) = text.split_at(offset);
    let charged = || before.trim_end().ends_with(CHARGE_WORD);
    match previous {
        '。' | '！' | '？' => label::at(here).map(|label| (label, Stand::AfterStop)),
        '）' | ')' | '】' | ']' => closed(here),
        '：' | ':' if before.trim_end().trim_end_matches(previous).trim_end().ends_with(FOLLOWS) => {
            label::at(here).filter(|label| opens_series(here, label)).map(|label| (label, Stand::AfterStop))
        }
        '责' if charged() => closed(here),
        c if is_han(c) && in_slot => {
            let label = label::at(here);
            let label = label.filter(|label| !enumerates(here, label) && !closes_bracket(before, label));
            label.map(|label| (label, Stand::AfterBracket))
        }
        c if is_han(c) && c != '第' && !opens_bare(here) => glued(here).map(|label| (label, Stand::Glued)),
        _ => None,
    }
}

/// What a notice ends its own words with before the items: 现将有关事项通知如下.
const FOLLOWS: &str = "如下";

/// Whether `label`, which stands `here`, is the first of a series of sentences: behind 如下： 一、 the label 二、 stands
/// behind a full stop, or the paragraph ends with the heading. What a sentence counts (一是、; 一、甲；二、乙) is none.
fn opens_series(here: &str, label: &Label) -> bool {
    /// Bytes of the first item at most.
    const LONGEST_ITEM: usize = 6_000;
    let here = &here[..here.floor_char_boundary(LONGEST_ITEM)];
    const LONGEST_HEADING: usize = 72;
    let heading = here[label.len..].trim();
    let heads = (1..=LONGEST_HEADING).contains(&heading.len()) && heading.chars().all(is_han);
    let second =
        || here.match_indices("二、").any(|(at, _)| here[..at].trim_end().ends_with(['。', '！', '）', ')']));
    label.style == LabelStyle::Han && label.value == 1 && (heads || second())
}

/// Whether `label`, which stands `here`, only counts what follows it too: 每年3、6、9月.
fn enumerates(here: &str, label: &Label) -> bool {
    label.mark == Mark::Comma && here[label.len..].starts_with(|c: char| numeral::arabic_digit(c).is_some())
}

/// Whether the bracket of `label` closes one that was opened in what stands `before`: （见附件1）.
fn closes_bracket(before: &str, label: &Label) -> bool {
    /// Bytes of a note in a bracket.
    const LONGEST_NOTE: usize = 120;
    let near = &before[before.floor_char_boundary(before.len().saturating_sub(LONGEST_NOTE))..];
    let last = near.rfind(['（', '(', '）', ')']);
    label.style == LabelStyle::ArabicHalfBracketed
        && last.is_some_and(|at| near[at..].starts_with(['（', '(']))
}

/// Whether a label that opens here has no bracket.
fn opens_bare(here: &str) -> bool {
    here.starts_with(|c| c == '第' || numeral::arabic_digit(c).is_some() || numeral::is_han_numeral(c))
}

/// A label behind a closing bracket; 责任单位：…）2推进 has lost its mark, …）3.加快 has not.
fn closed(here: &str) -> Option<(Label, Stand)> {
    let marked = label::at(here).map(|label| (label, Stand::AfterBracket));
    marked.or_else(|| unmarked(here).map(|label| (label, Stand::Unmarked)))
}

/// A bracketed label in front of a word, no reference such as （一）项.
fn glued(here: &str) -> Option<Label> {
    let label = label::at(here)?;
    let is_bracketed = matches!(label.style, LabelStyle::HanBracketed | LabelStyle::ArabicBracketed);
    let next = here.get(label.len..)?.trim_start().chars().next()?;
    (is_bracketed && is_han(next) && !matches!(next, '项' | '款' | '条' | '至' | '和' | '的'))
        .then_some(label)
}

/// A small bare number in front of a Han character that is no measure word or unit.
fn unmarked(text: &str) -> Option<Label> {
    let digits = text.find(|c: char| numeral::arabic_digit(c).is_none())?;
    let next = text[digits..].chars().next()?;
    let is_word = is_han(next)
        && !matches!(
            next,
            '个' | '名'
                | '年'
                | '月'
                | '日'
                | '次'
                | '项'
                | '类'
                | '家'
                | '人'
                | '万'
                | '亿'
                | '千'
                | '百'
                | '种'
                | '号'
                | '批'
                | '期'
                | '天'
                | '份'
                | '条'
                | '所'
                | '处'
                | '元'
                | '级'
        );
    let value = numeral::parse(&text[..digits])?;
    (digits <= 2 && is_word && value > 0).then_some(Label {
        style: LabelStyle::Arabic,
        value,
        mark: Mark::Own,
        len: digits,
    })
}

fn candidate(piece: usize, offset: usize, label: Label, stand: Stand) -> Candidate {
    Candidate {
        piece,
        offset,
        end: offset + label.len,
        number_end: offset + label.len,
        glyphs: Glyphs { style: label.style, in_row: false },
        value: label.value,
        stand,
        reprint_of: None,
    }
}

/// A heading that stands again in the same words is the same heading, printed anew at a page break.
fn mark_reprints(region: &Region<'_>, found: &mut [Candidate]) {
    let text = |piece: usize| match &region.pieces[piece] {
        Piece::Paragraph(text) => text.as_str(),
        Piece::Row(row) => row.title.as_str(),
    };
    let whole = found.iter().enumerate().filter(|(_, one)| one.opens_paragraph() || one.stand == Stand::Row);
    let mut whole: Vec<_> = whole
        .map(|(index, one)| ((one.value, one.glyphs, text(one.piece).len()), one.piece, index))
        .collect();
    whole.sort_unstable_by_key(|(heading, _, index)| (*heading, *index));
    for alike in whole.chunk_by_mut(|one, other| one.0 == other.0).filter(|alike| alike.len() > 1) {
        alike.sort_by_key(|(_, piece, _)| text(*piece));
        for same in alike.chunk_by(|one, other| text(one.1) == text(other.1)) {
            let Some(((.., first), again)) = same.split_first() else { continue };
            again.iter().for_each(|(.., index)| found[*index].reprint_of = Some(*first));
        }
    }
}
