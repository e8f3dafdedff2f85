//! The events of a Markdown page to its lines and tables, without markup.

use duban_document::{Alignment, Cell, Row, Table, TextRange};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::inline::Inline;
use crate::layout::spread_section;
use crate::marked::{Break, MarkedLine, Part};

/// Lines and tables of `source` in reading order.
pub(super) fn walk(source: &str) -> Vec<Part> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut walker = Walker { source, ..Walker::default() };
    for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
        walker.take(event, TextRange::new(range.start, range.end));
    }
    walker.end_line(Break::Hard);
    walker.parts
}

#[derive(Default)]
struct Walker<'a> {
    source: &'a str,
    parts: Vec<Part>,
    inline: Inline,
    /// How the line being read is parted from the last one.
    before: Option<Break>,
    heading: Option<u8>,
    table: Option<Table>,
    /// Number of tags open whose text nobody reads.
    hidden: usize,
    in_code: bool,
    /// Of each list open: the number of its first item and how many items it had so far.
    lists: Vec<Option<(u64, u64)>>,
}

impl Walker<'_> {
    fn take(&mut self, event: Event<'_>, range: TextRange) {
        match event {
            Event::Start(Tag::Image { .. } | Tag::HtmlBlock | Tag::MetadataBlock(_)) => self.hidden += 1,
            Event::End(TagEnd::Image | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_)) => {
                self.hidden = self.hidden.saturating_sub(1);
            }
            _ if self.hidden > 0 => {}
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.in_code => self.code(&text, range),
            Event::Text(text) | Event::Code(text) => self.inline.push(self.source, &text, range),
            Event::InlineHtml(html) if is_line_break(&html) => self.break_line(Break::Hard),
            Event::HardBreak => self.break_line(Break::Hard),
            Event::SoftBreak => self.break_line(Break::Soft),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: TextRange) {
        match tag {
            Tag::Heading { level, .. } => {
                self.end_line(Break::Hard);
                self.heading = Some(depth(*level));
            }
            Tag::CodeBlock(_) => {
                self.end_line(Break::Hard);
                self.in_code = true;
            }
            Tag::List(first) => {
                self.end_line(Break::Hard);
                self.lists.push(first.map(|first| (first, 0)));
            }
            Tag::Item => {
                self.end_line(Break::Hard);
                self.label(range);
            }
            Tag::Paragraph if !self.inline.is_empty() && !self.inline.is_label() => {
                self.end_line(Break::Hard);
            }
            Tag::Table(_) => {
                self.end_line(Break::Hard);
                self.table = Some(Table::default());
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Row::default());
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                self.end_line(Break::Hard);
                self.heading = None;
            }
            TagEnd::CodeBlock => {
                self.end_line(Break::Hard);
                self.in_code = false;
            }
            TagEnd::List(_) => {
                self.end_line(Break::Hard);
                self.lists.pop();
            }
            TagEnd::Paragraph | TagEnd::Item | TagEnd::BlockQuote(_) => self.end_line(Break::Hard),
            TagEnd::TableCell => self.end_cell(),
            TagEnd::TableRow => self.end_row(),
            TagEnd::Table => self.parts.extend(self.table.take().map(Part::Table)),
            _ => {}
        }
    }

    /// A line of code ends with its line break.
    fn code(&mut self, text: &str, range: TextRange) {
        let mut start = range.start();
        for line in text.split_inclusive('\n') {
            self.inline.push(self.source, line, TextRange::new(start, start + line.len()));
            start += line.len();
            if line.ends_with('\n') {
                self.end_line(Break::Printed);
            }
        }
    }

    /// An ordered list's label, which `CommonMark` does not count as text, opens the item's first line.
    /// Where the page numbers every item alike (`1.` `1.`), as is usual in Markdown, the number is
    /// that which the item gets when the page is shown.
    fn label(&mut self, range: TextRange) {
        let Some(Some((first, items))) = self.lists.last_mut() else { return };
        let number = *first + *items;
        *items += 1;
        // Of a list inside another, the blanks that it is further indented by belong to the item.
        let whole = range.slice(self.source);
        let item = whole.trim_start_matches(' ');
        let start = range.start() + whole.len() - item.len();
        let digits = item.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
        let (Some(printed), Some(mark)) = (item.get(..digits), item.get(digits..=digits)) else { return };
        let end = start + digits + mark.len();
        if printed.parse() == Ok(*first) && number != *first {
            self.inline.push_glue(self.source, &number.to_string());
            self.inline.push_label(self.source, TextRange::new(start + digits, end));
        } else {
            self.inline.push_label(self.source, TextRange::new(start, end));
        }
    }

    fn break_line(&mut self, how: Break) {
        if self.table.is_some() {
            self.inline.push_glue(self.source, "\n");
        } else {
            self.end_line(how);
        }
    }

    /// Ends the line being read; the next is parted from it by `next`.
    fn end_line(&mut self, next: Break) {
        let text = self.inline.finish(self.source);
        if !text.is_empty() {
            let before = self.before.unwrap_or(Break::Hard);
            let (heading, alignment) = (self.heading, Alignment::Body);
            self.parts.push(Part::Line(MarkedLine { text, before, indent: 0, alignment, heading }));
            self.before = Some(next);
        } else if next == Break::Hard {
            self.before = Some(Break::Hard);
        }
    }

    fn end_cell(&mut self) {
        let text = self.inline.finish(self.source);
        if let Some(row) = self.table.as_mut().and_then(|table| table.rows.last_mut()) {
            row.cells.push(Cell { column: row.cells.len(), column_span: 1, row_span: 1, text });
        }
    }

    fn end_row(&mut self) {
        if let Some(row) = self.table.as_mut().and_then(|table| table.rows.last_mut()) {
            spread_section(row);
        }
    }
}

fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn is_line_break(html: &str) -> bool {
    let name = html.trim_start_matches('<').trim_end_matches(['>', '/', ' ']);
    name.eq_ignore_ascii_case("br")
}
