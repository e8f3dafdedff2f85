//! Sentences that report or describe rather than tell: 县教育局已完成…, 县水利局对采砂监管不到位.

use std::ops::Range;

use super::bounds;
use super::clause::Subject;
use super::inline::Reader;
use super::said::{self, Said};
use crate::bodies::lexicon::{self, Follow};
use crate::bodies::names;

/// What a failing lacks, behind 不: 监管不|到位.
const LACKING: [&str; 28] = [
    "力", "到位", "够", "严", "深", "实", "紧", "细", "高", "大", "快", "强", "足", "清", "彻底", "及时",
    "规范", "严格", "充分", "明显", "健全", "完善", "深入", "有力", "扎实", "全面", "主动", "平衡",
];
/// Other ends of a clause that says how its subject falls short.
const FAILINGS: [&str; 10] =
    ["缓慢", "滞后", "偏软", "偏慢", "宽松软", "流于形式", "走过场", "缺位", "缺失", "打折扣"];
/// Verbs whose object is a failing that is acted on: 纠正|监管不到位.
const MENDING: [&str; 24] = [
    "解决", "防止", "避免", "杜绝", "克服", "纠正", "查处", "查摆", "查找", "聚焦", "针对", "紧盯", "严防",
    "防范", "发现", "关注", "通报", "反馈", "扭转", "改变", "力戒", "确保", "做到", "保证",
];
/// What is done about those whose failing stands before it: 对履职不力，造成后果|的，|追责.
const SANCTIONS: [&str; 10] = ["的，", "的,", "问责", "追责", "约谈", "通报", "予以", "取消", "责令", "处罚"];
/// Words for some of many, of whom things are told but who are told nothing.
const SOME: [&str; 6] = ["一些", "个别", "少数", "有的", "有些", "部分"];

impl Reader<'_> {
    /// Whether the sentence reports or describes rather than tells.
    pub(super) fn describes(&self, subject: &Subject, clause: &Range<usize>) -> bool {
        let own = bounds::near(self.text, subject.end, clause.end);
        let state = subject.said == Said::Onward
            && (own.contains("高度重视")
                || ((own.starts_with('为') && is_what_it_is(own)
                    || own.match_indices('是').any(|(at, _)| !is_other_word(own, at)))
                    && !self.is_charged_behind(clause.end)));
        let already = own
            .match_indices('已')
            .any(|(at, _)| !own[..at].ends_with(['对', '将', '把', '在', '因', '的', '和', '、']));
        // The imprint of a notice: 县政府办公室 2021年7月28日印发.
        let imprint = own.ends_with("印发") && own.chars().any(|c| c.is_ascii_digit());
        // 去年以来，县教育局共办理…: what was done up to now.
        let before = self.text.get(self.sentence.start..clause.start).unwrap_or_default();
        let time = before.strip_suffix(['，', ',']).unwrap_or_default();
        let since = ["以来", "年来"].iter().any(|word| time.ends_with(word));
        let sum = own
            .strip_prefix('共')
            .is_some_and(|rest| !rest.starts_with(['同', '建', '享', '治', '管', '抓']));
        // 县水利局于2018年3月印发…, in a plan of a later year.
        let dated = own.strip_prefix(['于', '在']).and_then(|time| time.get(..4)?.parse::<i32>().ok());
        let earlier = dated.zip(self.year).is_some_and(|(done, year)| done < year);
        self.is_done(subject.end)
            || since
            || earlier
            || sum
            || state
            || already
            || imprint
            || own.contains("不变")
            || self.is_of_some(subject)
            || self.is_of_what_was_given(subject, clause)
    }

    /// Whether the sentence tells behind `at` of what was done: 会同县财政局|起草了方案.
    pub(super) fn is_done(&self, at: usize) -> bool {
        let rest = bounds::near(self.text, at, self.sentence.end);
        // 化解不|了的，要上报: 不了 says what cannot be done.
        rest.match_indices('了').any(|(at, _)| {
            let (before, after) = rest.split_at(at);
            !before.ends_with(['为', '除', '罢', '明', '目', '不'])
                && !after.starts_with("了解")
                && !after.starts_with("了结")
        })
    }

    /// Whether the clause behind the mark at `end` charges the subject of the one before it: 县政务办是主管部门，|
    /// 具体负责…; 各镇是责任主体，|要….
    fn is_charged_behind(&self, end: usize) -> bool {
        let behind = self.behind_mark(end).min(self.sentence.end);
        let comma = self.text.get(end..behind).is_some_and(|mark| matches!(mark, "，" | ","));
        let (said, _) = said::said(self.text, behind, self.sentence.end);
        comma && matches!(said, Some(Said::Charge | Said::Modal | Said::Lead))
    }

    /// Whether the clause only tells of what its subject gave another: 县委巡察组向县水利局反馈|的问题要整改.
    fn is_of_what_was_given(&self, subject: &Subject, clause: &Range<usize>) -> bool {
        let to = || self.text.get(..subject.said_end).is_some_and(|said| said.ends_with('向'));
        if subject.said != Said::Onward || !to() {
            return false;
        }
        let clause = bounds::near(self.text, subject.said_end, clause.end);
        let Some((given, _)) = clause.split_once('的') else { return false };
        let Some((verb, _)) = given.char_indices().rev().nth(1) else { return false };
        let (whom, verb) = given.split_at(verb);
        let acts = matches!(lexicon::follow(verb), Some((Follow::Verb | Follow::NameVerb, len)) if len == verb.len());
        let listed = || {
            let whom = subject.said_end..subject.said_end + whom.len();
            names::members(self.text, whom)
                .iter()
                .all(|body| names::is_body_at(self.text, body.range.clone()))
        };
        acts && (whom.starts_with('我') || listed())
    }

    /// Whether only some bodies of a kind are the subject: 一些部门, 个别乡镇.
    fn is_of_some(&self, subject: &Subject) -> bool {
        let name = subject.bodies.first().and_then(|first| self.text.get(first.range.clone()));
        name.is_some_and(|name| SOME.iter().any(|some| name.starts_with(some)))
    }

    /// Whether the `clause` of a subject only says how it falls short: 县水利局对采砂监管不到位.
    pub(super) fn fails(&self, subject: &Subject, clause: &Range<usize>) -> bool {
        let own = bounds::near(self.text, subject.end, clause.end);
        // 县水利局负责整改采砂监管不到位.
        let charged = self.text.get(..subject.said_end).is_some_and(|said| said.ends_with("负责"));
        let lacks = own.rsplit_once('不').is_some_and(|(_, lacking)| {
            // 配合不够紧密.
            LACKING.contains(&lacking) || (lacking.starts_with('够') && lacking.len() <= "够紧密".len())
        });
        let fails = lacks || FAILINGS.iter().any(|failing| own.ends_with(failing));
        let acted_on = || {
            let rest = bounds::near(self.text, clause.end, self.sentence.end);
            own.starts_with('对') && SANCTIONS.iter().any(|sanction| rest.contains(sanction))
        };
        fails && !charged && !MENDING.iter().any(|verb| own.contains(verb)) && !acted_on()
    }
}

/// Whether the clause that goes on at the head of `sentence` says that what follows is a report of a time before
/// `year` (去年，…; “十三五”期间，…), or that it no longer is (今年，…); `None` where it says neither.
pub(super) fn opens_past(text: &str, sentence: Range<usize>, year: Option<i32>) -> Option<bool> {
    const PAST: [&str; 11] = [
        "去年",
        "去年底",
        "上年",
        "上年度",
        "上一年",
        "上一年度",
        "前年",
        "过去一年",
        "近日",
        "日前",
        "前不久",
    ];
    const LONGEST: usize = 33;
    let words = text.get(sentence)?.trim_start_matches([' ', '\u{3000}']);
    if !words.starts_with(['去', '上', '前', '过', '近', '日', '2', '“', '今', '明']) {
        return None;
    }
    let head = words.get(..words.floor_char_boundary(LONGEST))?;
    if head.starts_with("今年") || head.starts_with("明年") {
        return Some(false);
    }
    let (time, _) = head.split_once(['，', ','])?;
    if PAST.contains(&time) || (time.starts_with("过去") && time.ends_with('年')) {
        return Some(true);
    }
    // 2018年9月7日，省政府印发….
    let last = match time.split_once('年') {
        Some((year, day)) if day.chars().all(|c| c.is_ascii_digit() || matches!(c, '月' | '日')) => {
            year.parse().ok()?
        }
        _ => plan_end(time)?,
    };
    Some(last < year?)
}

/// The last year of the five-year plan in “十三五”期间.
fn plan_end(time: &str) -> Option<i32> {
    let (count, span) = time.strip_prefix("“十")?.split_once("五”")?;
    let plan = ["一", "二", "三", "四", "五"].iter().zip(1..).find(|(numeral, _)| **numeral == count)?.1;
    matches!(span, "期间" | "时期").then_some(2005 + 5 * plan)
}

/// Whether 为… only says what a body is (为…的领导机构) and not that it is in charge (为…的责任单位).
fn is_what_it_is(own: &str) -> bool {
    let charge = ["牵头单位", "责任单位", "责任主体", "责任部门", "主责单位", "配合单位"];
    ["机构", "单位", "部门", "主体"].iter().any(|end| own.ends_with(end))
        && !charge.iter().any(|end| own.ends_with(end))
}

/// Whether 是 at `at` is part of another word: 是否, 特别是.
fn is_other_word(words: &str, at: usize) -> bool {
    words[at..].starts_with("是否")
        || words[..at].ends_with(['别', '其', '凡', '就', '于', '还', '只', '要', '若', '一', '二', '三'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_opens_a_report() {
        let opens = |text: &str| opens_past(text, 0..text.len(), Some(2023));
        for past in ["去年，", "过去五年，", "近日，", "2022年，", "2022年9月7日，", "“十三五”期间，"]
        {
            assert_eq!(opens(past), Some(true), "{past}");
        }
        for now in ["今年，", "2023年，", "“十四五”时期，"] {
            assert_eq!(opens(now), Some(false), "{now}");
        }
        for other in ["去年欠账，", "2022年底前，", "2022年9月底前，", "县水利局，", "“十佳”评选，"]
        {
            assert_eq!(opens(other), None, "{other}");
        }
        assert_eq!(opens_past("2022年，", 0..10, None), None);
    }
}
