//! Text to the atoms that search compares: single Han characters, and whole runs of letters and digits.
//!
//! Documents and queries pass through the same function, so a phrase that stands in a text is found
//! whatever its width (`２０２１`), case, script (縣 for 县) or invisible characters. An atom's position counts on by one
//! where it touches the atom before it and leaves a gap where punctuation, a line break or a space
//! between two of a kind stands in between: atoms with positions in a row are a run, the unit that a
//! query must match. A space between a Han character and a letter or digit is typesetting
//! (`2021 年`) and separates nothing.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text's atoms and their folded form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Analysis {
    folded: String,
    atoms: Vec<Atom>,
}

/// A Han character or a run of letters and digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Atom {
    /// Where its folded form stands in `Analysis::folded`; atoms in a row stand side by side there.
    folded: Range<usize>,
    /// Where it stands in the text.
    pub(crate) source: Range<usize>,
    /// Its position; a gap before it makes it grow by two.
    pub(crate) position: usize,
    /// Whether it is a Han character.
    pub(crate) han: bool,
}

impl Analysis {
    /// The atoms, in order.
    pub(crate) fn atoms(&self) -> &[Atom] {
        &self.atoms
    }

    /// Stretches of atoms without a gap.
    pub(crate) fn runs(&self) -> impl Iterator<Item = &[Atom]> {
        self.atoms.chunk_by(|left, right| left.position + 1 == right.position)
    }

    /// The folded form of one atom.
    pub(crate) fn folded(&self, atom: &Atom) -> &str {
        self.folded.get(atom.folded.clone()).unwrap_or_default()
    }

    /// The folded form of a run.
    pub(crate) fn run_text(&self, run: &[Atom]) -> &str {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return "" };
        self.folded.get(first.folded.start..last.folded.end).unwrap_or_default()
    }

    /// The pair that `left` makes with `right`, the atom after it: none unless both are Han
    /// characters side by side.
    pub(crate) fn pair(&self, left: &Atom, right: &Atom) -> Option<&str> {
        let touching = left.han && right.han && left.position + 1 == right.position;
        if touching { self.folded.get(left.folded.start..right.folded.end) } else { None }
    }

    fn push(&mut self, character: char, source: Range<usize>, position: usize, han: bool) {
        let start = self.folded.len();
        self.folded.push(character);
        self.atoms.push(Atom { folded: start..self.folded.len(), source, position, han });
    }

    fn extend_last(&mut self, character: char, source_end: usize) {
        if let Some(word) = self.atoms.last_mut() {
            self.folded.push(character);
            word.folded.end = self.folded.len();
            word.source.end = source_end;
        }
    }
}

/// The atoms of `text`.
pub(crate) fn analyse(text: &str) -> Analysis {
    let mut reader = Reader::default();
    let mut characters = text.char_indices().peekable();
    while let Some((start, character)) = characters.next() {
        let mut end = start + character.len_utf8();
        while let Some((_, mark)) = characters.next_if(|&(_, next)| is_combining_mark(next)) {
            end += mark.len_utf8();
        }
        let single = end - start == character.len_utf8();
        if single && (character.is_ascii() || is_han(character)) {
            reader.take(duban_script::simplified(character.to_ascii_lowercase()), start..end);
        } else {
            let group = text.get(start..end).unwrap_or_default();
            for folded in group.nfkc().flat_map(char::to_lowercase) {
                reader.take(folded, start..end);
            }
        }
    }
    reader.analysis
}

/// What a folded character does to the atoms.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Han,
    Word,
    Space,
    Break,
    Invisible,
}

fn classify(character: char) -> Class {
    match character {
        '\n' | '\r' => Class::Break,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => {
            Class::Invisible
        }
        '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}' => Class::Invisible,
        _ if is_han(character) => Class::Han,
        _ if character.is_alphanumeric() => Class::Word,
        _ if character.is_whitespace() => Class::Space,
        _ if is_combining_mark(character) => Class::Invisible,
        _ => Class::Break,
    }
}

/// Whether `character` is a Chinese character; 〇 counts, compatibility forms are folded before.
fn is_han(character: char) -> bool {
    matches!(character,
        '\u{4e00}'..='\u{9fff}' | '〇' | '々' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{3ffff}')
}

/// Puts atoms together, character by character.
#[derive(Default)]
struct Reader {
    analysis: Analysis,
    /// What stood since the last atom: `Space`, `Break`, or nothing.
    between: Option<Class>,
}

impl Reader {
    fn take(&mut self, character: char, source: Range<usize>) {
        match classify(character) {
            Class::Invisible => {}
            Class::Break => self.between = Some(Class::Break),
            Class::Space => {
                self.between.get_or_insert(Class::Space);
            }
            class @ (Class::Han | Class::Word) => self.take_atom(character, source, class == Class::Han),
        }
    }

    fn take_atom(&mut self, character: char, source: Range<usize>, han: bool) {
        let between = self.between.take();
        let Some(last) = self.analysis.atoms.last() else {
            self.analysis.push(character, source, 0, han);
            return;
        };
        if !han && !last.han && between.is_none() {
            self.analysis.extend_last(character, source.end);
            return;
        }
        let gap = match between {
            Some(Class::Space) => han == last.han,
            Some(_) => true,
            None => false,
        };
        let position = last.position + 1 + usize::from(gap);
        self.analysis.push(character, source, position, han);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The runs of `text`, atoms parted by `|`, runs by ` / `.
    fn check(text: &str, expected: &str) {
        let analysis = analyse(text);
        let runs: Vec<String> = analysis
            .runs()
            .map(|run| run.iter().map(|atom| analysis.folded(atom)).collect::<Vec<_>>().join("|"))
            .collect();
        assert_eq!(runs.join(" / "), expected, "{text:?}");
        for atom in analysis.atoms() {
            assert!(text.get(atom.source.clone()).is_some_and(|source| !source.is_empty()));
        }
    }

    #[test]
    fn han_characters_stand_alone_and_words_whole() {
        check("政务公开", "政|务|公|开");
        check("拨打12345热线", "拨|打|12345|热|线");
        check("建设5G基站、A4纸", "建|设|5g|基|站 / a4|纸");
    }

    #[test]
    fn width_case_and_invisible_characters_do_not_count() {
        check("２０２１ＡＢ", "2021ab");
        check("20\u{ad}21", "2021");
        check("公\u{200c}开", "公|开");
        check("cafe\u{301}", "café");
        check("㈠㎡", "一 / m2");
    }

    #[test]
    fn space_parts_only_two_of_a_kind() {
        check("2021 年 8 月底前", "2021|年|8|月|底|前");
        check("政务 公开", "政|务 / 公|开");
        check("open\u{a0}data", "open / data");
    }

    #[test]
    fn punctuation_and_line_breaks_part() {
        check("公开，监督", "公|开 / 监|督");
        check("附件1\n各单位", "附|件|1 / 各|单|位");
        check("3.5", "3 / 5");
        check("。", "");
        check("", "");
    }

    #[test]
    fn pairs_are_made_of_touching_han_characters_only() {
        let analysis = analyse("公开2项，办");
        let pairs: Vec<_> =
            analysis.atoms().windows(2).map(|pair| analysis.pair(&pair[0], &pair[1])).collect();
        assert_eq!(pairs, [Some("公开"), None, None, None]);
    }
}
