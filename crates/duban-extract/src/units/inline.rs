//! Who a sentence itself makes responsible: 由甲局负责, 各社区要…, 请各单位…, 甲局牵头会同乙局….
//!
//! Only a body that opens its clause, or stands behind 由, 请, 会同 or 联合, is told anything. What a
//! body is told about (督促各乡镇…, 报县政府审核, 向省厅报告) gives none.

use std::ops::Range;

use duban_record::Role;

use super::Left;
use super::bounds;
use super::clause::{self, Stand, Subject};
use super::cues::{self, Cue, PlacedCue, places};
use super::labels::{self, Labelled};
use super::nouns::names_may_hold;
use super::reports;
use super::roles;
use super::said::{self, Said};
use crate::bodies::lexicon::{self, Follow};
use crate::bodies::names::{self, Member};
use crate::marks::Mark;
use crate::{slots, title};

/// The bodies that the sentences of a text make responsible, in order. What labels already gave is no longer
/// in it. The notice is for `year`.
pub(super) fn read(left: &Left<'_>, year: Option<i32>) -> Vec<Labelled> {
    let Left { text, marks, cues } = left;
    let mut reader = Reader {
        text,
        marks,
        cues: cues.all(),
        says_roles: cues.say(Cue::Role),
        sentence: 0..0,
        named: Vec::new(),
        subject: 0..0,
        year,
        past: false,
    };
    for sentence in bounds::sentences(text, marks) {
        (reader.sentence, reader.subject, reader.past) = (sentence, 0..0, false);
        reader.read();
    }
    let mut named = reader.named;
    named.sort_by_key(|named| named.range.start);
    named
}

/// Bytes of the longest name of a role: 主要责任单位.
const LONGEST_ROLE: usize = 24;

pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    /// The marks from the clause on that is read.
    marks: &'t [Mark],
    /// The cues from the clause on that is read.
    cues: &'t [PlacedCue],
    /// Whether a clause somewhere says who has a role.
    says_roles: bool,
    pub(super) sentence: Range<usize>,
    named: Vec<Labelled>,
    /// The bodies in `named` that the sentence is about for the moment.
    subject: Range<usize>,
    /// The year that the notice is for.
    pub(super) year: Option<i32>,
    /// Whether the sentence reports of a year before that one.
    past: bool,
}

impl Reader<'_> {
    /// Reads the sentence.
    fn read(&mut self) {
        let mut at = self.sentence.start;
        if at == 0 {
            // 宣传阶段（3月—4月）各科室…: the heading of a phase is no part of its first sentence.
            let sentence = self.text.get(self.sentence.clone()).unwrap_or_default();
            // 文书档案 各科室…: nor is any that a blank ends, unless a body does.
            let heading =
                || title::heading_end(sentence).filter(|end| !names::is_body_at(self.text, 0..*end));
            at = title::phase_end(sentence).or_else(heading).unwrap_or(0);
        }
        while at < self.sentence.end {
            self.past = reports::opens_past(self.text, at..self.sentence.end, self.year).unwrap_or(self.past);
            let start = bounds::skip_openers(self.text, at, self.sentence.end);
            self.pass_to(start);
            let mut end = self.clause_end(start, self.sentence.end);
            let cues = cues::within(self.cues, &(start..end));
            if self.says_roles && self.fills_role(start..end) {
                at = self.behind_mark(end);
                continue;
            }
            let asked = self.text.get(..start).is_some_and(|before| before.ends_with('请'));
            let stand = if asked { Stand::Agent } else { Stand::Opening };
            let opening = clause::subject(self.text, start, self.sentence.end, stand);
            let opening = opening.filter(|subject| !self.is_event(subject) && !self.is_met(subject));
            let subject = opening.or_else(|| self.subject_inside(cues));
            let told = match &subject {
                Some(subject) => {
                    end = end.max(self.clause_end(subject.end, self.sentence.end));
                    end = end.max(self.clause_end(subject.said_end, self.sentence.end));
                    self.told(subject, "inline.subject", start..end)
                }
                None => false,
            };
            if let Some(subject) = subject.filter(|_| told) {
                self.told_beside(&subject, end);
                // What also stands in names names what bodies are for: 各级团|组织、少先队|组织.
                if subject.said == Said::Verb && !names_may_hold(self.text, subject.end) {
                    self.acting_beside(&subject, end, Stand::Opening);
                }
                self.shared(&subject);
                self.helped(&subject, end);
            }
            let cues = cues::within(self.cues, &(start..end));
            self.group_set_up(&(start..end), cues, told);
            if !told {
                self.mainly(&(start..end));
            }
            self.handed_on(start..end, cues);
            at = self.behind_mark(end);
        }
    }

    /// Leaves the marks and the cues before `start` behind.
    fn pass_to(&mut self, start: usize) {
        let marks = self.marks.iter().position(|mark| mark.at() >= start).unwrap_or(self.marks.len());
        let cues = self.cues.iter().position(|(_, cue)| cue.start >= start).unwrap_or(self.cues.len());
        (self.marks, self.cues) = (&self.marks[marks..], &self.cues[cues..]);
    }

    /// Where the clause that goes on at `start` ends, at `limit` at the latest.
    pub(super) fn clause_end(&self, start: usize, limit: usize) -> usize {
        bounds::clause_end(self.marks, start, limit)
    }

    /// The place behind the mark at `end`.
    pub(super) fn behind_mark(&self, end: usize) -> usize {
        end + self.text.get(end..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
    }

    /// Adds the bodies of a clause that only says who has a role (牵头单位为县财政局); whether it does.
    fn fills_role(&mut self, clause: Range<usize>) -> bool {
        let words = self.text.get(clause.clone()).unwrap_or_default();
        let Some(at) = words.find(['为', '是']).filter(|at| *at <= LONGEST_ROLE) else { return false };
        let Some((role, _)) = words.get(..at).and_then(slots::role_of).and_then(labels::role_of) else {
            return false;
        };
        let named = roles::read(self.text, clause.start + at + '为'.len_utf8()..clause.end);
        let other = |range: &Range<usize>| self.text.get(range.clone()).and_then(slots::role_of).is_some();
        if named.strange > 0 || named.bodies.is_empty() || named.bodies.iter().any(|body| other(&body.range))
        {
            return false;
        }
        for body in named.bodies {
            self.add(&Member { range: body.range, open: body.open }, role, "inline.role");
        }
        true
    }

    /// Bodies behind a 、 in the clause of `subject`, which ends at `end`, that have their own duty said:
    /// 甲局负责校内、乙局负责校外.
    fn told_beside(&mut self, subject: &Subject, end: usize) {
        let explicit = |said| matches!(said, Said::Modal | Said::Charge | Said::Lead | Said::Support);
        if !explicit(subject.said) {
            return;
        }
        let mut at = subject.said_end;
        // 由甲局牵头|乙局配合.
        let helper = (subject.said == Said::Lead)
            .then(|| clause::subject(self.text, at, end, Stand::Opening))
            .flatten()
            .filter(|helper| helper.said == Said::Support);
        if let Some(helper) = helper {
            at = helper.said_end;
            self.told(&helper, "inline.subject", helper.end..end);
        }
        while let Some(mark) = self.text.get(at..end).and_then(|rest| rest.find('、')) {
            at += mark + '、'.len_utf8();
            let beside = clause::subject(self.text, at, end, Stand::Opening);
            if let Some(beside) = beside.filter(|beside| explicit(beside.said)) {
                at = beside.said_end;
                self.told(&beside, "inline.subject", beside.end..end);
            }
        }
    }

    /// 各 names after a phrase without a mark: 在县委领导下各部门要…. `cues` are those of the clause.
    fn subject_inside(&self, cues: &[PlacedCue]) -> Option<Subject> {
        let each = places(cues, Cue::Each).find(|each| {
            self.text.get(..each.start).is_some_and(|before| {
                before.ends_with(['下', '上', '中', '前', '后', '内', '时', '间', '底', '起', '请'])
            })
        })?;
        clause::subject(self.text, each.start, self.sentence.end, Stand::Opening)
            .filter(|subject| matches!(subject.said, Said::Modal | Said::Charge | Said::Lead))
    }

    /// Adds the bodies of a subject that is told to act.
    fn told(&mut self, subject: &Subject, by: &'static str, clause: Range<usize>) -> bool {
        let explicit = matches!(subject.said, Said::Modal | Said::Charge | Said::Lead);
        let fails = || subject.said != Said::Modal && self.fails(subject, &clause);
        let charged = by == "inline.by" && matches!(subject.said, Said::Charge | Said::Lead);
        let past = self.past && subject.said != Said::Modal && !charged;
        let leads = || by == "inline.subject" && subject.said == Said::Lead;
        let described = if explicit {
            leads() && self.is_done(subject.said_end)
        } else {
            self.describes(subject, &clause)
        };
        if past || described || fails() {
            return false;
        }
        let by = match subject.said {
            Said::Modal => "inline.modal",
            Said::Charge => "inline.charge",
            Said::Lead => "inline.lead",
            Said::Support => "inline.support",
            _ => by,
        };
        let role = self.role(subject);
        let first = self.named.len();
        for member in &subject.bodies {
            self.add(member, role, by);
        }
        self.subject = first..self.named.len();
        true
    }

    pub(super) fn add(&mut self, member: &Member, role: Role, by: &'static str) {
        let printed = self.text.get(member.range.clone()).unwrap_or_default();
        let (len, own) = roles::own_name(printed);
        let range = member.range.start..member.range.start + len;
        if lexicon::is_person(&lexicon::squeeze(printed)) {
            return;
        }
        self.named.push(Labelled { range, open: member.open, role: own.unwrap_or(role), rule: by });
    }

    /// What a subject has to do with the task, by its predicate.
    fn role(&self, subject: &Subject) -> Role {
        match subject.said {
            // 甲局、乙局联合开展: nobody stands behind it, and they do it together.
            Said::With
                if self.text.get(..subject.said_end).is_some_and(|said| said.ends_with(['合', '会'])) =>
            {
                if self.partner(subject.said_end).is_some() {
                    Role::Lead
                } else {
                    Role::Responsible
                }
            }
            Said::With => Role::Lead,
            Said::Modal => self.role_behind_modal(subject.said_end),
            Said::Onward
                if bounds::near(self.text, subject.end, self.sentence.end)
                    .starts_with(['为', '作', '是']) =>
            {
                self.role_it_is(subject.end)
            }
            Said::Onward if self.helps_behind(subject) => Role::Support,
            // 县财政局负责|配合.
            Said::Charge if self.helps(subject.said_end) => Role::Support,
            said => said.role().unwrap_or(Role::Responsible),
        }
    }

    /// Whether the clause behind that of `subject` says that it helps: 各部门按照各自职责权限，|配合做好….
    fn helps_behind(&self, subject: &Subject) -> bool {
        let by = bounds::near(self.text, subject.end, self.sentence.end);
        let duties = by.trim_start_matches(['，', ',']).starts_with(['按', '依', '根', '结']);
        let next = self.behind_mark(self.clause_end(subject.said_end, self.sentence.end));
        duties && next < self.sentence.end && self.helps(next)
    }

    /// Whether help is said at `at`. That all work together (密切配合) is none, unless somebody else leads.
    fn helps(&self, at: usize) -> bool {
        let (said, end) = said::said(self.text, at, self.sentence.end);
        let mutual = || {
            let verb = self.text.get(at..end).unwrap_or_default();
            let object = bounds::near(self.text, end, self.sentence.end);
            (object.is_empty() || object.starts_with(['，', ',', '、']))
                && ["密切", "相互", "互相", "通力", "协同"].iter().any(|word| verb.contains(word))
        };
        said == Some(Said::Support) && (self.is_led() || !mutual())
    }

    /// The role in 为本辖区工作的牵头单位.
    fn role_it_is(&self, at: usize) -> Role {
        let end = self.clause_end(at, self.sentence.end);
        let own = bounds::near(self.text, at, end);
        match () {
            () if ["牵头单位", "牵头部门", "主责单位"].iter().any(|lead| own.ends_with(lead)) => {
                Role::Lead
            }
            () if own.ends_with("配合单位") => Role::Support,
            () => Role::Responsible,
        }
    }

    /// The role in 要牵头…, 要配合…, 要…，积极配合.
    fn role_behind_modal(&self, at: usize) -> Role {
        let rest = bounds::near(self.text, at, self.sentence.end);
        let later = || {
            const HELPING: [&str; 4] = ["积极配合", "主动配合", "全力配合", "做好配合"];
            let mut clauses = rest.split(['，', ',']).skip(1);
            rest.contains("配合") && clauses.any(|clause| HELPING.iter().any(|word| clause.starts_with(word)))
        };
        match said::said(self.text, at, self.sentence.end).0 {
            // 不得|参与 is no help.
            _ if self.text[..at].ends_with(['得', '准', '能', '禁']) => Role::Responsible,
            Some(Said::Lead) => Role::Lead,
            _ if rest.contains("做好牵头") => Role::Lead,
            _ if self.helps(at) || later() => Role::Support,
            _ => Role::Responsible,
        }
    }

    /// Whether a body that the sentence names before leads.
    fn is_led(&self) -> bool {
        let here = |named: &&Labelled| named.range.start >= self.sentence.start;
        self.named.iter().rev().take_while(here).any(|named| named.role == Role::Lead)
    }

    /// The bodies of a clause behind those of its `cues` that hand a duty to them, in the order in which these stand,
    /// since each may change who a later 会同 joins.
    fn handed_on(&mut self, clause: Range<usize>, cues: &[PlacedCue]) {
        for (cue, place) in cues {
            match cue {
                Cue::Agent => self.agent(&clause, place),
                // Only who is charged by 由 is told beside a report.
                _ if self.past => {}
                Cue::Order => self.ordered(place),
                Cue::With => self.partners(place.end),
                Cue::Together if self.joins(&clause, place.start) => self.partners(place.end),
                _ => {}
            }
        }
    }

    /// The bodies behind `by`, a 由 in `clause`: 由甲局负责.
    fn agent(&mut self, clause: &Range<usize>, by: &Range<usize>) {
        let before = self.text.get(clause.start..by.start).unwrap_or_default();
        let after = self.text.get(by.end..clause.end).unwrap_or_default();
        // 已由甲局完成: a report.
        // 理由, but 河道管理|由县水利局负责.
        let reason = before
            .strip_suffix('理')
            .is_some_and(|verb| !verb.ends_with(['管', '办', '受', '处', '治', '审', '清', '监', '代']));
        if reason
            || before.ends_with(['缘', '自', '事', '来', '经', '报', '因', '已'])
            || after.starts_with(['于', '此', '来'])
        {
            return;
        }
        let handed = before.ends_with(['交', '转']);
        let Some(subject) = clause::subject(self.text, by.end, self.sentence.end, Stand::Agent) else {
            return;
        };
        let charged = matches!(subject.said, Said::Charge | Said::Lead);
        // 小组由县委办、县人大机关，县财政局等部门组成, but not 由县财政局抽调人员组成.
        let sentence = bounds::near(self.text, subject.end, self.sentence.end);
        let composes = sentence.ends_with("组成") && !sentence.contains(['由', '抽', '派']);
        if (handed || composes) && !charged {
            return;
        }
        let near = subject.said_end + bounds::near(self.text, subject.said_end, self.sentence.end).len();
        let end = self.clause_end(subject.said_end, near);
        self.told(&subject, "inline.by", by.end..end);
        self.acting_beside(&subject, end, Stand::Agent);
        self.told_beside(&subject, end);
    }

    /// The bodies behind each 、 right behind a verb, from that of `subject` on, which `stand`s behind 由 or opens its
    /// clause: 由各乡镇初审、县民政局审批. The clause ends at `end`.
    fn acting_beside(&mut self, subject: &Subject, end: usize, stand: Stand) {
        if !matches!(subject.said, Said::Verb | Said::Lead | Said::Charge) {
            return;
        }
        let mut at = subject.said_end;
        while self.text.get(at..end).is_some_and(|rest| rest.starts_with('、')) {
            let beside = clause::subject(self.text, at + '、'.len_utf8(), end, stand);
            let Some(beside) = beside.filter(|beside| beside.said == Said::Verb) else { return };
            let by = if stand == Stand::Agent { "inline.by" } else { "inline.subject" };
            self.told(&beside, by, beside.end..end);
            at = beside.said_end;
        }
    }

    /// The bodies behind `order`, a 责成 or the like, each said to act itself: 责成县住建局拿出方案. Kinds of
    /// bodies (责令企业停产) are told by whoever acts.
    fn ordered(&mut self, order: &Range<usize>) {
        let Some(subject) = clause::subject(self.text, order.end, self.sentence.end, Stand::Agent) else {
            return;
        };
        let duty = matches!(subject.said, Said::Charge | Said::Lead);
        let acts = matches!(subject.said, Said::Verb | Said::Modal | Said::With);
        let by_kind = |member: &Member| lexicon::is_by_kind(&member.name(self.text));
        let states = self.text.get(order.clone()) == Some("明确");
        if (duty || (acts && !states)) && !subject.bodies.iter().any(by_kind) {
            let end = self.clause_end(subject.said_end, self.sentence.end);
            self.told(&subject, "inline.ordered", order.end..end);
        }
    }

    /// Whether `subject` is whom somebody else acts with: 并|和省财政厅衔接.
    fn is_met(&self, subject: &Subject) -> bool {
        let Some(first) = subject.bodies.first() else { return false };
        self.text.get(..first.range.start).is_some_and(|before| before.ends_with('并'))
            && self.text.get(first.range.clone()).is_some_and(|name| name.starts_with(['和', '与', '跟']))
    }

    /// Whether `subject` only does what others act after: 县水利局批复后10日内，项目单位要开工.
    fn is_event(&self, subject: &Subject) -> bool {
        if subject.said != Said::Verb {
            return false;
        }
        let end = self.clause_end(subject.said_end, self.sentence.end);
        let event = bounds::near(self.text, subject.said_end, end);
        let past = event.ends_with('后') || (event.ends_with('内') && event.contains('后'));
        let next = || {
            let start = bounds::skip_openers(self.text, self.behind_mark(end), self.sentence.end);
            clause::subject(self.text, start, self.sentence.end, Stand::Opening)
        };
        let comma = || self.text.get(end..).is_some_and(|rest| rest.starts_with(['，', ',']));
        comma() && ((past && next().is_some()) || self.is_decision(subject.said_end, end))
    }

    /// Whether the clause of a verb that ends at `said_end` only says that something was decided, and what
    /// follows its `end` is for others to do: 县水利局批复后，抓紧开工. Who decides may also go on with it or be
    /// told more: 县水利局审核通过后，报县政府; 县水利局批复预算后，….
    fn is_decision(&self, said_end: usize, end: usize) -> bool {
        const DECIDED: [&str; 7] = ["批准", "批复", "同意", "通过", "反馈", "通报", "下达"];
        const GOES_ON: [&str; 5] = ["组织", "督促", "发放", "印发", "审核"];
        let verb = self.text.get(..said_end).unwrap_or_default();
        let Some(event) = bounds::near(self.text, said_end, end).strip_suffix(['后', '前']) else {
            return false;
        };
        let next = self.text.get(self.behind_mark(end)..).unwrap_or_default();
        let ends = |words: &str| DECIDED.iter().any(|word| words.ends_with(word));
        let decided = if event.is_empty() { ends(verb) } else { ends(event) };
        decided
            && !next.starts_with(['报', '上', '提', '呈', '送', '转', '要', '应', '须', '需', '公'])
            && !GOES_ON.iter().any(|verb| next.starts_with(verb))
    }

    /// The bodies behind 会同 or 联合, which ends at `start`; the subject leads them.
    fn partners(&mut self, start: usize) {
        let Some(partners) = self.partner(start) else { return };
        if self.is_done(partners.end) {
            return;
        }
        for named in self.named.get_mut(self.subject.clone()).unwrap_or_default() {
            named.role = Role::Lead;
        }
        for member in &partners.bodies {
            self.add(member, Role::Support, "inline.with");
        }
    }

    /// The bodies behind 会 that stands for 会同: 市教育局会市财政局制定.
    fn shared(&mut self, subject: &Subject) {
        let shared = self.text.get(..subject.said_end).is_some_and(|said| said.ends_with('会'));
        if subject.said != Said::With || !shared {
            return;
        }
        for member in self.partner(subject.said_end).map(|partners| partners.bodies).unwrap_or_default() {
            self.add(&member, Role::Support, "inline.with");
        }
    }

    /// The bodies behind 会同 or 联合, which ends at `start`.
    fn partner(&self, start: usize) -> Option<Subject> {
        clause::subject(self.text, start, self.sentence.end, Stand::Partner)
    }

    /// Whether 联合 at `at` joins bodies to those of `clause`, and is no part of a name: 联合工会.
    fn joins(&self, clause: &Range<usize>, at: usize) -> bool {
        let word = self.text.get(at..clause.end).and_then(lexicon::follow);
        !matches!(word, Some((Follow::Nothing, _))) && self.opens_predicate(clause, at)
    }

    /// Whether only a subject, a modal or adverbs stand between the beginning of `clause` and `at`.
    fn opens_predicate(&self, clause: &Range<usize>, at: usize) -> bool {
        let before = self.text.get(clause.start..at).unwrap_or_default();
        let subject_end = self
            .named
            .get(self.subject.clone())
            .and_then(<[Labelled]>::last)
            .map_or(0, |last| last.range.end);
        before.is_empty()
            || subject_end == at
            || before.ends_with(['要', '应', '须', '需', '并', '会', '将', '拟'])
            || ["负责", "牵头", "积极", "主动", "及时", "定期", "适时"]
                .iter()
                .any(|word| before.ends_with(word))
    }
}
