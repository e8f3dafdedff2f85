//! `duban watch`: a folder into a store as files come, and each record to whoever listens.

use std::io::Write;
use std::process::{Command, ExitStatus, Stdio};

use duban::record::Record;
use duban::{Delivery, Store, WatchEvent, WatchOptions};

use crate::args::Watch;
use crate::commands::ingest::{describe, describe_failures, stop_on_signals};
use crate::failure::{Status, Stop, note, report};
use crate::input::store_path;
use crate::output::Output;

/// Watches the folder.
pub(crate) fn run(arguments: &Watch) -> Result<Status, Stop> {
    let store = Store::open_or_create(&store_path(&arguments.store)?)?;
    let mut options = arguments.batch.options()?;
    options.stop = Some(stop_on_signals()?);
    let watching = WatchOptions { settle: arguments.settle.into(), rescan: arguments.rescan.into() };
    let mut output = Output::open();
    let deliver = |record: &Record| match &arguments.exec {
        Some(command) => execute(command, record),
        // Nobody reads any more, or there is no room: the record waits in the store.
        None => match output.record(record, false).and_then(|()| output.flush()) {
            Ok(()) => Delivery::Done,
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Delivery::Stop,
            Err(error) => {
                report(&format!("cannot write a record: {error}"), Some("make room: it is tried again"));
                Delivery::Later
            }
        },
    };
    note(&format!("watching {}\nstore: {}", arguments.folder.display(), store.root().display()));
    duban::watch(&arguments.folder, &store, &options, &watching, deliver, |event| match event {
        WatchEvent::Batch(summary) => {
            describe_failures(summary);
            note(&describe(summary));
        }
        WatchEvent::Failed(error) => report(&error.to_string(), error.hint().as_deref()),
        _ => {}
    })?;
    Ok(Status::Done)
}

/// Gives the record to the standard input of `command`; it arrived when the command says so.
fn execute(command: &str, record: &Record) -> Delivery {
    let run = || -> std::io::Result<ExitStatus> {
        let mut child = Command::new("sh").args(["-c", command]).stdin(Stdio::piped()).spawn()?;
        let mut line = serde_json::to_vec(record)?;
        line.push(b'\n');
        if let Some(mut input) = child.stdin.take() {
            match input.write_all(&line) {
                // It knows enough before the end.
                Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => {}
                written => written?,
            }
        }
        child.wait()
    };
    let path = &record.source.path;
    match run() {
        Ok(status) if status.success() => Delivery::Done,
        Ok(status) => {
            report(
                &format!("the command of --exec failed on `{path}`: {status}"),
                Some("the record waits in the store and is handed on again"),
            );
            Delivery::Later
        }
        Err(error) => {
            report(&format!("the command of --exec cannot be run on `{path}`: {error}"), None);
            Delivery::Later
        }
    }
}
