//! What the codes of a font paint, kept for their next use.

use std::collections::HashMap;
use std::rc::Rc;

use super::Shape;

/// Shapes by code and its number of bytes. Nearly every glyph asks, and nearly all codes have one byte or
/// two: those stand in rows by their last byte, which are made as they are needed.
#[derive(Default)]
pub(super) struct Shapes {
    rows: Vec<Option<Box<Row>>>,
    long: HashMap<(u32, usize), Rc<Shape>>,
}

type Row = [Option<Rc<Shape>>; 256];

impl Shapes {
    pub(super) fn get(&self, code: u32, len: usize) -> Option<&Rc<Shape>> {
        match place(code, len) {
            Some((row, column)) => self.rows.get(row)?.as_ref()?.get(column)?.as_ref(),
            None => self.long.get(&(code, len)),
        }
    }

    pub(super) fn insert(&mut self, code: u32, len: usize, shape: Rc<Shape>) {
        let Some((row, column)) = place(code, len) else {
            self.long.insert((code, len), shape);
            return;
        };
        if self.rows.len() <= row {
            self.rows.resize_with(row + 1, || None);
        }
        let row =
            self.rows.get_mut(row).map(|row| row.get_or_insert_with(|| Box::new([const { None }; 256])));
        if let Some(entry) = row.and_then(|row| row.get_mut(column)) {
            *entry = Some(shape);
        }
    }
}

/// Row and column of a short code: the first row is that of codes of one byte.
fn place(code: u32, len: usize) -> Option<(usize, usize)> {
    let [0, 0, high, low] = code.to_be_bytes() else { return None };
    match (len, high) {
        (1, 0) => Some((0, low.into())),
        (2, _) => Some((1 + usize::from(high), low.into())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::Advance;

    #[test]
    fn codes_of_each_length_have_their_own() {
        let mut shapes = Shapes::default();
        let codes = [(0x32, 1), (0x32, 2), (0x32, 3), (0x4E32, 2), (0xFFFF_FFFF, 4)];
        for (number, (code, len)) in (0u8..).zip(codes) {
            assert!(shapes.get(code, len).is_none());
            let advance = Advance { width: number.into(), ..Advance::default() };
            shapes.insert(code, len, Rc::new(Shape { text: None, advance }));
        }
        let widths = codes.map(|(code, len)| shapes.get(code, len).unwrap().advance.width);
        assert_eq!(widths.map(f32::to_bits), [0.0f32, 1.0, 2.0, 3.0, 4.0].map(f32::to_bits));
    }
}
