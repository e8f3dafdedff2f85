//! What the tests of search share: a store with one form of each notice.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use duban::{BatchOptions, Store, find_notices, ingest};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// One form of each notice in `sources`, of those with the same name the last.
pub(crate) fn one_form_each(sources: &[PathBuf]) -> Vec<PathBuf> {
    let mut forms: BTreeMap<String, PathBuf> = BTreeMap::new();
    for source in sources {
        for path in find_notices(source).expect("the notices are there").notices {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            forms.insert(stem, path);
        }
    }
    forms.into_values().collect()
}

/// A store in `folder` with the notices at `paths`.
pub(crate) fn store_of(folder: &Path, paths: &[PathBuf]) -> Store {
    let notices = folder.join("notices");
    fs::create_dir(&notices).expect("the folder is empty");
    for path in paths {
        fs::copy(path, notices.join(path.file_name().unwrap_or_default())).expect("there is room");
    }
    let store = Store::open_or_create(&folder.join("store")).expect("a store can be made");
    ingest(&notices, &store, &BatchOptions::default(), |_| {}).expect("the notices can be read");
    store
}
