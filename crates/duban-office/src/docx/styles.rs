//! Paragraph styles, each with what it takes from the style it is based on (ECMA-376-1, 17.7).

use std::borrow::Cow;
use std::collections::HashMap;

use duban_document::Alignment;
use duban_package::xml::{Element, Handler};

/// Longest chain of styles based on each other.
const LONGEST_CHAIN: usize = 32;

/// What a paragraph or its style says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Properties {
    pub(super) style: Option<String>,
    pub(super) alignment: Option<Alignment>,
    /// The list, `0` for none.
    pub(super) list: Option<String>,
    pub(super) level: Option<usize>,
    /// Level of a heading, from 0; 9 for body text.
    pub(super) outline: Option<u8>,
    /// Columns from the margin to the text.
    pub(super) left: Option<u32>,
    /// Columns from there to the first line.
    pub(super) first: Option<u32>,
}

/// Twentieths of a point of a column, half of a character of 16 points (GB/T 9704, 三号字).
const COLUMN: u32 = 160;

impl Properties {
    /// Takes what `element`, a child of `pPr` or of `numPr`, says.
    pub(super) fn take(&mut self, element: &Element<'_>) {
        let value = || element.attribute("val").map(Cow::into_owned);
        match element.name() {
            "pStyle" => self.style = value(),
            "numId" => self.list = value(),
            "ilvl" => self.level = element.number("val"),
            "outlineLvl" => self.outline = element.number("val"),
            "jc" => {
                self.alignment = value().map(|value| match value.as_str() {
                    "center" => Alignment::Centre,
                    "right" | "end" => Alignment::Right,
                    _ => Alignment::Body,
                });
            }
            "ind" => {
                // Hundredths of a character, two columns each, take precedence (17.3.1.12).
                let columns = |characters: &str, twips: &[&str]| {
                    let by_characters =
                        element.number::<i32>(characters).filter(|it| *it != 0).map(|it| it / 50);
                    let by_twips = || twips.iter().find_map(|name| element.number::<i32>(name));
                    let columns = by_characters.or_else(|| by_twips().map(|it| it / COLUMN.cast_signed()));
                    columns.map(|columns| u32::try_from(columns).unwrap_or(0))
                };
                self.left = columns("leftChars", &["left", "start"]).or(self.left);
                self.first = columns("firstLineChars", &["firstLine"]).or(self.first);
            }
            _ => {}
        }
    }

    /// What is said here, and by `base` where nothing is.
    fn over(self, base: Self) -> Self {
        Self {
            style: self.style.or(base.style),
            alignment: self.alignment.or(base.alignment),
            list: self.list.or(base.list),
            level: self.level.or(base.level),
            outline: self.outline.or(base.outline),
            left: self.left.or(base.left),
            first: self.first.or(base.first),
        }
    }
}

#[derive(Debug, Default)]
struct Style {
    base: Option<String>,
    is_contents: bool,
    properties: Properties,
}

/// All styles of a file.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    default: Option<String>,
}

/// What holds for a paragraph.
pub(super) struct Resolved<'a> {
    pub(super) properties: Properties,
    /// Its style and those that it is based on.
    pub(super) chain: Vec<&'a str>,
    /// Whether it is an entry of a table of contents.
    pub(super) is_contents: bool,
}

impl Styles {
    /// What holds for a paragraph that says `own` of itself.
    pub(super) fn resolve(&self, own: Properties) -> Resolved<'_> {
        let mut chain = Vec::new();
        let mut is_contents = false;
        let named = own.style.as_ref().and_then(|name| self.styles.get_key_value(name));
        let mut next = named.or_else(|| self.styles.get_key_value(self.default.as_ref()?));
        let mut properties = own;
        while let Some((name, style)) = next {
            if chain.len() >= LONGEST_CHAIN {
                break;
            }
            is_contents |= style.is_contents;
            // A list that a style names is not counted at a level that the paragraph's own list had.
            properties = properties.over(style.properties.clone());
            chain.push(name.as_str());
            next = style.base.as_ref().and_then(|base| self.styles.get_key_value(base));
        }
        Resolved { properties, chain, is_contents }
    }
}

/// Reads `styles.xml`.
#[derive(Default)]
pub(super) struct Reader {
    styles: Styles,
    style: Option<(String, Style)>,
    in_paragraph: bool,
}

impl Reader {
    pub(super) fn finish(self) -> Styles {
        self.styles
    }
}

impl Handler for Reader {
    fn open(&mut self, element: &Element<'_>) {
        if element.name() == "style" {
            let is_paragraph = element.attribute("type").is_none_or(|kind| kind == "paragraph");
            let id = element.attribute("styleId").filter(|_| is_paragraph).map(Cow::into_owned);
            let is_default =
                element.attribute("default").is_some_and(|value| value == "1" || value == "true");
            if is_default && id.is_some() {
                self.styles.default.clone_from(&id);
            }
            self.style = id.map(|id| (id, Style::default()));
            return;
        }
        let Some((_, style)) = &mut self.style else { return };
        match element.name() {
            "basedOn" => style.base = element.attribute("val").map(Cow::into_owned),
            "name" => {
                let name = element.attribute("val").unwrap_or_default().to_lowercase();
                style.is_contents =
                    name.strip_prefix("toc ").is_some_and(|level| level.parse::<u8>().is_ok());
            }
            "pPr" => self.in_paragraph = true,
            _ if self.in_paragraph => style.properties.take(element),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "pPr" => self.in_paragraph = false,
            "style" => {
                if let Some((id, style)) = self.style.take() {
                    self.styles.styles.insert(id, style);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, _: &str) {}
}
