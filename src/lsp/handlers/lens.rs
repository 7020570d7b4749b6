//! Code lenses above a model, and inlay hints for who holds a duty; both only if the user enabled
//! them.

use super::RequestFile;
use crate::ide::{self, Hint, Lens};
use crate::lsp::state::{RequestError, ServerState};
use crate::lsp::types::{
    CodeLens, CodeLensParams, Command, InlayHint, InlayHintKind, InlayHintLabel, InlayHintParams,
};

/// For each model: counts of its duties, gaps and overlaps, and how many duties each party holds.
pub(super) fn lens(
    state: &mut ServerState,
    params: CodeLensParams,
) -> Result<Option<Vec<CodeLens>>, RequestError> {
    let Some(snapshot) = wanted(state, state.settings.code_lens, &params.text_document.uri) else {
        return Ok(None);
    };
    let lens = |lens: Lens| CodeLens {
        range: snapshot.places().range(lens.bytes),
        // A lens must have a command; this one does nothing.
        command: Some(Command {
            title: lens.text,
            command: String::new(),
            arguments: None,
        }),
        data: None,
    };
    let lenses = ide::lenses(&state.workspace, &snapshot.file);
    Ok(lenses.map(|lenses| lenses.into_iter().map(lens).collect()))
}

/// A hint after each duty in the range: who holds it.
pub(super) fn hints(
    state: &mut ServerState,
    params: InlayHintParams,
) -> Result<Option<Vec<InlayHint>>, RequestError> {
    let Some(snapshot) = wanted(state, state.settings.inlay_hints, &params.text_document.uri)
    else {
        return Ok(None);
    };
    let hint = |hint: Hint| InlayHint {
        position: snapshot.places().position(hint.at),
        label: InlayHintLabel::String(hint.text),
        kind: Some(InlayHintKind::TYPE),
        text_edits: None,
        tooltip: None,
        padding_left: Some(true),
        padding_right: None,
        data: None,
    };
    let within = snapshot.places().bytes(params.range);
    let hints = ide::hints(&state.workspace, &snapshot.file, &within);
    Ok(hints.map(|hints| hints.into_iter().map(hint).collect()))
}

/// The document, if the user switched this on.
fn wanted(
    state: &mut ServerState,
    is_on: bool,
    uri: &crate::lsp::types::Uri,
) -> Option<RequestFile> {
    is_on.then(|| RequestFile::of(state, uri)).flatten()
}
