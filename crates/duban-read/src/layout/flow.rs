//! Printed lines to the flow of running text: how each line begins and ends, and what lies before it.

use duban_document::label::{self, Label};

use super::lines::{Lines, Role};
use super::width;

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// With a full stop, closing marks behind it or not.
    Sentence,
    /// With `；` or `：`.
    Clause,
    /// With a closing bracket or quotation mark, no full stop before it.
    Closed,
    /// With `，` or `、`: the sentence goes on.
    Comma,
    /// With an opening bracket, or a sign that wants a partner: 各 says of what only on the next line.
    Open,
    /// With anything else: in the middle of a sentence, or a heading.
    Word,
}

/// One line of running text.
#[derive(Clone, Debug)]
pub(crate) struct FlowLine<'a> {
    /// What it says, without white space at both ends.
    pub(crate) text: &'a str,
    /// Columns before it.
    pub(crate) left: u32,
    /// Column where it ends.
    pub(crate) right: u32,
    /// Column where it ended in print at most.
    pub(crate) reach: u32,
    /// Columns of the closing marks at its end, which may hang over the measure.
    pub(crate) hanging: u32,
    /// Columns that had to be free on the line before to take its first word.
    pub(crate) first_word: u32,
    /// The label that it begins with.
    pub(crate) label: Option<Label>,
    /// How it ends.
    pub(crate) end: End,
    /// Blank lines between it and the line of text before.
    pub(crate) blanks: u32,
    /// Whether a page ends between it and the line of text before.
    pub(crate) opens_page: bool,
    /// Whether the source itself parts it from the line of text before: by a table, by its markup.
    pub(crate) parted: bool,
}

impl<'a> FlowLine<'a> {
    /// A line that says `text` and ends at column `right`, where typesetting may have added `loose`.
    pub(crate) fn new(text: &'a str, left: u32, right: u32, loose: u32) -> Self {
        Self {
            text,
            left,
            right,
            reach: right + loose,
            hanging: width::of_closing_marks(text),
            first_word: width::of_first_word(text),
            label: label::at(text),
            end: end_of(text),
            blanks: 0,
            opens_page: false,
            parted: false,
        }
    }
}

impl FlowLine<'_> {
    /// Whether it is a label and words without any mark: a heading, as far as a single line can tell.
    pub(crate) fn is_heading(&self) -> bool {
        let body = self.label.and_then(|label| self.text.get(label.len..));
        self.end == End::Word && body.is_some_and(|body| !body.contains(['，', '。', '；', '：']))
    }
}

/// The running text of `lines`, each line with its index.
pub(crate) fn flow<'a>(lines: &Lines<'a>) -> (Vec<usize>, Vec<FlowLine<'a>>) {
    let (mut indices, mut flow) = (Vec::new(), Vec::new());
    let (mut blanks, mut opens_page, mut parted) = (0, false, false);
    // The type of a page number or a running head parts nothing but itself.
    let mut behind_furniture = false;
    for (index, line) in lines.all.iter().enumerate() {
        opens_page |= line.opens_page;
        parted |= line.parted && line.role != Role::Furniture && !behind_furniture;
        match line.role {
            Role::Blank => blanks += 1,
            Role::Furniture => opens_page = true,
            Role::Table | Role::Rule => parted = true,
            Role::Text => {
                let plain = FlowLine::new(lines.content(line), line.left, line.right, line.loose);
                indices.push(index);
                flow.push(FlowLine { blanks, opens_page, parted, ..plain });
                (blanks, opens_page, parted) = (0, false, false);
            }
        }
        behind_furniture = line.role == Role::Furniture || behind_furniture && line.role == Role::Blank;
    }
    (indices, flow)
}

/// Whether nothing goes on behind the line `text`, however full it is: the path of menus to a page
/// (首页 > 政务公开 > 文件), or a line of a contents page, whose dots lead to a number.
pub(crate) fn stands_alone(text: &str) -> bool {
    let text = text.trim();
    let mut steps = text.matches(['>', '＞', '»']);
    let is_path = steps.next().is_some() && steps.next().is_some() && !text.starts_with('>');
    let name = text.trim_end_matches(|c: char| c.is_ascii_digit());
    is_path || name.len() < text.len() && ["……", "....", "····"].iter().any(|leader| name.ends_with(leader))
}

/// How `text` ends.
pub(crate) fn end_of(text: &str) -> End {
    let mut closed = false;
    let mut chars = text.chars().rev();
    while let Some(c) = chars.next() {
        match c {
            '）' | ')' | '》' | '〉' | '”' | '’' | '】' | '〕' | '」' | '』' | ']' | '"' => {
                closed = true;
            }
            '。' | '！' | '？' | '!' | '?' | '…' => return End::Sentence,
            // 1. is a label or half a decimal, and wants what follows.
            '.' | '．' if chars.next().is_some_and(|c| c.is_ascii_digit()) => return End::Open,
            '.' | '．' if !closed => return End::Sentence,
            '；' | '：' | ';' | ':' if !closed => return End::Clause,
            _ if closed => return End::Closed,
            '，' | '、' | ',' => return End::Comma,
            '—' | '－' | '-' | '/' | '+' | '×' | '各' => return End::Open,
            c if width::is_opening(c) => return End::Open,
            _ => return End::Word,
        }
    }
    if closed { End::Closed } else { End::Word }
}

#[cfg(test)]
mod tests {
    use super::super::{Paper, Print};
    use super::*;
    use crate::clean;

    #[test]
    fn lines_that_nothing_goes_on_behind() {
        for text in ["当前位置：首页 > 政务公开 > 文件", "首页»公文»县政府", "一、总则……………1", "附件....12"]
        {
            assert!(stands_alone(text), "{text}");
        }
        for text in ["利润>成本", "> 引文 > 引文", "完成率95.5", "等……", "2021"] {
            assert!(!stands_alone(text), "{text}");
        }
    }

    #[test]
    fn the_type_of_page_furniture_parts_no_paragraph() {
        let print = |role, parted| Print { left: 0, right: 56, opens_page: false, parted, role };
        let prints = [
            print(Role::Text, false),
            print(Role::Furniture, true),
            print(Role::Text, true),
            print(Role::Text, true),
        ];
        let clean = clean::clean("各镇年底\n- 1 -\n前完成。\n附件");
        let lines = Lines::printed(&clean, Paper { columns: 56, prints: &prints });
        let parted: Vec<bool> = flow(&lines).1.iter().map(|line| line.parted).collect();
        assert_eq!(parted, [false, false, true]);
    }
}
