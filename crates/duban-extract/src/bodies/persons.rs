//! Persons beside bodies: 县财政局 李某, 县财政局（李某）.

use super::canonical::is_topic;
use super::{lexicon, may_end_body};
use crate::marks::is_han;

/// The commonest surnames of one letter, side by side.
const SURNAMES: &str = include_str!("../../data/surnames.txt");

/// Words of two letters that begin as a person's name does and say which part of a body is meant:
/// 市税务局（高新）.
const PARTS: [&str; 5] = ["高新", "高中", "方志", "武装", "石化"];

/// Whether `word`, which stands behind a body, is a person's name: a surname and one or two letters more, no
/// body and no field of work.
pub(crate) fn is_person_name(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(|first| SURNAMES.contains(first))
        && matches!(letters.count(), 1 | 2)
        && word.chars().all(is_han)
        && !may_end_body(word)
        && !PARTS.contains(&word)
        && !is_topic(word)
}

/// Length of `printed`, a member of a list, without the persons and telephones that white space parts from its body.
pub(crate) fn body_len(printed: &str) -> usize {
    if !lexicon::has_space(printed) {
        return printed.len();
    }
    let mut body = printed;
    while let Some((before, last)) = body.rsplit_once(char::is_whitespace) {
        let before = before.trim_end();
        if !(is_person_name(last) || is_telephone(last)) || before.is_empty() {
            break;
        }
        body = before;
    }
    let cut = body.len() < printed.len() && lexicon::is_body(&lexicon::squeeze(body));
    if cut { body.len() } else { printed.len() }
}

/// Whether `word` is the number of a telephone: 13800000000, 0930-1234567.
pub(crate) fn is_telephone(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    digits >= 7 && word.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '—' | '－'))
}

/// Whether `words`, what a bracket behind a body holds, are nothing but persons' names.
pub(crate) fn are_persons(words: &str) -> bool {
    words.split(['、', '，', ',', '/', ' ', '\u{3000}']).all(is_person_name)
}
