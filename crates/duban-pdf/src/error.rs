//! Why a file could not be read at all.

/// Why a file could not be read at all. Damage that leaves some text readable is no error: see the
/// flags of [`crate::Pdf`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PdfError {
    /// The bytes do not look like a PDF.
    #[error("the file is no PDF: it has no `%PDF-` header")]
    NotPdf,
    /// It is encrypted, and the empty password does not open it.
    #[error("the file is encrypted: give its password in the option `password`")]
    PasswordNeeded,
    /// It is encrypted, and the password given does not open it.
    #[error("the file is encrypted, and the password given in the option `password` does not open it")]
    PasswordWrong,
    /// It is encrypted in a way that is not supported, such as by certificates.
    #[error("the file is encrypted in a way that cannot be read: save a copy of it without encryption")]
    Encryption(#[source] lopdf::Error),
    /// Its objects cannot be found, not even by searching.
    #[error("the file is damaged beyond repair: no page could be found")]
    Damaged(#[source] Option<lopdf::Error>),
    /// Its objects alone unpack to more than is read, though the file is small.
    #[error("the file's objects unpack to more than is read: it may be built to exhaust memory")]
    TooLarge,
}
