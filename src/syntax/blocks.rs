//! The blocks of a file: which statement is nested in which.
//!
//! In: a text. Out: its statements, each with the one around it and the brace that closes it.
//! Always: works on any text, as far as its statements can be told apart.

use std::ops::Range;

use super::{FlatKind, FlatStatement, Lexeme, LexemeKind, ends_in_brace, lexemes, statements};

/// A statement and its block.
#[derive(Clone, Debug)]
pub struct Block {
    /// What it is.
    pub kind: FlatKind,
    /// The statement without its block.
    pub head: Range<usize>,
    /// The statement with its block, up to the brace that closes it.
    pub whole: Range<usize>,
    /// Index of the enclosing statement.
    pub around: Option<usize>,
    /// It has a block.
    pub opens: bool,
    /// Its block is never closed.
    pub unclosed: bool,
}

/// The statements of a text in order, without closing braces.
#[must_use]
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for FlatStatement {
        kind, range, opens, ..
    } in statements(text)
    {
        if kind == FlatKind::Close {
            if let Some(closed) = open.pop() {
                blocks[closed].whole.end = range.end;
            }
            continue;
        }
        let around = open.last().copied();
        let opens = opens || kind == FlatKind::Broken && ends_in_brace(&text[range.clone()]);
        if opens {
            open.push(blocks.len());
        }
        blocks.push(Block {
            kind,
            head: range.clone(),
            whole: range,
            around,
            opens,
            unclosed: false,
        });
    }
    // An unclosed block extends to the end.
    for at in open {
        blocks[at].whole.end = text.len();
        blocks[at].unclosed = true;
    }
    blocks
}

/// The innermost block with this byte between its braces.
#[must_use]
pub fn around(blocks: &[Block], byte: usize) -> Option<usize> {
    let inside = |block: &Block| {
        block.opens && block.head.end <= byte && byte < block.whole.end.max(block.head.end + 1)
    };
    blocks.iter().rposition(inside)
}

/// The statement that holds a byte, its end included.
#[must_use]
pub fn at(blocks: &[Block], byte: usize) -> Option<usize> {
    blocks
        .iter()
        .rposition(|block| block.head.start <= byte && byte <= block.head.end)
}

impl Block {
    /// The words of the statement, comments left out.
    #[must_use]
    pub fn words<'t>(&self, text: &'t str) -> Vec<Lexeme<'t>> {
        let base = self.head.start;
        let words = lexemes(&text[self.head.clone()])
            .into_iter()
            .filter(|it| it.kind != LexemeKind::Comment);
        words
            .map(|it| Lexeme {
                start: base + it.start,
                ..it
            })
            .collect()
    }
}
