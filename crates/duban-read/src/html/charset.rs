//! The opening of a web page to the encoding that it declares in a `<meta>`.
//!
//! Pages are often saved in another encoding than they declare, so the declaration only chooses
//! among those that the bytes leave open.

use encoding_rs::{Encoding, GB18030, GBK};

/// How far into a page a declaration is looked for; browsers look at 1024 bytes, servers need more.
const SEARCHED: usize = 8 << 10;

/// The encoding that `<meta charset=…>`, `<meta http-equiv=… content="…charset=…">` or an XML
/// declaration names; GB2312 and GBK as GB18030, which holds both.
pub(super) fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..SEARCHED).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let behind = |key: &str| head.split(key).skip(1).find_map(label);
    let encoding = behind("charset").or_else(|| behind("encoding"))?;
    Some(if encoding == GBK { GB18030 } else { encoding })
}

/// The encoding whose label stands behind `=`.
fn label(rest: &str) -> Option<&'static Encoding> {
    let value = rest.trim_start().strip_prefix('=')?.trim_start_matches([' ', '"', '\'', '\t', '\n']);
    let end = value.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c)).unwrap_or(value.len());
    Encoding::for_label(value.get(..end)?.as_bytes())
}

#[cfg(test)]
mod tests {
    use encoding_rs::{BIG5, UTF_8};

    use super::*;

    #[test]
    fn declarations() {
        let of = |head: &str| declared(head.as_bytes());
        assert_eq!(of("<meta charset='gb2312'>"), Some(GB18030));
        assert_eq!(of("<META http-equiv=Content-Type content=\"text/html; charset=Big5\">"), Some(BIG5));
        assert_eq!(of("<?xml version=\"1.0\" encoding=\"utf-8\"?>"), Some(UTF_8));
        assert_eq!(of("<script charset=\"\"></script><p>charset = 甲</p>"), None);
    }
}
