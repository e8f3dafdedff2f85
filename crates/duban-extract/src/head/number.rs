//! Document numbers (发文字号) in their many brackets to the form of the record: `云政办发〔2021〕85号`.

use std::ops::Range;
use std::sync::LazyLock;

use duban_document::{Words, numeral};
use memchr::memmem::Finder;

use super::date::{is_year_digit, year_value};
use super::text::{backward, forward, has_at_least, is_blank, is_within, squeeze};
use super::words;

/// A document number in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FoundNumber {
    pub(super) range: Range<usize>,
    code: Range<usize>,
    year: i32,
    serial: String,
}

impl FoundNumber {
    /// The number as the record gives it, no blanks and the year in 〔〕; `printed` is the text it was
    /// found in, or that text as printed.
    pub(super) fn value(&self, printed: &str) -> String {
        let code = squeeze(&printed[self.code.clone()]);
        let mark = printed[self.range.clone()].chars().next_back().unwrap_or('号');
        format!("{code}〔{}〕{}{mark}", self.year, self.serial)
    }
}

/// Longest code of an issuing body in characters, blanks included.
const LONGEST_CODE: usize = 24;

/// The first document number of `text` at or after byte `from`.
pub(super) fn find(text: &str, from: usize) -> Option<FoundNumber> {
    static END: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("号"));
    let rest = text.get(from..)?;
    END.find_iter(rest.as_bytes()).find_map(|offset| before(text, from, from + offset))
}

/// The document number that fills `text`, brackets and 签发人 behind it apart; alone on its line it may have
/// no code of a body: 〔2021〕3号.
pub(super) fn whole(text: &str) -> Option<FoundNumber> {
    const LONGEST: usize = 80;
    if !is_within(text, LONGEST) {
        return None;
    }
    let found = find(text, 0).or_else(|| bare(text))?;
    let around = |part: &str| part.chars().all(|c| is_blank(c) || matches!(c, '（' | '(' | '）' | ')'));
    let behind = squeeze(&text[found.range.end..]);
    let signed = behind.starts_with("签发人");
    (around(&text[..found.range.start]) && (signed || around(&behind))).then_some(found)
}

/// The number without a code that `text` begins with.
fn bare(text: &str) -> Option<FoundNumber> {
    let start = text.len() - text.trim_start_matches(is_blank).len();
    let mark = text[start..].starts_with(['〔', '[', '［']).then(|| text.find('号')).flatten()?;
    let (open, year, serial) = year_and_serial(text, mark)?;
    let range = start..mark + '号'.len_utf8();
    (open == start).then_some(FoundNumber { range, code: start..start, year, serial })
}

/// The number that ends in the 号 at byte `mark`.
fn before(text: &str, from: usize, mark: usize) -> Option<FoundNumber> {
    let (code_end, year, serial) = year_and_serial(text, mark)?;
    let code = code_start(text, from, code_end)?;
    Some(FoundNumber { range: code..mark + '号'.len_utf8(), code: code..code_end, year, serial })
}

/// Where the bracket of the year opens, the year and the serial, as printed without blanks, before the 号 at
/// byte `mark`.
fn year_and_serial(text: &str, mark: usize) -> Option<(usize, i32, String)> {
    let is_digit = |c| numeral::arabic_digit(c).is_some();
    let serial = backward(text, mark, |c| is_digit(c) || is_blank(c));
    let digits = squeeze(&text[serial..mark]);
    if digits.is_empty() || digits.chars().count() > 5 {
        return None;
    }
    let close_end = backward(text, serial, |c| c == '第' || is_blank(c));
    let close = text[..close_end].chars().next_back()?;
    if !is_bracket(close) {
        return None;
    }
    let year_end = close_end - close.len_utf8();
    let year_start = backward(text, year_end, |c| c == '年' || is_blank(c) || is_year_digit(c));
    let open = text[..year_start].chars().next_back().filter(|c| is_bracket(*c))?;
    let year = year_value(text[year_start..year_end].trim_end_matches('年'))?;
    let ordinal = if text[close_end..serial].contains('第') { "第" } else { "" };
    let digits = digits.chars().filter_map(numeral::arabic_digit).map(|d| d.to_string());
    Some((year_start - open.len_utf8(), year, ordinal.to_owned() + &digits.collect::<String>()))
}

/// Brackets around the year as they are printed, typed or misread.
fn is_bracket(c: char) -> bool {
    "〔〕[]［］()（）【】﹝﹞〈〉„‟".contains(c)
}

/// Where the issuing body's code before byte `end` begins: 云政办发, 云 政 办 发.
fn code_start(text: &str, from: usize, end: usize) -> Option<usize> {
    let floor =
        text[..end].char_indices().rev().nth(LONGEST_CODE - 1).map_or(0, |(start, _)| start).max(from);
    let mut start = backward(text, end, |c| c.is_alphabetic() || is_blank(c)).max(floor);
    let bare_end = backward(text, end, is_blank);
    start = forward(text, start, is_blank);
    // 云岭县人民政府文件云政发〔2021〕3号: the code begins behind the last word of another thing.
    let mut behind = start;
    for (offset, _) in text[start..bare_end].char_indices() {
        let offset = start + offset;
        let rest = &text[offset..bare_end];
        let word =
            words::title_ending_at(rest).or_else(|| LEAD_INS.into_iter().find(|w| rest.starts_with(w)));
        if let Some(word) = word.filter(|word| word.chars().count() > 1 && rest.len() > word.len()) {
            behind = behind.max(offset + word.len());
        }
    }
    start = forward(text, behind_body(text, behind, bare_end), is_blank);
    // Spaces part other words from the code, unless they stand between all of its characters.
    let tokens: Vec<&str> = text[start..bare_end].split(is_blank).filter(|token| !token.is_empty()).collect();
    if let Some(last) = tokens.last().filter(|last| tokens.len() > 1 && last.chars().count() > 1) {
        start = bare_end - last.len();
    }
    (start < bare_end).then_some(start)
}

/// Behind the name of a body that runs into the code: 云岭省林业厅云林发.
fn behind_body(text: &str, start: usize, end: usize) -> usize {
    static ENDINGS: LazyLock<Words<()>> = LazyLock::new(|| {
        Words::of_ends(["人民政府", "办公室", "办公厅", "委员会", "厅", "局"].map(|ending| (ending, ())))
    });
    let code = &text[start..end];
    let mut ends = code.char_indices().rev().map(|(at, c)| at + c.len_utf8());
    let behind = ends.find(|end| ENDINGS.at_end(&code[..*end]).is_some());
    behind.filter(|at| has_at_least(&code[*at..], 2)).map_or(start, |at| start + at)
}

/// Words before a number that are no part of it.
const LEAD_INS: [&str; 12] =
    ["文件编号", "文件号", "编号", "文件", "根据", "按照", "依据", "贯彻", "落实", "执行", "文号", "字号"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_numbers() {
        for (text, expected) in [
            ("云政办发〔2021〕85 号", Some("云政办发〔2021〕85号")),
            ("云政办发[2021]第85号", Some("云政办发〔2021〕第85号")),
            ("（云政办函（２０２１）１２号）", Some("云政办函〔2021〕12号")),
            ("云 政 发 【2021】3号", Some("云政发〔2021〕3号")),
            ("云岭县人民政府文件云政发〔2021〕3号", Some("云政发〔2021〕3号")),
            ("云岭省林业厅云林发〔2021〕5号", Some("云林发〔2021〕5号")),
            ("云岭县人民政府 云政发〔2021〕3号", Some("云政发〔2021〕3号")),
            ("根据云政发〔2021〕3号文件", Some("云政发〔2021〕3号")),
            ("文件编号云政发〔2021〕3号", Some("云政发〔2021〕3号")),
            ("文件号云政发〔2021〕3号", Some("云政发〔2021〕3号")),
            ("人民路3号", None),
            ("〔2021〕3号", None),
            ("云政发〔3021〕3号", None),
        ] {
            assert_eq!(find(text, 0).map(|found| found.value(text)).as_deref(), expected, "{text}");
        }
        assert!(whole("云政发〔2021〕3号  签发人：张三").is_some());
        assert!(whole("云政发〔2021〕3号文件").is_none());
    }
}
