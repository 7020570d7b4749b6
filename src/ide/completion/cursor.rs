//! The context of the cursor: the words before it, and the block around it.

use std::ops::Range;

use crate::syntax::blocks::{Block, around, blocks};
use crate::syntax::{FlatKind, LexemeKind, lexemes, vocabulary};

/// The context at the cursor.
pub(super) struct CompletionCursor<'t> {
    /// The words of the statement before the cursor, without the one under it.
    pub(super) words: Vec<&'t str>,
    /// The part of the word before the cursor.
    pub(super) prefix: Range<usize>,
    /// The blocks of the file.
    pub(super) blocks: Vec<Block>,
    /// The innermost block around.
    pub(super) around: Option<usize>,
    /// In a table row: the number of bars before the cursor.
    pub(super) bars: Option<usize>,
}

impl<'t> CompletionCursor<'t> {
    /// `None` inside a text or a comment.
    pub(super) fn new(text: &'t str, byte: usize) -> Option<Self> {
        let line = text[..byte].rfind('\n').map_or(0, |at| at + 1);
        let blocks = blocks(text);
        // Inside an axis, new names are declared.
        let open = text[..byte]
            .rfind('{')
            .filter(|open| !text[*open..byte].contains('}'));
        if open.is_some_and(|open| {
            text[..open]
                .rsplit('\n')
                .next()
                .is_some_and(|line| line.trim_start().starts_with("axis "))
        }) {
            return None;
        }
        let around = around(&blocks, byte);
        let bars = text[line..byte]
            .trim_start()
            .starts_with('|')
            .then(|| text[line..byte].matches('|').count());
        // A line that does not begin a statement continues the previous one.
        let start = if bars.is_some() {
            line
        } else {
            start_of_statement(text, line, byte, &blocks)
        };
        let before = lexemes(&text[start..byte]);
        let last = before.last();
        if last.is_some_and(|it| it.kind == LexemeKind::Comment)
            || before.iter().any(|it| it.text == "\"")
            || in_text(text, byte)
        {
            return None;
        }
        let touches =
            last.filter(|it| it.kind == LexemeKind::Word && start + it.range().end == byte);
        let from = touches.map_or(byte, |it| start + it.start);
        // A path that ends in a dot is not finished.
        let dotted = text[..byte].strip_suffix('.').map(|_| {
            before
                .iter()
                .rev()
                .find(|it| it.kind == LexemeKind::Word)
                .map_or(byte, |it| start + it.start)
        });
        let prefix = dotted
            .filter(|from| !text[*from..byte].contains(char::is_whitespace))
            .unwrap_or(from)..byte;
        let words = before
            .iter()
            .filter(|it| start + it.start < prefix.start && it.kind != LexemeKind::Comment)
            .map(|it| it.text)
            .collect();
        Some(Self {
            words,
            prefix,
            blocks,
            around,
            bars,
        })
    }

    /// What the innermost block is.
    pub(super) fn block(&self) -> Option<&Block> {
        self.around.map(|at| &self.blocks[at])
    }

    pub(super) fn last(&self) -> &'t str {
        self.words.last().copied().unwrap_or("")
    }
}

/// Whether a byte lies within a text.
fn in_text(text: &str, byte: usize) -> bool {
    let line = text[..byte].rfind('\n').map_or(0, |at| at + 1);
    let end = text[byte..].find('\n').map_or(text.len(), |at| byte + at);
    lexemes(&text[line..end]).iter().any(|it| {
        it.kind == LexemeKind::Text && line + it.start < byte && byte < line + it.range().end
    })
}

/// Where the statement at the cursor begins.
fn start_of_statement(text: &str, line: usize, byte: usize, blocks: &[Block]) -> usize {
    // A statement begins after the brace of a block; the brace of a value list is part of a
    // statement.
    let (mut from, mut before, mut lists) = (line, "", 0usize);
    for word in lexemes(&text[line..byte]) {
        match word.text {
            "{" if before == "in" => lists += 1,
            "}" if lists > 0 => lists -= 1,
            "{" | "}" => from = line + word.range().end,
            _ => {}
        }
        before = word.text;
    }
    // A statement that began on an earlier line may continue here.
    let goes_over = |block: &&Block| {
        block.head.start < line
            && from == line
            && line < block.head.end
            && block.kind != FlatKind::Broken
    };
    if let Some(block) = blocks.iter().rfind(goes_over) {
        return block.head.start;
    }
    if let Some(block) = blocks
        .iter()
        .find(|block| from <= block.head.start && block.head.start < byte)
    {
        let goes_on = vocabulary::CONTINUING.contains(
            &text[block.head.start..byte]
                .split_whitespace()
                .next()
                .unwrap_or(""),
        );
        if !goes_on {
            return block.head.start;
        }
    }
    let first = text[from..byte].split_whitespace().next().unwrap_or("");
    let open = text[..line].trim_end().ends_with(',');
    let above = blocks.iter().rfind(|block| block.head.start < line);
    let is_part = |block: &&Block| {
        from == line
            && (vocabulary::CONTINUING.contains(&first)
                || open
                || byte <= block.head.end && block.kind != FlatKind::Broken)
    };
    above.filter(is_part).map_or(from, |block| block.head.start)
}
