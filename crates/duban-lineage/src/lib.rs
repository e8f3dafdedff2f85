//! Tasks of one plan to those of another: what was carried over from year to year, and what a lower
//! plan makes of a higher one.
//!
//! [`align`] compares all tasks of two plans and pairs them over the whole: a task is paired with the
//! one that leaves the other pairs best, not with the first that is like it. [`compare`] says what
//! became of each, and [`difference`] what changed between two texts, word by word. [`is_named_by`] and
//! [`is_next_of`] tell which notices belong together: a plan and the basis that another one names, a plan
//! and the same office's plan of another year.
//!
//! ```
//! use duban_lineage::{Heading, is_next_of};
//!
//! let plan = |title, year| Heading { title: Some(title), plan_year: Some(year), ..Heading::default() };
//! let before = plan("青禾县2021年政务公开工作要点", 2021);
//! let after = plan("青禾县2022年政务公开工作要点", 2022);
//! assert!(is_next_of(&after, &before));
//! ```
//!
//! This crate sees records, never files, stores or indexes.

mod align;
mod assign;
mod compare;
mod difference;
mod features;
mod notice;

pub use align::{Link, Relation, Thresholds, align, align_at};
pub use compare::{Changes, Entry, Fate, Placed, compare};
pub use difference::{Change, Part, difference, is_same_text};
pub use notice::{Heading, is_named_by, is_next_of};
