//! The protocol's types; bytes become positions, and positions bytes, only here.

pub(super) use lsp_types::*;

use crate::source::{Encoding, Lines};

/// A text with what is needed to convert positions.
#[derive(Clone, Copy)]
pub(super) struct Places<'t> {
    /// The text.
    pub text: &'t str,
    /// Where its lines begin.
    pub lines: &'t Lines,
    /// How the client counts columns.
    pub encoding: Encoding,
}

impl Places<'_> {
    /// The position of a byte.
    pub(super) fn position(&self, byte: usize) -> Position {
        let (line, character) =
            self.lines
                .place(self.text, byte.min(self.text.len()), self.encoding);
        Position { line, character }
    }

    /// The range of some bytes.
    pub(super) fn range(&self, bytes: std::ops::Range<usize>) -> Range {
        Range {
            start: self.position(bytes.start),
            end: self.position(bytes.end),
        }
    }

    /// The byte at a position.
    pub(super) fn byte(&self, at: Position) -> usize {
        self.lines
            .byte(self.text, (at.line, at.character), self.encoding)
    }

    /// The bytes of a range.
    pub(super) fn bytes(&self, range: Range) -> std::ops::Range<usize> {
        let (start, end) = (self.byte(range.start), self.byte(range.end));
        start..end.max(start)
    }
}
