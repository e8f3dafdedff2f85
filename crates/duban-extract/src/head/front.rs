//! What stands in front of the text: red head, number, title, recipients, fields.

use std::ops::Range;

use super::BlockRole;
use super::roles::Anatomy;
use super::shape::{Part, Shape};
use super::signs::Signatures;
use super::text::{has_at_least, key, squeeze};
use super::{issuers, metadata, recipients, title, words};
use crate::table;

/// Reads the front of the notice, the parts before `end`, into `found`; returns the first part that
/// is not the front's.
pub(super) fn read(parts: &[Part], signs: &Signatures, end: usize, found: &mut Anatomy) -> usize {
    let mut lines: Vec<usize> = Vec::new();
    for (index, part) in parts.iter().enumerate().take(end) {
        match part.shape {
            Shape::Line | Shape::Date | Shape::Number if is_value(parts, index) => found.captions.push(index),
            Shape::Number => found.number = found.number.or(Some(index)),
            Shape::RedHead => found.red_head = found.red_head.or(Some(index)),
            Shape::Recipients if reaches_colon(parts, index) || recipients::is_bare_list(part.text()) => {
                found.recipients.push(index);
            }
            Shape::Caption => found.captions.push(index),
            Shape::Date if index > 0 && signs.names[index - 1] => found.date = found.date.or(Some(index)),
            Shape::Signature if found.date.is_none() => {
                found.date = Some(index);
                found.signature.push(index);
            }
            Shape::Date if is_of_page(parts, index) => found.captions.push(index),
            Shape::Date => found.front_date = found.front_date.or(Some(index)),
            Shape::Imprint => found.imprint = found.imprint.or(Some(index)),
            Shape::Line if signs.names[index] && !lines.is_empty() => found.signature.push(index),
            Shape::Line | Shape::Recipients => lines.push(index),
            _ => {}
        }
        found.roles[index] = BlockRole::Head;
    }
    let Some(chosen) = choose(parts, &groups(parts, &lines)) else { return end };
    assign(parts, chosen, end, found)
}

/// Whether the part at `index` is the value of the field whose name stands alone above it; a title
/// is none, nor are recipients, nor a number below any field but its own, because fields are often empty.
fn is_value(parts: &[Part], index: usize) -> bool {
    let above = index.checked_sub(1).map(|above| &parts[above]).filter(|above| above.shape == Shape::Caption);
    let Some(name) = above.and_then(|above| metadata::open_field(above.text())) else { return false };
    let text = squeeze(parts[index].text());
    match parts[index].shape {
        Shape::Number => words::is_number_field(name),
        Shape::Recipients => false,
        _ if words::is_page_field(name) => {
            text.bytes().all(|byte| byte.is_ascii_digit()) || words::is_page_word(&text)
        }
        _ => !words::ends_as_title(&text),
    }
}

/// Whether the date at `index` is the page's: nobody else says at what time (2021-07-01 10:30), or the name of
/// its field stands above (发布日期) and is no name of when the notice was made.
fn is_of_page(parts: &[Part], index: usize) -> bool {
    const OF_NOTICE: [&str; 3] = ["成文", "发文", "印发"];
    let above = index.checked_sub(1).map(|above| parts[above].text());
    let posted =
        |name: &str| words::is_caption_key(name) && !OF_NOTICE.iter().any(|word| name.contains(word));
    parts[index].text().contains([':', '：']) || above.is_some_and(posted)
}

/// The first part that is running text, an item or an attachment.
pub(super) fn extent(parts: &[Part]) -> usize {
    let (mut recipients, mut titled, mut listed) = (false, false, false);
    for (index, part) in parts.iter().enumerate() {
        if titled && heads_table(parts, index) {
            return index;
        }
        match part.shape {
            Shape::Sentence | Shape::Item | Shape::Table | Shape::AttachmentMark | Shape::CopyLine => {
                return index;
            }
            // Behind the recipients stands the text.
            Shape::Line | Shape::Signature if recipients => return index,
            // So it does behind the contents page of what has its title above.
            Shape::Line if listed => return index,
            Shape::Recipients => recipients = true,
            Shape::Line => titled = true,
            Shape::Contents => listed = titled,
            _ => {}
        }
    }
    parts.len()
}

/// Whether the lines from `index` on head the columns of a table whose cells have a line each.
fn heads_table(parts: &[Part], index: usize) -> bool {
    const FEWEST_COLUMNS: usize = 3;
    let heads = parts[index..].iter().take(FEWEST_COLUMNS);
    heads.take_while(|part| table::is_head(part.text())).count() == FEWEST_COLUMNS
}

/// Whether the line of recipients at `index` ends in a colon, itself or in the lines below.
fn reaches_colon(parts: &[Part], index: usize) -> bool {
    const MOST_LINES: usize = 8;
    let lines = parts[index..].iter().take(MOST_LINES).take_while(|part| part.shape == Shape::Recipients);
    lines.map(Part::text).any(|text| text.ends_with(['：', ':']))
}

/// Runs of lines that nothing parts; a line that ends a notice's title ends its run, and words of a
/// page stand in none.
fn groups(parts: &[Part], lines: &[usize]) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for &line in lines {
        let text = squeeze(parts[line].text());
        let is_ornament = !text.contains(char::is_alphanumeric);
        if is_ornament || words::is_page_word(&text) || words::is_page_path(&text) {
            open = false;
            continue;
        }
        match groups.last_mut() {
            Some(group) if open && group.end == line => group.end = line + 1,
            _ => groups.push(line..line + 1),
        }
        open = !title::ends_notice(&text);
    }
    groups
}

/// The run that holds the notice's title: the last that ends as one, but a 通知 before what it sends.
fn choose(parts: &[Part], groups: &[Range<usize>]) -> Option<Range<usize>> {
    let titled = |group: &&Range<usize>| {
        parts[(*group).clone()].iter().any(|part| words::ends_as_title(&squeeze(part.text())))
    };
    let last = groups.iter().rev().find(titled);
    let notice = groups.iter().rev().find(|group| {
        let printed = joined(parts, group);
        title::ends_notice(&printed) && last.is_some_and(|last| sends(&printed, &joined(parts, last)))
    });
    let longest = || groups.iter().rev().find(|group| has_at_least(&joined(parts, group), 5));
    notice.or(last).or_else(longest).cloned()
}

fn joined(parts: &[Part], group: &Range<usize>) -> String {
    parts[group.clone()].iter().map(|part| squeeze(part.text())).collect()
}

/// Whether a notice called `notice` sends a plan whose title begins with the words of `plan`, or its table
/// (防汛任务分解方案 and 防汛任务分解表).
fn sends(notice: &str, plan: &str) -> bool {
    const LEAST_SHARED: usize = 6;
    let plan = key(plan);
    title::enclosed(notice).is_some_and(|name| {
        let name = key(name);
        let subject = words::without_title_ending(&name);
        plan.starts_with(&name)
            || name.ends_with(&plan)
            || has_at_least(subject, LEAST_SHARED) && plan.starts_with(subject)
    })
}

/// Gives the lines of the run `chosen` to the title; what follows it in the front is a plan's title
/// or text.
fn assign(parts: &[Part], chosen: Range<usize>, end: usize, found: &mut Anatomy) -> usize {
    let chosen = chosen.start.max(chosen.end.saturating_sub(title::MOST_LINES))..chosen.end;
    let lines =
        parts[chosen.clone()].iter().map(|part| squeeze(part.text()).into_owned()).collect::<Vec<String>>();
    let text_follows = chosen.end == end;
    let count = title::lines_of(&lines, &[], true).max(1);
    let start = first_line(&lines[..count]);
    found.title.extend(chosen.start + start..chosen.start + count);
    let behind = chosen.start + count;
    let rest = (behind..end).find(|index| {
        parts[*index].shape == Shape::Line
            && !found.signature.contains(index)
            && !found.recipients.contains(index)
    });
    match rest {
        Some(rest) if text_follows || is_plan_of(parts, found, rest) => rest,
        _ => end,
    }
}

/// Where the title begins in a run of lines: a web page may print it once more above, and a notice's
/// title needs no more than the lines from its 关于 and the body before it on.
fn first_line(lines: &[String]) -> usize {
    let whole: String = lines.concat();
    if let Some(again) = (1..lines.len()).find(|at| is_above(&lines[..*at], &lines[*at..].concat())) {
        return again;
    }
    // Above a line that holds issuer and 关于 only more issuers belong to the title.
    let about = lines.iter().rposition(|line| line.contains("关于")).filter(|_| title::ends_notice(&whole));
    let Some((about, issuer)) = about.and_then(|at| Some((at, title::issuer(&[&lines[at]], &[&lines[at]])?)))
    else {
        return 0;
    };
    let is_issuer = |at: &usize| lines[*at] != issuer && !issuers::names(&lines[*at]).is_empty();
    (0..about).rev().take_while(is_issuer).last().unwrap_or(about)
}

/// Whether whole lines of those `above` print `title`, perhaps with words of a page below.
fn is_above(above: &[String], title: &str) -> bool {
    const SHORTEST: usize = 7;
    let prints = |first: usize| (first + 1..=above.len()).any(|end| above[first..end].concat() == title);
    prints(0) || has_at_least(title, SHORTEST) && (1..above.len()).any(prints)
}

/// Whether the line at `index` begins the title of the plan that the notice sends.
fn is_plan_of(parts: &[Part], found: &Anatomy, index: usize) -> bool {
    let notice: String = found.title.iter().map(|line| squeeze(parts[*line].text())).collect();
    let first = key(parts[index].text());
    title::enclosed(&notice).is_some_and(|name| key(name).contains(&first))
}
