//! Specification and test in one: the tables in `fixtures/spec/*.md`.
//!
//! A specification is a Markdown page. Under each `##` heading stands prose and a table; the first
//! row names the columns, and every further row is one case. [`run`] makes a test of each row, named
//! by the heading and the row's first cell. A cell may stand in backticks; inside a cell `⏎` is a
//! line break and `\|` a bar.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

/// One row of a specification.
#[derive(Clone, Debug)]
pub struct Case {
    /// The heading that it stands under.
    pub section: String,
    /// Its line in the file, from 1.
    pub line: usize,
    cells: BTreeMap<String, String>,
    name: String,
}

impl Case {
    /// The cell of the column called `column`; empty where the row has none.
    pub fn cell(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// Path of `name` inside the repository's `fixtures` folder.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures").join(name)
}

/// All cases of the specification in `text`.
pub fn parse(text: &str) -> Vec<Case> {
    let (mut cases, mut section, mut columns) = (Vec::new(), String::new(), Vec::<String>::new());
    for (index, line) in text.lines().enumerate() {
        if let Some(heading) = line.strip_prefix("## ") {
            heading.trim().clone_into(&mut section);
        }
        let Some(row) = line.trim().strip_prefix('|').and_then(|row| row.strip_suffix('|')) else {
            columns.clear();
            continue;
        };
        let row = row.replace("\\|", "\u{1}");
        let cells: Vec<String> = row.split('|').map(cell).collect();
        if columns.is_empty() {
            columns = cells;
        } else if !cells.iter().all(|cell| cell.chars().all(|c| matches!(c, '-' | ':'))) {
            let name = format!("{section}: {} (line {})", cells[0].replace('\n', "⏎"), index + 1);
            let cells = columns.iter().cloned().zip(cells).collect();
            cases.push(Case { section: section.clone(), line: index + 1, cells, name });
        }
    }
    cases
}

/// Runs `check` on every case of `fixtures/spec/<page>` as a test of its own.
///
/// Fails as a whole when the page holds fewer than `least` cases, so that a page that is not found
/// or not understood cannot pass.
pub fn run(
    page: &str,
    least: usize,
    check: impl Fn(&Case) -> Result<(), String> + Clone + Send + 'static,
) -> ExitCode {
    let path = fixture("spec").join(page);
    let cases = match std::fs::read_to_string(&path) {
        Ok(text) => parse(&text),
        Err(error) => {
            eprintln!("{}: {error}", path.display());
            return ExitCode::FAILURE;
        }
    };
    let count = cases.len();
    let mut trials: Vec<Trial> = cases
        .into_iter()
        .map(|case| {
            let check = check.clone();
            Trial::test(case.name.clone(), move || check(&case).map_err(Failed::from))
        })
        .collect();
    trials.push(Trial::test(format!("{page} holds at least {least} cases"), move || {
        if count >= least { Ok(()) } else { Err(format!("only {count}").into()) }
    }));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn cell(text: &str) -> String {
    let text = text.trim();
    let bare = text.strip_prefix('`').and_then(|text| text.strip_suffix('`')).unwrap_or(text);
    bare.replace('\u{1}', "|").replace('⏎', "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_become_cases() {
        let cases = parse(
            "# Times\n\n## Months\nProse.\n\n| text | due |\n| --- | --- |\n| `10月底前` | 2021-10-31 |\n| a\\|b⏎c | |\n",
        );
        assert_eq!(cases.len(), 2);
        assert_eq!((cases[0].cell("text"), cases[0].cell("due")), ("10月底前", "2021-10-31"));
        assert_eq!((cases[1].section.as_str(), cases[1].cell("text")), ("Months", "a|b\nc"));
    }
}
