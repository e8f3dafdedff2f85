//! The foot of the web page below a notice: 上一篇：…, 【打印本页】, 主办单位：… 版权所有.
//!
//! Some of its lines stand nowhere else and tell. Others stand in notices, too, and belong to the foot
//! only beside those or each other: who runs the site, where the text comes from, an address.

use super::BlockRole;
use super::shape::{Part, Shape};
use super::text::{is_within, squeeze};
use super::words::{self, FootLine};

/// Marks the lines of the foot at the end of `parts`.
pub(super) fn mark(parts: &[Part], roles: &mut [BlockRole]) {
    const MOST_LINES: usize = 12;
    let foot: Vec<Line> = parts.iter().rev().take(MOST_LINES).map_while(line).collect();
    // How to reach somebody may be the notice's last word: it is none of the page only below its other lines.
    let top = foot.iter().rposition(|line| *line != Line::Contact);
    if let Some(top) = top.filter(|_| tells(&foot)) {
        roles.iter_mut().rev().take(top + 1).for_each(|role| *role = BlockRole::Head);
    }
}

/// What a line of a foot is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    /// Stands in the foot of a page and nowhere else.
    Tells,
    /// Who runs the site, as governments do: in a notice an event has its hosts, too.
    Host { is_government: bool },
    /// A word of a menu.
    Word,
    /// Where the text comes from, in so many fields.
    Source(usize),
    /// An address or a number.
    Contact,
}

/// Whether the lines of `foot`, the last first, are one: a line tells, or two fields on where the text comes from,
/// or an address right below the hosts, a government among them, as the imprint of a site has it.
fn tells(foot: &[Line]) -> bool {
    let sources = foot.iter().map(|line| if let Line::Source(fields) = line { *fields } else { 0 });
    let below_hosts = foot.windows(2).any(|lines| matches!(lines, [Line::Contact, Line::Host { .. }]));
    let is_imprint = below_hosts && foot.contains(&Line::Host { is_government: true });
    foot.contains(&Line::Tells) || sources.sum::<usize>() > 1 || is_imprint
}

/// What `part` is, if it may stand in a foot.
fn line(part: &Part) -> Option<Line> {
    const LONGEST: usize = 60;
    let text = squeeze(part.text());
    if part.shape == Shape::Item || !is_within(&text, LONGEST) {
        return None;
    }
    // 相关附件由县文旅局提供。 is a sentence.
    let opens = || words::opens_page_foot(&text) && !text.ends_with('。');
    if opens() || words::is_site_imprint(&text) {
        return Some(Line::Tells);
    }
    if text.starts_with("主办") || text.starts_with("承办") {
        return Some(Line::Host { is_government: text.contains("人民政府") });
    }
    match words::foot_line(&text) {
        Some(FootLine::Source(fields)) => Some(Line::Source(fields)),
        Some(FootLine::Contact) => Some(Line::Contact),
        None => words::is_page_word(&text).then_some(Line::Word),
    }
}
