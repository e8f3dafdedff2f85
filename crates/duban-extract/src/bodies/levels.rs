//! Levels of places in lists: what they share with the name behind them (各市、州、县人民政府).

use std::ops::Range;

use super::lexicon;
use crate::marks::{is_close, is_open};
use crate::places::{CITY, is_citys_own, leading_level};

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
    let Some((rank, "" | "市" | "区")) = leading_level(lexicon::without_brackets(bare)) else {
        return false;
    };
    let noun =
        rest.trim_start_matches(|c| is_open(c) || is_close(c) || matches!(c, '、' | '市' | '区' | '县'));
    next >= rank
        || matches!(noun, "" | "政府" | "人民政府" | "党委" | "党委政府" | "党委、政府")
        || (matches!(last, "各县" | "各区")
            && is_office_of_each(next, noun)
            && !behind.is_some_and(is_of_city))
}

/// Whether `noun` behind a level of rank `next` is the office that counties and the cities of their rank have each:
/// 各县、市|教育局.
fn is_office_of_each(next: u8, noun: &str) -> bool {
    next == CITY && !is_citys_own(noun) && lexicon::ends_as_organ(noun)
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
    let bare = |name: &str| name == "中央" || matches!(leading_level(name), Some((_, "")));
    let only =
        |piece: &&Range<usize>| text.get((*piece).clone()).is_some_and(|piece| piece.split('、').all(bare));
    pieces.iter().rev().take_while(only).count()
}
