//! `duban trace`: one task through the years, up to what it carries out and down.

use std::io;

use duban::lineage::Fate;
use duban::{Branch, NoticeName, Origin, Store, Trace, TracedTask};

use crate::args::Show;
use crate::failure::{Status, Stop, report};
use crate::input::store_path;
use crate::output::{Output, printable, short_id};

/// Prints the trace.
pub(crate) fn run(arguments: &Show) -> Result<Status, Stop> {
    let store = Store::open(&store_path(&arguments.store)?)?;
    let (notice, number) = arguments.id.split_once('#').unwrap_or((&arguments.id, ""));
    let Some(trace) = store.trace(notice, number)? else {
        report(
            &format!("the store holds no task `{}`", arguments.id),
            Some("`duban search` ends each hit with its id"),
        );
        return Ok(Status::Incomplete);
    };
    let mut output = Output::open();
    if arguments.json {
        output.json(&trace.to_json(), true)?;
    } else {
        print(&mut output, &trace)?;
    }
    output.flush()?;
    Ok(Status::Done)
}

fn print(output: &mut Output, trace: &Trace) -> io::Result<()> {
    output.line("through the years")?;
    for step in &trace.years {
        let fate = step.fate.map_or("", Fate::name).replace('_', " ");
        let year = step.task.notice.year.map(|year| year.to_string()).unwrap_or_default();
        print_task(output, &step.task, &format!("  {year} {fate}"))?;
    }
    output.line("carries out")?;
    print_origins(output, &trace.up, 1)?;
    output.line("is carried out by")?;
    print_branches(output, &trace.down, 1)
}

fn print_origins(output: &mut Output, origins: &[Origin], depth: usize) -> io::Result<()> {
    for origin in origins {
        let indent = "  ".repeat(depth);
        let held = if origin.notice.path.is_none() { " (not in the store)" } else { "" };
        output.line(&printable(&format!("{indent}{}{held}", heading(&origin.notice))))?;
        match &origin.task {
            Some(task) => print_task(output, task, &format!("{indent}  "))?,
            None if origin.notice.path.is_some() => {
                output.line(&format!("{indent}  no task is like it"))?;
            }
            None => {}
        }
        print_origins(output, &origin.up, depth + 1)?;
    }
    Ok(())
}

fn print_branches(output: &mut Output, branches: &[Branch], depth: usize) -> io::Result<()> {
    for branch in branches {
        let indent = "  ".repeat(depth);
        output.line(&printable(&format!("{indent}{}", heading(&branch.task.notice))))?;
        print_task(output, &branch.task, &format!("{indent}  "))?;
        print_branches(output, &branch.down, depth + 1)?;
    }
    Ok(())
}

fn print_task(output: &mut Output, task: &TracedTask, before: &str) -> io::Result<()> {
    let line = format!("{before} {}  {}  [{:.2}]", task.title, short_id(&task.id), task.likeness);
    output.line(&printable(&line))
}

fn heading(notice: &NoticeName) -> String {
    let parts = [&notice.title, &notice.document_number].into_iter().flatten();
    parts.map(String::as_str).collect::<Vec<_>>().join(" ")
}
