//! What holds for any text: no panic, ranges on character boundaries and in order, linear time.

use std::time::{Duration, Instant};

use duban_time::{PlanYear, TimeContext, TimeMention, TimeValue, YearOrigin, find_times};
use proptest::prelude::*;

/// Words that times are made of and words around them.
const WORDS: [&str; 98] = [
    "2021年",
    "二〇二二年",
    "２０２３年",
    "21",
    "5",
    "12",
    "三",
    "十",
    "一",
    "年",
    "月",
    "日",
    "号",
    "月份",
    "底",
    "末",
    "初",
    "中",
    "前",
    "之前",
    "以内",
    "内",
    "起",
    "止",
    "期间",
    "至",
    "到",
    "—",
    "-",
    "、",
    "和",
    "及",
    "，",
    "。",
    "；",
    "\n",
    " ",
    "　",
    "（",
    "）",
    "《",
    "》",
    "“",
    "”",
    "\"",
    "每",
    "每年",
    "每月",
    "每季度",
    "每周",
    "按月",
    "第",
    "首月",
    "最后一个工作日",
    "最后一日",
    "上旬",
    "中下旬",
    "三季度",
    "上半年",
    "今年",
    "次年",
    "当月",
    "次月",
    "本周",
    "周五",
    "星期一",
    "下班",
    "17:00",
    "即日起",
    "十四五",
    "“十四五”",
    "年底",
    "年内",
    "月底",
    "季度末",
    "个工作日",
    "个月",
    "小时",
    "天",
    "周",
    "收到申请后",
    "之日起",
    "提前",
    "会前",
    "用",
    "时间",
    "完成",
    "次",
    "（含）",
    "两个月",
    "两年",
    "上、下半年",
    "上下半年",
    "今明两年",
    "双月",
    "每2小时",
    "不晚于",
    "新增3个",
];

fn texts() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        12 => prop::sample::select(&WORDS[..]).prop_map(str::to_owned),
        1 => "\\PC{1,3}",
    ];
    prop::collection::vec(word, 0..40).prop_map(|words| words.concat())
}

fn context(slot: bool, year: Option<i32>) -> TimeContext {
    TimeContext {
        plan_year: year.map(|year| PlanYear { year, origin: YearOrigin::Title }),
        slot,
        issued: None,
    }
}

/// What is wrong with the mentions of `text`.
fn fault(text: &str, mentions: &[TimeMention]) -> Option<String> {
    let mut end = 0;
    for mention in mentions {
        let range = &mention.range;
        if text.get(range.clone()).is_none_or(str::is_empty) || range.start < end {
            return Some(format!("range {range:?} behind {end}"));
        }
        if let Some(operator) = &mention.operator
            && (text.get(operator.clone()).is_none()
                || operator.start < range.start
                || range.end < operator.end)
        {
            return Some(format!("operator {operator:?} of {range:?}"));
        }
        if let TimeValue::Date { start: Some(start), due: Some(due) } = &mention.value
            && due < start
        {
            return Some(format!("{due} before {start}"));
        }
        end = range.end;
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn ranges_lie_in_the_text_and_in_order(
        text in texts(), slot in any::<bool>(), year in prop::option::of(1990..2060)
    ) {
        let mentions = find_times(&text, &context(slot, year));
        prop_assert_eq!(fault(&text, &mentions), None);
    }

    #[test]
    fn white_space_between_the_words_of_a_date_says_nothing(day in 1..29u8, month in 1..13u8) {
        let tight = format!("于2021年{month}月{day}日前完成");
        let loose = format!("于 2021 年 {month} 月 {day} 日前完成");
        let values = |text: &str| {
            find_times(text, &context(false, None)).into_iter().map(|mention| mention.value).collect::<Vec<_>>()
        };
        prop_assert_eq!(values(&tight), values(&loose));
    }
}

/// Text that makes a careless reader look back or ahead again and again takes as long a byte as any.
#[test]
fn time_is_linear() {
    let pieces = [
        "2021年、",
        "一",
        "每",
        "1、",
        "12至",
        "“",
        "《",
        "（",
        "之日起",
        "后3日内",
        "在",
        "全",
        "2021年各",
        "月",
        "收到申请后",
        "每年3月、",
        "十四五",
        "1.",
        "2021.",
        "第",
        "每年的",
        " ",
        "3个月至",
        "底前",
        "2021年要",
        "（5月）",
        "7、8两月",
        "1、2、",
        "8月（含）",
        "2021年新增",
    ];
    for piece in pieces {
        let time = |count: usize| {
            let text = piece.repeat(count);
            let fastest = (0..3).map(|_| {
                let start = Instant::now();
                for slot in [false, true] {
                    find_times(&text, &context(slot, Some(2021)));
                }
                start.elapsed()
            });
            fastest.min().unwrap_or_default()
        };
        let (short, long) = (time(1_000), time(16_000));
        let allowed = short * 16 * 4 + Duration::from_millis(20);
        assert!(long < allowed, "`{piece}`: {short:?} for 1000, {long:?} for 16000");
    }
}
