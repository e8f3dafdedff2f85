//! What the pieces of a list under a label are: bodies, times and the like, or words.

use std::sync::LazyLock;

use duban_document::Words;

use crate::bodies::lexicon::{self, Ending, Follow};
use crate::bodies::time::{is_time, time_len};

/// Words that stand in times, rules and references, and in no name.
static OF_NOBODY: LazyLock<Words<()>> = LazyLock::new(|| {
    let words =
        ["底前", "月底", "年底", "前完成", "年内", "全年", "长期", "持续", "不再", "见附", "详见", "如下"];
    Words::of_heads(words.map(|word| (word, ())))
});

/// What a piece of a list is.
pub(super) enum Piece {
    /// A body's name.
    Body,
    /// A time, a dash, 无: nobody.
    Nothing,
    /// What no name begins as: 整改到位.
    Words,
    /// Not known: under a label a name of its own kind (中国电信), elsewhere words.
    Strange,
}

/// What `name` (white space gone) is.
pub(super) fn class_of(name: &str) -> Piece {
    if lexicon::is_body(name) {
        return Piece::Body;
    }
    let alone = ["无", "暂无", "待定", "长期", "长期坚持", "持续推进", "下同", "同上", "空", "略"];
    // What is left of 已完成, 正在推进, and what a target is said to be.
    let said = ["已", "正在", "基本", "预期性", "约束性"];
    let nobody = !name.chars().any(char::is_alphabetic)
        || is_time(name)
        || alone.contains(&name)
        || said.contains(&name)
        || OF_NOBODY.next_at_head(name, 0).is_some()
        || name.chars().filter(char::is_ascii_digit).count() >= 5
        || (name.ends_with('月') && name.starts_with(|c: char| c.is_ascii_digit()));
    let verb = || matches!(lexicon::follow(name), Some((Follow::Verb, _))) && lexicon::opens_no_name(name);
    let matter = || ["任务", "指标"].iter().any(|end| name.ends_with(end));
    if nobody || lexicon::is_person(name) {
        return Piece::Nothing;
    }
    // 攻坚办, 与会单位: what ends as a name may be one, however it begins.
    if matches!(lexicon::ending(name), Some((Ending::Organ | Ending::OrganEnd | Ending::Place, _))) {
        Piece::Strange
    } else if let Some(piece) = manner(name) {
        piece
    } else if verb() || matter() {
        Piece::Words
    } else {
        Piece::Strange
    }
}

/// What `name` is, if it says how or how often: nobody where that is all it says (常态化, 定期开展, 每月调度1次,
/// 按上级要求), words where it says of what, too (定期开展|宣讲).
fn manner(name: &str) -> Option<Piece> {
    let mut rest = name;
    let (mut how, mut done) = (false, false);
    while !rest.is_empty() {
        let time = time_len(rest);
        let len = match lexicon::follow(rest) {
            _ if time > 0 => time,
            _ if rest.starts_with(['按', '待', '与']) => return Some(Piece::Nothing),
            Some((Follow::Onward, len)) => return (len > lexicon::SINGLE).then_some(Piece::Nothing),
            Some((Follow::Adverb, len)) => len,
            Some((kind @ (Follow::Verb | Follow::NameVerb), len)) if how => {
                done |= kind == Follow::Verb;
                len
            }
            _ if how && rest.ends_with('次') => return Some(Piece::Nothing),
            _ => return done.then_some(Piece::Words),
        };
        how = true;
        rest = rest.get(len..).unwrap_or_default();
    }
    Some(Piece::Nothing)
}
