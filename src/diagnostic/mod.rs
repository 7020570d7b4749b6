//! What the compiler tells a person: findings, and the renderers that print them.
//!
//! In: findings of every layer. Out: text or JSON, made by a renderer a file. Always: a finding
//! bears a code of the one table in [`codes`], its first label is the primary one, user text in a
//! message stands in backticks, and a help line says what to write.

pub mod codes;
pub mod forge;
pub mod github;
pub mod gitlab;
pub mod human;
pub mod json;
pub mod junit;
pub mod sarif;
pub mod short;
mod visible;

pub use codes::Code;
pub use visible::{is_invisible, visible};

use crate::source::Span;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; never fails a run.
    Note,
    /// Doubtful; fails a run under `--deny warnings`.
    Warning,
    /// Wrong; nothing is written for the model.
    Error,
}

impl Severity {
    /// The word that outputs show.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A place and what is to be seen there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// A few words, without a full stop; may be empty.
    pub text: String,
}

/// The situations a finding speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Situations {
    /// A condition in the language itself, or `always`.
    pub text: String,
    /// The same as data: each region maps an axis to the values it allows; an empty one is every
    /// situation. None where they are too many to list.
    pub regions: Vec<Vec<(String, Vec<String>)>>,
    /// One situation: axis and value.
    pub example: Vec<(String, String)>,
}

/// What a finding of the check is about, for outputs that are read by programs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// The model's name.
    pub model: String,
    /// The duty's path, where it is about one.
    pub duty: Option<String>,
    /// The roles it is about.
    pub roles: Vec<&'static str>,
    /// The names of the parties it is about.
    pub parties: Vec<String>,
    /// Where it holds, for findings that depend on the situation.
    pub situations: Option<Situations>,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its kind.
    pub code: Code,
    /// How bad it is; by default what the table of codes says.
    pub severity: Severity,
    /// Expected before found, user text in backticks, no full stop.
    pub message: String,
    /// The places, the primary one first.
    pub labels: Vec<Label>,
    /// What to write instead, or why it matters.
    pub help: Vec<String>,
    /// Somebody allowed it, with a reason: it is listed, but does not fail a run.
    pub accepted: bool,
    /// What it is about.
    pub subject: Option<Box<Subject>>,
}

impl Diagnostic {
    /// A finding at a place.
    pub fn new(
        code: Code,
        span: Span,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            labels: vec![Label {
                span,
                text: label.into(),
            }],
            help: Vec::new(),
            accepted: false,
            subject: None,
        }
    }

    /// Adds another place.
    #[must_use]
    pub fn and(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// Adds a line that says what to write.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Adds such a line, if there is one.
    #[must_use]
    pub fn maybe_help(mut self, text: Option<String>) -> Self {
        self.help.extend(text);
        self
    }

    /// Says what it is about.
    #[must_use]
    pub fn about(mut self, subject: Subject) -> Self {
        self.subject = Some(Box::new(subject));
        self
    }

    /// The primary place.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }
}

/// Orders findings as a reader meets them in the files, each once; the same findings always in the
/// same order. Those at one place keep the order in which they were found.
pub fn sort(findings: &mut Vec<Diagnostic>) {
    let mut seen = std::collections::HashSet::new();
    let is_new: Vec<bool> = findings
        .iter()
        .map(|finding| {
            seen.insert((
                finding.code,
                finding.accepted,
                &finding.message,
                &finding.labels,
            ))
        })
        .collect();
    let mut is_new = is_new.into_iter();
    findings.retain(|_| is_new.next().unwrap_or(true));
    findings.sort_by_key(|finding| (finding.span(), finding.code, finding.accepted));
}

/// How many findings of each kind a run had.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Findings that fail the run.
    pub errors: usize,
    /// Findings that fail it under `--deny warnings`.
    pub warnings: usize,
    /// Findings that somebody allowed.
    pub accepted: usize,
}

impl Tally {
    /// Counts findings.
    #[must_use]
    pub fn of(findings: &[Diagnostic]) -> Self {
        let mut tally = Self::default();
        for finding in findings {
            match (finding.accepted, finding.severity) {
                (true, _) => tally.accepted += 1,
                (false, Severity::Error) => tally.errors += 1,
                (false, Severity::Warning) => tally.warnings += 1,
                (false, Severity::Note) => {}
            }
        }
        tally
    }
}
