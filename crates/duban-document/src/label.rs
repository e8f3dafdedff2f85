//! The notation of numbered labels: 一、 （一） 1. （1） ① 第一章.
//!
//! GB/T 9704 orders them 一、 > （一） > 1. > （1）, but notices mix them freely, so a label here has a
//! style and a value and no level: what level it means is for the outline to find. Both the layout
//! (a line that opens with a label opens a paragraph) and the outline read labels with [`at`].

use std::borrow::Cow;

use crate::numeral;

/// A label at the beginning of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// Its glyphs.
    pub style: LabelStyle,
    /// Its number.
    pub value: u32,
    /// What ends it.
    pub mark: Mark,
    /// Bytes of the text that it takes, trailing mark included, white space after it not.
    pub len: usize,
}

/// The glyphs of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LabelStyle {
    /// 第一编, 第一部分.
    Part,
    /// 第一章.
    Chapter,
    /// 第一节.
    Section,
    /// 一、
    Han,
    /// （一）
    HanBracketed,
    /// 第一条.
    Article,
    /// 1.
    Arabic,
    /// （1）
    ArabicBracketed,
    /// 1.1, where a run of them numbers paragraphs; [`at`] gives none, since one alone may be a decimal.
    Dotted,
    /// 1.1.1, likewise.
    DottedTwice,
    /// 1）
    ArabicHalfBracketed,
    /// ①
    Circled,
    /// 问题一：, 任务2：, with a number for their word: series of different words are different series.
    Named(u8),
}

impl LabelStyle {
    /// A number of its own, from 0 on.
    pub fn code(self) -> u8 {
        match self {
            Self::Part => 0,
            Self::Chapter => 1,
            Self::Section => 2,
            Self::Han => 3,
            Self::HanBracketed => 4,
            Self::Article => 5,
            Self::Arabic => 6,
            Self::ArabicBracketed => 7,
            Self::Dotted => 8,
            Self::DottedTwice => 9,
            Self::ArabicHalfBracketed => 10,
            Self::Circled => 11,
            Self::Named(name) => 12 + name,
        }
    }
}

/// The words of [`LabelStyle::Named`], which a number right behind them makes a label.
const NAMES: [&str; 24] = [
    "问题",
    "任务",
    "行动",
    "工程",
    "举措",
    "措施",
    "项目",
    "事项",
    "步骤",
    "阶段",
    "专题",
    "环节",
    "目标",
    "指标",
    "专项行动",
    "重点任务",
    "重点工程",
    "重点项目",
    "主要任务",
    "具体任务",
    "工作任务",
    "整改任务",
    "反馈问题",
    "突出问题",
];

/// What ends a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// 、
    Comma,
    /// `.` or `．`
    Dot,
    /// Nothing but the label's own shape: （一）, ①, 第一条.
    Own,
}

/// A label `printed` as the record's `number` gives it: without white space and trailing mark, brackets full
/// width.
///
/// ```
/// use duban_document::label;
///
/// assert_eq!(label::number("(三）"), "（三）");
/// assert_eq!(label::number("2、"), "2");
/// assert_eq!(label::number("(一)、"), "（一）");
/// ```
pub fn number(printed: &str) -> Cow<'_, str> {
    const MARKS: [char; 7] = ['、', '.', '．', '，', ',', '：', ':'];
    if !printed.contains(|c| is_space(c) || matches!(c, '(' | ')' | '〔' | '〕' | '[' | ']')) {
        return printed.trim_end_matches(MARKS).into();
    }
    let mut number = String::with_capacity(printed.len() + 2 * '（'.len_utf8());
    number.extend(printed.chars().filter(|c| !is_space(*c)).map(|c| match c {
        '(' | '〔' | '[' => '（',
        ')' | '〕' | ']' => '）',
        c => c,
    }));
    number.truncate(number.trim_end_matches(MARKS).len());
    number.into()
}

/// Whether `c` marks an item of a list without counting it: ●, ◆, ★, ➢, ✓.
pub fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '·' | '•'
            | '・'
            | '●'
            | '○'
            | '■'
            | '□'
            | '▪'
            | '◆'
            | '◇'
            | '▲'
            | '△'
            | '▶'
            | '►'
            | '★'
            | '☆'
            | '※'
            | '❖'
            | '➢'
            | '➤'
            | '→'
            | '√'
            | '✓'
            | '✔'
    )
}

/// The label that `text` begins with, leading white space apart from the caller.
///
/// Strict: `3.5万` and `1.1` (a digit follows the dot of a number that could be a decimal), `2021年`,
/// `12345热线` and `十一届` are none; `3.50年以上的` is, because no decimal fraction counts years so.
/// Brackets may be half width or mixed.
///
/// ```
/// use duban_document::label::{self, LabelStyle};
///
/// let label = label::at("（二十一）强化监督").unwrap();
/// assert_eq!((label.style, label.value), (LabelStyle::HanBracketed, 21));
/// assert_eq!(label::at("2021 年是开局之年"), None);
/// assert_eq!(label::at("1.1 版本"), None);
/// ```
pub fn at(text: &str) -> Option<Label> {
    match text.chars().next()? {
        '第' => ordinal(text),
        '（' | '(' | '〔' | '[' => bracketed(text),
        c if numeral::arabic_digit(c).is_some() => arabic(text),
        c if numeral::is_han_numeral(c) => han(text),
        c => numeral::circled(c).map(|value| circled(text, c, value)).or_else(|| named(text)),
    }
}

/// The label that `text` may begin with in front of a number, where [`at`] sees a decimal: `2.5 月 20 日前`,
/// `1.4—7月`, `2.12吨`. Only the sequence tells which it is: a series that waits for this very value.
/// `1.1.2`, `2.05` and figures that no word follows are none.
///
/// ```
/// use duban_document::label;
///
/// assert_eq!(label::before_number("2.5 月 20 日前完成").map(|label| label.value), Some(2));
/// assert_eq!(label::before_number("2.05万元"), None);
/// ```
pub fn before_number(text: &str) -> Option<Label> {
    let digits = leading(text, |c| numeral::arabic_digit(c).is_some());
    let dot = text[digits..].chars().next().filter(|c| matches!(c, '.' | '．'))?;
    let len = digits + dot.len_utf8();
    let rest = &text[len..];
    if text[..digits].chars().count() > MOST_DIGITS
        || !rest.starts_with(|c| matches!(c, '1'..='9' | '１'..='９'))
    {
        return None;
    }
    let value = numeral::parse(&text[..digits])?;
    let joins = |c| matches!(c, '、' | '—' | '–' | '－' | '-' | '～' | '~' | '%' | '％' | ' ');
    let figures = leading(rest, |c| numeral::arabic_digit(c).is_some() || joins(c));
    // 2.5万亩 is a figure.
    let scaled = rest[figures..].starts_with(['万', '亿', '倍']);
    let word = !scaled && rest[figures..].starts_with(|c| matches!(c, '\u{4e00}'..='\u{9fff}'));
    (word && at(text).is_none()).then_some(Label { style: LabelStyle::Arabic, value, mark: Mark::Dot, len })
}

/// Longest run of digits that is still a label: a list of a thousand items is none.
const MOST_DIGITS: usize = 3;

fn circled(text: &str, first: char, value: u32) -> Label {
    let style = match first {
        '⑴'..='⒇' => LabelStyle::ArabicBracketed,
        '⒈'..='⒛' => LabelStyle::Arabic,
        '㈠'..='㈩' => LabelStyle::HanBracketed,
        _ => LabelStyle::Circled,
    };
    let len = first.len_utf8();
    let (mark, len) = trailing_mark(text, len).unwrap_or((Mark::Own, len));
    Label { style, value, mark, len }
}

fn ordinal(text: &str) -> Option<Label> {
    let body = text.strip_prefix('第')?;
    let digits =
        leading(body, |c| numeral::is_han_numeral(c) || numeral::arabic_digit(c).is_some() || is_space(c));
    let value = numeral::parse(&without_spaces(&body[..digits]))?;
    let rest = &body[digits..];
    let unit = rest.chars().next()?;
    let style = match unit {
        '章' => LabelStyle::Chapter,
        '节' | '節' => LabelStyle::Section,
        '条' | '條' => LabelStyle::Article,
        '编' | '編' => LabelStyle::Part,
        '部' if rest.starts_with("部分") => LabelStyle::Part,
        _ => return None,
    };
    let unit_len = if style == LabelStyle::Part && unit == '部' { "部分".len() } else { unit.len_utf8() };
    let len = '第'.len_utf8() + digits + unit_len;
    let after = text[len..].chars().next();
    // 第三条规定 inside running text has no space; headings and articles have one, or end.
    let stands_alone =
        after.is_none_or(|c| is_space(c) || matches!(c, '、' | '．' | '.' | '：' | ':' | '\n'));
    (stands_alone || matches!(style, LabelStyle::Chapter | LabelStyle::Section | LabelStyle::Part))
        .then(|| mark_or_colon(text, len))
        .map(|(mark, len)| Label { style, value, mark, len })
}

/// 问题一：, 任务2、, 阶段三（5月）; where one is named among others (任务一、任务二和…) or counted (任务3个), none.
fn named(text: &str) -> Option<Label> {
    let (name, word) = (0..).zip(NAMES).find(|(_, word)| {
        let next = text.strip_prefix(word).and_then(|rest| rest.chars().next());
        next.is_some_and(|c| numeral::is_han_numeral(c) || numeral::arabic_digit(c).is_some())
    })?;
    let body = &text[word.len()..];
    let digits = leading(body, |c| numeral::is_han_numeral(c) || numeral::arabic_digit(c).is_some());
    let value = numeral::parse(&body[..digits]).filter(|_| body[..digits].chars().count() <= MOST_DIGITS)?;
    let (mark, len) = mark_or_colon(text, word.len() + digits);
    let rest = &text[len..];
    let ended = len > word.len() + digits
        || rest.chars().next().is_none_or(|c| is_space(c) || c == '\n')
        || glosses(rest);
    let listed = mark != Mark::Own
        && (rest.starts_with(word)
            || rest.starts_with(|c: char| numeral::is_han_numeral(c) || numeral::arabic_digit(c).is_some()));
    (value > 0 && ended && !listed).then_some(Label { style: LabelStyle::Named(name), value, mark, len })
}

/// Whether `rest` opens with a bracket that a colon or the end of the line follows: （3月）：动员.
fn glosses(rest: &str) -> bool {
    const LONGEST: usize = 30;
    let inner = rest.strip_prefix(['（', '(']).unwrap_or_default();
    let close = inner.char_indices().take(LONGEST).find(|(_, c)| matches!(c, '）' | ')'));
    close.is_some_and(|(at, c)| {
        inner[at + c.len_utf8()..].chars().next().is_none_or(|c| matches!(c, '：' | ':' | '\n'))
    })
}

fn bracketed(text: &str) -> Option<Label> {
    let open = text.chars().next()?.len_utf8();
    let body = &text[open..];
    let inner =
        leading(body, |c| numeral::is_han_numeral(c) || numeral::arabic_digit(c).is_some() || is_space(c));
    let close = body[inner..].chars().next().filter(|c| matches!(c, '）' | ')' | '〕' | ']'))?;
    let digits = without_spaces(&body[..inner]);
    if digits.chars().count() > MOST_DIGITS {
        return None;
    }
    let value = numeral::parse(&digits)?;
    let style = if digits.chars().all(|c| numeral::arabic_digit(c).is_some()) {
        LabelStyle::ArabicBracketed
    } else {
        LabelStyle::HanBracketed
    };
    let len = open + inner + close.len_utf8();
    let (mark, len) = trailing_mark(text, len).unwrap_or((Mark::Own, len));
    Some(Label { style, value, mark, len })
}

fn arabic(text: &str) -> Option<Label> {
    let digits = leading(text, |c| numeral::arabic_digit(c).is_some());
    if text[..digits].chars().count() > MOST_DIGITS {
        return None;
    }
    let value = numeral::parse(&text[..digits])?;
    let spaces = leading(&text[digits..], |c| c == ' ');
    if let Some(close) = text[digits..].chars().next().filter(|c| matches!(c, '）' | ')')) {
        let len = digits + close.len_utf8();
        return Some(Label { style: LabelStyle::ArabicHalfBracketed, value, mark: Mark::Own, len });
    }
    let (mark, len) = trailing_mark(text, digits + spaces)?;
    (mark != Mark::Dot || !is_decimal(&text[len..])).then_some(Label {
        style: LabelStyle::Arabic,
        value,
        mark,
        len,
    })
}

/// Whether what follows `N.` makes it a decimal or a dotted number: `1.1`, `3.5万`, `2.86%`; but a
/// whole number of years, days or persons after the dot (`3.50年以上的`, `4.24小时`), a limit (`1.2小时内`),
/// a month (`5.6月底前`), things (`2.3个平台`) or a telephone number (`2.12345热线`), opens item N.
fn is_decimal(rest: &str) -> bool {
    let digits = leading(rest, |c| numeral::arabic_digit(c).is_some());
    if digits == 0 {
        return false;
    }
    let unit = rest[digits..].chars().next();
    let counts_years =
        digits >= 2 && unit.is_some_and(|c| matches!(c, '年' | '个' | '天' | '日' | '名' | '人' | '岁'));
    let year = digits == 4 && unit == Some('年');
    let hours = digits >= 2 && rest[digits..].starts_with("小时");
    let month =
        unit == Some('月') && numeral::parse(&rest[..digits]).is_some_and(|month| (1..=12).contains(&month));
    // What is counted one by one has no fraction, and no fraction is as fine as a long number. Other
    // measure words begin the words of headings: 1.1项目概况.
    let parts = ["个百分点", "个月", "个小时", "个点"];
    let things = unit == Some('个') && !parts.iter().any(|part| rest[digits..].starts_with(part))
        || ["家", "所"].iter().any(|measure| counts(&rest[digits..], measure));
    let fine = digits >= 4 || rest.starts_with("100%") || rest.starts_with("5G");
    // 7×24小时, 8:30: times of service have no fraction either.
    let mut behind = rest[digits..].chars();
    let service = matches!(behind.next(), Some('×' | '*' | ':' | '：'))
        && behind.next().is_some_and(|c| numeral::arabic_digit(c).is_some());
    !(counts_years || year || hours || month || things || fine || service || limits(rest, digits))
}

/// Whether `text` begins with `digits` digits and a unit of time within which something is done: 2小时内.
/// Of decimals only halves limit (1.5小时内).
fn limits(text: &str, digits: usize) -> bool {
    let (number, rest) = text.split_at(digits);
    let units = ["小时", "分钟", "个小时", "个月", "天", "日", "周"];
    let within = |unit: &str| {
        rest.strip_prefix(unit)
            .is_some_and(|rest| ["内", "以内", "之内"].iter().any(|end| rest.starts_with(end)))
    };
    number != "5" && units.into_iter().any(within)
}

/// Whether `text` begins with `measure` as a measure word: 家|医院, 所|学校, but not 家庭, 所有.
fn counts(text: &str, measure: &str) -> bool {
    const WORDS: &str = "庭长园政禽畜乡有需属在得谓";
    text.strip_prefix(measure).is_some_and(|rest| !rest.starts_with(|c| WORDS.contains(c)))
}

fn han(text: &str) -> Option<Label> {
    let digits = leading(text, numeral::is_han_numeral);
    let value = numeral::parse(&text[..digits])?;
    let spaces = leading(&text[digits..], is_space);
    let (mark, len) = trailing_mark(text, digits + spaces)?;
    // 十一、十二月 is an enumeration inside a sentence that was wrapped, not items 11 and 12; 四、二级医院 counts nothing.
    let enumerated = mark == Mark::Comma && {
        let rest = &text[len..];
        let next = leading(rest, numeral::is_han_numeral);
        let counts_on = numeral::parse(&rest[..next]).is_some_and(|next| next > value);
        counts_on && rest[next..].starts_with(['月', '季', '级', '届', '中', '、', '期', '号', '楼'])
    };
    (value > 0 && !enumerated).then_some(Label { style: LabelStyle::Han, value, mark, len })
}

/// The mark at byte `from` of `text` and the label's length with it.
fn trailing_mark(text: &str, from: usize) -> Option<(Mark, usize)> {
    let mark = text.get(from..)?.chars().next()?;
    let kind = match mark {
        '、' => Mark::Comma,
        '.' | '．' => Mark::Dot,
        _ => return None,
    };
    Some((kind, from + mark.len_utf8()))
}

/// The mark at byte `from` of `text`, which a colon may stand for, and the label's length with it.
fn mark_or_colon(text: &str, from: usize) -> (Mark, usize) {
    let colon = text[from..].chars().next().filter(|c| matches!(c, '：' | ':'));
    let own = (Mark::Own, from + colon.map_or(0, char::len_utf8));
    trailing_mark(text, from).unwrap_or(own)
}

/// Bytes of `text` before the first character that `is_inside` refuses.
fn leading(text: &str, is_inside: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is_inside(c)).unwrap_or(text.len())
}

fn without_spaces(text: &str) -> Cow<'_, str> {
    if text.contains(is_space) { text.replace(is_space, "").into() } else { text.into() }
}

fn is_space(c: char) -> bool {
    c != '\n' && c.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(LabelStyle, u32, &str)>) {
        let found = at(text).map(|label| (label.style, label.value, &text[..label.len]));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn labels() {
        use LabelStyle::*;
        check("一、总体要求", Some((Han, 1, "一、")));
        check("十 二、附则", None);
        check("（ 一 ）推进", Some((HanBracketed, 1, "（ 一 ）")));
        check("(一)、推进", Some((HanBracketed, 1, "(一)、")));
        check("1．职责", Some((Arabic, 1, "1．")));
        check("１、职责", Some((Arabic, 1, "１、")));
        check("1 . 职责", Some((Arabic, 1, "1 .")));
        check("（1） 依法", Some((ArabicBracketed, 1, "（1）")));
        check("1）依法", Some((ArabicHalfBracketed, 1, "1）")));
        check("③依法", Some((Circled, 3, "③")));
        check("第三章 附则", Some((Chapter, 3, "第三章")));
        check("第十二条 本办法", Some((Article, 12, "第十二条")));
        check("3.50年以上的档案", Some((Arabic, 3, "3.")));
        check("1.2小时内到场", Some((Arabic, 1, "1.")));
        check("2.3个月内完工", Some((Arabic, 2, "2.")));
        check("4.90分钟内回复", Some((Arabic, 4, "4.")));
        check("5.7×24小时受理", Some((Arabic, 5, "5.")));
        check("6.8:30前到岗", Some((Arabic, 6, "6.")));
    }

    #[test]
    fn labels_that_only_their_series_tells() {
        for text in ["2.5 月 20 日前", "1.4—7月", "2.5、6月份", "1.220伏", "3．4年内", "4.90%以上"]
        {
            assert!(at(text).is_none() && before_number(text).is_some(), "{text}");
        }
        for text in ["1.1.2 职责", "2.05万元", "1.5", "1.5 2.5", "2021.6月", "1.总则"] {
            assert!(before_number(text).is_none(), "{text}");
        }
    }

    #[test]
    fn what_is_no_label() {
        for text in [
            "1.1 范围",
            "3.5万人",
            "1.5小时内到场",
            "1.2小时车程",
            "2021年是",
            "2021、2022年",
            "12345热线",
            "24种文书",
            "十一届全会",
            "第6版",
            "第三条规定的",
            "一是加强",
            "（试行）",
            "一、二季度",
        ] {
            check(text, None);
        }
    }
}
