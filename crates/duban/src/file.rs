//! Files of strangers: opened without surprises, known by their digest.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::time::UNIX_EPOCH;

use sha2::{Digest, Sha256};

use crate::Cause;
use crate::process::hex;

/// Bytes that are read at a time.
const PIECE: usize = 64 << 10;

/// An open regular file.
#[derive(Debug)]
pub(crate) struct OpenFile {
    pub(crate) file: File,
    /// Its size in bytes when it was opened.
    pub(crate) bytes: u64,
    /// When it was changed last, in seconds since 1970.
    pub(crate) modified: Option<i64>,
}

impl OpenFile {
    /// Opens the file at `path`. What is no regular file any more since its folder was listed (a link, a
    /// pipe) is an error, and opening it does not wait for anything.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.read(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, libc::O_NOFOLLOW | libc::O_NONBLOCK);
        let file = options.open(path)?;
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Err(io::Error::other("it is no regular file any more"));
        }
        let since = metadata.modified().ok().and_then(|changed| changed.duration_since(UNIX_EPOCH).ok());
        let modified = since.and_then(|since| i64::try_from(since.as_secs()).ok());
        Ok(Self { file, bytes: metadata.len(), modified })
    }

    /// SHA-256 of its bytes in lower-case hex, unless there are more than `limit`; it is read from its
    /// beginning again afterwards.
    pub(crate) fn digest(&mut self, limit: u64) -> Result<String, Cause> {
        if self.bytes > limit {
            return Err(Cause::TooLarge { limit });
        }
        let mut digest = Sha256::new();
        let mut piece = vec![0; PIECE];
        let mut bytes = 0;
        loop {
            match self.file.read(&mut piece) {
                Ok(0) => break,
                Ok(length) => {
                    bytes += length as u64;
                    if bytes > limit {
                        return Err(Cause::TooLarge { limit });
                    }
                    digest.update(&piece[..length]);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        self.file.seek(SeekFrom::Start(0))?;
        Ok(hex(&digest.finalize()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::id_of;

    #[test]
    fn a_digest_is_that_of_all_bytes() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("plan.txt");
        let text = "一、公开。".repeat(20_000);
        std::fs::write(&path, &text).expect("write");
        let mut open = OpenFile::open(&path).expect("it is there");
        assert_eq!(open.bytes, text.len() as u64);
        assert_eq!(open.digest(1 << 20).expect("it is short enough"), id_of(text.as_bytes()));
        assert!(matches!(open.digest(100), Err(Cause::TooLarge { limit: 100 })));
    }

    #[cfg(unix)]
    #[test]
    fn links_and_pipes_are_not_opened() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let link = folder.path().join("link.txt");
        std::os::unix::fs::symlink("/etc/hostname", &link).expect("link");
        assert!(OpenFile::open(&link).is_err());
        let socket = folder.path().join("socket.txt");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).expect("bind");
        assert!(OpenFile::open(&socket).is_err());
        assert!(OpenFile::open(folder.path()).is_err());
    }
}
