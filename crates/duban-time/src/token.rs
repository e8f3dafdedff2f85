//! The words that time expressions are made of.

use std::ops::Range;

use crate::LengthUnit;

/// A word of a time expression and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) range: Range<usize>,
    /// Whether nothing but white space stands between it and the token before it.
    pub(crate) joined: bool,
}

/// Kinds of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A number before 至, 、 or 次, which may take the unit of a later number (5—8月).
    Number(u32),
    /// 2021年.
    Year(i32),
    /// 今年, 本年 (0), 明年 (1).
    YearFromPlan(i32),
    /// 今明两年 (1): from the plan's year to so many after it.
    YearsFromPlan(i32),
    /// 当年: the year that is spoken of.
    ThatYear,
    /// 次年: the year after that of the date before it.
    NextYear,
    /// 5月.
    Month(u8),
    /// 本月, 当月.
    ThisMonth,
    /// 下月, 次月.
    NextMonth,
    /// 15日.
    Day(u8),
    /// 周五, 星期五: 1 is Monday.
    Weekday(u8),
    /// 本周, 下周.
    SomeWeek,
    /// （星期五） behind a date, 下班, 17时, 当天: they add nothing to a day.
    Clock,
    /// （含） behind a date: its last day counts.
    Inclusive,
    /// （第3周）, （建军节） between a date and its 前: it only explains the date.
    Gloss,
    /// 上旬, 中旬, 下旬: 1 to 3; 上中旬 is 4, 中下旬 is 5.
    Third(u8),
    /// 三季度.
    Quarter(u8),
    /// 本季度, 季度末: a quarter that nothing names.
    ThisQuarter,
    /// 上半年, 下半年.
    Half(u8),
    /// “十四五” is 14.
    Plan(u8),
    /// 年底, 年初, 年中.
    YearEdge(Edge),
    /// 年内.
    InYear,
    /// 月底, 月初.
    MonthEdge(Edge),
    /// 底, 末, 初 behind a period.
    Edge(Edge),
    /// 全年.
    WholeYear,
    /// 首月, 第一个月 (1), 末月, 最后一个月 (3) of a quarter.
    MonthOfQuarter(u8),
    /// 第一个工作日 (1), 最后一个工作日 (-1).
    OrdinalWorkday(i8),
    /// 最后一日, 最后一天.
    LastDay,
    /// 第一个 (1), 最后一个 (-1) before a weekday.
    Ordinal(i8),
    /// 3个工作日, 三年.
    Length(Length),
    /// 三个月, 两年 right behind as many months or years, which they sum up (7、8、9三个月).
    Sum(LengthUnit),
    /// 每年, 按月, 每3～5年.
    Every(Cycle),
    /// 逐月: no time itself, but 当月 behind it is that of every month.
    MonthByMonth,
    /// 前, 之前, 以前.
    Before,
    /// 内, 以内, 之内.
    Within,
    /// 起.
    From,
    /// 开始, which is 起 only after 从 or 自.
    Beginning,
    /// 期间.
    Through,
    /// 止, 为止.
    Until,
    /// 提前 before a length.
    Ahead,
    /// 至, 到, —.
    To,
    /// 、, 和, 及.
    And,
    /// 即日.
    Today,
    /// 长期坚持; only in a slot.
    Ongoing,
    /// ； behind words of time.
    Pause,
    /// End of a sentence or of a line with words of time.
    Stop,
}

/// A part of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Edge {
    /// 初.
    Start,
    /// 中.
    Middle,
    /// 底, 末.
    End,
}

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Length {
    pub(crate) count: u32,
    pub(crate) unit: LengthUnit,
}

/// What a recurrence returns with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cycle {
    pub(crate) unit: CycleUnit,
    pub(crate) interval: u32,
}

/// Units of recurrences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CycleUnit {
    Year,
    HalfYear,
    Quarter,
    Month,
    /// 单月: January, March and so on.
    OddMonth,
    /// 双月.
    EvenMonth,
    HalfMonth,
    /// 旬.
    Third,
    Week,
    Workday,
    Day,
    Hour,
}
