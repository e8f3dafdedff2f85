//! A notice's [`Document`](duban_document::Document) to its [`Record`](duban_record::Record).

mod deadlines;
mod head;
mod model;
mod slots;
mod units;
