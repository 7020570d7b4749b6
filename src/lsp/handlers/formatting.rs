//! Formatting, as edits.

use super::RequestFile;
use crate::format::format;
use crate::ide::line_edits;
use crate::lsp::state::{RequestError, ServerState};
use crate::lsp::types::{DocumentFormattingParams, DocumentRangeFormattingParams, Range, TextEdit};

/// The whole document.
pub(super) fn whole(
    state: &mut ServerState,
    params: DocumentFormattingParams,
) -> Result<Option<Vec<TextEdit>>, RequestError> {
    Ok(RequestFile::of(state, &params.text_document.uri).map(|snapshot| edits(&snapshot, None)))
}

/// Formats the lines of a range.
pub(super) fn range(
    state: &mut ServerState,
    params: DocumentRangeFormattingParams,
) -> Result<Option<Vec<TextEdit>>, RequestError> {
    Ok(RequestFile::of(state, &params.text_document.uri)
        .map(|snapshot| edits(&snapshot, Some(params.range))))
}

fn edits(snapshot: &RequestFile, within: Option<Range>) -> Vec<TextEdit> {
    let text = &snapshot.file.text;
    let lines = within.map(|within| within.start.line as usize..within.end.line as usize);
    snapshot.text_edits(line_edits(text, &format(text).text, lines.as_ref()))
}
