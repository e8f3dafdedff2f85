//! Whether the name of an office is spelled out: 投资促进局 is, 投促局 is not.
//!
//! A full name is in the table, or it is made of words that say what the office is for and ends in what it
//! does about it. Where a character is left that no such word holds (文|体|广|旅局), the name is short.

use super::aliases::{Part, is_name, word};

/// Ends of offices' names that may stand behind such words, short and in full.
const ENDS: [(&str, &str); 19] = [
    ("委员会", "委员会"),
    ("办公室", "办公室"),
    ("中心", "中心"),
    ("大队", "大队"),
    ("支队", "支队"),
    ("总队", "总队"),
    ("局", "局"),
    ("厅", "厅"),
    ("部", "部"),
    ("院", "院"),
    ("馆", "馆"),
    ("站", "站"),
    ("所", "所"),
    ("处", "处"),
    ("科", "科"),
    ("股", "股"),
    ("室", "室"),
    ("委", "委员会"),
    ("办", "办公室"),
];

/// The full name of `office`, if it is one but for its end: 经济发展办 → 经济发展办公室.
pub(super) fn in_full(office: &str) -> Option<String> {
    if is_name(office) || is_group(office) || is_company(office) {
        return Some(office.to_owned());
    }
    let (stem, end) = ENDS.iter().find_map(|(short, full)| Some((office.strip_suffix(short)?, full)))?;
    let full = format!("{stem}{end}");
    (is_name(&full) || is_spelled_out(stem)).then_some(full)
}

/// Whether `office` is a committee or a leading group, whose names are spelled out where they are not cut to
/// a few letters: 安全生产委员会办公室.
fn is_group(office: &str) -> bool {
    const FEWEST: usize = 4;
    let group = office.strip_suffix("办公室").unwrap_or(office);
    let work = ["委员会", "领导小组", "指挥部", "联席会议"].iter().find_map(|end| group.strip_suffix(end));
    work.is_some_and(|work| work.chars().count() >= FEWEST)
}

/// Whether `office` is a company whose name says what kind of one it is.
fn is_company(office: &str) -> bool {
    ["有限公司", "有限责任公司"].iter().any(|end| office.ends_with(end))
}

/// Whether `stem` is two words at least, the last of which may end a name.
fn is_spelled_out(stem: &str) -> bool {
    let (mut rest, mut count, mut last) = (stem, 0, Part::Topic);
    while let Some((part, length)) = word(rest) {
        (last, count) = (part, count + 1);
        rest = rest.get(length..).unwrap_or_default();
        rest = rest.strip_prefix(['和', '与', '及']).unwrap_or(rest);
    }
    rest.is_empty() && count >= 2 && last == Part::Last && !stem.ends_with(['和', '与', '及'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_full() {
        for name in [
            "投资促进局",
            "大数据发展局",
            "机关事务管理局",
            "公路养护中心",
            "道路运输服务中心",
            "营商环境建设服务中心",
            "融媒体中心",
            "安全生产委员会办公室",
        ] {
            assert_eq!(in_full(name).as_deref(), Some(name));
        }
        assert_eq!(in_full("经济发展办").as_deref(), Some("经济发展办公室"));
        for name in
            ["投促局", "大数据局", "文体广旅局", "科工信局", "机关事务中心", "城投公司", "督查局", "金融办"]
        {
            assert_eq!(in_full(name), None, "{name}");
        }
    }
}
