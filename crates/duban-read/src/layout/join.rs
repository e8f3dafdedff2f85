//! Hard-wrapped lines to the decision, line by line, whether a paragraph opens.

use std::collections::BTreeMap;

use duban_document::label::LabelStyle;
use duban_document::numeral;

use super::flow::{self, End, FlowLine};
use super::wrap::{CENTRED, INDENT, SLACK, Wrap};

/// Columns from the margin where a line is too far to belong to a block that is indented as a whole.
const FAR: u32 = 20;

/// For each line of hard-wrapped text, whether it opens a paragraph.
///
/// It does behind a line that had room for its first word, at an indent, and at a label that is
/// likely to open an item. Lines that are short because they are titles each open one: which of them
/// make one title is for the reader of heads to say, who knows how titles are worded.
pub(crate) fn openings(wrap: &Wrap, flow: &[FlowLine<'_>]) -> Vec<bool> {
    let mut openings = Vec::with_capacity(flow.len());
    let mut series = Series::default();
    for (index, line) in flow.iter().enumerate() {
        let last_opens = openings.last().copied().unwrap_or(true);
        let opens = index.checked_sub(1).and_then(|last| flow.get(last)).is_none_or(|last| {
            let pair = Pair { wrap, last, last_opens, line, next: flow.get(index + 1) };
            pair.parts(&series)
        });
        if opens {
            series.note(line);
        }
        openings.push(opens);
    }
    openings
}

/// The last value of each style of label that opened a paragraph.
#[derive(Default)]
struct Series(BTreeMap<LabelStyle, u32>);

impl Series {
    fn note(&mut self, line: &FlowLine<'_>) {
        if let Some(label) = line.label {
            self.0.insert(label.style, label.value);
        }
    }

    /// Whether the line's label is the first of a series or goes on where one stopped, a skipped
    /// number or two apart.
    fn goes_on_with(&self, line: &FlowLine<'_>) -> bool {
        line.label.is_some_and(|label| {
            let last = self.0.get(&label.style).copied().unwrap_or(0);
            label.value == 1 || (last + 1..=last + 3).contains(&label.value)
        })
    }
}

/// Two lines in a row, and the one behind them.
struct Pair<'a> {
    wrap: &'a Wrap,
    last: &'a FlowLine<'a>,
    /// Whether `last` opens a paragraph.
    last_opens: bool,
    line: &'a FlowLine<'a>,
    next: Option<&'a FlowLine<'a>>,
}

impl Pair<'_> {
    /// Whether a paragraph ends between the two.
    fn parts(&self, series: &Series) -> bool {
        let Self { wrap, last, line, .. } = self;
        if line.parted || flow::stands_alone(last.text) {
            return true;
        }
        if self.indent(line) >= INDENT || self.indent(last) >= CENTRED {
            return !self.hangs() && !self.wraps_title();
        }
        if line.label.is_some() {
            return self.is_short(self.spare()) || self.label_opens(series);
        }
        if opens_inside(line.text) {
            return false;
        }
        if line.blanks > 0 && !wrap.double_spaced && !line.opens_page {
            return true;
        }
        match last.end {
            End::Comma | End::Open => false,
            End::Word => self.is_short(self.spare()) && !goes_on(last, line),
            End::Closed if goes_on(last, line) => false,
            _ if wrap.indented && !self.follows_flush() => self.is_short(self.spare()),
            End::Closed => self.is_short(SLACK / 2),
            End::Sentence | End::Clause => self.is_short(0) || wrap.is_first_line(line, self.next),
        }
    }

    /// Columns that a line must fall short of the measure to be the last of its paragraph, where its
    /// end does not say so. Where paragraphs are indented, the next line should have been, too.
    fn spare(&self) -> u32 {
        if self.wrap.indented { self.wrap.width.saturating_sub(self.wrap.base) / 4 } else { SLACK }
    }

    /// Whether the line before opened a paragraph without the indent that others have: a salutation, a
    /// heading. What follows it may do so, too.
    fn follows_flush(&self) -> bool {
        self.last_opens && self.indent(self.last) < INDENT
    }

    /// Whether the line goes on in a block that is indented as a whole, below the text of its label.
    fn hangs(&self) -> bool {
        let deep = (CENTRED..FAR).contains(&self.indent(self.line));
        let below = self.line.left.abs_diff(self.last.left) <= 1
            || self.last_opens && self.last.label.is_some() && self.line.left > self.last.left;
        deep && below && self.line.label.is_none() && !self.is_short(SLACK)
    }

    /// Whether the line is the centred rest of a title whose first line took the whole measure.
    fn wraps_title(&self) -> bool {
        let Self { last, line, .. } = self;
        let first = self.last_opens && last.label.is_none() && self.indent(last) < CENTRED;
        let broken = matches!(last.end, End::Word | End::Comma | End::Open);
        let centred = self.indent(line).abs_diff(self.wrap.width.saturating_sub(line.right)) <= SLACK;
        first && broken && centred && self.indent(line) >= CENTRED && !self.is_short(SLACK)
    }

    fn indent(&self, line: &FlowLine<'_>) -> u32 {
        line.left.saturating_sub(self.wrap.base)
    }

    fn is_short(&self, slack: u32) -> bool {
        self.wrap.is_short(self.last, self.last_opens, self.line, slack)
    }

    /// Whether the label opens a paragraph behind the full line `last`, rather than standing at the
    /// beginning of a line by chance.
    fn label_opens(&self, series: &Series) -> bool {
        match self.last.end {
            End::Comma | End::Open => false,
            _ if self.wrap.is_no_first_line(self.line) => false,
            End::Sentence if !self.wrap.indented => true,
            End::Sentence => series.goes_on_with(self.line),
            _ if self.wrap.indented => false,
            // In mid-sentence only the very next number, or the first below a heading, is no reference.
            End::Word if self.line.label.is_some_and(|label| label.value == 1) => self.last.is_heading(),
            End::Clause | End::Closed | End::Word => series.goes_on_with(self.line),
        }
    }
}

/// Whether `line` goes on with what `last` left open, whatever the measure: a clause, a bracket, the title of a
/// document with its number, a date, a list of recipients.
pub(crate) fn goes_on(last: &FlowLine<'_>, line: &FlowLine<'_>) -> bool {
    opens_inside(line.text)
        || !matches!(last.end, End::Sentence | End::Clause)
            && (closes_bracket(last.text, line.text)
                || numbers_title(last.text, line.text)
                || breaks_date(last.text, line.text)
                || ends_salutation(last, line))
}

/// Whether `line` is the end of a list of recipients that `last` broke inside a word: 各高等学 | 校：.
fn ends_salutation(last: &FlowLine<'_>, line: &FlowLine<'_>) -> bool {
    /// Columns of what is left of a word at most, its colon included.
    const LONGEST_REST: u32 = 8;
    line.right - line.left <= LONGEST_REST
        && line.text.ends_with(['：', ':'])
        && last.end == End::Word
        && last.text.starts_with('各')
        && !line.text.contains('各')
}

/// Whether `text` begins with a mark that nothing begins with: ，结合实际.
fn opens_inside(text: &str) -> bool {
    text.starts_with(['，', '。', '、', '；', '：', '）', '》', '〉', '〕', '】', '”'])
}

/// Whether the bracket that opens `after` numbers the document whose title `before` ends with, and a sentence goes
/// on behind it: …的意见》 | （云政发〔2021〕3号）精神. Alone on its line it may stand below a title.
fn numbers_title(before: &str, after: &str) -> bool {
    let bracket = after.strip_prefix(['（', '(']).filter(|_| before.ends_with('》'));
    let parts = bracket.and_then(|bracket| bracket.split_once(['）', ')']));
    parts.is_some_and(|(number, behind)| number.contains(['〔', '[']) && !behind.trim().is_empty())
}

/// Whether a date goes on in `after`: 6月 | 15日前, 2021年 | 6月底, 6月15 | 日前.
fn breaks_date(before: &str, after: &str) -> bool {
    let is_digit = |c: char| numeral::arabic_digit(c).is_some();
    let bare = before.trim_end();
    let number = bare.trim_end_matches(is_digit);
    if number.len() < bare.len() {
        return number.trim_end().ends_with('月') && after.starts_with('日');
    }
    let units: &[char] = if bare.ends_with('月') { &['日', '号'] } else { &['月'] };
    let dated = bare.strip_suffix(['年', '月']).is_some_and(|rest| rest.trim_end().ends_with(is_digit));
    let next = after.trim_start_matches(is_digit);
    dated && matches!(after.len() - next.len(), 1 | 2) && next.trim_start().starts_with(units)
}

/// Whether `after` closes a bracket that `before` left open.
fn closes_bracket(before: &str, after: &str) -> bool {
    let pairs = [('（', '）'), ('《', '》'), ('“', '”'), ('【', '】'), ('(', ')'), ('〔', '〕')];
    pairs.iter().any(|&(open, close)| {
        let is_open = before.rfind(open) > before.rfind(close);
        is_open && after.find([open, close]).is_some_and(|at| after[at..].starts_with(close))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_go_on_whatever_the_measure() {
        let line = |text| FlowLine::new(text, 0, super::super::width::measure(text).columns, 0);
        for (last, next, expected) in [
            ("根据《全县防汛方案》（云应急〔2021〕", "16号）精神，制定本方案。", true),
            ("根据《全县防汛", "方案》，制定本方案。", true),
            ("为贯彻《全县防汛方案》", "（云应急〔2021〕3号）精神，制定本方案。", true),
            ("云岭县《全县防汛方案》", "（云应急〔2021〕3号）", false),
            ("为落实会议精神", "，制定本方案。", true),
            ("建好台账，6 月", "15 日前完成", true),
            ("建好台账，2021年", "6月底前完成", true),
            ("建好台账，6 月 15", "日前完成", true),
            ("云岭县2021年", "15个重点项目", false),
            ("完成时限：6月", "2.建好台账", false),
            ("各高等学", "校：", true),
            ("关于防汛的通知", "各乡镇：", false),
            ("做好防汛（责任单位：县应急局", "加强巡堤（责任单位：县水利局）", false),
        ] {
            assert_eq!(goes_on(&line(last), &line(next)), expected, "{last} | {next}");
        }
    }
}
