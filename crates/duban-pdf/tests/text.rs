//! Operators, fonts and what is painted but not read.

mod support;

use duban_page::Direction;
use support::{Sketch, hex, lines, lines_of, show};

#[test]
fn characters_have_boxes_from_the_top_left() {
    let pdf = Sketch::new().page(&show(72.0, 742.0, "一、2025")).read();
    let page = &pdf.pages[0];
    let line = page.lines().next().unwrap();
    assert_eq!(line.text(), "一、2025");
    assert_eq!((page.width, page.height, line.size), (595.0, 842.0, 16.0));
    let first = line.characters[0].bounds;
    assert!((first.x0 - 72.0).abs() < 0.01 && (first.x1 - 88.0).abs() < 0.01);
    assert!(first.y0 < 100.0 && 100.0 < first.y1 && (first.y1 - first.y0 - 16.0).abs() < 0.01);
}

#[test]
fn all_operators_that_move_and_show() {
    let text = |text: &str| hex(text);
    let content = format!(
        "BT /F1 10 Tf 20 TL 72 700 Td <{}> Tj T* <{}> Tj 0 -20 Td [<{}> -100 <{}>] TJ <{}> ' 0 0 <{}> \" \
         0 -30 TD <{}> Tj 50 Tz 1 Ts 0 Tr ET",
        text("甲"),
        text("乙"),
        text("丙"),
        text("丁"),
        text("戊"),
        text("己"),
        text("庚"),
    );
    assert_eq!(lines_of(&content), ["甲", "乙", "丙丁", "戊", "己", "庚"]);
}

#[test]
fn forms_bring_their_resources_and_matrix() {
    let mut sketch = Sketch::new();
    let inner = show(0.0, 0.0, "表内");
    let form = sketch.stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 100 100] /Matrix [1 0 0 1 72 700] /Resources << /Font << /F1 5 0 R >> >>",
        inner.as_bytes(),
    );
    let pdf =
        sketch.page_with("q 1 0 0 1 10 0 cm /X Do Q", "", &format!("/XObject << /X {form} 0 R >>")).read();
    let line = pdf.pages[0].lines().next().unwrap();
    assert_eq!(line.text(), "表内");
    assert!((line.bounds.x0 - 82.0).abs() < 0.01);
}

#[test]
fn simple_fonts_and_spaces_between_words() {
    let content = "BT /F3 12 Tf 72 700 Td (final) Tj 40 0 Td (draft \\223A\\224) Tj ET";
    assert_eq!(lines_of(content), ["final draft “A”"]);
}

#[test]
fn gaps_between_characters_are_no_spaces() {
    let content = format!("BT /F1 16 Tf 3 Tc 72 700 Td <{}> Tj ET", hex("工作要点2025年"));
    assert_eq!(lines_of(&content), ["工作要点2025年"]);
}

#[test]
fn fake_bold_is_read_once() {
    let content = format!("{}{}", show(72.0, 700.0, "一一二"), show(72.4, 700.0, "一一二"));
    assert_eq!(lines_of(&content), ["一一二"]);
}

#[test]
fn layers_that_are_off_are_not_read() {
    let mut sketch = Sketch::new();
    let (on, off) =
        (sketch.object("<< /Type /OCG /Name (on) >>"), sketch.object("<< /Type /OCG /Name (off) >>"));
    sketch.catalog(&format!("/OCProperties << /OCGs [{on} 0 R {off} 0 R] /D << /OFF [{off} 0 R] >> >>"));
    let content =
        format!("/OC /A BDC {} EMC /OC /B BDC {} EMC", show(72.0, 700.0, "显示"), show(72.0, 600.0, "隐藏"));
    let pdf = sketch.page_with(&content, "", &format!("/Properties << /A {on} 0 R /B {off} 0 R >>")).read();
    assert_eq!(lines(&pdf.pages[0]), ["显示"]);
}

#[test]
fn replacement_text_is_believed_for_a_few_glyphs() {
    let content =
        format!("/Span << /ActualText <FEFF{}> >> BDC {} EMC", hex("甲乙"), show(72.0, 700.0, "丙丁"));
    assert_eq!(lines_of(&content), ["甲乙"]);
}

#[test]
fn invisible_text_is_read_where_nothing_else_is() {
    let hidden = format!("3 Tr {} 0 Tr ", show(72.0, 700.0, "识别的文字"));
    let pdf = Sketch::new().page(&hidden).read();
    assert!(pdf.pages[0].recognised);
    assert_eq!(lines(&pdf.pages[0]), ["识别的文字"]);
    assert_eq!(lines_of(&format!("{hidden}{}", show(72.0, 600.0, "印刷的文字"))), ["印刷的文字"]);
}

#[test]
fn annotations_and_fields_show_their_appearance() {
    let mut sketch = Sketch::new();
    let content = show(2.0, 4.0, "填写的");
    let form = sketch.stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /F1 5 0 R >> >>",
        content.as_bytes(),
    );
    let field = format!("<< /Subtype /Widget /Rect [172 696 272 716] /AP << /N {form} 0 R >> >>");
    let hidden = format!("<< /Subtype /Widget /F 2 /Rect [172 596 272 616] /AP << /N {form} 0 R >> >>");
    let page = format!("{}{}", show(72.0, 700.0, "单位名称"), show(72.0, 660.0, "日期"));
    let pdf = sketch.page_with(&page, &format!("/Annots [{field} {hidden}]"), "").read();
    assert_eq!(lines(&pdf.pages[0]), ["单位名称 填写的", "日期"]);
}

#[test]
fn glyphs_nobody_knows_are_counted() {
    let mut sketch = Sketch::new();
    let descendant = "<< /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) >> >>";
    sketch.font(
        "G",
        &format!("<< /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [{descendant}] >>"),
    );
    let pdf = sketch.page("BT /G 16 Tf 72 700 Td <00100011> Tj ET").read();
    assert_eq!((pdf.glyphs(), pdf.unknown()), (2, 2));
    assert_eq!(lines(&pdf.pages[0]), ["\u{FFFD}\u{FFFD}"]);
}

#[test]
fn maps_of_codes_are_believed_before_encodings() {
    let mut sketch = Sketch::new();
    let map = sketch.stream("", format!("beginbfchar<41><{}>", hex("甲")).as_bytes());
    sketch.font("G", &format!("<< /Subtype /TrueType /Encoding /WinAnsiEncoding /ToUnicode {map} 0 R >>"));
    sketch.font("H", "<< /Subtype /Type1 /Encoding << /Differences [65 /uni4E59 /bullet] >> >>");
    let content = "BT /G 16 Tf 72 700 Td (AB) Tj /H 16 Tf 0 -30 Td (AB) Tj ET";
    assert_eq!(lines(&sketch.page(content).read().pages[0]), ["甲B", "乙•"]);
}

#[test]
fn embedded_encodings_and_widths() {
    let mut sketch = Sketch::new();
    let encoding = "begincodespacerange <00> <FF> endcodespacerange begincidchar <61> 34 endcidchar";
    let encoding = sketch.stream("/Type /CMap", encoding.as_bytes());
    let descendant = "<< /Subtype /CIDFontType0 /BaseFont /A /DW 2000 /W [34 [500]] \
                      /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) >> >>";
    sketch.font(
        "G",
        &format!("<< /Subtype /Type0 /Encoding {encoding} 0 R /DescendantFonts [{descendant}] >>"),
    );
    let pdf = sketch.page("BT /G 16 Tf 72 700 Td (aa) Tj ET").read();
    let line = pdf.pages[0].lines().next().unwrap();
    // CID 34 of Adobe-GB1 is A.
    assert_eq!(line.text(), "AA");
    assert!((line.bounds.x1 - 88.0).abs() < 0.01);
}

#[test]
fn turned_pages_and_vertical_writing_read_alike() {
    let content = format!("{}{}", show(72.0, 700.0, "第一行文字"), show(72.0, 670.0, "第二行文字"));
    for rotate in [0, 90, 180, 270] {
        let pdf = Sketch::new().page_with(&content, &format!("/Rotate {rotate}"), "").read();
        assert_eq!(lines(&pdf.pages[0]), ["第一行文字", "第二行文字"], "{rotate}");
    }
    let column = |x: f32, text: &str| format!("BT /F2 16 Tf 1 0 0 1 {x} 700 Tm <{}> Tj ET\n", hex(text));
    let content = format!("{}{}", column(500.0, "第一列文字"), column(470.0, "第二列文字"));
    let pdf = Sketch::new().page(&content).read();
    assert_eq!(lines(&pdf.pages[0]), ["第一列文字", "第二列文字"]);
    assert_eq!(pdf.pages[0].lines().next().unwrap().direction, Direction::Down);
}

#[test]
fn a_watermark_comes_last() {
    let mark = format!("BT /F1 40 Tf 0.7 0.7 -0.7 0.7 200 300 Tm <{}> Tj ET ", hex("内部资料"));
    let content = format!("{mark}{}", show(72.0, 700.0, "正文"));
    assert_eq!(lines_of(&content), ["正文", "内部资料"]);
}

#[test]
fn the_crop_box_is_the_page() {
    let content = format!("{}{}", show(72.0, 700.0, "页内"), show(72.0, 100.0, "页外"));
    let pdf = Sketch::new().page_with(&content, "/CropBox [50 400 500 800]", "").read();
    let page = &pdf.pages[0];
    assert_eq!((page.width, page.height), (450.0, 400.0));
    assert_eq!(lines(page), ["页内"]);
    assert!((page.lines().next().unwrap().bounds.x0 - 22.0).abs() < 0.01);
}

#[test]
fn what_is_clipped_away_is_not_read() {
    let hidden = show(72.0, 600.0, "隐藏");
    let clipped = format!("{} q 60 690 200 40 re W n {hidden} Q", show(72.0, 700.0, "显示"));
    assert_eq!(lines_of(&clipped), ["显示"]);
    // A path with curves may hold more than its corners.
    let curved = format!("q 60 690 m 260 690 260 730 60 730 c h W n {hidden} Q");
    assert_eq!(lines_of(&curved), ["隐藏"]);
    let mut sketch = Sketch::new();
    let entries = "/Type /XObject /Subtype /Form /BBox [0 0 20 20] /Resources << /Font << /F1 5 0 R >> >>";
    let form =
        sketch.stream(entries, format!("{}{}", show(0.0, 4.0, "甲"), show(40.0, 4.0, "乙")).as_bytes());
    let pdf =
        sketch.page_with("1 0 0 1 72 700 cm /X Do", "", &format!("/XObject << /X {form} 0 R >>")).read();
    assert_eq!(lines(&pdf.pages[0]), ["甲"]);
}

#[test]
fn white_text_is_read_where_it_stands_out() {
    let black = show(72.0, 600.0, "印刷的文字");
    let white = |beneath: &str| {
        lines_of(&format!("{beneath} 1 1 1 rg {} 0 g {black}", show(72.0, 700.0, "白色的字")))
    };
    assert_eq!(white(""), ["印刷的文字"]);
    assert_eq!(white("1 g 60 680 200 50 re f 0.2 g 60 400 200 50 re f"), ["印刷的文字"]);
    for beneath in [
        "0.2 g 60 680 200 50 re f",
        "0 0 0.5 rg 60 680 m 260 680 l 260 740 60 740 60 720 c f",
        "40 w 60 706 m 200 706 l S",
        "q 60 680 200 50 re W n /S sh Q",
        "2 Tr",
    ] {
        assert_eq!(white(beneath), ["白色的字", "印刷的文字"], "{beneath}");
    }
    // A full tint of inks by name is not white.
    let spaces = "/ColorSpace << /N [/DeviceN [/A /B /C] /DeviceCMYK << >>] >>";
    let tinted = format!("/N cs 1 1 1 sc {} 0 g {black}", show(72.0, 700.0, "彩色的字"));
    let pdf = Sketch::new().page_with(&tinted, "", spaces).read();
    assert_eq!(lines(&pdf.pages[0]), ["彩色的字", "印刷的文字"]);
}

#[test]
fn states_make_text_transparent_and_set_its_font() {
    let states = "/ExtGState << /T << /ca 0 /CA 0 >> /O << /ca 1 /Font [5 0 R 12] >> >>";
    let content = format!("/T gs {} /O gs BT 72 600 Td <{}> Tj ET", show(72.0, 700.0, "隐藏"), hex("显示"));
    let pdf = Sketch::new().page_with(&content, "", states).read();
    assert_eq!(lines(&pdf.pages[0]), ["显示"]);
    assert!((pdf.pages[0].lines().next().unwrap().size - 12.0).abs() < 0.01);
}

#[test]
fn a_map_is_not_believed_against_codes_that_are_characters() {
    let mut sketch = Sketch::new();
    let map = |characters: &str| {
        let pairs = characters.chars().zip("甲乙丙丁戊".chars());
        let pairs = pairs.map(|(to, from)| format!("<{}><{}>", hex(&from.to_string()), hex(&to.to_string())));
        format!("beginbfchar{}endbfchar", pairs.collect::<String>())
    };
    let font = |map: usize| {
        let keys = "/Type /Font /Subtype /Type0 /Encoding /UniGB-UCS2-H /DescendantFonts [8 0 R]";
        format!("<< {keys} /ToUnicode {map} 0 R >>")
    };
    let other = sketch.stream("", map("春夏秋冬年").as_bytes());
    sketch.font("G", &font(other));
    // A few differences are meant.
    let nearly = sketch.stream("", map("甲乙丙丁年").as_bytes());
    sketch.font("H", &font(nearly));
    let text = hex("甲乙丙丁戊");
    let content = format!("BT /G 16 Tf 72 700 Td <{text}> Tj /H 16 Tf 0 -30 Td <{text}> Tj ET");
    assert_eq!(lines(&sketch.page(&content).read().pages[0]), ["甲乙丙丁戊", "甲乙丙丁年"]);
}

#[test]
fn characters_that_a_rewritten_font_makes_up_are_unknown() {
    // Codes from 1: two digits, one of them as wide as an ideograph, then ideographs in their order.
    let texts = "11一丁七万三上下不丑专O且世丘丙业丛";
    let pairs = (1..).zip(texts.chars()).map(|(code, to)| format!("<{code:04X}><{}>", hex(&to.to_string())));
    let mut sketch = Sketch::new();
    let map = sketch.stream("", format!("beginbfchar{}endbfchar", pairs.collect::<String>()).as_bytes());
    let info = "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) >>";
    let descendant = format!("<< /Subtype /CIDFontType2 /BaseFont /A /DW 1000 /W [1 1 500] {info} >>");
    let keys = format!("/Encoding /Identity-H /DescendantFonts [{descendant}] /ToUnicode {map} 0 R");
    sketch.font("G", &format!("<< /Type /Font /Subtype /Type0 /BaseFont /A {keys} >>"));
    let drawn = sketch.stream("", "beginbfchar<41><4E00><42><00F2><43><00F2>endbfchar".as_bytes());
    let names = "/Encoding << /Differences [65 /g3B4 /g5A8 /g5A9] >> /FirstChar 65 /Widths [1000 1000 500]";
    let scale = "/FontMatrix [0.001 0 0 0.001 0 0] /FontBBox [0 0 1000 1000]";
    sketch
        .font("T", &format!("<< /Subtype /Type3 {names} {scale} /CharProcs << >> /ToUnicode {drawn} 0 R >>"));
    let content = "BT /G 16 Tf 72 700 Td <00010002000300040005000D000E> Tj /T 16 Tf 0 -30 Td (ABC) Tj ET";
    assert_eq!(lines(&sketch.page(content).read().pages[0]), ["1\u{fffd}一丁七\u{fffd}且", "一\u{fffd}ò"]);
}
