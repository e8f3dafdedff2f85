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
    if arguments.json {
        for hit in &results.hits {
            output.json(&hit.to_json().map_err(duban::StoreError::from)?, false)?;
        }
    } else {
        for (index, hits) in alike(&results.hits).iter().enumerate() {
            output.line(&printable(&describe(index + 1, hits)))?;
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
    if !arguments.json {
        tell(&summary(&results));
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

/// How many hits there are beside those that were printed, and what they are; empty where all are tasks.
fn summary(results: &SearchResults) -> String {
    let (shown, total) = (results.hits.len(), results.total);
    let sections = results.hits.iter().filter(|hit| is_section(hit)).count();
    let mut text = String::new();
    if total > shown {
        let _ = writeln!(text, "{shown} of {total} hits; more with --limit or --offset");
    }
    if sections > 0 {
        let what = if sections == 1 { "hit is a section" } else { "hits are sections" };
        let _ = writeln!(text, "{sections} {what} outside the tasks; tasks alone with `-kind:section`");
    }
    text
}

fn is_section(hit: &SearchHit) -> bool {
    hit.kind == "section"
}

/// The hits in their order; those of one notice in several files stand together where the first stands.
fn alike(hits: &[SearchHit]) -> Vec<Vec<&SearchHit>> {
    let mut groups: Vec<Vec<&SearchHit>> = Vec::new();
    for hit in hits {
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| is_copy(first, hit))) {
            Some(group) => group.push(hit),
            None => groups.push(vec![hit]),
        }
    }
    groups
}

/// Characters by which the texts of two hits are compared.
const COMPARED: usize = 30;

/// Whether two hits are the same text of the same notice, which lies in two files.
fn is_copy(left: &SearchHit, right: &SearchHit) -> bool {
    let same = |hit: &SearchHit| (hit.kind, hit.year, hit.due.clone());
    left.source_path != right.source_path
        && left.document_title.is_some()
        && left.document_title == right.document_title
        && (&left.number, &left.path, &left.title) == (&right.number, &right.path, &right.title)
        && same(left) == same(right)
        && beginning(left).eq(beginning(right))
}

/// The first characters of a snippet; formats differ in blanks.
fn beginning(hit: &SearchHit) -> impl Iterator<Item = char> {
    hit.snippet.text.chars().filter(|character| character.is_alphanumeric()).take(COMPARED)
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

/// A hit for people: what it is, where it belongs, who and by when, what matched, and for each file that
/// holds it where it stands there.
fn describe(rank: usize, hits: &[&SearchHit]) -> String {
    let Some(hit) = hits.first() else { return String::new() };
    let title = if hit.title.is_empty() { "正文" } else { &hit.title };
    let mut text = format!("{rank}. {title}");
    let mut heading = vec![hit.document_title.clone().unwrap_or_else(|| hit.source_path.clone())];
    heading.extend(hit.path.iter().cloned());
    heading.extend(Some(hit.number.clone()).filter(|number| !number.starts_with('§')));
    let _ = write!(text, "\n   {}", heading.join(" › "));
    let facts = facts(hit);
    if !facts.is_empty() {
        let _ = write!(text, "\n   {}", facts.join(" · "));
    }
    let _ = write!(text, "\n   {}", mark(&hit.snippet));
    for hit in hits {
        let page = hit.at.page_start.map(|page| format!(" page {page}")).unwrap_or_default();
        let _ = write!(text, "\n   {}:{}{page}", hit.source_path, hit.at.line_start);
        // Only tasks can be shown.
        let id = if is_section(hit) { "section".to_owned() } else { short_id(&hit.task) };
        let _ = write!(text, "\n   {id}");
    }
    text.push('\n');
    text
}

/// What is known of a hit: its year, what is due, and whose it is.
fn facts(hit: &SearchHit) -> Vec<String> {
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
    facts
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
