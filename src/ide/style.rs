//! Turns the difference between two texts into edits.

use std::ops::Range;

use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices};

use crate::fix::edits::Edit;
use crate::format::same_words;

/// The lines that change, and nothing else, so that marks and cursors stay where they are; with a
/// range of lines, only the changes in it and those connected to them.
#[must_use]
pub fn line_edits(text: &str, wanted: &str, within: Option<&Range<usize>>) -> Vec<Edit> {
    let (old, new): (Vec<&str>, Vec<&str>) = (
        text.split_inclusive('\n').collect(),
        wanted.split_inclusive('\n').collect(),
    );
    let ops: Vec<DiffOp> = capture_diff_slices(Algorithm::Myers, &old, &new)
        .into_iter()
        .filter(|op| op.tag() != DiffTag::Equal)
        .collect();
    let touches = |op: &DiffOp| {
        let lines = op.old_range();
        within.is_none_or(|within| {
            lines.start <= within.end && within.start < lines.end.max(lines.start + 1)
        })
    };
    let Some(mut first) = ops.iter().position(touches) else {
        return Vec::new();
    };
    let mut last = ops.iter().rposition(touches).unwrap_or(first);
    // A moved line is removed in one place and added in another; keep both edits or neither.
    while !same_words(text, &applied(&old, &new, &ops[first..=last]))
        && (first > 0 || last + 1 < ops.len())
    {
        (first, last) = (first.saturating_sub(1), (last + 1).min(ops.len() - 1));
    }
    let byte = |line: usize| old[..line].iter().map(|it| it.len()).sum::<usize>();
    let edit = |op: &DiffOp| Edit {
        bytes: byte(op.old_range().start)..byte(op.old_range().end),
        new: new[op.new_range()].concat(),
    };
    ops[first..=last].iter().map(edit).collect()
}

/// The text with some of its line changes applied.
fn applied(old: &[&str], new: &[&str], ops: &[DiffOp]) -> String {
    let (mut text, mut at) = (String::new(), 0);
    for op in ops {
        text.push_str(&old[at..op.old_range().start].concat());
        text.push_str(&new[op.new_range()].concat());
        at = op.old_range().end;
    }
    text + &old[at..].concat()
}
