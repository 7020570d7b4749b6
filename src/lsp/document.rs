//! A document that the client holds open.

use super::types::{Places, TextDocumentContentChangeEvent, Uri};
use crate::source::{Encoding, Lines};

/// The text as the client last told it.
pub struct Document {
    /// How the client names it.
    pub uri: Uri,
    /// Its text.
    pub text: String,
    /// Where its lines begin.
    pub lines: Lines,
    /// The client's number for this text.
    pub version: i32,
}

impl Document {
    /// A document as it was opened.
    pub fn new(uri: Uri, text: String, version: i32) -> Self {
        let lines = Lines::new(&text);
        Self {
            uri,
            text,
            lines,
            version,
        }
    }

    /// To speak of places in it.
    pub fn places(&self, encoding: Encoding) -> Places<'_> {
        Places {
            text: &self.text,
            lines: &self.lines,
            encoding,
        }
    }

    /// Takes in edits, one after the other; a range beyond the text means its end.
    pub fn edit(
        &mut self,
        changes: Vec<TextDocumentContentChangeEvent>,
        version: i32,
        encoding: Encoding,
    ) {
        for change in changes {
            match change.range {
                Some(range) => {
                    let bytes = self.places(encoding).bytes(range);
                    self.text.replace_range(bytes, &change.text);
                }
                None => self.text = change.text,
            }
            self.lines = Lines::new(&self.text);
        }
        self.version = version;
    }
}
