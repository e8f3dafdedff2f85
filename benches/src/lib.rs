//! Inputs that the benchmarks share, and how they measure.
//!
//! Times on a shared machine say little, so every benchmark is a ratio: ours and a floor or a peer run
//! in turns in one process, and the medians are compared. See `benches/README.md`.

use std::path::Path;
use std::time::{Duration, Instant};

use duban_document::{Document, Warned};
use duban_read::{ReadOptions, read};

/// Rounds of a comparison; the median of so many steadies the ratio to a few hundredths.
const ROUNDS: usize = 15;

/// Two things timed in turns.
#[derive(Clone, Copy, Debug)]
pub struct Comparison {
    /// Median time of what is measured.
    pub ours: Duration,
    /// Median time of what it is measured against.
    pub floor: Duration,
}

impl Comparison {
    /// Runs both in turns. Each returns a number that says that it did its work, which is checked
    /// to be the same each time.
    ///
    /// # Panics
    /// When one of them gives another answer than in the first round.
    pub fn measure(mut ours: impl FnMut() -> usize, mut floor: impl FnMut() -> usize) -> Self {
        Self::measure_on(|| (), |()| ours(), || (), |()| floor())
    }

    /// The same where each run uses up what is made for it; making it is no part of the time.
    ///
    /// # Panics
    /// As [`Self::measure`].
    pub fn measure_on<A, B>(
        mut for_ours: impl FnMut() -> A,
        mut ours: impl FnMut(A) -> usize,
        mut for_floor: impl FnMut() -> B,
        mut floor: impl FnMut(B) -> usize,
    ) -> Self {
        let expected = (ours(for_ours()), floor(for_floor()));
        let (mut our_times, mut floor_times) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let (answer, time) = timed(for_ours(), &mut ours);
            assert_eq!(answer, expected.0, "the same work gave another answer");
            our_times.push(time);
            let (answer, time) = timed(for_floor(), &mut floor);
            assert_eq!(answer, expected.1, "the same work gave another answer");
            floor_times.push(time);
        }
        Self { ours: median(our_times), floor: median(floor_times) }
    }

    /// How many times as long ours takes.
    pub fn ratio(&self) -> f64 {
        self.ours.as_secs_f64() / self.floor.as_secs_f64()
    }
}

fn timed<T>(on: T, work: &mut impl FnMut(T) -> usize) -> (usize, Duration) {
    let start = Instant::now();
    let answer = work(on);
    (answer, start.elapsed())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// A text as its document.
///
/// # Panics
/// When it cannot be read.
pub fn read_text(text: &str) -> Warned<Document> {
    match read("notice.txt", text.as_bytes(), &ReadOptions::default()) {
        Ok(document) => document,
        Err(error) => panic!("the generated notice cannot be read: {error}"),
    }
}

/// The documents of the corpus that are text, Markdown or HTML.
///
/// # Panics
/// When one of them cannot be read.
pub fn corpus() -> Vec<Warned<Document>> {
    let entries = std::fs::read_dir(root().join("corpus")).expect("the corpus is there");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("the corpus can be listed").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "txt" || end == "md" || end == "html"));
    paths.sort();
    let documents = paths.iter().map(|path| {
        let bytes = std::fs::read(path).expect("the notice is there");
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        read(name, &bytes, &ReadOptions::default()).expect("the notice can be read")
    });
    documents.collect()
}

/// Megabytes a second.
pub fn rate(bytes: usize, time: Duration) -> f64 {
    let bytes = u32::try_from(bytes).map_or(f64::from(u32::MAX), f64::from);
    bytes / 1e6 / time.as_secs_f64()
}

/// Prints one line of a result: what was measured, its value, and the bound that it should keep.
pub fn report(what: &str, value: f64, bound: f64) {
    let verdict = if value <= bound { "kept" } else { "MISSED" };
    println!("{what:<64} {value:>8.2}   bound {bound:>6.2}   {verdict}");
}

/// A notice of about `bytes` bytes: the corpus plan's sections again and again, numbered on.
///
/// # Panics
/// When the corpus is not there.
pub fn long_notice(bytes: usize) -> String {
    let seed = include_str!("notice.txt");
    let mut text = String::from("青岚县2022年政务公开工作方案\n\n");
    let mut section = 1;
    while text.len() < bytes {
        text.push_str(&seed.replace("{section}", &han(section)));
        section = section % 99 + 1;
    }
    text
}

/// `value` (below 100) in Chinese numerals.
fn han(value: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let tens = match value / 10 {
        0 => String::new(),
        1 => "十".to_owned(),
        tens => format!("{}十", DIGITS[tens]),
    };
    format!("{tens}{}", DIGITS[value % 10])
}

/// Path of the repository's root.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}
