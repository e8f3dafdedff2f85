//! How far a batch is: a bar where standard error is a terminal, else a line now and then.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use duban::Progress;
use indicatif::{HumanBytes, HumanDuration, ProgressBar, ProgressStyle};

use crate::failure::tell;
use crate::log;

/// How often a line is printed.
const INTERVAL: Duration = Duration::from_secs(5);

/// Shows the progress of one batch.
pub(crate) struct Meter {
    bar: Option<ProgressBar>,
    began: Instant,
    last: Instant,
}

impl Meter {
    /// A batch begins.
    pub(crate) fn begin() -> Self {
        let bar = (io::stderr().is_terminal() && !log::is_json()).then(bar);
        let now = Instant::now();
        Self { bar, began: now, last: now }
    }

    /// It is so far.
    pub(crate) fn show(&mut self, progress: Progress) {
        match &self.bar {
            Some(bar) => {
                bar.set_length(progress.total);
                bar.set_position(progress.done);
                let failed =
                    if progress.failed > 0 { format!(", {} failed", progress.failed) } else { String::new() };
                bar.set_message(format!("{}{failed}", HumanBytes(progress.bytes)));
            }
            None if self.last.elapsed() >= INTERVAL => {
                self.last = Instant::now();
                self.line(progress);
            }
            None => {}
        }
    }

    /// It is over.
    pub(crate) fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    fn line(&self, progress: Progress) {
        let Progress { total, total_bytes, done, bytes, failed } = progress;
        let elapsed = self.began.elapsed();
        let rate = per_second(done, elapsed);
        // What is left takes as long as what is done did, byte by byte.
        let left = elapsed.mul_f64(ratio(total_bytes.saturating_sub(bytes), bytes.max(1)));
        if log::is_json() {
            let left = left.as_secs();
            tracing::info!(files = done, total, bytes, total_bytes, rate, left, failed, "progress");
        } else {
            tell(&format!(
                "{done} of {total} files, {} of {}, {rate:.0} files/s, about {} left, {failed} failed\n",
                HumanBytes(bytes),
                HumanBytes(total_bytes),
                HumanDuration(left),
            ));
        }
    }
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    let template = "{bar:40} {pos}/{len} files, {per_sec}, {eta} left, {msg}";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}

#[expect(clippy::cast_precision_loss, reason = "an estimate for people")]
fn ratio(part: u64, whole: u64) -> f64 {
    part as f64 / whole as f64
}

#[expect(clippy::cast_precision_loss, reason = "an estimate for people")]
fn per_second(count: u64, elapsed: Duration) -> f64 {
    count as f64 / elapsed.as_secs_f64().max(0.001)
}
