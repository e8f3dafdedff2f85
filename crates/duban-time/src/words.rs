//! Lists of words, and whether a text begins or ends with one of them.

use std::sync::OnceLock;

use duban_document::{Words, numeral};

/// A list of words from `data/`: one a line, `#` before remarks. It is read when first asked, and few are
/// asked from both sides.
pub(crate) struct WordList {
    data: &'static str,
    heads: OnceLock<Words<()>>,
    ends: OnceLock<Words<()>>,
}

impl WordList {
    const fn new(data: &'static str) -> Self {
        Self { data, heads: OnceLock::new(), ends: OnceLock::new() }
    }

    pub(crate) fn words(&self) -> impl Iterator<Item = &'static str> {
        self.data.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
    }

    fn heads(&self) -> &Words<()> {
        self.heads.get_or_init(|| Words::of_heads(self.words().map(|word| (word, ()))))
    }

    /// Length in bytes of the longest word that `text` begins with.
    pub(crate) fn begins(&self, text: &str) -> Option<usize> {
        self.heads().at_head(text).map(|((), length)| length)
    }

    /// Length in bytes of the longest word that `text` ends with.
    pub(crate) fn ends(&self, text: &str) -> Option<usize> {
        self.ends
            .get_or_init(|| Words::of_ends(self.words().map(|word| (word, ()))))
            .at_end(text)
            .map(|((), length)| length)
    }

    /// Whether a word of the list stands anywhere in `text`.
    pub(crate) fn within(&self, text: &str) -> bool {
        let mut stands = false;
        self.heads().each_at_head(text, |()| stands = true);
        stands
    }
}

macro_rules! lists {
    ($($(#[doc = $doc:literal])+ $name:ident = $($file:literal),+;)+) => {
        $($(#[doc = $doc])+
        pub(crate) static $name: WordList =
            WordList::new(concat!($(include_str!(concat!("../data/", $file))),+));)+
    };
}

lists! {
    /// Words whose last character is no time word: 青年|内.
    ENDING_LIKE_TIME = "ending_like_time.txt";
    /// Words whose first character is no operator: 内|部, 起|草.
    BEGINNING_LIKE_OPERATOR = "beginning_like_operator.txt";
    /// Longer words in which the operator stands all the same: 内|部署.
    OPERATOR_ALL_THE_SAME = "operator_all_the_same.txt";
    /// Verbs of doing and reaching that are never nouns before a noun.
    VERBS = "verbs.txt", "coming_about.txt";
    /// Verbs that make a noun with the noun behind them: 建设|任务.
    NOUN_VERBS = "noun_verbs.txt";
    /// Verbs of growth that bind only with a count: 新增床位500张.
    COUNTED_VERBS = "counted_verbs.txt";
    /// Verbs that bind a day or a month, and a year only with a count: 加装电梯20部, but not 2021年加装计划.
    VERBS_OF_DAYS = "verbs_of_days.txt";
    /// Verbs with which a thing comes about: 竣工.
    CLOSING_VERBS = "closing_verbs.txt", "coming_about.txt";
    /// Verbs without an object, which before a noun say what it is: 竣工项目.
    COMING_ABOUT = "coming_about.txt";
    /// Verbs of which the rest of the sentence is the object: 确保.
    RAISING = "raising.txt";
    /// What stands behind a count of things: 个, 平方米.
    MEASURES = "measures.txt";
    /// Nouns that end a noun phrase: 任务, 情况.
    HEADS = "heads.txt";
    /// What stands between a time and its verb: 要, 全面.
    ADVERBS = "adverbs.txt";
    /// What opens a predicate without a verb of its own: 对, 将.
    OPENERS = "openers.txt";
    /// Words that take a time as part of their object: 按照, 落实.
    GOVERNORS = "governors.txt";
    /// How the name of a body ends.
    BODY_ENDINGS = "body_endings.txt";
    /// Words of reports on what was: 已, 累计.
    REPORTS = "reports.txt";
    /// Words in which a word of reports is none: 了解.
    NO_REPORTS = "no_reports.txt";
    /// Words before a length that is a goal: 压缩, 控制在.
    GOALS = "goals.txt";
    /// Words right before a length that is no deadline: 毕业, 近.
    NOT_BEFORE_LENGTH = "not_before_length.txt";
    /// Words right behind a length that is no deadline: 未, 连续.
    NOT_AFTER_LENGTH = "not_after_length.txt";
    /// Words with which a law begins to hold: 施行, 生效.
    COMING_INTO_FORCE = "coming_into_force.txt";
    /// What 一 right behind a period counts: 每周一调度, 半年一通报.
    ONCE_NOUNS = "once_nouns.txt";
    /// Ongoing: 长期坚持.
    ONGOING = "ongoing.txt";
    /// Names that carry a span in a bracket: 计划（2021—2023年）.
    NAMES = "names.txt";
    /// What a bracket behind a time holds that only says that its last day counts: （含）.
    INCLUSIVE = "inclusive.txt";
    /// Verbs that open an event: 收到, 接到.
    EVENT_VERBS = "event_verbs.txt";
    /// Ends of events before 前 or a count: 召开, 届满.
    EVENT_ENDINGS = "event_endings.txt";
    /// Words before a time that is the last: 最迟, 不晚于.
    LIMITS = "limits.txt";
    /// Words behind 自 that only seem to make another word with it: 自|评估.
    AFTER_SINCE = "after_since.txt";
    /// Nouns of a label that ends with a time: 时间, 期限.
    TIME_NOUNS = "time_nouns.txt";
    /// What holds for a time, or is counted up to it: 过渡期, 年龄计算.
    VALIDITY = "validity.txt";
    /// Whom or what a rate counts: 人, 亩.
    RATE_HEADS = "rate_heads.txt";
}

/// A bracket that explains a time is not longer, in characters.
pub(crate) const LONGEST_GLOSS: usize = 16;

/// Nouns for a stage of the work: 动员部署阶段.
pub(crate) const PHASES: [&str; 4] = ["阶段", "步骤", "环节", "时段"];

/// Whether what a bracket behind a time holds only explains the time: 第3周周五, 建军节, 暂定; not another time
/// (12月25日前), nor what is counted with it (含周末).
pub(crate) fn explains(inside: &str) -> bool {
    let mark = |c: char| matches!(c, '。' | '；' | ';' | '：' | ':' | '\n' | '（' | '(' | '《' | '》');
    let dated = || {
        let mut words = inside.char_indices();
        words.any(|(at, c)| {
            matches!(c, '年' | '月' | '日' | '号')
                && inside[..at].trim_end().ends_with(|c: char| numeral::arabic_digit(c).is_some())
        })
    };
    let lunar = ["农历", "阴历", "農曆"].iter().any(|word| inside.starts_with(word));
    let counted = ["含", "不含", "包括", "不包括"].iter().any(|word| inside.starts_with(word));
    !inside.is_empty() && !inside.contains(mark) && !counted && (lunar || !dated())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longest_word_wins() {
        let list = WordList::new("# verbs\n建\n建成\n\n完成");
        assert_eq!(list.begins("建成投用"), Some(6));
        assert_eq!(list.ends("全部建成"), Some(6));
        assert_eq!(list.begins("投用"), None);
        assert!(list.within("全部建成投用"));
    }
}
