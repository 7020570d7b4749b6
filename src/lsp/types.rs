//! The protocol's types; bytes become positions, and positions bytes, only here.

use std::path::{Path, PathBuf};
use std::str::FromStr as _;

pub(super) use lsp_types::*;
use url::Url;

use crate::source::{Encoding, Lines};

/// The path that a URI names, without resolving links; for a URI without a file, such as an unsaved
/// document, the URI itself.
pub(super) fn path_of(uri: &Uri) -> PathBuf {
    let file = Url::parse(uri.as_str())
        .ok()
        .filter(|url| url.scheme() == "file")
        .and_then(|url| url.to_file_path().ok());
    file.unwrap_or_else(|| PathBuf::from(uri.as_str()))
}

/// The URI of a file.
pub(super) fn uri_of(path: &Path) -> Option<Uri> {
    let url = Url::from_file_path(path).ok();
    Uri::from_str(
        url.as_ref()
            .map_or_else(|| path.to_str(), |url| Some(url.as_str()))?,
    )
    .ok()
}

/// A text with what is needed to convert positions.
#[derive(Clone, Copy)]
pub(super) struct Places<'t> {
    /// The text.
    pub text: &'t str,
    /// Where its lines begin.
    pub lines: &'t Lines,
    /// How the client counts columns.
    pub encoding: Encoding,
}

impl Places<'_> {
    /// The position of a byte.
    pub(super) fn position(&self, byte: usize) -> Position {
        let (line, character) =
            self.lines
                .place(self.text, byte.min(self.text.len()), self.encoding);
        Position { line, character }
    }

    /// The range of some bytes.
    pub(super) fn range(&self, bytes: std::ops::Range<usize>) -> Range {
        Range {
            start: self.position(bytes.start),
            end: self.position(bytes.end),
        }
    }

    /// The byte at a position.
    pub(super) fn byte(&self, at: Position) -> usize {
        self.lines
            .byte(self.text, (at.line, at.character), self.encoding)
    }

    /// The bytes of a range.
    pub(super) fn bytes(&self, range: Range) -> std::ops::Range<usize> {
        let (start, end) = (self.byte(range.start), self.byte(range.end));
        start..end.max(start)
    }
}
