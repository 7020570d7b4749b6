//! Where a symbol is declared, and where it is named.

use std::collections::HashMap;
use std::path::PathBuf;

use super::RequestFile;
use crate::ide::{self, FileRange, Highlight};
use crate::lsp::state::{RequestError, ServerState};
use crate::lsp::types::{
    DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams, GotoDefinitionParams,
    GotoDefinitionResponse, Location, LocationLink, ReferenceParams,
};

/// Converts places to the client's locations; reads each file only once.
pub(super) struct Locations<'s> {
    state: &'s ServerState,
    read: HashMap<PathBuf, Option<RequestFile>>,
}

impl<'s> Locations<'s> {
    /// A converter that has not read any file yet.
    pub(super) fn new(state: &'s ServerState) -> Self {
        Self {
            state,
            read: HashMap::new(),
        }
    }

    /// The location of a place; `None` if there is no such text.
    pub(super) fn of(&mut self, place: &FileRange) -> Option<Location> {
        let snapshot = self
            .read
            .entry(place.path.clone())
            .or_insert_with(|| RequestFile::read(self.state, &place.path));
        Some(Location {
            uri: self.state.uri_of(&place.path)?,
            range: snapshot.as_ref()?.places().range(place.bytes.clone()),
        })
    }
}

/// Where the symbol under the cursor is declared.
pub(super) fn definition(
    state: &mut ServerState,
    params: GotoDefinitionParams,
) -> Result<Option<GotoDefinitionResponse>, RequestError> {
    let at = params.text_document_position_params;
    let Some(snapshot) = RequestFile::of(state, &at.text_document.uri) else {
        return Ok(None);
    };
    let byte = snapshot.byte(at.position);
    let Some(name) = ide::resolve_name(&state.workspace, &snapshot.file, byte) else {
        return Ok(None);
    };
    let Some(target) = Locations::new(state).of(&name.declared) else {
        return Ok(None);
    };
    let client = state
        .client
        .text_document
        .as_ref()
        .and_then(|it| it.definition.as_ref());
    Ok(Some(
        if client.and_then(|it| it.link_support) == Some(true) {
            GotoDefinitionResponse::Link(vec![LocationLink {
                origin_selection_range: Some(snapshot.places().range(name.bytes)),
                target_uri: target.uri,
                target_range: target.range,
                target_selection_range: target.range,
            }])
        } else {
            GotoDefinitionResponse::Scalar(target)
        },
    ))
}

/// Where the symbol under the cursor is named.
pub(super) fn references(
    state: &mut ServerState,
    params: ReferenceParams,
) -> Result<Option<Vec<Location>>, RequestError> {
    let at = params.text_document_position;
    let Some(snapshot) = RequestFile::of(state, &at.text_document.uri) else {
        return Ok(None);
    };
    state.finish_all();
    let byte = snapshot.byte(at.position);
    let Some(name) = ide::resolve_name(&state.workspace, &snapshot.file, byte) else {
        return Ok(None);
    };
    let wanted = ide::references(&state.workspace, &name)
        .into_iter()
        .filter(|place| params.context.include_declaration || *place != name.declared);
    let mut locations = Locations::new(state);
    Ok(Some(
        wanted.filter_map(|place| locations.of(&place)).collect(),
    ))
}

/// Where the symbol under the cursor is named in its file.
pub(super) fn highlight(
    state: &mut ServerState,
    params: DocumentHighlightParams,
) -> Result<Option<Vec<DocumentHighlight>>, RequestError> {
    let at = params.text_document_position_params;
    let Some(snapshot) = RequestFile::of(state, &at.text_document.uri) else {
        return Ok(None);
    };
    let byte = snapshot.byte(at.position);
    let highlight = |Highlight { bytes, declares }| DocumentHighlight {
        range: snapshot.places().range(bytes),
        kind: Some(if declares {
            DocumentHighlightKind::WRITE
        } else {
            DocumentHighlightKind::READ
        }),
    };
    let highlights = ide::highlights(&state.workspace, &snapshot.file, byte);
    Ok(highlights.map(|highlights| highlights.into_iter().map(highlight).collect()))
}
