//! A folder to the paths of its notices.

use std::ffi::OsStr;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use duban_document::Format;
use walkdir::{DirEntry, WalkDir};

use crate::error::{BatchError, Cause};
use crate::file::OpenFile;
use crate::process::name_of;

/// How much of a file is looked at to know its format.
const SNIFFED: u64 = 4096;

/// Largest package without a telling name that is looked into.
const LARGEST_PACKAGE: u64 = 64 << 20;

/// Files that go with a project, not with its notices, whatever their format.
const PROJECT_FILES: [&str; 4] = ["readme", "license", "changelog", "contributing"];

/// Ends of the names that programs give to files which they have not finished.
const UNFINISHED: [&str; 7] = [".part", ".partial", ".crdownload", ".download", ".tmp", ".temp", ".swp"];

/// What a folder holds.
#[derive(Debug, Default)]
pub struct FoundFiles {
    /// Paths of the notices, sorted.
    pub notices: Vec<PathBuf>,
    /// Other files, sorted, each with why it is no notice.
    pub others: Vec<(PathBuf, &'static str)>,
    /// Files and folders that cannot be looked at.
    pub failures: Vec<(PathBuf, Cause)>,
}

impl FoundFiles {
    /// The paths of all files.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &Path> {
        let others = self.others.iter().map(|(path, _)| path);
        let failures = self.failures.iter().map(|(path, _)| path);
        self.notices.iter().chain(others).chain(failures).map(PathBuf::as_path)
    }
}

/// The notices of `folder` and all folders in it.
///
/// A file is a notice when its extension or its first bytes are those of a document; a text needs the
/// extension, for anything may be text. Links are not followed, and hidden folders are not entered. A path
/// that is a file is itself the one notice.
pub fn find_notices(folder: &Path) -> Result<FoundFiles, BatchError> {
    if folder.is_file() {
        return Ok(FoundFiles { notices: vec![folder.to_owned()], ..FoundFiles::default() });
    }
    if !folder.is_dir() {
        return Err(BatchError::NoFolder { path: folder.to_owned() });
    }
    let mut found = FoundFiles::default();
    let walk = WalkDir::new(folder).into_iter();
    let is_hidden_folder = |entry: &DirEntry| entry.file_type().is_dir() && is_hidden(entry.file_name());
    for entry in walk.filter_entry(|entry| entry.depth() == 0 || !is_hidden_folder(entry)) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) if entry.file_type().is_file() => sort_in(entry.into_path(), &mut found),
            Ok(entry) if entry.file_type().is_symlink() => found.others.push((entry.into_path(), "a link")),
            Ok(entry) => found.others.push((entry.into_path(), "no regular file")),
            Err(error) => found.failures.push(failure_of(folder, error)),
        }
    }
    found.notices.sort();
    found.others.sort();
    Ok(found)
}

fn sort_in(path: PathBuf, found: &mut FoundFiles) {
    let name = path.file_name().unwrap_or_default();
    if is_hidden(name) {
        found.others.push((path, "hidden"));
    } else if is_unfinished(name) {
        found.others.push((path, "the temporary file of a program"));
    } else {
        match is_notice(&path) {
            Ok(true) => found.notices.push(path),
            Ok(false) => found.others.push((path, "no notice by its type")),
            Err(error) => found.failures.push((path, error.into())),
        }
    }
}

/// Whether a file of this name is one that a program will rename or delete.
pub(crate) fn is_unfinished(name: &OsStr) -> bool {
    let name = name.to_string_lossy().to_lowercase();
    name.starts_with("~$") || UNFINISHED.iter().any(|end| name.ends_with(end))
}

pub(crate) fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// Whether the file at `path` is a notice by its name or its first bytes.
pub(crate) fn is_notice(path: &Path) -> io::Result<bool> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
    if PROJECT_FILES.contains(&stem.as_str()) {
        return Ok(false);
    }
    let name = name_of(path);
    if duban_read::promised_by(&name).is_some() || duban_read::is_container_name(&name) {
        return Ok(true);
    }
    let mut head = Vec::new();
    let mut file = OpenFile::open(path)?.file;
    file.by_ref().take(SNIFFED).read_to_end(&mut head)?;
    if head.starts_with(b"PK\x03\x04") {
        // Only the directory at its end tells what a package is.
        file.take(LARGEST_PACKAGE).read_to_end(&mut head)?;
    }
    Ok(duban_read::detect_format(&name, &head)
        .is_some_and(|format| !matches!(format, Format::Text | Format::Markdown | Format::Html)))
}

fn failure_of(folder: &Path, error: walkdir::Error) -> (PathBuf, Cause) {
    let path = error.path().unwrap_or(folder).to_owned();
    let source = error.into_io_error().unwrap_or_else(|| io::Error::other("a loop of folders"));
    (path, source.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_are_told_by_extension_or_signature() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let files: [(&str, &[u8]); 11] = [
            ("b.txt", b"text"),
            ("a/c.MD", b"text"),
            ("a.pdf", b""),
            ("scan", b"%PDF-1.4\n"),
            ("list.json", b"{}"),
            ("source.typ", b"= title"),
            ("README.md", b"# about"),
            ("seal.png", b"\x89PNG\r\n\x1a\n\0\0"),
            (".hidden.txt", b"text"),
            (".git/notice.txt", b"text"),
            ("a/page", b"<html><body></body></html>"),
        ];
        for (name, bytes) in files {
            let path = root.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).expect("make a folder");
            std::fs::write(path, bytes).expect("write");
        }
        let found = find_notices(root.path()).expect("the folder is there");
        let names: Vec<_> =
            found.notices.iter().map(|path| name_of(path.strip_prefix(root.path()).unwrap())).collect();
        assert_eq!(names, ["a/c.MD", "a.pdf", "b.txt", "scan"]);
        let others: Vec<_> =
            found.others.iter().map(|(path, _)| path.strip_prefix(root.path()).unwrap()).collect();
        let expected = [".hidden.txt", "README.md", "a/page", "list.json", "seal.png", "source.typ"];
        assert_eq!(others, expected.map(Path::new));
        assert!(found.failures.is_empty());

        let gone = find_notices(&root.path().join("gone"));
        assert!(matches!(gone, Err(BatchError::NoFolder { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let root = tempfile::tempdir().expect("a temporary folder");
        std::os::unix::fs::symlink(root.path(), root.path().join("loop")).expect("link");
        std::os::unix::fs::symlink("/etc/hostname", root.path().join("away.txt")).expect("link");
        let found = find_notices(root.path()).expect("the folder is there");
        assert_eq!((found.notices.len(), found.others.len(), found.failures.len()), (0, 2, 0));
    }
}
