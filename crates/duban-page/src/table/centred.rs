//! Rows that neither rules nor gaps tell, by their cells: each stands in the middle of its row.

use super::bands::{Band, Mark};
use super::join::is_numbered;
use super::rows::{HOLE, Lines, NARROWEST_PROSE};

/// How far the middle of a cell may lie from that of its row, in ems.
const OFF_CENTRE: f32 = 0.3;
/// Most bands of a table and of one of its rows.
const MOST_BANDS: usize = 160;
const MOST_OF_ROW: usize = 40;

/// How far from the edge of its column a line of prose ends that has room for more, in ems.
const ROOM: f32 = 1.5;
/// What ends a sentence.
const ENDS: [char; 10] = ['。', '；', ';', '！', '!', '？', '?', '.', '：', ':'];

/// Top and bottom of the text that a band holds in each column.
type Extents = Vec<Option<(f32, f32)>>;

/// Rows of the first so many bands: their worth, and how many bands the last one has.
type Best = Option<(i32, usize)>;

impl Lines<'_> {
    /// Where a row ends between each band and the next, if all bands make up rows whose cells stand in the
    /// middle and whose prose ends with them; of several ways to do so, the one whose rows begin with numbers.
    pub(super) fn centred_cuts(&self) -> Option<Vec<Option<f32>>> {
        if self.bands.len() > MOST_BANDS || self.prose().next().is_none() {
            return None;
        }
        let extents: Vec<Extents> = self.bands.iter().map(|band| self.extents(band)).collect();
        let numbered: Vec<bool> = self.bands.iter().map(|band| self.opens_with_number(band)).collect();
        let any_numbered = numbered.contains(&true);
        let mut best: Vec<Best> = vec![Some((0, 0))];
        for end in 1..=self.bands.len() {
            let starts = (end.saturating_sub(MOST_OF_ROW)..end).rev();
            let rows = starts.filter_map(|start| {
                let before = best.get(start).copied().flatten()?.0;
                let is_good = !any_numbered || numbered.get(start).is_some_and(|it| *it);
                let worth = before + if is_good { 1 } else { -1 };
                self.is_row(start, end, &extents).then_some((worth, end - start))
            });
            let rows = rows.max_by_key(|(worth, _)| *worth);
            best.push(rows.filter(|_| self.may_end(end)));
        }
        let mut cuts = vec![None; self.bands.len().saturating_sub(1)];
        let mut end = self.bands.len();
        while end > 0 {
            end -= best.get(end).copied().flatten()?.1;
            let gap = self.gaps().nth(end.wrapping_sub(1));
            if let (Some((from, to)), Some(cut)) = (gap, cuts.get_mut(end.wrapping_sub(1))) {
                *cut = Some(f32::midpoint(from, to));
            }
        }
        Some(cuts)
    }

    /// Whether the bands from `start` up to `end` are the heading of a part, or a row whose cells are in its
    /// middle, the first one among them.
    fn is_row(&self, start: usize, end: usize, extents: &[Extents]) -> bool {
        let (Some(bands), Some(extents), Some(whole)) =
            (self.bands.get(start..end), extents.get(start..end), self.whole.get(start..end))
        else {
            return false;
        };
        let (Some(first), Some(last)) = (bands.first(), bands.last()) else { return false };
        if whole.contains(&true) {
            return bands.len() == 1;
        }
        let middle = f32::midpoint(first.top, last.bottom);
        let mut filled = 0;
        for column in 0..self.columns.len() {
            let Some(cell) = self.cell(column, extents) else { return false };
            let off = cell.map_or(0.0, |(top, bottom)| (f32::midpoint(top, bottom) - middle).abs());
            if off > OFF_CENTRE * self.size || column == 0 && cell.is_none() {
                return false;
            }
            filled += usize::from(cell.is_some());
        }
        filled >= 2
    }

    /// Top and bottom of a column's text in some bands, or that there is none; `None` where it has holes.
    #[expect(clippy::option_option, reason = "no cell is another thing than a torn one")]
    fn cell(&self, column: usize, extents: &[Extents]) -> Option<Option<(f32, f32)>> {
        let mut cell: Option<(f32, f32)> = None;
        for (top, bottom) in extents.iter().filter_map(|extents| extents.get(column).copied().flatten()) {
            if cell.is_some_and(|cell| top - cell.1 > HOLE * self.size) {
                return None;
            }
            cell = Some(cell.map_or((top, bottom), |cell| (cell.0, cell.1.max(bottom))));
        }
        Some(cell)
    }

    /// The columns that are broad enough for prose.
    fn prose(&self) -> impl Iterator<Item = &(f32, f32)> {
        self.columns.iter().filter(|column| column.1 - column.0 >= NARROWEST_PROSE * self.size)
    }

    /// Whether a row may end before the band `end`.
    fn may_end(&self, end: usize) -> bool {
        let is_heading = end.checked_sub(1).and_then(|last| self.whole.get(last)).is_some_and(|whole| *whole);
        let band = end.checked_sub(1).and_then(|last| self.bands.get(last));
        end == self.bands.len() || is_heading || band.is_some_and(|band| self.ends_prose(band))
    }

    /// Whether prose may end with a band: lines at its bottom end a sentence or have room for more.
    fn ends_prose(&self, band: &Band) -> bool {
        self.prose().all(|column| {
            let marks = band.marks.iter().filter(|mark| mark.is_in(*column));
            let line = marks.filter(|mark| mark.ink.y1 > band.bottom - self.size / 2.0);
            let last = line.max_by(|a, b| a.ink.x1.total_cmp(&b.ink.x1));
            last.is_none_or(|last| {
                ENDS.contains(&last.character) || last.ink.x1 < column.1 - ROOM * self.size
            })
        })
    }

    fn extents(&self, band: &Band) -> Extents {
        let extent = |column: &(f32, f32)| {
            let marks = band.marks.iter().filter(|mark| mark.is_in(*column));
            let extents = marks.map(|mark| (mark.ink.y0, mark.ink.y1));
            extents.reduce(|all, it| (all.0.min(it.0), all.1.max(it.1)))
        };
        self.columns.iter().map(extent).collect()
    }

    /// Whether the first line of a band in the first column begins with a number.
    fn opens_with_number(&self, band: &Band) -> bool {
        let Some(column) = self.columns.first() else { return false };
        let marks = || band.marks.iter().filter(|mark| mark.is_in(*column));
        let top = marks().map(|mark| mark.ink.y0).fold(f32::INFINITY, f32::min);
        let mut line: Vec<&Mark> = marks().filter(|mark| mark.ink.y0 < top + self.size / 2.0).collect();
        line.sort_by(|a, b| a.ink.x0.total_cmp(&b.ink.x0));
        is_numbered(&line.iter().map(|mark| mark.character).collect::<String>())
    }
}
