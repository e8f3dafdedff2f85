//! Runs the specification of the head, `fixtures/spec/heads.md`.

use duban_document::{
    Alignment, Block, Cell, Document, Format, JoinedText, Layer, Line, Paragraph, Row, Table, TextRange,
};

use super::{BlockRole, Structure};
use crate::reading::Script;

/// A document with one paragraph a line.
pub(super) fn document(text: &str, metadata: &str) -> Document {
    let (mut lines, mut blocks, mut start) = (Vec::new(), Vec::new(), 0);
    for line in text.split('\n') {
        let range = TextRange::new(start, start + line.len());
        lines.push(Line { range, page: None, layer: Layer::Body });
        let joined = JoinedText::from_source(text, range);
        blocks.push(Block::Paragraph(Paragraph { text: joined, alignment: Alignment::Body, heading: None }));
        start += line.len() + 1;
    }
    let pairs = metadata.split(';').filter_map(|pair| pair.split_once('='));
    let metadata = pairs.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect();
    Document {
        format: Format::Text,
        pages: None,
        text: text.to_owned(),
        lines,
        blocks,
        placed: Vec::new(),
        unread: Vec::new(),
        recognition: None,
        metadata,
    }
}

/// The value of `field` as the specification writes it.
fn value(structure: &Structure, field: &str) -> String {
    let head = &structure.head;
    let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "null".to_owned());
    match field {
        "title" => text(&head.title),
        "number" => text(&head.document_number),
        "issuer" => text(&head.issuer),
        "date" => text(&head.issued_on),
        "year" => head.plan_year.map_or("null".to_owned(), |year| year.to_string()),
        "year_in_title" => head.year_in_title.to_string(),
        "to" => head.recipients.join(" / "),
        "attachments" => head.attachments.join(" / "),
        "basis" => {
            let one = |basis: &super::FoundBasis| match &basis.document_number {
                Some(number) => format!("{} ({number})", basis.title),
                None => basis.title.clone(),
            };
            head.basis.iter().map(one).collect::<Vec<_>>().join(" / ")
        }
        "roles" => structure.roles.iter().map(|role| letter(*role)).collect(),
        _ => format!("no field {field}"),
    }
}

fn letter(role: BlockRole) -> char {
    match role {
        BlockRole::Head => 'H',
        BlockRole::PlanTitle => 'P',
        BlockRole::AttachmentMark => 'M',
        BlockRole::AttachmentTitle => 'T',
        BlockRole::Body => 'B',
    }
}

fn read_structure(mut document: Document) -> Structure {
    let script = Script::of(&document.text);
    super::read_structure(&mut document, script)
}

fn printed(block: &Block) -> String {
    block.texts().map(JoinedText::as_str).collect()
}

#[test]
fn heads() {
    const LEAST: usize = 45;
    let path = duban_fixtures::fixture("spec/heads.md");
    let cases = duban_fixtures::parse(&std::fs::read_to_string(path).unwrap());
    assert!(cases.len() >= LEAST, "only {} cases", cases.len());
    let mut failures = Vec::new();
    for case in &cases {
        let text = case.cell("text");
        let document = document(text, case.cell("metadata"));
        let structure = read_structure(document);
        assert_eq!(structure.blocks.len(), structure.roles.len(), "line {}", case.line);
        for expectation in case.cell("expected").split("; ") {
            let (field, expected) = expectation.split_once('=').unwrap_or((expectation, ""));
            let found = value(&structure, field.trim());
            if found != expected.trim() {
                let blocks: Vec<String> = structure.blocks.iter().map(printed).collect();
                failures.push(format!(
                    "line {}: {field}\n  expected {expected}\n  found    {found}\n  blocks   {}",
                    case.line,
                    blocks.join("|")
                ));
            }
        }
    }
    assert!(failures.is_empty(), "{} wrong:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn places_lead_back_to_the_source() {
    let text =
        "云岭县2021年工作要点\n根据《云岭省2021年工作\u{3000}要点》（云政发〔2021〕3号），制定本要点。";
    let structure = read_structure(document(text, ""));
    let places = &structure.head.basis[0].places;
    let printed: String = places.iter().map(|place| place.slice(text)).collect();
    assert_eq!(printed, "云岭省2021年工作\u{3000}要点");
}

#[test]
fn an_imprint_ruled_as_a_table_is_head() {
    let text = "一、春耕\n云岭县农业局办公室\n2021年3月2日印发";
    let mut document = document(text, "");
    let texts: Vec<JoinedText> = document.blocks.iter().flat_map(Block::texts).cloned().collect();
    let cells = texts.into_iter().skip(1).enumerate();
    let cells = cells.map(|(column, text)| Cell { column, column_span: 1, row_span: 1, text }).collect();
    document.blocks.truncate(1);
    document.blocks.push(Block::Table(Table { rows: vec![Row { cells }] }));
    let structure = read_structure(document);
    assert_eq!(structure.roles, [BlockRole::Body, BlockRole::Head]);
    assert_eq!(value(&structure, "issuer"), "云岭县农业局办公室");
    assert_eq!(value(&structure, "date"), "2021-03-02");
}

#[test]
fn nothing_makes_it_panic() {
    for text in [
        "",
        "\n\n",
        "附件",
        "附件：",
        "：",
        "《",
        "》》》",
        "（（（（",
        "号",
        "〔2021〕号",
        "年月日",
        "2021年月日",
        "、、、：",
        "印发的通知",
    ] {
        let structure = read_structure(document(text, "=;标题="));
        assert_eq!(structure.blocks.len(), structure.roles.len(), "{text}");
    }
}
