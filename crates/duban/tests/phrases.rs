//! A phrase that stands in a notice is found there, wherever it is cut, and nowhere else.

mod common;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use duban::index::Query;
use duban::{Options, Store, load_file, process_bytes, read_bytes};
use oorandom::Rand64;

/// How many phrases are tried.
const PHRASES: usize = 1000;

/// A notice as a plain reader sees it.
struct Notice {
    name: String,
    /// The stretches of its paragraphs and cells between blanks, in simplified characters.
    texts: Vec<String>,
    /// Each paragraph and cell without blanks, and the title, which goes on over its lines.
    wholes: Vec<String>,
}

impl Notice {
    fn read(path: &Path) -> Self {
        let options = Options::default();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = load_file(path, &options).expect("the notice is there");
        let document = read_bytes(&name, &bytes, &options).expect("the notice can be read").value;
        let blocks: Vec<&str> = document
            .blocks
            .iter()
            .flat_map(duban::document::Block::texts)
            .map(duban::document::JoinedText::as_str)
            .collect();
        // A blank between two characters parts them.
        let pieces = blocks.iter().flat_map(|text| text.split_whitespace());
        let texts = pieces.map(|piece| duban_script::fold(piece).into_owned()).collect();
        let title = process_bytes(&name, &bytes, &options).expect("the notice can be read").title;
        let whole = |text: &str| duban_script::fold(text).split_whitespace().collect::<String>();
        let wholes = blocks.iter().copied().chain(title.as_deref()).map(whole).collect();
        Self { name, texts, wholes }
    }
}

/// Two to eight Han characters in a row out of one of the notices.
fn cut(notices: &[Notice], dice: &mut Rand64) -> String {
    let mut below = |limit: usize| usize::try_from(dice.rand_range(0..limit as u64)).expect("below a usize");
    loop {
        let notice = &notices[below(notices.len())];
        let text: Vec<char> = notice.texts[below(notice.texts.len())].chars().collect();
        let length = 2 + below(7);
        if text.len() < length {
            continue;
        }
        let start = below(text.len() - length + 1);
        let phrase = &text[start..start + length];
        if phrase.iter().all(|character| ('\u{4e00}'..='\u{9fff}').contains(character)) {
            return phrase.iter().collect();
        }
    }
}

fn found(store: &Store, phrase: &str) -> BTreeSet<String> {
    let query = Query { text: format!("\"{phrase}\""), limit: 10_000, ..Query::default() };
    let hits = store.search(&query).expect("the query is sound").hits;
    let name = |path: &str| Path::new(path).file_name().unwrap_or_default().to_string_lossy().into_owned();
    hits.iter().map(|hit| name(&hit.source_path)).collect()
}

#[test]
fn every_phrase_is_found_where_it_stands_and_nowhere_else() {
    let root = common::root();
    let mut sources = vec![root.join("corpus")];
    let shared: Vec<PathBuf> = ["seeds", "real"].map(|name| root.join("../shared").join(name)).into();
    if shared.iter().all(|folder| folder.is_dir()) {
        sources.extend(shared);
    } else {
        eprintln!("skipped: the notices beside the repository are not there; the corpus alone is used");
    }
    let paths = common::one_form_each(&sources);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = common::store_of(folder.path(), &paths);
    let notices: Vec<Notice> = paths.iter().map(|path| Notice::read(path)).collect();
    let mut dice = Rand64::new(2021);
    let mut wrong = Vec::new();
    for _ in 0..PHRASES {
        let phrase = cut(&notices, &mut dice);
        let names = |holds: &dyn Fn(&Notice) -> bool| -> BTreeSet<String> {
            notices.iter().filter(|notice| holds(notice)).map(|notice| notice.name.clone()).collect()
        };
        let wanted = names(&|notice| notice.texts.iter().any(|text| text.contains(&phrase)));
        let allowed = names(&|notice| notice.wholes.iter().any(|whole| whole.contains(&phrase)));
        let got = found(&store, &phrase);
        let missed: Vec<_> = wanted.difference(&got).collect();
        let extra: Vec<_> = got.difference(&allowed).collect();
        if !missed.is_empty() || !extra.is_empty() {
            wrong.push(format!("{phrase}: missed {missed:?}, too many {extra:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {PHRASES} phrases:\n{}", wrong.len(), wrong.join("\n"));
}
