//! Links: to used files, addresses of sources, and pages of codes.

use std::str::FromStr as _;

use serde_json::Value;

use super::RequestFile;
use crate::diagnostic::Code;
use crate::ide::{self, Link, LinkTarget};
use crate::lsp::state::{RequestError, ServerState};
use crate::lsp::types::{DocumentLink, DocumentLinkParams, Uri};

/// The links of a document.
pub(super) fn links(
    state: &mut ServerState,
    params: DocumentLinkParams,
) -> Result<Option<Vec<DocumentLink>>, RequestError> {
    let Some(snapshot) = RequestFile::of(state, &params.text_document.uri) else {
        return Ok(None);
    };
    let link = |Link { bytes, target }| {
        let (target, data, tooltip) = match target {
            LinkTarget::Source(path) => (Some(state.uri_of(&path)?), None, "Open the file"),
            LinkTarget::Catalog(path) => (Some(state.uri_of(&path)?), None, "Open the catalog"),
            LinkTarget::Url(url) => (Some(Uri::from_str(&url).ok()?), None, "Open the source"),
            LinkTarget::Page(code) => (
                None,
                Some(Value::String(code.id().to_owned())),
                "Open the explanation of this code",
            ),
        };
        let range = snapshot.places().range(bytes);
        Some(DocumentLink {
            range,
            target,
            tooltip: Some(tooltip.to_owned()),
            data,
        })
    };
    let links = ide::links(&state.workspace, &snapshot.file);
    Ok(Some(links.into_iter().filter_map(link).collect()))
}

/// Resolves the target of a link when the user follows it: writes the page of a code for the editor
/// to open.
pub(super) fn resolve(
    state: &mut ServerState,
    link: DocumentLink,
) -> Result<DocumentLink, RequestError> {
    let Some(code) = link
        .data
        .as_ref()
        .and_then(Value::as_str)
        .and_then(Code::find)
    else {
        return Ok(link);
    };
    let page = format!("{}.md", code.id());
    let page = state
        .workspace
        .files()
        .write_page(&page, code.page())
        .map_err(|why| {
            RequestError::because(format!(
                "cannot write the explanation of {}: {why}",
                code.id()
            ))
        })?;
    Ok(DocumentLink {
        target: state.uri_of(&page),
        ..link
    })
}
