//! Archives and mails to the files in them.

use duban_package::{Limits, Package};
use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

use crate::format::detect_format;
use crate::{ReadError, decode};

/// How far into a file the head of a mail is looked for.
const SNIFFED: usize = 16 << 10;
/// Fields that every mail has some of.
const MAIL_FIELDS: [&str; 7] = ["from", "to", "subject", "date", "message-id", "received", "mime-version"];
/// How many of them make a head of lines a mail's.
const ENOUGH_FIELDS: usize = 3;

/// What holds files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// A ZIP archive.
    Archive,
    /// A mail (RFC 5322) with its attachments.
    Mail,
}

/// A file inside a container.
#[derive(Debug)]
pub struct Enclosed {
    /// Its name in the container.
    pub name: String,
    /// Its bytes, or why they cannot be had.
    pub bytes: Result<Vec<u8>, ReadError>,
}

/// Which container `bytes` are; `None` for what is a document itself, or neither.
///
/// ```
/// use duban_read::{Container, container_of};
///
/// let mail = b"From: a@example.cn\nTo: b@example.cn\nSubject: x\n\ntext\n";
/// assert_eq!(container_of("notice.eml", mail), Some(Container::Mail));
/// assert_eq!(container_of("notice.txt", "主送：各镇".as_bytes()), None);
/// ```
pub fn container_of(name: &str, bytes: &[u8]) -> Option<Container> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return detect_format(name, bytes).is_none().then_some(Container::Archive);
    }
    (is_mail(bytes) && !is_page(bytes)).then_some(Container::Mail)
}

/// The files in a container, `budget` bytes at most; what is unpacked is taken from it.
pub fn enclosed(container: Container, bytes: &[u8], budget: &mut u64) -> Result<Vec<Enclosed>, ReadError> {
    match container {
        Container::Archive => of_archive(bytes, budget),
        Container::Mail => Ok(of_mail(bytes, budget)),
    }
}

fn of_archive(bytes: &[u8], budget: &mut u64) -> Result<Vec<Enclosed>, ReadError> {
    let limits = Limits { total_bytes: *budget, ..Limits::default() };
    let mut package = Package::open(bytes, limits).map_err(ReadError::Archive)?;
    let names = package.names().to_vec();
    let mut files = Vec::new();
    for (index, name) in names.into_iter().enumerate().filter(|(_, name)| !is_aside(name)) {
        let bytes = package.part_at(index).map_err(ReadError::Archive);
        *budget = budget.saturating_sub(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64));
        files.push(Enclosed { name, bytes });
    }
    Ok(files)
}

/// Folders, and files that systems leave in archives.
fn is_aside(name: &str) -> bool {
    let mut steps = name.split('/');
    name.ends_with('/')
        || steps.any(|step| step.starts_with('.') || step == "__MACOSX" || step == "Thumbs.db")
}

/// The attachments, and the text of the mail before them: where notices are attached it is a note on
/// the way to them, so it comes only where there are none.
fn of_mail(bytes: &[u8], budget: &mut u64) -> Vec<Enclosed> {
    let Some(message) = MessageParser::default().parse(bytes) else { return Vec::new() };
    let mut files = Vec::new();
    for (number, part) in (1..).zip(message.attachments()) {
        let name = part.attachment_name().map_or_else(|| format!("attachment-{number}"), str::to_owned);
        let (name, contents) = match &part.body {
            PartType::Message(inner) => (format!("{name}.eml"), inner.raw_message().to_vec()),
            _ => (name, part.contents().to_vec()),
        };
        files.push(Enclosed { name, bytes: within(contents, budget) });
    }
    let is_notice = |file: &Enclosed| {
        let bytes = file.bytes.as_deref().unwrap_or_default();
        detect_format(&file.name, bytes).is_some() || container_of(&file.name, bytes).is_some()
    };
    if !files.iter().any(is_notice) {
        files.extend(text_of(&message).map(|(name, text)| Enclosed {
            name: name.to_owned(),
            bytes: within(text.into_bytes(), budget),
        }));
    }
    files
}

/// The text of a mail and a name for it.
fn text_of(message: &Message<'_>) -> Option<(&'static str, String)> {
    let has_html = message.html_body.iter().any(|part| {
        message.parts.get(*part as usize).is_some_and(|part| matches!(part.body, PartType::Html(_)))
    });
    if has_html {
        return message.body_html(0).map(|text| ("body.html", text.into_owned()));
    }
    message.body_text(0).map(|text| ("body.txt", text.into_owned()))
}

fn within(bytes: Vec<u8>, budget: &mut u64) -> Result<Vec<u8>, ReadError> {
    let length = bytes.len() as u64;
    if length > *budget {
        return Err(ReadError::TooLarge {
            bytes: bytes.len(),
            limit: usize::try_from(*budget).unwrap_or(usize::MAX),
        });
    }
    *budget -= length;
    Ok(bytes)
}

/// Whether the bytes begin with the head of a mail.
pub(crate) fn is_mail(bytes: &[u8]) -> bool {
    let head = bytes.get(..SNIFFED).unwrap_or(bytes);
    if decode::is_binary(head) {
        return false;
    }
    let head = String::from_utf8_lossy(head);
    let lines = head.lines().take_while(|line| !line.trim().is_empty());
    let mut fields = 0;
    for line in lines {
        if line.starts_with([' ', '\t']) && fields > 0 {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return false };
        let is_name =
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !is_name {
            return false;
        }
        fields += usize::from(MAIL_FIELDS.contains(&name.to_ascii_lowercase().as_str()));
    }
    fields >= ENOUGH_FIELDS
}

/// Whether the bytes are a web page that a browser saved with its pictures (MHTML, RFC 2557);
/// they are known to begin as a mail.
pub(crate) fn is_page(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..SNIFFED).unwrap_or(bytes));
    let head = head.split("\n\n").next().unwrap_or_default().split("\r\n\r\n").next().unwrap_or_default();
    let head = head.to_ascii_lowercase();
    // Nobody is addressed by a page that was saved.
    head.contains("multipart/related") && !head.starts_with("to:") && !head.contains("\nto:")
}

/// The page of an MHTML file, in UTF-8.
pub(crate) fn page(bytes: &[u8]) -> Option<String> {
    MessageParser::default().parse(bytes)?.body_html(0).map(std::borrow::Cow::into_owned)
}

/// Whether a name is that of a container, for who has not looked inside.
///
/// ```
/// assert!(duban_read::is_container_name("附件.ZIP"));
/// assert!(!duban_read::is_container_name("附件.pdf"));
/// ```
pub fn is_container_name(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    matches!(extension.as_deref(), Some("zip" | "eml"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARCHIVE: &[u8] = include_bytes!("../../../fixtures/containers/notices.zip");

    #[test]
    fn what_passes_the_budget_is_an_error_and_the_rest_goes_on() {
        let sizes = |budget: u64| -> Vec<bool> {
            let files = enclosed(Container::Archive, ARCHIVE, &mut { budget }).expect("the archive is whole");
            files.iter().map(|file| file.bytes.is_ok()).collect()
        };
        assert_eq!(sizes(1 << 20), [true; 4]);
        assert_eq!(sizes(200), [true, false, false, true]);
    }

    #[test]
    fn a_page_that_was_saved_is_no_mail() {
        let page = b"From: <Saved by Blink>\nSubject: x\nDate: Mon, 1 Jan 2024 00:00:00 +0000\n\
            MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n--a\n";
        assert_eq!(container_of("page.mht", page), None);
        assert_eq!(detect_format("page.mht", page), Some(duban_document::Format::Html));
    }
}
