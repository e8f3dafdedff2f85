//! `cargo xtask test`: every check that a change must pass, in the order of what they cost.

use std::process::Command;

use anyhow::{Context, bail};

use crate::{accuracy, root};

/// A check: what it shows, and the command with its arguments and environment.
struct Check {
    name: &'static str,
    arguments: &'static [&'static str],
    environment: &'static [(&'static str, &'static str)],
}

const CHECKS: [Check; 4] = [
    Check { name: "format", arguments: &["fmt", "--all", "--check"], environment: &[] },
    Check {
        name: "lints",
        arguments: &["clippy", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"],
        environment: &[],
    },
    Check {
        name: "tests and doctests",
        arguments: &["test", "--workspace", "--locked", "--no-fail-fast"],
        // A snapshot that differs fails here instead of being written beside the old one.
        environment: &[("INSTA_UPDATE", "no")],
    },
    Check {
        name: "documentation",
        arguments: &["doc", "--workspace", "--no-deps", "--locked"],
        environment: &[("RUSTDOCFLAGS", "--deny warnings")],
    },
];

/// Runs all checks; the first that fails ends it.
pub(crate) fn run_all() -> anyhow::Result<()> {
    let before = changes()?;
    for check in &CHECKS {
        eprintln!("== {}", check.name);
        let status = Command::new(env!("CARGO"))
            .args(check.arguments)
            .envs(check.environment.iter().copied())
            .current_dir(root())
            .status()
            .with_context(|| format!("cannot start cargo for the check `{}`", check.name))?;
        if !status.success() {
            bail!("the check `{}` failed: cargo {}", check.name, check.arguments.join(" "));
        }
    }
    eprintln!("== accuracy");
    accuracy::run(&accuracy::Options::default())?;
    if changes()? != before {
        bail!("the checks changed files of the repository; see `git status`");
    }
    eprintln!("all checks passed");
    Ok(())
}

/// What git says has changed; nothing where this is no checkout.
fn changes() -> anyhow::Result<Vec<u8>> {
    let output = Command::new("git").args(["status", "--porcelain"]).current_dir(root()).output();
    match output {
        Ok(output) => Ok(output.stdout),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error).context("cannot run git"),
    }
}
