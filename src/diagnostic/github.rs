//! Findings as annotations of GitHub: workflow commands, one per line.
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>

use super::forge::Told;
use super::{Diagnostic, Severity};

/// The findings as workflow commands.
#[must_use]
pub fn render(told: &Told<'_>) -> String {
    told.findings
        .iter()
        .map(|finding| command(finding, told) + "\n")
        .collect()
}

fn command(finding: &Diagnostic, told: &Told<'_>) -> String {
    let word = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = Vec::new();
    let span = finding.span();
    let [start, end] = told.ends(span);
    properties.push(format!("file={}", property(told.path(span.file))));
    properties.push(format!("line={},endLine={}", start.line, end.line));
    // GitHub uses columns only if the range is on one line.
    if start.line == end.line {
        properties.push(format!("col={},endColumn={}", start.column, end.column));
    }
    properties.push(format!(
        "title={}",
        property(&format!("{} {}", finding.code.id(), finding.code.title()))
    ));
    format!(
        "::{word} {}::{}",
        properties.join(","),
        data(&Told::text(finding))
    )
}

/// Escapes a message, because a line break would end the command.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
