//! The command line: every argument with its help.

mod search;

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use duban::document::Format;
use duban::ocr::Recogniser;
use duban::{BatchOptions, FileStatus, Isolation, Options, ReadOptions, WorkerProgram};

use crate::failure::Stop;
use crate::log::LogFormat;

pub(crate) use search::Search;

/// Turn Chinese government work plans (notices) into data: tasks, responsible units, deadlines
#[derive(Parser)]
#[command(name = "duban", version, max_term_width = 100)]
pub(crate) struct Arguments {
    /// Form of what is said on standard error
    #[arg(long, global = true, value_enum, default_value = "text", value_name = "FORMAT")]
    pub(crate) log_format: LogFormat,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Print the records of notices as JSON Lines
    Extract(Extract),
    /// Read a folder of notices into a store
    Ingest(Ingest),
    /// Read the notices of a folder into a store as they come
    Watch(Watch),
    /// Say what became of each file
    Status(Status),
    /// Read again the files of a store that failed, those in quarantine as well
    Retry(Retry),
    /// Find tasks in a store
    Search(Search),
    /// Print one task of the store with everything that is known of it
    Show(Show),
    /// Compare two plans, or those of two years, task by task
    Compare(Compare),
    /// Follow one task of the store through the years, up to what it carries out and down
    Trace(Show),
    /// Make the full-text index of a store anew from its records
    Reindex(StorePath),
    /// Print the text of a notice as it was read, without page numbers and running heads
    Text(Text),
    /// Print the supervision ledger (督查台账): each task with its units and dates
    Ledger(Ledger),
    /// Print the JSON Schema of a record
    Schema,
    /// Show where the units and deadlines of one item come from
    Explain(Explain),
    /// Paint a page of a PDF with the boxes of its units and deadlines
    Render(Render),
    /// Read files for another duban, which speaks over the pipes
    #[command(hide = true)]
    Worker,
}

/// Arguments of `duban extract`.
#[derive(Args)]
pub(crate) struct Extract {
    /// Notices, folders of notices, or `-` for standard input
    #[arg(required = true, value_name = "FILE|DIR|-")]
    pub(crate) inputs: Vec<PathBuf>,
    /// Print one record over many lines, for people
    #[arg(long)]
    pub(crate) pretty: bool,
    #[command(flatten)]
    pub(crate) batch: Batch,
}

/// Arguments of `duban ingest`.
#[derive(Args)]
pub(crate) struct Ingest {
    /// Folder of notices
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    #[command(flatten)]
    pub(crate) store: StorePath,
    /// Read also what the store holds already
    #[arg(long)]
    pub(crate) again: bool,
    /// Print the summary as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) batch: Batch,
}

/// Arguments of `duban watch`.
#[derive(Args)]
pub(crate) struct Watch {
    /// Folder that notices come into
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    #[command(flatten)]
    pub(crate) store: StorePath,
    /// Command of the shell that gets each record on its standard input, one line of JSON; by default
    /// the records go to standard output
    #[arg(long, value_name = "COMMAND")]
    pub(crate) exec: Option<String>,
    /// Seconds for which a file must not change before it is read
    #[arg(long, default_value = "3", value_name = "SECONDS")]
    pub(crate) settle: Seconds,
    /// Seconds after which the folder is scanned even if the system tells of no change
    #[arg(long, default_value = "60", value_name = "SECONDS")]
    pub(crate) rescan: Seconds,
    #[command(flatten)]
    pub(crate) batch: Batch,
}

/// A length of time in seconds, such as 2 or 0.5.
#[derive(Clone, Copy)]
pub(crate) struct Seconds(Duration);

impl FromStr for Seconds {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let seconds = text.parse().map_err(|_| "give a number of seconds, such as 2 or 0.5")?;
        let time = Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())?;
        if time.is_zero() { Err("give more than 0 seconds".to_owned()) } else { Ok(Self(time)) }
    }
}

impl From<Seconds> for Duration {
    fn from(seconds: Seconds) -> Self {
        seconds.0
    }
}

/// Arguments of `duban retry`.
#[derive(Args)]
pub(crate) struct Retry {
    #[command(flatten)]
    pub(crate) store: StorePath,
    /// Print the summary as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) batch: Batch,
}

/// Arguments of `duban status`.
#[derive(Args)]
pub(crate) struct Status {
    #[command(flatten)]
    pub(crate) store: StorePath,
    /// Only files that failed
    #[arg(long, conflicts_with = "status")]
    pub(crate) failed: bool,
    /// Only files of which this became
    #[arg(long, value_enum, value_name = "STATUS")]
    pub(crate) status: Vec<StatusName>,
    /// Only files that are not there any more
    #[arg(long)]
    pub(crate) gone: bool,
    /// Print one line of JSON a file
    #[arg(long)]
    pub(crate) json: bool,
}

/// What may become of a file.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum StatusName {
    /// It was read
    Ok,
    /// It was read, but may lack something
    Degraded,
    /// It has no record
    Failed,
    /// It was not read: no notice, or the same bytes as another file
    Skipped,
}

impl From<StatusName> for FileStatus {
    fn from(name: StatusName) -> Self {
        match name {
            StatusName::Ok => Self::Ok,
            StatusName::Degraded => Self::Degraded,
            StatusName::Failed => Self::Failed,
            StatusName::Skipped => Self::Skipped,
        }
    }
}

/// How many notices are read.
#[derive(Args)]
pub(crate) struct Batch {
    /// Notices that are worked on at a time; by default as many as there are cores
    #[arg(long, value_name = "NUMBER")]
    pub(crate) threads: Option<NonZeroUsize>,
    /// Where files are read: in worker processes under limits (1 GiB, 15 s), or in this one
    #[arg(long, value_enum, default_value = "process")]
    pub(crate) isolation: IsolationName,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// Where files are read.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum IsolationName {
    /// In this process
    None,
    /// In worker processes
    Process,
}

impl Batch {
    /// The options of a batch.
    pub(crate) fn options(&self) -> Result<BatchOptions, Stop> {
        let isolation = match self.isolation {
            IsolationName::None => Isolation::None,
            IsolationName::Process => {
                let program = std::env::current_exe().map_err(|error| Stop::Failure {
                    message: format!("cannot find the program itself: {error}"),
                    hint: Some("read in this process: --isolation none".to_owned()),
                })?;
                Isolation::Process(WorkerProgram { program, arguments: vec!["worker".to_owned()] })
            }
        };
        Ok(BatchOptions {
            notice: self.reading.options()?,
            threads: self.threads,
            isolation,
            ..BatchOptions::default()
        })
    }
}

/// Arguments of `duban show` and `duban trace`.
#[derive(Args)]
pub(crate) struct Show {
    /// Id of the task, as `duban search` prints it; the notice's part may be shortened
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) store: StorePath,
    /// Print it as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Arguments of `duban compare`.
#[derive(Args)]
pub(crate) struct Compare {
    /// The older and the newer plan: files, or ids of notices in the store
    #[arg(num_args = 2, value_names = ["OLD", "NEW"], required_unless_present = "issuer")]
    pub(crate) plans: Vec<String>,
    /// Compare all plans of the issuer whose name holds these words
    #[arg(long, requires = "years", conflicts_with = "plans")]
    pub(crate) issuer: Option<String>,
    /// The two years, such as 2021,2022
    #[arg(long, value_name = "OLD,NEW", value_parser = two_years, requires = "issuer")]
    pub(crate) years: Option<[i32; 2]>,
    #[command(flatten)]
    pub(crate) store: StorePath,
    /// Print each task as one line of JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// Arguments of `duban text`.
#[derive(Args)]
pub(crate) struct Text {
    /// The notice, or `-` for standard input
    #[arg(value_name = "FILE|-")]
    pub(crate) input: PathBuf,
    /// Print every line where it stands on its page, page numbers and running heads included
    #[arg(long)]
    pub(crate) layout: bool,
    /// Print every line as JSON with its page, its layer and its boxes
    #[arg(long, conflicts_with = "layout")]
    pub(crate) boxes: bool,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// Arguments of `duban render`.
#[derive(Args)]
pub(crate) struct Render {
    /// The notice, a PDF, or `-` for standard input
    #[arg(value_name = "FILE|-")]
    pub(crate) input: PathBuf,
    /// The page, from 1
    #[arg(long, default_value_t = 1)]
    pub(crate) page: u32,
    /// The picture to write
    #[arg(short, long, value_name = "PNG")]
    pub(crate) output: PathBuf,
    /// Pixels an inch
    #[arg(long, default_value_t = 144, value_parser = clap::value_parser!(u16).range(36..=600))]
    pub(crate) resolution: u16,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// Arguments of `duban ledger`.
#[derive(Args)]
pub(crate) struct Ledger {
    /// Notices or folders of notices to read in place of a store, or `-` for standard input
    #[arg(value_name = "FILE|DIR|-")]
    pub(crate) inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) store: StorePath,
    /// Columns of text that a line may take, 0 for any number; by default those of the terminal, or 120
    #[arg(long, value_name = "COLUMNS")]
    pub(crate) width: Option<u16>,
    #[command(flatten)]
    pub(crate) batch: Batch,
}

/// Arguments of `duban explain`.
#[derive(Args)]
pub(crate) struct Explain {
    /// The notice, or `-` for standard input
    #[arg(value_name = "FILE|-")]
    pub(crate) input: PathBuf,
    /// Number of the item, such as 三/（一）/1; the brackets may be half-width
    #[arg(long)]
    pub(crate) number: String,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// Which store.
#[derive(Args)]
pub(crate) struct StorePath {
    /// Folder of the store; by default in the data folder of the platform
    #[arg(long, env = "DUBAN_STORE", value_name = "PATH")]
    pub(crate) store: Option<PathBuf>,
}

fn two_years(text: &str) -> Result<[i32; 2], String> {
    let years = text
        .split_once(',')
        .and_then(|(old, new)| Some([old.trim().parse().ok()?, new.trim().parse().ok()?]));
    years.ok_or_else(|| "give two years, such as 2021,2022".to_owned())
}

/// How notices are read.
#[derive(Args)]
pub(crate) struct Reading {
    /// Read as this format, whatever the content looks like
    #[arg(long)]
    pub(crate) format: Option<FormatName>,
    /// Password of an encrypted PDF
    #[arg(long, value_name = "TEXT")]
    pub(crate) password: Option<String>,
    /// Recognise the text of scanned pages; needs the program tesseract with its data for Chinese
    #[arg(long)]
    pub(crate) ocr: bool,
}

impl Reading {
    /// The options of one notice.
    pub(crate) fn options(&self) -> Result<Options, Stop> {
        let format = self.format.map(Into::into);
        let password = self.password.clone();
        let ocr = if self.ocr { Some(Recogniser::find("tesseract")?) } else { None };
        let read = ReadOptions { format, password, ..ReadOptions::default() };
        Ok(Options { read, ocr, ..Options::default() })
    }
}

/// Formats that can be asked for.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum FormatName {
    /// Portable Document Format
    Pdf,
    /// Markdown
    Markdown,
    /// Plain text
    Text,
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Pdf => Self::Pdf,
            FormatName::Markdown => Self::Markdown,
            FormatName::Text => Self::Text,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        super::Arguments::command().debug_assert();
    }
}
