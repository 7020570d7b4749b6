//! Renames a symbol at all its occurrences.

use std::collections::HashMap;

use super::RequestFile;
use super::navigation::Locations;
use crate::ide;
use crate::lsp::state::{RequestError, ServerState};
use crate::lsp::types::{
    Location, PrepareRenameResponse, RenameParams, TextDocumentPositionParams, TextEdit,
    WorkspaceEdit,
};

/// Whether the name under the cursor can be changed, and its range.
pub(super) fn prepare(
    state: &mut ServerState,
    params: TextDocumentPositionParams,
) -> Result<Option<PrepareRenameResponse>, RequestError> {
    let Some(snapshot) = RequestFile::of(state, &params.text_document.uri) else {
        return Ok(None);
    };
    let byte = snapshot.byte(params.position);
    let name =
        ide::prepare(&state.workspace, &snapshot.file, byte).map_err(RequestError::because)?;
    Ok(Some(PrepareRenameResponse::RangeWithPlaceholder {
        range: snapshot.places().range(name.bytes.clone()),
        placeholder: snapshot.file.text[name.bytes].to_owned(),
    }))
}

/// The edits that rename the symbol under the cursor.
pub(super) fn rename(
    state: &mut ServerState,
    params: RenameParams,
) -> Result<Option<WorkspaceEdit>, RequestError> {
    let at = params.text_document_position;
    let Some(snapshot) = RequestFile::of(state, &at.text_document.uri) else {
        return Ok(None);
    };
    state.finish_all();
    let byte = snapshot.byte(at.position);
    let Some(name) = ide::resolve_name(&state.workspace, &snapshot.file, byte) else {
        return Ok(None);
    };
    let new = params.new_name.trim();
    let places = ide::rename(&state.workspace, &name, new).map_err(RequestError::because)?;
    let mut locations = Locations::new(state);
    #[allow(
        clippy::mutable_key_type,
        reason = "the protocol's own type is keyed so; nobody changes a URI"
    )]
    let mut changes: HashMap<_, Vec<TextEdit>> = HashMap::new();
    for Location { uri, range } in places.iter().filter_map(|place| locations.of(place)) {
        let edit = TextEdit {
            range,
            new_text: new.to_owned(),
        };
        changes.entry(uri).or_default().push(edit);
    }
    Ok(Some(WorkspaceEdit {
        changes: Some(changes),
        ..WorkspaceEdit::default()
    }))
}
