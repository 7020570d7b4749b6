//! Splits a text into words, for tools that preserve or display the layout of a file.
//!
//! In: any text. Out: every word, text, sign and comment with its place. Always: only blanks are
//! between two lexemes; nothing here depends on whether the text parses.

use std::ops::Range;

use super::grammar::{self, Rule};

/// What a lexeme is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LexemeKind {
    /// A keyword, name, path, number or date.
    Word,
    /// A text in quotes.
    Text,
    /// From `#` to the end of the line.
    Comment,
    /// `[1]`
    Mark,
    /// A separator or comparison sign.
    Sign,
    /// A character that no statement allows.
    Stray,
}

/// A word, text, sign or comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lexeme<'s> {
    /// What it is.
    pub kind: LexemeKind,
    /// As it is written; a comment without the blanks at its end.
    pub text: &'s str,
    /// Its first byte.
    pub start: usize,
}

impl Lexeme<'_> {
    /// The bytes it takes.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }
}

/// Whether the last word of a text is the `{` of a block; a comment after it is ignored.
#[must_use]
pub fn ends_in_brace(text: &str) -> bool {
    lexemes(text)
        .iter()
        .rfind(|it| it.kind != LexemeKind::Comment)
        .is_some_and(|it| it.text == "{")
}

/// The lexemes of a text in order.
#[must_use]
pub fn lexemes(text: &str) -> Vec<Lexeme<'_>> {
    let pairs = grammar::read(Rule::lexemes, text)
        .into_iter()
        .flatten()
        .flat_map(pest::iterators::Pair::into_inner);
    let lexeme = |pair: pest::iterators::Pair<'_, Rule>| -> Option<(LexemeKind, Range<usize>)> {
        let kind = match pair.as_rule() {
            Rule::word => LexemeKind::Word,
            Rule::text => LexemeKind::Text,
            Rule::remark => LexemeKind::Comment,
            Rule::mark => LexemeKind::Mark,
            Rule::sign => LexemeKind::Sign,
            Rule::stray => LexemeKind::Stray,
            _ => return None,
        };
        let start = pair.as_span().start();
        Some((kind, start..start + pair.as_str().trim_end().len()))
    };
    pairs
        .filter_map(lexeme)
        .map(|(kind, range)| Lexeme {
            kind,
            text: &text[range.clone()],
            start: range.start,
        })
        .collect()
}
