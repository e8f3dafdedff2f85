//! What a web page prints in front of a notice: menus and fields between bars, greetings, the name of a
//! column before the title, the words of whoever reprints it; and the bars that its tables leave in the text.

use std::ops::Range;

use duban_document::{Block, label, numeral};

use super::shape::Shape;
use super::text::{has_at_least, is_blank, is_within, squeeze, trim};
use super::{recipients, title, words};
use crate::marks::is_word;
use crate::table;

/// What parts the entries of a menu, or a field's name and its value; 丨 is typed for a bar.
const BARS: [char; 3] = ['|', '｜', '丨'];

/// Most characters of a line of a page.
const LONGEST: usize = 300;

/// Whether `text` in front of a notice is the page's and no part of the notice.
pub(super) fn is_line(text: &str) -> bool {
    is_within(text, LONGEST) && (is_parted(text) || is_addressed(text) || is_summary(text) || is_names(text))
}

/// What a page says to who reads it: 您好，欢迎访问云岭县人民政府网站！, 下面是小编整理的范文，欢迎阅读。
fn is_addressed(text: &str) -> bool {
    const LONGEST: usize = 40;
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let welcomes = || text.contains("欢迎") && says(&["欢迎来到", "欢迎访问", "欢迎光临", "欢迎您"]);
    let invites = || text.ends_with(['！', '!']) && words::opens_page_foot(text);
    // 缩小编制规模 is no editor's.
    let is_editors = || text.contains("小编") && says(&["阅读", "整理", "参考", "收藏"]);
    is_within(text, LONGEST) && (welcomes() || invites()) || is_editors()
}

/// What a site puts in a nutshell: 导读：…, 【摘要】….
fn is_summary(text: &str) -> bool {
    const NAMES: [&str; 7] = ["导读", "导语", "摘要", "内容摘要", "内容提要", "编者按", "核心提示"];
    let bare = text.trim_start_matches(['【', '[']);
    NAMES
        .iter()
        .any(|name| bare.strip_prefix(name).is_some_and(|behind| behind.starts_with(['：', ':', '】', ']'])))
}

/// 政策解读：, 分享：, 您现在的位置：, 用户名： 密码： with nothing behind: the name of a column or of what a
/// page shows.
fn is_names(text: &str) -> bool {
    const LONGEST: usize = 12;
    let is_name = |name: &str| words::is_page_word(&squeeze(name)) || name.ends_with("位置");
    text.ends_with(['：', ':'])
        && is_within(text, LONGEST)
        && text.split_terminator(['：', ':']).all(|name| is_name(name.trim_matches(is_blank)))
}

/// The cells of a line that bars part (文 号 | 云政发〔2021〕3号 |); one where none stands.
pub(super) fn cells(text: &str) -> impl Iterator<Item = &str> {
    text.split(BARS).map(|cell| cell.trim_matches(is_blank))
}

/// The end of `text` without the bars that a row of one cell leaves behind (一、修渠 |), or a row of none (|||).
pub(super) fn before_last_bar(text: &str) -> usize {
    let bare = text.trim_end_matches(BARS);
    let is_row = bare.len() == text.len() || bare.contains(BARS) && bare.contains(is_word);
    if is_row { text.len() } else { bare.len() }
}

/// Whether bars part `text`, and it is neither running text nor a row of a table of tasks.
fn is_parted(text: &str) -> bool {
    let is_row = || {
        let first = cells(text).find(|cell| !cell.is_empty()).unwrap_or_default();
        let heads = |cell: &str| table::is_head(cell) && !words::is_caption_key(cell);
        label::at(text).is_some() || numeral::parse(first).is_some() || cells(text).any(heads)
    };
    text.contains(BARS) && !text.contains(['。', '；']) && !is_row()
}

/// `text` in front of a notice with the title in it set apart from the page's words beside it
/// (政策文件 | 云岭县防汛工作方案, 政策解读：云岭县防汛工作方案).
pub(super) fn around_title(text: &str) -> Option<Vec<(Range<usize>, Shape)>> {
    if !is_within(text, LONGEST) {
        return None;
    }
    let title = behind_column(text).or_else(|| between_bars(text))?;
    let pieces = [0..title.start, title.clone(), title.end..text.len()];
    let shape = |piece: &Range<usize>| if *piece == title { Shape::Line } else { Shape::Caption };
    let says = |piece: &Range<usize>| text[piece.clone()].contains(is_word);
    let pieces = pieces.into_iter().map(|piece| trim(text, piece)).filter(says);
    Some(pieces.map(|piece| (piece.clone(), shape(&piece))).collect())
}

fn behind_column(text: &str) -> Option<Range<usize>> {
    let colon = text.find(['：', ':'])?;
    let end = colon + text[colon..].chars().next().map_or(0, char::len_utf8);
    let title = trim(text, end..text.len());
    let tells = is_names(&text[..end]) && !text[..colon].ends_with("位置") && is_title(&text[title.clone()]);
    (tells && !words::is_page_path(&squeeze(text))).then_some(title)
}

/// The longest of the cells that are titles, unless it is the value of a field.
fn between_bars(text: &str) -> Option<Range<usize>> {
    if !is_parted(text) || words::is_page_path(&squeeze(text)) {
        return None;
    }
    let (mut start, mut is_value, mut longest) = (0, false, 0..0);
    for cell in text.split(BARS) {
        let range = trim(text, start..start + cell.len());
        start += cell.len();
        start += text[start..].chars().next().map_or(0, char::len_utf8);
        let cell = &text[range.clone()];
        if !is_value && range.len() > longest.len() && is_title(cell) {
            longest = range;
        }
        is_value = words::is_caption_key(cell.trim_end_matches(['：', ':']));
    }
    (!longest.is_empty()).then_some(longest)
}

fn is_title(text: &str) -> bool {
    const SHORTEST: usize = 7;
    has_at_least(text, SHORTEST) && title::is_line(text) && words::ends_as_title(&squeeze(text))
}

/// How many of the first `blocks` are whoever reprints the notice introducing it, the line that ends so
/// among them: 近日，云岭县公布防汛工作方案。⏎详情如下：. What a notice itself says stands behind its recipients.
pub(super) fn introduction(blocks: &[Block]) -> usize {
    const MOST_BLOCKS: usize = 24;
    const ENDS: [&str; 4] = ["详情如下", "全文如下", "原文如下", "正文如下"];
    let texts = blocks.iter().take(MOST_BLOCKS).map_while(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.text.as_str().trim_end_matches(is_blank)),
        Block::Table(_) => None,
    });
    for (index, text) in texts.enumerate() {
        let Some(bare) = text.strip_suffix(['：', ':']) else {
            if label::at(text).is_some() {
                return 0;
            }
            continue;
        };
        if ENDS.iter().any(|end| bare.ends_with(end)) {
            return index + 1;
        }
        if recipients::list_end(text) == Some(text.len()) {
            return 0;
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_page() {
        for text in [
            "登录 | 注册",
            "文 号 | 云政发〔2021〕3号 | 发文日期 | 2021-01-30 16:20 |",
            "---|---|",
            "欢迎访问云岭县水利局!",
            "政策解读：",
            "您现在的位置:",
            "用户名： 密码：",
            "扫一扫，在手机上看！",
            "【摘要】云岭县印发了防汛工作方案。",
        ] {
            assert!(is_line(text), "{text}");
        }
        for text in [
            "序号 | 工作任务 | 责任单位",
            "1 | 修渠 | 县水利局",
            "一、修渠 |",
            "各乡镇要修渠|清淤。",
            "云岭县欢迎新市民工作方案",
            "缩小编制，规范管理。",
            "指导思想：",
        ] {
            assert!(!is_line(text), "{text}");
        }
    }

    #[test]
    fn bars_at_the_end() {
        for (text, expected) in
            [("修渠 |", "修渠 "), ("|||", ""), ("修渠 | 清淤 |", "修渠 | 清淤 |"), ("修渠", "修渠")]
        {
            assert_eq!(&text[..before_last_bar(text)], expected, "{text}");
        }
    }

    #[test]
    fn titles_beside_words_of_a_page() {
        let title = |text: &'static str| {
            let pieces = around_title(text)?;
            let (range, _) = pieces.into_iter().find(|(_, shape)| *shape == Shape::Line)?;
            Some(&text[range])
        };
        assert_eq!(title("政务服务丨云岭县防汛工作方案"), Some("云岭县防汛工作方案"));
        assert_eq!(title("云岭县防汛工作方案 | 云岭县人民政府"), Some("云岭县防汛工作方案"));
        assert_eq!(title("政策解读:云岭县防汛工作方案（试行）"), Some("云岭县防汛工作方案（试行）"));
        assert_eq!(title("标 题 | 云岭县防汛工作方案 |"), None);
        assert_eq!(title("当前位置：首页 > 云岭县防汛工作方案"), None);
        assert_eq!(title("公告 | 工作方案 | 要点"), None);
    }
}
