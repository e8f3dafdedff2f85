//! Pages of a PDF to pictures, with boxes drawn over them.
//!
//! [`Pages::open`] opens a file, [`Pages::picture`] paints one page at a scale, [`mark`] draws a box
//! over it in the coordinates of [`Bounds`] (points from the upper left corner of the page as shown),
//! which are those of the record. Text recognition reads such pictures, and people look at them.
//!
//! hayro does the painting; this crate knows nothing of text.

use std::sync::Arc;

use duban_document::Bounds;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_interpret::font::FontQuery;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use image::{Rgba, RgbaImage};

/// Points of an inch.
pub const POINTS_PER_INCH: f32 = 72.0;
/// Most pixels along an edge of a picture.
const LONGEST_EDGE: f32 = 16_000.0;
/// Thickness of the frame of a box, in pixels.
const FRAME: u32 = 2;

/// Why a page cannot be painted.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RenderError {
    /// The file is too damaged, or locked by another password.
    #[error("the file cannot be opened for painting")]
    Unreadable,
    /// The file has fewer pages.
    #[error("there is no page {page}; the file has {pages}")]
    NoPage {
        /// The page that was asked for.
        page: u32,
        /// How many there are.
        pages: usize,
    },
    /// The page is empty or so large that its picture would take too much memory.
    #[error("page {0} has a size that cannot be painted")]
    Size(u32),
}

/// The pages of a file.
pub struct Pages {
    pdf: Pdf,
    settings: InterpreterSettings,
}

impl Pages {
    /// Opens a file. `password` may be empty; `font` is a font with Chinese characters for files
    /// that embed none: its file, and which font of a collection.
    pub fn open(bytes: Vec<u8>, password: &str, font: Option<(Vec<u8>, u32)>) -> Result<Self, RenderError> {
        let pdf = Pdf::new_with_password(bytes, password).map_err(|_| RenderError::Unreadable)?;
        Ok(Self { pdf, settings: settings(font) })
    }

    /// Page `page`, from 1, with `scale` pixels a point.
    pub fn picture(&self, page: u32, scale: f32) -> Result<RgbaImage, RenderError> {
        let pages = self.pdf.pages();
        let index = (page as usize).checked_sub(1);
        let found = index.and_then(|index| pages.get(index));
        let Some(found) = found else { return Err(RenderError::NoPage { page, pages: pages.len() }) };
        let (width, height) = found.render_dimensions();
        let fits = |edge: f32| (1.0..=LONGEST_EDGE).contains(&(edge * scale));
        if !fits(width) || !fits(height) {
            return Err(RenderError::Size(page));
        }
        let pixmap = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
        let painted = render(found, &RenderCache::new(), &self.settings, &RenderSettings::default(), &pixmap);
        let (width, height) = (painted.width(), painted.height());
        let pixels = painted.data().iter().flat_map(|pixel| [pixel.r, pixel.g, pixel.b, pixel.a]).collect();
        RgbaImage::from_raw(width.into(), height.into(), pixels).ok_or(RenderError::Size(page))
    }
}

/// Settings that put `font` in the place of fonts that a file names and does not hold.
fn settings(font: Option<(Vec<u8>, u32)>) -> InterpreterSettings {
    let Some((font, index)) = font else { return InterpreterSettings::default() };
    let font = Arc::new(font);
    InterpreterSettings {
        font_resolver: Arc::new(move |query| match query {
            FontQuery::Standard(standard) => Some(standard.get_font_data()),
            FontQuery::Fallback(fallback) if fallback.character_collection.is_some() => {
                Some((font.clone(), index))
            }
            FontQuery::Fallback(fallback) => Some(fallback.pick_standard_font().get_font_data()),
        }),
        ..InterpreterSettings::default()
    }
}

/// Draws `bounds`, in points, over a picture of `scale` pixels a point: a frame of `colour` and a tint
/// inside it.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the picture")]
#[expect(clippy::cast_precision_loss, reason = "no picture has so many pixels")]
pub fn mark(picture: &mut RgbaImage, bounds: Bounds, scale: f32, colour: [u8; 3]) {
    let (width, height) = picture.dimensions();
    let pixel = |points: f32, edge: u32| (points * scale).round().clamp(0.0, edge as f32) as u32;
    let (left, right) = (pixel(bounds.x0, width), pixel(bounds.x1, width));
    let (top, bottom) = (pixel(bounds.y0, height), pixel(bounds.y1, height));
    for y in top..bottom {
        for x in left..right {
            let inside = (left + FRAME..right.saturating_sub(FRAME)).contains(&x)
                && (top + FRAME..bottom.saturating_sub(FRAME)).contains(&y);
            blend(picture.get_pixel_mut(x, y), colour, if inside { 4 } else { 1 });
        }
    }
}

/// Mixes one part of `colour` with `share - 1` parts of what is there.
fn blend(pixel: &mut Rgba<u8>, colour: [u8; 3], share: u16) {
    for (old, new) in pixel.0.iter_mut().zip(colour) {
        let mixed = (u16::from(*old) * (share - 1) + u16::from(new)) / share;
        *old = u8::try_from(mixed).unwrap_or(u8::MAX);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open() -> Pages {
        let bytes = include_bytes!("../../../fixtures/pdf/typst-table.pdf").to_vec();
        Pages::open(bytes, "", None).expect("a good file")
    }

    fn is_inked(picture: &RgbaImage) -> bool {
        picture.pixels().any(|pixel| pixel.0[0] < 100)
    }

    #[test]
    fn a_page_is_painted_at_its_scale() {
        let picture = open().picture(1, 2.0).expect("there is a first page");
        // 148 by 210 millimetres.
        assert_eq!((picture.width() / 10, picture.height() / 10), (83, 119));
        assert!(is_inked(&picture));
    }

    #[test]
    fn what_is_not_there_is_said() {
        let error = open().picture(99, 1.0).expect_err("so many pages it has not");
        assert!(matches!(error, RenderError::NoPage { page: 99, .. }));
        assert!(matches!(open().picture(1, 1e6), Err(RenderError::Size(1))));
        assert!(matches!(Pages::open(b"no".to_vec(), "", None), Err(RenderError::Unreadable)));
    }

    #[test]
    fn a_mark_frames_and_tints() {
        let mut picture = RgbaImage::from_pixel(20, 20, Rgba([255; 4]));
        mark(&mut picture, Bounds { x0: 2.0, y0: 2.0, x1: 8.0, y1: 30.0 }, 2.0, [255, 0, 0]);
        assert_eq!(picture.get_pixel(4, 4).0, [255, 0, 0, 255], "its frame");
        assert_eq!(picture.get_pixel(8, 10).0, [255, 191, 191, 255], "inside it");
        assert_eq!(picture.get_pixel(17, 10).0, [255; 4], "beside it");
    }
}
