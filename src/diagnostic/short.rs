//! Findings, one per line: `file:line:column: error[SRM0301]: message`.

use super::{Diagnostic, visible};
use crate::source::Sources;

/// The findings as lines.
#[must_use]
pub fn render(findings: &[Diagnostic], sources: &Sources) -> String {
    let mut out = String::new();
    for finding in findings {
        let span = finding.span();
        let at = sources.position(span.file, span.start);
        out.push_str(&format!(
            "{}:{}:{}: ",
            visible(sources.name(span.file)),
            at.line,
            at.column
        ));
        let accepted = if finding.is_accepted() {
            "accepted: "
        } else {
            ""
        };
        out.push_str(&format!(
            "{}[{}]: {accepted}{}\n",
            finding.severity.word(),
            finding.code.id(),
            visible(&finding.message)
        ));
    }
    out
}
