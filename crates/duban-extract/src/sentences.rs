//! Sentences of an item: to 。 or ；, a bracket of labels and a line break apart.

use std::ops::Range;

use crate::slots::marks;

/// The ranges of the sentences of `text`, final marks included, white space around them apart.
pub(crate) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut start, mut nesting) = (0, 0usize);
    for (offset, c) in marks(text) {
        match c {
            '（' | '(' | '“' | '《' => nesting += 1,
            '）' | ')' | '”' | '》' => nesting = nesting.saturating_sub(1),
            _ => {}
        }
        let ends = matches!(c, '。' | '；' | ';' | '！') && nesting == 0;
        if ends || c == '\n' {
            push(text, start..offset + c.len_utf8(), &mut found);
            start = offset + c.len_utf8();
            nesting = 0;
        }
    }
    push(text, start..text.len(), &mut found);
    found
}

fn push(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let Some(sentence) = text.get(range.clone()) else { return };
    let start = range.start + (sentence.len() - sentence.trim_start().len());
    let end = start + sentence.trim().len();
    if start < end {
        found.push(start..end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_inside_brackets_end_nothing() {
        let text = "加强管理；做好公开（如公示；公告）。\n各社区要报送";
        let found: Vec<&str> = sentences(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["加强管理；", "做好公开（如公示；公告）。", "各社区要报送"]);
    }
}
