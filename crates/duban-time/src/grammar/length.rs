//! Lengths of time and what they count from: 文件公布后3个工作日内, 会前3日, 提前5天, 用3—5年时间.

use std::ops::Range;

use super::{Binding, Event, Form, Group, Operator, Reader};
use crate::LengthUnit;
use crate::token::{Kind, Length};
use crate::words::{
    ADVERBS, AFTER_SINCE, BODY_ENDINGS, EVENT_ENDINGS, EVENT_VERBS, LIMITS, NOT_BEFORE_LENGTH, NOUN_VERBS,
    TIME_NOUNS, VERBS,
};

/// A longer event is no event but a sentence.
const LONGEST_EVENT: usize = 36;

/// A longer subject before a length is a clause.
const LONGEST_SUBJECT: usize = 12;

/// Verbs that take no time themselves, so that a length right behind them counts from them.
const OVER: [&str; 15] = [
    "印发", "下发", "发布", "公布", "结束", "届满", "期满", "生效", "竣工", "签订", "签约", "出台", "批复",
    "到任", "离岗",
];

/// Words that end in 考 and are no examination: 参考|前3年.
const NO_EXAMINATION: [&str; 4] = ["参考", "备考", "思考", "报考"];

/// Modals and the like that are no part of an event.
const MODALS: [&str; 8] = ["原则上", "应当", "必须", "务必", "务须", "需要", "一律", "及时"];

/// Verbs of telling, whose object may be what was the day before.
const TOLD: [&str; 4] = ["报送", "发布", "公布", "公示"];

/// A noun and its verb are not shorter.
const SHORTEST_CLAUSE: usize = 4;

impl Reader<'_> {
    /// A length that is a time: with 内, with its event, as 用…时间, or alone in a slot.
    pub(super) fn length(&self, at: usize) -> Option<Group> {
        let (length, next) = self.bare_length(at)?;
        let start = self.start(at);
        let operator = self.operator(next).filter(|(operator, _)| operator.kind == Binding::Within);
        if let Some(end) = self.time_noun(start, self.end(next)) {
            return Some(Group::single(start..end, Form::Length(length, Event::Time), None, next));
        }
        // 限期一个月整改 is as good as 一个月内.
        let years = length.unit == LengthUnit::Year;
        let limited = !years && self.text.get(..start)?.trim_end().ends_with("限期");
        let days = matches!(self.tokens.get(at)?.kind, Kind::Day(_));
        if days && operator.is_none() && !limited {
            return self.days_ahead(at, length);
        }
        let (event, start) = self.event(start, operator.is_some());
        let (operator, next) = match operator {
            Some((operator, next)) => (Some(operator), next),
            None if event == Event::None && !self.slot && !limited => return None,
            None => (None, next),
        };
        Some(Group::single(start..self.end(next), Form::Length(length, event), operator, next))
    }

    /// 提前5个工作日.
    pub(super) fn ahead(&self, at: usize) -> Option<Group> {
        let (length, next) = self.bare_length(at + 1).filter(|_| self.joined(at + 1).is_some())?;
        (length.unit != LengthUnit::Year).then_some(())?;
        let operator = Operator { kind: Binding::Before, range: self.tokens.get(at)?.range.clone() };
        let range = self.start(at)..self.end(next);
        Some(Group::single(range, Form::Length(length, Event::Before), Some(operator), next))
    }

    /// 3个工作日, 30日 before 内, 3～5年 (which takes its longest value).
    fn bare_length(&self, at: usize) -> Option<(Length, usize)> {
        match self.tokens.get(at)?.kind {
            Kind::Length(length) => {
                let ranged = self.joined(at + 1) == Some(Kind::To);
                match self.joined(at + 2) {
                    Some(Kind::Length(longest)) if ranged => Some((longest, at + 3)),
                    _ => Some((length, at + 1)),
                }
            }
            Kind::Day(day) => Some((Length { count: u32::from(day), unit: LengthUnit::Day }, at + 1)),
            Kind::Number(_) if self.joined(at + 1) == Some(Kind::To) => match self.joined(at + 2)? {
                Kind::Length(longest) => Some((longest, at + 3)),
                Kind::Day(day) if self.joined(at + 3) == Some(Kind::Within) => {
                    Some((Length { count: u32::from(day), unit: LengthUnit::Day }, at + 3))
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// End of 时间 or 努力 behind a length that 用 or 通过 opens.
    fn time_noun(&self, start: usize, end: usize) -> Option<usize> {
        let before = self.text.get(..start)?.trim_end();
        let opens = ["用", "以", "花", "利用", "通过", "经过", "經過", "力争", "争取"];
        let before = before.trim_end_matches(['约', '近', '大']);
        opens.iter().any(|word| before.ends_with(word)).then_some(())?;
        let rest = self.text.get(end..)?;
        let noun = rest.trim_start().trim_start_matches("左右").trim_start_matches('的');
        let word = ["时间", "時間", "努力"].into_iter().find(|word| noun.starts_with(word))?;
        Some(end + rest.len() - noun.len() + word.len())
    }

    /// 活动举办5日前, where the day is a length because an event stands before it.
    fn days_ahead(&self, at: usize, length: Length) -> Option<Group> {
        let start = self.start(at);
        if let Some(from) = self.event_ahead(start) {
            let form = Form::Length(length, Event::Before);
            return Some(Group::single(from..self.end(at + 1), form, None, at + 1));
        }
        let (operator, next) =
            self.operator(at + 1).filter(|(operator, _)| operator.kind == Binding::Before)?;
        let before = self.text.get(..start)?.trim_end();
        EVENT_ENDINGS.ends(before)?;
        let from = self.event_start(before.len());
        Some(Group::single(from..self.end(next), Form::Length(length, Event::Before), Some(operator), next))
    }

    /// The event before a length, and where the whole begins.
    fn event(&self, start: usize, bounded: bool) -> (Event, usize) {
        if let Some(from) = self.event_ahead(start) {
            return (Event::Before, from);
        }
        let Some(before) = self.text.get(..start) else { return (Event::None, start) };
        let (words, apart) = skip_between(before);
        let unmarked = || self.unmarked_event_end(words).filter(|_| bounded);
        let of_body = || self.event_before_body(words).filter(|_| bounded);
        let Some(end) = event_end(words).or_else(of_body).or_else(unmarked) else {
            return (self.event_of_clause_before(start).filter(|_| bounded).unwrap_or(Event::None), start);
        };
        let from = self.event_start(end);
        let event = self.text.get(from..end).unwrap_or_default().trim();
        let long = event.chars().count() > LONGEST_EVENT;
        // 事后 is an adverb, no event.
        if event.is_empty() || event == "事" || long || apart && !bounded {
            return (Event::None, start);
        }
        let apart = apart || from + event.len() < start && self.text[from..start].contains(['，', ',']);
        (Event::After(from..from + event.len()), if apart { start } else { from })
    }

    /// Where the event ends of a clause before the body that has the time: 申请受理|后，审批部门在5日内.
    fn event_before_body(&self, words: &str) -> Option<usize> {
        let subject = self.clause_before(words.len());
        let event = self.text.get(..subject.start)?.strip_suffix(['，', ','])?;
        let body = self.text.get(subject)?;
        let acts = BODY_ENDINGS.ends(body).is_some() && !VERBS.within(body);
        event_end(event).filter(|_| acts && body.chars().count() <= LONGEST_SUBJECT)
    }

    /// Where an event without 后 ends whose words `words` end with: 接到举报|2小时内, 方案印发|一个月内.
    fn unmarked_event_end(&self, words: &str) -> Option<usize> {
        let end = words.len();
        // Behind a comma the length is that of what follows.
        let between = self.text.get(end..)?.trim_start();
        let apart = between.starts_with(['，', ',', '的']) || NOT_BEFORE_LENGTH.ends(words).is_some();
        (!apart).then_some(())?;
        // 收到通知起 is as good as 收到通知之日起.
        let end = words.strip_suffix('起').map_or(end, str::len);
        let event = self.text.get(self.event_start(end)..end)?.trim();
        // 发现的问题 is what is dealt with, 限期 no part of the event.
        let joins = |what: &str| {
            what.ends_with(['并', '且', '即', '就']) || what.ends_with("限期") || ADVERBS.ends(what).is_some()
        };
        let received = EVENT_VERBS
            .begins(event)
            .and_then(|length| event.get(length..))
            .is_some_and(|what| !what.contains('的') && TIME_NOUNS.ends(what).is_none() && !joins(what));
        let over = OVER.iter().any(|verb| event.ends_with(verb)) && event.chars().count() >= SHORTEST_CLAUSE;
        (received || over || event.ends_with("开学")).then_some(end)
    }

    /// The event of 自受理之日起，一般登记5个工作日内: a clause of its own, and who or what has the time.
    fn event_of_clause_before(&self, start: usize) -> Option<Event> {
        let subject = self.clause_before(start);
        let words = self.text.get(subject.clone())?;
        let before = self.text.get(..subject.start)?.strip_suffix(['，', ','])?;
        let noun = !words.contains(['对', '在', '于', '从', '自', '后', '起']) && !VERBS.within(words);
        let end = before.strip_suffix("之日起").or_else(|| before.strip_suffix("日起"))?.len();
        (noun && words.chars().count() <= LONGEST_SUBJECT).then_some(())?;
        let clause = self.clause_before(end);
        let opens = ["自", "从"].iter().find_map(|word| self.text.get(clause.clone())?.strip_prefix(word))?;
        (!opens.is_empty()).then(|| Event::After(end - opens.len()..end))
    }

    /// Where an event begins that 前 right before a length makes one to come (会前3日).
    fn event_ahead(&self, start: usize) -> Option<usize> {
        let before = self.text.get(..start)?.trim_end();
        let event = before.strip_suffix("之前").or_else(|| before.strip_suffix('前'))?.trim_end();
        EVENT_ENDINGS.ends(event).filter(|_| !NO_EXAMINATION.iter().any(|word| event.ends_with(word)))?;
        let told = TOLD.iter().any(|verb| event.ends_with(verb));
        (!(told && is_day_before(self.text.get(start..)?))).then_some(())?;
        Some(self.event_start(event.len()))
    }

    /// Where the words of an event that ends at `end` begin: behind the last 自, 在 or 于 of its clause,
    /// else with the clause, a subject and modals left out.
    pub(super) fn event_start(&self, end: usize) -> usize {
        let clause = self.clause_before(end);
        let text = self.text.get(clause.clone()).unwrap_or_default();
        let since =
            self.text.get(end..).unwrap_or_default().trim_start().starts_with(['之', '日', '起', '当', '次']);
        if let Some(at) = last_preposition(text, since) {
            return clause.start + at;
        }
        if let Some(at) = listed_event(text) {
            return clause.start + at;
        }
        let mark = text.char_indices().rev().find_map(|(at, c)| {
            let length = if c == '、' { Some(c.len_utf8()) } else { LIMITS.begins(&text[at..]) };
            length.map(|length| at + length)
        });
        let mut from = clause.start + mark.unwrap_or(0);
        let words = self.text.get(from..end).unwrap_or_default();
        if let Some(at) =
            words.char_indices().map(|(at, _)| at).find(|at| EVENT_VERBS.begins(&words[*at..]).is_some())
        {
            return from + at;
        }
        from += told_body(self.text.get(from..end).unwrap_or_default());
        while let Some(length) = modal(self.text.get(from..end).unwrap_or_default()) {
            from += length;
        }
        from
    }

    /// The clause that ends at `end`, as far as an event can reach.
    fn clause_before(&self, end: usize) -> Range<usize> {
        let before = self.text.get(..end).unwrap_or_default();
        let breaks = |c: char| "，,。；;：:！？!?\n（(）)".contains(c);
        let mut start = end;
        for (at, c) in before.char_indices().rev().take(LONGEST_EVENT + 4) {
            if breaks(c) {
                break;
            }
            start = at;
        }
        start..end
    }
}

/// Where an event begins whose verb has a list for an object: 收到|建议、提案, but not 收到申请、受理.
fn listed_event(event: &str) -> Option<usize> {
    let (before, last) = event.rsplit_once('、')?;
    let verb = |words: &str| {
        words.char_indices().map(|(at, _)| at).find(|at| EVENT_VERBS.begins(&words[*at..]).is_some())
    };
    if last.is_empty() || VERBS.within(last) || verb(last).is_some() || NOUN_VERBS.within(last) {
        return None;
    }
    verb(before)
}

/// Whether `words`, behind 前, open with 一日 and what it was the day of: 报送前|一日数据.
fn is_day_before(words: &str) -> bool {
    let day = ["一日", "一天", "1日", "1天"].iter().find_map(|day| words.strip_prefix(day));
    day.is_some_and(|rest| {
        let acts = VERBS.begins(rest).or_else(|| NOUN_VERBS.begins(rest)).or_else(|| ADVERBS.begins(rest));
        acts.is_none() && rest.starts_with(|c: char| c.is_alphanumeric() && !"将把对向由在".contains(c))
    })
}

/// Length of the modal at the head of `event`: 须|验收合格, but not 应急响应启动 or 新政策出台.
fn modal(event: &str) -> Option<usize> {
    if let Some(word) = MODALS.iter().find(|word| event.starts_with(**word)) {
        return Some(word.len());
    }
    let rest = event.strip_prefix(['要', '应', '须', '需', '将', '均', '都', '并', '且'])?;
    let opens = VERBS.begins(rest).or_else(|| NOUN_VERBS.begins(rest)).is_some();
    (opens || rest.starts_with(['按', '经', '由'])).then(|| event.len() - rest.len())
}

/// Length of the bodies at the head of `event` that are told to act and whose event has a subject of its
/// own: 各乡镇|文件印发, but not 各乡镇上报.
fn told_body(event: &str) -> usize {
    if !event.starts_with('各') {
        return 0;
    }
    let ends = event.char_indices().map(|(at, _)| at).skip(2).take(LONGEST_SUBJECT);
    let end = ends.filter_map(|at| event.split_at_checked(at)).find(|(body, rest)| {
        BODY_ENDINGS.ends(body).is_some() && BODY_ENDINGS.begins(rest).is_none() && !rest.starts_with('各')
    });
    let Some((body, rest)) = end else { return 0 };
    let acts = VERBS.begins(rest).or_else(|| NOUN_VERBS.begins(rest)).or_else(|| ADVERBS.begins(rest));
    let own = acts.is_none() && !rest.starts_with(['的', '在', '因', '对', '未', '已', '所']);
    if own && rest.chars().count() >= SHORTEST_CLAUSE { body.len() } else { 0 }
}

/// The words before a length without what may stand between the event and it; whether something did.
fn skip_between(before: &str) -> (&str, bool) {
    let words = before.trim_end().trim_end_matches('的');
    let mut rest = words;
    loop {
        let shorter = rest.trim_end_matches(|c| "，, 应当须需要必在于最迟均都".contains(c));
        let shorter = shorter.strip_suffix("原则上").unwrap_or(shorter);
        if shorter.len() == rest.len() {
            return (rest, rest.len() != words.len());
        }
        rest = shorter;
    }
}

/// Where an event ends whose 后 or 之日起 `words` end with.
fn event_end(words: &str) -> Option<usize> {
    let marks = [
        "之日起",
        "之日后",
        "当日起",
        "次日起",
        "当天起",
        "日起",
        "之日",
        "之后",
        "以后",
        "之後",
        "以後",
        "后",
        "後",
        "起",
    ];
    let mark = marks.into_iter().find(|mark| words.ends_with(mark))?;
    let event = words.strip_suffix(mark)?;
    let other =
        ["今", "此", "最", "然", "先", "前", "滞", "落", "善", "售", "背", "幕", "其", "年", "月", "日"];
    let is_event = !event.is_empty() && !other.iter().any(|word| event.ends_with(word));
    let since = mark == "起" && !["自", "从"].iter().any(|word| event.contains(word));
    (is_event && !since).then_some(event.trim_end().len())
}

/// Where what follows the last 自, 从, 在 or 于 of `text` begins; not that of 在线 or 关于.
///
/// Where 之日起 follows, `since`, 自 may stand before a word that it makes another with (自|评估).
fn last_preposition(text: &str, since: bool) -> Option<usize> {
    let words = [
        ('自', "", "己主行动然治身查觉愿评纠"),
        ('从', "服随遵", "业事严"),
        ('從', "服", "業事"),
        ('在', "存现正所内潜实旨", "线职建校编岗册读案途家"),
        ('于', "关对由位属基便高低优等利善终", "是"),
    ];
    text.char_indices().rev().find_map(|(at, c)| {
        let (_, before, after) = words.iter().find(|(word, _, _)| *word == c)?;
        let end = at + c.len_utf8();
        let rest = text.get(end..)?;
        let next = rest.chars().next()?;
        let previous = text.get(..at)?.chars().next_back();
        let apart = since && c == '自' && AFTER_SINCE.begins(rest).is_some();
        let own = (apart || !after.contains(next)) && !previous.is_some_and(|c| before.contains(c));
        own.then_some(end)
    })
}
