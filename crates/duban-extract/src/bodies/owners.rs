//! Bodies that are named by whose they are, where they lie or what is done to them: 项目的建设单位,
//! 水库所在地的乡镇政府, 被检查的学校.
//!
//! Such words also describe (存在问题的单位), so that only who is told to act is read so.

use std::ops::Range;
use std::sync::LazyLock;

use duban_document::Words;

use super::acting::is_named_by_act;
use super::lexicon::{ends_as_organ, has_modifier, is_body, is_by_kind, is_person, modifier, opens_as_name};
use super::verbs::verb_inside;
use crate::marks::{is_han, is_within};

/// Characters of the longest owner and of the longest name behind 的.
const LONGEST_OWNER: usize = 20;
const LONGEST_BODY: usize = 14;

/// Whether `owner` before 的 and `body` behind it are one body's name.
pub(super) fn joins(owner: &str, body: &str) -> bool {
    let fits = !owner.is_empty() && is_within(owner, LONGEST_OWNER) && is_within(body, LONGEST_BODY);
    if !fits || owner.contains('的') || has_modifier(body) || is_person(body) {
        return false;
    }
    let named = || is_body(body) || is_by_kind(body);
    let own = owner.strip_prefix('各').unwrap_or(owner);
    if own.starts_with('被') {
        return named();
    }
    if has_duty(owner) {
        return is_by_kind(body);
    }
    // 城区所在地的|乡镇政府, 县水利局下属的|河道管理所.
    if own.contains("所在") || ["下属", "所属", "直属"].iter().any(|part| own.ends_with(part)) {
        return opens_as_name(own) && named();
    }
    // 项目的|建设单位, but 不合格的|施工单位: what describes owns nothing.
    !own.contains(['不', '未', '无', '违', '有', '被', '第'])
        && opens_as_name(own)
        && !verb_inside(own)
        && is_named_by_act(body)
}

/// Whether `owner` says what duty its body has: 各级负有监管职责|的部门, 承担试点任务|的单位.
fn has_duty(owner: &str) -> bool {
    const DUTIES: [&str; 6] = ["职责", "职能", "职权", "责任", "任务", "义务"];
    let own = &owner[modifier(owner)..];
    let has = ["负有", "承担", "担负", "具有", "肩负"].iter().any(|verb| own.starts_with(verb));
    has && DUTIES.iter().any(|duty| own.ends_with(duty))
}

/// Whether a body that belongs to `owner` may be named by what `rest` behind 的 begins with.
pub(crate) fn may_own(owner: &str, rest: &str) -> bool {
    let owner = owner.trim_start();
    if !is_within(owner, LONGEST_OWNER) {
        return false;
    }
    let near = &rest[..rest.floor_char_boundary(LONGEST_BODY * "的".len())];
    let mut at = near.chars().next().map_or(0, char::len_utf8);
    while let Some(((), end)) = ENDS.next_at_head(near, at) {
        let body = &near[..end.end];
        if !body.chars().all(|c| is_han(c) && c != '的') {
            return false;
        }
        if joins(owner, body) {
            return true;
        }
        at = end.end;
    }
    false
}

/// How the bodies end that may be named by whose they are.
static ENDS: LazyLock<Words<()>> =
    LazyLock::new(|| Words::of_heads("位门构关府委织校业所队站".chars().map(|c| (c.to_string(), ()))));

/// Whether `name` without its modifier is that of bodies by what is done to them: 被检查|单位, 被督导|县区.
pub(super) fn is_acted_on(name: &str) -> bool {
    let Some((at, _)) = name.strip_prefix('被').and_then(|act| act.char_indices().nth(2)) else {
        return false;
    };
    let body = &name['被'.len_utf8() + at..];
    !is_person(body) && (is_body(body) || is_by_kind(body))
}

/// How many of the last `pieces` of a list own the body of `name` together with its own owner: 甲保护区、|乙保护区的管理机构.
pub(super) fn owners_before(text: &str, pieces: &[Range<usize>], name: &str) -> usize {
    let Some((owner, body)) = name.split_once('的') else { return 0 };
    if !joins(owner, body) {
        return 0;
    }
    let owns = |piece: &&Range<usize>| {
        let name = text.get((*piece).clone()).unwrap_or_default();
        !has_modifier(name) && !ends_as_organ(name) && joins(name, body)
    };
    pieces.iter().rev().take_while(owns).count()
}
