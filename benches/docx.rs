//! Word files to documents beside unpacking their parts and parsing the XML alone, which is where it begins.

use std::io::{Cursor, Read};

use duban_benches::{Comparison, report, root};
use duban_read::{ReadOptions, read};
use quick_xml::events::Event;
use zip::ZipArchive;

/// Ours takes at most this many times as long as unzipping and parsing.
const BESIDE_XML: f64 = 3.0;
/// The parts of which a text is made.
const PARTS: [&str; 5] = [
    "word/document.xml",
    "word/styles.xml",
    "word/numbering.xml",
    "word/footer1.xml",
    "word/_rels/document.xml.rels",
];

fn main() {
    for folder in ["docx", "docx-libreoffice"] {
        let files = load(folder);
        let compared = Comparison::measure(
            || files.iter().map(|file| blocks(file)).sum(),
            || files.iter().map(|file| events(file)).sum(),
        );
        let label = format!("read {folder} / unzip and parse its XML");
        report(&label, compared.ratio(), BESIDE_XML);
    }
}

/// The Word files of the corpus in `folder` of the forms, about 40 pages together.
fn load(folder: &str) -> Vec<Vec<u8>> {
    let folder = root().join("fixtures/forms").join(folder);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries
        .map(|entry| entry.and_then(|entry| std::fs::read(entry.path())))
        .collect::<Result<_, _>>()
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
}

fn blocks(bytes: &[u8]) -> usize {
    match read("notice.docx", bytes, &ReadOptions::default()) {
        Ok(read) => read.value.blocks.len(),
        Err(error) => panic!("a Word file of the corpus cannot be read: {error}"),
    }
}

/// Unpacks the parts and counts the events of their XML.
fn events(bytes: &[u8]) -> usize {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { panic!("a Word file is a ZIP archive") };
    let mut events = 0;
    for name in PARTS {
        let mut text = String::new();
        let read = archive.by_name(name).ok().and_then(|mut part| part.read_to_string(&mut text).ok());
        if read.is_none() {
            continue;
        }
        let mut reader = quick_xml::Reader::from_str(&text);
        while !matches!(reader.read_event(), Ok(Event::Eof) | Err(_)) {
            events += 1;
        }
    }
    events
}
