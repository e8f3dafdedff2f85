//! Pages of placed lines to one text, with the measures of each line in columns.

use duban_document::{PlacedText, TextRange};
use duban_page::{Direction, Item, Line, Page, Table};

use super::cells::{CellLine, DraftTable};
use super::is_scan;
use crate::layout::{Print, Role};

/// A line as far below the last one as this many usual steps stands behind a gap.
const GAP: f32 = 1.6;
/// Lines whose type differs by this factor belong to different paragraphs.
const OTHER_TYPE: f32 = 1.15;
/// Lines that begin no further apart, in points, begin at one margin.
const ALIKE: f32 = 3.0;
/// Lines of fewer characters say nothing about the margin.
const LONG: usize = 10;

/// A further column of type holds at least one in so many of the page's lines,
const COLUMN_SHARE: usize = 5;
/// and at least so many.
const COLUMN_LINES: usize = 4;

/// All pages as one text.
#[derive(Default)]
pub(super) struct Sheet {
    pub(super) text: String,
    /// Columns of the type area.
    pub(super) paper: u32,
    /// The measures of each line.
    pub(super) prints: Vec<Print>,
    /// The page of each line.
    pub(super) pages: Vec<u32>,
    pub(super) placed: Vec<PlacedText>,
    pub(super) tables: Vec<DraftTable>,
}

impl Sheet {
    /// The text of `pages`.
    pub(super) fn of(pages: &[Page]) -> Self {
        let measures = Measures::of(pages);
        let mut sheet = Self { paper: measures.paper(pages), ..Self::default() };
        for page in pages {
            sheet.page(page, &measures);
        }
        sheet
    }

    fn page(&mut self, page: &Page, measures: &Measures) {
        let mut opens_page = page.number > 1;
        let mut last: Option<&Line> = None;
        for item in &page.items {
            match item {
                // A watermark comes last and lies over the text: it parts nothing.
                Item::Line(line) if line.direction == Direction::Oblique => {
                    let role = Role::Furniture;
                    self.push_line(page, line, Print { left: 0, right: 0, opens_page, parted: false, role });
                }
                Item::Line(line) => {
                    let parted = last.is_some_and(|last| other_type(last, line));
                    if last.is_some_and(|last| measures.is_gap(last, line)) {
                        self.push_blank(page);
                    }
                    let role = if is_scan(page) { Role::Furniture } else { Role::Text };
                    let (left, right) = measures.columns(line, page);
                    self.push_line(page, line, Print { left, right, opens_page, parted, role });
                    last = Some(line);
                }
                Item::Table(table) => {
                    self.table(page, table, opens_page);
                    last = None;
                }
            }
            opens_page = false;
        }
    }

    fn table(&mut self, page: &Page, table: &Table, mut opens_page: bool) {
        let continued = table.continued.filter(|_| !self.tables.is_empty());
        let skipped = continued.map_or(0, |continued| continued.repeated_head);
        let mut draft = DraftTable::new(self.prints.len());
        for (index, row) in table.rows.iter().enumerate() {
            let unread = index < skipped || is_scan(page);
            let role = if unread { Role::Furniture } else { Role::Table };
            let mut cells = Vec::new();
            for cell in &row.cells {
                let mut lines = Vec::new();
                for line in &cell.lines {
                    let print = Print { left: 0, right: 0, opens_page, parted: false, role };
                    let range = self.push_line(page, line, print);
                    let (start, end) = extent(line, page);
                    lines.push(CellLine { range, length: end - start, size: line.size });
                    opens_page = false;
                }
                cells.push((cell, lines));
            }
            if !unread {
                draft.push_row(cells);
            }
        }
        match (continued, self.tables.last_mut()) {
            (Some(continued), Some(last)) => last.append(draft, continued.splits_row),
            _ if draft.is_empty() => {}
            _ => self.tables.push(draft),
        }
    }

    fn push_blank(&mut self, page: &Page) {
        self.text.push('\n');
        self.prints.push(Print { left: 0, right: 0, opens_page: false, parted: false, role: Role::Blank });
        self.pages.push(page.number);
    }

    /// Appends a line; its range in the text.
    fn push_line(&mut self, page: &Page, line: &Line, print: Print) -> TextRange {
        let start = self.text.len();
        for character in &line.characters {
            let at = self.text.len();
            // A line of the page is a line of the text, whatever its characters claim to be.
            let seen = if character.character.is_control() { ' ' } else { character.character };
            self.text.push(seen);
            let range = TextRange::new(at, self.text.len());
            self.placed.push(PlacedText { range, page: page.number, bounds: character.bounds });
        }
        let range = TextRange::new(start, self.text.len());
        self.text.push('\n');
        self.prints.push(print);
        self.pages.push(page.number);
        range
    }
}

/// Where a line begins and ends along its own direction.
fn extent(line: &Line, page: &Page) -> (f32, f32) {
    let bounds = line.bounds;
    match line.direction {
        Direction::Right | Direction::Oblique => (bounds.x0, bounds.x1),
        Direction::Down => (bounds.y0, bounds.y1),
        Direction::Left => (page.width - bounds.x1, page.width - bounds.x0),
        Direction::Up => (page.height - bounds.y1, page.height - bounds.y0),
    }
}

fn other_type(last: &Line, line: &Line) -> bool {
    let (small, large) = (last.size.min(line.size), last.size.max(line.size));
    large > small * OTHER_TYPE
}

/// The measures of the type area.
struct Measures {
    /// Width of a column: half of a character of body text.
    column: f32,
    /// Usual distance from line to line.
    step: f32,
    /// Left margin, for pages that show none of their own.
    margin: f32,
    /// Left margins of the columns of each page, from the left.
    offsets: Vec<Vec<f32>>,
}

impl Measures {
    fn of(pages: &[Page]) -> Self {
        let lines = || pages.iter().flat_map(|page| plain_lines(page).map(move |line| (page, line)));
        let sizes = lines().map(|(_, line)| (line.size, line.characters.len())).collect();
        let steps = pages.iter().flat_map(|page| {
            let lines: Vec<&Line> = plain_lines(page).collect();
            lines.windows(2).map(|pair| pair[1].bounds.y0 - pair[0].bounds.y0).collect::<Vec<f32>>()
        });
        Self {
            column: median(sizes).unwrap_or(16.0).max(1.0) / 2.0,
            step: median(steps.filter(|step| *step > 1.0).map(|step| (step, 1)).collect())
                .unwrap_or(f32::MAX),
            margin: margin(pages.iter().flat_map(starts)).unwrap_or_else(|| leftmost(pages)),
            offsets: pages.iter().map(column_margins).collect(),
        }
    }

    /// The left margin of the column in which a line of `page` begins at `start`: pages with holes for
    /// binding alternate.
    fn offset_of(&self, page: u32, start: f32) -> f32 {
        let index = (page as usize).saturating_sub(1);
        let margins = self.offsets.get(index).map_or(&[][..], Vec::as_slice);
        let own = margins.iter().rev().find(|margin| **margin <= start + ALIKE);
        own.or(margins.first()).copied().unwrap_or(self.margin)
    }

    /// Where the line begins and ends, in whole character cells from its margin; what stands out into
    /// the margin counts as none.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a page's width")]
    fn columns(&self, line: &Line, page: &Page) -> (u32, u32) {
        let (start, end) = extent(line, page);
        let offset = self.offset_of(page.number, start);
        let columns = |x: f32| ((x - offset) / self.column).round().clamp(0.0, 1000.0) as u32;
        (columns(start), columns(end))
    }

    /// Whether more than the usual distance lies between two lines; a page of few lines has none.
    fn is_gap(&self, last: &Line, line: &Line) -> bool {
        let size = line.size.max(last.size).max(1.0);
        line.bounds.y0 - last.bounds.y0 > self.step.clamp(size, size * 2.0) * GAP
    }

    /// Columns of the type area: the margins of a page are alike.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a page's width")]
    fn paper(&self, pages: &[Page]) -> u32 {
        let width = pages.iter().map(|page| page.width).fold(0.0, f32::max);
        ((width - 2.0 * self.margin) / self.column).clamp(1.0, 1000.0) as u32
    }
}

/// Where the leftmost line or table begins.
fn leftmost(pages: &[Page]) -> f32 {
    let items = pages.iter().flat_map(|page| &page.items);
    items.map(|item| item.bounds().x0).reduce(f32::min).unwrap_or(0.0)
}

/// Where the page's lines begin, if they are long enough to tell of a margin.
fn starts(page: &Page) -> impl Iterator<Item = f32> + '_ {
    extents(page).map(|(start, _)| start)
}

/// Where the page's lines begin and end, if they are long enough to tell of a margin.
fn extents(page: &Page) -> impl Iterator<Item = (f32, f32)> + '_ {
    plain_lines(page).filter(|line| line.characters.len() >= LONG).map(|line| extent(line, page))
}

/// The left margins of the columns of type on a page: a column begins behind the usual end of the one
/// before it, and many lines begin there.
fn column_margins(page: &Page) -> Vec<f32> {
    let mut lines: Vec<(f32, f32)> = extents(page).collect();
    let fair = (lines.len() / COLUMN_SHARE).max(COLUMN_LINES);
    let mut margins: Vec<f32> = margin(lines.iter().map(|line| line.0)).into_iter().collect();
    while let Some(&last) = margins.last() {
        let ends = lines.iter().filter(|line| (line.0 - last).abs() < ALIKE).map(|line| (line.1, 1));
        let Some(end) = median(ends.collect()) else { break };
        lines.retain(|line| line.0 > end);
        match margin(lines.iter().map(|line| line.0)) {
            Some(next) if lines.len() >= fair => margins.push(next),
            _ => break,
        }
    }
    margins
}

/// The leftmost place where a fair share of the lines begin.
fn margin(starts: impl Iterator<Item = f32>) -> Option<f32> {
    let mut starts: Vec<f32> = starts.collect();
    starts.sort_by(f32::total_cmp);
    let share = (starts.len() / 6).max(2);
    starts.windows(share).find(|alike| alike[alike.len() - 1] - alike[0] < ALIKE).map(|alike| alike[0])
}

/// Lines outside tables that run across the page.
fn plain_lines(page: &Page) -> impl Iterator<Item = &Line> {
    page.items.iter().filter_map(|item| match item {
        Item::Line(line) if line.direction != Direction::Oblique => Some(line),
        _ => None,
    })
}

/// The value in the middle, each counted as often as its weight says.
fn median(mut values: Vec<(f32, usize)>) -> Option<f32> {
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = values.iter().map(|(_, weight)| weight).sum::<usize>() / 2;
    let mut before = 0;
    values.iter().find_map(|&(value, weight)| {
        before += weight;
        (before > half).then_some(value)
    })
}
