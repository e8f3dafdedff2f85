//! What a page's own table says of the notice (发文机关, 成文日期, …) to values for the head.
//!
//! The notice's text wins over it: these values only fill what the text does not say. When the page was
//! posted (发布日期) says nothing of the notice.

use std::ops::Range;

use duban_document::{Block, Document, Table};

use super::date;
use super::number;
use super::page;
use super::text::{backward, forward, has_at_least, is_blank, is_within, opening, squeeze, trim};
use super::words;
use crate::marks::is_word;
use crate::reading::fold;

/// The values that fill the head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Metadata {
    pub(super) title: Option<String>,
    pub(super) document_number: Option<String>,
    pub(super) issuer: Option<String>,
    /// 成文日期, ISO 8601.
    pub(super) written_on: Option<String>,
}

impl Metadata {
    /// The values that the reader found outside the text.
    pub(super) fn of_document(document: &Document) -> Self {
        let mut metadata = Self::default();
        for (name, value) in &document.metadata {
            metadata.take(name, value);
        }
        metadata
    }

    /// Takes what `blocks` state in fields; the first statement of each field stays.
    pub(super) fn take_captions<'a>(&mut self, blocks: impl Iterator<Item = &'a Block>) {
        // The name of a field whose value stands in the next block.
        let mut open: Option<&str> = None;
        for block in blocks {
            let pairs = match block {
                Block::Table(table) => pairs_of_table(table),
                Block::Paragraph(paragraph) => match open.take() {
                    Some(name) if !is_caption(block) => vec![(name, paragraph.text.as_str())],
                    _ => pairs_of_text(paragraph.text.as_str()),
                },
            };
            open = pairs.last().filter(|(_, value)| value.is_empty()).map(|(name, _)| *name);
            for (name, value) in pairs {
                self.take(name, value);
            }
        }
    }

    fn take(&mut self, name: &str, value: &str) {
        let value = value.trim_matches(is_blank);
        if value.is_empty() {
            return;
        }
        let text = || Some(squeeze(value).into_owned());
        let day = || date::first(value);
        // The Latin names are those of 《政府网站发展指引》 for `<meta>` (国办发〔2017〕47号).
        match fold(&squeeze(name)).to_ascii_lowercase().trim_end_matches(['：', ':']) {
            "articletitle" | "标题" | "文件标题" | "名称" | "文件名称" | "信息名称" => {
                fill(&mut self.title, text);
            }
            "发文机关" | "发文单位" | "发文机构" | "发布机构" | "发布机关" | "发布单位" | "制发机关"
            | "制定机关" => {
                fill(&mut self.issuer, || text().filter(|name| !is_site(name)));
            }
            "发文字号" | "发文文号" | "文号" | "文件编号" | "文件字号" => {
                fill(&mut self.document_number, || {
                    number::find(&fold(value), 0).map(|found| found.value(value))
                });
            }
            "成文日期" | "成文时间" | "发文日期" | "发文时间" | "印发日期" => {
                fill(&mut self.written_on, day);
            }
            _ => {}
        }
    }
}

/// Whether a page names a site where it should name a body.
fn is_site(name: &str) -> bool {
    ["网站", "网", "網站", "網"].iter().any(|ending| name.ends_with(ending))
}

fn fill(field: &mut Option<String>, value: impl FnOnce() -> Option<String>) {
    if field.is_none() {
        *field = value();
    }
}

/// Whether `block` states fields about the notice rather than being part of it.
pub(super) fn is_caption(block: &Block) -> bool {
    match block {
        Block::Table(table) => pairs_of_table(table).len() >= 2,
        Block::Paragraph(paragraph) => is_caption_line(paragraph.text.as_str()),
    }
}

/// Whether `text` is a line of fields: 发布日期：2021-07-01 来源：….
pub(super) fn is_caption_line(text: &str) -> bool {
    let text = behind_stamp(text).trim_start_matches(|c: char| !is_word(c));
    let has_key =
        || opening(text, 14).find(NAME_ENDS).is_some_and(|colon| words::is_caption_key(&text[..colon]));
    let is_form = || words::is_form_line(text) && !words::ends_as_title(&squeeze(text));
    is_within(text, 160) && (has_key() || opens_with_spaced_name(text) || is_form())
}

/// `text` behind the hour at its head that a page was posted at: 2021-03-09 10:30:12 浏览：12.
fn behind_stamp(text: &str) -> &str {
    let rest =
        text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | ':' | ' '));
    if text[..text.len() - rest.len()].contains(':') { rest } else { text }
}

/// Whether a blank stands behind the name of a field that `text` begins with: 成文日期 2021年3月2日.
fn opens_with_spaced_name(text: &str) -> bool {
    const LONGEST_NAME: usize = 12;
    let head = opening(text, LONGEST_NAME + 1);
    let name = &head[..spaced_word(head)];
    // 主题 安全生产 may open a notice.
    name.len() < head.len()
        && words::is_caption_key(name)
        && (has_at_least(&squeeze(name), 3) || matches!(&*squeeze(name), "标题" | "文号"))
}

/// Where the word ends that `text` begins with, blanks between its characters or not: 索 引 号.
fn spaced_word(text: &str) -> usize {
    let word = |start| forward(text, start, |c| !is_blank(c));
    let mut end = word(0);
    let mut is_letter = is_within(&text[..end], 1);
    while is_letter {
        let next = forward(text, end, is_blank);
        is_letter = next < text.len() && is_within(&text[next..word(next)], 1);
        end = if is_letter { word(next) } else { end };
    }
    end
}

/// Names and values of the fields in a line with blanks between them.
fn pairs_of_spaced_line(text: &str) -> Vec<(&str, &str)> {
    let (mut names, mut at) = (Vec::new(), 0);
    while at < text.len() {
        let end = at + spaced_word(&text[at..]);
        if words::is_caption_key(&text[at..end]) {
            names.push(at..end);
        }
        at = forward(text, end, is_blank);
    }
    let ends = names.iter().skip(1).map(|next| next.start).chain([text.len()]);
    names.iter().zip(ends).map(|(name, end)| (&text[name.clone()], text[name.end..end].trim())).collect()
}

/// Names and values of the fields in a line, with bars between them or with colons.
fn pairs_of_text(text: &str) -> Vec<(&str, &str)> {
    let pairs = pairs_of_cells(page::cells(text));
    if !pairs.is_empty() {
        return pairs;
    }
    let pairs = pairs_of_line(text);
    if pairs.is_empty() && opens_with_spaced_name(text) { pairs_of_spaced_line(text) } else { pairs }
}

/// The field that `text` names last and leaves without a value: 来源：县政府办 浏览次数：.
pub(super) fn open_field(text: &str) -> Option<&str> {
    let (name, value) = pairs_of_line(text).pop()?;
    value.trim_matches(is_blank).is_empty().then_some(name)
}

/// What stands behind the name of a field: [ 发文字号 ] 云政发〔2021〕3号.
const NAME_ENDS: [char; 4] = ['：', ':', ']', '】'];

/// Names and values of the fields in a line. A field's name is the last word before its colon or inside its
/// brackets, which may have blanks between its characters (文  号：).
fn pairs_of_line(text: &str) -> Vec<(&str, &str)> {
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    let mut start: Option<(&str, usize)> = None;
    for (colon, mark) in text.match_indices(NAME_ENDS) {
        let behind = start.map_or(0, |(_, value)| value);
        let Some(name) = field_name(&text[behind..colon]) else { continue };
        let (begin, name) = (behind + name.start, &text[behind + name.start..behind + name.end]);
        if let Some((name_before, value)) = start {
            pairs.push((name_before, trimmed_value(&text[value..begin])));
        }
        start = Some((name, colon + mark.len()));
    }
    if let Some((name, value)) = start {
        pairs.push((name, trimmed_value(&text[value..])));
    }
    pairs
}

/// A field's value without blanks and the bracket of the next field's name.
fn trimmed_value(text: &str) -> &str {
    text.trim_matches(is_blank).trim_end_matches(|c: char| is_blank(c) || matches!(c, '[' | '【'))
}

/// Where the name of a field stands that `before` ends in, what stands before its colon.
fn field_name(before: &str) -> Option<Range<usize>> {
    let whole = trim(before, 0..before.len());
    if words::is_caption_key(&before[whole.clone()]) {
        return Some(whole);
    }
    let mut start = whole.end;
    loop {
        let word_end = backward(before, start, is_blank);
        let word = backward(before, word_end, |c| !is_blank(c));
        let name = forward(before, word, |c| !is_word(c)).min(whole.end);
        if words::is_caption_key(&before[name..whole.end]) {
            return Some(name..whole.end);
        }
        if word == 0 || !is_within(&before[word..word_end], 1) {
            return None;
        }
        start = word;
    }
}

/// Names and values of a table's fields.
fn pairs_of_table(table: &Table) -> Vec<(&str, &str)> {
    table
        .rows
        .iter()
        .flat_map(|row| pairs_of_cells(row.cells.iter().map(|cell| cell.text.as_str())))
        .collect()
}

/// Names and values of the fields in a row: a cell with a name and the cell behind it, or both in one.
fn pairs_of_cells<'a>(cells: impl Iterator<Item = &'a str>) -> Vec<(&'a str, &'a str)> {
    let mut pairs = Vec::new();
    let mut name: Option<&str> = None;
    for text in cells {
        let bare = text.trim_end_matches(|c: char| is_blank(c) || matches!(c, '：' | ':'));
        if words::is_caption_key(bare) {
            name = Some(bare);
        } else if let Some(name) = name.take() {
            pairs.push((name, text));
        } else if is_caption_line(text) {
            pairs.extend(pairs_of_line(text));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_a_line() {
        assert_eq!(
            pairs_of_line("发布日期：2021-07-01 10:30 来源：县政府办 浏览次数：12"),
            [("发布日期", "2021-07-01 10:30"), ("来源", "县政府办"), ("浏览次数", "12")]
        );
        assert_eq!(
            pairs_of_line("发布机构: 县卫健局 文  号: 云卫发〔2021〕3号 【字体："),
            [("发布机构", "县卫健局"), ("文  号", "云卫发〔2021〕3号"), ("字体", "")]
        );
        assert_eq!(
            pairs_of_line("成文日期：2021-07-01 来源 ：县政府办"),
            [("成文日期", "2021-07-01"), ("来源", "县政府办")]
        );
        assert_eq!(
            pairs_of_line("[ 发文字号 ] 云政发[2021]3号 [ 成文日期 ] 2021-07-01"),
            [("发文字号", "云政发[2021]3号"), ("成文日期", "2021-07-01")]
        );
        assert_eq!(
            pairs_of_text("索 引 号 12/2021 标  题 关于植树的通知 成文日期 2021年7月1日 来源"),
            [
                ("索 引 号", "12/2021"),
                ("标  题", "关于植树的通知"),
                ("成文日期", "2021年7月1日"),
                ("来源", "")
            ]
        );
        assert!(is_caption_line("成文日期 2021年7月1日"));
        assert!(!is_caption_line("主题 做好植树"));
        assert!(is_caption_line("[ 成文日期 ] 2021-07-01"));
        assert_eq!(pairs_of_text("文 号 | 云政发〔2021〕3号 |"), [("文 号", "云政发〔2021〕3号")]);
        assert!(is_caption_line("索 引 号：000014349/2019-00003"));
        assert!(!is_caption_line("责任单位：县财政局"));
    }
}
