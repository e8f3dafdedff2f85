//! What a clause behind a time and a comma tells: what was done, or how the work is.

use super::is_clause_break;
use super::predicate;
use crate::words::{CLOSING_VERBS, EVENT_ENDINGS, NO_REPORTS, NOUN_VERBS, REPORTS, VERBS};

/// Reports that an aim says as well: 完成投资3亿元，同比增长5%以上.
const AMOUNTS: [&str; 6] = ["累计", "共有", "现有", "尚有", "仍有", "同比"];

/// Verbs of which only the words around tell whether something is reached or was.
const REACHING: [&str; 6] = ["完成", "实现", "达到", "取得", "突破", "超过"];

/// What an aim is said with.
const AIMS: [&str; 9] = ["以上", "以内", "以下", "左右", "不低于", "不少于", "不超过", "力争", "确保"];

/// What is done and its 的 are not farther from 已.
const LONGEST_ATTRIBUTE: usize = 10;

/// Whether `sentence` reports what was.
pub(super) fn reports(sentence: &str) -> bool {
    tells(sentence, true)
}

/// Whether `sentence` reports what was, behind a time and a comma. Behind a command, and of a time that lies
/// `ahead`, 累计 and 同比 say what is aimed at: 5月至9月，组织培训，累计不少于30场.
pub(super) fn reports_on(sentence: &str, ahead: bool) -> bool {
    let words = sentence.trim_start_matches(['，', ',', ' ', '\u{3000}']);
    tells(sentence, !(ahead || commands(words)))
}

/// Whether a word of `sentence` reports; `amounts` says whether amounts do.
fn tells(sentence: &str, amounts: bool) -> bool {
    let mut at = 0;
    while let Some(c) = sentence.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = &sentence[at..];
        let other = NO_REPORTS.begins(rest);
        if let Some(length) = REPORTS.begins(rest).filter(|_| other.is_none()) {
            let (word, behind) = rest.split_at(length);
            let told = match word {
                "已" | "已经" => !is_attribute(&sentence[..at], behind),
                _ if AMOUNTS.contains(&word) => amounts,
                _ => true,
            };
            if told {
                return true;
            }
            at += length;
        } else {
            at += other.unwrap_or(c.len_utf8());
        }
    }
    false
}

/// Whether 已 between `before` and `behind` belongs to an object: 验收|已|建成的小区, 对|已|公开信息.
fn is_attribute(before: &str, behind: &str) -> bool {
    let clause = before.rsplit(is_clause_break).next().unwrap_or_default();
    let governed = clause.ends_with(['对', '将', '把'])
        || !clause.starts_with(|c: char| c.is_numeric()) && predicate::takes_over(clause);
    let end = behind.char_indices().take(LONGEST_ATTRIBUTE).take_while(|(_, c)| !is_clause_break(*c));
    let done = end.into_iter().find(|(_, c)| *c == '的').map(|(at, _)| &behind[..at]);
    let verbs = [&VERBS, &NOUN_VERBS, &CLOSING_VERBS, &EVENT_ENDINGS];
    governed || done.is_some_and(|done| verbs.iter().any(|list| list.ends(done).is_some()))
}

/// Whether `words` open with a command, without a subject: 完成投资 is one only beside the words of an aim.
fn commands(words: &str) -> bool {
    let counted =
        words.starts_with(|c: char| c.is_numeric()) || words.starts_with("累计") || words.starts_with("共");
    let reached = REACHING.iter().any(|verb| words.starts_with(verb));
    let aimed = || AIMS.iter().any(|word| words.contains(word));
    !counted && predicate::opens_command(words) && (!reached || aimed())
}

/// Whether the clause behind a time and a comma says how the work is: 2021年，全县水利工作以…为指导,
/// 2021年，水利工作的总体思路是.
pub(super) fn describes(after: &str) -> bool {
    let words = after.trim_start_matches(['，', ',', ' ']);
    let clause = words.split(is_clause_break).next().unwrap_or_default();
    let by = clause.match_indices('以').any(|(at, mark)| {
        let subject = ["坚持", "继续", "始终", "将"]
            .iter()
            .fold(&clause[..at], |words, adverb| words.strip_suffix(adverb).unwrap_or(words));
        subject.ends_with("工作") && clause[at + mark.len()..].contains('为')
    });
    by || ["总体思路是", "总体要求是"].iter().any(|end| clause.ends_with(end))
}
