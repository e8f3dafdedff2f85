//! One notice in several formats gives one record, but for `id`, `source` and `at`.
//!
//! `fixtures/forms/` holds the short notices of the corpus in a folder for each format; the corpus holds
//! some in other forms. All are compared with the Word file, whose numbers are automatic; the forms of a long
//! notice, which has none, with its text. Spaces are not compared: those that a text prints between digits and
//! Chinese characters (`10 月`) are a typesetter's, who sets them as a distance, not as a character.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::bail;
use duban::{Cause, Options, process_file};
use serde_json::Value;

/// The format that the others are compared with.
const BASE: &str = "docx";
/// The name of the forms in the corpus itself.
const CORPUS: &str = "corpus";
/// The format that stands in where a notice has no Word file.
const TEXT: &str = "corpus txt";

/// What became of one form.
enum Form {
    Record(Value),
    /// It takes a program that this machine lacks.
    Skipped,
    Failed(String),
}

/// Compares all forms and prints a table; an error where two differ.
pub(super) fn compare(forms: &Path, corpus: &Path) -> anyhow::Result<()> {
    let mut read: BTreeMap<(String, String), Form> = BTreeMap::new();
    for (folder, base) in [(forms, None), (corpus, Some(CORPUS))] {
        for path in super::notices(folder)? {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let parent = path.parent().and_then(Path::file_name).unwrap_or_default();
            let format = match base {
                None => parent.to_string_lossy().into_owned(),
                Some(name) => {
                    format!("{name} {}", path.extension().unwrap_or_default().to_string_lossy())
                }
            };
            if path.extension().is_some_and(|extension| extension != "tsv") {
                read.insert((stem, format), form(&path));
            }
        }
    }
    let stems: BTreeSet<&str> = read.keys().map(|(stem, _)| stem.as_str()).collect();
    let formats: BTreeSet<&str> = read.keys().map(|(_, format)| format.as_str()).collect();
    println!(
        "forms of one notice: = as the Word file or the text, number of differences, - not there, ? not on this machine"
    );
    print!("{:16}", "");
    stems.iter().for_each(|stem| print!(" {stem:>13}"));
    println!();
    let mut faults = Vec::new();
    for format in formats {
        print!("{format:16}");
        for stem in &stems {
            let form = read.get(&((*stem).to_owned(), format.to_owned()));
            let base =
                [BASE, TEXT].iter().find_map(|base| read.get(&((*stem).to_owned(), (*base).to_owned())));
            print!(" {:>13}", verdict(&format!("{format} {stem}"), form, base, &mut faults));
        }
        println!();
    }
    println!();
    if faults.is_empty() { Ok(()) } else { bail!("forms of one notice differ:\n{}", faults.join("\n")) }
}

fn form(path: &Path) -> Form {
    match process_file(path, &Options::default()) {
        Ok(record) => match serde_json::to_value(record) {
            Ok(mut value) => {
                strip(&mut value);
                Form::Record(value)
            }
            Err(error) => Form::Failed(error.to_string()),
        },
        Err(error) if matches!(error.source, Cause::Convert(duban::ConvertError::NotInstalled)) => {
            Form::Skipped
        }
        Err(error) => Form::Failed(error.to_string()),
    }
}

/// What the table says of a form; what is wrong with it goes to `faults`.
fn verdict(name: &str, form: Option<&Form>, base: Option<&Form>, faults: &mut Vec<String>) -> String {
    match (form, base) {
        (None, _) => "-".to_owned(),
        (Some(Form::Skipped), _) => "?".to_owned(),
        (Some(Form::Record(form)), Some(Form::Record(base))) => {
            let before = faults.len();
            differences(base, form, name, faults);
            if faults.len() == before { "=".to_owned() } else { (faults.len() - before).to_string() }
        }
        (Some(Form::Failed(error)), _) => {
            faults.push(format!("{name}: {error}"));
            "failed".to_owned()
        }
        _ => {
            faults.push(format!("{name}: nothing to compare it with"));
            "alone".to_owned()
        }
    }
}

/// Takes away what may differ: ids, the source, every place, spaces.
fn strip(value: &mut Value) {
    match value {
        Value::Object(object) => {
            for key in ["id", "source", "at"] {
                object.remove(key);
            }
            object.values_mut().for_each(strip);
        }
        Value::Array(values) => values.iter_mut().for_each(strip),
        Value::String(text) => text.retain(|character| character != ' '),
        _ => {}
    }
}

/// Where `left` and `right` differ.
fn differences(left: &Value, right: &Value, place: &str, found: &mut Vec<String>) {
    match (left, right) {
        (Value::Object(left), Value::Object(right)) => {
            for (key, value) in left {
                differences(value, right.get(key).unwrap_or(&Value::Null), &format!("{place}/{key}"), found);
            }
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            for (index, (left, right)) in left.iter().zip(right).enumerate() {
                differences(left, right, &format!("{place}/{index}"), found);
            }
        }
        _ if left == right => {}
        _ => found.push(format!("{place}:\n  {left}\n  {right}")),
    }
}
