//! Names and attributes of elements to what they mean for reading: blocks, hidden parts, alignment.

use duban_document::Alignment;
use scraper::node::Element;

/// Whether an element begins and ends a paragraph.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}

/// Whether nobody reads what the element holds: code, controls, hidden copies.
pub(super) fn is_unread(element: &Element) -> bool {
    let name = element.name();
    let machinery = matches!(
        name,
        "head"
            | "script"
            | "style"
            | "noscript"
            | "template"
            | "iframe"
            | "object"
            | "embed"
            | "canvas"
            | "svg"
            | "math"
            | "button"
            | "select"
            | "textarea"
            | "datalist"
            | "input"
            | "audio"
            | "video"
            | "map"
            | "noframes"
    );
    // Pages that show themselves by a script hide their body until it has run.
    machinery || !matches!(name, "html" | "body") && is_hidden(element)
}

fn is_hidden(element: &Element) -> bool {
    element.attr("hidden").is_some()
        || element.attr("aria-hidden").is_some_and(|value| value.eq_ignore_ascii_case("true"))
        || style(element, "display").is_some_and(|value| value.eq_ignore_ascii_case("none"))
        || style(element, "visibility").is_some_and(|value| value.eq_ignore_ascii_case("hidden"))
}

/// The value of `property` in the element's own style, the last where it is given several times.
pub(super) fn style<'a>(element: &'a Element, property: &str) -> Option<&'a str> {
    let declarations = element.attr("style")?.split(';').rev();
    declarations.filter_map(|declaration| declaration.split_once(':')).find_map(|(name, value)| {
        let value = value.split('!').next().unwrap_or(value).trim();
        name.trim().eq_ignore_ascii_case(property).then_some(value)
    })
}

/// How the element says its text stands; `None` where it says nothing.
///
/// A cell's alignment is that of a frame around the page as often as not, so cells and tables start
/// anew.
pub(super) fn alignment(element: &Element) -> Option<Alignment> {
    match element.name() {
        "td" | "th" | "table" | "body" => return Some(Alignment::Body),
        "center" => return Some(Alignment::Centre),
        _ => {}
    }
    let value = style(element, "text-align").or_else(|| element.attr("align"))?;
    Some(match value.to_ascii_lowercase().as_str() {
        "center" | "-webkit-center" => Alignment::Centre,
        "right" | "end" => Alignment::Right,
        _ => Alignment::Body,
    })
}

/// The level of a heading element.
pub(super) fn heading(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}

/// Whether the element's name or its id and classes say that it is the page's own: menus, share bars, forms.
pub(super) fn is_noise(element: &Element) -> bool {
    if matches!(element.name(), "nav" | "footer" | "aside" | "form") {
        return true;
    }
    let names = element.id().into_iter().chain(element.classes());
    names
        .map(str::to_ascii_lowercase)
        .any(|name| super::words::words(super::words::NOISE).any(|noise| name.starts_with(noise)))
}
