//! The preamble to the documents that a plan carries out or was made under.
//!
//! Read from left to right, clause by clause: behind 根据, 贯彻落实, 按照 each 《…》 is a basis, up to the
//! end of the clause or a verb that makes something else of it (现将《…》印发). A name without marks
//! counts where it ends as the name of a document and tells which one: a year, a place, a body. So
//! 会议精神, 决策部署 and 工作要求 are none.

use std::ops::Range;
use std::sync::LazyLock;

use duban_document::{JoinedText, Words};

use super::FoundBasis;
use super::text::{bracket_end, forward, has_at_least, is_blank, is_within, key, squeeze, trim};
use super::{number, words, year};

/// Words behind which a document is a basis.
static TRIGGERS: LazyLock<Words<&str>> =
    LazyLock::new(|| Words::of_heads(TRIGGER_WORDS.map(|word| (word, word))));

const TRIGGER_WORDS: [&str; 13] = [
    "根据",
    "按照",
    "依照",
    "依据",
    "遵照",
    "贯彻落实",
    "贯彻执行",
    "贯彻",
    "落实",
    "执行",
    "遵循",
    "按《",
    "依《",
];

/// Verbs behind which it no longer is: what is named then is made or sent.
static RESETS: LazyLock<Words<()>> = LazyLock::new(|| Words::of_heads(RESET_WORDS.map(|word| (word, ()))));

const RESET_WORDS: [&str; 12] =
    ["现将", "兹将", "现就", "制定", "特制", "修订", "起草", "编制", "出台", "印发给", "印发《", "转发《"];

/// What the reading of a preamble stops at: those words and the marks between them.
static TELLING: LazyLock<Words<()>> = LazyLock::new(|| {
    let marks = ["《", "（", "(", "。", "；", "！", "：", "，", ",", ";", ":"];
    let words = marks.into_iter().chain(TRIGGER_WORDS).chain(RESET_WORDS);
    Words::of_heads(words.map(|word| (word, ())))
});

/// What may stand behind a document that a clause carries out, where no trigger stands before it.
const CARRIED_OUT: [&str; 10] = [
    "精神",
    "的精神",
    "文件精神",
    "要求",
    "的要求",
    "文件要求",
    "有关要求",
    "贯彻落实",
    "的贯彻落实",
    "落地",
];

/// The documents that `texts` name as basis, each once: the preamble's paragraphs as printed and as
/// the rules read them. Titles whose keys are in `own` are what the notice itself sends, unless another
/// body's name than the `issuer`'s stands before them.
pub(super) fn find(texts: &[(&JoinedText, &str)], own: &[String], issuer: Option<&str>) -> Vec<FoundBasis> {
    let mut found: Vec<Named> = Vec::new();
    let mut short_names = Vec::new();
    for (printed, text) in texts {
        let text = preamble_of(text);
        let mut reader = Reader { printed, text, issuer, found: Vec::new(), short_names: Vec::new() };
        reader.read();
        short_names.append(&mut reader.short_names);
        for named in reader.found {
            if !short_names.contains(&named.key) && (named.of_other || !own.contains(&named.key)) {
                add(&mut found, named);
            }
        }
    }
    found.into_iter().map(|named| named.basis).collect()
}

/// A document with the key of its title, by which its mentions are one.
struct Named {
    key: String,
    /// Whether the name of a body stands right before it that is not the issuer.
    of_other: bool,
    basis: FoundBasis,
}

fn add(found: &mut Vec<Named>, named: Named) {
    if named.key.is_empty() {
        return;
    }
    let number = &named.basis.document_number;
    // Two bodies may give documents of their own the same title; the numbers tell them apart.
    let same = found.iter_mut().find(|earlier| match (&earlier.basis.document_number, number) {
        (Some(earlier), Some(number)) => earlier == number,
        _ => earlier.key == named.key,
    });
    match same {
        Some(earlier) => {
            let number = earlier.basis.document_number.take();
            earlier.basis.document_number = number.or(named.basis.document_number);
        }
        None => found.push(named),
    }
}

/// `text` up to the first item, where a paragraph runs on into items.
fn preamble_of(text: &str) -> &str {
    let item = text.match_indices("一、").map(|(offset, _)| offset).find(|offset| {
        *offset > 0 && text[..*offset].trim_end_matches(is_blank).ends_with(['。', '：', ':', '；'])
    });
    item.map_or(text, |end| &text[..end])
}

/// Whether `rest` begins with a verb that ends the list of bases; 新修订的《…》 has none.
fn is_reset(rest: &str) -> bool {
    RESETS.at_head(rest).is_some_and(|((), length)| !rest[length..].starts_with('的'))
}

struct Reader<'a> {
    printed: &'a JoinedText,
    /// The same as the rules read it, up to the first item.
    text: &'a str,
    issuer: Option<&'a str>,
    found: Vec<Named>,
    /// Keys of names that the text gives in short: 以下简称《条例》.
    short_names: Vec<String>,
}

impl Reader<'_> {
    fn read(&mut self) {
        // Where the bare phrase behind the trigger begins, while one governs.
        let mut governed: Option<usize> = None;
        let mut position = 0;
        while let Some(rest) = TELLING.from_next_edge(self.text, position) {
            position = self.text.len() - rest.len();
            let Some(c) = rest.chars().next() else { break };
            let mut next = position + c.len_utf8();
            if c == '《' {
                next = self.quoted(position, &mut governed);
            } else if matches!(c, '（' | '(') {
                next = bracket_end(self.text, position, 200).unwrap_or(next);
                self.note_short_name(position, next);
            } else if matches!(c, '。' | '；' | '！' | '：' | '，' | ',' | ';' | ':') {
                self.bare(governed.take(), position);
                governed = (matches!(c, '，' | ',') && self.list_goes_on(position, next)).then_some(next);
            } else if let Some((word, _)) = TRIGGERS.at_head(rest) {
                self.bare(governed.take(), position);
                next = position + word.trim_end_matches('《').len();
                governed = Some(next);
            } else if is_reset(rest) {
                self.bare(governed.take(), position);
            }
            position = next;
        }
        self.bare(governed, self.text.len());
    }

    /// Reads the 《…》 that opens at byte `open`; returns where reading goes on.
    fn quoted(&mut self, open: usize, governed: &mut Option<usize>) -> usize {
        const LONGEST: usize = 200;
        let Some(end) = bracket_end(self.text, open, LONGEST) else { return open + '《'.len_utf8() };
        let (number, behind) = self.number_behind(end);
        if governed.is_some() || self.is_carried_out(behind) {
            let start = governed.unwrap_or(open);
            self.bare_before_mark(start, open);
            let inner = trim(self.text, open + '《'.len_utf8()..end - '》'.len_utf8());
            let number = number.or_else(|| self.number_before(open));
            self.push(inner, number);
        }
        if governed.is_some() {
            *governed = Some(behind);
        }
        behind
    }

    /// Notes the document whose name stands in `range`.
    fn push(&mut self, range: Range<usize>, document_number: Option<String>) {
        let key = key(&self.text[range.clone()]);
        let title = squeeze(&self.printed.as_str()[range.clone()]).into_owned();
        let of_other = self.is_of_other(range.start);
        let places = self.printed.source_ranges(range);
        self.found.push(Named { key, of_other, basis: FoundBasis { title, document_number, places } });
    }

    /// Whether a body other than the issuer is named before the 《 that ends at byte `title`: 根据省林业厅《…》.
    fn is_of_other(&self, title: usize) -> bool {
        let Some(before) = self.text[..title].strip_suffix('《') else { return false };
        let name = before.trim_end_matches(is_blank);
        let phrase = name.rsplit(['，', '。', '；', '、']).next().unwrap_or_default();
        // 我局《…》, 本办《…》.
        let own = |stem: &str| phrase.contains('我') || stem.ends_with('本');
        let named = words::organ_ending(name).and_then(|ending| name.strip_suffix(ending));
        named.is_some_and(|stem| !own(stem)) && self.issuer.is_none_or(|issuer| !name.ends_with(issuer))
    }

    /// The first document number in `range`.
    fn number_in(&self, range: Range<usize>) -> Option<(Range<usize>, String)> {
        let found = number::find(&self.text[..range.end], range.start)?;
        let value = found.value(self.printed.as_str());
        Some((found.range, value))
    }

    /// The document number behind a title that ends at byte `end`, in brackets or bare, and where
    /// the text goes on behind both.
    fn number_behind(&mut self, end: usize) -> (Option<String>, usize) {
        const LONGEST: usize = 40;
        let mut start = forward(self.text, end, is_blank);
        let open = self.text[start..].chars().next().filter(|c| matches!(c, '（' | '(' | '〔' | '['));
        if let Some(open) = open {
            if let Some(close) = bracket_end(self.text, start, 2 * LONGEST) {
                self.note_short_name(start, close);
                let number = self.number_in(start + open.len_utf8()..close);
                return (number.map(|(_, number)| number), close);
            }
            // Left open: （云政发〔2021〕3号精神.
            start += open.len_utf8();
        }
        let limit = start + super::text::opening(&self.text[start..], LONGEST).len();
        match self.number_in(start..limit).filter(|(range, _)| range.start == start) {
            Some((range, number)) => (Some(number), range.end),
            None => (None, if open.is_some() { start } else { end }),
        }
    }

    /// Notes the short name that a bracket gives.
    fn note_short_name(&mut self, start: usize, end: usize) {
        let bracket = self.text.get(start..end).unwrap_or_default();
        if let Some((_, name)) = bracket.split_once("简称") {
            self.short_names.push(key(name));
        }
    }

    /// A number right before the title: 云政发〔2021〕3号《…》.
    fn number_before(&self, open: usize) -> Option<String> {
        let marks = ['，', '。', '》', '；'];
        let start = self.text[..open].rfind(marks).unwrap_or(0);
        let start = forward(self.text, start, |c| marks.contains(&c));
        let (range, number) = self.number_in(start..open)?;
        let between = self.text[range.end..open].trim_matches(is_blank);
        matches!(between, "" | "文件" | "）" | "印发的").then_some(number)
    }

    /// Whether the words at byte `behind` say that the title before them is carried out.
    fn is_carried_out(&self, behind: usize) -> bool {
        let rest = self.text[behind..].trim_start_matches(is_blank);
        CARRIED_OUT.iter().any(|word| rest.starts_with(word))
    }

    /// Whether the list of titles goes on behind the comma at byte `comma`: 根据《甲》，《乙》，….
    fn list_goes_on(&self, comma: usize, behind: usize) -> bool {
        let before = self.text[..comma].trim_end_matches(is_blank);
        let rest = self.text[behind..].trim_start_matches(is_blank);
        before.ends_with(['》', '）', ')']) && rest.starts_with('《')
    }

    /// Names without marks in the phrase that a trigger governs, up to byte `end`.
    fn bare(&mut self, start: Option<usize>, end: usize) {
        if let Some(start) = start {
            self.bare_in(start..end);
        }
    }

    /// The same before a 《: the words right before it (国务院《…》) are no name.
    fn bare_before_mark(&mut self, start: usize, open: usize) {
        let phrase = &self.text[start.min(open)..open];
        if let Some(cut) = phrase.rfind(['、', '和', '及']) {
            self.bare_in(start..start + cut);
        }
    }

    fn bare_in(&mut self, phrase: Range<usize>) {
        const LONGEST: usize = 120;
        let printed = &self.text[phrase.clone()];
        if !is_within(printed, LONGEST) {
            return;
        }
        let mut start = 0;
        let ends = printed
            .char_indices()
            .filter(|(_, c)| matches!(c, '、' | '和' | '及' | '与'))
            .map(|(end, _)| end);
        let ends: Vec<usize> = ends.chain([printed.len()]).collect();
        for end in ends {
            let words = printed[start..end].trim_start_matches(['、', '和', '及', '与']);
            let name = start + (printed[start..end].len() - words.len());
            if let Some(length) = name_length(words) {
                self.push_bare(phrase.start + name..phrase.start + name + length);
                start = end;
            }
        }
    }

    fn push_bare(&mut self, range: Range<usize>) {
        let range = trim(self.text, range);
        let number = self.number_in(range.clone()).map(|(_, number)| number);
        self.push(range, number);
    }
}

/// The length of the document's name that `words` are, 精神 or 要求 behind it apart.
fn name_length(words: &str) -> Option<usize> {
    const SHORTEST: usize = 6;
    const TAILS: [&str; 8] = ["精神", "要求", "有关", "相关", "部署", "的", "和", "具体"];
    let mut name = words.trim_end_matches(is_blank);
    while let Some(bare) = TAILS.iter().find_map(|tail| name.strip_suffix(tail)) {
        name = bare.trim_end_matches(is_blank);
    }
    let squeezed = squeeze(name);
    let ends = || words::ends_as_basis(&squeezed) || ends_in_number(&squeezed);
    let fits = has_at_least(&squeezed, SHORTEST) && ends() && tells_which(&squeezed);
    fits.then_some(name.len())
}

/// Whether a document is named by its number alone: 云政发〔2021〕3号、云财发〔2021〕5号.
fn ends_in_number(name: &str) -> bool {
    let name = name.strip_suffix('文').unwrap_or(name);
    name.ends_with('号') && number::find(name, 0).is_some_and(|number| number.range.end == name.len())
}

/// Whether a bare name tells which document it means: by a year, a number, a place or a body, and by
/// no word that leaves it open.
fn tells_which(name: &str) -> bool {
    const OPEN: [&str; 18] = [
        "有关",
        "相关",
        "上级",
        "系列",
        "各项",
        "本方案",
        "本意见",
        "反馈",
        "实际",
        "会议",
        "讲话",
        "指示",
        "制定",
        "结合",
        "印发",
        "编制",
        "我们",
        "以下",
    ];
    const PLACES: [&str; 14] =
        ["国务院", "中央", "国家", "全国", "省", "市", "县", "区", "州", "旗", "镇", "乡", "街道", "部"];
    let open = OPEN.iter().any(|word| name.contains(word));
    let numbered = number::find(name, 0).is_some();
    let told = year::of_title(name).is_some() || numbered || PLACES.iter().any(|word| name.contains(word));
    let number_only = name.ends_with("号文件") && !name.ends_with("一号文件");
    !open && told && (!number_only || numbered)
}
