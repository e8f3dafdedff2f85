//! What two texts are compared by: pairs of Han characters and words of letters, weighted by how rare
//! they are in the two plans.

use std::collections::HashMap;

/// A text as numbers of features with their counts, by number.
pub(crate) type Counts = Vec<(u32, f32)>;

/// Numbers the features of many texts.
#[derive(Default)]
pub(crate) struct Vocabulary {
    numbers: HashMap<[char; 2], u32>,
    /// In how many texts each stands.
    texts: Vec<u32>,
    total: u32,
}

impl Vocabulary {
    /// The features of `text`, which counts as one text more.
    pub(crate) fn read(&mut self, text: &str) -> Counts {
        let mut counts = self.count(text);
        self.total += 1;
        for (number, _) in &mut counts {
            if let Some(texts) = self.texts.get_mut(*number as usize) {
                *texts += 1;
            }
        }
        counts
    }

    /// The features of `text` alone.
    pub(crate) fn count(&mut self, text: &str) -> Counts {
        let mut numbers: Vec<u32> = Vec::with_capacity(text.len() / 3);
        let mut before: Option<char> = None;
        for c in text.chars() {
            // Digits say when and how much, which changes from year to year.
            let c = duban_script::simplified(c.to_ascii_lowercase());
            if !c.is_alphabetic() {
                before = None;
                continue;
            }
            if let Some(before) = before {
                let next = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
                let number = *self.numbers.entry([before, c]).or_insert(next);
                if number == next {
                    self.texts.push(0);
                }
                numbers.push(number);
            }
            before = Some(c);
        }
        numbers.sort_unstable();
        let mut counts: Counts = Vec::with_capacity(numbers.len());
        for number in numbers {
            match counts.last_mut() {
                Some((last, count)) if *last == number => *count += 1.0,
                _ => counts.push((number, 1.0)),
            }
        }
        counts
    }

    /// How many features there are.
    pub(crate) fn len(&self) -> usize {
        self.texts.len()
    }

    /// `counts` with the weights of the features, of length one; a feature of all texts weighs least.
    pub(crate) fn weighted(&self, counts: &Counts) -> Counts {
        let mut weighted: Counts =
            counts.iter().map(|(number, count)| (*number, count.sqrt() * self.weight(*number))).collect();
        let length = weighted.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        if length > 0.0 {
            weighted.iter_mut().for_each(|(_, weight)| *weight /= length);
        }
        weighted
    }

    /// The weight of a feature: the rarer, the more it tells.
    #[expect(clippy::cast_precision_loss, reason = "plans have fewer than millions of tasks")]
    pub(crate) fn weight(&self, number: u32) -> f32 {
        let texts = self.texts.get(number as usize).copied().unwrap_or(0).max(1);
        (1.0 + self.total as f32 / texts as f32).ln()
    }
}

/// How much of one text stands in the other: the product of the weights that they share.
pub(crate) fn product(left: &Counts, right: &Counts) -> f32 {
    let (mut at, mut sum) = (0, 0.0);
    for (number, weight) in left {
        while right.get(at).is_some_and(|(other, _)| other < number) {
            at += 1;
        }
        if let Some((_, other)) = right.get(at).filter(|(other, _)| other == number) {
            sum += weight * other;
        }
    }
    sum
}
