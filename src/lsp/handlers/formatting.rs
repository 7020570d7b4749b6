//! The one style, as edits.

use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices};

use crate::format::{format, same_words};
use crate::lsp::server::{Refused, Server};
use crate::lsp::types::{DocumentFormattingParams, DocumentRangeFormattingParams, Range, TextEdit};

use super::Snapshot;

/// The whole document.
pub fn whole(
    server: &mut Server,
    params: DocumentFormattingParams,
) -> Result<Option<Vec<TextEdit>>, Refused> {
    Ok(Snapshot::of(server, &params.text_document.uri).map(|snapshot| edits(&snapshot, None)))
}

/// The lines of a range, as they stand in the formatted document.
pub fn range(
    server: &mut Server,
    params: DocumentRangeFormattingParams,
) -> Result<Option<Vec<TextEdit>>, Refused> {
    Ok(Snapshot::of(server, &params.text_document.uri)
        .map(|snapshot| edits(&snapshot, Some(params.range))))
}

/// The lines that change, and nothing else, so that marks and cursors stay where they are.
fn edits(snapshot: &Snapshot, within: Option<Range>) -> Vec<TextEdit> {
    let formatted = format(&snapshot.text).text;
    changes(snapshot, &formatted, within)
}

/// The edits that make a text of another; with a range, only those of its lines, and what hangs
/// together with them.
pub fn changes(snapshot: &Snapshot, wanted: &str, within: Option<Range>) -> Vec<TextEdit> {
    let (old, new): (Vec<&str>, Vec<&str>) = (
        snapshot.text.split_inclusive('\n').collect(),
        wanted.split_inclusive('\n').collect(),
    );
    let ops: Vec<DiffOp> = capture_diff_slices(Algorithm::Myers, &old, &new)
        .into_iter()
        .filter(|op| op.tag() != DiffTag::Equal)
        .collect();
    let line = |line: u32| line as usize;
    let touches = |op: &DiffOp| {
        let lines = op.old_range();
        within.is_none_or(|within| {
            lines.start <= line(within.end.line)
                && line(within.start.line) < lines.end.max(lines.start + 1)
        })
    };
    let Some(mut first) = ops.iter().position(touches) else {
        return Vec::new();
    };
    let mut last = ops.iter().rposition(touches).unwrap_or(first);
    // A line that moved is taken away in one place and written in another: both or none.
    while !same_words(&snapshot.text, &applied(&old, &new, &ops[first..=last]))
        && (first > 0 || last + 1 < ops.len())
    {
        (first, last) = (first.saturating_sub(1), (last + 1).min(ops.len() - 1));
    }
    let place = |line: usize| {
        snapshot
            .places()
            .position(old[..line].iter().map(|it| it.len()).sum())
    };
    let edit = |op: &DiffOp| TextEdit {
        range: Range {
            start: place(op.old_range().start),
            end: place(op.old_range().end),
        },
        new_text: new[op.new_range()].concat(),
    };
    ops[first..=last].iter().map(edit).collect()
}

/// A text, by its lines, with some changes made.
fn applied(old: &[&str], new: &[&str], ops: &[DiffOp]) -> String {
    let (mut text, mut at) = (String::new(), 0);
    for op in ops {
        text.push_str(&old[at..op.old_range().start].concat());
        text.push_str(&new[op.new_range()].concat());
        at = op.old_range().end;
    }
    text + &old[at..].concat()
}
