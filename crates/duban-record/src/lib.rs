//! The record: what duban makes of one notice, as serde types with a JSON Schema.
//!
//! These types are the contract with other systems. They are kept apart from the working types of
//! the stages, so that a refactoring cannot move the contract by accident; the lowering in
//! `duban-extract` is the only code that fills them. Fields may be added; none may change its name
//! or meaning without a new [`SCHEMA_VERSION`]. Keys with nothing to say are `null` or `[]`, never
//! left out.

mod schema;
mod types;

pub use schema::json_schema;
pub use types::*;

/// The version of the record's schema; it grows when a field changes its meaning.
pub const SCHEMA_VERSION: u32 = 1;
