//! What can be done about a finding, ready to take.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

use super::Snapshot;
use super::diagnostics::diagnostic;
use super::formatting::changes;
use crate::diagnostic::{Diagnostic as Finding, Facts};
use crate::fix::edits::{apply, ends_in_crlf};
use crate::fix::{Fix, FixContext};
use crate::format::format;
use crate::lsp::server::{Refused, Server};
use crate::lsp::types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse,
    TextEdit, WorkspaceEdit, uri_of,
};
use crate::lsp::workspace::Analysis;

/// What can be done about the findings in a range.
pub fn actions(
    server: &mut Server,
    params: CodeActionParams,
) -> Result<Option<CodeActionResponse>, Refused> {
    let Some(snapshot) = Snapshot::of(server, &params.text_document.uri) else {
        return Ok(None);
    };
    if params.context.only.as_ref().is_some_and(|only| {
        !only
            .iter()
            .any(|kind| "quickfix".starts_with(kind.as_str()))
    }) {
        return Ok(Some(Vec::new()));
    }
    let range = snapshot.places().bytes(params.range);
    let today = server.workspace.today();
    // Most places of a text have nothing to mend.
    let formatted = OnceCell::new();
    let (mut actions, mut contexts) = (Vec::new(), Vec::<(&Analysis, FixContext<'_>)>::new());
    for (analysis, finding) in server.workspace.findings(&snapshot.path) {
        if finding.is_accepted() || !is_at(analysis, finding, &snapshot, &range) {
            continue;
        }
        let known = contexts
            .iter()
            .position(|(of, _)| std::ptr::eq(*of, analysis));
        let at = known.unwrap_or_else(|| {
            let context = FixContext::new(&snapshot.text, &analysis.run.models, today);
            contexts.push((analysis, context));
            contexts.len() - 1
        });
        for fix in contexts[at].1.fixes(finding) {
            let Some(uri) = uri_of(&snapshot.path) else {
                continue;
            };
            #[allow(
                clippy::mutable_key_type,
                reason = "the protocol's own type is keyed so; nobody changes a URI"
            )]
            let changes = HashMap::from([(
                uri,
                edits(
                    &snapshot,
                    &fix,
                    *formatted.get_or_init(|| format(&snapshot.text).text == snapshot.text),
                ),
            )]);
            actions.push(CodeActionOrCommand::CodeAction(CodeAction {
                title: fix.title,
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: diagnostic(analysis, finding, server.encoding).map(|it| vec![it]),
                edit: Some(WorkspaceEdit {
                    changes: Some(changes),
                    ..WorkspaceEdit::default()
                }),
                is_preferred: fix.preferred.then_some(true),
                ..CodeAction::default()
            }));
        }
    }
    Ok(Some(actions))
}

/// The edits of a fix; a text in the style stays in it.
fn edits(snapshot: &Snapshot, fix: &Fix, is_formatted: bool) -> Vec<TextEdit> {
    if is_formatted && let Ok(text) = apply(&snapshot.text, &fix.edits) {
        return changes(snapshot, &format(&text).text, None);
    }
    let line_end = if ends_in_crlf(&snapshot.text) {
        "\r\n"
    } else {
        "\n"
    };
    let edits = fix.edits.iter();
    edits
        .map(|edit| TextEdit {
            range: snapshot.places().range(edit.bytes.clone()),
            new_text: edit.new.replace('\n', line_end),
        })
        .collect()
}

/// Whether a finding stands in a range; what two claims do wrong stands at both.
fn is_at(
    analysis: &Analysis,
    finding: &Finding,
    snapshot: &Snapshot,
    range: &Range<usize>,
) -> bool {
    let both = matches!(finding.facts, Facts::Clash { .. });
    let shown = finding.labels().take(if both { usize::MAX } else { 1 });
    let mut own = shown
        .filter(|label| analysis.file(&snapshot.path) == Some(label.span.file))
        .map(|label| label.span.range());
    own.any(|bytes| bytes.start <= range.end && range.start <= bytes.end)
}
