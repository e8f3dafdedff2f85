//! What a time expression means.

use std::ops::Range;

use time::Date;

/// What the words around a time do not say themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TimeContext {
    /// The year that a date without a year takes.
    pub plan_year: Option<PlanYear>,
    /// The day of issue, whose month 本月底 means.
    pub issued: Option<Date>,
    /// Whether the text fills a slot for times (完成时限：, a column 时间节点): there every time binds,
    /// and 长期坚持 is one too.
    pub slot: bool,
}

/// The day that ISO 8601 writes so: `2021-07-28`.
///
/// ```
/// assert!(duban_time::parse_day("2021-07-28").is_some_and(|day| day.day() == 28));
/// assert_eq!(duban_time::parse_day("2021-02-30"), None);
/// ```
pub fn parse_day(text: &str) -> Option<Date> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    let month: u8 = month.parse().ok()?;
    Date::from_calendar_date(year.parse().ok()?, month.try_into().ok()?, day.parse().ok()?).ok()
}

/// The plan's year and what it was taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanYear {
    /// The year, such as 2021.
    pub year: i32,
    /// What gave it.
    pub origin: YearOrigin,
}

/// What gave the year of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum YearOrigin {
    /// The words themselves, or a date before them in the same sentence; where the notice has no year, all
    /// other dates of its text.
    Text,
    /// The plan's title.
    Title,
    /// The date of issue.
    IssueDate,
}

/// A time that binds an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeMention {
    /// The words in the text that was given: 于, 在, 到, 至 in front left out, 前, 内, 起, 底 kept.
    pub range: Range<usize>,
    /// What they mean.
    pub value: TimeValue,
    /// The part of `range` that says how the time binds: 前, 内, 起, 底, 末, 期间.
    pub operator: Option<Range<usize>>,
    /// What gave the year; `None` where the value has no year.
    pub year_from: Option<YearOrigin>,
    /// Whether the period could be read in two ways (6月前: to the end of May or of June).
    pub ambiguous: bool,
    /// Name of the grammar rule that read it.
    pub rule: &'static str,
}

/// What a time expression means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimeValue {
    /// A day, a period or a span.
    Date {
        /// First day of a span or of a bare period, or of X起.
        start: Option<Date>,
        /// The last day that still keeps it; `None` for X起, or where nothing gives the year.
        due: Option<Date>,
    },
    /// A length of time after an event.
    Relative {
        /// How many.
        count: u32,
        /// Of what.
        unit: LengthUnit,
        /// The event in the text's words.
        after: Option<String>,
    },
    /// Again and again.
    Recurring {
        /// RFC 5545 recurrence rule, without `RRULE:`.
        rrule: String,
        /// How often at least in each period.
        times: Option<u32>,
    },
    /// 长期坚持 in a slot.
    Ongoing,
}

/// Units of lengths of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LengthUnit {
    /// 小时.
    Hour,
    /// 工作日.
    WorkingDay,
    /// 日, 天.
    Day,
    /// 周.
    Week,
    /// 月.
    Month,
    /// 年.
    Year,
}
