//! Folding ranges and selection ranges.

use std::ops::Range;

use crate::source::{Encoding, Lines};
use crate::syntax::blocks::{at, blocks};
use crate::syntax::{Lexeme, LexemeKind, lexemes};

/// Lines that can be folded away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fold {
    /// The line that stays visible, from 0.
    pub first: u32,
    /// The last hidden line.
    pub last: u32,
    /// These are comments.
    pub is_comment: bool,
}

/// Blocks, and runs of comments.
#[must_use]
pub fn folds(text: &str) -> Vec<Fold> {
    let lines = Lines::new(text);
    let line = |byte: usize| lines.place(text, byte.min(text.len()), Encoding::Utf8).0;
    let mut folds = Vec::new();
    for block in blocks(text) {
        // The line of the closing brace stays visible.
        let (first, last) = if block.opens {
            (
                line(block.head.end),
                line(block.whole.end).saturating_sub(1),
            )
        } else {
            (line(block.head.start), line(block.whole.end))
        };
        if last > first {
            folds.push(Fold {
                first,
                last,
                is_comment: false,
            });
        }
    }
    let own_line = |start: usize| {
        text[..start]
            .rsplit('\n')
            .next()
            .is_some_and(|before| before.trim().is_empty())
    };
    let comments = lexemes(text)
        .into_iter()
        .filter(|it| it.kind == LexemeKind::Comment && own_line(it.start));
    let lines: Vec<u32> = comments.map(|it| line(it.start)).collect();
    let runs = lines
        .chunk_by(|a, b| a + 1 == *b)
        .filter(|run| run.len() > 1);
    folds.extend(runs.map(|run| Fold {
        first: run[0],
        last: run[run.len() - 1],
        is_comment: true,
    }));
    folds
}

/// From the whole text to the statements around a byte and the word there, each within the one
/// before it.
#[must_use]
pub fn selection(text: &str, byte: usize) -> Vec<Range<usize>> {
    let blocks = blocks(text);
    let inside = blocks
        .iter()
        .rposition(|block| block.whole.start <= byte && byte <= block.whole.end);
    let mut chain = Vec::new();
    let mut next = at(&blocks, byte).or(inside);
    while let Some(block) = next.and_then(|at| blocks.get(at)) {
        if byte <= block.head.end {
            chain.push(block.head.clone());
        }
        chain.push(block.whole.clone());
        next = block.around;
    }
    let words = lexemes(text);
    let word = words
        .iter()
        .find(|word| word.start <= byte && byte <= word.range().end);
    let mut ranges: Vec<Range<usize>> = std::iter::once(0..text.len())
        .chain(chain.into_iter().rev())
        .chain(word.map(Lexeme::range))
        .collect();
    ranges.dedup();
    ranges
}
