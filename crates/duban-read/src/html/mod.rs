//! A saved web page to a document: the notice in it, laid out as a text of one paragraph a line.
//!
//! The text is not the source: a page is mostly markup, so [`Document::text`] holds the main text as
//! a browser shows it, each cell of a table on lines of its own, and places refer to that. Menus,
//! share bars and hidden copies are no part of it; what the page states about the notice (发文机关,
//! 成文日期) goes to [`Document::metadata`].

mod charset;
mod elements;
mod fields;
mod guard;
mod line;
mod list;
mod main_part;
mod page;
mod table;
mod words;

use duban_document::{Document, Format, Warned, Warning, WarningCode};
use scraper::Html;

use crate::decode::{self, Decoded};
use crate::marked::Writer;
use crate::text::check_size;
use crate::{ReadError, ReadOptions, container};

/// Reads a web page in any encoding.
pub(crate) fn read(bytes: &[u8], options: &ReadOptions) -> Result<Warned<Document>, ReadError> {
    let limit = options.max_text_bytes.min(u32::MAX as usize);
    // No encoding needs more than twice the bytes of UTF-8, so the file alone may say enough.
    if bytes.len() / 2 > limit {
        return Err(ReadError::TooLarge { bytes: bytes.len(), limit });
    }
    let saved = if container::is_mail(bytes) { container::page(bytes) } else { None };
    let Decoded { text: source, mut warnings } = match saved {
        Some(text) => Decoded { text, warnings: Vec::new() },
        None => decode::decode_as(bytes, charset::declared(bytes)),
    };
    check_size(&source, options)?;
    let bounded = guard::bounded(&source);
    warnings.extend(bounded.excess.map(|excess| Warning::new(WarningCode::Truncated, excess)));
    let html = Html::parse_document(bounded.source);
    let page = page::of_tree(&html);
    let main = main_part::find(&page);
    let mut metadata = fields::of_page(&page, &main);
    metadata.extend(fields::of_head(&html));
    let mut writer = Writer::default();
    for (item, kept) in page.items.into_iter().zip(&main.kept) {
        if *kept {
            item.write(&mut writer);
        }
    }
    let document = Document { metadata, ..writer.finish(Format::Html) };
    if document.blocks.is_empty() {
        warnings.push(Warning::new(WarningCode::NoText, "the page shows no text"));
    }
    Ok(Warned { value: document, warnings })
}
