//! Findings, as an editor shows them.

use std::path::Path;

use crate::diagnostic::{Code, Diagnostic as Finding, Severity, visible, visible_lines};
use crate::ide::Analysis;
use crate::lsp::state::{RequestError, ServerState};
use crate::lsp::types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag,
    DocumentDiagnosticParams, DocumentDiagnosticReport, DocumentDiagnosticReportResult,
    FullDocumentDiagnosticReport, Location, NumberOrString, Places, Range,
    RelatedFullDocumentDiagnosticReport,
};
use crate::source::{Encoding, Span};

use super::RequestFile;

/// The findings of a document, for a client that asks.
pub(crate) fn pull(
    state: &mut ServerState,
    params: DocumentDiagnosticParams,
) -> Result<DocumentDiagnosticReportResult, RequestError> {
    let snapshot = RequestFile::of(state, &params.text_document.uri);
    let items = snapshot
        .map(|snapshot| of_file(state, &snapshot.file.path))
        .unwrap_or_default();
    let full = FullDocumentDiagnosticReport {
        result_id: None,
        items,
    };
    let report = RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: full,
    };
    Ok(DocumentDiagnosticReportResult::Report(
        DocumentDiagnosticReport::Full(report),
    ))
}

/// The diagnostics of a file.
pub(crate) fn of_file(state: &ServerState, path: &Path) -> Vec<Diagnostic> {
    let found = state.workspace.findings(path);
    found
        .into_iter()
        .filter_map(|(analysis, finding)| diagnostic(state, analysis, finding))
        .collect()
}

/// A finding as a protocol diagnostic.
pub(crate) fn diagnostic(
    state: &ServerState,
    analysis: &Analysis,
    finding: &Finding,
) -> Option<Diagnostic> {
    let encoding = state.encoding;
    let primary = &finding.primary;
    let mut message = finding.message.clone();
    if !primary.text.is_empty() {
        message.push_str(&format!("\n{}", primary.text));
    }
    message.extend(finding.help.iter().map(|help| format!("\nhelp: {help}")));
    if let Some(acceptance) = &finding.acceptance {
        message.push_str(&format!("\n{}", acceptance.phrase()));
    }
    let severity = match finding.severity {
        _ if finding.is_accepted() => DiagnosticSeverity::INFORMATION,
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Note => DiagnosticSeverity::INFORMATION,
    };
    let related = finding.related.iter().filter_map(|label| {
        let uri = state.uri_of(&analysis.path(label.span.file))?;
        let message = if label.text.is_empty() {
            "see here".to_owned()
        } else {
            visible(&label.text)
        };
        Some(DiagnosticRelatedInformation {
            location: Location {
                uri,
                range: range(analysis, label.span, encoding)?,
            },
            message,
        })
    });
    let related: Vec<_> = related.collect();
    let is_needless = matches!(
        finding.code,
        Code::UnusedParty | Code::UnusedAxis | Code::UnusedFootnote | Code::AllowNothing
    );
    Some(Diagnostic {
        range: range(analysis, primary.span, encoding)?,
        severity: Some(severity),
        code: Some(NumberOrString::String(finding.code.id().to_owned())),
        source: Some("srmc".into()),
        message: visible_lines(&message),
        related_information: (!related.is_empty()).then_some(related),
        tags: is_needless.then(|| vec![DiagnosticTag::UNNECESSARY]),
        ..Diagnostic::default()
    })
}

/// The range of a span of a run.
pub(crate) fn range(analysis: &Analysis, span: Span, encoding: Encoding) -> Option<Range> {
    let source = analysis.run.sources.get(span.file)?;
    let places = Places {
        text: &source.text,
        lines: source.lines(),
        encoding,
    };
    Some(places.range(span.range()))
}
