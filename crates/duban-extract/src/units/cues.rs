//! What a text says anywhere, found in one pass, so that no sentence is searched for what its text lacks.

use std::sync::LazyLock;

use duban_document::Words;

/// Verbs whose object is a group that is set up.
pub(super) const SETTING_UP: [&str; 6] = ["成立", "设立", "组建", "下设", "设置", "建立"];
/// Verbs between a body and its seat.
pub(super) const SEATING: [&str; 2] = ["设在", "设于"];
/// Words that end the clause's saying which body has a role: 牵头单位为, 责任部门是.
const ROLES: [&str; 6] = ["单位为", "单位是", "部门为", "部门是", "科室为", "处室为"];
/// Verbs whose object is a body that is told to act.
pub(super) const ORDERS: [&str; 4] = ["责成", "责令", "委托", "明确"];
/// Words that open the saying that something is not said again.
pub(super) const NOT_AGAIN: [&str; 4] = ["不再", "不另", "不一一", "不重复"];

/// The cues of a text.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each may be said beside any other")]
pub(super) struct Cues {
    /// 由.
    pub(super) agents: bool,
    /// 会同 or 联合.
    pub(super) partners: bool,
    /// 各.
    pub(super) each: bool,
    /// A word of [`SETTING_UP`] or [`SEATING`].
    pub(super) set_up: bool,
    /// A word of [`ORDERS`].
    pub(super) orders: bool,
    /// A word of [`ROLES`].
    pub(super) roles: bool,
    /// 第一 or 首.
    pub(super) first: bool,
    /// A word of [`NOT_AGAIN`].
    pub(super) not_again: bool,
}

type Note = fn(&mut Cues);

static WORDS: LazyLock<Words<Note>> = LazyLock::new(|| {
    let set_up: Note = |cues| cues.set_up = true;
    let not_again: Note = |cues| cues.not_again = true;
    let single: [(&str, Note); 6] = [
        ("由", |cues| cues.agents = true),
        ("会同", |cues| cues.partners = true),
        ("联合", |cues| cues.partners = true),
        ("各", |cues| cues.each = true),
        ("第一", |cues| cues.first = true),
        ("首", |cues| cues.first = true),
    ];
    let groups = SETTING_UP.iter().chain(&SEATING).map(|word| (*word, set_up));
    let again = NOT_AGAIN.iter().map(|word| (*word, not_again));
    let filled: Note = |cues| cues.roles = true;
    let roles = ROLES.iter().map(|word| (*word, filled));
    let ordered: Note = |cues| cues.orders = true;
    let orders = ORDERS.iter().map(|word| (*word, ordered));
    Words::of_heads(single.into_iter().chain(groups).chain(again).chain(roles).chain(orders))
});

impl Cues {
    /// The cues of `text`.
    pub(super) fn of(text: &str) -> Self {
        let mut cues = Self::default();
        WORDS.each_at_head(text, |note| note(&mut cues));
        cues
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_says() {
        let cues = Cues::of("由县财政局会同各乡镇落实，不再列出");
        assert!(cues.agents && cues.partners && cues.each && cues.not_again);
        assert!(!cues.set_up && !cues.first);
        assert!(Cues::of("下设工作专班，排在第一位的牵头").set_up);
    }
}
