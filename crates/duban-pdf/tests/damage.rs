//! Damaged, locked and hostile files.

mod support;

use duban_pdf::{Limit, Limits, Options, PdfError};
use proptest::prelude::*;
use support::{Sketch, lines, read, show};

fn good() -> Vec<u8> {
    Sketch::new().page(&show(72.0, 700.0, "一、总体要求")).page(&show(72.0, 700.0, "二、保障措施")).bytes()
}

fn replace(bytes: &[u8], old: &str, new: &str) -> Vec<u8> {
    // Every byte is a character here, so nothing is lost on the way.
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    assert!(text.contains(old));
    text.replace(old, new).chars().filter_map(|character| u8::try_from(u32::from(character)).ok()).collect()
}

#[test]
fn a_whole_file_is_neither_repaired_nor_truncated() {
    let pdf = read(&good());
    assert_eq!((pdf.repaired, pdf.truncated, pdf.limit), (false, false, None));
    assert_eq!((pdf.glyphs(), pdf.unknown()), (12, 0));
}

#[test]
fn wrong_places_and_lengths_are_repaired() {
    for (old, new) in [("startxref\n", "startxref\n9"), ("trailer", "tra"), ("/Length", "/Length 0 0 R /L")] {
        let pdf = read(&replace(&good(), old, new));
        assert!(pdf.repaired, "{old}");
        assert_eq!(lines(&pdf.pages[1]), ["二、保障措施"], "{old}");
    }
}

#[test]
fn a_file_cut_off_says_so() {
    let bytes = good();
    let pdf = read(&bytes[..bytes.len() - 300]);
    assert!(pdf.repaired && pdf.truncated);
    assert_eq!(lines(&pdf.pages[0]), ["一、总体要求"]);
}

#[test]
fn a_lost_page_tree_is_searched_for() {
    let pdf = read(&replace(&good(), "/Type /Pages /Kids", "/Type /Pages /Kid"));
    assert!(pdf.repaired);
    assert_eq!(pdf.pages.len(), 2);
}

#[test]
fn a_lost_header_is_put_back() {
    let bytes = replace(&good(), "%PDF-1.", "\u{1}QDX-0.");
    assert!(duban_pdf::is_pdf(&bytes));
    let pdf = read(&bytes);
    assert!(pdf.repaired);
    assert_eq!(lines(&pdf.pages[0]), ["一、总体要求"]);
}

#[test]
fn an_operator_that_does_not_exist_is_a_loss() {
    let pdf = read(&Sketch::new().page(&show(72.0, 700.0, "一、总体要求").replace("Tj", "Tq")).bytes());
    assert!(pdf.truncated);
    let lenient = format!("BX 1 1 Zz EX {}", show(72.0, 700.0, "一、总体要求"));
    assert!(!read(&Sketch::new().page(&lenient).bytes()).truncated);
}

#[test]
fn what_is_no_pdf() {
    let error = |bytes: &[u8]| duban_pdf::read(bytes, &Options::default()).unwrap_err();
    assert!(matches!(error(b""), PdfError::NotPdf));
    assert!(matches!(error(b"PK\x03\x04"), PdfError::NotPdf));
    assert!(matches!(error(b"%PDF-1.7\n"), PdfError::Damaged(_)));
}

#[test]
fn limits_stop_the_reading() {
    let options = |limits| Options { limits, ..Options::default() };
    let limits = Limits { glyphs: 3, ..Limits::default() };
    let pdf = duban_pdf::read(&good(), &options(limits)).unwrap();
    assert_eq!((pdf.limit, pdf.glyphs()), (Some(Limit::Glyphs), 3));
    let limits = Limits { pages: 1, ..Limits::default() };
    let pdf = duban_pdf::read(&good(), &options(limits)).unwrap();
    assert_eq!((pdf.limit, pdf.pages.len()), (Some(Limit::Pages), 1));
    let limits = Limits { operators: 2, ..Limits::default() };
    assert_eq!(duban_pdf::read(&good(), &options(limits)).unwrap().limit, Some(Limit::Operators));
}

#[test]
fn forms_that_paint_themselves_end() {
    let mut sketch = Sketch::new();
    let form = "/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /X 9 0 R >> >>";
    sketch.stream(form, b"/X Do /X Do");
    let pdf = sketch.page_with("/X Do", "", "/XObject << /X 9 0 R >>").read();
    assert_eq!(pdf.glyphs(), 0);
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let mut file = b"%PDF-1.4\n".to_vec();
        file.extend(bytes);
        let _ = duban_pdf::read(&file, &Options::default());
    }

    #[test]
    fn no_content_panics(content in "[ -~\n]{0,200}") {
        let _ = Sketch::new().page(&content).read();
    }

    #[test]
    fn no_operators_panic(parts in proptest::collection::vec(
        prop_oneof![
            Just("BT".to_owned()), Just("ET".to_owned()), Just("q".to_owned()), Just("Q".to_owned()),
            Just("/F1 12 Tf".to_owned()), Just("/F3 0 Tf".to_owned()), Just("<4E00> Tj".to_owned()),
            Just("[(a) -300 <4E8C>] TJ".to_owned()), Just("re f".to_owned()), Just("S".to_owned()),
            Just("/X << /ActualText (x) >> BDC".to_owned()), Just("EMC".to_owned()),
            (-1e9f32..1e9).prop_map(|number| number.to_string()),
            (-900i32..900, -900i32..900).prop_map(|(x, y)| format!("{x} {y} Td")),
            (0i32..600, 0i32..800, 0i32..300, 0i32..300).prop_map(|(x, y, w, h)| format!("{x} {y} {w} {h} re S")),
            Just("0 1 -1 0 300 300 cm".to_owned()), Just("1e30 0 0 1e30 0 0 cm".to_owned()),
        ], 0..120)) {
        let _ = Sketch::new().page(&parts.join(" ")).read();
    }

    #[test]
    fn no_flipped_bits_panic(flips in proptest::collection::vec((any::<proptest::sample::Index>(), 0u8..8), 1..20)) {
        let mut bytes = good();
        for (index, bit) in flips {
            let index = index.index(bytes.len());
            bytes[index] ^= 1 << bit;
        }
        let _ = duban_pdf::read(&bytes, &Options::default());
    }
}

#[test]
fn content_cut_by_length_is_put_together_again() {
    let content: String =
        (0u8..6).map(|line| show(72.0, 700.0 - f32::from(line) * 30.0, "一、总体要求")).collect();
    let text = |parts: &[&str]| {
        let mut sketch = Sketch::new();
        let parts: Vec<String> =
            parts.iter().map(|part| format!("{} 0 R", sketch.stream("", part.as_bytes()))).collect();
        let pdf = sketch.page_with("", &format!("/Contents [{}]", parts.join(" ")), "").read();
        assert!(!pdf.truncated);
        lines(&pdf.pages[0]).join("")
    };
    let expected = "一、总体要求".repeat(6);
    for len in 64..90 {
        let parts: Vec<&str> =
            content.as_bytes().chunks(len).map(|part| std::str::from_utf8(part).unwrap()).collect();
        assert_eq!(text(&parts), expected, "{len}");
    }
    // Whole tokens need no white space at their ends.
    let lines: Vec<&str> = content.lines().collect();
    assert_eq!(text(&lines), expected);
}
