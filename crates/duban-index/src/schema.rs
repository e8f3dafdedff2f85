//! The fields of the index.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

/// Version of the schema and of the text analysis together: it grows with every change of either.
pub const VERSION: u32 = 8;

/// The names under which the tokenizers are registered.
pub(crate) const PAIRS: &str = "han_pairs";
pub(crate) const WORDS: &str = "words";

/// Names of the fields that results are sorted by.
pub(crate) const YEAR: &str = "year";
pub(crate) const DOCUMENT: &str = "document_order";
pub(crate) const ORDINAL: &str = "ordinal";
pub(crate) const FIRST_DUE: &str = "first_due";

/// The facets: what people call them, and the field that holds their values.
pub(crate) const FACETS: [(&str, &str); 10] = [
    ("year", YEAR),
    ("due", "due_month"),
    ("issuer", "issuer_name"),
    ("level", "level"),
    ("unit", "unit_name"),
    ("printed", "unit_printed"),
    ("role", "role"),
    ("kind", "kind"),
    ("doc", "document_number"),
    ("format", "format"),
];

/// The fields; one document of the index is one task.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    /// Id of the notice: what a record is replaced by.
    pub(crate) document: Field,
    /// The beginning of that id as a number, for sorting.
    pub(crate) document_order: Field,
    /// The task's place among the tasks of its notice.
    pub(crate) ordinal: Field,
    /// The task as JSON, its requirements left out.
    pub(crate) task: Field,
    /// The notice's path, stored only.
    pub(crate) source_path: Field,
    /// The notice's title, stored only.
    pub(crate) document_title: Field,
    /// The task's title.
    pub(crate) title: Field,
    /// Titles of its ancestors.
    pub(crate) path: Field,
    /// All of its text.
    pub(crate) text: Field,
    /// The words of all those, which add to the score and decide nothing.
    pub(crate) words: Field,
    /// Names of its units, as printed and in full.
    pub(crate) unit: Field,
    /// Those of them that lead.
    pub(crate) lead: Field,
    /// Those of them that support.
    pub(crate) support: Field,
    /// Names of its units as one value each, in full where that is known: for counting.
    pub(crate) unit_name: Field,
    /// The same as printed.
    pub(crate) unit_printed: Field,
    /// The roles that its units have.
    pub(crate) role: Field,
    /// Who issued the notice.
    pub(crate) issuer: Field,
    /// The same as one value.
    pub(crate) issuer_name: Field,
    /// The issuer's level of administration.
    pub(crate) level: Field,
    /// The notice's document number.
    pub(crate) document_number: Field,
    /// The format of its file.
    pub(crate) format: Field,
    /// The plan's year.
    pub(crate) year: Field,
    /// The days by which something is due, as numbers: 20211031.
    pub(crate) due: Field,
    /// The months of those days: 2021-10.
    pub(crate) due_month: Field,
    /// The first of them, for sorting.
    pub(crate) first_due: Field,
    /// `overview`, `task`, `safeguard` or `section`.
    pub(crate) kind: Field,
}

/// The schema with its fields.
pub(crate) fn build() -> (Schema, Fields) {
    let indexed = |tokenizer, option| {
        let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option);
        TextOptions::default().set_indexing_options(indexing)
    };
    let pairs = || indexed(PAIRS, IndexRecordOption::WithFreqsAndPositions);
    let value = || TextOptions::default().set_fast("raw");
    let mut schema = Schema::builder();
    let fields = Fields {
        document: schema.add_text_field("document", STRING),
        document_order: schema.add_u64_field(DOCUMENT, FAST),
        ordinal: schema.add_u64_field(ORDINAL, FAST),
        task: schema.add_bytes_field("task", STORED),
        source_path: schema.add_text_field("source_path", STORED),
        document_title: schema.add_text_field("document_title", STORED),
        title: schema.add_text_field("title", pairs()),
        path: schema.add_text_field("path", pairs()),
        text: schema.add_text_field("text", pairs()),
        words: schema.add_text_field("words", indexed(WORDS, IndexRecordOption::WithFreqs)),
        unit: schema.add_text_field("unit", pairs()),
        lead: schema.add_text_field("lead", pairs()),
        support: schema.add_text_field("support", pairs()),
        unit_name: schema.add_text_field("unit_name", value()),
        unit_printed: schema.add_text_field("unit_printed", value()),
        role: schema.add_text_field("role", value()),
        issuer: schema.add_text_field("issuer", pairs()),
        issuer_name: schema.add_text_field("issuer_name", value()),
        level: schema.add_text_field("level", STRING | FAST),
        document_number: schema.add_text_field("document_number", STRING | FAST),
        format: schema.add_text_field("format", STRING | FAST),
        year: schema.add_i64_field(YEAR, FAST | INDEXED | STORED),
        due_month: schema.add_text_field("due_month", value()),
        due: schema.add_u64_field("due", FAST | INDEXED),
        first_due: schema.add_u64_field(FIRST_DUE, FAST),
        kind: schema.add_text_field("kind", STRING | FAST),
    };
    (schema.build(), fields)
}
