//! Lists to the labels that they print (ECMA-376-1, 17.9).
//!
//! A paragraph names a list (`num`) and a level in it. Lists are drawn from a model
//! (`abstractNum`), and those of one model count on together unless a list says that it starts anew.

use std::collections::{HashMap, HashSet};

use duban_package::xml::{Element, Handler};

use crate::numeral;

/// Levels of a list.
const LEVELS: usize = 9;

/// Marks that part a label from its text.
const MARKS: [char; 10] = ['、', '.', '．', '。', ')', '）', '】', '〕', ':', '：'];

/// One level of a list.
#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: String,
    /// The label; `%1` stands for the number of the first level.
    text: String,
    /// Begins anew behind a paragraph of this level (from 1) or one above; 0 never does.
    restart: Option<usize>,
    /// Whether all numbers in the label are printed in digits.
    legal: bool,
    /// Whether a tab or a space follows the label.
    spaced: bool,
    /// The paragraph style that stands for this level.
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 1,
            format: "decimal".to_owned(),
            text: String::new(),
            restart: None,
            legal: false,
            spaced: true,
            style: None,
        }
    }
}

/// A model of lists.
#[derive(Clone, Debug, Default)]
struct Model {
    levels: [Level; LEVELS],
    /// The list style that holds the levels instead.
    style_link: Option<String>,
}

/// A list.
#[derive(Clone, Debug, Default)]
struct List {
    model: String,
    /// Levels of its own, and where it starts anew.
    levels: HashMap<usize, Level>,
    starts: HashMap<usize, u32>,
}

/// All lists of a file.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    models: HashMap<String, Model>,
    lists: HashMap<String, List>,
    /// Of each list style, the model that holds its levels.
    styles: HashMap<String, String>,
}

/// How far each list has come.
#[derive(Debug, Default)]
pub(super) struct Counters {
    /// Of each model, the number last printed at each level.
    counts: HashMap<String, [Option<i64>; LEVELS]>,
    /// Lists and levels that started anew already.
    started: HashSet<(String, usize)>,
}

impl Numbering {
    /// The level of list `list` that the paragraph styles `styles` stand for.
    pub(super) fn level_of(&self, list: &str, styles: &[&str]) -> Option<usize> {
        let model = self.model_of(list)?.1;
        let is_linked = |level: &Level| level.style.as_deref().is_some_and(|style| styles.contains(&style));
        model.levels.iter().position(is_linked)
    }

    /// The label of the next paragraph at `level` of list `list`, with what parts it from the text.
    pub(super) fn next(&self, counters: &mut Counters, list: &str, level: usize) -> Option<String> {
        let level = level.min(LEVELS - 1);
        let (name, model) = self.model_of(list)?;
        let own = self.lists.get(list)?;
        let level_at = |at: usize| own.levels.get(&at).or_else(|| model.levels.get(at));
        let counts = counters.counts.entry(name.to_owned()).or_default();
        if let Some(start) = own.starts.get(&level)
            && counters.started.insert((list.to_owned(), level))
        {
            counts[level] = Some(i64::from(*start) - 1);
        }
        let start = level_at(level).map_or(1, |level| i64::from(level.start));
        counts[level] = Some(counts[level].map_or(start, |count| count + 1));
        for (deeper, count) in counts.iter_mut().enumerate().skip(level + 1) {
            let restart = level_at(deeper).and_then(|level| level.restart);
            if restart.is_none_or(|restart| level < restart) {
                *count = None;
            }
        }
        let shown = level_at(level)?;
        let mut label = String::new();
        let mut signs = shown.text.chars().peekable();
        while let Some(sign) = signs.next() {
            let place = signs.peek().filter(|_| sign == '%').and_then(|c| c.to_digit(10));
            let Some(place) = place.and_then(|place| (place as usize).checked_sub(1)) else {
                label.push(sign);
                continue;
            };
            signs.next();
            let Some(part) = level_at(place) else { continue };
            let count = counts.get(place).copied().flatten();
            let value = count.and_then(|count| u32::try_from(count).ok()).unwrap_or(part.start);
            let legal = shown.legal && part.format != "none";
            label.push_str(&numeral::format(value, if legal { "decimal" } else { &part.format }));
        }
        let label = bullet(&label);
        // A mark at the end (、 . ）) parts well enough; a number alone would run into the text.
        let parted = shown.spaced && !label.is_empty() && !label.ends_with(MARKS);
        Some(if parted { format!("{label} ") } else { label })
    }

    /// The model of a list and its name, list styles followed.
    fn model_of(&self, list: &str) -> Option<(&str, &Model)> {
        let mut name = self.lists.get(list)?.model.as_str();
        let mut model = self.models.get(name)?;
        if let Some(style) = &model.style_link {
            name = self.styles.get(style)?;
            model = self.models.get(name)?;
        }
        Some((name, model))
    }
}

/// A label without characters of symbol fonts, which mean nothing outside their font.
fn bullet(label: &str) -> String {
    let is_private = |c: char| matches!(u32::from(c), 0xE000..=0xF8FF);
    label.chars().map(|c| if is_private(c) { '•' } else { c }).collect()
}

/// Reads `numbering.xml`.
#[derive(Default)]
pub(super) struct Reader {
    numbering: Numbering,
    model: Option<(String, Model)>,
    list: Option<(String, List)>,
    level: Option<(usize, Level)>,
    /// The level that a list overrides.
    overridden: Option<usize>,
}

impl Reader {
    pub(super) fn finish(self) -> Numbering {
        self.numbering
    }
}

impl Handler for Reader {
    fn open(&mut self, element: &Element<'_>) {
        let value = || element.attribute("val").map(std::borrow::Cow::into_owned);
        match element.name() {
            "abstractNum" => {
                self.model = element.attribute("abstractNumId").map(|id| (id.into_owned(), Model::default()));
            }
            "num" => self.list = element.attribute("numId").map(|id| (id.into_owned(), List::default())),
            "abstractNumId" => {
                if let (Some((_, list)), Some(model)) = (&mut self.list, value()) {
                    list.model = model;
                }
            }
            "numStyleLink" => {
                if let Some((_, model)) = &mut self.model {
                    model.style_link = value();
                }
            }
            "styleLink" => {
                if let (Some((id, _)), Some(style)) = (&self.model, value()) {
                    self.numbering.styles.insert(style, id.clone());
                }
            }
            "lvlOverride" => self.overridden = element.number("ilvl"),
            "startOverride" => {
                if let (Some((_, list)), Some(level), Some(start)) =
                    (&mut self.list, self.overridden, element.number("val"))
                {
                    list.starts.insert(level, start);
                }
            }
            "lvl" => self.level = element.number("ilvl").map(|level| (level, Level::default())),
            name => {
                if let Some((_, level)) = &mut self.level {
                    match name {
                        "start" => level.start = element.number("val").unwrap_or(1),
                        "numFmt" => level.format = value().unwrap_or_default(),
                        "lvlText" => level.text = value().unwrap_or_default(),
                        "lvlRestart" => level.restart = element.number("val"),
                        "isLgl" => level.legal = value().is_none_or(|value| value != "0" && value != "false"),
                        "suff" => level.spaced = value().is_none_or(|value| value != "nothing"),
                        "pStyle" => level.style = value(),
                        _ => {}
                    }
                }
            }
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "lvl" => {
                let Some((at, level)) = self.level.take() else { return };
                if let Some((_, list)) = &mut self.list {
                    list.levels.insert(at, level);
                } else if let Some(place) =
                    self.model.as_mut().and_then(|(_, model)| model.levels.get_mut(at))
                {
                    *place = level;
                }
            }
            "abstractNum" => self.numbering.models.extend(self.model.take()),
            "num" => self.numbering.lists.extend(self.list.take()),
            "lvlOverride" => self.overridden = None,
            _ => {}
        }
    }

    fn text(&mut self, _: &str) {}
}
