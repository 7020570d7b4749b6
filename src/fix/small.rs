//! Small fixes: correct a word, add a reason, or remove a statement or item.

use super::edits::Edit;
use super::{Applicability, Fix, FixContext};
use crate::diagnostic::{Correction, Diagnostic};
use crate::syntax::{FlatKind, StatementKind};

/// Replaces a word with the one that was probably meant.
pub(super) fn corrections(
    context: &FixContext<'_>,
    finding: &Diagnostic,
    list: &[Correction],
) -> Vec<Fix> {
    let bytes = finding.span().range();
    if context.text.text.get(bytes.clone()).is_none() {
        return Vec::new();
    }
    let applicability = |it: &Correction| match list.len() {
        1 if it.sure => Applicability::Safe,
        1 => Applicability::Unsafe,
        _ => Applicability::Choice,
    };
    let fix = |it: &Correction| {
        let edit = Edit {
            bytes: bytes.clone(),
            new: it.text.clone(),
        };
        let title = format!("Write `{}`", it.text.trim_matches('"'));
        Fix::new(applicability(it), title, [edit]).preferred(list.len() == 1)
    };
    list.iter().map(fix).collect()
}

/// Removes the statement.
pub(super) fn remove(context: &FixContext<'_>, finding: &Diagnostic, harmless: bool) -> Vec<Fix> {
    let applicability = if harmless {
        Applicability::Safe
    } else {
        Applicability::Unsafe
    };
    let block = context.text.statement(finding.span().range().start);
    let edit = block.map(|block| context.text.remove(block));
    let fix = edit.map(|edit| Fix::new(applicability, "Remove it", [edit]));
    fix.into_iter().collect()
}

/// Removes an item from its list.
pub(super) fn remove_item(context: &FixContext<'_>, finding: &Diagnostic) -> Vec<Fix> {
    let bytes = finding.span().range();
    let block = context.text.statement(bytes.start);
    let edit = block.and_then(|block| context.text.remove_item(block, bytes.start));
    let fix = edit.map(|edit| Fix::new(Applicability::Safe, "Remove it", [edit]).preferred(true));
    fix.into_iter().collect()
}

/// Inserts a placeholder for a reason.
pub(super) fn give_reason(context: &FixContext<'_>, finding: &Diagnostic) -> Vec<Fix> {
    let block = context.text.statement(finding.span().range().start);
    let block = block.filter(|block| block.kind == FlatKind::Statement(StatementKind::Claim));
    let edit = block.map(|block| context.text.because(block));
    let fix =
        edit.map(|edit| Fix::new(Applicability::Draft, "Give a reason", [edit]).preferred(true));
    fix.into_iter().collect()
}
