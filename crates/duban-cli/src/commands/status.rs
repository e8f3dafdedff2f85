//! `duban status`: what became of each file.

use duban::{FileRow, FileStatus, Store};
use serde_json::json;

use crate::args::Status as Arguments;
use crate::failure::{Status, Stop, tell};
use crate::input::store_path;
use crate::output::{Output, printable};

/// Lists the files.
pub(crate) fn run(arguments: &Arguments) -> Result<Status, Stop> {
    let store = Store::open(&store_path(&arguments.store)?)?;
    let (files, outlived) = (store.files()?, store.outlived()?);
    let wanted: Vec<FileStatus> = if arguments.failed {
        vec![FileStatus::Failed]
    } else {
        arguments.status.iter().map(|status| (*status).into()).collect()
    };
    let chosen = files.iter().filter(|file| {
        (wanted.is_empty() || wanted.contains(&file.verdict.status)) && (!arguments.gone || file.gone)
    });
    let mut output = Output::open();
    for file in chosen {
        let keeps_record = outlived.contains(&file.path);
        if arguments.json {
            output.json(&to_json(file, keeps_record), false)?;
        } else {
            output.line(&line(file, keeps_record))?;
        }
    }
    output.flush()?;
    if !arguments.json {
        tell(&counts(&files));
    }
    Ok(Status::Done)
}

fn to_json(file: &FileRow, keeps_record: bool) -> serde_json::Value {
    json!({
        "path": file.name,
        "status": file.verdict.status.name(),
        "reason": file.verdict.reason,
        "remedy": file.verdict.remedy,
        "attempts": file.verdict.attempts,
        "gone": file.gone,
        "keeps_record": keeps_record,
        "id": file.content,
        "bytes": file.bytes,
    })
}

fn line(file: &FileRow, keeps_record: bool) -> String {
    let gone = if file.gone { ", gone" } else { "" };
    let reason = file.verdict.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
    let attempts = match file.verdict.attempts {
        0 | 1 => String::new(),
        attempts => format!(" ({attempts} attempts)"),
    };
    let remedy =
        file.verdict.remedy.as_ref().map(|remedy| format!("\n    hint: {remedy}")).unwrap_or_default();
    let kept = if keeps_record { "\n    the record of its earlier bytes stays" } else { "" };
    let name = printable(&file.name).replace('\n', "\\n").replace('\t', "\\t");
    format!(
        "{}{gone} {name}{}{attempts}{}{kept}",
        file.verdict.status.name(),
        printable(&reason),
        printable(&remedy)
    )
}

fn counts(files: &[FileRow]) -> String {
    let counts = FileStatus::ALL.map(|status| {
        let number = files.iter().filter(|file| file.verdict.status == status).count();
        format!("{number} {}", status.name())
    });
    let gone = match files.iter().filter(|file| file.gone).count() {
        0 => String::new(),
        number => format!("; {number} of them gone"),
    };
    let noun = if files.len() == 1 { "file" } else { "files" };
    format!("{} {noun}: {}{gone}\n", files.len(), counts.join(", "))
}
