//! Hover requests.

use super::RequestFile;
use crate::ide;
use crate::lsp::state::{RequestError, ServerState};
use crate::lsp::types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

/// The hover text at the cursor.
pub(super) fn hover(
    state: &mut ServerState,
    params: HoverParams,
) -> Result<Option<Hover>, RequestError> {
    let at = params.text_document_position_params;
    let Some(snapshot) = RequestFile::of(state, &at.text_document.uri) else {
        return Ok(None);
    };
    let byte = snapshot.byte(at.position);
    let hover = ide::hover(&state.workspace, &snapshot.file, byte);
    Ok(hover.map(|hover| Hover {
        contents: HoverContents::Markup(MarkupContent {
            kind: MarkupKind::Markdown,
            value: hover.markdown,
        }),
        range: Some(snapshot.places().range(hover.bytes)),
    }))
}
