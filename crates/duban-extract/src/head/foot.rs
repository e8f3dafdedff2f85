//! The foot of the web page below a notice: 上一篇：…, 【打印本页】, 主办单位：… 版权所有.
//!
//! Some of its lines stand nowhere else and tell. Others stand in notices, too, and belong to the foot
//! only beside those: who runs the site, where the text comes from, an address.

use super::BlockRole;
use super::shape::Part;
use super::text::{is_within, squeeze};
use super::words::{self, FootLine};

/// Marks the lines of the foot at the end of `parts`.
pub(super) fn mark(parts: &[Part], roles: &mut [BlockRole]) {
    const MOST_LINES: usize = 12;
    let texts = parts.iter().rev().take(MOST_LINES).map(|part| squeeze(part.text()));
    let foot: Vec<Line> = texts.map_while(|text| line(&text)).collect();
    let tells = foot.contains(&Line::Tells);
    let sources = foot.iter().filter(|line| **line == Line::Source).count();
    // How to reach somebody may be the notice's last word: it is none of the page only below its other lines.
    let top = foot.iter().rposition(|line| *line != Line::Contact);
    if let Some(top) = top.filter(|_| tells || sources > 1) {
        roles.iter_mut().rev().take(top + 1).for_each(|role| *role = BlockRole::Head);
    }
}

/// What a line of a foot is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    /// Stands in the foot of a page and nowhere else.
    Tells,
    /// Who runs the site, a word of its menus: in a notice an event has its hosts, too.
    Beside,
    /// Where the text comes from; two such lines tell.
    Source,
    /// An address or a number.
    Contact,
}

/// What `text` (squeezed) is, if it may stand in a foot.
fn line(text: &str) -> Option<Line> {
    const LONGEST: usize = 60;
    if !is_within(text, LONGEST) {
        return None;
    }
    if words::opens_page_foot(text) {
        return Some(Line::Tells);
    }
    let runs_site = || {
        let tells = ["技术支持", "版权所有", "网站标识码", "ICP备"].iter().any(|word| text.contains(word));
        if tells { Line::Tells } else { Line::Beside }
    };
    if text.starts_with("主办") || text.starts_with("承办") {
        return Some(runs_site());
    }
    match words::foot_line(text) {
        Some(FootLine::Source) => Some(Line::Source),
        Some(FootLine::Contact) => Some(Line::Contact),
        None => words::is_page_word(text).then_some(Line::Beside),
    }
}
