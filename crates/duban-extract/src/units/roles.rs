//! What a bracket, a slot or a cell says of the bodies in it: A牵头，B、C配合; A、B按职责分工负责.

use std::ops::Range;
use std::sync::LazyLock;

use duban_document::Words;
use duban_record::Role;
use regex::Regex;
use smallvec::{SmallVec, smallvec};

use super::clause::{self, Stand, Subject};
use super::pieces::{Piece, class_of};
use super::rules;
use super::said::Said;
use crate::bodies::lexicon::{Ending, Follow};
use crate::bodies::{lexicon, names, persons};
use crate::marks::{is_close, is_colon, is_open, non_han};
use crate::slots;

/// The clauses of a value; most have few.
type Clauses = SmallVec<[Range<usize>; 4]>;

/// A body with what is said of it there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Assigned {
    pub(super) range: Range<usize>,
    pub(super) open: bool,
    /// `None` where nothing but the label or the bracket itself says what it has to do.
    pub(super) role: Option<Role>,
}

/// The bodies in a value, and what kind of value it is.
#[derive(Debug, Default)]
pub(super) struct Assignment {
    pub(super) bodies: SmallVec<[Assigned; 4]>,
    /// How many of them have the role that is said of them.
    settled: usize,
    /// Whether a role is written out (负责, 牵头).
    pub(super) spoken: bool,
    /// How many of the bodies are of no known kind.
    pub(super) strange: usize,
    /// Number of pieces that are words and name nobody: 确保见效.
    pub(super) words: usize,
}

impl Assignment {
    /// Adds the bodies of `subject`, of whom the words say `role`.
    fn charge(&mut self, text: &str, subject: &Subject, role: Option<Role>) {
        for member in &subject.bodies {
            push_member(text, member, self);
        }
        self.spoken = true;
        self.settle(role);
    }

    /// Gives those that wait for one their role, but for those that have one.
    fn settle(&mut self, role: Option<Role>) {
        for body in &mut self.bodies[self.settled..] {
            body.role = body.role.or(role);
        }
        self.settled = self.bodies.len();
    }
}

/// Words at the end of a list that say what the bodies have to do, with what may stand between.
static TAIL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let own = "(?:各自|部门|工作|任务|有关|相关|本|其)*";
    let duties = "(?:职责|职能|职权|权限|分工|任务|要求|规定|程序|需要|实际|属地(?:管理)?(?:原则)?)+(?:和|及)?(?:权限|分工|任务)?(?:范围)?内?";
    let manner = "(?:参照|遵照|比照|分别|分工|分级|分类|共同|具体|各自|主要|联合|统一|统筹|分头|全面|全力|大力|积极|主动|密切|协同|协作|联动|会商|直接|抓好|做好|予以|给予|提供|一并|都|均|要|需|应|来)*";
    let role = "总?(?:为(?:第一)?(?:责任|配合|参与|协办)(?:单位|部门|主体)|为?牵头(?:抓总|总抓)?|抓总|主抓|主办|主责|为主|负(?:总|全|主)责|负责(?:牵头(?:抓总)?)?|承办|承担|落实|实施|开展|组织实施|组织落实|组织开展|组织推进|指导|督导|推进|执行|办理|完成|配合|协同|参与|参加|协助|协办|会办|支持|为辅|做好(?:相关|有关|各自|本职)工作)";
    let more = "(?:负责|落实|实施|推进|组织实施|组织|协调|办理|承办|做好|配合|协助|协办|抓落实|抓好落实|推进落实|贯彻落实|工作|单位|部门|指导|督导|督查|督促|检查|考核)*";
    Regex::new(&format!("(?:(?:按照?|依照?|依据|根据|结合){own}{duties}，?)?{manner}{role}{more}$")).ok()
});

/// The bodies behind a label that gives them `role`; see [`read`]. What a later clause says (牵头单位：甲局，
/// 乙局、丙局负责) is not said of those that the label leads or lets help.
pub(super) fn read_label(text: &str, range: Range<usize>, role: Role) -> Assignment {
    read_clauses(text, clauses(text, range, true), role != Role::Responsible)
}

/// The bodies in a cell whose column is headed by a label.
pub(super) fn read_cell(text: &str) -> Assignment {
    read_clauses(text, clauses(text, 0..text.len(), true), false)
}

/// The bodies in `range`. A time (10月底前完成) or a rule (排在第一位的为牵头单位，下同) among them is passed over.
pub(super) fn read(text: &str, range: Range<usize>) -> Assignment {
    read_clauses(text, clauses(text, range, false), false)
}

fn read_clauses(text: &str, parted: Clauses, apart: bool) -> Assignment {
    let mut assignment = Assignment::default();
    let mut joint = false;
    for (index, clause) in parted.into_iter().enumerate() {
        let words = text.get(clause.clone()).unwrap_or_default().trim();
        if rules::is_rule(lexicon::without_brackets(words)) {
            continue;
        }
        // What is said behind ； is not said of those before it.
        let before = text.get(..clause.start).unwrap_or_default();
        if !joint && (apart || before.ends_with(['；', ';'])) {
            assignment.settle(None);
        }
        if let Some(subject) = duty(text, clause.clone()) {
            assignment.settle(None);
            assignment.charge(text, &subject, subject.said.role());
            continue;
        }
        for (part, with) in split_with(text, clause) {
            if with {
                assignment.settle(Some(Role::Lead));
                joint = true;
            }
            // 甲局会同|乙局、丙局制定.
            if with && let Some(partners) = duty(text, part.clone()) {
                assignment.charge(text, &partners, Some(Role::Support));
                joint = false;
                continue;
            }
            let (names_in, tail) = strip_tail(text, part);
            // 甲局，各镇配合: somebody is helped.
            if tail == Some(Role::Support) && !joint && assignment.settled == 0 {
                assignment.settle(None);
            }
            for member in names::members(text, names_in) {
                push_member(text, &member, &mut assignment);
            }
            if let Some(role) = tail {
                assignment.spoken = true;
                let role = match role {
                    Role::Responsible if joint => Some(Role::Support),
                    // 牵头单位：甲局按职责负责: what the label says goes before.
                    Role::Responsible if apart && index == 0 => None,
                    role => Some(role),
                };
                assignment.settle(role);
                joint = false;
            }
        }
    }
    assignment.settle(joint.then_some(Role::Support));
    assignment.spoken |= assignment.bodies.iter().any(|body| body.role.is_some());
    if assignment.bodies.iter().any(|body| body.open)
        && assignment.bodies.iter().all(|body| is_short(text, body))
    {
        assignment.strange = 0;
    }
    assignment
}

/// The bodies that a clause opens with and whose duty it goes on to name: 甲局负责校内, 乙局统筹.
fn duty(text: &str, clause: Range<usize>) -> Option<Subject> {
    let words = text.get(clause.clone())?;
    let start = clause.start + (words.len() - words.trim_start().len());
    let end = clause.start + words.trim_end().len();
    let own = text.get(start..end)?;
    let is_name = lexicon::is_body(&lexicon::squeeze(own));
    if tail(own).is_some() || !may_say_duty(own, is_name) {
        return None;
    }
    let subject = clause::subject(text, start, end, Stand::Listed)?;
    let spoken = match subject.said {
        Said::Charge | Said::Lead | Said::Support => subject.said_end < end,
        // 甲局落实|资金, 甲局要|重视, but not 乡村建设|服务中心 or 某省优化|营商环境条例.
        Said::Verb | Said::Modal => {
            let acts = |member: &names::Member| {
                let name = member.name(text);
                name.starts_with('各') || lexicon::ends_as_organ(&name)
            };
            subject.said_end == end || !is_name && subject.bodies.iter().all(acts)
        }
        _ => false,
    };
    spoken.then_some(subject)
}

/// Whether any word of `clause` may be what is said of bodies before it. Most clauses hold nothing but names, as one does
/// that `is_name`.
fn may_say_duty(clause: &str, is_name: bool) -> bool {
    let mut at = 0;
    while let Some((kind, word)) = lexicon::next_follow(clause, at) {
        match kind {
            Follow::Charge | Follow::Lead | Follow::Support => return true,
            Follow::Verb | Follow::NameVerb if word.end == clause.len() => return true,
            Follow::Verb | Follow::NameVerb | Follow::Modal if !is_name && word.start > 0 => return true,
            _ => at = word.start + clause[word].chars().next().map_or(0, char::len_utf8),
        }
    }
    false
}

/// Whether a piece may be the short name of an office before 等部门: 发改、财政等部门.
fn is_short(text: &str, body: &Assigned) -> bool {
    let name = text.get(body.range.clone()).unwrap_or_default();
    lexicon::is_body(&lexicon::squeeze(name)) || (name.chars().count() <= 6 && lexicon::opens_as_name(name))
}

/// The parts of a value that carry their own tail: between marks outside brackets.
///
/// Parts are cut at every mark but 、, so that a tail stands at the end of its part; a part without
/// a tail waits for the next. 、 cuts only between two parts that each say what their bodies do
/// (甲局牵头、乙局配合) or before a body of which nothing is said (甲局牵头、乙局). Behind a label of bodies the
/// value may be sorted (县级：甲局；乡级：各乡镇), which `sorted` says; what any other label opens
/// (目标任务：新增学位百个) names nobody to the end.
fn clauses(text: &str, range: Range<usize>, mut sorted: bool) -> Clauses {
    let labelled = sorted;
    let mut clauses = Clauses::new();
    let mut end = range.end;
    let mut depth = 0_usize;
    let (mut start, mut member) = (range.start, range.start);
    for (offset, c) in non_han(text.get(range.clone()).unwrap_or_default()) {
        let at = range.start + offset;
        if is_open(c) {
            depth += 1;
        } else if is_close(c) {
            depth = depth.saturating_sub(1);
        } else if depth == 0 && matches!(c, '，' | ',' | '；' | ';' | '。' | '、') {
            let next = at + c.len_utf8();
            if c != '、' || parts_roles(text, member..at, next..range.end) {
                clauses.push(start..at);
                start = next;
            }
            member = next;
        } else if depth == 0 && is_colon(c) {
            let next = at + c.len_utf8();
            let Some(label) = label_before(text, std::mem::replace(&mut member, next)..at) else { continue };
            sorted &= (label == range.start || !clauses.is_empty()) && slots::charges_body(text, next);
            if !sorted {
                end = label;
                break;
            }
            clauses.push(start..label);
            start = next;
        }
    }
    clauses.push(start..end);
    let mut clauses: Clauses =
        clauses.into_iter().flat_map(|clause| split_behind_role(text, clause)).collect();
    if labelled {
        for clause in &mut clauses {
            clause.start += before_agent(text.get(clause.clone()).unwrap_or_default());
        }
    }
    clauses.retain(|clause: &mut Range<usize>| {
        text.get(clause.clone()).is_some_and(|part| !part.trim().is_empty())
    });
    clauses
}

/// Length of what says at the head of `clause` which part of the work the body behind 由 has: 渠道由|县水利局负责.
fn before_agent(clause: &str) -> usize {
    const LONGEST_PART: usize = 48;
    let Some((part, _)) = clause.split_once('由').filter(|(part, _)| part.len() <= LONGEST_PART) else {
        return 0;
    };
    let behind = part.len() + '由'.len_utf8();
    let word = part.ends_with(['自', '理', '事', '缘']);
    let named = || part.split('、').any(|name| lexicon::is_body(name.trim()));
    if !word && slots::charges_body(clause, behind) && !named() { behind } else { 0 }
}

/// Where the words before a colon that end `range` begin, if they are a label: they are no body (县财政局：…) and
/// no part of a time (9:30). A line break parts them from what stands before, and so does a blank behind a body.
fn label_before(text: &str, range: Range<usize>) -> Option<usize> {
    let words = text.get(range.clone())?;
    let blank = words.rfind('\n').or_else(|| {
        let at = words.trim_end().rfind(char::is_whitespace)?;
        names::is_body_at(text, range.start..range.start + at).then_some(at)
    });
    let start = range.start + blank.unwrap_or(0);
    let label = text.get(start..range.end)?.trim();
    let none = label.is_empty()
        || label.ends_with(|c: char| c.is_ascii_digit())
        || names::is_body_at(text, start..range.end);
    (!none).then_some(start)
}

/// Whether the body in `left` has its role said, and the list behind the mark begins with a body and has
/// one said as well, or has none where `left` leads, helps or has charge.
fn parts_roles(text: &str, left: Range<usize>, right: Range<usize>) -> bool {
    const LONGEST_LIST: usize = 360;
    let said_in = |range: Range<usize>| text.get(range).and_then(tail);
    if said_in(left.clone()).is_none() {
        return false;
    }
    let most = text.floor_char_boundary(right.end.min(right.start + LONGEST_LIST));
    let words = text.get(right.start..most).unwrap_or_default();
    let clause = words.find(['，', ',', '；', ';', '。']).unwrap_or(words.len());
    let first = words.find('、').unwrap_or(clause).min(clause);
    let said = said_in(right.start..right.start + clause);
    let (name, _) = strip_tail(text, right.start..right.start + first);
    let charged = || {
        let duty = text.get(left.clone()).unwrap_or_default().trim_end();
        ["牵头", "配合", "负责"].iter().any(|word| duty.ends_with(word))
            && names::is_body_at(text, strip_tail(text, left).0)
    };
    names::is_body_at(text, name) && (said.is_some() || charged())
}

/// Cuts a clause behind the role of its first bodies where nothing or a blank parts it from the next, of which a
/// role is said as well: 甲局牵头|乙局、丙局配合, 甲局负责 |乙局配合. 负责 may have a body for its object.
fn split_behind_role(text: &str, clause: Range<usize>) -> SmallVec<[Range<usize>; 2]> {
    let words = text.get(clause.clone()).unwrap_or_default();
    if ROLE_WORDS.next_at_head(words, 0).is_none() {
        return smallvec![clause];
    }
    let cut = [("牵头", false), ("主办", false), ("负责", true)].iter().find_map(|(role, spaced)| {
        let at = words.find(role)? + role.len();
        let rest = words.get(at..).filter(|rest| !rest.is_empty())?;
        let apart = !spaced || rest.starts_with(char::is_whitespace);
        let at = clause.start + at;
        (apart && parts_roles(text, clause.start..at, at..clause.end)).then_some(at)
    });
    let Some(at) = cut else { return smallvec![clause] };
    smallvec![clause.start..at, at..clause.end]
}

/// Cuts a clause at 会同 and 联合 between two bodies; the flag says that one stood before the part.
fn split_with(text: &str, range: Range<usize>) -> SmallVec<[(Range<usize>, bool); 2]> {
    let clause = text.get(range.clone()).unwrap_or_default();
    if !clause.contains(['同', '合']) {
        return smallvec![(range, false)];
    }
    let cut = ["会同", "联合", "商同"].iter().find_map(|word| {
        let at = clause.find(word)?;
        let right = clause.get(at + word.len()..)?;
        let (left, _) = strip_tail(text, range.start..range.start + at);
        let named = at == 0
            || names::members(text, left)
                .last()
                .is_some_and(|member| names::is_body_at(text, member.range.clone()));
        // 甲局、乙局联合开展: no body stands behind it.
        let joins = named && !lexicon::opens_no_name(right);
        (joins && right.chars().count() >= 2 && !right.starts_with(['会', '体', '社']))
            .then_some((at, word.len()))
    });
    match cut {
        Some((0, len)) => smallvec![(range.start + len..range.end, true)],
        Some((at, len)) => {
            smallvec![(range.start..range.start + at, false), (range.start + at + len..range.end, true)]
        }
        None => smallvec![(range, false)],
    }
}

/// Takes the words of a role off the end of a part and 由 and the like off its head.
fn strip_tail(text: &str, range: Range<usize>) -> (Range<usize>, Option<Role>) {
    let part = text.get(range.clone()).unwrap_or_default();
    let start = range.end - strip_head(part).len();
    let Some((tail, role)) = tail(part) else { return (start..range.end, None) };
    (start..(range.start + tail).max(start), Some(role))
}

/// Where the words of a role at the end of `part` begin, and the role.
fn tail(part: &str) -> Option<(usize, Role)> {
    let part = part.trim_end();
    // Most parts end as names do, and no role does.
    let ends_name = |c| {
        matches!(c, '局' | '委' | '部' | '厅' | '府' | '会' | '院' | '社' | '镇' | '区' | '等' | '）' | ')')
    };
    if part.ends_with(ends_name) {
        return None;
    }
    let found = TAIL.as_ref()?.find(part)?;
    // 县政协办 ends as an office does, not as what one does.
    let office = matches!(
        lexicon::ending(part),
        Some((Ending::Organ | Ending::OrganEnd, length)) if length > found.len()
    );
    (!office && !is_kind(&part[..found.start()], found.as_str()))
        .then(|| (found.start(), role_said(found.as_str())))
}

/// Whether `words`, which [`TAIL`] found behind `before`, are the noun of bodies named by kind: 各项目|牵头单位.
fn is_kind(before: &str, words: &str) -> bool {
    let acting = ["单位", "部门"].iter().find_map(|noun| words.strip_suffix(noun));
    acting.is_some_and(|act| ROLE_WORDS.at_head(act).is_some_and(|(_, len)| len == act.len()))
        && before.starts_with(['各', '有', '相', '其'])
        && names::is_modified(before)
}

/// Words of [`TAIL`] that tell the role.
static ROLE_WORDS: LazyLock<Words<Role>> = LazyLock::new(|| {
    let lists = [
        (Role::Lead, &["牵头", "主办", "主责", "为主", "抓总", "主抓"][..]),
        (Role::Responsible, &["负责", "承办", "承担"]),
        (Role::Support, &["配合", "参与", "参加", "协助", "协办", "会办", "支持", "为辅"]),
    ];
    Words::of_heads(lists.into_iter().flat_map(|(role, words)| words.iter().map(move |word| (*word, role))))
});

/// The role that `words`, which [`TAIL`] found, say.
fn role_said(words: &str) -> Role {
    let (mut leads, mut charged, mut helps) = (false, false, words.ends_with("协同"));
    ROLE_WORDS.each_at_head(words, |role| match role {
        Role::Lead => leads = true,
        Role::Responsible => charged = true,
        Role::Support => helps = true,
    });
    if leads {
        Role::Lead
    } else if helps && (!charged || words.ends_with("配合") || charged_with_help(words)) {
        Role::Support
    } else {
        Role::Responsible
    }
}

/// Whether help is all that `words` charge a body with: 负责|配合落实, 负责|协助.
fn charged_with_help(words: &str) -> bool {
    let duty = words.split_once("负责").map_or("", |(_, duty)| duty);
    ["配合", "协助", "协办"].iter().any(|help| duty.starts_with(help))
}

/// A part without the words that stand before a list.
fn strip_head(part: &str) -> &str {
    /// Characters that stand before 由.
    const LONGEST_MATTER: usize = 8;
    let mut head = rules::behind_for_all(part).trim_start();
    if let Some((at, agent)) = head.char_indices().take(LONGEST_MATTER + 1).find(|(_, c)| *c == '由') {
        let (before, rest) = (&head[..at], &head[at + agent.len_utf8()..]);
        // 以上任务由甲局负责, 前两项工作由甲局负责.
        if ["以上", "上述", "其余", "该", "此", "本"].iter().any(|word| before.starts_with(word))
            || ["任务", "工作", "事项", "项"].iter().any(|matter| before.ends_with(matter))
        {
            head = rest;
        }
    }
    while let Some(rest) =
        ["以上由", "均由", "具体由", "由", "请", "其中", "并"].iter().find_map(|word| head.strip_prefix(word))
    {
        head = rest.trim_start();
    }
    head
}

/// Words that open a bracket which says of a body what it is called or where it is seated.
const ASIDES: [&str; 9] = ["以下简称", "简称", "下称", "设在", "设于", "附件", "名单", "详见", "见附"];

/// A name without a bracket behind it that is no part of it, and what that bracket says the body has
/// to do: 县财政局（牵头）, 县指挥部（以下简称指挥部）, 县教育局（排在第一位的为牵头单位）, 县民政局（李某）.
pub(super) fn own_name(printed: &str) -> (usize, Option<Role>) {
    let printed = printed.get(..persons::body_len(printed)).unwrap_or(printed);
    let base = lexicon::without_brackets(printed).len();
    let bracket = printed.get(base..).unwrap_or_default();
    if bracket.is_empty() {
        return (base, None);
    }
    let words = bracket.trim_matches(|c: char| is_open(c) || is_close(c) || c.is_whitespace());
    let role = match words {
        "牵头" | "牵头单位" | "主办" | "主责" | "总牵头" => Role::Lead,
        "配合" | "配合单位" | "协办" | "参与" => Role::Support,
        "责任单位" | "承办" | "负责" => Role::Responsible,
        _ => {
            let aside = ASIDES.iter().any(|word| words.starts_with(word));
            let telephone = words.chars().filter(char::is_ascii_digit).count() >= 7;
            let apart = aside || telephone || persons::are_persons(words) || rules::is_rule(words);
            let own = if apart { base } else { printed.len() };
            return (own, None);
        }
    };
    (base, Some(role))
}

fn push_member(text: &str, member: &names::Member, assignment: &mut Assignment) {
    let printed = text.get(member.range.clone()).unwrap_or_default();
    let (len, role) = own_name(printed);
    let range = member.range.start..member.range.start + len;
    let name = lexicon::squeeze(text.get(range.clone()).unwrap_or_default());
    // 县财政局，等有关部门: the mark before 等 is one too many.
    if let Some(last) = assignment.bodies.last_mut().filter(|_| names::is_only_open(&name)) {
        last.open = true;
        return;
    }
    match class_of(&name) {
        Piece::Body => assignment.bodies.push(Assigned { range, open: member.open, role }),
        Piece::Nothing => {}
        Piece::Words => assignment.words += 1,
        Piece::Strange => {
            assignment.strange += 1;
            assignment.bodies.push(Assigned { range, open: member.open, role });
        }
    }
}
