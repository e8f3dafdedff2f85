//! A list of bodies to its members: 甲局、乙局和各乡镇 → three names.
//!
//! A list splits at its marks and before its last member at 和 or 及, never inside brackets. What
//! shares one noun or one modifier stays whole (各市、州、县人民政府, 各有关地区和部门); what is run together
//! without a mark is cut (各乡镇各部门, 县教育局县科技局).

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use duban_document::{Words, numeral};
use smallvec::SmallVec;

use super::acting;
use super::canonical::last_field;
use super::levels::{levels_before, levels_go_on};
use super::lexicon;
use super::owners::owners_before;
use super::time::time_len;
use crate::marks::{is_close, is_han, is_open, non_han, trimmed};
use crate::places::leading_level;

/// A member of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    /// Where it stands.
    pub(crate) range: Range<usize>,
    /// Whether 等 or 等部门 stood behind it.
    pub(crate) open: bool,
}

impl Member {
    /// Its name: the text without white space.
    pub(crate) fn name<'t>(&self, text: &'t str) -> Cow<'t, str> {
        lexicon::squeeze(text.get(self.range.clone()).unwrap_or_default())
    }
}

/// The members of a list; most lists are short.
pub(crate) type Members = SmallVec<[Member; 4]>;

/// Whether the text in `range`, white space apart, is a body's name.
pub(crate) fn is_body_at(text: &str, range: Range<usize>) -> bool {
    text.get(range).is_some_and(|name| lexicon::is_body(&lexicon::squeeze(name)))
}

/// The members of the list in `range`, as printed; whether each is a body is for the caller to ask.
pub(crate) fn members(text: &str, range: Range<usize>) -> Members {
    let mut members = Members::new();
    let pieces = pieces(text, range);
    let pieces = if pieces.len() > 1 { join_shared(text, &pieces) } else { pieces };
    for piece in pieces {
        // 县财政局、等部门: the mark before 等 is one too many.
        if let Some(last) = members.last_mut().filter(|_| is_only_open(&text[piece.clone()])) {
            last.open = true;
        } else if piece.len() > LONGEST_PIECE || is_whole(text.get(piece.clone()).unwrap_or_default()) {
            members.push(Member { range: piece, open: false });
        } else {
            split_open(text, piece, &mut members);
        }
    }
    drop_count(text, &mut members);
    members
}

/// Whether `piece` begins as a name does and holds none of the characters at which a piece is cut; behind 局 it
/// is cut only where it goes on.
fn is_whole(piece: &str) -> bool {
    let name = piece.strip_suffix('局').unwrap_or(piece);
    let first = name.chars().next().filter(|c| is_han(*c) && among_them(piece) == 0);
    first.is_some_and(|first| CUTTING.next_at_head(name, first.len_utf8()).is_none())
}

/// The characters at which [`split_open`], [`split_conjunctions`] and [`split_run_together`] may cut a piece.
static CUTTING: LazyLock<Words<()>> = LazyLock::new(|| {
    let cutting = "等和及与暨各省市县区州镇乡街团特尤局";
    Words::of_heads(cutting.chars().map(|c| (c.to_string(), ())))
});

/// Takes off the last name what only counts the names of its list: 县教育局、县公安局|两部门.
fn drop_count(text: &str, members: &mut [Member]) {
    const NOUNS: [&str; 5] = ["部门", "单位", "机构", "科室", "家"];
    let count = members.len();
    let Some(last) = members.last_mut().filter(|_| count > 1) else { return };
    let name = text.get(last.range.clone()).unwrap_or_default();
    let Some(bare) = NOUNS.iter().find_map(|noun| name.strip_suffix(noun)) else { return };
    let bare = bare.trim_end_matches(['个', '家']);
    let end = bare.trim_end_matches(|c: char| c.is_ascii_digit() || c == '两' || numeral::is_han_numeral(c));
    let says = match &bare[end.len()..] {
        "两" => Some(2),
        number => numeral::parse(number),
    };
    let range = last.range.start..last.range.start + end.len();
    if says.and_then(|says| usize::try_from(says).ok()) == Some(count) && is_body_at(text, range.clone()) {
        last.range = range;
    }
}

/// Bytes between two marks beyond which a text is no name and is not cut further.
const LONGEST_PIECE: usize = 360;

/// What stands between the marks of a list; most lists are short.
type Pieces = SmallVec<[Range<usize>; 4]>;

/// The pieces between marks, brackets kept whole.
fn pieces(text: &str, range: Range<usize>) -> Pieces {
    let mut pieces = Pieces::new();
    let mut depth = 0_usize;
    let mut quoted = QuotedTo(range.start);
    let mut start = range.start;
    for (offset, c) in non_han(text.get(range.clone()).unwrap_or_default()) {
        let at = range.start + offset;
        if c == '“' {
            quoted.open(text, at..range.end);
        } else if at < quoted.0 {
            // 市“双随机、一公开”专班 is one name.
        } else if is_open(c) {
            depth += 1;
        } else if is_close(c) {
            depth = depth.saturating_sub(1);
        } else if depth == 0
            && (is_mark(c)
                || (is_dot(c) && splits_at_dot(text, start, at))
                || (c.is_whitespace() && splits_at_space(text, start, at, range.end)))
        {
            // 1.县公安局；2.县司法局: the numbers are no names.
            if let Some(piece) = piece(text, start..at).filter(|_| !is_dot(c) || !is_number(text, start..at))
            {
                pieces.push(piece);
            }
            start = at + c.len_utf8();
        }
    }
    if let Some(last) = piece(text, start..range.end) {
        pieces.push(last);
    }
    pieces
}

/// Where the last quotes end that were opened in a list.
struct QuotedTo(usize);

impl QuotedTo {
    /// Takes note of the quote that `rest` begins with; what nothing closes quotes nothing.
    fn open(&mut self, text: &str, rest: Range<usize>) {
        let name = rest.start..text.floor_char_boundary(rest.end.min(rest.start + LONGEST_PIECE));
        let close = text.get(name).and_then(|name| name.find('”'));
        self.0 = self.0.max(rest.start + close.unwrap_or(0));
    }
}

fn is_dot(c: char) -> bool {
    matches!(c, '.' | '．')
}

/// Whether the dot at `at` stands behind a name or a number in front of a name; 6.30前 is a time.
fn splits_at_dot(text: &str, start: usize, at: usize) -> bool {
    let next = text.get(at..).and_then(|rest| rest.chars().nth(1));
    at - start <= LONGEST_PIECE
        && next.is_some_and(is_han)
        && (is_number(text, start..at) || is_body_at(text, start..at))
}

/// Whether digits alone stand in `range`.
fn is_number(text: &str, range: Range<usize>) -> bool {
    let digits = text.get(range).unwrap_or_default().trim();
    !digits.is_empty() && digits.len() <= 2 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_mark(c: char) -> bool {
    matches!(c, '、' | '，' | ',' | '；' | ';' | '。' | '/' | '／' | '\\' | '|' | '·')
        || numeral::circled(c).is_some()
}

/// Length of 特别是 at the head of `text`, which marks out those of a list that it stands before.
#[inline]
pub(crate) fn among_them(text: &str) -> usize {
    let marked =
        text.starts_with(['特', '尤']) && ["特别是", "尤其是"].iter().any(|word| text.starts_with(word));
    if marked { "特别是".len() } else { 0 }
}

/// `range` without white space at its ends and 特别是 at its head; `None` where that is all.
fn piece(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let Range { start, end } = trimmed(text, range, char::is_whitespace);
    let start = start + text.get(start..end).map_or(0, among_them);
    (start < end).then_some(start..end)
}

/// Whether the white space at `at` stands between two names rather than inside one that was broken.
///
/// A line break is one unless the next line opens with a bracket, goes on inside a word or names a
/// part of the body before it (分局, 大队). A blank is one only between two bodies.
fn splits_at_space(text: &str, start: usize, at: usize, end: usize) -> bool {
    if at == start || at - start > LONGEST_PIECE || text[..at].ends_with(char::is_whitespace) {
        return false;
    }
    let before = lexicon::squeeze(text.get(start..at).unwrap_or_default());
    let rest = text.get(at..end).unwrap_or_default();
    let after = rest.trim_start();
    let gap = &rest[..rest.len() - after.len()];
    if time_len(after) > 0 && lexicon::is_body(&before) {
        return true;
    }
    // 高新园（白沙镇）|各街道: none goes on with 各.
    if gap.contains('\n') && after.starts_with('各') && !before.ends_with(['和', '及', '与', '由']) {
        return true;
    }
    let next =
        lexicon::squeeze(after.split(|c: char| is_mark(c) || c.is_whitespace()).next().unwrap_or_default());
    if before.is_empty() || next.is_empty() || next.starts_with(is_open) || !lexicon::is_body(&before) {
        return false;
    }
    if gap.contains('\n') { !goes_on_below(&before, &next) } else { lexicon::is_body(behind_number(&next)) }
}

/// `name` without the number that counts it in a list: 2.县财政局.
fn behind_number(name: &str) -> &str {
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() < name.len() { rest.strip_prefix(is_dot).unwrap_or(name) } else { name }
}

/// Whether the name that ends a line goes on in the next: inside a word (各部|门), with a part of the
/// body (生态环境局|云岭分局) or with an office of a committee or government (县委|宣传部).
fn goes_on_below(before: &str, next: &str) -> bool {
    let parts = ["分局", "大队", "支队", "中队", "分中心", "分公司"];
    // Only a bank has branches: 县农商银行|城关支行, but 县财政局|农行城关支行 are two.
    let branches = ["分行", "支行"];
    let bank = before.ends_with(['行', '社']);
    let office = before.ends_with(['委', '府'])
        && leading_level(next).is_none()
        && !next.starts_with(['各', '团', '街'])
        && lexicon::ends_as_organ(next);
    // 县融媒体|中心: no name is only the end of one.
    let end = matches!(lexicon::ending(next), Some((lexicon::Ending::OrganEnd, len)) if len == next.len());
    let across = lexicon::ending(&format!("{before}{next}")).is_some_and(|(_, len)| len > next.len());
    // A part does not say its level again: 县公安局|交警大队, but 县住建局|县消防救援大队 are two.
    let is_part = parts.iter().chain(branches.iter().filter(|_| bank)).any(|end| next.ends_with(end));
    let part = leading_level(next).is_none() && is_part;
    across || office || part || end
}

/// Joins pieces that share the last one's noun (各市、州、县人民政府; 电信、移动公司) or the first one's
/// modifier (各部门、单位).
fn join_shared(text: &str, pieces: &[Range<usize>]) -> Pieces {
    let mut joined = Pieces::new();
    for (index, piece) in pieces.iter().cloned().enumerate() {
        let Some(last) = joined.last() else {
            joined.push(piece);
            continue;
        };
        let name = text.get(piece.clone()).unwrap_or_default();
        let before = text.get(last.clone()).unwrap_or_default();
        let own = leading_level(name);
        let behind = pieces.get(index + 1).and_then(|next| text.get(next.clone()));
        let fragments = fragments_before(text, &joined, name)
            .max(levels_before(text, &joined, own))
            .max(owners_before(text, &joined, name));
        let committee = || before.char_indices().nth(1).is_some_and(|(at, _)| &before[at..] == "委");
        let shared = if (committee() && is_of_committee(before, name))
            || (lexicon::is_bare_class(lexicon::without_brackets(name)) && is_modified(before))
            || (is_bare(name)
                && !is_bare(before)
                && ["部门", "单位"].iter().any(|noun| before.ends_with(noun)))
            || own.is_some_and(|own| !name.contains('各') && levels_go_on(before, own, behind))
        {
            1
        } else {
            fragments
        };
        let kept = joined.len() - shared;
        let start = joined.get(kept).map_or(piece.start, |first| first.start);
        joined.truncate(kept);
        joined.push(start..piece.end);
    }
    joined
}

/// Whether `name` names bodies only beside others (乡镇、部门) or with the modifier of the one before it
/// (主管部门、单位).
pub(crate) fn is_bare(name: &str) -> bool {
    matches!(name, "部门" | "单位")
}

/// Whether `name` says 各, 每, 有关 or the like.
pub(crate) fn is_modified(name: &str) -> bool {
    lexicon::has_modifier(name) || name.contains('各') || name.starts_with('每')
}

/// Characters of the longest field before a shared noun: 人力资源社会保障、财政部门.
const LONGEST_FIELD: usize = 8;

/// How many of the last pieces are cut short before the noun at the end of `name`: 发改、财政部门.
fn fragments_before(text: &str, pieces: &[Range<usize>], name: &str) -> usize {
    let noun =
        ["部门", "公司", "企业", "机关", "机构", "单位"].iter().find_map(|noun| name.strip_suffix(noun));
    // 市直部门 is whole, 市场监管部门 may be the last of a list.
    let placed = |stem: &str| {
        leading_level(stem)
            .is_some_and(|(_, rest)| rest.is_empty() || rest.starts_with(['级', '直', '属', '管', '本']))
    };
    let own = |stem: &str| stem.chars().count() > LONGEST_FIELD || is_modified(stem) || placed(stem);
    if noun.is_none_or(|stem| stem.is_empty() || own(stem)) {
        return 0;
    }
    // 教育、财政等部门 lists three.
    if name.contains('等') {
        return 0;
    }
    let fragment = |piece: &&Range<usize>| {
        let name = text.get((*piece).clone()).unwrap_or_default();
        // 各镇（街道）、县供电公司: a name that a bracket closes is whole.
        !name.ends_with(is_close) && lexicon::ending(name).is_none() && name.chars().count() <= LONGEST_FIELD
    };
    let count = pieces.iter().rev().take_while(fragment).count();
    // 建设、施工单位 are those that do the one or the other; what else stands before 项目单位 is a body.
    let acts = |piece: &Range<usize>| text.get(piece.clone()).is_some_and(acting::ends_as_act);
    let acting = !name.ends_with("单位") || pieces[pieces.len() - count..].iter().all(acts);
    if acting { count } else { 0 }
}

/// Takes 等, 等部门 and the like off a piece; what goes on behind them (等部门和各乡镇) is read too.
fn split_open(text: &str, range: Range<usize>, members: &mut Members) {
    let name = text.get(range.clone()).unwrap_or_default();
    let cut = name.match_indices('等').find_map(|(at, mark)| {
        let word = name[..at].ends_with(['高', '中', '初', '同', '平', '均', '优', '对']);
        let tail = &name[at + mark.len()..];
        let body = || is_body_at(text, range.start..range.start + at);
        let class = if word || at == 0 { None } else { class_behind(tail, body) };
        class.map(|len| (at, at + mark.len() + len))
    });
    let Some((end, behind)) = cut else { return split_conjunctions(text, range, members) };
    let first = members.len();
    let listed = range.start..range.start + end;
    match last_field(&text[listed.clone()]).filter(|_| first > 0) {
        Some((at, behind)) => {
            push_member(text, listed.start..listed.start + at, members);
            push_member(text, listed.start + behind..listed.end, members);
        }
        None => split_conjunctions(text, listed, members),
    }
    if let Some(last) = members.get_mut(first..).and_then(<[Member]>::last_mut) {
        last.open = true;
    }
    let rest = name.get(behind..).unwrap_or_default();
    let more = rest.trim_start_matches(['和', '及', '与', '、', '，', ',']);
    if !more.is_empty() {
        split_open(text, range.end - more.len()..range.end, members);
    }
}

/// Whether `name` is nothing but what leaves a list open: 等, 等有关单位.
pub(crate) fn is_only_open(name: &str) -> bool {
    name.strip_prefix('等').is_some_and(|tail| class_behind(tail, || false) == Some(tail.len()))
}

/// Length of what stands behind 等 and only says what kind of bodies were listed: 部门, 有关部门和单位,
/// 11个单位; behind a `body` also 公立医院 and the like. `None` where 等 is followed by something else.
fn class_behind(tail: &str, body: impl Fn() -> bool) -> Option<usize> {
    let conjunction = tail.char_indices().find(|(at, c)| {
        let right = &tail[at + c.len_utf8()..];
        matches!(c, '和' | '及' | '与') && !is_class(right) && lexicon::is_body(right)
    });
    let own = conjunction.map_or(tail, |(at, _)| &tail[..at]);
    let name = lexicon::squeeze(own);
    let class = || {
        lexicon::is_by_kind(&name)
            || (leading_level(&name).is_none() && lexicon::ending(&name).is_some() && body())
    };
    (name.is_empty() || (name.chars().count() <= 14 && class())).then_some(own.len())
}

/// Cuts a piece at 和, 及, 与 and where two names run together.
fn split_conjunctions(text: &str, range: Range<usize>, members: &mut Members) {
    let name = text.get(range.clone()).unwrap_or_default();
    for (at, c) in name.char_indices().filter(|(at, c)| *at > 0 && matches!(c, '和' | '及' | '与' | '暨'))
    {
        let before = name[..at].trim_end_matches('以').len();
        let behind = &name[at + c.len_utf8()..];
        // 县政府及其部门.
        let behind = behind.strip_prefix('其').filter(|_| c == '及').unwrap_or(behind);
        let (left, right) = (range.start..range.start + before, range.end - behind.len()..range.end);
        if !right.is_empty() && separate(text, left.clone(), right.clone()) {
            split_run_together(text, left, members);
            return split_conjunctions(text, right, members);
        }
    }
    split_run_together(text, range, members);
}

/// Whether two names stand on the two sides of 和.
fn separate(text: &str, left: Range<usize>, right: Range<usize>) -> bool {
    let second = lexicon::squeeze(text.get(right).unwrap_or_default());
    let first = text.get(left.clone()).unwrap_or_default();
    let shares = is_modified(first) && is_class(&second);
    // 县公安局|和云分局: a branch is named by more than one character.
    let letter = second.strip_suffix("分局").is_some_and(|name| name.chars().count() == 1);
    let stands = lexicon::is_body(&second) || second.chars().count() >= 3 || lexicon::is_person(&second);
    // 各级领导干部|和各部门.
    let persons = || is_modified(&second) && lexicon::is_body(&second) && lexicon::is_person(first);
    (is_body_at(text, left) && !shares && !letter && stands) || persons()
}

/// A class noun without a modifier or a name before it.
fn is_class(name: &str) -> bool {
    let base = lexicon::without_brackets(name);
    lexicon::is_bare_class(base)
        || (lexicon::is_by_kind(base) && !lexicon::has_modifier(base) && base.chars().count() <= 4)
}

/// Cuts names that run together: 各乡镇各部门, 街道人大工委街道政协.
fn split_run_together(text: &str, range: Range<usize>, members: &mut Members) {
    let name = text.get(range.clone()).unwrap_or_default();
    let cut = name.char_indices().skip(1).find_map(|(at, c)| {
        let (left, right) = name.split_at(at);
        let cuts = match c {
            '各' => {
                let cuts = left.contains('各')
                    && !left.ends_with("各级")
                    && left != "各"
                    && !left.ends_with(is_open);
                return cuts.then(|| before_level(left));
            }
            '省' | '市' | '县' | '区' | '州' | '镇' | '乡' | '街' | '团' => {
                runs_together(left, right)
            }
            '特' | '尤' => among_them(right) > 0,
            _ if left.ends_with('局') => two_bureaus(left, right),
            _ => false,
        };
        cuts.then_some(at)
    });
    match cut {
        Some(at) => {
            push_member(text, range.start..range.start + at, members);
            split_run_together(text, range.start + at..range.end, members);
        }
        None => push_member(text, range, members),
    }
}

/// Where the second of two names ends that run together before 各: it may say its level first, 各乡镇|县直|各部门,
/// 各乡镇人民政府|县政府|各部门.
fn before_level(left: &str) -> usize {
    const OF_LEVEL: [&str; 6] = ["直", "直属", "属", "级", "政府", "委"];
    let start = left.char_indices().rev().take(LONGEST_LEVEL).map(|(at, _)| at).find(|at| {
        let own = leading_level(&left[*at..]).is_some_and(|(_, rest)| OF_LEVEL.contains(&rest));
        own && *at > 0 && (lexicon::is_body(&left[..*at]) || is_modified(&left[..*at]))
    });
    start.unwrap_or(left.len())
}

/// Characters of a level with what follows it: 自治区直属.
const LONGEST_LEVEL: usize = 5;

/// Whether two bodies of one level run together: the first ends as an organ does and the second
/// begins as the first.
fn runs_together(left: &str, right: &str) -> bool {
    let left = lexicon::without_brackets(left);
    let organ = lexicon::ends_as_organ(left);
    let league = || opens_league(right) || left.starts_with('团');
    let same_level = left.chars().next() == right.chars().next() || league();
    organ && same_level && !is_of_committee(left, right) && lexicon::is_body(left) && lexicon::is_body(right)
}

/// Whether `name` begins with the league of a place: 团县委, 团云岭区委, but not 各学院|团委, 各组|团管委会.
fn opens_league(name: &str) -> bool {
    name.starts_with('团') && name.ends_with('委') && !name.ends_with("工委") && name.chars().count() > 2
}

/// Whether `right` is an office of the committee `left`, which says its level again: 县委|县直机关工委,
/// 县委|县政府督查室.
fn is_of_committee(left: &str, right: &str) -> bool {
    let Some((_, rest)) = leading_level(right).filter(|_| left.ends_with('委')) else { return false };
    let office = rest.strip_prefix("政府").filter(|office| !office.is_empty());
    rest.starts_with("直机关工")
        || office.is_some_and(|office| !office.starts_with(['办', '各', '有', '相', '直', '组']))
}

/// Whether two bureaus run together that say no level: 民政局|财政局. A bureau of the police has bureaus of
/// its own, and 分局 is part of the one before it.
fn two_bureaus(left: &str, right: &str) -> bool {
    let kin = ["公安局", "总局", "分局"].iter().any(|end| left.ends_with(end));
    let same = |name: &str| leading_level(name).is_none() && lexicon::is_body(name);
    right.ends_with('局') && !right.ends_with("分局") && !kin && same(left) && same(right)
}

fn push_member(text: &str, range: Range<usize>, members: &mut Members) {
    members.extend(piece(text, range).map(|range| Member { range, open: false }));
}
