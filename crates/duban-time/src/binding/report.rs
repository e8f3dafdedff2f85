//! What a clause behind a time and a comma tells: what was done, or how the work is.

use duban_document::numeral;

use super::{Place, is_clause_break, predicate};
use crate::words::{BODY_ENDINGS, CLOSING_VERBS, EVENT_ENDINGS, NO_REPORTS, NOUN_VERBS, REPORTS, VERBS};

/// Reports that an aim says as well: 完成投资3亿元，同比增长5%以上.
const AMOUNTS: [&str; 6] = ["累计", "共有", "现有", "尚有", "仍有", "同比"];

/// Verbs of which only the words around tell whether something is reached or was.
const REACHING: [&str; 6] = ["完成", "实现", "达到", "取得", "突破", "超过"];

/// What an aim is said with.
const AIMS: [&str; 9] = ["以上", "以内", "以下", "左右", "不低于", "不少于", "不超过", "力争", "确保"];

/// What is done and its 的 are not farther from 已.
const LONGEST_ATTRIBUTE: usize = 10;

/// What is told of a time that is over, and not asked for.
const TOLD: [&str; 17] = [
    "排名全",
    "排名第",
    "位居",
    "位列",
    "居全市",
    "居全省",
    "居全国",
    "居全县",
    "居全区",
    "指出",
    "被确定为",
    "被评为",
    "被列为",
    "被授予",
    "获评",
    "荣获",
    "到位资金",
];

/// What is told whatever follows: 印发《关于完善…的意见》, 占年度目标的70%.
const PLAIN: [&str; 4] = ["印发《", "占年度", "占全年", "占目标"];

/// What is told with a number: 死亡5人.
const COUNTED: [&str; 3] = ["死亡", "发现问题", "整改率"];

/// What asks, with the characters before and behind it that make other words with it: 主要, 要素, 供应, 应急.
const MODALS: [(char, &str, &str); 4] = [
    ('要', "主重首必紧摘纪纲", "素点"),
    ('应', "响供效适相反对", "急用对收届"),
    ('须', "", ""),
    ('将', "", ""),
];

/// Whether the sentence behind a time that was over when the notice was issued recalls what was then:
/// 1—2月，全区共查处案件6起; 5月起，全县开展了整治. What only begins at the time (`since`) may go on.
pub(super) fn recalls(place: Place<'_>, since: bool) -> bool {
    let sentence = place.sentence_behind();
    let words = sentence.trim_start_matches(['，', ',', ' ', '\u{3000}']);
    // 全县开展了整治，各地要巩固成果: the first clause alone tells, too.
    let clause = words.split(is_clause_break).next().unwrap_or_default();
    let told = if since { is_done } else { is_told_of };
    words.starts_with("召开）") || told(clause) || clause.len() < words.len() && told(words)
}

/// Whether `words` tell what happened, or how many there were in all, and ask for nothing.
fn is_told_of(words: &str) -> bool {
    if words.is_empty() || asks(words) {
        return false;
    }
    let counts = |rest: &str| rest.contains(|c| numeral::arabic_digit(c).is_some());
    // 指出的问题 is what is dealt with.
    let clause = |rest: &str| !rest.split(is_clause_break).next().is_some_and(|rest| rest.contains('的'));
    let told = |word: &&str| words.split_once(*word).is_some_and(|(_, rest)| clause(rest));
    PLAIN.iter().any(|word| words.contains(word))
        || TOLD.iter().any(told)
        || COUNTED.iter().any(told) && counts(words)
        || words.split_once("发生").is_some_and(|(before, rest)| {
            // 印发|生产方案.
            let other = rest.starts_with(['产', '态', '活', '物', '育', '长']);
            !other && !before.ends_with(PREVENTED) && clause(rest)
        })
        || is_done(words)
}

/// Whether `words` tell what was done, or how many there were in all, and ask for nothing.
fn is_done(words: &str) -> bool {
    !words.is_empty() && !asks(words) && (sums_up(words) || words.contains('了') && tells(words, true))
}

/// What stands before 发生 where nothing is to happen: 防止发生, 不发生.
const PREVENTED: [char; 9] = ['不', '免', '止', '绝', '能', '会', '再', '果', '范'];

/// Whether a word of `sentence` asks for something or sets an aim.
fn asks(sentence: &str) -> bool {
    let says = |(modal, before, behind): &(char, &str, &str)| {
        sentence.match_indices(*modal).any(|(at, mark)| {
            let rest = &sentence[at + mark.len()..];
            !sentence[..at].ends_with(|c| before.contains(c)) && !rest.starts_with(|c| behind.contains(c))
        })
    };
    AIMS.iter().any(|word| sentence.contains(word)) || MODALS.iter().any(says)
}

/// Whether a clause says how many there were in all: 全县|共|排查隐患1200处.
fn sums_up(sentence: &str) -> bool {
    sentence.split(is_clause_break).any(|clause| {
        clause.match_indices('共').any(|(at, mark)| {
            let (before, behind) = (&clause[..at], &clause[at + mark.len()..]);
            let verb = VERBS.begins(behind).or_else(|| NOUN_VERBS.begins(behind)).is_some();
            verb && !before.ends_with('公') && behind.contains(|c| numeral::arabic_digit(c).is_some())
        })
    })
}

/// Whether `sentence`, behind 截至 and a time, tells with figures how things stood then: ，完成投资20亿元.
pub(super) fn states(sentence: &str) -> bool {
    let Some(words) = sentence.strip_prefix(['，', ',']) else { return false };
    words.contains(|c| numeral::arabic_digit(c).is_some()) && !asks(words) && !commands(words)
}

/// Whether the clause behind 起 or 前 tells what was done: 8月起，全县已排查企业300家.
pub(super) fn tells_done(after: &str) -> bool {
    let words = after.trim_start_matches(['，', ',', ' ']);
    let clause = words.split(is_clause_break).next().unwrap_or_default();
    let done = match clause.split_once('已') {
        // 公开|已办结建议的情况: who acts stands right before.
        Some((before, behind)) => {
            let acted =
                before.is_empty() || before.ends_with(['均', '都']) || BODY_ENDINGS.ends(before).is_some();
            acted && !is_attribute(before, behind)
        }
        None => tells(clause, false),
    };
    done && !asks(words)
}

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

/// Whether 已 between `before` and `behind` belongs to an object or a name: 验收|已|建成的小区, 对|已|公开信息,
/// 老城区和|已|建成小区.
fn is_attribute(before: &str, behind: &str) -> bool {
    let clause = before.rsplit(is_clause_break).next().unwrap_or_default();
    let governed = clause.ends_with(['对', '将', '把', '和', '及', '与', '、'])
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

/// Whether the clause behind a time and a comma says what the time is: 2021年，是开局之年; 6月，正值汛期.
pub(super) fn says_what(after: &str) -> bool {
    const SAYING: [&str; 6] = ["是", "既是", "正值", "恰逢", "适逢", "正逢"];
    let words = after.trim_start_matches(['，', ',', ' ']);
    SAYING.iter().any(|word| words.starts_with(word)) && !words.starts_with("是否")
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
