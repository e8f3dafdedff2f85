//! Whether the files of an index are those that were written.
//!
//! A flipped bit makes the engine answer wrongly without a word, so an index is checked before it is
//! used: each file against the checksum at its end, and what the list of segments says (which has none)
//! against the files.

use std::fs;
use std::path::{Path, PathBuf};

use tantivy::fastfield::AliveBitSet;
use tantivy::{Index, IndexReader, SegmentMeta, TantivyError};

use crate::schema::{self, ORDINAL};

/// What stands at the end of each file: the length of its footer and the engine's mark.
const LEAST_BYTES: u64 = 8;

/// What is wrong with the files of the index in the folder `path`; `None` where nothing is.
///
/// Before a reader is made of it: the engine panics on some damage.
pub(crate) fn files(engine: &Index, path: &Path) -> Result<Option<String>, TantivyError> {
    if engine.schema() != schema::build().0 {
        return Ok(Some("its list of fields".to_owned()));
    }
    for file in files_of(&engine.load_metas()?.segments, path)? {
        // Below that size the engine panics.
        let is_cut = fs::metadata(path.join(&file))?.len() < LEAST_BYTES;
        if is_cut || !engine.directory().validate_checksum(&file)? {
            return Ok(Some(format!("the file `{}`", file.display())));
        }
    }
    Ok(None)
}

/// Whether the list of segments counts what the files hold.
pub(crate) fn segments(engine: &Index, reader: &IndexReader) -> Result<bool, TantivyError> {
    let listed = engine.load_metas()?.segments;
    for segment in reader.searcher().segment_readers() {
        let rows = segment.fast_fields().u64(ORDINAL)?.num_docs();
        let alive = segment.alive_bitset().map_or(rows as usize, AliveBitSet::num_alive_docs);
        let listed = listed.iter().find(|listed| listed.id() == segment.segment_id());
        if !listed.is_some_and(|listed| listed.max_doc() == rows && listed.num_docs() as usize == alive) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The names of the files that belong to `segments`; where one is gone the engine said so on opening.
fn files_of(segments: &[SegmentMeta], path: &Path) -> Result<Vec<PathBuf>, TantivyError> {
    let mut files = Vec::new();
    for entry in fs::read_dir(path)? {
        let name = PathBuf::from(entry?.file_name());
        let text = name.to_string_lossy();
        if segments.iter().any(|segment| text.starts_with(&segment.id().uuid_string())) {
            files.push(name);
        }
    }
    files.sort();
    Ok(files)
}
