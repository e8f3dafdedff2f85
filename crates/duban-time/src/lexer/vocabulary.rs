//! The words without a number and what they are; in each list the longer words stand first.

use crate::LengthUnit;
use crate::token::{Edge, Kind, Length};

/// Words that a character can open, longest first.
pub(super) fn standing(c: char) -> &'static [(&'static str, Kind)] {
    match c {
        '年' => &[
            ("年度末", Kind::YearEdge(Edge::End)),
            ("年度内", Kind::InYear),
            ("年底", Kind::YearEdge(Edge::End)),
            ("年末", Kind::YearEdge(Edge::End)),
            ("年终", Kind::YearEdge(Edge::End)),
            ("年初", Kind::YearEdge(Edge::Start)),
            ("年中", Kind::YearEdge(Edge::Middle)),
            ("年内", Kind::InYear),
            ("年內", Kind::InYear),
        ],
        '月' => &[
            ("月底", Kind::MonthEdge(Edge::End)),
            ("月末", Kind::MonthEdge(Edge::End)),
            ("月初", Kind::MonthEdge(Edge::Start)),
            ("月中", Kind::MonthEdge(Edge::Middle)),
        ],
        '季' => &[("季度末", Kind::ThisQuarter), ("季末", Kind::ThisQuarter)],
        '全' => &[("全年", Kind::WholeYear)],
        '同' => &[("同年", Kind::ThatYear)],
        '即' => &[("即日", Kind::Today)],
        '现' => &[("现在起", Kind::Today), ("现在开始", Kind::Today)],
        '提' => &[("提前", Kind::Ahead)],
        '半' => &[
            ("半个月", Kind::Length(Length { count: 15, unit: LengthUnit::Day })),
            ("半年", Kind::Length(Length { count: 6, unit: LengthUnit::Month })),
        ],
        '周' | '週' | '星' | '礼' => WEEKDAYS,
        _ => relative(c),
    }
}

/// Words for a period by its distance from the present, longest first.
fn relative(c: char) -> &'static [(&'static str, Kind)] {
    match c {
        '今' => &[
            ("今明两年", Kind::YearsFromPlan(1)),
            ("今明兩年", Kind::YearsFromPlan(1)),
            ("今明后三年", Kind::YearsFromPlan(2)),
            ("今年", Kind::YearFromPlan(0)),
        ],
        '明' => &[("明年", Kind::YearFromPlan(1))],
        '本' => &[
            ("本年度", Kind::YearFromPlan(0)),
            ("本年", Kind::YearFromPlan(0)),
            ("本季度", Kind::ThisQuarter),
            ("本月", Kind::ThisMonth),
            ("本周", Kind::SomeWeek),
        ],
        '当' | '當' => &[
            ("当年度", Kind::ThatYear),
            ("当年", Kind::ThatYear),
            ("當年", Kind::ThatYear),
            ("当季度", Kind::ThisQuarter),
            ("当月", Kind::ThisMonth),
            ("當月", Kind::ThisMonth),
            ("当周", Kind::SomeWeek),
        ],
        '次' => &[("次年", Kind::NextYear), ("次月", Kind::NextMonth)],
        '后' | '後' => &[("后年", Kind::YearFromPlan(2)), ("後年", Kind::YearFromPlan(2))],
        '翌' => &[("翌年", Kind::NextYear)],
        '上' => &[
            ("上半年", Kind::Half(1)),
            ("上下半年", Kind::Half(1)),
            ("上、下半年", Kind::Half(1)),
            ("上旬", Kind::Third(1)),
            ("上中旬", Kind::Third(4)),
            ("上、中旬", Kind::Third(1)),
            ("上、下旬", Kind::Third(1)),
            ("上、中、下旬", Kind::Third(1)),
        ],
        '中' => &[("中旬", Kind::Third(2)), ("中下旬", Kind::Third(5)), ("中、下旬", Kind::Third(2))],
        '下' => &[
            ("下一年度", Kind::YearFromPlan(1)),
            ("下年度", Kind::YearFromPlan(1)),
            ("下半年", Kind::Half(2)),
            ("下个月", Kind::NextMonth),
            ("下季度", Kind::ThisQuarter),
            ("下月", Kind::NextMonth),
            ("下旬", Kind::Third(3)),
            ("下周", Kind::SomeWeek),
        ],
        _ => &[],
    }
}

/// Words that a character can open behind a time, longest first.
pub(super) fn joined(c: char) -> &'static [(&'static str, Kind)] {
    match c {
        '底' => &[("底", Kind::Edge(Edge::End))],
        '末' => &[("末", Kind::Edge(Edge::End))],
        '初' => &[("初", Kind::Edge(Edge::Start))],
        '中' => &[("中午", Kind::Clock), ("中", Kind::Edge(Edge::Middle))],
        '前' => &[("前", Kind::Before)],
        '之' => &[("之前", Kind::Before), ("之内", Kind::Within)],
        '以' => {
            &[("以及", Kind::And), ("以前", Kind::Before), ("以内", Kind::Within), ("以內", Kind::Within)]
        }
        '内' => &[("内", Kind::Within)],
        '內' => &[("內", Kind::Within)],
        '起' => &[("起", Kind::From)],
        '开' => &[("开始", Kind::Beginning)],
        '期' => &[("期间", Kind::Through), ("期間", Kind::Through)],
        '止' => &[("止", Kind::Until)],
        '为' => &[("为止", Kind::Until)],
        '上' => &[("上午", Kind::Clock)],
        '当' | '當' => &[("当天", Kind::Clock), ("当日", Kind::Clock), ("當日", Kind::Clock)],
        '下' => &[("下午", Kind::Clock), ("下班", Kind::Clock)],
        '晚' => &[("晚上", Kind::Clock)],
        '凌' => &[("凌晨", Kind::Clock)],
        '、' => &[("、", Kind::And)],
        '和' => &[("和", Kind::And)],
        '及' => &[("及", Kind::And)],
        '与' => &[("与", Kind::And)],
        '或' => &[("或", Kind::And)],
        _ => &[],
    }
}

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
