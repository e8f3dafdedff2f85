//! The sequence of parts to their roles: where the head ends, what closes the notice, where the plan
//! and the attachments begin.
//!
//! A part's shape alone does not tell: 云岭县人民政府办公室 is the first line of a title in front of the
//! text and a signature before a date; 附件：… lists attachments before a signature and opens one
//! behind it. So the parts are read in order, and each is judged by what stands before and behind it.

use std::ops::Range;

use duban_document::Block;

use super::BlockRole;
use super::shape::{Part, Shape};
use super::signs::{self, Signatures};
use super::text::{has_at_least, is_within, key, squeeze};
use super::{foot, front, issuers, title, words};

/// What the head fields are read from: indices of parts.
#[derive(Clone, Debug, Default)]
pub(super) struct Anatomy {
    pub(super) roles: Vec<BlockRole>,
    /// Lines of the notice's title.
    pub(super) title: Vec<usize>,
    /// Lines of the title of the plan that it encloses.
    pub(super) plan_title: Vec<usize>,
    pub(super) number: Option<usize>,
    pub(super) red_head: Option<usize>,
    pub(super) recipients: Vec<usize>,
    /// Lines of bodies that sign, a body with a date among them.
    pub(super) signature: Vec<usize>,
    /// The date of the first signature.
    pub(super) date: Option<usize>,
    /// A date in front of the text, behind the title.
    pub(super) front_date: Option<usize>,
    pub(super) imprint: Option<usize>,
    /// The line of an imprint that names who prints, where its date has a line of its own.
    pub(super) printer: Option<usize>,
    pub(super) captions: Vec<usize>,
    /// Running text before the first item of the notice and of the plan.
    pub(super) preamble: Vec<usize>,
    /// Parts that list attachments, marks included.
    pub(super) lists: Vec<usize>,
    /// Lines of the attachments' titles, one attachment each.
    pub(super) attachment_titles: Vec<Vec<usize>>,
}

/// Most paragraphs of a preamble: where no item follows, the rest is text of the plan itself.
const LONGEST_PREAMBLE: usize = 8;

/// Reads the roles of `parts`.
pub(super) fn read(parts: &[Part]) -> Anatomy {
    let front = front::extent(parts);
    let mut walk = Walk::new(parts, signs::find(parts, front));
    let mut index = front::read(parts, &walk.signs, front, &mut walk.found);
    walk.note_titles();
    while index < parts.len() {
        index = walk.step(index).max(index + 1);
    }
    walk.close();
    foot::mark(parts, &mut walk.found.roles);
    walk.found
}

/// The state of the reading.
struct Walk<'a> {
    parts: &'a [Part],
    signs: Signatures,
    /// Keys of the titles that the notice has named so far: its own and what it encloses.
    known: Vec<String>,
    /// Keys of what it encloses and has not printed yet.
    unprinted: Vec<String>,
    /// Keys of the entries of lists of attachments.
    listed: Vec<String>,
    found: Anatomy,
    /// Whether what closes a notice stood just before.
    closed: bool,
    /// Whether running text still belongs to a preamble.
    in_preamble: bool,
    has_items: bool,
    /// The last part that closes something.
    last_closing: Option<usize>,
}

impl<'a> Walk<'a> {
    fn new(parts: &'a [Part], signs: Signatures) -> Self {
        let found = Anatomy { roles: vec![BlockRole::Body; parts.len()], ..Anatomy::default() };
        Self {
            parts,
            signs,
            known: Vec::new(),
            unprinted: Vec::new(),
            listed: Vec::new(),
            found,
            closed: false,
            in_preamble: true,
            has_items: false,
            last_closing: None,
        }
    }

    /// Takes note of what the notice's title encloses.
    fn note_titles(&mut self) {
        let printed: String = self.found.title.iter().map(|line| squeeze(self.parts[*line].text())).collect();
        if let Some(name) = title::enclosed(&printed) {
            self.known.push(key(name));
            self.unprinted.push(key(name));
        }
        if !printed.is_empty() {
            self.known.push(key(&printed));
        }
    }

    /// Reads what begins at part `index`; returns the part behind it.
    fn step(&mut self, index: usize) -> usize {
        match self.parts[index].shape {
            Shape::AttachmentMark => self.attachment(index),
            Shape::Contact if self.is_beside_closing(index) => self.head(index),
            Shape::Date | Shape::Signature if !self.signs.dates[index] => self.body(index),
            shape if shape.closes() => self.closing(index),
            Shape::Number | Shape::RedHead if self.closed => self.head(index),
            Shape::Contents => self.head(index),
            Shape::Line => self.line(index),
            Shape::Item | Shape::Table => {
                self.has_items = true;
                self.in_preamble = false;
                self.body(index)
            }
            _ => {
                self.note_enclosed(index);
                if self.in_preamble && self.found.preamble.len() < LONGEST_PREAMBLE {
                    self.found.preamble.push(index);
                }
                self.body(index)
            }
        }
    }

    fn body(&mut self, index: usize) -> usize {
        self.closed = false;
        self.found.roles[index] = BlockRole::Body;
        index + 1
    }

    fn head(&mut self, index: usize) -> usize {
        self.found.roles[index] = BlockRole::Head;
        index + 1
    }

    fn closing(&mut self, index: usize) -> usize {
        let found = &mut self.found;
        match self.parts[index].shape {
            Shape::Date => found.date = found.date.or(Some(index)),
            Shape::Signature if found.date.is_none() => {
                found.date = Some(index);
                found.signature.push(index);
            }
            Shape::Imprint => found.imprint = found.imprint.or(Some(index)),
            _ => {}
        }
        self.closed = true;
        let end = if self.parts[index].shape == Shape::CopyLine { self.copies_end(index) } else { index + 1 };
        self.last_closing = Some(end - 1);
        self.found.roles[index..end].fill(BlockRole::Head);
        end
    }

    /// The part behind the list of who gets copies that begins at `index`: it may take several lines
    /// up to its full stop, or to the imprint where a comma ends its first line, and an imprint or nothing
    /// follows.
    fn copies_end(&self, index: usize) -> usize {
        const MOST_LINES: usize = 6;
        let stops = |part: &Part| part.text().trim_end().ends_with('。');
        let is_list = |part: &&Part| {
            matches!(part.shape, Shape::Sentence | Shape::Line)
                && is_within(part.text(), 120)
                && !part.text().trim_end().trim_end_matches('。').contains('。')
        };
        if stops(&self.parts[index]) {
            return index + 1;
        }
        let lines = self.parts[index + 1..].iter().take(MOST_LINES).take_while(is_list);
        let runs_on = self.parts[index].text().trim_end().ends_with(['，', ',', '、']);
        let end = lines.clone().position(stops).map(|last| index + last + 2);
        let end = end.or_else(|| {
            let to_imprint = lines.clone().zip(&self.signs.printers[index + 1..]);
            runs_on.then(|| index + 1 + to_imprint.take_while(|(_, prints)| !**prints).count())
        });
        let closes = |end: &usize| {
            self.parts.get(*end).is_none_or(|next| next.shape.closes()) || self.signs.printers[*end]
        };
        end.filter(closes).unwrap_or(index + 1)
    }

    /// Names before a date, a title behind what closes the notice, or a heading without a number.
    fn line(&mut self, index: usize) -> usize {
        if self.signs.names[index] {
            if self.found.date.is_none() {
                self.found.signature.push(index);
            }
            self.closed = true;
            return self.head(index);
        }
        if self.signs.printers[index] {
            self.found.printer = self.found.printer.or(Some(index));
            self.closed = true;
            return self.head(index);
        }
        let count = self.plan_title(index);
        if count == 0 {
            self.in_preamble &= self.found.preamble.is_empty();
            return self.body(index);
        }
        self.closed = false;
        let lines = index..index + count;
        let printed: String = self.parts[lines.clone()].iter().map(|part| key(part.text())).collect();
        self.unprinted.retain(|name| !title::is_same(name, &printed));
        self.found.roles[lines.clone()].fill(BlockRole::PlanTitle);
        if self.found.plan_title.is_empty() {
            self.found.plan_title.extend(lines);
            self.in_preamble = true;
        }
        index + count
    }

    /// How many lines from `index` on are the title of a plan; 0 where none begins there.
    fn plan_title(&self, index: usize) -> usize {
        let sends = !self.has_items && self.found.plan_title.is_empty();
        if !self.closed && !sends && self.unprinted.is_empty() {
            return 0;
        }
        let (lines, behind) = self.lines_from(index);
        let follows = behind.is_some_and(|shape| opens_text(shape) || shape == Shape::Date);
        let count = title::lines_of(&lines, &self.known, follows);
        let printed: String = lines.iter().take(count).map(String::as_str).collect();
        let printed_key = key(&printed);
        let is_known = self.known.iter().any(|known| title::is_same(known, &printed_key));
        // The second of two plans begins where the first ends, whatever closes that.
        let is_next = has_at_least(&printed_key, 8) && self.unprinted.contains(&printed_key);
        let ends =
            words::ends_as_title(&printed) && has_at_least(&printed, 6) && !words::is_part_heading(&printed);
        let begins = is_known && (self.closed || sends) || ends && self.closed || is_next;
        if begins && (follows || lines.len() > count) { count } else { 0 }
    }

    /// The lines from `index` on, squeezed, as many as a title may have and one more, and the shape
    /// of what follows all of them.
    fn lines_from(&self, index: usize) -> (Vec<String>, Option<Shape>) {
        let is_line = |at: usize| {
            self.parts.get(at).is_some_and(|part| part.shape == Shape::Line) && !self.signs.names[at]
        };
        let end = (index..=index + title::MOST_LINES)
            .take_while(|at| is_line(*at))
            .last()
            .map_or(index, |last| last + 1);
        let lines = self.parts[index..end].iter().map(|part| squeeze(part.text()).into_owned()).collect();
        (lines, self.parts.get(end).map(|part| part.shape))
    }

    /// A list of attachments, or the mark of one with its title.
    fn attachment(&mut self, index: usize) -> usize {
        if let Some(end) = super::lists::list_end(self.parts, &self.signs, index, &self.listed) {
            self.found.roles[index..end].fill(BlockRole::Head);
            let lines: Vec<&str> = self.parts[index..end].iter().map(Part::text).collect();
            self.listed.extend(super::attachments::titles(&lines).iter().map(|title| key(title)));
            self.found.lists.extend(index..end);
            return end;
        }
        self.found.roles[index] = BlockRole::AttachmentMark;
        self.closed = false;
        // What is passed on has a red head and a number of its own.
        let is_letterhead = |part: &&Part| matches!(part.shape, Shape::RedHead | Shape::Number);
        let start = index + 1 + self.parts[index + 1..].iter().take_while(is_letterhead).count();
        self.found.roles[index + 1..start].fill(BlockRole::Head);
        let (lines, behind) = self.lines_from(start);
        let follows = behind.is_some_and(opens_text);
        let count = title::lines_of(&lines, &self.listed, follows);
        let titled = start..start + count;
        self.found.roles[titled.clone()].fill(BlockRole::AttachmentTitle);
        let is_first = self.found.plan_title.is_empty() && self.found.attachment_titles.is_empty();
        // Items above are the notice's own where this is the plan that it sends.
        self.in_preamble = is_first && (!self.has_items || self.is_sent(titled.clone()));
        self.found.attachment_titles.push(titled.clone().collect());
        titled.end
    }

    /// Whether the `lines` of a title, those of a bracket below it apart, name what the notice says it sends.
    fn is_sent(&self, mut lines: Range<usize>) -> bool {
        let mut printed = String::new();
        lines.any(|line| {
            printed.push_str(&key(self.parts[line].text()));
            self.unprinted.iter().any(|name| title::is_same(name, &printed))
        })
    }

    /// Notes what a sentence of the notice says it sends: 现将《X》印发给你们.
    fn note_enclosed(&mut self, index: usize) {
        let text = self.parts[index].text();
        if !self.in_preamble
            || !is_within(text, 600)
            || !["印发", "下发", "转发", "制定", "附后"].iter().any(|verb| text.contains(verb))
        {
            return;
        }
        let mut rest = text;
        while let Some(open) = rest.find('《') {
            let Some(end) = super::text::bracket_end(rest, open, 200) else { break };
            let inner = rest[open..end].trim_start_matches('《').trim_end_matches('》');
            self.known.push(key(inner));
            self.unprinted.push(key(inner));
            rest = &rest[end..];
        }
    }

    fn is_beside_closing(&self, index: usize) -> bool {
        self.closed
            || self
                .parts
                .get(index + 1)
                .is_some_and(|part| part.shape.closes() || part.shape == Shape::AttachmentMark)
            || self.signs.names.get(index + 1).copied().unwrap_or_default()
    }

    /// Reads the end of the document: a signature without a date, and what a page prints behind.
    fn close(&mut self) {
        if let Some(last) = self.last_closing {
            let behind = &self.parts[last + 1..];
            let is_small = |part: &Part| {
                matches!(part.shape, Shape::Line | Shape::Caption | Shape::Contact)
                    && is_within(part.text(), 40)
            };
            if self.found.attachment_titles.is_empty() && behind.len() <= 12 && behind.iter().all(is_small) {
                self.found.roles[last + 1..].fill(BlockRole::Head);
            }
        }
        self.sign_without_date();
    }

    /// 云岭县人民政府办公室 alone behind the last sentence.
    fn sign_without_date(&mut self) {
        if !self.found.signature.is_empty() || !self.found.attachment_titles.is_empty() {
            return;
        }
        let Some(last) = self.found.roles.iter().rposition(|role| *role == BlockRole::Body) else { return };
        let Some(before) = last.checked_sub(1).map(|before| &self.parts[before]) else { return };
        let ends_sentence = before.text().trim_end().ends_with(['。', '）', '！'])
            && matches!(before.block, Block::Paragraph(_));
        let part = &self.parts[last];
        if part.shape == Shape::Line
            && ends_sentence
            && has_at_least(part.text(), 5)
            && !issuers::names(part.text()).is_empty()
        {
            self.found.roles[last] = BlockRole::Head;
            self.found.signature.push(last);
        }
    }
}

/// Whether what has this `shape` may stand right behind a title.
fn opens_text(shape: Shape) -> bool {
    matches!(shape, Shape::Sentence | Shape::Item | Shape::Table | Shape::Contents)
}
