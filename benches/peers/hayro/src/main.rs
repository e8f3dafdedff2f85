//! hayro-interpret over some PDF files: prints the characters that it finds and the pages that it reads in a
//! second, the median of 15 rounds.

use std::time::Instant;

use hayro_interpret::font::GlyphRun;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::kurbo::{Affine, BezPath, Rect};

const ROUNDS: usize = 15;

/// Takes the characters and their places, as a reader of text would.
#[derive(Default)]
struct Characters {
    found: Vec<(Affine, char)>,
}

impl Device<'_> for Characters {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, _: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            if let Some(text) = glyph.as_unicode() {
                let place = glyph.transform();
                match text {
                    BfString::Char(character) => self.found.push((place, character)),
                    BfString::String(text) => {
                        self.found.extend(text.chars().map(|character| (place, character)));
                    }
                }
            }
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// Reads a file; its pages and characters.
fn read(bytes: &[u8]) -> (usize, usize) {
    let pdf = Pdf::new(bytes.to_vec()).expect("the PDF of a corpus opens");
    let cache = InterpreterCache::new();
    let mut device = Characters::default();
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let area = Rect::new(0.0, 0.0, width.into(), height.into());
        let settings = InterpreterSettings::default();
        let mut context = Context::new(Affine::IDENTITY, area, &cache, pdf.xref(), settings);
        interpret_page(page, &mut context, &mut device);
    }
    (pdf.pages().len(), device.found.len())
}

fn main() {
    let files: Vec<Vec<u8>> =
        std::env::args().skip(1).map(|path| std::fs::read(path).expect("a file that can be read")).collect();
    let (mut times, mut pages, mut characters) = (Vec::new(), 0, 0);
    for _ in 0..ROUNDS {
        let start = Instant::now();
        (pages, characters) =
            files.iter().map(|file| read(file)).fold((0, 0), |sum, file| (sum.0 + file.0, sum.1 + file.1));
        times.push(start.elapsed());
    }
    times.sort();
    println!("{characters} characters, {:.0} pages/s", pages as f64 / times[ROUNDS / 2].as_secs_f64());
}
