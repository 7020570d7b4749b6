//! A document that is open in the client.

use super::types::{Places, TextDocumentContentChangeEvent, Uri};
use crate::source::{Encoding, Lines};

/// What the client says about a document; its text is in the workspace.
pub(super) struct Document {
    /// How the client names it.
    pub uri: Uri,
    /// The client's number for its text.
    pub version: i32,
}

impl Document {
    /// Applies the edits to its text, in order; a range beyond the text is clamped to its end.
    pub(super) fn edit(
        &mut self,
        text: &mut String,
        changes: Vec<TextDocumentContentChangeEvent>,
        version: i32,
        encoding: Encoding,
    ) {
        for change in changes {
            match change.range {
                Some(range) => {
                    let lines = Lines::new(text);
                    let bytes = Places {
                        text,
                        lines: &lines,
                        encoding,
                    }
                    .bytes(range);
                    text.replace_range(bytes, &change.text);
                }
                None => *text = change.text,
            }
        }
        self.version = version;
    }
}
