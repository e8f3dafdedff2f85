//! What keeps a file from being read, and what its owner can do about it.

use duban_document::Format;
use duban_ofd::OfdError;
use duban_office::OfficeError;
use duban_package::PackageError;
use duban_pdf::PdfError;

use crate::format::name_of;

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// No byte to read.
    #[error("the file is empty")]
    Empty,
    /// Bytes of no document.
    #[error("the content is neither text nor a document of a known format")]
    UnknownFormat,
    /// An archive or a mail, which holds notices but is none.
    #[error("it is an archive or a mail, not a notice")]
    Container,
    /// A file that the container named has not, or more than once.
    #[error("there is no notice of that name in the archive")]
    NotEnclosed,
    /// An archive, or a file in one, that cannot be unpacked.
    #[error(transparent)]
    Archive(PackageError),
    /// A PDF that cannot be opened.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// A Word file or a spreadsheet that cannot be opened.
    #[error(transparent)]
    Office(#[from] OfficeError),
    /// An OFD file that cannot be opened.
    #[error(transparent)]
    Ofd(#[from] OfdError),
    /// An office file that takes a password.
    #[error("the file is protected by a password")]
    Encrypted,
    /// A format that has to be turned into DOCX before it is read.
    #[error("{} has to be converted to DOCX first", name_of(*.0))]
    Unsupported(Format),
    /// More text than [`ReadOptions::max_text_bytes`](crate::ReadOptions::max_text_bytes).
    #[error("the text takes {bytes} bytes, more than the limit of {limit}")]
    TooLarge {
        /// Bytes of the text as UTF-8, or of the file where that alone is too much.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// More lines than [`ReadOptions::max_lines`](crate::ReadOptions::max_lines).
    #[error("the text has {lines} lines, more than the limit of {limit}")]
    TooManyLines {
        /// Lines of the text.
        lines: usize,
        /// The limit.
        limit: usize,
    },
}

impl ReadError {
    /// What to do about it, one line.
    ///
    /// ```
    /// use duban_read::ReadError;
    ///
    /// assert_eq!(ReadError::Empty.hint(), "copy or download it again");
    /// ```
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Empty => "copy or download it again",
            Self::UnknownFormat => "save it as PDF, DOCX, Markdown or plain text",
            Self::NotEnclosed => "run `duban extract` on the archive to see what is in it",
            Self::Container => "name a file in it, as in `archive.zip!notice.docx`",
            Self::Archive(PackageError::Encrypted(_)) => "unpack it with its password and read what it holds",
            Self::Archive(_) => "unpack it and read what it holds",
            Self::Pdf(PdfError::PasswordNeeded | PdfError::PasswordWrong) => {
                "give the password that opens it"
            }
            Self::Pdf(_) => "open it in a viewer, print it to a new PDF and read that",
            Self::Office(_) | Self::Ofd(_) => "open it in its program, save it anew and read that",
            Self::Encrypted => "open it with its password, save it without one and read that",
            Self::Unsupported(_) => "save it as DOCX or PDF and read that",
            Self::TooLarge { .. } | Self::TooManyLines { .. } => {
                "split it into single notices, or raise the limit"
            }
        }
    }
}
