//! Signature, imprint and head to the issuer and the date of issue.

use std::borrow::Cow;

use super::imprint::Closing;
use super::metadata::Metadata;
use super::roles::Anatomy;
use super::shape::{Part, Shape, red_head_issuer};
use super::text::squeeze;
use super::{date, imprint, issuers, title};
use crate::reading::fold;

/// Who issued the notice: what the title names, the red head, the first that signs, the imprint.
///
/// Where a later one of them gives the same body with more of its name, the fuller name is taken.
/// The imprint names the office that prints, so it counts only where nothing else tells.
pub(super) fn issuer(parts: &[Part], anatomy: &Anatomy, metadata: &Metadata) -> Option<String> {
    let lines: Vec<&str> = anatomy.title.iter().map(|line| parts[*line].text()).collect();
    let printed: Vec<&str> = anatomy.title.iter().map(|line| parts[*line].printed()).collect();
    let red_head =
        anatomy.red_head.and_then(|index| red_head_issuer(parts[index].text(), parts[index].printed()));
    let told = [title::issuer(&lines, &printed), red_head, signer(parts, anatomy)];
    let mut told = told.into_iter().flatten();
    let first = told.next();
    let fullest = told.fold(first, |name, later| match name {
        Some(name) if later.ends_with(&name) || is_first_of(&later, &name) || is_short_for(&name, &later) => {
            Some(later)
        }
        name => name,
    });
    fullest
        .or_else(|| anatomy.imprint.and_then(|index| printer(&parts[index])))
        .or_else(|| anatomy.printer.and_then(|index| first_body(&parts[index])))
        .or_else(|| metadata.issuer.clone())
}

/// Whether `names` (several bodies run together) begins with the body `name`.
fn is_first_of(name: &str, names: &str) -> bool {
    names.len() > name.len() && names.starts_with(name) && issuers::is_name(&fold(&names[name.len()..]))
}

/// Whether `name` is the short name of the body `whole`: all its characters stand in that in the same order, and
/// both end alike (县安委会 and 云岭县安全生产委员会, 县政府 and 云岭县人民政府), or 办事处 is left out.
fn is_short_for(name: &str, whole: &str) -> bool {
    const OFFICES: [&str; 2] = ["办公室", "办公厅"];
    let end = |name: &str| {
        let office = OFFICES.iter().find_map(|office| name.strip_suffix(office));
        let bare = office.unwrap_or(name);
        let board =
            ["员会", "会"].iter().find_map(|end| bare.strip_suffix(end).filter(|b| b.ends_with('委')));
        (office.is_some(), board.unwrap_or(bare).chars().next_back())
    };
    let whole = whole.strip_suffix("办事处").filter(|bare| bare.ends_with("街道")).unwrap_or(whole);
    let mut letters = whole.chars();
    let ordered = name.chars().all(|c| letters.any(|letter| letter == c));
    ordered && end(name) == end(whole) && title::first_of_run(whole).is_none()
}

fn signer(parts: &[Part], anatomy: &Anatomy) -> Option<String> {
    let part = &parts[*anatomy.signature.first()?];
    let (text, printed) = (part.text(), part.printed());
    let names = match imprint::closing(text) {
        Some(Closing::Signature(dated)) => dated.names,
        _ => issuers::names(text),
    };
    let whole = || issuers::could_be_name(text).then(|| squeeze(printed));
    names.into_iter().next().map(|name| squeeze(&printed[name])).or_else(whole).map(Cow::into_owned)
}

fn first_body(part: &Part) -> Option<String> {
    let name = issuers::names(part.text()).into_iter().next()?;
    Some(squeeze(&part.printed()[name]).into_owned())
}

fn printer(part: &Part) -> Option<String> {
    let Some(Closing::Imprint(dated)) = imprint::closing(part.text()) else { return None };
    Some(squeeze(&part.printed()[dated.names.into_iter().next()?]).into_owned())
}

/// When the notice was issued: the date of the signature, of a note under the title, of the fields
/// beside the text, of the imprint.
pub(super) fn issued_on(parts: &[Part], anatomy: &Anatomy, metadata: &Metadata) -> Option<String> {
    let of = |index: Option<usize>| {
        let part = &parts[index?];
        match part.shape {
            Shape::Signature | Shape::Imprint => match imprint::closing(part.text())? {
                Closing::Signature(dated) | Closing::Imprint(dated) => Some(dated.date.iso()),
            },
            _ => date::whole(part.text()),
        }
    };
    let in_brackets = anatomy.front_date.filter(|index| parts[*index].text().starts_with(['（', '(']));
    of(anatomy.date)
        .or_else(|| of(in_brackets))
        .or_else(|| metadata.written_on.clone())
        .or_else(|| of(anatomy.imprint))
        .or_else(|| of(anatomy.front_date))
}
