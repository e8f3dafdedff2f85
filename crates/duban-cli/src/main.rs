//! The `duban` command: arguments in, data on standard output, everything else on standard error.
//!
//! Exit status 0: done; 1: some inputs failed or nothing was found; 2: it could not run. A closed
//! pipe is no error: whoever reads the output has seen enough.

mod args;
mod commands;
mod failure;
mod input;
mod log;
mod output;
mod progress;
mod table;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Arguments, Command};
use crate::failure::{Status, Stop, report};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    log::begin(arguments.log_format);
    let done = match arguments.command {
        Command::Worker => commands::worker::run(),
        Command::Extract(arguments) => commands::extract::run(&arguments),
        Command::Ingest(arguments) => commands::ingest::run(&arguments),
        Command::Watch(arguments) => commands::watch::run(&arguments),
        Command::Status(arguments) => commands::status::run(&arguments),
        Command::Retry(arguments) => commands::ingest::retry(&arguments),
        Command::Search(arguments) => commands::search::run(&arguments),
        Command::Show(arguments) => commands::show::run(&arguments),
        Command::Compare(arguments) => commands::compare::run(&arguments),
        Command::Trace(arguments) => commands::trace::run(&arguments),
        Command::Reindex(arguments) => commands::reindex::run(&arguments),
        Command::Text(arguments) => commands::text::run(&arguments),
        Command::Ledger(arguments) => commands::ledger::run(&arguments),
        Command::Schema => commands::schema::run(),
        Command::Render(arguments) => commands::render::run(&arguments),
        Command::Explain(arguments) => commands::explain::run(&arguments),
    };
    match done {
        Ok(Status::Done) | Err(Stop::ClosedPipe) => ExitCode::SUCCESS,
        Ok(Status::Incomplete) => ExitCode::FAILURE,
        Err(Stop::Failure { message, hint }) => {
            report(&message, hint.as_deref());
            ExitCode::from(2)
        }
    }
}
