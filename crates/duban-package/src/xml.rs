//! XML to elements and texts, one by one.
//!
//! Entities are the five of XML and numbers; what a document type defines is not read, so none can
//! grow. Names come without their prefix: the vocabularies read here do not clash.

use std::borrow::Cow;

use encoding_rs::Encoding;
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Elements inside elements deeper than that end the reading.
const DEEPEST: usize = 1_000;

/// Takes what stands in a part.
pub trait Handler {
    /// An element begins.
    fn open(&mut self, element: &Element<'_>);
    /// An element ends; an empty one ends where it began.
    fn close(&mut self, name: &str);
    /// Text between two tags, entities resolved; it may come in several pieces.
    fn text(&mut self, text: &str);
}

/// The start of an element.
pub struct Element<'a> {
    name: &'a str,
    start: &'a BytesStart<'a>,
}

impl Element<'_> {
    /// Its name without prefix.
    pub fn name(&self) -> &str {
        self.name
    }

    /// The value of an attribute, told by its name without prefix.
    pub fn attribute(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut attributes = self.start.attributes();
        let attributes = attributes.with_checks(false).flatten();
        let value = { attributes }.find(|it| it.key.local_name().as_ref() == name)?.value;
        if !value.contains('&') {
            return Some(value);
        }
        Some(quick_xml::escape::unescape(&value).map_or_else(|_| value.to_string(), Cow::into_owned).into())
    }

    /// As [`attribute`](Self::attribute), as a number.
    pub fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.attribute(name)?.trim().parse().ok()
    }
}

/// Tells `handler` all of `part`; `false` where it ends before its end or is no XML from some place on.
///
/// ```
/// use duban_package::xml::{self, Element, Handler};
///
/// #[derive(Default)]
/// struct Text(String);
/// impl Handler for Text {
///     fn open(&mut self, element: &Element<'_>) {
///         self.0.extend(element.attribute("val"));
///     }
///     fn close(&mut self, _: &str) {}
///     fn text(&mut self, text: &str) {
///         self.0.push_str(text);
///     }
/// }
/// let mut text = Text::default();
/// assert!(xml::read("<w:p><w:t w:val='一、'>总&amp;体</w:t></w:p>".as_bytes(), &mut text));
/// assert_eq!(text.0, "一、总&体");
/// ```
pub fn read(part: &[u8], handler: &mut impl Handler) -> bool {
    let text = decoded(part);
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let mut depth = 0;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                depth += 1;
                if depth > DEEPEST {
                    return false;
                }
                open(handler, &start);
            }
            Ok(Event::Empty(start)) => {
                open(handler, &start);
                handler.close(start.local_name().as_ref());
            }
            Ok(Event::End(end)) => {
                depth = depth.saturating_sub(1);
                handler.close(end.local_name().as_ref());
            }
            Ok(Event::Text(text)) => handler.text(&text),
            Ok(Event::CData(text)) => handler.text(&text),
            Ok(Event::GeneralRef(entity)) => resolve(handler, &entity),
            Ok(Event::Eof) => return depth == 0,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

fn open(handler: &mut impl Handler, start: &BytesStart<'_>) {
    handler.open(&Element { name: start.local_name().as_ref(), start });
}

fn resolve(handler: &mut impl Handler, entity: &BytesRef<'_>) {
    if let Ok(Some(character)) = entity.resolve_char_ref() {
        handler.text(character.encode_utf8(&mut [0; 4]));
    } else if let Some(text) = resolve_predefined_entity(entity) {
        handler.text(text);
    }
}

/// XML is UTF-8 unless a byte order mark says otherwise.
fn decoded(part: &[u8]) -> Cow<'_, str> {
    let (encoding, length) = Encoding::for_bom(part).unwrap_or((encoding_rs::UTF_8, 0));
    encoding.decode_without_bom_handling(part.get(length..).unwrap_or_default()).0
}
