//! What changed between two texts.

use duban_segment::Segmenter;
use similar::{Algorithm, DiffTag, capture_diff_slices};

/// What became of a stretch of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It stands in both texts.
    Kept,
    /// It stands in the older text alone.
    Gone,
    /// It stands in the newer text alone.
    Added,
}

impl Change {
    /// Its name in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Gone => "gone",
            Self::Added => "added",
        }
    }
}

/// A stretch of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What became of it.
    pub change: Change,
    /// The words.
    pub text: String,
}

/// The words of two texts in one row: those kept, those gone, those added.
///
/// ```
/// use duban_lineage::{Change, difference};
///
/// let parts = difference("每季度公开一次", "每月公开一次");
/// let shown: String = parts
///     .iter()
///     .map(|part| match part.change {
///         Change::Kept => part.text.clone(),
///         Change::Gone => format!("[-{}-]", part.text),
///         Change::Added => format!("[+{}+]", part.text),
///     })
///     .collect();
/// assert_eq!(shown, "[-每季度-][+每月+]公开一次");
/// ```
pub fn difference(old: &str, new: &str) -> Vec<Part> {
    let segmenter = Segmenter::new();
    let words = |text| -> Vec<&str> { segmenter.segment(text).into_iter().map(|word| word.text).collect() };
    let (old, new) = (words(old), words(new));
    let mut parts: Vec<Part> = Vec::new();
    let mut push = |change, words: &[&str]| {
        if !words.is_empty() {
            parts.push(Part { change, text: words.concat() });
        }
    };
    for operation in capture_diff_slices(Algorithm::Patience, &old, &new) {
        let (tag, before, after) = operation.as_tag_tuple();
        if tag == DiffTag::Equal {
            push(Change::Kept, &old[before]);
        } else {
            push(Change::Gone, &old[before]);
            push(Change::Added, &new[after]);
        }
    }
    parts
}

/// Whether two texts say the same but for years, signs and blanks: a plan is printed anew each year.
pub fn is_same_text(old: &str, new: &str) -> bool {
    key(old) == key(new)
}

/// Letters and digits of `text` in simplified characters, years left out.
fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for run in text.split_inclusive(|c: char| !c.is_ascii_digit()) {
        let end = run.find(|c: char| !c.is_ascii_digit()).unwrap_or(run.len());
        let (digits, behind) = run.split_at(end);
        let is_year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
        let kept = if is_year { behind } else { run };
        key.extend(kept.chars().filter(|c| c.is_alphanumeric()).map(duban_script::simplified));
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_printed_for_another_year_is_the_same() {
        assert!(is_same_text("2021年底前，更新 专栏。", "2022年底前更新专栏"));
        assert!(!is_same_text("10月底前更新", "11月底前更新"));
        assert!(!is_same_text("共12021件", "共12022件"));
    }
}
