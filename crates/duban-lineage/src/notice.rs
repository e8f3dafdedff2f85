//! Which notices belong together.

/// What notices are known by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Heading<'a> {
    /// The title.
    pub title: Option<&'a str>,
    /// 发文字号.
    pub document_number: Option<&'a str>,
    /// Who issued it.
    pub issuer: Option<&'a str>,
    /// The year that the plan is for.
    pub plan_year: Option<i32>,
}

/// Least length of a title that may stand inside a longer one, in characters.
const LEAST_TITLE: usize = 8;

/// Whether a basis of this title and document number is `notice`: by the number, or where one of them has
/// none by the title.
pub fn is_named_by(notice: &Heading<'_>, title: &str, document_number: Option<&str>) -> bool {
    match (notice.document_number, document_number) {
        (Some(own), Some(named)) => key(own) == key(named),
        _ => notice.title.is_some_and(|own| is_same_title(&key(own), &key(title))),
    }
}

/// A title as a notice names it, which may leave 关于印发…的通知 and the issuer out.
fn is_same_title(own: &str, named: &str) -> bool {
    let long = |title: &str| title.chars().count() >= LEAST_TITLE;
    own == named || (long(named) && own.contains(named)) || (long(own) && named.contains(own))
}

/// Whether `later` is the plan that the same office made for the next or another year: the issuers are
/// one, and so are the titles but for years and for words around them.
pub fn is_next_of(later: &Heading<'_>, earlier: &Heading<'_>) -> bool {
    let (Some(title), Some(before)) = (later.title, earlier.title) else { return false };
    let same_issuer = match (later.issuer, earlier.issuer) {
        (Some(one), Some(other)) => is_same_office(&key(one), &key(other)),
        _ => true,
    };
    let (one, other) = (subject(title), subject(before));
    later.plan_year != earlier.plan_year
        && same_issuer
        && (one == other || is_same_title(&one, &other) || likeness(&one, &other) >= LEAST_LIKENESS)
}

/// Whether two issuers are one office, which may sign for itself or by its general office: 人民政府 and
/// 人民政府办公室.
fn is_same_office(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    long.strip_prefix(short).is_some_and(|rest| ["", "办公室", "办公厅"].contains(&rest))
}

/// Least share of the pairs of characters that titles of one series have in common.
const LEAST_LIKENESS: f64 = 0.75;

/// What a title is about: without years, 关于印发…的通知 and words for the sort of plan.
fn subject(title: &str) -> String {
    let own = key(title);
    let about = own.rfind("印发").map_or(own.as_str(), |at| &own[at + "印发".len()..]);
    let about = about.strip_suffix("的通知").unwrap_or(about);
    let about: String = about.chars().filter(|c| !c.is_ascii_digit()).collect();
    let about = about.replace("年度", "").replace('年', "");
    ["工作要点", "工作实施方案", "工作方案", "实施方案", "工作计划", "重点任务清单", "任务分解表", "方案"]
        .iter()
        .find_map(|sort| about.strip_suffix(sort))
        .unwrap_or(&about)
        .to_owned()
}

/// The share of pairs of characters that two texts have in common (Dice).
fn likeness(one: &str, other: &str) -> f64 {
    let pairs = |text: &str| -> Vec<(char, char)> { text.chars().zip(text.chars().skip(1)).collect() };
    let (one, mut other) = (pairs(one), pairs(other));
    let total = one.len() + other.len();
    let mut common = 0;
    for pair in one {
        if let Some(at) = other.iter().position(|candidate| *candidate == pair) {
            other.swap_remove(at);
            common += 1;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "titles are short")]
    if total == 0 { 0.0 } else { 2.0 * f64::from(common) / total as f64 }
}

/// Letters and digits of `text` in simplified characters.
fn key(text: &str) -> String {
    duban_script::fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_basis_names_a_notice_by_number_or_title() {
        let notice = Heading {
            title: Some("青禾县人民政府办公室关于印发《青禾县2022年政务公开工作要点》的通知"),
            document_number: Some("青政办发〔2022〕8号"),
            ..Heading::default()
        };
        assert!(is_named_by(&notice, "要点", Some("青政办发〔2022〕8号")));
        assert!(is_named_by(&notice, "青禾县2022年政务公开工作要点", None));
        assert!(!is_named_by(&notice, "青禾县2022年政务公开工作要点", Some("青政办发〔2022〕9号")));
        assert!(!is_named_by(&notice, "青禾县2021年政务公开工作要点", None));
    }

    #[test]
    fn plans_of_one_office_follow_each_other() {
        let county = "青禾县人民政府办公室";
        let plan = |title, issuer, year| Heading {
            title: Some(title),
            document_number: None,
            issuer: Some(issuer),
            plan_year: Some(year),
        };
        let first = plan("青禾县人民政府办公室关于印发青禾县2021年政务公开工作要点的通知", county, 2021);
        let second = plan("青禾县2022年政务公开工作要点", county, 2022);
        let town = plan("青禾县河湾镇2022年政务公开工作方案", "青禾县河湾镇人民政府", 2022);
        let other = plan("青禾县2022年优化营商环境工作要点", county, 2022);
        assert!(is_next_of(&second, &first));
        assert!(!is_next_of(&town, &first));
        assert!(!is_next_of(&other, &first));
        assert!(!is_next_of(&second, &second));
        let government = plan("2022年政务公开工作要点", "青禾县人民政府", 2022);
        let neighbour = plan("2021年政务公开工作要点", "白石县人民政府办公室", 2021);
        let same = plan("2021年政务公开工作要点", county, 2021);
        assert!(is_next_of(&government, &same));
        assert!(!is_next_of(&government, &neighbour));
    }
}
