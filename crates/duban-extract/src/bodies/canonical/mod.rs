//! A name as printed to the body's full name in the year of the notice, where the notice says which place
//! is meant: 县卫健局 in a notice of 云岭县人民政府 is 云岭县卫生健康局.
//!
//! [`places`] reads the places from the issuer or the title, [`aliases`] the dated table of short names,
//! [`spelling`] tells what is no short one. Nothing is guessed: a name by kind, a level that the notice does
//! not name, a short form that is not in the table and one that was not in use in that year give none.

mod aliases;
mod places;
mod spelling;

use std::cell::RefCell;

use super::lexicon;
use crate::reading;
use foldhash::HashMap;
use places::{Places, Split};

/// What a notice says of itself that tells which bodies its short names mean.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Notice<'a> {
    /// The body that issued it.
    pub(crate) issuer: Option<&'a str>,
    /// Its title, which names the place where no issuer does.
    pub(crate) title: Option<&'a str>,
    /// The year that it is for.
    pub(crate) year: Option<i32>,
}

/// Ends of places before the name of an office.
const LEVELS: [char; 9] = ['省', '市', '州', '县', '区', '旗', '盟', '镇', '乡'];

/// The names in full that the body `name` has had in any year, whatever place it belongs to; none where
/// `name` is no short one.
///
/// ```
/// assert_eq!(duban_extract::full_names("县卫健局"), ["县卫生健康局"]);
/// assert!(duban_extract::full_names("县卫生健康局").is_empty());
/// ```
pub fn full_names(name: &str) -> Vec<String> {
    let name = reading::fold(name);
    let mut names = Vec::new();
    for (at, _) in name.char_indices() {
        let (place, office) = name.split_at(at);
        if place.is_empty() || place.ends_with(LEVELS) {
            names.extend(aliases::ever(office).into_iter().map(|full| format!("{place}{full}")));
        }
    }
    names.retain(|full| *full != name);
    names.dedup();
    names
}

/// Whether `word` says in full what offices are for or what they do: 林业, 金融.
pub(crate) fn is_topic(word: &str) -> bool {
    aliases::word(word).is_some_and(|(_, length)| length == word.len())
}

/// Where the conjunction stands in `name`, the end of a list before 等部门, if it parts two fields: 教育、卫生|和|民政,
/// but not 发改、住房和城乡建设.
pub(crate) fn last_field(name: &str) -> Option<(usize, usize)> {
    let at = name.find(['和', '及', '与']).filter(|at| *at > 0)?;
    let behind = at + '和'.len_utf8();
    let last = &name[behind..];
    // 城市管理和综合执法 is one.
    let joint = last.starts_with("综合") || aliases::is_field(name);
    (!joint && aliases::is_field(&name[..at]) && aliases::is_field(last)).then_some((at, behind))
}

/// The place or its level, where `name` is a committee of the youth league: 团|县|委, 共青团|云岭县|委.
fn league_of(name: &str) -> Option<&str> {
    let place = name.strip_suffix("委员会").or_else(|| name.strip_suffix('委'))?;
    // 团结镇党委 is a town's.
    place.strip_prefix("共青团").or_else(|| place.strip_prefix('团').filter(|level| places::is_level(level)))
}

/// Names in full within one notice.
#[derive(Debug, Default)]
pub(crate) struct Names {
    places: Places,
    year: Option<i32>,
    /// Whether the issuer is a central body.
    national: bool,
    /// What was looked up: a notice names the same bodies again and again.
    known: RefCell<HashMap<String, Option<String>>>,
}

impl Names {
    /// The names of a notice whose words are in simplified characters.
    pub(crate) fn of(notice: Notice<'_>) -> Self {
        let issuer = notice.issuer.unwrap_or_default();
        let from_issuer = Places::of_body(issuer);
        let central = issuer.starts_with("国务院") || issuer.starts_with("国家") || issuer.ends_with('部');
        let national = central && from_issuer.is_empty();
        let places = if from_issuer.is_empty() && !national {
            notice.title.map(Places::of_title).unwrap_or_default()
        } else {
            from_issuer
        };
        Self { places, year: notice.year, national, known: RefCell::default() }
    }

    /// The full name of `name`; `None` when unsure.
    pub(crate) fn canonical(&self, name: &str) -> Option<String> {
        if let Some(known) = self.known.borrow().get(name) {
            return known.clone();
        }
        let full = self.look_up(name);
        self.known.borrow_mut().insert(name.to_owned(), full.clone());
        full
    }

    fn look_up(&self, name: &str) -> Option<String> {
        if lexicon::is_by_kind(name) || lexicon::without_brackets(name) != name || name.contains('、') {
            return None;
        }
        let ministry = aliases::is_ministry(name);
        if (self.national || ministry)
            && let Some(full) = aliases::national(name, self.year)
        {
            return Some(full);
        }
        if ministry || name == "国务院" {
            return Some(name.to_owned());
        }
        if let Some(place) = league_of(name) {
            return match self.places.split(place) {
                Split::At(place, "") => Some(format!("共青团{place}委员会")),
                _ => None,
            };
        }
        if aliases::place_inside(name).is_some_and(places::is_place) {
            return Some(name.to_owned());
        }
        let bare = name.strip_prefix("中共").unwrap_or(name);
        let (place, office) = match self.places.split(bare) {
            Split::At(place, office) => (place, office),
            Split::Unsure => return None,
            Split::Bare => (self.own_place(name)?, name),
        };
        // Of a region the committee is 党委: 自治区党委宣传部.
        let of_region =
            office.strip_prefix("党委").filter(|part| place.ends_with("自治区") && !part.is_empty());
        if let Some(part) = of_region {
            return aliases::part(part, self.year).map(|part| format!("中共{place}委员会{part}"));
        }
        match office.strip_prefix('委') {
            // 县委宣传部 is the party's, 县委 the committee itself.
            Some("" | "员会") => Some(format!("中共{place}委员会")),
            Some(part) => aliases::part(part, self.year).map(|part| format!("中共{place}委{part}")),
            None if bare.len() < name.len() => None,
            None => aliases::local(place, office, self.year),
        }
    }

    /// The place whose bureau a name without a level is: 卫健局 in a notice of 云岭县.
    fn own_place(&self, name: &str) -> Option<&str> {
        let fits = aliases::is_known_bureau(name) && name.ends_with('厅') <= self.places.is_province();
        if fits { self.places.with_bureaus() } else { None }
    }
}
