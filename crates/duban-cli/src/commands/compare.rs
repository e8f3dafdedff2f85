//! `duban compare`: two plans, or the plans of two years, task by task.

use std::path::Path;

use duban::lineage::{Change, Changes, Entry, Fate, Part, Placed, compare};
use duban::record::Record;
use duban::{Options, Store};

use crate::args::Compare;
use crate::failure::{Status, Stop, report, tell};
use crate::input::{records, store_path};
use crate::output::{Output, printable};

/// Prints what became of each task.
pub(crate) fn run(arguments: &Compare) -> Result<Status, Stop> {
    let Some((old, new)) = plans(arguments)? else { return Ok(Status::Incomplete) };
    let entries = compare(&old, &new);
    let mut output = Output::open();
    for entry in &entries {
        if arguments.json {
            output.json(&entry.to_json(), false)?;
        } else {
            output.line(&printable(&describe(entry)))?;
        }
    }
    output.flush()?;
    if !arguments.json {
        let counts = Fate::ALL.map(|fate| {
            let count = entries.iter().filter(|entry| entry.fate == fate).count();
            format!("{count} {}", fate.name().replace('_', " "))
        });
        tell(&format!("{}\n", counts.join(", ")));
    }
    Ok(Status::Done)
}

/// The older and the newer plans.
type Plans = (Vec<Record>, Vec<Record>);

/// What is to be compared; `None` where one cannot be had, which was told.
fn plans(arguments: &Compare) -> Result<Option<Plans>, Stop> {
    let mut sides = Vec::new();
    if let (Some(issuer), Some(years)) = (&arguments.issuer, arguments.years) {
        let store = Store::open(&store_path(&arguments.store)?)?;
        for year in years {
            let plans = store.plans(issuer, year)?;
            if plans.is_empty() {
                let hint = "`duban search issuer:… year:…` shows what the store holds";
                report(&format!("no plan of `{issuer}` for {year} in the store"), Some(hint));
                return Ok(None);
            }
            sides.push(plans);
        }
    } else {
        let options = arguments.reading.options()?;
        for plan in &arguments.plans {
            match plan_at(plan, arguments, &options)? {
                Some(records) => sides.push(records),
                None => return Ok(None),
            }
        }
    }
    Ok(<[_; 2]>::try_from(sides).ok().map(|[old, new]| (old, new)))
}

/// The plan in the file `plan`, or the one of that id in the store.
fn plan_at(plan: &str, arguments: &Compare, options: &Options) -> Result<Option<Vec<Record>>, Stop> {
    let path = Path::new(plan);
    let is_id = plan.len() >= 4 && plan.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_id && !path.exists() {
        let store = Store::open(&store_path(&arguments.store)?)?;
        let Some(record) = store.record(plan)? else {
            report(
                &format!("no notice, or several, with an id that begins with `{plan}`"),
                Some("`duban search` ends each hit with its id"),
            );
            return Ok(None);
        };
        return Ok(Some(vec![record]));
    }
    match records(path, options).into_iter().collect::<Result<Vec<_>, _>>() {
        Ok(records) => Ok(Some(records)),
        Err(error) => {
            report(&error.to_string(), error.hint());
            Ok(None)
        }
    }
}

/// An entry for people: what became of which task, and what changed.
fn describe(entry: &Entry<'_>) -> String {
    let numbers: Vec<String> = [entry.old, entry.new].into_iter().flatten().map(place).collect();
    let title = entry.new.or(entry.old).map(|placed| placed.task.title.as_str()).unwrap_or_default();
    let mut lines = vec![format!("{}: {title}", entry.fate.name().replace('_', " "))];
    lines.push(format!("   {}", numbers.join(" → ")));
    if !matches!(entry.fate, Fate::CarriedOver | Fate::New | Fate::Dropped) {
        lines.extend(changes("units", &entry.units()));
        lines.extend(changes("deadlines", &entry.deadlines()));
        lines.push(format!("   {}", marked(&entry.words())));
    }
    lines.join("\n") + "\n"
}

fn place(placed: Placed<'_>) -> String {
    let year = placed.record.plan_year.map(|year| format!("{year} ")).unwrap_or_default();
    format!("{year}{}", placed.task.number)
}

fn changes(name: &str, changes: &Changes) -> Option<String> {
    let gone = changes.gone.iter().map(|one| format!("-{one}"));
    let all: Vec<String> = gone.chain(changes.added.iter().map(|one| format!("+{one}"))).collect();
    (!changes.is_empty()).then(|| format!("   {name}: {}", all.join(" ")))
}

/// The words in a row, those gone in [- -], those added in {+ +}.
fn marked(parts: &[Part]) -> String {
    let mark = |part: &Part| match part.change {
        Change::Kept => part.text.clone(),
        Change::Gone => format!("[-{}-]", part.text),
        Change::Added => format!("{{+{}+}}", part.text),
    };
    parts.iter().map(mark).collect::<String>().replace('\n', " ")
}
