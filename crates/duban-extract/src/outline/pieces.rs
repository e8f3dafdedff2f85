//! Blocks to regions of paragraphs and table rows, in reading order.

use std::borrow::Cow;

use duban_document::{Block, JoinedText, Table, TextRange};

use crate::head::{BlockRole, Structure};
use crate::table::{self, ReadTable, TableRow};
use crate::units;

/// A part of the notice whose numbers start anew: the notice itself with its plan, or an attachment.
#[derive(Debug, Default)]
pub(super) struct Region<'s> {
    /// 附件, 附件2; `None` outside attachments.
    pub(super) prefix: Option<String>,
    /// Title of the attachment.
    pub(super) title: Option<String>,
    pub(super) pieces: Vec<Piece<'s>>,
    /// Where tables stand that tell who is to do what, but have no numbers.
    pub(super) unnumbered: Vec<TextRange>,
    /// The last table, if it holds tasks.
    table: Option<ReadTable<'s>>,
}

/// A paragraph or a table row.
#[derive(Debug)]
pub(super) enum Piece<'s> {
    Paragraph(Cow<'s, JoinedText>),
    Row(Box<TableRow>),
}

/// Cuts the blocks into regions.
pub(super) fn regions(structure: &Structure) -> Vec<Region<'_>> {
    let mut regions = vec![Region::default()];
    for (block, role) in structure.blocks.iter().zip(&structure.roles) {
        match role {
            BlockRole::Head => {}
            BlockRole::PlanTitle => {
                regions.push(Region::default());
                add_rule(&mut regions, block);
            }
            BlockRole::AttachmentMark => {
                let prefix = block.texts().next().map(|text| mark(text.as_str())).unwrap_or_default();
                regions.push(Region { prefix: Some(prefix), ..Region::default() });
            }
            BlockRole::AttachmentTitle => {
                add_title(&mut regions, block);
                add_rule(&mut regions, block);
            }
            BlockRole::Body => {
                if let Some(region) = regions.last_mut() {
                    add_block(region, block);
                }
            }
        }
    }
    regions.retain(|region| !region.pieces.is_empty() && !is_form(region));
    regions
}

/// The attachment's own name in numbers: 附件, 附件1.
fn mark(text: &str) -> String {
    let mark: String =
        text.chars().take_while(|c| !matches!(c, '：' | ':')).filter(|c| !c.is_whitespace()).collect();
    mark.trim_end_matches(['、', '.', '．']).to_owned()
}

fn add_title(regions: &mut Vec<Region<'_>>, block: &Block) {
    let printed: String = block.texts().map(JoinedText::as_str).collect();
    if let Some(Region { prefix: Some(_), title, .. }) = regions.last_mut() {
        title.get_or_insert_default().push_str(printed.trim());
    } else {
        let prefix = Some("附件".to_owned());
        regions.push(Region { prefix, title: Some(printed), ..Region::default() });
    }
}

/// Adds what a title says of how the lists below it are to be read: 任务分解表（排在第一位的为牵头单位）.
fn add_rule(regions: &mut [Region<'_>], block: &Block) {
    let rule = block.texts().find(|text| units::first_leads(text.as_str()));
    if let (Some(region), Some(rule)) = (regions.last_mut(), rule) {
        region.pieces.push(Piece::Row(Box::new(TableRow::of_note(rule.clone()))));
    }
}

/// Where in `pieces` the rows begin that `text`, the paragraph behind them, is a note on how to read.
fn rows_of_note(pieces: &[Piece<'_>], text: &str) -> Option<usize> {
    const NOTES: [&str; 9] = ["注", "备注", "附注", "说明", "（", "(", "【", "*", "※"];
    let rows = pieces.iter().rev().take_while(|piece| matches!(piece, Piece::Row(_))).count();
    let text = text.trim_start();
    let is_note = rows > 0 && NOTES.iter().any(|mark| text.starts_with(mark)) && units::first_leads(text);
    is_note.then(|| pieces.len() - rows)
}

fn add_block<'s>(region: &mut Region<'s>, block: &'s Block) {
    match block {
        Block::Paragraph(paragraph) => {
            let text = paragraph.text.as_str();
            if let Some(rows) = rows_of_note(&region.pieces, text) {
                let note = TableRow::of_note(paragraph.text.clone());
                region.pieces.insert(rows, Piece::Row(Box::new(note)));
            } else {
                // Behind words no table goes on, unless they say so.
                let goes_on =
                    text.trim().is_empty() || ["续表", "（续", "(续"].iter().any(|word| text.contains(word));
                region.table.take_if(|_| !goes_on);
                region.pieces.push(Piece::Paragraph(Cow::Borrowed(&paragraph.text)));
            }
        }
        Block::Table(table) => {
            if let Some((rows, read)) = table::read_table(table, region.table.take()) {
                region.unnumbered.extend(read.lacks_numbers.then(|| first_place(table)).flatten());
                region.pieces.extend(rows.into_iter().map(|row| Piece::Row(Box::new(row))));
                region.table = Some(read);
            } else {
                let rows = table.rows.iter().map(cells_in_a_row);
                region.pieces.extend(rows.map(|row| Piece::Paragraph(Cow::Owned(row))));
            }
        }
    }
}

/// Where the first words of a table stand.
fn first_place(table: &Table) -> Option<TextRange> {
    let cells = table.rows.iter().flat_map(|row| &row.cells).map(|cell| &cell.text);
    cells.filter(|text| !text.is_empty()).find_map(|text| text.source_cover(0..text.as_str().len()))
}

/// A word joiner, which keeps a number in the first cell of a row from being read as a label.
pub(super) const NO_LABEL: char = '\u{2060}';

/// The text of a row of a table that is no table of tasks.
fn cells_in_a_row(row: &duban_document::Row) -> JoinedText {
    let mut builder = JoinedText::builder();
    builder.push_glue(NO_LABEL.encode_utf8(&mut [0; 4]));
    for (index, cell) in row.cells.iter().enumerate() {
        if index > 0 {
            builder.push_glue(" ");
        }
        builder.push_joined(&without_breaks(&cell.text));
    }
    builder.finish()
}

/// A cell's text without its line breaks.
pub(crate) fn without_breaks(text: &JoinedText) -> JoinedText {
    let printed = text.as_str();
    if !printed.contains('\n') && printed.trim().len() == printed.len() {
        return text.clone();
    }
    let mut builder = JoinedText::builder();
    let mut start = 0;
    for line in printed.split('\n') {
        let trimmed = line.trim();
        let offset = start + (line.len() - line.trim_start().len());
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if latin(builder.as_str().chars().next_back()) && latin(trimmed.chars().next()) {
            builder.push_glue(" ");
        }
        builder.push_part(text, offset..offset + trimmed.len());
        start += line.len() + 1;
    }
    builder.finish()
}

/// Attachments that are filled in, not carried out: a questionnaire, a form, a list of persons.
fn is_form(region: &Region<'_>) -> bool {
    const FORMS: [&str; 16] = [
        "名单",
        "登记表",
        "申请表",
        "报名表",
        "回执",
        "问卷",
        "调查表",
        "联系表",
        "通讯录",
        "统计表",
        "样表",
        "模板",
        "审批表",
        "推荐表",
        "备案表",
        "签到表",
    ];
    region.prefix.is_some()
        && region.title.as_deref().is_some_and(|title| {
            let title = title.trim_end_matches(['）', ')']).trim_end_matches("样式").trim_end_matches("（");
            FORMS.iter().any(|form| title.ends_with(form))
        })
}

#[cfg(test)]
mod tests {
    use duban_document::{Alignment, Cell, Paragraph, Row};

    use super::*;

    fn text(words: &str) -> JoinedText {
        let mut text = JoinedText::builder();
        text.push_glue(words);
        text.finish()
    }

    fn row(cells: [&str; 3]) -> Row {
        let cell = |(column, words)| Cell { column, column_span: 1, row_span: 1, text: text(words) };
        Row { cells: cells.into_iter().enumerate().map(cell).collect() }
    }

    #[test]
    fn a_note_under_a_table_that_says_how_to_read_it_comes_before_its_rows() {
        let rows = vec![row(["序号", "任务", "责任单位"]), row(["1", "建塘坝", "县水务局、柳滩镇"])];
        let table = Block::Table(Table { rows });
        let note = |words| {
            let (alignment, heading) = (Alignment::Body, None);
            Block::Paragraph(Paragraph { text: text(words), alignment, heading })
        };
        let first = |block: &Block| {
            let mut region = Region::default();
            add_block(&mut region, &table);
            add_block(&mut region, block);
            matches!(region.pieces.first(), Some(Piece::Row(row)) if row.label.is_none())
        };
        assert!(first(&note("注：列在第一位的为牵头单位。")));
        assert!(!first(&note("注：表中任务年底前完成。")));
        assert!(!first(&note("各项任务中列在第一位的为牵头单位。")));
    }
}
