//! Chinese time expressions in work plans to dates, spans, lengths of time and recurrences.
//!
//! The text goes through four steps, each a plain function:
//!
//! 1. The lexer passes over the text once and keeps the words of time (2021年, 底, 前, 至, 每季度).
//! 2. The grammar joins words that stand side by side to expressions, lists of them included.
//! 3. Each expression is resolved: the year comes from the words, from a date before them in the
//!    sentence, or from the plan.
//! 4. Binding: an expression is kept where it binds an action, and dropped where it is only spoken of
//!    (`2010年至2020年所有征地信息`, `上一年度`, `压缩至12个工作日以内`).
//!
//! What counts, case by case, is in `fixtures/spec/times.md`. The crate knows nothing of documents;
//! what fills a slot for times is told by [`TimeContext::slot`].

mod binding;
mod calendar;
mod grammar;
mod lexer;
mod resolve;
mod rrule;
mod times;
mod token;
mod value;
mod words;

use binding::Place;
use grammar::{Group, Reader};
use resolve::Sentence;
use token::Kind;

pub use value::{LengthUnit, PlanYear, TimeContext, TimeMention, TimeValue, YearOrigin, parse_day};

/// The times in `text` by which, or within which, something is to be done, in reading order.
///
/// `text` is a whole task: sentences, and paragraphs joined by `\n`. The ranges of the mentions lie
/// on character boundaries and do not overlap.
///
/// ```
/// use duban_time::{PlanYear, TimeContext, TimeValue, YearOrigin, find_times};
///
/// let plan_year = Some(PlanYear { year: 2021, origin: YearOrigin::Title });
/// let context = TimeContext { plan_year, ..TimeContext::default() };
/// let text = "10月底前，完成2010年至2020年档案补录；每年9月开展评议。";
/// let found = find_times(text, &context);
///
/// assert_eq!(&text[found[0].range.clone()], "10月底前");
/// let TimeValue::Date { start: None, due: Some(due) } = &found[0].value else { panic!() };
/// assert_eq!(due.to_string(), "2021-10-31");
/// let rrule = "FREQ=YEARLY;BYMONTH=9".to_owned();
/// assert_eq!(found[1].value, TimeValue::Recurring { rrule, times: None });
/// assert_eq!(found.len(), 2);
/// ```
pub fn find_times(text: &str, context: &TimeContext) -> Vec<TimeMention> {
    let tokens = lexer::lex(text, context.slot);
    let reader = Reader { text, tokens: &tokens, slot: context.slot };
    let mut found: Vec<TimeMention> = Vec::new();
    let mut sentence = Sentence::default();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token.kind {
            Kind::Stop => sentence = Sentence::default(),
            Kind::Pause => sentence.pause(),
            Kind::MonthByMonth => sentence.recur_monthly(),
            _ => {}
        }
        let Some(group) = reader.read(at) else {
            at += 1;
            continue;
        };
        at = group.next.max(at + 1);
        add(&reader, &group, context, &mut sentence, &mut found);
    }
    found
}

/// Adds the times of `group` that bind.
fn add(
    reader: &Reader<'_>,
    group: &Group,
    context: &TimeContext,
    sentence: &mut Sentence,
    found: &mut Vec<TimeMention>,
) {
    let place = Place::new(reader.text, group, context.slot);
    let mut seen = *sentence;
    let (known, from) = (found.len(), found.last().map_or(0, |last| last.range.end));
    for expression in &group.items {
        let mut mention = resolve::resolve(reader.text, expression, place.lead(), &seen, context);
        mention.range.start = mention.range.start.max(from).min(mention.range.end);
        seen.note(expression, &mention);
        found.push(mention);
    }
    if !binding::binds(place, group, &found[known..], context) {
        found.truncate(known);
        return;
    }
    *sentence = seen;
    for mention in &mut found[known..] {
        times::count(reader, group.next, mention);
    }
}
