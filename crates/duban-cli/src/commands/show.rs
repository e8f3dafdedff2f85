//! `duban show`: one task of the store with everything that is known of it.

use std::io;

use duban::Store;
use duban::record::{Deadline, Record, Task, Unit};
use serde_json::{json, to_value};

use crate::args::Show;
use crate::failure::{Status, Stop, report};
use crate::input::store_path;
use crate::output::{Output, printable};

/// Prints the task.
pub(crate) fn run(arguments: &Show) -> Result<Status, Stop> {
    let store = Store::open(&store_path(&arguments.store)?)?;
    let (notice, number) = arguments.id.split_once('#').unwrap_or((&arguments.id, ""));
    let Some(record) = store.record(notice)? else {
        report(&format!("no notice, or several, with an id that begins with `{notice}`"), HINT);
        return Ok(Status::Incomplete);
    };
    let id = format!("{}#{number}", record.id);
    let Some(task) = record.tasks.iter().find(|task| task.id == id) else {
        report_no_task(number, &record);
        return Ok(Status::Incomplete);
    };
    let mut output = Output::open();
    if arguments.json {
        output.json(&as_json(&record, task)?, true)?;
    } else {
        print(&mut output, &record, task)?;
    }
    output.flush()?;
    Ok(Status::Done)
}

const HINT: Option<&str> = Some("`duban search` ends each task with its id");

/// What search finds outside the tasks has an id, too, but nothing that could be shown.
fn report_no_task(number: &str, record: &Record) {
    let path = &record.source.path;
    if number.starts_with('§') {
        let hint = format!("`duban text {path}` prints the whole notice");
        report(&format!("`{number}` is a section of `{path}` and no task"), Some(&hint));
    } else {
        report(&format!("no task `{number}` in `{path}`"), HINT);
    }
}

/// The task as the record has it, and what the notice is.
fn as_json(record: &Record, task: &Task) -> io::Result<serde_json::Value> {
    Ok(json!({
        "task": to_value(task)?,
        "document": {
            "id": record.id,
            "title": record.title,
            "document_number": record.document_number,
            "issuer": record.issuer,
            "issued_on": record.issued_on,
            "plan_year": record.plan_year,
            "source": to_value(&record.source)?,
        },
    }))
}

fn print(output: &mut Output, record: &Record, task: &Task) -> io::Result<()> {
    let mut line = |text: String| output.line(&printable(&text));
    line(format!("{}  {}", task.number, task.title))?;
    let heading = record.title.iter().chain(&task.path).map(String::as_str).collect::<Vec<_>>();
    line(heading.join(" › "))?;
    let facts = [&record.document_number, &record.issuer, &record.issued_on];
    let facts: Vec<&str> = facts.into_iter().flatten().map(String::as_str).collect();
    if !facts.is_empty() {
        line(facts.join(" · "))?;
    }
    let page = task.at.page_start.map(|page| format!(" page {page}")).unwrap_or_default();
    line(format!("{}:{}{page}", record.source.path, task.at.line_start))?;
    line(format!("\n{}", task.text))?;
    for unit in &task.units {
        line(unit_line(unit))?;
    }
    for deadline in &task.deadlines {
        line(deadline_line(deadline))?;
    }
    for requirement in &task.requirements {
        line(format!("{}: {}", requirement.modality.name(), requirement.text))?;
    }
    line(format!("id {}", task.id))
}

fn unit_line(unit: &Unit) -> String {
    let in_full = unit.canonical.as_ref().filter(|canonical| **canonical != unit.name);
    let in_full = in_full.map(|canonical| format!(" ({canonical})")).unwrap_or_default();
    let open = if unit.open { "等" } else { "" };
    format!("{} {}{open}{in_full}", unit.role.name(), unit.name)
}

fn deadline_line(deadline: &Deadline) -> String {
    let start = deadline.start.as_ref().map(|start| format!(" from {start}"));
    let due = deadline.due.as_ref().map(|due| format!(" due {due}"));
    let rule = deadline.rrule.as_ref().map(|rule| format!(" {rule}"));
    let said: String = [start, due, rule].into_iter().flatten().collect();
    format!("{} {}{said}", deadline.kind.name(), deadline.raw)
}
