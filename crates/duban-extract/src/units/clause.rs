//! The subject of a clause: the bodies that open it and what is said of them.
//!
//! A name has no mark at its end, so its end is found by what follows: a modal (各社区|要), a word of
//! charge (甲局|负责), a verb of doing (甲局|制定). Verbs that also stand in names (县委|宣传部) end one only
//! where no longer name fits.

use std::ops::Range;

use smallvec::SmallVec;

use super::bounds::{is_clause_end, is_end, near};
use super::nesting::Nesting;
use super::nouns::{self, is_compound, is_noun, names_may_hold, parts_word, tells};
use super::said::{Said, said};
use super::telling::{self, Telling};
use crate::bodies::acting;
use crate::bodies::lexicon::{self, Ending, Follow};
use crate::bodies::names::{self, Member, Members};
use crate::bodies::owners;
use crate::bodies::shape;
use crate::bodies::time::opens_time;
use crate::marks::{is_colon, is_han, is_open};

/// Bodies and what is said of them.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    /// The bodies, in order.
    pub(super) bodies: Members,
    /// Where their list ends.
    pub(super) end: usize,
    /// What is said of them.
    pub(super) said: Said,
    /// Where that word ends.
    pub(super) said_end: usize,
}

/// Where bodies stand in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    /// They open a clause.
    Opening,
    /// Behind 由 or 请.
    Agent,
    /// Behind 会同.
    Partner,
    /// In a label or a bracket, before their duty.
    Listed,
}

/// Longest name with what may stand around it, in bytes; a longer stretch without a mark is no name.
const LONGEST_STRETCH: usize = 135;
/// Longest part of a name behind a shorter one (县委|宣传部), in bytes.
const LONGEST_PART: usize = 24;
/// Longest list of bodies, in bytes.
const LONGEST_LIST: usize = 1800;

/// The subject that begins at `start`, `limit` being the end of the sentence. A list of
/// partners may also end its clause.
pub(super) fn subject(text: &str, start: usize, limit: usize, stand: Stand) -> Option<Subject> {
    let opening = text.get(start..limit)?;
    // 会同|起草部门.
    let by_act = || stand == Stand::Partner && acting::opens_by_act(opening);
    if lexicon::opens_no_name(opening) && !by_act() {
        return None;
    }
    let mut scan = Scan {
        text,
        start,
        limit,
        stand,
        element: start,
        named: start,
        bodies: SmallVec::new(),
        weak_end: None,
        weak: None,
        agent: None,
    };
    let mut nesting = Nesting::default();
    let stretch = text.get(start..text.floor_char_boundary(limit.min(start + LONGEST_LIST)))?;
    let mut before = None;
    let mut offset = 0;
    while offset <= stretch.len() {
        let outside = nesting.is_outside();
        // Most characters neither end a name nor stop the look for one.
        if outside && before.is_none() {
            let longest = scan.element - start + LONGEST_STRETCH;
            let Some(next) = telling::next(stretch, offset, longest) else { break };
            offset = next;
        }
        let c = stretch.get(offset..).and_then(|rest| rest.chars().next()).unwrap_or('\n');
        let at = start + offset;
        offset += c.len_utf8();
        let may_end = outside && scan.may_end_name(at, c, before);
        let last = std::mem::replace(&mut before, telling::of(c));
        let unknown = !may_end || last.is_none();
        if may_end {
            match scan.candidate(at, c) {
                Step::Found(subject) => return Some(subject),
                Step::Stop => break,
                Step::Next => {}
            }
        }
        // No name holds 要: who is told to act here is no body (县政府领导|要站在…).
        if outside && c == '要' && unknown && tells(text, start, at, limit) {
            break;
        }
        if !nesting.note(c)? && outside && scan.ends_at(c, at) {
            break;
        }
    }
    scan.weak.or(scan.agent).map(|subject| *subject)
}

/// What to do after a look at one place.
enum Step {
    Found(Subject),
    Stop,
    Next,
}

/// The look for a subject.
pub(super) struct Scan<'t> {
    pub(super) text: &'t str,
    pub(super) start: usize,
    pub(super) limit: usize,
    pub(super) stand: Stand,
    /// Where the member of the list that is being read begins.
    pub(super) element: usize,
    /// Where the last name ended.
    named: usize,
    /// The bodies that were found in the list up to now.
    bodies: SmallVec<[Range<usize>; 4]>,
    /// Where a name may have ended, before a verb that also stands in names, and where that verb ends.
    weak_end: Option<(usize, usize)>,
    /// The subject that ends there, if no longer name is found. In a box, for few looks find one.
    weak: Option<Box<Subject>>,
    /// Who stands behind 由 or 请 before a verb that no list has.
    agent: Option<Box<Subject>>,
}

impl Scan<'_> {
    /// Whether a name may end at `at`, between the characters that tell `before` and `c`.
    fn may_end_name(&self, at: usize, c: char, before: Option<Telling>) -> bool {
        let in_list = self.element > self.start;
        // 县财政局、云岭公路段|负责, 各乡镇、各水库|要: beside bodies one whose kind nobody knows is one.
        let charged = || matches!(c, '负' | '牵' | '要');
        at > self.element
            && match before {
                Some(Telling::EndsName) => true,
                Some(Telling::EndsPerson) => in_list || (opens_modal(c) && self.joins_persons(at)),
                _ => in_list && charged(),
            }
    }

    /// Whether the member of the list that ends at `at` is joined to what stands before it: 各单位和|干部职工.
    fn joins_persons(&self, at: usize) -> bool {
        self.text.get(self.element..at).is_some_and(|name| name.contains(['和', '及', '与']))
    }

    /// Looks whether a name ends at `at`, before `c`.
    fn candidate(&mut self, at: usize, c: char) -> Step {
        // 各单位|特别是窗口单位: the list goes on behind such a word as behind a mark.
        let rest = self.text.get(at..self.limit).unwrap_or_default();
        let among = names::among_them(rest);
        if among > 0 && self.weak_end.is_none() && names::is_body_at(self.text, self.element..at) {
            (self.named, self.element) = (at, at + among);
            return Step::Next;
        }
        // A list may end at the mark of lists by mistake: 镇政府、各村、要….
        let stray =
            c == '、' && self.text.get(at + c.len_utf8()..).is_some_and(|rest| rest.starts_with('要'));
        let mark = is_clause_end(c) || stray;
        let spoken = !mark && (lexicon::may_follow(rest) || matches!(c, ' ' | '各' | '负') || opens_time(c));
        let (said, said_end) = if spoken { said(self.text, at, self.limit) } else { (None, at) };
        // Most characters that end names go on here; what a name is, is asked last.
        let unsaid = said.is_none() && self.weak_end.is_none();
        let handed = matches!(self.stand, Stand::Agent | Stand::Partner);
        if unsaid && !mark && handed {
            return self.unlisted(at);
        }
        if is_open(c) || (unsaid && (!mark || self.ends_unsaid(c, at))) {
            return Step::Next;
        }
        let Some(element) = self.text.get(self.element..at) else { return Step::Stop };
        if !mark && self.opens_verb(element, at) {
            return Step::Next;
        }
        let name = lexicon::squeeze(element);
        let by_act = self.is_told_as(said, &name);
        if !(by_act || self.is_valid(&name, at) || self.is_charged(said, said_end, &name))
            || parts_word(&name, self.text.get(at..).unwrap_or_default())
        {
            return Step::Next;
        }
        self.named = at;
        if let Some((end, verb_end)) = self.weak_end {
            let longer = lexicon::ending(&name).is_some_and(|(_, len)| len > at - end);
            // 各镇|建设部门|要, but 县教育局|组织机构要健全.
            let told = said == Some(Said::Modal)
                && self.tells_so(said_end)
                && !self.text.get(self.element..end).is_some_and(lexicon::ends_as_organ);
            if !longer && (at <= verb_end || !is_compound(self.text, end..at, verb_end, told)) {
                return Step::Next;
            }
            (self.weak_end, self.weak) = (None, None);
        }
        if self.goes_on(at) {
            return Step::Next;
        }
        match said {
            Some(said) => self.ends_before(at, said, said_end),
            None if !mark && handed => self.unlisted(at),
            None => self.at_mark(at, c),
        }
    }

    /// A name behind 由, 请 or 会同 before a word that no list has: 由县财政局|打包. The verb is not needed to
    /// tell that the body acts, but where a person of that body or what it is part of may be named.
    fn unlisted(&mut self, at: usize) -> Step {
        let Some(element) = self.text.get(self.element..at) else { return Step::Stop };
        // Most places end no name at all.
        if !(lexicon::ends_as_organ(element) || names::is_modified(element)) {
            return Step::Next;
        }
        let rest = near(self.text, at, self.limit);
        let composes = self.stand == Stand::Partner && rest.starts_with("组成");
        // 请各单位高度重视, but 请登录县政府网站: behind 请 a name begins as those of addressees do.
        let named_so =
            !self.is_asked() || element.chars().take(4).any(|c| c == '各') || lexicon::has_modifier(element);
        let longer = self.agent.as_ref().is_none_or(|agent| {
            self.text
                .get(agent.end..at)
                .is_some_and(|more| more.len() <= LONGEST_PART && !nouns::says_place(more))
        });
        // 请错峰预约景区: what ends as a trade does is rather told about.
        let name = lexicon::squeeze(element);
        let named = longer
            && named_so
            && !self.opens_verb(element, at)
            && !self.goes_on(at)
            && !lexicon::is_addressee_only(&name)
            && self.is_valid(&name, at);
        // 各办|公室（中心）: where a longer name ends before no verb, the shorter one is only its head.
        if named {
            let found = if composes || nouns::may_act(rest) { self.found(at, Said::Bare, at) } else { None };
            self.agent = found.map(Box::new);
        }
        Step::Next
    }

    /// Whether the modal before `said_end` is no 会, which also stands in names: 县人力资源社|会保障局.
    pub(super) fn tells_so(&self, said_end: usize) -> bool {
        self.text.get(..said_end).is_some_and(|said| said.ends_with(['要', '应', '当', '须']))
    }

    /// Whether the sentence ends at `at` with `c` and a name there is told nothing.
    fn ends_unsaid(&self, c: char, at: usize) -> bool {
        (is_end(c) || is_colon(c)) && self.stand != Stand::Partner && !self.charged_behind(at)
    }

    /// 县教育局。负责…: the body alone in front of its duty.
    fn charged_behind(&self, at: usize) -> bool {
        self.stand == Stand::Opening && self.text.get(at..).is_some_and(|rest| rest.starts_with("。负责"))
    }

    /// Whether the last character before `at` begins a verb and ends no name: 协调办|理. A word of its
    /// own that begins at `at` tells that it does not: 局|限期, 各单位|于.
    fn opens_verb(&self, element: &str, at: usize) -> bool {
        let last = element.chars().next_back().map_or(0, char::len_utf8);
        let word = |from: usize| self.text.get(from..self.limit).and_then(lexicon::follow);
        let own = word(at).is_some_and(|(kind, len)| len > lexicon::SINGLE && kind != Follow::Nothing);
        let whole = own || ["会", "单位", "业主"].iter().any(|end| element.ends_with(end));
        !whole && word(at - last).is_some_and(|(kind, len)| len > last && kind != Follow::Nothing)
    }

    /// A name that ends before a predicate, unless a verb there goes on the name.
    fn ends_before(&mut self, at: usize, said: Said, said_end: usize) -> Step {
        let behind = near(self.text, said_end, self.limit);
        // 各部门应公开的信息, 县财政局牵头事项要…: what is spoken of is no body.
        let relative = match said {
            Said::Modal | Said::With => !behind.starts_with('的') && nouns::is_relative(behind),
            Said::Charge | Said::Lead => behind.starts_with('的') || nouns::is_matter(behind),
            Said::Support => behind.starts_with('的') && !self.is_beside_lead(),
            _ => behind.starts_with('的'),
        };
        let noun = relative || (said == Said::Verb && self.is_noun(at..said_end));
        let found = if noun { None } else { self.found(at, said, said_end) };
        if said == Said::Verb && names_may_hold(self.text, at) {
            (self.weak_end, self.weak) = (Some((at, said_end)), found.map(Box::new));
            return Step::Next;
        }
        found.map_or(Step::Stop, Step::Found)
    }

    /// Whether a body behind 由 leads right before the subject: 由甲局牵头、|乙局参与的机制.
    fn is_beside_lead(&self) -> bool {
        let before = self.text.get(..self.start).unwrap_or_default();
        let led = before.strip_suffix(['，', ',', '、']).and_then(|before| before.strip_suffix("牵头"));
        let near = |led: &str| led.floor_char_boundary(led.len().saturating_sub(LONGEST_STRETCH));
        led.is_some_and(|led| led[near(led)..].contains('由'))
    }

    /// Whether the verb in `verb` is a noun. Behind 由 and 请 it is none but in a relative clause.
    fn is_noun(&self, verb: Range<usize>) -> bool {
        if matches!(self.stand, Stand::Agent | Stand::Listed) {
            return nouns::is_relative(near(self.text, verb.end, self.limit));
        }
        let name = self.text.get(self.element..verb.start).unwrap_or_default();
        is_noun(self.text, verb.clone(), self.limit)
            || nouns::is_work_on(name, near(self.text, verb.start, self.limit))
    }

    /// Whether a conjunction stands at `at`, or a character that only makes the name longer (管委|会).
    fn goes_on(&self, at: usize) -> bool {
        let rest = self.text.get(at..).unwrap_or_default();
        let conjunction = rest.starts_with(['和', '与'])
            || rest.starts_with("以及")
            || (rest.starts_with('及') && lexicon::follow(rest).is_none());
        let with_next = self.text.get(self.element..at + '会'.len_utf8()).unwrap_or_default();
        // 市发展改革委|会同; 村委会|同.
        let shared = (rest.starts_with("会同") || rest.starts_with("会商"))
            && !nouns::COMMITTEES.iter().any(|end| with_next.ends_with(end));
        let longer = rest.starts_with('会')
            && !shared
            && (with_next.ends_with("委会") || lexicon::ends_as_organ(with_next));
        conjunction || longer
    }

    /// A name that ends at a mark: the predicate may follow behind a comma, or the list go on.
    fn at_mark(&mut self, at: usize, c: char) -> Step {
        let behind = at + c.len_utf8();
        if matches!(c, '，' | ',' | '、') {
            let (said, said_end) = said(self.text, behind, self.limit);
            let told = said
                .is_some_and(|said| said != Said::Verb || !is_noun(self.text, behind..said_end, self.limit));
            if let (Some(said), true) = (said, told) {
                // 教育、|建设和规划等部门: what ends no subject may go on a short list.
                let short = at <= self.start + LONGEST_STRETCH;
                let listed = short && c == '、' && said == Said::Verb && names_may_hold(self.text, behind);
                let unfound = if listed { Step::Next } else { Step::Stop };
                return self.found(at, said, said_end).map_or(unfound, Step::Found);
            }
        }
        if self.charged_behind(at) {
            return self.found(at, Said::Charge, at).map_or(Step::Stop, Step::Found);
        }
        let ends = is_clause_end(c) || at >= self.limit;
        if ends && self.stand == Stand::Partner {
            return self.found(at, Said::Bare, at).map_or(Step::Stop, Step::Found);
        }
        Step::Next
    }

    /// Whether a name ends at `at`: a body's, or one that is a body together with what
    /// stands before it in the list.
    fn is_valid(&mut self, name: &str, at: usize) -> bool {
        if lexicon::is_body(name) {
            self.bodies.push(self.element..at);
            return true;
        }
        if self.element > self.start && lexicon::is_person(name) {
            return true;
        }
        let base = lexicon::without_brackets(name);
        let shares =
            lexicon::is_bare_class(base) || matches!(lexicon::ending(base), Some((Ending::Place, _)));
        let from = if shares { self.start } else { self.element };
        // The first of two may begin as a verb does: 监察机关及相关部门.
        let several = name.contains(['等', '和', '及', '与']);
        let among = shares && self.element > self.start;
        if !(among || several) {
            return false;
        }
        let members = names::members(self.text, from..at);
        let [.., last] = members.as_slice() else { return false };
        // 各单位和|干部职工: persons are joined to a body.
        let joined = || {
            members.len() > 1
                && lexicon::is_person(&last.name(self.text))
                && names::is_body_at(self.text, members[0].range.clone())
        };
        names::is_body_at(self.text, last.range.clone()) || (among && names::is_bare(name)) || joined()
    }

    fn found(&self, end: usize, said: Said, said_end: usize) -> Option<Subject> {
        let members = names::members(self.text, self.start..end);
        // 各级、各部门要.
        let several =
            members.len() > 1 && !members.first().is_some_and(|first| names::is_bare(&first.name(self.text)));
        let body = |member: &Member| {
            self.bodies.contains(&member.range)
                || names::is_body_at(self.text, member.range.clone())
                || (several && member.name(self.text).ends_with("各级"))
                || (several && said.tells() && names::is_bare(&member.name(self.text)))
                || self.is_told_as(Some(said), &member.name(self.text))
        };
        // 教育、供水等公共企事业单位 lists trades and no offices.
        let trades = |last: &Member| {
            let class = self.text.get(last.range.end..end).unwrap_or_default();
            ["等公共企", "等企事业"].iter().any(|trades| class.starts_with(trades))
        };
        let bodies: SmallVec<[bool; 4]> = members.iter().map(body).collect();
        let fragments = members.last().is_some_and(|last| last.open && !trades(last));
        let fragment = |member: &Member| fragments && lexicon::is_field(&member.name(self.text));
        // 各村、网格员要…: persons among bodies are passed over; 县委、县政府领导要… tells persons alone.
        let with_bodies = bodies.contains(&true)
            && !members.last().is_some_and(|last| acting::is_post_of_body(&last.name(self.text)));
        let person = |member: &Member| with_bodies && lexicon::is_person(&member.name(self.text));
        let told = self.tells_any(said, said_end);
        let certain = |member: &Member| !self.is_vague(member, said, said_end);
        // 各街道、村开展…: a kind beside a body is told what the body is.
        let beside = || members.iter().zip(&bodies).any(|(member, body)| *body && certain(member));
        // Beside a body that 负责 or 牵头 is said of, a name whose kind nobody knows is a body's.
        let opens_with_body = bodies.first() == Some(&true);
        let charged = matches!(said, Said::Charge | Said::Lead) && opens_with_body;
        let modal = said == Said::Modal && opens_with_body;
        let unknown = |member: &Member| {
            let name = member.name(self.text);
            (charged && acting::may_be_body(&name)) || (modal && acting::may_be_each(&name))
        };
        let named =
            |member: &Member, body: bool| (body || fragment(member)) && (told || certain(member) || beside());
        let belongs = |member: &Member, body: bool| named(member, body) || person(member) || unknown(member);
        let kept = members.iter().zip(&bodies).enumerate();
        let kept: SmallVec<[bool; 4]> = kept
            .map(|(at, (member, body))| belongs(member, *body) || self.shares_class(&members[at..], said))
            .collect();
        // 县财政局、果园大户要: who is told beside bodies and may be none is passed over.
        let told_so = modal && self.tells_so(said_end);
        let stranger = |member: &Member| told_so && acting::may_stand_by(&member.name(self.text));
        if self.is_of_persons(&members) || self.is_raised(&members, said) {
            return None;
        }
        if members.is_empty() || !members.iter().zip(&kept).all(|(member, kept)| *kept || stranger(member)) {
            return None;
        }
        let mut members = members;
        let mut kept = kept.into_iter();
        members.retain(|_| kept.next() == Some(true));
        (!members.is_empty()).then_some(Subject { bodies: members, end, said, said_end })
    }

    /// Whether 的 at `at` may go on the name: 项目|的建设单位.
    fn owns(&self, at: usize) -> bool {
        let owner = self.text.get(self.element..at).unwrap_or_default();
        owners::may_own(owner, near(self.text, at + '的'.len_utf8(), self.limit))
    }

    /// Whether the subject cannot go on over `c`; marks of a list begin its next member.
    fn ends_at(&mut self, c: char, at: usize) -> bool {
        if is_han(c) {
            let ends = (c == '了' || c == '的' && !self.owns(at)) && !shape::is_part_of_level(self.text, at);
            return ends || at > self.element + LONGEST_STRETCH;
        }
        if matches!(c, '、' | '，' | ',') {
            let list = at > self.element && (c == '、' || self.named == at);
            let behind = at + c.len_utf8();
            self.element = behind + names::among_them(self.text.get(behind..).unwrap_or_default());
            return self.weak_end.is_some() || !list;
        }
        is_end(c) || is_colon(c) || c == '《'
    }
}

/// Whether a modal may begin with `c`.
fn opens_modal(c: char) -> bool {
    matches!(c, '要' | '应' | '须' | '需' | '必' | '务' | '不')
}
