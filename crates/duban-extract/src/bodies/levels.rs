//! Levels of places in lists: what they share with the name behind them (各市、州、县人民政府).

use std::ops::Range;

use super::lexicon;
use crate::marks::{is_close, is_open};

/// Levels of places as they stand in 各省、自治区、直辖市人民政府, with their ranks.
const LEVELS: [(&str, u8); 17] = [
    ("自治区", 1),
    ("直辖市", 1),
    ("自治州", 2),
    ("设区的市", 2),
    ("设区市", 2),
    ("地级市", 2),
    ("县级市", 3),
    ("地区", 2),
    ("省", 1),
    ("市", 2),
    ("州", 2),
    ("盟", 2),
    ("县", 3),
    ("区", 3),
    ("旗", 3),
    ("乡", 4),
    ("镇", 4),
];

/// The rank of a city.
const CITY: u8 = 2;

/// The level that `name` begins with: its rank and what stands behind it.
pub(super) fn level(name: &str) -> Option<(u8, &str)> {
    if !name.starts_with(['自', '直', '设', '地', '县', '省', '市', '州', '盟', '区', '旗', '乡', '镇'])
    {
        return None;
    }
    LEVELS.iter().find_map(|(word, rank)| Some((*rank, name.strip_prefix(word)?)))
}

/// Whether `before` is only levels (各市) and a name that begins with the level `next`, before `rest`, goes on with
/// a lower one, with the government of one or with an office that each has. `behind` is the name that follows:
/// beside another bureau of the city (各县、市教育局、市公安局) the first is the city's.
pub(super) fn levels_go_on(before: &str, (next, rest): (u8, &str), behind: Option<&str>) -> bool {
    let last = before.rsplit('、').next().unwrap_or_default();
    let bare = last.strip_prefix("有关").unwrap_or(last);
    let bare = bare.strip_prefix('各').unwrap_or(bare);
    let bare = bare.strip_prefix("有关").unwrap_or(bare);
    // 各地、州、市教育局.
    if bare == "地" {
        return next == CITY && rest.is_empty();
    }
    // 各县市、区.
    let Some((rank, "" | "市" | "区")) = level(lexicon::without_brackets(bare)) else { return false };
    let noun =
        rest.trim_start_matches(|c| is_open(c) || is_close(c) || matches!(c, '、' | '市' | '区' | '县'));
    next >= rank
        || matches!(noun, "" | "政府" | "人民政府" | "党委" | "党委政府" | "党委、政府")
        || (matches!(last, "各县" | "各区")
            && is_office_of_each(next, noun)
            && !behind.is_some_and(is_of_city))
}

/// Whether `noun` behind a level of rank `next` is the office that counties and the cities of their rank have each:
/// 各县、市|教育局. What is seated in a city or belongs to it is that city's own (各县、市|直单位), and 市 may begin a
/// word (各县、市|场监管局).
fn is_office_of_each(next: u8, noun: &str) -> bool {
    let word = noun.starts_with(['场', '容'])
        || (noun.starts_with('政')
            && !["政府", "政协", "政务", "政法"].iter().any(|own| noun.starts_with(own)));
    next == CITY
        && !word
        && !noun.starts_with(['直', '属', '级', '驻', '委', '管', '本'])
        && lexicon::ends_as_organ(noun)
}

/// Whether `name` is an office of the city: 市公安局, but not 市直各单位.
fn is_of_city(name: &str) -> bool {
    name.strip_prefix('市').is_some_and(|office| !office.starts_with(['直', '属', '级', '、', '（']))
}

/// How many of the last pieces are only levels before those of one, which begins with the level `own`, that are
/// seated elsewhere: 中央、省、市驻云各单位.
pub(super) fn levels_before(text: &str, pieces: &[Range<usize>], own: Option<(u8, &str)>) -> usize {
    if !own.is_some_and(|(_, rest)| rest.starts_with('驻')) {
        return 0;
    }
    let bare = |name: &str| name == "中央" || matches!(level(name), Some((_, "")));
    let only =
        |piece: &&Range<usize>| text.get((*piece).clone()).is_some_and(|piece| piece.split('、').all(bare));
    pieces.iter().rev().take_while(only).count()
}
