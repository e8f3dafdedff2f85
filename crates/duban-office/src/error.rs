//! Why an office file gives no text.

use duban_package::PackageError;

/// Why an office file cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OfficeError {
    /// The package cannot be opened or lacks its main part.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// The spreadsheet cannot be opened.
    #[error("the spreadsheet is damaged: {0}")]
    Sheet(String),
    /// The spreadsheet takes a password.
    #[error("the spreadsheet is protected by a password")]
    Encrypted,
}
