//! `duban search`: tasks of a store by words and filters.

use std::fmt::Write;

use duban::Store;
use duban::index::{Query, SearchHit, SearchResults, Snippet};
use duban::record::{Kind, Role};
use serde_json::{Map, Value, json};

use crate::args::Search;
use crate::failure::{Status, Stop, report, tell, warn};
use crate::input::store_path;
use crate::output::{Output, printable, short_id};

/// Prints the hits.
pub(crate) fn run(arguments: &Search) -> Result<Status, Stop> {
    let query = query_of(arguments)?;
    warn_of_unknown_fields(&query);
    let results = Store::open(&store_path(&arguments.store)?)?.search(&query)?;
    if results.hits.is_empty() {
        report(
            &format!("nothing found for `{}`", query.text),
            Some("use fewer or shorter words, or fewer filters"),
        );
        return Ok(Status::Incomplete);
    }
    let mut output = Output::open();
    for (index, hit) in results.hits.iter().enumerate() {
        if arguments.json {
            output.json(&hit.to_json().map_err(duban::StoreError::from)?, false)?;
        } else {
            output.line(&printable(&describe(index + 1, hit)))?;
        }
    }
    if arguments.facets {
        if arguments.json {
            output.json(&json!({ "total": results.total, "facets": facets_json(&results) }), false)?;
        } else {
            output.line(&printable(&facets_text(&results)))?;
        }
    }
    output.flush()?;
    if !arguments.json && results.total > results.hits.len() {
        tell(&format!("{} of {} tasks; more with --limit\n", results.hits.len(), results.total));
    }
    Ok(Status::Done)
}

/// Says which names before a colon are no fields; they are looked for as words.
fn warn_of_unknown_fields(query: &Query) {
    for name in query.unknown_fields() {
        warn(
            &format!("`{name}:` is no field, and is taken as a word; quotation marks say that it is one"),
            Some(&format!(
                "the fields are {}; README.md lists their Chinese names",
                Query::fields().join(", ")
            )),
        );
    }
}

/// The query that the arguments make: the filters are short for fields of the query language.
fn query_of(arguments: &Search) -> Result<Query, Stop> {
    let words: Vec<&str> = arguments.query.iter().chain(&arguments.more).map(String::as_str).collect();
    let words = words.join(" ");
    let mut parts = Vec::new();
    if !words.trim().is_empty() {
        parts.push(words.trim().to_owned());
    }
    let filters: Vec<String> = [
        arguments.year.map(|year| format!("year:{year}")),
        arguments.unit.as_ref().map(|unit| format!("unit:\"{}\"", unit.replace('"', " "))),
        arguments.due_before.as_ref().map(|day| format!("due:<{day}")),
        arguments.kind.map(|kind| format!("kind:{}", Kind::from(kind).name())),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() && filters.is_empty() {
        return Err(Stop::usage(
            "there is nothing to search for",
            "give words, or filters such as year:2021",
        ));
    }
    if let (Some(words), false) = (parts.first_mut(), filters.is_empty()) {
        // Filters hold for all of an OR.
        *words = format!("({words})");
    }
    parts.extend(filters);
    Ok(Query {
        text: parts.join(" "),
        sort: arguments.sort.map(Into::into).unwrap_or_default(),
        with_generic: arguments.with_generic,
        facets: arguments.facets,
        offset: arguments.offset as usize,
        limit: arguments.limit as usize,
    })
}

/// A hit for people: what it is, where it belongs, who and by when, what matched, where it stands.
fn describe(rank: usize, hit: &SearchHit) -> String {
    let title = if hit.title.is_empty() { "正文" } else { &hit.title };
    let mut text = format!("{rank}. {title}");
    let mut heading = vec![hit.document_title.clone().unwrap_or_else(|| hit.source_path.clone())];
    heading.extend(hit.path.iter().cloned());
    heading.extend(Some(hit.number.clone()).filter(|number| !number.starts_with('§')));
    let _ = write!(text, "\n   {}", heading.join(" › "));
    let mut facts = Vec::new();
    facts.extend(hit.year.map(|year| year.to_string()));
    facts.extend(hit.due.as_ref().map(|due| format!("due {due}")));
    if !hit.deadlines.is_empty() {
        facts.push(hit.deadlines.join("、"));
    }
    if !hit.units.is_empty() {
        let units = hit.units.iter().map(|unit| match unit.role {
            Role::Lead => format!("{} (lead)", unit.name),
            _ => unit.name.clone(),
        });
        facts.push(units.collect::<Vec<_>>().join("、"));
    }
    if !facts.is_empty() {
        let _ = write!(text, "\n   {}", facts.join(" · "));
    }
    let _ = write!(text, "\n   {}", mark(&hit.snippet));
    let page = hit.at.page_start.map(|page| format!(" page {page}")).unwrap_or_default();
    let _ = write!(text, "\n   {}:{}{page}", hit.source_path, hit.at.line_start);
    let id = short_id(&hit.task);
    // Only tasks can be shown.
    let _ = if id.contains('§') { writeln!(text) } else { writeln!(text, "\n   {id}") };
    text
}

/// Values of a facet that are printed for people.
const SHOWN_VALUES: usize = 10;

fn facets_json(results: &SearchResults) -> Value {
    let counted = |(value, count): &(String, u64)| json!({ "value": value, "count": count });
    results
        .facets
        .iter()
        .map(|(name, counts)| ((*name).to_owned(), counts.iter().map(counted).collect::<Value>()))
        .collect::<Map<_, _>>()
        .into()
}

/// A line for each facet that has values, as they are typed into a query.
fn facets_text(results: &SearchResults) -> String {
    let mut lines = Vec::new();
    for (name, counts) in results.facets.iter().filter(|(_, counts)| !counts.is_empty()) {
        let shown = counts.iter().take(SHOWN_VALUES).map(|(value, count)| format!("{value} ({count})"));
        let more = if counts.len() > SHOWN_VALUES { ", …" } else { "" };
        lines.push(format!("{name}: {}{more}", shown.collect::<Vec<_>>().join(", ")));
    }
    lines.join("\n")
}

/// The snippet with « » around what matched; notices do not use these marks.
fn mark(snippet: &Snippet) -> String {
    let mut text = snippet.text.clone();
    for range in snippet.matches.iter().rev() {
        if text.is_char_boundary(range.start) && text.is_char_boundary(range.end) {
            text.insert(range.end, '»');
            text.insert(range.start, '«');
        }
    }
    text
}
