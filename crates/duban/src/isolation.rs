//! Where notices are read: in this process, or in workers that a hostile file may kill.
//!
//! The two sides speak bytes ([`duban_worker`]). Setup: what holds for all files, as JSON. Head of a job:
//! the name of the file; body: its bytes. Answer: the digest of the bytes, then a line for each notice in
//! them, `R` and the record or `E` and the error. Questions: `convert FORMAT` or `recognise`, a line break
//! and the bytes; replies: `ok` or `error CODE`, a line break and the result or the message.

use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

use duban_convert::{ConvertError, Converter};
use duban_document::Format;
use duban_ocr::{OcrError, Recogniser};
use duban_read::ReadOptions;
use duban_record::Record;
use duban_worker::{Death, Limits, Pool, RunError};
use serde_json::{Value, json};

use crate::process::id_of;
use crate::{BatchError, Cause, Options, ProcessError, for_each_notice, process_bytes};

/// Where the files of a batch are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Isolation {
    /// In this process: a file that needs endless memory or time takes all of the batch with it.
    #[default]
    None,
    /// In worker processes under limits.
    Process(WorkerProgram),
}

/// How a worker is started: the program must call [`serve_worker`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkerProgram {
    /// The program.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<String>,
}

/// What came of reading one file.
#[derive(Debug)]
pub(crate) enum Reading {
    /// Each notice in it, or why it has no record.
    Done {
        /// SHA-256 of the bytes that were read.
        id: String,
        /// One for a plain file, any number for an archive or a mail.
        notices: Vec<Result<Record, ProcessError>>,
    },
    /// It killed its worker.
    Died(Death),
    /// It could not be read to its end.
    Broken(io::Error),
}

/// Reads the files of a batch.
#[derive(Debug)]
pub(crate) enum Reader {
    Here(Options),
    Workers(Pool, Options),
}

impl Reader {
    pub(crate) fn new(isolation: &Isolation, options: &Options) -> Self {
        match isolation {
            Isolation::None => Self::Here(options.clone()),
            Isolation::Process(WorkerProgram { program, arguments }) => {
                let arguments = arguments.iter().map(Into::into).collect();
                let setup = setup(options).to_string().into_bytes();
                let pool = Pool::new(program.clone(), arguments, setup, Limits::default());
                Self::Workers(pool, options.clone())
            }
        }
    }

    /// Reads the notices in `file`, which is called `name`.
    pub(crate) fn read(&self, name: &str, file: File) -> Result<Reading, BatchError> {
        match self {
            Self::Here(options) => Ok(read_here(name, file, options)),
            Self::Workers(pool, options) => {
                let mut body = file.take(options.max_file_bytes.saturating_add(1));
                let run = pool.run(name.as_bytes(), &mut body, &mut |question| reply(question, options));
                match run {
                    Ok(answer) => Ok(parse(name, &answer)),
                    Err(RunError::Died(death)) => Ok(Reading::Died(death)),
                    Err(RunError::Body(error)) => Ok(Reading::Broken(error)),
                    Err(error) => Err(BatchError::Worker(error)),
                }
            }
        }
    }
}

fn read_here(name: &str, file: File, options: &Options) -> Reading {
    let mut bytes = Vec::new();
    match file.take(options.max_file_bytes.saturating_add(1)).read_to_end(&mut bytes) {
        Ok(_) => Reading::Done { id: id_of(&bytes), notices: notices(name, &bytes, options) },
        Err(error) => Reading::Broken(error),
    }
}

fn notices(name: &str, bytes: &[u8], options: &Options) -> Vec<Result<Record, ProcessError>> {
    let limit = options.max_file_bytes;
    if bytes.len() as u64 > limit {
        return vec![Err(ProcessError { path: name.to_owned(), source: Cause::TooLarge { limit } })];
    }
    for_each_notice(name, bytes, options, &mut |name, bytes| process_bytes(name, bytes, options))
}

/// Serves a batch in another process as one of its workers; this process is confined for good.
pub fn serve_worker() -> io::Result<()> {
    duban_worker::serve(&Limits::default(), |setup| {
        let options = options(setup);
        move |head: &[u8], body: Vec<u8>| {
            let name = String::from_utf8_lossy(head);
            answer(&id_of(&body), &notices(&name, &body, &options))
        }
    })
}

fn setup(options: &Options) -> Value {
    let Options { read, ocr, max_file_bytes, converter: _ } = options;
    let ReadOptions { format, max_text_bytes, max_lines, password } = read;
    json!({
        "format": format.map(<&str>::from),
        "max_text_bytes": max_text_bytes,
        "max_lines": max_lines,
        "password": password,
        "ocr": ocr.is_some(),
        "max_file_bytes": max_file_bytes,
    })
}

/// The options that [`setup`] made; the parent is of the same version.
fn options(setup: &[u8]) -> Options {
    let setup: Value = serde_json::from_slice(setup).unwrap_or_default();
    let number = |field: &str| setup[field].as_u64();
    let length = |field: &str| number(field).and_then(|number| usize::try_from(number).ok());
    let default = Options::default();
    Options {
        read: ReadOptions {
            format: setup["format"].as_str().and_then(|name| name.parse().ok()),
            max_text_bytes: length("max_text_bytes").unwrap_or(default.read.max_text_bytes),
            max_lines: length("max_lines").unwrap_or(default.read.max_lines),
            password: setup["password"].as_str().map(str::to_owned),
        },
        ocr: (setup["ocr"] == true).then(|| Recogniser::elsewhere(recognise_elsewhere)),
        converter: Converter::elsewhere(convert_elsewhere),
        max_file_bytes: number("max_file_bytes").unwrap_or(default.max_file_bytes),
    }
}

fn answer(id: &str, notices: &[Result<Record, ProcessError>]) -> Vec<u8> {
    let mut answer = id.as_bytes().to_vec();
    for notice in notices {
        answer.push(b'\n');
        match notice {
            Ok(record) => {
                answer.push(b'R');
                // A record is plain data.
                answer.extend(serde_json::to_vec(record).unwrap_or_default());
            }
            Err(error) => {
                let error = json!({
                    "path": error.path,
                    "message": error.source.to_string(),
                    "hint": error.hint(),
                });
                answer.push(b'E');
                answer.extend(error.to_string().into_bytes());
            }
        }
    }
    answer
}

fn parse(name: &str, answer: &[u8]) -> Reading {
    let mut lines = answer.split(|byte| *byte == b'\n');
    let id = String::from_utf8_lossy(lines.next().unwrap_or_default()).into_owned();
    let notices = lines.map(|line| notice(name, line)).collect();
    Reading::Done { id, notices }
}

fn notice(name: &str, line: &[u8]) -> Result<Record, ProcessError> {
    let failed = |path: &str, message: String, hint: Option<String>| ProcessError {
        path: path.to_owned(),
        source: Cause::Reported { message, hint },
    };
    match line.split_first() {
        Some((b'R', json)) => {
            serde_json::from_slice(json).map_err(|error| failed(name, error.to_string(), None))
        }
        Some((_, json)) => {
            let error: Value = serde_json::from_slice(json).unwrap_or_default();
            let text = |field: &str| error[field].as_str().map(str::to_owned);
            let message = text("message").unwrap_or_default();
            Err(failed(error["path"].as_str().unwrap_or(name), message, text("hint")))
        }
        None => Err(failed(name, "the worker process gave an empty answer".to_owned(), None)),
    }
}

/// The parent's reply to a worker that must not start programs.
fn reply(question: &[u8], options: &Options) -> Vec<u8> {
    let (asked, bytes) = head_and_rest(question);
    let (head, rest) = match asked.split_once(' ').unwrap_or((asked.as_str(), "")) {
        ("convert", format) => match format.parse() {
            Ok(format) => match options.converter.to_docx(bytes, format) {
                Ok(docx) => ("ok".to_owned(), docx),
                Err(error) => (format!("error {}", code(&error)), error.to_string().into_bytes()),
            },
            Err(_) => ("error failed".to_owned(), Vec::new()),
        },
        _ => match options.ocr.as_ref().map(|recogniser| recogniser.tsv(bytes)) {
            Some(Ok(tsv)) => ("ok".to_owned(), tsv.into_bytes()),
            Some(Err(error)) => ("error".to_owned(), error.to_string().into_bytes()),
            None => ("error".to_owned(), Vec::new()),
        },
    };
    [head.as_bytes(), b"\n", rest.as_slice()].concat()
}

fn head_and_rest(message: &[u8]) -> (String, &[u8]) {
    let mut parts = message.splitn(2, |byte| *byte == b'\n');
    let head = String::from_utf8_lossy(parts.next().unwrap_or_default()).into_owned();
    (head, parts.next().unwrap_or_default())
}

/// Asks the parent; `Err` with the code and the message of what went wrong there.
fn ask(question: &str, bytes: &[u8]) -> io::Result<Result<Vec<u8>, (String, String)>> {
    let reply = duban_worker::ask(&[question.as_bytes(), b"\n", bytes].concat())?;
    let (head, rest) = head_and_rest(&reply);
    Ok(match head.strip_prefix("error") {
        None => Ok(rest.to_vec()),
        Some(code) => Err((code.trim().to_owned(), String::from_utf8_lossy(rest).into_owned())),
    })
}

fn convert_elsewhere(bytes: &[u8], format: Format) -> Result<Vec<u8>, ConvertError> {
    ask(&format!("convert {}", <&str>::from(format)), bytes)?.map_err(|(code, message)| match code.as_str() {
        "not_installed" => ConvertError::NotInstalled,
        "too_long" => ConvertError::TooLong,
        "run" => ConvertError::Run(io::Error::other(message)),
        _ => ConvertError::Failed,
    })
}

fn code(error: &ConvertError) -> &'static str {
    match error {
        ConvertError::NotInstalled => "not_installed",
        ConvertError::TooLong => "too_long",
        ConvertError::Run(_) => "run",
        _ => "failed",
    }
}

fn recognise_elsewhere(png: &[u8]) -> Result<String, OcrError> {
    match ask("recognise", png)? {
        Ok(tsv) => Ok(String::from_utf8_lossy(&tsv).into_owned()),
        Err((_, message)) => Err(OcrError::Failed(message)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_reach_the_worker() {
        let read = ReadOptions {
            format: Some(Format::Markdown),
            max_text_bytes: 7,
            max_lines: 8,
            password: Some("门".to_owned()),
        };
        let sent = Options { read, max_file_bytes: 9, ..Options::default() };
        let got = options(setup(&sent).to_string().as_bytes());
        assert_eq!((got.read, got.max_file_bytes), (sent.read, sent.max_file_bytes));
        assert!(got.ocr.is_none());
    }

    #[test]
    fn what_a_worker_answers_comes_back() {
        let options = Options::default();
        let record = process_bytes("plan.txt", "一、公开。10月底前完成。".as_bytes(), &options);
        let error = process_bytes("empty.txt", b"", &options);
        let message = error.as_ref().map(|_| ()).map_err(ToString::to_string);
        let Reading::Done { id, notices } = parse("plan.txt", &answer("7f", &[record, error])) else {
            panic!("an answer is an answer");
        };
        assert_eq!((id.as_str(), notices.len()), ("7f", 2));
        assert_eq!(notices[0].as_ref().map(|record| record.tasks.len()).ok(), Some(1));
        let back = notices[1].as_ref().map(|_| ()).map_err(ToString::to_string);
        assert_eq!(back, message);
        assert!(notices[1].as_ref().is_err_and(|error| error.hint().is_some()));
    }
}
