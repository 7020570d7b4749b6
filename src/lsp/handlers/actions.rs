//! Code actions: fixes for findings.

use std::collections::HashMap;

use super::RequestFile;
use super::diagnostics::diagnostic;
use crate::ide;
use crate::lsp::state::{RequestError, ServerState};
use crate::lsp::types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse,
    WorkspaceEdit,
};

/// Fixes for the findings in a range.
pub(super) fn actions(
    state: &mut ServerState,
    params: CodeActionParams,
) -> Result<Option<CodeActionResponse>, RequestError> {
    let Some(snapshot) = RequestFile::of(state, &params.text_document.uri) else {
        return Ok(None);
    };
    let is_wanted = params.context.only.is_none_or(|only| {
        only.iter()
            .any(|kind| "quickfix".starts_with(kind.as_str()))
    });
    let (true, Some(uri)) = (is_wanted, state.uri_of(&snapshot.file.path)) else {
        return Ok(Some(Vec::new()));
    };
    let within = snapshot.places().bytes(params.range);
    let action = |fix: ide::OfferedFix<'_>| {
        let (analysis, finding) = fix.finding;
        #[allow(
            clippy::mutable_key_type,
            reason = "the protocol's own type is keyed so; nobody changes a URI"
        )]
        let changes = HashMap::from([(uri.clone(), snapshot.text_edits(fix.edits))]);
        CodeActionOrCommand::CodeAction(CodeAction {
            title: fix.title,
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: diagnostic(state, analysis, finding).map(|it| vec![it]),
            edit: Some(WorkspaceEdit {
                changes: Some(changes),
                ..WorkspaceEdit::default()
            }),
            is_preferred: fix.preferred.then_some(true),
            ..CodeAction::default()
        })
    };
    let fixes = ide::fixes(&state.workspace, &snapshot.file, &within);
    Ok(Some(fixes.into_iter().map(action).collect()))
}
