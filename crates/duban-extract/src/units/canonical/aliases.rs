//! The table of short names, `data/aliases.txt`: what each stands for, and in which years.

use std::sync::LazyLock;

use foldhash::HashMap;

static ALIASES: LazyLock<Aliases> =
    LazyLock::new(|| Aliases::read(include_str!("../../../data/aliases.txt")));

/// Ends of offices' names, short and in full.
const HEADS: [(&str, &str); 15] = [
    ("委员会", "委员会"),
    ("办公室", "办公室"),
    ("办公厅", "办公厅"),
    ("中心", "中心"),
    ("大队", "大队"),
    ("支队", "支队"),
    ("公司", "公司"),
    ("总工会", "总工会"),
    ("部", "部"),
    ("局", "局"),
    ("厅", "厅"),
    ("院", "院"),
    ("馆", "馆"),
    ("委", "委员会"),
    ("办", "办公室"),
];

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

#[derive(Default)]
struct Aliases {
    fields: Table,
    offices: Table,
    vertical: Table,
    national: Table,
    ministries: Table,
}

impl Aliases {
    fn read(data: &'static str) -> Self {
        let mut aliases = Self::default();
        for line in data.lines() {
            let mut words = line.split(' ');
            let (Some(kind), Some(short), Some(full)) = (words.next(), words.next(), words.next()) else {
                continue;
            };
            let mut year = || words.next().and_then(|year| year.parse().ok());
            let meaning = Meaning { full, from: year(), to: year() };
            let table = match kind {
                "field" => &mut aliases.fields,
                "office" => &mut aliases.offices,
                "vertical" => &mut aliases.vertical,
                "national" => &mut aliases.national,
                "ministry" => &mut aliases.ministries,
                _ => continue,
            };
            table.entry(short).or_default().push(meaning);
        }
        aliases
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

/// What `short` stands for in `year`; without a year only what never changed its meaning is sure.
fn look_up(table: &Table, short: &str, year: Option<i32>) -> Entry {
    let Some(meanings) = table.get(short) else { return Entry::Unknown };
    let mut fitting = meanings.iter().filter(|meaning| year.is_none_or(|year| meaning.holds_in(year)));
    match (fitting.next(), fitting.next()) {
        (Some(meaning), None) => Entry::Full(meaning.full),
        _ => Entry::Unsure,
    }
}

/// The full name of the office `office` of `place` in `year`.
pub(super) fn local(place: &str, office: &str, year: Option<i32>) -> Option<String> {
    let aliases = &*ALIASES;
    match look_up(&aliases.vertical, office, year) {
        Entry::Full(system) => return Some(format!("{system}{place}{office}")),
        Entry::Unsure => return None,
        Entry::Unknown => {}
    }
    let full = match look_up(&aliases.offices, office, year) {
        Entry::Full(full) => full.to_owned(),
        Entry::Unsure => return None,
        Entry::Unknown => by_field(office, year)?,
    };
    Some(format!("{place}{full}"))
}

/// The names in full that the office `office` has had in any year.
pub(super) fn ever(office: &str) -> Vec<String> {
    let aliases = &*ALIASES;
    let whole = aliases.offices.get(office).into_iter().flatten().map(|meaning| meaning.full.to_owned());
    let named = HEADS.iter().find_map(|(short, full)| Some((office.strip_suffix(short)?, *full)));
    let fields = named.and_then(|(field, head)| Some((aliases.fields.get(field)?, head)));
    let by_field = fields
        .into_iter()
        .flat_map(|(meanings, head)| meanings.iter().map(move |meaning| format!("{}{head}", meaning.full)));
    whole.chain(by_field).collect()
}

/// The full name of a part of a party committee: 网信办 of 县委网信办.
pub(super) fn part(part: &str, year: Option<i32>) -> Option<String> {
    match look_up(&ALIASES.offices, part, year) {
        Entry::Full(full) => Some(full.to_owned()),
        Entry::Unsure => None,
        Entry::Unknown => Some(part.to_owned()),
    }
}

/// The full name of an office that is called after its field: 卫健局.
fn by_field(office: &str, year: Option<i32>) -> Option<String> {
    let (field, head) = HEADS.iter().find_map(|(short, full)| Some((office.strip_suffix(short)?, *full)))?;
    match look_up(&ALIASES.fields, field, year) {
        Entry::Full(full) => Some(format!("{full}{head}")),
        Entry::Unsure => None,
        Entry::Unknown if head == "办公室" && field.chars().count() >= 2 => Some(format!("{field}{head}")),
        // 局, 厅 and 中心 end full names too; 委 only short ones.
        Entry::Unknown => (!field.is_empty() && office.ends_with(head)).then(|| office.to_owned()),
    }
}

/// Whether `office` is a bureau whose field the table knows, so that it is a place's own though no level
/// stands before it.
pub(super) fn is_known_bureau(office: &str) -> bool {
    let field = office.strip_suffix(['局', '厅']).or_else(|| office.strip_suffix('委'));
    field.is_some_and(|field| {
        let aliases = &*ALIASES;
        aliases.fields.contains_key(field)
            || aliases.fields.values().flatten().any(|meaning| meaning.full == field)
    })
}

/// The full name of a central body that needs no place.
pub(super) fn national(name: &str, year: Option<i32>) -> Option<String> {
    match look_up(&ALIASES.national, name, year) {
        Entry::Full(full) => Some(full.to_owned()),
        Entry::Unsure | Entry::Unknown => None,
    }
}

/// Whether `name` is a ministry or a general administration of the State Council in full: 财政部, 海关总署.
pub(super) fn is_ministry(name: &str) -> bool {
    let field = name.strip_suffix('部');
    field.is_some_and(|field| ALIASES.ministries.contains_key(field))
        || name.ends_with("总署")
        || (name.ends_with("总局") && !name.contains(['市', '县', '省']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_given_twice() {
        let aliases = &*ALIASES;
        let tables =
            [&aliases.fields, &aliases.offices, &aliases.vertical, &aliases.national, &aliases.ministries];
        for (short, meanings) in tables.into_iter().flatten() {
            let mut full: Vec<_> = meanings.iter().map(|meaning| meaning.full).collect();
            full.sort_unstable();
            full.dedup();
            assert_eq!(full.len(), meanings.len(), "{short} twice");
        }
    }
}
