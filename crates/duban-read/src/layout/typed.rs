//! Blanks typed before a line to the way it stands between the margins.

use duban_document::Alignment;

use super::width::measure;

/// Columns of a page's text, about.
const PAGE: u32 = 60;
/// Columns of blanks that are more than an indent.
const WIDE: u32 = 12;

/// How a line stands that says `said` and opens with `indent` columns of blanks: those are often typed
/// to move a signature to the right, and a container set to the middle often holds body text.
pub(crate) fn aligned(said: Alignment, indent: u32, text: &str) -> Alignment {
    let columns = measure(text).columns;
    match said {
        Alignment::Body if indent < WIDE || indent + columns > PAGE * 4 / 3 => Alignment::Body,
        Alignment::Body if indent + columns / 2 >= PAGE * 3 / 5 => Alignment::Right,
        Alignment::Body => Alignment::Centre,
        _ if columns > PAGE && text.ends_with(['。', '；']) => Alignment::Body,
        _ => said,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_blanks_move_a_line() {
        assert_eq!(aligned(Alignment::Body, 4, "2031年5月6日"), Alignment::Body);
        assert_eq!(aligned(Alignment::Body, 40, "2031年5月6日"), Alignment::Right);
        assert_eq!(aligned(Alignment::Body, 20, "青岭县工作方案"), Alignment::Centre);
    }
}
