//! What a page states about its notice (索引号, 发文机关, 成文日期, `<meta>`) to names and values.

use scraper::{Html, Node};

use super::main_part::MainPart;
use super::page::{Item, Page};
use super::table::PageTable;
use super::words::{self, FIELDS, PLAIN_FIELDS};

/// Longest name of a field, in characters without blanks.
const LONGEST_NAME: usize = 8;
/// Most `<meta>` tags that are read: pages have a dozen.
const MOST_META: usize = 64;
/// Shortest heading that is the notice's title and no name of a site, in Chinese characters.
const SHORTEST_TITLE: usize = 8;

/// A name and its value, as printed.
pub(super) type Field = (String, String);

/// The fields of the page's tables and of its lines outside the notice, in reading order, then the
/// heading that the page prints above the notice, as 标题.
pub(super) fn of_page(page: &Page, main: &MainPart) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    // The name of a field whose value stands in the next line.
    let mut open: Option<String> = None;
    let mut title = None;
    for (index, item) in page.items.iter().enumerate() {
        match item {
            Item::Table(table) if are_of_page(table) => fields.extend(of_table(table).0),
            Item::Line(line) if !main.kept.get(index).is_some_and(|kept| *kept) => {
                let named = of_line(&line.text);
                if let (Some(name), true) = (open.take(), named.is_empty()) {
                    fields.push((name, line.text.clone()));
                }
                open = named.last().filter(|(_, value)| value.is_empty()).map(|(name, _)| name.clone());
                fields.extend(named.into_iter().filter(|(_, value)| !value.is_empty()));
                let is_title = line.heading.is_some() && line.count.han >= SHORTEST_TITLE;
                if is_title && index < main.range.start && line.count.links == 0 {
                    title.get_or_insert_with(|| ("标题".to_owned(), line.text.clone()));
                }
            }
            _ => {}
        }
    }
    fields.extend(title);
    fields
}

/// `<title>` and the named `<meta>` tags.
pub(super) fn of_head(html: &Html) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut titled = false;
    for node in html.tree.nodes() {
        let Node::Element(element) = node.value() else { continue };
        let field = match element.name() {
            "title" if !titled => {
                titled = true;
                let text: String =
                    node.children().filter_map(|child| child.value().as_text()).map(|text| &**text).collect();
                Some(("title".to_owned(), text))
            }
            "meta" if fields.len() < MOST_META => element
                .attr("name")
                .zip(element.attr("content"))
                .map(|(name, content)| (name.trim().to_owned(), content.to_owned())),
            _ => None,
        };
        fields.extend(
            field.map(|(name, value)| (name, value.trim().to_owned())).filter(|(_, value)| !value.is_empty()),
        );
    }
    fields
}

/// Whether the table states fields about the notice rather than being part of it.
pub(super) fn are_of_page(table: &PageTable) -> bool {
    let (fields, others) = of_table(table);
    let sure = fields.iter().any(|(name, _)| is_listed(name, FIELDS));
    sure && others <= fields.len()
}

/// The fields of a table, a name and the cell behind it or both in one, and how many cells are neither.
fn of_table(table: &PageTable) -> (Vec<Field>, usize) {
    let mut fields: Vec<Field> = Vec::new();
    let mut others = 0;
    for row in &table.rows {
        let mut open: Option<usize> = None;
        for cell in row {
            let text = cell.text();
            let named = of_line(&text);
            if named.is_empty() && is_name(&text) {
                open = Some(fields.len());
                fields.push((text, String::new()));
            } else if !named.is_empty() {
                open = named
                    .last()
                    .filter(|(_, value)| value.is_empty())
                    .map(|_| fields.len() + named.len() - 1);
                fields.extend(named);
            } else if let Some((_, value)) = open.take().and_then(|index| fields.get_mut(index)) {
                *value = text;
            } else if !text.is_empty() {
                others += 1;
            }
        }
    }
    (fields, others)
}

/// The fields of a line; a name is all that stands before its colon, or the last word of that.
fn of_line(text: &str) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    let mut start = 0;
    for (colon, mark) in text.match_indices(['：', ':']) {
        let before = text.get(start..colon).unwrap_or_default();
        let word = before.rsplit(|c: char| c.is_whitespace() || c == '|').next().unwrap_or_default();
        let Some(name) = [before, word].into_iter().find(|name| is_name(name)) else { continue };
        let value = text.get(start..colon - name.len()).unwrap_or_default();
        match fields.last_mut() {
            Some((_, last)) => last.push_str(value.trim_matches(|c: char| c.is_whitespace() || c == '|')),
            None if !value.trim().is_empty() && start == 0 && !is_name(word) => return Vec::new(),
            None => {}
        }
        fields.push((name.trim().to_owned(), String::new()));
        start = colon + mark.len();
    }
    if let Some((_, last)) = fields.last_mut() {
        last.push_str(text.get(start..).unwrap_or_default().trim());
    }
    fields
}

fn is_name(text: &str) -> bool {
    is_listed(text, FIELDS) || is_listed(text, PLAIN_FIELDS)
}

fn is_listed(name: &str, list: &'static str) -> bool {
    let name = name.trim_start_matches(['【', '[', '·']).trim_end_matches(['：', ':', '】', ']']);
    let mut bare = name.chars().filter(|c| !c.is_whitespace());
    let word: String = bare.by_ref().take(LONGEST_NAME).collect();
    bare.next().is_none() && !word.is_empty() && words::words(list).any(|listed| listed == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_a_line() {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            of_line("发布日期：2031-07-01 10:30 来源：县政府办 浏览次数："),
            [field("发布日期", "2031-07-01 10:30"), field("来源", "县政府办"), field("浏览次数", "")]
        );
        assert_eq!(of_line("索 引 号：QL-2031"), [field("索 引 号", "QL-2031")]);
        assert!(of_line("责任单位：县财政局").is_empty());
    }
}
