//! Files of older word processors to DOCX, by the program LibreOffice.
//!
//! Word's and WPS's binary files, RTF and ODT hold automatic numbers as references to lists, each in a
//! way of its own. No crate that reads them gives the numbers that are shown; LibreOffice does, and
//! writes them into a DOCX in the one way that `duban-office` knows. Each file is converted by a process
//! of its own, in a folder of its own, without the user's settings, macros and recent files.

use std::ffi::{OsStr, OsString};
use std::io;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use duban_document::Format;
use rustix::process::{Pid, Signal, kill_process_group};
use wait_timeout::ChildExt;

/// How long one file may take; LibreOffice needs a few seconds, most of them to start.
const LONGEST: Duration = Duration::from_mins(2);
/// Largest result, in bytes.
const LARGEST: u64 = 256 << 20;
/// The filter for DOCX; the extension alone may choose another.
const TARGET: &str = "docx:MS Word 2007 XML";

/// Why a file was not converted.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConvertError {
    /// There is no such program.
    #[error("files of this format are read through LibreOffice, which was not found")]
    NotInstalled,
    /// It could not be run.
    #[error("LibreOffice could not be run: {0}")]
    Run(#[from] io::Error),
    /// It took too long.
    #[error("LibreOffice did not finish within {} seconds", LONGEST.as_secs())]
    TooLong,
    /// It gave no document.
    #[error("LibreOffice cannot open the file")]
    Failed,
}

impl ConvertError {
    /// What to do about it, one line.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NotInstalled => {
                "install it (Debian: apt-get install libreoffice-writer), or save the file as DOCX"
            }
            Self::Run(_) | Self::TooLong | Self::Failed => {
                "open it in Word, WPS or LibreOffice and save it as DOCX"
            }
        }
    }
}

/// Whether files of `format` are read by way of DOCX.
pub fn converts(format: Format) -> bool {
    extension(format).is_some()
}

/// The extension by which LibreOffice knows a format.
fn extension(format: Format) -> Option<&'static str> {
    match format {
        Format::Doc => Some("doc"),
        Format::Rtf => Some("rtf"),
        Format::Odt => Some("odt"),
        _ => None,
    }
}

/// The LibreOffice of this machine.
#[derive(Clone, Debug)]
pub struct Converter {
    way: Way,
}

#[derive(Clone, Debug)]
enum Way {
    Program(OsString),
    Elsewhere(Conversion),
}

/// A conversion that somebody else makes.
pub type Conversion = fn(&[u8], Format) -> Result<Vec<u8>, ConvertError>;

impl Default for Converter {
    fn default() -> Self {
        Self::new("soffice")
    }
}

impl Converter {
    /// Converts by `program`, usually `soffice`.
    pub fn new(program: impl Into<OsString>) -> Self {
        Self { way: Way::Program(program.into()) }
    }

    /// Has `conversion` convert: for a process that must not start programs.
    pub fn elsewhere(conversion: Conversion) -> Self {
        Self { way: Way::Elsewhere(conversion) }
    }

    /// The DOCX that shows what `bytes`, a file of `format`, shows.
    pub fn to_docx(&self, bytes: &[u8], format: Format) -> Result<Vec<u8>, ConvertError> {
        let program = match &self.way {
            Way::Program(program) => program,
            Way::Elsewhere(conversion) => return conversion(bytes, format),
        };
        let extension = extension(format).ok_or(ConvertError::Failed)?;
        let folder = tempfile::tempdir()?;
        let source = folder.path().join("notice").with_extension(extension);
        let results = folder.path().join("results");
        std::fs::write(&source, bytes)?;
        let mut child = start(program, folder.path(), &source, &results)?;
        match child.wait_timeout(LONGEST) {
            Ok(Some(_)) => {}
            waited => {
                end(&mut child);
                waited?;
                return Err(ConvertError::TooLong);
            }
        }
        let result = results.join("notice.docx");
        match std::fs::metadata(&result) {
            Ok(metadata) if metadata.len() <= LARGEST => Ok(std::fs::read(&result)?),
            _ => Err(ConvertError::Failed),
        }
    }
}

fn start(program: &OsStr, folder: &Path, source: &Path, results: &Path) -> Result<Child, ConvertError> {
    let mut profile = OsString::from("-env:UserInstallation=file://");
    profile.push(folder.join("profile"));
    Command::new(program)
        .arg(profile)
        .args(["--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"])
        .args(["--convert-to", TARGET, "--outdir"])
        .args([results, source])
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // It starts further processes; they end with it.
        .process_group(0)
        .spawn()
        .map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => ConvertError::NotInstalled,
            _ => ConvertError::Run(error),
        })
}

/// Ends a process and those that it started.
fn end(child: &mut Child) {
    // A group that is gone needs no ending.
    let _ = kill_process_group(Pid::from_child(child), Signal::KILL);
    let _ = child.wait();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_program_is_said() {
        let error = Converter::new("no-such-program").to_docx(b"", Format::Doc).expect_err("there is none");
        assert!(matches!(error, ConvertError::NotInstalled));
        assert!(error.hint().contains("libreoffice-writer"));
    }

    #[test]
    fn a_program_that_gives_nothing_is_said() {
        let error = Converter::new("true").to_docx(b"", Format::Rtf).expect_err("it writes no file");
        assert!(matches!(error, ConvertError::Failed));
    }
}
