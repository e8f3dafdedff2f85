//! `duban worker`: one of the processes in which a batch reads files.

use crate::failure::{Status, Stop};

/// Reads files until the other end closes the pipe.
pub(crate) fn run() -> Result<Status, Stop> {
    duban::serve_worker()?;
    Ok(Status::Done)
}
