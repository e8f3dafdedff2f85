//! `duban reindex`: the index anew from the records of the store.

use duban::Store;

use crate::args::StorePath;
use crate::failure::{Status, Stop, tell};
use crate::input::store_path;

/// Makes the index anew.
pub(crate) fn run(arguments: &StorePath) -> Result<Status, Stop> {
    let store = Store::open(&store_path(arguments)?)?;
    let records = store.reindex()?;
    tell(&format!("indexed {records} notices\nstore: {}\n", store.root().display()));
    Ok(Status::Done)
}
