//! Values of attributes (GB/T 33190, 7.3): lists of numbers, boxes, distances.

use duban_page::Matrix;

/// Points in a millimetre, the unit of OFD.
pub(crate) const POINTS: f32 = 72.0 / 25.4;
/// Most distances that one list holds, repetitions written out.
const MOST: usize = 100_000;

/// The numbers of a list.
pub(crate) fn numbers(text: &str) -> Vec<f32> {
    text.split_whitespace()
        .map_while(|word| word.parse().ok())
        .filter(|number: &f32| number.is_finite())
        .collect()
}

/// A box: x, y, width and height in millimetres.
pub(crate) fn boxed(text: &str) -> Option<[f32; 4]> {
    numbers(text).get(..4)?.try_into().ok()
}

/// A matrix of six numbers.
pub(crate) fn matrix(text: &str) -> Option<Matrix> {
    Matrix::from_numbers(&numbers(text))
}

/// The distances between characters: `5.6 g 3 2.8` is 5.6 and three times 2.8 (11.3).
///
/// At most `wanted` are given.
pub(crate) fn distances(text: &str, wanted: usize) -> Vec<f32> {
    let wanted = wanted.min(MOST);
    let mut distances = Vec::new();
    let mut words = text.split_whitespace();
    while let Some(word) = words.next()
        && distances.len() < wanted
    {
        let (count, value) = if word == "g" {
            (words.next().and_then(|count| count.parse().ok()).unwrap_or(0), words.next())
        } else {
            (1usize, Some(word))
        };
        let Some(value) = value.and_then(|value| value.parse::<f32>().ok()).filter(|value| value.is_finite())
        else {
            break;
        };
        distances.extend(std::iter::repeat_n(value, count.min(wanted - distances.len())));
    }
    distances
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_distances_are_written_out() {
        assert_eq!(distances("5.6 g 3 2.8 1", 9), [5.6, 2.8, 2.8, 2.8, 1.0]);
        assert_eq!(distances("g 999999999 2", 3), [2.0, 2.0, 2.0]);
        assert_eq!(distances("g", 3), [0.0; 0]);
        assert_eq!(distances("1 x 2", 3), [1.0]);
    }

    #[test]
    fn boxes_have_four_numbers() {
        assert_eq!(boxed("0 0 210 297"), Some([0.0, 0.0, 210.0, 297.0]));
        assert_eq!(boxed("0 0 210"), None);
    }
}
