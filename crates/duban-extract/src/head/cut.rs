//! Blocks to parts: a paragraph that runs several things together is cut apart.
//!
//! Text out of PDF, Word and web pages may have a number and a title, a signature, its date and the
//! plan's title, or the whole notice in one paragraph. Each cut is looked for only where such a thing
//! can stand, and ends the search, so that all cuts of a paragraph together read it once.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use duban_document::{Alignment, Block, JoinedText, Paragraph, Row, Table, label};
use memchr::memmem::Finder;

use super::shape::{self, Part, Shape};
use super::text::{backward, forward, has_at_least, is_blank, is_within, opening, trim};
use super::{attachments, contents, date, imprint, issuers, metadata, number, page, recipients, title};
use crate::reading::{self, Script};

/// Where in a notice the next part stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Before any running text: title, number, recipients.
    Front,
    /// Behind a signature, a date or the mark 附件: a title may follow.
    Closed,
    /// In running text before any item: the plan that a notice sends may begin.
    Text,
    /// In items and what follows them.
    Body,
}

/// The parts of a document's `blocks`, in order; empty paragraphs are gone.
pub(super) fn cut(blocks: Vec<Block>, script: Script) -> Vec<Part> {
    let mut cutter = Cutter {
        traditional: script.has_traditional(),
        stage: Stage::Front,
        parts: Vec::with_capacity(blocks.len()),
    };
    let introduction = page::introduction(&blocks);
    for (index, block) in blocks.into_iter().enumerate() {
        match block {
            Block::Paragraph(paragraph) if index < introduction => cutter.introduction(paragraph),
            Block::Paragraph(paragraph) => cutter.paragraph(paragraph),
            Block::Table(table) => cutter.table(table),
        }
    }
    contents::mark(&mut cutter.parts);
    cutter.parts
}

struct Cutter {
    /// Whether the rules read folded text.
    traditional: bool,
    stage: Stage,
    parts: Vec<Part>,
}

impl Cutter {
    fn paragraph(&mut self, paragraph: Paragraph) {
        let printed = paragraph.text.as_str();
        let folded = self.traditional.then(|| reading::fold(printed));
        let text = folded.as_deref().unwrap_or(printed);
        let mut rest = trim(text, 0..text.len());
        let bare = trim(text, 0..page::before_last_bar(&text[..rest.end]));
        if self.stage != Stage::Front || text[bare.clone()].ends_with(['：', ':']) {
            rest = bare;
        }
        while !rest.is_empty() {
            let front =
                || title_note(&text[rest.clone()]).or_else(|| page::around_title(&text[rest.clone()]));
            if self.stage == Stage::Front
                && let Some(pieces) = front()
            {
                for (piece, shape) in pieces {
                    let piece = rest.start + piece.start..rest.start + piece.end;
                    let folded = folded.as_ref().map(|folded| folded[piece.clone()].to_owned());
                    self.push(piece_of(&paragraph, piece, shape, folded));
                }
                return;
            }
            let end = next_cut(&text[rest.clone()], self.stage).map_or(rest.end, |cut| rest.start + cut);
            let piece = trim(text, rest.start..end);
            rest = trim(text, end..rest.end);
            if piece.is_empty() {
                continue;
            }
            let shape = shape::of_text(&text[piece.clone()], self.stage == Stage::Front);
            if piece.len() == text.len() {
                let folded = folded.map(Cow::into_owned);
                return self.push(Part { block: Block::Paragraph(paragraph), shape, folded });
            }
            let folded = folded.as_ref().map(|folded| folded[piece.clone()].to_owned());
            self.push(piece_of(&paragraph, piece, shape, folded));
        }
    }

    /// Whoever reprints the notice may give it a headline; all else is the page's.
    fn introduction(&mut self, paragraph: Paragraph) {
        let folded = self.traditional.then(|| reading::fold(paragraph.text.as_str()).into_owned());
        let text = folded.as_deref().unwrap_or(paragraph.text.as_str());
        if trim(text, 0..text.len()).is_empty() {
            return;
        }
        let is_line = shape::of_text(text, true) == Shape::Line;
        let shape = if is_line { Shape::Line } else { Shape::Caption };
        self.push(Part { block: Block::Paragraph(paragraph), shape, folded });
    }

    fn table(&mut self, table: Table) {
        if let Some(rows) = self.imprint_rows(&table) {
            for row in rows {
                self.paragraph(row);
            }
            return;
        }
        let block = Block::Table(table);
        let is_caption = self.stage == Stage::Front && metadata::is_caption(&block);
        let shape = if is_caption { Shape::Caption } else { Shape::Table };
        self.push(Part { block, shape, folded: None });
    }

    fn push(&mut self, part: Part) {
        self.stage = stage_after(self.stage, part.shape);
        self.parts.push(part);
    }

    /// The rows of a table as paragraphs, where it is only ruled to hold an imprint or a red head.
    fn imprint_rows(&self, table: &Table) -> Option<Vec<Paragraph>> {
        const MOST_ROWS: usize = 6;
        if table.rows.is_empty() || table.rows.len() > MOST_ROWS {
            return None;
        }
        let rows: Vec<Paragraph> = table.rows.iter().map(row_paragraph).collect();
        let is_imprint = |row: &Paragraph| {
            let printed = row.text.as_str();
            let folded = self.traditional.then(|| reading::fold(printed));
            let shape = shape::of_text(folded.as_deref().unwrap_or(printed), false);
            matches!(
                shape,
                Shape::Imprint | Shape::CopyLine | Shape::Release | Shape::RedHead | Shape::Number
            )
        };
        rows.iter().all(|row| row.text.is_empty() || is_imprint(row)).then_some(rows)
    }
}

/// The part that `piece` of `paragraph` is.
fn piece_of(paragraph: &Paragraph, piece: Range<usize>, shape: Shape, folded: Option<String>) -> Part {
    let text = paragraph.text.part(piece);
    let (alignment, heading) = (paragraph.alignment, paragraph.heading);
    Part { block: Block::Paragraph(Paragraph { text, alignment, heading }), shape, folded }
}

/// What a bracket under the title says of the notice, where `text` is nothing else: number, issuer and date
/// (（云政发〔2021〕3号，2021年3月1日）). What is one of these alone needs no cut.
fn title_note(text: &str) -> Option<Vec<(Range<usize>, Shape)>> {
    const LONGEST: usize = 80;
    let bare = text.strip_prefix(['（', '('])?;
    let inner =
        bare.trim_end_matches(is_blank).strip_suffix(['）', ')']).filter(|_| is_within(text, LONGEST))?;
    let date = date::find(inner, 0)?.range;
    let number_end = number::find(inner, 0).map_or(0, |number| number.range.end);
    let is_mark = |c: char| is_blank(c) || matches!(c, '，' | ',' | '；' | ';' | '、');
    let behind = forward(inner, number_end, is_mark);
    if date.start < behind {
        return None;
    }
    let names = behind..backward(inner, date.start, is_mark).max(behind);
    // A body and a date with a comma between are a line of names and a date.
    let ends = trim(inner, date.end..inner.len()).is_empty();
    let parted = ends && inner[names.end..date.start].contains(['，', ',']);
    let (names, rest) = if parted { (names, date.clone()) } else { (0..0, behind..inner.len()) };
    let mut pieces = Vec::new();
    for piece in [0..number_end, names, rest] {
        let piece = trim(inner, piece);
        if piece.is_empty() {
            continue;
        }
        let part = &inner[piece.clone()];
        let shape = shape::of_text(part, true);
        let is_names = shape == Shape::Line && parted && !issuers::names(part).is_empty();
        if !is_names && !matches!(shape, Shape::Number | Shape::Date | Shape::Signature | Shape::Imprint) {
            return None;
        }
        let start = text.len() - bare.len();
        pieces.push((start + piece.start..start + piece.end, shape));
    }
    (date != trim(inner, 0..inner.len())).then_some(pieces)
}

/// Where such a bracket begins behind a title.
fn title_note_cut(text: &str) -> Option<usize> {
    const LONGEST: usize = 160;
    let closes = text.ends_with(['）', ')']) && is_within(text, LONGEST);
    let open = closes.then(|| text.rfind(['（', '(']))??;
    (title_note(&text[open..]).is_some() && title::is_line(&text[..open])).then_some(open)
}

fn row_paragraph(row: &Row) -> Paragraph {
    let mut text = JoinedText::builder();
    for cell in &row.cells {
        if !text.as_str().is_empty() {
            text.push_glue(" ");
        }
        text.push_joined(&cell.text);
    }
    Paragraph { text: text.finish(), alignment: Alignment::Body, heading: None }
}

fn stage_after(stage: Stage, shape: Shape) -> Stage {
    match (stage, shape) {
        (Stage::Front | Stage::Text, Shape::Sentence) => Stage::Text,
        (_, Shape::Sentence | Shape::Item | Shape::Table) => Stage::Body,
        (_, Shape::AttachmentMark) => Stage::Closed,
        (Stage::Text | Stage::Body, shape) if shape.closes() => Stage::Closed,
        (stage, _) => stage,
    }
}

/// Where `text` is to be cut first; `None` where it is one thing.
fn next_cut(text: &str, stage: Stage) -> Option<usize> {
    let inside = |cut: &usize| *cut > 0 && *cut < text.len();
    let mark = attachments::mark_at(text).map(|mark| mark.end).filter(inside);
    if mark.is_some() {
        return mark;
    }
    if stage == Stage::Front {
        if metadata::is_caption_line(text) || page::is_line(text) {
            return None;
        }
        let cuts = [title_note_cut, number_cut, title_cut, recipients::list_end];
        let front = cuts.iter().find_map(|cut| cut(text).filter(inside));
        if front.is_some() {
            return front;
        }
    }
    if stage == Stage::Closed {
        let cut = release_cut(text).filter(inside);
        if cut.is_some() {
            return cut;
        }
    }
    if stage != Stage::Body && label::at(text).is_none() {
        let title_end = || title::end_before_text(text).filter(inside);
        let end = if stage == Stage::Text { plan_title_cut(text) } else { title_end() };
        if end.is_some() {
            return end;
        }
    }
    worn_date_cut(text).or_else(|| closing_cut(text))
}

/// Before a date without its 年月日 behind the body that signs: 云岭县人民政府 2021315.
fn worn_date_cut(text: &str) -> Option<usize> {
    const LONGEST: usize = 60;
    if !text.ends_with(|c: char| c.is_ascii_digit()) || !is_within(text, LONGEST) {
        return None;
    }
    let start = backward(text, text.len(), |c| !is_blank(c));
    let signs = start > 0 && date::is_worn(&text[start..]) && !issuers::names(&text[..start]).is_empty();
    signs.then_some(start)
}

/// Behind a title that a blank parts from the recipients of the notice: 云岭县植树实施方案 各乡镇人民政府：.
fn title_cut(text: &str) -> Option<usize> {
    const LONGEST: usize = 100;
    if !opening(text, LONGEST).contains(is_blank) {
        return None;
    }
    recipients::list_end(text)?;
    title::end_before_text(text).filter(|end| text[*end..].starts_with(is_blank))
}

/// Behind the title of a plan that a blank parts from its preamble: 云岭县植树实施方案 为做好植树工作，….
fn plan_title_cut(text: &str) -> Option<usize> {
    const LONGEST: usize = 100;
    if !opening(text, LONGEST).contains(is_blank) || title::opens_preamble(text) {
        return None;
    }
    let end = title::end_before_text(text)?;
    let (title, behind) = text.split_at(end);
    // Who signs and when may stand before it.
    let is_signed = || date::find(title, 0).is_some();
    (behind.starts_with(is_blank) && title::opens_preamble(behind) && !is_signed()).then_some(end)
}

/// Before or behind the bracket （此件公开发布） that `text` or the date at its head begins with.
fn release_cut(text: &str) -> Option<usize> {
    const LONGEST: usize = 40;
    let date = date::find(opening(text, LONGEST), 0).filter(|date| date.range.start == 0);
    let start = date.map_or(0, |date| forward(text, date.range.end, is_blank));
    let bracket = text[start..].starts_with(['（', '(', '【']);
    let end = bracket.then(|| super::text::bracket_end(text, start, LONGEST))??;
    imprint::is_release(&text[start..end]).then_some(if start > 0 { start } else { end })
}

/// Before or behind a document number that stands beside a red head or a title.
fn number_cut(text: &str) -> Option<usize> {
    if number::whole(text).is_some() {
        return None;
    }
    let found = number::find(opening(text, 160), 0)?;
    let (before, behind) = (&text[..found.range.start], &text[found.range.end..]);
    let cited = behind.trim_start_matches(is_blank).starts_with(['文', '精', '要', '》', '）', ')', '，']);
    if cited || title::opens_preamble(before) {
        return None;
    }
    let before = before.trim_end_matches(is_blank);
    if before.is_empty() {
        return Some(found.range.end);
    }
    if ["根据", "按照", "依据", "贯彻", "落实", "执行"].iter().any(|verb| before.ends_with(verb))
    {
        return None;
    }
    (title::is_line(before) && bracket_free(before)).then_some(found.range.start)
}

fn bracket_free(text: &str) -> bool {
    !text.ends_with(['（', '(', '《'])
}

/// Where a signature or the list of attachments begins behind running text, or where what follows a
/// signature begins.
///
/// The search widens by doubling, so that what it reads stays in proportion to where the cut is.
fn closing_cut(text: &str) -> Option<usize> {
    const FIRST_WINDOW: usize = 2048;
    let mut size = FIRST_WINDOW;
    loop {
        let window = &text[..text.floor_char_boundary(size)];
        let cut = [signature_cut(text, window), attachment_list(text, window)].into_iter().flatten().min();
        if cut.is_some() || window.len() == text.len() {
            return cut;
        }
        size *= 2;
    }
}

/// Where a signature in `window`, the opening of `text`, begins or ends.
fn signature_cut(text: &str, window: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(found) = date::find(window, from) {
        from = found.range.end;
        let Some(start) = signature_start(text, found.range.start) else { continue };
        let has_names = start < found.range.start;
        let Some(end) = signature_end(text, found.range.end, has_names) else { continue };
        let cut = if start > 0 { start } else { end };
        return (cut < text.len()).then_some(cut);
    }
    None
}

/// A list of attachments in `window` behind a full stop: …实施。 附件：1.….
fn attachment_list(text: &str, window: &str) -> Option<usize> {
    static MARK: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("附"));
    MARK.find_iter(window.as_bytes()).find(|offset| {
        let before = text[..*offset].trim_end_matches(is_blank);
        let ends = before.ends_with(['。', '！']) || before.ends_with("。）");
        ends && attachments::mark_at(opening(&text[*offset..], 120)).is_some_and(|mark| mark.has_colon)
    })
}

/// Where the bodies that sign before a date at byte `date` begin; the date itself where none stands
/// there. `None` where the date belongs to a sentence.
///
/// A signature stands behind a full stop, or blanks part its names from what is before them.
fn signature_start(text: &str, date: usize) -> Option<usize> {
    const MOST: usize = 120;
    let floor = text[..date].char_indices().rev().nth(MOST).map_or(0, |(offset, _)| offset);
    let window = &text[floor..date];
    let ends = |c: char| matches!(c, '。' | '！' | '；' | '：' | '）' | ')' | '\n');
    let start = floor + backward(window, window.len(), |c| !ends(c));
    let closed = start == 0 || (start > floor && text[..start].ends_with(['。', '！', '）', ')', '\n']));
    let start = forward(text, start, is_blank).min(date);
    let names = text[start..date].trim_matches(is_blank);
    if closed && (names.is_empty() || !issuers::names(names).is_empty()) {
        return Some(start);
    }
    parted_start(window).map(|start| floor + start)
}

/// The same for names that only blanks part from what stands before them.
fn parted_start(window: &str) -> Option<usize> {
    const WIDE: usize = 3;
    let end = backward(window, window.len(), is_blank);
    let mut start = end;
    loop {
        let word_end = backward(window, start, is_blank);
        let word = backward(window, word_end, |c| !is_blank(c));
        let is_parted =
            word > 0 && issuers::is_name(&window[word..word_end]) && has_at_least(&window[word..word_end], 4);
        if !is_parted || word == start {
            break;
        }
        start = word;
    }
    let wide = window[end..].chars().count() >= WIDE;
    (start < end).then_some(start).or(wide.then_some(window.len()))
}

/// Where a signature or an imprint with a date up to byte `date_end` ends, if something fit follows:
/// the end, 印发, a release mark, a title.
fn signature_end(text: &str, date_end: usize, has_names: bool) -> Option<usize> {
    let behind = &text[date_end..];
    let next = forward(text, date_end, is_blank);
    if next == text.len() {
        return Some(next);
    }
    let rest = &text[next..];
    if let Some(issued) = rest.strip_prefix("印发") {
        let end = text.len() - issued.len();
        let copies = issued.trim_start_matches(is_blank);
        // Buttons of a web page may have run into the line: 印发【打印本页】.
        if copies.starts_with(['【', '[']) {
            return Some(end);
        }
        let ends = issued.is_empty() || copies.len() < issued.len() || copies.starts_with(['（', '(']);
        return ends.then_some(if is_within(issued, 14) { text.len() } else { end });
    }
    let is_parted = behind.starts_with(is_blank) || has_names;
    let bracket = super::text::bracket_end(rest, 0, 40).map_or("", |end| &rest[..end]);
    let fits = imprint::is_release(bracket)
        || imprint::is_contact(bracket)
        || attachments::mark_at(opening(rest, 120)).is_some()
        || has_names && next - date_end >= "  ".len()
        || is_parted && (title::end_before_text(rest).is_some() || ends_as_title(rest));
    fits.then_some(date_end)
}

fn ends_as_title(text: &str) -> bool {
    title::is_line(text) && super::words::ends_as_title(&super::text::squeeze(text))
}
