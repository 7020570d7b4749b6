//! Fixes for the findings in a part of a text.

use std::cell::OnceCell;
use std::ops::Range;

use super::{Analysis, Snapshot, Workspace, line_edits};
use crate::diagnostic::{Diagnostic, Facts};
use crate::fix::edits::{Edit, apply, with_line_ends};
use crate::fix::{Fix, FixContext};
use crate::format::format;

/// A fix, ready to apply.
pub struct OfferedFix<'w> {
    /// What it does, for people.
    pub title: String,
    /// The edits of the text, with the text's line endings.
    pub edits: Vec<Edit>,
    /// The fix that is offered first.
    pub preferred: bool,
    /// The finding that it is about, and the run that reported it.
    pub finding: (&'w Analysis, &'w Diagnostic),
}

/// Fixes for the findings in a range of a text.
#[must_use]
pub fn fixes<'w>(
    workspace: &'w Workspace,
    snapshot: &'w Snapshot,
    within: &Range<usize>,
) -> Vec<OfferedFix<'w>> {
    // Computed lazily, because most positions have no fix.
    let is_formatted = OnceCell::new();
    let is_formatted =
        || *is_formatted.get_or_init(|| format(&snapshot.text).text == snapshot.text);
    let (mut offered, mut contexts) = (Vec::new(), Vec::<(&Analysis, FixContext<'_>)>::new());
    for (analysis, finding) in workspace.findings(&snapshot.path) {
        if finding.is_accepted() || !is_at(analysis, finding, snapshot, within) {
            continue;
        }
        let known = contexts
            .iter()
            .position(|(of, _)| std::ptr::eq(*of, analysis));
        let at = known.unwrap_or_else(|| {
            let models = &analysis.run.models;
            contexts.push((
                analysis,
                FixContext::new(&snapshot.text, models, workspace.today()),
            ));
            contexts.len() - 1
        });
        offered.extend(
            contexts[at]
                .1
                .fixes(finding)
                .into_iter()
                .map(|fix| OfferedFix {
                    edits: edits(snapshot, &fix, is_formatted()),
                    title: fix.title,
                    preferred: fix.preferred,
                    finding: (analysis, finding),
                }),
        );
    }
    offered
}

/// The edits of a fix; a formatted text stays formatted.
fn edits(snapshot: &Snapshot, fix: &Fix, is_formatted: bool) -> Vec<Edit> {
    if is_formatted && let Ok(text) = apply(&snapshot.text, &fix.edits) {
        return line_edits(&snapshot.text, &format(&text).text, None);
    }
    let edits = fix.edits.iter();
    edits
        .map(|edit| with_line_ends(edit, &snapshot.text))
        .collect()
}

/// Whether a finding is in a range; a clash of two claims is at both.
fn is_at(
    analysis: &Analysis,
    finding: &Diagnostic,
    snapshot: &Snapshot,
    within: &Range<usize>,
) -> bool {
    let both = matches!(finding.facts, Facts::Clash { .. });
    let shown = finding.labels().take(if both { usize::MAX } else { 1 });
    let mut own = shown
        .filter(|label| analysis.file(&snapshot.path) == Some(label.span.file))
        .map(|label| label.span.range());
    own.any(|bytes| bytes.start <= within.end && within.start <= bytes.end)
}
