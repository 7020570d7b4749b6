//! Findings as SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format").

use std::collections::BTreeMap;

use serde_json::json;
use serde_sarif::sarif::{
    ArtifactChange, ArtifactContent, ArtifactLocation, Fix, Location, LogicalLocation, Message,
    MultiformatMessageString, PhysicalLocation, PropertyBag, Region, Replacement,
    ReportingConfiguration, ReportingDescriptor, Result, ResultLevel, Run, Sarif, Suppression,
    Tool, ToolComponent,
};

use super::forge::Told;
use super::{Acceptance, Code, Diagnostic, Label, Severity};
use crate::source::{FileId, Span};

/// The URL of the SARIF schema.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
/// The name of our fingerprint, with the version of its algorithm.
const FINGERPRINT: &str = "srmcFinding/v2";

/// A change that fixes a finding.
pub struct Proposal {
    /// What it does, for people.
    pub title: String,
    /// Spans and their replacements.
    pub replacements: Vec<(Span, String)>,
}

/// The findings as one log with one run, each with its proposed fixes.
#[must_use]
pub fn render(told: &Told<'_>, proposals: &dyn Fn(&Diagnostic) -> Vec<Proposal>) -> String {
    let mut used: Vec<Code> = told.findings.iter().map(|finding| finding.code).collect();
    used.sort_unstable();
    used.dedup();
    let results = told
        .findings
        .iter()
        .zip(told.fingerprints())
        .map(|(finding, mark)| {
            let mut result = result(finding, mark, &used, told);
            let fixes: Vec<Fix> = proposals(finding)
                .into_iter()
                .map(|it| fix(finding.span().file, &it, told))
                .collect();
            result.fixes = (!fixes.is_empty()).then_some(fixes);
            result
        })
        .collect::<Vec<_>>();
    let driver = ToolComponent::builder()
        .name("srmc")
        .semantic_version(env!("CARGO_PKG_VERSION"))
        .rules(used.iter().map(|&code| rule(code)).collect::<Vec<_>>())
        .build();
    let run = Run::builder()
        .tool(Tool::builder().driver(driver).build())
        .results(results)
        .column_kind(json!("unicodeCodePoints"))
        .build();
    let log = Sarif::builder()
        .schema(SCHEMA)
        .version(json!("2.1.0"))
        .runs(vec![run])
        .build();
    // Strings, numbers and maps with string keys cannot fail to serialise.
    serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
}

fn rule(code: Code) -> ReportingDescriptor {
    let page = code.page();
    // The sentence after the title says what it is about.
    let about = page
        .split("\n\n")
        .nth(1)
        .unwrap_or_default()
        .replace('\n', " ");
    let text = |text: &str| MultiformatMessageString::builder().text(text).build();
    let level = json!(code.severity().word());
    let mut tags = BTreeMap::new();
    tags.insert("tags".to_owned(), json!(["responsibility"]));
    ReportingDescriptor::builder()
        .id(code.id())
        .name(format!("{code:?}"))
        .short_description(text(&sentence(code.title())))
        .full_description(text(&about))
        .help(
            MultiformatMessageString::builder()
                .text(page)
                .markdown(page)
                .build(),
        )
        .default_configuration(ReportingConfiguration::builder().level(level).build())
        .properties(PropertyBag::builder().additional_properties(tags).build())
        .build()
}

fn result(finding: &Diagnostic, mark: String, used: &[Code], told: &Told<'_>) -> Result {
    let at = used.binary_search(&finding.code).unwrap_or(0);
    let locations = vec![location(&finding.primary, None, finding, told)];
    let related: Vec<Location> = (1..)
        .zip(&finding.related)
        .map(|(number, label)| location(label, Some(number), finding, told))
        .collect();
    let suppression = |it: &Acceptance| {
        Suppression::builder()
            .kind(json!("inSource"))
            .justification(it.phrase())
            .build()
    };
    let suppressions: Vec<Suppression> = finding
        .acceptance
        .iter()
        .map(|it| suppression(it))
        .collect();
    let marks = BTreeMap::from([(FINGERPRINT.to_owned(), mark)]);
    Result::builder()
        .rule_id(finding.code.id())
        .rule_index(i64::try_from(at).unwrap_or(-1))
        .level(match finding.severity {
            Severity::Error => ResultLevel::Error,
            Severity::Warning => ResultLevel::Warning,
            Severity::Note => ResultLevel::Note,
        })
        .message(
            Message::builder()
                .text(sentence(&Told::text(finding)))
                .build(),
        )
        .locations(locations)
        .related_locations(related)
        .partial_fingerprints(marks)
        .suppressions(suppressions)
        .build()
}

/// A change of one file.
fn fix(file: FileId, proposal: &Proposal, told: &Told<'_>) -> Fix {
    let replacement = |(span, text): &(Span, String)| {
        let content = ArtifactContent::builder().text(text).build();
        Replacement::builder()
            .deleted_region(region(*span, told))
            .inserted_content(content)
            .build()
    };
    let replacements: Vec<Replacement> = proposal.replacements.iter().map(replacement).collect();
    let change = ArtifactChange::builder()
        .artifact_location(artifact(file, told))
        .replacements(replacements)
        .build();
    Fix::builder()
        .description(Message::builder().text(sentence(&proposal.title)).build())
        .artifact_changes(vec![change])
        .build()
}

fn artifact(file: FileId, told: &Told<'_>) -> ArtifactLocation {
    ArtifactLocation::builder()
        .uri(uri(told.path(file)))
        .uri_base_id("%SRCROOT%")
        .build()
}

fn region(span: Span, told: &Told<'_>) -> Region {
    let [start, end] = told.ends(span);
    Region::builder()
        .start_line(i64::from(start.line))
        .start_column(i64::from(start.column))
        .end_line(i64::from(end.line))
        .end_column(i64::from(end.column))
        .build()
}

fn location(label: &Label, number: Option<i64>, finding: &Diagnostic, told: &Told<'_>) -> Location {
    let place = PhysicalLocation::builder()
        .artifact_location(artifact(label.span.file, told))
        .region(region(label.span, told))
        .build();
    let mut location = Location::builder().physical_location(place).build();
    if !label.text.is_empty() {
        location.message = Some(Message::builder().text(sentence(&label.text)).build());
    }
    match number {
        Some(number) => location.id = Some(number),
        None => location.logical_locations = duty(finding).map(|it| vec![it]),
    }
    location
}

/// The duty that a finding is about.
fn duty(finding: &Diagnostic) -> Option<LogicalLocation> {
    let (model, duty) = (finding.model()?, finding.duty()?);
    Some(
        LogicalLocation::builder()
            .name(duty)
            .fully_qualified_name(format!("{model}.{duty}"))
            .kind("duty")
            .build(),
    )
}

/// SARIF's messages are sentences.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars
        .next()
        .map(|first| first.to_uppercase().collect::<String>())
        .unwrap_or_default();
    let rest = chars.as_str().trim_end();
    let ends = rest.ends_with(['.', '?', '!']) || rest.is_empty();
    format!("{first}{rest}{}", if ends { "" } else { "." })
}

/// A path as a relative URI (RFC 3986).
fn uri(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
