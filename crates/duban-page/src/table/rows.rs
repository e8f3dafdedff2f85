//! Lines of a table without a full grid of rules to its rows.

use duban_document::Bounds;

use super::bands::{Band, Mark};
use super::segments::Segment;

/// Fewest rows in which several cells are filled.
const FEWEST_ROWS: usize = 3;
/// The same where rules part rows.
const FEWEST_ROWS_RULED: usize = 2;
/// How much wider the gap between rows is than that between lines of a cell, in ems.
const ROW_GAP: f32 = 0.12;
/// How much wider than usual a gap between lines is that no cell has, in ems.
pub(super) const HOLE: f32 = 0.4;
/// Share of a table's width that a rule must cover to part rows.
const RULED: f32 = 0.6;
/// So many rules inside a table part all its rows; fewer only set off its head.
const MANY_RULES: usize = 3;
/// Narrowest column of prose, in ems.
pub(super) const NARROWEST_PROSE: f32 = 8.0;
/// Most characters of a column's head.
const LONGEST_HEAD: usize = 12;
/// What heads of columns speak of.
const HEADS: &str = include_str!("../../data/table_heads.txt");

/// Bands whose columns are known.
pub(super) struct Lines<'a> {
    pub(super) bands: &'a [&'a Band],
    /// Which of them run over all columns.
    pub(super) whole: &'a [bool],
    pub(super) columns: &'a [(f32, f32)],
    pub(super) size: f32,
}

/// Bands put together to rows.
struct Split<'a> {
    /// The edges of the rows, from the top.
    edges: Vec<f32>,
    rows: Vec<Vec<&'a Band>>,
    /// Which rows hold one cell over all columns.
    wholes: Vec<bool>,
}

impl Lines<'_> {
    /// The edges of the rows from the top, and which rows hold one cell over all columns; `None` where they
    /// do not make a table.
    pub(super) fn rows(&self, lying: &[Segment]) -> Option<(Vec<f32>, Vec<bool>)> {
        let rules: Vec<Option<f32>> = self.gaps().map(|(from, to)| self.rule(lying, from, to)).collect();
        let has_rules = rules.iter().any(Option::is_some);
        // Rows that neither rules nor gaps tell would come out as one.
        let torn = self.line_gap() + HOLE * self.size;
        let is_torn = |split: &Split<'_>| !has_rules && split.rows.iter().any(|row| self.is_torn(row, torn));
        let mut split = self.split(&self.cuts(&rules))?;
        if is_torn(&split) {
            split = self.split(&self.centred_cuts()?)?;
        }
        if is_torn(&split) {
            return None;
        }
        let Split { edges, rows, wholes } = split;
        let filled = rows.iter().zip(&wholes).filter(|(row, whole)| !**whole && self.is_filled(row)).count();
        let has_head = rows.first().is_some_and(|row| self.is_head(row));
        let fewest = match (has_head, has_rules) {
            // A head that ends the page with the heading of the first part is one of a table already.
            (true, _) => 1,
            (false, true) => FEWEST_ROWS_RULED,
            (false, false) => FEWEST_ROWS,
        };
        let is_table = filled >= fewest && rows.len() >= 2 && (has_head || has_rules || !self.is_prose());
        is_table.then_some((edges, wholes))
    }

    /// The rows that cuts make.
    fn split(&self, cuts: &[Option<f32>]) -> Option<Split<'_>> {
        let mut edges = vec![self.bands.first()?.top];
        let mut rows: Vec<Vec<&Band>> = vec![Vec::new()];
        let mut wholes = vec![self.whole.first().copied()?];
        for (index, band) in self.bands.iter().enumerate() {
            rows.last_mut()?.push(band);
            if let Some(cut) = cuts.get(index).copied().flatten() {
                edges.push(cut);
                rows.push(Vec::new());
                wholes.push(self.whole.get(index + 1).copied()?);
            }
        }
        edges.push(self.bands.last()?.bottom);
        Some(Split { edges, rows, wholes })
    }

    /// Where a row ends between each band and the next.
    fn cuts(&self, rules: &[Option<f32>]) -> Vec<Option<f32>> {
        let are_ruled = rules.iter().flatten().count() >= MANY_RULES;
        let widest = self.line_gap() + ROW_GAP * self.size;
        let are_wider = self.gaps().any(|(from, to)| to - from > widest);
        let level = !are_wider && self.is_level();
        let cuts = rules.iter().zip(self.gaps()).enumerate().map(|(index, (rule, (from, to)))| {
            let heading = self.whole.iter().skip(index).take(2).any(|whole| *whole);
            let wider = !are_ruled && (level || to - from > widest);
            rule.or((heading || wider).then(|| f32::midpoint(from, to)))
        });
        cuts.collect()
    }

    /// The gaps between bands.
    pub(super) fn gaps(&self) -> impl Iterator<Item = (f32, f32)> + '_ {
        self.bands.windows(2).filter_map(|pair| Some((pair.first()?.bottom, pair.last()?.top)))
    }

    /// Where a rule lies in a gap between bands.
    fn rule(&self, lying: &[Segment], from: f32, to: f32) -> Option<f32> {
        let (left, right) = (self.columns.first()?.0, self.columns.last()?.1);
        let near = |at: f32| at >= from - ROW_GAP * self.size && at <= to + ROW_GAP * self.size;
        let covers = |rule: &&Segment| rule.covers(left, right) >= RULED * (right - left);
        let rule = lying.iter().filter(|rule| near(rule.at)).find(covers)?;
        Some(rule.at.max(from).min(to.max(from)))
    }

    /// The gap between two lines of a cell: the narrowest between lines of a column that occurs twice.
    fn line_gap(&self) -> f32 {
        let mut gaps: Vec<f32> = Vec::new();
        for column in self.columns {
            let lines = self.lines_of(*column);
            gaps.extend(lines.windows(2).filter_map(|pair| Some(pair.last()?.y0 - pair.first()?.y1)));
        }
        gaps.sort_by(f32::total_cmp);
        let twice = gaps.windows(2).find(|pair| match pair {
            [gap, next] => next - gap <= ROW_GAP * self.size,
            _ => false,
        });
        twice.or(Some(&gaps)).and_then(|gaps| gaps.first()).copied().unwrap_or(f32::INFINITY)
    }

    /// The boxes of the lines of a column, from the top.
    fn lines_of(&self, column: (f32, f32)) -> Vec<Bounds> {
        lines_in(self.cells(), column)
    }

    /// The bands that hold cells.
    fn cells(&self) -> impl Iterator<Item = &Band> {
        self.bands.iter().zip(self.whole).filter(|(_, whole)| !**whole).map(|(band, _)| *band)
    }

    /// Whether each line is a row: all begin in the first column.
    fn is_level(&self) -> bool {
        let begins = |band: &Band| {
            band.ink.extent().zip(self.columns.first()).is_some_and(|(extent, first)| extent.0 < first.1)
        };
        self.cells().all(|band| begins(band) && self.is_filled(&[band]))
    }

    /// Whether each column is broad and most of its lines are full, as in prose set in columns.
    fn is_prose(&self) -> bool {
        self.columns.iter().all(|column| {
            if column.1 - column.0 < NARROWEST_PROSE * self.size {
                return false;
            }
            let lines = self.lines_of(*column);
            lines.iter().filter(|line| line.x1 > column.1 - self.size).count() * 2 > lines.len()
        })
    }

    /// Whether a row is the head of a table: a short text in each column, and most speak of what tables
    /// hold.
    fn is_head(&self, row: &[&Band]) -> bool {
        let texts = self.columns.iter().map(|column| {
            let marks = row.iter().flat_map(|band| &band.marks).filter(|mark| mark.is_in(*column));
            let mut marks: Vec<&Mark> = marks.collect();
            marks.sort_by(|a, b| a.ink.x0.total_cmp(&b.ink.x0));
            marks.iter().map(|mark| mark.character).collect::<String>()
        });
        let texts: Vec<String> = texts.collect();
        let short = |text: &String| (1..=LONGEST_HEAD).contains(&text.chars().count());
        let heads = || HEADS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let speaks = |text: &&String| heads().any(|head| text.contains(head));
        texts.iter().all(short) && texts.iter().filter(speaks).count() * 2 > texts.len()
    }

    /// Whether several columns of a row have holes wider than `widest` between their lines, so that it must
    /// be several rows.
    fn is_torn(&self, row: &[&Band], widest: f32) -> bool {
        let torn = |column: &&(f32, f32)| {
            let lines = lines_in(row.iter().copied(), **column);
            lines.windows(2).any(|pair| matches!(pair, [line, next] if next.y0 - line.y1 > widest))
        };
        self.columns.iter().filter(torn).count() >= 2
    }

    /// Whether several columns of a row hold text.
    fn is_filled(&self, row: &[&Band]) -> bool {
        let holds = |column: &&(f32, f32)| {
            let mut marks = row.iter().flat_map(|band| &band.marks);
            marks.any(|mark| mark.is_in(**column))
        };
        self.columns.iter().filter(holds).count() >= 2
    }
}

/// The boxes of the lines of a column, from the top.
fn lines_in<'a>(bands: impl Iterator<Item = &'a Band>, column: (f32, f32)) -> Vec<Bounds> {
    let marks = bands.flat_map(|band| &band.marks);
    let mut marks: Vec<Bounds> = marks.filter(|mark| mark.is_in(column)).map(|mark| mark.ink).collect();
    marks.sort_by(|a, b| a.y0.total_cmp(&b.y0));
    let mut lines: Vec<Bounds> = Vec::new();
    for mark in marks {
        match lines.last_mut().filter(|line| mark.y0 < f32::midpoint(line.y0, line.y1)) {
            Some(line) => *line = line.cover(mark),
            None => lines.push(mark),
        }
    }
    lines
}
