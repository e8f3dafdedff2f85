//! Which lengths bind: 3个工作日内办结, but not 压缩至3个工作日以内 or 毕业2年内的学生.

use super::{Place, is_clause_break, predicate};
use crate::LengthUnit;
use crate::grammar::Event;
use crate::token::Length;
use crate::words::{GOALS, LIMITS, NOT_AFTER_LENGTH, NOT_BEFORE_LENGTH, NOUN_VERBS, VERBS};

/// Whether a length of time binds; `bounded` says whether 内 stands behind it.
pub(super) fn binds(place: Place<'_>, length: Length, event: &Event, bounded: bool) -> bool {
    let verb = VERBS.begins(place.after).or_else(|| NOUN_VERBS.begins(place.after));
    let share = verb.is_some_and(|length| place.after[length..].starts_with('率'));
    // 1年内有效|减轻负担: how, not how long.
    let effectively = place.after.strip_prefix("有效").is_some_and(|rest| VERBS.begins(rest).is_some());
    let other = NOT_AFTER_LENGTH.begins(place.after).is_some() && !effectively;
    let attribute = share || place.after.starts_with('的') || other;
    let goal = GOALS.within(place.clause_before());
    match event {
        Event::Before => !place.after.starts_with('的'),
        Event::Time => !place.reports(),
        Event::After(_) if LIMITS.ends(place.before).is_some() => true,
        Event::After(_) if bounded => !attribute && !goal,
        Event::After(_) => {
            let short = !matches!(length.unit, LengthUnit::Month | LengthUnit::Year);
            short && !attribute && !goal && predicate::opens_predicate(place.after)
        }
        Event::None => {
            // 3日内到场率, but 三年内覆盖率达到90%.
            let long = matches!(length.unit, LengthUnit::Month | LengthUnit::Year);
            let share = !long && opens_share(place.after);
            !attribute && !goal && !share && {
                // 法定期限20个工作日内 is a limit, no length of a 期限.
                let set = ["法定", "规定"]
                    .iter()
                    .any(|word| place.before.strip_suffix("期限").is_some_and(|rest| rest.ends_with(word)));
                set || is_service(place, long) || NOT_BEFORE_LENGTH.ends(place.before).is_none()
            }
        }
    }
}

/// Whether what stands before the length is handled within it: 不动产登记|3个工作日内办结, but not 登记3年内的企业.
fn is_service(place: Place<'_>, long: bool) -> bool {
    let handled = ["登记", "注册", "建档"].iter().any(|service| place.before.ends_with(service));
    let verbs = ["办结", "办理", "办好", "完成", "审结", "出证", "发证", "领证"];
    handled && !long && verbs.iter().any(|verb| place.after.starts_with(verb))
}

/// Whether `words` open with the name of a share: 到场率达到90%.
fn opens_share(words: &str) -> bool {
    const LONGEST_NAME: usize = 5;
    let rate = words.char_indices().skip(2).take(LONGEST_NAME).find(|(_, c)| *c == '率');
    rate.is_some_and(|(at, _)| {
        let plain = !words[..at].contains(is_clause_break);
        plain && !words[at..].starts_with("率先") && !words[..at].ends_with('效')
    })
}
