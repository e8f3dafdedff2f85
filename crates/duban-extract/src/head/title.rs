//! Lines of titles to titles: what could be one, where it ends, whom it names and what it encloses.

use std::sync::LazyLock;

use duban_document::Words;

use super::issuers;
use super::text::{has_at_least, is_blank, is_within, key, nested, squeeze, trim, without_end_bracket};
use super::words;

/// Longest line of a title in characters.
const LONGEST_LINE: usize = 130;

/// Most lines that a title is printed on.
pub(super) const MOST_LINES: usize = 6;

/// Whether `text` could be a title or a line of one by its marks: no sentence, nothing left open at its end.
pub(super) fn is_line(text: &str) -> bool {
    if !is_within(text, LONGEST_LINE)
        || text.trim_end_matches(is_blank).ends_with(['：', ':', '、', ';', '；', '，'])
    {
        return false;
    }
    let mut comma = false;
    for (_, c, depth) in nested(text) {
        match c {
            '。' | '；' | '！' | '？' if depth == 0 => return false,
            // A preamble that is typed in half-width marks is no line of a title either.
            '，' | ',' if depth == 0 => comma = true,
            '\t' | '|' => return false,
            _ => {}
        }
    }
    // 经 opens preambles and titles: 经济工作要点.
    let is_preamble = opens_preamble(text) && (comma || !text.starts_with('经'));
    // 关于加强管理，推进公开的通知: a comma only where a title's ending follows.
    !is_preamble && (!comma || (is_within(text, 60) && words::ends_as_title(&squeeze(text))))
}

/// Whether `text` begins as the preamble of a plan does.
pub(super) fn opens_preamble(text: &str) -> bool {
    const OPENERS: [&str; 16] = [
        "为了",
        "为深入",
        "为进一步",
        "为贯彻",
        "为全面",
        "为切实",
        "为认真",
        "为做好",
        "为加",
        "为落实",
        "为推",
        "根据",
        "按照",
        "现将",
        "依据",
        "经",
    ];
    let text = text.trim_start_matches(is_blank);
    OPENERS.iter().any(|word| text.starts_with(word))
}

/// Where a title that runs into what follows it in one paragraph ends.
///
/// It ends behind a word that ends titles, before a blank, a line of recipients, a preamble or the
/// first item; a paragraph that is a title as a whole has no such place.
pub(super) fn end_before_text(text: &str) -> Option<usize> {
    const SHORTEST: usize = 7;
    // 各市、计划|单列市工信局：.
    if text.starts_with('各') && super::recipients::list_end(text).is_some() {
        return None;
    }
    let mut previous = 0;
    for (count, (offset, c, depth)) in nested(text).enumerate() {
        if count > LONGEST_LINE || matches!(c, '。' | '；' | '，' | '：' if depth == 0) {
            return None;
        }
        if depth > 0 || offset < previous {
            continue;
        }
        let Some(word) = words::title_ending_at(&text[offset..]) else { continue };
        let mut end = offset + word.len();
        previous = end;
        if text[end..].starts_with(['（', '(']) {
            end = super::text::bracket_end(text, end, 30).unwrap_or(end);
        }
        let title = squeeze(&text[..end]);
        if has_at_least(&title, SHORTEST)
            && words::ends_as_title(&title)
            && (ends_here(&text[end..]) || is_signed(&title, &text[end..]))
        {
            return Some(end);
        }
    }
    None
}

/// Whether `rest` begins with something that no title goes on with.
fn ends_here(rest: &str) -> bool {
    let bare = rest.trim_start_matches(is_blank);
    if bare.is_empty() {
        return false;
    }
    let first = super::text::opening(bare, 40);
    let is_item = duban_document::label::at(bare)
        .is_some_and(|label| label.value == 1 && label.style != duban_document::label::LabelStyle::Arabic);
    let is_number = super::number::find(first, 0).is_some_and(|number| number.range.start == 0);
    let parted = bare.len() < rest.len();
    // 县自然资源和规划|局、县财政局：.
    let names_body = !parted && super::recipients::opens_with_class(rest);
    let are_recipients = !names_body && super::recipients::list_end(bare).is_some();
    let text_follows = opens_preamble(first) || is_number || are_recipients;
    let word = &bare[..super::text::forward(bare, 0, |c| !is_blank(c))];
    is_item || text_follows || parted && !is_line(rest) && !words::ends_as_title(word)
}

/// Whether `rest` is the body that signs right behind `title`: both begin with the same place.
fn is_signed(title: &str, rest: &str) -> bool {
    let rest = rest.trim_start_matches(is_blank);
    rest.starts_with(super::text::opening(title, 2)) && issuers::is_name(rest)
}

/// How many of `lines` (squeezed), from the first, make the title that begins there; `known` are
/// the titles that the notice has named, `closed` says that running text or an item follows.
pub(super) fn lines_of(lines: &[String], known: &[String], closed: bool) -> usize {
    let mut printed = String::new();
    for (index, line) in lines.iter().enumerate().take(MOST_LINES) {
        printed.push_str(&key(line));
        if known.iter().any(|title| is_same(title, &printed)) {
            return with_brackets(lines, index + 1);
        }
    }
    // A part's heading ends the title, unless it is no more than the title's last words.
    let heads_part = |index: &usize| {
        *index > 0 && words::is_part_heading(&lines[*index]) && words::ends_as_title(&lines[*index - 1])
    };
    let last = (0..lines.len()).find(heads_part).unwrap_or(lines.len()).min(MOST_LINES);
    let mut ends =
        (0..last).filter(|index| words::ends_as_title(&lines[*index]) && !is_bracket(&lines[*index]));
    let end = if closed && lines.len() <= MOST_LINES { ends.next_back() } else { ends.next() };
    end.map_or(last.min(1), |end| with_brackets(lines, end + 1))
}

/// Whether `printed` is the title `known`, which may have been given with or without the place in front.
pub(super) fn is_same(known: &str, printed: &str) -> bool {
    const LONG_ENOUGH: usize = 6;
    let ends = |whole: &str, end: &str| has_at_least(end, LONG_ENOUGH) && whole.ends_with(end);
    known == printed || ends(printed, known) || ends(known, printed)
}

/// Also takes lines such as （试行） below a title.
fn with_brackets(lines: &[String], count: usize) -> usize {
    count + lines.iter().skip(count).take_while(|line| is_bracket(line)).count()
}

fn is_bracket(line: &str) -> bool {
    line.starts_with(['（', '(']) && line.ends_with(['）', ')']) && without_end_bracket(line).is_empty()
}

/// Whether `line` (squeezed) is the end of the title of a notice that sends something.
pub(super) fn ends_notice(line: &str) -> bool {
    without_end_bracket(line).ends_with("通知")
}

/// The name of what a notice of `title` (squeezed) sends or passes on: 关于印发《X》的通知 gives X.
pub(super) fn enclosed(title: &str) -> Option<&str> {
    static VERBS: LazyLock<Words<()>> =
        LazyLock::new(|| Words::of_heads(["印发", "转发", "批转", "下发", "发布"].map(|verb| (verb, ()))));
    let ((), verb) = VERBS.next_at_head(title, 0)?;
    let rest = title[verb.end..].trim_start_matches('了');
    let end = rest.rfind("的通知").or_else(|| rest.rfind("通知")).unwrap_or(rest.len());
    let name = rest[..end].trim();
    let inner = name.strip_prefix('《').and_then(|name| name.strip_suffix('》'));
    Some(inner.unwrap_or(name)).filter(|name| has_at_least(name, 4))
}

/// The body that a title names as its issuer: X关于…, X印发…; of several the first. `lines` are the
/// title's lines, `printed` the same in the characters they were printed in.
pub(super) fn issuer(lines: &[&str], printed: &[&str]) -> Option<String> {
    let (joined, printed) = (lines.join("\n"), printed.join("\n"));
    static ENDS: LazyLock<Words<()>> =
        LazyLock::new(|| Words::of_heads(["关于", "印发", "转发", "批转"].map(|word| (word, ()))));
    let end = ENDS.next_at_head(&joined, 0)?.1.start;
    let start = trim(&joined, 0..end).start;
    let names = without_others(&joined[start..end]);
    let first = issuers::names(names).into_iter().next()?;
    let name = squeeze(&names[first.clone()]);
    let length = first_of_run(&name).unwrap_or(&name).len();
    let printed = squeeze(&printed[start + first.start..start + first.end]);
    Some(printed.get(..length)?.to_owned()).filter(|name| has_at_least(name, 3))
}

/// The first of several bodies that run together: 市财政局市商务局, 云岭省财政厅云岭省商务厅. The second
/// begins with the place or the level that the first begins with.
pub(super) fn first_of_run(names: &str) -> Option<&str> {
    const LEVELS: &str = "省市县区州旗镇乡";
    let place = names.strip_prefix("中共").unwrap_or(names);
    let level = place.chars().next()?;
    let most = if LEVELS.contains(level) { 1 } else { 2 };
    let begin = super::text::opening(place, most);
    let second = names.match_indices(begin).map(|(offset, _)| offset).skip(1);
    let mut ends = second.map(|offset| names[..offset].strip_suffix("中共").unwrap_or(&names[..offset]));
    ends.find(|first| is_run(first, &names[first.len()..]))
}

fn is_run(first: &str, second: &str) -> bool {
    has_at_least(first, 3) && issuers::is_name(first) && issuers::is_name(second)
}

/// 省商务厅等17部门 leaves the first.
fn without_others(names: &str) -> &str {
    let bare = names.trim_end_matches(is_blank);
    let Some(head) = bare.rfind('等') else { return bare };
    let tail = squeeze(&bare[head + '等'.len_utf8()..]);
    let counts = tail
        .trim_start_matches(|c: char| c.is_numeric() || "一二三四五六七八九十".contains(c))
        .trim_start_matches('个');
    if matches!(counts, "部门" | "单位" | "部委" | "厅局" | "") { &bare[..head] } else { bare }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_notice_encloses() {
        assert_eq!(enclosed("云岭县关于印发《云岭县工作要点》的通知"), Some("云岭县工作要点"));
        assert_eq!(enclosed("关于印发2021年工作方案的通知"), Some("2021年工作方案"));
        assert_eq!(enclosed("云岭县2021年工作方案"), None);
    }

    #[test]
    fn issuers() {
        let name = |lines: &[&str]| issuer(lines, lines);
        assert_eq!(
            name(&["云岭县人民政府办公室", "关于印发工作方案的通知"]).as_deref(),
            Some("云岭县人民政府办公室")
        );
        assert_eq!(name(&["云岭省商务厅等17部门关于加强管理的意见"]).as_deref(), Some("云岭省商务厅"));
        assert_eq!(name(&["云岭省商务厅 云岭省财政厅关于加强管理的意见"]).as_deref(), Some("云岭省商务厅"));
        assert_eq!(name(&["市财政局市商务局关于加强管理的意见"]).as_deref(), Some("市财政局"));
        let joint = ["中共云岭县委办公室", "云岭县人民政府办公室印发关于加强管理的意见的通知"];
        assert_eq!(name(&joint).as_deref(), Some("中共云岭县委办公室"));
        assert_eq!(
            name(&["市生态环境局云岭分局关于加强管理的意见"]).as_deref(),
            Some("市生态环境局云岭分局")
        );
        assert_eq!(name(&["关于印发工作方案的通知"]), None);
        assert_eq!(name(&["2021年关于做好工作的方案"]), None);
    }

    #[test]
    fn ends() {
        let end = |text: &'static str| end_before_text(text).map(|end| &text[..end]);
        assert_eq!(end("云岭县2021年工作要点 为做好工作，制定本要点。"), Some("云岭县2021年工作要点"));
        assert_eq!(end("云岭县2021年工作要点一、总体要求"), Some("云岭县2021年工作要点"));
        assert_eq!(end("关于做好工作的通知各乡镇人民政府：现将"), Some("关于做好工作的通知"));
        assert_eq!(end("云岭县2021年工作要点"), None);
        assert_eq!(end("云岭县2021年政务公开 工作要点"), None);
    }
}
