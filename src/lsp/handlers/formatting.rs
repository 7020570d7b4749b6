//! The one style, as edits.

use similar::{ChangeTag, TextDiff};

use crate::format::format;
use crate::lsp::server::{Refused, Server};
use crate::lsp::types::{DocumentFormattingParams, DocumentRangeFormattingParams, Position, Range, TextEdit};

use super::Asked;

/// The whole document.
pub fn whole(server: &mut Server, params: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>, Refused> {
    Ok(Asked::of(server, &params.text_document.uri).map(|asked| edits(&asked, None)))
}

/// The lines of a range, as they stand in the formatted document.
pub fn range(server: &mut Server, params: DocumentRangeFormattingParams) -> Result<Option<Vec<TextEdit>>, Refused> {
    Ok(Asked::of(server, &params.text_document.uri).map(|asked| edits(&asked, Some(params.range))))
}

/// The lines that change, and nothing else, so that marks and cursors stay where they are.
fn edits(asked: &Asked, within: Option<Range>) -> Vec<TextEdit> {
    let formatted = format(&asked.text).text;
    let diff = TextDiff::from_lines(asked.text.as_str(), &formatted);
    let mut edits: Vec<TextEdit> = Vec::new();
    for op in diff.ops().iter().filter(|op| op.tag() != similar::DiffTag::Equal) {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let (start, end) = (count(op.old_range().start), count(op.old_range().end));
        // What lies beyond the last line is the end of the text.
        let place = |line: u32| asked.places().position(asked.places().byte(Position { line, character: 0 }));
        let range = Range { start: place(start), end: place(end) };
        let touches = within.is_none_or(|within| start <= within.end.line && within.start.line < end.max(start + 1));
        let new: String = diff.iter_changes(op).filter(|change| change.tag() == ChangeTag::Insert).map(|change| change.value()).collect();
        if touches {
            edits.push(TextEdit { range, new_text: new });
        }
    }
    edits
}
