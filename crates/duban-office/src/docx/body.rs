//! The elements of a text part (ECMA-376-1, 17.2 to 17.4) to paragraphs and tables.

use duban_package::xml::{Element, Handler};

use super::draft::{DraftParagraph, DraftTable, Merge};
use super::numbering::{Counters, Numbering};
use super::styles::Styles;
use crate::{Item, Paragraph};

/// Tables, boxes and paragraphs inside each other deeper than that are left out.
const DEEPEST: usize = 24;

/// Most paragraphs and rows of a part; what comes behind them is left out.
const MOST_PARTS: usize = 500_000;

/// Elements whose content is not shown: deletions, what moved away, copies for old programs, readings
/// above the line, properties as they were before a change.
const UNSHOWN: [&str; 9] = [
    "moveFrom",
    "Fallback",
    "rt",
    "pPrChange",
    "rPrChange",
    "sectPrChange",
    "tblPrChange",
    "tcPrChange",
    "trPrChange",
];

/// A text part as read.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub(super) items: Vec<Item>,
    /// Number of pages, where the part says where they end.
    pub(super) pages: Option<u32>,
    /// Whether it holds more than is read.
    pub(super) truncated: bool,
    /// The relations of its running heads and feet, and whether it is a head.
    pub(super) running: Vec<(String, bool)>,
}

/// Reads a text part.
pub(super) struct Body<'a> {
    numbering: &'a Numbering,
    styles: &'a Styles,
    counters: Counters,
    /// What was read: of the text itself, then of each cell and box that is open.
    items: Vec<Vec<Item>>,
    paragraphs: Vec<DraftParagraph>,
    tables: Vec<DraftTable>,
    fields: Vec<Field>,
    running: Vec<(String, bool)>,
    /// Of each content control that is open, whether it holds a table of contents.
    controls: Vec<bool>,
    /// What of a paragraph was carried over to the next.
    carried: Vec<String>,
    place: Place,
    depth: usize,
    truncated: bool,
    /// Paragraphs and rows so far.
    parts: usize,
    /// The depth of the element that is being left out.
    unshown: Option<usize>,
    page: u32,
    tells_pages: bool,
    /// Whether the run is hidden.
    hidden: bool,
}

/// Where the reading is.
#[expect(clippy::struct_excessive_bools, reason = "each is an element that is open")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Place {
    in_paragraph_properties: bool,
    in_run_properties: bool,
    in_row_properties: bool,
    in_run: bool,
    in_text: bool,
    in_instruction: bool,
}

/// A field whose end was not yet read.
#[derive(Debug, Default)]
struct Field {
    instruction: String,
    /// Whether its result is being read.
    in_result: bool,
}

impl Field {
    fn is_contents(&self) -> bool {
        self.in_result && self.instruction.trim_start().starts_with("TOC")
    }
}

impl<'a> Body<'a> {
    pub(super) fn new(numbering: &'a Numbering, styles: &'a Styles) -> Self {
        Self {
            numbering,
            styles,
            counters: Counters::default(),
            items: vec![Vec::new()],
            paragraphs: Vec::new(),
            tables: Vec::new(),
            fields: Vec::new(),
            running: Vec::new(),
            controls: Vec::new(),
            carried: Vec::new(),
            place: Place::default(),
            depth: 0,
            truncated: false,
            parts: 0,
            unshown: None,
            page: 1,
            tells_pages: false,
            hidden: false,
        }
    }

    /// What was read; parts that were left open are closed.
    pub(super) fn finish(mut self) -> Text {
        while !self.paragraphs.is_empty() {
            self.end_paragraph();
        }
        let pages = self.tells_pages.then_some(self.page);
        let mut items: Vec<Item> = self.items.into_iter().flatten().collect();
        items.extend(self.tables.into_iter().flat_map(DraftTable::finish));
        if pages.is_none() {
            forget_pages(&mut items);
        }
        Text { items, pages, truncated: self.truncated || self.parts > MOST_PARTS, running: self.running }
    }

    fn push(&mut self, text: &str) {
        let page = self.page;
        if self.place.in_run
            && !self.hidden
            && let Some(paragraph) = self.paragraphs.last_mut()
        {
            paragraph.push(text, page);
        }
    }

    fn begin_paragraph(&mut self) {
        let lines = std::mem::take(&mut self.carried);
        let in_contents = self.in_contents();
        self.paragraphs.push(DraftParagraph { lines, in_contents, ..DraftParagraph::default() });
        self.place = Place::default();
    }

    fn end_paragraph(&mut self) {
        let in_contents = self.in_contents();
        let Some(draft) = self.paragraphs.pop() else { return };
        self.place = Place { in_run: !self.paragraphs.is_empty(), ..Place::default() };
        let Some(items) = self.items.last_mut() else { return };
        items.extend(draft.before);
        if draft.runs_on {
            self.carried = draft.lines;
            items.extend(draft.after);
            return;
        }
        let resolved = self.styles.resolve(draft.properties);
        let list = resolved.properties.list.as_deref().filter(|list| *list != "0");
        let label = list.and_then(|list| {
            let by_style = || self.numbering.level_of(list, &resolved.chain);
            let level = resolved.properties.level.or_else(by_style).unwrap_or(0);
            self.numbering.next(&mut self.counters, list, level)
        });
        let mut lines = draft.lines;
        if let Some(label) = label {
            match lines.first_mut() {
                Some(line) => line.insert_str(0, &label),
                None => lines.push(label),
            }
        }
        let properties = resolved.properties;
        let in_contents = draft.in_contents || resolved.is_contents || in_contents;
        let paragraph = Paragraph {
            lines,
            alignment: properties.alignment.unwrap_or_default(),
            heading: properties.outline.filter(|level| *level < 9).map(|level| level + 1),
            indent: properties.left.unwrap_or(0).saturating_add(properties.first.unwrap_or(0)),
            page: draft.page.or(Some(self.page)),
            is_furniture: in_contents,
        };
        items.push(Item::Paragraph(paragraph));
        items.extend(draft.after);
    }

    /// Whether a table of contents is being read.
    fn in_contents(&self) -> bool {
        self.controls.contains(&true) || self.fields.iter().any(Field::is_contents)
    }

    fn begin_box(&mut self) {
        self.items.push(Vec::new());
    }

    fn end_box(&mut self) {
        if self.items.len() < 2 {
            return;
        }
        let held = self.items.pop().unwrap_or_default();
        match (self.paragraphs.last_mut(), self.items.last_mut()) {
            (Some(paragraph), _) if paragraph.is_empty() => paragraph.before.extend(held),
            (Some(paragraph), _) => paragraph.after.extend(held),
            (None, Some(items)) => items.extend(held),
            (None, None) => {}
        }
        self.place = Place { in_run: true, ..Place::default() };
    }

    /// A mark inside a run, or a part of one.
    fn open_in_run(&mut self, element: &Element<'_>) {
        let value = element.attribute("val");
        match element.name() {
            "t" => self.place.in_text = true,
            "instrText" => self.place.in_instruction = true,
            "tab" | "ptab" => self.push("\t"),
            "br" | "cr" => {
                let hidden = self.hidden;
                if let Some(paragraph) = self.paragraphs.last_mut().filter(|_| !hidden) {
                    paragraph.break_line();
                }
            }
            "noBreakHyphen" => self.push("-"),
            "sym" => {
                let code = element.attribute("char").and_then(|code| u32::from_str_radix(&code, 16).ok());
                let text = code.and_then(char::from_u32).map(String::from);
                if let Some(text) = text.and_then(|text| duban_page::fold(&text)) {
                    self.push(&text);
                }
            }
            "lastRenderedPageBreak" => {
                self.tells_pages = true;
                self.page = self.page.saturating_add(1);
            }
            "fldChar" => match element.attribute("fldCharType").as_deref() {
                Some("begin") => self.fields.push(Field::default()),
                Some("separate") => {
                    self.fields.iter_mut().rev().take(1).for_each(|field| field.in_result = true);
                }
                Some("end") => {
                    self.fields.pop();
                }
                _ => {}
            },
            "vanish" if self.place.in_run_properties => {
                self.hidden = value.is_none_or(|value| value != "0" && value != "false");
            }
            _ => {}
        }
    }

    fn open_in_table(&mut self, element: &Element<'_>) {
        let Some(table) = self.tables.last_mut() else { return };
        match element.name() {
            "tr" => table.begin_row(),
            "trPr" => self.place.in_row_properties = true,
            "gridBefore" => table.skip(element.number("val").unwrap_or(0)),
            "tc" => {
                table.begin_cell();
                self.begin_box();
            }
            "gridSpan" => table.set_span(element.number("val").unwrap_or(1)),
            "vMerge" => {
                let opens = element.attribute("val").is_some_and(|value| value == "restart");
                table.set_merge(if opens { Merge::Opens } else { Merge::GoesOn });
            }
            _ => {}
        }
    }

    /// Whether a deletion only marks what it stands in: the end of a paragraph, a row.
    fn deletes_mark(&mut self) -> bool {
        if self.place.in_row_properties {
            self.tables.iter_mut().rev().take(1).for_each(DraftTable::delete_row);
        } else if self.place.in_paragraph_properties {
            self.paragraphs.iter_mut().rev().take(1).for_each(|paragraph| paragraph.runs_on = true);
        } else {
            return false;
        }
        true
    }

    fn is_too_deep(&self) -> bool {
        self.items.len() + self.paragraphs.len() > DEEPEST
    }
}

impl Handler for Body<'_> {
    fn open(&mut self, element: &Element<'_>) {
        self.depth += 1;
        if self.unshown.is_some() {
            return;
        }
        let name = element.name();
        let nests = matches!(name, "p" | "tbl" | "txbxContent");
        self.parts += usize::from(matches!(name, "p" | "tr"));
        let is_excess = matches!(name, "p" | "tr") && self.parts > MOST_PARTS;
        if UNSHOWN.contains(&name)
            || name == "del" && !self.deletes_mark()
            || nests && self.is_too_deep()
            || is_excess
        {
            self.unshown = Some(self.depth);
            return;
        }
        match name {
            "p" => self.begin_paragraph(),
            "tbl" => self.tables.push(DraftTable::default()),
            "txbxContent" => {
                self.begin_box();
                self.place = Place::default();
            }
            "pPr" => self.place.in_paragraph_properties = true,
            "rPr" => self.place.in_run_properties = true,
            "r" => {
                self.place.in_run = true;
                self.hidden = false;
            }
            // A text of another format inside, which no other part shows.
            "altChunk" => self.truncated = true,
            "sdt" => self.controls.push(false),
            "docPartGallery" => {
                let holds = element.attribute("val").is_some_and(|value| value == "Table of Contents");
                self.controls.iter_mut().rev().take(1).for_each(|control| *control |= holds);
            }
            "fldSimple" => {
                let instruction = element.attribute("instr").unwrap_or_default().into_owned();
                self.fields.push(Field { instruction, in_result: true });
            }
            "headerReference" | "footerReference" => {
                if let Some(id) = element.attribute("id") {
                    let running = (id.into_owned(), name == "headerReference");
                    if !self.running.contains(&running) {
                        self.running.push(running);
                    }
                }
            }
            _ if self.place.in_run => self.open_in_run(element),
            _ if self.place.in_paragraph_properties && !self.place.in_run_properties => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.properties.take(element);
                }
            }
            _ => self.open_in_table(element),
        }
    }

    fn close(&mut self, name: &str) {
        let depth = self.depth;
        self.depth = depth.saturating_sub(1);
        if let Some(unshown) = self.unshown {
            self.unshown = Some(unshown).filter(|unshown| *unshown != depth);
            return;
        }
        match name {
            "p" => self.end_paragraph(),
            "txbxContent" => self.end_box(),
            "pPr" => self.place.in_paragraph_properties = false,
            "rPr" => self.place.in_run_properties = false,
            "trPr" => self.place.in_row_properties = false,
            "r" => {
                self.place.in_run = false;
                self.hidden = false;
            }
            "t" => self.place.in_text = false,
            "instrText" => self.place.in_instruction = false,
            "sdt" => {
                self.controls.pop();
            }
            "fldSimple" => {
                self.fields.pop();
            }
            "tc" if self.items.len() > 1 => {
                if let (Some(items), Some(table)) = (self.items.pop(), self.tables.last_mut()) {
                    table.end_cell(items);
                }
            }
            "tr" => self.tables.iter_mut().rev().take(1).for_each(DraftTable::end_row),
            "tbl" => {
                if let (Some(table), Some(items)) = (self.tables.pop(), self.items.last_mut()) {
                    items.extend(table.finish());
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.unshown.is_some() {
            return;
        }
        if self.place.in_text {
            self.push(text);
        } else if self.place.in_instruction
            && let Some(field) = self.fields.last_mut()
        {
            field.instruction.push_str(text);
        }
    }
}

/// Takes the pages away that only a count of breaks that nobody made would give.
fn forget_pages(items: &mut [Item]) {
    for item in items {
        match item {
            Item::Paragraph(paragraph) => paragraph.page = None,
            Item::Table(table) => {
                table.rows.iter_mut().flatten().for_each(|cell| forget_pages(&mut cell.items));
            }
        }
    }
}
