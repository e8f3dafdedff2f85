//! A segmenter may only cut, and the dictionary's words stay whole.

use duban_segment::Segmenter;
use proptest::prelude::*;

#[test]
fn administrative_words_stay_whole() {
    let sentence = "由县融媒体中心会同人力资源和社会保障局建立工作台账，每半年报送牵头单位";
    let words: Vec<_> = Segmenter::new().segment(sentence).into_iter().map(|word| word.text).collect();
    for whole in ["县融媒体中心", "人力资源和社会保障局", "工作台账", "每半年", "牵头单位"]
    {
        assert!(words.contains(&whole), "{whole} in {words:?}");
    }
}

#[test]
fn every_word_of_the_dictionary_is_one_word() {
    let dictionary = include_str!("../data/dictionary.txt");
    let segmenter = Segmenter::new();
    for word in dictionary.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let cut: Vec<_> = segmenter.segment(word).into_iter().map(|word| word.text).collect();
        assert_eq!(cut, [word]);
    }
}

proptest! {
    #[test]
    fn words_joined_are_the_text(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn words_joined_are_the_notice(text in "[一-龥a-z0-9（）、，。：\\s]{0,80}") {
        check(&text);
    }
}

fn check(text: &str) {
    let words = Segmenter::new().segment(text);
    let mut end = 0;
    for word in &words {
        assert_eq!(word.range.start, end);
        assert_eq!(text.get(word.range.clone()), Some(word.text));
        end = word.range.end;
    }
    assert_eq!(end, text.len());
}
