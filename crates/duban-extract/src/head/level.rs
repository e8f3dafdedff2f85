//! The level of administration that an issuer belongs to, by the places in its name.

use duban_record::Level;

/// Names of places end in these, from the widest class to the narrowest.
const CLASSES: [(&[&str], Level); 4] = [
    (&["自治区", "特别行政区", "省"], Level::Provincial),
    (&["自治州", "地区", "市", "盟", "州"], Level::Municipal),
    (&["自治县", "自治旗", "林区", "特区", "县", "区", "旗", "市"], Level::County),
    (&["街道", "镇", "乡"], Level::Township),
];

/// The cities that are provinces (Constitution, article 30).
const MUNICIPALITIES: [&str; 4] = ["北京市", "天津市", "上海市", "重庆市"];

/// What a body of the whole country begins with.
const NATIONAL: [&str; 8] =
    ["国务院", "中共中央", "中央", "国家", "全国", "中华人民共和国", "最高人民", "中国"];

/// Longest name of a place, in characters.
const LONGEST: usize = 12;

/// The level of the body called `issuer`, or else that of the places which `title` begins with.
pub(super) fn of(issuer: Option<&str>, title: Option<&str>) -> Option<Level> {
    issuer.and_then(of_name).or_else(|| of_name(title?))
}

fn of_name(name: &str) -> Option<Level> {
    let mut rest = name.strip_prefix("中共").filter(|rest| !rest.starts_with("中央")).unwrap_or(name);
    let mut level = None;
    if let Some(behind) = MUNICIPALITIES.iter().find_map(|city| rest.strip_prefix(city)) {
        level = Some(Level::Provincial);
        rest = behind;
    }
    while let Some((found, behind)) = place(rest, level) {
        level = Some(found);
        rest = behind;
    }
    level.or_else(|| national(name))
}

/// The place that `text` begins with, narrower than `above`, and what stands behind it.
fn place(text: &str, above: Option<Level>) -> Option<(Level, &str)> {
    let narrower = CLASSES.iter().filter(|(_, level)| above.is_none_or(|above| above < *level));
    let found = narrower.filter_map(|(ends, level)| {
        let behind = ends.iter().filter_map(|end| behind_place(text, end)).max_by_key(|rest| rest.len())?;
        Some((*level, behind))
    });
    // The shortest name: 岚溪县 and not 岚溪县梧桥街道.
    found.reduce(|best, next| if next.1.len() > best.1.len() { next } else { best })
}

/// What stands behind the first place in `text` that ends in `end`.
fn behind_place<'a>(text: &'a str, end: &str) -> Option<&'a str> {
    text.match_indices(end).find_map(|(at, _)| {
        let (name, behind) = (&text[..at], &text[at + end.len()..]);
        let is_word = name.chars().next_back().is_some_and(|before| "城社园景新农小".contains(before))
            && !name.ends_with("高新")
            || behind.starts_with(['场', '域', '村', '路', '级', '直']) && !behind.starts_with("村委")
            || end.ends_with('州') && behind.starts_with('市');
        let fits = name.chars().count() < LONGEST && name.chars().all(char::is_alphanumeric);
        // 县政府办公室 leaves the name of its county out.
        let is_elided = name.is_empty() && behind.starts_with(['人', '政', '委', '府']);
        (!is_word && fits && (!name.is_empty() || is_elided)).then_some(behind)
    })
}

/// Ministries have no place in their names: 商务部, 国家税务总局.
fn national(name: &str) -> Option<Level> {
    let body = name.strip_suffix("办公厅").unwrap_or(name);
    let is_ministry = body.ends_with('部') && (2..=8).contains(&body.chars().count());
    (is_ministry || NATIONAL.iter().any(|start| name.starts_with(start))).then_some(Level::National)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_narrowest_place_tells() {
        for (name, expected) in [
            ("国务院办公厅", Some(Level::National)),
            ("商务部", Some(Level::National)),
            ("教育部办公厅", Some(Level::National)),
            ("澜江省商务厅", Some(Level::Provincial)),
            ("北京市教育委员会", Some(Level::Provincial)),
            ("北京市海棠区人民政府", Some(Level::County)),
            ("澜江省岫阳市人民政府办公室", Some(Level::Municipal)),
            ("岫州市人民政府", Some(Level::Municipal)),
            ("岫阳市安全生产委员会办公室", Some(Level::Municipal)),
            ("岚溪县市场监督管理局", Some(Level::County)),
            ("岚溪县城市管理局", Some(Level::County)),
            ("岚溪县住房和城乡建设局", Some(Level::County)),
            ("中共岚溪县委办公室", Some(Level::County)),
            ("县政府办公室", Some(Level::County)),
            ("岫阳市高新区管理委员会", Some(Level::County)),
            ("岚溪县梧桥街道办事处", Some(Level::Township)),
            ("岚溪县青石镇人民政府", Some(Level::Township)),
            ("雁浦街道党政办公室", Some(Level::Township)),
            ("西岭自治州乡村振兴局", Some(Level::Municipal)),
            ("工作专班", None),
        ] {
            assert_eq!(of_name(name), expected, "{name}");
        }
        assert_eq!(of(None, Some("岚溪县2022年工作要点")), Some(Level::County));
    }
}
