//! What of a record is no task but is searched, too: its head, its headings and the paragraphs outside
//! its outline.

use duban_record::{Kind, Location, OutlineNode, Record, Task};

/// The kind of sections in the index.
pub(crate) const KIND: &str = "section";
/// What stands for the number of a section in its id; its place follows.
const NUMBER: &str = "§";

/// The kind of what the index holds as `part`: that of a task, or [`KIND`].
pub(crate) fn kind_of(part: &Task) -> &'static str {
    let is_section = part.id.split_once('#').is_some_and(|(_, place)| place.starts_with(NUMBER));
    if is_section { KIND } else { part.kind.name() }
}

/// The sections of `record`, in the shape of tasks without units and deadlines.
pub(crate) fn of(record: &Record) -> Vec<Task> {
    let mut sections = Vec::new();
    let mut push = |number: Option<&str>, path: Vec<String>, title: String, text: String, at: Location| {
        let place = format!("{NUMBER}{}", sections.len() + 1);
        sections.push(Task {
            id: format!("{}#{place}", record.id),
            number: number.map_or(place, str::to_owned),
            path,
            title,
            text,
            kind: Kind::Overview,
            units: Vec::new(),
            deadlines: Vec::new(),
            requirements: Vec::new(),
            at,
        });
    };
    let head: Vec<&str> = [&record.document_number, &record.title, &record.issuer]
        .into_iter()
        .flatten()
        .chain(&record.recipients)
        .chain(&record.attachments)
        .map(String::as_str)
        .collect();
    if !head.is_empty() {
        let title = record.title.clone().unwrap_or_default();
        let first = Location { line_start: 1, line_end: 1, ..Location::default() };
        push(None, Vec::new(), title, head.join("\n"), first);
    }
    for section in &record.sections {
        push(None, Vec::new(), String::new(), section.text.clone(), section.at.clone());
    }
    // Headings, without recursion: an outline may be deep.
    let mut open: Vec<(&OutlineNode, Vec<String>)> =
        record.outline.iter().rev().map(|node| (node, Vec::new())).collect();
    while let Some((node, path)) = open.pop() {
        if node.children.is_empty() {
            continue;
        }
        let below: Vec<String> = path.iter().chain([&node.title]).cloned().collect();
        let text = node.text.clone().unwrap_or_default();
        push(
            Some(&node.number),
            path,
            node.title.clone(),
            format!("{}\n{text}", node.title),
            node.at.clone(),
        );
        open.extend(node.children.iter().rev().map(|child| (child, below.clone())));
    }
    sections
}
