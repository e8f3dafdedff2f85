//! The JSON Schema of the record, derived from the types.

use crate::Record;

/// The JSON Schema (draft 2020-12) of [`Record`].
///
/// ```
/// let schema = duban_record::json_schema();
/// assert_eq!(schema.get("title").and_then(|title| title.as_str()), Some("Record"));
/// ```
pub fn json_schema() -> schemars::Schema {
    // The contract of what is written: every key is there, so every key is required.
    schemars::generate::SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<Record>()
}
