//! Whole numbers in the forms that notices print: `12`, `１２`, `十二`, `一百零五`, `二〇二四`, `廿三`, `⑫`.

/// The value of a numeral that fills `text`; `None` where it is none or passes `u32`.
///
/// Chinese numerals are read by place (`二十一`) or digit by digit (`二〇二四`, with 〇, ○, Ｏ or 零).
///
/// ```
/// use duban_document::numeral::parse;
///
/// assert_eq!(parse("二十一"), Some(21));
/// assert_eq!(parse("二○二四"), Some(2024));
/// assert_eq!(parse("廿三"), Some(23));
/// assert_eq!(parse("１２"), Some(12));
/// assert_eq!(parse("⑫"), Some(12));
/// assert_eq!(parse("十十"), None);
/// ```
pub fn parse(text: &str) -> Option<u32> {
    let first = text.chars().next()?;
    if arabic_digit(first).is_some() {
        by_digit(text, arabic_digit)
    } else if let Some(value) = circled(first) {
        (text.len() == first.len_utf8()).then_some(value)
    } else if text.chars().all(|c| han_digit(c).is_some()) {
        by_digit(text, han_digit)
    } else {
        by_place(text)
    }
}

/// The value of a half- or full-width Arabic digit.
pub fn arabic_digit(c: char) -> Option<u32> {
    c.to_digit(10).or_else(|| ('０'..='９').contains(&c).then(|| c as u32 - '０' as u32))
}

/// The value of a Chinese digit: 〇 to 九, with ○ and 零 for nought and 两 for two.
pub fn han_digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '○' | '零' | 'Ｏ' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// Whether `c` can stand in a Chinese numeral.
pub fn is_han_numeral(c: char) -> bool {
    han_digit(c).is_some() || matches!(c, '十' | '廿' | '卅' | '百' | '千' | '拾' | '佰')
}

/// The value of an enclosed number that is one character: ① to ⑳, ㉑ to ㊿, ⑴ to ⒇, ⒈ to ⒛, ❶ to ❿, ㈠ to ㈩.
pub fn circled(c: char) -> Option<u32> {
    let (first, base) = match c {
        '①'..='⑳' => ('①', 1),
        '㉑'..='㉟' => ('㉑', 21),
        '㊱'..='㊿' => ('㊱', 36),
        '⑴'..='⒇' => ('⑴', 1),
        '⒈'..='⒛' => ('⒈', 1),
        '❶'..='❿' => ('❶', 1),
        '㈠'..='㈩' => ('㈠', 1),
        _ => return None,
    };
    Some(base + c as u32 - first as u32)
}

fn by_digit(text: &str, digit: fn(char) -> Option<u32>) -> Option<u32> {
    text.chars().try_fold(0u32, |value, c| value.checked_mul(10)?.checked_add(digit(c)?))
}

/// Reads 一百零五 place by place: places must fall, and a bare 十 counts as one ten.
fn by_place(text: &str) -> Option<u32> {
    let (mut total, mut digit, mut last_place) = (0u32, None, u32::MAX);
    for c in text.chars() {
        let (times, place) = match c {
            '十' | '拾' => (digit.take().unwrap_or(1), 10),
            '廿' => (2, 10),
            '卅' => (3, 10),
            '百' | '佰' => (digit.take()?, 100),
            '千' => (digit.take()?, 1000),
            _ if digit.is_some_and(|digit| digit != 0) => return None,
            _ => {
                digit = Some(han_digit(c)?);
                continue;
            }
        };
        if place >= last_place {
            return None;
        }
        last_place = place;
        total += times * place;
    }
    Some(total + digit.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_count_below_a_thousand() {
        let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
        for value in 1..100u32 {
            let (tens, ones) = ((value / 10) as usize, (value % 10) as usize);
            let head = match tens {
                0 => String::new(),
                1 => "十".into(),
                _ => format!("{}十", digits[tens]),
            };
            assert_eq!(parse(&format!("{head}{}", digits[ones])), Some(value));
        }
        assert_eq!(parse("一百零五"), Some(105));
        assert_eq!(parse("一百二十"), Some(120));
    }

    #[test]
    fn what_is_no_number() {
        for text in ["", "百", "一二十", "十百", "第一", "1二", "99999999999"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
