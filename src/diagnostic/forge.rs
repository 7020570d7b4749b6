//! What the formats of forges have in common: where a finding stands, seen from the repository, and
//! an identity that survives when lines move.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

use super::Diagnostic;
use crate::source::{FileId, Position, Sources, Span};

/// The findings of a run, for a forge.
pub struct Told<'r> {
    /// The findings.
    pub findings: &'r [Diagnostic],
    /// The texts they point into.
    pub sources: &'r Sources,
    /// The whole path of the repository, with `/` between folders; files below it are named from
    /// there.
    pub root: &'r str,
}

impl Told<'_> {
    /// A file's path from the repository's folder; its name where it lies elsewhere.
    #[must_use]
    pub fn path(&self, file: FileId) -> &str {
        let key = self
            .sources
            .get(file)
            .map_or("", |source| source.key.as_str());
        match key
            .strip_prefix(self.root)
            .and_then(|rest| rest.strip_prefix('/'))
        {
            Some(path) => path,
            None => self.sources.name(file),
        }
    }

    /// The first character of a place, and the one behind its last.
    #[must_use]
    pub fn ends(&self, span: Span) -> [Position; 2] {
        [span.start, span.end].map(|byte| self.sources.position(span.file, byte))
    }

    /// An identity for each finding: it depends on what is said of which duty in which file, not on
    /// the line.
    #[must_use]
    pub fn fingerprints(&self) -> Vec<String> {
        let mut seen: HashMap<String, usize> = HashMap::new();
        let mut of = |finding: &Diagnostic| {
            let (model, duty) = finding.subject.as_ref().map_or(("", ""), |it| {
                (it.model.as_str(), it.duty.as_deref().unwrap_or(""))
            });
            let file = finding.span().map_or("", |span| self.path(span.file));
            let said = [finding.code.id(), file, model, duty, &finding.message].join("\0");
            let before = seen.entry(said.clone()).or_default();
            *before += 1;
            let digest = Sha256::digest(format!("{said}\0{before}"));
            digest
                .iter()
                .take(16)
                .map(|byte| format!("{byte:02x}"))
                .collect()
        };
        self.findings.iter().map(&mut of).collect()
    }

    /// What a finding says, and what to write instead, a line each.
    #[must_use]
    pub fn text(finding: &Diagnostic) -> String {
        let accepted = if finding.accepted { "accepted: " } else { "" };
        let help = finding.help.iter().map(|help| format!("\nhelp: {help}"));
        format!("{accepted}{}{}", finding.message, help.collect::<String>())
    }
}
