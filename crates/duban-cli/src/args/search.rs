//! The arguments of `duban search`.

use clap::{Args, ValueEnum};
use duban::index::Sort;
use duban::record::Kind;

use super::StorePath;

/// Arguments of `duban search`.
#[derive(Args)]
pub(crate) struct Search {
    /// Words and phrases, all of which must stand in a task, and conditions: `公开专栏 -试点 unit:县教育局
    /// year:2021..2023 due:<2022-01-01 (解读 OR 年报)`; README.md lists the fields
    #[arg(allow_hyphen_values = true, value_parser = query_word)]
    pub(crate) query: Option<String>,
    /// More of it
    #[arg(hide = true)]
    pub(crate) more: Vec<String>,
    #[command(flatten)]
    pub(crate) store: StorePath,
    /// Only plans of this year
    #[arg(long)]
    pub(crate) year: Option<i32>,
    /// Only tasks of a unit whose name holds these words
    #[arg(long)]
    pub(crate) unit: Option<String>,
    /// Only tasks of which something is due before this day, such as 2021-11-01
    #[arg(long, value_name = "DATE")]
    pub(crate) due_before: Option<String>,
    /// Only tasks of this kind
    #[arg(long)]
    pub(crate) kind: Option<KindName>,
    /// Let `unit:` also find bodies named only by their kind: 河湾镇 finds 各镇
    #[arg(long)]
    pub(crate) with_generic: bool,
    /// Print how all that match spread over years, days, issuers, levels, units (in full and as printed), roles, kinds and formats
    #[arg(long)]
    pub(crate) facets: bool,
    /// Order of the hits
    #[arg(long)]
    pub(crate) sort: Option<SortName>,
    /// Hits to pass over, for the next page
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u32).range(..=100_000))]
    pub(crate) offset: u32,
    /// Greatest number of hits
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub(crate) limit: u32,
    /// Print each hit as one line of JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// What the part of the plan is about.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum KindName {
    /// Aims and principles
    Overview,
    /// How the work itself is run
    Safeguard,
    /// The work
    Task,
}

impl From<KindName> for Kind {
    fn from(name: KindName) -> Self {
        match name {
            KindName::Overview => Self::Overview,
            KindName::Safeguard => Self::Safeguard,
            KindName::Task => Self::Task,
        }
    }
}

/// Orders of hits.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum SortName {
    /// The best match first
    Relevance,
    /// What is due first
    Due,
    /// The newest plan first
    Year,
}

impl From<SortName> for Sort {
    fn from(name: SortName) -> Self {
        match name {
            SortName::Relevance => Self::Relevance,
            SortName::Due => Self::Due,
            SortName::Year => Self::Year,
        }
    }
}

/// A piece of a query, which may begin with `-`; a misspelt option is none.
fn query_word(text: &str) -> Result<String, String> {
    if text.starts_with("--") {
        Err("there is no such option; words that begin so stand in quotation marks inside the query"
            .to_owned())
    } else {
        Ok(text.to_owned())
    }
}
