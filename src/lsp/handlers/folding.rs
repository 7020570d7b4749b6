//! Folding ranges and selection ranges.

use super::Snapshot;
use crate::ide::{self, Fold};
use crate::lsp::state::{Refused, State};
use crate::lsp::types::{
    FoldingRange, FoldingRangeKind, FoldingRangeParams, SelectionRange, SelectionRangeParams,
};

/// Blocks, and runs of comments.
pub(super) fn folding(
    state: &mut State,
    params: FoldingRangeParams,
) -> Result<Option<Vec<FoldingRange>>, Refused> {
    let fold = |fold: Fold| FoldingRange {
        start_line: fold.first,
        end_line: fold.last,
        kind: fold.is_comment.then_some(FoldingRangeKind::Comment),
        ..FoldingRange::default()
    };
    Ok(
        Snapshot::of(state, &params.text_document.uri).map(|snapshot| {
            ide::folds(&snapshot.file.text)
                .into_iter()
                .map(fold)
                .collect()
        }),
    )
}

/// From the word under the cursor to its statement, the block around it, and so on to the whole
/// file.
pub(super) fn selection(
    state: &mut State,
    params: SelectionRangeParams,
) -> Result<Option<Vec<SelectionRange>>, Refused> {
    let Some(snapshot) = Snapshot::of(state, &params.text_document.uri) else {
        return Ok(None);
    };
    let of = |byte: usize| {
        let ranges = ide::selection(&snapshot.file.text, byte).into_iter();
        ranges.fold(None, |parent: Option<SelectionRange>, bytes| {
            let range = snapshot.places().range(bytes);
            Some(SelectionRange {
                range,
                parent: parent.map(Box::new),
            })
        })
    };
    let positions = params.positions.into_iter();
    Ok(Some(
        positions
            .filter_map(|position| of(snapshot.byte(position)))
            .collect(),
    ))
}
