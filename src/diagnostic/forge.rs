//! Shared by the formats of code hosts: the path of a finding relative to the repository, and a
//! fingerprint that stays the same when lines move.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

use super::{Diagnostic, visible_lines};
use crate::source::{FileId, Position, Sources, Span, one_line};

/// The findings of a run, for a code host.
pub struct Told<'r> {
    /// The findings.
    pub findings: &'r [Diagnostic],
    /// The texts they point into.
    pub sources: &'r Sources,
    /// The absolute path of the repository, with `/` between folders; files below it get paths
    /// relative to it.
    pub root: &'r str,
}

impl Told<'_> {
    /// A file's path relative to the repository; its name if it is elsewhere.
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

    /// The positions of the first character and of the one after the last.
    #[must_use]
    pub fn ends(&self, span: Span) -> [Position; 2] {
        [span.start, span.end].map(|byte| self.sources.position(span.file, byte))
    }

    /// An identity for each finding, made of what it is about: code, file, model, duties, roles,
    /// parties and situations. It depends neither on the line nor on the words of the message, so
    /// it survives edits of the file and new versions of the compiler.
    #[must_use]
    pub fn fingerprints(&self) -> Vec<String> {
        let mut seen: HashMap<String, usize> = HashMap::new();
        let mut of = |finding: &Diagnostic| {
            let known = self.facts_of(finding).join("\0");
            let before = seen.entry(known.clone()).or_default();
            *before += 1;
            let digest = Sha256::digest(format!("{known}\0{before}"));
            digest
                .iter()
                .take(16)
                .map(|byte| format!("{byte:02x}"))
                .collect()
        };
        self.findings.iter().map(&mut of).collect()
    }

    /// What a finding is about, as texts. A finding without a duty, or with several, is identified
    /// by the text at its span, with whitespace collapsed.
    fn facts_of(&self, finding: &Diagnostic) -> Vec<String> {
        let file = self.path(finding.span().file).to_owned();
        let mut facts = vec![finding.code.id().to_owned(), file];
        let Some(subject) = finding.subject.as_deref() else {
            facts.push(self.text_at(finding.span()));
            return facts;
        };
        facts.push(subject.model.clone());
        facts.extend(subject.duties.iter().cloned());
        if subject.duties.len() != 1 {
            facts.push(self.text_at(finding.span()));
        }
        facts.extend(subject.roles.iter().map(|role| role.word().to_owned()));
        facts.extend(subject.parties.iter().cloned());
        facts.extend(subject.situations.iter().map(|it| it.text().to_owned()));
        facts
    }

    /// The text at a span, with whitespace collapsed.
    fn text_at(&self, span: Span) -> String {
        let text = self
            .sources
            .text(span.file)
            .get(span.range())
            .unwrap_or_default();
        one_line(text)
    }

    /// The message of a finding and its help, one line each.
    #[must_use]
    pub fn text(finding: &Diagnostic) -> String {
        let accepted = if finding.is_accepted() {
            "accepted: "
        } else {
            ""
        };
        let help = finding.help.iter().map(|help| format!("\nhelp: {help}"));
        let text = format!("{accepted}{}{}", finding.message, help.collect::<String>());
        visible_lines(&text)
    }
}
