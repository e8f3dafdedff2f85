//! Recognised text (OCR) to lines of a page, and what recognition usually gets wrong put right.
//!
//! Recognition knows Chinese characters well and marks badly: it prints them half-width, puts spaces
//! around them, and takes one bracket for another. In Chinese text none of these can be meant, so
//! they are put right character by character; the boxes stay.

use duban_document::{Bounds, RecognisedPage, RecognisedWord, Recognition};
use duban_page::{Character, Direction, Item, Line, Page};

/// Lines within these shares of the page's usual height are set in one size.
const USUAL: std::ops::Range<f32> = 0.7..1.4;

/// Puts what was recognised in the place of what could not be read, and mends all recognised pages.
pub(super) fn apply(read: &mut [Page], pages: &[RecognisedPage], is_scan: fn(&Page) -> bool) {
    for page in read {
        match pages.iter().find(|recognised| recognised.page == page.number) {
            Some(recognised) if is_scan(page) => replace(page, recognised),
            Some(recognised) if page.unknown > 0 => fill(page, recognised),
            _ => {}
        }
        if page.recognised {
            mend(page);
        }
    }
}

/// How much of `read` is recognised text.
pub(super) fn recognition(read: &[Page], pages: &[RecognisedPage]) -> Option<Recognition> {
    let here: Vec<u32> = read.iter().filter(|page| page.recognised).map(|page| page.number).collect();
    let ours = |page: &u32| pages.iter().any(|recognised| recognised.page == *page);
    let confidence = if here.iter().all(ours) { confidence(pages) } else { None };
    (!here.is_empty()).then_some(Recognition { pages: here, confidence })
}

/// The mean over all characters.
#[expect(clippy::cast_precision_loss, reason = "no page has so many characters")]
fn confidence(pages: &[RecognisedPage]) -> Option<f32> {
    let words = pages.iter().flat_map(|page| &page.lines).flatten();
    let (sum, count) = words.fold((0.0, 0.0), |(sum, count), word| {
        let characters = word.text.chars().count() as f32;
        (sum + word.confidence * characters, count + characters)
    });
    (count > 0.0).then(|| sum / count)
}

/// Sets the page anew.
fn replace(page: &mut Page, recognised: &RecognisedPage) {
    let mut heights: Vec<f32> =
        recognised.lines.iter().filter_map(|words| bounds(words)).map(|at| at.y1 - at.y0).collect();
    heights.sort_by(f32::total_cmp);
    let usual = heights.get(heights.len() / 2).copied().unwrap_or(1.0);
    let line = |words: &Vec<RecognisedWord>| {
        let bounds = bounds(words)?;
        let height = bounds.y1 - bounds.y0;
        let size = if USUAL.contains(&(height / usual)) { usual } else { height };
        let characters = words.iter().flat_map(|word| characters(word, bounds)).collect();
        Some(Item::Line(Line { characters, bounds, size, direction: Direction::Right }))
    };
    page.items = recognised.lines.iter().filter_map(line).collect();
    page.glyphs = count(page.lines().map(|line| line.characters.len()).sum());
    page.unknown = 0;
    page.recognised = true;
}

/// Puts recognised words in the place of lines with characters that nobody can tell.
fn fill(page: &mut Page, recognised: &RecognisedPage) {
    let mut filled = 0;
    for item in &mut page.items {
        let Item::Line(line) = item else { continue };
        let unknown = line.characters.iter().filter(|it| it.character == char::REPLACEMENT_CHARACTER).count();
        let words = recognised.lines.iter().flatten().filter(|word| is_inside(word.bounds, line.bounds));
        let read: Vec<Character> = words.flat_map(|word| characters(word, line.bounds)).collect();
        if unknown > 0 && !read.is_empty() {
            line.characters = read;
            mend_line(line);
            filled += unknown;
        }
    }
    page.unknown = page.unknown.saturating_sub(count(filled));
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Whether the middle of `inner` lies in `outer`.
fn is_inside(inner: Bounds, outer: Bounds) -> bool {
    let (x, y) = (f32::midpoint(inner.x0, inner.x1), f32::midpoint(inner.y0, inner.y1));
    (outer.x0..=outer.x1).contains(&x) && (outer.y0..=outer.y1).contains(&y)
}

fn bounds(words: &[RecognisedWord]) -> Option<Bounds> {
    words.iter().map(|word| word.bounds).reduce(Bounds::cover)
}

/// The characters of a word, which share its width; each as high as its line.
fn characters(word: &RecognisedWord, line: Bounds) -> Vec<Character> {
    let width = |character: char| if character.is_ascii() { 1.0 } else { 2.0 };
    let total: f32 = word.text.chars().map(width).sum();
    let unit = (word.bounds.x1 - word.bounds.x0) / total.max(1.0);
    let mut x = word.bounds.x0;
    let mut placed = Vec::new();
    for character in word.text.chars() {
        let x1 = x + unit * width(character);
        placed.push(Character { character, bounds: Bounds { x0: x, x1, y0: line.y0, y1: line.y1 } });
        x = x1;
    }
    placed
}

/// Puts the marks of a recognised page right.
fn mend(page: &mut Page) {
    for item in &mut page.items {
        match item {
            Item::Line(line) => mend_line(line),
            Item::Table(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                cells.flat_map(|cell| &mut cell.lines).for_each(mend_line);
            }
        }
    }
    pair_brackets(page);
}

fn mend_line(line: &mut Line) {
    drop_spaces(&mut line.characters);
    widen_marks(&mut line.characters);
    mend_year_brackets(&mut line.characters);
}

/// Drops spaces that stand between anything but two words in ASCII.
fn drop_spaces(characters: &mut Vec<Character>) {
    let word = |found: Option<&Character>| found.is_some_and(|it| it.character.is_ascii_alphabetic());
    let kept: Vec<bool> = characters
        .iter()
        .enumerate()
        .map(|(index, it)| {
            let before = index.checked_sub(1).and_then(|before| characters.get(before));
            !it.character.is_whitespace() || (word(before) && word(characters.get(index + 1)))
        })
        .collect();
    let mut kept = kept.into_iter();
    characters.retain(|_| kept.next().unwrap_or(true));
}

/// The mark as Chinese text prints it.
fn wide(mark: char) -> Option<char> {
    Some(match mark {
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '(' => '（',
        ')' => '）',
        '?' => '？',
        '!' => '！',
        _ => return None,
    })
}

/// Makes marks beside a Chinese character or mark full-width.
fn widen_marks(characters: &mut [Character]) {
    for index in 0..characters.len() {
        let chinese = |at: Option<usize>| {
            at.and_then(|at| characters.get(at)).is_some_and(|it| !it.character.is_ascii())
        };
        let beside = chinese(index.checked_sub(1)) || chinese(Some(index + 1));
        if let Some(it) = characters.get_mut(index)
            && let Some(mark) = wide(it.character).filter(|_| beside)
        {
            it.character = mark;
        }
    }
}

/// The brackets around the year of a document number are 〔〕: GB/T 9704-2012, 7.2.5.
fn mend_year_brackets(characters: &mut [Character]) {
    for start in 0..characters.len().saturating_sub(6) {
        let Some(window) = characters.get_mut(start..start + 7) else { break };
        let [open, y1, y2, y3, y4, close, serial] = window else { break };
        let digit = |it: &Character| it.character.is_ascii_digit();
        let year = [y1, y2, y3, y4].into_iter().all(|it| digit(it));
        if year && is_open(open.character) && is_close(close.character) && digit(serial) {
            (open.character, close.character) = ('〔', '〕');
        }
    }
}

/// Bracket pairs of notices.
const PAIRS: [(char, char); 8] = [
    ('（', '）'),
    ('〔', '〕'),
    ('【', '】'),
    ('《', '》'),
    ('〈', '〉'),
    ('［', '］'),
    ('(', ')'),
    ('[', ']'),
];

fn is_open(character: char) -> bool {
    PAIRS.iter().any(|(open, _)| *open == character)
}

fn is_close(character: char) -> bool {
    PAIRS.iter().any(|(_, close)| *close == character)
}

/// Where two brackets pair up that are of different kinds, the one that closes says which was meant:
/// its curve is the harder to mistake.
fn pair_brackets(page: &mut Page) {
    let mut characters: Vec<&mut Character> = page
        .items
        .iter_mut()
        .filter_map(|item| match item {
            Item::Line(line) => Some(&mut line.characters),
            Item::Table(_) => None,
        })
        .flatten()
        .collect();
    let mut opened: Vec<usize> = Vec::new();
    for index in 0..characters.len() {
        let character = characters[index].character;
        if is_open(character) {
            opened.push(index);
        } else if let Some((open, _)) = PAIRS.iter().find(|(_, close)| *close == character)
            && let Some(at) = opened.pop()
        {
            characters[at].character = *open;
        }
    }
}

#[cfg(test)]
mod tests {
    use duban_page::{Cell, Row, Table};

    use super::*;

    fn line(text: &str) -> Line {
        let bounds = Bounds { x0: 0.0, y0: 0.0, x1: 100.0, y1: 16.0 };
        let word = RecognisedWord { text: text.to_owned(), bounds, confidence: 90.0 };
        Line { characters: characters(&word, bounds), bounds, size: 16.0, direction: Direction::Right }
    }

    #[track_caller]
    fn mended(printed: &str, expected: &str) {
        let mut page = Page { items: vec![Item::Line(line(printed))], ..Page::default() };
        mend(&mut page);
        assert_eq!(page.lines().next().map(Line::text).as_deref(), Some(expected));
    }

    #[test]
    fn lines_of_cells_are_mended_too() {
        let line = line("县 财政局 ,各镇");
        let bounds = line.bounds;
        let cell = Cell { column: 0, column_span: 1, row_span: 1, bounds, lines: vec![line] };
        let table = Table {
            bounds,
            columns: vec![0.0, 100.0],
            ruled: false,
            rows: vec![Row { cells: vec![cell] }],
            open_below: false,
            continued: None,
        };
        let mut page = Page { items: vec![Item::Table(table)], ..Page::default() };
        mend(&mut page);
        assert_eq!(page.lines().map(Line::text).collect::<Vec<_>>(), ["县财政局，各镇"]);
    }

    #[test]
    fn marks_are_those_of_chinese_text() {
        mended("县 财政局 ,各镇 ; 10月底 前", "县财政局，各镇；10月底前");
        mended("共1,200人，Word file 2 份", "共1,200人，Word file2份");
    }

    #[test]
    fn the_year_of_a_document_number_stands_in_its_brackets() {
        mended("青政办发(2021】8号", "青政办发〔2021〕8号");
        mended("青政办发【2021]8号", "青政办发〔2021〕8号");
    }

    #[test]
    fn the_closing_bracket_says_which_pair_it_is() {
        mended("历史规划《计划)梳理", "历史规划（计划）梳理");
        mended("按《青禾县（试行）办法》", "按《青禾县（试行）办法》");
    }

    #[test]
    fn a_scan_is_set_from_its_words() {
        let words = line("一、公开").characters.len();
        let word = |text: &str, x0: f32| RecognisedWord {
            text: text.to_owned(),
            bounds: Bounds { x0, y0: 10.0, x1: x0 + 64.0, y1: 26.0 },
            confidence: 80.0,
        };
        let recognised =
            RecognisedPage { page: 1, lines: vec![vec![word("一、", 0.0), word("公开", 64.0)]] };
        let mut pages = [Page { number: 1, images: 1, ..Page::default() }];
        apply(&mut pages, std::slice::from_ref(&recognised), |page| page.images > 0 && page.glyphs == 0);
        let page = &pages[0];
        assert_eq!(page.lines().next().map(Line::text).as_deref(), Some("一、公开"));
        assert_eq!((page.glyphs as usize, page.unknown, page.recognised), (words, 0, true));
        let told = recognition(&pages, &[recognised]).expect("a page was recognised");
        assert_eq!((told.pages, told.confidence), (vec![1], Some(80.0)));
    }
}
