//! The source of a page to as much of it as can be parsed in linear time.
//!
//! The tree of HTML is built by rules that look back through all open elements, compare every
//! attribute with those before it and open unclosed `<b>` and `<font>` anew in each block. A page made
//! for it takes hours so; one scan of its tags finds where such a page begins to.

/// Most elements inside each other.
const DEEPEST: usize = 2_000;
/// Most attributes of a tag.
const MOST_ATTRIBUTES: usize = 2_000;
/// Most nodes of the tree, those included that unclosed formatting adds.
const MOST_NODES: usize = 3_000_000;
/// Most looks at open elements and other attributes.
const MOST_LOOKS: usize = 300_000_000;

/// The source as far as it is parsed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Bounded<'a> {
    pub(super) source: &'a str,
    /// What the rest of it has too much of.
    pub(super) excess: Option<String>,
}

/// Cuts `source` before the first tag that goes beyond a bound.
pub(super) fn bounded(source: &str) -> Bounded<'_> {
    let mut scan = Scan { bytes: source.as_bytes(), ..Scan::default() };
    while let Some(start) = scan.next_tag() {
        if let Some(excess) = scan.tag(start) {
            let line = source.bytes().take(start).filter(|byte| *byte == b'\n').count() + 1;
            let excess = format!("the page was read up to line {line} only: {excess}");
            return Bounded { source: source.get(..start).unwrap_or_default(), excess: Some(excess) };
        }
    }
    Bounded { source, excess: None }
}

/// An element not yet closed.
struct Open<'a> {
    name: &'a [u8],
    /// Formatting elements open before it.
    formatting: usize,
}

#[derive(Default)]
struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    open: Vec<Open<'a>>,
    /// Formatting elements that the next block opens anew.
    formatting: usize,
    /// Elements of other vocabularies, inside which a script is text with tags.
    foreign: usize,
    nodes: usize,
    looks: usize,
}

impl<'a> Scan<'a> {
    /// Where the next tag begins; comments are passed over.
    fn next_tag(&mut self) -> Option<usize> {
        loop {
            let rest = self.bytes.get(self.at..)?;
            let start = self.at + find(rest, b"<")?;
            let tag = self.bytes.get(start + 1..)?;
            if let Some(comment) = tag.strip_prefix(b"!--") {
                // `<!-->` is a whole comment: its dashes may be those of its end.
                let dashes = tag.get(1..).unwrap_or(comment);
                self.at = start + 2 + end_of_comment(dashes)?;
                continue;
            }
            if tag.strip_prefix(b"/").unwrap_or(tag).first().is_some_and(u8::is_ascii_alphabetic) {
                return Some(start);
            }
            self.at = start + 1;
        }
    }

    /// Reads the tag at `start`; the answer is what there is too much of.
    fn tag(&mut self, start: usize) -> Option<String> {
        let closes = self.bytes.get(start + 1) == Some(&b'/');
        let name_start = start + 1 + usize::from(closes);
        let tail = self.bytes.get(name_start..).unwrap_or_default();
        let len = tail.iter().position(|byte| b" \t\n\r\x0C/>".contains(byte)).unwrap_or(tail.len());
        let name = tail.get(..len).unwrap_or_default();
        self.at = name_start + len;
        let attributes = self.attributes();
        self.looks += attributes * attributes + self.open.len();
        self.nodes += 1 + self.formatting;
        if closes {
            self.close(name);
        } else if !is_void(name) {
            self.begin(name);
        }
        let excess = |what: &str, limit: usize| Some(format!("{what} (limit {limit})"));
        if self.open.len() > DEEPEST {
            excess("too many elements inside each other", DEEPEST)
        } else if attributes > MOST_ATTRIBUTES {
            excess("too many attributes in a tag", MOST_ATTRIBUTES)
        } else if self.nodes > MOST_NODES || self.looks > MOST_LOOKS {
            excess("too many tags", MOST_NODES)
        } else {
            None
        }
    }

    /// Goes to the end of a tag and counts its attributes.
    fn attributes(&mut self) -> usize {
        let (mut count, mut quote, mut in_name, mut is_value) = (0, None, false, false);
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match (quote, byte) {
                (Some(open), _) if byte == open => quote = None,
                (Some(_), _) => {}
                (None, b'>') => break,
                (None, b'"' | b'\'') if is_value => (quote, is_value) = (Some(byte), false),
                (None, b'=') => (in_name, is_value) = (true, true),
                (None, b'/' | b' ' | b'\t' | b'\n' | b'\r' | 0x0C) => in_name = false,
                (None, _) if is_value => (in_name, is_value) = (true, false),
                (None, _) if !in_name => (count, in_name) = (count + 1, true),
                (None, _) => {}
            }
        }
        count
    }

    fn begin(&mut self, name: &'a [u8]) {
        if self.foreign == 0 && is_raw(name) {
            self.pass_raw(name);
            return;
        }
        self.end_siblings(name);
        self.open.push(Open { name, formatting: self.formatting });
        self.formatting += usize::from(is_formatting(name));
        self.foreign += usize::from(is_foreign(name));
    }

    /// Closes what `name` closes by its beginning alone: the paragraph or cell before it.
    fn end_siblings(&mut self, name: &[u8]) {
        let siblings: &[&[u8]] = match name.to_ascii_lowercase().as_slice() {
            b"p" => &[b"p"],
            b"li" => &[b"li"],
            b"td" | b"th" => &[b"td", b"th"],
            b"tr" => &[b"tr"],
            b"dd" | b"dt" => &[b"dd", b"dt"],
            b"option" => &[b"option"],
            b"a" => &[b"a"],
            _ => return,
        };
        let passable = |open: &&Open<'_>| !is_wall(open.name);
        let before = self.open.iter().rev().take_while(passable);
        let found = before.enumerate().filter(|(_, open)| is_one_of(open.name, siblings)).last();
        if let Some((index, _)) = found {
            self.pop_to(self.open.len() - 1 - index);
        }
    }

    fn close(&mut self, name: &[u8]) {
        if is_formatting(name) {
            self.formatting = self.formatting.saturating_sub(1);
        }
        let found = self.open.iter().rposition(|open| open.name.eq_ignore_ascii_case(name));
        if let Some(index) = found {
            self.pop_to(index);
        }
    }

    /// Closes the element `index` and all inside it; the end of a cell or table ends formatting in it.
    fn pop_to(&mut self, index: usize) {
        for open in self.open.drain(index..) {
            if is_one_of(open.name, &[b"td", b"th", b"caption", b"table"]) {
                self.formatting = self.formatting.min(open.formatting);
            }
            self.foreign -= usize::from(is_foreign(open.name));
        }
    }

    /// Passes over text that holds no tags, up to its end tag.
    fn pass_raw(&mut self, name: &[u8]) {
        while let Some(found) = self.bytes.get(self.at..).and_then(|rest| find(rest, b"</")) {
            self.at += found + 2;
            let end = self.bytes.get(self.at..self.at + name.len());
            if end.is_some_and(|end| end.eq_ignore_ascii_case(name)) {
                self.at -= 2;
                return;
            }
        }
        self.at = self.bytes.len();
    }
}

fn is_one_of(name: &[u8], names: &[&[u8]]) -> bool {
    names.iter().any(|one| name.eq_ignore_ascii_case(one))
}

fn is_void(name: &[u8]) -> bool {
    let names: [&[u8]; 15] = [
        b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"param",
        b"source", b"track", b"wbr", b"frame",
    ];
    is_one_of(name, &names)
}

fn is_formatting(name: &[u8]) -> bool {
    let names: [&[u8]; 13] = [
        b"b", b"big", b"code", b"em", b"font", b"i", b"nobr", b"s", b"small", b"strike", b"strong", b"tt",
        b"u",
    ];
    is_one_of(name, &names)
}

fn is_raw(name: &[u8]) -> bool {
    let names: [&[u8]; 9] =
        [b"script", b"style", b"textarea", b"title", b"noscript", b"iframe", b"xmp", b"noembed", b"noframes"];
    is_one_of(name, &names)
}

fn is_foreign(name: &[u8]) -> bool {
    is_one_of(name, &[b"svg", b"math"])
}

/// Elements whose inside does not close what is open around them.
fn is_wall(name: &[u8]) -> bool {
    let names: [&[u8]; 10] =
        [b"table", b"ul", b"ol", b"dl", b"div", b"select", b"section", b"article", b"body", b"form"];
    is_one_of(name, &names)
}

/// One past the `>` that ends a comment.
fn end_of_comment(bytes: &[u8]) -> Option<usize> {
    let ends = |index: &usize| {
        let rest = bytes.get(*index..).unwrap_or_default();
        rest.starts_with(b"-->") || rest.starts_with(b"--!>")
    };
    let dashes = (0..bytes.len()).find(ends)?;
    find(bytes.get(dashes..)?, b">").map(|mark| dashes + mark + 1)
}

fn find(bytes: &[u8], pattern: &[u8]) -> Option<usize> {
    bytes.windows(pattern.len()).position(|window| window == pattern)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_whole(source: &str) {
        assert_eq!(bounded(source), Bounded { source, excess: None });
    }

    #[test]
    fn usual_pages_are_whole() {
        check_whole(&"<p>甲<p>乙<br><img src=a.png>".repeat(5_000));
        check_whole(&"<table><tr><td><font size=3>甲<td>乙<tr><td>丙</table>".repeat(5_000));
        check_whole(
            &"<ul><li><a href='#'>甲</a><li>乙</ul><!-- <div> --><script>'<div>'</script>".repeat(5_000),
        );
        check_whole(&"<p><span style='a: b' title=\"<div>\">甲</span></p>".repeat(5_000));
    }

    #[test]
    fn hostile_pages_are_cut() {
        let nested = "<div>".repeat(30_000);
        assert_eq!(bounded(&nested).source.len(), DEEPEST * "<div>".len());
        let attributed = format!("<p>甲</p>\n<p{}>", " a".repeat(3_000));
        let cut = bounded(&attributed);
        assert_eq!(cut.source, "<p>甲</p>\n");
        assert_eq!(
            cut.excess.as_deref(),
            Some("the page was read up to line 2 only: too many attributes in a tag (limit 2000)")
        );
        let unclosed = "<font size=1>".repeat(1_500);
        assert!(bounded(&format!("{unclosed}{}", "<p>甲".repeat(30_000))).excess.is_some());
    }
}
