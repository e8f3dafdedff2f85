//! Segments to grids: columns, rows, and which neighbours no rule divides.

use super::segments::Segment;
use crate::layout::Groups;

/// How far a segment may fall short of one that it meets, in points.
const REACH: f32 = 3.0;
/// Lines of the grid that lie nearer than this are one, in points.
const SAME_EDGE: f32 = 4.0;
/// How far rules must stick out beyond the outermost ones across for an open side, in points.
const OPEN_SIDE: f32 = 8.0;
/// How far apart the rules above and below the heading of a part may lie, in points.
const HEADING: f32 = 36.0;
/// Share of a side that a rule must cover to divide it.
const DIVIDED: f32 = 0.5;
/// Most crossings that are looked for on a page.
const MOST_CROSSINGS: usize = 4_000_000;
/// Most slots of one grid.
const MOST_SLOTS: usize = 100_000;

/// A grid of slots; neighbours that no rule divides make one cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Grid {
    /// Edges of columns, from the left.
    pub(super) columns: Vec<f32>,
    /// Edges of rows, from the top.
    pub(super) rows: Vec<f32>,
    /// Cells in the order of their first slot, row by row.
    pub(super) cells: Vec<Span>,
    /// The cell of each slot, row by row.
    slots: Vec<usize>,
    /// Whether rules part its columns.
    pub(super) ruled: bool,
    /// Whether no rule closes it at the bottom.
    pub(super) open_below: bool,
}

/// The slots of a cell: first column and row, and how many of each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Span {
    pub(super) column: usize,
    pub(super) row: usize,
    pub(super) columns: usize,
    pub(super) rows: usize,
}

impl Grid {
    /// A grid of rows that hold a cell in each column, or one over all columns where `whole` says so.
    pub(super) fn of_rows(columns: Vec<f32>, rows: Vec<f32>, whole: &[bool]) -> Option<Self> {
        let (across, down) = (columns.len().checked_sub(1)?, rows.len().checked_sub(1)?);
        let count = across.checked_mul(down).filter(|count| *count <= MOST_SLOTS)?;
        let mut groups = Groups::new(count);
        for slot in (0..count).filter(|slot| whole.get(slot / across).is_some_and(|whole| *whole)) {
            groups.join(slot, slot - slot % across);
        }
        let (cells, slots) = cells(&mut groups, across, count);
        Some(Self { columns, rows, cells, slots, ruled: false, open_below: false })
    }

    /// The cell at a place; `None` outside the grid.
    pub(super) fn cell_at(&self, x: f32, y: f32) -> Option<usize> {
        let column = slot(&self.columns, x)?;
        let row = slot(&self.rows, y)?;
        self.slots.get(row * (self.columns.len() - 1) + column).copied()
    }

    /// Its area.
    pub(super) fn area(&self) -> f32 {
        let length = |edges: &[f32]| edges.last().unwrap_or(&0.0) - edges.first().unwrap_or(&0.0);
        length(&self.columns) * length(&self.rows)
    }
}

fn slot(edges: &[f32], place: f32) -> Option<usize> {
    let after = edges.partition_point(|edge| *edge <= place);
    (after < edges.len()).then(|| after.checked_sub(1)).flatten()
}

/// The grids that segments make: groups of segments that meet, with at least two columns and cells.
pub(super) fn grids(lying: &[Segment], standing: &[Segment]) -> Vec<Grid> {
    if lying.len().saturating_mul(standing.len()) > MOST_CROSSINGS {
        return Vec::new();
    }
    let mut groups = Groups::new(lying.len() + standing.len());
    for (index, row) in lying.iter().enumerate() {
        let first = standing.partition_point(|column| column.at < row.from - REACH);
        for (other, column) in standing.iter().enumerate().skip(first) {
            if column.at > row.to + REACH {
                break;
            }
            if (column.from - REACH..=column.to + REACH).contains(&row.at) {
                groups.join(index, lying.len() + other);
            }
        }
    }
    join_stacked(&mut groups, lying, standing);
    let mut members: Vec<(Vec<Segment>, Vec<Segment>)> =
        vec![Default::default(); lying.len() + standing.len()];
    for (index, segment) in lying.iter().enumerate() {
        if let Some(group) = members.get_mut(groups.root(index)) {
            group.0.push(*segment);
        }
    }
    for (index, segment) in standing.iter().enumerate() {
        if let Some(group) = members.get_mut(groups.root(lying.len() + index)) {
            group.1.push(*segment);
        }
    }
    members.into_iter().filter_map(|(lying, standing)| grid(lying, standing)).collect()
}

/// Joins rules of one length, one beneath the other, that no rule closes to a side: between them stands the
/// heading of a part of a table without a frame.
fn join_stacked(groups: &mut Groups, lying: &[Segment], standing: &[Segment]) {
    let near = |a: f32, b: f32| (a - b).abs() <= SAME_EDGE;
    let closes = |side: f32, at: f32| {
        let first = standing.partition_point(|column| column.at < side - SAME_EDGE);
        let mut beside = standing.iter().skip(first).take_while(|column| column.at <= side + SAME_EDGE);
        beside.any(|column| (column.from - REACH..=column.to + REACH).contains(&at))
    };
    let is_open = |row: &Segment| !closes(row.from, row.at) && !closes(row.to, row.at);
    for (index, row) in lying.iter().enumerate() {
        let mut below = lying.iter().enumerate().skip(index + 1).take_while(|it| it.1.at - row.at <= HEADING);
        let next = below.find(|(_, it)| near(it.from, row.from) && near(it.to, row.to));
        if let Some((other, _)) = next.filter(|(_, next)| is_open(row) && is_open(next)) {
            groups.join(index, other);
        }
    }
}

/// The grid of segments that meet.
fn grid(mut lying: Vec<Segment>, mut standing: Vec<Segment>) -> Option<Grid> {
    if lying.is_empty() || standing.is_empty() {
        return None;
    }
    let open_below = close_sides(&mut lying, &standing).1;
    close_sides(&mut standing, &lying);
    let (columns, rows) = (edges(&standing), edges(&lying));
    let (across, down) = (columns.len().checked_sub(1)?, rows.len().checked_sub(1)?);
    // Boxes below each other are frames around text, not a table.
    let count = across.checked_mul(down).filter(|count| across >= 2 && *count <= MOST_SLOTS)?;
    let mut groups = Groups::new(count);
    for row in 0..down {
        for column in 0..across {
            let slot = row * across + column;
            let (left, right) = (*columns.get(column)?, *columns.get(column + 1)?);
            let (top, bottom) = (*rows.get(row)?, *rows.get(row + 1)?);
            if column + 1 < across && !divides(&standing, right, top, bottom) {
                groups.join(slot, slot + 1);
            }
            if row + 1 < down && !divides(&lying, bottom, left, right) {
                groups.join(slot, slot + across);
            }
        }
    }
    let (cells, slots) = cells(&mut groups, across, count);
    (cells.len() >= 2).then_some(Grid { columns, rows, cells, slots, ruled: true, open_below })
}

/// Adds the outermost segments that are missing where those across stick out: tables without a
/// frame, and those that a page break cuts. Returns which of the two sides were open.
fn close_sides(segments: &mut Vec<Segment>, across: &[Segment]) -> (bool, bool) {
    let from = across.iter().map(|segment| segment.from).fold(f32::INFINITY, f32::min);
    let to = across.iter().map(|segment| segment.to).fold(f32::NEG_INFINITY, f32::max);
    let low = segments.iter().map(|segment| segment.at).fold(f32::INFINITY, f32::min);
    let high = segments.iter().map(|segment| segment.at).fold(f32::NEG_INFINITY, f32::max);
    let begin = across.iter().map(|segment| segment.at).fold(f32::INFINITY, f32::min);
    let end = across.iter().map(|segment| segment.at).fold(f32::NEG_INFINITY, f32::max);
    let open = (low - from > OPEN_SIDE, to - high > OPEN_SIDE);
    if open.0 {
        segments.insert(0, Segment { at: from, from: begin, to: end });
    }
    if open.1 {
        segments.push(Segment { at: to, from: begin, to: end });
    }
    open
}

/// Where segments lie, those that lie together taken as one.
fn edges(segments: &[Segment]) -> Vec<f32> {
    let mut edges: Vec<f32> = segments.iter().map(|segment| segment.at).collect();
    edges.sort_by(f32::total_cmp);
    edges.dedup_by(|next, last| *next - *last <= SAME_EDGE);
    edges
}

/// Whether segments that lie at `at` cover enough of the side from `from` to `to`.
fn divides(segments: &[Segment], at: f32, from: f32, to: f32) -> bool {
    let first = segments.partition_point(|segment| segment.at < at - 0.1);
    let near = segments.iter().skip(first).take_while(|segment| segment.at <= at + SAME_EDGE);
    near.map(|segment| segment.covers(from, to)).sum::<f32>() >= DIVIDED * (to - from)
}

/// The cells that groups of slots make, and the cell of each slot.
fn cells(groups: &mut Groups, across: usize, count: usize) -> (Vec<Span>, Vec<usize>) {
    let mut numbers: Vec<Option<usize>> = vec![None; count];
    let mut cells: Vec<Span> = Vec::new();
    let mut slots = Vec::with_capacity(count);
    for slot in 0..count {
        let (row, column) = (slot / across, slot % across);
        let root = groups.root(slot);
        let number = numbers.get(root).copied().flatten().unwrap_or_else(|| {
            cells.push(Span { column, row, columns: 1, rows: 1 });
            cells.len() - 1
        });
        if let Some(entry) = numbers.get_mut(root) {
            *entry = Some(number);
        }
        if let Some(span) = cells.get_mut(number) {
            let (right, below) =
                ((span.column + span.columns).max(column + 1), (span.row + span.rows).max(row + 1));
            span.column = span.column.min(column);
            span.columns = right - span.column;
            span.rows = below - span.row;
        }
        slots.push(number);
    }
    (cells, slots)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(at: f32, from: f32, to: f32) -> Segment {
        Segment { at, from, to }
    }

    #[test]
    fn spanning_cells() {
        let lying = [segment(0.0, 0.0, 200.0), segment(20.0, 100.0, 200.0), segment(40.0, 0.0, 200.0)];
        let standing = [segment(0.0, 0.0, 40.0), segment(100.0, 0.0, 40.0), segment(200.0, 0.0, 40.0)];
        let grids = grids(&lying, &standing);
        let [grid] = grids.as_slice() else { panic!("{grids:?}") };
        assert_eq!(grid.cells.len(), 3);
        assert_eq!(grid.cells[0], Span { column: 0, row: 0, columns: 1, rows: 2 });
        assert_eq!(grid.cell_at(50.0, 30.0), Some(0));
        assert_eq!(grid.cell_at(150.0, 30.0), Some(2));
        assert_eq!(grid.cell_at(250.0, 30.0), None);
    }

    #[test]
    fn open_sides_are_closed() {
        let lying = [segment(0.0, 0.0, 200.0), segment(20.0, 0.0, 200.0)];
        let standing = [segment(100.0, 0.0, 60.0)];
        let grids = grids(&lying, &standing);
        let [grid] = grids.as_slice() else { panic!("{grids:?}") };
        assert_eq!((grid.columns.len(), grid.rows.len(), grid.open_below), (3, 3, true));
    }

    #[test]
    fn a_box_around_a_page_is_no_table() {
        let lying = [segment(0.0, 0.0, 200.0), segment(40.0, 0.0, 200.0)];
        let standing = [segment(0.0, 0.0, 40.0), segment(200.0, 0.0, 40.0)];
        assert!(grids(&lying, &standing).is_empty());
        let lying = [lying[0], segment(20.0, 0.0, 200.0), lying[1]];
        assert!(grids(&lying, &standing).is_empty());
    }

    #[test]
    fn headings_of_parts_belong_to_a_table_without_a_frame() {
        let lying = [0.0, 20.0, 40.0, 60.0, 80.0].map(|at| segment(at, 0.0, 200.0));
        let standing = [segment(100.0, 0.0, 20.0), segment(100.0, 60.0, 80.0)];
        let open = grids(&lying, &standing);
        let [grid] = open.as_slice() else { panic!("{open:?}") };
        assert_eq!((grid.rows.len(), grid.cells.len()), (5, 6));
        assert_eq!(grid.cells.get(2), Some(&Span { column: 0, row: 1, columns: 2, rows: 1 }));
        let sides = [0.0, 200.0].map(|at| [segment(at, 0.0, 20.0), segment(at, 60.0, 80.0)]);
        let mut framed = [sides[0], [standing[0], standing[1]], sides[1]].concat();
        framed.sort_by(|a, b| a.at.total_cmp(&b.at));
        assert_eq!(grids(&lying, &framed).len(), 2);
    }
}
