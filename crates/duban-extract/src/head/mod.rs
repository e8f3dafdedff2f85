//! The head of a notice and the roles of the blocks around the plan.
//!
//! [`read_structure`] works in steps, each a module: [`cut`] takes paragraphs apart that run several
//! things together, [`shape`] says what each part could be by itself, [`contents`] which are lines of a
//! contents page, [`page`] what a web page prints above, [`front`] and [`roles`] judge it by its place, [`foot`] leaves out the foot of a web page,
//! and the fields are read from the parts so found: [`title`], [`number`], [`recipients`], [`signature`],
//! [`basis`], [`attachments`], [`year`], with [`metadata`] for what the text does not say.

mod attachments;
mod basis;
mod contents;
mod cut;
mod date;
mod foot;
mod front;
mod imprint;
mod issuers;
mod level;
mod lists;
mod metadata;
mod number;
mod page;
mod recipients;
mod roles;
mod shape;
mod signature;
mod signs;
#[cfg(test)]
mod spec;
mod text;
mod title;
mod words;
mod year;

use duban_document::{Block, Document, JoinedText, Paragraph, Places, numeral};

use duban_record::Level;

use crate::reading::{self, Script};
use metadata::Metadata;
use roles::Anatomy;
use shape::Part;

/// What stands around the numbered items.
pub(crate) struct Structure {
    /// The document's blocks; paragraphs that run several things together are cut apart.
    pub(crate) blocks: Vec<Block>,
    /// What each block is, as many as `blocks`.
    pub(crate) roles: Vec<BlockRole>,
    /// The head fields.
    pub(crate) head: Head,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum BlockRole {
    /// Title of the notice, its number, recipients, signature, date, imprint, 附件：list, 此件公开发布 and the
    /// like: read for the head and nothing else.
    Head,
    /// Title of the plan that the notice encloses, or printed again: the plan begins after it.
    PlanTitle,
    /// 附件, 附件1：… where an attachment begins, alone on its line.
    AttachmentMark,
    /// Title of an attachment, behind its mark.
    AttachmentTitle,
    /// Everything else: preamble, items, tables, closing words.
    Body,
}

/// The head fields of the record with their places.
#[derive(Clone, Debug, Default)]
pub(crate) struct Head {
    pub(crate) title: Option<String>,
    pub(crate) document_number: Option<String>,
    pub(crate) issuer: Option<String>,
    pub(crate) level: Option<Level>,
    pub(crate) recipients: Vec<String>,
    /// ISO 8601.
    pub(crate) issued_on: Option<String>,
    pub(crate) plan_year: Option<i32>,
    /// Whether `plan_year` was taken from a title rather than the date of issue.
    pub(crate) year_in_title: bool,
    pub(crate) basis: Vec<FoundBasis>,
    pub(crate) attachments: Vec<String>,
}

impl Head {
    /// The year of issue that the document number names (GB/T 9704-2012, 7.2.5), for a notice that says no date.
    pub(crate) fn year_of_number(&self) -> Option<i32> {
        let (_, behind) = self.document_number.as_deref()?.split_once('〔')?;
        behind.split_once('〕')?.0.parse().ok()
    }

    /// Its texts, squeezed and folded.
    pub(crate) fn fields(&self) -> Vec<String> {
        let alone = [&self.title, &self.document_number, &self.issuer].into_iter().flatten();
        let all = alone.chain(&self.recipients).chain(&self.attachments);
        all.map(|field| text::squeeze(&reading::fold(field)).into_owned()).collect()
    }
}

/// A document named as basis.
#[derive(Clone, Debug)]
pub(crate) struct FoundBasis {
    pub(crate) title: String,
    pub(crate) document_number: Option<String>,
    pub(crate) places: Places,
}

/// `text` without its blanks and without a field in front of a date; nothing where a field holds all of it.
pub(crate) fn without_fields(text: &JoinedText, fields: &[String]) -> JoinedText {
    let mut squeezed = JoinedText::builder();
    text::push_squeezed(&mut squeezed, text);
    let squeezed = squeezed.finish();
    if fields.is_empty() {
        return squeezed;
    }
    let words = reading::fold(squeezed.as_str());
    if fields.iter().any(|field| field.contains(&*words)) {
        return JoinedText::default();
    }
    let is_number = |c: char| numeral::arabic_digit(c).is_some() || numeral::han_digit(c).is_some();
    let is_before_date = |field: &&String| {
        words.strip_prefix(field.as_str()).is_some_and(|behind| behind.starts_with(is_number))
    };
    let before = fields.iter().filter(is_before_date).map(String::len).max();
    squeezed.part(before.unwrap_or(0)..squeezed.as_str().len())
}

/// Reads the head and says what each block is; the blocks move out of `document`.
pub(crate) fn read_structure(document: &mut Document, script: Script) -> Structure {
    let parts = cut::cut(std::mem::take(&mut document.blocks), script);
    let anatomy = roles::read(&parts);
    let mut metadata = Metadata::of_document(document);
    metadata.take_captions(anatomy.captions.iter().map(|index| &parts[*index].block));
    let head = read_head(&parts, &anatomy, metadata);
    let (blocks, roles) = blocks(parts, &anatomy);
    Structure { blocks, roles, head }
}

fn read_head(parts: &[Part], anatomy: &Anatomy, metadata: Metadata) -> Head {
    let own_title = joined_title(parts, &anatomy.title);
    let plan_title = joined_title(parts, &anatomy.plan_title);
    let attached = anatomy.attachment_titles.first().and_then(|lines| joined_title(parts, lines));
    let titles =
        [own_title.as_deref(), metadata.title.as_deref(), plan_title.as_deref(), attached.as_deref()];
    let issued_on = signature::issued_on(parts, anatomy, &metadata);
    let issue_year = || issued_on.as_deref()?.get(..4)?.parse::<i32>().ok();
    let titled = titles.iter().flatten().find_map(|title| Some((title, year::of_title(title)?)));
    let of_work = |(title, year): &(&&str, i32)| {
        issue_year().is_none_or(|issue| !year::is_of_subject(title, *year, issue))
    };
    let title_year = titled.filter(of_work).map(|(_, year)| year);
    let own: Vec<String> =
        titles.iter().flatten().flat_map(|title| own_keys(&reading::fold(title))).collect();
    let preamble: Vec<(&JoinedText, &str)> =
        anatomy.preamble.iter().filter_map(|index| paragraph_text(&parts[*index])).collect();
    let number = anatomy.number.and_then(|index| document_number(&parts[index]));
    let title = own_title.or_else(|| metadata.title.clone()).or(plan_title).or(attached);
    let (title, number_in_title) = title.map_or((None, None), |title| cut_number(&title));
    let issuer = signature::issuer(parts, anatomy, &metadata);
    let basis = basis::find(&preamble, &own, issuer.as_deref().map(reading::fold).as_deref());
    Head {
        level: level::of(
            issuer.as_deref().map(reading::fold).as_deref(),
            title.as_deref().map(reading::fold).as_deref(),
        ),
        issuer,
        plan_year: title_year.or_else(issue_year),
        year_in_title: title_year.is_some(),
        basis,
        attachments: listed_attachments(parts, anatomy),
        recipients: read_recipients(parts, anatomy),
        issued_on,
        document_number: number.or(metadata.document_number).or(number_in_title),
        title,
    }
}

/// A title without the document number in brackets at its end, as web pages print it, and that number.
fn cut_number(title: &str) -> (Option<String>, Option<String>) {
    let open = title.rfind(['（', '(']).filter(|_| title.ends_with(['）', ')']));
    let (bare, bracket) = title.split_at(open.unwrap_or(title.len()));
    match number::whole(bracket) {
        Some(found) if !bare.is_empty() => (Some(bare.to_owned()), Some(found.value(bracket))),
        _ => (Some(title.to_owned()), None),
    }
}

fn document_number(part: &Part) -> Option<String> {
    Some(number::whole(part.text())?.value(part.printed()))
}

/// The keys of a title and of what it says it sends.
fn own_keys(title: &str) -> Vec<String> {
    title::enclosed(title).into_iter().chain([title]).map(text::key).collect()
}

/// The title that is printed on `lines`, once where it stands twice in them.
fn joined_title(parts: &[Part], lines: &[usize]) -> Option<String> {
    const SHORTEST: usize = 7;
    let mut title: String = lines.iter().map(|line| text::squeeze(parts[*line].printed())).collect();
    let halves = title.split_at_checked(title.len() / 2);
    if let Some((first, second)) = halves
        && first == second
        && text::has_at_least(first, SHORTEST)
    {
        title.truncate(title.len() / 2);
    }
    (!title.is_empty()).then_some(title)
}

/// A paragraph as printed and as the rules read it.
fn paragraph_text(part: &Part) -> Option<(&JoinedText, &str)> {
    match &part.block {
        Block::Paragraph(paragraph) => Some((&paragraph.text, part.text())),
        Block::Table(_) => None,
    }
}

fn read_recipients(parts: &[Part], anatomy: &Anatomy) -> Vec<String> {
    let joined = |text: fn(&Part) -> &str| {
        anatomy.recipients.iter().map(|index| text(&parts[*index])).collect::<Vec<_>>().join("\n")
    };
    let (line, printed) = (joined(Part::text), joined(Part::printed));
    recipients::split(&line).into_iter().map(|range| text::squeeze(&printed[range]).into_owned()).collect()
}

fn listed_attachments(parts: &[Part], anatomy: &Anatomy) -> Vec<String> {
    let lines: Vec<&str> = anatomy.lists.iter().map(|index| parts[*index].printed()).collect();
    attachments::titles(&lines)
}

/// The parts as blocks with their roles; the lines of an attachment's title become one block.
fn blocks(parts: Vec<Part>, anatomy: &Anatomy) -> (Vec<Block>, Vec<BlockRole>) {
    let mut blocks: Vec<Block> = Vec::with_capacity(parts.len());
    let mut roles: Vec<BlockRole> = Vec::with_capacity(parts.len());
    for (part, role) in parts.into_iter().zip(&anatomy.roles) {
        let goes_on = *role == BlockRole::AttachmentTitle && roles.last() == Some(role);
        match (&part.block, blocks.last_mut()) {
            (Block::Paragraph(next), Some(Block::Paragraph(title))) if goes_on => append(title, next),
            _ => {
                blocks.push(part.block);
                roles.push(*role);
            }
        }
    }
    (blocks, roles)
}

fn append(title: &mut Paragraph, next: &Paragraph) {
    let mut joined = JoinedText::builder();
    text::push_squeezed(&mut joined, &title.text);
    text::push_squeezed(&mut joined, &next.text);
    title.text = joined.finish();
}
