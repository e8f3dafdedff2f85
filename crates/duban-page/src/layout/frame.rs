//! The frame in which text is read: along a line, and from line to line.

use duban_document::Bounds;

use crate::Direction;

/// Turns boxes of the page so that text runs to the right and lines follow downwards.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    pub(crate) direction: Direction,
    width: f32,
    height: f32,
}

impl Frame {
    pub(crate) fn new(direction: Direction, width: f32, height: f32) -> Self {
        Self { direction, width, height }
    }

    /// How long a line can be.
    pub(crate) fn breadth(&self) -> f32 {
        match self.direction {
            Direction::Right | Direction::Left | Direction::Oblique => self.width,
            Direction::Down | Direction::Up => self.height,
        }
    }

    /// How far lines can follow each other.
    pub(crate) fn depth(&self) -> f32 {
        match self.direction {
            Direction::Right | Direction::Left | Direction::Oblique => self.height,
            Direction::Down | Direction::Up => self.width,
        }
    }

    /// From the page into the frame.
    pub(crate) fn enter(&self, it: Bounds) -> Bounds {
        let (width, height) = (self.width, self.height);
        match self.direction {
            Direction::Right | Direction::Oblique => it,
            Direction::Down => Bounds { x0: it.y0, y0: width - it.x1, x1: it.y1, y1: width - it.x0 },
            Direction::Left => turned(it, width, height),
            Direction::Up => Bounds { x0: height - it.y1, y0: it.x0, x1: height - it.y0, y1: it.x1 },
        }
    }

    /// From the frame back onto the page.
    pub(crate) fn leave(&self, it: Bounds) -> Bounds {
        let (width, height) = (self.width, self.height);
        match self.direction {
            Direction::Right | Direction::Oblique => it,
            Direction::Down => Bounds { x0: width - it.y1, y0: it.x0, x1: width - it.y0, y1: it.x1 },
            Direction::Left => turned(it, width, height),
            Direction::Up => Bounds { x0: it.y0, y0: height - it.x1, x1: it.y1, y1: height - it.x0 },
        }
    }
}

fn turned(it: Bounds, width: f32, height: f32) -> Bounds {
    Bounds { x0: width - it.x1, y0: height - it.y1, x1: width - it.x0, y1: height - it.y0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaving_undoes_entering() {
        let bounds = Bounds { x0: 10.0, y0: 20.0, x1: 30.0, y1: 25.0 };
        for direction in [Direction::Right, Direction::Down, Direction::Left, Direction::Up] {
            let frame = Frame::new(direction, 600.0, 800.0);
            assert_eq!(frame.leave(frame.enter(bounds)), bounds);
        }
    }

    #[test]
    fn vertical_columns_follow_from_the_right() {
        let frame = Frame::new(Direction::Down, 600.0, 800.0);
        let right = frame.enter(Bounds { x0: 500.0, y0: 50.0, x1: 516.0, y1: 66.0 });
        let left = frame.enter(Bounds { x0: 480.0, y0: 50.0, x1: 496.0, y1: 66.0 });
        assert!(right.y1 < left.y0 && right.x0 < 51.0);
    }
}
