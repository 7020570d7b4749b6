//! Where a text may be split: before a line that starts a statement regardless of what comes
//! before.
//!
//! The parser needs at least sixteen bytes per input byte until the tree is built. In a large file
//! read in pieces only one piece needs that at a time, and pieces can be parsed in parallel.

use std::ops::Range;

use memchr::{memchr, memchr2, memmem};

use super::grammar::{self, Rule};

/// Minimum number of bytes of a piece, except the last.
pub(super) const CHUNK: usize = 32 << 10;

/// The end of the piece that begins at `start`: the first position, at least `size` bytes later,
/// where a statement begins; or `end`.
#[must_use]
pub(super) fn end(text: &str, start: usize, size: usize, end: usize) -> usize {
    let wanted = start.saturating_add(size);
    let (mut line, mut before) = (start, start..start);
    while line < end {
        let newline = memchr(b'\n', &text.as_bytes()[line..end]).map_or(end, |at| line + at + 1);
        if line >= wanted && begins_statement(&text[line..newline], text[before.clone()].trim_end())
        {
            return line;
        }
        if !text[line..newline].trim().is_empty() {
            before = line..newline;
        }
        line = after(text, line..newline, end);
    }
    end
}

/// Where the next line starts; a text block counts as part of its line.
fn after(text: &str, line: Range<usize>, end: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = line.start;
    if text[line.clone()].trim_start().starts_with('|') {
        // A row ends with its line.
        return line.end;
    }
    while let Some(found) = memchr2(b'"', b'#', &bytes[at..line.end]) {
        at += found;
        if bytes[at] == b'#' {
            return line.end;
        }
        if bytes[at..].starts_with(b"\"\"\"") {
            let Some(close) = memmem::find(&bytes[at + 3..end], b"\"\"\"") else {
                return end;
            };
            let close = at + 3 + close + 3;
            let newline = memchr(b'\n', &bytes[close..end]).map_or(end, |at| close + at + 1);
            return after(text, close..newline, end);
        }
        at = end_of_string(bytes, at + 1, line.end);
    }
    line.end
}

/// The byte after the closing quote of a one-line string.
fn end_of_string(bytes: &[u8], mut at: usize, end: usize) -> usize {
    while let Some(found) = memchr2(b'"', b'\\', &bytes[at..end]) {
        at += found + 1;
        if bytes[at - 1] == b'"' {
            return at;
        }
        at = (at + 1).min(end);
    }
    end
}

/// Whether this line starts a statement, regardless of the line before.
fn begins_statement(line: &str, before: &str) -> bool {
    let bare = line.trim_start_matches([' ', '\t']);
    if grammar::read(Rule::declaring, bare.trim_end()).is_ok() {
        return true;
    }
    // This line may continue a claim that starts on the line before.
    let open = before.ends_with(',')
        || ["otherwise", "ensure"]
            .iter()
            .any(|word| before.ends_with(word))
        || before.contains('#');
    !open && grammar::read(Rule::claiming, bare.trim_end()).is_ok()
}

/// Splits the whole text into pieces of about this size.
#[must_use]
pub(super) fn all(text: &str, size: usize) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let stop = end(text, at, size, text.len());
        pieces.push(at..stop);
        at = stop;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::all;

    /// Splits a text at every possible position.
    fn lines(text: &str) -> Vec<&str> {
        all(text, 1)
            .into_iter()
            .map(|range| text[range].lines().next().unwrap_or("").trim())
            .collect()
    }

    #[test]
    fn cuts_before_what_begins_a_statement() {
        let text = "party a\nmodel m {\n  duty d \"\"\"\n  duty in a text\n  \"\"\"\n  a owns d\n  b owns d\n}\n";
        assert_eq!(
            lines(text),
            [
                "party a",
                "model m {",
                "duty d \"\"\"",
                "a owns d",
                "b owns d"
            ]
        );
    }

    #[test]
    fn never_cuts_a_claim_from_its_first_words() {
        for open in [
            "otherwise",
            "ensure",
            "otherwise # why",
            "a,",
            "otherwise\n  # why",
        ] {
            let text = format!("model m {{\n  {open}\n\n  b owns d\n  c owns d\n}}\n");
            assert!(!lines(&text).contains(&"b owns d"), "{text}");
            assert!(lines(&text).contains(&"c owns d"), "{text}");
        }
    }
}
