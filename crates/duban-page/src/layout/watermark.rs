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
/// Most glyphs of one that are looked at.
const MOST_GLYPHS: usize = 64;

/// Marks the glyphs of watermarks as running their own way, so that they are laid out for themselves.
pub(super) fn find(glyphs: &mut [Glyph]) {
    let usual = usual_size(glyphs);
    if usual <= 0.0 {
        return;
    }
    let is_large = |glyph: &&Glyph| glyph.size >= usual * LARGER && glyph.direction == Direction::Right;
    let (mut start, mut runs) = (0, 0);
    while start < glyphs.len() && runs < MOST_RUNS {
        let mut line: Option<Bounds> = None;
        let goes_on = |glyph: &&Glyph| {
            let level = line.is_none_or(|line| is_level(line, glyph.bounds));
            line = Some(glyph.bounds);
            level
        };
        let len = glyphs.iter().skip(start).take_while(is_large).take_while(goes_on).count();
        let run = start..start + len;
        if is_printed_over(glyphs, glyphs.get(run.clone()).unwrap_or_default(), usual) {
            for glyph in glyphs.iter_mut().take(run.end).skip(run.start) {
                glyph.direction = Direction::Oblique;
            }
        }
        runs += usize::from(len > 0);
        start += len.max(1);
    }
}

/// Whether one line of type stands on the other.
fn is_level(line: Bounds, next: Bounds) -> bool {
    let middle = f32::midpoint(next.y0, next.y1);
    line.y0 < middle && middle < line.y1
}

/// Whether type of about the `usual` size stands on the glyphs of `run`, which is one line: what lies
/// between two lines of large type is not printed over them.
fn is_printed_over(glyphs: &[Glyph], run: &[Glyph], usual: f32) -> bool {
    let size = run.iter().map(|glyph| glyph.size).fold(f32::INFINITY, f32::min);
    let cores: Vec<Bounds> = run.iter().map(|glyph| core(glyph.bounds)).take(MOST_GLYPHS).collect();
    let Some(all) = cores.iter().copied().reduce(Bounds::cover) else { return false };
    let is_over = |glyph: &&Glyph| {
        let (x, y) = (
            f32::midpoint(glyph.bounds.x0, glyph.bounds.x1),
            f32::midpoint(glyph.bounds.y0, glyph.bounds.y1),
        );
        let inside = |core: &Bounds| core.x0 < x && x < core.x1 && core.y0 < y && y < core.y1;
        let usual = glyph.size * LARGER <= size && glyph.size * LARGER >= usual;
        usual && !glyph.is_space() && inside(&all) && cores.iter().any(inside)
    };
    glyphs.iter().filter(is_over).take(FEWEST_OVER).count() == FEWEST_OVER
}

/// The part of an em box that ink surely fills.
fn core(bounds: Bounds) -> Bounds {
    let edge = (bounds.y1 - bounds.y0) * EDGE;
    Bounds { y0: bounds.y0 + edge, y1: bounds.y1 - edge, ..bounds }
}

/// The size of the type that half of all ink is at most of: many tiny glyphs weigh little.
fn usual_size(glyphs: &[Glyph]) -> f32 {
    let mut sizes: Vec<f32> = glyphs.iter().map(|glyph| glyph.size).collect();
    sizes.sort_by(f32::total_cmp);
    let all: f32 = sizes.iter().sum();
    let mut weight = 0.0;
    let half = sizes.iter().find(|size| {
        weight += **size;
        weight * 2.0 >= all
    });
    half.copied().unwrap_or(0.0)
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
    fn lines_of_a_title_are_none_though_small_type_stands_between_them() {
        let lines = [row("附件一", 22.0, (60.0, 50.0)), row("任务分工表", 22.0, (60.0, 110.0))];
        let text = row("各镇要抓好落实，按时完成全年任务。", 10.0, (60.0, 160.0));
        let between = row("（责任单位：县司法局）", 10.0, (60.0, 88.0));
        let mut glyphs = [lines.concat(), text, between].concat();
        find(&mut glyphs);
        assert!(glyphs.iter().all(|glyph| glyph.direction == Direction::Right));
    }

    #[test]
    fn tiny_type_makes_no_body_large() {
        let body = row("各镇要抓好落实，按时完成全年任务。", 16.0, (60.0, 100.0));
        let tiny: Vec<Glyph> =
            (0..20u8).flat_map(|n| row("一一一一一", 1.0, (60.0 + f32::from(n) * 9.0, 106.0))).collect();
        let mut glyphs = [body, tiny].concat();
        find(&mut glyphs);
        assert!(glyphs.iter().all(|glyph| glyph.direction == Direction::Right));
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
