//! The record: what duban makes of one notice, as serde types with a JSON Schema.
//!
//! These types are kept apart from the working types of the stages, so that a refactoring cannot
//! move the contract by accident; the lowering in `duban-extract` is the only code that fills them.
#![doc = include_str!("../README.md")]

mod names;
mod schema;
mod types;

pub use schema::json_schema;
pub use types::*;

/// The version of the record's schema; it grows when a field changes its meaning.
pub const SCHEMA_VERSION: u32 = 1;
