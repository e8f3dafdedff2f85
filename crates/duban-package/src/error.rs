//! Why a package gives no part.

/// Why a package or a part of it cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PackageError {
    /// The bytes are no ZIP archive, or its directory is damaged or missing.
    #[error("the ZIP archive is damaged: {0}")]
    Damaged(String),
    /// More entries than [`Limits::entries`](crate::Limits::entries).
    #[error("the archive has {entries} entries, more than the limit of {limit}")]
    TooManyEntries {
        /// Entries that it has.
        entries: usize,
        /// The limit.
        limit: usize,
    },
    /// A part, or all parts together, unpack to more than the limits allow.
    #[error("`{name}` unpacks to more than the limit of {limit} bytes")]
    TooLarge {
        /// The part at which the limit was passed.
        name: String,
        /// The limit.
        limit: u64,
    },
    /// A part that takes a password.
    #[error("`{0}` is protected by a password")]
    Encrypted(String),
    /// A part without which the file says nothing.
    #[error("`{0}` is missing from the package")]
    Missing(String),
}
