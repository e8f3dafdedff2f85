//! Bold that `CommonMark` does not see.
//!
//! A closing `**` between a mark and a letter is text by its rule, which was made for words with blanks
//! between: `**（一）检查。**各镇…`. Converters write it all the same, so what stands in pairs on a line is
//! blanked out before the page is parsed.

use std::ops::Range;

/// What stands for a star of bold in the page that is parsed: as long, and not shown.
const UNSEEN: char = '\u{7F}';

/// Appends `line` to `page` with the stars of its bold unseen, byte for byte at the same places.
pub(super) fn push_without(page: &mut String, line: &str) {
    let mut from = 0;
    if line.contains("**") {
        for stars in pairs(line) {
            page.push_str(&line[from..stars.start]);
            page.extend(std::iter::repeat_n(UNSEEN, stars.len()));
            from = stars.end;
        }
    }
    page.push_str(&line[from..]);
}

/// The runs of stars that open and close bold on `line`, in order.
fn pairs(line: &str) -> Vec<Range<usize>> {
    let (mut found, mut open) = (Vec::new(), None::<Range<usize>>);
    let mut inside = Vec::new();
    let mut from = 0;
    while let Some(stars) = run(line, from) {
        from = stars.end;
        match open.take() {
            Some(first) if line[first.end..stars.start].contains('|') => {
                open = opens(line, &stars).then_some(stars);
            }
            // **一、****目标。**: bold that closes and opens again.
            Some(first) if stars.len() == 2 * first.len() => {
                inside.push(stars);
                open = Some(first);
                continue;
            }
            Some(first) if stars.len() == first.len() && closes(line, &stars) => {
                found.push(first);
                found.append(&mut inside);
                found.push(stars);
            }
            _ => open = opens(line, &stars).then_some(stars),
        }
        inside.clear();
    }
    found
}

/// The first run of two stars or more at or after byte `from` that is not escaped.
fn run(line: &str, mut from: usize) -> Option<Range<usize>> {
    loop {
        let start = from + line.get(from..)?.find("**")?;
        let end = line.len() - line[start..].trim_start_matches('*').len();
        if !line[..start].ends_with('\\') {
            return Some(start..end);
        }
        from = end;
    }
}

/// Whether `stars` may open bold: two or three, and words follow. 王**、李** are names left out.
fn opens(line: &str, stars: &Range<usize>) -> bool {
    let after = line[stars.end..].chars().next();
    let ends = |c: char| c.is_whitespace() || "，。、；：！？）)”,.;:|".contains(c);
    matches!(stars.len(), 2 | 3) && after.is_some_and(|c| !ends(c))
}

/// Whether `stars` may close bold: 2 ** 3 closes none.
fn closes(line: &str, stars: &Range<usize>) -> bool {
    !(line[..stars.start].ends_with(char::is_whitespace)
        && line[stars.end..].starts_with(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bold_that_closes_against_the_text() {
        for (line, expected) in [
            ("**（一）检查。**各镇要自查。", "（一）检查。各镇要自查。"),
            ("***（一）检查：***各镇要自查。", "（一）检查：各镇要自查。"),
            (
                "1．**自查。**3月底前报告。**牵头单位：**县水务局。",
                "1．自查。3月底前报告。牵头单位：县水务局。",
            ),
            ("**一、****目标。**按期完成。", "一、目标。按期完成。"),
            ("| **任务** | **单位** |", "| 任务 | 单位 |"),
            ("王**、李**和2 ** 3", "王**、李**和2 ** 3"),
            ("138****1234和139****1234", "138****1234和139****1234"),
            ("**未完", "**未完"),
            ("| a** | **b |", "| a** | **b |"),
            (r"\**原文**", r"\**原文**"),
        ] {
            let mut page = String::new();
            push_without(&mut page, line);
            assert_eq!(page.len(), line.len());
            assert_eq!(page.replace(UNSEEN, ""), expected, "{line}");
        }
    }
}
