//! What text recognition (OCR) read on a page of pixels.

use crate::Bounds;

/// A page as recognised.
#[derive(Clone, Debug, PartialEq)]
pub struct RecognisedPage {
    /// Its number, from 1.
    pub page: u32,
    /// Its lines, in reading order.
    pub lines: Vec<Vec<RecognisedWord>>,
}

/// Characters that were recognised together.
#[derive(Clone, Debug, PartialEq)]
pub struct RecognisedWord {
    /// The characters.
    pub text: String,
    /// Their box, in points from the upper left corner of the page as shown.
    pub bounds: Bounds,
    /// How sure the recognition is, from 0 to 100.
    pub confidence: f32,
}

/// How much of a document was recognised rather than read.
#[derive(Clone, Debug, PartialEq)]
pub struct Recognition {
    /// The pages, from 1, in order.
    pub pages: Vec<u32>,
    /// How sure the recognition is of its characters, from 0 to 100, by their mean; `None` where
    /// another program recognised them and did not say.
    pub confidence: Option<f32>,
}
