//! Words that tell what a clause may say, and where they stand: found in one pass over a text, so that no
//! clause is searched for them.

use std::ops::Range;
use std::sync::LazyLock;

use duban_document::Words;
use smallvec::SmallVec;

use crate::bodies::lexicon::{SEATING, SETTING_UP};

/// Words that end the clause's saying which body has a role: 牵头单位为, 责任部门是.
const ROLES: [&str; 6] = ["单位为", "单位是", "部门为", "部门是", "科室为", "处室为"];
/// Verbs whose object is a body that is told to act.
const ORDERS: [&str; 4] = ["责成", "责令", "委托", "明确"];
/// Words that open the saying that something is not said again.
pub(super) const NOT_AGAIN: [&str; 4] = ["不再", "不另", "不一一", "不重复"];

/// Words for the first of a list.
pub(super) const FIRST: [&str; 2] = ["第一", "首"];

/// What a word says of the sentence in which it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    /// 由.
    Agent,
    /// 会同.
    With,
    /// 联合.
    Together,
    /// 各.
    Each,
    /// One of [`SETTING_UP`].
    SettingUp,
    /// One of [`SEATING`].
    Seating,
    /// One of [`ORDERS`].
    Order,
    /// One of [`ROLES`].
    Role,
    /// One of [`FIRST`].
    First,
    /// One of [`NOT_AGAIN`].
    NotAgain,
}

/// The cues of a text and where they stand, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Cues(SmallVec<[PlacedCue; 8]>);

/// A cue and where it stands.
pub(super) type PlacedCue = (Cue, Range<usize>);

static WORDS: LazyLock<Words<Cue>> = LazyLock::new(|| {
    let lists = [
        (Cue::Agent, &["由"][..]),
        (Cue::With, &["会同"]),
        (Cue::Together, &["联合"]),
        (Cue::Each, &["各"]),
        (Cue::SettingUp, &SETTING_UP),
        (Cue::Seating, &SEATING),
        (Cue::Order, &ORDERS),
        (Cue::Role, &ROLES),
        (Cue::First, &FIRST),
        (Cue::NotAgain, &NOT_AGAIN),
    ];
    let words = lists.into_iter().flat_map(|(cue, words)| words.iter().map(move |word| (*word, cue)));
    Words::of_heads(words)
});

impl Cues {
    /// The cues of `text`.
    pub(super) fn of(text: &str) -> Self {
        let mut cues = SmallVec::new();
        let mut at = 0;
        // One may begin inside another: 下设立, 负责成立. None holds another.
        while let Some((cue, place)) = WORDS.next_at_head(text, at) {
            at = place.start + text[place.clone()].chars().next().map_or(0, char::len_utf8);
            cues.push((cue, place));
        }
        Self(cues)
    }

    /// Whether `cue` stands anywhere.
    pub(super) fn say(&self, cue: Cue) -> bool {
        self.0.iter().any(|(own, _)| *own == cue)
    }

    /// Those that still stand in `text`, the same text with some of it blanked out.
    pub(super) fn kept_in(&self, text: &str) -> Self {
        let stands = |place: &Range<usize>| text.get(place.clone()).is_some_and(|word| !word.contains(' '));
        Self(self.0.iter().filter(|(_, place)| stands(place)).cloned().collect())
    }

    /// All of them.
    pub(super) fn all(&self) -> &[PlacedCue] {
        &self.0
    }
}

/// Those of `cues` that stand in `range`, which begins near the first.
pub(super) fn within<'c>(cues: &'c [PlacedCue], range: &Range<usize>) -> &'c [PlacedCue] {
    let first = cues.iter().take_while(|(_, cue)| cue.start < range.start).count();
    let cues = &cues[first..];
    &cues[..cues.iter().take_while(|(_, cue)| cue.end <= range.end).count()]
}

/// Where `cue` stands among `cues`.
pub(super) fn places(cues: &[PlacedCue], cue: Cue) -> impl DoubleEndedIterator<Item = &Range<usize>> {
    cues.iter().filter(move |(own, _)| *own == cue).map(|(_, range)| range)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_says() {
        let text = "由县财政局会同各乡镇落实，不再列出";
        let said = |range| {
            let cues = Cues::of(text);
            within(cues.all(), &range)
                .iter()
                .map(|(cue, place)| (*cue, &text[place.clone()]))
                .collect::<Vec<_>>()
        };
        let all = [(Cue::Agent, "由"), (Cue::With, "会同"), (Cue::Each, "各"), (Cue::NotAgain, "不再")];
        assert_eq!(said(0..text.len()), all);
        let left = Cues::of(text).kept_in(&text.replace("会同", "      "));
        assert!(left.say(Cue::Agent) && !left.say(Cue::With));
        assert_eq!(said("由".len()..text.find('，').unwrap_or_default()), all[1..3]);
        assert!(Cues::of("下设工作专班，排在第一位的牵头").say(Cue::SettingUp));
        let verbs = Cues::of("领导小组下设立工作专班");
        assert_eq!(places(within(verbs.all(), &(0..100)), Cue::SettingUp).count(), 2);
    }
}
