//! Every value of a record leads back: the lines that its `at` names hold the words.

use std::path::{Path, PathBuf};

use duban::record::{Location, OutlineNode, Record};
use duban::{Examined, Options, examine_bytes, find_notices};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn bare(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

/// Collects what does not lead back.
struct Check<'a> {
    examined: &'a Examined,
    wrong: Vec<String>,
}

impl Check<'_> {
    /// `words` stand in the lines of `at`, in this order though furniture may stand between them.
    fn stands(&mut self, what: &str, words: &str, at: &Location) {
        let document = &self.examined.document;
        let (first, last) = (at.line_start as usize, at.line_end as usize);
        let lines =
            first.checked_sub(1).and_then(|start| document.lines.get(start..last)).unwrap_or_default();
        let text: String = lines.iter().map(|line| bare(line.range.slice(&document.text))).collect();
        let mut rest = text.chars();
        let found =
            !lines.is_empty() && bare(words).chars().all(|wanted| rest.any(|character| character == wanted));
        if !found {
            self.wrong.push(format!("{what} `{words}` is not in lines {first} to {last}"));
        }
        let pages = (at.page_start, at.page_end, document.pages);
        let sound = match pages {
            (Some(first), Some(last), Some(count)) => 1 <= first && first <= last && last <= count,
            (None, None, None) => true,
            _ => false,
        };
        if !sound {
            self.wrong.push(format!("{what} `{words}` is on pages {pages:?}"));
        }
    }

    fn nodes(&mut self, nodes: &[OutlineNode]) {
        for node in nodes {
            self.stands("label", &node.label, &node.at);
            self.stands("title", &node.title, &node.at);
            self.nodes(&node.children);
        }
    }

    fn record(&mut self, record: &Record) {
        self.nodes(&record.outline);
        for basis in &record.basis {
            self.stands("basis", &basis.title, &basis.at);
        }
        for task in &record.tasks {
            for unit in &task.units {
                self.stands("unit", &unit.name, &unit.at);
            }
            for deadline in &task.deadlines {
                self.stands("deadline", &deadline.raw, &deadline.at);
            }
            for requirement in &task.requirements {
                self.stands("requirement", &requirement.text, &requirement.at);
            }
        }
        for requirement in &record.requirements {
            self.stands("requirement", &requirement.text, &requirement.at);
            for unit in &requirement.units {
                self.stands("unit", &unit.name, &unit.at);
            }
            for deadline in &requirement.deadlines {
                self.stands("deadline", &deadline.raw, &deadline.at);
            }
        }
    }
}

/// What does not lead back in the notices of `folder`, and how many notices were looked at.
fn check(folder: &Path) -> (Vec<String>, usize) {
    let (mut wrong, mut count) = (Vec::new(), 0);
    for path in find_notices(folder).expect("the folder is there").notices {
        let bytes = std::fs::read(&path).expect("it can be read");
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // Formats without a reader have no record to check.
        let Ok(examined) = examine_bytes(&name, &bytes, &Options::default()) else { continue };
        let mut check = Check { examined: &examined, wrong: Vec::new() };
        check.record(&examined.record);
        wrong.extend(check.wrong.into_iter().map(|fault| format!("{name}: {fault}")));
        count += 1;
    }
    (wrong, count)
}

#[test]
fn values_of_the_corpus_lead_back() {
    let (wrong, count) = check(&root().join("corpus"));
    assert!(count > 10, "only {count} notices");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn values_of_the_seeds_lead_back() {
    for folder in ["../shared/seeds", "../shared/real"] {
        let folder = root().join(folder);
        if !folder.is_dir() {
            eprintln!("skipped: {} is not there", folder.display());
            continue;
        }
        let (wrong, _) = check(&folder);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
