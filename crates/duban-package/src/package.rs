//! A ZIP archive to its parts.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use encoding_rs::GB18030;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::PackageError;

/// The signature that ends the directory of an archive, and the length of what follows it.
const END_OF_DIRECTORY: (&[u8], usize) = (b"PK\x05\x06", 22);
/// Longest comment of an archive.
const LONGEST_COMMENT: usize = u16::MAX as usize;

/// How much one archive may unpack to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one part.
    pub part_bytes: u64,
    /// Bytes of all parts that are read.
    pub total_bytes: u64,
    /// Entries of the directory.
    pub entries: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { part_bytes: 64 << 20, total_bytes: 256 << 20, entries: 10_000 }
    }
}

/// An open archive.
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Names as printed, in the order of the directory.
    names: Vec<String>,
    /// The index of each name, folded.
    indices: HashMap<String, usize>,
    limits: Limits,
    left: u64,
}

impl<'a> Package<'a> {
    /// Opens the archive in `bytes`.
    pub fn open(bytes: &'a [u8], limits: Limits) -> Result<Self, PackageError> {
        // The directory is not read before it is known to be short.
        let entries = stated_entries(bytes);
        if entries > limits.entries {
            return Err(PackageError::TooManyEntries { entries, limit: limits.entries });
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        if archive.len() > limits.entries {
            return Err(PackageError::TooManyEntries { entries: archive.len(), limit: limits.entries });
        }
        let mut names = Vec::with_capacity(archive.len());
        let mut indices = HashMap::with_capacity(archive.len());
        for index in 0..archive.len() {
            let name =
                archive.by_index_raw(index).map_or_else(|_| String::new(), |part| name_of(part.name_raw()));
            indices.insert(folded(&name), index);
            names.push(name);
        }
        Ok(Self { archive, names, indices, limits, left: limits.total_bytes })
    }

    /// The names of its parts in the order of its directory; a folder's ends in `/`.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether it has a part of that name.
    pub fn has(&self, name: &str) -> bool {
        self.indices.contains_key(&folded(name))
    }

    /// Unpacks a part; names are compared as packages do, without regard to case.
    ///
    /// ```
    /// use duban_package::{Limits, Package, PackageError};
    ///
    /// let empty = b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
    /// let mut package = Package::open(empty, Limits::default())?;
    /// assert_eq!(package.part("word/document.xml"), Err(PackageError::Missing("word/document.xml".into())));
    /// # Ok::<(), PackageError>(())
    /// ```
    pub fn part(&mut self, name: &str) -> Result<Vec<u8>, PackageError> {
        let index =
            self.indices.get(&folded(name)).copied().ok_or_else(|| PackageError::Missing(name.to_owned()))?;
        self.part_at(index)
    }

    /// Unpacks the part at `index` of [`names`](Self::names).
    pub fn part_at(&mut self, index: usize) -> Result<Vec<u8>, PackageError> {
        let name = || self.names.get(index).cloned().unwrap_or_default();
        let part = self.archive.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => PackageError::Encrypted(name()),
            error => damaged(&error),
        })?;
        let limit = self.limits.part_bytes.min(self.left);
        let mut bytes = Vec::new();
        part.take(limit + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| PackageError::Damaged(format!("`{}`: {error}", name())))?;
        let length = bytes.len() as u64;
        if length > limit {
            let limit = if limit < self.limits.part_bytes { self.limits.total_bytes } else { limit };
            return Err(PackageError::TooLarge { name: name(), limit });
        }
        self.left -= length;
        Ok(bytes)
    }
}

fn damaged(error: &ZipError) -> PackageError {
    PackageError::Damaged(error.to_string())
}

/// A name as people see it: UTF-8, else what Chinese Windows writes.
fn name_of(raw: &[u8]) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => GB18030.decode_without_bom_handling(raw).0.into_owned(),
    };
    name.replace('\\', "/")
}

/// Part names are compared without regard to case, and absolute ones from the root (ECMA-376-2, 6.2.2).
fn folded(name: &str) -> String {
    name.trim_start_matches('/').to_ascii_lowercase()
}

/// How many entries the end of the directory states; none where there is no end.
fn stated_entries(bytes: &[u8]) -> usize {
    let (signature, length) = END_OF_DIRECTORY;
    let first = bytes.len().saturating_sub(LONGEST_COMMENT + length);
    let tail = bytes.get(first..).unwrap_or_default();
    let Some(end) = tail.windows(signature.len()).rposition(|window| window == signature) else { return 0 };
    // Where the number does not fit, it is all ones, and the directory is long at any rate.
    tail.get(end + 10..end + 12).map_or(0, |count| usize::from(u16::from_le_bytes([count[0], count[1]])))
}
