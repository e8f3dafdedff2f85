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

/// What makes tests run their long forms.
const FULL: (&str, &str) = ("DUBAN_FULL", "1");

/// Programs that tests run, and the Debian packages that hold them.
const PROGRAMS: [(&str, &[&str]); 2] =
    [("tesseract", &["tesseract-ocr", "tesseract-ocr-chi-sim"]), ("soffice", &["libreoffice-writer-nogui"])];

/// Runs all checks, the tests in their long forms where it is asked for; the first that fails ends it.
pub(crate) fn run_all(full: bool) -> anyhow::Result<()> {
    let before = changes()?;
    install_needs();
    for check in &CHECKS {
        eprintln!("== {}", check.name);
        let status = Command::new(env!("CARGO"))
            .args(check.arguments)
            .envs(check.environment.iter().copied())
            .envs(full.then_some(FULL))
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

/// Installs what some tests need and skip without, where that takes no question: Debian as root.
fn install_needs() {
    let is_there = |program: &str| {
        Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success())
    };
    let missing = PROGRAMS.iter().filter(|(program, _)| !is_there(program));
    let packages: Vec<&str> = missing.flat_map(|(_, packages)| packages.iter().copied()).collect();
    if packages.is_empty() {
        return;
    }
    eprintln!("== installing {}", packages.join(" "));
    let apt = |arguments: &[&str]| {
        let status = Command::new("apt-get").args(["-qq", "-y"]).args(arguments).status();
        status.is_ok_and(|status| status.success())
    };
    let install = ["install", "--no-install-recommends"].iter().chain(&packages).copied().collect::<Vec<_>>();
    // The package lists of a fresh image are empty or old.
    let installed = apt(&install) || (apt(&["update"]) && apt(&install));
    if !installed {
        eprintln!("could not install them; the tests that run them will skip");
    }
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
