//! The words without a number and what they are.

use std::sync::LazyLock;

use duban_document::Words;

use crate::LengthUnit;
use crate::token::{Edge, Kind, Length};

/// Words that need nothing before them.
pub(super) static STANDING: LazyLock<Words<Kind>> =
    LazyLock::new(|| Words::of_heads(STANDING_WORDS.into_iter().flatten().copied()));

/// Words that only go on with what stands right before them.
pub(super) static JOINED: LazyLock<Words<Kind>> =
    LazyLock::new(|| Words::of_heads(JOINED_WORDS.iter().copied()));

/// Those of [`STANDING`].
pub(super) const STANDING_WORDS: [&[(&str, Kind)]; 3] = [PERIODS, RELATIVE, WEEKDAYS];

/// Periods, their parts and lengths.
const PERIODS: &[(&str, Kind)] = &[
    ("年度末", Kind::YearEdge(Edge::End)),
    ("年度内", Kind::InYear),
    ("年底", Kind::YearEdge(Edge::End)),
    ("年末", Kind::YearEdge(Edge::End)),
    ("年终", Kind::YearEdge(Edge::End)),
    ("年初", Kind::YearEdge(Edge::Start)),
    ("年中", Kind::YearEdge(Edge::Middle)),
    ("年内", Kind::InYear),
    ("年內", Kind::InYear),
    ("月底", Kind::MonthEdge(Edge::End)),
    ("月末", Kind::MonthEdge(Edge::End)),
    ("月初", Kind::MonthEdge(Edge::Start)),
    ("月中", Kind::MonthEdge(Edge::Middle)),
    ("元月份", Kind::Month(1)),
    ("元月", Kind::Month(1)),
    ("季度末", Kind::ThisQuarter),
    ("季末", Kind::ThisQuarter),
    ("全年", Kind::WholeYear),
    ("同年", Kind::ThatYear),
    ("即日", Kind::Today),
    ("现在起", Kind::Today),
    ("现在开始", Kind::Today),
    ("逐月", Kind::MonthByMonth),
    ("提前", Kind::Ahead),
    ("半个月", Kind::Length(Length { count: 15, unit: LengthUnit::Day })),
    ("半月", Kind::Length(Length { count: 15, unit: LengthUnit::Day })),
    ("半年", Kind::Length(Length { count: 6, unit: LengthUnit::Month })),
];

/// Words for a period by its distance from the present.
const RELATIVE: &[(&str, Kind)] = &[
    ("今明两年", Kind::YearsFromPlan(1)),
    ("今明兩年", Kind::YearsFromPlan(1)),
    ("今明后三年", Kind::YearsFromPlan(2)),
    ("今年", Kind::YearFromPlan(0)),
    ("明年", Kind::YearFromPlan(1)),
    ("本年度", Kind::YearFromPlan(0)),
    ("本年", Kind::YearFromPlan(0)),
    ("本季度", Kind::ThisQuarter),
    ("本月", Kind::ThisMonth),
    ("本周", Kind::SomeWeek),
    ("当年度", Kind::ThatYear),
    ("当年", Kind::ThatYear),
    ("當年", Kind::ThatYear),
    ("当季度", Kind::ThisQuarter),
    ("当月", Kind::ThisMonth),
    ("當月", Kind::ThisMonth),
    ("当周", Kind::SomeWeek),
    ("次年", Kind::NextYear),
    ("次月", Kind::NextMonth),
    ("后年", Kind::YearFromPlan(2)),
    ("後年", Kind::YearFromPlan(2)),
    ("翌年", Kind::NextYear),
    ("上半年", Kind::Half(1)),
    ("上下半年", Kind::Half(1)),
    ("上、下半年", Kind::Half(1)),
    ("上旬", Kind::Third(1)),
    ("上中旬", Kind::Third(4)),
    ("上、中旬", Kind::Third(1)),
    ("上、下旬", Kind::Third(1)),
    ("上、中、下旬", Kind::Third(1)),
    ("中旬", Kind::Third(2)),
    ("中下旬", Kind::Third(5)),
    ("中、下旬", Kind::Third(2)),
    ("下一年度", Kind::YearFromPlan(1)),
    ("下年度", Kind::YearFromPlan(1)),
    ("下半年", Kind::Half(2)),
    ("下个月", Kind::NextMonth),
    ("下季度", Kind::ThisQuarter),
    ("下月", Kind::NextMonth),
    ("下旬", Kind::Third(3)),
    ("下周", Kind::SomeWeek),
];

/// Those of [`JOINED`].
pub(super) const JOINED_WORDS: &[(&str, Kind)] = &[
    ("底", Kind::Edge(Edge::End)),
    ("末", Kind::Edge(Edge::End)),
    ("初", Kind::Edge(Edge::Start)),
    ("中午", Kind::Clock),
    ("中", Kind::Edge(Edge::Middle)),
    ("前", Kind::Before),
    ("之前", Kind::Before),
    ("之内", Kind::Within),
    ("以及", Kind::And),
    ("以前", Kind::Before),
    ("以内", Kind::Within),
    ("以內", Kind::Within),
    ("时间内", Kind::Within),
    ("的时间内", Kind::Within),
    ("时间之内", Kind::Within),
    ("内", Kind::Within),
    ("內", Kind::Within),
    ("起", Kind::From),
    ("开始", Kind::Beginning),
    ("始", Kind::Beginning),
    ("期间", Kind::Through),
    ("期間", Kind::Through),
    ("止", Kind::Until),
    ("持续到", Kind::To),
    ("持续至", Kind::To),
    ("一直持续到", Kind::To),
    ("一直持续至", Kind::To),
    ("延续到", Kind::To),
    ("延续至", Kind::To),
    ("为止", Kind::Until),
    ("上午", Kind::Clock),
    ("当天", Kind::Clock),
    ("当日", Kind::Clock),
    ("當日", Kind::Clock),
    ("下午", Kind::Clock),
    ("下班", Kind::Clock),
    ("晚上", Kind::Clock),
    ("晚间", Kind::Clock),
    ("晚", Kind::Clock),
    ("早上", Kind::Clock),
    ("凌晨", Kind::Clock),
    ("、", Kind::And),
    ("和", Kind::And),
    ("及", Kind::And),
    ("与", Kind::And),
    ("或", Kind::And),
];

/// 周一 to 星期天.
const WEEKDAYS: &[(&str, Kind)] = &[
    ("周一", Kind::Weekday(1)),
    ("周二", Kind::Weekday(2)),
    ("周三", Kind::Weekday(3)),
    ("周四", Kind::Weekday(4)),
    ("周五", Kind::Weekday(5)),
    ("周六", Kind::Weekday(6)),
    ("周日", Kind::Weekday(7)),
    ("星期一", Kind::Weekday(1)),
    ("星期二", Kind::Weekday(2)),
    ("星期三", Kind::Weekday(3)),
    ("星期四", Kind::Weekday(4)),
    ("星期五", Kind::Weekday(5)),
    ("星期六", Kind::Weekday(6)),
    ("星期日", Kind::Weekday(7)),
    ("星期天", Kind::Weekday(7)),
];
