//! Where lines begin, and the line and column of a byte.

/// A line and a column as people count them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Counts from 1.
    pub line: u32,
    /// Counts from 1, in Unicode scalar values.
    pub column: u32,
}

/// How an editor counts columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// In bytes.
    Utf8,
    /// In UTF-16 code units, the default of the Language Server Protocol.
    #[default]
    Utf16,
    /// In Unicode scalar values.
    Utf32,
}

impl Encoding {
    /// The columns that a character takes.
    fn width(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
            Self::Utf32 => 1,
        }
    }
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
        // As editors and their protocol count: LF, CRLF, and CR alone.
        let bytes = text.as_bytes();
        let ends = |&(byte, next): &(u8, u32)| match byte {
            b'\n' => true,
            b'\r' => bytes.get(next as usize) != Some(&b'\n'),
            _ => false,
        };
        let breaks = text.bytes().zip(1u32..).filter(ends).map(|(_, next)| next);
        Self {
            starts: std::iter::once(0).chain(breaks).collect(),
        }
    }

    /// The line, from 0, that contains a byte.
    #[must_use]
    pub fn line_of(&self, byte: u32) -> usize {
        self.starts
            .partition_point(|&start| start <= byte)
            .saturating_sub(1)
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

    /// Line and column, both from 0, of a byte of the text this index was made from, as an editor
    /// counts them.
    #[must_use]
    pub fn place(&self, text: &str, byte: usize, encoding: Encoding) -> (u32, u32) {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let line = self.line_of(count(byte));
        let start = self.start(line).unwrap_or(0) as usize;
        let columns: usize = text
            .get(start..byte)
            .unwrap_or("")
            .chars()
            .map(|c| encoding.width(c))
            .sum();
        (count(line), count(columns))
    }

    /// The byte at a line and column, both from 0; positions beyond a line or the text are clamped
    /// to its end.
    #[must_use]
    pub fn byte(&self, text: &str, (line, column): (u32, u32), encoding: Encoding) -> usize {
        let Some(start) = self.start(line as usize) else {
            return text.len();
        };
        let (start, mut left) = (start as usize, column as usize);
        let line = text[start..].split(['\n', '\r']).next().unwrap_or("");
        for (at, c) in line.char_indices() {
            let width = encoding.width(c);
            if left < width {
                return start + at;
            }
            left -= width;
        }
        start + line.len()
    }

    /// Line and column of a byte of the text this index was made from.
    #[must_use]
    pub fn position(&self, text: &str, byte: u32) -> Position {
        let line = self.line_of(byte);
        let start = self.start(line).unwrap_or(0) as usize;
        let before = text.get(start..byte as usize).unwrap_or("");
        // A byte order mark does not count as a column.
        let columns = before
            .strip_prefix('\u{feff}')
            .unwrap_or(before)
            .chars()
            .count();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Position {
            line: count(line + 1),
            column: count(columns + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Encoding, Lines};

    #[test]
    fn places_and_bytes_are_each_others_inverse() {
        let text = "a\u{e9}\u{1f600}b\r\n\n\u{65e5}x\n";
        let lines = Lines::new(text);
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            for (byte, c) in text.char_indices().filter(|(_, c)| *c != '\n') {
                let place = lines.place(text, byte, encoding);
                assert_eq!(
                    lines.byte(text, place, encoding),
                    byte,
                    "{c:?} at {place:?} in {encoding:?}"
                );
            }
        }
        let b = text.find('b').unwrap_or(0);
        assert_eq!(lines.place(text, b, Encoding::Utf8), (0, 7));
        assert_eq!(lines.place(text, b, Encoding::Utf16), (0, 4));
        assert_eq!(lines.place(text, b, Encoding::Utf32), (0, 3));
    }

    #[test]
    fn places_beyond_mean_the_end() {
        let lines = Lines::new("ab\r\nc");
        assert_eq!(lines.byte("ab\r\nc", (0, 99), Encoding::Utf16), 2);
        assert_eq!(lines.byte("ab\r\nc", (7, 0), Encoding::Utf16), 5);
        // A column between the halves of a surrogate pair means the start of the character.
        assert_eq!(
            Lines::new("\u{1f600}").byte("\u{1f600}", (0, 1), Encoding::Utf16),
            0
        );
    }
}
