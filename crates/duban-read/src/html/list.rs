//! Numbers that a browser prints before the items of an ordered list.

use duban_office::numeral;
use scraper::node::Element;

use super::elements::style;

/// A list that is open.
#[derive(Clone, Debug)]
pub(super) struct List {
    /// Word's name of its numbers and the mark behind them; `None` for lists without numbers.
    kind: Option<(&'static str, &'static str)>,
    next: u32,
}

impl List {
    /// The list that an `ol` or `ul` begins.
    pub(super) fn of(element: &Element) -> Self {
        let kind = if element.name() == "ol" { kind(element) } else { None };
        Self { kind, next: element.attr("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1) }
    }

    /// The label of the next item.
    pub(super) fn label(&mut self, item: &Element) -> Option<String> {
        let own = item.attr("value").and_then(|value| value.trim().parse().ok());
        let number = own.unwrap_or(self.next);
        self.next = number.saturating_add(1);
        let (format, mark) = self.kind?;
        Some(format!("{}{mark}", numeral::format(number, format)))
    }
}

/// The numbers that the element's style or type asks for (CSS Counter Styles, 6 and 7).
fn kind(element: &Element) -> Option<(&'static str, &'static str)> {
    let styled = style(element, "list-style-type").or_else(|| style(element, "list-style"));
    let named = styled.map(|value| value.split_whitespace().next().unwrap_or_default().to_ascii_lowercase());
    Some(match named.as_deref().or_else(|| element.attr("type")) {
        Some("none" | "disc" | "circle" | "square") => return None,
        Some("cjk-ideographic" | "simp-chinese-informal" | "trad-chinese-informal" | "japanese-informal") => {
            ("chineseCounting", "、")
        }
        Some("cjk-decimal") => ("ideographDigital", "、"),
        Some("simp-chinese-formal") => ("chineseLegalSimplified", "、"),
        Some("cjk-heavenly-stem") => ("ideographTraditional", "、"),
        Some("lower-alpha" | "lower-latin" | "a") => ("lowerLetter", "."),
        Some("upper-alpha" | "upper-latin" | "A") => ("upperLetter", "."),
        Some("lower-roman" | "i") => ("lowerRoman", "."),
        Some("upper-roman" | "I") => ("upperRoman", "."),
        _ => ("decimal", "."),
    })
}
