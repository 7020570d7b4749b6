//! Folding ranges and selection ranges.

use super::RequestFile;
use crate::ide::{self, Fold};
use crate::lsp::state::{RequestError, ServerState};
use crate::lsp::types::{
    FoldingRange, FoldingRangeKind, FoldingRangeParams, SelectionRange, SelectionRangeParams,
};

/// Blocks, and runs of comments.
pub(super) fn folding(
    state: &mut ServerState,
    params: FoldingRangeParams,
) -> Result<Option<Vec<FoldingRange>>, RequestError> {
    let fold = |fold: Fold| FoldingRange {
        start_line: fold.first,
        end_line: fold.last,
        kind: fold.is_comment.then_some(FoldingRangeKind::Comment),
        ..FoldingRange::default()
    };
    Ok(
        RequestFile::of(state, &params.text_document.uri).map(|snapshot| {
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
    state: &mut ServerState,
    params: SelectionRangeParams,
) -> Result<Option<Vec<SelectionRange>>, RequestError> {
    let Some(snapshot) = RequestFile::of(state, &params.text_document.uri) else {
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
