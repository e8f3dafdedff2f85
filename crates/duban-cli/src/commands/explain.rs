//! `duban explain`: where the units and deadlines of one item come from, and by which rule.

use std::io;

use duban::Examined;
use duban::document::{Document, Line};
use duban::record::{Deadline, Location, OutlineNode, Record, Task, Unit};
use serde_json::{Value, to_value};

use crate::args::Explain;
use crate::failure::{Status, Stop, report, report_input};
use crate::input::load;
use crate::output::{Output, printable};

/// Characters of a source line shown before the words, and in all.
const BEFORE: usize = 30;
const LENGTH: usize = 90;
/// Source lines quoted for one value.
const LINES: usize = 4;

/// Prints the item.
pub(crate) fn run(arguments: &Explain) -> Result<Status, Stop> {
    let options = arguments.reading.options()?;
    let examined = load(&arguments.input, &options)
        .and_then(|(name, bytes)| duban::examine_bytes(&name, &bytes, &options));
    let Examined { document, record } = match examined {
        Ok(examined) => examined,
        Err(error) => {
            report_input(&error);
            return Ok(Status::Incomplete);
        }
    };
    let wanted = as_printed(&arguments.number);
    let mut page = Page { output: Output::open(), document: &document };
    if let Some(task) = record.tasks.iter().find(|task| number_in_id(&record, task) == wanted) {
        page.task(task)?;
    } else if let Some(node) = find_node(&record.outline, &wanted) {
        page.heading(node)?;
    } else {
        report_unknown(&record, &wanted);
        return Ok(Status::Incomplete);
    }
    page.output.flush()?;
    Ok(Status::Done)
}

/// The number as the record has it: full-width brackets, no spaces.
fn as_printed(number: &str) -> String {
    let wide = |character| match character {
        '(' => '（',
        ')' => '）',
        other => other,
    };
    number.chars().filter(|character| !character.is_whitespace()).map(wide).collect()
}

/// The part of a task's id that tells it from the others of its notice: its number, and `~2` where
/// that stands twice.
fn number_in_id<'a>(record: &Record, task: &'a Task) -> &'a str {
    task.id.strip_prefix(&record.id).and_then(|rest| rest.strip_prefix('#')).unwrap_or(&task.number)
}

fn find_node<'a>(nodes: &'a [OutlineNode], number: &str) -> Option<&'a OutlineNode> {
    nodes.iter().find_map(
        |node| {
            if node.number == number { Some(node) } else { find_node(&node.children, number) }
        },
    )
}

fn report_unknown(record: &Record, wanted: &str) {
    let numbers: Vec<&str> = record.tasks.iter().map(|task| number_in_id(record, task)).collect();
    let shown = numbers.get(..12).unwrap_or(&numbers).join(" ");
    let more = if numbers.len() > 12 { " …" } else { "" };
    let hint = if numbers.is_empty() {
        "the notice has no numbered items".to_owned()
    } else {
        format!("its items are {shown}{more}")
    };
    report(&format!("no item `{wanted}` in `{}`", record.source.path), Some(&hint));
}

/// Prints values with the lines that they stand in.
struct Page<'a> {
    output: Output,
    document: &'a Document,
}

impl Page<'_> {
    fn task(&mut self, task: &Task) -> io::Result<()> {
        self.line(&format!("{}  {}", task.number, task.title))?;
        if !task.path.is_empty() {
            self.line(&format!("under {}", task.path.join(" › ")))?;
        }
        self.line(&format!("kind {}, {}", wire_name(to_value(task.kind)), place(&task.at)))?;
        self.line("")?;
        self.line(&task.text)?;
        self.line(if task.units.is_empty() { "\nno units" } else { "\nunits" })?;
        task.units.iter().try_for_each(|unit| self.unit(unit))?;
        self.line(if task.deadlines.is_empty() { "\nno deadlines" } else { "\ndeadlines" })?;
        task.deadlines.iter().try_for_each(|deadline| self.deadline(deadline))
    }

    fn heading(&mut self, node: &OutlineNode) -> io::Result<()> {
        self.line(&format!("{}  {}", node.number, node.title))?;
        self.line(&format!("a heading, kind {}, {}", wire_name(to_value(node.kind)), place(&node.at)))?;
        if let Some(text) = node.text.as_ref().filter(|text| !text.is_empty()) {
            self.line(&format!("\n{text}"))?;
        }
        self.line("\nbelow it")?;
        node.children.iter().try_for_each(|child| self.line(&format!("  {}  {}", child.number, child.title)))
    }

    fn unit(&mut self, unit: &Unit) -> io::Result<()> {
        let open = if unit.open { ", list left open" } else { "" };
        let (role, evidence) = (wire_name(to_value(unit.role)), wire_name(to_value(unit.evidence)));
        self.line(&format!("  {}: {role}, by {evidence}{open}; rule {}", unit.name, unit.rule))?;
        if let Some(canonical) = unit.canonical.as_ref().filter(|canonical| **canonical != unit.name) {
            self.line(&format!("    in full {canonical}"))?;
        }
        self.quote(&unit.at, &unit.name)
    }

    fn deadline(&mut self, deadline: &Deadline) -> io::Result<()> {
        let evidence = wire_name(to_value(deadline.evidence));
        self.line(&format!(
            "  {}: {}, by {evidence}; rule {}",
            deadline.raw,
            meaning(deadline),
            deadline.rule
        ))?;
        self.quote(&deadline.at, &deadline.raw)
    }

    /// The source lines of `at`, with « » around `words` where they stand unbroken.
    fn quote(&mut self, at: &Location, words: &str) -> io::Result<()> {
        self.line(&format!("    {}", place(at)))?;
        let (first, last) = (at.line_start.max(1) as usize, at.line_end as usize);
        let text = |line: &Line| line.range.slice(&self.document.text).trim().to_owned();
        let numbered = (first..).zip(self.document.lines.get(first - 1..).unwrap_or_default());
        let quoted: Vec<String> = numbered
            .take_while(|(number, _)| *number <= last)
            .map(|(number, line)| (number, text(line)))
            .filter(|(_, text)| !text.is_empty())
            .take(LINES)
            .map(|(number, text)| format!("    {number} | {}", mark(&text, words)))
            .collect();
        quoted.iter().try_for_each(|line| self.line(line))
    }

    fn line(&mut self, text: &str) -> io::Result<()> {
        self.output.line(&printable(text))
    }
}

/// The name that a value of a closed set has in the record, as words.
fn wire_name(value: serde_json::Result<Value>) -> String {
    value.ok().as_ref().and_then(Value::as_str).unwrap_or_default().replace('_', " ")
}

fn meaning(deadline: &Deadline) -> String {
    let mut parts = vec![wire_name(to_value(deadline.kind))];
    parts.extend(deadline.start.as_ref().map(|start| format!("from {start}")));
    parts.extend(deadline.due.as_ref().map(|due| format!("due {due}")));
    parts.extend(deadline.year_from.map(|origin| format!("year from the {}", wire_name(to_value(origin)))));
    parts.extend(deadline.within.map(|within| {
        let plural = if within.count == 1 { "" } else { "s" };
        format!("within {} {}{plural}", within.count, wire_name(to_value(within.unit)))
    }));
    parts.extend(deadline.after.as_ref().map(|event| format!("after {event}")));
    parts.extend(deadline.rrule.clone());
    parts.extend(deadline.times.map(|times| format!("{times} at least each time")));
    parts.join(", ")
}

fn place(at: &Location) -> String {
    let lines = if at.line_start == at.line_end {
        format!("line {}", at.line_start)
    } else {
        format!("lines {}–{}", at.line_start, at.line_end)
    };
    match (at.page_start, at.page_end) {
        (Some(first), Some(last)) if first != last => format!("{lines}, pages {first}–{last}"),
        (Some(page), _) => format!("{lines}, page {page}"),
        _ => lines,
    }
}

/// `line` with `words` marked, cut around them where it is long.
fn mark(line: &str, words: &str) -> String {
    let found = line.find(words).filter(|_| !words.is_empty());
    let starts: Vec<usize> = line.char_indices().map(|(start, _)| start).chain([line.len()]).collect();
    let length = starts.len() - 1;
    let first = found.map_or(0, |start| starts.partition_point(|&offset| offset < start));
    let from = if length > LENGTH { first.saturating_sub(BEFORE) } else { 0 };
    let byte = |index: usize| starts.get(index).copied().unwrap_or(line.len());
    let window = byte(from)..byte(from + LENGTH);
    let mut text = line.get(window.clone()).unwrap_or_default().to_owned();
    if let Some(start) = found.map(|start| start.saturating_sub(window.start)) {
        let end = start + words.len();
        if text.get(start..end) == Some(words) {
            text.insert(end, '»');
            text.insert(start, '«');
        }
    }
    let (before, after) = (window.start > 0, window.end < line.len());
    format!("{}{text}{}", if before { "…" } else { "" }, if after { "…" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_may_be_typed_with_half_width_brackets() {
        assert_eq!(as_printed("三/(一)/ 1"), "三/（一）/1");
    }

    #[test]
    fn words_are_marked_and_long_lines_cut() {
        assert_eq!(mark("各镇于10月底前完成", "10月底前"), "各镇于«10月底前»完成");
        assert_eq!(mark("各镇于10", "10月底前"), "各镇于10");
        let line = format!("{}年底前{}", "甲".repeat(100), "乙".repeat(100));
        let expected = format!("…{}«年底前»{}…", "甲".repeat(30), "乙".repeat(57));
        assert_eq!(mark(&line, "年底前"), expected);
    }
}
