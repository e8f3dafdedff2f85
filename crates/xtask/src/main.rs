//! The checks of the project, run as `cargo xtask <command>`.

mod accuracy;
mod checks;
mod fuzz;
mod generate;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The checks of the project.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run every check: format, lints, tests, documentation, accuracy, and that nothing was left changed.
    Test {
        /// Run the long forms of the tests: more rounds of kills and damage, all hostile files.
        #[arg(long)]
        full: bool,
    },
    /// Score the corpus against its gold and compare with the committed table.
    Accuracy(accuracy::Options),
    /// Look for inputs that break a reader or parser, a minute for each.
    Fuzz(fuzz::Options),
    /// Make a store of any number of tasks out of the corpus, for measuring.
    Generate(generate::Options),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Test { full } => checks::run_all(full),
        Command::Accuracy(options) => accuracy::run(&options),
        Command::Fuzz(options) => fuzz::run(&options),
        Command::Generate(options) => generate::run(&options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The repository's root.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}
