//! Affine maps of the plane, as PDF and OFD write them: six numbers.
#![expect(clippy::many_single_char_names, reason = "a PDF matrix has coefficients a to f")]

use duban_document::Bounds;

/// `x' = a x + c y + e`, `y' = b x + d y + f`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Matrix {
    /// The coefficient a.
    pub a: f32,
    /// The coefficient b.
    pub b: f32,
    /// The coefficient c.
    pub c: f32,
    /// The coefficient d.
    pub d: f32,
    /// The coefficient e.
    pub e: f32,
    /// The coefficient f.
    pub f: f32,
}

impl Matrix {
    /// Leaves everything where it is.
    pub const IDENTITY: Self = Self { a: 1.0, b: 0.0, c: 0.0, d: 1.0, e: 0.0, f: 0.0 };

    /// From six numbers; `None` unless there are six and all are finite.
    pub fn from_numbers(numbers: &[f32]) -> Option<Self> {
        let six: [f32; 6] = numbers.try_into().ok()?;
        let [a, b, rest @ ..] = six;
        let [c, d, e, f] = rest;
        six.iter().all(|number| number.is_finite()).then_some(Self { a, b, c, d, e, f })
    }

    /// Moves by (e, f).
    pub fn shift(e: f32, f: f32) -> Self {
        Self { e, f, ..Self::IDENTITY }
    }

    /// This map first, then `next`.
    #[must_use]
    pub fn then(self, next: Self) -> Self {
        Self {
            a: self.a * next.a + self.b * next.c,
            b: self.a * next.b + self.b * next.d,
            c: self.c * next.a + self.d * next.c,
            d: self.c * next.b + self.d * next.d,
            e: self.e * next.a + self.f * next.c + next.e,
            f: self.e * next.b + self.f * next.d + next.f,
        }
    }

    /// Where the point (x, y) goes.
    pub fn point(self, x: f32, y: f32) -> (f32, f32) {
        (self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f)
    }

    /// Where the vector (x, y) goes.
    pub fn vector(self, x: f32, y: f32) -> (f32, f32) {
        (self.a * x + self.c * y, self.b * x + self.d * y)
    }

    /// The box around where the box from (x0, y0) to (x1, y1) goes.
    pub fn bounds(self, x0: f32, y0: f32, x1: f32, y1: f32) -> Bounds {
        let corners = [self.point(x0, y0), self.point(x1, y0), self.point(x0, y1), self.point(x1, y1)];
        let [first, ..] = corners;
        corners.into_iter().fold(
            Bounds { x0: first.0, y0: first.1, x1: first.0, y1: first.1 },
            |all, (x, y)| Bounds {
                x0: all.x0.min(x),
                y0: all.y0.min(y),
                x1: all.x1.max(x),
                y1: all.y1.max(y),
            },
        )
    }

    /// By how much lengths grow, on the whole.
    pub fn scale(self) -> f32 {
        (self.a * self.d - self.b * self.c).abs().sqrt()
    }
}
