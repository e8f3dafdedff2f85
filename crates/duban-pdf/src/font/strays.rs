//! Characters of a map that break its order.
//!
//! Most fonts keep their ideographs in the order of Unicode, and a map of their glyphs ascends with its
//! codes. What stands between two ideographs of such a map is an ideograph, too: anything else was damaged,
//! or made up by a program that rewrote the font.

/// Fewest ideographs that show an order.
const FEWEST: usize = 16;
/// Of so many neighbours one may break the order.
const ORDERLY: usize = 20;
/// So many ideographs there must be for each stray.
const FEW: usize = 4;

/// One character of a map, or the first and last of a range.
type Step = (u16, u16);

/// The places in `steps`, which follow the codes, that hold strays; `None` stands for text that is no single
/// character.
pub(super) fn strays(steps: &[Option<Step>]) -> Vec<usize> {
    let ideographs: Vec<(usize, Step)> = steps
        .iter()
        .enumerate()
        .filter_map(|(place, step)| Some((place, (*step)?)))
        .filter(|(_, (first, last))| is_ideograph(*first) && is_ideograph(*last))
        .collect();
    let pairs = || ideographs.windows(2).filter_map(|pair| Some((pair.first()?, pair.last()?)));
    let ascends = |pair: &(&(usize, Step), &(usize, Step))| pair.0.1.1 < pair.1.1.0;
    let ascending = pairs().filter(ascends).count();
    if ideographs.len() < FEWEST || (pairs().count() - ascending) * ORDERLY > pairs().count() {
        return Vec::new();
    }
    let between = pairs().filter(ascends).flat_map(|(before, after)| before.0 + 1..after.0);
    let is_stray = |place: &usize| {
        let step = steps.get(*place).copied().flatten();
        step.is_some_and(|(first, last)| !is_chinese(first) && !is_chinese(last))
    };
    let strays: Vec<usize> = between.filter(is_stray).collect();
    if strays.len() * FEW > ideographs.len() { Vec::new() } else { strays }
}

/// Whether text is of the Latin script, whose letters are narrower than ideographs.
pub(super) fn is_latin(text: &str) -> bool {
    text.chars().all(|character| ('!'..'\u{250}').contains(&character))
}

fn is_ideograph(unit: u16) -> bool {
    (0x4E00..=0x9FFF).contains(&unit)
}

/// Whether fonts may keep a character with their ideographs: radicals, numerals, variants, private ones.
fn is_chinese(unit: u16) -> bool {
    (0x2E80..=0x9FFF).contains(&unit) || (0xD800..=0xFAFF).contains(&unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The strays among single characters.
    fn check(text: &str, expected: &[usize]) {
        let steps: Vec<_> = text.encode_utf16().map(|unit| Some((unit, unit))).collect();
        assert_eq!(strays(&steps), expected, "{text}");
    }

    #[test]
    fn what_stands_between_ideographs_is_one() {
        check("012、。一丁七万丈三上下不丑专且世丘丙业丛，", &[]);
        check("012、。一丁七万፱三上下不丑专且世O丘丙业丛，", &[9, 18]);
        check("012、。一丁七万〇三上下不丑专且⼀世丘丙业丛，", &[]);
    }

    #[test]
    fn maps_without_order_have_no_strays() {
        check("中华人民共和国2国务院办公厅关于印发年度工作要点的通知", &[]);
        check("一2丁", &[]);
    }
}
