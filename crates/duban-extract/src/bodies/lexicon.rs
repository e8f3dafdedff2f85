//! Words to what they mean for names: which texts name a body, which only a kind of bodies, and what
//! may follow a subject.
//!
//! The words stand in `data/bodies_*.txt` and `data/verbs*.txt`. A body is known by the end of its
//! name (局, 中心, 人民政府); words that end alike and name none (格局, 市中心) are listed too, and the
//! longest ending that fits decides.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use super::shape::{opens_place, shaped_as_name};
use super::verbs::{guides_committee, opens_with_verb, verb_inside};
pub(crate) use super::verbs::{is_object, opens_no_name};
use crate::marks::{is_close, is_open, is_within, non_han};
use duban_document::{Words, numeral};

/// Verbs whose object is a group that is set up.
pub(crate) const SETTING_UP: [&str; 6] = ["成立", "设立", "组建", "下设", "设置", "建立"];
/// Verbs between a body and its seat.
pub(crate) const SEATING: [&str; 2] = ["设在", "设于"];

/// What a word behind a subject says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Follow {
    /// 要, 应, 须.
    Modal,
    /// 会, 将: a modal where a verb follows.
    Future,
    /// 负责, 承担.
    Charge,
    /// 牵头.
    Lead,
    /// 配合.
    Support,
    /// 会同.
    With,
    /// 在, 按照: the verb comes later.
    Onward,
    /// 认真, 及时.
    Adverb,
    /// A verb of doing.
    Verb,
    /// A verb of doing that also stands in names: 服务, 管理.
    NameVerb,
    /// A verb that tells nothing to do: 属于, 担任.
    State,
    /// A word that only begins like one of these.
    Nothing,
}

/// What an ending makes of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// An organ's name, also alone: 工会.
    Organ,
    /// The end of an organ's name: 局.
    OrganEnd,
    /// A place.
    Place,
    /// Neither, though it ends alike.
    Neither,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);

struct Lexicon {
    endings: Words<Ending>,
    follows: Words<Follow>,
    openers: Words<()>,
    modifiers: Words<()>,
    classes: Words<()>,
    trades: Words<()>,
    class_names: Words<()>,
    persons: Words<()>,
}

const TRADES: &str = include_str!("../../data/bodies_trades.txt");

impl Lexicon {
    fn read() -> Self {
        let plain = |data: &'static str| lines(data).map(|word| (word, ()));
        let endings = [
            (include_str!("../../data/bodies_places.txt"), Ending::Place),
            (include_str!("../../data/bodies_organs.txt"), Ending::Organ),
            (include_str!("../../data/bodies_organ_ends.txt"), Ending::OrganEnd),
            (TRADES, Ending::OrganEnd),
            (include_str!("../../data/bodies_not_bodies.txt"), Ending::Neither),
        ];
        Self {
            endings: Words::of_ends(
                endings.into_iter().flat_map(|(data, ending)| lines(data).map(move |word| (word, ending))),
            ),
            follows: Words::of_heads(follows()),
            openers: Words::of_heads(plain(include_str!("../../data/bodies_openers.txt"))),
            modifiers: Words::of_heads(plain(include_str!("../../data/bodies_modifiers.txt"))),
            classes: Words::of_ends(
                plain(include_str!("../../data/bodies_classes.txt")).chain(plain(TRADES)),
            ),
            trades: Words::of_ends(plain(TRADES)),
            class_names: Words::of_ends(plain(include_str!("../../data/bodies_class_names.txt"))),
            persons: Words::of_ends(plain(include_str!("../../data/bodies_persons.txt"))),
        }
    }
}

fn lines(data: &'static str) -> impl Iterator<Item = &'static str> {
    data.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The words behind a subject. What the list of predicates says of a word goes before what the
/// lists of verbs say.
fn follows() -> impl Iterator<Item = (&'static str, Follow)> {
    let predicates = lines(include_str!("../../data/bodies_predicates.txt")).filter_map(|line| {
        let (kind, word) = line.split_once(' ')?;
        let follow = match kind {
            "modal" => Follow::Modal,
            "future" => Follow::Future,
            "charge" => Follow::Charge,
            "lead" => Follow::Lead,
            "support" => Follow::Support,
            "with" => Follow::With,
            "onward" => Follow::Onward,
            "adverb" => Follow::Adverb,
            "state" => Follow::State,
            _ => Follow::Nothing,
        };
        Some((word, follow))
    });
    let in_names = lines(include_str!("../../data/verbs_in_names.txt")).map(|word| (word, Follow::NameVerb));
    let verbs = lines(include_str!("../../data/verbs.txt")).map(|word| (word, Follow::Verb));
    verbs.chain(in_names).chain(predicates)
}

/// The longest word at the head of `text` that may follow a subject, and its length.
pub(crate) fn follow(text: &str) -> Option<(Follow, usize)> {
    LEXICON.follows.at_head(text).map(|found| in_place(text, found))
}

/// What [`follow`] says at the next place of `text`, at or behind byte `at`, where it says anything, and where the
/// word stands.
pub(crate) fn next_follow(text: &str, at: usize) -> Option<(Follow, Range<usize>)> {
    let (kind, Range { start, end }) = LEXICON.follows.next_at_head(text, at)?;
    let (kind, len) = in_place(&text[start..], (kind, end - start));
    Some((kind, start..start + len))
}

/// What the word `found` at the head of `text` says there.
fn in_place(text: &str, found: (Follow, usize)) -> (Follow, usize) {
    match found {
        (Follow::Modal, _) => all_of_them(text).map_or(found, |length| (Follow::Nothing, length)),
        (Follow::Adverb, len) if goes_into(text, len) => (Follow::Verb, len),
        (Follow::With, len) if super::acting::names_joint_group(text) => (Follow::Nothing, len),
        _ => found,
    }
}

/// Whether the adverb of `len` bytes at the head of `text` is a verb there: 深入|各社区, but 深入|开展.
fn goes_into(text: &str, len: usize) -> bool {
    text.get(..len) == Some("深入") && text.get(len..).and_then(follow).is_none()
}

/// Length of 应建尽建, 应公开尽公开 at the head of `text`, which says how many and tells nobody to act.
fn all_of_them(text: &str) -> Option<usize> {
    let (act, rest) = text.strip_prefix('应')?.split_once('尽')?;
    let repeated = (1..=3).contains(&act.chars().count()) && rest.starts_with(act);
    repeated.then_some(2 * act.len() + 2 * SINGLE)
}

/// Bytes of a Han character.
pub(crate) const SINGLE: usize = 3;

/// Whether a word that may follow a subject may stand at the head of `text`; rarely true where none does.
pub(crate) fn may_follow(text: &str) -> bool {
    LEXICON.follows.may_begin(text)
}

/// Length of the words at the head of `text` that may stand before a subject.
pub(crate) fn opener(text: &str) -> Option<usize> {
    let ((), len) = LEXICON.openers.at_head(text)?;
    // 请 in 请示 and 请求 opens nothing, nor does 现 in 现代 and 现场.
    let longer = match follow(text) {
        Some((Follow::Verb | Follow::State | Follow::Nothing, word)) => word > len,
        Some((Follow::Adverb, word)) => len == SINGLE && word > len,
        _ => false,
    };
    let place = || text.starts_with(['如', '即', '且']) && opens_place(text, true);
    (!longer && !place()).then_some(len)
}

/// Whether `text` ends as an organ's name does.
pub(crate) fn ends_as_organ(text: &str) -> bool {
    matches!(ending(text), Some((Ending::Organ | Ending::OrganEnd, _)))
}

/// What the longest known ending of `text` makes of it, and that ending's length.
pub(crate) fn ending(text: &str) -> Option<(Ending, usize)> {
    LEXICON.endings.at_end(text)
}

/// The characters that names of bodies and places end with.
pub(crate) fn last_characters() -> impl Iterator<Item = char> {
    LEXICON.endings.edges()
}

/// The characters that names of persons and posts end with.
pub(crate) fn last_characters_of_persons() -> impl Iterator<Item = char> {
    LEXICON.persons.edges()
}

/// Whether `name` (white space gone) is a body's name as running text gives it.
///
/// Strict: no verb may stand inside, a place needs 各 or a name before it, and the end of a name
/// alone (局, 中心) is none. Lists under a label are read more freely.
pub(crate) fn is_body(name: &str) -> bool {
    let base = without_brackets(name);
    // Where a body is seated is no part of its name: 领导小组办公室（设在县财政局）.
    let bracket = &name[base.len()..];
    let seated = || SEATING.iter().any(|verb| bracket.trim_start_matches(is_open).starts_with(verb));
    let name = if !bracket.is_empty() && seated() { base } else { name };
    let Some((kind, len)) = ending(base) else { return false };
    let stem = base.get(..base.len() - len).unwrap_or_default();
    let named = match kind {
        Ending::Neither => return is_class_name(base),
        // 垃圾分类亭12处, 学校3所.
        _ if len == SINGLE && stem.ends_with(|c| numeral::arabic_digit(c).is_some()) => return false,
        Ending::Organ => true,
        Ending::OrganEnd => !stem.is_empty(),
        Ending::Place => names_place(stem),
    };
    if !named {
        return is_class_name(base);
    }
    shaped_as_name(name, base)
        && !opens_with_verb(base)
        && (!verb_inside(base) || super::acting::names_group(base))
        && !guides_committee(base)
}

/// Whether the text before a place's ending says which place: 各, or a name of two characters.
fn names_place(stem: &str) -> bool {
    has_modifier(stem)
        || says_kind(stem)
        || (!is_within(stem, 1)
            && !stem.starts_with(['我', '本', '全', '每', '两', '一', '多', '把', '到', '向']))
}

/// Whether `name`, which stands in a list of bodies, may be one, though it does not end as one does.
pub(crate) fn may_be_name(name: &str) -> bool {
    let name = squeeze(name);
    let sized = !is_within(&name, 2) && is_within(&name, 12);
    let role = ["责任", "牵头", "配合"].iter().any(|word| name.contains(word));
    let unknown = || sized && shaped_as_name(&name, &name) && !opens_with_verb(&name) && !verb_inside(&name);
    !role && (is_body(&name) || (unknown() && !is_person(&name)))
}

/// Whether `name` does not begin with a verb that no name begins with.
pub(crate) fn opens_as_name(name: &str) -> bool {
    !opens_with_verb(name)
}

/// Whether `name` may be the short name of an office by its field, before 等部门: 教育, 人力资源社会保障.
pub(crate) fn is_field(name: &str) -> bool {
    let count = name.chars().count();
    let known = follow(name);
    // 组织, 组织人事, but 组织|公安.
    let organized = name.len() > 6 && name.starts_with("组织") && matches!(known, Some((_, 6)));
    let opens =
        !organized && known.is_none_or(|(kind, _)| matches!(kind, Follow::NameVerb | Follow::Nothing));
    opens && !name.starts_with('由') && (2..=10).contains(&count) && (count <= 6 || !verb_inside(name))
}

/// Whether `name` begins with a word that makes a class noun a name by kind (各, 有关).
pub(crate) fn has_modifier(name: &str) -> bool {
    modifier(name) > 0
}

/// Length of the word at the head of `name` that makes a class noun a name by kind.
pub(super) fn modifier(name: &str) -> usize {
    LEXICON.modifiers.at_head(name).map_or(0, |((), len)| len)
}

/// Whether `name` names bodies only by their kind: 各部门, 政府各部门单位, 主管部门, 企业.
pub(crate) fn is_by_kind(name: &str) -> bool {
    let lexicon = &*LEXICON;
    let base = without_brackets(name);
    lexicon.classes.at_end(base).is_some()
        || has_modifier(base)
        || says_kind(base)
        || super::acting::is_counted(base)
        || is_class_name(base)
        || is_class_name(name)
}

/// Whether all of `name` is the name of a class: 企业, 乡镇.
fn is_class_name(name: &str) -> bool {
    LEXICON.class_names.at_end(name).is_some_and(|((), len)| len == name.len())
}

/// Whether 各, 有关 or 相关 stands anywhere in `name`.
pub(super) fn says_kind(name: &str) -> bool {
    let mut before = ' ';
    name.chars().any(|c| {
        let kind = c == '各' || (c == '关' && matches!(before, '有' | '相'));
        before = c;
        kind
    })
}

/// Whether `name` ends in a noun that names bodies only by kind, such as 部门.
pub(crate) fn is_class_noun(name: &str) -> bool {
    LEXICON.classes.at_end(name).is_some()
}

/// Whether `name` names persons or a post. 项目法人 and 项目业主 are bodies, though 法人 and 业主 are persons.
pub(crate) fn is_person(name: &str) -> bool {
    LEXICON
        .persons
        .at_end(name)
        .is_some_and(|((), len)| !matches!(ending(name), Some((Ending::Organ, organ)) if organ > len))
}

/// Whether `name` is nothing but a trade: 超市, 加油站.
pub(super) fn is_trade(name: &str) -> bool {
    LEXICON.trades.at_end(name).is_some_and(|((), len)| len == name.len())
}

/// Whether `name` is the class alone, without modifier and without a name: 企业, 乡镇, 街道办事处.
pub(crate) fn is_class_alone(name: &str) -> bool {
    is_class_name(without_brackets(name))
        && !name.starts_with('每')
        && !["各地", "各地区", "有关地区", "相关地区", "各有关地区", "各相关地区"].contains(&name)
}

/// Whether `name` names a kind of those that a notice tells about rather than tells: 化工企业, 民办学校.
pub(crate) fn is_addressee_only(name: &str) -> bool {
    let kinds = ["企业", "公司", "学校", "院校", "高校", "合作社", "农场", "运营商", "团体", "组织", "主体"];
    !says_kind(name)
        && !has_modifier(name)
        && (kinds.iter().any(|kind| name.ends_with(kind)) || LEXICON.trades.at_end(name).is_some())
        && is_by_kind(name)
}

/// Whether `name` is a class noun that names nothing alone: 部门, 单位, 政府.
pub(crate) fn is_bare_class(name: &str) -> bool {
    let single =
        matches!(name, "办" | "局" | "委" | "室" | "科" | "处" | "站" | "所" | "队" | "院" | "厅" | "中心");
    single
        || LEXICON.classes.at_end(name).is_some_and(|((), len)| len == name.len())
        || matches!(name, "政府" | "人民政府" | "党委" | "党组")
}

/// `name` without the brackets at its end and what they hold.
pub(crate) fn without_brackets(name: &str) -> &str {
    let mut base = name;
    while base.ends_with(is_close) {
        let mut depth = 0_usize;
        let open = base.char_indices().rev().find(|(_, c)| {
            depth = if is_close(*c) { depth + 1 } else { depth.saturating_sub(usize::from(is_open(*c))) };
            depth == 0
        });
        match open {
            Some((at, _)) if at > 0 => base = &base[..at],
            _ => break,
        }
    }
    base
}

/// `text` without white space.
pub(crate) fn squeeze(text: &str) -> Cow<'_, str> {
    if has_space(text) {
        Cow::Owned(text.chars().filter(|c| !c.is_whitespace()).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether white space stands in `text`.
pub(super) fn has_space(text: &str) -> bool {
    non_han(text).any(|(_, c)| c.is_whitespace())
}
