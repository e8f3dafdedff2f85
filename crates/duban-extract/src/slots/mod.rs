//! Labelled slots in running text, （责任单位：…；完成时限：…）, and what a label or a column's head says.
//!
//! A label is known by its colon (責任 单位： may be broken by white space), by a bracket of its own
//! (【责任单位】) or by white space behind it at the head of a bracket; [`openings`] has those that open a
//! line before a body. The same words without these (责令责任单位整改) are words. The words themselves are
//! in `data/slots_labels.txt`.

mod columns;
mod openings;
mod vocabulary;

use std::borrow::Cow;
use std::ops::Range;

use duban_document::label;
use smallvec::SmallVec;

use crate::bodies::time::time_len;
use crate::marks::{Mark, MarkKind, find_marks, is_close, is_colon, is_open, is_word, trimmed};
use crate::model::SlotRole;
use crate::reading::simplified;
pub(crate) use columns::{is_time_head, role_of};
pub(crate) use openings::charges_body;
use vocabulary::LABELS;

/// A label and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) role: SlotRole,
    /// The label with its colon.
    pub(crate) label: Range<usize>,
    /// What it labels: up to the next label, the closing bracket or the end of the clause.
    pub(crate) value: Range<usize>,
}

impl Slot {
    /// The label and what it labels.
    pub(crate) fn span(&self) -> Range<usize> {
        self.label.start..self.value.end.max(self.label.end)
    }
}

/// All slots of `text`, in order.
pub(crate) fn find_slots(text: &str) -> Vec<Slot> {
    find_slots_among(text, &find_marks(text))
}

/// Whether `text` opens with a label.
pub(crate) fn opens_with_label(text: &str) -> bool {
    let may_open = |c| is_open(c) || LABELS.heads.has_edge(c) || LABELS.levels.has_edge(c);
    text.starts_with(|c| may_open(simplified(c)))
        && find_slots(text).first().is_some_and(|slot| slot.label.start == 0)
}

/// All slots of `text`, whose marks are `marks`, in order.
pub(crate) fn find_slots_among(text: &str, marks: &[Mark]) -> Vec<Slot> {
    slots(text, &find_labels(text, marks, false))
}

/// All slots of a table's cell, at whose head a label needs no noun, as in a bracket: 牵头：甲局；配合：乙局.
pub(crate) fn find_slots_in_cell(text: &str, marks: &[Mark]) -> Vec<Slot> {
    slots(text, &find_labels(text, marks, true))
}

fn slots(text: &str, labels: &[Label]) -> Vec<Slot> {
    let limits = labels.iter().skip(1).map(|next| next.outer).chain([text.len()]);
    let slots = labels.iter().zip(limits).map(|(label, limit)| {
        let value = value_range(text, label, limit.max(label.range.end));
        Slot { role: label.role, label: label.range.clone(), value }
    });
    slots.collect()
}

/// Heads of columns are short; a longer text is a cell's.
const LONGEST_HEAD: usize = 16;
/// No label has more characters.
const LONGEST_LABEL: usize = 12;
/// How far a bracket may run on over a line break.
const LONGEST_RUN: usize = 400;

/// A label in a text.
struct Label {
    role: SlotRole,
    range: Range<usize>,
    /// Where what belongs to it begins: its own bracket, where it opens one.
    outer: usize,
    /// Whether a bracket is open around it.
    bracketed: bool,
    /// Whether it opens its line.
    opens_line: bool,
}

fn find_labels(text: &str, marks: &[Mark], is_cell: bool) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    let mut open: SmallVec<[usize; 4]> = SmallVec::new();
    for mark in marks {
        let (at, end) = (mark.at(), mark.end());
        let found = match mark.kind {
            MarkKind::Open => {
                open.push(at);
                let spaced = spaced_label(text, end).map(|(role, range)| (role, range, at));
                spaced
                    .or_else(|| openings::glued_label(text, end))
                    .or_else(|| openings::before_bracket(text, at, end))
            }
            MarkKind::Close => open.pop().and_then(|start| bracket_label(text, start, at..end)),
            MarkKind::Colon => {
                let head_of_cell =
                    || is_cell && at <= 3 * LONGEST_LABEL && !text[..at].contains(['：', ':', '，', '、']);
                let before = labels.last().map(|label| label.range.end);
                let stretch = before.or_else(|| head_of_cell().then_some(0));
                label_before(text, at, stretch).map(|(role, start)| (role, start..end, start))
            }
            MarkKind::Break => {
                open.clear();
                openings::lone_label(text, end).or_else(|| openings::glued_label(text, end))
            }
            MarkKind::Stop => openings::glued_label(text, end),
            MarkKind::Comma if !labels.is_empty() => openings::glued_label(text, end),
            // （责任单位；县财政局）: a colon that was misread.
            MarkKind::Semicolon | MarkKind::End if !open.is_empty() && openings::names_body(text, end) => {
                let before = labels.last().map(|label| label.range.end);
                label_before(text, at, before).map(|(role, start)| (role, start..end, start))
            }
            _ => None,
        };
        let Some((role, range, outer)) = found else { continue };
        if labels.last().is_some_and(|last| last.range.end > range.start) || is_note(text, &range) {
            continue;
        }
        let outer = open.last().copied().filter(|open| only_space(text, *open, range.start)).unwrap_or(outer);
        let opens_line =
            text[..outer].trim_end_matches([' ', '\t', '\u{3000}']).ends_with('\n') || outer == 0;
        labels.push(Label { role, range, outer, bracketed: !open.is_empty(), opens_line });
    }
    labels
}

/// The label that the bracket from `start` to the mark in `close` is. （牵头单位） says the role of the name
/// before it and is none, but where it opens a line.
fn bracket_label(text: &str, start: usize, close: Range<usize>) -> Option<(SlotRole, Range<usize>, usize)> {
    let bracket = text.get(start..close.start)?;
    let inner = bracket.get(bracket.chars().next()?.len_utf8()..)?;
    let is_round = bracket.starts_with(['（', '(']);
    if inner.len() > 3 * LONGEST_HEAD || (is_round && !openings::is_round(text, start, close.end)) {
        return None;
    }
    let role = LABELS.role(&fold(inner))?;
    Some((role, start..after_colon(text, close.end).unwrap_or(close.end), start))
}

/// Whether the label opens the text and says that it is a note, which may ask for something as any other
/// text does (备注：各科室每月5日前报送进度。); behind other labels it says that the value is a remark.
fn is_note(text: &str, label: &Range<usize>) -> bool {
    label.start == 0 && text.starts_with("备注")
}

/// Whether only the opening bracket at `open` and white space stand before `start`.
fn only_space(text: &str, open: usize, start: usize) -> bool {
    text.get(open..start).is_some_and(|between| between.chars().skip(1).all(char::is_whitespace))
}

/// A label at the head of a bracket with white space, 为 or, before a body, a comma in place of the colon.
fn spaced_label(text: &str, start: usize) -> Option<(SlotRole, Range<usize>)> {
    let end = text.floor_char_boundary((start + 2 * LONGEST_HEAD * 3).min(text.len()));
    let rest = text.get(start..end)?;
    let head = rest.trim_start();
    let from = start + rest.len() - head.len();
    if !LABELS.heads.has_edge(simplified(head.chars().next()?)) {
        return None;
    }
    let word_end = head.find([' ', '\u{3000}', '为', '、', '，'])?;
    let word: String = head.get(..word_end)?.chars().map(simplified).collect();
    let role = LABELS.role(&word)?;
    let mark = head.get(word_end..)?.chars().next()?;
    // （责任单位、县财政局）, but （责任单位、配合单位：县财政局）.
    if matches!(mark, '、' | '，') && !openings::names_body(text, from + word_end + mark.len_utf8()) {
        return None;
    }
    let mark = mark.len_utf8();
    let next = head.get(word_end + mark..)?.trim_start().chars().next()?;
    // （第一责任单位为牵头单位） is a rule.
    let value: String = head.get(word_end + mark..)?.chars().take(LONGEST_LABEL).map(simplified).collect();
    let rule = ["牵头", "主办", "主责", "责任", "配合"].iter().any(|word| value.starts_with(word));
    (!is_colon(next) && !is_close(next) && !rule).then_some((role, from..from + word_end + mark))
}

/// The label that ends at the colon at `colon`: what it says and where it begins.
///
/// `stretch` is where the label before it ends: within its value a label may follow a name without
/// a mark (牵头单位：甲局配合单位：乙局); elsewhere a mark, a bracket or white space stands before one.
fn label_before(text: &str, colon: usize, stretch: Option<usize>) -> Option<(SlotRole, usize)> {
    // 责任单位为：县财政局.
    let head = text.get(..colon)?;
    let colon = head.strip_suffix('为').map_or(colon, str::len);
    // Most colons stand behind words that end no label.
    let last = text.get(..colon)?.trim_end().chars().next_back()?;
    if !is_close(last) && !LABELS.ends.has_edge(simplified(last)) {
        return None;
    }
    let (chars, bracket_before) = chars_before(text.get(..colon)?);
    let mut label = String::with_capacity(chars.len() * char::MAX.len_utf8());
    label.extend(chars.iter().rev().map(|(_, c, _)| *c));
    LABELS.ends.at_end(&label)?;
    // No label has one character, nor more than the longest.
    let longest = chars.len().min(LONGEST_LABEL);
    let heads = label.char_indices().enumerate().skip(chars.len() - longest);
    for (skipped, (at, _)) in heads.take(longest.saturating_sub(1)) {
        let (inside, before) = chars.split_at(chars.len() - skipped);
        let &(start, _, spaced) = inside.last()?;
        let apart = before.is_empty() || spaced;
        let broken = inside.iter().rev().skip(1).any(|(_, _, spaced)| *spaced);
        if broken && !apart {
            continue;
        }
        let word = label.get(at..)?;
        let role = LABELS.role(word).or_else(|| {
            let head_of_bracket = before.is_empty() && (bracket_before || stretch.is_some());
            let alone = || apart && openings::is_bare(text, start, colon, stretch);
            let glued = || openings::is_glued(text, start, colon, stretch);
            LABELS.bare_role(word).filter(|_| head_of_bracket || alone() || (!apart && glued()))
        });
        let Some(role) = role else { continue };
        if apart {
            return Some((role, start));
        }
        if let Some(start) = level_before(before) {
            // 其他成员单位：做好相关工作 tells them to act; 其他成员单位：县财政局 lists them.
            let mark = text.get(colon..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
            let others = word.starts_with("成员") && text.get(start..)?.starts_with('其');
            let told = others && !charges_body(text, colon + mark);
            return (!told).then_some((role, start));
        }
        let glued = before.first().is_some_and(|(_, c, _)| !BINDS.contains(*c));
        let runs_on = stretch.and_then(|end| text.get(end..start));
        return (glued && runs_on.is_some_and(|value| !value.contains(['。', '\n'])))
            .then_some((role, start));
    }
    None
}

/// A character before a colon, its place, and whether white space stands before it.
type Spaced = (usize, char, bool);

/// The characters at the end of `head`, the last first, no more than tell a label, and whether an opening
/// bracket stands before them.
fn chars_before(head: &str) -> (SmallVec<[Spaced; LONGEST_LABEL + 1]>, bool) {
    let mut chars: SmallVec<[Spaced; LONGEST_LABEL + 1]> = SmallVec::new();
    let mut inside = 0..0;
    for (at, c) in head.char_indices().rev() {
        if inside.contains(&at) {
            continue;
        }
        // 责任部门（单位）, 牵头（责任）单位: what the bracket adds says nothing more.
        if let Some(gloss) = gloss_before(head, at + c.len_utf8()) {
            inside = gloss..at;
        } else if c.is_whitespace() {
            if let Some(last) = chars.last_mut() {
                last.2 = true;
            }
        } else if matches!(c, '、' | '/' | '／') && LABELS.may_be_second(&chars) {
            // 责任部门、单位: what one mark parts is one label.
            if let Some(last) = chars.last_mut() {
                last.2 = true;
            }
        } else if !is_word(c) || chars.len() > LONGEST_LABEL {
            return (chars, is_open(c));
        } else {
            chars.push((at, simplified(c), false));
        }
    }
    (chars, false)
}

/// Where a short bracket inside a label begins that closes right before byte `end`.
fn gloss_before(text: &str, end: usize) -> Option<usize> {
    const LONGEST_GLOSS: usize = 4;
    let mut before = text.get(..end)?.char_indices().rev();
    before.next().filter(|(_, c)| is_close(*c))?;
    let (open, _) =
        before.take(LONGEST_GLOSS + 1).find(|(_, c)| !is_word(*c)).filter(|(_, c)| is_open(*c))?;
    let outside = text.get(..open)?.chars().next_back()?;
    is_word(outside).then_some(open)
}

/// A label's words after one of these are the object of a sentence or name several bodies: 由责任单位,
/// 各责任单位.
const BINDS: &str = "各由向请对和与及将让给按被每该关他令促导为是";

/// Where a level word (市级, 县直) begins that is all that stands before a label.
fn level_before(before: &[Spaced]) -> Option<usize> {
    let own = before.iter().position(|(_, _, spaced)| *spaced).map_or(before.len(), |last| last + 1);
    let word: String = before.iter().take(own).rev().map(|(_, c, _)| *c).collect();
    let is_level = LABELS.levels.at_head(&word).is_some_and(|((), length)| length == word.len());
    before.get(own.checked_sub(1).filter(|_| is_level)?).map(|(at, _, _)| *at)
}

/// What the label's value covers: to `limit` at most.
fn value_range(text: &str, label: &Label, limit: usize) -> Range<usize> {
    let start = label.range.end;
    let quote = closing_quote(text, label.outer);
    let mut depth = 0_usize;
    let mut previous = ' ';
    let mut end = limit;
    for (offset, c) in text.get(start..limit).unwrap_or_default().char_indices() {
        let at = start + offset;
        let opens_item = (is_open(c) || c.is_ascii_digit()) && !previous.is_ascii_digit() && depth == 0;
        let stops = match c {
            '。' => depth == 0,
            c if Some(c) == quote => true,
            // 完成时限：6月底前；县财政局负责.
            '；' | ';' | '，' if depth == 0 && label.bracketed && label.role == SlotRole::Time => {
                charges_body(text, at + c.len_utf8())
            }
            '\n' => {
                let below = previous == ' ' && stands_below(text, at, label.role);
                !below && !runs_on(text, at, label.bracketed, previous)
            }
            '；' | ';' => depth == 0 && !label.bracketed && !label.opens_line,
            _ if opens_item && !label.bracketed && begins_item(text, at, start) => true,
            c if is_close(c) => depth == 0,
            _ => false,
        };
        if stops {
            end = at;
            break;
        }
        depth = if is_open(c) { depth + 1 } else { depth.saturating_sub(usize::from(is_close(c))) };
        if !c.is_whitespace() {
            previous = c;
        }
    }
    trim(text, start..end)
}

/// What closes the quotation mark or the angle before a label: <责任单位：甲局>.
fn closing_quote(text: &str, label: usize) -> Option<char> {
    match text.get(..label)?.chars().next_back()? {
        '<' => Some('>'),
        '＜' => Some('＞'),
        '〈' => Some('〉'),
        '《' => Some('》'),
        _ => None,
    }
}

/// Whether an item's number, not a part of the value, begins at `at`: 责任单位：甲局2.推进….
fn begins_item(text: &str, at: usize, start: usize) -> bool {
    // 完成时限：3、6、9、12月 lists months.
    let listed = || {
        text[start..at]
            .trim_end()
            .strip_suffix('、')
            .is_some_and(|list| list.ends_with(|c: char| c.is_ascii_digit()))
    };
    at > start && text.get(at..).and_then(label::at).is_some() && !listed()
}

/// Whether a value goes on over the line break at `at`: a list does after its mark, a bracket until
/// it closes.
fn runs_on(text: &str, at: usize, bracketed: bool, previous: char) -> bool {
    let closes = || {
        let rest = text.get(at..).unwrap_or_default();
        let close =
            rest.char_indices().take(LONGEST_RUN).find(|(_, c)| is_close(*c) || is_open(*c) || *c == '。');
        close.is_some_and(|(_, c)| is_close(c))
    };
    matches!(previous, '、' | '，' | ',') || (bracketed && closes())
}

/// Whether the value of a label that nothing follows on its line stands below the line break at `at`, as in a
/// table that was copied as text: a line of names or a time.
fn stands_below(text: &str, at: usize, role: SlotRole) -> bool {
    let near = text.get(at..text.floor_char_boundary(at + LONGEST_RUN)).unwrap_or_default().trim();
    let line = near.lines().next().unwrap_or_default().trim_end();
    match role {
        SlotRole::Person => false,
        SlotRole::Time => matches!(time_len(line), len if len > 0 && len == line.len()),
        _ => !line.is_empty() && !line.contains(['。', '：', ':']) && openings::names_body(text, at),
    }
}

fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let marks = |c: char| c.is_whitespace() || matches!(c, '、' | '，' | ',' | '；' | ';' | '。' | '.');
    trimmed(text, range, marks)
}

/// End of the colon that follows `end`, white space apart.
fn after_colon(text: &str, end: usize) -> Option<usize> {
    let rest = text.get(end..)?;
    let head = rest.trim_start_matches([' ', '\u{3000}']);
    let colon = head.chars().next().filter(|c| is_colon(*c))?;
    Some(end + rest.len() - head.len() + colon.len_utf8())
}

/// A label without white space, brackets and what they hold; of one wholly in brackets what they hold.
fn fold(label: &str) -> Cow<'_, str> {
    if label.chars().all(|c| is_word(c) && simplified(c) == c) {
        return Cow::Borrowed(label);
    }
    let mut depth = 0_usize;
    let mut outside = String::with_capacity(label.len());
    let mut inside = String::new();
    for c in label.chars() {
        match c {
            c if is_word(c) && depth > 0 => inside.push(simplified(c)),
            c if is_word(c) => outside.push(simplified(c)),
            c if is_open(c) => depth += 1,
            c if is_close(c) => depth = depth.saturating_sub(1),
            c if c.is_whitespace() || is_colon(c) => {}
            c if depth > 0 => inside.push(simplified(c)),
            c => outside.push(simplified(c)),
        }
    }
    Cow::Owned(if outside.is_empty() { inside } else { outside })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Slots as `L=value`, one letter for each role, joined by ` | `.
    fn slots(text: &str) -> String {
        let shown = find_slots(text).into_iter().map(|slot| {
            let role = match slot.role {
                SlotRole::Lead => 'L',
                SlotRole::Responsible => 'R',
                SlotRole::Support => 'S',
                SlotRole::Time => 'T',
                SlotRole::Person => 'P',
            };
            format!("{role}={}", &text[slot.value])
        });
        shown.collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn labels_in_brackets() {
        for (text, expected) in [
            ("抓好落实。（责任单位：县财政局、县教育局）", "R=县财政局、县教育局"),
            ("抓好落实（责任 单位:县财政局 ；完成 时限 ：10月底前）。", "R=县财政局 | T=10月底前"),
            ("（牵头单位：综合办配合单位：各站所）", "L=综合办 | S=各站所"),
            ("（牵头单位：甲局，配合单位：乙局）", "L=甲局 | S=乙局"),
            ("【责任单位】甲局、乙局【完成时限】长期", "R=甲局、乙局 | T=长期"),
            ("【牵头单位：甲局】【配合单位：乙局】", "L=甲局 | S=乙局"),
            ("[责任单位：区新闻办（区委宣传部）、各社区）", "R=区新闻办（区委宣传部）、各社区"),
            ("（责任单位 甲局、乙局）", "R=甲局、乙局"),
            ("（牵头：甲局；配合：乙局）", "L=甲局 | S=乙局"),
            ("（省级牵头单位：甲厅；市级责任单位：乙局）", "L=甲厅 | R=乙局"),
            ("（责任单位：甲局；乙局；责任人：张三 13800000000）", "R=甲局；乙局 | P=张三 13800000000"),
        ] {
            assert_eq!(slots(text), expected, "{text}");
        }
    }

    #[test]
    fn labels_without_brackets() {
        for (text, expected) in [
            ("建好台账。\n责任单位：甲局、乙局\n完成时限：6月底", "R=甲局、乙局 | T=6月底"),
            ("建好台账。责任单位：甲局、乙局2.推进公开", "R=甲局、乙局"),
            ("建好台账。责任单位：甲局；其他事项另行通知", "R=甲局"),
            ("牵头单位：甲局 配合单位：乙局", "L=甲局 | S=乙局"),
            ("责任\n单位：甲局", "R=甲局"),
            ("由甲局牵头\n责任单位：乙局", "R=乙局"),
        ] {
            assert_eq!(slots(text), expected, "{text}");
        }
    }

    #[test]
    fn words_are_no_labels() {
        for text in [
            "17个帮扶集团牵头单位要落实",
            "责令责任单位整改。",
            "各责任单位：请抓好落实",
            "由牵头单位：统一报送",
            "（责任单位要按时报送）",
            "落实责任：抓好分工",
            "备注：各科室每月5日前报送进度。",
        ] {
            assert_eq!(slots(text), "", "{text}");
        }
    }
}
