//! Whether the database is as its last writer left it, so that it need not be looked over again.
//!
//! SQLite reads every page for that, which takes longer than everything else where nothing is new. The last
//! writer notes what the file looks like when it has closed it; a file that looks otherwise was touched by
//! somebody else or left by a killed writer. Disks forget without touching, so every so many times the
//! database is looked over anyway.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// The file in the store's folder.
const NAME: &str = "seal";

/// How often in a row it is enough that the file looks as it was left.
const LASTS: u64 = 16;

/// Notes what the database looks like when it is dropped, which must be after the database was closed.
pub(crate) struct Seal {
    path: PathBuf,
    database: PathBuf,
    /// How often the database was opened since it was looked over; `None` where it must be before it is
    /// written to.
    opened: Option<u64>,
    /// Whether what was done last succeeded: a database that fails is looked over by the next writer.
    is_clean: bool,
}

impl Seal {
    /// Breaks the seal on `database` in the store's folder `root`, for writing.
    pub(crate) fn break_open(root: &Path, database: &Path) -> Self {
        let path = root.join(NAME);
        let note = fs::read_to_string(&path).unwrap_or_default();
        let opened = note.split_once(' ').and_then(|(opened, seen)| {
            let is_same = looks(database).is_some_and(|looks| looks == seen);
            opened.parse::<u64>().ok().filter(|opened| is_same && *opened < LASTS)
        });
        // A writer that is killed leaves none.
        let _ = fs::remove_file(&path);
        Self { path, database: database.to_owned(), opened: opened.map(|opened| opened + 1), is_clean: false }
    }

    /// Whether the database must be looked over before it is written to.
    pub(crate) fn is_due(&self) -> bool {
        self.opened.is_none()
    }

    /// Notes whether what was done last succeeded.
    pub(crate) fn set_clean(&mut self, is_clean: bool) {
        self.is_clean = is_clean;
    }

    /// Notes that it was looked over and is sound.
    pub(crate) fn note_sound(&mut self) {
        self.opened = Some(0);
    }
}

impl Drop for Seal {
    fn drop(&mut self) {
        if let (true, Some(opened), Some(looks)) = (self.is_clean, self.opened, looks(&self.database)) {
            // Without it the next writer looks the database over.
            let _ = fs::write(&self.path, format!("{opened} {looks}"));
        }
    }
}

/// Size of the file in bytes, and when it was changed, in nanoseconds since 1970.
fn looks(path: &Path) -> Option<String> {
    let metadata = path.metadata().ok()?;
    let modified = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(format!("{} {}", metadata.len(), modified.as_nanos()))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_database_is_looked_over_unless_it_is_as_it_was_left() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("duban.db");
        fs::write(&database, "pages").unwrap();
        let is_due = || {
            let mut seal = Seal::break_open(folder.path(), &database);
            let is_due = seal.is_due();
            if is_due {
                seal.note_sound();
            }
            seal.set_clean(true);
            is_due
        };
        assert!(is_due());
        assert!(!is_due());
        // Somebody else wrote to it.
        let file = fs::File::options().write(true).open(&database).unwrap();
        file.set_modified(UNIX_EPOCH + Duration::from_secs(1)).unwrap();
        assert!(is_due());
        // A killed writer leaves no seal.
        std::mem::forget(Seal::break_open(folder.path(), &database));
        assert!(is_due());
        // One that fails leaves none either.
        drop(Seal::break_open(folder.path(), &database));
        assert!(is_due());
        let sound = (0..100).take_while(|_| !is_due()).count();
        assert_eq!(u64::try_from(sound).unwrap(), LASTS);
    }
}
