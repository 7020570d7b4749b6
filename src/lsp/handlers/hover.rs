//! Hover requests.

use super::Snapshot;
use crate::ide;
use crate::lsp::state::{Refused, State};
use crate::lsp::types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

/// The hover text at the cursor.
pub(super) fn hover(state: &mut State, params: HoverParams) -> Result<Option<Hover>, Refused> {
    let at = params.text_document_position_params;
    let Some(snapshot) = Snapshot::of(state, &at.text_document.uri) else {
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
