//! The message for text that no statement can read: where it stopped, what was expected, what was
//! found.
//!
//! In: the text of one broken statement. The rule for its first word is tried on that text alone;
//! pest reports how far it got and what it expected there.

mod habits;

use std::ops::Range;

use pest::error::{ErrorVariant, InputLocation};

use super::grammar::{self, Rule};
use super::vocabulary::{self, COMPOSITION, CONTINUING};
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Code, Diagnostic, blank_name};
use crate::source::{FileId, Span};

/// The order of the clauses of a claim.
const ORDER: &str = "the order is: duties, text, `when`, `because`, `until`";

/// The word that a text begins with; empty if it begins with something else.
pub(super) fn first_word(piece: &str) -> &str {
    let end = piece
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-')
        .unwrap_or(piece.len());
    &piece[..end]
}

/// The rule for a statement with this beginning.
fn called_for(piece: &str) -> Rule {
    match piece.as_bytes().first() {
        Some(b'|') => Rule::row,
        Some(b'[') => Rule::footnote,
        _ => vocabulary::rule_of(first_word(piece)).unwrap_or(Rule::sentence),
    }
}

/// A statement, or the rest of one, that could not be read.
pub(super) struct UnreadStatement<'s> {
    /// The file's whole text.
    pub text: &'s str,
    /// The file.
    pub file: FileId,
    /// The text that could not be read.
    pub piece: &'s str,
    /// Its first byte within the file.
    pub base: usize,
    /// The byte, within it, of a word that is not allowed there.
    pub wrong: Option<usize>,
}

impl UnreadStatement<'_> {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, self.base + range.start..self.base + range.end)
    }

    /// The furthest place a rule reaches, and what it could have read there.
    fn stopped(&self, rule: Rule) -> Option<(usize, Vec<Rule>)> {
        let Some(wrong) = self.wrong else {
            return stopped(rule, self.piece);
        };
        // A word that starts a line is after the end of the statement.
        let wrong = wrong.min(self.piece.len());
        let (_, positives) = stopped(rule, &self.piece[..wrong])?;
        Some((wrong, positives))
    }
}

/// The furthest place a rule reaches, and what it could have read there.
fn stopped(rule: Rule, piece: &str) -> Option<(usize, Vec<Rule>)> {
    let error = grammar::read(rule, piece).err()?;
    let (InputLocation::Pos(at) | InputLocation::Span((at, _))) = error.location;
    match error.variant {
        ErrorVariant::ParsingError { positives, .. } => Some((at, positives)),
        ErrorVariant::CustomError { .. } => None,
    }
}

/// The message for a statement that could not be read.
pub(super) fn fault(lost: &UnreadStatement<'_>) -> Diagnostic {
    let (piece, at) = (lost.piece, |range: Range<usize>| lost.span(range));
    let word = first_word(piece);
    if let Some(fault) = composition(piece, &at) {
        return fault;
    }
    if let Some(fault) = reserved_start(word, lost, &at) {
        return fault;
    }
    let rule = called_for(piece);
    let Some((stop, positives)) = lost.stopped(rule) else {
        // A complete statement with more behind it.
        let end = grammar::read(rule, piece).map_or(0, |read| read.as_str().trim_end().len());
        let rest = piece[end..].trim_start();
        if end > 0 && !rest.is_empty() {
            return left_over(&UnreadStatement {
                piece: rest,
                base: lost.base + piece.len() - rest.len(),
                wrong: None,
                ..*lost
            });
        }
        return Diagnostic::new(
            Code::Unexpected,
            at(0..word.len().max(1)),
            "unexpected text here",
            "",
        );
    };
    if let Some(fault) = unclosed_text(piece, stop, &at) {
        return fault;
    }
    if called_for(piece) == Rule::row {
        let line = piece.lines().next().unwrap_or(piece).trim_end();
        let fault = Diagnostic::new(
            Code::BadRow,
            at(line.len()..line.len()),
            "expected `|` at the end of the row",
            "",
        );
        return fault.help("close the last cell with `|`");
    }
    if let Some(rest) = piece.strip_prefix("[^") {
        let mark = rest.split(']').next().unwrap_or("1");
        let message = "a footnote has no `^`";
        let fault = Diagnostic::new(Code::Unexpected, at(1..2), message, "");
        return fault.help(format!("write `[{mark}] \"…\"`"));
    }
    if let Some(fault) = misspelt_start(piece, word, stop, &at) {
        return fault;
    }
    unexpected(piece, stop, &positives, &at)
}

/// A word for combining models, near the start of a statement.
fn composition(piece: &str, at: &dyn Fn(Range<usize>) -> Span) -> Option<Diagnostic> {
    let mut early = piece.split_whitespace().take(6);
    let found = early.find(|early| COMPOSITION.contains(early))?;
    let start = piece.find(found).unwrap_or(0);
    let message =
        format!("`{found}` is reserved for combining models, which this version does not support");
    let here = at(start..start + found.len());
    let fault = Diagnostic::new(Code::Composition, here, message, "");
    Some(fault.help("write the claims directly in this model"))
}

/// A line in a table that is no row: pages leave out the outer bars, and sheets divide cells otherwise.
pub(super) fn bare_row(lost: &UnreadStatement<'_>) -> Diagnostic {
    let line = lost.piece.lines().next().unwrap_or(lost.piece).trim_end();
    let message = "expected a row, which starts and ends with `|`";
    let fault = Diagnostic::new(Code::BadRow, lost.span(0..line.len()), message, "");
    let help = if line.contains('|') {
        "write `|` at the start and at the end of each row"
    } else if line.contains('\t') {
        "write `|` instead of each tab, and at the start and end of each row"
    } else if line.contains([',', ';']) {
        "write `|` between the cells, and at the start and end of each row"
    } else {
        "write each row as `| name \"Title\" | … |`"
    };
    fault.help(help)
}

/// A word of the language that cannot start a statement.
fn reserved_start(
    word: &str,
    lost: &UnreadStatement<'_>,
    at: &dyn Fn(Range<usize>) -> Span,
) -> Option<Diagnostic> {
    if !vocabulary::is_reserved(word)
        || vocabulary::rule_of(word).is_some()
        || vocabulary::starters().any(|starter| starter == word)
    {
        return None;
    }
    let message = format!("no statement starts with the reserved word `{word}`");
    let help = match word {
        "all" => "`all` means every duty; a claim starts with the party: `party owns all`",
        "when" | "because" | "except" | "until"
            if lost.text[..lost.base].trim_end().ends_with('{') =>
        {
            "it belongs to the statement: move it before the `{`"
        }
        "when" | "because" | "except" | "until" => {
            "it goes on with a statement: remove the line break before it, and what ends that statement"
        }
        _ => "start with a keyword such as `duty`, or with the party of a claim",
    };
    let fault = Diagnostic::new(Code::Unexpected, at(0..word.len()), message, "");
    Some(fault.help(help))
}

/// What was expected where the parser stopped, and what was found.
fn unexpected(
    piece: &str,
    stop: usize,
    positives: &[Rule],
    at: &dyn Fn(Range<usize>) -> Span,
) -> Diagnostic {
    let (found, range) = found_at(piece, stop);
    let mut expected: Vec<String> = Vec::new();
    // At the start of a statement almost anything is possible, so listing it does not help.
    for words in positives
        .iter()
        .filter(|_| stop > 0)
        .filter_map(|&rule| vocabulary::expected(rule))
    {
        if !expected.contains(&words) {
            expected.push(words);
        }
    }
    expected.truncate(5);
    let message = match expected.split_last() {
        None => format!("{found} is not allowed here"),
        Some((only, [])) => format!("expected {only}, found {found}"),
        Some((last, rest)) => format!("expected {} or {last}, found {found}", rest.join(", ")),
    };
    let keywords: Vec<String> = positives
        .iter()
        .filter_map(|&rule| vocabulary::keyword(rule))
        .collect();
    let verbs = positives.contains(&Rule::verb).then_some(vocabulary::VERBS);
    let verbs = verbs.into_iter().flatten().copied();
    let expected = keywords.iter().map(String::as_str).chain(verbs);
    let near = nearest(&piece[range.clone()], expected);
    let fault = Diagnostic::new(Code::Unexpected, at(range), message, "");
    let place = habits::Stop {
        before: piece.get(..stop).unwrap_or(piece),
        rest: piece.get(stop..).unwrap_or(""),
        expected: positives,
    };
    let help = habits::instead(&place);
    if let Some(help) = help {
        return fault.help(help);
    }
    if positives.contains(&Rule::date) {
        return fault.help("write year-month-day, such as `2027-03-31`");
    }
    match near {
        Some(near) => fault.help(near.help()).correctable(Some(near.correction())),
        None => fault.maybe_help(foreign(piece, stop)),
    }
}

/// Text after a complete statement.
pub(super) fn left_over(lost: &UnreadStatement<'_>) -> Diagnostic {
    let (piece, base, at) = (lost.piece, lost.base, |range: Range<usize>| {
        lost.span(range)
    });
    if piece.starts_with('"') && lost.text[..base].ends_with("\"\"") {
        // Two of three quotes were read as an empty text.
        return unclosed_block(Span::new(lost.file, base - 2..base + 1));
    }
    let clause = match first_word(piece) {
        "when" => Some(Rule::when),
        "because" => Some(Rule::because),
        "until" => Some(Rule::until),
        "except" => Some(Rule::except),
        "in" => Some(Rule::comparison),
        _ if piece.starts_with(['=', '!']) && habits::in_condition(&lost.text[..base]) => {
            Some(Rule::comparison)
        }
        _ => None,
    };
    let stop = clause.and_then(|rule| lost.stopped(rule));
    if let Some(fault) = unclosed_text(piece, stop.as_ref().map_or(0, |(stop, _)| *stop), &at) {
        return fault;
    }
    if let Some((stop, positives)) = stop {
        return unexpected(piece, stop, &positives, &at);
    }
    let (found, range) = found_at(piece, 0);
    if let Some(help) = habits::after(&lost.text[..base], piece) {
        let message = format!("expected the end of the statement, found {found}");
        return Diagnostic::new(Code::Unexpected, at(range), message, "").help(help);
    }
    let message = format!("expected the end of the statement, found {found}");
    let fault = Diagnostic::new(Code::Unexpected, at(range.clone()), message, "");
    let near = nearest(&piece[range], CONTINUING.iter().copied());
    let is_prose =
        first_word(piece).len() > 1 && piece.contains(' ') && piece.starts_with(char::is_uppercase);
    match (clause, near, foreign(piece, 0)) {
        (None, None, Some(help)) => fault.help(help),
        (Some(Rule::except), ..) => {
            fault.help("write one `except` list after all duties; it applies to all of them")
        }
        (Some(_), ..) => fault.help(ORDER),
        (None, ..) if piece.starts_with('"') => fault.help(ORDER),
        (None, Some(near), _) => fault.help(near.help()).correctable(Some(near.correction())),
        (None, None, None) if is_prose => fault.help("write a text in double quotes: `\"…\"`"),
        (None, None, None) => fault
            .help("separate the items of a list with commas; start a new statement on a new line"),
    }
}

/// What to write instead of a character that the language does not know.
fn foreign(piece: &str, at: usize) -> Option<String> {
    let c = piece.get(at..)?.chars().next()?;
    if let Some(name) = blank_name(c) {
        return Some(format!("this is {name}: write a blank, or nothing"));
    }
    match c {
        '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '\'' => {
            Some("write texts in straight double quotes: `\"…\"`".into())
        }
        '/' => Some("a comment starts with `#`".into()),
        '-' if piece[at..].starts_with("--") => Some("a comment starts with `#`".into()),
        ';' => Some("a statement ends at the end of its line; remove the `;`".into()),
        c if c.is_alphanumeric() && (!c.is_ascii() || c.is_ascii_digit()) => Some(
            "a name starts with a letter from a to z, then letters, digits, `_` and `-`".into(),
        ),
        _ => None,
    }
}

/// A quote that is never closed.
fn unclosed_text(
    piece: &str,
    stop: usize,
    at: &dyn Fn(Range<usize>) -> Span,
) -> Option<Diagnostic> {
    let rest = piece.get(stop..)?;
    if rest.starts_with("\"\"\"") {
        return Some(unclosed_block(at(stop..stop + 3)));
    }
    let line = rest
        .strip_prefix('"')?
        .lines()
        .next()
        .unwrap_or("")
        .trim_end();
    if grammar::read(Rule::text, rest).is_ok() {
        return None;
    }
    let fault = Diagnostic::new(
        Code::UnclosedText,
        at(stop..stop + 1 + line.len()),
        "this text is not closed before the end of the line",
        "opened here",
    );
    Some(fault.help(
        "close it with `\"`; for a text over several lines, write `\"\"\"` before and after it",
    ))
}

fn unclosed_block(quotes: Span) -> Diagnostic {
    let fault = Diagnostic::new(
        Code::UnclosedText,
        quotes,
        "this text block is never closed",
        "opened here",
    );
    fault.help("close it with `\"\"\"`")
}

/// A statement whose first word is a misspelt keyword.
fn misspelt_start(
    piece: &str,
    word: &str,
    stop: usize,
    at: &dyn Fn(Range<usize>) -> Span,
) -> Option<Diagnostic> {
    let only_word_read = piece
        .get(word.len()..stop)
        .is_some_and(|between| between.trim().is_empty());
    if !only_word_read || vocabulary::rule_of(word).is_some() || vocabulary::is_reserved(word) {
        return None;
    }
    let message = format!("no statement starts with `{word}`");
    let fault = Diagnostic::new(Code::Unexpected, at(0..word.len()), message, "");
    if matches!(word, "title" | "label" | "name" | "id" | "description") {
        return Some(fault.help(
            "a title stands behind the name: `duty name \"Title\"`; a key of your own is `meta \"key\" \"value\"`",
        ));
    }
    if let Some(meant) = habits::first(word) {
        return Some(fault.help(format!("did you mean `{meant}`?")));
    }
    let near = nearest(word, vocabulary::starters().chain(vocabulary::fields()))?;
    Some(fault.help(near.help()).correctable(Some(near.correction())))
}

/// A description of the text at a position, and its range.
fn found_at(piece: &str, stop: usize) -> (String, Range<usize>) {
    let rest = piece.get(stop..).unwrap_or("");
    let Some(first) = rest.chars().next() else {
        let end = piece.len();
        let last = piece.chars().next_back().map_or(0, char::len_utf8);
        return ("the end of the statement".into(), end - last..end);
    };
    let word = first_word(rest);
    let length = match (word.len(), first) {
        (0, '"') => rest[1..].find('"').map_or(1, |at| at + 2),
        (0, _) => first.len_utf8(),
        (length, _) => length,
    };
    let shown = if first == '"' {
        "a text".into()
    } else if blank_name(first).is_some() {
        format!("`{}`", first.escape_unicode())
    } else {
        format!("`{}`", &rest[..length])
    };
    (shown, stop..stop + length)
}
