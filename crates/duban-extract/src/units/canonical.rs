//! A name as printed to the body's full name, where the notice's issuer says which place is meant:
//! 县卫健局 in a notice of 云岭县人民政府 is 云岭县卫生健康局.
//!
//! Nothing is guessed: a name by kind, a level that the issuer does not name and a short form that is
//! not in `data/aliases.txt` give none.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::lexicon;

/// The places that an issuer's name names, from the highest level down.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Places {
    /// Level word and name: (县, 云岭县).
    chain: Vec<(&'static str, String)>,
    /// Whether the issuer is a central body.
    national: bool,
}

/// Level words as they end a place's name, those of several characters first.
const LEVELS: [&str; 12] =
    ["自治区", "自治州", "自治县", "街道", "省", "市", "州", "县", "区", "旗", "镇", "乡"];

/// Words that end like a place's name and name none.
const NO_PLACES: [&str; 13] = [
    "乡镇",
    "园区",
    "社区",
    "新区",
    "景区",
    "城区",
    "开发区",
    "高新区",
    "示范区",
    "保税区",
    "城市",
    "城乡",
    "地区",
];

static ALIASES: LazyLock<Aliases> = LazyLock::new(|| Aliases::read(include_str!("../../data/aliases.txt")));

#[derive(Default)]
struct Aliases {
    fields: HashMap<&'static str, &'static str>,
    offices: HashMap<&'static str, &'static str>,
    national: HashMap<&'static str, &'static str>,
}

impl Aliases {
    fn read(data: &'static str) -> Self {
        let mut aliases = Self::default();
        for line in data.lines() {
            let mut words = line.split(' ');
            let (Some(kind), Some(short), Some(full), None) =
                (words.next(), words.next(), words.next(), words.next())
            else {
                continue;
            };
            match kind {
                "field" => aliases.fields.insert(short, full),
                "office" => aliases.offices.insert(short, full),
                "national" => aliases.national.insert(short, full),
                _ => None,
            };
        }
        aliases
    }

    /// The full name of an office behind its place.
    fn office(&self, office: &str) -> Option<String> {
        if let Some(full) = self.offices.get(office) {
            return Some((*full).to_owned());
        }
        let (field, head) =
            HEADS.iter().find_map(|(short, full)| Some((office.strip_suffix(short)?, *full)))?;
        match self.fields.get(field) {
            Some(full) => Some(format!("{full}{head}")),
            None if head == "办公室" && field.chars().count() >= 2 => Some(format!("{field}{head}")),
            // 局, 厅 and 中心 end full names too; 委 only short ones.
            None => (!field.is_empty() && office.ends_with(head)).then(|| office.to_owned()),
        }
    }
}

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

impl Places {
    /// The places of `issuer`.
    pub(super) fn of(issuer: Option<&str>) -> Self {
        let Some(issuer) = issuer else { return Self::default() };
        let mut rest = issuer.trim_start_matches("中共").trim_start_matches("中国共产党");
        let national = rest.starts_with("国务院") || rest.starts_with("国家") || rest.ends_with('部');
        let mut chain = Vec::new();
        while let Some((level, len)) = place(rest) {
            chain.push((level, rest[..len].to_owned()));
            rest = rest[len..].trim_start_matches("人民政府");
        }
        Self { national: national && chain.is_empty(), chain }
    }

    /// The full name of `name`; `None` when unsure.
    pub(super) fn canonical(&self, name: &str) -> Option<String> {
        if lexicon::is_by_kind(name) || lexicon::without_brackets(name) != name || name.contains('、') {
            return None;
        }
        let aliases = &*ALIASES;
        if let Some(full) = aliases.national.get(name).filter(|_| self.national || is_ministry(name)) {
            return Some((*full).to_owned());
        }
        if is_ministry(name) || name == "国务院" {
            return Some(name.to_owned());
        }
        let youth = name.strip_prefix('团').and_then(|rest| rest.strip_suffix('委'));
        if let Some(place) = youth.and_then(|level| self.named(level)) {
            return Some(format!("共青团{place}委员会"));
        }
        let (place, office) = self.split(name)?;
        if let Some(part) = office.strip_prefix('委') {
            // 县委宣传部 is the party's, 县委 the committee itself.
            return Some(if part.is_empty() {
                format!("中共{place}委员会")
            } else {
                format!("中共{place}委{part}")
            });
        }
        aliases.office(office).map(|office| format!("{place}{office}"))
    }

    /// The place with the level word `level`, if the issuer names one.
    fn named(&self, level: &str) -> Option<&str> {
        let ends = |name: &str| name.ends_with(level);
        self.chain.iter().rev().find(|(own, name)| *own == level || ends(name)).map(|(_, name)| name.as_str())
    }

    /// A name's place in full and the office behind it.
    fn split<'n>(&self, name: &'n str) -> Option<(String, &'n str)> {
        if let Some((mut level, mut end)) = place(name) {
            while let Some((next, more)) = place(&name[end..]) {
                (level, end) = (next, end + more);
            }
            // 岭州 may be a county whose 县 was left out.
            return (level != "州").then(|| (name[..end].to_owned(), &name[end..]));
        }
        let level = LEVELS.iter().find(|level| name.starts_with(**level))?;
        Some((self.named(level)?.to_owned(), &name[level.len()..]))
    }
}

/// Whether `name` is a ministry, which needs no place: 财政部, 海关总署.
fn is_ministry(name: &str) -> bool {
    let field = name.strip_suffix('部').filter(|field| field.chars().count() >= 2);
    let party = ["宣传", "组织", "统战", "武装", "人武", "支", "总", "项目"];
    let ministry = field.is_some_and(|field| MINISTRIES.contains(&field) && !party.contains(&field));
    ministry || name.ends_with("总署") || (name.ends_with("总局") && !name.contains(['市', '县', '省']))
}

/// What the ministries of the State Council are for, as their names and short names say.
const MINISTRIES: [&str; 25] = [
    "外交",
    "国防",
    "教育",
    "科学技术",
    "科技",
    "工业和信息化",
    "工信",
    "公安",
    "国家安全",
    "民政",
    "司法",
    "财政",
    "人力资源和社会保障",
    "人力资源社会保障",
    "人社",
    "自然资源",
    "生态环境",
    "住房和城乡建设",
    "住房城乡建设",
    "住建",
    "交通运输",
    "水利",
    "农业农村",
    "商务",
    "文化和旅游",
];

/// The place that `text` begins with: its level and its length.
fn place(text: &str) -> Option<(&'static str, usize)> {
    for (at, _) in text.char_indices().skip(1).take(LONGEST_PLACE) {
        let rest = &text[at..];
        let Some(level) = LEVELS.iter().find(|level| rest.starts_with(**level)) else { continue };
        let end = at + level.len();
        let behind = &text[end..];
        let other =
            behind.starts_with(['场', '域', '政', '村', '建', '民', '道']) && !behind.starts_with("民政");
        let no_place = NO_PLACES.iter().any(|word| text[..end].ends_with(word));
        if other || no_place || text[..at].contains(['局', '委', '部', '厅', '院', '府']) {
            return None;
        }
        return Some((level, end));
    }
    None
}

/// Longest name of a place before its level word, in characters.
const LONGEST_PLACE: usize = 9;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issuers_name_places() {
        let chain = |issuer| {
            let names: Vec<String> =
                Places::of(Some(issuer)).chain.into_iter().map(|(_, name)| name).collect();
            names.join(" ")
        };
        assert_eq!(chain("云岭县人民政府办公室"), "云岭县");
        assert_eq!(chain("清源市云岭区人民政府东河街道办事处"), "清源市 云岭区 东河街道");
        assert_eq!(chain("中共云岭县委办公室"), "云岭县");
        assert_eq!(chain("北岭壮族自治区人民政府"), "北岭壮族自治区");
        assert_eq!(chain("国家市场监督管理总局"), "");
        assert_eq!(chain("国务院办公厅"), "");
    }
}
