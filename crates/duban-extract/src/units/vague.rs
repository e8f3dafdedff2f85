//! Whether a subject is told to act whatever it is. Places and mere kinds of bodies do much in passing
//! (企业开展…) and are told only by 要, 负责 and the like.

use super::bounds::{is_end, near};
use super::clause::{Scan, Stand};
use super::nouns::{self, names_may_hold};
use super::said::{Said, said};
use crate::bodies::acting;
use crate::bodies::lexicon::{self, Ending, Follow};
use crate::bodies::names::{self, Member};
use crate::marks::is_han;
use crate::places::leading_place;

impl Scan<'_> {
    /// Whether bodies may be named here by what they do: before 要 or 负责, or behind 由 or 会同.
    pub(super) fn tells_by_act(&self, said: Option<Said>) -> bool {
        said.is_some_and(Said::tells)
            || self.stand == Stand::Partner
            || (self.stand == Stand::Agent && !self.is_asked())
    }

    /// Whether `name` is one by which only who is told to act is named, and something of the kind is `said`.
    pub(super) fn is_told_as(&self, said: Option<Said>, name: &str) -> bool {
        (self.tells_by_act(said) && acting::is_named_by_act(name))
            || (said == Some(Said::Modal) && acting::is_treasury(name))
    }

    /// Whether `name`, of which something is `said`, may be that of a body whose kind nobody knows.
    pub(super) fn is_charged(&self, said: Option<Said>, said_end: usize, name: &str) -> bool {
        let told = match said {
            Some(Said::Charge | Said::Lead) => true,
            // 各乡镇、各水库|要.
            Some(Said::Modal) => {
                acting::may_be_each(name)
                    || (self.tells_so(said_end) && self.is_listed() && acting::may_stand_by(name))
            }
            _ => false,
        };
        told && self.is_among_bodies(name)
    }

    /// Whether the mark of lists stands before the member that is being read.
    fn is_listed(&self) -> bool {
        self.text.get(..self.element).is_some_and(|before| before.ends_with('、'))
    }

    /// Whether `name` may be a body's, because a body stands before it in its list.
    fn is_among_bodies(&self, name: &str) -> bool {
        self.element > self.start
            && acting::may_be_body(name)
            && self.text.get(self.start..self.element).is_some_and(|list| {
                let first = list.find(['、', '，', ',']).unwrap_or(list.len());
                names::is_body_at(self.text, self.start..self.start + first)
            })
    }

    /// Whether the list names persons by levels of places, which are no bodies there: 镇、村干部, 县、乡、村三级河长.
    pub(super) fn is_of_persons(&self, members: &[Member]) -> bool {
        let Some((last, others)) = members.split_last() else { return false };
        let bare = |name: &str| matches!(leading_place(name), Some((_, "")));
        let level = |member: &Member| {
            self.text
                .get(member.range.clone())
                .is_some_and(|name| name.split('、').all(|name| bare(name) || name == "组"))
        };
        let person = |member: &Member| lexicon::is_person(&member.name(self.text));
        person(last)
            && others.first().is_some_and(level)
            && others.iter().all(|member| level(member) || person(member))
    }

    /// Whether what opens as a name is a verb and its object, before another verb: 落实专班|调度机制.
    pub(super) fn is_raised(&self, members: &[Member], said: Said) -> bool {
        // 协调国土、林业等部门|配合.
        if said == Said::Support && self.stand == Stand::Opening {
            let several = members.len() > 1 || members.iter().any(|member| member.open);
            return several && members[0].name(self.text).starts_with("协调");
        }
        let [only] = members else { return false };
        said == Said::Verb
            && self.stand == Stand::Opening
            && acting::opens_with_raising(&only.name(self.text))
            && self
                .text
                .get(only.range.end..)
                .and_then(lexicon::follow)
                .is_some_and(|(kind, _)| matches!(kind, Follow::Verb | Follow::NameVerb))
    }

    /// Whether a subject is told to act whatever it is, also behind a phrase (街道办事处在选聘中应…).
    pub(super) fn tells_any(&self, said: Said, said_end: usize) -> bool {
        (self.stand != Stand::Opening && !self.is_asked())
            || match said {
                Said::Verb => false,
                Said::Onward => {
                    nouns::modal_in_clause(self.text, said_end, self.limit)
                        || self.is_charged_as_what_it_is(said_end)
                }
                _ => true,
            }
    }

    /// Whether a clause that goes on at `said_end` only says that its subject answers for something, and the next
    /// tells it to act: 学校是|校园安全的责任主体，要…; 村委会是|实施主体，负责….
    fn is_charged_as_what_it_is(&self, said_end: usize) -> bool {
        let states = self.text.get(..said_end).is_some_and(|said| said.ends_with(['是', '为']));
        let rest = near(self.text, said_end, self.limit);
        states
            && rest.split_once(['，', ',']).is_some_and(|(what, next)| {
                what.ends_with("主体")
                    && matches!(said(next, 0, next.len()).0, Some(Said::Modal | Said::Charge | Said::Lead))
            })
    }

    /// Whether the first of `members` is a place whose class stands behind the last of them that lack one:
    /// 清溪、石岭街道要…. Only who is told to act is named so.
    pub(super) fn shares_class(&self, members: &[Member], said: Said) -> bool {
        const CLASSES: [&str; 5] = ["街道", "镇", "乡", "村", "社区"];
        const OFFICES: [&str; 4] = ["办事处", "人民政府", "政府", "党委"];
        let bare = |name: &str| {
            matches!(name.chars().count(), 2 | 3)
                && name.chars().all(is_han)
                && lexicon::follow(name).is_none()
        };
        let place = |name: &str| {
            let place = OFFICES.iter().find_map(|office| name.strip_suffix(office)).unwrap_or(name);
            CLASSES.iter().any(|class| place.strip_suffix(class).is_some_and(bare))
        };
        let mut names = members.iter().map(|member| member.name(self.text));
        said.tells()
            && names.next().is_some_and(|first| bare(&first))
            && names.find(|name| !bare(name) || place(name)).is_some_and(|name| place(&name))
    }

    /// Whether 请 stands before the subject.
    pub(super) fn is_asked(&self) -> bool {
        matches!(self.stand, Stand::Agent | Stand::Listed)
            && self.text.get(..self.start).is_some_and(|before| before.ends_with('请'))
    }

    /// Whether `member` is a place or a kind of bodies, which only 要, 负责 and the like tell to act.
    pub(super) fn is_vague(&self, member: &Member, said: Said, said_end: usize) -> bool {
        let name = member.name(self.text);
        let place = matches!(lexicon::ending(lexicon::without_brackets(&name)), Some((Ending::Place, _)));
        // 推动部门|联动.
        let together = || {
            let verb = self.text.get(..said_end).unwrap_or_default();
            said == Said::Verb && ["联动", "共享"].iter().any(|noun| verb.ends_with(noun))
        };
        let organ = || acting::is_organ(&name) && self.is_command(member.range.end, said, said_end);
        (lexicon::is_class_alone(&name) && !organ())
            || (together() && acting::is_named_by_act(&name))
            || lexicon::is_addressee_only(&name)
            || (place && !names::is_modified(&name))
    }

    /// Whether the class of an organ, which ends at `at`, opens its sentence and what ends at `said_end` tells it to
    /// act: 派出所加强巡查, 乡镇政府按照分工推进. It does not where the verb may name a matter (派出所建设), nor
    /// in a case (村委会对材料不齐的) or a step after which others act (村委会审核后报…).
    fn is_command(&self, at: usize, said: Said, said_end: usize) -> bool {
        const PHRASES: [char; 7] = ['按', '依', '对', '结', '根', '围', '在'];
        let before = self.text.get(..self.start).unwrap_or_default().trim_end_matches([' ', '\u{3000}']);
        let clause = near(self.text, said_end, self.limit).split(['，', ',']).next().unwrap_or_default();
        let verb = self.text.get(at..).unwrap_or_default();
        let acts = match said {
            Said::Verb => {
                !names_may_hold(self.text, at) || ["组织", "落实"].iter().any(|act| verb.starts_with(act))
            }
            Said::Onward => verb.starts_with(PHRASES),
            _ => false,
        };
        acts && (before.is_empty() || before.ends_with(is_end) || has_share(before))
            && !clause.ends_with('的')
            && !clause.contains('后')
    }
}

/// Whether somebody has charge in the clauses `before` one of the same sentence, so that its subject has a share in
/// the work: 由县政府负责，|乡镇政府组织实施.
fn has_share(before: &str) -> bool {
    const LONGEST: usize = 240;
    let near = &before[before.floor_char_boundary(before.len().saturating_sub(LONGEST))..];
    let sentence = near.rsplit(is_end).next().unwrap_or_default();
    let charged = |clause: &str| ["负责", "牵头", "总责"].iter().any(|charge| clause.ends_with(charge));
    sentence.ends_with(['，', ',']) && sentence.split(['，', ',']).any(charged)
}
