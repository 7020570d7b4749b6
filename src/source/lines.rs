//! Where lines begin, and which line and column a byte stands at.

/// A line and a column as people count them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Counts from 1.
    pub line: u32,
    /// Counts from 1, in Unicode scalar values.
    pub column: u32,
}

/// The offsets at which the lines of a text begin.
#[derive(Debug)]
pub struct Lines {
    starts: Vec<u32>,
}

impl Lines {
    /// Indexes a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let breaks = text.bytes().zip(1u32..).filter(|&(byte, _)| byte == b'\n').map(|(_, next)| next);
        Self { starts: std::iter::once(0).chain(breaks).collect() }
    }

    /// The line, from 0, that holds a byte.
    #[must_use]
    pub fn line_of(&self, byte: u32) -> usize {
        self.starts.partition_point(|&start| start <= byte).saturating_sub(1)
    }

    /// Where a line, counted from 0, begins; `None` past the last.
    #[must_use]
    pub fn start(&self, line: usize) -> Option<u32> {
        self.starts.get(line).copied()
    }

    /// How many lines there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// Line and column of a byte of the text this index was made from.
    #[must_use]
    pub fn position(&self, text: &str, byte: u32) -> Position {
        let line = self.line_of(byte);
        let start = self.start(line).unwrap_or(0) as usize;
        let before = text.get(start..byte as usize).unwrap_or("");
        // A byte order mark is no column of the first line.
        let columns = before.strip_prefix('\u{feff}').unwrap_or(before).chars().count();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Position { line: count(line + 1), column: count(columns + 1) }
    }
}
