//! The table that tesseract prints to lines of words.

use duban_document::{Bounds, RecognisedWord};

/// Columns of the table, as tesseract documents them: `level page_num block_num par_num line_num
/// word_num left top width height conf text`.
const COLUMNS: usize = 12;
/// The level of words.
const WORD: &str = "5";

/// The lines of a picture with `scale` pixels a point.
pub(crate) fn lines(table: &str, scale: f32) -> Vec<Vec<RecognisedWord>> {
    let mut lines: Vec<Vec<RecognisedWord>> = Vec::new();
    let mut last = None;
    for row in table.lines() {
        let cells: Vec<&str> = row.splitn(COLUMNS, '\t').collect();
        let [level, page, block, paragraph, line, _, left, top, width, height, confidence, text] =
            cells.as_slice()
        else {
            continue;
        };
        let numbers = [left, top, width, height, confidence].map(|cell| cell.parse::<f32>().ok());
        let [Some(left), Some(top), Some(width), Some(height), Some(confidence)] = numbers else { continue };
        if *level != WORD || text.trim().is_empty() {
            continue;
        }
        let at = (*page, *block, *paragraph, *line);
        if last != Some(at) {
            lines.push(Vec::new());
            last = Some(at);
        }
        let bounds = Bounds {
            x0: left / scale,
            y0: top / scale,
            x1: (left + width) / scale,
            y1: (top + height) / scale,
        };
        if let Some(line) = lines.last_mut() {
            line.push(RecognisedWord { text: text.trim().to_owned(), bounds, confidence });
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_in_their_lines() {
        let table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
            4\t1\t1\t1\t1\t0\t100\t200\t400\t50\t-1\t\n\
            5\t1\t1\t1\t1\t1\t100\t200\t200\t50\t96.5\t公开\n\
            5\t1\t1\t1\t1\t2\t300\t200\t200\t50\t80\t专栏\n\
            5\t1\t1\t1\t2\t1\t100\t300\t200\t50\t70\t\"目录\n";
        let lines = lines(table, 2.0);
        let texts: Vec<Vec<&str>> =
            lines.iter().map(|line| line.iter().map(|word| word.text.as_str()).collect()).collect();
        assert_eq!(texts, [vec!["公开", "专栏"], vec!["\"目录"]]);
        assert_eq!(lines[0][0].bounds, Bounds { x0: 50.0, y0: 100.0, x1: 150.0, y1: 125.0 });
        assert!((lines[0][1].confidence - 80.0).abs() < 0.1);
    }
}
