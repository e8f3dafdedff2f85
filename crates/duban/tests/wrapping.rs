//! Wrapping the lines of a notice anew, or adding page numbers, changes nothing in its record but
//! places; half-width marks for full-width ones change nothing but these marks.

use duban::{Options, process_bytes};
use proptest::prelude::*;
use serde_json::Value;

const SENTENCES: [&str; 10] = [
    "各社区要建立完善公开事项清单，逐项明确公开内容、公开方式和更新时限，并在公示栏同步公布。",
    "年底前，完成历史档案目录补录工作，做到数据完整、口径一致、便于查询。",
    "县档案馆负责做好目录汇总，县融媒体中心负责在门户网站设立专栏集中发布。",
    "严禁公开身份证号、银行账号等个人信息，对涉及隐私的内容要先审后发。",
    "每季度末汇总一次办件情况，对群众反映集中的问题及时研究解决，并向社会公开办理结果。",
    "围绕就业、教育、医疗、养老、住房等群众关心的领域，及时公开政策依据和办理流程。",
    "政策文件公布后3个工作日内上传解读材料，可采用图表、动画、短视频等多种形式开展解读。",
    "依托12345热线和便民服务窗口设立咨询点，为企业和群众提供“一号答”的咨询服务。",
    "对照2020年以来公开的规范性文件逐件清理，根据立、改、废等情况动态调整更新目录。",
    "（责任单位：县档案馆、县融媒体中心、各社区）",
];

/// Items as (sentences); every third one opens a section.
fn plans() -> impl Strategy<Value = Vec<Vec<usize>>> {
    let item = proptest::collection::vec(0..SENTENCES.len(), 2..5);
    proptest::collection::vec(item, 9..16)
}

/// The plan's paragraphs.
fn paragraphs(items: &[Vec<usize>]) -> Vec<String> {
    const HAN: [&str; 9] = ["一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let mut paragraphs = Vec::new();
    for (section, items) in items.chunks(3).enumerate() {
        paragraphs.push(format!("{}、推进重点领域信息公开", HAN[section]));
        for (item, sentences) in items.iter().enumerate() {
            let body: String = sentences.iter().map(|sentence| SENTENCES[*sentence]).collect();
            paragraphs.push(format!("（{}）做好公开工作。{body}", HAN[item]));
        }
    }
    paragraphs
}

/// Lines of `width` characters, `height` lines a page, each page ending in its number if `numbered`.
fn wrapped(paragraphs: &[String], width: usize, height: usize, numbered: bool) -> String {
    let mut lines = Vec::new();
    for paragraph in paragraphs {
        let characters: Vec<char> = "\u{3000}\u{3000}".chars().chain(paragraph.chars()).collect();
        lines.extend(characters.chunks(width).map(|line| line.iter().collect::<String>()));
    }
    let mut text = String::from("青岚县2021年政务公开工作要点\n\n");
    for (page, lines) in lines.chunks(height).enumerate() {
        text.push_str(&lines.join("\n"));
        let number = format!("\n\n- {} -\n\n", page + 1);
        text.push_str(if numbered { &number } else { "\n" });
    }
    text
}

/// The record without ids, source and places.
fn record(text: &str) -> Value {
    let record = process_bytes("plan.txt", text.as_bytes(), &Options::default()).expect("text is read");
    let mut value = serde_json::to_value(record).expect("a record is plain data");
    strip(&mut value);
    value
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(object) => {
            for key in ["id", "source", "at"] {
                object.remove(key);
            }
            object.values_mut().for_each(strip);
        }
        Value::Array(values) => values.iter_mut().for_each(strip),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn lines_and_page_numbers_change_places_alone(items in plans(), width in 26usize..40, height in 18usize..30) {
        let paragraphs = paragraphs(&items);
        let plain = record(&wrapped(&paragraphs, 10_000, 10_000, false));
        prop_assert_eq!(&record(&wrapped(&paragraphs, width, 10_000, false)), &plain);
        prop_assert_eq!(&record(&wrapped(&paragraphs, width, height, true)), &plain);
    }

    #[test]
    fn half_width_marks_change_themselves_alone(items in plans()) {
        let text = wrapped(&paragraphs(&items), 10_000, 10_000, false);
        let (full, half) = (record(&text).to_string(), record(&half_width(&text)).to_string());
        prop_assert_eq!(half_width(&full), half_width(&half));
    }
}

/// `text` with half-width marks, as many sites print them.
fn half_width(text: &str) -> String {
    const MARKS: [(char, char); 7] =
        [('，', ','), ('；', ';'), ('：', ':'), ('（', '('), ('）', ')'), ('！', '!'), ('？', '?')];
    let half = |c| MARKS.iter().find(|(full, _)| *full == c).map_or(c, |(_, half)| *half);
    text.chars().map(half).collect()
}
