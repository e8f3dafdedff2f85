//! What is said of a subject: the modal, the word of charge or the verb behind it.

use std::ops::Range;

use duban_record::Role;

use super::bounds::near;
use super::nouns;
use crate::bodies::lexicon::{self, Follow};
use crate::bodies::shape;
use crate::bodies::time::time_len;
use crate::marks::is_han;

/// What is said of a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// 要, 应, 须: told to act.
    Modal,
    /// 负责, 承担.
    Charge,
    /// 牵头.
    Lead,
    /// 配合.
    Support,
    /// 会同, with a body behind it.
    With,
    /// A phrase comes before the verb: 结合实际…, 按照….
    Onward,
    /// A verb of doing.
    Verb,
    /// Nothing: the clause ends, or a colon follows.
    Bare,
}

impl Said {
    /// Whether it tells the subject to act in so many words.
    pub(super) fn tells(self) -> bool {
        matches!(self, Self::Modal | Self::Charge)
    }

    /// The role that it gives where nothing else tells.
    pub(super) fn role(self) -> Option<Role> {
        match self {
            Self::Charge | Self::Verb => Some(Role::Responsible),
            Self::Lead => Some(Role::Lead),
            Self::Support => Some(Role::Support),
            Self::Modal | Self::With | Self::Onward | Self::Bare => None,
        }
    }
}

/// What is said at `at`, adverbs and times apart: the kind, and where its word ends.
pub(super) fn said(text: &str, at: usize, limit: usize) -> (Option<Said>, usize) {
    let mut at = at;
    let mut phrase = None;
    for _ in 0..MOST_ADVERBS {
        let Some(rest) = text.get(at..limit) else { break };
        let word = rest.trim_start_matches([' ', '\u{3000}']);
        let start = at + rest.len() - word.len();
        let time = time_len(word);
        if time > 0 {
            at = start + time;
            // 各单位于6月底前，报送…: the comma only sets the time apart.
            at = text
                .get(at..limit)
                .map_or(at, |rest| limit - rest.strip_prefix(['，', ',']).unwrap_or(rest).len());
            continue;
        }
        if let Some(each) = nouns::for_each(word) {
            at = start + each;
            continue;
        }
        let Some((kind, len)) = lexicon::follow(word) else {
            return match bears(word) {
                Some(len) => (Some(Said::Charge), start + len),
                None => (phrase.map(|_| Said::Onward), phrase.unwrap_or(at)),
            };
        };
        let end = start + len;
        if let Some(modal) = told_in_case(text, start..end, limit, kind) {
            return (Some(Said::Modal), modal);
        }
        let said = match kind {
            // 各社区按照职责分工，建立…: the verb opens the next clause.
            Follow::Adverb
                if len >= LONG_ADVERB
                    && text.get(end..limit).is_some_and(|rest| rest.starts_with(['，', ','])) =>
            {
                Said::Onward
            }
            Follow::Adverb => {
                if word.starts_with(['按', '依', '根', '结']) {
                    phrase = Some(end);
                }
                at = end;
                continue;
            }
            // 各部门要协同推进: all of them act. A牵头，B协同 is help.
            Follow::Support if word.starts_with("协同") && is_act(word.get(len..)) => {
                at = end;
                continue;
            }
            Follow::Modal => Said::Modal,
            Follow::Future if shape::is_shared(text, start) => Said::With,
            Follow::Future if nouns::acts(text, end, limit) => Said::Modal,
            Follow::Charge => Said::Charge,
            Follow::Lead => Said::Lead,
            Follow::Support => Said::Support,
            Follow::With => Said::With,
            Follow::Onward => Said::Onward,
            Follow::Verb | Follow::NameVerb => Said::Verb,
            Follow::Future | Follow::State | Follow::Nothing => break,
        };
        return (Some(said), end);
    }
    (phrase.map(|_| Said::Onward), phrase.unwrap_or(at))
}

/// Length of the words at the head of `text` that say for what a body answers: 负监管责任, 负有河道管护的主体责任.
fn bears(text: &str) -> Option<usize> {
    const LONGEST: usize = 48;
    const RESPONSIBILITY: &str = "责任";
    // 负债, 负面清单.
    let duty =
        text.strip_prefix('负').filter(|duty| !duty.starts_with(['债', '伤', '担', '面', '荷', '增']))?;
    let duty = duty.get(..duty.floor_char_boundary(LONGEST))?;
    let at = duty.find(RESPONSIBILITY).filter(|at| duty[..*at].chars().all(is_han))?;
    Some('负'.len_utf8() + at + RESPONSIBILITY.len())
}

/// Verbs for what a body meets with before it is told to act.
const CASES: [&str; 8] = ["发现", "认为", "遇有", "遇到", "接到", "收到", "接报", "接警"];
/// Bytes of the case up to its comma.
const LONGEST_CASE: usize = 240;

/// Where the modal ends that tells a subject what to do in a case, whose verb is `verb`:
/// 各学校发现|隐患的，应当|停用. The subject of both is the same where the modal opens its clause.
fn told_in_case(text: &str, verb: Range<usize>, limit: usize, kind: Follow) -> Option<usize> {
    let word = text.get(verb.clone()).filter(|_| matches!(kind, Follow::State | Follow::Onward))?;
    if !CASES.contains(&word) {
        return None;
    }
    let case = near(text, verb.end, limit.min(verb.end + LONGEST_CASE));
    if let Some(modal) = told_of_thing(case) {
        return Some(verb.end + modal);
    }
    let comma = case.find(['，', ',']).filter(|at| *at > 0)?;
    let comma_len = case[comma..].chars().next().map_or(0, char::len_utf8);
    modal_end(text, verb.end + comma + comma_len, limit)
}

/// Where the modal ends behind what a body meets with, if that is but a thing: 各部门发现|问题要|整改.
fn told_of_thing(case: &str) -> Option<usize> {
    const LONGEST_THING: usize = 30;
    let at = case.find(['要', '应', '须', '，', ',', '的']).filter(|at| (1..=LONGEST_THING).contains(at))?;
    let plain = !case[at..].starts_with(['，', ',', '的']) && !case[..at].ends_with(nouns::WORDS_OF_MODALS);
    match lexicon::follow(&case[at..]) {
        Some((Follow::Modal, len)) if plain => Some(at + len),
        _ => None,
    }
}

/// Where a modal ends that opens the clause at `at`, adverbs and times apart.
pub(super) fn modal_end(text: &str, at: usize, limit: usize) -> Option<usize> {
    let mut at = at;
    for _ in 0..MOST_ADVERBS {
        let word = text.get(at..limit)?;
        let time = time_len(word);
        at += match lexicon::follow(word) {
            _ if time > 0 => time,
            Some((Follow::Modal, len)) => return Some(at + len),
            Some((Follow::Adverb, len)) => len,
            _ => return None,
        };
    }
    None
}

/// Whether `words` begin with a verb of doing.
fn is_act(words: Option<&str>) -> bool {
    matches!(words.and_then(lexicon::follow), Some((Follow::Verb | Follow::NameVerb, _)))
}

/// Bytes of an adverb that is a phrase: 结合实际, 按照职责分工.
const LONG_ADVERB: usize = 12;

/// Adverbs and times that may stand between subject and verb.
const MOST_ADVERBS: usize = 8;
