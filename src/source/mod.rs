//! Source texts and positions in them.
//!
//! In: the text of each file, from the disk or from a caller. Out: [`Span`]s, which give a range by
//! file and byte offsets, and line and column numbers for people. Always: a file is numbered once
//! and its text never changes, so a span stays valid as long as its [`Sources`].

mod lines;

pub use lines::{Encoding, Lines, Position};

use std::ops::Range;
use std::sync::OnceLock;

/// How the first line of a text ends: CRLF or LF, which is also the end of a text without lines.
#[must_use]
pub fn line_end(text: &str) -> &'static str {
    let first = text.split_once('\n');
    if first.is_some_and(|(first, _)| first.ends_with('\r')) {
        "\r\n"
    } else {
        "\n"
    }
}

/// A text on one line, with whitespace collapsed to single spaces.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The number of a file among [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A range of a file, in bytes from its beginning, end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file it lies in.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The span, cut at the end of its first line in the text of its file.
    #[must_use]
    pub fn first_line(self, text: &str) -> Self {
        let shown = text.get(self.range()).unwrap_or("");
        let length = shown
            .find('\n')
            .map_or(shown.len(), |at| shown[..at].trim_end().len());
        Self::new(self.file, self.range().start..self.range().start + length)
    }

    /// A span over a byte range of a file.
    #[must_use]
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        let offset = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            file,
            start: offset(range.start),
            end: offset(range.end),
        }
    }

    /// From the beginning of this span to the end of another in the same file.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self {
            end: other.end.max(self.end),
            ..self
        }
    }

    /// The bytes it covers.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Where a text begins in the file that holds it: at its beginning, or later for a block of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Start {
    /// Number of lines before it.
    pub lines: u32,
    /// Number of bytes before it.
    pub bytes: u32,
}

/// One source text.
#[derive(Debug)]
pub struct Source {
    /// The name that messages show: a path as the user gave it, with `/` between folders.
    pub name: String,
    /// Its identity: the whole path, with `/` between folders.
    pub key: String,
    /// The whole text; a byte order mark is not treated specially.
    pub text: String,
    /// Where it begins in its file.
    pub start: Start,
    /// Where its lines begin; computed on first use.
    lines: OnceLock<Lines>,
}

impl Source {
    /// Where its lines begin.
    #[must_use]
    pub fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::new(&self.text))
    }
}

/// Every file of a run, in the order in which they were first named. Files can be added while
/// others are being read.
#[derive(Default)]
pub struct Sources {
    files: elsa::sync::FrozenVec<Box<Source>>,
}

impl Sources {
    /// No files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the text of a file under a name and an identity; returns its id.
    pub fn add(&self, name: impl Into<String>, key: impl Into<String>, text: String) -> FileId {
        self.add_from(Start::default(), name, key, text)
    }

    /// Adds a text that begins somewhere in a file.
    pub fn add_from(
        &self,
        start: Start,
        name: impl Into<String>,
        key: impl Into<String>,
        text: String,
    ) -> FileId {
        let source = Source {
            name: name.into(),
            key: key.into(),
            text,
            start,
            lines: OnceLock::new(),
        };
        let at = self.files.push_get_index(Box::new(source));
        FileId(u32::try_from(at).unwrap_or(u32::MAX))
    }

    /// The file with this number.
    #[must_use]
    pub fn get(&self, id: FileId) -> Option<&Source> {
        self.files.get(id.0 as usize)
    }

    /// The file's text; empty for an unknown id.
    #[must_use]
    pub fn text(&self, id: FileId) -> &str {
        self.get(id).map_or("", |source| &source.text)
    }

    /// The file's name; empty for an unknown id.
    #[must_use]
    pub fn name(&self, id: FileId) -> &str {
        self.get(id).map_or("", |source| &source.name)
    }

    /// The path of a file relative to the folder of another, however the two were named.
    #[must_use]
    pub fn relative(&self, from: FileId, to: FileId) -> String {
        let key = |id| self.get(id).map_or("", |source| source.key.as_str());
        let (from, to): (Vec<&str>, Vec<&str>) =
            (key(from).split('/').collect(), key(to).split('/').collect());
        let folders = from.len().saturating_sub(1);
        let common = from
            .iter()
            .zip(&to)
            .take(folders.min(to.len() - 1))
            .take_while(|(a, b)| a == b)
            .count();
        let up = std::iter::repeat_n("..", folders - common);
        up.chain(to[common..].iter().copied())
            .collect::<Vec<_>>()
            .join("/")
    }

    /// Line and column in its file, from 1, of a byte of a text.
    #[must_use]
    pub fn position(&self, id: FileId, byte: u32) -> Position {
        let Some(source) = self.get(id) else {
            return Position { line: 1, column: 1 };
        };
        let at = source.lines().position(&source.text, byte);
        Position {
            line: at.line + source.start.lines,
            ..at
        }
    }

    /// The offset, in the whole file, of a byte of a text.
    #[must_use]
    pub fn byte(&self, id: FileId, byte: u32) -> u32 {
        byte + self.get(id).map_or(0, |source| source.start.bytes)
    }

    /// Every file with its number.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        (0..)
            .map(FileId)
            .map_while(|id| self.get(id).map(|source| (id, source)))
    }
}
