//! The table of short names, `data/aliases.txt`: what each stands for, and in which years.

use std::sync::LazyLock;

use duban_document::Words;
use foldhash::{HashMap, HashSet};

static ALIASES: LazyLock<Aliases> =
    LazyLock::new(|| Aliases::read(include_str!("../../../data/aliases.txt")));

/// Ends of the names of offices that are called after their field, short and in full.
const BUREAUS: [(&str, &str); 6] = [
    ("委员会", "委员会"),
    ("办公室", "办公室"),
    ("局", "局"),
    ("厅", "厅"),
    ("委", "委员会"),
    ("办", "办公室"),
];

/// Where the place stands in a full name.
const PLACE: char = '*';

/// A name in full and the years in which bodies were called so.
#[derive(Clone, Copy, Debug)]
struct Meaning {
    full: &'static str,
    /// First year; `None` where it is older than any notice.
    from: Option<i32>,
    /// Last year, that of the last renamings; `None` while it is in use.
    to: Option<i32>,
}

impl Meaning {
    fn holds_in(&self, year: i32) -> bool {
        self.from.is_none_or(|from| from <= year) && self.to.is_none_or(|to| year <= to)
    }
}

type Table = HashMap<&'static str, Vec<Meaning>>;

/// What a word does in a name in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// It says what the office is for.
    Topic,
    /// It says what the office does about it, or all that it is for, and may be the last one.
    Last,
}

struct Aliases {
    /// By the kind of the entry.
    tables: HashMap<&'static str, Table>,
    /// Offices in full.
    names: HashSet<&'static str>,
    /// What stands before and behind the place of those that hold it.
    systems: Vec<(&'static str, &'static str)>,
    /// Fields in full.
    fields: HashSet<&'static str>,
    /// Words of names in full.
    parts: Words<Part>,
}

impl Aliases {
    fn read(data: &'static str) -> Self {
        let mut tables: HashMap<&str, Table> = HashMap::default();
        let (mut names, mut fields) = (HashSet::default(), HashSet::default());
        let mut systems = Vec::new();
        let mut parts = Vec::new();
        for line in data.lines().filter(|line| !line.starts_with('#')) {
            let mut words = line.split(' ');
            let (Some(kind), Some(short)) = (words.next(), words.next()) else { continue };
            let full = words.next().unwrap_or(short);
            let mut year = || words.next().and_then(|year| year.parse().ok());
            let meaning = Meaning { full, from: year(), to: year() };
            match kind {
                "word" => parts.push((short, Part::Topic)),
                "act" => parts.push((short, Part::Last)),
                "field" => _ = fields.insert(full),
                "name" | "office" | "province" | "county" => {
                    systems.extend(full.split_once(PLACE));
                    names.insert(full);
                }
                _ => {}
            }
            tables.entry(kind).or_default().entry(short).or_default().push(meaning);
        }
        parts.extend(fields.iter().map(|field| (*field, Part::Last)));
        Self { tables, names, systems, fields, parts: Words::of_heads(parts) }
    }

    /// What `short` stands for in `year` as a `kind` of name; without a year only what never changed its
    /// meaning is sure.
    fn look_up(&self, kind: &str, short: &str, year: Option<i32>) -> Entry {
        let Some(meanings) = self.meanings(kind, short) else { return Entry::Unknown };
        let mut fitting = meanings.iter().filter(|meaning| year.is_none_or(|year| meaning.holds_in(year)));
        match (fitting.next(), fitting.next()) {
            (Some(meaning), None) => Entry::Full(meaning.full),
            _ => Entry::Unsure,
        }
    }

    fn meanings(&self, kind: &str, short: &str) -> Option<&Vec<Meaning>> {
        self.tables.get(kind)?.get(short)
    }
}

/// What the table says of a short name.
enum Entry {
    /// The name in full.
    Full(&'static str),
    /// It is in the table, and what it stood for in that year is not known.
    Unsure,
    /// It is not in the table.
    Unknown,
}

/// The full name of the office `office` of `place` in `year`.
pub(super) fn local(place: &str, office: &str, year: Option<i32>) -> Option<String> {
    let aliases = &*ALIASES;
    let province = place.ends_with('省') || place.ends_with("自治区");
    let county = !province && place.ends_with(['县', '区', '旗']);
    let own = if province { "province" } else { "county" };
    let level = (province || county).then_some(own);
    for kind in level.into_iter().chain(["office"]) {
        match aliases.look_up(kind, office, year) {
            Entry::Full(full) => return has_system(place, full).then(|| placed(place, full)),
            Entry::Unsure => return None,
            Entry::Unknown => {}
        }
    }
    match aliases.look_up("party", office, year) {
        Entry::Full(full) => Some(format!("中共{place}委{full}")),
        Entry::Unsure => None,
        Entry::Unknown => Some(placed(place, &in_full(office, year)?)),
    }
}

/// Whether an office whose full name begins before its place is one of `place`: of all of these, towns and
/// streets have the party and its league alone.
fn has_system(place: &str, full: &str) -> bool {
    let town = place.ends_with(['镇', '乡']) || place.ends_with("街道");
    !full.contains(PLACE) || !town || full.starts_with("中共") || full.starts_with("共青团")
}

/// A full name with its place.
fn placed(place: &str, full: &str) -> String {
    match full.split_once(PLACE) {
        Some((before, behind)) => [before, place, behind].concat(),
        None => [place, full].concat(),
    }
}

/// The place that stands inside `name`, where that is a full name: 国家税务总局|云岭县|税务局.
pub(super) fn place_inside(name: &str) -> Option<&str> {
    let inside = |(system, office): &(&str, &str)| name.strip_prefix(*system)?.strip_suffix(*office);
    ALIASES.systems.iter().find_map(inside).filter(|place| !place.is_empty())
}

/// The names in full that the office `office` has had in any year, but for those that begin before their place.
pub(super) fn ever(office: &str) -> Vec<String> {
    let aliases = &*ALIASES;
    let of = |kind, short| aliases.meanings(kind, short).into_iter().flatten().map(|meaning| meaning.full);
    let whole = ["office", "province", "county"].into_iter().flat_map(|kind| of(kind, office));
    let named = BUREAUS.iter().filter_map(|(short, full)| Some((office.strip_suffix(short)?, *full)));
    let by_field = named.flat_map(|(field, end)| of("field", field).map(move |full| format!("{full}{end}")));
    whole.filter(|full| !full.contains(PLACE)).map(str::to_owned).chain(by_field).collect()
}

/// The full name of a part of a party committee: 网信办 of 县委网信办.
pub(super) fn part(part: &str, year: Option<i32>) -> Option<String> {
    for kind in ["part", "party"] {
        match ALIASES.look_up(kind, part, year) {
            Entry::Full(full) => return Some(full.to_owned()),
            Entry::Unsure => return None,
            Entry::Unknown => {}
        }
    }
    let known = |kind| ALIASES.tables.get(kind).into_iter().flat_map(HashMap::values).flatten();
    let is_full = known("part").chain(known("party")).any(|meaning| meaning.full == part);
    if is_full { Some(part.to_owned()) } else { in_full(part, year) }
}

/// The full name of an office by its field (卫健局), or as it is where that is spelled out (投资促进局).
fn in_full(office: &str, year: Option<i32>) -> Option<String> {
    let aliases = &*ALIASES;
    for (short, full) in BUREAUS {
        let Some(field) = office.strip_suffix(short) else { continue };
        match aliases.look_up("field", field, year) {
            Entry::Full(field) => return Some([field, full].concat()),
            Entry::Unsure => return None,
            Entry::Unknown if aliases.fields.contains(field) => return Some([field, full].concat()),
            Entry::Unknown => {}
        }
    }
    super::spelling::in_full(office).or_else(|| part_of_bureau(office, year))
}

/// The full name of a part of a bureau: 生态环境局|云岭分局, 住建局|办公室.
fn part_of_bureau(office: &str, year: Option<i32>) -> Option<String> {
    let at = office.find(['局', '厅']).map(|at| at + '局'.len_utf8())?;
    let (bureau, part) = office.split_at_checked(at).filter(|(_, part)| !part.is_empty())?;
    let own = part.strip_suffix("分局").is_some_and(|place| (2..=4).contains(&place.chars().count()));
    let named = own || part == "办公室" || super::spelling::in_full(part).is_some_and(|full| full == part);
    named.then(|| in_full(bureau, year)).flatten().map(|bureau| format!("{bureau}{part}"))
}

/// Whether `office` is the whole name of an office in full.
pub(super) fn is_name(office: &str) -> bool {
    ALIASES.names.contains(office)
}

/// The longest word of full names at the head of `text`, and its length.
pub(super) fn word(text: &str) -> Option<(Part, usize)> {
    ALIASES.parts.at_head(text)
}

/// Whether `office` is a bureau whose field the table knows, so that it is a place's own though no level
/// stands before it.
pub(super) fn is_known_bureau(office: &str) -> bool {
    let field = office.strip_suffix(['局', '厅']).or_else(|| office.strip_suffix('委'));
    field.is_some_and(is_field)
}

/// Whether `name` is a field that the table knows, in short or in full.
pub(super) fn is_field(name: &str) -> bool {
    ALIASES.meanings("field", name).is_some() || ALIASES.fields.contains(name)
}

/// The full name of a central body that needs no place.
pub(super) fn national(name: &str, year: Option<i32>) -> Option<String> {
    match ALIASES.look_up("national", name, year) {
        Entry::Full(full) => Some(full.to_owned()),
        Entry::Unsure | Entry::Unknown => None,
    }
}

/// Whether `name` is a ministry or a general administration of the State Council: 财政部, 海关总署.
pub(super) fn is_ministry(name: &str) -> bool {
    let field = name.strip_suffix('部');
    field.is_some_and(|field| ALIASES.meanings("ministry", field).is_some())
        || name.ends_with("总署")
        || (name.ends_with("总局")
            && (ALIASES.meanings("national", name).is_some() || !name.contains(['市', '县', '省'])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_given_twice() {
        for (kind, table) in &ALIASES.tables {
            for (short, meanings) in table {
                let mut full: Vec<_> = meanings.iter().map(|meaning| meaning.full).collect();
                full.sort_unstable();
                full.dedup();
                assert_eq!(full.len(), meanings.len(), "{kind} {short} twice");
            }
        }
    }
}
