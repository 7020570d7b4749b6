//! Edits of a text, and the function that applies them.

use std::ops::Range;

use crate::source::line_end;

/// A byte range and its replacement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes.
    pub bytes: Range<usize>,
    /// The replacement, with LF line endings.
    pub new: String,
}

impl Edit {
    /// Inserts a text at a byte.
    #[must_use]
    pub fn insert(at: usize, new: String) -> Self {
        Self { bytes: at..at, new }
    }

    /// Removes some bytes.
    #[must_use]
    pub fn remove(bytes: Range<usize>) -> Self {
        Self {
            bytes,
            new: String::new(),
        }
    }
}

/// The edit with line ends as a text has them.
#[must_use]
pub fn with_line_ends(edit: &Edit, text: &str) -> Edit {
    Edit {
        bytes: edit.bytes.clone(),
        new: edit.new.replace('\n', line_end(text)),
    }
}

/// Two edits change the same bytes, or one lies outside the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clash;

/// The text with all edits made. Insertions at the same position keep the order of the list.
///
/// # Errors
/// Two edits change the same bytes, or one lies outside the text.
pub fn apply<'e>(text: &str, edits: impl IntoIterator<Item = &'e Edit>) -> Result<String, Clash> {
    let mut sorted: Vec<&Edit> = edits.into_iter().collect();
    // An insertion comes before the replacement of the bytes after it.
    sorted.sort_by_key(|edit| (edit.bytes.start, !edit.bytes.is_empty()));
    let (mut out, mut done) = (String::with_capacity(text.len()), 0);
    for edit in sorted {
        out.push_str(text.get(done..edit.bytes.start).ok_or(Clash)?);
        out.push_str(&edit.new.replace('\n', line_end(text)));
        done = edit.bytes.end;
    }
    out.push_str(text.get(done..).ok_or(Clash)?);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_at_one_place_stand_in_the_order_of_the_list() {
        let edits = [
            Edit::insert(1, "b".into()),
            Edit::insert(1, "c".into()),
            Edit::remove(1..2),
        ];
        assert_eq!(apply("a-d", &edits), Ok("abcd".to_owned()));
    }

    #[test]
    fn edits_of_the_same_bytes_are_refused() {
        let edits = [Edit::remove(0..2), Edit::remove(1..3)];
        assert_eq!(apply("abc", &edits), Err(Clash));
        assert_eq!(apply("abc", &[Edit::remove(2..9)]), Err(Clash));
        assert_eq!(apply("é", &[Edit::insert(1, String::new())]), Err(Clash));
    }

    #[test]
    fn new_lines_end_as_the_old_ones_do() {
        let edits = [Edit::insert(3, "b\n".into())];
        assert_eq!(apply("a\r\n", &edits), Ok("a\r\nb\r\n".to_owned()));
    }
}
