//! An index on disk: opening, creating, searching.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};

use duban_record::{Location, Task, Unit};
use serde_json::{Value, json};
use tantivy::collector::sort_key::{SortBySimilarityScore, SortByStaticFastValue};
use tantivy::collector::{Count, TopDocs};
use tantivy::schema::Value as _;
use tantivy::schema::document::CompactDocValue;
use tantivy::tokenizer::TokenizerManager;
use tantivy::{DocAddress, IndexReader, Order, ReloadPolicy, Searcher, TantivyDocument};

use crate::IndexError;
use crate::check;
use crate::facets::{self, FacetCounts};
use crate::query::{self, Options, Phrases, Query, Sort, compile};
use crate::schema::{self, DOCUMENT, FIRST_DUE, Fields, ORDINAL, PAIRS, VERSION, WORDS, YEAR};
use crate::sections;
use crate::snippet::{self, Snippet};
use crate::tokenizer::{PairTokenizer, WordTokenizer};
use crate::writer::IndexWriter;

/// The file that says which version of duban's schema the folder holds.
const VERSION_FILE: &str = "duban-index-version";

/// An index of tasks in a folder.
pub struct Index {
    engine: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
    path: PathBuf,
    names: fn(&str) -> Vec<String>,
}

/// What a query found.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchResults {
    /// How many tasks and sections match.
    pub total: usize,
    /// The best of them: by score, then the newer year, then the place in the notice.
    pub hits: Vec<SearchHit>,
    /// How all of them spread over years, issuers, units and so on, by the field's name in the query
    /// language; empty unless the query asks for it.
    pub facets: BTreeMap<&'static str, FacetCounts>,
}

/// A task or section that matches.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchHit {
    /// Id of the task.
    pub task: String,
    /// Its number in the outline.
    pub number: String,
    /// Titles of its ancestors, outermost first.
    pub path: Vec<String>,
    /// Its title.
    pub title: String,
    /// What it is about, or `section` for what is no task: head, heading or paragraph outside the tasks.
    pub kind: &'static str,
    /// How well it matches; only the order means something.
    pub score: f32,
    /// The plan's year.
    pub year: Option<i32>,
    /// Its units.
    pub units: Vec<Unit>,
    /// The first day by which something is due, ISO 8601.
    pub due: Option<String>,
    /// The words of all its deadlines.
    pub deadlines: Vec<String>,
    /// Title of the notice.
    pub document_title: Option<String>,
    /// Path of the notice.
    pub source_path: String,
    /// Where it stands in the notice.
    pub at: Location,
    /// What matched.
    pub snippet: Snippet,
}

impl Index {
    /// Opens the index in the folder `path`, whose files are checked.
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        if !path.join("meta.json").is_file() {
            return Err(IndexError::Missing { path: path.to_owned() });
        }
        let found = fs::read_to_string(path.join(VERSION_FILE)).unwrap_or_default();
        if found.trim() != VERSION.to_string() {
            let found = if found.is_empty() { "unknown".to_owned() } else { found.trim().to_owned() };
            return Err(IndexError::Version { path: path.to_owned(), found });
        }
        let damaged = |what: String| IndexError::Damaged { path: path.to_owned(), what };
        let told = |error: &dyn Display| damaged(format!("the engine says: {error}"));
        let engine = tantivy::Index::open_in_dir(path).map_err(|error| told(&error))?;
        if let Some(what) = check::files(&engine, path).map_err(|error| told(&error))? {
            return Err(damaged(what));
        }
        let index = Self::with_engine(engine, path).map_err(|error| told(&error))?;
        if !check::segments(&index.engine, &index.reader).map_err(|error| told(&error))? {
            return Err(damaged("its list of segments".to_owned()));
        }
        Ok(index)
    }

    /// Makes an empty index in the folder `path`, which may hold no index yet.
    pub fn create(path: &Path) -> Result<Self, IndexError> {
        let failed = |source| IndexError::Io { path: path.to_owned(), source };
        fs::create_dir_all(path).map_err(failed)?;
        let engine = tantivy::Index::create_in_dir(path, schema::build().0)?;
        // Last: a folder without it is not taken for a finished index.
        fs::write(path.join(VERSION_FILE), format!("{VERSION}\n")).map_err(failed)?;
        Self::with_engine(engine, path)
    }

    fn with_engine(engine: tantivy::Index, path: &Path) -> Result<Self, IndexError> {
        register_tokenizers(engine.tokenizers());
        let reader = engine.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { engine, reader, fields: schema::build().1, path: path.to_owned(), names: |_| Vec::new() })
    }

    /// The same index, in which `unit:` finds a body by the other names that `names` gives for it, too.
    #[must_use]
    pub fn with_names(self, names: fn(&str) -> Vec<String>) -> Self {
        Self { names, ..self }
    }

    /// The writer; there is one at a time.
    pub fn writer(&self) -> Result<IndexWriter, IndexError> {
        IndexWriter::open(&self.engine, self.fields, &self.path)
    }

    /// Makes what was committed since opening visible to [`Index::search`].
    pub fn reload(&self) -> Result<(), IndexError> {
        Ok(self.reader.reload()?)
    }

    /// The tasks that match `query`.
    pub fn search(&self, query: &Query) -> Result<SearchResults, IndexError> {
        let condition = query::parse(&query.text)?;
        let phrases = Phrases::of(&condition);
        let options = Options { names: &self.names, with_generic: query.with_generic };
        let compiled = compile(&condition, &phrases, &self.fields, options)?;
        let searcher = self.reader.searcher();
        // Nested pairs: the engine forgets ascending order in a flat tuple of four.
        let place = (
            (SortByStaticFastValue::<u64>::for_field(DOCUMENT), Order::Asc),
            (SortByStaticFastValue::<u64>::for_field(ORDINAL), Order::Asc),
        );
        let year = SortByStaticFastValue::<i64>::for_field(YEAR);
        let top = TopDocs::with_limit(query.limit.max(1)).and_offset(query.offset);
        let (found, total): (Vec<(f32, DocAddress)>, usize) = match query.sort {
            Sort::Relevance => {
                let order = (SortBySimilarityScore, (year, place));
                let (best, total) = searcher.search(&compiled, &(top.order_by(order), Count))?;
                (best.into_iter().map(|((score, ..), address)| (score, address)).collect(), total)
            }
            Sort::Due => {
                let due = (SortByStaticFastValue::<u64>::for_field(FIRST_DUE), Order::Asc);
                let (best, total) =
                    searcher.search(&compiled, &(top.order_by((due, (year, place))), Count))?;
                (best.into_iter().map(|(_, address)| (0.0, address)).collect(), total)
            }
            Sort::Year => {
                let (best, total) = searcher.search(&compiled, &(top.order_by((year, place)), Count))?;
                (best.into_iter().map(|(_, address)| (0.0, address)).collect(), total)
            }
        };
        let hits = found
            .into_iter()
            .take(query.limit)
            .map(|(score, address)| self.hit(&searcher, address, score, &phrases))
            .collect::<Result<_, _>>()?;
        let facets = if query.facets { facets::count(&searcher, &*compiled)? } else { BTreeMap::new() };
        Ok(SearchResults { total, hits, facets })
    }

    fn hit(
        &self,
        searcher: &Searcher,
        address: DocAddress,
        score: f32,
        phrases: &Phrases,
    ) -> Result<SearchHit, IndexError> {
        let stored: TantivyDocument = searcher.doc(address)?;
        let text = |field| stored.get_first(field).and_then(|value: CompactDocValue| value.as_str());
        let json = stored.get_first(self.fields.task).and_then(|value| value.as_bytes());
        let task: Task = serde_json::from_slice(json.unwrap_or_default())?;
        let year = stored.get_first(self.fields.year).and_then(|value| value.as_i64());
        Ok(SearchHit {
            kind: sections::kind_of(&task),
            snippet: snippet::cut(&task.text, phrases),
            due: task.deadlines.iter().filter_map(|deadline| deadline.due.clone()).min(),
            deadlines: task.deadlines.into_iter().map(|deadline| deadline.raw).collect(),
            score,
            year: year.and_then(|year| i32::try_from(year).ok()),
            document_title: text(self.fields.document_title).map(str::to_owned),
            source_path: text(self.fields.source_path).unwrap_or_default().to_owned(),
            task: task.id,
            number: task.number,
            path: task.path,
            title: task.title,
            units: task.units,
            at: task.at,
        })
    }
}

/// Gives an index of the same engine the analysis of this one, under the names `han_pairs` and `words`: for
/// measuring beside it.
pub fn register_tokenizers(manager: &TokenizerManager) {
    manager.register(PAIRS, PairTokenizer);
    manager.register(WORDS, WordTokenizer);
}

impl SearchHit {
    /// The hit as one JSON object, in the names of the record.
    pub fn to_json(&self) -> Result<Value, IndexError> {
        let units: Vec<Value> = self
            .units
            .iter()
            .map(|unit| Ok(json!({ "name": unit.name, "role": serde_json::to_value(unit.role)? })))
            .collect::<Result<_, IndexError>>()?;
        Ok(json!({
            "task": self.task,
            "number": self.number,
            "path": self.path,
            "title": self.title,
            "kind": self.kind,
            "score": self.score,
            "year": self.year,
            "units": units,
            "due": self.due,
            "deadlines": self.deadlines,
            "document_title": self.document_title,
            "source": { "path": self.source_path },
            "at": serde_json::to_value(&self.at)?,
            "snippet": self.snippet.text,
        }))
    }
}
