//! Sentences that say how all that follows is to be read: 排在第一位的为牵头单位，下同; 以下均需…落实，不再列出.

use std::ops::Range;
use std::sync::LazyLock;

use duban_document::Words;
use regex::Regex;

use super::cues::{FIRST, NOT_AGAIN};
use crate::bodies::names;
use crate::marks::is_open;
use crate::slots::role_of;

/// The first of a list leads.
static FIRST_LEADS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let first = "(?:第一|首)(?:位|个|家|名|序位|责任)?";
    let who = "[^，。；、：\\n]{0,12}?(?:为|是|系|即为|作为)(?:总|主|主要|工作|任务)?";
    let leader = "(?:牵头|主办|主责)(?:责任)?(?:单位|部门|处室|科室)";
    let stands = "(?:均|应|要)?(?:排|列|放|位|居)(?:名|列)?(?:在|于|为)?";
    let named = "(?:排|列|位)(?:名|列)?(?:在|于)?";
    let acts = "(?:的|者)?(?:责任)?(?:单位|部门)?(?:负责)?牵头";
    let all = format!("{first}{who}(?:牵头|主办|主责|第一责任)|{leader}{stands}{first}|{named}{first}{acts}");
    Regex::new(&all).ok()
});

/// All later items are also for the bodies named: 以下任务均需各乡镇落实.
static FOLLOWING: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new("(?:均|都|皆|一律)(?:需要|需|须|要|应当|应|由|请|为|属于|涉及)+").ok());

/// Whether `text` says that the first of each list leads.
pub(crate) fn first_leads(text: &str) -> bool {
    // Cheap tests first: nearly no text says so.
    (text.contains("牵头") || text.contains("主办") || text.contains("主责"))
        && FIRST_LEADS.as_ref().is_some_and(|rule| rule.is_match(text))
}

/// Whether `part` of a value is a rule or part of one, and no list of bodies.
pub(super) fn is_rule(part: &str) -> bool {
    let part = part.trim();
    let rules = || RULING.next_at_head(part, 0).is_some();
    matches!(part, "下同" | "以下同" | "下同。")
        || (rules() && (says_not_repeated(part) || first_leads(part)))
}

/// Words of which each rule holds one.
static RULING: LazyLock<Words<()>> =
    LazyLock::new(|| Words::of_heads(FIRST.iter().chain(&NOT_AGAIN).map(|word| (*word, ()))));

/// 不再列出, 不再一一列举, 不另注明.
fn says_not_repeated(part: &str) -> bool {
    NOT_AGAIN.iter().any(|word| part.contains(word))
        && ["列", "赘", "标", "注", "重复", "说明", "分工"].iter().any(|word| part.contains(word))
}

/// `part` behind 以下均需 and the like; all of it where it does not begin so.
pub(super) fn behind_for_all(part: &str) -> &str {
    let head = part.trim_start();
    let begins = head.starts_with(['以', '上', '下', '所', '各'])
        && ["以下", "以上", "上述", "下列", "所有", "各项"].iter().any(|word| head.starts_with(word));
    let rule = FOLLOWING.as_ref().filter(|_| begins).and_then(|rule| rule.find(part));
    rule.and_then(|rule| part.get(rule.end()..)).unwrap_or(part)
}

/// Bodies that a sentence of `text` names for everything that follows: the ranges of their names.
///
/// It says so with 均 or 都 and adds that they are not named again.
pub(super) fn named_for_all(text: &str) -> Vec<Range<usize>> {
    let mut named = Vec::new();
    let mut start = 0;
    for (at, mark) in text.match_indices(['。', '；', ';', '\n']).chain([(text.len(), "")]) {
        let sentence = start..at;
        start = at + mark.len();
        if text.get(sentence.clone()).is_some_and(says_not_repeated) {
            named.extend(bodies_for_all(text, sentence));
        }
    }
    named
}

fn bodies_for_all(text: &str, sentence: Range<usize>) -> Vec<Range<usize>> {
    let words = text.get(sentence.clone()).unwrap_or_default();
    let Some(rule) = FOLLOWING.as_ref().and_then(|rule| rule.find(words)) else { return Vec::new() };
    let behind = sentence.start + rule.end()..sentence.end;
    let found = super::roles::read(text, behind).bodies;
    let is_body = |range: &Range<usize>| {
        let label = || text.get(range.clone()).and_then(role_of);
        names::is_body_at(text, range.clone()) && label().is_none()
    };
    let bodies: Vec<_> = found.into_iter().map(|body| body.range).filter(is_body).collect();
    if !bodies.is_empty() {
        return bodies;
    }
    // 各乡镇均为责任单位: the bodies stand before.
    let before = words.get(..rule.start()).unwrap_or_default();
    let own = before.rsplit(['，', ',', '：', ':']).next().unwrap_or_default().trim_start_matches(is_open);
    let from = sentence.start + rule.start() - own.len();
    let members = names::members(text, from..sentence.start + rule.start());
    members.into_iter().map(|member| member.range).filter(is_body).collect()
}
