//! Levels of places by the words that name them, as lists of offices run through them: 各省、自治区、直辖市.

/// The rank of cities.
pub(crate) const CITY: u8 = 2;

/// The rank of townships, the lowest that have a government.
const TOWNSHIP: u8 = 4;

/// Words for places with their ranks, from the widest.
const PLACES: [(&str, u8); 26] = [
    ("自治区", 1),
    ("直辖市", 1),
    ("省", 1),
    ("设区的市", CITY),
    ("设区市", CITY),
    ("地级市", CITY),
    ("地区", CITY),
    ("市", CITY),
    ("自治州", CITY),
    ("州", CITY),
    ("盟", CITY),
    ("自治县", 3),
    ("自治旗", 3),
    ("林区", 3),
    ("县级市", 3),
    ("县", 3),
    ("区", 3),
    ("旗", 3),
    ("街道", TOWNSHIP),
    ("民族乡", TOWNSHIP),
    ("乡", TOWNSHIP),
    ("镇", TOWNSHIP),
    ("苏木", TOWNSHIP),
    ("社区", 5),
    ("行政村", 5),
    ("村", 5),
];

/// The rank of the place that `text` begins with, and what stands behind its word.
pub(crate) fn leading_place(text: &str) -> Option<(u8, &str)> {
    const OPENERS: &str = "自直设地省市州盟县区旗林街民乡镇苏社行村";
    if !text.starts_with(|c| OPENERS.contains(c)) {
        return None;
    }
    PLACES.iter().find_map(|(word, rank)| Some((*rank, text.strip_prefix(word)?)))
}

/// The same for places that have a government, which an office shares with others; a 街道 or a 村 is a body itself.
pub(crate) fn leading_level(text: &str) -> Option<(u8, &str)> {
    leading_place(text).filter(|(rank, _)| *rank <= TOWNSHIP && !text.starts_with("街道"))
}

/// Whether `rest` behind 市 belongs to that city alone, though 各县 stands before it (各县、市|直单位), or makes one word
/// with it: 各县、市|场监管局.
pub(crate) fn is_citys_own(rest: &str) -> bool {
    let word = rest.starts_with(['场', '容'])
        || (rest.starts_with('政')
            && !["政府", "政协", "政务", "政法"].iter().any(|own| rest.starts_with(own)));
    word || rest.starts_with(['直', '属', '级', '驻', '委', '管', '本'])
}
