//! Chinese time expressions in work plans to dates, spans, lengths of time and recurrences.

mod value;

pub use value::{LengthUnit, PlanYear, TimeContext, TimeMention, TimeValue, YearOrigin};

/// The times in `text` by which, or within which, something is to be done, in reading order.
pub fn find_times(_text: &str, _context: &TimeContext) -> Vec<TimeMention> {
    Vec::new()
}
