//! Watermarks that run level with the text: large type that smaller type is printed over.

use duban_document::Bounds;

use crate::{Direction, Glyph};

/// How much larger than usual the type of a watermark is.
const LARGER: f32 = 2.0;
/// The part of its em box at either end that large type may leave empty.
const EDGE: f32 = 0.15;
/// Fewest glyphs that are printed over a watermark.
const FEWEST_OVER: usize = 3;
/// Most runs of large type that are looked at.
const MOST_RUNS: usize = 64;

/// Marks the glyphs of watermarks as running their own way, so that they are laid out for themselves.
pub(super) fn find(glyphs: &mut [Glyph]) {
    let usual = usual_size(glyphs);
    let is_large = |glyph: &Glyph| glyph.size >= usual * LARGER && glyph.direction == Direction::Right;
    let (mut start, mut runs) = (0, 0);
    while start < glyphs.len() && runs < MOST_RUNS {
        let len = glyphs.iter().skip(start).take_while(|glyph| is_large(glyph)).count();
        let run = start..start + len;
        if is_printed_over(glyphs, glyphs.get(run.clone()).unwrap_or_default()) {
            for glyph in glyphs.iter_mut().take(run.end).skip(run.start) {
                glyph.direction = Direction::Oblique;
            }
        }
        runs += usize::from(len > 0);
        start += len.max(1);
    }
}

/// Whether smaller type stands within the glyphs of `run`.
fn is_printed_over(glyphs: &[Glyph], run: &[Glyph]) -> bool {
    let Some(around) = run.iter().map(|glyph| core(glyph.bounds)).reduce(Bounds::cover) else { return false };
    let size = run.iter().map(|glyph| glyph.size).fold(f32::INFINITY, f32::min);
    let is_over = |glyph: &&Glyph| {
        let (x, y) = (
            f32::midpoint(glyph.bounds.x0, glyph.bounds.x1),
            f32::midpoint(glyph.bounds.y0, glyph.bounds.y1),
        );
        let inside = around.x0 < x && x < around.x1 && around.y0 < y && y < around.y1;
        inside && !glyph.is_space() && glyph.size * LARGER <= size
    };
    glyphs.iter().filter(is_over).take(FEWEST_OVER).count() == FEWEST_OVER
}

/// The part of an em box that ink surely fills.
fn core(bounds: Bounds) -> Bounds {
    let edge = (bounds.y1 - bounds.y0) * EDGE;
    Bounds { y0: bounds.y0 + edge, y1: bounds.y1 - edge, ..bounds }
}

/// The size of the type in the middle of all.
fn usual_size(glyphs: &[Glyph]) -> f32 {
    let mut sizes: Vec<f32> = glyphs.iter().map(|glyph| glyph.size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Glyphs in a row from `x`, with `y` the top of their line.
    fn row(text: &str, size: f32, (x, y): (f32, f32)) -> Vec<Glyph> {
        let places = std::iter::successors(Some(x), |x| Some(x + size));
        let glyph = |(character, x): (char, f32)| {
            let bounds = Bounds { x0: x, y0: y, x1: x + size, y1: y + size };
            Glyph { character, bounds, direction: Direction::Right, size, inked: true }
        };
        text.chars().zip(places).map(glyph).collect()
    }

    #[test]
    fn large_type_under_the_text_is_a_watermark() {
        let mark = row("内部", 60.0, (150.0, 100.0));
        let text = row("各镇要抓好落实，按时完成全年任务。", 14.0, (60.0, 120.0));
        let mut glyphs = [mark, text].concat();
        find(&mut glyphs);
        let marked: String = glyphs
            .iter()
            .filter(|glyph| glyph.direction == Direction::Oblique)
            .map(|glyph| glyph.character)
            .collect();
        assert_eq!(marked, "内部");
    }

    #[test]
    fn a_large_title_is_none() {
        let title = row("青岭县文件", 60.0, (60.0, 50.0));
        let text = row("各镇要抓好落实，按时完成全年任务。", 14.0, (60.0, 106.0));
        let mut glyphs = [title, text].concat();
        find(&mut glyphs);
        assert!(glyphs.iter().all(|glyph| glyph.direction == Direction::Right));
    }
}
