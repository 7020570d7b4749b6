//! Decodes texts and dates, and finds where lines begin.

use std::borrow::Cow;

use jiff::civil::Date;

/// A name made from a title: its first words in lower case, joined by `_`.
#[must_use]
pub fn name_from(title: &str) -> String {
    let words = title
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase);
    let name = words.take(4).collect::<Vec<_>>().join("_");
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name
    } else {
        "name".into()
    }
}

/// Why a text could not be read: byte offset into it, length, and what is wrong.
pub(super) struct BadText {
    /// Bytes from the beginning of the token.
    pub offset: usize,
    /// How many bytes are wrong.
    pub length: usize,
    /// What is wrong.
    pub what: String,
}

/// The meaning of a text token, quotes included.
///
/// # Errors
/// An escape that does not exist.
pub(super) fn unquote(token: &str) -> Result<Cow<'_, str>, BadText> {
    if let Some(inner) = token
        .strip_prefix("\"\"\"")
        .and_then(|rest| rest.strip_suffix("\"\"\""))
    {
        return Ok(Cow::Owned(dedent(inner)));
    }
    let inner = token
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(token);
    if inner.contains('\\') {
        unescape(inner).map(Cow::Owned)
    } else {
        Ok(Cow::Borrowed(inner))
    }
}

/// What a text token says; the token itself where it cannot be read.
#[must_use]
pub fn meaning(token: &str) -> Cow<'_, str> {
    unquote(token).unwrap_or(Cow::Borrowed(token))
}

/// The lines of a text block whose content starts on the line after the quotes, so that it can be
/// re-indented.
#[must_use]
pub fn dedented(token: &str) -> Option<String> {
    let inner = token.strip_prefix("\"\"\"")?.strip_suffix("\"\"\"")?;
    (inner.starts_with('\n') || inner.starts_with("\r\n")).then(|| dedent(inner))
}

fn unescape(inner: &str) -> Result<String, BadText> {
    let mut out = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let escape = &rest[at..];
        let offset = 1 + inner.len() - escape.len();
        let (c, length) = escaped(escape).map_err(|(length, what)| BadText {
            offset,
            length,
            what,
        })?;
        out.push(c);
        rest = &escape[length..];
    }
    out.push_str(rest);
    Ok(out)
}

/// The character an escape stands for, and the escape's length in bytes.
fn escaped(escape: &str) -> Result<(char, usize), (usize, String)> {
    let letter = escape[1..].chars().next().unwrap_or('\\');
    match letter {
        '"' | '\\' => Ok((letter, 2)),
        'n' => Ok(('\n', 2)),
        't' => Ok(('\t', 2)),
        'u' => {
            let digits = escape[2..]
                .strip_prefix('{')
                .and_then(|rest| rest.split_once('}'))
                .map(|(digits, _)| digits);
            let Some(digits) = digits.filter(|digits| (1..=6).contains(&digits.len())) else {
                return Err((
                    2,
                    "expected `\\u{…}` with one to six hexadecimal digits".into(),
                ));
            };
            let c = u32::from_str_radix(digits, 16)
                .ok()
                .and_then(char::from_u32);
            c.map(|c| (c, digits.len() + 4)).ok_or_else(|| {
                (
                    digits.len() + 4,
                    format!("`{digits}` is not the number of a Unicode character"),
                )
            })
        }
        other => Err((
            1 + other.len_utf8(),
            format!("there is no escape `\\{other}`"),
        )),
    }
}

/// A text block without the line breaks next to its quotes and without the common indentation of
/// its lines.
fn dedent(inner: &str) -> String {
    let inner = inner.replace("\r\n", "\n");
    let inner = inner.strip_prefix('\n').unwrap_or(&inner);
    let margin = inner
        .split('\n')
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start_matches([' ', '\t']).len())
        .min()
        .unwrap_or(0);
    let lines: Vec<&str> = inner
        .split('\n')
        .map(|line| line.get(margin..).unwrap_or("").trim_end())
        .collect();
    lines.join("\n").trim_end_matches('\n').to_owned()
}

/// Parses a date; `None` if there is no such day.
#[must_use]
pub(super) fn day(token: &str) -> Option<Date> {
    token.parse().ok()
}

/// How far the line of a byte is indented, in blanks.
pub(super) fn indent(text: &str, at: usize) -> usize {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    text[start..]
        .bytes()
        .take_while(|byte| matches!(byte, b' ' | b'\t'))
        .count()
}

/// Whether there are only blanks before a byte on its line.
pub(super) fn begins_its_line(text: &str, at: usize) -> bool {
    let before = text[..at]
        .chars()
        .rev()
        .find(|&c| c == '\n' || !c.is_whitespace());
    before.is_none_or(|c| c == '\n')
}

#[cfg(test)]
mod tests {
    use super::{day, unquote};

    fn read(token: &str) -> String {
        unquote(token).map_or_else(|bad| format!("{} at {}", bad.what, bad.offset), Into::into)
    }

    #[test]
    fn resolves_escapes() {
        assert_eq!(read(r#""a\"\\\n\t\u{1F600}b""#), "a\"\\\n\t\u{1F600}b");
        assert_eq!(read(r#""ab\q""#), "there is no escape `\\q` at 3");
        assert_eq!(
            read(r#""\u{D800}""#),
            "`D800` is not the number of a Unicode character at 1"
        );
    }

    #[test]
    fn text_blocks_lose_their_margin() {
        assert_eq!(
            read("\"\"\"\n    one\n      two\n\n    three\n    \"\"\""),
            "one\n  two\n\nthree"
        );
        assert_eq!(read("\"\"\"one line\"\"\""), "one line");
    }

    #[test]
    fn dates_are_checked_against_the_calendar() {
        assert!(day("2028-02-29").is_some());
        assert!(day("2027-02-29").is_none());
    }
}
