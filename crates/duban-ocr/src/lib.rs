//! Text of scanned pages, by the program tesseract with its data for simplified Chinese.
//!
//! [`Recogniser::find`] looks whether the machine has both, [`Recogniser::recognise`] reads one picture.
//! The program runs as a process of its own for each page; nothing else of the project starts one.

mod tsv;

use std::ffi::OsString;
use std::io::{self, Cursor, Write};
use std::process::{Command, Stdio};

use duban_document::RecognisedPage;
use image::{ImageFormat, RgbaImage};

/// Pixels an inch at which tesseract reads best.
pub const RESOLUTION: f32 = 300.0;
/// Simplified Chinese, with the Latin letters and digits that stand in it.
const LANGUAGE: &str = "chi_sim";

/// Why a page cannot be recognised.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OcrError {
    /// There is no such program.
    #[error("text recognition needs the program tesseract, which was not found")]
    NotInstalled,
    /// It cannot read Chinese.
    #[error("tesseract has no data for simplified Chinese ({LANGUAGE})")]
    NoChinese,
    /// It could not be run.
    #[error("tesseract could not be run: {0}")]
    Run(#[from] io::Error),
    /// It gave up.
    #[error("tesseract failed: {0}")]
    Failed(String),
}

impl OcrError {
    /// What to do about it, one line.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NotInstalled | Self::NoChinese => {
                "install it (Debian: apt-get install tesseract-ocr tesseract-ocr-chi-sim), or leave out --ocr"
            }
            Self::Run(_) | Self::Failed(_) => "run tesseract on a picture of the page to see what is wrong",
        }
    }
}

/// The recognition of this machine.
#[derive(Clone, Debug)]
pub struct Recogniser {
    way: Way,
}

#[derive(Clone, Debug)]
enum Way {
    Program(OsString),
    Elsewhere(Recognition),
}

/// A recognition that somebody else makes: from a picture (PNG) to what tesseract prints as TSV.
pub type Recognition = fn(&[u8]) -> Result<String, OcrError>;

impl Recogniser {
    /// Looks for `program`, usually `tesseract`, and its data for Chinese.
    pub fn find(program: impl Into<OsString>) -> Result<Self, OcrError> {
        let program = program.into();
        let listed = Command::new(&program).arg("--list-langs").stdin(Stdio::null()).output();
        let output = match listed {
            Ok(output) => output,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(OcrError::NotInstalled),
            Err(error) => return Err(OcrError::Run(error)),
        };
        let languages = String::from_utf8_lossy(&output.stdout);
        if languages.lines().any(|language| language.trim() == LANGUAGE) {
            Ok(Self { way: Way::Program(program) })
        } else {
            Err(OcrError::NoChinese)
        }
    }

    /// Has `recognition` recognise: for a process that must not start programs.
    pub fn elsewhere(recognition: Recognition) -> Self {
        Self { way: Way::Elsewhere(recognition) }
    }

    /// The words of a picture of page `page` that has `scale` pixels a point.
    pub fn recognise(&self, picture: &RgbaImage, page: u32, scale: f32) -> Result<RecognisedPage, OcrError> {
        let mut png = Cursor::new(Vec::new());
        picture.write_to(&mut png, ImageFormat::Png).map_err(io::Error::other)?;
        Ok(RecognisedPage { page, lines: tsv::lines(&self.tsv(png.get_ref())?, scale) })
    }

    /// What tesseract prints as TSV for the picture `png`.
    pub fn tsv(&self, png: &[u8]) -> Result<String, OcrError> {
        let program = match &self.way {
            Way::Program(program) => program,
            Way::Elsewhere(recognition) => return recognition(png),
        };
        let mut child = Command::new(program)
            .args(["stdin", "stdout", "-l", LANGUAGE, "--dpi", "300", "tsv"])
            // One notice is one job; its pages do not take further cores.
            .env("OMP_THREAD_LIMIT", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        // It prints nothing before it has read all of the picture, so neither waits for the other.
        let sent = match child.stdin.take() {
            Some(mut input) => input.write_all(png),
            None => Ok(()),
        };
        let output = child.wait_with_output()?;
        if !output.status.success() {
            return Err(OcrError::Failed(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
        }
        sent?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_program_is_said() {
        let error = Recogniser::find("no-such-program").expect_err("there is none");
        assert!(matches!(error, OcrError::NotInstalled));
        assert!(error.hint().contains("tesseract-ocr-chi-sim"));
    }
}
