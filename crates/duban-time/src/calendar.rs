//! Days of the periods that words name.

use time::{Date, Month};

use crate::token::Edge;

/// A period or a day as far as its words say, before the year is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Partial {
    pub(crate) year: YearWord,
    /// Whether the period is the whole year although no year is named (年底, 年内).
    pub(crate) whole_year: bool,
    pub(crate) plan: Option<u8>,
    pub(crate) half: Option<u8>,
    pub(crate) quarter: Option<u8>,
    pub(crate) month: MonthWord,
    pub(crate) third: Option<u8>,
    pub(crate) day: Option<u8>,
    /// 1 is Monday.
    pub(crate) weekday: Option<u8>,
    /// Whether it is a week or a quarter that no words place in the year (本周, 本季度).
    pub(crate) unplaced: bool,
    pub(crate) edge: Option<Edge>,
    /// Whether （含） says that its last day counts.
    pub(crate) inclusive: bool,
}

/// What names the year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum YearWord {
    /// Nothing.
    #[default]
    None,
    /// 2021年.
    Given(i32),
    /// So many years after the plan's: 今年, 明年.
    FromPlan(i32),
    /// The year that is spoken of: 当年.
    That,
    /// The year after that of the date before: 次年.
    Next,
}

/// What names the month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum MonthWord {
    /// Nothing.
    #[default]
    None,
    /// 5月.
    Given(u8),
    /// 本月, 月底: a month that only the day of reading gives.
    This,
    /// 次月.
    Next,
}

/// How much a [`Partial`] covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Scale {
    /// A day or a week.
    Day,
    /// 旬.
    Third,
    Month,
    Quarter,
    Half,
    Year,
    Plan,
}

impl Partial {
    /// How much it covers; `None` while nothing is said.
    pub(crate) fn scale(&self) -> Option<Scale> {
        Some(match self {
            Self { day: Some(_), .. } => Scale::Day,
            Self { third: Some(_), .. } => Scale::Third,
            Self { month, .. } if *month != MonthWord::None => Scale::Month,
            Self { quarter: Some(_), .. } => Scale::Quarter,
            Self { half: Some(_), .. } => Scale::Half,
            Self { plan: Some(_), .. } => Scale::Plan,
            Self { weekday: Some(_), .. } | Self { unplaced: true, .. } => Scale::Day,
            Self { whole_year: true, .. } => Scale::Year,
            Self { year, .. } if *year != YearWord::None => Scale::Year,
            _ => return None,
        })
    }

    /// The number of its smallest unit: 3 of 3月, 15 of 15日.
    pub(crate) fn number(&self) -> Option<u32> {
        Some(match (self.scale()?, self.month, self.year) {
            (Scale::Day, ..) => self.day?.into(),
            (Scale::Month, MonthWord::Given(month), _) => month.into(),
            (Scale::Quarter, ..) => self.quarter?.into(),
            (Scale::Year, _, YearWord::Given(year)) => u32::try_from(year).ok()?,
            _ => return None,
        })
    }

    /// First and last day in `year`; a day without a month takes `month`.
    pub(crate) fn days(&self, year: Option<i32>, month: Option<u8>) -> Option<(Date, Date)> {
        if let Some(plan) = self.plan {
            let first = 1966 + 5 * (i32::from(plan) - 3);
            return Some((day(first, 1, 1)?, day(first + 4, 12, 31)?));
        }
        if self.weekday.is_some() || self.unplaced {
            return None;
        }
        let year = year?;
        match self.scale()? {
            Scale::Day | Scale::Third | Scale::Month => {
                let month = match self.month {
                    MonthWord::Given(month) => month,
                    MonthWord::None | MonthWord::This => month?,
                    MonthWord::Next if month? == 12 => return self.days_of_month(year + 1, 1),
                    MonthWord::Next => month? + 1,
                };
                self.days_of_month(year, month)
            }
            Scale::Quarter => {
                let last = self.quarter? * 3;
                let first = last - 2;
                months(year, first, if self.edge == Some(Edge::Start) { first } else { last })
            }
            Scale::Half => {
                let last = self.half? * 6;
                months(year, last - 5, last)
            }
            _ => months(
                year,
                1,
                match self.edge {
                    Some(Edge::Start) => 1,
                    Some(Edge::Middle) => 6,
                    _ => 12,
                },
            ),
        }
    }

    /// Whether 前 behind it leaves open which end of the period is meant.
    pub(crate) fn is_period(&self) -> bool {
        self.edge.is_none() && !self.inclusive && self.scale().is_some_and(|scale| scale > Scale::Day)
    }

    /// Whether 底 or 末 names its end.
    pub(crate) fn ends(&self) -> bool {
        self.edge == Some(Edge::End)
    }

    fn days_of_month(&self, year: i32, month: u8) -> Option<(Date, Date)> {
        if let Some(wanted) = self.day {
            let found = day(year, month, wanted.min(last_of_month(year, month)?))?;
            return Some((found, found));
        }
        let third = self.third.or(match self.edge {
            Some(Edge::Start) => Some(1),
            Some(Edge::Middle) => Some(2),
            _ => None,
        });
        let end = last_of_month(year, month)?;
        let (first, last) = match third {
            Some(1) => (1, 10),
            Some(2) => (11, 20),
            Some(4) => (1, 20),
            Some(5) => (11, end),
            Some(_) => (21, end),
            None => (1, end),
        };
        Some((day(year, month, first)?, day(year, month, last)?))
    }
}

fn months(year: i32, first: u8, last: u8) -> Option<(Date, Date)> {
    Some((day(year, first, 1)?, day(year, last, last_of_month(year, last)?)?))
}

fn day(year: i32, month: u8, day: u8) -> Option<Date> {
    Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()
}

fn last_of_month(year: i32, month: u8) -> Option<u8> {
    Some(Month::try_from(month).ok()?.length(year))
}

/// The last day of a month that has the same in every year; `None` for February.
pub(crate) fn fixed_last_day(month: u8) -> Option<u8> {
    last_of_month(2021, month).filter(|_| month != 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_cover_five_years() {
        for (plan, first, last) in [(12, "2011-01-01", "2015-12-31"), (14, "2021-01-01", "2025-12-31")] {
            let partial = Partial { plan: Some(plan), ..Partial::default() };
            let (start, end) = partial.days(None, None).unwrap();
            assert_eq!((start.to_string().as_str(), end.to_string().as_str()), (first, last));
        }
    }

    #[test]
    fn misprinted_days_are_the_last_of_their_month() {
        let partial = Partial { month: MonthWord::Given(6), day: Some(31), ..Partial::default() };
        assert_eq!(partial.days(Some(2021), None).unwrap().1.to_string(), "2021-06-30");
    }
}
