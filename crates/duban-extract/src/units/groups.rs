//! Groups that a clause sets up, has led or seats somewhere, and that a later clause of the sentence puts in
//! charge: 成立工作专班，负责…; 协调组由县财政局牵头，…组成，负责….

use std::ops::Range;

use duban_record::Role;

use super::clause::Subject;
use super::cues::{Cue, PlacedCue, places};
use super::inline::Reader;
use super::said::{self, Said};
use crate::bodies::lexicon::{self, Follow, SEATING};
use crate::bodies::names::{self, Member};
use crate::marks::is_open;

/// Ends of the names of groups.
const GROUPS: [&str; 5] = ["组", "专班", "指挥部", "办公室", "联席会议"];
/// Ends of a clause that says who leads a group.
const LEADING: [&str; 9] = ["牵头", "组长", "主任", "指挥长", "总指挥", "召集人", "兼任", "担任", "组成"];
/// Ends of a clause that says who else belongs to a group.
const JOINING: [&str; 7] = ["参加", "参与", "配合", "协助", "成员", "成员单位", "副总指挥"];
/// What ends a phrase that says with whose help a body acts.
const HELPED: [&str; 2] = ["配合下", "协助下"];
/// Clauses between the name of a group and what it is charged with.
const MOST_BETWEEN: usize = 4;

impl Reader<'_> {
    /// Adds the group that `clause`, by its `cues`, sets up, has led or seats, where a later clause puts it in
    /// charge. Where a founder was `told` to act in the clause (各镇要成立专班，…), a modal goes on telling that one.
    pub(super) fn group_set_up(&mut self, clause: &Range<usize>, cues: &[PlacedCue], told: bool) {
        let Some(name) = self.group_name(clause, cues, told) else { return };
        let role = match self.said_of_group(name.end.max(clause.end)) {
            Some(Said::Charge) => Role::Responsible,
            Some(Said::Modal) if !told => Role::Responsible,
            Some(Said::Lead) if !told => Role::Lead,
            _ => return,
        };
        let base = lexicon::without_brackets(self.text.get(name.clone()).unwrap_or_default()).len();
        let name = name.start..name.start + base;
        if names::is_body_at(self.text, name.clone()) {
            self.add(&Member { range: name, open: false }, role, "inline.group");
        }
    }

    /// What the sentence says of a group behind the clause that ends at `end`. Who leads it, who belongs to it
    /// and where it is seated may stand between: 办公室设在县财政局，由局长兼任主任，|负责….
    fn said_of_group(&self, end: usize) -> Option<Said> {
        let mut end = end;
        for _ in 0..MOST_BETWEEN {
            let behind = self.behind_mark(end).min(self.sentence.end);
            let (said, said_end) = said::said(self.text, behind, self.sentence.end);
            if self.disposes(said_end) {
                return None;
            }
            if matches!(said, Some(Said::Charge | Said::Modal | Said::Lead)) {
                return said;
            }
            end = self.clause_end(behind, self.sentence.end);
            let between = self.text.get(behind..end).unwrap_or_default();
            if !SEATING.iter().any(|verb| between.starts_with(verb)) && !says_members(between) {
                return None;
            }
        }
        None
    }

    /// Whether the 将 before `end` stands for 把: 5月底前将|名单报县教育局.
    fn disposes(&self, end: usize) -> bool {
        let acts = |(kind, len)| kind != Follow::Adverb || len > lexicon::SINGLE;
        self.text.get(..end).is_some_and(|said| said.ends_with('将'))
            && !self.text.get(end..).and_then(lexicon::follow).is_some_and(acts)
    }

    /// The name before 设在 or 由…牵头, or of what a clause says was set up.
    fn group_name(&self, clause: &Range<usize>, cues: &[PlacedCue], told: bool) -> Option<Range<usize>> {
        let in_bracket = |at: usize| self.text.get(..at).is_some_and(|before| before.ends_with(is_open));
        // 下设办公室（设在县财政局）: the seat is told beside the name.
        let seated = places(cues, Cue::Seating).find(|seated| !in_bracket(seated.start));
        if let Some(seated) = seated.filter(|_| !told) {
            return Some(clause.start..seated.start);
        }
        if let Some(verb) = places(cues, Cue::SettingUp).next_back() {
            return self.founded(clause, verb.end);
        }
        let by = places(cues, Cue::Agent).next().filter(|_| !told)?;
        let name = self.text.get(clause.start..by.start)?;
        let says = self.text.get(by.end..clause.end)?;
        let led = ends_with_any(name, &GROUPS) && ends_with_any(says, &LEADING);
        led.then_some(clause.start..by.start)
    }

    /// The name of what a verb that ends at `start` in `clause` says was set up.
    fn founded(&self, clause: &Range<usize>, start: usize) -> Option<Range<usize>> {
        let object = self.text.get(start..clause.end)?;
        // 成立由县长任组长，各部门为成员的|领导小组: the name stands in a later clause.
        let end = if object.starts_with('由') && !object.contains('的') {
            self.members_end(clause.end)?
        } else {
            clause.end
        };
        let object = self.text.get(start..end)?;
        let object = object.strip_prefix('了').unwrap_or(object);
        let object = object.rsplit('的').next().unwrap_or(object);
        let start = end - object.len();
        // 下设办公室于党政办.
        let seat = object.find(['于', '在']).filter(|at| lexicon::ends_as_organ(&object[..*at]));
        Some(start..start + seat.unwrap_or(object.len()))
    }

    /// Where the clause ends that closes the list of a group's members, which goes on behind `end`.
    fn members_end(&self, end: usize) -> Option<usize> {
        let mut end = end;
        for _ in 0..MOST_BETWEEN {
            let behind = self.behind_mark(end).min(self.sentence.end);
            end = self.clause_end(behind, self.sentence.end);
            let between = self.text.get(behind..end)?;
            if between.contains('的') {
                return Some(end);
            }
            if !says_members(between) {
                return None;
            }
        }
        None
    }

    /// Adds the body of a `clause` that says whose work it mainly is, where the next says who helps:
    /// 以县住建局为主，县城管局配合.
    pub(super) fn mainly(&mut self, clause: &Range<usize>) {
        let words = self.text.get(clause.clone()).unwrap_or_default();
        let Some(name) = words.strip_prefix('以').and_then(|rest| rest.strip_suffix("为主")) else {
            return;
        };
        let start = clause.start + '以'.len_utf8();
        let name = start..start + name.len();
        let behind = self.behind_mark(clause.end).min(self.sentence.end);
        let next = self.text.get(behind..self.clause_end(behind, self.sentence.end)).unwrap_or_default();
        // 以企业为主，政府参与 says how, and tells nobody.
        let body = || {
            !lexicon::is_by_kind(&lexicon::squeeze(&self.text[name.clone()]))
                && names::is_body_at(self.text, name.clone())
        };
        if ends_with_any(next, &JOINING) && body() {
            self.add(&Member { range: name, open: false }, Role::Lead, "inline.lead");
        }
    }

    /// Adds the bodies with whose help `subject` acts in its clause, which ends at `end`:
    /// 县住建局在县城管局配合下|开展….
    pub(super) fn helped(&mut self, subject: &Subject, end: usize) {
        let phrase = self.text.get(subject.said_end..end).unwrap_or_default();
        if subject.said != Said::Onward || !self.text[..subject.said_end].ends_with('在') {
            return;
        }
        let Some(at) = HELPED.iter().find_map(|help| phrase.find(help)) else { return };
        let list = phrase[..at].strip_suffix('的').unwrap_or(&phrase[..at]);
        let helpers = names::members(self.text, subject.said_end..subject.said_end + list.len());
        if helpers.iter().all(|helper| names::is_body_at(self.text, helper.range.clone())) {
            for helper in &helpers {
                self.add(helper, Role::Support, "inline.support");
            }
        }
    }
}

/// Whether `clause` only says who leads a group or belongs to it.
fn says_members(clause: &str) -> bool {
    ends_with_any(clause, &LEADING) || ends_with_any(clause, &JOINING)
}

fn ends_with_any(text: &str, ends: &[&str]) -> bool {
    ends.iter().any(|end| text.ends_with(end))
}
