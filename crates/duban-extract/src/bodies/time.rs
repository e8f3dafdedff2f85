//! Times that stand between a subject and its verb, or before the subject: 各单位|6月底前|报送.
//!
//! Only their length counts here; what they mean is for `duban_time` to say.

use std::sync::LazyLock;

use duban_document::Words;
use regex::Regex;

static TIME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let number = "[0-9０-９〇○零一二三四五六七八九十两]{1,4}";
    let unit = "(?:年度|年|月份|月|日|号|个工作日|个月|天|周|季度|小时)";
    let part = "(?:上旬|中旬|下旬|上半年|下半年)?";
    let end = "(?:之前|以前|底之前|底以前|底前|末前|底|末|初|前|之内|以内|内|起|期间|后)?";
    // 每季度结束后|5个工作日内.
    let over = "(?:(?:结束|终了|开始|届满)[前后])?";
    let period = "(?:今年|明年|当年|次年|本年|次月|当月|下月|翌月|每年|每半月|每月|每季度?|每半年|每周(?:[一二三四五六日天](?:[、和](?:周|星期)?[一二三四五六日天])*)?|每旬|每天|每日|每晚|每早|每学期|每学年)(?:首月|末月|末|底|初|早晚|上午|下午|晚上|夜间)*";
    let days = format!("(?:第?{number}\\s*{unit}\\s*)");
    let hour =
        "(?:上午|下午|中午|晚上?)?[0-9０-９]{1,2}(?:[:：][0-9０-９]{2}|时(?:[0-9０-９]{1,2}分)?|点半?)";
    let clock = format!("(?:{hour}(?:、{hour})*|下班)?");
    // 9月底、12月底, 6月—8月, 6月和12月底前: one end stands behind each, or behind the last for all.
    let further = format!("(?:{end}(?:(?:至|到|—|-|－|~|～)+|[、和及]){days}+{part})*");
    let word = "(?:年底|年末|年终|年初|年中|年内|月底|月末|月初|季末|本周|本月|本季度|上、?下半年|上半年(?:[、和及]下半年各?)?|下半年|近期|“?十[二三四五六]五”?)";
    let feast = "“?(?:元旦|春节|五一|国庆|中秋|十一|(?:春季|秋季|春秋两季)?开学|放假|寒假|暑假|暑期|主?汛期|防火期|采暖期|供暖期|秋收|期中|学?期末|节日?|假期)节?”?(?:期间|之前|以前|前|后|内)";
    Regex::new(&format!(
        "^(?:最迟)?(?:于|在|到|至|从|自|每)?(?:{period}{over}{days}*|{days}+|{feast}{days}*|{word}){part}{further}{clock}{end}"
    ))
    .ok()
});

/// Length of the time at the head of `text`.
pub(crate) fn time_len(text: &str) -> usize {
    if OPENING.at_head(text).is_none() {
        return 0;
    }
    TIME.as_ref().and_then(|time| time.find(text)).map_or(0, |time| time.len())
}

/// Whether `text` is nothing but a time: 6月底前, 主汛期前, 暑期.
pub(crate) fn is_time(text: &str) -> bool {
    // Before more words they may belong to a name: 汛期值班组.
    const SEASONS: [&str; 10] =
        ["春季", "夏季", "秋季", "冬季", "寒假", "暑假", "暑期", "汛期", "主汛期", "防火期"];
    time_len(text) == text.len() || SEASONS.contains(&text)
}

/// Whether a time may begin with `c`.
pub(crate) fn opens_time(c: char) -> bool {
    OPENING.has_edge(c)
}

/// The characters that times begin with.
static OPENING: LazyLock<Words<()>> = LazyLock::new(|| {
    let numbers = "0123456789０１２３４５６７８９第一二三四五六七八九十两";
    let words = "年月季上下近“元春秋学期翌国中开放寒暑主汛防采供节假最于在到至从自每今明当次本";
    Words::of_heads(numbers.chars().chain(words.chars()).map(|c| (c.to_string(), ())))
});
