//! A stretch of a task's text around what matched.

use std::ops::Range;

use crate::analysis::{Analysis, Atom, analyse};
use crate::query::Phrases;

/// Characters shown before the first match, and in all.
const BEFORE: usize = 15;
const LENGTH: usize = 80;

/// A piece of a text with its matches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The piece; `…` stands where the text goes on.
    pub text: String,
    /// Byte ranges of `text` that matched, in order, not overlapping.
    pub matches: Vec<Range<usize>>,
}

/// The snippet of `text` for the runs of a query; its beginning where none of them stands in it.
pub(crate) fn cut(text: &str, phrases: &Phrases) -> Snippet {
    let found = find_all(text, phrases);
    let starts: Vec<usize> = text.char_indices().map(|(start, _)| start).chain([text.len()]).collect();
    let last = starts.len() - 1;
    let first_match = found.first().map_or(0, |range| starts.partition_point(|&start| start < range.start));
    let from =
        if first_match > BEFORE && last > LENGTH { (first_match - BEFORE).min(last - LENGTH) } else { 0 };
    let to = (from + LENGTH).min(last);
    let byte = |index: usize| starts.get(index).copied().unwrap_or(text.len());
    show(text, byte(from)..byte(to), &found)
}

fn show(text: &str, window: Range<usize>, found: &[Range<usize>]) -> Snippet {
    let mut snippet = Snippet::default();
    if window.start > 0 {
        snippet.text.push('…');
    }
    let shift = snippet.text.len();
    for range in found {
        let (start, end) = (range.start.max(window.start), range.end.min(window.end));
        if start < end {
            snippet.matches.push(start - window.start + shift..end - window.start + shift);
        }
    }
    // Both ways to break a line are one byte, so the ranges stay true.
    let piece = text.get(window.clone()).unwrap_or_default();
    snippet.text.extend(piece.chars().map(|c| if c == '\n' || c == '\r' { ' ' } else { c }));
    if window.end < text.len() {
        snippet.text.push('…');
    }
    snippet
}

/// Byte ranges of `text` where a run of the query stands; overlapping ones are joined.
fn find_all(text: &str, phrases: &Phrases) -> Vec<Range<usize>> {
    let analysis = analyse(text);
    let mut found: Vec<Range<usize>> = Vec::new();
    for (query, run) in phrases.runs() {
        let candidates = analysis.atoms().windows(run.len().max(1));
        found.extend(candidates.filter_map(|candidate| matched(&analysis, candidate, query, run)));
    }
    found.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in found {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

/// Where `candidate` stands in its text, when it is the same run as `run`.
fn matched(text: &Analysis, candidate: &[Atom], query: &Analysis, run: &[Atom]) -> Option<Range<usize>> {
    let (first, last) = (candidate.first()?, candidate.last()?);
    let unbroken = last.position - first.position + 1 == run.len();
    let same = candidate.iter().zip(run).all(|(left, right)| text.folded(left) == query.folded(right));
    (unbroken && same).then_some(first.source.start..last.source.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The snippet of `text` with its matches in square brackets.
    fn check(text: &str, query: &str, expected: &str) {
        let phrases = Phrases::of(&crate::query::parse(query).expect("the query has words"));
        let snippet = cut(text, &phrases);
        let mut marked = snippet.text.clone();
        for range in snippet.matches.iter().rev() {
            marked.insert(range.end, ']');
            marked.insert(range.start, '[');
        }
        assert_eq!(marked, expected);
    }

    #[test]
    fn matches_are_marked_as_printed() {
        check(
            "做好 ２０２１年公开，公开栏每月更新。",
            "2021年公开 公开栏",
            "做好 [２０２１年公开]，[公开栏]每月更新。",
        );
        check("公开公开", "公开公", "[公开公]开");
        check("第一段\n第二段", "第二", "第一段 [第二]段");
        check("办理12345热线", "234", "办理12345热线");
    }

    #[test]
    fn long_texts_are_cut_around_the_first_match() {
        let text = format!("{}公开{}", "前".repeat(100), "后".repeat(100));
        check(&text, "公开", &format!("…{}[公开]{}…", "前".repeat(15), "后".repeat(63)));
        check(&"长".repeat(100), "公开", &format!("{}…", "长".repeat(80)));
    }
}
