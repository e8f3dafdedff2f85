//! Whether an expression binds an action: a deadline, or only a time that is spoken of.
//!
//! 2021年6月底前 binds unless something speaks against it; a bare 2021年 binds only before a verb of
//! doing or reaching, because before a noun it says what the noun is (2021年工作要点).

mod bare;
mod cycle;
mod length;
mod predicate;
mod report;

use duban_document::numeral;
use time::Date;

use crate::calendar::{MonthWord, Partial, Scale, YearWord};
use crate::grammar::{Binding, Event, Expression, Form, Group};
use crate::resolve::Lead;
use crate::words::{
    ADVERBS, BODY_ENDINGS, COMING_INTO_FORCE, EVENT_ENDINGS, HEADS, LIMITS, NOT_AFTER_LENGTH,
    NOT_BEFORE_LENGTH, NOUN_VERBS, TIME_NOUNS, VALIDITY, VERBS,
};
use crate::{PlanYear, TimeContext, TimeMention, TimeValue, YearOrigin};

/// How far words around a time are looked at, in characters.
const NEAR: usize = 32;

/// An event in a slot and its verb are not longer.
const LONGEST_EVENT: usize = 12;

/// Verbs that take what is done for an object: 完成登记, 办理变更.
const FULFILLING: [&str; 5] = ["完成", "办理", "办结", "注册", "申请"];

/// The words around an expression.
#[derive(Clone, Copy)]
pub(crate) struct Place<'t> {
    /// Its line up to the expression, white space at the end gone.
    before: &'t str,
    /// The text behind it, white space at the start gone.
    after: &'t str,
    slot: bool,
    /// Whether white space stands before the expression.
    spaced: bool,
    /// Whether it goes on after the plan's year, so that nobody can report on it.
    ahead: bool,
}

impl<'t> Place<'t> {
    /// The words around `group` in `text`.
    pub(crate) fn new(text: &'t str, group: &Group, slot: bool) -> Self {
        let range = group.range();
        let before = tail(text.get(..range.start).unwrap_or_default(), 2 * NEAR);
        let line = before.rfind('\n').map_or(before, |at| before.get(at..).unwrap_or_default());
        let after = head(text.get(range.end..).unwrap_or_default(), 3 * NEAR);
        Self {
            before: without_particle(line.trim_end_matches([' ', '\t', '\u{3000}', '\u{a0}'])),
            after: after.trim_start_matches([' ', '\t', '\u{3000}', '\u{a0}']),
            slot,
            ahead: false,
            spaced: line.ends_with([' ', '\t', '\u{3000}', '\u{a0}']),
        }
    }

    /// What 到, 至 or 不晚于 right before makes of it: only the end counts.
    pub(crate) fn lead(&self) -> Lead {
        if self.limited().is_some() {
            return Lead { to: true };
        }
        let to = ["到", "至", "截止"].iter().any(|word| {
            let compounds =
                if *word == "到" { "达得收接看做找遇感想受遭" } else { "乃甚以冬夏" };
            self.before
                .strip_suffix(word)
                .is_some_and(|rest| rest.chars().next_back().is_none_or(|c| !compounds.contains(c)))
        });
        Lead { to }
    }

    /// The words of its clause before 最迟, 不晚于 and the like where one stands right before it.
    fn limited(&self) -> Option<&'t str> {
        let clause = self.clause_before();
        let shorter = clause.trim_end_matches(['于', '在', '到', '至']);
        let cut = |words: &'t str| words.get(..words.len() - LIMITS.ends(words)?);
        cut(clause).or_else(|| cut(shorter))
    }

    /// The words before it in its clause.
    fn clause_before(&self) -> &'t str {
        let start = self.before.char_indices().rev().find(|(_, c)| is_clause_break(*c));
        start.map_or(self.before, |(at, c)| self.before.get(at + c.len_utf8()..).unwrap_or_default())
    }

    /// Whether the sentence behind it reports what was.
    fn reports(&self) -> bool {
        report::reports(self.sentence_behind())
    }

    /// What stands behind it in its sentence, as far as is looked.
    fn sentence_behind(&self) -> &'t str {
        let end = self.after.find(['。', '；', ';', '\n']).unwrap_or(self.after.len());
        head(self.after.get(..end).unwrap_or_default(), NEAR)
    }
}

/// Whether `group` binds an action; `mentions` are its values.
pub(crate) fn binds(
    place: Place<'_>,
    group: &Group,
    mentions: &[TimeMention],
    context: &TimeContext,
) -> bool {
    let Some(last) = group.items.last() else { return false };
    if place.slot {
        return !is_year_of_event(place, last) && !is_sum(place, last);
    }
    match &last.form {
        Form::Point(_) | Form::Span(..) => {
            let spoken = mentions.iter().all(|mention| {
                is_past(mention, last, context.plan_year)
                    || is_unknown_start(mention, last, place)
                    || is_state(mention, place, context.issued)
            });
            let over = || mentions.iter().all(|mention| is_over(mention, context.issued));
            let since = is_since(last);
            if spoken || is_told(last) && over() && report::recalls(place, since) {
                return false;
            }
            let ahead = mentions.iter().all(|mention| is_ahead(mention, context.plan_year));
            dated(Place { ahead, ..place }, last)
        }
        Form::Length(length, event) => length::binds(place, *length, event, last.operator.is_some()),
        Form::Cycle(recurrence) => cycle::binds(place, recurrence),
        Form::Today | Form::Ongoing => false,
    }
}

/// 登记当月起, 登记次月起: a start that nothing places is an event without a count; 下月起 alone is none.
fn is_unknown_start(mention: &TimeMention, last: &Expression, place: Place<'_>) -> bool {
    let from = last.operator.as_ref().is_some_and(|operator| operator.kind == Binding::From);
    let told = || bare::opens_clause(place.before) || BODY_ENDINGS.ends(place.before).is_some();
    let month = match &last.form {
        Form::Point(date) if date.month == MonthWord::Next => !told(),
        Form::Point(date) => date.month == MonthWord::This,
        _ => false,
    };
    from && month && matches!(mention.value, TimeValue::Date { start: None, .. })
}

/// Whether a length in a bracket adds up the span before it: 9月1日至12月30日（4个月）.
fn is_sum(place: Place<'_>, last: &Expression) -> bool {
    let length = matches!(last.form, Form::Length(_, Event::None)) && last.operator.is_none();
    let span = || place.before.strip_suffix(['（', '('])?.chars().next_back();
    length
        && place.after.starts_with(['）', ')'])
        && matches!(span(), Some('日' | '号' | '旬' | '底' | '末' | '月' | '年'))
}

/// Whether the year at the end of a slot's time is that of an event, which no day is known of: 2023年春节前.
fn is_year_of_event(place: Place<'_>, last: &Expression) -> bool {
    let (Form::Point(date) | Form::Span(_, date)) = &last.form else { return false };
    if date.scale() != Some(Scale::Year) || last.operator.is_some() || date.edge.is_some() {
        return false;
    }
    let clause = head(place.after.split(is_clause_break).next().unwrap_or_default(), LONGEST_EVENT);
    let before = clause.char_indices().skip(2).find(|(_, c)| *c == '前');
    before.is_some_and(|(at, c)| {
        let rest = &clause[at + c.len_utf8()..];
        rest.is_empty() || predicate::opens_predicate(rest)
    })
}

/// 截至5月底 in a notice of June says what was reached by then. Where no day of issue is known, the words tell.
fn is_state(mention: &TimeMention, place: Place<'_>, issued: Option<Date>) -> bool {
    let clause = place.clause_before();
    let Some(before) = ["截至", "截止到", "截止"].iter().find_map(|word| clause.strip_suffix(word))
    else {
        return false;
    };
    match (issued, &mention.value) {
        (Some(issued), TimeValue::Date { due: Some(due), .. }) => *due < issued,
        (None, _) => before.trim().is_empty() && report::states(place.sentence_behind()),
        _ => false,
    }
}

/// Whether a date lies before the plan's year; 12月底前 of the year before may still be asked for, and
/// what began then goes on.
fn is_past(mention: &TimeMention, last: &Expression, plan: Option<PlanYear>) -> bool {
    let (Some(plan), TimeValue::Date { start, due }) = (plan, &mention.value) else { return false };
    let Some(year) = due.or(*start).map(Date::year) else { return false };
    let kind = last.operator.as_ref().map(|operator| operator.kind);
    let exact =
        matches!(&last.form, Form::Point(date) if date.scale().is_some_and(|scale| scale < Scale::Half));
    let recent = kind == Some(Binding::From) || kind == Some(Binding::Before) && exact;
    mention.year_from == Some(YearOrigin::Text) && year < plan.year - i32::from(recent)
}

/// Whether a period or a day, or the day from which something is done, lies before the day of issue.
fn is_over(mention: &TimeMention, issued: Option<Date>) -> bool {
    let (Some(issued), TimeValue::Date { start, due }) = (issued, &mention.value) else { return false };
    due.or(*start).is_some_and(|day| day < issued)
}

/// Whether what was done may be told of the time: 1—9月, 5月起, but not 9月底前.
fn is_told(last: &Expression) -> bool {
    let kind = last.operator.as_ref().map(|operator| operator.kind);
    matches!(kind, None | Some(Binding::Edge | Binding::Through | Binding::From))
}

/// Whether only the day is told from which something is done: 5月起.
fn is_since(last: &Expression) -> bool {
    last.operator.as_ref().is_some_and(|operator| operator.kind == Binding::From)
}

/// Whether a period ends after the plan's year.
fn is_ahead(mention: &TimeMention, plan: Option<PlanYear>) -> bool {
    let (Some(plan), TimeValue::Date { due: Some(due), .. }) = (plan, &mention.value) else { return false };
    due.year() > plan.year
}

fn dated(place: Place<'_>, last: &Expression) -> bool {
    if is_object(place) || is_done(place) || is_of_last_year(place, last) {
        return false;
    }
    let cited = ["以来", "来", "以上", "以下", "版", "届", "同期", "水平"];
    if is_validity(place) || is_edition(place.after) || cited.iter().any(|word| place.after.starts_with(word))
    {
        return false;
    }
    if let (Form::Point(date), Some(words)) = (&last.form, place.limited()) {
        return is_last(place, date, words);
    }
    let kind = last.operator.as_ref().map(|operator| operator.kind);
    let date = match &last.form {
        Form::Span(None, _) => return true,
        Form::Point(date) | Form::Span(_, date) => date,
        _ => return false,
    };
    if date.weekday.is_some() && kind.is_none() {
        return false;
    }
    if matches!(last.form, Form::Span(..)) && place.before.ends_with(['自', '从', '從']) {
        return !is_attribute(place) && HEADS.begins(place.after).is_none();
    }
    match kind {
        Some(Binding::From) => begins_action(place) && !report::tells_done(place.after),
        Some(Binding::Before | Binding::Until) => !is_attribute(place) && !report::tells_done(place.after),
        Some(Binding::Through) if matches!(last.form, Form::Span(..)) => {
            !is_attribute(place) && !is_of_thing(place.after) && HEADS.begins(place.after).is_none()
        }
        Some(Binding::Within) => !is_attribute(place) && !is_vague(date, place) && !is_condition(place),
        // 可延长至15日: so many days.
        _ if place.lead().to && is_length(place, date) => false,
        _ if place.lead().to && matches!(last.form, Form::Point(_)) => reaches(place),
        Some(Binding::Edge) if date.plan.is_some() => !is_attribute(place),
        _ => bare::binds(place, last, date),
    }
}

/// Whether 最迟9月底 or 时间不晚于6月30日 is the last time of an action: not 不超过2022年, a comparison,
/// nor 登记时间不晚于6月30日, a condition.
fn is_last(place: Place<'_>, date: &Partial, words: &str) -> bool {
    let timed = LIMITS.ends(words).is_some() || TIME_NOUNS.ends(words).is_some();
    let amount = !timed && place.before.ends_with("超过");
    let condition = TIME_NOUNS
        .ends(words)
        .is_some_and(|length| NOT_BEFORE_LENGTH.ends(&words[..words.len() - length]).is_some());
    let day = date.day.is_none() || date.month != MonthWord::None;
    let compared = amount && !predicate::opens_predicate(place.after);
    day && !compared && !condition && !is_attribute(place) && HEADS.begins(place.after).is_none()
}

/// 有效期至2023年底, 过渡期自7月1日起至年底止, 1月1日前，原证继续有效: how long something holds, or what a number is of.
fn is_validity(place: Place<'_>) -> bool {
    let clause = place.clause_before();
    if ["有效期", "保质期"].iter().any(|word| clause.contains(word)) {
        return true;
    }
    let between = |c: char| matches!(c, '为' | '是' | '至' | '到' | '自' | '从' | '截' | '：' | ':');
    let words = place.before.trim_end_matches(between);
    let said = ["暂定", "延长", "延续", "顺延", "截止"]
        .iter()
        .find_map(|word| words.strip_suffix(word))
        .unwrap_or(words);
    if said.len() < place.before.len() && VALIDITY.ends(said.trim_end_matches(between)).is_some() {
        return true;
    }
    let behind = place.after.strip_prefix(['，', ',']).and_then(|rest| rest.split(is_clause_break).next());
    behind.is_some_and(|clause| clause.ends_with("继续有效") || clause.ends_with("仍然有效"))
}

/// 对6月底前到期的贷款: the time belongs to what the preposition takes.
fn is_object(place: Place<'_>) -> bool {
    let before = place.clause_before().trim_end_matches(['在', '于', '自', '从']);
    let taken = ["对", "对于", "凡", "凡是", "将", "把"].iter().any(|word| before.ends_with(word));
    taken && place.after.split(is_clause_break).next().is_some_and(|clause| clause.contains('的'))
}

/// 已于3月底前完成, 经3月1日全体会议通过: when something was done.
fn is_done(place: Place<'_>) -> bool {
    place.before.trim_end_matches(['于', '在']).ends_with(['已', '经'])
}

/// 去年8月, whose year is in the words before it.
fn is_of_last_year(place: Place<'_>, last: &Expression) -> bool {
    let point = matches!(&last.form, Form::Point(date) if date.year == YearWord::None);
    point && ["去年", "上年", "前年", "上一年"].iter().any(|year| place.before.ends_with(year))
}

/// （2019年修订）, 2020年修正版, and the imprint 2021年7月28日印发.
fn is_edition(after: &str) -> bool {
    let rest =
        ["修订", "修正", "修改", "通过", "印发", "发布"].iter().find_map(|word| after.strip_prefix(word));
    // 修订本, but not 印发|本地区方案.
    let rest = rest.map(|rest| rest.strip_prefix('本').filter(|rest| ends_name(rest)).unwrap_or(rest));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['）', ')', '版', '的', '\n']))
}

/// Whether nothing of a name follows.
fn ends_name(rest: &str) -> bool {
    rest.starts_with(|c| is_clause_break(c) || matches!(c, '的' | '》'))
}

/// 当年内 and the like follow from the noun before them.
fn is_vague(date: &Partial, place: Place<'_>) -> bool {
    matches!(date.year, YearWord::FromPlan(_)) && place.before.ends_with(['的', '其'])
}

/// 年内两次被通报的: what happens to whom is spoken of.
fn is_condition(place: Place<'_>) -> bool {
    let clause = place.after.split(is_clause_break).next().unwrap_or_default();
    NOT_AFTER_LENGTH.begins(place.after).is_some() && clause.contains('被') && clause.contains('的')
}

/// X起 begins an action, unless a law begins to hold.
fn begins_action(place: Place<'_>) -> bool {
    if place.after.starts_with(['的', '算', '计']) {
        return false;
    }
    let words = place.after.trim_start_matches(['正', '式', '全', '面', '开', '始']);
    let Some(length) = COMING_INTO_FORCE.begins(words) else { return true };
    words
        .get(length..)
        .and_then(|rest| rest.trim_start().chars().next())
        .is_some_and(|c| !is_clause_break(c) && c != '的')
}

/// Whether `words`, behind 期间, open with what happened to a thing and with 的: 新购进的设备, 发生的贷款利息; not
/// 全县的景点, a place.
fn is_of_thing(words: &str) -> bool {
    /// Characters between 期间 and its 的 at most.
    const LONGEST: usize = 5;
    let mut near = words.char_indices().take(LONGEST + 1).take_while(|(_, c)| !is_clause_break(*c));
    let end = near.find(|(_, c)| *c == '的').map(|(at, _)| &words[..at]);
    end.is_some_and(|done| {
        // 加强|学生的安全教育, 严格|水库的调度 tell what to do.
        let event = done.trim_start_matches(['新', '已']);
        let happened = match ADVERBS.begins(event) {
            Some(length) => behind_verb(&event[length..]) == Some(""),
            None => behind_verb(event).is_none_or(str::is_empty),
        };
        happened && BODY_ENDINGS.ends(done).is_none() && !done.starts_with(['将', '把', '对'])
    })
}

/// Whether what follows is a noun that the time only describes: 前的, 前建成的小区, 前仍在册的对象.
fn is_attribute(place: Place<'_>) -> bool {
    let words = place.after.trim_start_matches(['已', '未', '尚', '新', '仍']);
    let registered = ["在册", "在校", "在岗", "在库", "在职"]
        .iter()
        .any(|state| words.strip_prefix(state).is_some_and(|rest| rest.starts_with('的')));
    if words.starts_with('的')
        || ["出生", "年满", "户籍"].iter().any(|word| words.starts_with(word))
        || registered
        || is_founded(words)
    {
        return true;
    }
    // 动态|新增的对象; 重点|打造的村全部建成 and 将|汇总的名单报送 have another verb.
    let adverb = ADVERBS.begins(words).filter(|_| !words.starts_with('将'));
    let how = adverb.and_then(|length| behind_verb(&words[length..]));
    if how.is_some_and(|rest| rest.starts_with('的') && !acts_near(rest)) && behind_verb(words).is_none() {
        return true;
    }
    // 12月31日前以县政府名义印发的文件.
    if words.starts_with('以') {
        let clause = words.split(is_clause_break).next().unwrap_or_default();
        if clause.find("名义").is_some_and(|at| clause[at..].contains('的')) {
            return true;
        }
    }
    if place.after.starts_with("已") {
        return true;
    }
    let Some(rest) = behind_verb(words) else { return false };
    // 注册登记的企业, 完成登记的企业; not 公布取消的事项, nor 完成整改的验收.
    let brought = FULFILLING.iter().any(|verb| words.starts_with(verb));
    let second = || behind_verb(rest).filter(|_| brought).and_then(|rest| rest.strip_prefix('的'));
    rest.starts_with('的')
        || second().is_some_and(|noun| {
            behind_verb(noun).is_none() && (HEADS.begins(noun).is_none() || predicate::opens_with_thing(noun))
        })
}

/// Whether `words` say who or what was registered by then: 经民政部门登记成立的社会团体, 在县市场监管局注册的企业.
fn is_founded(words: &str) -> bool {
    let of = words.trim_start_matches(['，', ',']);
    let clause = of.split(is_clause_break).next().unwrap_or_default();
    let Some((done, _)) = clause.split_once('的').filter(|_| of.starts_with(['经', '在'])) else {
        return false;
    };
    ["成立", "登记", "注册", "核准", "备案", "认定"].iter().any(|verb| done.ends_with(verb))
}

/// `words` without the verb that they open with.
fn behind_verb(words: &str) -> Option<&str> {
    let verb = VERBS.begins(words).or_else(|| NOUN_VERBS.begins(words));
    // 会 and 考 are as short as no verb here.
    let verb = verb.or_else(|| EVENT_ENDINGS.begins(words).filter(|length| *length > '会'.len_utf8()));
    words.get(verb?..)
}

/// Whether a verb stands near in the clause that `words` begin with.
fn acts_near(words: &str) -> bool {
    /// Characters that are looked through.
    const NEAR: usize = 40;
    let mut near = words.char_indices().take(NEAR).take_while(|(_, c)| !is_clause_break(*c));
    near.any(|(at, _)| behind_verb(&words[at..]).is_some())
}

/// Whether a day without a month is how long something is made to last: 延长至15日, 压缩到7日.
fn is_length(place: Place<'_>, date: &Partial) -> bool {
    let words = place.before.trim_end_matches(['至', '到']);
    let changed =
        ["延长", "延期", "缩短", "压缩", "缩减", "减少", "放宽"].iter().any(|verb| words.ends_with(verb));
    date.day.is_some() && date.month == MonthWord::None && changed
}

/// 到2025年 is an aim, unless it is compared with or reported on.
fn reaches(place: Place<'_>) -> bool {
    let compared = ["标准", "平均", "基数", "的", "目前"].iter().any(|word| place.after.starts_with(word));
    let until =
        place.before.ends_with("截至") || place.before.ends_with("截止到") || place.before.ends_with("截止");
    let data = ["数据截", "统计截"].iter().any(|word| place.clause_before().contains(word));
    !(compared || data || until && place.reports())
}

/// `before` without 原则上, which is no 上, and 一是 at the head of a clause, which is no predicate.
fn without_particle(before: &str) -> &str {
    if let Some(rest) = before.strip_suffix("原则上") {
        return rest;
    }
    let counted = before.strip_suffix('是').and_then(|rest| rest.strip_suffix(numeral::is_han_numeral));
    counted
        .filter(|rest| rest.chars().next_back().is_none_or(|c| is_clause_break(c) || c.is_whitespace()))
        .unwrap_or(before)
}

/// Marks that end a clause.
fn is_clause_break(c: char) -> bool {
    matches!(c, '，' | ',' | '。' | '；' | ';' | '：' | ':' | '！' | '？' | '\n' | '（' | '(' | '）' | ')')
}

/// The first `count` characters of `text`.
fn head(text: &str, count: usize) -> &str {
    let mut chars = text.chars();
    if let Some(last) = count.checked_sub(1) {
        chars.nth(last);
    }
    &text[..text.len() - chars.as_str().len()]
}

/// The last `count` characters of `text`.
fn tail(text: &str, count: usize) -> &str {
    let start = text.char_indices().rev().nth(count).map_or(0, |(at, c)| at + c.len_utf8());
    text.get(start..).unwrap_or_default()
}
