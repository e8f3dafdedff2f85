//! How the tasks that match spread over years, bodies and the like.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use tantivy::Searcher;
use tantivy::aggregation::agg_req::Aggregations;
use tantivy::aggregation::{AggContextParams, AggregationCollector};
use tantivy::query::Query as EngineQuery;

use crate::IndexError;
use crate::schema::FACETS;

/// Values of one facet with the numbers of tasks that have them, most first.
pub type FacetCounts = Vec<(String, u64)>;

/// Most values of a facet.
const MOST_VALUES: usize = 50;

/// For each facet by its name in [`FACETS`] what the tasks that match `query` have.
pub(crate) fn count(
    searcher: &Searcher,
    query: &dyn EngineQuery,
) -> Result<BTreeMap<&'static str, FacetCounts>, IndexError> {
    let terms = |field: &str| json!({ "terms": { "field": field, "size": MOST_VALUES } });
    let wanted: Map<String, Value> =
        FACETS.iter().map(|(name, field)| ((*name).to_owned(), terms(field))).collect();
    let wanted: Aggregations = serde_json::from_value(Value::Object(wanted))?;
    let collector = AggregationCollector::from_aggs(wanted, AggContextParams::default());
    let results = serde_json::to_value(searcher.search(query, &collector)?)?;
    Ok(FACETS.iter().map(|(name, _)| (*name, values(&results[name]))).collect())
}

fn values(result: &Value) -> FacetCounts {
    let buckets = result["buckets"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut counts: FacetCounts = buckets
        .iter()
        .map(|bucket| {
            let key = match &bucket["key"] {
                Value::String(key) => key.clone(),
                // Numbers come as floating point; years are whole.
                number => number.as_f64().map(|number| format!("{number:.0}")).unwrap_or_default(),
            };
            (key, bucket["doc_count"].as_u64().unwrap_or(0))
        })
        .collect();
    counts.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
    counts
}
