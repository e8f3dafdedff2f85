//! Runs `fixtures/spec/times.md`: text to the canonical notation described at the page's head.

use std::process::ExitCode;

use duban_fixtures::Case;
use duban_time::{
    LengthUnit, PlanYear, TimeContext, TimeMention, TimeValue, YearOrigin, find_times, parse_day,
};

fn main() -> ExitCode {
    duban_fixtures::run("times.md", 260, check)
}

fn check(case: &Case) -> Result<(), String> {
    let text = case.cell("text");
    let plan_year = match case.cell("year") {
        "" => None,
        year => Some(PlanYear {
            year: year.parse().map_err(|error| format!("year: {error}"))?,
            origin: YearOrigin::Title,
        }),
    };
    let issued = match case.cell("issued") {
        "" => None,
        day => Some(parse_day(day).ok_or("issued: no day")?),
    };
    let context = TimeContext { plan_year, issued, slot: case.cell("slot") == "yes" };
    let shown: Vec<String> = find_times(text, &context).iter().map(|mention| show(text, mention)).collect();
    let shown = if shown.is_empty() { "-".to_owned() } else { shown.join(" + ") };
    if shown != case.cell("expected") {
        return Err(format!("found {shown}"));
    }
    let parts = parts(text, &find_times(text, &context));
    let expected = case.cell("parts");
    if expected.is_empty() || parts == expected { Ok(()) } else { Err(format!("parts {parts}")) }
}

/// What gave the year, and the operator, of each mention.
fn parts(text: &str, mentions: &[TimeMention]) -> String {
    let one = |mention: &TimeMention| {
        let year = match mention.year_from {
            Some(YearOrigin::Text) => "text",
            Some(YearOrigin::Title) => "plan",
            Some(YearOrigin::IssueDate) => "issue",
            None => "-",
        };
        let operator = mention.operator.clone().map_or("-", |operator| &text[operator]);
        format!("{year} {operator}")
    };
    mentions.iter().map(one).collect::<Vec<_>>().join(" + ")
}

fn show(text: &str, mention: &TimeMention) -> String {
    let raw: String = text[mention.range.clone()].split_whitespace().collect();
    let doubt = if mention.ambiguous { " ?" } else { "" };
    let value = match &mention.value {
        TimeValue::Date { start, due } => {
            let day = |date: &Option<time::Date>| date.map(|date| date.to_string()).unwrap_or_default();
            format!("{}..{}", day(start), day(due))
        }
        TimeValue::Relative { count, unit, after } => {
            let event = after.as_ref().map(|event| format!(" after {event}")).unwrap_or_default();
            format!("within {count} {}{event}", unit_name(*unit))
        }
        TimeValue::Recurring { rrule, times } => {
            let times = times.map(|times| format!(" x{times}")).unwrap_or_default();
            format!("every {}{times}", rrule.trim_start_matches("FREQ="))
        }
        TimeValue::Ongoing => "ongoing".to_owned(),
    };
    format!("{raw} = {value}{doubt}")
}

fn unit_name(unit: LengthUnit) -> &'static str {
    match unit {
        LengthUnit::Hour => "hour",
        LengthUnit::WorkingDay => "working_day",
        LengthUnit::Day => "day",
        LengthUnit::Week => "week",
        LengthUnit::Month => "month",
        LengthUnit::Year => "year",
    }
}
