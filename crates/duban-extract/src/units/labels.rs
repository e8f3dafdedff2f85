//! Who labels and brackets make responsible: 责任单位：…, （甲局牵头，乙局配合）, （省商务厅）, 县财政局：….

use std::ops::Range;

use duban_document::numeral;
use duban_record::Role;
use smallvec::SmallVec;

use super::bounds;
use super::roles::{self, Assigned, Assignment};
use super::said::{self, Said};
use crate::bodies::lexicon::Follow;
use crate::bodies::{lexicon, names, shape};
use crate::marks::{Mark, MarkKind, is_close, is_colon, is_open, is_within};
use crate::model::SlotRole;
use crate::reading::Reading;
use crate::slots::{self, Slot};

/// A body that a label or a bracket names.
#[derive(Clone, Debug)]
pub(super) struct Labelled {
    pub(super) range: Range<usize>,
    pub(super) open: bool,
    pub(super) role: Role,
    pub(super) rule: &'static str,
}

/// What the labels and brackets of a text say.
#[derive(Debug, Default)]
pub(super) struct Labels {
    pub(super) units: Vec<Labelled>,
    /// Ranges that are read: their words are no sentences.
    pub(super) spent: Vec<Range<usize>>,
}

/// Reads all labels and brackets of a text. `first_leads` says that the first of each list leads.
pub(super) fn read(reading: &Reading<'_>, first_leads: bool) -> Labels {
    let (text, slots) = (&*reading.words, &*reading.slots);
    let mut labels = Labels::default();
    let led = slots.iter().any(|slot| slot.role == SlotRole::Lead && !slot.value.is_empty());
    for slot in slots {
        if let Some((role, rule)) = role_of(slot.role) {
            let mut assignment = roles::read_label(text, slot.value.clone(), role);
            // 责任单位、责任人：县财政局、李某.
            if text.get(slot.label.clone()).is_some_and(|label| label.contains(['人', '领'])) {
                // 责任人及责任单位：李某 县财政局: a blank parts the person from the name.
                let is_parted = |name: &str| name.trim().contains(char::is_whitespace);
                let is_name = |range: &Range<usize>| {
                    names::is_body_at(text, range.clone()) && !text.get(range.clone()).is_some_and(is_parted)
                };
                assignment.bodies.retain(|body| is_name(&body.range));
            }
            let leads = first_leads && !led && role == Role::Responsible;
            labels.units.extend(assign(text, assignment, role, rule, leads));
        }
    }
    let Marked { brackets, headed } = marked(text, &reading.marks);
    labels.spent.reserve(slots.len() + brackets.len());
    for bracket in brackets {
        let own = own_part(text, slots, &bracket);
        let slotted = own.as_ref().is_none_or(|own| own.len() < bracket.len());
        let assignment = own.and_then(|own| unit_bracket(text, &bracket, own));
        // Of a bracket with slots nothing is left to read, but where it holds whole sentences.
        if assignment.is_some() || (slotted && bracket.len() <= LONGEST_OPENING) {
            labels.spent.push(bracket);
        }
        if let Some(assignment) = assignment {
            labels.units.extend(assign(text, assignment, Role::Responsible, "label.bracket", first_leads));
        }
    }
    labels.spent.extend(slots.iter().map(Slot::span));
    labels.spent = merged(labels.spent);
    let openings = opening(text, headed, &labels.spent);
    labels.spent.extend(openings.iter().map(|(_, span)| span.clone()));
    labels.units.extend(openings.into_iter().flat_map(|(units, _)| units));
    labels.units.sort_by_key(|unit| unit.range.start);
    labels
}

/// `spans` in order, those that overlap as one.
fn merged(mut spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    spans.sort_by_key(|span| span.start);
    spans.dedup_by(|span, last| {
        let overlaps = span.start < last.end;
        if overlaps {
            last.end = last.end.max(span.end);
        }
        overlaps
    });
    spans
}

/// What of a bracket no slot takes: all of it, what stands before its first slot
/// (（县财政局牵头；配合单位：县税务局）), unless that is a sentence before a label of bodies, or else what
/// stands behind a time (（完成时限：6月底前；县财政局负责）).
fn own_part(text: &str, slots: &[Slot], bracket: &Range<usize>) -> Option<Range<usize>> {
    let slots = &slots[slots.partition_point(|slot| slot.span().end <= bracket.start)..];
    let Some(slot) = slots.first().filter(|slot| slot.label.start < bracket.end) else {
        return Some(bracket.clone());
    };
    let own = bracket.start..slot.label.start;
    let before = text.get(own.clone()).unwrap_or_default();
    if before.trim_start_matches(is_open).trim().is_empty() {
        return behind_time(text, slots, bracket);
    }
    (role_of(slot.role).is_none() || !before.contains('。')).then_some(own)
}

/// What stands in `bracket` behind its last slot, if that is a time and the first of `slots` is in it.
fn behind_time(text: &str, slots: &[Slot], bracket: &Range<usize>) -> Option<Range<usize>> {
    let last = slots.iter().take_while(|slot| slot.label.start < bracket.end).last()?;
    let behind = Some(last).filter(|slot| slot.role == SlotRole::Time)?.span().end..bracket.end;
    text.get(behind.clone())?.starts_with(['；', ';', '，', ',']).then_some(behind)
}

/// The role that a slot gives and the rule that gave it; none where it names no bodies.
pub(super) fn role_of(slot: SlotRole) -> Option<(Role, &'static str)> {
    match slot {
        SlotRole::Lead => Some((Role::Lead, "label.lead")),
        SlotRole::Support => Some((Role::Support, "label.support")),
        SlotRole::Responsible => Some((Role::Responsible, "label.responsible")),
        SlotRole::Time | SlotRole::Person => None,
    }
}

/// Gives the bodies of one label or bracket their roles: their own, by the rule, or `default`.
pub(super) fn assign(
    text: &str,
    assignment: Assignment,
    default: Role,
    rule: &'static str,
    first_leads: bool,
) -> impl Iterator<Item = Labelled> {
    let explicit = assignment.bodies.iter().any(|body| matches!(body.role, Some(Role::Lead | Role::Support)));
    let leads = first_leads && !explicit;
    let named = move |(index, body): (usize, Assigned)| {
        let own = match (leads, index) {
            (true, 0) => Role::Lead,
            (true, _) => Role::Support,
            (false, _) => body.role.unwrap_or(default),
        };
        Labelled { range: body.range, open: body.open, role: own, rule }
    };
    let short =
        move |body: &Assigned| text.get(body.range.clone()).is_some_and(|name| is_within(name, LONGEST_NAME));
    assignment.bodies.into_iter().filter(short).enumerate().map(named)
}

/// A longer piece under a label is no name.
const LONGEST_NAME: usize = 45;

/// A sentence that has a colon, or opens the text, with the place of the mark that may end its head.
struct Headed {
    sentence: Range<usize>,
    mark: Mark,
}

/// What the marks of a text put together; of most texts little.
#[derive(Default)]
struct Marked {
    /// Outermost brackets, mismatched kinds and unclosed inner ones included, each with its marks.
    brackets: SmallVec<[Range<usize>; 4]>,
    /// The sentences that may begin with bodies and a colon.
    headed: SmallVec<[Headed; 4]>,
}

fn marked(text: &str, marks: &[Mark]) -> Marked {
    let Marked { mut brackets, mut headed } = Marked::default();
    let mut open: SmallVec<[usize; 4]> = SmallVec::new();
    let mut last_close = None;
    let mut start = 0;
    // The first colon of a sentence decides; most sentences have none.
    let mut colon = None;
    let last = Mark::new(text.len(), 0, MarkKind::Break);
    for mark in marks.iter().copied().chain(last) {
        match mark.kind {
            MarkKind::Open => open.push(mark.at()),
            MarkKind::Close => {
                let start = open.pop();
                last_close = Some(mark.end());
                if let (Some(start), true) = (start, open.is_empty()) {
                    brackets.push(start..mark.end());
                    last_close = None;
                }
            }
            MarkKind::Break => {
                if let Some(start) = open.first() {
                    // One that is never closed ends with its line, unless sentences follow in it.
                    let end =
                        last_close.or_else(|| (!text[*start..mark.at()].contains('。')).then_some(mark.at()));
                    if let Some(end) = end {
                        brackets.push(*start..end);
                    }
                }
                open.clear();
                last_close = None;
            }
            MarkKind::Colon => colon = colon.or(Some(mark)),
            MarkKind::Stop if start == 0 => colon = colon.or(Some(mark)),
            _ => {}
        }
        if matches!(mark.kind, MarkKind::Break | MarkKind::Stop | MarkKind::Semicolon) {
            if let Some(colon) = colon.take() {
                headed.push(Headed { sentence: start..mark.end(), mark: colon });
            }
            start = mark.end();
        }
    }
    Marked { brackets, headed }
}

/// The bodies of a bracket, where it is one of units: it says their roles, or it closes an item or a
/// sentence and holds nothing but names.
fn unit_bracket(text: &str, bracket: &Range<usize>, own: Range<usize>) -> Option<Assignment> {
    let inner = inner(text, bracket, own)?;
    let words = text.get(inner.clone())?;
    let glosses = ["以下简称", "简称", "含", "包括", "不含", "原", "即", "如"];
    if words.len() > LONGEST_BRACKET
        || names_levels(words)
        || (glosses.iter().any(|word| words.starts_with(word)) && !names_place(words))
    {
        return None;
    }
    let assignment = roles::read(text, inner);
    let named = assignment.bodies.len() - assignment.strange.min(assignment.bodies.len());
    let accepted = if assignment.spoken {
        named > 0 && named >= assignment.strange + assignment.words
    } else {
        // Among bodies one whose kind nobody knows is one as well: 县交通局、湖阳火车站.
        let name = |body: &Assigned| text.get(body.range.clone()).is_some_and(lexicon::may_be_name);
        named > 0
            && named >= assignment.strange
            && assignment.words == 0
            && (assignment.strange == 0 || assignment.bodies.iter().all(name))
            && closes(text, bracket, &assignment)
    };
    accepted.then_some(assignment)
}

/// Whether the words of a bracket begin with the name of a place and not with a gloss: （如安区教育局）, or said of
/// two, （含江县教育局、含江县林业局）.
fn names_place(words: &str) -> bool {
    let head = words.char_indices().nth(3).map(|(at, _)| words.split_at(at));
    shape::opens_place(words, false) || head.is_some_and(|(place, rest)| rest.contains(place))
}

/// Whether the words of a bracket only count levels: （县、乡镇、村）, （县、乡、村三级）.
fn names_levels(words: &str) -> bool {
    const HIGHER: [&str; 5] = ["省", "市", "县", "区", "州"];
    const LOWER: [&str; 10] =
        ["市", "县", "区", "乡", "镇", "乡镇", "街道", "乡镇（街道）", "村", "村（社区）"];
    let mut names = words.split('、').map(str::trim);
    words.ends_with('级')
        || (words.contains('、')
            && names.next().is_some_and(|first| HIGHER.contains(&first))
            && names.all(|name| LOWER.contains(&name)))
}

/// A longer bracket holds sentences.
const LONGEST_BRACKET: usize = 1800;

/// `own` without the bracket's marks.
fn inner(text: &str, bracket: &Range<usize>, own: Range<usize>) -> Option<Range<usize>> {
    let words = text.get(bracket.clone())?;
    let first = words.chars().next()?.len_utf8();
    let last = words.chars().next_back().filter(|last| is_close(*last)).map_or(0, char::len_utf8);
    let (start, end) = (own.start.max(bracket.start + first), own.end.min(bracket.end.checked_sub(last)?));
    (start <= end).then_some(start..end)
}

/// Whether a bracket of bare names closes what stands before it, rather than explain its last word
/// (区政府新闻办（区委宣传部）, 村（社区）).
fn closes(text: &str, bracket: &Range<usize>, assignment: &Assignment) -> bool {
    let from = text.floor_char_boundary(bracket.start.saturating_sub(LONGEST_OPENING));
    let before = text.get(from..bracket.start).unwrap_or_default().trim_end();
    let after = text.get(bracket.end..).unwrap_or_default().trim_start_matches([' ', '\u{3000}']);
    let ended = before.ends_with(['。', '；', ';', '！', '.']) || before.ends_with(is_close);
    let sentence = before.rsplit(['。', '；', ';', '\n', '，', ',', '、']).next().unwrap_or_default();
    let ends = after.is_empty()
        || after.starts_with(['\n', '。', '；', ';'])
        || after.starts_with(is_open)
        || (is_followed_by_such(after) && opens_with_verb(sentence));
    let handed = || {
        let opens = sentence.starts_with(['交', '报', '送', '由', '与', '向', '请']);
        (opens && lexicon::ends_as_organ(sentence)) || is_told(text, sentence, assignment)
    };
    let explains = assignment.bodies.len() == 1 && (handed() || names_one(&lexicon::squeeze(sentence)));
    let place = matches!(lexicon::ending(sentence), Some((lexicon::Ending::Place, _)));
    let told = || explains || place || counts(text, sentence, assignment);
    ended || (ends && !before.is_empty() && !told())
}

/// Whether `words` begin with a verb: 加强|监管.
fn opens_with_verb(words: &str) -> bool {
    matches!(lexicon::follow(words), Some((Follow::Verb | Follow::NameVerb, _)))
}

/// Whether the sentence goes on over a mark at the head of `after` and ends with a bracket of bare names as well:
/// 维护水渠（县水利局）|、管护机井（县农业局）。
fn is_followed_by_such(after: &str) -> bool {
    if !after.starts_with(['、', '，', ',']) {
        return false;
    }
    let near = after.get(..after.floor_char_boundary(LONGEST_OPENING)).unwrap_or_default();
    let Some((sentence, _)) = near.split_once(['。', '；', ';', '\n']) else { return false };
    let Some((_, names)) = sentence.rsplit_once(is_open) else { return false };
    let names = names.trim_end().strip_suffix(is_close);
    names.is_some_and(|names| names.split('、').all(|name| lexicon::is_body(&lexicon::squeeze(name))))
}

/// Whether `sentence` ends with the number of those that the bracket names, none of which is an office:
/// 改造学校2所（第一小学、第二小学）.
fn counts(text: &str, sentence: &str, assignment: &Assignment) -> bool {
    let Some(head) = sentence.strip_suffix(['所', '家']) else { return false };
    let digit = |c: char| c.is_ascii_digit() || numeral::is_han_numeral(c);
    let number = head.get(head.trim_end_matches(digit).len()..).and_then(numeral::parse);
    let office = |body: &Assigned| {
        let ends =
            ['局', '委', '办', '部', '厅', '府', '会', '处', '室', '科', '镇', '乡', '道', '县', '市', '区'];
        text.get(body.range.clone()).is_none_or(|name| name.ends_with(ends))
    };
    number.and_then(|number| usize::try_from(number).ok()) == Some(assignment.bodies.len())
        && !assignment.bodies.iter().any(office)
}

/// Whether `name` is a body's, and not only of a kind of places or enterprises: 旅游景区（县文旅局）.
fn names_one(name: &str) -> bool {
    lexicon::is_body(name) && !lexicon::is_addressee_only(name)
}

/// Whether `sentence` ends with the body that something is reported to, whose other name the bracket holds:
/// 将总结报县双拥办（县民政局）. No office is another name of a government.
fn is_told(text: &str, sentence: &str, assignment: &Assignment) -> bool {
    const REPORTS: [&str; 8] = ["报告", "报送", "报至", "报给", "上报", "抄送", "报", "送"];
    if !sentence.contains(['报', '送']) {
        return false;
    }
    let verb = REPORTS.iter().filter_map(|verb| sentence.rfind(verb).map(|at| at + verb.len())).max();
    let Some(body) = verb.and_then(|end| sentence.get(end..)) else { return false };
    let governs = |name: &str| ["政府", "办事处", "管委会"].iter().any(|end| name.ends_with(end));
    let other = assignment.bodies.first().and_then(|other| text.get(other.range.clone()));
    lexicon::is_body(&lexicon::squeeze(body)) && (!governs(body) || other.is_some_and(governs))
}

/// The bodies of a heading that is nothing but their names and a colon: 一、县住建局：.
pub(super) fn heading(text: &str) -> Vec<Labelled> {
    let line = text.trim_start().lines().next().unwrap_or_default().trim_end();
    line.strip_suffix(is_colon).map_or_else(Vec::new, |names| only_bodies(text, names))
}

/// The bodies of a line without a number that heads numbered items: 县住建局：, 县住建局（4项）.
pub(super) fn unnumbered_heading(text: &str) -> Vec<Labelled> {
    let line = text.trim();
    let names = line.strip_suffix(is_colon).or_else(|| {
        let (names, count) = line.strip_suffix(['）', ')'])?.rsplit_once(['（', '('])?;
        let unit = count
            .trim_start_matches('共')
            .trim_start_matches(|c: char| c.is_ascii_digit() || numeral::is_han_numeral(c));
        (unit.len() < count.len() && matches!(unit, "项" | "项任务" | "条" | "件" | "个")).then_some(names)
    });
    let several = |name: &str| lexicon::has_modifier(name);
    names
        .filter(|names| !several(names) && !names.contains('\n'))
        .map_or_else(Vec::new, |names| only_bodies(text, names))
}

/// The bodies in `names`, with which `text` opens, if it is nothing but a list of them.
fn only_bodies(text: &str, names: &str) -> Vec<Labelled> {
    if names.is_empty() || names.len() > LONGEST_OPENING {
        return Vec::new();
    }
    let start = text.len() - text.trim_start().len();
    let members = names::members(text, start..start + names.len());
    let acts = |member: &names::Member| {
        is_bodys(text, member)
            && !lexicon::is_class_alone(&member.name(text))
            && names_one(&member.name(text))
    };
    if members.iter().all(acts) { opened(text, members) } else { Vec::new() }
}

/// Whether `member` is a body's name and no label.
fn is_bodys(text: &str, member: &names::Member) -> bool {
    let label = || text.get(member.range.clone()).and_then(slots::role_of);
    names::is_body_at(text, member.range.clone()) && label().is_none()
}

/// The bodies that a colon follows; a bracket may say that they lead or help: 县财政局（牵头单位）：.
fn opened(text: &str, members: names::Members) -> Vec<Labelled> {
    let unit = |member: names::Member| {
        let (own, role) = roles::own_name(text.get(member.range.clone()).unwrap_or_default());
        let len = if role.is_some() { own } else { member.range.len() };
        Labelled {
            range: member.range.start..member.range.start + len,
            open: member.open,
            role: role.unwrap_or(Role::Responsible),
            rule: "label.opening",
        }
    };
    members.into_iter().map(unit).collect()
}

/// The bodies that open an item, a paragraph or a sentence and are followed by a colon (县财政局：落实资金),
/// each list with the span that it takes.
fn opening(
    text: &str,
    headed: impl IntoIterator<Item = Headed>,
    spent: &[Range<usize>],
) -> Vec<(Vec<Labelled>, Range<usize>)> {
    let mut found = Vec::new();
    for Headed { sentence, mark } in headed {
        let span = sentence.start..mark.end();
        if !overlaps(spent, &span)
            && let Some(bodies) = opening_bodies(text, sentence, mark)
        {
            found.push((opened(text, bodies), span));
        }
    }
    found
}

/// Whether `range` shares a byte with one of `spans`, which are sorted.
fn overlaps(spans: &[Range<usize>], range: &Range<usize>) -> bool {
    let first = spans.partition_point(|span| span.end <= range.start);
    spans.get(first).is_some_and(|span| span.start < range.end)
}

fn opening_bodies(text: &str, sentence: Range<usize>, mark: Mark) -> Option<names::Members> {
    let behind = mark.end();
    let head = text.get(sentence.start..mark.at()).filter(|head| head.len() <= LONGEST_OPENING)?;
    let says = |behind: usize| matches!(said::said(text, behind, text.len()), (Some(Said::Charge), _));
    // A title that is only a name (县财政局。) is one where what follows says what it does.
    let title = mark.kind == MarkKind::Stop && sentence.start == 0 && says(behind);
    let colon = mark.kind == MarkKind::Colon
        && text.get(behind..sentence.end).is_some_and(|rest| !rest.trim().is_empty());
    if !(title || colon) || head.contains(['；', '“', '《']) {
        return None;
    }
    let head = head.trim_end();
    let duties = ["主要职责", "工作职责", "职责分工", "职责任务", "职责"];
    let named = duties.iter().find_map(|word| head.strip_suffix(word)).unwrap_or(head).trim_end_matches('的');
    let start = bounds::skip_openers(text, sentence.start, sentence.end);
    let members = names::members(text, start..(sentence.start + named.len()).max(start));
    // 领导小组职责: without its duties the name heads a list of persons.
    let has_duties = |member: &names::Member| {
        let person = || slots::role_of(&member.name(text)) == Some(SlotRole::Person);
        named.len() < head.len() && names::is_body_at(text, member.range.clone()) && person()
    };
    // 会签单位：县财政局 labels a list, 施工单位：清理场地 tells a kind of bodies what to do.
    let labels = || {
        let [kind] = members.as_slice() else { return false };
        let end = text
            .get(behind..sentence.end)
            .map_or(behind, |rest| behind + rest.trim_end_matches(['。', '；']).len());
        lexicon::is_class_alone(&kind.name(text))
            && names::members(text, behind..end).iter().all(|member| is_bodys(text, member))
    };
    let all = members.iter().all(|member| is_bodys(text, member) || has_duties(member)) && !labels();
    (all && !members.is_empty()).then_some(members)
}

/// A longer text before a colon is no list of bodies.
const LONGEST_OPENING: usize = 240;
