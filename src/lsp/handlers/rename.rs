//! A new name for a thing, wherever it is named.

use std::collections::HashMap;

use crate::lsp::server::{Refused, Server};
use crate::lsp::types::{
    Location, PrepareRenameResponse, RenameParams, TextDocumentPositionParams, TextEdit,
    WorkspaceEdit,
};
use crate::resolve::symbols::SymbolKind;
use crate::syntax::vocabulary::{is_field, is_reserved};

use super::Snapshot;
use super::navigation::{Locations, ResolvedName, finish_all, meant, named};

/// Whether the name under the cursor can be changed, and which it is.
pub fn prepare(
    server: &mut Server,
    params: TextDocumentPositionParams,
) -> Result<Option<PrepareRenameResponse>, Refused> {
    let Some(snapshot) = Snapshot::of(server, &params.text_document.uri) else {
        return Ok(None);
    };
    let Some(meant) = meant(server, &snapshot, snapshot.byte(params.position)) else {
        return Err(Refused::because(
            "there is no name here that a file declares",
        ));
    };
    if meant.kind == SymbolKind::File {
        return Err(Refused::because("a file is renamed where files are"));
    }
    let placeholder = snapshot.text[meant.name.clone()].to_owned();
    Ok(Some(PrepareRenameResponse::RangeWithPlaceholder {
        range: snapshot.places().range(meant.name),
        placeholder,
    }))
}

/// The edits that give the thing under the cursor another name.
pub fn rename(server: &mut Server, params: RenameParams) -> Result<Option<WorkspaceEdit>, Refused> {
    let at = params.text_document_position;
    let Some(snapshot) = Snapshot::of(server, &at.text_document.uri) else {
        return Ok(None);
    };
    finish_all(server);
    let Some(meant) = meant(server, &snapshot, snapshot.byte(at.position)) else {
        return Ok(None);
    };
    let new = params.new_name.trim();
    fits(new, meant.kind)?;
    clashes(server, &meant, new)?;
    let mut locations = Locations::new(server);
    #[allow(
        clippy::mutable_key_type,
        reason = "the protocol's own type is keyed so; nobody changes a URI"
    )]
    let mut changes: HashMap<_, Vec<TextEdit>> = HashMap::new();
    for Location { uri, range } in named(server, &meant)
        .iter()
        .filter_map(|place| locations.of(place))
    {
        changes.entry(uri).or_default().push(TextEdit {
            range,
            new_text: new.to_owned(),
        });
    }
    Ok(Some(WorkspaceEdit {
        changes: Some(changes),
        ..WorkspaceEdit::default()
    }))
}

/// Whether a word can be a name at all.
fn fits(new: &str, kind: SymbolKind) -> Result<(), Refused> {
    let is_name = new.starts_with(|c: char| c.is_ascii_alphabetic())
        && new
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    if !is_name {
        return Err(Refused::because(format!(
            "`{new}` is no name: a name is a letter, then letters, digits, `_` and `-`"
        )));
    }
    if is_reserved(new) {
        return Err(Refused::because(format!(
            "`{new}` is a word of the language"
        )));
    }
    if kind == SymbolKind::Party && is_field(new) {
        return Err(Refused::because(format!(
            "`{new}` is the name of a field, so a party cannot bear it"
        )));
    }
    Ok(())
}

/// Whether another thing bears the name where this one is seen.
fn clashes(server: &Server, meant: &ResolvedName, new: &str) -> Result<(), Refused> {
    let clash = |what: &str| {
        Refused::because(format!(
            "there is already {what} `{new}` where this one is seen"
        ))
    };
    for analysis in server.workspace.analyses() {
        let Some(thing) = analysis.thing(meant.kind, &meant.declared) else {
            continue;
        };
        if !analysis
            .run
            .refs
            .iter()
            .any(|mention| mention.thing == thing)
        {
            continue;
        }
        for checked in &analysis.run.models {
            let model = &checked.model;
            let found = match meant.kind {
                SymbolKind::Party => model
                    .parties
                    .iter()
                    .any(|it| it.decl.name == new && it.decl.span != thing.declared)
                    .then_some("a party"),
                SymbolKind::Axis => model
                    .axes
                    .iter()
                    .any(|it| it.decl.name == new && it.decl.span != thing.declared)
                    .then_some("an axis"),
                SymbolKind::Framework => model
                    .frameworks
                    .iter()
                    .any(|it| it.decl.name == new)
                    .then_some("a framework"),
                SymbolKind::Model => analysis
                    .run
                    .models
                    .iter()
                    .any(|it| it.model.decl.name == new)
                    .then_some("a model"),
                SymbolKind::Value => {
                    let axis = model
                        .axes
                        .iter()
                        .find(|axis| axis.declared.contains(&thing.declared));
                    axis.is_some_and(|axis| axis.values.iter().any(|(name, _)| name == new))
                        .then_some("a value")
                }
                SymbolKind::Area | SymbolKind::Duty => {
                    let labels = || {
                        model
                            .duties
                            .iter()
                            .map(|it| &it.decl)
                            .chain(model.areas.iter().map(|it| &it.decl))
                    };
                    if !labels().any(|label| label.span == thing.declared) {
                        continue;
                    }
                    // Elsewhere too: a path that is written by its end would come to mean two
                    // things.
                    labels()
                        .any(|label| label.name == new)
                        .then_some("an area or duty")
                }
                SymbolKind::File => None,
            };
            if let Some(what) = found {
                return Err(clash(what));
            }
        }
    }
    Ok(())
}
