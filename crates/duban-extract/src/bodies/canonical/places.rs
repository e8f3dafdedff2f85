//! The places that a notice speaks for, from its issuer's name or else its title: 清源市云岭区.

use crate::bodies::lexicon;

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

/// Longest name of a place before its level word, in characters.
const LONGEST_PLACE: usize = 9;

/// The places that a name names, from the highest level down.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Places {
    /// Level word and name: (县, 云岭县).
    chain: Vec<(&'static str, String)>,
}

impl Places {
    /// The places that the name of a body begins with.
    pub(super) fn of_body(name: &str) -> Self {
        let mut rest = name.trim_start_matches("中共").trim_start_matches("中国共产党");
        let mut chain = Vec::new();
        while let Some((level, len)) = place(rest) {
            chain.push((level, rest[..len].to_owned()));
            rest = rest[len..].trim_start_matches("人民政府");
        }
        Self { chain }
    }

    /// The places that a title begins with, behind 关于印发 and the year.
    pub(super) fn of_title(title: &str) -> Self {
        let plan = title.rsplit('《').next().unwrap_or(title);
        let plan = plan.trim_start_matches("关于").trim_start_matches("印发").trim_start_matches("下达");
        let year = plan.trim_start_matches(|c: char| c.is_ascii_digit());
        let bare = if year.len() == plan.len() {
            plan
        } else {
            year.trim_start_matches('年').trim_start_matches('度')
        };
        // 推进乡…, 做好县…: what is to be done, not where.
        if lexicon::follow(bare).is_some() { Self::default() } else { Self::of_body(bare) }
    }

    /// Whether no place is named.
    pub(super) fn is_empty(&self) -> bool {
        self.chain.is_empty()
    }

    /// The place with the level word `level`, if there is one.
    pub(super) fn at_level(&self, level: &str) -> Option<&str> {
        let ends = |name: &str| name.ends_with(level);
        self.chain.iter().rev().find(|(own, name)| *own == level || ends(name)).map(|(_, name)| name.as_str())
    }

    /// The lowest place that has bureaus of its own: a county, a city, a province; no town, no street.
    pub(super) fn with_bureaus(&self) -> Option<&str> {
        self.chain
            .iter()
            .rev()
            .find(|(level, _)| !matches!(*level, "镇" | "乡" | "街道"))
            .map(|(_, name)| name.as_str())
    }

    /// Whether the lowest place is a province, whose departments are 厅.
    pub(super) fn is_province(&self) -> bool {
        self.chain.last().is_some_and(|(level, _)| matches!(*level, "省" | "自治区"))
    }

    /// A name's place in full and the office behind it: 县卫健局 and 云岭县卫健局 alike.
    pub(super) fn split<'n>(&'n self, name: &'n str) -> Split<'n> {
        if let Some((mut level, mut end)) = place(name) {
            while let Some((next, more)) = place(&name[end..]) {
                (level, end) = (next, end + more);
            }
            // 岭州 may be a county whose 县 was left out.
            return if level == "州" { Split::Unsure } else { Split::At(&name[..end], &name[end..]) };
        }
        match LEVELS.iter().find(|level| name.starts_with(**level)) {
            // 乡村建设办, 县级路长办公室: no level stands before the office.
            Some(level) if goes_on(level, &name[level.len()..]) => Split::Bare,
            Some(level) => match self.at_level(level) {
                Some(place) => Split::At(place, &name[level.len()..]),
                None => Split::Unsure,
            },
            None => Split::Bare,
        }
    }
}

/// Where a body's name says that it belongs.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Split<'n> {
    /// To a place, with the office behind it.
    At(&'n str, &'n str),
    /// To a place that is not known.
    Unsure,
    /// Nothing is said.
    Bare,
}

/// Whether a level word and what stands behind it are one word: 县|级, 乡|村.
fn goes_on(level: &str, behind: &str) -> bool {
    behind.starts_with(['级', '直', '域']) || (level == "乡" && behind.starts_with('村'))
}

/// Whether `word` is the word of a level alone: 县.
pub(super) fn is_level(word: &str) -> bool {
    LEVELS.contains(&word)
}

/// Whether `name` is the name of a place or of one inside another, and nothing else.
pub(super) fn is_place(name: &str) -> bool {
    let mut rest = name;
    while let Some((_, len)) = place(rest) {
        rest = &rest[len..];
    }
    rest.is_empty() && !name.is_empty()
}

/// The place that `text` begins with: its level and its length.
fn place(text: &str) -> Option<(&'static str, usize)> {
    // 自治区财政厅: the level alone.
    if text.starts_with("自治") {
        return None;
    }
    for (at, _) in text.char_indices().skip(1).take(LONGEST_PLACE) {
        let rest = &text[at..];
        let Some(level) = LEVELS.iter().find(|level| rest.starts_with(**level)) else { continue };
        let end = at + level.len();
        let behind = &text[end..];
        // 沙州市, 平乡县: the name itself ends like a level.
        if matches!(*level, "州" | "乡" | "镇") && behind.starts_with(['省', '市', '县', '区', '镇', '乡'])
        {
            continue;
        }
        let other = behind.starts_with(['场', '域', '村', '建', '民', '道'])
            || behind.starts_with("政府")
            || behind.starts_with("政协");
        let other = other && !behind.starts_with("民政");
        let no_place = NO_PLACES.iter().any(|word| text[..end].ends_with(word));
        if other || no_place || text[..at].contains(['局', '委', '部', '厅', '院', '府']) {
            return None;
        }
        return Some((level, end));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(places: &Places) -> String {
        let names: Vec<&str> = places.chain.iter().map(|(_, name)| name.as_str()).collect();
        names.join(" ")
    }

    #[test]
    fn issuers_name_places() {
        let of = |name| chain(&Places::of_body(name));
        assert_eq!(of("云岭县人民政府办公室"), "云岭县");
        assert_eq!(of("清源市云岭区人民政府东河街道办事处"), "清源市 云岭区 东河街道");
        assert_eq!(of("中共云岭县委办公室"), "云岭县");
        assert_eq!(of("沙州市平乡县人民政府"), "沙州市 平乡县");
        assert_eq!(of("平岭自治州沙州镇人民政府"), "平岭自治州 沙州镇");
        assert_eq!(of("北岭壮族自治区人民政府"), "北岭壮族自治区");
        assert_eq!(of("国家市场监督管理总局"), "");
        assert_eq!(of("国务院办公厅"), "");
    }

    #[test]
    fn titles_name_places() {
        let of = |title| chain(&Places::of_title(title));
        assert_eq!(of("云岭县2022年政务公开工作方案"), "云岭县");
        assert_eq!(of("2022年云岭县政务公开工作要点"), "云岭县");
        assert_eq!(of("2022年度云岭县安全生产工作要点"), "云岭县");
        assert_eq!(of("关于印发云岭县秸秆禁烧工作方案的通知"), "云岭县");
        assert_eq!(of("关于印发《清源市云岭区防汛预案》的通知"), "清源市 云岭区");
        assert_eq!(of("云岭县农村公路“路长制”实施方案"), "云岭县");
        assert_eq!(of("2022年城市管理工作要点"), "");
        assert_eq!(of("推进乡镇政务公开工作方案"), "");
    }
}
