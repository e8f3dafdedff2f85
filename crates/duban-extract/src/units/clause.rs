//! The subject of a clause: the bodies that open it and what is said of them.
//!
//! A name has no mark at its end, so its end is found by what follows: a modal (各社区|要), a word of
//! charge (甲局|负责), a verb of doing (甲局|制定). Verbs that also stand in names (县委|宣传部) end one only
//! where no longer name fits.

use std::ops::Range;

use duban_record::Role;

use super::bounds::is_end;
use super::lexicon::{self, Ending, Follow};
use super::names::{self, Member};
use super::time::{opens_time, time_len};
use super::{acting, telling};
use crate::slots::{is_close, is_colon, is_open};

/// Bodies and what is said of them.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    /// The bodies, in order.
    pub(super) bodies: Vec<Member>,
    /// Where their list ends.
    pub(super) end: usize,
    /// What is said of them.
    pub(super) said: Said,
    /// Where that word ends.
    pub(super) said_end: usize,
}

/// What is said of a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// 要, 应, 须: told to act.
    Modal,
    /// 负责, 承担.
    Charge,
    /// 牵头.
    Lead,
    /// 配合.
    Support,
    /// 会同, with a body behind it.
    With,
    /// A phrase comes before the verb: 结合实际…, 按照….
    Onward,
    /// A verb of doing.
    Verb,
    /// Nothing: the clause ends, or a colon follows.
    Bare,
}

impl Said {
    /// Whether it tells the subject to act in so many words.
    fn tells(self) -> bool {
        matches!(self, Self::Modal | Self::Charge)
    }

    /// The role that it gives where nothing else tells.
    pub(super) fn role(self) -> Option<Role> {
        match self {
            Self::Charge | Self::Verb => Some(Role::Responsible),
            Self::Lead => Some(Role::Lead),
            Self::Support => Some(Role::Support),
            Self::Modal | Self::With | Self::Onward | Self::Bare => None,
        }
    }
}

/// Where bodies stand in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    /// They open a clause.
    Opening,
    /// Behind 由.
    Agent,
    /// Behind 会同.
    Partner,
}

/// Longest name with what may stand around it, in bytes; a longer stretch without a mark is no name.
const LONGEST_STRETCH: usize = 135;
/// Longest list of bodies, in bytes.
const LONGEST_LIST: usize = 1800;

/// The subject that begins at `start`, `limit` being the end of the sentence. A list of
/// partners may also end its clause.
pub(super) fn subject(text: &str, start: usize, limit: usize, stand: Stand) -> Option<Subject> {
    if lexicon::opens_no_name(text.get(start..limit)?) {
        return None;
    }
    let mut scan =
        Scan { text, start, limit, stand, element: start, named: start, weak_end: None, weak: None };
    let mut depth = 0_usize;
    let mut quoted = false;
    let stretch = text.get(start..text.floor_char_boundary(limit.min(start + LONGEST_LIST)))?;
    let mut previous = ' ';
    let mut offset = 0;
    while offset <= stretch.len() {
        // Most characters neither end a name nor stop the look for one.
        if depth == 0 && !quoted && !telling::is_telling(previous) {
            let next = telling::next(stretch, offset);
            if next > offset + lexicon::SINGLE
                && start + next > scan.element + LONGEST_STRETCH + lexicon::SINGLE
            {
                break;
            }
            offset = next;
        }
        let c = stretch.get(offset..).and_then(|rest| rest.chars().next()).unwrap_or('\n');
        let at = start + offset;
        offset += c.len_utf8();
        let may_end = depth == 0 && !quoted && at > scan.element && lexicon::may_end_name(previous);
        let in_list = depth == 0 && scan.element > start && at > scan.element;
        let may_end = may_end || (in_list && lexicon::may_end_person(previous));
        previous = c;
        // No name holds 要: who is told to act here is no body (县政府领导|要站在…).
        if depth == 0 && !quoted && c == '要' && !may_end && tells(text, start, at, limit) {
            break;
        }
        if may_end {
            match scan.candidate(at, c) {
                Step::Found(subject) => return Some(subject),
                Step::Stop => break,
                Step::Next => {}
            }
        }
        if matches!(c, '\u{4e00}'..='\u{9fff}') {
            if depth == 0 && !quoted && (matches!(c, '的' | '了') || at > scan.element + LONGEST_STRETCH) {
                break;
            }
        } else if is_open(c) {
            depth += 1;
        } else if is_close(c) {
            depth = depth.checked_sub(1)?;
        } else if matches!(c, '“' | '”') {
            quoted = c == '“';
        } else if depth == 0 && !quoted && scan.ends_at(c, at) {
            break;
        }
    }
    scan.weak
}

/// What to do after a look at one place.
enum Step {
    Found(Subject),
    Stop,
    Next,
}

struct Scan<'t> {
    text: &'t str,
    start: usize,
    limit: usize,
    stand: Stand,
    /// Where the member of the list that is being read begins.
    element: usize,
    /// Where the last name ended.
    named: usize,
    /// Where a name may have ended, before a verb that also stands in names, and where that verb ends.
    weak_end: Option<(usize, usize)>,
    /// The subject that ends there, if no longer name is found.
    weak: Option<Subject>,
}

impl Scan<'_> {
    /// Looks whether a name ends at `at`, before `c`.
    fn candidate(&mut self, at: usize, c: char) -> Step {
        // A list may end at the mark of lists by mistake: 镇政府、各村、要….
        let stray =
            c == '、' && self.text.get(at + c.len_utf8()..).is_some_and(|rest| rest.starts_with('要'));
        let mark = is_end(c) || is_colon(c) || matches!(c, '，' | ',') || stray;
        let spoken = !mark && (lexicon::may_follow(c) || c == ' ' || opens_time(c));
        let (said, said_end) = if spoken { said(self.text, at, self.limit) } else { (None, at) };
        // Most characters that end names go on here; what a name is, is asked last.
        let unsaid = said.is_none() && self.weak_end.is_none();
        if is_open(c) || (unsaid && (!mark || self.ends_unsaid(c, at))) {
            return Step::Next;
        }
        let Some(element) = self.text.get(self.element..at) else { return Step::Stop };
        if !mark && self.opens_verb(element, at) {
            return Step::Next;
        }
        let name = lexicon::squeeze(element);
        let by_act = said.is_some_and(Said::tells) && acting::is_named_by_act(&name);
        if !(by_act || self.is_valid(&name, at)) || parts_word(&name, self.text.get(at..).unwrap_or_default())
        {
            return Step::Next;
        }
        self.named = at;
        if let Some((end, verb_end)) = self.weak_end {
            let longer = lexicon::ending(&name).is_some_and(|(_, len)| len > at - end);
            if !longer && (at <= verb_end || !is_compound(self.text, end..at, verb_end)) {
                return Step::Next;
            }
            (self.weak_end, self.weak) = (None, None);
        }
        if self.goes_on(at) {
            return Step::Next;
        }
        match said {
            Some(said) => self.ends_before(at, said, said_end),
            None => self.at_mark(at, c),
        }
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
        let whole = own || element.ends_with('会') || element.ends_with("单位");
        !whole && word(at - last).is_some_and(|(kind, len)| len > last && kind != Follow::Nothing)
    }

    /// A name that ends before a predicate, unless a verb there goes on the name.
    fn ends_before(&mut self, at: usize, said: Said, said_end: usize) -> Step {
        let relative = said != Said::Modal && near(self.text, said_end, self.limit).starts_with('的');
        let noun = relative || (said == Said::Verb && is_noun(self.text, said_end, self.limit));
        let found = if noun { None } else { self.found(at, said, said_end) };
        if said == Said::Verb && names_may_hold(self.text, at) {
            (self.weak_end, self.weak) = (Some((at, said_end)), found);
            return Step::Next;
        }
        found.map_or(Step::Stop, Step::Found)
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
            && !COMMITTEES.iter().any(|end| with_next.ends_with(end));
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
            let told =
                said.is_some_and(|said| said != Said::Verb || !is_noun(self.text, said_end, self.limit));
            if let (Some(said), true) = (said, told) {
                return self.found(at, said, said_end).map_or(Step::Stop, Step::Found);
            }
        }
        if self.charged_behind(at) {
            return self.found(at, Said::Charge, at).map_or(Step::Stop, Step::Found);
        }
        let ends = is_end(c) || is_colon(c) || matches!(c, '，' | ',') || at >= self.limit;
        if ends && self.stand == Stand::Partner {
            return self.found(at, Said::Bare, at).map_or(Step::Stop, Step::Found);
        }
        Step::Next
    }

    /// Whether a name ends at `at`: a body's, or one that is a body together with what
    /// stands before it in the list.
    fn is_valid(&self, name: &str, at: usize) -> bool {
        if lexicon::is_body(name) {
            return true;
        }
        if self.element > self.start && lexicon::is_person(name) {
            return true;
        }
        let shares =
            lexicon::is_bare_class(name) || matches!(lexicon::ending(name), Some((Ending::Place, _)));
        let from = if shares { self.start } else { self.element };
        // The first of two may begin as a verb does: 监察机关及相关部门.
        let several = name.contains(['等', '和', '及', '与']);
        ((shares && self.element > self.start) || several)
            && names::members(self.text, from..at)
                .last()
                .is_some_and(|member| names::is_body_at(self.text, member.range.clone()))
    }

    fn found(&self, end: usize, said: Said, said_end: usize) -> Option<Subject> {
        let members = names::members(self.text, self.start..end);
        let body = |member: &Member| {
            names::is_body_at(self.text, member.range.clone())
                || (said.tells() && acting::is_named_by_act(&member.name(self.text)))
        };
        let fragments = members.last().is_some_and(|last| last.open);
        let fragment = |member: &Member| fragments && lexicon::is_field(&member.name(self.text));
        // 各村、网格员要…: persons among bodies are passed over; 县委、县政府领导要… tells persons alone.
        let named = members.iter().any(body)
            && !members.last().is_some_and(|last| acting::is_post_of_body(&last.name(self.text)));
        let person = |member: &Member| named && lexicon::is_person(&member.name(self.text));
        // Places and mere kinds of bodies do much in passing (企业开展…); only 要, 负责 tell them to.
        let told = self.stand != Stand::Opening
            || matches!(
                said,
                Said::Modal | Said::Charge | Said::Lead | Said::Support | Said::With | Said::Bare
            );
        let vague = |member: &Member| {
            let name = member.name(self.text);
            let place = matches!(lexicon::ending(lexicon::without_brackets(&name)), Some((Ending::Place, _)));
            lexicon::is_class_alone(&name)
                || lexicon::is_addressee_only(&name)
                || (place && !names::is_modified(&name))
        };
        let all = members
            .iter()
            .all(|member| person(member) || ((body(member) || fragment(member)) && (told || !vague(member))));
        (all && !members.is_empty()).then_some(Subject { bodies: members, end, said, said_end })
    }

    /// Whether the subject cannot go on over `c`; marks of a list begin its next member.
    fn ends_at(&mut self, c: char, at: usize) -> bool {
        if matches!(c, '、' | '，' | ',') {
            let list = at > self.element && (c == '、' || self.named == at);
            self.element = at + c.len_utf8();
            return self.weak_end.is_some() || !list;
        }
        is_end(c) || is_colon(c) || c == '《'
    }
}

/// Whether the last character of `name` and what `rest` begins with are one word: 所在地, 所需资金, 处方.
fn parts_word(name: &str, rest: &str) -> bool {
    const PLACES: [char; 10] = ['地', '单', '省', '市', '县', '区', '镇', '乡', '村', '学'];
    const NEEDS: [char; 7] = ['资', '经', '材', '费', '物', '人', '设'];
    let behind = |word: char| rest.strip_prefix(word);
    let place = behind('在').is_some_and(|rest| rest.starts_with(PLACES));
    let need = behind('需').is_some_and(|rest| rest.starts_with(NEEDS));
    (name.ends_with('所') && (place || need)) || (name.ends_with('处') && rest.starts_with('方'))
}

/// Committees whose short names end in 会.
const COMMITTEES: [&str; 7] = ["管委会", "居委会", "村委会", "安委会", "业委会", "组委会", "筹委会"];

/// Whether the verb at `at` may also go on a name (宣传 after 县委).
fn names_may_hold(text: &str, at: usize) -> bool {
    text.get(at..)
        .is_some_and(|rest| matches!(lexicon::follow(rest.trim_start()), Some((Follow::NameVerb, _))))
}

/// Whether the text from a verb to `end` only makes the name before it longer: 县委|宣传部.
fn is_compound(text: &str, part: Range<usize>, verb_end: usize) -> bool {
    let object = text.get(verb_end..part.end).unwrap_or_default();
    let part = text.get(part).unwrap_or_default();
    let Some((Ending::Organ | Ending::OrganEnd, len)) = lexicon::ending(lexicon::without_brackets(part))
    else {
        return false;
    };
    let head = part.get(part.len() - len..).unwrap_or_default();
    part.len() <= 36 && !lexicon::is_class_noun(head) && !part.contains('各') && !lexicon::is_object(object)
}

/// What is said at `at`, adverbs and times apart: the kind, and where its word ends.
pub(super) fn said(text: &str, at: usize, limit: usize) -> (Option<Said>, usize) {
    let mut at = at;
    let mut phrase = None;
    for _ in 0..MOST_ADVERBS {
        let Some(rest) = text.get(at..limit) else { break };
        let word = rest.trim_start_matches([' ', '\u{3000}']);
        let start = at + rest.len() - word.len();
        let time = time_len(word);
        if time > 0 {
            at = start + time;
            // 各单位于6月底前，报送…: the comma only sets the time apart.
            if text.get(at..limit).is_some_and(|rest| rest.starts_with('，')) {
                at += '，'.len_utf8();
            }
            continue;
        }
        // 各乡镇|各建一个站.
        let each = word.strip_prefix('各').and_then(lexicon::follow);
        if each.is_some_and(|(kind, _)| matches!(kind, Follow::Verb | Follow::NameVerb)) {
            at = start + '各'.len_utf8();
            continue;
        }
        let Some((kind, len)) = lexicon::follow(word) else { break };
        let end = start + len;
        let said = match kind {
            // 各社区按照职责分工，建立…: the verb opens the next clause.
            Follow::Adverb
                if len >= LONG_ADVERB && text.get(end..limit).is_some_and(|rest| rest.starts_with('，')) =>
            {
                Said::Onward
            }
            Follow::Adverb => {
                if word.starts_with(['按', '依', '根', '结']) {
                    phrase = Some(end);
                }
                at = end;
                continue;
            }
            Follow::Modal => Said::Modal,
            Follow::Future if acts(text, end, limit) => Said::Modal,
            Follow::Charge => Said::Charge,
            Follow::Lead => Said::Lead,
            Follow::Support => Said::Support,
            Follow::With => Said::With,
            Follow::Onward => Said::Onward,
            Follow::Verb | Follow::NameVerb => Said::Verb,
            Follow::Future | Follow::State | Follow::Nothing => break,
        };
        return (Some(said), end);
    }
    (phrase.map(|_| Said::Onward), phrase.unwrap_or(at))
}

/// Bytes of an adverb that is a phrase: 结合实际, 按照职责分工.
const LONG_ADVERB: usize = 12;

/// Adverbs and times that may stand between subject and verb.
const MOST_ADVERBS: usize = 8;

/// Whether 会 or 将 at the end of a subject is a modal: a verb or a phrase before one follows.
fn acts(text: &str, at: usize, limit: usize) -> bool {
    text.get(at..limit).is_some_and(|rest| match lexicon::follow(rest) {
        Some((kind, _)) => kind != Follow::Nothing,
        None => text.get(..at).is_some_and(|before| before.ends_with('将')),
    })
}

/// Whether the verb that ends at `end` is a noun or a relative clause there: 各部门公开|的, 落实|情况.
fn is_noun(text: &str, end: usize, limit: usize) -> bool {
    let rest = near(text, end, limit);
    let nouns = [
        "的",
        "性",
        "情况",
        "结果",
        "进度",
        "成效",
        "能力",
        "水平",
        "人员",
        "职能",
        "率",
        "者",
        "之间",
        "过程中",
    ];
    let clause = rest.split(['，', ',', '。', '；', ';', '\n', '：']).next().unwrap_or_default();
    let counted = ["的情况", "的比例", "的数量", "的次数", "的频率"];
    // 批准|设立的机构.
    let relative =
        lexicon::follow(rest).and_then(|(_, len)| rest.get(len..)).is_some_and(|next| next.starts_with('的'));
    relative
        || is_built(text.get(..end).unwrap_or_default(), clause)
        || nouns.iter().any(|noun| rest.starts_with(noun))
        || counted.iter().any(|noun| clause.contains(noun))
        || modal_behind(clause)
}

/// Whether a clause that goes on with `rest` behind a verb says when what is built is ready: 县医院新建|门诊楼
/// 10月底前投用. Where the verb is 确保 or the like, its subject sees to it.
fn is_built(verb: &str, rest: &str) -> bool {
    let ready = ["开工", "完工", "竣工", "投用", "投产", "投入使用"].iter().any(|end| rest.ends_with(end));
    let sees_to = ["确保", "保证", "力争", "争取", "推动", "推进", "督促", "实现"];
    ready && !rest.starts_with(|c: char| is_end(c)) && !sees_to.iter().any(|word| verb.ends_with(word))
}

/// Whether 要 at `at` tells somebody to act, and is no part of a word: 主要, 要素.
fn tells(text: &str, start: usize, at: usize, limit: usize) -> bool {
    let before = text.get(start..at).unwrap_or_default();
    let rest = text.get(at..limit).unwrap_or_default();
    !before.ends_with(WORDS_OF_MODALS) && matches!(lexicon::follow(rest), Some((Follow::Modal, _)))
}

/// First characters of words that end in 要, 应 or 须.
const WORDS_OF_MODALS: [char; 15] =
    ['必', '需', '主', '重', '首', '只', '纲', '摘', '简', '相', '反', '响', '供', '适', '效'];

/// The text from `start` on, as far as a sentence is looked through: to `limit`, but not without end.
pub(super) fn near(text: &str, start: usize, limit: usize) -> &str {
    text.get(start..text.floor_char_boundary(limit.min(start + LONGEST_LOOK))).unwrap_or_default()
}

/// Bytes of a sentence behind a subject that are looked through.
const LONGEST_LOOK: usize = 900;

/// Whether a clause that begins with a verb has its modal later, so that the verb was part of a
/// subject: 各单位公开专栏|应完成.
fn modal_behind(clause: &str) -> bool {
    clause.char_indices().any(|(at, c)| {
        matches!(c, '要' | '应' | '须')
            && matches!(lexicon::follow(&clause[at..]), Some((Follow::Modal, len)) if lexicon::follow(&clause[at + len..]).is_some())
            && !clause[..at].ends_with(WORDS_OF_MODALS)
            && !matches!(lexicon::ending(&clause[..at]), Some((Ending::Organ | Ending::OrganEnd | Ending::Place, _)))
    })
}
