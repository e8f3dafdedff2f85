//! A line that holds many paragraphs to its parts: copied text often keeps nothing of a paragraph
//! break but the next one's indent, a pair of full-width spaces in mid-line.

use std::ops::Range;

use duban_document::label;

use super::flow::{self, End};
use super::width;

/// Columns of the blank that stands for an indent: two full-width spaces.
const INDENT: u32 = 4;
/// So many indents behind finished sentences show that the line uses them as paragraph marks.
const MANY: usize = 2;

/// The parts of `text`, without the blanks between them.
///
/// An indent parts the text behind a full stop and before a label; once it has done so [`MANY`]
/// times, every indent of the line does, also those around titles, signatures and dates. One in the
/// middle of a spaced word (`方　　案`) never does.
pub(crate) fn parts(text: &str) -> Vec<Range<usize>> {
    let indents = indents(text);
    let sure = indents.iter().filter(|indent| indent.sure).count();
    let mut parts = Vec::new();
    let mut start = 0;
    for (index, indent) in indents.iter().enumerate() {
        let next = indents.get(index + 1).map_or(text.len(), |next| next.range.start);
        let is_word = |range: Range<usize>| text.get(range).is_some_and(|part| part.chars().nth(1).is_some());
        let between_words = is_word(start..indent.range.start) && is_word(indent.range.end..next);
        if between_words && (indent.sure || sure >= MANY) {
            parts.push(start..indent.range.start);
            start = indent.range.end;
        }
    }
    parts.push(start..text.len());
    parts
}

/// A blank as wide as an indent.
struct Indent {
    range: Range<usize>,
    /// Whether what stands around it says that a paragraph begins.
    sure: bool,
}

fn indents(text: &str) -> Vec<Indent> {
    let mut indents = Vec::new();
    let mut rest = 0;
    while let Some(found) = text.get(rest..).and_then(|text| text.find(char::is_whitespace)) {
        let start = rest + found;
        let tail = text.get(start..).unwrap_or_default();
        let blank = tail.len() - tail.trim_start().len();
        let end = start + blank;
        let columns: u32 = tail.get(..blank).unwrap_or_default().chars().map(width::of).sum();
        if columns >= INDENT {
            let (before, after) =
                (text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default());
            let finished = flow::end_of(before) == End::Sentence;
            indents.push(Indent { range: start..end, sure: finished || label::at(after).is_some() });
        }
        rest = end;
    }
    indents
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = parts(text).into_iter().map(|part| &text[part]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn an_indent_behind_a_sentence_or_before_a_label_parts() {
        check("请认真执行。　　特此通知", &["请认真执行。", "特此通知"]);
        check("重点任务　　（一）完善清单", &["重点任务", "（一）完善清单"]);
        check("云溪县人民政府办公室　　2031年3月5日印发", &["云溪县人民政府办公室　　2031年3月5日印发"]);
        check("工　　作　　要　　求", &["工　　作　　要　　求"]);
    }

    #[test]
    fn a_line_of_many_paragraphs_is_parted_at_each_indent() {
        check(
            "各镇：　　请执行。　　2031年3月5日　　实施方案　　为落实要求，制定本方案。　　一、目标　　做好。",
            &[
                "各镇：",
                "请执行。",
                "2031年3月5日",
                "实施方案",
                "为落实要求，制定本方案。",
                "一、目标",
                "做好。",
            ],
        );
    }
}
