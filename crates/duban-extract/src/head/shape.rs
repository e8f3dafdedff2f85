//! A paragraph by itself to what it could be in a notice: number, date, recipients, line of a title.

use duban_document::{Block, label};

use super::imprint::Closing;
use super::text::{is_blank, squeeze};
use super::{
    attachments, contents, date, imprint, issuers, metadata, number, page, recipients, title, words,
};

/// A block, or what a paragraph was cut into, with its shape.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) block: Block,
    pub(super) shape: Shape,
    /// The text in simplified characters, where it is printed in traditional ones.
    pub(super) folded: Option<String>,
}

impl Part {
    /// The text of a paragraph as the rules read it; empty for a table.
    pub(super) fn text(&self) -> &str {
        self.folded.as_deref().unwrap_or_else(|| self.printed())
    }

    /// The text of a paragraph as printed, offsets as in `text`; empty for a table.
    pub(super) fn printed(&self) -> &str {
        match &self.block {
            Block::Paragraph(paragraph) => paragraph.text.as_str(),
            Block::Table(_) => "",
        }
    }
}

/// What a part could be by itself; its place in the notice decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A table of the notice.
    Table,
    /// Fields about the notice, in a table or a line, and other words of a page.
    Caption,
    /// 发文字号.
    Number,
    /// 云岭县人民政府文件.
    RedHead,
    /// 主送机关, or a line of them that goes on in the next.
    Recipients,
    /// A date alone.
    Date,
    /// A body and a date.
    Signature,
    /// A body, a date and 印发.
    Imprint,
    /// 抄送, 主题词.
    CopyLine,
    /// 此件公开发布.
    Release,
    /// 联系人：….
    Contact,
    /// 附件, 附件：; what stood behind it is the next part.
    AttachmentMark,
    /// A line of the contents page.
    Contents,
    /// Begins with a number.
    Item,
    /// A title, a line of one, a heading without a number, a name.
    Line,
    /// Running text.
    Sentence,
}

impl Shape {
    /// Whether it closes a notice or a plan.
    pub(super) fn closes(self) -> bool {
        matches!(self, Self::Date | Self::Signature | Self::Imprint | Self::CopyLine | Self::Release)
    }
}

/// The shape of `text`; recipients and fields are only looked for in the `front` of a notice.
pub(super) fn of_text(text: &str, front: bool) -> Shape {
    if front && (metadata::is_caption_line(text) || page::is_line(text)) {
        return Shape::Caption;
    }
    if contents::is_entry(text) {
        return Shape::Contents;
    }
    let whole = || recipients::list_end(text) == Some(text.trim_end_matches(is_blank).len());
    if front && (whole() || recipients::goes_on(text) || recipients::is_bare_list(text)) {
        return Shape::Recipients;
    }
    if label::at(text).is_some() {
        return Shape::Item;
    }
    if text.len() < 700
        && let Some(shape) = of_short_text(text)
    {
        return shape;
    }
    if title::is_line(text) { Shape::Line } else { Shape::Sentence }
}

/// The shapes that only short texts have.
fn of_short_text(text: &str) -> Option<Shape> {
    let shape = if attachments::mark_at(text).is_some() {
        Shape::AttachmentMark
    } else if number::whole(text).is_some() {
        Shape::Number
    } else if date::whole(text).is_some() || date::is_worn(text) {
        Shape::Date
    } else if let Some(closing) = imprint::closing(text) {
        match closing {
            Closing::Imprint(_) => Shape::Imprint,
            Closing::Signature(_) => Shape::Signature,
        }
    } else if imprint::is_copy_line(text) {
        Shape::CopyLine
    } else if imprint::is_release(text) {
        Shape::Release
    } else if imprint::is_contact(text) {
        Shape::Contact
    } else if red_head_issuer(text, text).is_some() {
        Shape::RedHead
    } else {
        return None;
    };
    Some(shape)
}

/// The body of a red head, 云岭县人民政府办公室文件, letters spaced out or not; of several the first.
pub(super) fn red_head_issuer(text: &str, printed: &str) -> Option<String> {
    let text = text.trim_end_matches(is_blank);
    let bare = text.strip_suffix('件')?.trim_end_matches(is_blank).strip_suffix('文')?;
    if !super::text::is_within(text, 80) {
        return None;
    }
    let first = issuers::names(bare).into_iter().next()?;
    let name = squeeze(&printed[first]).into_owned();
    (!words::is_page_word(&squeeze(text)) && super::text::has_at_least(&name, 4)).then_some(name)
}
