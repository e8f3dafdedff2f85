//! The forms of page numbers: `- 10 -`, `— 2 —`, `第 3 页 共 9 页`, `3/9`, `10`, `十`, `Ⅹ`.

use std::ops::Range;

use duban_document::numeral;

/// A page number and how sure its form makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PageNumber {
    /// No line of text looks so.
    Sure,
    /// A number that only its place, or a series of such numbers, tells from text.
    Bare(u32),
    /// A number in Chinese or Roman numerals, which only such numbers on other pages tell from text.
    Word(u32),
}

/// No notice has more pages than this many digits count.
const MOST_DIGITS: usize = 3;

/// Reads the whole line `text` as a page number.
pub(crate) fn of_line(text: &str) -> Option<PageNumber> {
    // No form is longer, so that long lines cost nothing.
    if text.len() > 48 {
        return None;
    }
    let squeezed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if let Some(value) = number(&squeezed) {
        return Some(PageNumber::Bare(value));
    }
    if is_dashed(&squeezed) || is_counted(&squeezed) {
        return Some(PageNumber::Sure);
    }
    if let Some(value) = word(&squeezed) {
        return Some(PageNumber::Word(value));
    }
    let (page, pages) = squeezed.split_once(['/', '／'])?;
    let (page, pages) = (number(page)?, number(pages)?);
    (page <= pages).then_some(PageNumber::Bare(page))
}

/// The place of a page number between dashes inside the line `text`: `违法— 2 —行为`.
///
/// Between plain hyphens, or without spaces, it counts only where no figure stands next to it.
pub(crate) fn within(text: &str) -> Option<Range<usize>> {
    let mut rest = 0;
    while let Some(found) = text.get(rest..).and_then(|text| text.find(is_dash)) {
        let start = rest + found;
        let tail = text.get(start..)?;
        if let Some(len) = dashed_prefix(tail)
            && !text.get(..start)?.trim_end().ends_with(is_figure)
            && !text.get(start + len..)?.trim_start().starts_with(is_figure)
        {
            return Some(start..start + len);
        }
        rest = start + tail.len() - tail.trim_start_matches(is_dash).len();
    }
    None
}

/// Length of a page number between dashes that `text` begins with.
fn dashed_prefix(text: &str) -> Option<usize> {
    let dash = text.chars().next()?;
    let open = text.trim_start_matches(dash);
    let digits = open.trim_start();
    let close = digits.trim_start_matches(|c| numeral::arabic_digit(c).is_some());
    number(digits.get(..digits.len() - close.len())?)?;
    let end = close.trim_start();
    let spaced = open.len() > digits.len() && close.len() > end.len();
    let wide = dash != '-';
    let after = end.trim_start_matches(dash);
    let dashes = end.len() - after.len();
    let alike = dashes > 0 && dashes == text.len() - open.len();
    (alike && (spaced || wide && open.len() == digits.len() && close.len() == end.len()))
        .then_some(text.len() - after.len())
}

fn is_figure(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '年' | '月' | '日' | '时' | '号' | '%')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '－' | '―' | '─')
}

fn is_dashed(text: &str) -> bool {
    let inner = text.trim_matches(|c| is_dash(c) || matches!(c, '~' | '～' | '·' | '•' | '_'));
    let counts = number(inner).or_else(|| word(inner)).is_some();
    inner.len() < text.len() && counts && !text.starts_with(inner) && !text.ends_with(inner)
}

/// 第3页, 第三页, 第3页共9页, 共9页第3页, Page 3 of 9.
fn is_counted(text: &str) -> bool {
    let mut counts = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let Some(body) = rest.strip_prefix(['第', '共']) else { break };
        let Some((inner, after)) = body.split_once('页') else { return false };
        if number(inner.trim_matches(is_dash)).or_else(|| word(inner)).is_none() {
            return false;
        }
        counts += 1;
        rest = after.trim_start_matches(['，', ',', '/', '／', '|', '（', '(', '）', ')', '、', '；']);
    }
    let page = rest.strip_prefix("Page").or_else(|| rest.strip_prefix("page"));
    let of =
        |page: &str| page.split_once("of").is_some_and(|(a, b)| number(a).is_some() && number(b).is_some());
    counts > 0 && rest.is_empty() || page.is_some_and(|page| number(page).is_some() || of(page))
}

/// The value of a text of up to three digits, half or full width.
fn number(text: &str) -> Option<u32> {
    let digits = text.chars().take(MOST_DIGITS + 1).filter(|c| numeral::arabic_digit(*c).is_some()).count();
    let fits = (1..=MOST_DIGITS).contains(&digits) && text.chars().nth(digits).is_none();
    if fits { numeral::parse(text) } else { None }
}

/// The value of a text in Chinese or Roman numerals.
fn word(text: &str) -> Option<u32> {
    let is_han = !text.is_empty() && text.chars().all(numeral::is_han_numeral);
    let value = if is_han { numeral::parse(text) } else { roman(text) };
    value.filter(|value| (1..10u32.pow(3)).contains(value))
}

/// The value of a Roman numeral, in letters or in the signs that Unicode has for it.
fn roman(text: &str) -> Option<u32> {
    let (mut value, mut most) = (0u32, 0);
    for c in text.chars().rev() {
        let worth = match c {
            'Ⅰ'..='Ⅻ' => c as u32 - 'Ⅰ' as u32 + 1,
            'ⅰ'..='ⅻ' => c as u32 - 'ⅰ' as u32 + 1,
            _ => "ivxlc".find(c.to_ascii_lowercase()).map(|at| [1, 5, 10, 50, 100][at])?,
        };
        value = if worth < most { value.checked_sub(worth)? } else { value + worth };
        most = most.max(worth);
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_page_numbers() {
        for text in [
            "- 10 -",
            "— 2 —",
            "－３－",
            "-- 4 --",
            "第 3 页 共 9 页",
            "第3页，共9页",
            "共9页 第3页",
            "Page 3 of 9",
            "·5·",
            "— 二 —",
            "- iv -",
            "第十二页",
            "第二页 共三页",
        ] {
            assert_eq!(of_line(text), Some(PageNumber::Sure), "{text}");
        }
        assert_eq!(of_line("10"), Some(PageNumber::Bare(10)));
        assert_eq!(of_line("3 / 9"), Some(PageNumber::Bare(3)));
    }

    #[test]
    fn numerals_that_are_words() {
        let words = [("十二", 12), ("一", 1), ("Ⅲ", 3), ("ⅹⅰ", 11), ("xiv", 14), ("IX", 9)];
        for (text, value) in words {
            assert_eq!(of_line(text), Some(PageNumber::Word(value)), "{text}");
        }
        for text in ["一、", "十十", "甲", "vim"] {
            assert_eq!(of_line(text), None, "{text}");
        }
    }

    #[test]
    fn lines_that_are_none() {
        for text in ["月底前", "10月", "2021", "9/3", "第3页起", "-", "——", "- 10", "第三条", "1.", "（3）"]
        {
            assert_eq!(of_line(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_run_into_a_line() {
        let cut = |text: &str| within(text).map(|range| text[range].to_owned());
        assert_eq!(cut("违法和违法— 2 —违规行为").as_deref(), Some("— 2 —"));
        assert_eq!(cut("报送— 12 —情况").as_deref(), Some("— 12 —"));
        assert_eq!(cut("报送—12—情况").as_deref(), Some("—12—"));
        assert_eq!(cut("报送 - 3 - 情况").as_deref(), Some("- 3 -"));
        for text in ["9月—10—11月", "电话010-62-3", "——一是", "2021-2023年", "甲-3-乙", "“十四五”— 2 — 3"]
        {
            assert_eq!(cut(text), None, "{text}");
        }
    }
}
