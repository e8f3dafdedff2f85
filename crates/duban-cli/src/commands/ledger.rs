//! `duban ledger`: the supervision ledger (督查台账), one table for each notice.

use std::io::{self, IsTerminal};
use std::ops::ControlFlow;
use std::path::Path;

use duban::record::{Deadline, Kind, Record, Role, Task, Unit};
use duban::{ProcessError, Store};

use crate::args::Ledger;
use crate::commands::extract::report_no_notices;
use crate::failure::{Status, Stop, report, report_input};
use crate::input::{records, store_path};
use crate::output::{Output, printable};
use crate::table::layout;

/// Columns of a line where there is no terminal that says how many it has.
const DEFAULT_WIDTH: u16 = 120;

const HEAD: [&str; 5] = ["编号", "任务", "牵头单位", "责任/配合单位", "完成时限"];

/// Prints the ledger.
pub(crate) fn run(arguments: &Ledger) -> Result<Status, Stop> {
    let width = match arguments.width.unwrap_or_else(output_width) {
        0 => None,
        width => Some(usize::from(width)),
    };
    let (mut pages, status) = if arguments.inputs.is_empty() {
        (pages_of_store(arguments)?, Status::Done)
    } else {
        pages_of_files(arguments)?
    };
    pages.sort_by(|left, right| left.path.cmp(&right.path));
    if pages.is_empty() && status == Status::Done {
        report("the store holds no records", Some("fill it with `duban ingest DIR`"));
        return Ok(Status::Incomplete);
    }
    let mut output = Output::open();
    for (index, page) in pages.iter().enumerate() {
        if index > 0 {
            output.line("")?;
        }
        print_page(page, width, &mut output)?;
    }
    output.flush()?;
    Ok(status)
}

/// What the ledger says of one notice.
struct Page {
    path: String,
    heading: String,
    rows: Vec<[String; 5]>,
}

fn pages_of_store(arguments: &Ledger) -> Result<Vec<Page>, Stop> {
    let store = Store::open(&store_path(&arguments.store)?)?;
    let mut pages = Vec::new();
    store.each_record(|record| {
        pages.push(page_of(&record));
        Ok(())
    })?;
    Ok(pages)
}

fn pages_of_files(arguments: &Ledger) -> Result<(Vec<Page>, Status), Stop> {
    let (mut pages, mut status) = (Vec::new(), Status::Done);
    let mut take = |result: Result<Record, ProcessError>| match result {
        Ok(record) => pages.push(page_of(&record)),
        Err(error) => {
            report_input(&error);
            status = Status::Incomplete;
        }
    };
    let mut has_notices = true;
    for input in &arguments.inputs {
        if input.is_dir() {
            has_notices &= each_of_folder(input, arguments, &mut take)?;
        } else {
            records(input, &arguments.batch.reading.options()?).into_iter().for_each(&mut take);
        }
    }
    Ok((pages, if has_notices { status } else { Status::Incomplete }))
}

/// Gives what came of each notice of `folder` to `take`; whether there is any.
fn each_of_folder(
    folder: &Path,
    arguments: &Ledger,
    take: &mut impl FnMut(Result<Record, ProcessError>),
) -> Result<bool, Stop> {
    let summary = duban::process_folder(folder, &arguments.batch.options()?, |result| {
        take(result);
        ControlFlow::Continue(())
    })?;
    let has_notices = summary.read + summary.failed > 0;
    if !has_notices {
        report_no_notices(folder);
    }
    Ok(has_notices)
}

fn page_of(record: &Record) -> Page {
    let path = record.source.path.clone();
    let title = record.title.clone().unwrap_or_else(|| "(no title)".to_owned());
    let facts = [record.document_number.as_deref(), record.issued_on.as_deref(), Some(path.as_str())];
    let facts: Vec<&str> = facts.into_iter().flatten().collect();
    let tasks = record.tasks.iter().filter(|task| is_supervised(task));
    Page { heading: format!("{title}\n{}", facts.join(" · ")), rows: tasks.map(row_of).collect(), path }
}

/// Aims and principles are no business of the ledger unless they name a body or a time.
fn is_supervised(task: &Task) -> bool {
    task.kind == Kind::Task || !task.units.is_empty() || !task.deadlines.is_empty()
}

fn row_of(task: &Task) -> [String; 5] {
    let units = |lead: bool| {
        let chosen = task.units.iter().filter(|unit| (unit.role == Role::Lead) == lead);
        chosen.map(unit_cell).collect::<Vec<_>>().join("、")
    };
    let dates = task.deadlines.iter().map(deadline_cell).collect::<Vec<_>>().join("\n");
    let cells = [task.number.clone(), task.title.clone(), units(true), units(false), dates];
    // Only the dates have line breaks of their own.
    cells.map(|cell| printable(&cell.replace(['\t', '\r'], " ")).into_owned())
}

fn unit_cell(unit: &Unit) -> String {
    if unit.open { format!("{}等", unit.name) } else { unit.name.clone() }
}

fn deadline_cell(deadline: &Deadline) -> String {
    match &deadline.due {
        Some(due) => format!("{due} {}", deadline.raw),
        None => deadline.raw.clone(),
    }
}

fn print_page(page: &Page, width: Option<usize>, output: &mut Output) -> io::Result<()> {
    output.line(&printable(&page.heading))?;
    if page.rows.is_empty() {
        return output.line("(no tasks)");
    }
    layout(HEAD, &page.rows, width).iter().try_for_each(|line| output.line(line))
}

fn output_width() -> u16 {
    let size = if io::stdout().is_terminal() { terminal_size::terminal_size() } else { None };
    size.map_or(DEFAULT_WIDTH, |(width, _)| width.0)
}
