//! Making invisible characters visible.

/// The text with control characters, line separators and characters that change the reading
/// direction (Unicode `Bidi_Control`) written as `\u{…}`, so that a terminal or a page shows what
/// is really in the file.
#[must_use]
pub fn visible(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if is_invisible(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}

/// Whether a text is printable ASCII alone, as most are: then nothing needs to be looked at twice.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// The same for a text of several lines, whose line breaks and tabs stay.
#[must_use]
pub fn visible_lines(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' => out.push(c),
            c if is_invisible(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}

/// What a character is that looks like a blank, or like nothing, and is neither a blank nor a tab.
#[must_use]
pub fn blank_name(c: char) -> Option<String> {
    let name = match c {
        ' ' | '\t' | '\n' | '\r' => return None,
        '\u{a0}' => "a no-break space",
        '\u{ad}' => "a soft hyphen",
        '\u{2007}' => "a figure space",
        '\u{202f}' => "a narrow no-break space",
        '\u{200b}' => "a zero-width space",
        '\u{200c}' => "a zero-width non-joiner",
        '\u{200d}' => "a zero-width joiner",
        '\u{2028}' => "a line separator",
        '\u{2029}' => "a paragraph separator",
        '\u{3000}' => "an ideographic space",
        '\u{feff}' => "a byte order mark",
        '\u{1b}' => "an escape character",
        c if c.is_control() => "a control character",
        c if c.is_whitespace() => "an unusual space",
        c if is_invisible(c) => "an invisible character",
        _ => return None,
    };
    Some(format!("U+{:04X}, {name}", u32::from(c)))
}

/// Whether a character is invisible but changes how the text around it is shown.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// A text without what shows nothing at its ends: blanks, and characters that look like blanks or
/// like nothing. Empty if nothing of it can be seen.
#[must_use]
pub fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| {
        // Joiners and fillers, and the empty pattern of Braille.
        c.is_whitespace()
            || is_invisible(c)
            || matches!(
                c,
                '\u{115f}'
                    | '\u{1160}'
                    | '\u{180e}'
                    | '\u{200c}'
                    | '\u{200d}'
                    | '\u{2800}'
                    | '\u{3164}'
                    | '\u{ffa0}'
            )
    })
}

#[cfg(test)]
mod tests {
    use super::{blank_name, visible, visible_lines};

    #[test]
    fn lines_stay_lines() {
        assert_eq!(visible_lines("a\tb\n\u{1b}[2J"), "a\tb\n\\u{1b}[2J");
    }

    #[test]
    fn what_looks_like_a_blank_has_a_name() {
        assert_eq!(
            blank_name('\u{a0}').as_deref(),
            Some("U+00A0, a no-break space")
        );
        assert_eq!(
            blank_name('\u{2003}').as_deref(),
            Some("U+2003, an unusual space")
        );
        assert_eq!(
            blank_name('\u{202e}').as_deref(),
            Some("U+202E, an invisible character")
        );
        assert_eq!(blank_name(' '), None);
        assert_eq!(blank_name('é'), None);
    }

    #[test]
    fn turns_direction_marks_into_text() {
        assert_eq!(visible("a\u{202e}b\nc\u{7}"), "a\\u{202e}b\\nc\\u{7}");
        assert_eq!(visible("Café — 日本"), "Café — 日本");
    }
}
