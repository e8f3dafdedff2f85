//! Small PDFs written by hand, so that each test shows the whole of what it reads.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used, reason = "each test file uses some of it")]

use std::fmt::Write as _;

use duban_page::{Item, Page, Table};
use duban_pdf::{Options, Pdf};

/// Fonts of every sketch: `F1` Chinese, `F2` the same written vertically, `F3` Latin.
const FONTS: &str = "/F1 5 0 R /F2 6 0 R /F3 7 0 R";

/// A PDF under construction: objects 1 to 8 are the catalog, the page tree and fonts.
pub struct Sketch {
    objects: Vec<Vec<u8>>,
    pages: Vec<usize>,
    catalog: String,
    fonts: String,
}

impl Sketch {
    pub fn new() -> Self {
        let mut sketch = Self {
            objects: vec![Vec::new(); 4],
            pages: Vec::new(),
            catalog: String::new(),
            fonts: String::new(),
        };
        let font = |encoding: &str| {
            format!(
                "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /{encoding} /DescendantFonts [8 0 R] >>"
            )
        };
        sketch.object(&font("UniGB-UCS2-H"));
        sketch.object(&font("UniGB-UCS2-V"));
        sketch.object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
        sketch.object(
            "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] \
             /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
        );
        sketch
    }

    /// Adds an object and gives its number.
    pub fn object(&mut self, body: &str) -> usize {
        self.objects.push(body.as_bytes().to_vec());
        self.objects.len()
    }

    /// Adds a stream and gives its number.
    pub fn stream(&mut self, entries: &str, content: &[u8]) -> usize {
        let mut body = format!("<< {entries} /Length {} >>\nstream\n", content.len()).into_bytes();
        body.extend_from_slice(content);
        body.extend_from_slice(b"\nendstream");
        self.objects.push(body);
        self.objects.len()
    }

    /// Adds a page of A4; `entries` go into its dictionary, `resources` into its resources.
    pub fn page_with(&mut self, content: &str, entries: &str, resources: &str) -> &mut Self {
        let content = self.stream("", content.as_bytes());
        let page = self.object(&format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R \
             /Resources << /Font << {FONTS} {} >> {resources} >> {entries} >>",
            self.fonts
        ));
        self.pages.push(page);
        self
    }

    pub fn page(&mut self, content: &str) -> &mut Self {
        self.page_with(content, "", "")
    }

    /// Adds a font to pages from here on.
    pub fn font(&mut self, name: &str, dictionary: &str) -> &mut Self {
        let number = self.object(dictionary);
        self.fonts = format!("{} /{name} {number} 0 R", self.fonts);
        self
    }

    /// Entries of the catalog.
    pub fn catalog(&mut self, entries: &str) -> &mut Self {
        entries.clone_into(&mut self.catalog);
        self
    }

    /// The file's bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let kids: String = self.pages.iter().fold(String::new(), |mut kids, page| {
            let _ = write!(kids, "{page} 0 R ");
            kids
        });
        let mut objects = self.objects.clone();
        objects[0] = format!("<< /Type /Catalog /Pages 2 0 R {} >>", self.catalog).into_bytes();
        objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", self.pages.len()).into_bytes();
        objects[2] = b"null".to_vec();
        objects[3] = b"null".to_vec();
        let mut bytes = b"%PDF-1.7\n".to_vec();
        let mut places = Vec::new();
        for (index, object) in objects.iter().enumerate() {
            places.push(bytes.len());
            bytes.extend_from_slice(format!("{} 0 obj\n", index + 1).as_bytes());
            bytes.extend_from_slice(object);
            bytes.extend_from_slice(b"\nendobj\n");
        }
        let start = bytes.len();
        bytes.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
        for place in places {
            bytes.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes());
        }
        let size = objects.len() + 1;
        bytes.extend_from_slice(
            format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").as_bytes(),
        );
        bytes
    }

    pub fn read(&self) -> Pdf {
        read(&self.bytes())
    }
}

/// Reads with default options.
#[track_caller]
pub fn read(bytes: &[u8]) -> Pdf {
    duban_pdf::read(bytes, &Options::default()).unwrap()
}

/// A string of `F1` or `F2`.
pub fn hex(text: &str) -> String {
    text.encode_utf16().fold(String::new(), |mut hex, unit| {
        let _ = write!(hex, "{unit:04X}");
        hex
    })
}

/// Paints `text` with its baseline at (x, y) from the lower left corner.
pub fn show(x: f32, y: f32, text: &str) -> String {
    format!("BT /F1 16 Tf 1 0 0 1 {x} {y} Tm <{}> Tj ET\n", hex(text))
}

/// A page's lines, those of cells included.
pub fn lines(page: &Page) -> Vec<String> {
    page.lines().map(duban_page::Line::text).collect()
}

/// The lines of a file's first page.
#[track_caller]
pub fn lines_of(content: &str) -> Vec<String> {
    lines(&Sketch::new().page(content).read().pages[0])
}

/// The tables of a page.
pub fn tables(page: &Page) -> Vec<&Table> {
    page.items
        .iter()
        .filter_map(|item| if let Item::Table(table) = item { Some(table) } else { None })
        .collect()
}

/// The cells of a table's rows as text.
pub fn cells(table: &Table) -> Vec<Vec<String>> {
    let row = |row: &duban_page::Row| row.cells.iter().map(duban_page::Cell::text).collect();
    table.rows.iter().map(row).collect()
}
