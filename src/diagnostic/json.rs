//! Findings for programs: one JSON document, of the schema `schema/findings-2.json`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Diagnostic, Tally};
use crate::source::{FileId, Sources};

/// The identity of the schema.
pub const SCHEMA: &str = "urn:srmc:schema/findings-2.json";

/// The schema of a type that is written as JSON, under an identity.
pub(crate) fn schema_of<T: JsonSchema>(id: &str) -> serde_json::Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("$id".into(), id.into());
    let mut schema = schema.to_value();
    fold_descriptions(&mut schema);
    schema
}

/// Removes the line breaks of our source comments from the schema's descriptions.
fn fold_descriptions(schema: &mut serde_json::Value) {
    match schema {
        serde_json::Value::Object(map) => {
            for (key, value) in map {
                match value {
                    serde_json::Value::String(text) if key == "description" => {
                        *text = text.replace('\n', " ");
                    }
                    other => fold_descriptions(other),
                }
            }
        }
        serde_json::Value::Array(list) => list.iter_mut().for_each(fold_descriptions),
        _ => {}
    }
}

/// The schema of the findings.
#[must_use]
pub fn schema() -> serde_json::Value {
    schema_of::<Findings>(SCHEMA)
}

/// The findings of a run.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Findings of srmc", deny_unknown_fields)]
pub struct Findings {
    /// The identity of this schema.
    pub schema: String,
    /// Every finding, in the order of the files.
    pub findings: Vec<Finding>,
    /// Counts.
    pub summary: Summary,
}

/// One finding.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Finding {
    /// Its stable code; `srmc explain CODE` prints its page.
    pub code: String,
    /// `error`, `warning` or `note`.
    pub severity: String,
    /// The `allow` that accepts it, so that it does not fail the run; null if there is none.
    pub accepted: Option<Acceptance>,
    /// The model it is about.
    pub model: Option<String>,
    /// The path of the duty it is about.
    pub duty: Option<String>,
    /// One sentence.
    pub message: String,
    /// The roles it is about.
    pub roles: Vec<String>,
    /// The names of the parties it is about.
    pub parties: Vec<String>,
    /// Where it holds, for findings that depend on the situation.
    pub situations: Option<Situations>,
    /// The places it points at, the primary one first.
    pub labels: Vec<Label>,
    /// What to write instead.
    pub help: Vec<String>,
}

/// The `allow` that accepts a finding.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Acceptance {
    /// Why.
    pub reason: String,
    /// The last day on which it is accepted, as `2027-03-31`; null if it has no end.
    pub until: Option<String>,
    /// The file of the `allow`, as it was named.
    pub file: String,
    /// Where the `allow` begins.
    pub at: Place,
}

/// A set of situations.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Situations {
    /// A condition in the language, or `always`.
    pub text: String,
    /// Each maps an axis to the values it allows; `{}` is every situation. 64 at most.
    pub regions: Vec<BTreeMap<String, Vec<String>>>,
    /// Whether it holds in further situations, which neither the text nor the regions name.
    pub more: bool,
    /// One situation: a value for each axis of the model.
    pub example: BTreeMap<String, String>,
}

/// A place in a file.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Label {
    /// Whether this is the finding's main place.
    pub primary: bool,
    /// The file, as it was named.
    pub file: String,
    /// A few words; may be empty.
    pub text: String,
    /// The first character.
    pub start: Place,
    /// The character after the last.
    pub end: Place,
}

/// A position in a file.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Place {
    /// Counts from 1.
    pub line: u32,
    /// Counts from 1, in Unicode scalar values.
    pub column: u32,
    /// Counts from 0, in bytes of UTF-8.
    pub byte: u32,
}

/// Counts over a run.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Summary {
    /// Models that were checked.
    pub models: usize,
    /// Their duties.
    pub duties: usize,
    /// Findings that fail the run.
    pub errors: usize,
    /// Findings that fail it under `--deny warnings`.
    pub warnings: usize,
    /// Findings that an `allow` accepts.
    pub accepted: usize,
    /// Duties left unchecked because of a fault that may concern them.
    pub unchecked_duties: usize,
}

/// The document for the findings of a run, with its numbers of models, duties and unchecked duties.
#[must_use]
pub fn document(
    findings: &[Diagnostic],
    sources: &Sources,
    models: usize,
    duties: usize,
    unchecked: usize,
) -> Findings {
    let tally = Tally::of(findings);
    Findings {
        schema: SCHEMA.into(),
        findings: findings
            .iter()
            .map(|finding| of(finding, sources))
            .collect(),
        summary: Summary {
            models,
            duties,
            errors: tally.errors,
            warnings: tally.warnings,
            accepted: tally.accepted,
            unchecked_duties: unchecked,
        },
    }
}

fn of(finding: &Diagnostic, sources: &Sources) -> Finding {
    let subject = finding.subject.as_deref();
    let roles = subject.map_or_else(Default::default, |subject| subject.roles);
    let labels = finding.labels().enumerate();
    Finding {
        code: finding.code.id().into(),
        severity: finding.severity.word().into(),
        accepted: finding.acceptance.as_deref().map(|it| Acceptance {
            reason: it.reason.clone(),
            until: it.until.map(|day| day.to_string()),
            file: sources.name(it.at.file).to_owned(),
            at: place(it.at.file, it.at.start, sources),
        }),
        model: finding.model().map(str::to_owned),
        duty: finding.duty().map(str::to_owned),
        message: finding.message.clone(),
        roles: roles.iter().map(|role| role.word().to_owned()).collect(),
        parties: subject.map_or_else(Vec::new, |subject| subject.parties.clone()),
        situations: finding.situations().map(situations),
        labels: labels.map(|(at, it)| label(it, at == 0, sources)).collect(),
        help: finding.help.clone(),
    }
}

fn situations(it: &super::Situations) -> Situations {
    let cubes = it.cubes.iter();
    Situations {
        text: it.text().to_owned(),
        regions: cubes.map(|cube| cube.iter().cloned().collect()).collect(),
        more: it.more,
        example: it.example.iter().cloned().collect(),
    }
}

fn place(file: FileId, byte: u32, sources: &Sources) -> Place {
    let at = sources.position(file, byte);
    Place {
        line: at.line,
        column: at.column,
        byte: sources.byte(file, byte),
    }
}

fn label(it: &super::Label, primary: bool, sources: &Sources) -> Label {
    let file = it.span.file;
    Label {
        primary,
        file: sources.name(file).to_owned(),
        text: it.text.clone(),
        start: place(file, it.span.start, sources),
        end: place(file, it.span.end, sources),
    }
}
