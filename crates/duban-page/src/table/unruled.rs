//! Tables without a full grid of rules: three rules, rules below rows, shaded rows, or none at all.
//!
//! Columns are told by stretches of white that run down through many lines; two columns are not enough,
//! as prose is set in two columns too. Rows are told by rules across the table, or else by gaps wider
//! than those between the lines of a cell.

use super::bands::{Band, Ink, bands};
use super::grid::Grid;
use super::rows::Lines;
use super::segments::Segment;
use crate::layout::Placed;

/// Narrowest white between the columns of a table, in ems.
const GUTTER: f32 = 0.35;
/// Narrowest gap between two cells of one line that nothing else tells of, in ems.
const APART: f32 = 0.9;
/// Fewest columns.
const FEWEST_COLUMNS: usize = 3;
/// Most columns; what has more is no ledger, and looking through it takes long.
const MOST_COLUMNS: usize = 30;
/// How far below a band the next one of the same table may begin, in ems.
const FARTHEST_BELOW: f32 = 2.5;
/// How far a line that begins with the table may stand from its left edge, in ems.
const FLUSH: f32 = 1.0;
/// White that a column keeps to the left of its text, in points.
const PADDING: f32 = 3.0;
/// Most bands below a table that are page furniture.
const MOST_FURNITURE: usize = 2;

/// Most bands of a page; one with more is a drawing.
const MOST_BANDS: usize = 1000;
/// Most stretches of bands on a page that look like tables and are none, before no more are looked for.
const MOST_FAILURES: usize = 64;

/// The grids of such tables among `glyphs`, given the rules that lie across the page.
pub(super) fn grids(glyphs: &[Placed], lying: &[Segment]) -> Vec<Grid> {
    let bands = bands(glyphs, APART);
    let mut grids = Vec::new();
    if bands.len() > MOST_BANDS {
        return grids;
    }
    let mut rest = bands.as_slice();
    let (mut free, mut failures) = (0, 0);
    while let Some(first) = rest.first().filter(|_| failures < MOST_FAILURES) {
        let found = Region::at(first, rest);
        let before = bands.len() - rest.len();
        let grid = found.as_ref().and_then(|region| {
            let above = bands.get(free..before).unwrap_or_default();
            region.grid(region.cut_off(above), lying)
        });
        failures += usize::from(found.is_some() && grid.is_none());
        let used = found.filter(|_| grid.is_some()).map_or(1, |region| region.bands.len());
        if grid.is_some() {
            free = before + used;
        }
        grids.extend(grid);
        rest = rest.get(used..).unwrap_or_default();
    }
    grids
}

/// Bands one below the other with the same columns.
struct Region<'a> {
    bands: &'a [Band],
    /// Which of them run over all columns: the heading of a part of the table.
    whole: Vec<bool>,
    /// The ink of the others.
    ink: Ink,
    /// Fewest columns that they may have.
    least: usize,
    /// Where rows begin, the head aside.
    left: Option<f32>,
    /// Size of the type.
    size: f32,
}

impl<'a> Region<'a> {
    /// The longest region that begins with `first`, the first one of `bands`.
    fn at(first: &Band, bands: &'a [Band]) -> Option<Self> {
        let size = first.size;
        let least = first.ink.parted(APART * size).len();
        if !(FEWEST_COLUMNS..=MOST_COLUMNS).contains(&least) {
            return None;
        }
        let mut region = Self { bands: &[], whole: Vec::new(), ink: Ink::default(), least, left: None, size };
        let mut bottom = first.top;
        let near = |band: &&Band| {
            let near = band.top - bottom <= FARTHEST_BELOW * size;
            bottom = band.bottom;
            near
        };
        let count = bands.iter().take_while(near).take_while(|band| region.push(band)).count();
        region.bands = bands.get(..count)?;
        region.tell_headings();
        let length = region.end(bands.len());
        region.whole.truncate(length);
        region.bands = bands.get(..length)?;
        Some(region)
    }

    /// Whether a band leaves the columns apart.
    fn fits(&self, band: &Band) -> bool {
        self.ink.with(&band.ink).parted(GUTTER * self.size).len() >= self.least
    }

    /// Whether a band is one piece, which may be the heading of a part.
    fn is_piece(&self, band: &Band) -> bool {
        band.ink.parted(APART * self.size).len() == 1
    }

    /// Adds a band if it has the same columns or may be the heading of a part.
    fn push(&mut self, band: &Band) -> bool {
        let fits = self.fits(band);
        if !fits && !self.is_flush(band) {
            return false;
        }
        if !self.is_piece(band) {
            self.ink = self.ink.with(&band.ink);
        }
        let start = band.ink.extent().map_or(0.0, |extent| extent.0);
        let first = self.ink.parted(GUTTER * self.size).first().map_or(0.0, |first| first.1);
        if !self.whole.is_empty() && start < first {
            self.left = Some(self.left.map_or(start, |left| left.min(start)));
        }
        self.whole.push(!fits);
        true
    }

    /// Tells the headings of parts from the cells, now that all columns are known.
    fn tell_headings(&mut self) {
        for (index, band) in self.bands.iter().enumerate() {
            let whole = self.is_piece(band) && !self.fits(band);
            if !whole {
                self.ink = self.ink.with(&band.ink);
            }
            if let Some(entry) = self.whole.get_mut(index) {
                *entry = whole;
            }
        }
    }

    /// Whether a band is one piece that begins where the table does; a paragraph would be indented. The
    /// head may stand in the middle of its columns, so that the table begins left of it.
    fn is_flush(&self, band: &Band) -> bool {
        let (Some(all), Some(it)) = (self.ink.extent(), band.ink.extent()) else { return false };
        let starts = match self.left {
            Some(left) => (it.0 - left).abs() <= FLUSH * self.size,
            None => it.0 <= all.0 + FLUSH * self.size,
        };
        self.is_piece(band) && starts
    }

    /// How many bands it has without text below the table; a heading of a part may end the page.
    fn end(&self, bands: usize) -> usize {
        let trailing = self.whole.iter().rev().take_while(|whole| **whole).count();
        let ends_page = bands - self.whole.len() <= MOST_FURNITURE && trailing <= 2;
        self.whole.len() - if ends_page { 0 } else { trailing }
    }

    /// How many of the bands `above` are the rest of a row that the page break cut: they keep to the
    /// columns and leave the first one blank.
    fn cut_off(&self, above: &'a [Band]) -> &'a [Band] {
        let columns = self.ink.parted(GUTTER * self.size);
        let (Some(first), Some(mut top)) = (columns.first(), self.bands.first().map(|band| band.top)) else {
            return &[];
        };
        let keeps = |band: &&Band| {
            let near = top - band.bottom <= FARTHEST_BELOW * self.size;
            top = band.top;
            let fits = self.ink.with(&band.ink).parted(GUTTER * self.size).len() == columns.len();
            near && fits && band.ink.extent().is_some_and(|extent| extent.0 > first.1)
        };
        let count = above.iter().rev().take_while(keeps).count();
        above.get(above.len() - count..).unwrap_or_default()
    }

    /// The grid of the region, with bands above it that belong to it.
    fn grid(&self, above: &'a [Band], lying: &[Segment]) -> Option<Grid> {
        let bands: Vec<&Band> = above.iter().chain(self.bands).collect();
        let whole: Vec<bool> = above.iter().map(|_| false).chain(self.whole.iter().copied()).collect();
        let columns = self.ink.parted(GUTTER * self.size);
        if columns.len() > MOST_COLUMNS {
            return None;
        }
        let lines = Lines { bands: &bands, whole: &whole, columns: &columns, size: self.size };
        let (edges, whole) = lines.rows(lying)?;
        let (left, right) = (columns.first()?.0 - PADDING, columns.last()?.1 + PADDING);
        let between = columns.windows(2).filter_map(|pair| {
            let (before, after) = (pair.first()?, pair.last()?);
            Some(after.0 - PADDING.min((after.0 - before.1) / 2.0))
        });
        let columns = [left].into_iter().chain(between).chain([right]).collect();
        Grid::of_rows(columns, edges, &whole)
    }
}

#[cfg(test)]
mod tests {
    use duban_document::Bounds;

    use super::*;
    use crate::table::grid::Span;
    use crate::{Direction, Glyph};

    /// Texts in type of 10 points, each at its place.
    fn glyphs(texts: &[(f32, f32, &str)]) -> Vec<Placed> {
        let placed = texts.iter().flat_map(|(x, y, text)| {
            let mut x0 = *x;
            text.chars().map(move |character| {
                let bounds = Bounds { x0, y0: *y, x1: x0 + 10.0, y1: y + 10.0 };
                x0 += 10.0;
                let glyph = Glyph { character, bounds, direction: Direction::Right, size: 10.0, inked: true };
                Placed { glyph, bounds, order: 0 }
            })
        });
        placed.collect()
    }

    /// Rows of three columns at 50, 150 and 250, `below` each other, the second cell of two lines.
    fn rows(top: f32, below: f32, count: u8) -> Vec<(f32, f32, &'static str)> {
        let row = |number: u8| {
            let y = top + below * f32::from(number);
            let lines = [(150.0, y, "完善协调推进工"), (150.0, y + 12.0, "作机制")];
            [(50.0, y + 6.0, "政务公开")].into_iter().chain(lines).chain([(250.0, y + 6.0, "县司法局")])
        };
        (0..count).flat_map(row).collect()
    }

    #[test]
    fn gaps_make_columns_and_rows() {
        let grids = grids(&glyphs(&rows(100.0, 30.0, 3)), &[]);
        let [grid] = grids.as_slice() else { panic!("{grids:?}") };
        assert_eq!((grid.columns.len(), grid.rows.len(), grid.ruled), (4, 4, false));
        assert_eq!(grid.cell_at(155.0, 135.0), grid.cell_at(155.0, 147.0));
        assert_ne!(grid.cell_at(155.0, 147.0), grid.cell_at(155.0, 165.0));
    }

    #[test]
    fn headings_of_parts_run_over_all_columns() {
        let mut texts = vec![
            (60.0, 50.0, "任务"),
            (170.0, 50.0, "要求"),
            (260.0, 50.0, "责任单位"),
            (50.0, 70.0, "一、推进权力运行全过程公开透明"),
        ];
        texts.extend(rows(90.0, 30.0, 1));
        let grids = grids(&glyphs(&texts), &[]);
        let [grid] = grids.as_slice() else { panic!("{grids:?}") };
        assert_eq!(grid.cells.get(3), Some(&Span { column: 0, row: 1, columns: 3, rows: 1 }));
        assert_eq!(grid.cells.len(), 7);
    }

    #[test]
    fn rules_part_rows_that_no_gap_does() {
        let rules = [22.0, 46.0].map(|down| Segment { at: 101.0 + down, from: 45.0, to: 300.0 });
        let texts = rows(100.0, 24.0, 3);
        let grids = grids(&glyphs(&texts), &rules);
        let [grid] = grids.as_slice() else { panic!("{grids:?}") };
        assert_eq!(grid.rows.len(), 4);
    }

    #[test]
    fn columns_of_prose_are_no_table() {
        let line = "推进各项重点工作落实见效";
        let set = |columns: u8| {
            let place =
                |column: u8, line: u8| (50.0 + 140.0 * f32::from(column), 100.0 + 16.0 * f32::from(line));
            let places = (0..8).flat_map(move |line| (0..columns).map(move |column| place(column, line)));
            glyphs(&places.map(|(x, y)| (x, y, line)).collect::<Vec<_>>())
        };
        assert!(grids(&set(2), &[]).is_empty());
        assert!(grids(&set(3), &[]).is_empty());
    }

    #[test]
    fn a_line_of_names_is_no_table() {
        let texts = [
            (50.0, 100.0, "推进各项重点工作落实见效发展"),
            (50.0, 116.0, "组长"),
            (120.0, 116.0, "张三"),
            (200.0, 116.0, "李四"),
            (50.0, 132.0, "推进各项重点工作落实见效发展"),
        ];
        assert!(grids(&glyphs(&texts), &[]).is_empty());
    }

    #[test]
    fn brackets_hang_out_of_their_column() {
        let mut texts = rows(100.0, 30.0, 3);
        texts.extend([(50.0, 202.0, "安全"), (150.0, 202.0, "守住发展的安全底线"), (243.0, 202.0, "“牵头”")]);
        let grids = grids(&glyphs(&texts), &[]);
        let [grid] = grids.as_slice() else { panic!("{grids:?}") };
        assert_eq!(grid.columns.len(), 4);
    }

    /// Four rows without a gap between them, other cells than the one of four lines at `down` in theirs.
    fn dense_rows(down: f32) -> Vec<Placed> {
        let row = |(number, task): (u8, &'static str)| {
            let y = 100.0 + 40.0 * f32::from(number);
            let lines = ["完善协调推进工作机制", "加强重点领域行政监管", "按时完成全年目标任务", "见效。"];
            let lines = (0u8..).zip(lines).map(move |(line, text)| (250.0, y + 10.0 * f32::from(line), text));
            [(50.0, y + down, task), (150.0, y + down, "县司法局")].into_iter().chain(lines)
        };
        let tasks = ["1.任务", "2.任务", "3.任务", "4.任务"];
        glyphs(&(0..).zip(tasks).flat_map(row).collect::<Vec<_>>())
    }

    #[test]
    fn cells_in_the_middle_tell_rows_without_gaps() {
        let grids = grids(&dense_rows(15.0), &[]);
        let [grid] = grids.as_slice() else { panic!("{grids:?}") };
        assert_eq!(grid.rows, [100.0, 140.0, 180.0, 220.0, 260.0]);
    }

    #[test]
    fn rows_that_nothing_tells_are_no_table() {
        for down in [0.0, 5.0, 10.0] {
            assert!(grids(&dense_rows(down), &[]).is_empty());
        }
    }
}
