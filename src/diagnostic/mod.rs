//! Findings, and the renderers that print them.
//!
//! In: findings of every layer. Out: text or JSON, with one file per renderer. Always: a finding
//! has a code from the table in [`codes`]; its data is in fields ([`Subject`], [`Facts`],
//! [`Acceptance`]) for programs, and its text is only for people. User text in a message is in
//! backticks, and a help line says what to write.

pub mod codes;
pub mod facts;
pub mod forge;
pub mod github;
pub mod gitlab;
pub mod human;
pub mod json;
pub mod junit;
pub mod sarif;
pub mod short;
pub mod suggest;
mod visible;

pub use codes::{Code, Family};
pub use facts::{Acceptance, Correction, Facts, FilledDuty, Situations, Subject};
pub use visible::{blank_name, is_invisible, trimmed, visible, visible_lines};

use crate::source::Span;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; never fails a run.
    Note,
    /// Doubtful; fails a run under `--deny warnings`.
    Warning,
    /// Wrong; no output is written for the model.
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

/// A span and a text about it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// A few words, without a full stop; may be empty.
    pub text: String,
}

impl Label {
    /// A place and a few words.
    pub fn new(span: Span, text: impl Into<String>) -> Self {
        Self {
            span,
            text: text.into(),
        }
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its kind.
    pub code: Code,
    /// How severe it is; by default as in the table of codes.
    pub severity: Severity,
    /// What was expected before what was found; user text in backticks; no full stop.
    pub message: String,
    /// Its main place.
    pub primary: Label,
    /// Other places that explain it.
    pub related: Vec<Label>,
    /// Help lines: what to write instead, or why it matters.
    pub help: Vec<String>,
    /// The `allow` that accepts it, if any: it is listed, but does not fail a run.
    pub acceptance: Option<Box<Acceptance>>,
    /// What it is about.
    pub subject: Option<Box<Subject>>,
    /// More facts, depending on its kind.
    pub facts: Facts,
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
            primary: Label::new(span, label),
            related: Vec::new(),
            help: Vec::new(),
            acceptance: None,
            subject: None,
            facts: Facts::None,
        }
    }

    /// Adds another place.
    #[must_use]
    pub fn and(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push(Label::new(span, text));
        self
    }

    /// Adds a line that says what to write.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Adds a line of help, if there is one.
    #[must_use]
    pub fn maybe_help(mut self, text: Option<String>) -> Self {
        self.help.extend(text);
        self
    }

    /// Sets what it is about.
    #[must_use]
    pub fn about(mut self, subject: Subject) -> Self {
        self.subject = Some(Box::new(subject));
        self
    }

    /// Sets its facts.
    #[must_use]
    pub fn knowing(mut self, facts: Facts) -> Self {
        self.facts = facts;
        self
    }

    /// Adds a correction for the text at its span.
    #[must_use]
    pub fn correctable(self, correction: Option<Correction>) -> Self {
        match correction {
            Some(correction) => self.knowing(Facts::Corrections(vec![correction])),
            None => self,
        }
    }

    /// The primary place.
    #[must_use]
    pub fn span(&self) -> Span {
        self.primary.span
    }

    /// Every place, the primary one first.
    pub fn labels(&self) -> impl Iterator<Item = &Label> {
        std::iter::once(&self.primary).chain(&self.related)
    }

    /// Whether an `allow` accepts it.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.acceptance.is_some()
    }

    /// Whether it is an error that no `allow` accepts.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error && !self.is_accepted()
    }

    /// The model that it is about.
    #[must_use]
    pub fn model(&self) -> Option<&str> {
        self.subject.as_ref().map(|it| it.model.as_str())
    }

    /// The path of the duty that it is about; of several, the first.
    #[must_use]
    pub fn duty(&self) -> Option<&str> {
        let duties = &self.subject.as_ref()?.duties;
        duties.first().map(String::as_str)
    }

    /// The situations that it is about.
    #[must_use]
    pub fn situations(&self) -> Option<&Situations> {
        self.subject.as_ref()?.situations.as_ref()
    }
}

/// Sorts findings by position in the files, and removes repetitions: the same words about the same duties
/// and parties. The order is deterministic:
/// findings at one position stay in the order in which they were found.
pub fn sort(findings: &mut Vec<Diagnostic>) {
    let mut seen = rustc_hash::FxHashSet::default();
    let is_new: Vec<bool> = findings
        .iter()
        .map(|it| {
            seen.insert((
                it.code,
                it.is_accepted(),
                &it.message,
                &it.primary,
                &it.related,
                it.subject.as_ref().map(|it| (&it.duties, &it.parties)),
            ))
        })
        .collect();
    let mut is_new = is_new.into_iter();
    findings.retain(|_| is_new.next().unwrap_or(true));
    findings.sort_by_key(|finding| (finding.span(), finding.code, finding.is_accepted()));
}

/// How many findings of each kind a run had.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Findings that fail the run.
    pub errors: usize,
    /// Findings that fail it under `--deny warnings`.
    pub warnings: usize,
    /// Findings that an `allow` accepts.
    pub accepted: usize,
}

impl Tally {
    /// Counts findings.
    #[must_use]
    pub fn of(findings: &[Diagnostic]) -> Self {
        let mut tally = Self::default();
        for finding in findings {
            match (finding.is_accepted(), finding.severity) {
                (true, _) => tally.accepted += 1,
                (false, Severity::Error) => tally.errors += 1,
                (false, Severity::Warning) => tally.warnings += 1,
                (false, Severity::Note) => {}
            }
        }
        tally
    }
}
