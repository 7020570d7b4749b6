//! What can be folded away, and what grows around the cursor.

use crate::lsp::server::{Refused, Server};
use crate::lsp::types::{
    FoldingRange, FoldingRangeKind, FoldingRangeParams, SelectionRange, SelectionRangeParams,
};
use crate::syntax::blocks::{at, blocks};
use crate::syntax::{LexemeKind, lexemes};

use super::Snapshot;

/// Blocks, and runs of comments.
pub fn folding(
    server: &mut Server,
    params: FoldingRangeParams,
) -> Result<Option<Vec<FoldingRange>>, Refused> {
    let Some(snapshot) = Snapshot::of(server, &params.text_document.uri) else {
        return Ok(None);
    };
    let line = |byte: usize| snapshot.places().position(byte).line;
    let fold = |start_line: u32, end_line: u32, kind: Option<FoldingRangeKind>| FoldingRange {
        start_line,
        end_line,
        kind,
        start_character: None,
        end_character: None,
        collapsed_text: None,
    };
    let mut folds = Vec::new();
    for block in blocks(&snapshot.text) {
        // The line of the closing brace stays in sight.
        let (first, last) = (line(block.head.end), line(block.whole.end));
        let last = if block.opens {
            last.saturating_sub(1)
        } else {
            last
        };
        let first = if block.opens {
            first
        } else {
            line(block.head.start)
        };
        if last > first {
            folds.push(fold(first, last, None));
        }
    }
    let own_line = |start: usize| {
        snapshot.text[..start]
            .rsplit('\n')
            .next()
            .is_some_and(|before| before.trim().is_empty())
    };
    let comments = lexemes(&snapshot.text)
        .into_iter()
        .filter(|it| it.kind == LexemeKind::Comment && own_line(it.start));
    let lines: Vec<u32> = comments.map(|it| line(it.start)).collect();
    for run in lines
        .chunk_by(|a, b| a + 1 == *b)
        .filter(|run| run.len() > 1)
    {
        folds.push(fold(
            run[0],
            run[run.len() - 1],
            Some(FoldingRangeKind::Comment),
        ));
    }
    Ok(Some(folds))
}

/// From the word under the cursor to its statement, the block around it, and so on to the whole
/// file.
pub fn selection(
    server: &mut Server,
    params: SelectionRangeParams,
) -> Result<Option<Vec<SelectionRange>>, Refused> {
    let Some(snapshot) = Snapshot::of(server, &params.text_document.uri) else {
        return Ok(None);
    };
    let blocks = blocks(&snapshot.text);
    let words = lexemes(&snapshot.text);
    let of = |byte: usize| {
        let (mut ranges, mut chain) = (Vec::new(), Vec::new());
        ranges.push(0..snapshot.text.len());
        let inside = blocks
            .iter()
            .rposition(|block| block.whole.start <= byte && byte <= block.whole.end);
        let mut next = at(&blocks, byte).or(inside);
        while let Some(block) = next.and_then(|at| blocks.get(at)) {
            if byte <= block.head.end {
                chain.push(block.head.clone());
            }
            chain.push(block.whole.clone());
            next = block.around;
        }
        ranges.extend(chain.into_iter().rev());
        ranges.extend(
            words
                .iter()
                .find(|word| word.start <= byte && byte <= word.range().end)
                .map(crate::syntax::Lexeme::range),
        );
        ranges.dedup();
        let mut selection: Option<Box<SelectionRange>> = None;
        for range in ranges {
            selection = Some(Box::new(SelectionRange {
                range: snapshot.places().range(range),
                parent: selection,
            }));
        }
        selection.map(|selection| *selection)
    };
    Ok(Some(
        params
            .positions
            .into_iter()
            .filter_map(|position| of(snapshot.byte(position)))
            .collect(),
    ))
}
