//! What happens, on standard error: for people as text, for programs as one JSON object a line.

use std::io;
use std::sync::OnceLock;

use clap::ValueEnum;
use tracing_subscriber::fmt::format::FmtSpan;

/// Forms of the log.
#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// Text for people
    #[default]
    Text,
    /// One JSON object a line
    Json,
}

static FORMAT: OnceLock<LogFormat> = OnceLock::new();

/// Chooses the form, once.
pub(crate) fn begin(format: LogFormat) {
    if FORMAT.set(format).is_ok() && format == LogFormat::Json {
        let lines = tracing_subscriber::fmt().json().flatten_event(true).with_target(false);
        lines.with_span_events(FmtSpan::NONE).with_writer(io::stderr).init();
    }
}

/// Whether programs read the log.
pub(crate) fn is_json() -> bool {
    FORMAT.get() == Some(&LogFormat::Json)
}
