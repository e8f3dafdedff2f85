//! 附件 as a mark before an attachment, and the list of attachments behind 附件： to their titles.

use duban_document::{label, numeral};

use super::text::{forward, is_blank, squeeze, trim};
use super::words;
use crate::reading;

/// A mark 附件, 附件1 or 附件：.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// Bytes of the text that it takes, blanks behind it not.
    pub(super) end: usize,
    pub(super) has_colon: bool,
    /// Whether it bears a number: 附件2.
    pub(super) is_numbered: bool,
}

/// The mark that `text` begins with; running text such as 附件所列任务 has none.
pub(super) fn mark_at(text: &str) -> Option<Mark> {
    let mut end = "附".len() + text.strip_prefix('附').map(|_| 0)?;
    end = forward(text, end, is_blank);
    let word = text[end..].starts_with('件');
    if word {
        end += '件'.len_utf8();
    }
    let number = forward(text, end, is_blank);
    let is_digit = |c| numeral::arabic_digit(c).is_some() || numeral::is_han_numeral(c);
    let after_number = forward(text, number, is_digit);
    let is_numbered = word && after_number > number && after_number - number <= 9;
    if is_numbered {
        end = after_number;
    }
    let colon = forward(text, end, |c| is_blank(c) || matches!(c, '.' | '．' | '、') && is_numbered);
    let has_colon = text[colon..].starts_with(['：', ':']);
    if has_colon {
        end = forward(text, colon, |c| matches!(c, '：' | ':'));
    } else if !word {
        return None;
    }
    let rest = &text[end..];
    let parted = rest.starts_with(is_blank) || rest.starts_with('《') || rest.is_empty();
    let bare = squeeze(super::text::opening(rest, 100));
    let titled = !bare.contains(['。', '，']) && words::ends_as_title(&bare);
    let marks = has_colon || rest.is_empty() || (parted || is_numbered) && titled;
    marks.then_some(Mark { end, has_colon, is_numbered })
}

/// Whether the mark in `text` is that of the only or the first attachment.
pub(super) fn is_first(text: &str) -> bool {
    let squeezed = squeeze(text);
    matches!(squeezed.trim_end_matches(['：', ':', '.', '、']), "附" | "附件" | "附件1" | "附件一" | "附件１")
}

/// The titles in `lines`, what stands behind 附件： up to the signature. Numbers part them, also
/// within a line; a line without a number goes on with the title before it.
pub(super) fn titles(lines: &[&str]) -> Vec<String> {
    let mut printed: Vec<String> = Vec::new();
    let mut is_numbered = false;
    for line in lines {
        let line = &line[trim(line, 0..line.len())];
        for (index, part) in numbered_parts(line).into_iter().enumerate() {
            let text = &line[part.clone()];
            let label = label::at(text).filter(|_| index > 0 || starts_series(text));
            let bare = label.map_or(text, |label| &text[label.len..]);
            let goes_on = label.is_none()
                && mark_at(text).is_none()
                && printed.last().is_some_and(|last| is_numbered || !is_complete(last));
            let bare = mark_at(bare).map_or(bare, |mark| &bare[mark.end..]);
            is_numbered |= label.is_some();
            match printed.last_mut() {
                Some(last) if goes_on => last.push_str(bare),
                _ => printed.push(bare.to_owned()),
            }
        }
    }
    let mut titles: Vec<String> = Vec::new();
    for title in printed.iter().map(|title| clean(title)) {
        if !title.is_empty() && !titles.contains(&title) {
            titles.push(title);
        }
    }
    titles
}

fn starts_series(text: &str) -> bool {
    label::at(text).is_some_and(|label| !text[label.len..].trim().is_empty())
}

fn is_complete(title: &str) -> bool {
    let bare = clean(title);
    bare.len() < squeeze(title).len() || words::ends_as_title(&reading::fold(&bare))
}

/// Cuts `1.甲方案2.乙清单` before each number that continues the series.
fn numbered_parts(line: &str) -> Vec<std::ops::Range<usize>> {
    let mut cuts = vec![0];
    let mut wanted = label::at(line).map(|label| (label.style, label.mark, label.value + 1));
    if let Some((style, mark, _)) = wanted {
        for (offset, c) in line.char_indices().skip(1) {
            let could =
                numeral::arabic_digit(c).is_some() || numeral::is_han_numeral(c) || matches!(c, '（' | '(');
            let inside =
                line[..offset].chars().next_back().is_some_and(|c| numeral::arabic_digit(c).is_some());
            if !could || inside {
                continue;
            }
            let found = label::at(&line[offset..]).map(|label| (label.style, label.mark, label.value));
            if found == wanted {
                cuts.push(offset);
                wanted = wanted.map(|(_, _, value)| (style, mark, value + 1));
            }
        }
    }
    cuts.push(line.len());
    cuts.windows(2).map(|ends| trim(line, ends[0]..ends[1])).filter(|part| !part.is_empty()).collect()
}

/// A title without blanks, trailing marks, file extension and the 《》 around all of it.
pub(super) fn clean(title: &str) -> String {
    const EXTENSIONS: [&str; 15] = [
        ".docx", ".doc", ".xlsx", ".xls", ".pptx", ".ppt", ".pdf", ".wps", ".et", ".ofd", ".zip", ".rar",
        ".jpg", ".png", ".txt",
    ];
    let squeezed = squeeze(without_buttons(title));
    let trailing = |c: char| matches!(c, '；' | ';' | '。' | '，' | ',' | '、' | '.' | '：' | ':');
    let mut bare = squeezed.trim_matches(trailing);
    let lower = bare.to_ascii_lowercase();
    if let Some(extension) = EXTENSIONS.iter().find(|extension| lower.ends_with(*extension)) {
        bare = &bare[..bare.len() - extension.len()];
    }
    for note in ["（略）", "(略)", "（另发）", "（下载）", "（点击下载）"] {
        bare = bare.strip_suffix(note).unwrap_or(bare);
    }
    let inner = bare.strip_prefix('《').and_then(|rest| rest.strip_suffix('》'));
    inner.filter(|inner| !inner.contains('》') || inner.contains('《')).unwrap_or(bare).to_owned()
}

/// `title` without the buttons of a web page that ran into its line: 任务表.doc 【打印本页】 关闭窗口.
fn without_buttons(title: &str) -> &str {
    let is_bracket = |c: char| matches!(c, '【' | '】' | '[' | ']');
    let mut bare = title.trim_end_matches(is_blank);
    loop {
        let start =
            if bare.ends_with(['】', ']']) { bare.rfind(['【', '[']) } else { bare.rfind(is_blank) };
        let Some(start) = start.filter(|start| *start > 0) else { return bare };
        let word = bare[start..].trim_matches(|c| is_bracket(c) || is_blank(c));
        if !words::is_button(&squeeze(word)) {
            return bare;
        }
        bare = bare[..start].trim_end_matches(is_blank);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks() {
        let end = |text| mark_at(text).map(|mark| mark.end);
        assert_eq!(end("附件"), Some("附件".len()));
        assert_eq!(end("附 件 2"), Some("附 件 2".len()));
        assert_eq!(end("附件：1.任务清单"), Some("附件：".len()));
        assert_eq!(end("附件1：任务清单"), Some("附件1：".len()));
        assert_eq!(end("附件1任务分解表"), Some("附件1".len()));
        assert_eq!(end("附件 任务清单"), Some("附件".len()));
        assert_eq!(end("附件所列任务，请抓好落实。"), None);
        assert_eq!(end("附件2所列任务由县财政局负责。"), None);
        assert_eq!(end("附则"), None);
    }

    #[test]
    fn lists() {
        assert_eq!(
            titles(&["1.云岭县任务清单", "2.云岭县任务", "分解表.docx"]),
            ["云岭县任务清单", "云岭县任务分解表"]
        );
        assert_eq!(titles(&["1.甲方案；2.乙清单。"]), ["甲方案", "乙清单"]);
        assert_eq!(titles(&["云岭县2021年任务", "分解表"]), ["云岭县2021年任务分解表"]);
        assert_eq!(titles(&["《云岭县2021年任务分解表》"]), ["云岭县2021年任务分解表"]);
        assert_eq!(titles(&["甲工作方案", "附件2：乙清单"]), ["甲工作方案", "乙清单"]);
        assert_eq!(titles(&["甲清单.doc 【打印本页】[关闭窗口]"]), ["甲清单"]);
        assert_eq!(titles(&["甲清单【试行】", "附件2：乙清单 打印 关闭"]), ["甲清单【试行】", "乙清单"]);
    }
}
