//! Bytes to the name of their format: the content decides, the name only where content leaves a choice.

use duban_document::Format;
use duban_package::{Limits, Package};

use crate::container::{is_mail, is_page};
use crate::decode;

/// How far into a file signatures and control characters are looked for.
const SNIFFED: usize = 64 << 10;

/// The format of `bytes`; `None` where they are no document (a picture, a program, a damaged file).
///
/// `name` is only consulted where the content leaves a choice: a Markdown page and a plain text
/// cannot be told apart for certain.
///
/// ```
/// use duban_document::Format;
/// use duban_read::detect_format;
///
/// assert_eq!(detect_format("plan.txt", b"%PDF-1.7\n"), Some(Format::Pdf));
/// assert_eq!(detect_format("plan.md", "# 工作要点\n".as_bytes()), Some(Format::Markdown));
/// assert_eq!(detect_format("plan.txt", "一、总体要求\n".as_bytes()), Some(Format::Text));
/// assert_eq!(detect_format("seal.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), None);
/// // The head of a PDF may stand further in, but a notice may also speak of it.
/// assert_eq!(detect_format("plan.txt", "一、文件以 %PDF-1.7 开头。\n".as_bytes()), Some(Format::Text));
/// ```
pub fn detect_format(name: &str, bytes: &[u8]) -> Option<Format> {
    let head = bytes.get(..SNIFFED).unwrap_or(bytes);
    // Archives come first: what they hold unpacked may be a PDF near their beginning.
    if head.starts_with(b"PK\x03\x04") {
        of_zip(name, bytes)
    } else if head.starts_with(COMPOUND) {
        contains(bytes, &utf16("WordDocument")).then_some(Format::Doc)
    } else if head.starts_with(b"{\\rtf") {
        Some(Format::Rtf)
    } else if duban_pdf::is_pdf(bytes) {
        Some(Format::Pdf)
    } else if decode::is_binary(head) {
        None
    } else if is_mail(head) {
        is_page(head).then_some(Format::Html)
    } else {
        let text = decode::decode(head).text;
        Some(of_text(name, &text))
    }
}

/// The signature of compound files, whose directory names their streams in UTF-16.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Whether the bytes are an office file inside the package that a password makes of it.
pub(crate) fn is_encrypted_office(bytes: &[u8]) -> bool {
    bytes.starts_with(COMPOUND) && contains(bytes, &utf16("EncryptedPackage"))
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// The format that the extension of `name` promises.
///
/// ```
/// use duban_document::Format;
/// use duban_read::promised_by;
///
/// assert_eq!(promised_by("plan.PDF"), Some(Format::Pdf));
/// assert_eq!(promised_by("plan.json"), None);
/// ```
pub fn promised_by(name: &str) -> Option<Format> {
    let (_, extension) = name.rsplit_once('.')?;
    Some(match extension.to_ascii_lowercase().as_str() {
        "pdf" => Format::Pdf,
        "docx" | "docm" | "dotx" => Format::Docx,
        "doc" | "dot" | "wps" | "wpt" => Format::Doc,
        "rtf" => Format::Rtf,
        "odt" => Format::Odt,
        "xlsx" | "xlsm" => Format::Xlsx,
        "ofd" => Format::Ofd,
        "html" | "htm" | "xhtml" | "shtml" | "mht" | "mhtml" => Format::Html,
        "md" | "markdown" => Format::Markdown,
        "txt" | "text" => Format::Text,
        _ => return None,
    })
}

/// A format's name for people.
pub(crate) fn name_of(format: Format) -> &'static str {
    match format {
        Format::Pdf => "PDF",
        Format::Docx => "a Word file (DOCX)",
        Format::Doc => "a Word or WPS file (DOC)",
        Format::Rtf => "Rich Text Format (RTF)",
        Format::Odt => "an OpenDocument text (ODT)",
        Format::Xlsx => "a spreadsheet (XLSX)",
        Format::Ofd => "OFD",
        Format::Html => "a web page (HTML)",
        Format::Markdown => "Markdown",
        Format::Text => "plain text",
        _ => "this format",
    }
}

fn of_zip(name: &str, bytes: &[u8]) -> Option<Format> {
    let Ok(mut package) = Package::open(bytes, Limits::default()) else { return of_damaged_zip(name, bytes) };
    let is_text = |kind: &[u8]| kind.starts_with(b"application/vnd.oasis.opendocument.text");
    if package.has("OFD.xml") {
        Some(Format::Ofd)
    } else if package.has("xl/workbook.xml") {
        Some(Format::Xlsx)
    } else if package.has("word/document.xml") {
        Some(Format::Docx)
    } else if package.has("mimetype") && package.part("mimetype").is_ok_and(|kind| is_text(&kind)) {
        Some(Format::Odt)
    } else {
        None
    }
}

/// What a package was whose directory is lost: told by the names before its parts, else by its own.
fn of_damaged_zip(name: &str, bytes: &[u8]) -> Option<Format> {
    let parts: [(&[u8], Format); 3] =
        [(b"word/document.xml", Format::Docx), (b"OFD.xml", Format::Ofd), (b"xl/workbook.xml", Format::Xlsx)];
    let by_part = parts.into_iter().find(|(part, _)| contains(bytes, part)).map(|(_, format)| format);
    let is_package =
        |format: &Format| matches!(format, Format::Docx | Format::Ofd | Format::Xlsx | Format::Odt);
    promised_by(name).filter(is_package).or(by_part)
}

fn of_text(name: &str, text: &str) -> Format {
    if is_html(text) {
        return Format::Html;
    }
    match promised_by(name) {
        Some(Format::Markdown) => Format::Markdown,
        Some(Format::Text) => Format::Text,
        _ if is_markdown(text) => Format::Markdown,
        _ => Format::Text,
    }
}

/// End tags of which even a part of a web page has several.
const BLOCK_TAGS: [&str; 6] = ["</p>", "</div>", "</td>", "</table>", "</span>", "</li>"];

/// Whether the text opens as a web page does, or is a part of one: several block tags.
fn is_html(text: &str) -> bool {
    let opening: String = text.trim_start().chars().take(16).collect::<String>().to_ascii_lowercase();
    let opens = |tag: &str| opening.starts_with(tag);
    if opens("<!doctype html") || opens("<html") || opens("<head") || opens("<body") {
        return true;
    }
    opening.starts_with('<') && BLOCK_TAGS.iter().map(|tag| text.matches(tag).count()).sum::<usize>() >= 2
}

/// Whether a text without a telling name uses what only Markdown has: headings or a ruled table.
fn is_markdown(text: &str) -> bool {
    text.lines().any(|line| {
        let heading = line.trim_start_matches('#');
        let depth = line.len() - heading.len();
        let rule = line.contains("---") && line.contains('|');
        (1..=6).contains(&depth) && heading.starts_with(' ')
            || rule && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
    })
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}
