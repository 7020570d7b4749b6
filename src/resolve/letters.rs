//! What is wrong with a cell of a `raci`, and which letters were meant.
//!
//! In: a cell's text that is no list of letters. Out: one finding. Always: a correction that is sure
//! only respells the letters that stand there.

use super::cells::{Place, bare, is_dash, sure};
use crate::diagnostic::{Code, Correction, Diagnostic};
use crate::role::Role;
use crate::source::Span;

/// The role that a word of a page means.
pub(super) fn role_of(word: &str) -> Option<Role> {
    match bare(word).as_str() {
        "responsible" => Some(Role::Responsible),
        "accountable" => Some(Role::Accountable),
        "consulted" | "consult" => Some(Role::Consulted),
        "informed" | "inform" => Some(Role::Informed),
        "support" | "supports" | "supporting" => Some(Role::Supports),
        _ => None,
    }
}

/// Whether a text is letters of roles, each with or without `+`.
pub(super) fn is_letters(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| *c != '+');
    let of_role = |c: char| Role::ALL.iter().any(|role| role.letter() == c);
    !text.starts_with('+') && letters.clone().next().is_some() && letters.all(of_role)
}

pub(super) fn bad_letters((text, span): Place<'_>) -> Diagnostic {
    let whole = |message: String| Diagnostic::new(Code::BadCell, span, message, "");
    let joined: String = text
        .chars()
        .filter(|c| !matches!(c, '/' | ',' | '&' | ';' | '.' | '-') && !c.is_whitespace())
        .collect();
    let capital = joined.to_uppercase();
    if text.contains(" +") {
        let plain = joined.replace('+', "");
        return whole(format!("expected letters without blanks, found `{text}`")).help(format!(
            "write `{plain}`; a `+` right after a letter says that several parties hold that role jointly"
        ));
    }
    if is_letters(&joined) {
        let between = text
            .chars()
            .find(|c| matches!(c, '/' | ',' | '&' | ';' | '.' | '-'));
        return whole(format!(
            "expected letters with no `{}` between them",
            between.unwrap_or(' ')
        ))
        .help(format!("write them together: `{joined}`"))
        .correctable(Some(sure(joined)));
    }
    if is_letters(&capital) {
        return whole(format!("expected `{capital}`, found `{text}`"))
            .help("write the letters of roles as capitals")
            .correctable(Some(sure(capital)));
    }
    if let Some(fault) = decorated(text, span) {
        return fault;
    }
    if matches!(
        bare(text).as_str(),
        "x" | "✓" | "✔" | "✔️" | "✅" | "yes" | "y" | "●" | "•"
    ) {
        return whole(format!("expected the letters of roles, found `{text}`"))
            .help("say which role the party has: R, A, C, I or S");
    }
    if let Some(role) = role_of(text) {
        let letter = role.letter();
        return whole(format!("expected the letter of a role, found `{text}`"))
            .help(format!("write `{letter}`"))
            .correctable(Some(sure(letter.to_string())));
    }
    if is_dash(&bare(text)) {
        return whole(format!("expected letters or `-`, found `{text}`"))
            .help("write `-`, or leave the cell empty")
            .correctable(Some(sure("-")));
    }
    let is_note = |c: char| matches!(c, '(' | '*' | '†' | '‡' | '[') || c.is_numeric();
    let letters = text.split(is_note).next().unwrap_or("").trim();
    if letters != text && is_letters(letters) {
        return whole(format!("expected letters, found `{text}`")).help(format!(
            "write a remark as a footnote: `{letters}[1]`, and `[1] \"…\"` below the rows"
        ));
    }
    wrong_letter(text, span)
}

/// Letters with emphasis or in brackets.
fn decorated(text: &str, span: Span) -> Option<Diagnostic> {
    let plain = bare(text).to_uppercase();
    let kept = plain.trim_matches(['(', ')', '[', ']', '~']);
    if kept != text && is_letters(kept) {
        let correction = Correction {
            text: kept.to_owned(),
            // Bold and italic have no meaning of their own; brackets may mean "sometimes".
            sure: kept == plain,
        };
        let message = format!("expected letters, found `{text}`");
        let fault = Diagnostic::new(Code::BadCell, span, message, "");
        return Some(
            fault
                .help(format!("write `{kept}`"))
                .correctable(Some(correction)),
        );
    }
    None
}

/// The first character of a cell that is no letter of a role.
fn wrong_letter(text: &str, span: Span) -> Diagnostic {
    let is_wrong = |c: char| !matches!(c, 'R' | 'A' | 'C' | 'I' | 'S' | '+' | ' ');
    let Some((at, wrong)) = text.char_indices().find(|(_, c)| is_wrong(*c)) else {
        let message =
            format!("expected letters, each with or without a `+` after it, found `{text}`");
        return Diagnostic::new(Code::BadCell, span, message, "");
    };
    let start = span.range().start + at;
    let here = Span::new(span.file, start..start + wrong.len_utf8());
    if let Some(letter) = lookalike(wrong) {
        let message = format!(
            "`{wrong}` (U+{:04X}) only looks like the letter {letter}",
            u32::from(wrong)
        );
        return Diagnostic::new(Code::BadCell, here, message, "")
            .help(format!("write a Latin capital `{letter}`"))
            .correctable(Some(Correction {
                text: letter.to_string(),
                sure: !wrong.is_ascii(),
            }));
    }
    let shown = if text.chars().count() > 1 {
        text
    } else {
        &text[at..at + wrong.len_utf8()]
    };
    let message = format!("expected letters of roles (R, A, C, I, S), found `{shown}`");
    Diagnostic::new(Code::BadCell, here, message, "")
        .help("if the party has no role, leave the cell empty or write `-`")
}

/// The letter of a role that a letter of another script or width looks like.
fn lookalike(c: char) -> Option<char> {
    let table = [
        ('A', "\u{410}\u{391}\u{ff21}\u{430}"),
        ('C', "\u{421}\u{3f9}\u{ff23}\u{441}"),
        ('I', "\u{406}\u{399}\u{4c0}\u{ff29}\u{456}l|"),
        ('R', "\u{ff32}"),
        ('S', "\u{405}\u{ff33}\u{455}"),
    ];
    table
        .into_iter()
        .find(|(_, drawn)| drawn.contains(c))
        .map(|(letter, _)| letter)
}
