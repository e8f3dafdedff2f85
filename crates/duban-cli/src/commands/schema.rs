//! `duban schema`: the JSON Schema of a record.

use crate::failure::{Status, Stop};
use crate::output::Output;

/// Prints the schema.
pub(crate) fn run() -> Result<Status, Stop> {
    let mut output = Output::open();
    output.json(duban::record::json_schema().as_value(), true)?;
    output.flush()?;
    Ok(Status::Done)
}
