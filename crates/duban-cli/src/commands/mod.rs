//! The subcommands, one module each.

pub(crate) mod compare;
pub(crate) mod explain;
pub(crate) mod extract;
pub(crate) mod ingest;
pub(crate) mod ledger;
pub(crate) mod reindex;
pub(crate) mod render;
pub(crate) mod schema;
pub(crate) mod search;
pub(crate) mod show;
pub(crate) mod status;
pub(crate) mod text;
pub(crate) mod trace;
pub(crate) mod watch;
pub(crate) mod worker;
