//! Findings as a Code Quality report of GitLab.
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>

use serde::Serialize;

use super::forge::Told;
use super::{Diagnostic, Severity};

#[derive(Serialize)]
struct Issue<'r> {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'r>,
}

#[derive(Serialize)]
struct Location<'r> {
    path: &'r str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// The report as JSON.
#[must_use]
pub fn render(told: &Told<'_>) -> String {
    let issues: Vec<Issue<'_>> = told
        .findings
        .iter()
        .zip(told.fingerprints())
        .map(|(finding, mark)| issue(finding, mark, told))
        .collect();
    // Strings and numbers cannot fail to serialise.
    serde_json::to_string_pretty(&issues).unwrap_or_default() + "\n"
}

fn issue<'r>(finding: &Diagnostic, fingerprint: String, told: &'r Told<'_>) -> Issue<'r> {
    let severity = match finding.severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Note => "info",
    };
    let span = finding.span();
    let [start, end] = told.ends(span);
    let location = Location {
        path: told.path(span.file),
        lines: Lines {
            begin: start.line,
            end: end.line,
        },
    };
    Issue {
        description: Told::text(finding),
        check_name: finding.code.id(),
        fingerprint,
        severity,
        location,
    }
}
