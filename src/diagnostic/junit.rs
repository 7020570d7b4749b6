//! Findings as a JUnit report: each duty is a test, and each file is a test for findings without a
//! duty.

use std::collections::BTreeMap;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::forge::Told;
use super::{Diagnostic, Severity, Subject, visible};
use crate::source::FileId;

/// A model and its duties: the path of each, and whether it was checked.
pub struct Tested {
    /// The model's name.
    pub model: String,
    /// The file that declares it, because another file may declare a model with the same name.
    pub file: FileId,
    /// Its duties.
    pub duties: Vec<(String, bool)>,
}

/// The report; findings of this severity or worse fail.
#[must_use]
pub fn render(told: &Told<'_>, tested: &[Tested], fails: Severity) -> String {
    let mut report = Report::new("srmc");
    for suite in tested {
        let mut out = TestSuite::new(suite.model.as_str());
        for (duty, checked) in &suite.duties {
            let about = |it: &&Diagnostic| {
                let named = |subject: &Subject| {
                    subject.model == suite.model && subject.duties.first() == Some(duty)
                };
                it.subject.as_deref().is_some_and(named) && it.span().file == suite.file
            };
            let findings: Vec<&Diagnostic> = told.findings.iter().filter(about).collect();
            out.add_test_case(case(duty, &suite.model, &findings, *checked, told, fails));
        }
        report.add_test_suite(out);
    }
    let mut files: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for finding in told.findings.iter().filter(|it| it.duty().is_none()) {
        let file = told.path(finding.span().file);
        files.entry(file).or_default().push(finding);
    }
    if !files.is_empty() {
        let mut suite = TestSuite::new("files");
        for (file, findings) in files {
            suite.add_test_case(case(file, "files", &findings, true, told, fails));
        }
        report.add_test_suite(suite);
    }
    // Only a timestamp could fail to be written, and there is none.
    report.to_string().unwrap_or_default()
}

fn case(
    name: &str,
    class: &str,
    findings: &[&Diagnostic],
    checked: bool,
    told: &Told<'_>,
    fails: Severity,
) -> TestCase {
    let failing: Vec<&&Diagnostic> = findings
        .iter()
        .filter(|it| !it.is_accepted() && it.severity >= fails)
        .collect();
    let mut status = match (failing.first(), checked) {
        (Some(_), _) => TestCaseStatus::non_success(NonSuccessKind::Failure),
        (None, true) => TestCaseStatus::success(),
        (None, false) => TestCaseStatus::skipped(),
    };
    match failing.first() {
        Some(first) => {
            status
                .set_type(first.code.id())
                .set_message(visible(&first.message));
            status.set_description(
                failing
                    .iter()
                    .map(|it| line(it, told))
                    .collect::<Vec<_>>()
                    .join("\n\n"),
            );
        }
        None if !checked => {
            status.set_message("not checked: a statement that may name this duty has an error");
        }
        None => {}
    }
    let mut case = TestCase::new(visible(name), status);
    case.set_classname(class);
    let others: Vec<String> = findings
        .iter()
        .filter(|it| it.is_accepted() || it.severity < fails)
        .map(|it| line(it, told))
        .collect();
    if !others.is_empty() {
        case.set_system_out(others.join("\n\n"));
    }
    case
}

fn line(finding: &Diagnostic, told: &Told<'_>) -> String {
    let span = finding.span();
    let [start, _] = told.ends(span);
    format!(
        "{}:{}:{}: {}[{}]: {}",
        told.path(span.file),
        start.line,
        start.column,
        finding.severity.word(),
        finding.code.id(),
        Told::text(finding)
    )
}
