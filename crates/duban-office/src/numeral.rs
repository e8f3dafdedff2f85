//! Numbers as lists print them (ECMA-376-1, 17.18.59 `ST_NumberFormat`).

/// Digits and places of a way to write numbers with Chinese characters.
struct Places {
    digits: [char; 10],
    /// Ten, hundred, thousand, ten thousand.
    places: [char; 4],
    /// Whether ten to nineteen begin with a one (壹拾壹).
    leading_one: bool,
    /// Whether an empty place inside is told (一百零一).
    told_nought: bool,
}

const PLAIN: Places = Places {
    digits: ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'],
    places: ['十', '百', '千', '万'],
    leading_one: false,
    told_nought: true,
};
const JAPANESE: Places = Places { told_nought: false, ..PLAIN };
const LEGAL: Places = Places {
    digits: ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'],
    places: ['拾', '佰', '仟', '万'],
    leading_one: true,
    told_nought: true,
};
const LEGAL_TRADITIONAL: Places = Places {
    digits: ['零', '壹', '貳', '參', '肆', '伍', '陸', '柒', '捌', '玖'],
    places: ['拾', '佰', '仟', '萬'],
    leading_one: true,
    told_nought: true,
};

const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";

/// `value` in the format that Word calls `format`; one that is not known is written in digits.
///
/// ```
/// use duban_office::numeral::format;
///
/// assert_eq!(format(11, "chineseCounting"), "十一");
/// assert_eq!(format(3, "decimalEnclosedCircle"), "③");
/// ```
pub fn format(value: u32, format: &str) -> String {
    match format {
        "none" | "bullet" => String::new(),
        "decimalZero" => format!("{value:02}"),
        "upperLetter" => letters(value, 'A'),
        "lowerLetter" => letters(value, 'a'),
        "upperRoman" => roman(value),
        "lowerRoman" => roman(value).to_lowercase(),
        "chineseCounting" | "chineseCountingThousand" | "taiwaneseCounting" | "taiwaneseCountingThousand" => {
            by_place(value, &PLAIN)
        }
        "japaneseCounting" => by_place(value, &JAPANESE),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => {
            by_digit(value, &PLAIN.digits)
        }
        "chineseLegalSimplified" => by_place(value, &LEGAL),
        "ideographLegalTraditional" | "japaneseLegal" => by_place(value, &LEGAL_TRADITIONAL),
        "ideographTraditional" => in_turn(value, STEMS),
        "ideographZodiac" => in_turn(value, BRANCHES),
        "decimalFullWidth" | "decimalFullWidth2" => {
            value.to_string().chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c)).collect()
        }
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => {
            enclosed(value, &[('①', 1, 20), ('㉑', 21, 35), ('㊱', 36, 50)])
        }
        "decimalEnclosedParen" => enclosed(value, &[('⑴', 1, 20)]),
        "decimalEnclosedFullstop" => enclosed(value, &[('⒈', 1, 20)]),
        "ideographEnclosedCircle" => enclosed(value, &[('㊀', 1, 10)]),
        "ideographParenthesized" => enclosed(value, &[('㈠', 1, 10)]),
        "numberInDash" => format!("- {value} -"),
        _ => value.to_string(),
    }
}

fn by_digit(value: u32, digits: &[char; 10]) -> String {
    let digit = |c: char| c.to_digit(10).and_then(|digit| digits.get(digit as usize)).copied();
    value.to_string().chars().filter_map(digit).collect()
}

fn by_place(value: u32, places: &Places) -> String {
    let digits = places.digits;
    if value == 0 || value > 99_999 {
        return by_digit(value, &digits);
    }
    let printed: Vec<usize> =
        value.to_string().chars().filter_map(|c| c.to_digit(10)).map(|digit| digit as usize).collect();
    let mut text = String::new();
    let mut nought = false;
    for (index, &digit) in printed.iter().enumerate() {
        let place = printed.len() - 1 - index;
        if digit == 0 {
            nought = true;
            continue;
        }
        if nought && places.told_nought && !text.is_empty() {
            text.push(if digits[0] == '〇' { '零' } else { digits[0] });
        }
        nought = false;
        let silent = digit == 1 && place > 0 && (place == 1 && text.is_empty() || !places.told_nought);
        if !silent || places.leading_one {
            text.push(digits[digit]);
        }
        text.extend(place.checked_sub(1).map(|place| places.places[place]));
    }
    text
}

/// One character of a set, the set again and again.
fn in_turn(value: u32, set: &str) -> String {
    let all: Vec<char> = set.chars().collect();
    let index = (value.max(1) as usize - 1) % all.len();
    all.get(index).map(char::to_string).unwrap_or_default()
}

/// a, b, … z, aa, bb.
fn letters(value: u32, first: char) -> String {
    let Some(index) = value.checked_sub(1) else { return String::new() };
    let letter = char::from_u32(u32::from(first) + index % 26).unwrap_or(first);
    // A list that long is no list; its labels stay short.
    std::iter::repeat_n(letter, (index / 26 + 1).min(8) as usize).collect()
}

fn roman(value: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if value == 0 || value > 3999 {
        return value.to_string();
    }
    let mut left = value;
    let mut text = String::new();
    for (worth, sign) in SIGNS {
        while left >= worth {
            text.push_str(sign);
            left -= worth;
        }
    }
    text
}

/// One character that holds the number, as far as there are such: each run gives its first character,
/// the number in that and the last number.
fn enclosed(value: u32, runs: &[(char, u32, u32)]) -> String {
    let run = runs.iter().find(|(_, first, last)| (*first..=*last).contains(&value));
    let character =
        run.and_then(|(character, first, _)| char::from_u32(u32::from(*character) + value - first));
    character.map_or_else(|| value.to_string(), |character| character.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_lists_print_them() {
        for (name, value, printed) in [
            ("decimal", 12, "12"),
            ("decimalZero", 3, "03"),
            ("chineseCounting", 10, "十"),
            ("chineseCountingThousand", 11, "十一"),
            ("chineseCountingThousand", 20, "二十"),
            ("chineseCountingThousand", 101, "一百零一"),
            ("chineseCountingThousand", 110, "一百一十"),
            ("chineseCountingThousand", 1005, "一千零五"),
            ("japaneseCounting", 111, "百十一"),
            ("ideographDigital", 10, "一〇"),
            ("ideographDigital", 21, "二一"),
            ("chineseLegalSimplified", 11, "壹拾壹"),
            ("ideographLegalTraditional", 3, "參"),
            ("ideographTraditional", 11, "甲"),
            ("ideographZodiac", 12, "亥"),
            ("decimalEnclosedCircle", 20, "⑳"),
            ("decimalEnclosedCircle", 21, "㉑"),
            ("decimalEnclosedCircle", 51, "51"),
            ("decimalEnclosedParen", 3, "⑶"),
            ("decimalEnclosedFullstop", 1, "⒈"),
            ("decimalFullWidth", 12, "１２"),
            ("upperRoman", 14, "XIV"),
            ("lowerRoman", 4, "iv"),
            ("lowerLetter", 28, "bb"),
            ("none", 4, ""),
            ("somethingNew", 4, "4"),
        ] {
            assert_eq!(format(value, name), printed, "{name} {value}");
        }
    }
}
