//! Names of bodies by what they do (起草部门, 牵头科室), and of those who lead a body.

use super::lexicon::{Follow, follow, is_body, modifier};

/// Whether `name` names those who lead a body, its own name in front: 县政府主要领导.
pub(super) fn is_post_of_body(name: &str) -> bool {
    let leads = ["领导", "负责人", "负责同志", "班子成员"].iter().any(|post| name.ends_with(post));
    leads && name.char_indices().skip(1).any(|(at, _)| is_body(&name[..at]))
}

/// Nouns of bodies that are named by what they do.
const ACTING: [&str; 8] = ["企业", "单位", "部门", "机构", "机关", "科室", "处室", "股室"];

/// Whether `name` names bodies by what they do: 起草部门, 各值班单位. Elsewhere than before a word that tells
/// them to act it is a verb with its object.
pub(super) fn is_named_by_act(name: &str) -> bool {
    let Some(act) = ACTING.iter().find_map(|noun| name.strip_suffix(noun)) else { return false };
    let modifier = modifier(act);
    let act = act.get(modifier..).unwrap_or_default();
    let acts = |kind| {
        matches!(kind, Follow::Verb | Follow::NameVerb | Follow::Charge | Follow::Lead | Follow::Support)
    };
    follow(act).is_some_and(|(kind, len)| acts(kind) && len == act.len())
}

/// Whether `rest` behind a verb makes it the name of bodies that are told to act: 起草|部门要.
pub(super) fn acts_when_told(rest: &str) -> bool {
    let behind = ACTING.iter().find_map(|noun| rest.strip_prefix(noun));
    behind.and_then(follow).is_some_and(|(kind, _)| matches!(kind, Follow::Modal | Follow::Charge))
}
