//! Clean text to printed lines: what each holds, where it stands between the margins, what it is.

use std::ops::Range;

use duban_document::JoinedText;

use super::{Paper, width};

/// What a printed line is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Nothing but white space.
    Blank,
    /// Running text.
    Text,
    /// A page number, a running head, a repeated head of a table.
    Furniture,
    /// A line drawn with characters.
    Rule,
    /// A table.
    Table,
}

/// One printed line.
#[derive(Clone, Debug)]
pub(crate) struct PrintedLine {
    /// All of it: bytes of the clean text, without the line break.
    pub(crate) whole: Range<usize>,
    /// `whole` without the white space at both ends.
    pub(crate) content: Range<usize>,
    /// Bytes inside `content` that are page furniture run into the line.
    pub(crate) cut: Option<Range<usize>>,
    /// Columns before the content.
    pub(crate) left: u32,
    /// Column where the content ends.
    pub(crate) right: u32,
    /// Columns that typesetting may have added to the content.
    pub(crate) loose: u32,
    /// Columns of white space behind the content.
    pub(crate) trailing: u32,
    /// Whether a page begins here.
    pub(crate) opens_page: bool,
    /// Whether the source sets it off from the line before.
    pub(crate) parted: bool,
    /// What it is part of.
    pub(crate) role: Role,
}

/// Text cut into lines.
pub(crate) struct Lines<'a> {
    /// The text as seen.
    pub(crate) clean: &'a JoinedText,
    /// Its lines, as many as the source has.
    pub(crate) all: Vec<PrintedLine>,
    /// Columns between the margins of printed pages; `None` for a text without pages.
    pub(crate) paper: Option<u32>,
}

impl<'a> Lines<'a> {
    /// The lines of `clean`.
    pub(crate) fn of(clean: &'a JoinedText) -> Self {
        let mut start = 0;
        let all = clean
            .as_str()
            .split('\n')
            .map(|line| {
                let printed = printed_line(line, start);
                start += line.len() + 1;
                printed
            })
            .collect();
        Self { clean, all, paper: None }
    }

    /// The lines of `clean` as they stand on paper.
    pub(crate) fn printed(clean: &'a JoinedText, paper: Paper<'_>) -> Self {
        let mut lines = Self::of(clean);
        lines.paper = Some(paper.columns);
        for (line, print) in lines.all.iter_mut().zip(paper.prints) {
            line.left = print.left;
            line.right = print.right.max(print.left);
            line.loose = 0;
            line.trailing = 0;
            line.opens_page = print.opens_page;
            line.parted = print.parted;
            if line.role != Role::Blank {
                line.role = print.role;
            }
        }
        lines
    }

    /// Says what line `index` is part of.
    pub(crate) fn mark(&mut self, index: usize, role: Role) {
        if let Some(line) = self.all.get_mut(index) {
            line.role = role;
        }
    }

    /// The line's text without the white space at both ends.
    pub(crate) fn content(&self, line: &PrintedLine) -> &'a str {
        self.clean.as_str().get(line.content.clone()).unwrap_or_default()
    }

    /// The line's text with its white space.
    pub(crate) fn whole(&self, line: &PrintedLine) -> &'a str {
        self.clean.as_str().get(line.whole.clone()).unwrap_or_default()
    }
}

fn printed_line(line: &str, start: usize) -> PrintedLine {
    let body = line.trim_start();
    let indent = &line[..line.len() - body.len()];
    let content = body.trim_end();
    let trailing = &body[content.len()..];
    let columns = |text: &str| text.chars().map(width::of).sum::<u32>();
    let (measure, left) = (width::measure(content), columns(indent));
    let first = start + indent.len();
    PrintedLine {
        whole: start..start + line.len(),
        content: first..first + content.len(),
        cut: None,
        left,
        right: left + measure.columns,
        loose: measure.loose,
        trailing: columns(trailing),
        opens_page: indent.contains('\u{C}'),
        parted: false,
        role: if content.is_empty() { Role::Blank } else { Role::Text },
    }
}
