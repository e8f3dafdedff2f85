//! The tree of a page to its lines and data tables in reading order, and which of them each block
//! element holds.

use std::ops::Range;

use duban_document::{Alignment, label};
use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::node::Element;
use scraper::{Html, Node};

use super::elements;
use super::line::{Count, LineBuilder, PageLine};
use super::list::List;
use super::table::{self, PageTable};
use crate::marked::{self, Break, Standing, Writer};

/// What a page shows.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) items: Vec<Item>,
    /// The block elements, an outer one before those inside.
    pub(super) parts: Vec<Part>,
}

/// A line or a table.
#[derive(Debug)]
pub(super) enum Item {
    Line(PageLine),
    Table(PageTable),
}

impl Item {
    /// Writes it into the text of the notice.
    pub(super) fn write(self, writer: &mut Writer) {
        match self {
            Self::Line(line) => {
                let PageLine { before, indent, alignment, heading, .. } = line;
                writer.running(&line.text, None, Standing { before, indent, alignment, heading });
            }
            Self::Table(table) => {
                let table = table.finish(|line| writer.line(line, None));
                writer.part(marked::Part::Table(table));
            }
        }
    }

    pub(super) fn count(&self) -> Count {
        match self {
            Self::Line(line) => line.count,
            Self::Table(table) => table.count,
        }
    }
}

/// The items that one block element holds.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) items: Range<usize>,
    /// Whether its names say that it is the page's own.
    pub(super) is_noise: bool,
}

/// Reads the tree, which may be deep, without recursion.
pub(super) fn of_tree(html: &Html) -> Page {
    let mut walk = Walk::default();
    let mut unread: Option<NodeId> = None;
    for edge in html.tree.root().traverse() {
        match edge {
            Edge::Open(node) if unread.is_none() => match node.value() {
                Node::Text(text) => walk.text(text),
                Node::Element(element) if elements::is_unread(element) => unread = Some(node.id()),
                Node::Element(element) => walk.open(node, element),
                _ => {}
            },
            Edge::Close(node) if unread == Some(node.id()) => unread = None,
            Edge::Close(node) if unread.is_none() => {
                if let Node::Element(element) = node.value() {
                    walk.close(node, element);
                }
            }
            _ => {}
        }
    }
    walk.end_line(Break::Hard);
    walk.page
}

/// A block element not yet closed.
struct Open {
    part: usize,
    alignment: Alignment,
    heading: Option<u8>,
}

#[derive(Default)]
struct Walk {
    page: Page,
    line: LineBuilder,
    /// How the line being read is parted from the last one.
    before: Break,
    open: Vec<Open>,
    links: usize,
    preformatted: usize,
    lists: Vec<List>,
    /// The number of the item that opened and has shown no text yet.
    label: Option<String>,
    /// The data table that is read and its element.
    table: Option<(NodeId, PageTable)>,
}

impl Walk {
    fn text(&mut self, text: &str) {
        let shown = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{A0}');
        // Sites switch the numbers of lists off whose items bring their own.
        if let Some(label) = self.label.take_if(|_| !shown.is_empty()).filter(|_| label::at(shown).is_none())
        {
            self.line.push(&label, self.links > 0);
        }
        if self.preformatted == 0 {
            self.line.push(text, self.links > 0);
            return;
        }
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.end_line(Break::Line);
            }
            self.line.push(line, self.links > 0);
        }
    }

    fn open(&mut self, node: NodeRef<'_, Node>, element: &Element) {
        match element.name() {
            "br" => self.end_line(Break::Line),
            "a" => {
                self.links += 1;
                self.line.begin_link();
            }
            "pre" => self.preformatted += 1,
            _ => {}
        }
        if elements::is_block(element.name()) {
            self.open_block(element);
        }
        match element.name() {
            "ol" | "ul" => self.lists.push(List::of(element)),
            "li" => {
                self.label = self.lists.last_mut().and_then(|list| list.label(element));
            }
            _ => {}
        }
        match (element.name(), &mut self.table) {
            ("table", None) if table::holds_data(node) => {
                self.table = Some((node.id(), PageTable::default()));
            }
            ("tr", Some((_, table))) => table.begin_row(),
            ("td" | "th", Some((_, table))) => table.begin_cell(element),
            _ => {}
        }
    }

    fn open_block(&mut self, element: &Element) {
        self.end_line(Break::Hard);
        let outer = self.open.last();
        let alignment =
            elements::alignment(element).or_else(|| outer.map(|outer| outer.alignment)).unwrap_or_default();
        let heading = elements::heading(element.name()).or_else(|| outer.and_then(|outer| outer.heading));
        self.open.push(Open { part: self.page.parts.len(), alignment, heading });
        let first = self.page.items.len();
        self.page.parts.push(Part { items: first..first, is_noise: elements::is_noise(element) });
    }

    fn close(&mut self, node: NodeRef<'_, Node>, element: &Element) {
        if elements::is_block(element.name()) {
            self.end_line(Break::Hard);
            if let Some((_, table)) = self.table.take_if(|(id, _)| *id == node.id()) {
                self.page.items.push(Item::Table(table));
            }
            let end = self.page.items.len();
            let part = self.open.pop().and_then(|open| self.page.parts.get_mut(open.part));
            if let Some(part) = part {
                part.items.end = end;
            }
        }
        match element.name() {
            "a" => self.links = self.links.saturating_sub(1),
            "li" => self.label = None,
            "ol" | "ul" => {
                self.lists.pop();
            }
            "pre" => self.preformatted = self.preformatted.saturating_sub(1),
            _ => {}
        }
    }

    /// Ends the line being read; the next is parted from it by `next`, from an empty one for good.
    fn end_line(&mut self, next: Break) {
        let (alignment, heading) =
            self.open.last().map_or_else(Default::default, |open| (open.alignment, open.heading));
        let Some(line) = self.line.finish(alignment, heading) else {
            self.before = Break::Hard;
            return;
        };
        let line = PageLine { before: std::mem::replace(&mut self.before, next), ..line };
        let outside = match &mut self.table {
            Some((_, table)) => table.push(line),
            None => Some(line),
        };
        self.page.items.extend(outside.map(Item::Line));
    }
}
