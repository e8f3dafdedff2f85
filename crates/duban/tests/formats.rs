//! One notice in several formats gives one record, but for `id`, `source` and `at`.
//!
//! Spaces are not compared: those that a text prints between digits and Chinese characters (`10 月`)
//! are a typesetter's, who sets them as a distance, not as a character.

use std::collections::BTreeMap;
use std::path::Path;

use duban::{Options, find_notices, process_file};
use serde_json::Value;

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

#[test]
fn forms_of_one_notice_give_one_record() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let mut forms: BTreeMap<String, Vec<(String, Value)>> = BTreeMap::new();
    for path in find_notices(&corpus).expect("the corpus is there").notices {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let Ok(record) = process_file(&path, &Options::default()) else { continue };
        let mut value = serde_json::to_value(record).expect("a record is plain data");
        strip(&mut value);
        forms.entry(stem).or_default().push((name, value));
    }
    let mut compared = 0;
    let mut found = Vec::new();
    for forms in forms.values() {
        for pair in forms.windows(2) {
            let [(left, one), (right, other)] = pair else { continue };
            differences(one, other, &format!("{left} and {right}"), &mut found);
            compared += 1;
        }
    }
    assert!(compared >= 3, "only {compared} pairs of forms");
    assert!(found.is_empty(), "{} differences\n{}", found.len(), found.join("\n"));
}
