//! The word lists of the head, read once.

use std::sync::LazyLock;

use super::text::{is_within, squeeze, without_end_bracket};
use crate::marks::is_word;
use crate::reading::fold;
use duban_document::Words;

/// The words of a data file: one a line, `#` opens a comment.
fn words(file: &'static str) -> Vec<&'static str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

macro_rules! word_list {
    ($name:ident, $file:literal) => {
        static $name: LazyLock<Vec<&'static str>> =
            LazyLock::new(|| words(include_str!(concat!("../../data/", $file))));
    };
    ($name:ident, $file:literal, $edge:ident) => {
        static $name: LazyLock<Words<&'static str>> = LazyLock::new(|| {
            Words::$edge(
                words(include_str!(concat!("../../data/", $file))).into_iter().map(|word| (word, word)),
            )
        });
    };
}

word_list!(TITLE_ENDINGS, "head_title_endings.txt", of_ends);
word_list!(TITLE_ENDINGS_INSIDE, "head_title_endings.txt", of_heads);
word_list!(PART_HEADINGS, "head_part_headings.txt");
word_list!(PAGE_WORDS, "head_page_words.txt");
word_list!(FORM_WORDS, "head_form_words.txt");
word_list!(PAGE_FEET, "head_page_feet.txt", of_heads);
word_list!(ORGAN_ENDINGS, "head_organ_endings.txt", of_ends);
word_list!(CAPTION_KEYS, "head_caption_keys.txt");
word_list!(BASIS_NAMES, "head_basis_names.txt", of_ends);

/// Whether `text` (squeezed) ends as the title of a document does, a bracket and 》 apart.
pub(super) fn ends_as_title(text: &str) -> bool {
    let bare = text.trim_end_matches(['》', '”', '*', '＊', '　']);
    let bare = without_end_bracket(bare).trim_end_matches(['》', '”']);
    TITLE_ENDINGS.at_end(bare).is_some()
}

/// `text` (letters and digits alone) without the kind of document that it ends in.
pub(super) fn without_title_ending(text: &str) -> &str {
    TITLE_ENDINGS.at_end(text).map_or(text, |(word, _)| text.strip_suffix(word).unwrap_or(text))
}

/// The longest title ending that `text` begins with.
pub(super) fn title_ending_at(text: &str) -> Option<&'static str> {
    TITLE_ENDINGS_INSIDE.at_head(text).map(|(word, _)| word)
}

/// Whether `text` (squeezed) is the heading of a part of a plan and no title.
pub(super) fn is_part_heading(text: &str) -> bool {
    PART_HEADINGS.contains(&text)
}

/// Whether `text` (squeezed) is a word of a web page around the notice.
pub(super) fn is_page_word(text: &str) -> bool {
    is_within(text, 12)
        && (PAGE_WORDS.contains(&text) || text.starts_with("当前位置") || text.starts_with("您的位置"))
}

/// Whether `text` (squeezed) says by what path of menus the page is reached: 首页>政务公开>文件.
pub(super) fn is_page_path(text: &str) -> bool {
    let step = ['>', '＞', '»', '›'];
    let Some((first, behind)) = text.split_once(step) else { return opens_weak_path(text) };
    let first = first.rsplit(['：', ':']).next().unwrap_or(first);
    behind.contains(step) || is_page_word(first)
}

/// Whether `text` (squeezed) is such a path with steps that titles have, too: 首页/政务公开/通知.
fn opens_weak_path(text: &str) -> bool {
    let place =
        text.trim_start_matches("您现在的").trim_start_matches("当前位置").trim_start_matches(['：', ':']);
    let home = place.trim_start_matches("网站").strip_prefix("首页");
    home.is_some_and(|behind| behind.starts_with(['/', '／', '-', '—', '－', '→', '·']))
}

/// Whether `text` is a line of the form above a title: 机密★10年, 特急, 等级 特急·明电.
pub(super) fn is_form_line(text: &str) -> bool {
    const LONGEST: usize = 60;
    let word = || text.split(|c: char| !is_word(c)).find(|word| !word.is_empty());
    is_within(text, LONGEST)
        && (word().is_some_and(|word| FORM_WORDS.contains(&word))
            || is_within(text, 8) && FORM_WORDS.contains(&&*squeeze(text)))
}

/// Whether `text` (squeezed) begins as a line at the foot of a web page does, its brackets apart.
pub(super) fn opens_page_foot(text: &str) -> bool {
    PAGE_FEET.at_head(text.trim_start_matches(['【', '[', '〖', '（', '('])).is_some()
}

/// Whether `text` (squeezed) is the imprint of a web site, whatever it begins with: 备案号：…ICP备….
pub(super) fn is_site_imprint(text: &str) -> bool {
    let tells = ["ICP备", "网站标识码", "版权所有", "公网安备"].iter().any(|word| text.contains(word));
    // 技术支持：县大数据局 may stand below a task.
    tells || (text.contains("技术支持") && ["公司", "主办", "承办"].iter().any(|word| text.contains(word)))
}

/// What a line says that stands at the foot of a web page, but in notices, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FootLine {
    /// Where the text comes from and who put it there, in so many fields.
    Source(usize),
    /// How to reach somebody.
    Contact,
}

/// What the fields of `text` (squeezed) say: 来源：…, 审核：… 编辑：….
pub(super) fn foot_line(text: &str) -> Option<FootLine> {
    const SOURCES: [&str; 11] = [
        "来源",
        "审核",
        "审核人",
        "编辑",
        "责编",
        "校对",
        "供稿",
        "撰稿",
        "发布时间",
        "发布日期",
        "更新时间",
    ];
    const CONTACTS: [&str; 6] = ["地址", "邮编", "邮政编码", "电话", "联系电话", "传真"];
    let mut fields = text.match_indices(['：', ':']).map(|(end, _)| &text[..end]);
    let first = fields.next()?;
    if CONTACTS.contains(&first) {
        return Some(FootLine::Contact);
    }
    let bare = ["信息", "文章"].iter().find_map(|kind| first.strip_prefix(kind)).unwrap_or(first);
    let others = fields.filter(|before| SOURCES.iter().any(|field| before.ends_with(field))).count();
    SOURCES.contains(&bare).then_some(FootLine::Source(1 + others))
}

/// Whether `text` (squeezed) is a button at the foot of a web page: 打印本页.
pub(super) fn is_button(text: &str) -> bool {
    is_page_word(text) && opens_page_foot(text)
}

/// The ending of a body's name that `text` (squeezed, no bracket at its end) ends in.
pub(super) fn organ_ending(text: &str) -> Option<&'static str> {
    ORGAN_ENDINGS.at_end(text).map(|(word, _)| word)
}

/// Whether `text` holds a word of the list `words`, which is looked up from heads.
pub(super) fn says_any(text: &str, words: &Words<()>) -> bool {
    words.next_at_head(text, 0).is_some()
}

/// Whether `text` is the name of a field in a table about the notice.
pub(super) fn is_caption_key(text: &str) -> bool {
    is_within(text, 12) && {
        let name = squeeze(text);
        CAPTION_KEYS.contains(&&*fold(&name))
    }
}

/// Whether the value of the field `name` is a document number.
pub(super) fn is_number_field(name: &str) -> bool {
    matches!(&*fold(&squeeze(name)), "文号" | "发文字号" | "发文文号" | "文件字号" | "文件编号")
}

/// Whether the value of the field `name` is of the page alone: how often it was read, the size of its letters.
pub(super) fn is_page_field(name: &str) -> bool {
    let name = squeeze(name);
    matches!(&*fold(&name), "字号" | "字体")
        || ["次数", "量", "數", "数"].iter().any(|end| name.ends_with(end))
}

/// Whether `text` (squeezed) ends as the bare name of a document does.
pub(super) fn ends_as_basis(text: &str) -> bool {
    BASIS_NAMES.at_end(text).is_some()
}
