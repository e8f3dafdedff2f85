//! Standard output, and text made safe for a terminal.

use std::borrow::Cow;
use std::io::{self, BufWriter, StdoutLock, Write};

use serde_json::Value;

/// Standard output, buffered; [`Output::flush`] ends the work.
pub(crate) struct Output {
    writer: BufWriter<StdoutLock<'static>>,
}

impl Output {
    /// Takes standard output.
    pub(crate) fn open() -> Self {
        Self { writer: BufWriter::new(io::stdout().lock()) }
    }

    /// Writes `text` and a line break.
    pub(crate) fn line(&mut self, text: &str) -> io::Result<()> {
        self.writer.write_all(text.as_bytes())?;
        self.writer.write_all(b"\n")
    }

    /// Writes `value` as one line of JSON, or over many lines where it is `pretty`.
    pub(crate) fn json(&mut self, value: &Value, pretty: bool) -> io::Result<()> {
        self.serialized(pretty, |writer, pretty| {
            if pretty {
                serde_json::to_writer_pretty(writer, value)
            } else {
                serde_json::to_writer(writer, value)
            }
        })
    }

    /// Writes a record as JSON.
    pub(crate) fn record(&mut self, record: &duban::record::Record, pretty: bool) -> io::Result<()> {
        self.serialized(pretty, |writer, pretty| {
            if pretty {
                serde_json::to_writer_pretty(writer, record)
            } else {
                serde_json::to_writer(writer, record)
            }
        })
    }

    fn serialized(
        &mut self,
        pretty: bool,
        write: impl FnOnce(&mut BufWriter<StdoutLock<'static>>, bool) -> serde_json::Result<()>,
    ) -> io::Result<()> {
        write(&mut self.writer, pretty)?;
        self.writer.write_all(b"\n")
    }

    /// Hands everything on; only now a closed pipe shows.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Characters of a notice's id that tell it from others well enough.
const SHORT_ID: usize = 12;

/// The id with the notice's part shortened, as `duban show` takes it.
pub(crate) fn short_id(id: &str) -> String {
    let (notice, number) = id.split_once('#').unwrap_or((id, ""));
    format!("{}#{number}", notice.get(..SHORT_ID).unwrap_or(notice))
}

/// `text` with the characters escaped that would move the cursor or turn the writing direction; it
/// may come from a file's name or content. Line breaks and tabs stay.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    let harmful = |character: char| {
        character.is_control() && !matches!(character, '\n' | '\t')
            || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(harmful) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        if harmful(character) { safe.extend(character.escape_unicode()) } else { safe.push(character) }
    }
    Cow::Owned(safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_fool_a_terminal_are_escaped() {
        assert_eq!(printable("公开\u{1b}[2J"), "公开\\u{1b}[2J");
        assert_eq!(printable("a\u{202e}txt.exe"), "a\\u{202e}txt.exe");
        assert_eq!(printable("一\t二\n"), "一\t二\n");
    }
}
